"""What the plans that are not closed still lack. Each kind is read once, however many plans there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cpdesk.khmer import digits
from cpdesk.kinds import Value
from cpdesk.store import Desk
from cpdesk.tasks import plans, records
from cpdesk.tasks.checks.finding import Finding
from cpdesk.tasks.progress import Period
from cpdesk.tasks.progress.lines import Outline, outline, sweep, words
from cpdesk.tasks.progress.reporting import owes, periods, statuses, under_way
from cpdesk.tasks.thread.knots import digits_of

KINDS = frozenset({
    "plan", "objective", "output", "activity", "indicator", "target", "budget_line", "priority", "swot", "progress",
})  # fmt: skip
WORKED_OUT = ("text", "code", "responsible", "investment_line", "priority")


@dataclass
class _Hung:
    """What hangs on activities, by activity; and what points at priorities and from points."""

    activities: dict[str, dict[str, Value]] = field(default_factory=dict)
    indicated: set[Value] = field(default_factory=set)
    targeted: set[Value] = field(default_factory=set)
    budgets: dict[Value, list[tuple[int, str, str]]] = field(default_factory=lambda: defaultdict(list))
    answered: set[Value] = field(default_factory=set)
    statuses: dict[str, dict[Period, str]] = field(default_factory=dict)


def findings(desk: Desk, today: date) -> list[Finding]:
    """All of them, plan by plan, the newest plan first."""
    live = [plan for plan in records.find(desk, "plan", descending=True) if plan["state"] != "closed"]
    if not live:
        return []
    hung = _read(desk)
    found: list[Finding] = []
    for plan in live:
        whole = outline(desk, plan.id)
        found += _quarters(desk, plan.id, whole, hung, today)
        found += _lines(desk, plan.id, whole, hung)
        found += _points(desk, plan.id, hung)
    return found


def _read(desk: Desk) -> _Hung:
    hung = _Hung(statuses=statuses(desk))
    for id_, *values in sweep(desk, "activity", WORKED_OUT):
        told = dict(zip(WORKED_OUT, values, strict=True))
        hung.activities[str(id_)] = told
        hung.answered.add(told["priority"])
    owner = {row[0]: row[1] for row in sweep(desk, "indicator", ("of",))}
    hung.indicated.update(owner.values())
    for _id, indicator, target in sweep(desk, "target", ("indicator", "value")):
        if target is not None:
            hung.targeted.add(owner.get(indicator))
    for _id, activity, year, amount, currency in sweep(desk, "budget_line", ("activity", "year", "amount", "currency")):
        if amount is not None and isinstance(year, int):
            hung.budgets[activity].append((year, str(amount), str(currency or "")))
    return hung


def _quarters(desk: Desk, plan: str, whole: Outline, hung: _Hung, today: date) -> Iterator[Finding]:
    """The quarters that are over and of which reports are owed, the oldest first. A draft owes nothing yet."""
    if not under_way(records.get(desk, plan)["state"], whole.lines, hung.statuses):
        return
    for period in periods(desk, plan):
        if period >= Period.of(today):
            break
        owed = sum(owes(line, hung.statuses.get(line.id, {}), period) for line in whole.lines)
        if owed:
            yield Finding(
                "quarter_no_progress", plan, period.title(), plan, count=owed, year=period.year, quarter=period.quarter
            )  # fmt: skip


def _lines(desk: Desk, plan: str, whole: Outline, hung: _Hung) -> Iterator[Finding]:
    years = plans.years(desk, plan)
    ranked = records.count(desk, "priority", {"plan": plan}) > 0
    for line in whole.lines:
        told = hung.activities.get(line.id)
        if told is None or _dropped(hung.statuses.get(line.id, {})):
            continue
        title = f"{digits_of(line.code)} · {line.text}" if line.text else digits_of(line.code)
        lacks = {
            "no_responsible": told["responsible"] is None,
            "no_indicator": line.id not in hung.indicated,
            "no_target": line.id in hung.indicated and line.id not in hung.targeted,
            "no_budget": line.id not in hung.budgets,
            "no_investment": told["investment_line"] is None,
            "activity_no_priority": ranked and told["priority"] is None,
        }
        for key, lacking in lacks.items():
            if lacking:
                yield Finding(key, line.id, title, plan)
        if years and line.id in hung.budgets:
            yield from _outside(plan, line.id, title, years, hung.budgets[line.id])


def _outside(
    plan: str, activity: str, title: str, years: list[int], lines: list[tuple[int, str, str]]
) -> Iterator[Finding]:
    for year, amount, currency in sorted(lines):
        if year not in years:
            sign = {"KHR": " ៛", "USD": " $"}.get(currency, "")
            values = {
                "amount": digits.number(Decimal(amount)) + sign,
                "year": digits.count(year),
                "first": digits.count(years[0]),
                "last": digits.count(years[-1]),
            }
            yield Finding("budget_outside", activity, title, plan, values=values, year=year)


def _points(desk: Desk, plan: str, hung: _Hung) -> Iterator[Finding]:
    ranked = sweep(desk, "priority", ("rank", "text"), {"plan": plan})
    for id_, _rank, text in sorted(ranked, key=lambda row: row[1] if isinstance(row[1], int) else 1 << 30):
        if id_ not in hung.answered:
            yield Finding("priority_no_activity", str(id_), words(text), plan)
    for id_, text, answer in sweep(desk, "swot", ("text", "answered_by"), {"plan": plan, "sort": "weakness"}):
        if answer is None:
            yield Finding("weakness_no_answer", str(id_), words(text), plan)


def _dropped(said: dict[Period, str]) -> bool:
    """Nobody needs to fill in what was given up."""
    return bool(said) and said[max(said)] == "dropped"
