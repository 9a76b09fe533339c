"""The profile of an area (ទម្រង់ទិន្នន័យកុមារងាយរងគ្រោះ): where children are most at risk and why, every figure of the
year in tables whose ground tells what is large, girls and boys, and how it went over the years.

The counts are exact and for the committee, and the paper says so; or it is the public copy, which tells only what is
safe to tell. Its ranking, shares, shades and lines are all made from the numbers it prints, and how many places were
counted tells of no child.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cpdesk import charts, gazetteer
from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import NOT_COLLECTED, SUPPRESSED
from cpdesk.printing.document import (
    Cell,
    Document,
    Heading,
    Line,
    ListColumn,
    Listing,
    Part,
    Picture,
    Turn,
    Words,
)
from cpdesk.printing.spoken import report_words
from cpdesk.store import Desk
from cpdesk.tasks import figures
from cpdesk.tasks.figures import TOTAL, Grid, Measure, Slice, public
from cpdesk.tasks.figures.places import ALL as ALL_COMMUNES
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead, numeral, signed

_ACROSS = 8  # measures side by side in one heat table
_EXPLAINED = 3
_TRENDS = 4
_FEMALE, _MALE = Slice("female", "all", "all"), Slice("male", "all", "all")
_WITH = Slice("all", "all", "with")


@dataclass(frozen=True)
class _Told:
    """The figures as the paper tells them: all of them, or those of a public copy."""

    grid: Grid
    copy: public.Copy | None = None

    def known(self, place: str, measure: str) -> Decimal | None:
        if self.copy is None:
            return self.grid.known(place, measure)
        return self.copy.known(place, measure)

    def total(self, measure: str, cell: Slice = TOTAL) -> Decimal | None:
        if self.copy is None:
            return self.grid.total(measure, cell).total
        return self.copy.known(self.copy.place, measure, cell)

    def hides_total(self, measure: str, cell: Slice = TOTAL) -> bool:
        return self.copy is not None and self.copy.is_hidden(self.copy.place, measure, cell)

    def state(self, place: str, measure: str) -> str:
        """What stands where no number does: not collected, hidden, or nothing entered yet; three things."""
        if self.known(place, measure) is not None:
            return ""
        if self.copy is not None and self.copy.is_hidden(place, measure):
            return charts.HIDDEN
        told = self.grid.value(place, measure)
        return {NOT_COLLECTED: "–", SUPPRESSED: charts.HIDDEN}.get(str(told), " ")


def paper(desk: Desk, area: str, choices: Choices) -> Document:
    """The profile of an area (a gazetteer code, with * behind a province's for all its communes) in a year."""
    place = gazetteer.get(area.removesuffix(ALL_COMMUNES))
    year = year_of(desk, choices)
    copy = public.copy(desk, area, year) if choices.public else None
    found = copy.grid if copy else figures.grid(desk, year, area)
    told = _Told(found, copy)
    shown = [one for one in found.measures if found.total(one.id).counted or _any(found, one)]
    ranking = public.ranked(copy) if copy else figures.ranked(found)
    parts: list[Part] = []
    if not shown:
        parts.append(Words(report_words().no_figures))
    if ranking.any:
        how = report_words().public_ranking_how if copy else report_words().ranking_how
        parts += [Heading(report_words().ranking), Words(how, "small"), *_ranking(ranking)]
    if shown:
        parts += [Heading(report_words().by_sex), _by_sex(told, shown)]
        lines = _lines(copy, shown) if copy else _trends(desk, found, shown)
        parts += _pictures(lines)
    if copy:
        parts += [Words(report_words().public_states, "small"), Words(report_words().public_why, "small")]
    else:
        parts.append(Words(report_words().internal, "small"))
    parts.append(signed(desk, choices.day))
    if shown:
        states = f"{report_words().public_states} {report_words().public_shade}" if copy else report_words().states
        parts += [Turn(landscape=True), Heading(report_words().all_figures), Words(states, "small")]
        parts += [*_tables(told, shown), *_sources(told)]
    subtitles = [report_words().profile_of.format(place=place.title(), year=digits.count(year))]
    if copy:
        number = report_words().public_number.format(number=digits.count(copy.number))
        subtitles.append(f"{report_words().public} · {number}")
    else:
        subtitles.append(report_words().for_inside)
    return Document(letterhead(desk), report_words().profile, tuple(subtitles), tuple(parts))


def part(desk: Desk, _area: str, choices: Choices) -> str:
    """Each year is a paper of its own, and so is its public copy."""
    year = str(year_of(desk, choices))
    return f"{year}/public" if choices.public else year


def give_out(desk: Desk, area: str, choices: Choices) -> None:
    """Remember what the public copy tells."""
    public.give_out(desk, area, year_of(desk, choices), choices.day)


def year_of(desk: Desk, choices: Choices) -> int:
    """The year that was asked for, or the last one with figures."""
    if choices.period:
        try:
            return digits.parse_int(choices.period)
        except ValueError:
            raise BadInput(_("“{text}” is no year.").format(text=choices.period)) from None
    there = figures.years(desk)
    return max(there) if there else choices.day.year


def _any(found: Grid, measure: Measure) -> bool:
    """Whether anything was entered, be it that nobody counted."""
    return any(found.value(row.place, measure.id) is not None for row in found.rows)


# --- ranking --------------------------------------------------------------------------------------------------------
def _ranking(ranking: figures.Ranking) -> list[Part]:
    bars = tuple(
        charts.Bar(
            ranking.names.get(one.place, one.place),
            one.score,
            lead=digits.count(one.rank) if one.rank is not None else "",
            tone="accent" if one.rank is not None and one.rank <= _EXPLAINED else "muted",
        )
        for one in ranking.places
    )
    why = [Words(ranking.explain(one.place), "bullet") for one in ranking.places[:_EXPLAINED] if one.rank is not None]
    return [Picture((("", charts.Rows(bars, maximum=100, beside=True)),)), *why]


# --- numbers --------------------------------------------------------------------------------------------------------
def _by_sex(told: _Told, shown: Sequence[Measure]) -> Listing:
    lines = []
    for one in shown:
        female, male = told.total(one.id, _FEMALE), told.total(one.id, _MALE)
        share = Cell(numeral(_share(female, male)))
        if told.hides_total(one.id, _FEMALE) or told.hides_total(one.id, _MALE):
            share = Cell(charts.HIDDEN)
        total, girls, boys, disabled = (_total(told, one, cell) for cell in (TOTAL, _FEMALE, _MALE, _WITH))
        lines.append(Line((Cell(one.name), Cell(one.unit), total, girls, boys, share, disabled)))
    heads = (
        report_words().totals,
        report_words().female,
        report_words().male,
        report_words().female_share,
    )
    columns = (
        ListColumn(report_words().measure, 3.6),
        ListColumn(report_words().unit, 0.9),
        *(ListColumn(head, 1.05, "right") for head in heads),
        ListColumn(report_words().with_disability_head, 1.5, "right"),
    )
    return Listing(columns, tuple(lines), 9)


def _share(female: Decimal | None, male: Decimal | None) -> Decimal | None:
    """Girls of a hundred, where both are known."""
    if female is None or male is None or not female + male:
        return None
    return (female * 100 / (female + male)).quantize(Decimal(1), ROUND_HALF_UP)


def _total(told: _Told, measure: Measure, cell: Slice) -> Cell:
    if told.hides_total(measure.id, cell):
        return Cell(charts.HIDDEN)
    value = told.total(measure.id, cell)
    return Cell(numeral(value), value=value)


def _tables(told: _Told, shown: Sequence[Measure]) -> Iterator[Part]:
    words = report_words()
    tables = -(-len(shown) // _ACROSS)
    across = -(-len(shown) // tables)  # as many in each, so that no measure stands alone in a wide table
    for start in range(0, len(shown), across):
        some = shown[start : start + across]
        rows = [_row(told, row.place, row.title, some) for row in told.grid.rows]
        sums = tuple(told.total(one.id) for one in some)
        states = (charts.HIDDEN if told.hides_total(one.id) else " " for one in some)
        texts = tuple("" if n is not None else state for n, state in zip(sums, states, strict=True))
        totals = [told.grid.total(one.id) for one in some]
        counted = tuple(f"{numeral(one.counted)}/{numeral(one.of)}" for one in totals)
        rows.append(charts.HeatRow(words.totals, sums, texts, strong=True))
        rows.append(charts.HeatRow(words.counted, (None,) * len(some), counted, strong=True))
        yield Picture((("", charts.Heat(tuple(one.short for one in some), tuple(rows), words.place)),))


def _row(told: _Told, place: str, title: str, some: Sequence[Measure]) -> charts.HeatRow:
    known = tuple(told.known(place, one.id) for one in some)
    return charts.HeatRow(title, known, tuple(told.state(place, one.id) for one in some))


def _sources(told: _Told) -> list[Part]:
    """Where the figures come from; in a public copy no source that names a person or a phone."""
    names = [name for name in told.grid.sources if told.copy is None or public.names_nobody(name)]
    return [Words(report_words().sources.format(names=", ".join(names)), "small")] if names else []


# --- over the years -------------------------------------------------------------------------------------------------
_Line = tuple[str, charts.Chart]


def _trends(desk: Desk, found: Grid, shown: Sequence[Measure]) -> list[_Line]:
    """Those that weigh most; only where there is more than one year."""
    heavy = sorted((one for one in shown if one.adds_up), key=lambda one: -one.weight)[:_TRENDS]
    trends = ((one, figures.trend(desk, one.id, found.rows)) for one in heavy)
    return [line for one, told in trends for line in _line(one, told.years, told.whole)]


def _lines(copy: public.Copy, shown: Sequence[Measure]) -> list[_Line]:
    """The same of a public copy: points that it tells, and a gap where it hides one."""
    found: list[_Line] = []
    for one in shown:
        names = copy.trends.get(one.id, {})
        years = tuple(sorted(names))
        found += _line(one, years, tuple(copy.known(names[year], one.id, year=year) for year in years))
    return found


def _line(measure: Measure, years: Sequence[int], values: tuple[Decimal | None, ...]) -> list[_Line]:
    if sum(value is not None for value in values) < 2:
        return []
    series = charts.Series(measure.short, values, "accent")
    return [(measure.name, charts.Lines(tuple(map(digits.count, years)), (series,), measure.unit))]


def _pictures(lines: Sequence[_Line]) -> list[Part]:
    """Two side by side."""
    if not lines:
        return []
    pairs = [tuple(lines[n : n + 2]) for n in range(0, len(lines), 2)]
    return [Heading(report_words().trends), *(Picture(pair, tall=130) for pair in pairs)]
