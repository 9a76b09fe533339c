"""What was reported of an activity and reached of an indicator, and which reports are still owed.

Two desks may each report the same quarter before they hear of one another; then one record counts, the same on every
desk, and a check names the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from cpdesk.analysis import progress as sums
from cpdesk.analysis.progress import QUARTERS, Period
from cpdesk.kinds import Value
from cpdesk.store import Desk, Record
from cpdesk.tasks import plans, records
from cpdesk.tasks.progress.lines import Line, Row, outline, sweep

OVER = ("done", "dropped")  # nothing more is owed of it
APPROVED = ("approved", "closed")


# --- reports of an activity -----------------------------------------------------------------------------------------
def reports(desk: Desk, activity: str) -> list[Record]:
    """All reports of an activity, in the order of time."""
    return records.children(desk, "progress", activity)


def report(desk: Desk, activity: str, period: Period) -> Record | None:
    """The report of that quarter; where there are several the one that says a status."""
    found = of_quarter(desk, activity, period)
    return found[0] if found else None


def of_quarter(desk: Desk, activity: str, period: Period) -> list[Record]:
    """All reports of that quarter, the one that counts first. More than one where two desks each wrote one."""
    where = {"activity": activity, "year": period.year, "quarter": period.quarter}
    return sorted(records.find(desk, "progress", where), key=_weight, reverse=True)


def latest(desk: Desk, activity: str) -> Record | None:
    """The newest report that says a status: how the activity stands."""
    told = [one for one in reports(desk, activity) if one["status"] is not None and _when(one) is not None]
    return max(told, key=lambda one: (_when(one) or Period(0, 1), one.id), default=None)


def _weight(one: Record) -> tuple[bool, str]:
    return one["status"] is not None, one.id


def _when(record: Record) -> Period | None:
    return period_of(record["year"], record["quarter"])


@lru_cache(maxsize=1024)  # asked for every report of the desk
def period_of(year: Value, quarter: Value) -> Period | None:
    """The quarter that two fields name; None where one of them is missing."""
    if isinstance(year, int) and isinstance(quarter, int) and quarter in QUARTERS:
        return Period(year, quarter)
    return None


# --- what an indicator reached --------------------------------------------------------------------------------------
def actual(desk: Desk, indicator: str, period: Period) -> Record | None:
    """The record of what the indicator reached in that quarter; one with a value where there are several."""
    where = {"indicator": indicator, "year": period.year, "quarter": period.quarter}
    found = records.find(desk, "actual", where)
    return max(found, key=lambda one: (one["value"] is not None, one.id), default=None)


def target(desk: Desk, indicator: str, year: int) -> Record | None:
    """The record of the year's target; one with a value where there are several."""
    found = records.find(desk, "target", {"indicator": indicator, "year": year})
    return max(found, key=lambda one: (one["value"] is not None, one.id), default=None)


def year_value(desk: Desk, indicator: str, year: int, last: int = 4) -> Decimal | None:
    """What the year reached up to its quarter `last`: the sum, or the last value, as the indicator says."""
    return sums.year_value(sums.up_to(_quarters(desk, indicator).get(year, {}), last), adds_up(desk, indicator))


def last_actual(desk: Desk, indicator: str) -> tuple[Period, Decimal] | None:
    """What the last year that was reported reached, and the last quarter of it that was: the next plan's baseline."""
    years = _quarters(desk, indicator)
    if not years:
        return None
    year = max(years)
    value = sums.year_value(years[year], adds_up(desk, indicator))
    return None if value is None else (Period(year, max(years[year])), value)


def adds_up(desk: Desk, indicator: str) -> bool:
    """Whether its quarters add up to the year; blank says that they do."""
    return records.get(desk, indicator)["cumulative"] is not False


def _quarters(desk: Desk, indicator: str) -> dict[int, dict[int, Decimal | None]]:
    """Known values by year and quarter."""
    rows = sweep(desk, "actual", ("indicator", "year", "quarter", "value"), {"indicator": indicator})
    found: dict[int, dict[int, Decimal | None]] = defaultdict(dict)
    for (_indicator, period), value in known(rows).items():
        found[period.year][period.quarter] = value
    return found


