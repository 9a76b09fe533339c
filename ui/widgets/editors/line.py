"""One-line editors: whole number, year, amount, date, time.

The type of the field reads and shows the value; the line only adds what a hand needs: Khmer digits as one types, the
official form once one leaves, and the original value untouched as long as nobody typed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cpdesk.i18n import language
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.khmer.digits import to_ascii, to_khmer
from cpdesk.kinds import Amount, Count, Date, Time, Type, Value, Year
from ui import theme
from ui.widgets.editors.base import Editor, fill_menu
from ui.widgets.guards import undo_key

WHOLE_DATE = 142  # a day, month and year of four figures beside the calendar's icon


class Line(QLineEdit):
    """The house's line edit: `left` when the focus goes, plain text only, copied without break marks."""

    left = Signal()
    hands_on = True  # what it cannot take back itself, the page may
    rewinding = False  # what stands here came by its own undo or redo

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")

    def event(self, event: QEvent) -> bool:
        """Where it has nothing to take back, the key is the page's."""
        if self.hands_on and event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            way = undo_key(event)
            if way and not (self.isUndoAvailable() if way == "undo" else self.isRedoAvailable()):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = undo_key(event)
        if way:
            self.rewinding = True
            (self.undo if way == "undo" else self.redo)()
            return
        self.rewinding = self.rewinding and not event.text()
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.rewinding = False
        menu = self.createStandardContextMenu()
        fill_menu(self, menu)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


class LineEditor(Editor):
    """An editor over any `Type` that is written in one line."""

    numeric = False

    def __init__(self, name: str, label: str = "", *, type_: Type, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self.type = type_
        self.line = Line()
        self.use(self.line)
        self._stored: Value = None
        self._touched = False
        self.line.textEdited.connect(self._typed)
        self.line.returnPressed.connect(self._finish)
        self.line.left.connect(self._finish)

    def value(self) -> Value:
        if not self._touched:
            return self._stored
        return self.type.parse(without_zwsp(self.line.text()))

    def set_value(self, value: Value) -> None:
        self._stored = value
        self._touched = False
        shown = self.type.show(value)
        if shown != self.line.text():
            self.line.setText(shown)
            self.line.setCursorPosition(0)

    def set_read_only(self, on: bool) -> None:
        self.line.setReadOnly(on)

    def _typed(self, text: str) -> None:
        self._touched = True
        if self.numeric:
            wanted = to_khmer(text) if language() == "km" else to_ascii(text)
            if wanted != text and len(wanted) == len(text):
                at = self.line.cursorPosition()
                self.line.setText(wanted)
                self.line.setCursorPosition(at)
        self.edited.emit()

    def _finish(self) -> None:
        if self._touched:
            self._settle()
            self.finished.emit()

    def _settle(self) -> None:
        """Show what was understood in its official form; leave what was not as it was typed."""
        try:
            value = self.value()
        except ValueError:
            return
        self.set_value(value)


class NumberEditor(LineEditor):
    """A number at the right edge, in the digits of the language, typed in either; blank stays blank."""

    numeric = True

    def __init__(self, name: str, label: str = "", *, type_: Type | None = None, parent: QWidget | None = None) -> None:
        super().__init__(name, label, type_=type_ or Count(), parent=parent)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class AmountEditor(NumberEditor):
    """An amount of money or another decimal; its currency is a field beside it."""

    def __init__(self, name: str, label: str = "", *, type_: Type | None = None, parent: QWidget | None = None) -> None:
        super().__init__(name, label, type_=type_ or Amount(), parent=parent)


class YearEditor(LineEditor):
    numeric = True

    def __init__(self, name: str, label: str = "", *, type_: Type | None = None, parent: QWidget | None = None) -> None:
        super().__init__(name, label, type_=type_ or Year(), parent=parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go to the next and the last year."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        try:
            year = self.value()
        except ValueError:
            year = None
        if step is None or not isinstance(year, int) or self.line.isReadOnly():
            super().keyPressEvent(event)
            return
        self.line.setText(self.type.show(year + step))
        self._typed(self.line.text())


class TimeEditor(LineEditor):
    numeric = True

    def __init__(self, name: str, label: str = "", *, type_: Type | None = None, parent: QWidget | None = None) -> None:
        super().__init__(name, label, type_=type_ or Time(), parent=parent)


class DateEditor(LineEditor):
    """A day as people write it; a calendar opens by its icon or Alt+Down."""

    numeric = True

    def __init__(self, name: str, label: str = "", *, type_: Type | None = None, parent: QWidget | None = None) -> None:
        super().__init__(name, label, type_=type_ or Date(), parent=parent)
        self.control.setMinimumWidth(theme.scaled(WHOLE_DATE))
        from cpdesk.i18n import _
        from ui import icons

        action = self.line.addAction(icons.icon("calendar", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        action.setText(_("Open the calendar"))
        action.setToolTip(_("Open the calendar (Alt+Down)"))
        action.setObjectName(f"{name}_calendar")
        action.triggered.connect(self.open_calendar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the month of the present value under the line."""
        if self.line.isReadOnly():
            return
        from ui.widgets.calendar import CalendarPopup

        try:
            value = self.value()
        except ValueError:
            value = None
        popup = CalendarPopup(value if isinstance(value, str) else None, parent=self)
        popup.picked.connect(self._picked)
        popup.open_under(self.line)

    def _picked(self, day: object) -> None:
        self.line.setText(self.type.show(day if isinstance(day, str) else None))
        self._touched = True
        self.edited.emit()
        self._finish()
        self.focus()
