"""A plan's matrix for Excel: bands, an indicator a row, totals as formulas, and the id of each line in a hidden column
by which the file is known again when it comes back.

Riel and dollar stand side by side in one column, as officials keep them; a sum in riel takes its dollars at the plan's
rate: the sum of all, and the dollars once more at the rate less one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.store import Desk, Record
from cpdesk.tables.cells import Cash, Cell, plain
from cpdesk.tables.write import Formula, Heading, Line, Out, Table
from cpdesk.tasks import Progress, no_progress
from cpdesk.tasks import records as tasks
from cpdesk.tasks.matrix.columns import Column
from cpdesk.tasks.matrix.rows import Matrix, Row
from cpdesk.tasks.matrix.rows import read as read_matrix
from cpdesk.tasks.tables.matrix_words import budget_cell, cut, field_text, sums

_WIDTHS = {"code": 8.0, "text": 46.0, "responsible": 20.0, "partners": 20.0, "places": 20.0, "indicator.text": 30.0,
           "priority": 22.0}  # fmt: skip
_LONGEST = 8000  # letters that Excel takes in a formula
_MOST_PARTS = 250
_TICK = 100
_FIRST = ("code", "text")


def table(desk: Desk, plan: str, progress: Progress = no_progress) -> Table:
    """The whole matrix of a plan, as it stands."""
    return _Writer(desk, read_matrix(desk, plan)).table(progress)


class _Writer:
    def __init__(self, desk: Desk, matrix: Matrix) -> None:
        self.desk, self.matrix = desk, matrix
        self.columns = matrix.columns
        self.at = {column.key: n for n, column in enumerate(self.columns)}
        self.record = tasks.get(desk, matrix.plan)
        self.titles = [title for title in (self.record.title, tasks.title(desk, self.record.text("office"))) if title]
        self.top = len(self.titles) + 2
        self.lines: list[Line] = []
        self.dollars: dict[int, list[int]] = {}  # column → rows of amounts in dollars
        self.mixed: set[int] = set()  # columns with cells that no formula can add
        self.targets = self._further_targets()

    def table(self, progress: Progress) -> Table:
        bands = 0
        for n, row in enumerate(self.matrix.rows):
            if row.is_band:
                bands += 1
                self._band(row)
            else:
                self._activity(row)
            if n % _TICK == 0:
                progress(n, len(self.matrix.rows))
        last = len(self.lines)
        if last > bands:
            self._foot(last)
        headings = [_heading(column) for column in self.columns]
        headings.append(Heading("id", width=34, hidden=True))
        return Table(self.record.title, headings, self.lines, self.titles, frozen=2)

    # -------- lines

    def _band(self, row: Row) -> None:
        if row.sort == "objective":
            start = _("Objective {number}").format(number=digits_of(row.code))
        else:
            start = _("Output {number}").format(number=digits_of(row.code))
        cells: list[Out] = [f"{start}៖ {cut(row.text)}", *[None] * (len(self.columns) - 1), row.id]
        self.lines.append(Line(cells, row.sort))
        for record in tasks.children(self.desk, "indicator", str(row.id)):
            self.lines.append(Line(self._indicator_cells(record, None)))

    def _activity(self, row: Row) -> None:
        first = row.indicators[0] if row.indicators else None
        cells = self._indicator_cells(first, row.targets) if first else self._blank()
        cells[-1] = row.id
        excel = self.top + len(self.lines) + 1  # Excel counts rows from 1
        for n, column in enumerate(self.columns):
            if not column.of_indicator and column.sort not in ("money", "total"):
                cells[n] = self._field(row, column)
            elif column.sort == "money":
                cells[n] = self._amount(row, column, n, excel)
        for n, column in enumerate(self.columns):
            if column.sort == "total" and column.year:
                cells[n] = self._year_total(row, column, cells, excel)
        self._all_years(row, cells, excel)
        self.lines.append(Line(cells))
        for record in row.indicators[1:]:
            self.lines.append(Line(self._indicator_cells(record, None)))

    def _field(self, row: Row, column: Column) -> Cell:
        if column.key == "code":
            return digits_of(row.code) if not row.values.get("code") else str(row.values["code"])
        value = row.values.get(column.field)
        if column.sort == "quarters":
            chosen = [q[5] for q in str(value or "").split() if q.startswith(str(column.year))]
            return digits_of(", ".join(chosen)) or None
        return field_text(self.matrix.names, column.field, value) or None

    def _blank(self) -> list[Out]:
        return [None] * (len(self.columns) + 1)

    def _further_targets(self) -> dict[str, dict[int, tuple[str, str | None]]]:
        """Targets of the indicators that the matrix itself does not show."""
        found: dict[str, dict[int, tuple[str, str | None]]] = {}
        for id_, *told in tasks.columns(self.desk, "target", ("indicator", "year", "value")):
            of, year, value = told
            if isinstance(year, int):
                found.setdefault(str(of), {})[year] = (id_, value if isinstance(value, str) else None)
        return found

    def _indicator_cells(self, record: Record, targets: dict[int, tuple[str, str | None]] | None) -> list[Out]:
        cells = self._blank()
        there = self.targets.get(record.id, {}) if targets is None else targets
        for n, column in enumerate(self.columns):
            if column.key.startswith("target."):
                value = there.get(column.year, ("", None))[1]
                cells[n] = Decimal(value) if value is not None else None
            elif column.key.startswith("indicator."):
                own = record[column.field]
                numeric = column.sort in ("amount", "year") and own is not None
                cells[n] = Decimal(str(own)) if numeric else cut(str(own)) if own is not None else None
        cells[-1] = record.id
        return cells

    # -------- money

    def _amount(self, row: Row, column: Column, n: int, excel: int) -> Cell:
        cell = budget_cell(sums(row.lines(column.year, column.source)))
        if isinstance(cell, str):
            self.mixed.add(n)
        elif isinstance(cell, Cash) and cell.currency == "USD":
            self.dollars.setdefault(n, []).append(excel)
        return cell

    def _year_total(self, row: Row, column: Column, cells: Sequence[Out], excel: int) -> Out:
        """The year's sources in riel; where dollars have no rate nobody can say it."""
        parts = [n for n, c in enumerate(self.columns) if c.sort == "money" and c.year == column.year]
        known = row.sum(column.year, self.matrix.rate).known
        if known is None:
            return None
        if any(isinstance(cells[n], str) for n in parts):
            return Cash(known, "KHR")
        text = f"SUM({cell_name(excel, parts[0])}:{cell_name(excel, parts[-1])})"
        dollars = [cell_name(excel, n) for n in parts if excel in self.dollars.get(n, ())]
        return Formula(self._with_rate(text, dollars), Cash(known, "KHR"), "KHR")

    def _all_years(self, row: Row, cells: list[Out], excel: int) -> None:
        at = self.at["budget.total"]
        years = [n for n, c in enumerate(self.columns) if c.sort == "total" and c.year]
        known = row.sum(None, self.matrix.rate).known
        told = all(cells[n] is not None or not row.sum(self.columns[n].year, None).lines for n in years)
        if known is not None and told:
            text = "+".join(cell_name(excel, n) for n in years if cells[n] is not None)
            cells[at] = Formula(f"={text}", Cash(known, "KHR"), "KHR") if text else None

    def _with_rate(self, text: str, dollars: Sequence[str]) -> str:
        if not dollars:
            return f"={text}"
        assert self.matrix.rate is not None
        more = "+".join(dollars)
        return f"={text}+({more})*({plain(self.matrix.rate)}-1)"

    def _foot(self, last: int) -> None:
        """What each column of money comes to: in riel at the rate; without a rate riel and dollars apart."""
        whole, rate = self.matrix, self.matrix.rate
        rows = [row for row in whole.rows if not row.is_band]
        converted = rate is not None or not self.dollars
        label = _("Total in riel") if self.dollars and rate is not None else _("Total")
        cells: list[Out] = [label, *[None] * len(self.columns)]
        for n, column in enumerate(self.columns):
            if column.sort == "money":
                found = [sums(row.lines(column.year, column.source)) for row in rows]
                cells[n] = self._column_sum(n, last, found) if converted or n not in self.dollars else None
            elif column.sort == "total":
                known = [row.sum(column.year or None, rate).known for row in rows]
                result = sum((one for one in known if one is not None), Decimal(0))
                if any(one is not None for one in known):
                    cells[n] = Formula(f"=SUM({self._range(n, last)})", Cash(result, "KHR"), "KHR")
        self.lines.append(Line(cells, "total"))
        if self.dollars and rate is not None:
            words = _("Note: one dollar is counted as {rate} riel.").format(rate=digits.number(rate))
            self.lines.append(Line([words, *[None] * len(self.columns)], "note"))
        elif self.dollars:
            words = _("Note: the plan has no exchange rate, so amounts in dollars are in no total.")
            self.lines.append(Line([words, *[None] * len(self.columns)], "note"))

    def _range(self, n: int, last: int) -> str:
        return f"{cell_name(self.top + 1, n)}:{cell_name(self.top + last, n)}"

    def _column_sum(self, n: int, last: int, found: Iterable[tuple[tuple[Decimal, str], ...]]) -> Out:
        rate = self.matrix.rate or Decimal(1)
        amounts = [(a, c) for cell in found for a, c in cell]
        if not amounts:
            return None
        result = Cash(sum((a * (rate if c == "USD" else 1) for a, c in amounts), Decimal(0)), "KHR")
        rows = self.dollars.get(n, [])
        dollars = [f"SUM({part})" for part in _ranges(rows, n)]
        text = self._with_rate(f"SUM({self._range(n, last)})", dollars)
        if n in self.mixed or len(text) > _LONGEST or len(dollars) > _MOST_PARTS:
            return result
        return Formula(text, result, "KHR")


def _heading(column: Column) -> Heading:
    width = _WIDTHS.get(column.key, 18.0 if column.sort in ("money", "total") else 12.0)
    width = 8.0 if column.sort == "quarters" else 10.0 if column.key.startswith("target.") else width
    return Heading(column.title, column.group, width, centred=column.sort == "quarters", year=column.sort == "year")


def digits_of(text: str) -> str:
    """Codes and quarters in the digits of the language."""
    from cpdesk.i18n import language

    return digits.to_khmer(text) if language() == "km" else digits.to_ascii(text)


def cell_name(excel_row: int, column: int) -> str:
    """B7 for column 1 (from 0) in Excel's row 7."""
    letters = ""
    n = column + 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{excel_row}"


def _ranges(rows: Sequence[int], column: int) -> list[str]:
    """The cells of these rows, neighbours together: B4:B7, B9."""
    found: list[str] = []
    start = 0
    for n, row in enumerate(rows):
        if n + 1 == len(rows) or rows[n + 1] != row + 1:
            first, end = cell_name(rows[start], column), cell_name(row, column)
            found.append(first if first == end else f"{first}:{end}")
            start = n + 1
    return found
