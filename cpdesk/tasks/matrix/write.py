"""Many cells of a matrix written at once: all of them or none, and one step to take back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits, names
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Value
from cpdesk.tasks import records
from cpdesk.tasks.matrix.columns import Column
from cpdesk.tasks.matrix.names import Meant
from cpdesk.tasks.matrix.rows import PARENT_OF, Matrix, Row, read
from cpdesk.tasks.matrix.words import Typed, parse, words
from cpdesk.tasks.undo import Undo

Change = tuple[str, str, str]  # id of the line, key of the column, what was typed


@dataclass(frozen=True)
class Refused:
    """A cell that could not be taken, and why in a sentence."""

    record: str
    key: str
    reason: str


@dataclass
class Written:
    """What came of it. Where something was `refused`, nothing was changed. `lines` were changed; `created` are the
    names of people and bodies that nobody had written before, `kinds` the kinds of all records that were touched.
    """

    refused: list[Refused] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)


def write(undo: Undo, plan: str | Matrix, changes: Sequence[Change]) -> Written:
    """Write cells by line and column key; a band (objective, output) has the one column "text".

    Names that nobody bears yet become bodies, or people where a title such as លោក stands before them.
    """
    matrix = plan if isinstance(plan, Matrix) else read(undo.desk, plan)
    done = Written()
    writer = _Writer(undo, matrix, done)
    for record, key, text in changes:
        reason = writer.take(record, key, text)
        if reason:
            done.refused.append(Refused(record, key, reason))
    if not done.refused and changes:
        with undo.together(_step_words(matrix, changes)):
            writer.keep()
        if done.created:
            matrix.names.forget()
    return done


def _step_words(matrix: Matrix, changes: Sequence[Change]) -> str:
    if len(changes) == 1:
        row = matrix.by_id.get(changes[0][0])
        return matrix.column(changes[0][1]).title if row is None or not row.is_band else _("Text")
    count = digits.count(len(changes))
    return ngettext("{count} cell", "{count} cells", len(changes)).format(count=count)


class _Writer:
    """Takes the cells one by one, and keeps them record by record."""

    def __init__(self, undo: Undo, matrix: Matrix, done: Written) -> None:
        self.undo = undo
        self.matrix = matrix
        self.done = done
        self._fields: dict[str, dict[str, Value | list[Meant]]] = defaultdict(dict)
        self._quarters: dict[str, dict[int, frozenset[str]]] = defaultdict(dict)
        self._indicators: dict[str, dict[str, Value]] = defaultdict(dict)
        self._targets: dict[str, dict[int, Value]] = defaultdict(dict)
        self._budgets: dict[str, dict[tuple[int, str], tuple[Decimal, str] | None]] = defaultdict(dict)
        self._new: dict[str, str] = {}

    def take(self, record: str, key: str, text: str) -> str:
        """Remember a cell; why it cannot be taken, or an empty text."""
        row = self.matrix.by_id.get(record)
        if row is None:
            return _("This line is no longer in the plan.")
        if row.is_band and key != "text":
            return _("A heading has only its words.")
        column = self.matrix.column(key)
        if key == "code" and digits.to_ascii(text).strip() == row.code:
            return ""  # the number that it has by its place is not one of its own
        if key == "text" and not text.strip():
            return _("A line needs its words; Ctrl+Delete puts the whole line into the bin.")
        if not column.editable or words(self.matrix, row, column).locked:
            return _("This cell is told by others; write in those, or fill in the form beside the table.")
        try:
            self._sort(row, column, parse(self.matrix.names, column, text))
        except ValueError as why:
            return str(why)
        return ""

    def _sort(self, row: Row, column: Column, typed: Typed) -> None:
        id_ = str(row.id)
        if isinstance(typed, frozenset):
            self._quarters[id_][column.year] = typed
        elif isinstance(typed, tuple):
            self._budgets[id_][column.year, column.source] = typed
        elif column.sort == "money":
            self._budgets[id_][column.year, column.source] = None
        elif isinstance(typed, list):
            self._fields[id_][column.field] = typed
        elif column.of_indicator and column.year:
            self._targets[id_][column.year] = typed
        elif column.of_indicator:
            self._indicators[id_][column.field] = typed
        else:
            self._fields[id_][column.field] = typed

    # keeping

    def keep(self) -> None:
        for id_ in dict.fromkeys((*self._fields, *self._quarters)):
            self._line(self.matrix.by_id[id_])
        for id_ in dict.fromkeys((*self._indicators, *self._targets)):
            self._indicator(self.matrix.by_id[id_])
        for id_, cells in self._budgets.items():
            for (year, source), amount in cells.items():
                self._budget(self.matrix.by_id[id_], year, source, amount)
        self.done.lines = list(
            dict.fromkeys((*self._fields, *self._quarters, *self._indicators, *self._targets, *self._budgets))
        )

    def _save(self, kind: str, values: dict[str, Value], record: str | None = None) -> str:
        self.done.kinds.add(kind)
        return self.undo.save(kind, values, record).id

    def _delete(self, kind: str, record: str) -> None:
        self.done.kinds.add(kind)
        self.undo.delete(record)

    def _line(self, row: Row) -> None:
        id_ = str(row.id)
        values: dict[str, Value] = {}
        for name, value in self._fields[id_].items():
            values[name] = " ".join(map(self._known, value)) or None if isinstance(value, list) else value
        if id_ in self._quarters:
            years = self._quarters[id_]
            kept = [q for q in str(row.values.get("year_quarters") or "").split() if int(q[:4]) not in years]
            kept += [f"{year}Q{n}" for year, chosen in years.items() for n in chosen]
            values["year_quarters"] = " ".join(sorted(kept)) or None
        self._save(row.sort, values, id_)

    def _known(self, meant: Meant) -> str:
        """The id of a body or person; one that nobody had written before is made, once."""
        if meant.id:
            return meant.id
        key = fold(meant.new)
        if key not in self._new:
            said = names.said(meant.new)
            if said.title:
                person: dict[str, Value] = {"name_km": said.name, "title": said.title, "sex": said.sex}
                self._new[key] = self._save("person", person)
            else:
                self._new[key] = self._save("body", {"name_km": meant.new})
            self.done.created.append(meant.new)
        return self._new[key]

    def _indicator(self, row: Row) -> None:
        id_ = str(row.id)
        values, targets = self._indicators.get(id_, {}), self._targets.get(id_, {})
        first = row.indicators[0] if row.indicators else None
        told = [value for value in (*values.values(), *targets.values()) if value is not None]
        if first is None and not told:
            return
        after = {year: value for year, (_id, value) in row.targets.items()} | targets
        if first is not None and not told and self._empty(first.values | values) and not any(after.values()):
            self._delete("indicator", first.id)
            return
        if first is None:
            indicator = self._save("indicator", {"of": id_, "order": records.STEP, **values})
        else:
            indicator = self._save("indicator", values, first.id) if values else first.id
        for year, value in targets.items():
            self._target(row, indicator, year, value)

    @staticmethod
    def _empty(values: dict[str, Value]) -> bool:
        told = ("text", "unit", "baseline", "baseline_year", "source", "carried_from")
        return all(values.get(name) is None for name in told)

    def _target(self, row: Row, indicator: str, year: int, value: Value) -> None:
        there = row.targets.get(year)
        if there is not None and value is None:
            self._delete("target", there[0])
        elif there is not None:
            self._save("target", {"value": value}, there[0])
        elif value is not None:
            self._save("target", {"indicator": indicator, "year": year, "value": value})

    def _budget(self, row: Row, year: int, source: str, amount: tuple[Decimal, str] | None) -> None:
        lines = row.lines(year, source)
        there = lines[0].id if lines else None
        if amount is None:
            if there is not None:
                self._delete("budget_line", there)
            return
        values: dict[str, Value] = {"amount": f"{amount[0]:f}", "currency": amount[1]}
        if there is None:
            values |= {"activity": row.id, "year": year, "source": source}
        self._save("budget_line", values, there)


def add_line(undo: Undo, row: Row, text: str) -> str:
    """Keep a new line behind `row.after` (None: behind all that its parent holds); its id. One step."""
    order = records.next_order(undo.desk, row.sort, row.parent)
    with undo.together():
        kept = undo.save(row.sort, {PARENT_OF[row.sort]: row.parent, "order": order, "text": text}, None).id
        siblings = records.children(undo.desk, row.sort, row.parent)
        if row.after is not None and len(siblings) > 1 and siblings[-2].id != row.after:
            undo.move(kept, row.after)
    return kept


def move_lines(undo: Undo, matrix: Matrix, ids: Iterable[str], step: int) -> bool:
    """Move lines of one parent one place up (-1) or down (1), in one step; activities at the edge go over to the next
    output. False where there is nowhere to go.
    """
    rows = [row for row in matrix.rows if row.id in set(ids)]
    if not rows or len({(row.sort, row.parent) for row in rows}) != 1:
        return False
    sort, parent = rows[0].sort, rows[0].parent
    siblings = [record.id for record in records.children(undo.desk, sort, parent)]
    moving = [str(row.id) for row in rows]
    places = [siblings.index(id_) for id_ in moving]
    others = [id_ for id_ in siblings if id_ not in moving]
    at = places[0] + step if step < 0 else places[-1] + step - len(moving) + 1
    said = _("move {kind}").format(kind=records.get(undo.desk, moving[0]).kind.label)
    with undo.together(said):
        if 0 <= at <= len(others):
            after = others[at - 1] if at else None
            for id_ in moving:
                undo.move(id_, after)
                after = id_
            return True
        return sort == "activity" and _hand_over(undo, matrix, moving, parent, step)


def _hand_over(undo: Undo, matrix: Matrix, moving: list[str], parent: str, step: int) -> bool:
    """Give activities to the output before or after their own."""
    outputs = [str(row.id) for row in matrix.rows if row.sort == "output"]
    if parent not in outputs or not 0 <= outputs.index(parent) + step < len(outputs):
        return False
    target = outputs[outputs.index(parent) + step]
    siblings = records.children(undo.desk, "activity", target)
    first = siblings[0]["order"] if siblings else None
    if step > 0 and isinstance(first, int):
        order = first - records.STEP * len(moving)
    else:
        order = records.next_order(undo.desk, "activity", target)
    for n, id_ in enumerate(moving):
        undo.save("activity", {"output": target, "order": order + n * records.STEP}, id_)
    return True
