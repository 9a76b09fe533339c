"""What a person does with any record: keep, find, read, delete, bring back."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from cpdesk import gazetteer, records
from cpdesk.errors import BadInput, NotFound
from cpdesk.i18n import _, language
from cpdesk.kinds import Kind, Order, Ref, Refs, Value, is_record_id
from cpdesk.store import Desk, Record, words, writer
from cpdesk.store import find as reading
from cpdesk.store.connection import immediate
from cpdesk.store.decisions import plainly
from cpdesk.store.find import Written
from cpdesk.store.writer import Saved
from cpdesk.tasks import roles
from cpdesk.tasks.roles import Act

STEP = 1024
Draft = tuple[str, Mapping[str, object], str | None]


@dataclass(frozen=True)
class Deleted:
    """The record and the parts that went with it."""

    ids: tuple[str, ...]


def checked(desk: Desk, kind: Kind, values: Mapping[str, object]) -> dict[str, Value]:
    """`values` in stored form. `BadInput` names the field that is unknown, of another type, or refers to nothing."""
    found: dict[str, Value] = {}
    for name, value in values.items():
        if not kind.has(name):
            raise BadInput(_("{kind} has no field “{field}”.").format(kind=kind.label, field=name))
        field = kind.field(name)
        try:
            found[name] = field.type.check(value)
        except ValueError as why:
            raise BadInput(f"{field.label}: {why}") from None
        if isinstance(field.type, Ref):
            for id_ in field.type.ids(found[name]):
                _exists(desk, field.type, id_, field.label)
    return found


def _exists(desk: Desk, type_: Ref, id_: str, label: str) -> None:
    try:
        there = get(desk, id_)
    except NotFound:
        raise BadInput(_("{field}: there is no record {id}.").format(field=label, id=id_)) from None
    if there.kind.name not in type_.kinds:
        raise BadInput(_("{field}: {id} is a record of another kind ({kind}).").format(
            field=label, id=id_, kind=there.kind.label
        ))  # fmt: skip


def save(desk: Desk, kind: str, values: Mapping[str, object], record: str | None = None) -> Saved:
    """Keep these fields of a new record (`record` None) or an existing one; other fields stay."""
    roles.need(desk, Act.DRAFT)
    whole = records.kind(kind)
    _may_be_written(whole)
    there = get(desk, record) if record is not None else None
    if there is not None and there.removed:
        raise _was_removed()
    if there is not None and there.kind is not whole:
        raise BadInput(_("{id} is a record of another kind ({kind}).").format(id=record, kind=there.kind.label))
    fitting = checked(desk, whole, values)
    with immediate(desk.db):
        before_change(desk, whole, fitting, there)
        return writer.save(desk, whole, fitting, record)


def _was_removed() -> BadInput:
    return BadInput(
        _("What stood here was removed on request, and is not written anew."),
        _("Nothing was changed."),
        _("Make a new record, if the person agrees to it."),
    )


def _may_be_written(kind: Kind) -> None:
    if kind.built_in:
        raise BadInput(_("{kind} is built in and cannot be changed.").format(kind=kind.label))
    if kind.closed:
        raise BadInput(
            _("{kind}: this is not written by hand.").format(kind=kind.label),
            _("Nothing was changed."),
            _("Officers and their roles are looked after under Settings, or with “cpdesk officers”."),
        )


def before_change(
    desk: Desk, kind: Kind, values: Mapping[str, Value] | None, there: Record | None, *, said: bool = False
) -> None:
    """What an approved plan asks of its writers, once inside the transaction and before they write; `values` is None
    where a record goes to the bin or comes back, `said` where a decision takes what somebody has said already. Who
    writes by other ways than this module asks it too.
    """
    from cpdesk.tasks import versions  # which itself keeps records through this module

    with plainly(desk):  # a plan that becomes a draft along with a decision is no decision of its own
        opened = versions.before_change(desk, kind, values, there, said=said)
    if opened and _along.blocks:
        _along.blocks[-1].extend(opened)


class _Along(threading.local):
    """The open blocks of `along_with` of each thread, since a worker writes beside the window."""

    def __init__(self) -> None:
        self.blocks: list[list[Saved]] = []


_along = _Along()


@contextmanager
def along_with() -> Iterator[list[Saved]]:
    """The plans that changes inside the block made drafts of their next version; who takes the change back, takes that
    back too. An inner block keeps its own to itself.
    """
    mine: list[Saved] = []
    _along.blocks.append(mine)
    try:
        yield mine
    finally:
        _along.blocks.pop()


def save_many(desk: Desk, drafts: Iterable[Draft]) -> list[Saved]:
    """All of them or none."""
    with roles.acting(desk, Act.DRAFT), immediate(desk.db):
        return [save(desk, kind, values, record) for kind, values, record in drafts]


def get(desk: Desk, id_: str) -> Record:
    """The record of that id, deleted or not; a place by its code."""
    if is_record_id(id_):
        found = reading.row(desk.db, id_)
        if found:
            return found
    elif id_.isascii() and id_.isdigit():
        return _place(gazetteer.get(id_))
    raise NotFound(_("There is no record {id} on this desk.").format(id=id_[:80]))


def get_if_here(desk: Desk, id_: Value) -> Record | None:
    """The record that a reference names; None where it is blank or has not arrived."""
    return reading.row(desk.db, id_) if isinstance(id_, str) and is_record_id(id_) else None


def _place(place: gazetteer.Place) -> Record:
    kind = records.kind("place")
    values: dict[str, Value] = {
        "code": place.code,
        "level": place.level,
        "name_km": place.name_km,
        "name_en": place.name_en,
        "parent": place.parent,
        "valid_from": None if place.valid_from is None else str(place.valid_from),
        "valid_to": None if place.valid_to is None else str(place.valid_to),
    }
    return Record(place.code, kind, values)


def find(
    desk: Desk,
    kind: str,
    where: Mapping[str, object] | None = None,
    search: str = "",
    *,
    deleted: bool = False,
    descending: bool = False,
    limit: int | None = None,
) -> list[Record]:
    """Records of a kind in the kind's order; `where` wants equal values, `search` words inside the text."""
    whole = records.kind(kind)
    wanted = _where(whole, where or {})
    if whole.built_in:
        return _find_places(wanted, search, limit)
    return reading.rows(desk.db, whole, wanted, search=search, deleted=deleted, descending=descending, limit=limit)


