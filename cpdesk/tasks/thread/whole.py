"""The whole thread of one plan, from the figures that led to it to the plan that goes on from it: one page to read.

Everything is read a kind at a time, so that a plan of five thousand activities takes no longer than its table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from cpdesk.store import Desk, Record
from cpdesk.tasks import plans, records
from cpdesk.tasks.progress.lines import sweep
from cpdesk.tasks.thread import knots
from cpdesk.tasks.thread.knots import Knot, Tying, digits_of
from cpdesk.tasks.thread.one import thread, why


@dataclass(frozen=True)
class Answer:
    """An activity as it is named beside what it answers: its number and words."""

    id: str
    code: str
    text: str


@dataclass(frozen=True)
class Point:
    """A priority with why it is one, or a strong or weak point; and the activities that answer it."""

    record: Record
    why: list[Knot]
    answers: list[Answer]


@dataclass(frozen=True)
class Line:
    """An activity: `back` is why it is here, `on` what came of it; of its reports only the last."""

    record: Record
    code: str
    responsible: str
    back: list[Knot] = field(default_factory=list)
    on: list[Knot] = field(default_factory=list)


@dataclass(frozen=True)
class Branch:
    """An objective, or an output under it, with what was said about it and its own activities."""

    record: Record
    code: str
    back: list[Knot]
    lines: list[Line]


@dataclass(frozen=True)
class Whole:
    """`before`: previous plan, meetings, inputs about the plan; `after`: approved versions and the next plan."""

    plan: Record
    before: list[Knot]
    priorities: list[Point]
    swot: list[Point]
    branches: list[Branch]
    after: list[Knot]

    @property
    def lines(self) -> list[Line]:
        return [line for branch in self.branches for line in branch.lines]

    def loose(self) -> list[Line]:
        """Activities that answer no priority."""
        return [line for line in self.lines if not line.record["priority"]]


def whole(desk: Desk, plan: str) -> Whole:
    """The thread of that plan. `NotFound` where it is not here."""
    around = thread(desk, plan)
    after = [knot for knot in around.on if knot.kind in ("plan_version", "plan") or knot.relation == knots.NEXT]
    return _Weaver(desk, around.record).woven(around.back, after)


class _Weaver:
    def __init__(self, desk: Desk, plan: Record) -> None:
        self.desk, self.plan = desk, plan
        self.tying = Tying(desk, plan.id)
        self.tree = plans.tree(desk, plan.id)
        self.codes = {id_: digits_of(code) for id_, code in plans.codes(desk, plan.id, self.tree).items()}
        self.priorities = {p.id: p for p in records.children(desk, "priority", plan.id)}
        self.swot = records.children(desk, "swot", plan.id)
        self.inputs = self._about("input", ("about", "became"))
        self.follow_ups = self._about("follow_up", ("about",))
        self.points: dict[str, list[Record]] = defaultdict(list)
        for point in self.swot:
            for id_ in point.text("answered_by").split():
                self.points[id_].append(point)
        self.reports = self._last_reports()
        self.later = self._carried_on()

    def _about(self, kind: str, fields: tuple[str, ...]) -> dict[str, list[Record]]:
        """The records of that kind that name a part of the plan, by part: only these are read, of however many."""
        named = {str(id_): set(about) & self.codes.keys() for id_, *about in sweep(self.desk, kind, fields)}
        those = records.some(self.desk, kind, [id_ for id_, parts in named.items() if parts])
        found: dict[str, list[Record]] = defaultdict(list)
        for record in sorted(those.values(), key=lambda one: (one["order"] is None, one["order"] or 0, one.id)):
            for part in named[record.id]:
                found[str(part)].append(record)
        return found

    def _last_reports(self) -> dict[str, Record]:
        last: dict[str, tuple[int, int, str]] = {}
        for id_, activity, year, quarter in sweep(self.desk, "progress", ("activity", "year", "quarter")):
            if activity in self.codes and isinstance(year, int) and isinstance(quarter, int):
                last[str(activity)] = max(last.get(str(activity), (0, 0, "")), (year, quarter, str(id_)))
        there = records.some(self.desk, "progress", [id_ for _y, _q, id_ in last.values()])
        return {activity: there[id_] for activity, (_y, _q, id_) in last.items()}

    def _carried_on(self) -> dict[str, list[Record]]:
        rows = sweep(self.desk, "activity", ("carried_from",))
        pairs = [(str(before), str(id_)) for id_, before in rows if before in self.codes]
        there = records.some(self.desk, "activity", [id_ for _before, id_ in pairs])
        found: dict[str, list[Record]] = defaultdict(list)
        for before, id_ in pairs:
            found[before].append(there[id_])
        return found

    def woven(self, before: list[Knot], after: list[Knot]) -> Whole:
        branches = list(self._branches())
        answers: dict[str, list[Answer]] = defaultdict(list)
        named: dict[str, Answer] = {}
        for line in (line for branch in branches for line in branch.lines):
            one = named[line.record.id] = Answer(line.record.id, line.code, line.record.text("text"))
            answers[line.record.text("priority")].append(one)
        ranked = sorted(self.priorities.values(), key=lambda p: (p["rank"] is None, p["rank"] or 0, p.id))
        priorities = [Point(p, why(self.tying, p), answers[p.id]) for p in ranked]
        swot = [Point(p, [], [named[id_] for id_ in p.text("answered_by").split() if id_ in named]) for p in self.swot]
        return Whole(self.plan, before, priorities, swot, branches, after)

    def _branches(self) -> Iterator[Branch]:
        for objective in self.tree:
            yield self._branch(objective.record, objective.activities)
            for output in objective.outputs:
                yield self._branch(output.record, output.activities)

    def _branch(self, record: Record, activities: list[Record]) -> Branch:
        said = [self.tying.knot(one) for one in self.inputs[record.id]]
        return Branch(record, self.codes[record.id], said, [self._line(one) for one in activities])

    def _line(self, record: Record) -> Line:
        tying, id_ = self.tying, record.id
        back: list[Knot] = []
        priority = record["priority"]
        if priority in self.priorities:
            back.append(tying.knot(self.priorities[str(priority)], knots.ANSWERS))
        elif priority:
            back += tying.to(priority, knots.ANSWERS)
        back += [tying.knot(one) for one in self.inputs[id_]]
        back += [tying.knot(one, knots.ANSWERS) for one in self.points[id_]]
        back += tying.to(record["carried_from"], knots.CARRIED_FROM)
        on = [tying.knot(one) for one in self.follow_ups[id_]]
        if record["investment_programme"] or record["investment_line"] or record["investment"]:
            on.append(tying.knot(record, knots.INVESTMENT))
        if id_ in self.reports:
            on.append(tying.knot(self.reports[id_]))
        on += [tying.knot(one, knots.CARRIED_TO) for one in self.later[id_]]
        return Line(record, self.codes[id_], tying.name(record.text("responsible")), back, on)
