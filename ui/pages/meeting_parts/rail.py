"""The narrow index beside a long page: it jumps to the parts and follows the scrolling."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from cpdesk.i18n import _
from ui import theme, tokens
from ui.widgets.surfaces import column

BAR = 3


class RailStop(QAbstractButton):
    """One part: its word beside the bar, bold while it is in sight."""

    def __init__(self, key: str, word: str) -> None:
        super().__init__()
        self.setObjectName(f"rail_{key}")
        self.setText(word)
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """Only the scrolling says which one is on."""

    def sizeHint(self) -> QSize:
        return QSize(80, theme.line_height(tokens.SMALL) + 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isChecked()
        painter.fillRect(0, 0, BAR, self.height(), theme.colour("accent" if on else "line"))
        painter.setFont(theme.font(tokens.SMALL, bold=on, scale=theme.current().scale))
        painter.setPen(theme.colour("accent" if on or self.underMouse() or self.hasFocus() else "muted"))
        area = self.rect().adjusted(BAR + 10, 0, 0, 0)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.drawRoundedRect(self.rect().adjusted(BAR + 3, 1, -1, -2), 5, 5)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Rail(QWidget):
    """`chosen(key)` when a person picks a part."""

    chosen = Signal(str)

    def __init__(self, stops: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(_("Parts of this page"))
        box = column(self, spacing=0)
        self._stops: dict[str, RailStop] = {}
        for key, word in stops:
            stop = RailStop(key, word)
            stop.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            box.addWidget(stop)
            self._stops[key] = stop
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wide = max((stop.fontMetrics().horizontalAdvance(stop.text()) for stop in self._stops.values()), default=0)
        tall = sum(stop.sizeHint().height() for stop in self._stops.values())
        return QSize(min(theme.scaled(150), max(theme.scaled(118), wide)), tall)

    def set_current(self, key: str) -> None:
        """Mark the part that is in sight."""
        for name, stop in self._stops.items():
            stop.setChecked(name == key)

    def current(self) -> str:
        return next((name for name, stop in self._stops.items() if stop.isChecked()), "")
