"""The matrix of a plan: a sheet whose bands are objectives and outputs, and beside it the thread of the chosen line."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks import matrix
from ui import theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.lists.plan_sheet import PlanSheetModel
from ui.pages.plan_editing import PlanEditing
from ui.pages.plan_side import PlanSide
from ui.widgets.buttons import Button, IconButton
from ui.widgets.sheet import Refusal, SheetView
from ui.widgets.surfaces import EmptyState, column, row
from ui.widgets.text import ElidedText, Text, literal

NARROW = 900
SPARE = 100  # pixels for the other tools beside a button with its word
ICON_WIDTH = 42
LOW = 440  # below it the line under the table gives way
SIDE_MS = 60  # the thread waits until one has stopped running over the lines
FIELDS = {"quarters": "year_quarters", "budget": "text", "indicator": "text", "target": "text"}


class MatrixView(PlanEditing):
    name = "matrix"
    kinds = frozenset({
        "plan", "objective", "output", "activity", "indicator", "target", "budget_line", "priority", "body", "person",
    })  # fmt: skip

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._narrow = self._low = False
        self.model = PlanSheetModel(self.keep_cells)
        self.sheet = SheetView(
            self.model, name="plan_table", label=_("Matrix"), frozen=2, memory_name="plan", snug=True
        )
        self.empty = EmptyState(
            "list-tree",
            _("A plan goes from objectives over the outputs one expects to the activities that bring them about."),
            button=_("Write the first objective"),
            run=lambda: self.begin_line("objective"),
            example=_("For example: Reduce violence against children in families and communities"),
            name="empty_plan",
        )
        self.side = PlanSide(context)
        self._lay_out()
        self._tools = self._made_tools()
        self._follow_soon = QTimer(self)
        self._follow_soon.setSingleShot(True)
        self._follow_soon.setInterval(SIDE_MS)
        self._follow_soon.timeout.connect(self._follow_if_seen)
        self._connect()

    def _lay_out(self) -> None:
        across = row(self, spacing=14)
        left = column(spacing=tokens.S)
        left.addWidget(self.sheet, 100)
        left.addWidget(self.empty)
        self.total = ElidedText("", "small", name="plan_total")
        self.keys = Text(_("F2 writes · Ctrl+Enter adds · Alt+↑↓ moves"), "small", wrap=False, name="plan_keys")
        foot = row(spacing=tokens.L)
        foot.addWidget(self.total, 1)
        foot.addWidget(self.keys)
        left.addLayout(foot)
        left.addStretch(1)
        across.addLayout(left, 1)
        across.addWidget(self.side)

    def _connect(self) -> None:
        self.sheet.moved.connect(self._moved)
        self.sheet.more_wanted.connect(lambda: self.begin_line("activity"))
        self.sheet.move_wanted.connect(self.move_line)
        self.sheet.delete_wanted.connect(self.delete)
        self.sheet.opened.connect(self._open_cell)
        self.sheet.settled.connect(self._settled)
        self.sheet.refused.connect(self._refused)
        self.sheet.passed_over.connect(self._passed)
        self.sheet.menu_opening.connect(self._fill_menu)
        self.context.changed.connect(self._changed_elsewhere)

    def _made_tools(self) -> list[QWidget]:
        self.add_buttons: list[Button] = []
        for sort, word in (
            ("objective", _("Objective {number}")),
            ("output", _("Output {number}")),
            ("activity", _("Activity {number}")),
        ):
            words = word.format(number="").strip()
            button = Button(words, icon="plus", name=f"add_{sort}", parent=self)
            button.clicked.connect(lambda _on=False, sort=sort: self.begin_line(sort))
            self.add_buttons.append(button)
        self.columns_button = IconButton(
            "eye", _("Columns…"), name="plan_columns", run=self.sheet.choose_columns, parent=self
        )
        self.side_button = IconButton("link", _("Thread"), name="plan_side_toggle", run=self.toggle_side, parent=self)
        return [self.side_button, self.columns_button, *self.add_buttons]

    # what the page asks

    def tools(self) -> list[QWidget]:
        return self._tools

    def show_plan(self, plan: str) -> None:
        other, self.plan = plan != self.plan, plan
        fresh, self._fresh = self._fresh and not other, False
        if self.sheet.is_writing():
            self._later = True
            return
        if not fresh:
            self.read()
        if other and self.model.lines:
            self.sheet.choose(self.model.key(0), "text")
        self._follow_soon.start()

    _room = 1 << 20  # pixels beside the switch of views
    _later = False  # the desk changed while a cell was open

    def read(self) -> None:
        if self.plan is None:
            return
        self._later = False
        self.model.show(matrix.read(self.context.desk, self.plan))
        self._show_parts()

    def _show_parts(self) -> None:
        rows = self.model.lines
        self.sheet.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if not rows or not self._narrow:
            self.side.setVisible(bool(rows))
        self._show_total()
        self._fit_tools()

    def _show_total(self) -> None:
        by_state: dict[str, int] = {}
        for line in self.model.lines:
            if not line.is_band and line.id is not None:
                state = _investment(line.values.get("investment"))
                by_state[state] = by_state.get(state, 0) + 1
        self.total.setText(" · ".join(f"{word} {digits.count(n)}" for word, n in by_state.items()))
        self.total.setVisible(bool(by_state) and not self._low)
        self.keys.setVisible(bool(self.model.lines) and not self._narrow)

    def leave(self) -> None:
        if not self.sheet.keep(focus=False):
            box = self.sheet.box()
            if box is not None:
                self.context.say(_("“{text}” could not be kept: {why}").format(
                    text=box.plain(), why=box.accessibleDescription()
                ), "warning")  # fmt: skip
            self.sheet.drop()
        self.model.drop_draft()
        self.side.leave()

    def state(self) -> dict[str, object]:
        here = self.current()
        at = self.sheet.current()[1]
        return {
            "chosen": here.id if here else None,
            "column": self.model.columns()[at].key if at >= 0 else None,
            "side": self.side.views.current(),
        }

    def restore(self, state: dict[str, object]) -> None:
        side = state.get("side")
        if side in ("thread", "edit"):
            self.side.views.set_current(str(side))
        chosen, at = state.get("chosen"), state.get("column")
        if isinstance(chosen, str):
            self.choose(chosen, at if isinstance(at, str) else "text")
        focus, part = state.get("focus"), state.get("part")
        if part in ("indicator", "target", "budget_line") and isinstance(focus, str) and self.current() is not None:
            self.open_form("")

    def begin(self) -> None:
        if self.model.rows():
            self.sheet.setFocus()
        elif self.empty.button is not None:
            self.empty.button.setFocus()

    def commands(self) -> list[Action]:
        def chosen() -> bool:
            here = self.current()
            return here is not None and here.id is not None

        return [
            Action("new", _("New activity"), lambda: self.begin_line("activity"), "plus"),
            Action("new_output", _("New output"), lambda: self.begin_line("output"), "plus", shortcut="Ctrl+Shift+N"),
            Action("new_objective", _("New objective"), lambda: self.begin_line("objective"), "plus"),
            Action("write", _("Write in place"), self.sheet.write, "pencil", shortcut="F2", enabled=chosen),
            Action("fill_in", _("Fill in all fields"), lambda: self.open_form("text"), "list", shortcut="Ctrl+E",
                   enabled=chosen),
            Action("up", _("Move up"), lambda: self.move_line(-1), "chevron-up", enabled=chosen),
            Action("down", _("Move down"), lambda: self.move_line(1), "chevron-down", enabled=chosen),
            Action("delete", _("Put into the bin"), self.delete, "trash-2", enabled=chosen),
            Action("columns", _("Columns…"), self.sheet.choose_columns, "eye"),
        ]  # fmt: skip

    # following

    def choose(self, id_: str, column_key: str = "text") -> bool:
        """Stand on a record's line, its thread beside; False where it has none."""
        found = self.sheet.choose(id_, column_key)
        self.follow()
        return found

    def _moved(self) -> None:
        self._follow_soon.start()

    def _follow_if_seen(self) -> None:
        if self.isVisible():
            self.follow()

    def follow(self) -> None:
        """Let the side stand where the sheet stands."""
        self._follow_soon.stop()
        found = self.model.matrix
        here = self.current()
        if self.plan is not None and found is not None and (here is None or here.id is not None):
            self.side.leave()
            self.side.show_row(self.plan, here, found.years)

    def _changed_elsewhere(self, _kinds: object) -> None:
        self._fresh = False

    def _settled(self) -> None:
        if self.model.drop_draft():
            self._show_parts()
        if self._later:
            self.read()

    def toggle_side(self) -> None:
        self.side.setVisible(self.side.isHidden())
        self.follow()

    def open_form(self, field: str) -> None:
        """All fields of the chosen line beside it; `field` takes the focus."""
        self.follow()
        self.side.show()
        self.side.show_view("edit", field)

    def _open_cell(self, at: int, column_at: int) -> None:
        """A cell that is only read: a year's sum opens its sources, others lead to the form beside."""
        asked = self.model.asked[column_at]
        if asked.sort == "total" and asked.year:
            keys = [c.key for c in self.model.asked if c.sort == "money" and c.year == asked.year]
            self.sheet.show_columns(keys, True)
            self.sheet.choose(self.model.key(at), keys[0])
        else:
            self.open_form(FIELDS.get(asked.key.partition(".")[0], asked.field or "text"))

    def _refused(self, refusals: object) -> None:
        if isinstance(refusals, list) and refusals and isinstance(refusals[0], Refusal):
            first = refusals[0].reason
            said = _("Nothing was changed: {why}").format(why=first)
            if len(refusals) > 1:
                count = digits.count(len(refusals))
                said = _("Nothing was changed; {count} cells cannot be taken. The first: {why}").format(
                    count=count, why=first
                )
            self.context.say(said, "warning")

    def _passed(self, count: int) -> None:
        said = _("{count} cells are reckoned from others and stay as they are.")
        self.context.say(said.format(count=digits.count(count)), "accent")

    def _fill_menu(self, menu: QMenu) -> None:
        for action in self.commands():
            if action.id == "columns":
                continue
            entry = menu.addAction(literal(f"{action.text}\t{action.keys_shown()}".strip()))
            entry.setEnabled(action.is_enabled())
            entry.triggered.connect(lambda _on=False, run=action.run: run())
        menu.addSeparator()

    # narrow

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < LOW
        if low != self._low:
            self._low = low
            self._show_total()
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.side.setVisible(not narrow and bool(self.model.lines))
            self.keys.setVisible(not narrow)
            self._fit_tools()

    def _fit_tools(self) -> None:
        """Where there is little room only the most used; the others are in the menu and the palette."""
        *others, first = self.add_buttons
        first.setText(literal(first.accessibleName()))
        first.setMaximumWidth(1 << 20)
        if first.sizeHint().width() + SPARE > self._room:
            first.setText("")
            first.setMaximumWidth(theme.scaled(ICON_WIDTH))
            first.setToolTip(first.accessibleName())
        side = [self.side_button] if self._narrow else []
        left, lines = self._room, bool(self.model.lines)
        for tool in (first, *side, self.columns_button, *reversed(others)):
            left -= tool.sizeHint().width() + tokens.S
            tool.setVisible(lines and (left >= 0 or tool is first))
        if not self._narrow:
            self.side_button.hide()

    def fit_tools(self, room: int) -> None:
        self._room = room
        self._fit_tools()


def _investment(state: object) -> str:
    from cpdesk.records import kind

    return kind("activity").field("investment").type.show(str(state)) if state else _("investment not said")
