"""Two versions of a plan, a version and the plan as it is now, or two plans, side by side and cell by cell.

What hangs on a line (indicators, targets, budgets) is told in cells of the line, as people read a matrix.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cpdesk import records as kinds
from cpdesk.analysis import compare as pairing
from cpdesk.analysis.compare import Cell as PairCell
from cpdesk.analysis.compare import Line, Pair, Part
from cpdesk.errors import NotFound
from cpdesk.i18n import _, pick
from cpdesk.khmer import dates, digits
from cpdesk.kinds import Ref, Value
from cpdesk.store import Desk, Record
from cpdesk.tasks import Progress, budgets, no_progress, records, versions

__all__ = ["Comparison", "Pair", "PairCell", "Side", "compare", "side", "sides", "usual"]

OWN = {  # the cells of a line that are its own fields, in the order in which they are read
    "plan": ("title", "first_year", "last_year", "sort", "office", "body", "previous", "rate"),
    "objective": ("text",),
    "output": ("text",),
    "activity": (
        "code", "text", "responsible", "partners", "places", "group", "year_quarters", "priority", "carried_from",
        "investment", "investment_programme", "investment_line",
    ),
    "priority": ("rank", "text", "reason", "why", "places"),
    "swot": ("sort", "text", "answered_by"),
}  # fmt: skip


@dataclass(frozen=True)
class Side:
    """What can stand on one side: a plan as it is now (`version` None), or one of its approved versions."""

    plan: str
    version: str | None
    title: str

    @property
    def key(self) -> str:
        return self.version or self.plan


@dataclass(frozen=True)
class Comparison:
    left: Side
    right: Side
    labels: Mapping[str, str]
    pairs: tuple[Pair, ...]

    @property
    def counts(self) -> dict[str, int]:
        return pairing.counts(self.pairs)


def sides(desk: Desk, plan: str) -> list[Side]:
    """What a plan can be compared with, itself first: its versions from the newest on, then the plan before it and
    those that follow it with theirs.
    """
    own = records.get(desk, plan)
    others = [r for r in records.find(desk, "plan", descending=True) if r.id != plan]
    near = {own["previous"], *(r.id for r in others if r["previous"] == plan)}
    ranked = sorted(others, key=lambda r: r.id not in near)
    found = _sides_of(desk, own, short=True)
    for other in ranked:
        found += _sides_of(desk, other, short=False)
    return found


def _sides_of(desk: Desk, plan: Record, short: bool) -> list[Side]:
    head = "" if short else f"{plan.title} · "
    found = [Side(plan.id, None, head + _("as it is now"))]
    for version in reversed(versions.versions(desk, plan.id)):
        found.append(Side(plan.id, version.id, head + _name(version.number, version.on)))
    return found


def _name(number: int, on: date | None) -> str:
    shown = digits.count(number)
    if on is None:
        return _("Version {number}").format(number=shown)
    return _("Version {number}, approved {day}").format(number=shown, day=dates.short(on))


def usual(desk: Desk, plan: str) -> tuple[str, str] | None:
    """What one most likely wants to see: the last approved version against now, the two last versions where nothing
    was written since, else the plan before this one against it. None where there is nothing to compare with.
    """
    mine = versions.versions(desk, plan)
    if mine and records.get(desk, plan)["approved_hash"] is None:
        return mine[-1].id, plan
    if len(mine) > 1:
        return mine[-2].id, mine[-1].id
    before = records.get_if_here(desk, records.get(desk, plan)["previous"])
    if before is not None:
        return before.id, plan
    return (mine[-1].id, plan) if mine else None


def compare(desk: Desk, left: str, right: str, progress: Progress = no_progress) -> Comparison:
    """The sides of those keys (`Side.key`), line by line. `NotFound`, or `BadInput` for a version that is damaged.

    `progress` counts the five steps of reading both sides and pairing them.
    """
    a, b = side(desk, left), side(desk, right)
    before = _Reader(desk, _parts(desk, a))
    progress(1, 5)
    labels = dict(before.labels())
    progress(2, 5)
    after = _Reader(desk, _parts(desk, b))
    progress(3, 5)
    labels |= after.labels()
    progress(4, 5)
    pairs = pairing.compare(before.lines(), after.lines(), sorted(labels, key=_rank))
    progress(5, 5)
    return Comparison(a, b, labels, tuple(pairs))


def side(desk: Desk, key: str) -> Side:
    """The side of that key, under the name that says which plan it is."""
    record = records.get(desk, key)
    if record.kind.name == "plan_version":
        number, on = record["version"], record["approved_on"]
        day = date.fromisoformat(on) if isinstance(on, str) else None
        return Side(record.text("plan"), key, _name(number if isinstance(number, int) else 0, day))
    if record.kind.name != "plan":
        raise NotFound(_("There is no record {id} on this desk.").format(id=key))
    return Side(key, None, _("as it is now"))


def _parts(desk: Desk, one: Side) -> list[Part]:
    return versions.read(desk, one.version) if one.version else versions.parts(desk, one.plan)


_ORDER = (*dict.fromkeys(name for names in OWN.values() for name in names), "indicator", "baseline", "source")


def _rank(key: str) -> tuple[int, str]:
    name, _sep, year = key.partition("@")
    return (_ORDER.index(name), "") if name in _ORDER else (len(_ORDER) + ("target", "budget").index(name), year)


class _Reader:
    """The parts of one side as lines with cells in words."""

    def __init__(self, desk: Desk, parts: Iterable[Part]) -> None:
        self.desk = desk
        self.parts = list(parts)
        self.under: dict[tuple[str, str], list[Part]] = {}
        for part in self.parts:
            parent = kinds.kind(part.kind).parent
            if parent:
                self.under.setdefault((part.text(parent), part.kind), []).append(part)
        self._titles: dict[str, str] = {part.id: part.text("text") for part in self.parts if part.text("text")}
        self._labels: dict[str, str] = {}

    def labels(self) -> dict[str, str]:
        """What the cells are called, of all lines; filled by `lines`."""
        if not self._labels:
            self._lines = self._read()
        return self._labels

    def lines(self) -> list[Line]:
        self.labels()
        return self._lines

    def _read(self) -> list[Line]:
        plan = next(part for part in self.parts if part.kind == "plan")
        found = [self._line(plan, "", "")]
        for i, objective in enumerate(self._sorted(plan.id, "objective"), 1):
            found.append(self._line(objective, str(i), plan.id))
            found += self._activities(objective.id, str(i))
            for j, output in enumerate(self._sorted(objective.id, "output"), 1):
                found.append(self._line(output, f"{i}.{j}", objective.id))
                found += self._activities(output.id, f"{i}.{j}")
        for kind in ("priority", "swot"):
            found += [self._line(part, "", plan.id) for part in self._sorted(plan.id, kind)]
        return found

    def _activities(self, above: str, number: str) -> list[Line]:
        return [
            self._line(part, part.text("code") or f"{number}.{n}", above)
            for n, part in enumerate(self._sorted(above, "activity"), 1)
        ]

    def _sorted(self, above: str, kind: str) -> list[Part]:
        def key(part: Part) -> tuple[tuple[bool, int | str], ...]:
            held = [part.values.get(name) for name in kinds.kind(kind).order]
            return (*((v is None, int(v) if isinstance(v, int) else str(v or "")) for v in held), (False, part.id))

        return sorted(self.under.get((above, kind), ()), key=key)

    def _line(self, part: Part, code: str, above: str) -> Line:
        cells = {name: self._show(part, name) for name in OWN[part.kind]}
        for name in OWN[part.kind]:
            self._labels.setdefault(name, kinds.kind(part.kind).field(name).label)
        cells |= self._indicators(part.id)
        if part.kind == "activity":
            cells |= self._budgets(part.id)
        words = part.text("title" if part.kind == "plan" else "text")
        return Line(part.id, part.kind, code, words, cells, part.text("carried_from"), above)

    def _show(self, part: Part, name: str) -> str:
        kind = kinds.kind(part.kind)
        type_, value = kind.field(name).type, part.values.get(name)
        if isinstance(type_, Ref):
            return ", ".join(self._title(id_) for id_ in type_.ids(value))
        return type_.show(value)

    def _title(self, id_: str) -> str:
        if id_ not in self._titles:
            self._titles[id_] = records.title(self.desk, id_)
        return self._titles[id_]

    def _indicators(self, of: str) -> dict[str, str]:
        cells: dict[str, list[str]] = {}
        found = self._sorted(of, "indicator")
        for n, indicator in enumerate(found, 1):
            mark = f"{digits.count(n)}) " if len(found) > 1 else ""
            unit = indicator.text("unit")
            self._add(
                cells,
                "indicator",
                kinds.kind("indicator").label,
                mark,
                indicator.text("text"),
                f"({unit})" * bool(unit),
            )
            self._add(cells, "baseline", _label("indicator", "baseline"), mark, *self._baseline(indicator))
            self._add(cells, "source", _label("indicator", "source"), mark, indicator.text("source"))
            for target in self._sorted(indicator.id, "target"):
                label = f"{kinds.kind('target').label} {self._show(target, 'year')}"
                self._add(cells, f"target@{target.text('year')}", label, mark, self._show(target, "value"))
        return {key: "\n".join(lines) for key, lines in cells.items()}

    def _add(self, cells: dict[str, list[str]], key: str, label: str, mark: str, *words: str) -> None:
        if any(words):
            self._labels.setdefault(key, label)
            cells.setdefault(key, []).append(mark + " ".join(word for word in words if word))

    def _baseline(self, indicator: Part) -> tuple[str, str]:
        year = self._show(indicator, "baseline_year")
        return self._show(indicator, "baseline"), f"({year})" if year else ""

    def _budgets(self, activity: str) -> dict[str, str]:
        cells: dict[str, list[str]] = {}
        for line in self._sorted(activity, "budget_line"):
            amount: Value = line.values.get("amount")
            if not isinstance(amount, str):
                continue
            money = budgets.shown(Decimal(amount), line.text("currency") or None)
            payer = self._title(line.text("donor")) if line.text("donor") else ""
            label = f"{kinds.kind('budget_line').label} {self._show(line, 'year')}"
            who = " · ".join(word for word in (self._show(line, "source"), payer) if word)
            self._add(cells, f"budget@{line.text('year')}", label, "", who, money)
        return {key: "\n".join(lines) for key, lines in cells.items()}


def _label(kind: str, field: str) -> str:
    one = kinds.kind(kind).field(field)
    return pick(one.km, one.en)
