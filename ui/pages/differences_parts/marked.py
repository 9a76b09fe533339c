"""A text with what was changed in it: new words underlined on green, gone ones struck out on red, as it is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from cpdesk.i18n import _
from cpdesk.khmer.breaks import with_zwsp
from cpdesk.tasks.wording import EQUAL, GONE, NEW, Span
from ui import theme, tokens
from ui.pages.differences_parts.words import spoken

TONES = {NEW: "good", GONE: "bad"}  # never by colour alone: underlined, struck out


class Marked(QWidget):
    """Plain text painted span by span; nothing in it is ever taken for markup. As high as its width asks."""

    def __init__(self, spans: Sequence[Span]) -> None:
        super().__init__()
        self.spans = list(spans)
        self._laid: tuple[int, QTextLayout, int] | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(spoken(self.spans))

    def plain(self) -> str:
        """All of it, gone words too."""
        return "".join(span.text for span in self.spans)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lines(width)[1]

    def sizeHint(self) -> QSize:
        return QSize(280, self.heightForWidth(max(120, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, theme.line_height())

    def _lines(self, width: int) -> tuple[QTextLayout, int]:
        if self._laid is None or self._laid[0] != width:
            self._laid = (width, *self._set(width))
        return self._laid[1], self._laid[2]

    def _set(self, width: int) -> tuple[QTextLayout, int]:
        font = theme.font(scale=theme.current().scale)
        spacing = QFontMetricsF(font).lineSpacing()
        pieces = [(with_zwsp(span.text).replace("\n", "\u2028"), span.state) for span in self.spans]
        layout = QTextLayout("\u200b".join(text for text, _state in pieces), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(_formats(pieces))
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height + (spacing - line.height()) / 2))
            height += spacing
        layout.endLayout()
        return layout, round(height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour("ink"))
        self._lines(self.width())[0].draw(painter, QPointF(0, 0))
        painter.end()


def _formats(pieces: Sequence[tuple[str, str]]) -> list[QTextLayout.FormatRange]:
    found = []
    at = 0
    for text, state in pieces:
        long = len(text.encode("utf-16-le")) // 2
        if state in TONES:
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = at, long, _format(state)
            found.append(one)
        at += long + 1
    return found


def _format(state: str) -> QTextCharFormat:
    tone = TONES[state]
    made = QTextCharFormat()
    made.setForeground(QColor(getattr(theme.colours(), tone)))
    made.setBackground(QColor(getattr(theme.colours(), f"{tone}_soft")))
    made.setFontUnderline(state == NEW)
    made.setFontStrikeOut(state == GONE)
    return made


def legend() -> Marked:
    """What the marks mean, in the marks themselves."""
    made = Marked(
        (
            Span(_("Compared with the value before:"), EQUAL), Span(" ", EQUAL), Span(_("new"), NEW), Span(" ", EQUAL),
            Span(_("gone"), GONE),
        )
    )  # fmt: skip
    made.setObjectName("legend")
    made.setMaximumHeight(theme.line_height(tokens.TEXT))
    return made
