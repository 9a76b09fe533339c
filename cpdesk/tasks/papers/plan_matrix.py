"""The plan as its matrix: bands for objectives and outputs, a row for each activity with who, where, when, how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from cpdesk import records as kinds
from cpdesk.analysis.money import Money
from cpdesk.analysis.progress import add_up
from cpdesk.khmer import digits
from cpdesk.printing.document import Cell, Document, Heading, Line, ListColumn, Listing, Part, Words
from cpdesk.printing.spoken import report_words
from cpdesk.store import Desk, Record
from cpdesk.tasks import matrix, records
from cpdesk.tasks.matrix import Matrix, Row
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import code, letterhead, money_cell, money_notes, numeral, signed, standing

_ALL = "1234"
_MOST_PLACES = 6
_SMALL, _LARGE = 7.0, 8.5  # points of type on A4 and on A3


def paper(desk: Desk, plan: str, choices: Choices) -> Document:
    """The matrix of a plan, on A4 or A3 across."""
    record = records.get(desk, plan)
    whole = matrix.read(desk, plan)
    totals = matrix.totals(whole.rows, whole.rate)
    parts: list[Part] = [standing(desk, record)]
    if any(row.sort == "activity" for row in whole.rows):
        parts += [
            *money_notes(desk, plan, [totals.whole]),
            _table(desk, whole, totals, _LARGE if choices.large else _SMALL),
            Heading(report_words().by_source),
            _sources(whole, totals),
        ]
    else:
        parts.append(Words(report_words().no_activity))
    parts.append(signed(desk, choices.day))
    return Document(
        letterhead(desk), report_words().matrix, (record.title,), tuple(parts), landscape=True, large=choices.large
    )


@dataclass(frozen=True)
class _Shape:
    """The columns: how many years there are decides how wide they can be."""

    years: list[int]

    @property
    def columns(self) -> tuple[ListColumn, ...]:
        years = [report_words().year.format(year=digits.count(year)) for year in self.years]
        return (
            ListColumn(report_words().code, 1.0, "centre"),
            ListColumn(report_words().activity, 4.3),
            ListColumn(report_words().responsible, 2.3),
            ListColumn(report_words().places, 2.1),
            *(ListColumn(year, 1.1, "centre", report_words().quarters) for year in years),
            ListColumn(report_words().indicator, 3.1),
            ListColumn(report_words().baseline, 1.0, "right"),
            *(ListColumn(year, 1.1, "right", report_words().target) for year in years),
            *(ListColumn(year, 1.35, "right", report_words().in_thousand_riel) for year in years),
            ListColumn(report_words().totals, 1.45, "right", report_words().in_thousand_riel),
            ListColumn(report_words().investment, 2.4),
        )

    @property
    def indicator_at(self) -> int:
        """The number of the column of the indicator."""
        return 4 + len(self.years)


def _table(desk: Desk, whole: Matrix, totals: matrix.Totals, size: float) -> Listing:
    shape = _Shape(whole.years)
    indicators = _Indicators(desk, whole)
    lines: list[Line] = []
    for row in whole.rows:
        if row.is_band:
            lines.append(_band(row))
            lines += _lines(shape, indicators.of(row), None)
        else:
            lines += _lines(shape, indicators.of(row), _Activity(whole, row))
    lines.append(_totals(shape, totals))
    return Listing(shape.columns, tuple(lines), size)


def _band(row: Row) -> Line:
    phrase = report_words().objective if row.sort == "objective" else report_words().output
    text = phrase.format(number=code(row.code), text=row.text)
    return Line((Cell(text),), "band" if row.sort == "objective" else "subband")


class _Indicators:
    """Every indicator of the plan with its targets, read at once."""

    def __init__(self, desk: Desk, whole: Matrix) -> None:
        self.years = whole.years
        self._of: dict[str, list[Record]] = defaultdict(list)
        for record in records.find(desk, "indicator"):
            self._of[record.text("of")].append(record)
        self._targets: dict[tuple[str, int], str] = {}
        for _id, *told in records.columns(desk, "target", ("indicator", "year", "value")):
            indicator, year, value = told
            if isinstance(indicator, str) and isinstance(year, int) and isinstance(value, str):
                self._targets[indicator, year] = value

    def of(self, row: Row) -> list[tuple[Cell, ...]]:
        """The cells of each indicator of a row: its words, its baseline, its target of each year."""
        return [self._cells(one) for one in self._of.get(row.id or "", [])]

    def _cells(self, one: Record) -> tuple[Cell, ...]:
        unit = f" ({one.text('unit')})" if one["unit"] else ""
        year = one["baseline_year"]
        note = f"({digits.count(year)})" if isinstance(year, int) and one["baseline"] is not None else ""
        targets = (self._targets.get((one.id, year)) for year in self.years)
        return (
            Cell(one.text("text") + unit, note=one.text("source")),
            Cell(_amount(one["baseline"]), note=note),
            *(Cell(_amount(value)) for value in targets),
        )


def _amount(value: object) -> str:
    return numeral(Decimal(value)) if isinstance(value, str) else ""


class _Activity:
    """The cells of an activity before and after those of its indicators."""

    def __init__(self, whole: Matrix, row: Row) -> None:
        self.whole, self.row = whole, row

    def _said(self, key: str) -> str:
        return matrix.words(self.whole, self.row, self.whole.column(key)).shown

    def before(self) -> tuple[Cell, ...]:
        group, partners = self._said("group"), self._said("partners")
        return (
            Cell(code(self.row.code)),
            Cell(self.row.text, note=report_words().for_children.format(group=group) if group else ""),
            Cell(self._said("responsible"), note=report_words().partners.format(names=partners) if partners else ""),
            Cell(self._places()),
            *(Cell(self._quarters(year)) for year in self.whole.years),
        )

    def _places(self) -> str:
        """By name: on paper nobody can ask which ones; of very many their number."""
        codes = str(self.row.values.get("places") or "").split()
        return ", ".join(map(self.whole.names.place, codes)) if len(codes) <= _MOST_PLACES else self._said("places")

    def _quarters(self, year: int) -> str:
        keys = str(self.row.values.get("year_quarters") or "").split()
        together = "".join(sorted(key[5] for key in keys if key.startswith(f"{year}Q")))
        return code(f"{together[0]}-{together[-1]}" if len(together) > 2 and together in _ALL else " ".join(together))

    def after(self) -> tuple[Cell, ...]:
        rate = self.whole.rate
        programme, line = self._said("investment_programme"), self._said("investment_line")
        note = " · ".join(word for word in (programme, line) if word)
        return (
            *(money_cell(self.row.sum(year, rate)) for year in self.whole.years),
            money_cell(self.row.sum(None, rate), bold=True),
            Cell(self._said("investment"), note=note),
        )


def _lines(shape: _Shape, indicators: list[tuple[Cell, ...]], activity: _Activity | None) -> Iterator[Line]:
    """The first indicator stands beside its activity, others in lines of their own under it."""
    blank = (Cell(),) * (2 + len(shape.years))
    told = indicators or ([blank] if activity else [])
    width = len(shape.columns)
    alone = (*range(shape.indicator_at), *range(shape.indicator_at + len(blank), width))
    for n, cells in enumerate(told):
        first = activity is not None and n == 0
        before = activity.before() if activity and first else (Cell(),) * shape.indicator_at
        after = activity.after() if activity and first else (Cell(),) * (width - shape.indicator_at - len(blank))
        yield Line((*before, *cells, *after), open_below=alone if n < len(told) - 1 else ())


def _totals(shape: _Shape, totals: matrix.Totals) -> Line:
    none = Money()
    lead = shape.indicator_at + 2 + len(shape.years)
    cells = (
        Cell(report_words().totals, align="right"),
        *(money_cell(totals.by_year.get(year, none), align="right") for year in shape.years),
        money_cell(totals.whole, align="right"),
        Cell(),
    )
    return Line(cells, "total", (lead, *(1 for _year in shape.years), 1, 1))


def _sources(whole: Matrix, totals: matrix.Totals) -> Listing:
    """Year by source, in thousands of riel."""
    sources = kinds.kind("budget_line").field("source").type
    lines = []
    for source in (*matrix.SOURCES, matrix.UNSAID):
        money = [totals.by_source.get((year, source), Money()) for year in whole.years]
        if any(one.lines for one in money):
            name = report_words().no_source if source == matrix.UNSAID else sources.show(source)
            lines.append(Line((Cell(name), *(money_cell(one) for one in money), money_cell(add_up(money), bold=True))))
    by_year = [totals.by_year.get(year, Money()) for year in whole.years]
    last = (Cell(report_words().totals), *(money_cell(one) for one in by_year), money_cell(add_up(by_year)))
    columns = (
        ListColumn(report_words().source, 2.5),
        *(ListColumn(report_words().year.format(year=digits.count(year)), 1, "right", report_words().in_thousand_riel)
          for year in whole.years),
        ListColumn(report_words().totals, 1.1, "right", report_words().in_thousand_riel),
    )  # fmt: skip
    return Listing(columns, (*lines, Line(last, "total")), 9)
