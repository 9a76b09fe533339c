"""Any kind of record as a table, from its declaration: one row a record, one column a field, the id in the last one.

A heading is a field's Khmer or English label or its name. What was written reads back equal; a table that somebody
else made needs no ids: a row then stands for the record with the same key, or for a new one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from cpdesk import records
from cpdesk.errors import BadInput, UserError
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Amount, Choice, Count, Date, Field, Figure, Flag, Kind, Packed, Ref, Value, Year, is_record_id
from cpdesk.store import Desk, Record
from cpdesk.tables.cells import Broken, Cash, Cell, Percent, Sheet, blank, plain, text_of
from cpdesk.tables.write import Heading, Line, Table, pieces
from cpdesk.tasks import Progress, no_progress
from cpdesk.tasks import records as tasks
from cpdesk.tasks.purposes import may_see
from cpdesk.tasks.roles import Act, need
from cpdesk.tasks.tables.names import Names
from cpdesk.tasks.tables.preview import CHANGED, HEAD, NEW, PASSED, SAME, Key, Preview, RowView, columns_of, stamp

ID = "id"
_CONTINUED = re.compile(r"(.+) \((\d{1,3})\)\Z")
_YES = frozenset(map(fold, ("true", "yes", "1", "x", "✓", "បាទ", "ចាស", "បាទ/ចាស", "មាន")))
_NO = frozenset(map(fold, ("false", "no", "0", "ទេ", "គ្មាន")))
# What tells a record from its like where it has no name of its own; others: parent and title.
KEYS = {
    "figure": ("measure", "place", "year", "sex", "age_group", "disability"),
    "target": ("indicator", "year"),
    "actual": ("indicator", "year", "quarter"),
    "progress": ("activity", "year", "quarter"),
    "budget_line": ("activity", "year", "source", "donor"),
    "membership": ("body", "person"),
    "attendance": ("meeting", "person", "name"),
    "plan": ("title", "first_year"),
    "measure": ("name_km",),
}
_TICK = 200


def fields_of(kind: Kind) -> list[Field]:
    """What a table of the kind has: neither what never leaves the desk nor what only programs read."""
    return [f for f in kind.fields if not f.private and not isinstance(f.type, Packed)]


# -------- out


def table(desk: Desk, kind: str, progress: Progress = no_progress, phones: str = "") -> Table:
    """All records of a kind, in its order. `phones` says what for phone numbers go along, whole; else they stay here.
    `NotAllowed` for who may not see them."""
    whole = records.kind(kind)
    if whole.built_in:
        raise BadInput(_("{kind} is built in and cannot be changed.").format(kind=whole.label))
    names, fields = Names(desk), fields_of(whole)
    own = [field for field in whole.fields if field.personal] if phones.strip() else []
    if own and not may_see(desk):
        need(desk, Act.DRAFT)
    fields += own
    found = tasks.find(desk, kind)
    rows: list[list[list[Cell]]] = []
    for n, record in enumerate(found):
        rows.append([_cells(names, field, record) for field in fields])
        if n % _TICK == 0:
            progress(n, len(found))
    wide = [max((len(row[i]) for row in rows), default=1) for i in range(len(fields))]
    headings = [h for field, n in zip(fields, wide, strict=True) for h in _headings(field, n, phones.strip())]
    lines = [
        Line([*(cell for cells, n in zip(row, wide, strict=True) for cell in _filled(cells, n)), record.id])
        for row, record in zip(rows, found, strict=True)
    ]
    note = (_("Phone numbers are shown whole only for: {purpose}").format(purpose=phones.strip()),) if own else ()
    return Table(whole.label, [*headings, Heading(ID, width=34)], lines, note, frozen=1)


def _filled(cells: list[Cell], n: int) -> list[Cell]:
    return [*cells, *[None] * (n - len(cells))]


def _headings(field: Field, columns: int, purpose: str) -> Iterator[Heading]:
    """What is somebody's own says in its heading what for it was given out: no program can leave that away."""
    long = getattr(field.type, "long", False)
    width = 40 if long else 26 if isinstance(field.type, Ref) else 16
    for n in range(columns):
        label = field.label if n == 0 else f"{field.label} ({n + 1})"
        label = f"{label} — {purpose}" if field.personal else label
        yield Heading(label, width=width, year=isinstance(field.type, Year))


