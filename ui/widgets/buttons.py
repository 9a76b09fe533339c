"""Buttons: one primary a page, the rest secondary, quiet or link.

Each has a word, a name and a visible focus.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from ui import icons, rights, tokens
from ui.widgets import tips
from ui.widgets.text import literal

KINDS = ("primary", "secondary", "quiet", "link", "danger", "segment", "item", "crumb")
_ICON_COLOUR = {"primary": "on_accent", "link": "accent", "danger": "bad"}


class Button(QPushButton):
    """A button with a word. `kind` is one of KINDS; Enter presses it as Space does."""

    def __init__(
        self,
        text: str,
        *,
        kind: str = "secondary",
        icon: str = "",
        name: str = "",
        tip: str = "",
        run: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(literal(text), parent)
        if kind not in KINDS:
            raise ValueError(kind)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self._short = False
        if icon:
            gap = tokens.S - 3 if text else 0
            self.setIcon(icons.icon(icon, _ICON_COLOUR.get(kind, "ink"), gap=gap))
            self.setIconSize(QSize(tokens.ICON + gap, tokens.ICON))
        if tip:
            self.setToolTip(tips.tip(tip))
        if run is not None:
            self.clicked.connect(lambda: run())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Squeezed below its word by a small screen, it shortens the word and tells it whole in the tool tip."""
        super().resizeEvent(event)
        short = self.width() < self.sizeHint().width()
        if short != self._short:
            self._short = short
            if not self.toolTip() or self.toolTip() == self.accessibleName():
                self.setToolTip(self.accessibleName() if short else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._short:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        frame = self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        room = max(0, self.width() - min(frame, self.width() // 2))
        words = self.fontMetrics().elidedText(self.text().replace("&&", "&"), Qt.TextElideMode.ElideRight, room)
        option.text = literal(words)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def set_text(self, text: str) -> None:
        self.setText(literal(text))
        self.setAccessibleName(text)

    def setEnabled(self, on: bool) -> None:
        """What the officer's roles do not reach stays grey, whatever else would allow it."""
        super().setEnabled(on and not rights.reason(self.objectName()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if rights.is_limited():
            rights.respect(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isDefault():
            self.click()
            return
        super().keyPressEvent(event)


class IconButton(QToolButton):
    """A button that is only a picture: its word is read aloud and shown as a tip."""

    def __init__(
        self,
        icon: str,
        word: str,
        *,
        name: str = "",
        colour: str = "muted",
        size: int = tokens.ICON,
        run: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "icon")
        self.setIcon(icons.icon(icon, colour, size))
        self.setIconSize(QSize(size, size))
        self.setAccessibleName(word)
        self.setToolTip(word)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if run is not None:
            self.clicked.connect(lambda: run())

    def setEnabled(self, on: bool) -> None:
        super().setEnabled(on and not rights.reason(self.objectName()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if rights.is_limited():
            rights.respect(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class Segments(QWidget):
    """Views of one page side by side, one of them on: `chosen(key)` when a person picks another.

    Arrows move, Tab passes by.
    """

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str]], *, name: str = "views", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._buttons: dict[str, Button] = {}
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        group = QButtonGroup(self)
        group.setExclusive(True)
        for key, word in options:
            button = Button(word, kind="segment", name=f"{name}_{key}", run=partial(self.chosen.emit, key))
            button.setCheckable(True)
            button.setAutoExclusive(True)  # the group sees to that; so it is read aloud as one of several
            group.addButton(button)
            box.addWidget(button)
            self._buttons[key] = button
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if options:
            self.set_current(options[0][0])

    def current(self) -> str:
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Turn `key` on without telling `chosen`."""
        self._buttons[key].setChecked(True)
        self.setFocusProxy(self._buttons[key])
