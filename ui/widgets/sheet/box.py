"""The box that opens over a cell, and the list of what may be meant below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from cpdesk.khmer.breaks import with_zwsp
from ui.widgets.editors.long_text import LongText
from ui.widgets.notices import InlineMessage
from ui.widgets.sheet.cells import Suggestion
from ui.widgets.surfaces import restyle
from ui.widgets.tips import tip

MOST = 8
_MINE = (Qt.Key.Key_Escape, Qt.Key.Key_F2)
_TEXT = int(Qt.ItemDataRole.UserRole)
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class CellBox(LongText):
    """`finished(rows, columns, more)` asks to keep the text and to go that far; `more` is Ctrl+Enter. `dropped` is Esc.

    Begun by a letter (`quick`), the arrows leave it as in other spreadsheets; begun by F2 they move in the text.
    Alt+Enter writes a line end.
    """

    finished = Signal(int, int, bool)
    dropped = Signal()
    hands_on = False  # while one writes in a cell, undo is of what is written there

    def __init__(self, parent: QWidget, suggest: Callable[[str], list[Suggestion]], quick: bool) -> None:
        super().__init__(1, 12, single=True, parent=parent)
        self.setObjectName("cell_input")
        self.quick = quick
        self.take_block: Callable[[str], bool] = lambda _text: False  # of several cells, whether the sheet took them
        self._suggest = suggest
        over = parent.window()  # what floats below the box may reach out of the sheet
        self.list = _List(over)
        self.list.itemClicked.connect(self._take_item)
        self.reason = InlineMessage("", "bad", name="cell_problem")
        self.reason.setParent(over)
        self.reason.hide()
        self.edited.connect(self._edited)

    def _edited(self) -> None:
        self.refuse("")
        self.offer()

    def offer(self) -> None:
        """Show what may be meant by what stands here."""
        found = self._suggest(self.plain())[:MOST]
        self.list.fill([] if len(found) == 1 and found[0].text == self.plain() else found)
        self.list.place(self)

    def refuse(self, reason: str) -> None:
        """Stay open and say why the text cannot be kept; an empty reason takes it back."""
        restyle(self, "state", "problem" if reason else "")
        self.reason.say("", "bad")
        self.setAccessibleDescription(reason)
        if reason:
            self.list.hide()
            self.reason.say(reason, "bad")
            self.place_reason()

    def place_reason(self) -> None:
        if self.reason.isHidden():
            return
        room = self.reason.parentWidget()
        assert room is not None
        width = min(room.width(), max(self.width(), 340))
        self.reason.setFixedWidth(width)
        box = self.reason.layout()
        height = box.heightForWidth(width) if box is not None else self.reason.sizeHint().height()
        at = self.mapTo(room, QPoint(0, self.height() + 1))
        if at.y() + height > room.height():
            at.setY(at.y() - self.height() - height - 2)
        at.setX(max(0, min(at.x(), room.width() - width)))
        self.reason.setFixedHeight(max(height, self.reason.minimumSizeHint().height()))
        self.reason.move(at)
        self.reason.raise_()

    def _take_item(self, item: QListWidgetItem) -> None:
        self.take(str(item.data(_TEXT)))

    def take(self, text: str) -> None:
        """Put a suggestion in the place of what stands here."""
        self.set_plain(text)
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.setTextCursor(cursor)
        self.list.hide()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not (source.hasText() and self.take_block(source.text())):
            super().insertFromMimeData(source)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab is the sheet's."""
        return False

    def event(self, event: QEvent) -> bool:
        """Esc and F2 mean the cell while one writes in it, whatever they mean in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _MINE:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._hand(Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)

    def _hand(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        if self.list.isVisible() and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not held:
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(held)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._take_current()
            self.finished.emit(0, -1 if key == Qt.Key.Key_Backtab else 1, False)
        elif key == Qt.Key.Key_Escape:
            if self.list.isVisible():
                self.list.hide()
            else:
                self.dropped.emit()
        elif key == Qt.Key.Key_F2:
            self.quick = False
        elif key == Qt.Key.Key_Down and held == Qt.KeyboardModifier.AltModifier:
            self.offer()
        elif self.quick and key in _STEPS and not held:
            self.finished.emit(*_STEPS[key], False)
        else:
            return False
        return True

    def _enter(self, held: Qt.KeyboardModifier) -> None:
        if held == Qt.KeyboardModifier.AltModifier:
            self.insertPlainText("\n")
            return
        self._take_current()
        if held == Qt.KeyboardModifier.ControlModifier:
            self.finished.emit(0, 0, True)
        else:
            self.finished.emit(-1 if held == Qt.KeyboardModifier.ShiftModifier else 1, 0, False)

    def _take_current(self) -> None:
        item = self.list.currentItem() if self.list.isVisible() else None
        if item is not None:
            self._take_item(item)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.list.hide()

    def close_all(self) -> None:
        """Away with the box and what stands beside it."""
        for widget in (self.list, self.reason, self):
            widget.hide()
            widget.deleteLater()


class _List(QListWidget):
    """What may be meant; it never takes the focus, so that one types on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cell_suggestions")
        self.setProperty("role", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.hide()

    def fill(self, found: list[Suggestion]) -> None:
        self.clear()
        for one in found:
            words = one.label or one.text
            item = QListWidgetItem(with_zwsp(f"{words} · {one.hint}" if one.hint else words))
            item.setData(_TEXT, one.text)
            item.setToolTip(tip(words))
            self.addItem(item)
        self.setVisible(bool(found))

    def place(self, box: QWidget) -> None:
        """Below the box, or above it where the sheet ends."""
        room = self.parentWidget()
        if not self.isVisible() or room is None:
            return
        wanted = max((self.sizeHintForColumn(0) + 40, box.width(), 260))
        width = min(room.width(), wanted, 460)
        self.setFixedWidth(width)
        self.doItemsLayout()
        frame = 2 * self.frameWidth() + 10
        tall = sum(max(1, self.sizeHintForRow(n)) for n in range(self.count())) + frame
        corner = box.mapTo(room, QPoint(0, 0))
        below = corner.y() + box.height() + 2
        down = room.height() - below
        height = min(tall, max(down, corner.y() - 2))
        at = QPoint(min(corner.x(), room.width() - width), below if height <= down else corner.y() - height - 2)
        self.setFixedHeight(height)
        self.move(at)
        self.raise_()

    def step(self, by: int) -> None:
        at = self.currentRow() + by
        self.setCurrentRow(max(-1, min(self.count() - 1, at)))
