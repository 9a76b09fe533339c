"""Text boxes that grow with what is in them, of one paragraph or of many.

The document holds U+200B at the word breaks, so that Khmer wraps between words while it is typed; the marks
are put in
paragraph by paragraph, are stepped over by the keyboard and by undo, and never leave the editor.
"""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QTextBlock, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from cpdesk.khmer.breaks import with_zwsp, without_zwsp
from cpdesk.kinds import Text, Type, Value
from ui.widgets.editors.base import Editor, fill_menu
from ui.widgets.guards import undo_key

ZWSP = "\u200b"
_LONG = 20_000  # letters in one paragraph beyond which breaks are left to Qt
_STEPS = 300
_JOIN_SECONDS = 1.0
_State = tuple[str, int]  # the text without marks, and how many of its letters stand before the cursor


class LongText(QPlainTextEdit):
    """The growing text box. `plain()` is the text without break marks; `edited` is a person's doing only."""

    edited = Signal()
    left = Signal()
    entered = Signal()
    hands_on = True  # what it cannot take back itself, the page may
    rewinding = False  # what stands here came by its own undo or redo

    def __init__(self, lines: int = 2, most: int = 14, *, single: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines, self._most, self._single = lines, most, single
        if single:  # as tall as the one-line editors beside it, and its words as far from the edge
            self.document().setDocumentMargin(0)
            self.setViewportMargins(3, 0, 3, 0)
        self.setUndoRedoEnabled(False)
        self._past: list[_State] = []
        self._future: list[_State] = []
        self._state: _State = ("", 0)
        self._joins_until = 0.0
        self._own_change = False
        self._height = 0
        self._usual = 0.0  # how tall a line was that is laid out; those out of sight are not
        self._spot: tuple[int, int] | None = None
        self.document().contentsChange.connect(self._noted)
        self.document().contentsChanged.connect(self._changed)

    def plain(self) -> str:
        return without_zwsp(self.toPlainText())

    def set_plain(self, text: str) -> None:
        """Show `text`; silent, and the undo list begins anew."""
        if text == self.plain():
            return
        self._own_change = True
        self.setPlainText(_broken(text))
        self._own_change = False
        self._past.clear()
        self._future.clear()
        self._joins_until = 0.0
        self._state = (text, 0)
        self._fit()

    # breaks while typing

    def _noted(self, at: int, removed: int, added: int) -> None:
        """Where it changed. The document may not be touched before its layout has heard of the change too."""
        if not self._own_change and (removed or added):
            self._spot = (at, added)

    def _changed(self) -> None:
        spot, self._spot = self._spot, None
        if self._own_change or spot is None:
            return
        self._own_change = True
        self._mark(*spot)
        self._own_change = False
        self._remember()
        self._fit()
        self.edited.emit()

    def _mark(self, at: int, added: int) -> None:
        block = self.document().findBlock(at)
        last = self.document().findBlock(at + added)
        numbers = range(block.blockNumber(), (last if last.isValid() else block).blockNumber() + 1)
        for number in numbers:
            self._mark_block(self.document().findBlockByNumber(number))

    def _mark_block(self, block: QTextBlock) -> None:
        old = block.text()
        layout = block.layout()
        if len(old) > _LONG or (layout is not None and layout.preeditAreaText()):
            return
        new = _broken(without_zwsp(old))
        if old == new:
            return
        cursor = QTextCursor(block)
        cursor.beginEditBlock()
        at = block.position()
        i = j = 0
        while i < len(old) or j < len(new):
            here, there = old[i : i + 1], new[j : j + 1]
            if here == there:
                at += _units(here)
                i, j = i + 1, j + 1
            elif there == ZWSP:
                cursor.setPosition(at)
                cursor.insertText(ZWSP)
                at, j = at + 1, j + 1
            else:
                cursor.setPosition(at)
                cursor.deleteChar()
                i += 1
        cursor.endEditBlock()

    # undo: of the text as a person sees it, since Qt's own list would count the marks as edits

    def undo(self) -> None:
        """Take back the last edit; letters typed in one go are one edit."""
        self._travel(self._past, self._future)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._travel(self._future, self._past)

    def _travel(self, source: list[_State], target: list[_State]) -> None:
        if not source or self.isReadOnly():
            return
        target.append(self._state)
        self.rewinding = True
        self._joins_until = 0.0
        self._own_change = True
        self._put(*source.pop())
        self._own_change = False
        self._state = self._now()
        self._fit()
        self.edited.emit()

    def _remember(self) -> None:
        """Keep what stood here before this edit, unless it goes on with the one before."""
        self.rewinding = False
        new, now = self._now(), time.monotonic()
        grown = len(new[0]) - len(self._state[0])
        if not (now < self._joins_until and abs(grown) == 1 and not new[0][new[1] - 1 : new[1]].isspace()):
            self._past.append(self._state)
            del self._past[:-_STEPS]
        self._joins_until = now + _JOIN_SECONDS
        self._future.clear()
        self._state = new

    def _now(self) -> _State:
        counted = self.toPlainText().encode("utf-16-le", "surrogatepass")[: 2 * self.textCursor().position()]
        return self.plain(), len(without_zwsp(counted.decode("utf-16-le", "surrogatepass")))

    def _put(self, text: str, at: int) -> None:
        """Replace what differs, and set the cursor behind the `at`-th letter."""
        old, new = self.toPlainText(), _broken(text)
        head = _alike(old, new)
        tail = _alike(old[head:][::-1], new[head:][::-1])
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(old[:head]))
        cursor.setPosition(_units(old[: len(old) - tail]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(new[head : len(new) - tail])
        spot = 0
        while at and spot < len(new):
            at -= new[spot] != ZWSP
            spot += 1
        cursor.setPosition(_units(new[:spot]))
        self.setTextCursor(cursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        ways = {"edit-undo": (self._past, self.undo), "edit-redo": (self._future, self.redo)}
        for action in menu.actions():
            steps, run = ways.get(action.objectName(), (None, None))
            if steps is not None and run is not None:
                action.triggered.disconnect()
                action.triggered.connect(run)
                action.setEnabled(bool(steps) and not self.isReadOnly())
        fill_menu(self, menu)
        menu.exec(event.globalPos())
        menu.deleteLater()

    # the marks are not there for the hand

    def event(self, event: QEvent) -> bool:
        """Where it has nothing to take back, the key is the page's."""
        if self.hands_on and event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            way = undo_key(event)
            if way and not (self._past if way == "undo" else self._future):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._enters(event.modifiers()):
            self.entered.emit()
            return
        way = undo_key(event)
        if way:
            (self.undo if way == "undo" else self.redo)()
            return
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._step_over(key, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        super().keyPressEvent(event)

    def _enters(self, held: Qt.KeyboardModifier) -> bool:
        return self._single or bool(held & Qt.KeyboardModifier.ControlModifier)

    def _step_over(self, key: Qt.Key, keep: bool) -> None:
        back = key in (Qt.Key.Key_Left, Qt.Key.Key_Backspace)
        erasing = key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        cursor = self.textCursor()
        if erasing and cursor.hasSelection():
            return
        mode = QTextCursor.MoveMode.KeepAnchor if keep and not erasing else QTextCursor.MoveMode.MoveAnchor
        moved = False
        while self.document().characterAt(cursor.position() - (1 if back else 0)) == ZWSP:
            cursor.setPosition(cursor.position() + (-1 if back else 1), mode)
            moved = True
        if moved:
            self.setTextCursor(cursor)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(without_zwsp(self.textCursor().selection().toPlainText()))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            text = source.text().replace("\0", "")
            self.insertPlainText(" ".join(text.split()) if self._single else text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    # growing

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        rows, seen, tall = 0, 0, 0.0
        block = self.document().firstBlock()
        while block.isValid() and rows <= self._most:
            layout = block.layout()
            count = max(1, layout.lineCount() if layout is not None else 1)
            for number in range(min(count, self._most - rows)):
                one = layout.lineAt(number) if layout is not None else None
                # a letter of another font may stand taller; by one pixel too few, Qt scrolls the first line away
                if one is not None and one.isValid():
                    self._usual = max(line, one.height())
                tall += self._usual or line
                seen += 1
            rows += count
            block = block.next()
        scrolls = Qt.ScrollBarPolicy.ScrollBarAsNeeded if rows > self._most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if scrolls != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(scrolls)
        tall = math.ceil(tall / max(1, seen) * max(self._lines, seen))
        frame = (
            self.contentsMargins().top() + self.contentsMargins().bottom() + 2 * round(self.document().documentMargin())
        )
        height = tall + frame + (0 if self._single else 2)
        if height != self._height:
            self._height = height
            self.setFixedHeight(height)
        if scrolls == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            self.verticalScrollBar().setValue(0)  # all of it fits: nothing stays scrolled off from when it was lower

    def sizeHint(self) -> QSize:
        return QSize(320, self._height or 2 * self.fontMetrics().lineSpacing() + 16)


def _units(text: str) -> int:
    """How far Qt counts it: a letter beyond the first plane, such as an emoji, is two, and nothing may come between."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _alike(one: str, other: str) -> int:
    """How many letters the two begin with in common."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _broken(text: str) -> str:
    return "\n".join(part if len(part) > _LONG else with_zwsp(part) for part in text.split("\n"))


class LongTextEditor(Editor):
    """Free text of at least two lines; Tab leaves it, Ctrl+Enter finishes it."""

    def __init__(
        self, name: str, label: str = "", *, type_: Type | None = None, lines: int = 2, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, label, parent)
        self.type = type_ or Text(long=True)
        self.box = self._make_box(lines)
        self.use(self.box)
        self.box.edited.connect(self.edited)
        self.box.left.connect(self.finished)
        self.box.entered.connect(self.finished)

    def _make_box(self, lines: int) -> LongText:
        return LongText(lines)

    def value(self) -> Value:
        return self.type.parse(self.box.plain())

    def set_value(self, value: Value) -> None:
        self.box.set_plain(value if isinstance(value, str) else "")

    def set_read_only(self, on: bool) -> None:
        self.box.setReadOnly(on)


class TextEditor(LongTextEditor):
    """One paragraph, such as a subject or a name: a single line that grows where it has no room.

    Enter finishes it.
    """

    def __init__(self, name: str, label: str = "", *, type_: Type | None = None, parent: QWidget | None = None) -> None:
        super().__init__(name, label, type_=type_ or Text(), lines=1, parent=parent)

    def _make_box(self, lines: int) -> LongText:
        return LongText(lines, most=5, single=True)