def _where(kind: Kind, where: Mapping[str, object]) -> dict[str, Value]:
    wanted: dict[str, Value] = {}
    for name, value in where.items():
        if not kind.has(name):
            raise BadInput(_("{kind} has no field “{field}”.").format(kind=kind.label, field=name))
        try:
            wanted[name] = kind.field(name).type.check(value)
        except ValueError as why:
            raise BadInput(f"{kind.field(name).label}: {why}") from None
    return wanted


def _find_places(where: Mapping[str, Value], search: str, limit: int | None) -> list[Record]:
    if where.get("parent") == gazetteer.NATION:
        where = {**where, "parent": None}
    if search:
        places = gazetteer.search(search, limit=limit or 1000)
    elif "code" in where:
        places = [gazetteer.get(str(where["code"]))]
    elif where.get("level") == "nation":
        places = [gazetteer.get(gazetteer.NATION)]
    elif "parent" in where:
        parent = where["parent"]
        places = gazetteer.children(None if parent is None else str(parent))
    else:
        places = [c for p in gazetteer.children(None) for c in (p, *gazetteer.children(p.code))]
        places = [c for d in places for c in ((d, *gazetteer.children(d.code)) if len(d.code) == 4 else (d,))]
    found = [_place(place) for place in places]
    return [r for r in found if all(r.values.get(n) == v for n, v in where.items())][:limit]


def ids(desk: Desk, kind: str, where: Mapping[str, object] | None = None, search: str = "", *, descending: bool = False
        ) -> list[str]:  # fmt: skip
    """Only the ids of what `find` would give: long lists load their rows as they are looked at, with `some`."""
    whole = records.kind(kind)
    return reading.ids(desk.db, whole, _where(whole, where or {}), search=search, descending=descending)


def some(desk: Desk, kind: str, wanted: Sequence[str]) -> dict[str, Record]:
    return reading.by_ids(desk.db, records.kind(kind), wanted)


