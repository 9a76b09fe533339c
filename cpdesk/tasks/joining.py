"""Two records that are one: joined without losing either's history.

What referred to the one that goes refers to the one that stays; what was blank in it is filled from the other; where
both say something else, a person chooses, or both stand beside each other as a difference. The one that goes lies in
the bin and says into what it was joined, so that a reference to it that arrives later is found and led on. All of it
are ordinary saves, which travel and merge: what somebody wrote meanwhile in the one that went keeps it in sight.

A record stays only where everybody who saw the other sees it too. Of two districts' records the province makes a third,
shared one, and joins both into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cpdesk.errors import BadInput, UserError
from cpdesk.i18n import _
from cpdesk.kinds import Ref, Value
from cpdesk.store import Desk, Record, decisions, find, log, referring, state, writer
from cpdesk.store.connection import immediate
from cpdesk.store.decisions import INTO, JOINED, deciding
from cpdesk.store.pen import Pen
from cpdesk.store.projection import DELETED, heads_of, scope_of
from cpdesk.store.restoring import Write
from cpdesk.store.scopes import covers, is_private
from cpdesk.tasks import records, roles
from cpdesk.tasks.roles import Act

JOINABLE = ("person", "body", "meeting")
SAME, FILLED, KEPT, DIFFERS = "same", "filled", "kept", "differs"


@dataclass(frozen=True)
class JoinField:
    """A field in both, as stored and as people read it. `state`: "same", "kept" (blank in the one that goes), "filled"
    (blank in the one that stays), "differs" (to be chosen)."""

    field: str
    label: str
    keep: Value
    gone: Value
    keep_shown: str
    gone_shown: str
    state: str


@dataclass(frozen=True)
class Joining:
    """What joining two would do. `third`: both go into a new record that more offices see; `problem` says why it cannot
    be done this way round, "" where it can."""

    keep: str
    gone: str
    fields: tuple[JoinField, ...]
    references: int
    third: bool
    problem: str


@dataclass(frozen=True)
class Joined:
    """`id` stands, `gone` lie in the bin. `references` were led on; `waiting` are fields of `id` in which both values
    wait for a decision."""

    id: str
    gone: tuple[str, ...]
    references: int
    waiting: tuple[str, ...]


def look(desk: Desk, keep: str, gone: str) -> Joining:
    """What `join` would do, and why it would be refused."""
    one, other = records.get(desk, keep), records.get(desk, gone)
    try:
        third, problem = _third(desk, one, other), ""
    except UserError as why:
        return Joining(keep, gone, (), 0, False, str(why))
    count = sum(1 for _one in referring.referring(desk.db, [(bytes.fromhex(gone), other.kind.name)]))
    return Joining(keep, gone, tuple(_fields(desk, one, other)), count, third, problem)


def _third(desk: Desk, one: Record, other: Record) -> bool:
    """Whether a third record is needed; `BadInput` where the two cannot be joined."""
    if one.kind is not other.kind or one.kind.name not in JOINABLE or one.id == other.id:
        raise BadInput(_("Two people, two bodies or two meetings can be joined."), _kept())
    for record in (one, other):
        if record.deleted:
            raise BadInput(_("“{title}” lies in the bin.").format(title=record.title), _kept())
        if any(d.field != DELETED for d in find.differences(desk.db, record.id)):
            raise BadInput(
                _("In “{title}” a difference waits for a decision.").format(title=record.title), _kept(),
                _("Settle it first, then join."),
            )  # fmt: skip
    if is_private(other.scope) or (not is_private(one.scope) and covers(one.scope, other.scope)):
        return False
    if not is_private(one.scope) and covers(desk.office, one.scope) and covers(desk.office, other.scope):
        return True
    raise BadInput(
        _("“{title}” is seen by more offices than the one that would stay.").format(title=other.title), _kept(),
        _("Keep that one, and join the other into it."),
    )  # fmt: skip


def _kept() -> str:
    return _("Nothing was changed.")


def _fields(desk: Desk, one: Record, other: Record) -> Iterable[JoinField]:
    for field in one.kind.fields:
        mine, theirs = (_beyond(record, field.name, one, other) for record in (one, other))
        parted = KEPT if theirs is None else FILLED if mine is None else DIFFERS
        how = SAME if mine == theirs else parted
        shown = [records.show_value(desk, one.kind, field.name, value) for value in (mine, theirs)]
        yield JoinField(field.name, field.label, mine, theirs, shown[0], shown[1], how)


def _beyond(record: Record, name: str, *both: Record) -> Value:
    """The value, but for a reference of one of the two to the other."""
    value, type_ = record.values[name], record.kind.field(name).type
    if isinstance(type_, Ref):
        ids = {each.id for each in both}
        return type_.check(" ".join(id_ for id_ in type_.ids(value) if id_ not in ids) or None)
    return value


def join(desk: Desk, keep: str, gone: str, chosen: Mapping[str, object] | None = None, reason: str = "") -> Joined:
    """Join `gone` into `keep`, in one transaction. `chosen` says, by field, the value that shall stand where both
    differ; what is not chosen waits as a difference. `BadInput` where it cannot be done, `NotFound` for no record.
    """
    with roles.acting(desk, Act.MERGE), immediate(desk.db):
        one, other = records.get(desk, keep), records.get(desk, gone)
        if not _third(desk, one, other):
            return _join(desk, one, other, chosen or {}, reason)
        with deciding(desk, JOINED, reason):
            plain = {f.name: one.values[f.name] for f in one.kind.fields if not f.private}
            third = records.get(desk, writer.save(desk, one.kind, plain).id)
        first = _join(desk, third, one, {}, reason)
        second = _join(desk, records.get(desk, third.id), other, chosen or {}, reason)
    return Joined(third.id, (one.id, other.id), first.references + second.references, second.waiting)


def _join(desk: Desk, one: Record, other: Record, chosen: Mapping[str, object], reason: str) -> Joined:
    start = log.last_n(desk.db)
    picked = records.checked(desk, one.kind, chosen)
    into = bytes.fromhex(one.id)
    led = _to_lead(desk, {bytes.fromhex(other.id): (other.kind.name, into)}, but=into)
    pen = Pen(desk, decisions.marks(JOINED, reason))
    waiting = _values(desk, pen, one, other, picked)
    count = _lead_on(desk, pen, led)
    pen.finish()
    with deciding(desk, JOINED, reason, **{INTO: one.id}):
        writer.delete(desk, other.id)
    state.project_since(desk.db, start)
    return Joined(one.id, (other.id,), count, waiting)


def _values(desk: Desk, pen: Pen, one: Record, other: Record, chosen: Mapping[str, Value]) -> tuple[str, ...]:
    """What stands in the one that stays. It is always written on, so that of two people who join the same two the other
    way round neither hides what the other keeps."""
    record, kind = bytes.fromhex(one.id), one.kind
    changes = log.changes_of(desk.db, record)
    sets: dict[str, Value] = {name: one.values[name] for name in kind.title if one.values[name] is not None}
    beside: dict[str, Value] = {}
    for field in _fields(desk, one, other):
        if field.field in chosen:
            sets[field.field] = chosen[field.field]
        elif field.state == DIFFERS:
            sets[field.field], beside[field.field] = field.keep, field.gone
        elif field.state == FILLED:
            sets[field.field] = field.gone
        elif field.keep != one.values[field.field]:
            sets[field.field] = field.keep
    sets = sets or {kind.fields[0].name: one.values[kind.fields[0].name]}
    heads = heads_of(changes)
    writes: list[Write] = []
    for private in (False, True):
        for values, parents in ((beside, False), (sets, True)):
            mine = {name: value for name, value in values.items() if kind.field(name).private == private}
            if mine:
                seen = {
                    head.change.h
                    for name in mine
                    for head in heads.get(name, [])
                    if parents and is_private(head.change.scope) == private
                }
                writes.append(Write(mine, seen, private=private))
    pen.write(record, changes, writes)
    return tuple(beside)


Led = dict[bytes, dict[str, Value]]  # record → its references as they shall be


def _to_lead(desk: Desk, joined: Mapping[bytes, tuple[str, bytes]], but: bytes = b"") -> Led:
    """What refers to records that went, `but` in that record. Approved plans among it are asked here, before a pen is
    taken up, since they write themselves."""
    found: dict[bytes, set[str]] = {}
    meant = [(record, kind) for record, (kind, _into) in joined.items()]
    for one in list(referring.referring(desk.db, meant)):
        if one.record not in joined and one.record != but:
            found.setdefault(one.record, set()).add(one.field)
    for record, fields in found.items():
        now = records.get(desk, record.hex())
        records.before_change(desk, now.kind, {name: _led(now, name, joined) for name in fields}, now, said=True)
    led: Led = {}
    for record, fields in found.items():
        now = records.get(desk, record.hex())  # a plan that is a draft again no longer says who approved it
        sets = {name: _led(now, name, joined) for name in sorted(fields)}
        led[record] = {name: value for name, value in sets.items() if value != now.values[name]}
    return {record: sets for record, sets in led.items() if sets}


def _lead_on(desk: Desk, pen: Pen, led: Led) -> int:
    """Rewrite those; how many references."""
    for record, sets in led.items():
        changes = log.changes_of(desk.db, record)
        heads = heads_of(changes)
        own = is_private(scope_of(changes))  # such as an officer, who never leaves the desk
        seen = {head.change.h for name in sets for head in heads[name] if is_private(head.change.scope) == own}
        pen.write(record, changes, [Write(sets, seen)])
    return sum(map(len, led.values()))


def _led(record: Record, name: str, joined: Mapping[bytes, tuple[str, bytes]]) -> Value:
    """The field's references led on; none to the record itself."""
    type_ = record.kind.field(name).type
    assert isinstance(type_, Ref)
    ends = {gone.hex(): into.hex() for gone, (_kind, into) in joined.items()}
    led = {ends.get(id_, id_) for id_ in type_.ids(record.values[name])}
    return type_.check(" ".join(sorted(led - {record.id})) or None)


@dataclass(frozen=True)
class Astray:
    """A record that refers, in that field, to one that was joined into another (`into`)."""

    id: str
    kind: str
    field: str
    to: str
    into: str


def astray(desk: Desk) -> list[Astray]:
    """What refers to records that were joined into others: it was written, or came, after they were joined."""
    joined = decisions.joined(desk.db)
    meant = [(record, kind) for record, (kind, _into) in joined.items()]
    return [
        Astray(one.record.hex(), one.kind, one.field, one.to.hex(), joined[one.to][1].hex())
        for one in (referring.referring(desk.db, meant) if meant else ())
    ]


def lead_on(desk: Desk) -> int:
    """Lead all of those on to the records that stand; how many references were rewritten."""
    with roles.acting(desk, Act.MERGE), immediate(desk.db):
        start = log.last_n(desk.db)
        led = _to_lead(desk, decisions.joined(desk.db))
        pen = Pen(desk, decisions.marks(JOINED))
        count = _lead_on(desk, pen, led)
        pen.finish()
        state.project_since(desk.db, start)
    return count
