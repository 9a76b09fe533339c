"""The next plan from the last: what is not finished goes on with its history, what was reached is the new baseline.

Each line and indicator that goes on remembers the one it comes from (`carried_from`), and the plan the one before
it (`previous`), so that the thread runs through both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cpdesk.analysis.progress import year_value
from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.store import Desk, Record
from cpdesk.tasks import Progress, no_progress, plans, records
from cpdesk.tasks.versions import Doer, undo_of

OVER = ("done", "dropped")  # what a last report says of an activity that does not go on
Quarter = tuple[int, int]


@dataclass(frozen=True)
class Carried:
    """The new plan, and what each carried record became: old id → new id."""

    plan: str
    ids: Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """An activity of the last plan with the status that its newest report gives; None where nobody reported."""

    record: Record
    status: str | None

    @property
    def finished(self) -> bool:
        return self.status in OVER


def choices(desk: Desk, plan: str) -> list[Choice]:
    """The plan's activities in their order, each with how far it came."""
    came = _statuses(desk)
    return [Choice(activity, came.get(activity.id)) for activity in plans.activities(desk, plan)]


def _statuses(desk: Desk) -> dict[str, str]:
    """activity → the status of its newest report that says one."""
    found: dict[str, tuple[Quarter, str]] = {}
    for _id, *row in records.columns(desk, "progress", ("activity", "year", "quarter", "status")):
        activity, year, quarter, status = row
        if not (isinstance(activity, str) and isinstance(year, int) and isinstance(quarter, int) and status):
            continue
        if activity not in found or found[activity][0] < (year, quarter):
            found[activity] = ((year, quarter), str(status))
    return {activity: status for activity, (_when, status) in found.items()}


def carry_over(
    doer: Doer,
    plan: str,
    *,
    title: str,
    first_year: int,
    last_year: int,
    activities: Collection[str] | None = None,
    with_quarters: bool = False,
    with_targets: bool = False,
    with_budget: bool = False,
    with_priorities: bool = True,
    with_swot: bool = False,
    progress: Progress = no_progress,
) -> Carried:
    """Make the plan that follows `plan`, as one step. `progress` counts activities.

    `activities` are the ids that go on; None means all that are not finished. Their objectives and outputs come along,
    and so do indicators, with what was reached last as their baseline. Quarters, targets and budgets, where asked for,
    move by as many years as the plan does; what falls behind its last year stays away.
    """
    undo = undo_of(doer)
    old = records.get(undo.desk, plan)
    if old.kind.name != "plan":
        raise BadInput(_("{id} is a record of another kind ({kind}).").format(id=plan, kind=old.kind.label))
    if last_year < first_year:
        raise BadInput(_("The plan's last year lies before its first."), _("No plan was made."))
    if activities is None:
        activities = [one.record.id for one in choices(undo.desk, plan) if not one.finished]
    carrier = _Carrier(undo.desk, old, first_year, last_year, with_quarters, with_targets, with_budget)
    done = 0
    with undo.together(_("start the next plan")):
        for kind, values, before in carrier.drafts(title, set(activities), with_priorities, with_swot):
            carrier.ids[before] = undo.save(kind, values).id
            if kind == "activity":
                done += 1
                progress(done, len(activities))
    new = carrier.ids.pop(plan)
    return Carried(new, carrier.ids)


Draft = tuple[str, dict[str, object], str]  # kind, values, the id of what it comes from