def columns(
    desk: Desk, kind: str, fields: Sequence[str], where: Mapping[str, object] | None = None
) -> list[tuple[str, *tuple[Value, ...]]]:
    """(id, value, …) of just these fields of many records, in no order and without their titles: for sums."""
    whole = records.kind(kind)
    return reading.columns(desk.db, whole, fields, _where(whole, where or {}))


def count(desk: Desk, kind: str, where: Mapping[str, object] | None = None, search: str = "") -> int:
    whole = records.kind(kind)
    return reading.count(desk.db, whole, _where(whole, where or {}), search)


def children(desk: Desk, kind: str, parent: str) -> list[Record]:
    """The parts of that kind of a record, in their order."""
    whole = records.kind(kind)
    assert whole.parent, kind
    return reading.rows(desk.db, whole, {whole.parent: parent})


def search(desk: Desk, text: str, kinds: Sequence[str] | None = None, limit: int = 30) -> list[Record]:
    """Records of any kind that hold every word, Khmer inside words too."""
    words.index_pending(desk.db)
    return words.search(desk.db, words.plain(text), kinds, limit)


def index(desk: Desk, progress: words.Progress | None = None) -> int:
    """Take what was merged into the word index now, so that the next search need not; how many records it was."""
    return words.index_pending(desk.db, progress)


def history(desk: Desk, id_: str) -> list[Written]:
    """Every value ever written in a record, oldest first."""
    get(desk, id_)
    return [] if not is_record_id(id_) else reading.history(desk.db, id_)


# --- delete and back ------------------------------------------------------------------------------------------------
def delete(desk: Desk, id_: str) -> Deleted:
    """Put a record and all its parts in the bin."""
    roles.need(desk, Act.DRAFT)
    root = get(desk, id_)
    _may_be_written(root.kind)
    with immediate(desk.db):
        gone: list[str] = []
        if not root.deleted:
            before_change(desk, root.kind, None, root)
            _delete(desk, root, None, gone)
    return Deleted(tuple(gone))


def _delete(desk: Desk, record: Record, root: str | None, gone: list[str]) -> None:
    for part_kind, field in records.parts_of(record.kind.name):
        for part in reading.rows(desk.db, part_kind, {field.name: record.id}):
            _delete(desk, part, root or record.id, gone)
    writer.delete(desk, record.id, root)
    gone.append(record.id)


def undelete(desk: Desk, id_: str) -> Deleted:
    """Bring a record back from the bin, and the parts that went with it."""
    roles.need(desk, Act.DRAFT)
    root = get(desk, id_)
    _may_be_written(root.kind)
    if root.removed:
        raise _was_removed()
    back: list[str] = []
    with immediate(desk.db):
        if root.deleted:
            before_change(desk, root.kind, None, root)
            _undelete(desk, root, root.id, back)
    return Deleted(tuple(back))


def _undelete(desk: Desk, record: Record, root: str, back: list[str]) -> None:
    writer.undelete(desk, record.id)
    back.append(record.id)
    for part_kind, field in records.parts_of(record.kind.name):
        for part in reading.rows(desk.db, part_kind, {field.name: record.id}, deleted=True):
            if writer.deleted_with(desk, part.id) == root:
                _undelete(desk, part, root, back)


def bin(desk: Desk) -> list[Record]:
    """What lies in the bin, without the parts of what lies there too."""
    found: list[Record] = []
    for kind in records.KINDS.values():
        if not kind.built_in:
            found += [r for r in reading.rows(desk.db, kind, deleted=True) if not _whole_deleted(desk, r)]
    return found


def _whole_deleted(desk: Desk, record: Record) -> bool:
    whole = record.values.get(record.kind.parent) if record.kind.parent else None
    if not isinstance(whole, str):
        return False
    there = reading.row(desk.db, whole)
    return there is not None and there.deleted


# --- words for what is there ----------------------------------------------------------------------------------------
def title(desk: Desk, id_: str) -> str:
    """What names a record, in one line; the id's head where it has not arrived yet."""
    if not is_record_id(id_):
        try:
            return gazetteer.get(id_).title(language())
        except NotFound:
            return id_
    found = reading.row(desk.db, id_)
    if found is None:
        return _("(not received yet)")
    return named(desk, found)


