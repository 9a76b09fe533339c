"""How a plan agrees with the investment programmes: line by line, by how far the money is promised, and what the
integration workshop still lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cpdesk import records as kinds
from cpdesk.analysis.money import Money, add
from cpdesk.kinds import Choice
from cpdesk.store import Desk, Record
from cpdesk.tasks import budgets, plans, records

MISSING = ("investment", "investment_programme", "investment_line", "budget", "responsible")


@dataclass(frozen=True)
class Aligned:
    """One activity: how its money stands, how much it is, and which of MISSING it lacks."""

    activity: Record
    code: str
    amount: Money
    missing: tuple[str, ...]

    @property
    def state(self) -> str:
        """The key of the field `investment`; "" where it is not said."""
        return self.activity.text("investment")


@dataclass(frozen=True)
class StateSum:
    state: str
    activities: int
    amount: Money


@dataclass(frozen=True)
class Alignment:
    """`states` are in the order of the choice, what is not said last; each is there even with nothing in it."""

    lines: tuple[Aligned, ...]
    states: tuple[StateSum, ...]
    missing: Mapping[str, int]

    @property
    def ready(self) -> int:
        """How many activities lack nothing for the workshop."""
        return sum(not line.missing for line in self.lines)


def alignment(desk: Desk, plan: str) -> Alignment:
    rate = plans.rate(desk, plan)
    codes = plans.codes(desk, plan)
    activities = plans.activities(desk, plan)
    money: dict[str, list[budgets.Entry]] = {}
    for line in budgets.lines(desk, (activity.id for activity in activities)):
        money.setdefault(line.activity, []).append((line.amount, line.currency))
    found = []
    for activity in activities:
        amount = add(money.get(activity.id, ()), rate)
        found.append(Aligned(activity, codes[activity.id], amount, _missing(activity, amount)))
    states = []
    for state in (*states_in_order(), ""):
        mine = [line for line in found if line.state == state]
        entries = (entry for line in mine for entry in money.get(line.activity.id, ()))
        states.append(StateSum(state, len(mine), add(entries, rate)))
    lacking = {what: sum(what in line.missing for line in found) for what in MISSING}
    return Alignment(tuple(found), tuple(states), lacking)


def states_in_order() -> tuple[str, ...]:
    """How far money is promised, the surest first: ongoing, pledged, not pledged, none."""
    type_ = kinds.kind("activity").field("investment").type
    assert isinstance(type_, Choice)
    keys = [option.key for option in type_.options]
    return (*(key for key in keys if key != "none"), "none")


def label(state: str) -> str:
    return kinds.kind("activity").field("investment").type.show(state or None)


def _missing(activity: Record, amount: Money) -> tuple[str, ...]:
    lacks = [name for name in ("investment", "investment_programme", "investment_line") if activity[name] is None]
    if not amount.lines:
        lacks.append("budget")
    if activity["responsible"] is None:
        lacks.append("responsible")
    return tuple(lacks)


def named(desk: Desk, line: Aligned) -> str:
    """Who is responsible, in words."""
    return records.show(desk, line.activity, "responsible")
