"""Editors for a few known answers: one of several words, yes or no, quarters of years. All can stay blank."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QStyledItemDelegate, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import Choice, Flag, Quarters, Value
from ui import icons, tokens
from ui.widgets.buttons import Button
from ui.widgets.editors.base import Editor
from ui.widgets.guards import no_wheel
from ui.widgets.surfaces import row
from ui.widgets.text import Text

BLANK = "—"


class Combo(QComboBox):
    """A combo box in the house's look; the wheel passes it by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self.setItemDelegate(QStyledItemDelegate(self))  # the style's own ignores row heights of the style sheet
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(14)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        no_wheel(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        at = QRect(self.width() - 26, (self.height() - 16) // 2, 16, 16)
        painter.drawPixmap(at, icons.pixmap("chevron-down", "muted" if self.isEnabled() else "faint", 16))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.view().isVisible():
            self.showPopup()
            return
        super().keyPressEvent(event)


class ChoiceEditor(Editor):
    """One of the options of a `Choice`, or none.

    A key that is not among them (from a newer version) is kept and shown as it is.
    """

    def __init__(self, name: str, label: str = "", *, type_: Choice, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self.type = type_
        self.combo = Combo()
        self.combo.addItem(BLANK, None)
        for option in type_.options:
            self.combo.addItem(option.label, option.key)
        self.use(self.combo)
        self.combo.activated.connect(self._picked)

    def value(self) -> Value:
        key = self.combo.currentData()
        return key if isinstance(key, str) else None

    def set_value(self, value: Value) -> None:
        at = self.combo.findData(value) if value is not None else 0
        if at < 0:
            self.combo.addItem(self.type.show(value), value)
            at = self.combo.count() - 1
        self.combo.setCurrentIndex(at)

    def _picked(self, _index: int) -> None:
        self.edited.emit()
        self.finished.emit()


class FlagEditor(Editor):
    """Yes, no, or not said: two buttons, and pressing the one that is on takes the answer back."""

    def __init__(self, name: str, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        holder = QWidget()
        box = row(holder, spacing=tokens.S)
        self.yes = Button(Flag().show(True), kind="segment", run=lambda: self._pressed(True))
        self.no = Button(Flag().show(False), kind="segment", run=lambda: self._pressed(False))
        for button, word in ((self.yes, Flag().show(True)), (self.no, Flag().show(False))):
            button.setCheckable(True)
            box.addWidget(button)
            button.setAccessibleName(f"{label}: {word}")
        box.addStretch(1)
        self.use(self.yes, frame=holder)
        self.no.setObjectName(f"{name}_no")
        self.yes.setAccessibleName(f"{label}: {Flag().show(True)}")

    def value(self) -> Value:
        return True if self.yes.isChecked() else False if self.no.isChecked() else None

    def set_value(self, value: Value) -> None:
        self.yes.setChecked(value is not None and bool(value))
        self.no.setChecked(value is not None and not value)

    def set_read_only(self, on: bool) -> None:
        self.yes.setEnabled(not on)
        self.no.setEnabled(not on)

    def _pressed(self, answer: bool) -> None:
        (self.no if answer else self.yes).setChecked(False)
        self.edited.emit()
        self.finished.emit()


class QuartersEditor(Editor):
    """Which quarters of which years: a row of four for each year of the plan, and for each other year that
    has one.
    """

    def __init__(self, name: str, label: str = "", *, years: Sequence[int] = (), parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self._years = list(years)
        self._chosen: set[str] = set()
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens.XS)
        self._buttons: dict[str, Button] = {}
        self.use(self._grid_holder)
        self._draw()

    def set_years(self, first: int, last: int) -> None:
        """Offer these years."""
        self._years = list(range(first, last + 1))
        self._draw()

    def value(self) -> Value:
        return Quarters().check(sorted(self._chosen))

    def set_value(self, value: Value) -> None:
        self._chosen = set(value.split()) if isinstance(value, str) else set()
        self._draw()

    def _draw(self) -> None:
        years = sorted({*self._years, *(int(part[:4]) for part in self._chosen)})
        wanted = [f"{year}Q{quarter}" for year in years for quarter in (1, 2, 3, 4)]
        if list(self._buttons) != wanted:
            self._rebuild(years)
        for key, button in self._buttons.items():
            button.setChecked(key in self._chosen)

    def _rebuild(self, years: list[int]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        self._buttons.clear()
        for line, year in enumerate(years):
            self._grid.addWidget(Text(digits.count(year), "label", wrap=False), line, 0)
            for quarter in (1, 2, 3, 4):
                self._add(line, year, quarter)
        self._grid.setColumnStretch(5, 1)
        if self._buttons:
            self.control.setFocusProxy(next(iter(self._buttons.values())))

    def _add(self, line: int, year: int, quarter: int) -> None:
        key = f"{year}Q{quarter}"
        button = Button(digits.count(quarter), kind="segment", name=f"{self.objectName()}_{key}")
        button.setAccessibleName(
            _("Quarter {quarter} of {year}").format(quarter=digits.count(quarter), year=digits.count(year))
        )
        button.setCheckable(True)
        button.setMinimumSize(QSize(40, 0))
        button.clicked.connect(lambda on, key=key: self._pressed(key, on))
        self._grid.addWidget(button, line, quarter)
        self._buttons[key] = button

    def _pressed(self, key: str, on: bool) -> None:
        (self._chosen.add if on else self._chosen.discard)(key)
        self.edited.emit()
        self.finished.emit()
