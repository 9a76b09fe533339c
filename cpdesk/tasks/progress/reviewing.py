"""A quarter, semester or year as a meeting reviews it: how far each objective has come, money, people reached, what is
late or owed.

Read in a few sweeps over the desk however many activities there are, so that it can be made anew at every change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cpdesk.analysis import money
from cpdesk.analysis import progress as sums
from cpdesk.analysis.money import Money
from cpdesk.analysis.progress import QUARTERS, Achievement, Period, Reached, Span, Spending
from cpdesk.kinds import Value
from cpdesk.store import Desk
from cpdesk.tasks import plans
from cpdesk.tasks.progress import reporting
from cpdesk.tasks.progress.lines import Heading, Line, Row, in_order, outline, sweep, words

PEOPLE = ("girls", "boys", "women", "men", "with_disability")
WORDS = ("summary", "difficulty", "solution", "next_step")
Amounts = list[tuple[Decimal | None, str | None]]


@dataclass(frozen=True)
class IndicatorRow:
    """`actual` is what the year reached up to the quarter, `target` the whole year's."""

    id: str
    text: str
    unit: str
    actual: Decimal | None
    target: Decimal | None
    adds_up: bool = True

    @property
    def percent(self) -> Decimal | None:
        return money.percent(self.actual, self.target)


@dataclass(frozen=True)
class ActivityRow:
    """One activity in the quarter. `spending` is the year's budget and what was spent of it up to the quarter;
    `reached`, `report`, `status` and the texts are the quarter's own; `before` is how it stood at its last report.

    Of a semester or a year: planned in any of its quarters, owed where none of them has a report, people and texts of
    all of them, the status of the last that says one.
    """

    line: Line
    planned: bool
    owed: bool
    overdue: bool
    status: str | None
    before: str | None
    report: str | None
    indicators: tuple[IndicatorRow, ...]
    spending: Spending
    reached: Reached
    summary: str = ""
    difficulty: str = ""
    solution: str = ""
    next_step: str = ""

    @property
    def standing(self) -> str | None:
        """How it stands as far as is known: this quarter's status or the last before it; late where all its quarters
        are over and it is neither done nor dropped. None: nothing was ever reported, and it still has time.
        """
        said = self.status or self.before
        return "late" if self.overdue and said not in reporting.OVER else said

    @property
    def late(self) -> bool:
        return self.standing == "late"


@dataclass(frozen=True)
class ObjectiveRow:
    """`achievement` over the year's targets of all indicators below it; `indicators` are those of the objective itself
    and of its outputs, which no activity reports.
    """

    heading: Heading
    achievement: Achievement
    spending: Spending
    activities: int
    indicators: tuple[IndicatorRow, ...] = ()


@dataclass(frozen=True)
class QuarterRow:
    """A quarter of the year in riel: the budget spread over the quarters in which the work runs, and what was spent.

    None where nothing of it is known.
    """

    period: Period
    planned: Decimal | None
    spent: Decimal | None


@dataclass(frozen=True)
class Review:
    """`spending` is the year's budget against what was spent up to the quarter; `planned_to_date` the part of the
    budget that was meant for the quarters until then. `reached` is the quarter's, `reached_year` the year's so far.
    `period` is the last quarter of the `span`.
    """

    plan: str
    period: Period
    objectives: list[ObjectiveRow]
    rows: list[ActivityRow]
    quarters: list[QuarterRow]
    spending: Spending
    planned_to_date: Decimal | None
    reached: Reached
    reached_year: Reached
    rate: Decimal | None = None
    quarters_told: int = 1

    @property
    def span(self) -> Span:
        return Span(self.period, self.quarters_told)

    @property
    def standings(self) -> dict[str | None, int]:
        """How many activities stand how, all of them together; None: nothing was ever reported of them."""
        return dict(Counter(row.standing for row in self.rows))

    @property
    def owed(self) -> list[ActivityRow]:
        return [row for row in self.rows if row.owed]

    @property
    def late(self) -> list[ActivityRow]:
        return [row for row in self.rows if row.late]

    @property
    def at_risk(self) -> list[ActivityRow]:
        return [row for row in self.rows if row.standing == "at_risk"]

    @property
    def difficulties(self) -> list[ActivityRow]:
        return [row for row in self.rows if row.difficulty]


