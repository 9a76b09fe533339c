"""Columns put away, called up and made wider: by the mouse at the head, and by a list that keys reach."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from cpdesk.i18n import _
from ui import theme, tokens
from ui.widgets.buttons import Button
from ui.widgets.sheet import paint
from ui.widgets.sheet.editing import Editing
from ui.widgets.sheet.layout import LEAST
from ui.widgets.sheet.memory import ColumnChoice
from ui.widgets.surfaces import column as vertical
from ui.widgets.surfaces import scrolling
from ui.widgets.text import literal

GRIP = 4  # pixels on both sides of a border that drag it


class ColumnHands(Editing):
    choice: ColumnChoice
    _dragged: int | None = None
    _drag_from = (0, 0)  # where the drag began, and how wide the column was

    if TYPE_CHECKING:

        def rearrange(self) -> None: ...
        def keep_choice(self) -> None: ...
        def go(self, row: int, place: int, *, keep: bool = False) -> None: ...

    # which

    def hidden_keys(self) -> frozenset[str]:
        """Columns that a person put away, and those that are away until called up."""
        usual = {column.key for column in self._all_columns if not column.shown}
        wanted = (self.choice.hidden | usual) - self.choice.seen
        away = {column.key for column in self._all_columns if column.hideable and column.key in wanted}
        return frozenset(away if len(away) < len(self._all_columns) else set())

    def show_column(self, key: str, on: bool) -> None:
        """Call a column up or put it away, and remember that."""
        self.show_columns([key], on)

    def show_columns(self, keys: list[str], on: bool) -> None:
        hidden, seen = set(self.choice.hidden), set(self.choice.seen)
        for key in keys:
            (hidden.discard if on else hidden.add)(key)
            (seen.add if on else seen.discard)(key)
        self.choice = replace(self.choice, hidden=frozenset(hidden), seen=frozenset(seen))
        self.keep_choice()
        self.rearrange()

    def reset_columns(self) -> None:
        """All columns as they were on the first day."""
        self.choice = ColumnChoice()
        self.keep_choice()
        self.rearrange()

    def set_width(self, column: int, width: int, *, keep: bool = True) -> None:
        """A column that many pixels wide, whatever it was."""
        at_scale_1 = round(max(LEAST, width) / theme.current().scale)
        widths = {**self.choice.widths, self._all_columns[column].key: at_scale_1}
        self.choice = replace(self.choice, widths=widths)
        if keep:
            self.keep_choice()
        self.rearrange()

    def choose_columns(self) -> None:
        """Open the list of all columns under the head."""
        chooser = ColumnChooser(self)
        chooser.open_at(self.viewport().mapToGlobal(QPoint(self.viewport().width(), self.head_height)))

    # the mouse at the head

    def column_at(self, x: int) -> int | None:
        """The column under a pixel of the viewport."""
        if x >= self.columns.frozen_width:
            x += self.horizontalScrollBar().value()
        return self.columns.at(x)

    def _border_at(self, at: QPoint) -> int | None:
        """The column whose right border is there."""
        if at.y() >= self.head_height:
            return None
        for column in self.columns.order:
            right = self.x_of(column) + self.columns.widths[column]
            covered = not self.columns.is_frozen(column) and right < self.columns.frozen_width
            if abs(right - at.x()) <= GRIP and not covered:
                return column
        return None

    def column_pressed(self, at: QPoint, button: Qt.MouseButton) -> bool:
        """Begin to drag a border, or choose a whole column; False below the head."""
        if at.y() >= self.head_height:
            return False
        if button != Qt.MouseButton.LeftButton or not self.keep():
            return True
        self._dragged = self._border_at(at)
        column = self.column_at(at.x())
        if self._dragged is not None:
            self._drag_from = (at.x(), self.columns.widths[self._dragged])
        elif column is not None and len(self.lines):
            place = self.columns.place(column)
            self.selection.go(0, place)
            self.selection.row = len(self.lines) - 1
            self.viewport().update()
        return True

    def column_dragged(self, at: QPoint) -> bool:
        if self._dragged is None:
            grip = self._border_at(at) is not None
            self.viewport().setCursor(Qt.CursorShape.SplitHCursor if grip else Qt.CursorShape.ArrowCursor)
            return False
        begun, width = self._drag_from
        self.set_width(self._dragged, width + at.x() - begun, keep=False)
        return True

    def column_released(self) -> None:
        if self._dragged is not None:
            self._dragged = None
            self.keep_choice()

    def column_double(self, at: QPoint) -> bool:
        """As wide as the longest words in sight, where a border was clicked twice."""
        if at.y() >= self.head_height:
            return False
        column = self._border_at(at)
        if column is not None:
            self.fit_column(column)
        return True

    def fit_column(self, column: int) -> None:
        """As wide as its longest words among the rows in sight, within reason."""
        metrics = self._metrics()
        texts = [self._all_columns[column].title]
        texts += [self.sheet.cell(r, column).text for r in self.seen_rows() if self.sheet.band(r) is None]
        longest = max(metrics(line) for text in texts for line in text.split("\n"))
        self.set_width(column, min(theme.scaled(480), longest + 2 * paint.PAD_X + 2 * paint.CHIP_X))

    @staticmethod
    def _metrics() -> partial[int]:
        from PySide6.QtGui import QFontMetrics

        return partial(QFontMetrics(paint.font(True)).horizontalAdvance)


class ColumnChooser(QFrame):
    """All columns with a tick each; those of one group under one that ticks them all. Esc closes it."""

    def __init__(self, sheet: ColumnHands) -> None:
        super().__init__(sheet, Qt.WindowType.Popup)
        self.setObjectName("column_chooser")
        self.setProperty("role", "palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sheet = sheet
        self._groups: dict[str, tuple[QCheckBox, list[QCheckBox]]] = {}
        content = QWidget()
        box = vertical(content, spacing=2, margin=tokens.S)
        hidden = sheet.hidden_keys()
        group = ""
        for one in sheet._all_columns:
            if one.group and one.group != group:
                box.addWidget(self._group(one.group))
            group = one.group
            tick = QCheckBox(literal(one.title))
            tick.setObjectName(f"column_{one.key}")
            tick.setEnabled(one.hideable)
            tick.setChecked(one.key not in hidden)
            if group:
                tick.setContentsMargins(0, 0, 0, 0)
                tick.setStyleSheet("margin-left: 22px;")
                self._groups[group][1].append(tick)
            tick.toggled.connect(partial(self._toggled, one.key))
            box.addWidget(tick)
        area = scrolling(content, "column_scroll")
        whole = vertical(self, spacing=0, margin=1)
        whole.addWidget(area)
        usual = Button(_("As at first"), kind="link", name="columns_usual", run=self._usual)
        whole.addWidget(usual, 0, Qt.AlignmentFlag.AlignRight)
        self._tall = content.sizeHint().height() + usual.sizeHint().height() + 8
        self._wide = max(theme.scaled(220), content.sizeHint().width() + 28)
        self._tick_groups()

    def _group(self, name: str) -> QCheckBox:
        tick = QCheckBox(literal(name))
        tick.setObjectName("column_group")
        tick.setTristate(True)
        tick.clicked.connect(partial(self._group_clicked, name))
        self._groups[name] = (tick, [])
        return tick

    def _toggled(self, key: str, on: bool) -> None:
        self.sheet.show_column(key, on)
        self._tick_groups()

    def _group_clicked(self, name: str) -> None:
        tick, members = self._groups[name]
        on = tick.checkState() != Qt.CheckState.Unchecked
        for member in members:
            member.blockSignals(True)
            member.setChecked(on)
            member.blockSignals(False)
        self.sheet.show_columns([m.objectName().removeprefix("column_") for m in members], on)
        self._tick_groups()

    def _tick_groups(self) -> None:
        for tick, members in self._groups.values():
            on = sum(member.isChecked() for member in members)
            none, some, every = Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Checked
            tick.setCheckState(every if on == len(members) else some if on else none)

    def _usual(self) -> None:
        self.sheet.reset_columns()
        self.close()

    def open_at(self, corner: QPoint) -> None:
        """With its right upper corner there, as tall as it needs to be and the screen allows."""
        area = self.sheet.screen().availableGeometry()
        width = self._wide
        height = min(self._tall, max(200, area.bottom() - corner.y() - 8))
        self.setGeometry(max(area.left(), corner.x() - width), corner.y(), width, height)
        self.show()
        first = next((box for box in self.findChildren(QCheckBox) if box.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)
