"""The registers of letters: which numbers were given, to which paper, which were skipped or made void, what comes next.

A number is given inside one write transaction of the desk, so that two windows or a power cut never give it twice. Two
computers of one office may give the same number while they are apart: then both letters stand, and the checks say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Value
from cpdesk.records.paperwork import DOCUMENT, GAP, LETTER, own_id
from cpdesk.store import Desk, Record, find
from cpdesk.store.connection import immediate
from cpdesk.tasks import records
from cpdesk.tasks.paperwork import templates
from cpdesk.tasks.paperwork.keeping import desk_of, here, keep
from cpdesk.tasks.paperwork.series import LETTERS, Series, series
from cpdesk.tasks.undo import Undo


# --- numbers --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Entry:
    """A number that was given: `shown` as it was printed, to which paper, when and by whom."""

    id: str
    series: str
    year: int
    number: int
    shown: str
    form: str
    about: str
    day: date | None
    subject: str
    to: str
    by: str
    voided: bool
    reason: str


@dataclass(frozen=True)
class Gap:
    """Numbers that no letter bears, and why, where somebody explained it."""

    series: str
    year: int
    first: int
    last: int
    reason: str = ""


def entries(desk: Desk, key: str = LETTERS, year: int | None = None) -> list[Entry]:
    """What a register of the office says, in the order of its numbers; of all years where none is named.

    A letter in the bin keeps its number, which is void.
    """
    where: dict[str, object] = {"office": desk.office, "series": key}
    if year is not None:
        where["year"] = year
    found = [_entry(one) for gone in (False, True) for one in records.find(desk, LETTER.name, where, deleted=gone)]
    return sorted(found, key=lambda one: (one.year, one.number, one.id))


def years(desk: Desk, key: str = LETTERS) -> list[int]:
    """The years in which a register has letters, void ones too; the last one last."""
    return sorted({one.year for one in entries(desk, key)})


def doubles(found: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Of the letters of one register and year those that stand under a number that an earlier one bears: two computers
    gave it while they were apart."""
    first: dict[int, Entry] = {}
    return [
        (first[one.number], one) for one in found if not one.voided and first.setdefault(one.number, one) is not one
    ]


def _entry(one: Record) -> Entry:
    day, year, number = one["day"], one["year"], one["number"]
    return Entry(
        one.id,
        one.text("series"),
        year if isinstance(year, int) else 0,
        number if isinstance(number, int) else 0,
        one.text("shown"),
        one.text("form"),
        one.text("about"),
        date.fromisoformat(day) if isinstance(day, str) else None,
        one.text("subject"),
        one.text("to"),
        one.text("by"),
        one.deleted or one["voided"] is True,
        one.text("reason") or (_("It lies in the bin.") if one.deleted else ""),
    )


def entry_of(desk: Desk, form: str, about: str) -> Entry | None:
    """What the register says of that paper. Where two computers numbered it, every desk names the same one first."""
    where = {"office": desk.office, "form": form, "about": about}
    standing = [one for one in map(_entry, records.find(desk, LETTER.name, where)) if not one.voided]
    return min(standing, key=lambda one: (one.year, one.number, one.id), default=None)


def number_of(desk: Desk, form: str, about: str) -> str:
    """The number that paper was given; blank where it has none yet."""
    found = entry_of(desk, form, about)
    return found.shown if found else ""


def next_number(desk: Desk, form: str, day: date) -> str:
    """What the next paper of that form would get. Nothing is written."""
    register = series(desk, templates.paper(desk, form).series)
    return register.shown(next_in(desk, register, day.year), day.year)


def reserve(desk: Desk, form: str, about: str, *, day: date, subject: str, to: str = "") -> str:
    """The letter number of that paper: the one it has, else the next of its form's register, given for good.

    A number typed by hand on the paper stands, and takes none from the register.
    """
    with immediate(desk.db):
        typed = _typed_on(desk, form, about)
        if typed:
            return typed
        there = number_of(desk, form, about)
        if there:
            return there
        register = series(desk, templates.paper(desk, form).series)
        number = next_in(desk, register, day.year)
        shown = register.shown(number, day.year)
        values: dict[str, object] = {
            "office": desk.office, "series": register.key, "year": day.year, "number": number, "shown": shown,
            "form": form, "about": about, "day": day.isoformat(), "subject": subject, "to": to, "by": desk.officer,
        }  # fmt: skip
        records.save(desk, LETTER.name, values)
        return shown


