"""One-line editors: whole number, year, amount, date, time.

The type of the field reads and shows the value; the line only adds what a hand needs: Khmer digits as one types, the
official form once one leaves, and the original value untouched as long as nobody typed.
"""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from cpdesk.i18n import _, language
from cpdesk.khmer import dates
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.khmer.digits import to_ascii, to_khmer
from cpdesk.kinds import Amount, Count, Date, Time, Type, Value, Year
from ui import spoken, theme
from ui.widgets.editors.base import Editor, fill_menu
from ui.widgets.guards import undo_key
from ui.widgets.text import ElidedText
from ui.widgets.tips import tip

ROOMY, LEAST = 1.25, 80  # with larger letters a date gives way to what stands beside it
WHOLE_DATE = 142  # a day, month and year of four figures beside the calendar's icon
AT_WORK = frozenset({"date", "due"})  # days on which people are to be at work: of a meeting, of what is to be done
_TELL_MS = 60_000  # for how long what is understood stays while nobody types on


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
        self._told = ""
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
        self._tell()

    def understood(self) -> str:
        """How what is being typed is read, where that is more than it says; "" where it goes without saying."""
        return ""

    def _tell(self) -> None:
        """Say under the line how it is read so far: over what lies there, so that nothing moves while one types."""
        if not self.line.hasFocus():
            return
        words = self.understood()
        if words and words != self._told:
            spoken.say(self.line, words)
        self._told = words
        under = self.line.mapToGlobal(QPoint(0, self.line.height() - 12))
        QToolTip.showText(under, tip(words), self.line, QRect(), _TELL_MS)

    def _finish(self) -> None:
        QToolTip.hideText()
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
    """An hour as people write it; whether ២:០០ is of the night is said while it is typed."""

    numeric = True

    def __init__(self, name: str, label: str = "", *, type_: Type | None = None, parent: QWidget | None = None) -> None:
        super().__init__(name, label, type_=type_ or Time(), parent=parent)

    def understood(self) -> str:
        try:
            value = self.value()
        except ValueError:
            return ""
        return dates.hour_words(time.fromisoformat(value)) if isinstance(value, str) else ""


class DateEditor(LineEditor):
    """A day as people write it; a calendar opens by its icon or Alt+Down.

    While one types, the day that is understood stands under it, with its moon. Of days on which people are to be at
    work a quiet line says that they are a holiday or a weekend, from today on; it stops nobody.
    """

    numeric = True
    _off: ElidedText | None = None

    def __init__(self, name: str, label: str = "", *, type_: Type | None = None, parent: QWidget | None = None) -> None:
        super().__init__(name, label, type_=type_ or Date(), parent=parent)
        self.control.setMinimumWidth(theme.scaled(WHOLE_DATE) if theme.current().scale <= ROOMY else LEAST)
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

    def set_value(self, value: Value) -> None:
        super().set_value(value)
        if self.objectName() in AT_WORK:
            self._say_off(value)

    def show_problem(self, text: str | None) -> None:
        super().show_problem(text)
        if not text and self._off is not None:
            self.control.setAccessibleDescription(self._off.plain())

    def off(self) -> str:
        """What the quiet line says."""
        return self._off.plain() if self._off is not None else ""

    def _say_off(self, value: Value) -> None:
        words = _day_off(value)
        if self._off is None:
            if not words:
                return
            self._off = ElidedText("", "small", name=f"{self.objectName()}_off")
            self._box.insertWidget(1, self._off)
        self._off.setText(words)
        self._off.setVisible(bool(words))
        self.control.setAccessibleDescription(self.problem() or words)

    def understood(self) -> str:
        try:
            value = self.value()
        except dates.Refused as why:
            return str(why)
        except ValueError:
            return ""
        if not isinstance(value, str):
            return ""
        from ui.widgets.calendar import day_words

        return day_words(date.fromisoformat(value))

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


def _day_off(value: Value) -> str:
    """«ថ្ងៃឈប់សម្រាក៖ …» of a day to come on which offices are closed."""
    if not isinstance(value, str) or value < date.today().isoformat():
        return ""
    from cpdesk.khmer import holidays

    day = date.fromisoformat(value)
    feast = holidays.named(day)
    return _("Day off: {day}").format(day=feast) if feast else holidays.off(day)
