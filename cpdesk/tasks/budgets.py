"""What a plan costs, who pays it and when: by year and source, by objective and year, in riel, in dollars, and all of
it in riel at the plan's own rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from cpdesk import records as kinds
from cpdesk.analysis.money import DOLLAR, RIEL, add, percent
from cpdesk.analysis.money import Money as Money
from cpdesk.khmer import digits
from cpdesk.kinds import Choice
from cpdesk.store import Desk
from cpdesk.tasks import plans, records

Entry = tuple[Decimal | None, str | None]
UNSAID = ""  # the source of a line that names none


@dataclass(frozen=True)
class Line:
    """One line of a budget. `year` is None where it is not said."""

    id: str
    activity: str
    year: int | None
    source: str
    amount: Decimal | None
    currency: str | None


@dataclass(frozen=True)
class Row:
    """Sums along the years, and of all of them. `share` is per cent of the whole plan, None where it is not known."""

    key: str
    years: Mapping[int | None, Money]
    total: Money
    share: Decimal | None = None


@dataclass(frozen=True)
class Budget:
    """`years` are those of the plan and any other that a line names (`outside` are these; None: no year said)."""

    rate: Decimal | None
    years: tuple[int | None, ...]
    outside: tuple[int | None, ...]
    sources: tuple[Row, ...]
    objectives: tuple[Row, ...]
    total: Row
    without: tuple[str, ...] = field(default=())  # activities that have no amount at all


def shown(amount: Decimal, currency: str | None) -> str:
    """An amount as people write it: ១២.៥០០.០០០ ៛, $៥០០; without a sign where its currency is not said."""
    number = digits.number(amount)
    return {RIEL: f"{number} ៛", DOLLAR: f"${number}"}.get(currency or "", number)


def told(sum_: Money) -> str:
    """A sum in riel, or each currency by itself where no rate joins them: ១២.៥០០.០០០ ៛ + $៥០០."""
    if sum_.known is not None:
        return shown(sum_.known, RIEL)
    return " + ".join(shown(amount, sign) for amount, sign in ((sum_.riel, RIEL), (sum_.dollar, DOLLAR)) if amount)


def lines(desk: Desk, activities: Iterable[str]) -> list[Line]:
    """All budget lines of these activities."""
    wanted = set(activities)
    found = []
    for id_, *row in records.columns(desk, "budget_line", ("activity", "year", "source", "amount", "currency")):
        activity, year, source, amount, currency = row
        if isinstance(activity, str) and activity in wanted:
            found.append(Line(
                id_, activity, year if isinstance(year, int) else None, str(source or UNSAID),
                Decimal(amount) if isinstance(amount, str) else None, str(currency) if currency else None,
            ))  # fmt: skip
    return found


def by_source() -> tuple[str, ...]:
    """The sources in the order in which they are declared; what names none comes last."""
    type_ = kinds.kind("budget_line").field("source").type
    assert isinstance(type_, Choice)
    return (*(option.key for option in type_.options), UNSAID)


def budget(desk: Desk, plan: str) -> Budget:
    """The whole plan's money. Sources and objectives without any amount are left out of their tables."""
    rate = plans.rate(desk, plan)
    tree = plans.tree(desk, plan)
    objective_of = {
        activity.id: node.record.id
        for node in tree
        for group in (node.activities, *(o.activities for o in node.outputs))
        for activity in group
    }
    every = [line for line in lines(desk, objective_of) if line.amount is not None]
    own = plans.years(desk, plan)
    outside = {line.year for line in every} - set(own)
    years = (*sorted({*own, *(year for year in outside if year is not None)}), *([None] if None in outside else []))
    sums = _Sums(years, rate)
    total = sums.row("", every, None)
    known_sources = {line.source for line in every}
    order = [*by_source(), *sorted(known_sources - set(by_source()))]
    return Budget(
        rate,
        years,
        tuple(year for year in years if year in outside),
        tuple(sums.row(s, [x for x in every if x.source == s], total.total) for s in order if s in known_sources),
        tuple(
            sums.row(node.record.id, [x for x in every if objective_of[x.activity] == node.record.id], total.total)
            for node in tree
        ),
        total,
        tuple(sorted(objective_of.keys() - {line.activity for line in every}, key=list(objective_of).index)),
    )


class _Sums:
    def __init__(self, years: tuple[int | None, ...], rate: Decimal | None) -> None:
        self.years, self.rate = years, rate

    def row(self, key: str, found: list[Line], whole: Money | None) -> Row:
        years = {year: self._sum(line for line in found if line.year == year) for year in self.years}
        total = self._sum(found)
        return Row(key, years, total, percent(total.known, whole.known) if whole else None)

    def _sum(self, found: Iterable[Line]) -> Money:
        return add(((line.amount, line.currency) for line in found), self.rate)
