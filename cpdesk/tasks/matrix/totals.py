"""What a matrix adds up to: by year, by source and by currency, in riel at the plan's own rate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cpdesk.analysis.money import Money, add
from cpdesk.tasks.matrix.rows import Row


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


def totals(rows: Iterable[Row], rate: Decimal | None) -> Totals:
    """The sums of these lines."""
    cells: dict[tuple[int, str], list[tuple[Decimal | None, str | None]]] = defaultdict(list)
    years: dict[int, list[tuple[Decimal | None, str | None]]] = defaultdict(list)
    whole: list[tuple[Decimal | None, str | None]] = []
    count = 0
    for row in rows:
        count += row.sort == "activity" and row.id is not None
        for line in row.budget:
            amount = (line.amount, line.currency)
            whole.append(amount)
            if line.year is not None:
                years[line.year].append(amount)
                cells[line.year, line.source].append(amount)
    return Totals(
        count,
        add(whole, rate),
        {year: add(amounts, rate) for year, amounts in years.items()},
        {cell: add(amounts, rate) for cell, amounts in cells.items()},
    )