def void(where: Desk | Undo, letter: str, reason: str) -> None:
    """Make a number void: it stays in the register with the reason, and nobody gets it again."""
    desk = desk_of(where)
    if not reason.strip():
        raise BadInput(_("Say why the number is void."), _("The number still stands."))
    if records.get(desk, letter).kind is not LETTER:
        raise BadInput(_("This is no letter of the register."))
    where.save(LETTER.name, {"voided": True, "reason": reason}, letter) if isinstance(where, Undo) else records.save(
        desk, LETTER.name, {"voided": True, "reason": reason}, letter
    )  # fmt: skip


def _typed_on(desk: Desk, form: str, about: str) -> str:
    """The number that somebody typed on that paper by hand."""
    found = here(desk, own_id(DOCUMENT, desk.office, form, about))
    return found.text("number").strip() if found else ""


def next_in(desk: Desk, register: Series, year: int) -> int:
    """What comes next in that year: one more than the highest number given, from the first on; one that stands on a
    paper by hand is passed over."""
    number = max((n + 1 for n in _given(desk, register.key, year)), default=1)
    number = max(number, register.starts(year))
    typed = _Typed(desk, year)
    while register.shown(number, year) in typed:
        number += 1
    return number


def _given(desk: Desk, key: str, year: int) -> set[int]:
    """Every number of that year that any letter bears or bore: void ones, those in the bin, and of letters on which two
    computers disagree both."""
    where: dict[str, Value] = {"office": desk.office, "series": key, "year": year}
    found: set[int] = set()
    for deleted in (False, True):
        for one in records.find(desk, LETTER.name, where, deleted=deleted):
            values: list[Value] = [one["number"]]
            if one.differences:
                values += [side.value for waiting in find.differences(desk.db, one.id) if waiting.field == "number"
                           for side in waiting.sides]  # fmt: skip
            found |= {value for value in values if isinstance(value, int)}
    return found


class _Typed:
    """Numbers typed by hand in this office, on minutes of one year and on any paper, however they were typed."""

    def __init__(self, desk: Desk, year: int) -> None:
        self._desk = desk
        self._on: dict[str, list[str]] = {}
        rows = records.columns(desk, DOCUMENT.name, ("number",), {"office": desk.office})
        self._papers = {fold(str(number)) for _id, *(number,) in rows if number}
        for id_, *(number, day) in records.columns(desk, "meeting", ("number", "date")):
            if isinstance(number, str) and str(day)[:4] == str(year):
                self._on.setdefault(fold(number), []).append(id_)

    def __contains__(self, shown: str) -> bool:
        text = fold(shown)
        return text in self._papers or any(
            records.get(self._desk, id_).scope == self._desk.office for id_ in self._on.get(text, [])
        )


# --- gaps -----------------------------------------------------------------------------------------------------------
def gaps(desk: Desk, key: str = LETTERS, year: int | None = None) -> list[Gap]:
    """Numbers between the first and the last given that no letter bears: skipped when the first number was changed by
    hand, or given on another computer whose package has not come yet. Explained or not, the oldest first."""
    register = series(desk, key)
    years = {one.year for one in entries(desk, key)} if year is None else {year}
    return [gap for one in sorted(years) for gap in _gaps_in(desk, register, one)]


def _gaps_in(desk: Desk, register: Series, year: int) -> list[Gap]:
    given = _given(desk, register.key, year)
    if not given:
        return []
    typed = _Typed(desk, year)
    missing = [
        number
        for number in range(min(register.starts(year), min(given)), max(given))
        if number not in given and register.shown(number, year) not in typed
    ]
    told = _reasons(desk, register.key, year)
    found: list[Gap] = []
    for number in missing:
        reason = next((why for first, last, why in told if first <= number <= last), "")
        if found and found[-1].last == number - 1 and found[-1].reason == reason:
            found[-1] = Gap(register.key, year, found[-1].first, number, reason)
        else:
            found.append(Gap(register.key, year, number, number, reason))
    return found


def _reasons(desk: Desk, key: str, year: int) -> Sequence[tuple[int, int, str]]:
    where = {"office": desk.office, "series": key, "year": year}
    rows = records.columns(desk, GAP.name, ("first", "last", "reason"), where)
    return sorted(
        (first, last, str(reason))
        for _id, *(first, last, reason) in rows
        if isinstance(first, int) and isinstance(last, int) and reason
    )


def explain(where: Desk | Undo, gap: Gap, reason: str | None) -> None:
    """Say why the numbers of a gap were skipped; None takes the reason back."""
    office = desk_of(where).office
    names = {"office": office, "series": gap.series, "year": gap.year, "first": gap.first, "last": gap.last}
    id_ = own_id(GAP, office, gap.series, str(gap.year), str(gap.first), str(gap.last))
    keep(where, GAP, id_, names, {"reason": (reason or "").strip() or None})
