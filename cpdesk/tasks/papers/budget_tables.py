"""The budget of a plan: who pays and when, what each objective costs, in riel, in dollars and all of it in riel."""

from __future__ import annotations

from collections.abc import Callable

from cpdesk import charts
from cpdesk import records as kinds
from cpdesk.analysis.money import Money
from cpdesk.khmer import digits
from cpdesk.printing.report_model import Cell, Heading, Line, ListColumn, Listing, Part, Picture, ReportData, Words
from cpdesk.printing.report_phrases import WORDS
from cpdesk.store import Desk
from cpdesk.tasks import budgets, plans, records
from cpdesk.tasks.budgets import Budget, Row
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import code, letterhead, money_notes, numeral, signed, standing, thousands

_MOST_YEARS = 3  # side by side on a page upright


def paper(desk: Desk, plan: str, choices: Choices) -> ReportData:
    """The tables and their chart."""
    record = records.get(desk, plan)
    found = budgets.budget(desk, plan)
    codes = plans.codes(desk, plan)
    parts: list[Part] = [standing(desk, record)]
    if found.total.total.lines:
        parts += [
            *money_notes(desk, plan, [found.total.total]),
            Heading(WORDS.sources_and_years),
            _table(found, found.sources, WORDS.source, _source),
            _picture(found),
            Heading(WORDS.by_objective_and_year),
            _table(found, found.objectives, WORDS.of_objective, lambda id_: _objective(desk, codes, id_)),
            *_outside(found),
        ]
    parts += _without(desk, codes, found)
    parts.append(signed(choices.day))
    wide = len(found.years) > _MOST_YEARS
    return ReportData(letterhead(desk), WORDS.budget, (record.title,), tuple(parts), landscape=wide)


def _year(year: int | None) -> str:
    return WORDS.no_year if year is None else WORDS.year.format(year=digits.count(year))


def _source(key: str) -> str:
    return kinds.kind("budget_line").field("source").type.show(key) if key else WORDS.no_source


def _objective(desk: Desk, codes: dict[str, str], id_: str) -> str:
    return f"{code(codes.get(id_, ''))}. {records.get(desk, id_).text('text')}"


def _table(found: Budget, rows: tuple[Row, ...], head: str, name: Callable[[str], str]) -> Listing:
    columns = (
        ListColumn(head, 2.6),
        *(ListColumn(_year(year), 1.2, "right", WORDS.in_thousand_riel) for year in found.years),
        ListColumn(WORDS.totals, 1.3, "right", WORDS.in_thousand_riel),
        ListColumn(WORDS.share, 0.8, "right"),
        ListColumn(WORDS.in_riel, 1.5, "right", WORDS.of_which),
        ListColumn(WORDS.in_dollars, 1.2, "right", WORDS.of_which),
    )
    lines = [_line(found, row, name(row.key)) for row in rows]
    total = _line(found, found.total, WORDS.totals)
    return Listing(columns, (*lines, Line(total.cells, "total")), 8.5)


def _line(found: Budget, row: Row, name: str) -> Line:
    none = Money()
    return Line(
        (
            Cell(name),
            *(Cell(thousands(row.years.get(year, none))) for year in found.years),
            Cell(thousands(row.total), bold=True),
            Cell(f"{numeral(row.share)}%" if row.share is not None else ""),
            Cell(numeral(row.total.riel) if row.total.riel else ""),
            Cell(numeral(row.total.dollar) if row.total.dollar else ""),
        )
    )


def _picture(found: Budget) -> Part:
    amounts, unit = charts.in_large_units([row.years[year].known for row in found.sources for year in found.years])
    count = len(found.years)
    series = tuple(
        charts.Series(_source(row.key), tuple(amounts[n * count : (n + 1) * count]))
        for n, row in enumerate(found.sources)
    )
    return Picture((("", charts.Columns(tuple(map(_year, found.years)), series, unit)),))


def _outside(found: Budget) -> list[Part]:
    if not found.outside:
        return []
    return [Words(WORDS.outside.format(years=", ".join(map(_year, found.outside))), "small")]


def _without(desk: Desk, codes: dict[str, str], found: Budget) -> list[Part]:
    if not found.without:
        return []
    named = records.some(desk, "activity", list(found.without))
    lines = tuple(
        Line((Cell(code(codes.get(id_, ""))), Cell(named[id_].text("text")))) for id_ in found.without if id_ in named
    )
    columns = (ListColumn(WORDS.code, 0.8, "centre"), ListColumn(WORDS.activity, 9))
    return [Heading(WORDS.without_budget), Listing(columns, lines, 9)]
