"""The rows of a matrix: what hangs on each activity is read for all of them at once, so that thousands are quick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from cpdesk.analysis.money import Money, add
from cpdesk.kinds import Value
from cpdesk.store import Desk, Record
from cpdesk.tasks import plans, records
from cpdesk.tasks.matrix.columns import UNSAID, Column, columns
from cpdesk.tasks.matrix.names import Names

RowSort = Literal["objective", "output", "activity"]
PARENT_OF = {"objective": "plan", "output": "objective", "activity": "output"}
FEW = 40  # up to so many are looked up one by one; more are read with all that the desk holds


@dataclass(frozen=True, slots=True)
class Line:
    """One budget line of an activity."""

    id: str
    year: int | None
    source: str
    amount: Decimal | None
    currency: str | None


@dataclass
class Row:
    """A line of the matrix: a band (objective, output) or an activity.

    `code` is what people call it by, "1.2.1" in ASCII digits; `values` the record's own fields; `indicators` its
    indicators in their order, of which the first stands in the matrix with its `targets` (year → id and value).
    `id` is None while a line is being written for the first time; then `after` is the sibling that it will follow.
    """

    sort: RowSort
    id: str | None
    parent: str
    code: str
    values: dict[str, Value] = field(default_factory=dict)
    indicators: list[Record] = field(default_factory=list)
    targets: dict[int, tuple[str, str | None]] = field(default_factory=dict)
    budget: list[Line] = field(default_factory=list)
    differences: int = 0
    after: str | None = None

    @property
    def is_band(self) -> bool:
        return self.sort != "activity"

    @property
    def text(self) -> str:
        return str(self.values.get("text") or "")

    def lines(self, year: int, source: str) -> list[Line]:
        """The budget lines of one cell."""
        return [line for line in self.budget if line.year == year and line.source == source]

    def sum(self, year: int | None, rate: Decimal | None) -> Money:
        """All budget of a year, or of the whole activity."""
        return add(((x.amount, x.currency) for x in self.budget if year is None or x.year == year), rate)


@dataclass
class Matrix:
    """All of a plan's matrix as it stands on the desk now."""

    plan: str
    years: list[int]
    rate: Decimal | None
    rows: list[Row]
    names: Names

    @cached_property
    def columns(self) -> list[Column]:
        unsaid = {x.year for row in self.rows for x in row.budget if x.source == UNSAID and x.year is not None}
        return columns(self.years, sorted(unsaid))

    @cached_property
    def by_id(self) -> dict[str, Row]:
        return {row.id: row for row in self.rows if row.id is not None}

    def column(self, key: str) -> Column:
        """The column of that key; KeyError where there is none."""
        return self._by_key[key]

    @cached_property
    def _by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}


def read(desk: Desk, plan: str) -> Matrix:
    """The whole matrix. Some thousand activities take a part of a second."""
    rows = list(_tree_rows(desk, plan))
    activities = [row for row in rows if row.sort == "activity"]
    hang_on(desk, activities)
    return Matrix(plan, _years(desk, plan, activities), plans.rate(desk, plan), rows, Names(desk, plan))


def _tree_rows(desk: Desk, plan: str) -> Iterable[Row]:
    objectives = records.children(desk, "objective", plan)
    outputs = {objective.id: records.children(desk, "output", objective.id) for objective in objectives}
    held = _activities(desk, [*outputs, *(output.id for those in outputs.values() for output in those)])
    for i, objective in enumerate(objectives, 1):
        yield _row(objective, str(i))
        yield from (_row(a, f"{i}.{n}") for n, a in enumerate(held.get(objective.id, ()), 1))
        for j, output in enumerate(outputs[objective.id], 1):
            yield _row(output, f"{i}.{j}")
            yield from (_row(a, f"{i}.{j}.{n}") for n, a in enumerate(held.get(output.id, ()), 1))


def _activities(desk: Desk, holders: list[str]) -> dict[str, list[Record]]:
    """The activities of each holder in their order; where there are many holders, in one look at all activities."""
    if len(holders) <= FEW:
        return {holder: records.children(desk, "activity", holder) for holder in holders}
    found: dict[str, list[Record]] = {holder: [] for holder in holders}
    for record in records.find(desk, "activity"):
        found.get(record.text("output"), []).append(record)
    return found


def _row(record: Record, place: str) -> Row:
    sort: RowSort = "activity"
    if record.kind.name in ("objective", "output"):
        sort = "objective" if record.kind.name == "objective" else "output"
    own = record.values.get("code")
    code = str(own) if own else place
    parent = record.values[PARENT_OF[sort]]
    return Row(sort, record.id, str(parent or ""), code, record.values, differences=record.differences)


def _years(desk: Desk, plan: str, activities: Iterable[Row]) -> list[int]:
    """The plan's years, and every other year that one of its activities names."""
    found = set(plans.years(desk, plan))
    for row in activities:
        found.update(int(q[:4]) for q in str(row.values.get("year_quarters") or "").split())
        found.update(row.targets)
        found.update(line.year for line in row.budget if line.year is not None)
    return sorted(found)


def again(desk: Desk, matrix: Matrix, ids: Iterable[str]) -> list[int]:
    """Read these lines anew where they stand, and which they are; for a change that moved nothing."""
    wanted = set(ids)
    found: list[int] = []
    fresh: list[Row] = []
    for at, row in enumerate(matrix.rows):
        if row.id in wanted and row.id is not None:
            record = records.get(desk, row.id)
            row.values, row.differences = record.values, record.differences
            row.indicators, row.targets, row.budget = [], {}, []
            found.append(at)
            fresh += [row] if row.sort == "activity" else []
    hang_on(desk, fresh)
    return found


def hang_on(desk: Desk, rows: Sequence[Row]) -> None:
    """Give activities their indicators, targets and budgets."""
    by_id = {row.id: row for row in rows if row.id is not None}
    few = list(by_id) if len(by_id) <= FEW else None
    indicators = _all(desk, "indicator", "of", few)
    for record in indicators:
        row = by_id.get(record.text("of"))
        if row is not None:
            row.indicators.append(record)
    first = {row.indicators[0].id: row for row in rows if row.indicators}
    held = None if few is None else list(first)
    for id_, *told in _lean(desk, "target", ("indicator", "year", "value"), held):
        indicator, year, value = told
        row = first.get(str(indicator))
        if row is not None and isinstance(year, int):
            row.targets[year] = (id_, value if isinstance(value, str) else None)
    wanted = ("activity", "year", "source", "amount", "currency")
    for id_, *told in _lean(desk, "budget_line", wanted, few):
        activity, year, source, amount, currency = told
        row = by_id.get(str(activity))
        if row is not None:
            row.budget.append(
                Line(
                    id_,
                    year if isinstance(year, int) else None,
                    str(source or UNSAID),
                    Decimal(amount) if isinstance(amount, str) else None,
                    str(currency) if currency else None,
                )
            )


def _all(desk: Desk, kind: str, whole: str, few: list[str] | None) -> list[Record]:
    if few is None:
        return records.find(desk, kind)
    return [record for id_ in few for record in records.find(desk, kind, {whole: id_})]


def _lean(
    desk: Desk, kind: str, fields: tuple[str, ...], few: list[str] | None
) -> Iterable[tuple[str, *tuple[Value, ...]]]:
    """(id, field…) of all records of a kind, or of the parts of a few wholes; the first field names the whole."""
    if few is None:
        return records.columns(desk, kind, fields)
    return [found for id_ in few for found in records.columns(desk, kind, fields, {fields[0]: id_})]
