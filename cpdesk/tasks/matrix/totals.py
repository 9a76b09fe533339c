"""What a matrix adds up to: by year, by source and by currency, in riel at the plan's own rate.

`Sums` keeps the parts, so that a line that changed is taken out and put in again instead of adding up all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cpdesk.analysis.money import DOLLAR, RIEL, Money, in_riel
from cpdesk.tasks.matrix.rows import Line, Row

Cell = tuple[int | None, str]  # year and source


@dataclass(frozen=True)
class Totals:
    """`by_source` by (year, source), `by_year` by year; `whole` is all of it. Budgets without a year are in `whole`
    only. `activities` counts the lines.
    """

    activities: int
    whole: Money
    by_year: dict[int, Money]
    by_source: dict[tuple[int, str], Money]

    def of(self, key: str) -> Money | None:
        """The sum under a column: budget.total, budget.2023 or budget.2023.state."""
        name, _dot, rest = key.partition(".")
        if name != "budget":
            return None
        if rest == "total":
            return self.whole
        year, _dot, source = rest.partition(".")
        return self.by_source.get((int(year), source)) if source else self.by_year.get(int(year))


class _Sum:
    """A `Money` that can be counted up and down."""

    __slots__ = ("dollar", "lines", "riel", "total", "unknown")

    def __init__(self) -> None:
        self.riel = self.dollar = self.total = Decimal(0)
        self.lines = self.unknown = 0

    def add(self, amount: Decimal, currency: str | None, converted: Decimal | None, sign: int) -> None:
        self.lines += sign
        if currency == RIEL:
            self.riel += sign * amount
        elif currency == DOLLAR:
            self.dollar += sign * amount
        if converted is None:
            self.unknown += sign
        else:
            self.total += sign * converted

    def money(self) -> Money:
        return Money(self.riel, self.dollar, self.total, self.lines, self.unknown)


class Sums:
    """The sums of many lines, kept in step with them by `update`."""

    def __init__(self, rows: Iterable[Row], rate: Decimal | None) -> None:
        self.rate = rate
        self._cells: dict[Cell, _Sum] = defaultdict(_Sum)
        self._held: dict[str, tuple[Line, ...]] = {}
        for row in rows:
            self.update(row)

    def update(self, row: Row) -> None:
        """Count a line as it stands now, in the place of what was counted of it before."""
        if row.sort != "activity" or row.id is None:
            return
        self._count(self._held.get(row.id, ()), -1)
        self._held[row.id] = tuple(row.budget)
        self._count(row.budget, 1)

    def _count(self, lines: Iterable[Line], sign: int) -> None:
        for line in lines:
            if line.amount is not None:
                converted = in_riel(line.amount, line.currency, self.rate)
                self._cells[line.year, line.source].add(line.amount, line.currency, converted, sign)

    def totals(self) -> Totals:
        """All sums now. A cell in which nothing is counted has none."""
        cells = {cell: found.money() for cell, found in self._cells.items() if found.lines}
        years: dict[int, list[Money]] = defaultdict(list)
        for (year, _source), money in cells.items():
            if year is not None:
                years[year].append(money)
        return Totals(
            len(self._held),
            _together(cells.values()),
            {year: _together(parts) for year, parts in years.items()},
            {(year, source): money for (year, source), money in cells.items() if year is not None},
        )


def _together(parts: Iterable[Money]) -> Money:
    found = Money()
    for part in parts:
        found = Money(
            found.riel + part.riel,
            found.dollar + part.dollar,
            found.total + part.total,
            found.lines + part.lines,
            found.unknown + part.unknown,
        )
    return found


def totals(rows: Iterable[Row], rate: Decimal | None) -> Totals:
    """The sums of these lines."""
    return Sums(rows, rate).totals()