class _Carrier:
    """Tells what to make, in an order in which everything that is referred to is there already.

    `ids` grows while its drafts are saved; a draft is only made when its turn comes.
    """

    def __init__(
        self, desk: Desk, old: Record, first: int, last: int, with_quarters: bool, with_targets: bool, with_budget: bool
    ) -> None:
        self.desk, self.old, self.first, self.last = desk, old, first, last
        self.with_quarters, self.with_targets, self.with_budget = with_quarters, with_targets, with_budget
        before = old["first_year"]
        self.shift = first - before if isinstance(before, int) else 0
        self.ids: dict[str, str] = {}

    def drafts(self, title: str, wanted: set[str], priorities: bool, swot: bool) -> Iterator[Draft]:
        kept = {name: self.old[name] for name in ("sort", "office", "body", "rate")}
        years = {"first_year": self.first, "last_year": self.last}
        own = {"title": title, **years, "previous": self.old.id, "state": "draft", "version": 1}
        yield "plan", {**kept, **own}, self.old.id
        if priorities:
            for record in records.children(self.desk, "priority", self.old.id):
                yield self._copy(record, {"plan": self.ids[self.old.id]})
        yield from self._tree(wanted)
        if swot:
            for record in records.children(self.desk, "swot", self.old.id):
                answers = [self.ids[id_] for id_ in record.text("answered_by").split() if id_ in self.ids]
                yield self._copy(record, {"plan": self.ids[self.old.id], "answered_by": answers})

    def _tree(self, wanted: set[str]) -> Iterator[Draft]:
        for node in plans.tree(self.desk, self.old.id):
            own = [a for a in node.activities if a.id in wanted]
            outputs = [(o, [a for a in o.activities if a.id in wanted]) for o in node.outputs]
            outputs = [(o, going) for o, going in outputs if going or not o.activities]
            if (node.activities or node.outputs) and not own and not outputs:
                continue
            yield self._copy(node.record, {"plan": self.ids[self.old.id], "carried_from": node.record.id})
            yield from self._indicators(node.record.id)
            yield from self._activities(own, node.record.id)
            for output, going in outputs:
                kept = {"objective": self.ids[node.record.id], "carried_from": output.record.id}
                yield self._copy(output.record, kept)
                yield from self._indicators(output.record.id)
                yield from self._activities(going, output.record.id)

    def _activities(self, going: list[Record], above: str) -> Iterator[Draft]:
        for activity in going:
            values: dict[str, object] = {
                "output": self.ids[above],
                "carried_from": activity.id,
                "priority": self.ids.get(activity.text("priority")),
                "year_quarters": self._quarters(activity.text("year_quarters")),
            }
            yield self._copy(activity, values)
            yield from self._indicators(activity.id)
            if self.with_budget:
                for line in records.children(self.desk, "budget_line", activity.id):
                    yield from self._moved(line, {"activity": self.ids[activity.id]})

    def _indicators(self, above: str) -> Iterator[Draft]:
        for indicator in records.children(self.desk, "indicator", above):
            reached = reached_last(self.desk, indicator)
            values: dict[str, object] = {"of": self.ids[above], "carried_from": indicator.id}
            if reached is not None:
                values |= {"baseline_year": reached[0], "baseline": format(reached[1], "f")}
            yield self._copy(indicator, values)
            if self.with_targets:
                for target in records.children(self.desk, "target", indicator.id):
                    yield from self._moved(target, {"indicator": self.ids[indicator.id]})

    def _copy(self, record: Record, values: Mapping[str, object]) -> Draft:
        blank = {name: value for name, value in record.values.items() if value is not None}
        return record.kind.name, {**blank, **values}, record.id

    def _moved(self, record: Record, values: dict[str, object]) -> Iterator[Draft]:
        """A target or budget as many years on as the plan; none where that lies behind the plan's end."""
        year = record["year"]
        if isinstance(year, int) and self.first <= year + self.shift <= self.last:
            yield self._copy(record, {**values, "year": year + self.shift})

    def _quarters(self, chosen: str) -> str | None:
        if not self.with_quarters:
            return None
        moved = ((int(one[:4]) + self.shift, one[4:]) for one in chosen.split())
        return " ".join(f"{year}{quarter}" for year, quarter in moved if self.first <= year <= self.last) or None


def reached_last(desk: Desk, indicator: Record) -> tuple[int, Decimal] | None:
    """(year, value) of the last year that has an actual value; None where there is none."""
    values: dict[Quarter, Decimal] = {}
    for actual in records.children(desk, "actual", indicator.id):
        year, quarter, value = actual["year"], actual["quarter"], actual["value"]
        if isinstance(year, int) and isinstance(quarter, int) and isinstance(value, str):
            values[year, quarter] = Decimal(value)
    if not values:
        return None
    year = max(values)[0]
    reached = year_value({quarter: v for (when, quarter), v in values.items() if when == year}, adds_up(indicator))
    return None if reached is None else (year, reached)


def adds_up(indicator: Record) -> bool:
    """Whether its quarters make the year together; blank means that they do."""
    return indicator["cumulative"] is not False
