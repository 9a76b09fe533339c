"""What was decided and why: differences settled, records joined, imports taken back. For the receipt, the page of what
came from above, and whoever asks later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cpdesk import records as kinds
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import Value, is_record_id
from cpdesk.store import Desk, clock, decisions, find
from cpdesk.store.connection import troubles
from cpdesk.store.decisions import INTO, JOINED, PACKAGE, REASON, REDONE, SETTLED, UNDONE, Decided
from cpdesk.store.projection import DELETED
from cpdesk.tasks import records
from cpdesk.tasks.board import office_name


@dataclass(frozen=True)
class Passed:
    """A value that the decision replaced, as stored and as people read it, and who had written it."""

    value: Value
    shown: str
    by: str
    office: str
    at: datetime


@dataclass(frozen=True)
class Decision:
    """One decision. `sort` is "settled", "joined", "undone" or "redone"; `package` the local number of the import that
    brought it, None where it was taken here.

    Of a settled difference: the record's `field` and its `value`, and what was `passed` over. Of a joined record: `id`
    is the one that went, `into` the one that stands. Of an import: `import_` is (office, number of the package) and
    `records` how many records changed; it has no `id`.
    """

    sort: str
    id: str
    kind: str
    title: str
    field: str
    label: str
    value: Value
    shown: str
    passed: tuple[Passed, ...]
    reason: str
    by: str
    office: str
    at: datetime
    package: int | None
    into: str = ""
    import_: tuple[str, int] | None = None
    records: int = 1


def made(
    desk: Desk, since: datetime | None = None, package: int | None = None, record: str | None = None
) -> list[Decision]:
    """Decisions in the order in which they came here: written since that moment, brought by that import, or about that
    record; all of them without any of these."""
    from_ = int(since.timestamp() * 1000) << 16 if since else 0
    with troubles(desk.db):
        rows = decisions.decided(
            desk.db, since=max(0, from_), package=package, record=bytes.fromhex(record) if record else None
        )
        return _told(desk, rows)


def _told(desk: Desk, rows: Iterator[Decided]) -> list[Decision]:
    """An import taken back is one decision, however many saves it took; of a deletion, only the record that was meant
    is one."""
    found: list[Decision] = []
    imports: dict[tuple[str, ...], int] = {}
    for row in rows:
        if row.sort in (UNDONE, REDONE) and not row.text(PACKAGE):
            continue  # somebody took a decision of their own back: what it was about waits again
        if row.sort in (UNDONE, REDONE):
            at = imports.setdefault((row.sort, row.text(PACKAGE), row.who, row.office, str(row.package)), len(found))
            if at < len(found):
                found[at] = replace(found[at], records=found[at].records + 1)
            else:
                found.append(_of_import(row))
        elif row.sort == JOINED and row.text(INTO):
            found.append(_of_joined(desk, row))
        elif row.sort == SETTLED and not row.text("_with"):
            found += _of_fields(desk, row)
    return found


def _of_import(row: Decided) -> Decision:
    office, _space, rest = row.text(PACKAGE).partition(" ")
    number = rest.partition(" ")[0]
    told = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    title = _("Package {number} from {office}").format(number=digits.count(told), office=office_name(office))
    return replace(_bare(row, "", title), import_=(office, told))


def _of_joined(desk: Desk, row: Decided) -> Decision:
    into = row.text(INTO)
    shown = records.title(desk, into) if is_record_id(into) else into
    return replace(_bare(row, row.record.hex(), records.title(desk, row.record.hex())), into=into, shown=shown)


def _of_fields(desk: Desk, row: Decided) -> Iterator[Decision]:
    id_ = row.record.hex()
    kind = kinds.KINDS.get(row.kind)
    title = records.title(desk, id_) if kind else id_
    for field, value in row.sets.items():
        if field.startswith("_") and field != DELETED:
            continue
        label = _("Deleted") if field == DELETED else kind.field(field).label if kind and kind.has(field) else field
        yield replace(
            _bare(row, id_, title), field=field, label=label, value=value, shown=_shown(desk, row.kind, field, value),
            passed=tuple(_passed(desk, row, field)),
        )  # fmt: skip


def _passed(desk: Desk, row: Decided, field: str) -> Iterator[Passed]:
    parents = {parent.hex() for parent in row.parents}
    for w in find.history(desk.db, row.record.hex()):
        if w.h in parents and w.field == field:
            yield Passed(w.value, _shown(desk, row.kind, field, w.value), w.by, w.office, w.at)


def _shown(desk: Desk, kind: str, field: str, value: Value) -> str:
    if field == DELETED:
        return _("Deleted") if value else _("Kept")
    known = kinds.KINDS.get(kind)
    return records.show_value(desk, known, field, value) if known else "" if value is None else str(value)


def _bare(row: Decided, id_: str, title: str) -> Decision:
    return Decision(
        row.sort, id_, row.kind, title, "", "", None, "", (), row.text(REASON), row.who, row.office,
        clock.moment(row.hlc), row.package,
    )  # fmt: skip
