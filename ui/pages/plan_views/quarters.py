"""When what is done: the plan's quarters as bars, one line an activity, with how far each quarter came."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from cpdesk import records as kinds
from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks import Record, plans, records
from ui import theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.lists.plan_rows import short_name
from ui.pages.plan_views import PlanPart
from ui.pages.plan_views.sheets import Legend, Mark, TickSheet, band_of, numbered, paint_mark, words_cell
from ui.widgets.sheet import Band, Cell, Change, FootRow, Refusal, SheetColumn, SheetModel
from ui.widgets.sheet.paint import PAD_Y, line_height
from ui.widgets.surfaces import EmptyState, column

CODE, TEXT, WHO, FIRST = 0, 1, 2, 3  # the columns; quarters begin at FIRST
TICK = "X"  # as officers mark a quarter in their tables
_LOOKS = {
    "done": ("chart_good", "✓"),
    "on_track": ("chart_fair", "→"),
    "at_risk": ("chart_warning", "!"),
    "late": ("chart_bad", "!"),
    "dropped": ("chart_bad", "×"),
    "not_started": ("chart_none", "○"),
}


def quarter_of(day: date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"


class QuartersModel(SheetModel):
    """Activities under their headings, and a column for each quarter."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.keys: list[str] = []
        self.lines: list[tuple[Record, Band | None]] = []
        self.reports: dict[tuple[str, str], str] = {}
        self.now = quarter_of(date.today())
        self._codes: dict[str, str] = {}
        self._who: dict[str, str] = {}
        self._columns: list[SheetColumn] = []
        self._chosen: dict[str, frozenset[str]] = {}

    def show(self, plan: str) -> None:
        before = self._shape()
        desk = self.context.desk
        tree = plans.tree(desk, plan)
        self._codes = plans.codes(desk, plan)
        self.lines = []
        for node in tree:
            self._add(node.record, node.activities)
            for output in node.outputs:
                self._add(output.record, output.activities)
        activities = [record for record, band in self.lines if band is None]
        self._chosen = {a.id: frozenset(a.text("year_quarters").split()) for a in activities}
        years = {int(key[:4]) for chosen in self._chosen.values() for key in chosen} | set(plans.years(desk, plan))
        self.keys = [f"{year}Q{quarter}" for year in sorted(years) for quarter in (1, 2, 3, 4)]
        self.now = quarter_of(date.today())
        self._read_reports()
        self._columns = self._make_columns()
        if before == self._shape():
            self.changed()  # what is chosen stays chosen
        else:
            self.reset()

    def _shape(self) -> tuple[list[str], list[str], str]:
        return [record.id for record, _band in self.lines], self.keys, self.now

    def _add(self, record: Record, activities: Sequence[Record]) -> None:
        self.lines.append((record, band_of(record, self._codes[record.id])))
        self.lines += [(activity, None) for activity in activities]

    def _read_reports(self) -> None:
        rows = records.columns(self.context.desk, "progress", ("activity", "year", "quarter", "status"))
        self.reports = {
            (str(activity), f"{year}Q{quarter}"): str(status)
            for activity, year, quarter, status in (row[1:] for row in rows)
            if status and activity in self._chosen
        }

    def _make_columns(self) -> list[SheetColumn]:
        found = [
            SheetColumn("code", kinds.kind("activity").field("code").label, width=60, hideable=False),
            SheetColumn("text", kinds.kind("activity").label, width=210, stretch=1, hideable=False),
            SheetColumn("responsible", kinds.kind("activity").field("responsible").label, width=128),
        ]
        for key in self.keys:
            year, quarter = digits.count(int(key[:4])), digits.count(int(key[5]))
            tip = _("Quarter {quarter} of {year}").format(quarter=quarter, year=year)
            title = f"▸{quarter}" if key == self.now else quarter
            found.append(SheetColumn(key, title, group=year, width=40, align="center", tip=tip))
        return found

    # what the sheet asks

    def columns(self) -> Sequence[SheetColumn]:
        return self._columns

    def rows(self) -> int:
        return len(self.lines)

    def band(self, row: int) -> Band | None:
        return self.lines[row][1]

    def key(self, row: int) -> Hashable:
        return self.lines[row][0].id

    def cell(self, row: int, column: int) -> Cell:
        record = self.lines[row][0]
        if column == CODE:
            return words_cell(numbered(self._codes[record.id]), ink="muted")
        if column == TEXT:
            return words_cell(record.text("text"))
        if column == WHO:
            return words_cell(self._name(record.text("responsible")))
        key = self.keys[column - FIRST]
        ground = "accent_soft" if key == self.now else ""
        return Cell("", TICK if self.planned(row, column) else "", align="center", ground=ground)

    def _name(self, id_: str) -> str:
        if id_ not in self._who:
            self._who[id_] = short_name(self.context.desk, id_)
        return self._who[id_]

    def foot(self) -> Sequence[FootRow]:
        sums = {key: sum(key in chosen for chosen in self._chosen.values()) for key in self.keys}
        cells = {key: Cell(digits.count(n), align="center", bold=True) for key, n in sums.items() if n}
        return [FootRow(_("Activities in the quarter"), cells)] if self.lines else []

    def planned(self, row: int, column: int) -> bool:
        record, band = self.lines[row]
        return band is None and self.keys[column - FIRST] in self._chosen[record.id]

    def status(self, row: int, column: int) -> str:
        """What was reported of that quarter; "" where nothing was."""
        return self.reports.get((self.lines[row][0].id, self.keys[column - FIRST]), "")

    def apply(self, changes: list[Change]) -> list[Refusal]:
        """Any word in a cell puts the quarter into the plan, a blank takes it out; all as one step."""
        wanted: dict[int, set[str]] = {}
        for row, at, text in changes:
            if at >= FIRST and self.lines[row][1] is None:
                chosen = wanted.setdefault(row, set(self._chosen[self.lines[row][0].id]))
                (chosen.add if text.strip() else chosen.discard)(self.keys[at - FIRST])
        try:
            with self.context.undo.together():
                for row, chosen in wanted.items():
                    values = {"year_quarters": " ".join(sorted(chosen)) or None}
                    self.context.undo.save("activity", values, self.lines[row][0].id)
        except UserError as error:
            return [Refusal(changes[0][0], changes[0][1], str(error))]
        self.context.touched("activity", "plan")
        return []


