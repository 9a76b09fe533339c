"""The sheet: a grid with the keys and manners of the spreadsheets that officers know.

Arrows, Tab, Enter, Home, End and Page keys move, with Ctrl to the edge of what is filled, with Shift choosing; a
letter or F2 writes; Delete blanks; Ctrl+C, X, V, D, R as in Excel. Head, first columns and totals stay in sight.
Shift+Space chooses whole rows; Alt+Up and Alt+Down ask to move them, Ctrl+Delete to put them away, Ctrl+Enter for a
new one. F6 leaves the sheet, as Tab does at its end; Shift+F6 leaves it backwards.
"""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QToolTip, QWidget

from cpdesk.i18n import _
from cpdesk.khmer.breaks import with_zwsp
from ui import spoken, theme
from ui.widgets.sheet import memory, paint
from ui.widgets.sheet.keys import Keys
from ui.widgets.sheet.model import SheetModel


class SheetView(Keys):
    """A view of `model`. `frozen` first columns stay in sight; `memory_name` keeps hidden columns and widths.

    `moved` tells that another cell is current or other cells are chosen.
    """

    moved = Signal()
    move_wanted = Signal(int)
    delete_wanted = Signal()

    def __init__(
        self,
        model: SheetModel,
        *,
        name: str,
        label: str,
        frozen: int = 1,
        memory_name: str = "",
        snug: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setProperty("role", "card")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setCornerWidget(QWidget())
        self.frozen = frozen
        self.snug = snug
        self._memory = memory_name
        self.choice = memory.load(memory_name) if memory_name else memory.ColumnChoice()
        self._place_kept: tuple[Hashable, str] | None = None
        model.modelAboutToBeReset.connect(self._remember_place)
        model.modelReset.connect(self._read_anew)
        model.dataChanged.connect(self._cells_changed)
        model.rowsInserted.connect(self._read_anew)
        model.rowsRemoved.connect(self._read_anew)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().setSingleStep(24)
        self.horizontalScrollBar().setSingleStep(40)
        theme.current().changed.connect(self._redress)
        self._read_anew()

    # reading the model

    def _remember_place(self) -> None:
        row, column = self.current()
        if 0 <= row < self.sheet.rows() and 0 <= column < len(self._all_columns):
            self._place_kept = (self.sheet.key(row), self._all_columns[column].key)

    def _read_anew(self) -> None:
        """Rows or columns are others now: stand where one stood, by key."""
        self._all_columns = self.sheet.columns()
        self._foot = self.sheet.foot()
        self._arrange()
        self.lines.reset(self.sheet.rows(), paint.line_height() + 2 * paint.PAD_Y)
        kept, self._place_kept = self._place_kept, None
        row, place = self.selection.row, self.selection.place
        if kept is not None:
            found = self.sheet.find(kept[0])
            row = found if found >= 0 else row
            at = next((n for n, column in enumerate(self._all_columns) if column.key == kept[1]), None)
            place = self.columns.place(at) if at is not None else place
        last, width = max(0, len(self.lines) - 1), max(0, len(self.columns.order) - 1)
        self.selection.go(max(0, min(row, last)), max(0, min(place, width)))
        self._fit()
        self.moved.emit()

    def _cells_changed(self, first: object = None, last: object = None, _roles: object = None) -> None:
        from PySide6.QtCore import QModelIndex

        rows = range(len(self.lines))
        if isinstance(first, QModelIndex) and isinstance(last, QModelIndex):
            rows = range(first.row(), last.row() + 1)
        if len(rows) > len(self.lines) // 2:
            self.lines.forget_all()
        else:
            for row in rows:
                self.lines.forget(row)
        self._foot = self.sheet.foot()
        self._measure_foot()
        self._fit()

    def _arrange(self) -> None:
        room = max(100, self.viewport().width())
        self.columns.arrange(self._all_columns, self.hidden_keys(), self.choice.widths, self.frozen, room)
        self._measure_head()
        self._measure_foot()

    def rearrange(self) -> None:
        """Columns came, went or are of another width."""
        row, column = self.current()
        self._arrange()
        self.lines.forget_all()
        if self.columns.order:
            self.selection.go(row, min(self.columns.place(column), len(self.columns.order) - 1))
        self._fit()
        self.moved.emit()

    def _redress(self) -> None:
        paint.forget()
        self.rearrange()

    def set_frozen(self, count: int) -> None:
        """So many first columns stay in sight when one scrolls to the right."""
        self.frozen = count
        self.rearrange()

    def keep_choice(self) -> None:
        """Remember what was chosen of the columns."""
        if self._memory:
            memory.save(self._memory, self.choice)

    def choose_memory(self, name: str) -> None:
        """Keep the columns under another name from now on, as that one had them."""
        if name != self._memory:
            self._memory = name
            self.choice = memory.load(name)
            self.rearrange()

    # where one stands

    def current(self) -> tuple[int, int]:
        """Row and column of the current cell; (-1, -1) where there are none."""
        if not len(self.lines) or not self.columns.order:
            return -1, -1
        return self.selection.row, self.current_column()

    def current_column(self) -> int:
        order = self.columns.order
        return order[min(self.selection.place, len(order) - 1)] if order else -1

    def set_current(self, row: int, column: int, *, keep: bool = False) -> None:
        """Go to that cell and bring it into sight; `keep` chooses all from the anchor to it."""
        if not len(self.lines) or not self.columns.order:
            return
        self.go(row, self.columns.place(column), keep=keep)

    def go(self, row: int, place: int, *, keep: bool = False) -> None:
        """The same by the column's place among those in sight; outside it stops at the edge."""
        row = max(0, min(row, len(self.lines) - 1))
        place = max(0, min(place, len(self.columns.order) - 1))
        whole = self.selection.whole
        self.selection.go(row, place, keep=keep)
        self.selection.whole = whole and keep
        self.show_cell(row, place)
        self.viewport().update()
        self._tell()
        self.moved.emit()

    def choose(self, key: Hashable, column_key: str = "") -> bool:
        """Go to the row of that key; False where it has none."""
        row = self.sheet.find(key) if key is not None else -1
        if row < 0:
            return False
        at = next((n for n, column in enumerate(self._all_columns) if column.key == column_key), self.current_column())
        self.set_current(row, at)
        return True

    def _tell(self) -> None:
        """What a reader of the screen says of the cell."""
        row, column = self.current()
        if row < 0:
            return
        cell = self.held(row, column)
        words = cell.text or cell.to_edit or _("blank")
        if self.sheet.band(row) is None:
            words = f"{self.title_of(column)}: {words}"
        words = f"{words}. {cell.problem}" if cell.problem else words
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            spoken.say(self, words)

    # scrolling

    def _fit(self) -> None:
        self.place_bars()
        self.place_box()
        if self.snug:
            bar = self.horizontalScrollBar().sizeHint().height() if self.columns.whole > self.viewport().width() else 0
            wanted = self.content_height() + 2 + bar
            if wanted != self.maximumHeight():
                self.setMaximumHeight(max(wanted, self.minimumHeight()))
                self.updateGeometry()
        self.viewport().update()

    def place_bars(self) -> None:
        room = self.body().height()
        up = self.verticalScrollBar()
        up.setPageStep(max(1, room))
        up.setRange(0, max(0, self.lines.whole - room))
        across = self.horizontalScrollBar()
        across.setPageStep(max(1, self.viewport().width() - self.columns.frozen_width))
        across.setRange(0, max(0, self.columns.whole - self.viewport().width()))

    def _scrolled(self) -> None:
        self.place_box()
        self.viewport().update()

    def show_row(self, row: int) -> None:
        """Bring a row into sight; those about it are measured first, so that it stands where it is said to."""
        for near in range(max(0, row - 12), min(len(self.lines), row + 12)):
            self.lines.know(near)
        self.place_bars()
        bar, room = self.verticalScrollBar(), self.body().height()
        top, height = self.lines.top(row), self.lines.height(row)
        if top < bar.value() or height >= room:
            bar.setValue(top)
        elif top + height > bar.value() + room:
            bar.setValue(top + height - room)

    def show_cell(self, row: int, place: int) -> None:
        self.show_row(row)
        column = self.columns.order[place]
        if self.columns.is_frozen(column) or self.sheet.band(row) is not None:
            return
        bar = self.horizontalScrollBar()
        left, width = self.columns.lefts[column], self.columns.widths[column]
        if left < bar.value() + self.columns.frozen_width:
            bar.setValue(left - self.columns.frozen_width)
        elif left + width > bar.value() + self.viewport().width():
            bar.setValue(left + width - self.viewport().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()
            self.lines.forget_all()
            self._sample()
        else:
            self._measure_foot()
        self._fit()

    def _sample(self) -> None:
        """At another width the mean of the rows is another."""
        if not self.lines.whole or self.verticalScrollBar().value() == 0:
            self.lines.reset(self.sheet.rows(), paint.line_height() + 2 * paint.PAD_Y)

    def sizeHint(self) -> QSize:
        return QSize(600, min(self.content_height() + 2, 2000))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, min(self.content_height() + 2, self.head_height + self.foot_height + 3 * paint.line_height()))

    # hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self.column_pressed(at, event.button()) or not self.keep():
            return
        row, place = self.cell_at(at)
        if row is None or place is None:
            return
        inside = row in self.selection.rows() and place in self.selection.places(len(self.columns.order))
        if event.button() == Qt.MouseButton.RightButton and inside:
            return
        self.go(row, place, keep=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self.column_dragged(at) or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        row, place = self.cell_at(at, nearest=True)
        if row is not None and place is not None and (row, place) != (self.selection.row, self.selection.place):
            self.go(row, place, keep=True)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.column_released()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if not self.column_double(at) and self.cell_at(at)[0] is not None:
            self.write()

    def cell_at(self, at: QPoint, *, nearest: bool = False) -> tuple[int | None, int | None]:
        """Row and place of the cell under a point of the viewport."""
        body = self.body()
        if not len(self.lines) or not self.columns.order or (not nearest and not body.contains(at)):
            return None, None
        y = max(body.top(), min(at.y(), body.bottom())) - self.head_height + self.verticalScrollBar().value()
        if not nearest and y >= self.lines.whole:
            return None, None
        column = self.column_at(at.x())
        if column is None:
            return (self.lines.at(y), len(self.columns.order) - 1) if nearest else (None, None)
        return self.lines.at(y), self.columns.place(column)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), with_zwsp(self._tip(event.pos())), self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip(self, at: QPoint) -> str:
        if at.y() < self.head_height:
            column = self.column_at(at.x())
            return self._all_columns[column].tip if column is not None else ""
        row, place = self.cell_at(at)
        if row is None or place is None:
            return ""
        band = self.sheet.band(row)
        if band is not None:
            return band.note
        cell = self.sheet.cell(row, self.columns.order[place])
        return "\n".join(part for part in (cell.problem, cell.note) if part)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hand(event):
            super().keyPressEvent(event)
