"""A plan as people see it: objectives with their outputs with their activities."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from cpdesk.errors import NotFound
from cpdesk.store import Desk, Record
from cpdesk.tasks import desk as desks
from cpdesk.tasks import records


@dataclass(frozen=True)
class OutputNode:
    record: Record
    activities: list[Record] = field(default_factory=list)


@dataclass(frozen=True)
class ObjectiveNode:
    """`activities` are those that hang on the objective itself."""

    record: Record
    outputs: list[OutputNode] = field(default_factory=list)
    activities: list[Record] = field(default_factory=list)


def rate(desk: Desk, plan: str) -> Decimal | None:
    """Riel for one dollar in this plan: its own rate, else the office's; None where neither is known."""
    own = records.get(desk, plan)["rate"]
    usual = own if own is not None else desks.office(desk)["rate"]
    return Decimal(usual) if isinstance(usual, str) else None


def years(desk: Desk, plan: str) -> list[int]:
    """The years that a plan spans, first to last; none where they are not said or cannot be."""
    record = records.get(desk, plan)
    first, last = record["first_year"], record["last_year"]
    if not isinstance(first, int) or not isinstance(last, int) or last - first >= 20:
        return []
    return list(range(first, last + 1))


def tree(desk: Desk, plan: str) -> list[ObjectiveNode]:
    return [
        ObjectiveNode(
            objective,
            [
                OutputNode(o, records.children(desk, "activity", o.id))
                for o in records.children(desk, "output", objective.id)
            ],
            records.children(desk, "activity", objective.id),
        )
        for objective in records.children(desk, "objective", plan)
    ]


def activities(desk: Desk, plan: str) -> list[Record]:
    """All activities of a plan in the order of its tree."""
    return [a for o in tree(desk, plan) for group in (o.activities, *(n.activities for n in o.outputs)) for a in group]


def plan_of(desk: Desk, part: str) -> Record | None:
    """The plan that an objective, output or activity belongs to; None where it has not arrived."""
    record = records.get(desk, part)
    while record.kind.name != "plan":
        above = record.values.get(record.kind.parent) if record.kind.parent else None
        if not isinstance(above, str):
            return None
        try:
            record = records.get(desk, above)
        except NotFound:
            return None
    return record


def codes(desk: Desk, plan: str, nodes: list[ObjectiveNode] | None = None) -> dict[str, str]:
    """The numbers that people call the parts by: 1, 1.1, 1.1.1; an activity's own code goes before. `nodes` is the
    plan's tree where it was read already.
    """
    found: dict[str, str] = {}
    for i, objective in enumerate(tree(desk, plan) if nodes is None else nodes, 1):
        found[objective.record.id] = str(i)
        for n, activity in enumerate(objective.activities, 1):
            found[activity.id] = activity.text("code") or f"{i}.{n}"
        for j, output in enumerate(objective.outputs, 1):
            found[output.record.id] = f"{i}.{j}"
            for n, activity in enumerate(output.activities, 1):
                found[activity.id] = activity.text("code") or f"{i}.{j}.{n}"
    return found
