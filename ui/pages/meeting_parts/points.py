"""Under which point of the agenda something was said: a short box to choose it in, and a section whose rows tell it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QApplication, QStyleOptionComboBox, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import Value
from cpdesk.records import kind as kind_of
from cpdesk.tasks import Record, records
from ui import theme
from ui.context import Context
from ui.pages.meeting_parts.row_forms import RowForm
from ui.pages.meeting_parts.section import PartSection
from ui.widgets.editors import Editor
from ui.widgets.editors.choice import BLANK, Combo

FIELD = "agenda_item"
WIDE, LIST = 112, 460  # of the short box, and of its list at most
BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


def point_words(number: int) -> str:
    """How minutes name an item of the agenda: "ចំណុចទី២"."""
    return _("Point {number}").format(number=digits.count(number))


class PointBox(Combo):
    """A list in which the digits of a number choose, and Backspace nothing. `short`: closed, it shows the number."""

    short, points = False, 0  # Qt asks for the look while it makes the box

    def __init__(self, short: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.short = short
        self._typed, self._typed_at = "", 0.0
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        if short:
            self.setMaximumWidth(theme.scaled(WIDE))
            self.setMinimumWidth(round(WIDE * 0.8))  # with large letters on a small screen it gives way

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        at = self.currentIndex()
        words = self.currentText()
        if self.short and at <= self.points:
            words = point_words(at) if at > 0 else self.placeholderText()
        if self.short and at <= 0:
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
                option.palette.setColor(role, theme.colour("faint"))
        room = self.width() - theme.scaled(44)
        option.currentText = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)

    def showPopup(self) -> None:
        wanted = self.view().sizeHintForColumn(0) + 24
        self.view().setMinimumWidth(max(self.width(), min(wanted, theme.scaled(LIST))))
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = digits.to_ascii(event.text())
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if digit.isdecimal() and not held:
            self._choose(self._number(digit))
        elif event.key() in BACK:
            self._choose(0)
        else:
            super().keyPressEvent(event)

    def _number(self, digit: str) -> int:
        """What was typed: one after the other "1" and "2" mean 12 where there are so many."""
        now = monotonic()
        going_on = now - self._typed_at < QApplication.keyboardInputInterval() / 1000
        both = self._typed + digit if going_on else digit
        self._typed, self._typed_at = both if int(both) < self.count() else digit, now
        return int(self._typed)

    def _choose(self, at: int) -> None:
        if at < self.count() and at != self.currentIndex():
            self.setCurrentIndex(at)
            self.activated.emit(at)


class PointEditor(Editor):
    """One item of this meeting's agenda or none. What was stored and is not on offer stays, by its title."""

    def __init__(self, label: str, title: Callable[[str], str], *, short: bool = False) -> None:
        super().__init__(FIELD, label)
        self._title = title
        self._offered: tuple[tuple[str, str], ...] = ()
        self.box = PointBox(short)
        self.box.addItem(BLANK, None)
        self.use(self.box)
        self.box.activated.connect(self._picked)

    def offer(self, items: Sequence[tuple[str, str]]) -> None:
        """Offer these: (id, title) in the order of the agenda."""
        if tuple(items) == self._offered:
            return
        value, self._offered = self.value(), tuple(items)
        self.box.clear()
        self.box.addItem(BLANK, None)
        for number, (id_, title) in enumerate(items, 1):
            self.box.addItem(f"{digits.count(number)}. {title}", id_)
        self.box.points = len(items)
        self.set_value(value)

    def value(self) -> Value:
        id_ = self.box.currentData()
        return id_ if isinstance(id_, str) else None

    def set_value(self, value: Value) -> None:
        at = self.box.findData(value) if isinstance(value, str) else 0
        if at < 0:
            self.box.addItem(self._title(str(value)), value)
            at = self.box.count() - 1
        self.box.setCurrentIndex(at)

    def _picked(self, _at: int) -> None:
        self.edited.emit()
        self.finished.emit()


class UnderPoints(PartSection):
    """A section whose rows belong to a point of the agenda; the line for the next row stays at the last chosen one."""

    carried = (FIELD,)

    def __init__(self, context: Context, ensure: Callable[[], str], parent: QWidget | None = None) -> None:
        self._points: dict[str, tuple[int, str]] = {}
        super().__init__(context, ensure, parent)
        context.changed.connect(self._follow_agenda)

    def own_editors(self, short: bool) -> Mapping[str, Editor]:
        label = kind_of(self.kind).field(FIELD).label
        return {FIELD: PointEditor(label, lambda id_: records.title(self.context.desk, id_), short=short)}

    def refresh(self) -> None:
        """Read the agenda too: the numbers are those that it has now."""
        items = records.children(self.context.desk, "agenda_item", self.meeting) if self.meeting else []
        self._points = {item.id: (number, item.title) for number, item in enumerate(items, 1)}
        if self.draft is not None:
            editor = self.draft.editors[FIELD]
            if self.draft.is_empty() and editor.value() not in self._points:
                editor.set_value(None)
            editor.setVisible(bool(items))
        self._offer(self)
        super().refresh()

    def suit(self, form: RowForm, record: Record) -> None:
        self._offer(form)
        form.show_fields((FIELD,), bool(self._points) or record[FIELD] is not None)

    def point(self, record: Record) -> str:
        """Under which point a row stands, in words; empty where under none."""
        id_ = record[FIELD]
        if not isinstance(id_, str):
            return ""
        return point_words(self._points[id_][0]) if id_ in self._points else records.title(self.context.desk, id_)

    def _offer(self, inside: QWidget) -> None:
        items = [(id_, title) for id_, (_number, title) in self._points.items()]
        for editor in inside.findChildren(PointEditor):
            editor.offer(items)

    def _follow_agenda(self, kinds: frozenset[str]) -> None:
        if "agenda_item" in kinds:
            self.refresh()