def known(rows: list[Row]) -> dict[tuple[str, Period], Decimal]:
    """From (id, indicator, year, quarter, value) the values that were given, one a quarter."""
    found: dict[tuple[str, Period], Decimal] = {}
    for _id, indicator, year, quarter, value in rows:
        period = period_of(year, quarter)
        if isinstance(indicator, str) and period is not None and isinstance(value, str):
            found[indicator, period] = Decimal(value)
    return found


# --- what is owed ---------------------------------------------------------------------------------------------------
def owed(desk: Desk, plan: str, period: Period) -> list[Record]:
    """The activities of a plan that still owe a report for that quarter, in the plan's order."""
    ids = [line.id for line in owing(desk, plan, period)]
    found = records.some(desk, "activity", ids)
    return [found[id_] for id_ in ids]


def owing(desk: Desk, plan: str, period: Period) -> list[Line]:
    """The same, read lean."""
    if period.year not in plans.years(desk, plan):
        return []
    said = statuses(desk)
    return [line for line in outline(desk, plan).lines if owes(line, said.get(line.id, {}), period)]


def statuses(desk: Desk) -> dict[str, dict[Period, str]]:
    """What every report says of how its activity stands, by activity and quarter."""
    found: dict[str, dict[Period, str]] = defaultdict(dict)
    for _id, activity, year, quarter, status in sweep(desk, "progress", ("activity", "year", "quarter", "status")):
        period = period_of(year, quarter)
        if isinstance(activity, str) and isinstance(status, str) and period is not None:
            found[activity][period] = status
    return found


def before(said: Mapping[Period, str], period: Period) -> str | None:
    """How it stood at its last report before that quarter."""
    earlier = [one for one in said if one < period]
    return said[max(earlier)] if earlier else None


def owes(line: Line, said: Mapping[Period, str], period: Period) -> bool:
    """Whether that activity, of which `said` was reported, owes a report for the quarter."""
    if period in said:
        return False
    last = before(said, period)
    if last in OVER:
        return False
    return line.runs(period) or (last is not None and line.ended(period))


def under_way(state: Value, lines: Iterable[Line], said: Mapping[str, object]) -> bool:
    """Whether a plan in that state is carried out: approved, or reported on already though nobody approved it here."""
    return state in APPROVED or any(line.id in said for line in lines)


def current(desk: Desk, today: date) -> tuple[str, Period] | None:
    """The plan that is reported on now, and the last quarter of it that is over (its first where none is yet).

    Among plans that are not closed the office's own goes before others', one that has begun before one to come, one in
    whose years that quarter lies before one that has ended, one that is carried out before a draft. None where there is
    no plan with its years.
    """
    over = Period.of(today).previous()
    said = statuses(desk)
    best: tuple[tuple[object, ...], str, Period] | None = None
    rows = sweep(desk, "plan", ("first_year", "last_year", "state", "office", "sort"))
    for id_, first, last, state, office, sort in rows:
        if not isinstance(first, int) or not isinstance(last, int) or last < first:
            continue
        begun = first <= over.year
        lines = outline(desk, str(id_)).lines if said and state not in APPROVED else ()
        weight = (
            state != "closed",
            office == desk.office,
            begun,
            begun and over.year <= last,
            under_way(state, lines, said),
            sort == "child_protection",
            last if begun else -first,
            state == "approved",
        )
        period = min(max(over, Period(first, 1)), Period(last, 4))
        if best is None or weight > best[0]:
            best = (weight, str(id_), period)
    return None if best is None else (best[1], best[2])


def owed_now(desk: Desk, today: date) -> int:
    """How many reports are owed of the plan that is reported on now."""
    now = current(desk, today)
    return 0 if now is None else len(owing(desk, *now))


def periods(desk: Desk, plan: str) -> list[Period]:
    """All quarters of a plan, in order."""
    return [Period(year, quarter) for year in plans.years(desk, plan) for quarter in QUARTERS]
