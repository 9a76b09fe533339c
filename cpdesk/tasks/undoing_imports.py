"""An import taken back as a whole, and taken in again: looked at in plain words first, refused where something later
stands on it. What it is in the log: `store.takeback`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cpdesk import records as kinds
from cpdesk.errors import BadInput
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.store import Desk, clock, decisions, exchange, log, takeback, union
from cpdesk.store.connection import troubles
from cpdesk.store.projection import DELETED
from cpdesk.store.takeback import Outcome
from cpdesk.tasks import Progress, audit, no_progress, records, roles
from cpdesk.tasks.board import office_name
from cpdesk.tasks.contents import row as package_row
from cpdesk.tasks.desk import keep_copy
from cpdesk.tasks.receiving import PackageRow
from cpdesk.tasks.review import KindCount, RecordChange, Review, watch
from cpdesk.tasks.roles import Act

MOST = 500  # records that are told one by one


@dataclass(frozen=True)
class Obstacle:
    """Something later that stands on the import: who wrote what, where, when; `package` is the local number of the
    import that brought it, None where it was written here."""

    id: str
    kind: str
    title: str
    fields: tuple[str, ...]
    by: str
    office: str
    at: datetime
    package: int | None
    sentence: str


@dataclass(frozen=True)
class UndoPreview:
    """What taking the import back would do. `obstacles` tells the first of those that stand in the way, `others` how
    many more there are; `first` are the imports that, taken back before, clear the way, the newest first (empty where
    something was written here). `redacted` records stay as they are. With `again` it is the way back in.
    """

    package: PackageRow
    again: bool
    records: int
    by_kind: tuple[KindCount, ...]
    items: tuple[RecordChange, ...]
    redacted: int
    obstacles: tuple[Obstacle, ...]
    others: int
    first: tuple[int, ...]

    @property
    def possible(self) -> bool:
        return not self.obstacles


@dataclass(frozen=True)
class Undone:
    """What was done: `package` is the import's number, `records` counts those that changed, `binned` those of them that
    went to the bin."""

    package: int
    records: int
    binned: int
    redacted: int = 0


class _Refused(Exception):
    """Rolls back what cannot be done."""


def can_undo(desk: Desk, package: int | str, progress: Progress = no_progress) -> UndoPreview:
    """What an undo of that import would do, and what stands in its way; of one that is taken back now, the redo.

    It is the undo itself, rolled back at its end. `NotFound` for a number that no import bears.
    """
    row = package_row(desk, str(package))
    again = row.package in takeback.undone(desk.db)
    with roles.trying(desk):
        review, outcome = _do(desk, row, again, "", progress, rehearse=True)
    return UndoPreview(
        row, again, outcome.records, review.by_kind if review else (), review.items[:MOST] if review else (),
        outcome.redacted, _told(desk, outcome), outcome.more, _first(desk, row, outcome),
    )  # fmt: skip


def taken_back(desk: Desk) -> frozenset[int]:
    """The local numbers of the imports that are taken back now."""
    with troubles(desk.db):
        return frozenset(takeback.undone(desk.db))


def undo_import(desk: Desk, package: int | str, reason: str = "", progress: Progress = no_progress) -> Undone:
    """Take a merged package back as a whole, after a verified copy of the desk, in one transaction.

    `BadInput` where something later stands on it, in words that name what and who, or where it is taken back already;
    `NotFound` for a number that no import bears. Whatever `progress` raises leaves no trace.
    """
    row = package_row(desk, str(package))
    if row.package in takeback.undone(desk.db):
        raise BadInput(_("Import {number} was taken back already.").format(number=digits.count(row.package)), _kept())
    return _done(desk, row, False, reason, progress)


def redo_import(desk: Desk, package: int | str, reason: str = "", progress: Progress = no_progress) -> Undone:
    """Take an import in again that was taken back: as if it had never been. Raises as `undo_import` does."""
    row = package_row(desk, str(package))
    if row.package not in takeback.undone(desk.db):
        raise BadInput(_("Import {number} was not taken back.").format(number=digits.count(row.package)), _kept())
    return _done(desk, row, True, reason, progress)


def _kept() -> str:
    return _("Nothing was changed.")


def _done(desk: Desk, row: PackageRow, again: bool, reason: str, progress: Progress) -> Undone:
    roles.need(desk, Act.MERGE)
    keep_copy(desk, "before-undo")
    _review, outcome = _do(desk, row, again, reason, progress, rehearse=False)
    if outcome.obstacles:
        raise _in_the_way(desk, row, outcome)
    return Undone(row.package, outcome.records, len(outcome.binned), outcome.redacted)


def _do(
    desk: Desk, row: PackageRow, again: bool, reason: str, progress: Progress, rehearse: bool
) -> tuple[Review | None, Outcome]:
    found: list[tuple[Review | None, Outcome]] = []
    try:
        with union.merging(desk, rehearse=rehearse) as open_merge:
            start = log.last_n(desk.db)
            marks = decisions.marks(
                decisions.REDONE if again else decisions.UNDONE, reason, **{decisions.PACKAGE: _name(desk, row)}
            )
            outcome = takeback.take_back(desk, row.package, again, marks, progress)
            watched = watch(desk, open_merge) if rehearse and not outcome.obstacles else None
            takeback.settle(desk, row.package, again, start, outcome)
            found.append((watched(set()) if watched else None, outcome))
            if outcome.obstacles:
                raise _Refused
            if not rehearse:
                audit.note(desk, "taken_again" if again else "taken_back", f"{row.office} {row.number}")
    except _Refused:
        pass
    return found[0]


def _name(desk: Desk, row: PackageRow) -> str:
    """The package's name on every desk: sender, number, hash of its manifest."""
    sha256 = next(one.sha256 for one in exchange.received(desk.db) if one.package == row.package)
    return f"{row.office} {row.number} {sha256}"


