"""What a merge would change, record by record and in the words that people read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from cpdesk import records
from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.store import Desk, Record, exchange, find
from cpdesk.store.projection import DELETED
from cpdesk.store.union import Merge
from cpdesk.tasks import records as reading

NEW, CHANGED, DELETED_NOW, RESTORED = "new", "changed", "deleted", "restored"
CLOSELY = 2000  # records that are looked at one by one; beyond, they are only counted


@dataclass(frozen=True)
class Voice:
    """A side of a difference: the value as stored and as people read it, who wrote it and when. `here`: it stands on
    this desk already; else the package brings it."""

    value: Value
    shown: str
    here: bool
    office: str
    by: str
    at: datetime


@dataclass(frozen=True)
class FieldChange:
    """A field's value before and after, as stored and as people read it. Of a difference: what stands here, what the
    package says, and in `sides` every value with its author."""

    field: str
    label: str
    old: Value
    new: Value
    before: str
    after: str
    sides: tuple[Voice, ...] = ()


@dataclass(frozen=True)
class RecordChange:
    """`what` is one of "new", "changed", "deleted", "restored"."""

    id: str
    kind: str
    label: str
    title: str
    what: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class KindCount:
    kind: str
    label: str
    new: int
    changed: int
    deleted: int


@dataclass(frozen=True)
class Review:
    by_kind: tuple[KindCount, ...]
    items: tuple[RecordChange, ...]
    differences: tuple[RecordChange, ...]


Stirred = set[tuple[bytes, str]]


def watch(desk: Desk, merge: Merge) -> Callable[[Stirred], Review]:
    """To be called when the changes are in but the state does not show them yet; what it returns, when it does."""
    touched = merge.touched()
    here = exchange.standing(desk.db, touched)
    close = touched[:CLOSELY]
    old = merge.rows(close)

    def after(stirred: Stirred) -> Review:
        now = exchange.standing(desk.db, touched)
        new = merge.rows(close)
        whats = {record: _what(here.get(record), now.get(record)) for record, _kind in touched}
        items = []
        for record, kind in close:
            row = new.get(record.hex())
            if row:
                items.append(_change(desk, old.get(record.hex()), row, whats[record]))
            else:  # a kind that only a newer version knows
                items.append(RecordChange(record.hex(), kind, kind, record.hex(), whats[record], ()))
        return Review(_counts(touched, whats), tuple(items), tuple(_differences(desk, merge, touched, stirred)))

    return after


def _what(before: bool | None, after: bool | None) -> str:
    if before is None:
        return DELETED_NOW if after else NEW
    if after and not before:
        return DELETED_NOW
    return RESTORED if before and not after else CHANGED


def _counts(touched: list[tuple[bytes, str]], whats: dict[bytes, str]) -> tuple[KindCount, ...]:
    counts: dict[str, dict[str, int]] = {}
    for record, kind in touched:
        of_kind = counts.setdefault(kind, {})
        of_kind[whats[record]] = of_kind.get(whats[record], 0) + 1
    return tuple(
        KindCount(kind, _label(kind), n.get(NEW, 0), n.get(CHANGED, 0) + n.get(RESTORED, 0), n.get(DELETED_NOW, 0))
        for kind, n in sorted(counts.items())
    )


def _label(kind: str) -> str:
    return records.KINDS[kind].label if kind in records.KINDS else kind


def _change(desk: Desk, old: Record | None, new: Record, what: str) -> RecordChange:
    fields = tuple(
        FieldChange(
            field.name,
            field.label,
            before,
            after,
            reading.show_value(desk, new.kind, field.name, before),
            reading.show_value(desk, new.kind, field.name, after),
        )
        for field in new.kind.fields
        for before, after in [(old.values[field.name] if old else None, new.values[field.name])]
        if before != after
    )
    return RecordChange(new.id, new.kind.name, new.kind.label, reading.named(desk, new), what, fields)


def _differences(
    desk: Desk, merge: Merge, touched: list[tuple[bytes, str]], stirred: Stirred
) -> Iterator[RecordChange]:
    waiting = {record for record, _field in stirred}
    rows = merge.rows([(record, kind) for record, kind in touched if record in waiting])
    for record in sorted(waiting):
        row = rows.get(record.hex())
        if row is not None:
            brought = merge.brought(record)
            for one in sorted(find.differences(desk.db, row.id), key=lambda d: d.field):
                if (record, one.field) in stirred:
                    yield _difference(desk, row, one, brought)


def _difference(desk: Desk, row: Record, one: find.Difference, brought: set[str]) -> RecordChange:
    sides = tuple(
        Voice(w.value, _shown(desk, row, one.field, w.value), w.h not in brought, w.office, w.by, w.at)
        for w in one.sides
    )
    old, old_shown = next(((s.value, s.shown) for s in sides if s.here), (None, ""))
    new, new_shown = next(((s.value, s.shown) for s in sides if not s.here), (None, ""))
    label = row.kind.field(one.field).label if row.kind.has(one.field) else one.field
    if one.field == DELETED:
        label = _("Deleted")
    change = FieldChange(one.field, label, old, new, old_shown, new_shown, sides)
    return RecordChange(row.id, row.kind.name, row.kind.label, reading.named(desk, row), CHANGED, (change,))


def _shown(desk: Desk, row: Record, field: str, value: Value) -> str:
    if field == DELETED:
        return _("Deleted") if value else _("Written on")
    return reading.show_value(desk, row.kind, field, value)
