"""Cards, their heads, chips, dividers and what stands on a page that is still empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme, tokens
from ui.tokens import TONES
from ui.widgets.buttons import Button
from ui.widgets.text import Text, paint_short

Box = TypeVar("Box", bound=QBoxLayout)


def column(parent: QWidget | None = None, *, spacing: int = tokens.S, margin: int = 0) -> QVBoxLayout:
    """A vertical layout with the house's spacing instead of the style's."""
    return _plain(QVBoxLayout(parent) if parent else QVBoxLayout(), spacing, margin)


def row(parent: QWidget | None = None, *, spacing: int = tokens.S, margin: int = 0) -> QHBoxLayout:
    return _plain(QHBoxLayout(parent) if parent else QHBoxLayout(), spacing, margin)


def _plain(box: Box, spacing: int, margin: int) -> Box:
    box.setSpacing(spacing)
    box.setContentsMargins(margin, margin, margin, margin)
    return box


def clear_out(layout: QLayout) -> None:
    """Take everything out of a layout, and out of those in it."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear_out(inner)
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Card(QFrame):
    """A white surface with a thin line and round corners. Fill `body`, a vertical layout."""

    spoken_as = QAccessible.Role.Grouping

    def __init__(self, name: str = "", *, role: str = "card", margin: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", role)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body = column(self, spacing=tokens.M, margin=margin)

    def add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self.body.addWidget(widget)

    def set_chosen(self, chosen: bool) -> None:
        """Outline the card as the one that is picked among its like."""
        restyle(self, "state", "chosen" if chosen else "")


class Chip(QLabel):
    """A word on a soft ground in a tone (neutral, accent, good, warning, bad), which never speaks alone."""

    def __init__(self, text: str, tone: str = "neutral", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setProperty("role", "chip")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._short = False
        self.set_tone(tone)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Squeezed by a small screen, it is shortened, and told whole in its tool tip."""
        super().resizeEvent(event)
        short = self.width() < self.sizeHint().width()
        if short != self._short:
            self._short = short
            if not self.toolTip() or self.toolTip() == self.text():
                self.setToolTip(self.text() if short else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._short:
            paint_short(self)
        else:
            super().paintEvent(event)

    def set_tone(self, tone: str) -> None:
        if tone not in TONES:
            raise ValueError(tone)
        restyle(self, "tone", tone)


class PressChip(Chip):
    """A chip that leads on, by mouse or key."""

    spoken_as = QAccessible.Role.Button

    def __init__(self, text: str, tone: str, run: Callable[[], object], *, name: str) -> None:
        super().__init__(text, tone, name=name)
        self._run = run
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._run()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
            painter.end()


class Divider(QFrame):
    """A thin line between rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "divider")
        self.setFixedHeight(1)


class SectionHeader(QWidget):
    """The head of a card: a bold title, chips after it, quiet links at the right, and a line under all."""

    def __init__(self, title: str, *, name: str = "", line: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        whole = column(self, spacing=tokens.XS)
        self._row = row(spacing=10)
        self.title = Text(title, "title", wrap=False)
        self._row.addWidget(self.title)
        self._row.addStretch(1)
        self._chips = 1
        whole.addLayout(self._row)
        if line:
            whole.addWidget(Divider())

    def showEvent(self, event: QShowEvent) -> None:
        """A card is called what its head says."""
        super().showEvent(event)
        card = self.parentWidget()
        if isinstance(card, Card) and not card.accessibleName():
            card.setAccessibleName(self.title.plain())

    def add_chip(self, chip: QWidget) -> None:
        """After the title."""
        self._row.insertWidget(self._chips, chip)
        self._chips += 1

    def add_action(self, button: QWidget) -> None:
        """At the right end."""
        self._row.addWidget(button)


class EmptyState(QWidget):
    """What a place is while nothing is in it: an icon, one sentence, one button to begin, one line of example."""

    def __init__(
        self,
        icon: str,
        what: str,
        *,
        button: str = "",
        run: Callable[[], object] | None = None,
        button_icon: str = "plus",
        example: str = "",
        name: str = "empty",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        inner = QWidget()
        inner.setMaximumWidth(560)
        box = column(inner, spacing=tokens.M)
        picture = QLabel()
        picture.setPixmap(icons.pixmap(icon, "accent", 40))
        box.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(_centred(what, "title"))
        self.button: Button | None = None
        if button and run is not None:
            self.button = Button(button, kind="primary", icon=button_icon, name=f"{name}_begin", run=run)
            box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        if example:
            box.addWidget(_centred(example, "small"))
        across = row()
        across.addStretch(1)
        across.addWidget(inner, 8)
        across.addStretch(1)
        whole = column(self, margin=tokens.XL)
        whole.addStretch(1)
        whole.addLayout(across)
        whole.addStretch(2)


def _centred(words: str, role: str) -> Text:
    label = Text(words, role)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label


def scrolling(content: QWidget, name: str = "scroll") -> QScrollArea:
    """`content` in an area that scrolls up and down only, on the ground of the page."""
    area = QScrollArea()
    area.setObjectName(name)
    area.setProperty("role", "ground")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setProperty("role", "ground")
    content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    content.setMinimumWidth(1)  # on a small screen its rows give way, and what they shorten they tell in a tool tip
    area.setWidget(content)
    return area


def restyle(widget: QWidget, key: str, value: object) -> None:
    """Set a dynamic property that the style sheet reads, and let it read."""
    if widget.property(key) == value:
        return
    widget.setProperty(key, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # before it is first seen, it reads in any case
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
