"""A plan as sums need it: its lines in order with their numbers, read in a few sweeps however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cpdesk.analysis.progress import Period
from cpdesk.kinds import Value
from cpdesk.store import Desk
from cpdesk.tasks import records

_LAST = 1 << 62


@dataclass(frozen=True)
class Line:
    """One activity. `objective` is "" where what it hangs on has not arrived; `quarters` are keys such as 2022Q2."""

    id: str
    code: str
    text: str
    objective: str
    quarters: frozenset[str]

    def runs(self, period: Period) -> bool:
        """Whether it was to run in that quarter."""
        return period.key in self.quarters

    def ended(self, period: Period) -> bool:
        """Whether all its quarters were over before that one; never where nobody said when it runs."""
        return bool(self.quarters) and max(self.quarters) < period.key

    def in_year(self, year: int) -> set[int]:
        """Its quarters of that year, 1 to 4."""
        return {int(key[5]) for key in self.quarters if key.startswith(f"{year}Q")}


@dataclass(frozen=True)
class Heading:
    """An objective with its number."""

    id: str
    code: str
    text: str


@dataclass(frozen=True)
class Outline:
    """`objectives` and `lines` in the plan's order; `owner` tells the objective of every part."""

    objectives: list[Heading]
    lines: list[Line]
    owner: dict[str, str]


def outline(desk: Desk, plan: str) -> Outline:
    """All lines of a plan; none where there is no such plan."""
    fields = ("order", "text")
    objectives = in_order(sweep(desk, "objective", fields, {"plan": plan}))
    outputs = _under(sweep(desk, "output", (*fields, "objective")))
    activities = _under(sweep(desk, "activity", (*fields, "output", "code", "year_quarters")))
    made = Outline([], [], {})
    for i, (id_, _order, text) in enumerate(objectives, 1):
        objective = str(id_)
        made.objectives.append(Heading(objective, str(i), words(text)))
        made.owner[objective] = objective
        _lines(made, objective, str(i), activities.get(objective, []))
        for j, (output, *_rest) in enumerate(outputs.get(objective, []), 1):
            made.owner[str(output)] = objective
            _lines(made, objective, f"{i}.{j}", activities.get(output, []))
    return made


# --- lean reading ---------------------------------------------------------------------------------------------------
Row = tuple[Value, ...]


def sweep(desk: Desk, kind: str, fields: Sequence[str], where: Mapping[str, object] | None = None) -> list[Row]:
    """(id, value, …) of many records, by id: the same order on every desk."""
    found: list[Row] = []
    found += records.columns(desk, kind, fields, where)
    found.sort(key=lambda row: str(row[0]))
    return found


def in_order(rows: Iterable[Row], place: int = 1) -> list[Row]:
    """By the order that stands at `place` of each row; those without one come last, as in lists."""

    def key(row: Row) -> tuple[int, str]:
        order = row[place]
        return (order if isinstance(order, int) else _LAST, str(row[0]))

    return sorted(rows, key=key)


def words(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _under(rows: Iterable[Row]) -> dict[Value, list[Row]]:
    """(id, order, text, whole, …) by their whole, each in order."""
    found: dict[Value, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[3]].append(row)
    return {whole: in_order(parts) for whole, parts in found.items()}


def _lines(made: Outline, objective: str, above: str, rows: Iterable[Row]) -> None:
    for n, (id_, _order, text, _whole, code, quarters) in enumerate(rows, 1):
        line = Line(str(id_), words(code) or f"{above}.{n}", words(text), objective, frozenset(words(quarters).split()))
        made.lines.append(line)
        made.owner[line.id] = objective
