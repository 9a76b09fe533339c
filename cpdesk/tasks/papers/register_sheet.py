"""The register of letters of one year (បញ្ជីលិខិតចេញ) on paper: every number in its order, void ones and gaps with why."""

from __future__ import annotations

from cpdesk.errors import BadInput, NotFound
from cpdesk.i18n import _
from cpdesk.khmer import dates, digits
from cpdesk.printing.document import Cell, Document, Line, ListColumn, Listing, Part, Signature, Signed, Words, plain
from cpdesk.printing.people import CELL_SIZE
from cpdesk.printing.spoken import phrases
from cpdesk.printing.wording import fill
from cpdesk.store import Desk
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead
from cpdesk.tasks.paperwork import register
from cpdesk.tasks.paperwork.register import Entry, Gap
from cpdesk.tasks.paperwork.series import Series, every_series

_FOR_THE_PEN = 12  # rows of a register in which no letter stands yet
_ROW = 26.0  # points: a line by hand


def paper(desk: Desk, key: str, choices: Choices) -> Document:
    """The register of that key in the year that was asked for, else in the last one that has a letter."""
    words, series = phrases(), _series(desk, key)
    year = year_of(desk, key, choices)
    entries, gaps = register.entries(desk, key, year), register.gaps(desk, key, year)
    parts: list[Part] = [Words(_counted(entries, gaps), "plain", keep=True)] if entries else []
    parts.append(_table(series, entries, gaps))
    parts.append(Signed((Signature(words.register_by), Signature(words.register_seen_by)), choices.day))
    subtitle = plain(fill(words.register_of, name=series.name, year=digits.count(year, "km")))
    return Document(letterhead(desk), words.register, (subtitle,), tuple(parts), landscape=True)


def part(desk: Desk, key: str, choices: Choices) -> str:
    """Each year is a paper of its own."""
    return str(year_of(desk, key, choices))


def year_of(desk: Desk, key: str, choices: Choices) -> int:
    """The year that was asked for, or the last one in which a letter stands."""
    if choices.period:
        try:
            return digits.parse_int(choices.period)
        except ValueError:
            raise BadInput(_("“{text}” is no year.").format(text=choices.period)) from None
    return max((one.year for one in register.entries(desk, key)), default=choices.day.year)


def _series(desk: Desk, key: str) -> Series:
    found = next((one for one in every_series(desk) if one.key == key), None)
    if found is None:
        raise NotFound(_("There is no letter register called “{key}”.").format(key=key))
    return found


def _counted(entries: list[Entry], gaps: list[Gap]) -> str:
    """How many letters stand, how many numbers are void, how many were skipped; blank counts are left out."""
    words = phrases()
    standing = sum(not one.voided for one in entries)
    counts = (
        (words.register_count, standing),
        (words.register_void_count, len(entries) - standing),
        (words.register_gap_count, sum(gap.last - gap.first + 1 for gap in gaps)),
    )
    told = [plain(fill(text, count=digits.count(n, "km"))) for text, n in counts if n or text == words.register_count]
    return f"{' '.join(told)}{words.end_of_sentence}"


def _table(series: Series, entries: list[Entry], gaps: list[Gap]) -> Listing:
    words = phrases()
    columns = (
        ListColumn(words.col_letter, 2.8),
        ListColumn(words.col_day, 2.3, "centre"),
        ListColumn(words.col_subject, 7.0),
        ListColumn(words.col_to, 4.2),
        ListColumn(words.col_by, 2.4),
        ListColumn(words.col_remark, 3.4),
    )
    rows = [(one.number, 1, _entry(one)) for one in entries] + [(one.first, 0, _gap(series, one)) for one in gaps]
    lines = tuple(line for _number, _kind, line in sorted(rows, key=lambda row: row[:2]))
    blank = Line(tuple(Cell() for _column in columns), least=_ROW)
    return Listing(columns, lines or (blank,) * _FOR_THE_PEN, CELL_SIZE)


def _entry(one: Entry) -> Line:
    words = phrases()
    remark = _remark(words.register_void, one.reason) if one.voided else ""
    return Line(
        (
            Cell(one.shown, bold=not one.voided),
            Cell(dates.short(one.day, "km") if one.day is not None else ""),
            Cell(one.subject),
            Cell(one.to),
            Cell(one.by),
            Cell(remark, marked=one.voided),
        )
    )


def _gap(series: Series, gap: Gap) -> Line:
    words = phrases()
    ends = [series.shown(number, gap.year) for number in (gap.first, gap.last)]
    shown = ends[0] if gap.first == gap.last else f"{ends[0]} – {ends[1]}"
    remark = _remark(words.register_gap, gap.reason)
    return Line((Cell(shown), Cell(), Cell(), Cell(), Cell(), Cell(remark, marked=True)))


def _remark(what: str, why: str) -> str:
    return plain(fill(phrases().register_why, what=what, why=why)) if why else what
