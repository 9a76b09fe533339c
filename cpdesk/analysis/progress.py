"""The arithmetic of progress, as the national sub-national monitoring system does it.

A year's actual is the sum of its quarters, or the last of them where an indicator does not add up; per cent is actual
÷ target; money is told in riel. A value that nobody gave is missing (None) and never 0: it is left out of sums, and
each sum that leaves something out says of how many it was made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from cpdesk.analysis.money import Money, percent
from cpdesk.i18n import _
from cpdesk.khmer import digits

QUARTERS = (1, 2, 3, 4)
_YEAR_DIGITS = 4
_FULL = Decimal(100)
_PACE = ((Decimal(100), "good"), (Decimal(75), "fair"), (Decimal(50), "warning"))
N = TypeVar("N", int, Decimal)


@dataclass(frozen=True, order=True)
class Period:
    """One quarter of a year. Periods are in the order of time."""

    year: int
    quarter: int

    def __post_init__(self) -> None:
        if self.quarter not in QUARTERS:
            raise ValueError(self.quarter)

    @classmethod
    def of(cls, day: date) -> Period:
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, key: str) -> Period:
        """From "2022Q2"; ValueError for anything else."""
        year, mark, quarter = key.partition("Q")
        if not (mark and year.isdecimal() and quarter.isdecimal()):
            raise ValueError(key)
        return cls(int(year), int(quarter))

    @property
    def key(self) -> str:
        """As the field of an activity's quarters holds it: "2022Q2"."""
        return f"{self.year}Q{self.quarter}"

    def step(self, quarters: int) -> Period:
        """So many quarters later, or earlier where it is below 0."""
        at = self.year * 4 + self.quarter - 1 + quarters
        return Period(at // 4, at % 4 + 1)

    def next(self) -> Period:
        return self.step(1)

    def previous(self) -> Period:
        return self.step(-1)

    def title(self) -> str:
        """ត្រីមាសទី២ ឆ្នាំ២០២២, Quarter 2 of 2022."""
        return _("Quarter {quarter} of {year}").format(quarter=digits.count(self.quarter), year=digits.count(self.year))

    def short(self) -> str:
        """For the foot of a chart, where the year goes without saying: ត្រី២, Q2."""
        return _("Q{quarter}").format(quarter=digits.count(self.quarter))


@dataclass(frozen=True)
class Span:
    """The quarters that a report is about: one, a semester's two or a year's four. `end` is the last of them."""

    end: Period
    quarters: int = 1

    def __post_init__(self) -> None:
        if self.quarters not in (1, 2, 4) or self.end.quarter % self.quarters:
            raise ValueError(self.quarters)

    @classmethod
    def parse(cls, key: str) -> Span:
        """From "2022Q2", "2022S1" or "2022"; ValueError for anything else."""
        year, mark, half = key.partition("S")
        if mark and year.isdecimal() and half in ("1", "2"):
            return cls(Period(int(year), int(half) * 2), 2)
        if not mark and key.isdecimal() and len(key) == _YEAR_DIGITS:
            return cls(Period(int(key), 4), 4)
        return cls(Period.parse(key))

    @property
    def key(self) -> str:
        if self.quarters == 1:
            return self.end.key
        return str(self.end.year) if self.quarters == len(QUARTERS) else f"{self.end.year}S{self.end.quarter // 2}"

    @property
    def periods(self) -> tuple[Period, ...]:
        """Its quarters, the first to the last."""
        return tuple(self.end.step(n) for n in range(1 - self.quarters, 1))

    def title(self) -> str:
        """ត្រីមាសទី២ ឆ្នាំ២០២២, ឆមាសទី១ ឆ្នាំ២០២២, ឆ្នាំ២០២២."""
        if self.quarters == 1:
            return self.end.title()
        year = digits.count(self.end.year)
        if self.quarters == len(QUARTERS):
            return _("The year {year}").format(year=year)
        return _("Semester {number} of {year}").format(number=digits.count(self.end.quarter // 2), year=year)


def sum_known(values: Iterable[N | None]) -> N | None:
    """The sum of what is known; None where nothing is."""
    total: N | None = None
    for value in values:
        if value is not None:
            total = value if total is None else total + value
    return total


def year_value(quarters: Mapping[int, Decimal | None], adds_up: bool) -> Decimal | None:
    """What a year reached, from its quarters (1 to 4): their sum, or the last that is known."""
    known = [value for quarter in QUARTERS if (value := quarters.get(quarter)) is not None]
    if not known:
        return None
    return sum(known, Decimal(0)) if adds_up else known[-1]


def up_to(quarters: Mapping[int, Decimal | None], last: int) -> dict[int, Decimal | None]:
    """Only the quarters up to that one: what was known when it was over."""
    return {quarter: value for quarter, value in quarters.items() if quarter <= last}


# --- money ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Spending:
    """Planned against spent. What cannot be told in riel makes variance and per cent unknown rather than wrong."""

    planned: Money = field(default_factory=Money)
    spent: Money = field(default_factory=Money)

    @property
    def variance(self) -> Decimal | None:
        """Riel that are left of what was planned; below 0 where more was spent."""
        if self.planned.known is None or self.spent.known is None:
            return None
        return self.planned.known - self.spent.known

    @property
    def percent(self) -> Decimal | None:
        """Spent ÷ planned × 100."""
        return percent(self.spent.known, self.planned.known)


def add_up(sums: Iterable[Money]) -> Money:
    """Several sums as one."""
    riel, dollar, total, lines, unknown = Decimal(0), Decimal(0), Decimal(0), 0, 0
    for one in sums:
        riel += one.riel
        dollar += one.dollar
        total += one.total
        lines += one.lines
        unknown += one.unknown
    return Money(riel, dollar, total, lines, unknown)


def spread(total: Decimal, quarters: Collection[int]) -> dict[int, Decimal]:
    """A year's whole riel over the quarters in which the work runs (over all four where nobody said), evenly; what
    does not divide goes to the first. The parts add up to the total exactly.
    """
    asked = sorted(set(quarters)) or list(QUARTERS)
    each = total // len(asked)
    parts = dict.fromkeys(asked, each)
    parts[asked[0]] += total - each * len(asked)
    return parts


# --- people ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Reached:
    """People that an activity reached. `with_disability` are among the others, not beside them."""

    girls: int | None = None
    boys: int | None = None
    women: int | None = None
    men: int | None = None
    with_disability: int | None = None

    @property
    def children(self) -> int | None:
        return sum_known((self.girls, self.boys))

    @property
    def adults(self) -> int | None:
        return sum_known((self.women, self.men))

    @property
    def female(self) -> int | None:
        return sum_known((self.girls, self.women))

    @property
    def everybody(self) -> int | None:
        return sum_known((self.children, self.adults))


def together(several: Iterable[Reached]) -> Reached:
    """All of them; who was reached twice is counted twice, since no list of names is kept."""
    found = list(several)
    return Reached(
        sum_known(one.girls for one in found),
        sum_known(one.boys for one in found),
        sum_known(one.women for one in found),
        sum_known(one.men for one in found),
        sum_known(one.with_disability for one in found),
    )


# --- objectives -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Achievement:
    """How far several indicators have come: `percent` is the mean of the `told`, among the `wanted` with a target."""

    percent: Decimal | None = None
    told: int = 0
    wanted: int = 0


def achieved(pairs: Iterable[tuple[Decimal | None, Decimal | None]]) -> Achievement:
    """From (actual, target) of each indicator, to one decimal place.

    Each counts to 100 at most, so that one that went far beyond its target does not hide another that stands still. An
    indicator without a target, or with the target 0, has no per cent and is not counted.
    """
    shares: list[Decimal] = []
    wanted = 0
    for actual, target in pairs:
        if target is None or target <= 0:
            continue
        wanted += 1
        if actual is not None:
            shares.append(max(Decimal(0), min(_FULL, actual * 100 / target)))
    if not shares:
        return Achievement(None, 0, wanted)
    mean = (sum(shares, Decimal(0)) / len(shares)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Achievement(mean, len(shares), wanted)


def pace(reached: Decimal | None, quarter: int) -> str:
    """ "good", "fair", "warning" or "bad": per cent of a year's target, against how much of the year is over at the
    end of that quarter; "none" where it is not known.
    """
    if reached is None:
        return "none"
    against = reached * 100 / (quarter * 25)
    return next((tone for least, tone in _PACE if against >= least), "bad")