def named(desk: Desk, record: Record) -> str:
    """`record.title`, with a person's title before the name, and a part named after whom it refers to."""
    if record.kind.name == "person":
        return " ".join(part for part in (record.text("title"), record.title) if part)
    if record.kind.name in ("attendance", "membership") and record["person"]:
        return title(desk, str(record["person"]))
    return record.title


_AFTER = {  # what holds but a number is called after these fields
    "figure": ("measure", "place", "year"),
    "target": ("indicator", "year"),
    "actual": ("indicator", "year", "quarter"),
    "budget_line": ("activity", "year"),
    "progress": ("activity", "year", "quarter"),
}


def called(desk: Desk, record: Record) -> str:
    """`named`, and for what holds but a number what that is of: for a list in which nothing around it tells."""
    names = _AFTER.get(record.kind.name, ())
    found = [show(desk, record, name).strip().partition("\n")[0] for name in names if record.kind.has(name)]
    return " · ".join(filter(None, found)) or named(desk, record)


def show(desk: Desk, record: Record, field: str) -> str:
    """A value as people read it; references by the titles of what they refer to."""
    return show_value(desk, record.kind, field, record.values[field])


def show_value(desk: Desk, kind: Kind, field: str, value: Value) -> str:
    if not kind.has(field):
        return "" if value is None else str(value)
    declared = kind.field(field)
    if isinstance(declared.type, Ref):
        return ", ".join(title(desk, id_) for id_ in declared.type.ids(value))
    return declared.show(value)


def problems(desk: Desk, record: Record) -> dict[str, str]:
    """What is missing or does not fit, by field; also what refers to a record in the bin."""
    found = record.kind.problems(record.values)
    for field in record.kind.fields:
        if isinstance(field.type, Ref) and field.name not in found:
            for id_ in field.type.ids(record.values[field.name]):
                there = reading.row(desk.db, id_) if is_record_id(id_) else None
                if there is not None and there.deleted and not there.removed:
                    found[field.name] = _("“{title}” lies in the bin.").format(title=there.title)
    return found


def pointing_at(desk: Desk, id_: str) -> list[tuple[Record, str]]:
    """What refers to a record, each with the field that does."""
    target = get(desk, id_)
    found: list[tuple[Record, str]] = []
    for kind, field in records.pointing_at(target.kind.name):
        if kind.built_in:
            continue
        if isinstance(field.type, Refs):
            there = reading.naming(desk.db, kind, field.name, id_)
        else:
            there = reading.rows(desk.db, kind, {field.name: id_})
        found += [(record, field.name) for record in there]
    return found


# --- order of parts -------------------------------------------------------------------------------------------------
def next_order(desk: Desk, kind: str, parent: str) -> int:
    """The place behind the last part."""
    places = [r["order"] for r in children(desk, kind, parent)]
    return max((p for p in places if isinstance(p, int)), default=0) + STEP


def move(desk: Desk, id_: str, after: str | None) -> None:
    """Put a part behind its sibling `after`, or first. Only where no room is left are the others counted anew."""
    record = get(desk, id_)
    whole = record.values.get(record.kind.parent) if record.kind.parent else None
    if not isinstance(whole, str) or not isinstance(record.kind.field("order").type, Order):
        raise BadInput(_("{kind} has no order of its own.").format(kind=record.kind.label))
    others = [r for r in children(desk, record.kind.name, whole) if r.id != id_]
    at = next((i + 1 for i, r in enumerate(others) if r.id == after), 0)
    before = others[at - 1]["order"] if at else None
    behind = others[at]["order"] if at < len(others) else None
    with immediate(desk.db):
        low = before if isinstance(before, int) else None
        high = behind if isinstance(behind, int) else None
        if at == len(others):
            place = (low or 0) + STEP
        elif at == 0 and high is not None:
            place = high - STEP
        elif low is not None and high is not None and high - low > 1:
            place = (low + high) // 2
        else:
            for n, other in enumerate(others):
                save(desk, other.kind.name, {"order": (n + 1 + (n >= at)) * STEP}, other.id)
            place = (at + 1) * STEP
        save(desk, record.kind.name, {"order": place}, id_)
