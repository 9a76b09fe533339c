"""The board: which office has handed in what. Offices down, their packages across; the window and a paper show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from cpdesk import gazetteer
from cpdesk.analysis.due import Standing
from cpdesk.errors import NotFound
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.store import Desk
from cpdesk.tasks import due, proof
from cpdesk.tasks.differences import Conflict, conflicts
from cpdesk.tasks.offices import OfficeRow, offices
from cpdesk.tasks.receiving import PackageRow, packages

LATE_DAYS = 31  # a month without a package, where nobody said until when they are due
Came = Literal["here", "missing", "covered"]  # covered: lost, but a later package held what it held
Tone = Literal["good", "neutral", "warning", "bad"]


@dataclass(frozen=True)
class Line:
    """One computer of an office. `numbers` are all its package numbers, the newest last; `again` those that came more
    than once, `behind` those that came after a higher one; `differ` how many differences have a side of that office.
    """

    office: OfficeRow
    name: str
    numbers: tuple[tuple[int, Came], ...]
    again: tuple[int, ...]
    behind: tuple[int, ...]
    differ: int
    due: Standing | None
    state: str
    tone: Tone


def lines(desk: Desk, today: date) -> list[Line]:
    """All offices that packages come from: those above first, then by code."""
    rows, came, waiting = offices(desk), packages(desk), conflicts(desk)
    owed, logs = due.below(desk, today), proof.standing(desk)
    rows = sorted(rows, key=lambda row: (row.role != "upper", row.office))
    return [line(row, came, waiting, owed.get(row.office), logs.get(row.fingerprint)) for row in rows]


def without_card(desk: Desk) -> list[str]:
    """The names of the offices right under this one that have no accepted card; none where nothing stands under it."""
    known = {row.office for row in offices(desk) if not row.revoked}
    if len(desk.office) > 2:
        return []
    return [place.title() for place in gazetteer.children(desk.office) if place.code not in known]


def office_name(code: str) -> str:
    """An office by the name of its place, as people say it."""
    try:
        return gazetteer.get(code).title()
    except NotFound:
        return code


def line(
    row: OfficeRow,
    came: Sequence[PackageRow],
    waiting: Sequence[Conflict],
    owed: Standing | None = None,
    log: proof.Notice | None = None,
) -> Line:
    """One computer of an office, from all packages that came and all differences that wait; `log`: how its log stands
    (`proof`)."""
    mine = [one for one in came if one.fingerprint == row.fingerprint]
    lost: Came = "missing" if row.lacking else "covered"
    numbers: list[tuple[int, Came]] = [(n, "here") for n in {one.number for one in mine}]
    numbers += [(n, lost) for n in row.missing]
    again = tuple(sorted({one.number for one in mine if one.times > 1}))
    differ = sum(any(side.office == row.office for side in one.values) for one in waiting)
    state, tone = _state(row, differ, owed, row.last_package in again, log.act if log else "")
    behind = tuple(sorted({one.number for one in mine if one.late}))
    return Line(row, office_name(row.office), tuple(sorted(numbers)), again, behind, differ, owed, state, tone)


def _state(row: OfficeRow, differ: int, owed: Standing | None, repeated: bool, log: str) -> tuple[str, Tone]:
    """What a person has to know first of that office."""
    if row.revoked:
        return _("Withdrawn"), "neutral"
    if row.last_received_at is None:
        return _("Nothing received yet"), "bad"
    if row.forked:
        return _("Two computers with one name"), "warning"
    if log == proof.CUT:
        return _("Its log is cut off"), "bad"
    if log == proof.OLD:
        return _("Back from a backup"), "warning"
    if row.lacking and row.missing:
        which = ", ".join(digits.count(n) for n in row.missing[-3:])
        return _("No. {numbers} missing").format(numbers=which), "warning"
    if row.lacking:
        return _("A part is missing"), "warning"
    if differ:
        return ngettext("{count} differs", "{count} differ", differ).format(count=digits.count(differ)), "warning"
    late = _late(row, row.last_received_at, owed)
    if late > 0:
        return _("Late by {days} days").format(days=digits.count(late)), "bad"
    if owed is not None and not owed.delivered:
        return _("Due in {days} days").format(days=digits.count(owed.days)), "neutral"
    return (_("Nothing new"), "neutral") if repeated else (_("Complete"), "good")


def _late(row: OfficeRow, received: datetime, owed: Standing | None) -> int:
    """By how many days that office is late; 0 or less where it is not."""
    if row.role == "upper":
        return 0
    if owed is not None:
        return -owed.days if owed.late else 0
    return (datetime.now(UTC) - received).days - LATE_DAYS
