"""Who did what (បញ្ជីតាមដានសកម្មភាព) on paper: sums by officer, then save by save, and what others hold of the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.khmer import dates, digits
from cpdesk.printing.document import (
    Cell,
    Document,
    Heading,
    Line,
    ListColumn,
    Listing,
    Part,
    Signature,
    Signed,
    Words,
    plain,
)
from cpdesk.printing.spoken import phrases
from cpdesk.printing.wording import fill
from cpdesk.store import Desk
from cpdesk.tasks import audit_book, proof
from cpdesk.tasks.audit_book import CHANGED, DID, Entry, Tally
from cpdesk.tasks.board import office_name
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead, number_cell, numeral

MOST = 1000  # lines of one paper
_SIZE = 8.5
_FIELDS = 4  # that are named of a save
_RUN, _NAMED = 4, 3  # from how many saves on a line tells them together, and how many it names


def paper(desk: Desk, _id: str, choices: Choices) -> Document:
    """The days that were asked for ("2026-11", "2026-11-01..2026-11-28"), else all there is; of one person, where
    `search` names them."""
    words, (first, last) = phrases(), span(choices.period)
    by = choices.search.strip() or None
    sums = audit_book.tallies(desk, first, last, by)
    total = sum(one.saves for one in sums)
    found = audit_book.entries(desk, first, last, by, limit=MOST)
    parts: list[Part] = [Words(_counted(total, len(found)), "plain")]
    if found:
        parts += [Heading(words.audit_sums), _sums(sums), Heading(words.audit_list), _table(desk, found)]
    parts += [Heading(words.audit_receipts), *(Words(line, "plain") for line in _receipts(desk))]
    parts.append(Signed((Signature(words.audit_by), Signature(words.audit_seen_by)), choices.day))
    return Document(letterhead(desk), words.audit, _under(first, last or choices.day, by), tuple(parts), landscape=True)


def span(text: str) -> tuple[date | None, date | None]:
    """Both days of a stretch of time, None where it is open. `BadInput` for what is no day, month or year."""
    head, _dots, tail = text.strip().partition("..")
    return _days(head)[0], _days(tail if _dots else head)[1]


def _days(text: str) -> tuple[date | None, date | None]:
    parts = digits.to_ascii(text.strip()).split("-")
    if not text.strip():
        return None, None
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3:
            day = date(*numbers)
            return day, day
        if len(numbers) == 2:
            first = date(numbers[0], numbers[1], 1)
            return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        (year,) = numbers
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, TypeError):
        raise BadInput(
            _("“{text}” is no day, month or year.").format(text=text[:40]), todo=_("Type it like 2022-06-23.")
        ) from None


def _under(first: date | None, last: date, by: str | None) -> tuple[str, ...]:
    words = phrases()
    days = {"last": dates.official(last)}
    told = fill(words.audit_span, first=dates.official(first), **days) if first else fill(words.audit_until, **days)
    return (plain(told), *([by] if by else []))


def _counted(total: int, shown: int) -> str:
    words = phrases()
    if not shown:
        return words.audit_nothing
    told = plain(fill(words.audit_count, count=numeral(total)))
    if shown == MOST and total > shown:
        told += " " + plain(fill(words.audit_cut, shown=numeral(shown), total=numeral(total)))
    return told


def _sums(sums: Sequence[Tally]) -> Listing:
    """Officer by officer: how much, and the first and last day on which they wrote."""
    words = phrases()
    columns = (
        ListColumn(words.col_officer, 5.0),
        ListColumn(words.card_office, 5.0),
        ListColumn(words.col_saves, 2.4, "right"),
        ListColumn(words.col_first, 3.0, "centre"),
        ListColumn(words.col_last, 3.0, "centre"),
    )
    people: dict[tuple[str, str], list[Tally]] = {}
    for one in sums:
        people.setdefault((one.office, one.who), []).append(one)
    lines = tuple(
        Line(
            (
                Cell(who),
                Cell(office_name(office)),
                number_cell(sum(one.saves for one in those), "right"),
                Cell(dates.short(min(one.start for one in those), "km")),
                Cell(dates.short(max(one.start for one in those), "km")),
            )
        )
        for (office, who), those in sorted(people.items())
    )
    return Listing(columns, lines, _SIZE)


def _table(desk: Desk, found: Sequence[Entry]) -> Listing:
    words = phrases()
    columns = (
        ListColumn(words.col_when, 1.9, "centre"),
        ListColumn(words.col_officer, 4.8),
        ListColumn(words.col_did, 3.4),
        ListColumn(words.col_on, 8.8),
        ListColumn(words.col_origin, 3.4),
    )
    lines: list[Line] = []
    day: date | None = None
    for one, titles in _runs(found):
        at = one.at.astimezone()
        if at.date() != day:
            day = at.date()
            lines.append(Line((Cell(dates.official(day)),), "band"))
        lines.append(_line(desk, one, at, titles))
    return Listing(columns, tuple(lines), _SIZE)


def _runs(found: Sequence[Entry]) -> Iterator[tuple[Entry, list[str]]]:
    """What one person did with many records of a kind within a minute, as a package or a table brings them, is a line:
    its last save, and the titles of all."""
    for _key, run in groupby(found, key=_alike):
        those = list(run)
        if len(those) < _RUN:
            yield from ((one, [one.title]) for one in those)
        else:
            yield those[0], [one.title for one in those]


def _alike(one: Entry) -> tuple[object, ...]:
    minute = one.at.astimezone().strftime("%Y-%m-%d %H:%M")
    return one.who, one.what, one.label, one.office, one.imported, one.reason, one.odd, minute


def _line(desk: Desk, one: Entry, at: datetime, titles: Sequence[str]) -> Line:
    words = phrases()
    if len(titles) > 1:
        named = plain(fill(words.counted_group, name=one.label, count=numeral(len(titles))))
        what, note = named, one.reason or " · ".join([*titles[:_NAMED], "…"])
    else:
        what = one.title if one.what == DID else f"{one.label}៖ {one.title}"
        note = one.reason or (", ".join(one.fields[:_FIELDS]) if one.what == CHANGED else "")
    came = words.audit_here
    if one.imported is not None:
        came = plain(fill(words.audit_came, number=numeral(one.number or 0), office=office_name(one.office)))
    elif one.office != desk.office:
        came = office_name(one.office)
    return Line(
        (
            Cell(dates.clock(at.time(), "km"), note=one.odd),
            Cell(one.who),
            Cell(audit_book.did(one)),
            Cell(what, note=note),
            Cell(came),
        )
    )


def _receipts(desk: Desk) -> list[str]:
    """What other offices hold of this log: the same, less, or something else."""
    words, found = phrases(), proof.proof(desk).receipts
    told: list[str] = []
    for one in found:
        office = one.name or office_name(one.office)
        if one.missing:
            told.append(plain(fill(words.audit_missing, office=office, count=numeral(one.missing))))
        if one.parts:
            told.append(plain(fill(words.audit_parts, office=office)))
        if one.fits and one.through is not None:
            day = dates.official(one.through.astimezone().date())
            told.append(plain(fill(words.audit_fits, office=office, count=numeral(one.changes), day=day)))
    return told or [words.audit_alone]
