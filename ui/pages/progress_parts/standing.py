"""How many activities stand how: one bar in parts, and under it each part's word with its number."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from ui import theme, tokens
from ui.pages.progress_parts.words import status_word
from ui.widgets.flow import FlowLayout
from ui.widgets.surfaces import clear_out, column, row

HEIGHT = 14
# In this order from left to right; the last takes what was never reported and what was given up.
PARTS = (
    ("done", "chart_good"),
    ("on_track", "chart_fair"),
    ("at_risk", "chart_warning"),
    ("late", "chart_bad"),
    ("not_started", "chart_none"),
    ("dropped", "faint"),
    (None, "chart_none"),
)


def word(status: str | None) -> str:
    return status_word(status) if status is not None else _("Never reported")


class Bar(QWidget):
    """The parts side by side, a thin gap between them so that grey alone tells them apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str | None, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: Mapping[str | None, int]) -> None:
        self._counts = dict(counts)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, theme.scaled(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        painter.setClipPath(whole)
        painter.fillRect(self.rect(), theme.colour("chart_none"))
        total = sum(self._counts.values())
        x = 0.0
        for status, colour in PARTS:
            count = self._counts.get(status, 0)
            if not count or not total:
                continue
            wide = self.width() * count / total
            painter.fillRect(QRectF(x, 0, wide, self.height()), theme.colour(colour))
            x += wide
            painter.fillRect(QRectF(x - 1, 0, 2, self.height()), theme.colour("card"))
        painter.end()


class Key(QLabel):
    """A square in the colour of a part."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self.setFixedSize(theme.scaled(11), theme.scaled(11))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour("edge"))
        painter.setBrush(theme.colour(self._colour))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class Standing(QWidget):
    """`show_counts` by status; None counts what was never reported."""

    spoken_as = QAccessible.Role.Chart

    def __init__(self, *, name: str = "standing", role: str = "small", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._role = role
        whole = column(self, spacing=tokens.S)
        self.bar = Bar()
        whole.addWidget(self.bar)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, tokens.L)
        whole.addWidget(self._holder)

    def show_counts(self, counts: Mapping[str | None, int]) -> None:
        self.bar.show_counts(counts)
        clear_out(self._flow)
        said = []
        for status, colour in PARTS:
            count = counts.get(status, 0)
            if count:
                words = f"{word(status)} {digits.count(count)}"
                said.append(words)
                part = QWidget()
                across = row(part, spacing=6)
                across.addWidget(Key(colour), 0, Qt.AlignmentFlag.AlignVCenter)
                label = QLabel(words)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setProperty("role", self._role)
                across.addWidget(label)
                self._flow.addWidget(part)
                part.show()
        self.setAccessibleName(", ".join(said))
