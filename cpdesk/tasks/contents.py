"""What a merged package brought, read again from the change log: how much of which kind, and the values themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from cpdesk import records as kinds
from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.kinds import Kind
from cpdesk.store import Desk, exchange
from cpdesk.store.projection import State, project
from cpdesk.tasks import log_codes, records
from cpdesk.tasks.log_codes import LogCode
from cpdesk.tasks.receiving import PackageRow, packages
from cpdesk.tasks.review import CHANGED, DELETED_NOW, NEW, RESTORED, FieldChange, KindCount, RecordChange

MOST = 500  # records that are told one by one


@dataclass(frozen=True)
class Contents:
    """`by_kind` counts every record that the package brought something new for, `items` tells the first of them;
    `records` says how many there are. `sha256` is of the package's readable part, the same on all computers; `codes`
    say how far the sender's log was held with it."""

    row: PackageRow
    sha256: str
    by_kind: tuple[KindCount, ...]
    items: tuple[RecordChange, ...]
    records: int
    codes: tuple[LogCode, ...] = ()


def row(desk: Desk, package: str) -> PackageRow:
    """The merged package of that number on this desk, as `packages` lists it."""
    found = next((one for one in packages(desk) if str(one.package) == package.strip()), None)
    if found is None:
        raise NotFound(
            _("There is no merged package {id} on this desk.").format(id=package),
            todo=_("See the list of packages that came in."),
        )
    return found


def contents(desk: Desk, package: str, most: int = MOST) -> Contents:
    """What that package brought that was not here before. What came later is left out of it."""
    there = row(desk, package)
    told: list[tuple[str, RecordChange]] = []
    counts: dict[str, Counter[str]] = {}
    touched = exchange.brought(desk.db, there.package)
    for record, kind in touched:
        before, after = _before_and_after(desk, record, there.package)
        what = _what(before, after)
        counts.setdefault(kind, Counter())[what] += 1
        if len(told) < most:
            told.append((kind, _change(desk, record.hex(), kind, before, after, what)))
    by_kind = tuple(
        KindCount(kind, _label(kind), one[NEW], one[CHANGED] + one[RESTORED], one[DELETED_NOW])
        for kind, one in counts.items()
    )
    sha256 = next(one.sha256 for one in exchange.received(desk.db) if one.package == there.package)
    codes = tuple(log_codes.of_package(desk, there.package))
    return Contents(there, sha256, by_kind, tuple(change for _kind, change in told), len(touched), codes)


def _before_and_after(desk: Desk, record: bytes, package: int) -> tuple[State | None, State]:
    """How the record stood on this desk just before the package came, and just after."""
    with_package = exchange.changes_with(desk.db, record, package)
    earlier = [change for change, brought in with_package if not brought]
    return project(earlier) if earlier else None, project([change for change, _brought in with_package])


def _what(before: State | None, after: State) -> str:
    if before is None:
        return DELETED_NOW if after.deleted else NEW
    if after.deleted and not before.deleted:
        return DELETED_NOW
    return RESTORED if before.deleted and not after.deleted else CHANGED


def _label(kind: str) -> str:
    return kinds.KINDS[kind].label if kind in kinds.KINDS else kind


def _change(desk: Desk, id_: str, name: str, before: State | None, after: State, what: str) -> RecordChange:
    kind: Kind | None = kinds.KINDS.get(name)
    if kind is None:  # a kind that only a newer version knows
        return RecordChange(id_, name, name, id_, what, ())
    found = []
    for field in kind.fields:
        old = before.values.get(field.name) if before else None
        new = after.values.get(field.name)
        if old != new:
            shown = [records.show_value(desk, kind, field.name, value) for value in (old, new)]
            found.append(FieldChange(field.name, field.label, old, new, shown[0], shown[1]))
    return RecordChange(id_, name, kind.label, records.title(desk, id_), what, tuple(found))
