"""A plan's matrix as the model of a sheet: what stands in each cell and how it looks. Writing is handed to the page."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import matrix
from cpdesk.tasks.matrix import Column, Matrix, Row, Sums, Totals
from ui.lists.plan_rows import TONES, heading
from ui.widgets.sheet import Band, Cell, Change, FootRow, Refusal, SheetColumn, SheetModel, Suggestion

DRAFT = "draft"
WIDTHS = {
    "code": 56, "text": 206, "responsible": 112, "partners": 130, "places": 92, "group": 120, "priority": 170,
    "carried_from": 170, "investment": 150, "investment_programme": 150, "investment_line": 120, "indicator.text": 200,
    "indicator.unit": 80, "indicator.baseline": 100, "indicator.baseline_year": 90, "indicator.source": 150,
    "budget.total": 112,
}  # fmt: skip
# What is away until a person calls it up: the table is calm, and all of it is one list away.
AWAY = frozenset({
    "partners", "group", "priority", "carried_from", "investment_programme", "indicator.unit",
    "indicator.baseline_year", "indicator.source",
})  # fmt: skip
_RIGHT = ("amount", "year", "money", "total")
_SORT_WIDTHS = {"quarters": 62, "amount": 90, "money": 112, "total": 112}


class PlanSheetModel(SheetModel):
    """`write(changes)` keeps cells as the page does, all or none, and says what it refused."""

    def __init__(self, write: Callable[[list[Change]], list[Refusal]]) -> None:
        super().__init__()
        self._write = write
        self.matrix: Matrix | None = None
        self.lines: list[Row] = []
        self.totals: Totals | None = None
        self.asked: list[Column] = []  # what each column of the sheet is
        self._sums = Sums((), None)
        self._columns: list[SheetColumn] = []
        self._cells: dict[int, dict[int, Cell]] = {}

    # filling

    def show(self, found: Matrix) -> None:
        """Take a matrix that was read; where it has the same lines and columns, the view stays where it is."""
        same = self.matrix is not None and [r.id for r in self.lines] == [r.id for r in found.rows]
        asked = in_order(found.columns)
        fresh = [_column(column) for column in asked]
        same = same and fresh == self._columns
        if not same:
            self.beginResetModel()
        self.matrix, self.lines, self.asked, self._columns = found, list(found.rows), asked, fresh
        self._reckon()
        if same:
            self.changed()
        else:
            self.endResetModel()

    def _reckon(self) -> None:
        assert self.matrix is not None
        self._cells.clear()
        self._sums = matrix.Sums(self.matrix.rows, self.matrix.rate)
        self.totals = self._sums.totals()

    def reread(self, rows: Sequence[int]) -> None:
        """These lines say something else now; sums are made anew."""
        assert self.matrix is not None
        for row in rows:
            self._cells.pop(row, None)
            self._sums.update(self.lines[row])
        self.totals = self._sums.totals()
        self.changed(rows)

    def line(self, row: int) -> Row | None:
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def insert_draft(self, at: int, row: Row) -> None:
        """A line that is not kept yet; there is one at most."""
        self.drop_draft()
        self.beginResetModel()
        self.lines.insert(at, row)
        self._cells.clear()
        self.endResetModel()

    def drop_draft(self) -> bool:
        """Take an unkept line away; False where there was none."""
        if all(row.id is not None for row in self.lines):
            return False
        self.beginResetModel()
        self.lines = [row for row in self.lines if row.id is not None]
        self._cells.clear()
        self.endResetModel()
        return True

    # what the sheet asks

    def is_new(self, row: int) -> bool:
        return self.lines[row].id is None

    def columns(self) -> Sequence[SheetColumn]:
        return self._columns

    def rows(self) -> int:
        return len(self.lines)

    def key(self, row: int) -> Hashable:
        return self.lines[row].id or DRAFT

    def behind(self, row: int, column: int) -> tuple[str, str] | None:
        """A line's own field, or that of the one indicator, target or budget line that its cell shows."""
        line = self.line(row)
        if line is None or line.id is None:
            return None
        asked = self.asked[column]
        if line.is_band:
            return line.id, "text"
        if asked.key.startswith("indicator."):
            return (line.indicators[0].id, asked.field) if line.indicators else None
        if asked.key.startswith("target."):
            held = line.targets.get(asked.year)
            return (held[0], "value") if held else None
        if asked.key.startswith("budget."):
            lines = line.lines(asked.year, asked.source)
            return (lines[0].id, "amount") if len(lines) == 1 else None
        return line.id, asked.field or asked.key

    def find(self, key: Hashable) -> int:
        return next((n for n, row in enumerate(self.lines) if (row.id or DRAFT) == key), -1)

    def band(self, row: int) -> Band | None:
        line = self.lines[row]
        if not line.is_band:
            return None
        note = _differs() if line.differences else ""
        return Band(heading(line), 0 if line.sort == "objective" else 1, line.text, note)

    def cell(self, row: int, column: int) -> Cell:
        kept = self._cells.setdefault(row, {})
        found = kept.get(column)
        if found is None:
            found = kept[column] = self._made(self.lines[row], column)
        return found

    def _made(self, line: Row, at: int) -> Cell:
        assert self.matrix is not None
        column = self.asked[at]
        if line.id is None:
            return Cell(read_only=column.key != "text")
        found = matrix.words(self.matrix, line, column)
        locked = found.locked or not column.editable
        if column.key == "code":
            note = _differs() if line.differences else ""
            return Cell(found.shown, found.to_type, found.to_copy, ink="muted", note=note)
        if column.sort == "quarters":
            marks = tuple(str(n) in found.to_copy for n in (1, 2, 3, 4))
            return Cell(found.shown, found.to_type, found.to_copy, look="squares", marks=marks)
        if column.key == "investment":
            if not found.shown:
                return Cell("—", "", look="chip")
            return Cell(found.shown, look="chip", tone=TONES.get(str(line.values.get("investment")), "neutral"))
        if column.sort in _RIGHT:
            shown = found.shown if not found.more else f"{found.shown} (+{digits.count(found.more)})"
            bold = column.sort == "total"
            return Cell(shown, found.to_type, found.to_copy, "right", "muted" if bold else "ink", read_only=locked)
        shown = f"{found.shown} (+{digits.count(found.more)})" if found.more else found.shown
        return Cell(shown, found.to_type, found.to_copy, read_only=locked)

    def foot(self) -> Sequence[FootRow]:
        """All in riel; and where there are dollars, riel and dollars each by themselves."""
        if self.totals is None or self.matrix is None or not self.totals.activities:
            return ()
        sums = {c.key: self.totals.of(c.key) for c in self.asked if c.sort in ("money", "total")}
        count = digits.count(self.totals.activities)
        told = ngettext("{count} activity", "{count} activities", self.totals.activities).format(count=count)
        rows = [
            FootRow(
                _("In all: {what}").format(what=told),
                {k: Cell(matrix.total(m), align="right", bold=True) for k, m in sums.items() if m is not None},
            )
        ]
        if self.totals.whole.dollar:
            for words, part in ((_("of which in riel (៛)"), "riel"), (_("of which in dollars ($)"), "dollar")):
                cells = {
                    k: Cell(digits.number(getattr(m, part)), align="right", ink="muted")
                    for k, m in sums.items()
                    if m is not None and getattr(m, part)
                }
                rows.append(FootRow(words, cells, bold=False))
        return rows

    def apply(self, changes: list[Change]) -> list[Refusal]:
        return self._write(changes)

    def suggest(self, row: int, column: int, text: str) -> list[Suggestion]:
        if self.matrix is None or self.lines[row].id is None:
            return []
        names, asked = self.matrix.names, self.asked[column]
        choice = asked.choice()
        if choice is not None:
            labels = [option.label for option in choice.options]
            known = text.strip() in ("", *labels)  # what is there is shown among the others
            return [Suggestion(label) for label in labels if known or text.strip() in label]
        if asked.sort == "priority":
            return [Suggestion(names.ranked(p)) for p in names.priorities]
        if asked.sort == "name":
            return [Suggestion(label, hint=hint) for label, hint in names.suggest(text, ("body", "person"))]
        if asked.sort in ("names", "places"):
            return self._further(text, asked.sort)
        return []

    def _further(self, text: str, sort: str) -> list[Suggestion]:
        """What may follow in a cell that holds several names, after those that are written already."""
        assert self.matrix is not None
        names = self.matrix.names
        before, comma, last = text.rpartition(",")
        head = f"{before}, " if comma else ""
        if not last.strip():
            return []
        found = names.suggest(last, ("body",)) if sort == "names" else names.suggest_places(last.strip())
        return [Suggestion(f"{head}{label}", label, hint) for label, hint in found]


def in_order(columns: Sequence[Column]) -> list[Column]:
    """As the eye looks for them: what it costs in all stands behind the quarters, each year's money at the end."""
    whole = [column for column in columns if column.key == "budget.total"]
    others = [column for column in columns if column.key != "budget.total"]
    behind = max((n for n, column in enumerate(others) if column.sort == "quarters"), default=1) + 1
    return [*others[:behind], *whole, *others[behind:]]


def _column(column: Column) -> SheetColumn:
    source = column.sort == "money"
    width = WIDTHS.get(column.key, _SORT_WIDTHS.get(column.sort, 110))
    return SheetColumn(
        column.key,
        column.title,
        column.group,
        width,
        "right" if column.sort in _RIGHT else "left",
        stretch=1 if column.key == "text" else 0,
        hideable=column.key not in ("code", "text"),
        shown=not source and column.key not in AWAY,
    )


def _differs() -> str:
    return _("Two people wrote different things here; one has to be chosen.")
