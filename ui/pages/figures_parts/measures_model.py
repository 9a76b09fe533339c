"""The committee's measures as a sheet: names, weights, what each is compared with, all written in place."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from cpdesk import records as kinds
from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Amount, Choice, Ref, Value
from cpdesk.tasks import Record, records
from ui.context import Context
from ui.widgets.sheet import Cell, Change, Refusal, SheetColumn, SheetModel, Suggestion

MEASURE = kinds.kind("measure")
WIDTHS = {"name_km": 230, "short": 130, "weight": 70, "base": 150, "direction": 150, "unit": 80, "sort": 90}
FIELDS = ("name_km", "short", "weight", "base", "direction", "unit", "sort", "name_en", "definition")


class MeasuresModel(SheetModel):
    """A row a measure, and one more to begin the next."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._records: list[Record] = []
        self._new = False
        self.read()

    def read(self) -> None:
        """As the desk has them now."""
        self._records = records.find(self.context.desk, "measure")
        self.reset()

    def begin(self) -> int:
        """A blank row for a new measure; its number."""
        self._new = True
        self.reset()
        return len(self._records)

    def record(self, row: int) -> Record | None:
        return self._records[row] if 0 <= row < len(self._records) else None

    def columns(self) -> Sequence[SheetColumn]:
        found = []
        for name in FIELDS:
            field = MEASURE.field(name)
            right = isinstance(field.type, Amount)
            width = WIDTHS.get(name, 200)
            found.append(
                SheetColumn(
                    name,
                    field.label,
                    width=width,
                    align="right" if right else "left",
                    shown=name != "definition",
                    tip=field.help,
                )
            )
        return found

    def rows(self) -> int:
        return len(self._records) + self._new

    def key(self, row: int) -> Hashable:
        found = self.record(row)
        return found.id if found else "new"

    def cell(self, row: int, column: int) -> Cell:
        found, name = self.record(row), FIELDS[column]
        if found is None:
            return Cell()
        field = MEASURE.field(name)
        text = records.show(self.context.desk, found, name)
        right = isinstance(field.type, Amount)
        missing = name == "name_km" and not text
        return Cell(
            text,
            align="right" if right else "left",
            bold=column == 0,
            problem=_("{field} is still missing.").format(field=field.label) if missing else "",
        )

    def suggest(self, row: int, column: int, text: str) -> list[Suggestion]:
        type_, wanted = MEASURE.field(FIELDS[column]).type, fold(text)
        own = self.record(row)
        if isinstance(type_, Choice):
            names = [option.label for option in type_.options]
        elif isinstance(type_, Ref):
            names = [one.title for one in self._records if own is None or one.id != own.id]
        else:
            return []
        return [Suggestion(name) for name in names if wanted in fold(name)]

    def apply(self, changes: list[Change]) -> list[Refusal]:
        rows: dict[int, dict[str, Value]] = {}
        refusals = []
        for row, column, text in changes:
            try:
                rows.setdefault(row, {})[FIELDS[column]] = self._parsed(FIELDS[column], text)
            except ValueError as why:
                refusals.append(Refusal(row, column, str(why)))
        if refusals:
            return refusals
        try:
            with self.context.undo.together(MEASURE.label):
                for row, values in rows.items():
                    self._write(row, values)
        except UserError as why:
            return [Refusal(changes[0][0], changes[0][1], str(why))]
        self.read()
        self.context.touched("measure")
        return []

    def _parsed(self, name: str, text: str) -> Value:
        type_ = MEASURE.field(name).type
        if not isinstance(type_, Ref):
            return type_.parse(text)
        if not text.strip():
            return None
        found = [one for one in self._records if fold(one.title) == fold(text)]
        if len(found) != 1:
            raise ValueError(_("There is no measure “{name}”.").format(name=text.strip()[:60]))
        return found[0].id

    def _write(self, row: int, values: dict[str, Value]) -> None:
        found = self.record(row)
        if found is not None:
            self.context.undo.save("measure", values, found.id)
        elif any(value is not None for value in values.values()):
            last = max((r["order"] for r in self._records if isinstance(r["order"], int)), default=0)
            self.context.undo.save("measure", {**values, "order": last + records.STEP})
            self._new = False

    def move(self, row: int, by: int) -> bool:
        """Put a measure one place up (-1) or down; False at the edge."""
        there, here = self.record(row + by), self.record(row)
        if there is None or here is None:
            return False
        with self.context.undo.together(_("move {kind}").format(kind=MEASURE.label)):
            order = list(self._records)
            order[row], order[row + by] = there, here
            for n, one in enumerate(order, 1):
                if one["order"] != n * records.STEP:
                    self.context.undo.save("measure", {"order": n * records.STEP}, one.id)
        self.read()
        self.context.touched("measure")
        return True

    def delete(self, rows: Sequence[int]) -> int:
        """Put measures into the bin; their figures stay and come back with them. How many went."""
        gone = [found for row in rows if (found := self.record(row)) is not None]
        with self.context.undo.together(_("delete {kind}").format(kind=MEASURE.label)):
            for one in gone:
                self.context.undo.delete(one.id)
        self._new = False
        self.read()
        self.context.touched("measure")
        return len(gone)
