"""Differences: two people changed the same without seeing each other's change. A person settles each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cpdesk import records as kinds
from cpdesk.analysis.wording import Compared, against
from cpdesk.errors import BadInput, NotFound
from cpdesk.i18n import _
from cpdesk.kinds import Kind, Packed, Quarters, Refs, Text, Value
from cpdesk.store import Desk, find, writer
from cpdesk.store.connection import immediate, troubles
from cpdesk.store.decisions import SETTLED, deciding, plainly
from cpdesk.store.projection import DELETED
from cpdesk.store.writer import Saved
from cpdesk.tasks import Progress, no_progress, records, roles
from cpdesk.tasks.roles import Act


@dataclass(frozen=True)
class Side:
    """One of the values that stand beside each other, and who wrote it when."""

    value: Value
    site: str
    office: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Conflict:
    """A difference that waits. The value shown meanwhile comes first; `before` is what all sides replaced.

    Field "_deleted": somebody deleted the record (True) while somebody else went on writing in it (False).
    """

    id: str
    kind: str
    field: str
    values: tuple[Side, ...]
    before: Value


def conflicts(desk: Desk, record: str | None = None) -> list[Conflict]:
    """All that wait, or those of one record."""
    with troubles(desk.db):
        found = find.differences(desk.db, record)
    return [Conflict(d.record, d.kind, d.field, tuple(map(_side, d.sides)), d.before) for d in found]


def _side(written: find.Written) -> Side:
    return Side(written.value, written.site, written.office, written.at, written.by)


def resolve(desk: Desk, id_: str, field: str, value: object, reason: str = "") -> Saved:
    """Settle one: the value replaces all sides, everywhere, and says why. `NotFound` where nothing waits, `BadInput`
    for no value.

    For "_deleted", True puts the record in the bin with all its parts, False keeps it.
    """
    with roles.acting(desk, Act.MERGE), immediate(desk.db):
        records.get(desk, id_)
        waiting = next((c for c in conflicts(desk, id_) if c.field == field), None)
        if waiting is None:
            raise NotFound(
                _("No difference waits in field “{field}” of this record.").format(field=field),
                _("Nothing was changed."),
            )
        with deciding(desk, SETTLED, reason):
            if field == DELETED:
                return _settle_delete(desk, id_, value is True)
            kind = _known(waiting)
            fitting = records.checked(desk, kind, {field: value})
            said = any(side.value == fitting[field] for side in waiting.values)
            records.before_change(desk, kind, fitting, records.get(desk, id_), said=said)
            return writer.save(desk, kind, fitting, id_)


def _known(waiting: Conflict) -> Kind:
    kind = kinds.KINDS.get(waiting.kind)
    if kind is None or not kind.has(waiting.field):
        raise NotFound(
            _("Field “{field}” is known only to a newer cpdesk.").format(field=waiting.field),
            _("Nothing was changed."),
            _("Install the newer program to settle this."),
        )
    return kind


# --- ways to settle -------------------------------------------------------------------------------------------------
def both(waiting: Conflict) -> Value:
    """All sides in one value, the oldest first: of texts the words, of lists what any of them names. `BadInput` where
    one value cannot hold both."""
    type_ = _known(waiting).field(waiting.field).type if waiting.field != DELETED else None
    texts = [side.value for side in sorted(waiting.values, key=lambda side: side.at) if isinstance(side.value, str)]
    if isinstance(type_, Refs | Quarters):
        return type_.check(sorted({part for text in texts for part in text.split()}))
    if not isinstance(type_, Text) or isinstance(type_, Packed):
        raise BadInput(
            _("One value cannot hold both."), _("Nothing was changed."), _("Take one of them, or write another.")
        )
    apart: list[str] = []
    for text in texts:
        apart = [other for other in apart if other not in text]
        if not any(text in other for other in apart):
            apart.append(text)
    return type_.check(("\n" if type_.long else "; ").join(apart))


def can_take_both(waiting: Conflict) -> bool:
    """Whether `both` has an answer."""
    try:
        both(waiting)
    except (BadInput, NotFound, ValueError):
        return False
    return True


def alike(desk: Desk, waiting: Conflict, among: Iterable[Conflict] | None = None) -> list[Conflict]:
    """All that wait in the same field of the same kind between the same offices, this one among them; of those given,
    where somebody has just read them."""
    return [c for c in (conflicts(desk) if among is None else among) if _sort(c) == _sort(waiting)]


def _sort(one: Conflict) -> tuple[str, str, frozenset[str]]:
    return one.kind, one.field, frozenset(side.office for side in one.values)


@dataclass(frozen=True)
class Settled:
    """What became of many: those that were settled, as (id, field), and those that still wait because the rule gives
    them no value."""

    done: tuple[tuple[str, str], ...]
    waiting: tuple[tuple[str, str], ...]


OURS, NEWEST, BOTH = "ours", "newest", "both"


def resolve_many(
    desk: Desk, which: Iterable[tuple[str, str]], take: str, reason: str = "", progress: Progress = no_progress
) -> Settled:
    """Settle many (id, field) by one rule, in one transaction: `take` is "ours", "newest", "both" or the code of the
    office whose value shall stand. What the rule has no value for goes on waiting. Whatever `progress` raises leaves no
    trace."""
    roles.need(desk, Act.MERGE)
    wanted = list(which)
    done: list[tuple[str, str]] = []
    left: list[tuple[str, str]] = []
    with immediate(desk.db):
        for n, (id_, field) in enumerate(wanted):
            progress(n, len(wanted))
            one = next((c for c in conflicts(desk, id_) if c.field == field), None)
            value = by_rule(desk, one, take) if one else None
            if value is None:
                left.append((id_, field))
            else:
                resolve(desk, id_, field, value[0], reason)
                done.append((id_, field))
    return Settled(tuple(done), tuple(left))


def by_rule(desk: Desk, one: Conflict, take: str) -> tuple[Value] | None:
    """The value that such a rule gives, or None where it gives none."""
    if take == BOTH:
        return (both(one),) if can_take_both(one) else None
    office = desk.office if take == OURS else take
    theirs = [side for side in one.values if take == NEWEST or side.office == office]
    newest = max(theirs, key=lambda side: side.at, default=None)
    return None if newest is None else (newest.value,)


def wordings(waiting: Conflict) -> list[Compared]:
    """Each side, as text, word by word against the value that all of them replaced; in the order of `values`."""
    before, *sides = ("" if value is None else str(value) for value in (waiting.before, *_values(waiting)))
    return against(before, sides)


def _values(waiting: Conflict) -> list[Value]:
    return [side.value for side in waiting.values]


# --- edit against delete --------------------------------------------------------------------------------------------
def _settle_delete(desk: Desk, id_: str, delete: bool) -> Saved:
    if delete:
        records.delete(desk, id_)
    else:
        there, parts = records.get(desk, id_), _parts_gone_with(desk, id_, id_)
        if there.deleted or parts:
            records.before_change(desk, there.kind, None, there)
        writer.undelete(desk, id_)
        with plainly(desk):  # the parts come back along with what the decision is about
            for part in parts:
                writer.undelete(desk, part)
    return Saved(id_, (DELETED,), {DELETED: None})


def _parts_gone_with(desk: Desk, id_: str, root: str) -> list[str]:
    """Parts that lie in the bin because `root` was put there, the parts of parts too."""
    whole = records.get(desk, id_)
    found: list[str] = []
    for kind, field in kinds.parts_of(whole.kind.name):
        for part in find.rows(desk.db, kind, {field.name: id_}, deleted=True):
            if writer.deleted_with(desk, part.id) == root:
                found += [part.id, *_parts_gone_with(desk, part.id, root)]
    return found