def review(desk: Desk, plan: str, period: Period | Span) -> Review:
    """The quarter (or semester, or year) of that plan as it stands on this desk."""
    return _Reader(desk, plan, period if isinstance(period, Span) else Span(period)).read()


class _Reader:
    """Sweeps over the desk once, then puts each activity's row together."""

    def __init__(self, desk: Desk, plan: str, span: Span) -> None:
        self.desk, self.plan, self.span, self.period = desk, plan, span, span.end
        period = span.end
        self.rate = plans.rate(desk, plan)
        self.outline = outline(desk, plan)
        self.within = period.year in plans.years(desk, plan)
        self.said = reporting.statuses(desk)
        self.indicators: dict[str, list[IndicatorRow]] = self._indicators()
        self.budget = self._budget()
        self.spent: dict[str, dict[int, Money]] = defaultdict(dict)
        self.people: dict[str, dict[int, Reached]] = defaultdict(dict)
        self.texts: dict[str, dict[int, tuple[str, tuple[str, ...]]]] = defaultdict(dict)
        self._year()

    def _indicators(self) -> dict[str, list[IndicatorRow]]:
        """By what they are of, in order."""
        year = {"year": self.period.year}
        given = reporting.known(sweep(self.desk, "actual", ("indicator", "year", "quarter", "value"), year))
        values: dict[str, dict[int, Decimal | None]] = defaultdict(dict)
        for (indicator, period), value in given.items():
            if period <= self.period:
                values[indicator][period.quarter] = value
        targets = {
            indicator: Decimal(value)
            for _id, indicator, value in sweep(self.desk, "target", ("indicator", "value"), year)
            if isinstance(indicator, str) and isinstance(value, str)
        }
        found: dict[str, list[IndicatorRow]] = defaultdict(list)
        rows = sweep(self.desk, "indicator", ("order", "of", "text", "unit", "cumulative"))
        for id_, _order, of, text, unit, cumulative in in_order(rows):
            if of in self.outline.owner:
                key = str(id_)
                adds_up = cumulative != 0
                reached = sums.year_value(values[key], adds_up) if key in values else None
                row = IndicatorRow(key, words(text), words(unit), reached, targets.get(key), adds_up)
                found[str(of)].append(row)
        return found

    def _budget(self) -> dict[str, Money]:
        """The year's, by activity."""
        found: dict[str, Amounts] = defaultdict(list)
        where = {"year": self.period.year}
        for _id, activity, amount, currency in sweep(
            self.desk, "budget_line", ("activity", "amount", "currency"), where
        ):
            if isinstance(activity, str):
                found[activity].append((_decimal(amount), words(currency) or None))
        return {activity: money.add(amounts, self.rate) for activity, amounts in found.items()}

    def _year(self) -> None:
        """The year's reports: money and people by quarter, the words of this one."""
        fields = ("activity", "quarter", "status", "spent", "currency", *PEOPLE, *WORDS)
        rows = sweep(self.desk, "progress", fields, {"year": self.period.year})
        chosen: dict[tuple[str, int], Row] = {}
        for row in sorted(rows, key=lambda row: row[3] is not None):
            _id, activity, quarter, *_rest = row
            if isinstance(activity, str) and isinstance(quarter, int) and quarter in QUARTERS:
                chosen[activity, quarter] = row
        for (activity, quarter), (id_, _activity, _quarter, _status, spent, currency, *rest) in chosen.items():
            self.spent[activity][quarter] = money.add([(_decimal(spent), words(currency) or None)], self.rate)
            self.people[activity][quarter] = Reached(*(n if isinstance(n, int) else None for n in rest[:5]))
            if any(one.quarter == quarter for one in self.span.periods):
                self.texts[activity][quarter] = (str(id_), tuple(words(text) for text in rest[5:]))

    def read(self) -> Review:
        rows = [self._row(line) for line in self.outline.lines]
        quarters = self._quarters(self.outline.lines)
        to_date = [one.planned for one in quarters if one.period <= self.period]
        return Review(
            self.plan,
            self.period,
            self._objectives(rows),
            rows,
            quarters,
            _together(row.spending for row in rows),
            sums.sum_known(to_date),
            sums.together(row.reached for row in rows),
            sums.together(
                reached
                for line in self.outline.lines
                for quarter, reached in self.people.get(line.id, {}).items()
                if quarter <= self.period.quarter
            ),
            self.rate,
            self.span.quarters,
        )

    def _row(self, line: Line) -> ActivityRow:
        said, quarters = self.said.get(line.id, {}), self.span.periods
        told, people = self.texts.get(line.id, {}), self.people.get(line.id, {})
        status = next((said[one] for one in reversed(quarters) if one in said), None)
        return ActivityRow(
            line,
            any(line.runs(one) for one in quarters),
            self.within and status is None and any(reporting.owes(line, said, one) for one in quarters),
            line.ended(self.period),
            status,
            reporting.before(said, quarters[0]),
            told[max(told)][0] if told else None,
            tuple(self.indicators.get(line.id, ())),
            self._spending(line.id),
            sums.together(people[one.quarter] for one in quarters if one.quarter in people),
            *_texts(told),
        )

    def _spending(self, activity: str) -> Spending:
        quarters = self.spent.get(activity, {})
        spent = sums.add_up(one for quarter, one in quarters.items() if quarter <= self.period.quarter)
        return Spending(self.budget.get(activity, Money()), spent)

    def _objectives(self, rows: list[ActivityRow]) -> list[ObjectiveRow]:
        indicators: dict[str, list[IndicatorRow]] = defaultdict(list)
        own: dict[str, list[IndicatorRow]] = defaultdict(list)
        lines = {line.id for line in self.outline.lines}
        for part in self.outline.owner:  # in the plan's order
            several = self.indicators.get(part, [])
            indicators[self.outline.owner[part]] += several
            if part not in lines:
                own[self.outline.owner[part]] += several
        under: dict[str, list[ActivityRow]] = defaultdict(list)
        for row in rows:
            under[row.line.objective].append(row)
        return [
            ObjectiveRow(
                heading,
                sums.achieved((one.actual, one.target) for one in indicators[heading.id]),
                _together(row.spending for row in under[heading.id]),
                len(under[heading.id]),
                tuple(own[heading.id]),
            )
            for heading in self.outline.objectives
        ]

    def _quarters(self, lines: list[Line]) -> list[QuarterRow]:
        planned: dict[int, Decimal] = {}
        spent: dict[int, list[Money]] = defaultdict(list)
        for line in lines:
            whole = self.budget.get(line.id)
            if whole is not None and whole.lines > whole.unknown:
                for quarter, part in sums.spread(whole.total, line.in_year(self.period.year)).items():
                    planned[quarter] = planned.get(quarter, Decimal(0)) + part
            for quarter, one in self.spent.get(line.id, {}).items():
                spent[quarter].append(one)
        return [
            QuarterRow(
                Period(self.period.year, quarter),
                planned.get(quarter),
                sums.sum_known(one.known for one in spent.get(quarter, ())),
            )
            for quarter in QUARTERS
        ]


def _texts(told: Mapping[int, tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """What the quarters said, one after another; what was only said again stands once."""
    for n in range(len(WORDS)):
        yield "\n".join(dict.fromkeys(text for quarter in sorted(told) if (text := told[quarter][1][n].strip())))


def _together(several: Iterable[Spending]) -> Spending:
    found = list(several)
    return Spending(sums.add_up(one.planned for one in found), sums.add_up(one.spent for one in found))


def _decimal(value: Value) -> Decimal | None:
    return Decimal(value) if isinstance(value, str) else None