class QuartersSheet(TickSheet):
    """Draws the bars over the cells: a run of quarters is one bar, each part in the colour of its report."""

    def __init__(self, model: QuartersModel) -> None:
        super().__init__(
            model, name="quarters_sheet", label=_("Quarters of the activities"), frozen=2, memory_name="plan_quarters"
        )
        self.model = model
        self.moved.connect(self._say)

    def tickable(self, row: int, column: int) -> bool:
        return column >= FIRST and self.model.band(row) is None

    def _say(self) -> None:
        """The cells show no words, so that a reader of the screen needs these."""
        row, column = self.current()
        if row < 0 or not self.tickable(row, column):
            return
        planned = _("planned") if self.model.planned(row, column) else _("not planned")
        status = self.model.status(row, column)
        told = kinds.kind("progress").field("status").type.show(status or None)
        words = (self.model.columns()[column].tip, planned, told)
        self.setAccessibleDescription(": ".join(word for word in words if word))

    def _cells(self, painter: QPainter, columns: list[int]) -> None:
        super()._cells(painter, columns)
        quarters = [one for one in columns if one >= FIRST]
        if not quarters:
            return
        for row in self.seen_rows():
            if self.model.band(row) is None:
                for run in self._runs(row):
                    self._bar(painter, row, run)
                self._stray(painter, row, quarters)

    def _runs(self, row: int) -> list[list[int]]:
        """Planned quarters of a row that follow one another in sight."""
        seen = [one for one in self.columns.order if one >= FIRST and self.model.planned(row, one)]
        runs = [[seen[0]]] if seen else []
        for before, one in pairwise(seen):
            if one == before + 1:
                runs[-1].append(one)
            else:
                runs.append([one])
        return runs

    def _strip(self, row: int, column: int) -> QRect:
        """Where a bar runs through a cell: beside the first line of the words."""
        rect = self.cell_rect(row, column)
        height = theme.scaled(16)
        return QRect(rect.x(), rect.y() + PAD_Y + (line_height() - height) // 2, rect.width(), height)

    def _bar(self, painter: QPainter, row: int, run: list[int]) -> None:
        first, last = self._strip(row, run[0]), self._strip(row, run[-1])
        whole = QRect(first.x() + 4, first.y(), last.right() - first.x() - 8, first.height())
        shape = QPainterPath()
        shape.addRoundedRect(whole, 5, 5)
        painter.save()
        painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
        for one in run:
            paint_mark(painter, self._strip(row, one), self.mark(row, one), round_off=False)
        painter.restore()

    def mark(self, row: int, column: int) -> Mark:
        """How a planned quarter is drawn."""
        status = self.model.status(row, column)
        if status:
            return status_mark(status)
        return unreported() if self.model.keys[column - FIRST] < self.model.now else planned()

    def _stray(self, painter: QPainter, row: int, quarters: list[int]) -> None:
        """What was reported of a quarter that was not planned."""
        for one in quarters:
            status = self.model.status(row, one)
            if status and not self.model.planned(row, one):
                strip = self._strip(row, one)
                side = strip.height()
                paint_mark(painter, QRect(strip.center().x() - side // 2, strip.y(), side, side), status_mark(status))


def status_mark(status: str) -> Mark:
    token, sign = _LOOKS.get(status, ("chart_none", ""))
    return Mark(token, sign, kinds.kind("progress").field("status").type.show(status))


def planned() -> Mark:
    return Mark("accent", "", _("planned"))


def unreported() -> Mark:
    return Mark("chart_none", "", _("past, not reported"))


class QuartersView(PlanPart):
    name = "quarters"
    kinds = frozenset({"plan", "objective", "output", "activity", "progress", "body", "person"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        whole = column(self, spacing=tokens.M)
        self.model = QuartersModel(context)
        self.sheet = QuartersSheet(self.model)
        self.legend = Legend("quarters_legend")
        self.empty = EmptyState(
            "calendar-days",
            _("Once there are activities, one sees here in which quarters each of them runs."),
            example=_("Write the activities in the table first."),
            name="empty_quarters",
        )
        whole.addWidget(self.sheet, 1)
        whole.addWidget(self.empty, 1)
        whole.addWidget(self.legend)
        self.sheet.ticked.connect(self.turn)
        self.sheet.refused.connect(self._refused)

    def show_plan(self, plan: str) -> None:
        self.plan = plan
        self.model.show(plan)
        there = any(band is None for _record, band in self.model.lines)
        for widget in (self.sheet, self.legend):
            widget.setVisible(there)
        self.empty.setVisible(not there)
        told = set(self.model.reports.values())
        past = any(key < self.model.now for key in self.model.keys)
        marks = [planned(), *([unreported()] if past else [])]
        if self.model.now in self.model.keys:
            marks.append(Mark("accent_soft", "▸", _("the quarter of today")))
        marks += [status_mark(status) for status in _LOOKS if status in told]
        self.legend.show_marks(marks, _("Space puts a quarter into the plan or takes it out"))

    def turn(self, cells: list[tuple[int, int]]) -> None:
        """Put these quarters into the plan, or take them out where all of them are in."""
        on = not all(self.model.planned(*cell) for cell in cells)
        refusals = self.model.apply([(row, one, TICK if on else "") for row, one in cells])
        if refusals:
            self._refused(refusals)

    def _refused(self, refusals: list[Refusal]) -> None:
        self.context.say(refusals[0].reason, "warning")

    def begin(self) -> None:
        self.sheet.setFocus()

    def commands(self) -> list[Action]:
        def turn() -> None:
            cells = self.sheet.chosen_ticks()
            if cells:
                self.turn(cells)

        here = lambda: bool(self.sheet.chosen_ticks())  # noqa: E731
        words = _("Put the quarter in or take it out")
        return [Action("turn_quarter", words, turn, "calendar", enabled=here)]

    def state(self) -> dict[str, object]:
        row, _column = self.sheet.current()
        return {"chosen": self.model.key(row)} if 0 <= row < self.model.rows() else {}

    def restore(self, state: dict[str, object]) -> None:
        chosen = state.get("chosen")
        if isinstance(chosen, str):
            self.sheet.choose(chosen)
