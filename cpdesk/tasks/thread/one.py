"""The thread from one record on: where it came from (`back`), and what came of it (`on`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cpdesk.kinds import Kind
from cpdesk.records import kind as kind_of
from cpdesk.store import Desk, Record
from cpdesk.store import find as reading
from cpdesk.tasks import records
from cpdesk.tasks.thread import knots
from cpdesk.tasks.thread.knots import Knot, Tying

MOST = 60  # knots of one sort: a measure has ten thousand figures, and nobody reads them here
HOLDS = {"objective": ("output", "activity"), "output": ("activity",), "plan": ("objective",)}
PLAN_PARTS = ("plan", "objective", "output")


@dataclass(frozen=True)
class Thread:
    """Both lists in the order of the story; a knot with depth 1 is tied to the one beside it and not to the record."""

    record: Record
    back: list[Knot]
    on: list[Knot]

    @property
    def empty(self) -> bool:
        return not self.back and not self.on


def thread(desk: Desk, id_: str) -> Thread:
    """Where that record came from and what came of it. `NotFound` where it is not here."""
    record = records.get(desk, id_)
    tying = Tying(desk, _home(desk, record))
    back, on = _TOLD.get(record.kind.name, _other)(tying, record)
    return Thread(record, back, on)


def _home(desk: Desk, record: Record) -> str | None:
    from cpdesk.tasks import plans

    if record.kind.name == "follow_up" or (record.kind.name not in PLAN_PARTS and record.kind.parent is None):
        return None
    plan = plans.plan_of(desk, record.id)
    return plan.id if plan is not None else None


Told = tuple[list[Knot], list[Knot]]


def _activity(tying: Tying, record: Record) -> Told:
    back: list[Knot] = []
    for knot in tying.to(record["priority"], knots.ANSWERS):
        back += [*(why(tying, knot.record, 1) if knot.record is not None else []), knot]
    back += _all(tying, _inputs(tying.desk, record.id))
    back += _all(tying, _naming(tying, "swot", "answered_by", record.id), knots.ANSWERS)
    back += tying.to(record["carried_from"], knots.CARRIED_FROM)
    on = _all(tying, records.find(tying.desk, "follow_up", {"about": record.id}))
    if record["investment_programme"] or record["investment_line"] or record["investment"]:
        on.append(tying.knot(record, knots.INVESTMENT))
    on += _reports(tying, record.id)
    return back, on + _carried_to(tying, record)


def _reports(tying: Tying, activity: str) -> list[Knot]:
    """The newest quarter first."""
    return _all(tying, records.children(tying.desk, "progress", activity)[::-1])


def _carried_to(tying: Tying, record: Record) -> list[Knot]:
    later = records.find(tying.desk, record.kind.name, {"carried_from": record.id})
    return _all(tying, later, knots.CARRIED_TO)


def _inputs(desk: Desk, id_: str, *fields: str) -> list[Record]:
    """What was said about a record or became it, once each, in the order of the meetings."""
    found: dict[str, Record] = {}
    for name in fields or ("became", "about"):
        found |= {one.id: one for one in records.find(desk, "input", {name: id_})}
    return list(found.values())


def why(tying: Tying, priority: Record, depth: int = 0) -> list[Knot]:
    """The figures and measures that a priority rests on, then what was said."""
    ids = priority.text("why").split()
    return sorted((knot for id_ in ids for knot in tying.to(id_, depth=depth)), key=lambda knot: knot.kind == "input")


def _priority(tying: Tying, record: Record) -> Told:
    back = why(tying, record)
    answers = records.find(tying.desk, "activity", {"priority": record.id})
    return back, _all(tying, answers, knots.ANSWERED)


def _plan_part(tying: Tying, record: Record) -> Told:
    """A plan, objective or output: what was said of it; what it holds goes on."""
    desk, kind = tying.desk, record.kind.name
    back = _all(tying, _inputs(desk, record.id, "about"))
    if kind != "plan":
        back = tying.to(record[str(record.kind.parent)]) + back
    on = [k for name in HOLDS[kind] for k in _all(tying, records.children(desk, name, record.id))]
    if kind == "plan":
        meetings = records.find(desk, "meeting", {"plan": record.id})
        back = tying.to(record["previous"], knots.PREVIOUS) + _all(tying, meetings) + back
        on = _all(tying, records.children(desk, "plan_version", record.id)) + on
        on += _all(tying, records.find(desk, "plan", {"previous": record.id}), knots.NEXT)
    return back, on


def _input(tying: Tying, record: Record) -> Told:
    back = tying.to(record["meeting"]) + tying.to(record["agenda_item"], depth=1)
    back += _shown_before(tying, record)
    on = tying.to(record["became"], knots.BECAME)
    if record["about"] != record["became"]:
        on += tying.to(record["about"], knots.ABOUT)
    return back, on + _answered(tying, record.id)


def _answered(tying: Tying, id_: str) -> list[Knot]:
    """The priorities that rest on a figure, a measure or an input, each with the activities that answer it."""
    found: list[Knot] = []
    for priority in _naming(tying, "priority", "why", id_):
        found.append(tying.knot(priority))
        answers = records.find(tying.desk, "activity", {"priority": priority.id})
        found += _all(tying, answers, knots.ANSWERED, 1)
    return found


def _shown_before(tying: Tying, record: Record) -> list[Knot]:
    """The presentations under the same item of the agenda."""
    item = record["agenda_item"]
    found = records.find(tying.desk, "presentation", {"agenda_item": item}) if item else []
    return _all(tying, found, depth=1)


def _follow_up(tying: Tying, record: Record) -> Told:
    about = record["about"]
    back = tying.to(record["meeting"]) + tying.to(about, knots.ABOUT)
    return back, _reports(tying, about) if isinstance(about, str) else []


def _meeting(tying: Tying, record: Record) -> Told:
    desk = tying.desk
    on = tying.to(record["plan"])
    for kind in ("presentation", "input", "follow_up"):
        on += _all(tying, records.children(desk, kind, record.id))
    return [], on


def _in_meeting(tying: Tying, record: Record) -> Told:
    """An item of the agenda or a presentation: what was said under it."""
    item = record.id if record.kind.name == "agenda_item" else record["agenda_item"]
    on: list[Knot] = []
    if isinstance(item, str):
        kinds = ("presentation", "input") if item == record.id else ("input",)
        on = [k for kind in kinds for k in _all(tying, records.find(tying.desk, kind, {"agenda_item": item}))]
    return tying.to(record["meeting"]), on


def _figure(tying: Tying, record: Record) -> Told:
    back = tying.to(record["measure"]) if record.kind.name == "figure" else tying.to(record["base"])
    return back, _answered(tying, record.id)


def _swot(tying: Tying, record: Record) -> Told:
    on = [knot for id_ in record.text("answered_by").split() for knot in tying.to(id_, knots.ANSWERED)]
    return tying.to(record["plan"]), on


def _indicator(tying: Tying, record: Record) -> Told:
    back = tying.to(record["of"]) + tying.to(record["carried_from"], knots.CARRIED_FROM)
    reached = _all(tying, records.children(tying.desk, "actual", record.id)[::-1])
    return back, reached + _carried_to(tying, record)


def _progress(tying: Tying, record: Record) -> Told:
    desk = tying.desk
    back = tying.to(record["activity"])
    for knot in back[:1]:
        if knot.record is not None:
            back = [*back, *(k for k in tying.to(knot.record["priority"], knots.ANSWERS, 1))]
    on = _all(tying, records.children(desk, "attachment", record.id))
    on += _all(tying, records.find(desk, "activity", {"carried_from": record["activity"]}), knots.CARRIED_TO)
    return back, on


def _other(tying: Tying, record: Record) -> Told:
    """Any other part leads to its whole."""
    parent = record.kind.parent
    return (tying.to(record[parent]) if parent else []), []


def _naming(tying: Tying, kind: str, field: str, id_: str) -> list[Record]:
    whole: Kind = kind_of(kind)
    return reading.naming(tying.desk.db, whole, field, id_)


def _all(tying: Tying, found: list[Record], relation: str = knots.ITSELF, depth: int = 0) -> list[Knot]:
    return [tying.knot(record, relation, depth) for record in found[:MOST]]


_TOLD: dict[str, Callable[[Tying, Record], Told]] = {
    "activity": _activity,
    "priority": _priority,
    "objective": _plan_part,
    "output": _plan_part,
    "plan": _plan_part,
    "input": _input,
    "follow_up": _follow_up,
    "meeting": _meeting,
    "agenda_item": _in_meeting,
    "presentation": _in_meeting,
    "figure": _figure,
    "measure": _figure,
    "swot": _swot,
    "indicator": _indicator,
    "progress": _progress,
}
