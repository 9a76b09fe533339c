"""What one does with the priorities and the strong and weak points of a plan: rank them, say what answers them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cpdesk.i18n import _
from cpdesk.store import Desk, Record
from cpdesk.tasks import records
from cpdesk.tasks.records import STEP
from cpdesk.tasks.undo import Undo

SORTS = ("strength", "weakness", "opportunity", "threat")
TO_ANSWER = ("weakness", "threat")  # what asks for an answer; strengths and opportunities may have one


def priorities(desk: Desk, plan: str) -> list[Record]:
    """By their rank; those without one last."""
    return records.children(desk, "priority", plan)


def swot(desk: Desk, plan: str, sort: str) -> list[Record]:
    """The points of one sort in their order."""
    return [one for one in records.children(desk, "swot", plan) if one["sort"] == sort]


def answers(desk: Desk, priority: str) -> list[Record]:
    """The activities that answer a priority."""
    return records.find(desk, "activity", {"priority": priority})


def next_rank(desk: Desk, plan: str) -> int:
    """The rank behind the last priority."""
    ranks = [one["rank"] for one in priorities(desk, plan)]
    return max((rank for rank in ranks if isinstance(rank, int)), default=0) + 1


def next_place(desk: Desk, plan: str, sort: str) -> int:
    """The order behind the last point of a sort."""
    places = [one["order"] for one in swot(desk, plan, sort)]
    return max((place for place in places if isinstance(place, int)), default=0) + STEP


def move(undo: Undo, ids: Sequence[str], id_: str, to: int) -> bool:
    """Put one of these priorities or points, which stand in this order, at place `to`; one step of undo. False where
    it stands there already or there is no such place.

    Priorities are numbered anew from 1; of points only the moved one changes while there is room for it.
    """
    at = list(ids).index(id_)
    if to == at or not 0 <= to < len(ids):
        return False
    order = [other for other in ids if other != id_]
    order.insert(to, id_)
    there = {one: records.get(undo.desk, one) for one in order}
    kind = there[id_].kind
    with undo.together(_("move {kind}").format(kind=kind.label)):
        if kind.name == "priority":
            _number(undo, "rank", [there[one] for one in order], 1)
        elif (place := _between(there, order, to)) is not None:
            undo.save(kind.name, {"order": place}, id_)
        else:
            _number(undo, "order", [there[one] for one in order], STEP)
    return True


def _number(undo: Undo, field: str, order: Sequence[Record], step: int) -> None:
    for number, one in enumerate(order, 1):
        if one[field] != number * step:
            undo.save(one.kind.name, {field: number * step}, one.id)


def _between(there: dict[str, Record], order: Sequence[str], to: int) -> int | None:
    """A place between the neighbours; None where they leave no room or have none themselves."""
    before = there[order[to - 1]]["order"] if to else None
    behind = there[order[to + 1]]["order"] if to + 1 < len(order) else None
    if to == 0:
        return behind - STEP if isinstance(behind, int) else None
    if not isinstance(before, int):
        return None
    if to + 1 == len(order):
        return before + STEP
    return (before + behind) // 2 if isinstance(behind, int) and behind - before > 1 else None


def answer(undo: Undo, priority: str, activities: Collection[str]) -> bool:
    """Let exactly these activities answer a priority, as one step; those that answered another now answer this one.
    False where nothing changed.
    """
    wanted = set(activities)
    now = {one.id for one in answers(undo.desk, priority)}
    if wanted == now:
        return False
    with undo.together(_("link activities to a priority")):
        for id_ in sorted(now - wanted):
            undo.save("activity", {"priority": None}, id_)
        for id_ in sorted(wanted - now):
            undo.save("activity", {"priority": priority}, id_)
    return True


def loose(desk: Desk, plan: str) -> list[tuple[str, Record]]:
    """The activities of a plan that answer none of its priorities, each with its number."""
    from cpdesk.tasks import plans

    known = {one.id for one in priorities(desk, plan)}
    tree = plans.tree(desk, plan)
    codes = plans.codes(desk, plan, tree)
    groups = [group for o in tree for group in (o.activities, *(n.activities for n in o.outputs))]
    return [(codes[one.id], one) for group in groups for one in group if one["priority"] not in known]


def remove_and_close_ranks(undo: Undo, priority: str) -> None:
    """Put a priority into the bin; those behind it move up. One step."""
    record = records.get(undo.desk, priority)
    with undo.together(_("delete {kind}").format(kind=record.kind.label)):
        undo.delete(priority)
        _number(undo, "rank", priorities(undo.desk, record.text("plan")), 1)