# --- what stands in the way -----------------------------------------------------------------------------------------
def _in_the_way(desk: Desk, row: PackageRow, outcome: Outcome) -> BadInput:
    one = _told(desk, outcome)[0]
    rest = len(outcome.obstacles) + outcome.more - 1
    what = _("Import {number} cannot be taken back: {why}").format(number=digits.count(row.package), why=one.sentence)
    if rest:
        others = ngettext("{count} more change stands on it.", "{count} more changes stand on it.", rest)
        what += " " + others.format(count=digits.count(rest))
    first = _first(desk, row, outcome)
    if first:
        numbers = ", ".join(map(digits.count, first))
        todo = _("Take back these imports first, in this order: {numbers}.").format(numbers=numbers)
    else:
        todo = _("Change that first, or correct the values one by one.")
    return BadInput(what, _kept(), todo)


def _first(desk: Desk, row: PackageRow, outcome: Outcome) -> tuple[int, ...]:
    """The imports to be taken back before, the newest first; none where that would not be enough."""
    came = {one.package for one in outcome.obstacles}
    numbers = {number for number in came if number is not None and number != row.package}
    if outcome.more or None in came or row.package in came:
        return ()
    return tuple(sorted(numbers - set(takeback.undone(desk.db)), reverse=True))


def _told(desk: Desk, outcome: Outcome) -> tuple[Obstacle, ...]:
    numbers = {one.package: one.number for one in exchange.received(desk.db)}
    return tuple(_obstacle(desk, one, numbers) for one in outcome.obstacles)


def _obstacle(desk: Desk, one: takeback.Obstacle, numbers: Mapping[int, int]) -> Obstacle:
    id_, kind = one.record.hex(), kinds.KINDS.get(one.kind)
    names = [name for name in one.fields if not name.startswith("_")]
    labels = [kind.field(name).label if kind and kind.has(name) else name for name in names]
    where = _("written here")
    if one.package is not None:
        where = _("with import {package}: package {number} from {office}").format(
            package=digits.count(one.package),
            number=digits.count(numbers.get(one.package, 0)),
            office=office_name(one.office),
        )
    title = records.title(desk, id_) if kind else id_
    facts = {"by": one.who, "title": title, "fields": ", ".join(labels), "where": where}
    if one.refers_to is not None:
        meant = records.title(desk, one.refers_to.hex())
        sentence = _("“{title}” refers to “{meant}”; {by} wrote so ({where}).").format(meant=meant, **facts)
    elif DELETED in one.fields:
        sentence = _("{by} put “{title}” into the bin, or took it out ({where}).").format(**facts)
    else:
        sentence = _("{by} went on writing in “{title}”, {fields} ({where}).").format(**facts)
    at = clock.moment(one.hlc)
    return Obstacle(id_, one.kind, title, one.fields, one.who, one.office, at, one.package, sentence)