def _cells(names: Names, field: Field, record: Record) -> list[Cell]:
    """The value as one cell; a text beyond what a cell holds goes on in columns behind it."""
    value = record[field.name]
    if value is None:
        return [None]
    if isinstance(field.type, Ref):
        return list(pieces(names.shown(field.type, value)))
    return list(pieces(value)) if field.type.name == "text" and isinstance(value, str) else [_cell(field, value)]


def _cell(field: Field, value: Value) -> Cell:
    type_ = field.type
    if isinstance(type_, Date):
        return date.fromisoformat(str(value))
    if isinstance(type_, Count):
        return Decimal(str(value))
    if isinstance(type_, Amount) and re.fullmatch(r"-?\d+(\.\d+)?", str(value)):
        return Decimal(str(value))
    if isinstance(type_, Choice | Flag | Figure):
        return type_.show(value)
    return str(value)


# -------- in


def keys(kind: Kind) -> list[Key]:
    return [*(Key(f.name, f.label) for f in fields_of(kind)), Key(ID, _("Record id"))]


def guess(kind: Kind, sheet: Sheet) -> tuple[int, dict[int, str]]:
    """The heading row and the fields of its columns: of the first rows the one that names most of them."""
    best: tuple[int, dict[int, str]] = (0, {})
    for at in range(min(len(sheet.rows), 20)):
        found: dict[int, str] = {}
        for column, cell in enumerate(sheet.rows[at]):
            name = _field_named(kind, cell)
            if name and (name not in found.values() or " (" in text_of(cell)):
                found[column] = name
        if len(set(found.values())) > len(set(best[1].values())):
            best = (at, found)
    return best


def _field_named(kind: Kind, cell: Cell) -> str | None:
    text = text_of(cell).strip()
    continued = _CONTINUED.match(text)
    for one in (text, continued[1] if continued else ""):
        folded = fold(one)
        if folded and folded in (ID, fold(_("Record id"))):
            return ID
        for field in fields_of(kind):
            if folded and folded in (fold(field.name), fold(field.km), fold(field.en)):
                return field.name
    return None


def preview(
    desk: Desk, kind: str, sheet: Sheet, mapping: Mapping[int, str] | None = None, progress: Progress = no_progress
) -> Preview:
    """What importing the sheet would do; `mapping` is column → field, else the headings say it."""
    whole = records.kind(kind)
    if whole.built_in:
        raise BadInput(_("{kind} is built in and cannot be changed.").format(kind=whole.label))
    head, guessed = guess(whole, sheet)
    chosen = dict(guessed if mapping is None else mapping)
    found = Preview(sheet, [], keys(whole), (head, head), at=stamp(desk))
    headings = {n: text_of(cell).strip() for n, cell in enumerate(sheet.rows[head] if sheet.rows else ())}
    found.columns = columns_of(found, headings, chosen)
    if not set(chosen.values()) - {ID}:
        found.problem(_("No column of this table is known: say what its columns are."), head)
        return found
    _Taking(desk, whole, found, chosen).run(progress)
    return found


