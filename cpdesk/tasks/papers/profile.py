"""The profile of an area (ទម្រង់ទិន្នន័យកុមារងាយរងគ្រោះ): where children are most at risk and why, every figure of the
year in tables whose ground tells what is large, girls and boys, and how it went over the years.

The counts are exact and for the committee; the paper says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from cpdesk import charts, gazetteer
from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import NOT_COLLECTED, SUPPRESSED, Value
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
from cpdesk.tasks.figures import TOTAL, Grid, Measure, Slice
from cpdesk.tasks.figures.places import ALL as ALL_COMMUNES
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead, numeral, signed

_ACROSS = 8  # measures side by side in one heat table
_EXPLAINED = 3
_TRENDS = 4
_FEMALE, _MALE = Slice("female", "all", "all"), Slice("male", "all", "all")
_WITH = Slice("all", "all", "with")


def paper(desk: Desk, area: str, choices: Choices) -> Document:
    """The profile of an area (a gazetteer code, with * behind a province's for all its communes) in a year."""
    code = area.removesuffix(ALL_COMMUNES)
    place = gazetteer.get(code)
    year = _year(desk, choices)
    found = figures.grid(desk, year, area)
    shown = [one for one in found.measures if found.total(one.id).counted or _any(found, one)]
    ranking = figures.ranked(found)
    parts: list[Part] = []
    if not shown:
        parts.append(Words(report_words().no_figures))
    if ranking.any:
        parts += [Heading(report_words().ranking), *_ranking(ranking)]
    if shown:
        parts += [Heading(report_words().by_sex), _by_sex(found, shown)]
        parts += _trends(desk, found, shown)
    parts.append(Words(report_words().internal, "small"))
    parts.append(signed(choices.day))
    if shown:
        parts += [Turn(landscape=True), Heading(report_words().all_figures), *_tables(found, shown), *_sources(found)]
    subtitle = report_words().profile_of.format(place=place.title(), year=digits.count(year))
    return Document(letterhead(desk), report_words().profile, (subtitle,), tuple(parts))


def _year(desk: Desk, choices: Choices) -> int:
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
    return [
        Words(report_words().ranking_how, "small"),
        Picture((("", charts.Rows(bars, maximum=100, beside=True)),)),
        *why,
    ]


# --- numbers --------------------------------------------------------------------------------------------------------
def _by_sex(found: Grid, shown: Sequence[Measure]) -> Listing:
    lines = []
    for one in shown:
        total, female, male = (found.total(one.id, cell).total for cell in (TOTAL, _FEMALE, _MALE))
        share = _share(female, male)
        cells = (total, female, male, share, found.total(one.id, _WITH).total)
        lines.append(Line((Cell(one.name, note=one.unit), *(Cell(numeral(value)) for value in cells))))
    heads = (
        report_words().totals,
        report_words().female,
        report_words().male,
        report_words().female_share,
        report_words().with_disability_head,
    )
    return Listing(
        (ListColumn(report_words().measure, 4), *(ListColumn(head, 1.1, "right") for head in heads)), tuple(lines), 9
    )


def _share(female: Decimal | None, male: Decimal | None) -> Decimal | None:
    """Girls of a hundred, where both are known."""
    if female is None or male is None or not female + male:
        return None
    return (female * 100 / (female + male)).quantize(Decimal(1), ROUND_HALF_UP)


def _tables(found: Grid, shown: Sequence[Measure]) -> Iterator[Part]:
    tables = -(-len(shown) // _ACROSS)
    across = -(-len(shown) // tables)  # as many in each, so that no measure stands alone in a wide table
    for start in range(0, len(shown), across):
        some = shown[start : start + across]
        rows = [_row(found, row.place, row.title, some) for row in found.rows]
        totals = [found.total(one.id) for one in some]
        sums = tuple(one.total for one in totals)
        counted = tuple(f"{numeral(one.counted)}/{numeral(one.of)}" for one in totals)
        rows.append(
            charts.HeatRow(report_words().totals, sums, tuple(" " if n is None else "" for n in sums), strong=True)
        )
        rows.append(charts.HeatRow(report_words().counted, (None,) * len(some), counted, strong=True))
        heat = charts.Heat(
            tuple(one.short for one in some), tuple(rows), report_words().place, note=report_words().states
        )
        yield Picture((("", heat),))


def _row(found: Grid, place: str, title: str, some: Sequence[Measure]) -> charts.HeatRow:
    told = [found.value(place, one.id) for one in some]
    known = tuple(found.known(place, one.id) for one in some)
    return charts.HeatRow(title, known, tuple(map(_state, told, known)))


def _state(value: Value, known: Decimal | None) -> str:
    """What stands where no number does: not collected, hidden, or nothing entered yet; three things."""
    if known is not None:
        return ""
    return {NOT_COLLECTED: "–", SUPPRESSED: charts.HIDDEN}.get(str(value), " ")


def _sources(found: Grid) -> list[Part]:
    return [Words(report_words().sources.format(names=", ".join(found.sources)), "small")] if found.sources else []


# --- over the years -------------------------------------------------------------------------------------------------
def _trends(desk: Desk, found: Grid, shown: Sequence[Measure]) -> list[Part]:
    """Those that weigh most, two side by side; only where there is more than one year."""
    heavy = sorted((one for one in shown if one.adds_up), key=lambda one: -one.weight)[:_TRENDS]
    pictures = []
    for one in heavy:
        told = figures.trend(desk, one.id, found.rows)
        if sum(value is not None for value in told.whole) > 1:
            years = tuple(map(digits.count, told.years))
            line = charts.Lines(years, (charts.Series(one.short, told.whole, "accent"),), one.unit)
            pictures.append((one.name, line))
    if not pictures:
        return []
    pairs = [tuple(pictures[n : n + 2]) for n in range(0, len(pictures), 2)]
    return [Heading(report_words().trends), *(Picture(pair, tall=130) for pair in pairs)]
