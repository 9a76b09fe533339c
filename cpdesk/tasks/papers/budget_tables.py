"""The budget of a plan: who pays and when, what each objective costs, in riel, in dollars and all of it in riel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from cpdesk import charts
from cpdesk import records as kinds
from cpdesk.analysis.money import Money
from cpdesk.khmer import digits
from cpdesk.printing.document import Cell, Document, Heading, Line, ListColumn, Listing, Part, Picture, Words
from cpdesk.printing.spoken import report_words
from cpdesk.store import Desk
from cpdesk.tasks import budgets, plans, records
from cpdesk.tasks.budgets import Budget, Row
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import code, letterhead, money_cell, money_notes, number_cell, numeral, signed, standing

_MOST_YEARS = 3  # side by side on a page upright


def paper(desk: Desk, plan: str, choices: Choices) -> Document:
    """The tables and their chart."""
    record = records.get(desk, plan)
    found = budgets.budget(desk, plan)
    codes = plans.codes(desk, plan)
    parts: list[Part] = [standing(desk, record)]
    if found.total.total.lines:
        parts += [
            *money_notes(desk, plan, [found.total.total]),
            Heading(report_words().sources_and_years),
            _table(found, found.sources, report_words().source, _source),
            _picture(found),
            Heading(report_words().by_objective_and_year),
            _table(found, found.objectives, report_words().of_objective, lambda id_: _objective(desk, codes, id_)),
            *_outside(found),
        ]
    else:
        parts.append(Words(report_words().no_budget))
    parts += _without(desk, codes, found)
    parts.append(signed(desk, choices.day))
    wide = len(found.years) > _MOST_YEARS
    return Document(letterhead(desk), report_words().budget, (record.title,), tuple(parts), landscape=wide)


def _year(year: int | None) -> str:
    return report_words().no_year if year is None else report_words().year.format(year=digits.count(year))


def _source(key: str) -> str:
    return kinds.kind("budget_line").field("source").type.show(key) if key else report_words().no_source


def _objective(desk: Desk, codes: dict[str, str], id_: str) -> str:
    return f"{code(codes.get(id_, ''))}. {records.get(desk, id_).text('text')}"


def _table(found: Budget, rows: tuple[Row, ...], head: str, name: Callable[[str], str]) -> Listing:
    columns = (
        ListColumn(head, 2.6),
        *(ListColumn(_year(year), 1.2, "right", report_words().in_thousand_riel) for year in found.years),
        ListColumn(report_words().totals, 1.3, "right", report_words().in_thousand_riel),
        ListColumn(report_words().share, 0.8, "right"),
        ListColumn(report_words().in_riel, 1.5, "right", report_words().of_which),
        ListColumn(report_words().in_dollars, 1.2, "right", report_words().of_which),
    )
    lines = [_line(found, row, name(row.key)) for row in rows]
    whole = None if found.total.total.known is None or not found.total.total.total else Decimal(100)
    total = _line(found, replace(found.total, share=whole), report_words().totals)
    return Listing(columns, (*lines, Line(total.cells, "total")), 8.5)


def _line(found: Budget, row: Row, name: str) -> Line:
    none = Money()
    return Line(
        (
            Cell(name),
            *(money_cell(row.years.get(year, none)) for year in found.years),
            money_cell(row.total, bold=True),
            Cell(f"{numeral(row.share)}%" if row.share is not None else ""),
            number_cell(row.total.riel or None),
            number_cell(row.total.dollar or None),
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
    return [Words(report_words().outside.format(years=", ".join(map(_year, found.outside))), "small")]


def _without(desk: Desk, codes: dict[str, str], found: Budget) -> list[Part]:
    if not found.without:
        return []
    named = records.some(desk, "activity", list(found.without))
    lines = tuple(
        Line((Cell(code(codes.get(id_, ""))), Cell(named[id_].text("text")))) for id_ in found.without if id_ in named
    )
    columns = (ListColumn(report_words().code, 0.8, "centre"), ListColumn(report_words().activity, 9))
    return [Heading(report_words().without_budget), Listing(columns, lines, 9)]