class _Taking:
    """Goes through the rows once, collecting drafts and refusals in the preview."""

    def __init__(self, desk: Desk, kind: Kind, found: Preview, chosen: Mapping[int, str]) -> None:
        self.desk, self.kind, self.found = desk, kind, found
        self.names = Names(desk)
        self.places: dict[str, list[int]] = defaultdict(list)
        for column, name in sorted(chosen.items()):
            self.places[name].append(column)
        self.key = KEYS.get(kind.name) or (*((kind.parent,) if kind.parent else ()), *kind.title)
        self.here = {record.id: record for record in tasks.find(desk, kind.name)}
        self.by_key: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for record in self.here.values():
            self.by_key[self._key(record.values)].append(record.id)
        self.seen: dict[tuple[object, ...], int] = {}

    def run(self, progress: Progress) -> None:
        sheet, head = self.found.sheet, self.found.head[1]
        for at in range(len(sheet.rows)):
            if at <= head:
                self.found.rows.append(RowView(at, HEAD))
            elif all(blank(sheet.at(at, c)) for columns in self.places.values() for c in columns):
                self.found.rows.append(RowView(at, PASSED))
            else:
                self.found.rows.append(RowView(at, self._row(at)))
            if at % _TICK == 0:
                progress(at, len(sheet.rows))

    def _row(self, at: int) -> str:
        before = len(self.found.refused)
        values: dict[str, Value] = {}
        for name, columns in self.places.items():
            if name != ID:
                try:
                    values[name] = self._value(at, self.kind.field(name), columns)
                except (ValueError, UserError) as why:
                    self.found.problem(str(why), at, columns[0])
        if len(self.found.refused) > before:
            return SAME
        record, by_id = self._match(at, values)
        if len(self.found.refused) > before:
            return SAME
        if record is None:
            return self._made(at, values)
        there = self.here[record].values
        changed = {n: v for n, v in values.items() if v != there[n] and (v is not None or by_id)}
        if not changed:
            return SAME
        self.found.changed += 1
        self.found.add(self.kind.name, changed, record)
        return CHANGED

    def _made(self, at: int, values: dict[str, Value]) -> str:
        kept = {name: value for name, value in values.items() if value is not None}
        for field in self.kind.fields:
            if field.required and field.name not in kept:
                column = self.places.get(field.name, [None])[0]
                self.found.problem(_("{field} is still missing.").format(field=field.label), at, column)
                return SAME
        self.found.made += 1
        self.found.add(self.kind.name, kept)
        return NEW

    def _match(self, at: int, values: Mapping[str, Value]) -> tuple[str | None, bool]:
        """The record that the row stands for, and whether its id says so."""
        given = text_of(self.found.sheet.at(at, self.places[ID][0])).strip() if self.places.get(ID) else ""
        if given in self.here:
            return given, True
        if given and not is_record_id(given):
            self.found.problem(_("This is no id of a record."), at, self.places[ID][0])
        elif given and (lost := tasks.get_if_here(self.desk, given)) is not None:
            why = _("The record lies in the bin.") if lost.deleted else _("The id is of a record of another kind.")
            self.found.problem(why, at, self.places[ID][0])
        key = self._key(values)
        if self.kind.name in KEYS:
            if key in self.seen:
                number = digits.count(self.seen[key] + 1)
                self.found.problem(_("Row {number} says the same thing already.").format(number=number), at)
            self.seen[key] = at
        waiting = self.by_key.get(key)
        return (waiting.pop(0) if waiting else None), False

    def _key(self, values: Mapping[str, Value]) -> tuple[object, ...]:
        found: list[object] = []
        for name in self.key:
            value = values.get(name)
            if isinstance(value, str) and self.kind.field(name).type.name == "text":
                value = fold(value)
            found.append(None if value == "all" else value)  # unsaid, a figure is of all
        return tuple(found)

    def _value(self, at: int, field: Field, columns: Sequence[int]) -> Value:
        cells = [self.found.sheet.at(at, column) for column in columns]
        if len(columns) > 1 and any(not blank(cell) for cell in cells[1:]):
            return value_of(self.names, field, "".join(text_of(cell) for cell in cells))
        return value_of(self.names, field, cells[0])


def value_of(names: Names, field: Field, cell: Cell) -> Value:
    """A cell as the field stores it. ValueError with a translated reason."""
    type_ = field.type
    if isinstance(cell, Broken):
        raise ValueError(cell.why)
    if blank(cell):
        return type_.parse(cell) if isinstance(cell, str) and type_.name == "text" else None
    text = text_of(cell)
    if isinstance(type_, Ref):
        found = names.ids(type_, text)
        return type_.check(" ".join(found))
    if isinstance(type_, Flag):
        return _flag(type_, text)
    if isinstance(type_, Choice):
        return chosen(type_, text)
    if isinstance(type_, Amount) and isinstance(cell, Decimal | Cash | Percent):
        return type_.check(plain(number_of(cell)))
    if isinstance(type_, Count) and isinstance(cell, Decimal) and cell == cell.to_integral_value():
        return type_.check(int(cell))
    if isinstance(type_, Date) and isinstance(cell, date):
        return type_.check(cell)
    return type_.parse(text)


def number_of(cell: Decimal | Cash | Percent) -> Decimal:
    return cell.amount if isinstance(cell, Cash) else cell.value if isinstance(cell, Percent) else cell


def chosen(type_: Choice, text: str) -> Value:
    """The option with that key or label, in any spelling. ValueError where there is none."""
    folded = fold(text)
    key = next((o.key for o in type_.options if folded in (o.key, fold(o.km), fold(o.en))), None)
    return key or type_.check(text)


def _flag(type_: Flag, text: str) -> Value:
    folded = fold(text)
    if folded in _YES or folded == fold(type_.show(True)):
        return True
    if folded in _NO or folded == fold(type_.show(False)):
        return False
    return type_.check(text)
