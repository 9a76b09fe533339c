"""The board: offices down, their packages across. Who has delivered, through what day, what lacks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from ui import theme, tokens
from ui.pages.exchange_words import Standing
from ui.widgets.surfaces import Card, Chip, column, row
from ui.widgets.text import Text

DOT = 9


class Numbers(QWidget):
    """The package numbers of an office: a full dot came, an open one did not; four in a row are told as a span."""

    def __init__(self, standing: Standing) -> None:
        super().__init__()
        self.standing = standing
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.words())
        self.setToolTip(self._tip())

    def words(self) -> str:
        """៥ ៦ ៧, or ៩–១២ where nothing lacks; "—" where nothing came."""
        numbers = [n for n, _state in self.standing.numbers]
        if not numbers:
            return "—"
        whole = all(state == "here" for _n, state in self.standing.numbers)
        if whole and len(numbers) > 3 and numbers[-1] - numbers[0] == len(numbers) - 1:
            said = f"{digits.count(numbers[0])}–{digits.count(numbers[-1])}"
        else:
            said = "  ".join(digits.count(n) for n in numbers)
        return _("{numbers} (again)").format(numbers=said) if self.standing.repeated else said

    def _tip(self) -> str:
        lost = [digits.count(n) for n, state in self.standing.numbers if state == "missing"]
        held = [digits.count(n) for n, state in self.standing.numbers if state == "covered"]
        lines = []
        if lost:
            lines.append(_("Not received: {numbers}").format(numbers=", ".join(lost)))
        if held:
            lines.append(
                _("Not received, but what it held came with a later one: {numbers}").format(numbers=", ".join(held))
            )
        return "\n".join(lines)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        return QSize(
            len(self.standing.numbers) * (DOT + 3) + 8 + metrics.horizontalAdvance(self.words()), metrics.lineSpacing()
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @staticmethod
    def _font() -> QFont:
        return theme.font(tokens.SMALL + 1, scale=theme.current().scale)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 1.0
        for _n, state in self.standing.numbers:
            spot = QRectF(x, (self.height() - DOT) / 2, DOT, DOT)
            if state == "here":
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("chart_good"))
            else:
                painter.setPen(QPen(theme.colour("warning" if state == "missing" else "edge"), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(spot.adjusted(1, 1, -1, -1))
            x += DOT + 3
        painter.setFont(self._font())
        painter.setPen(theme.colour("ink" if self.standing.numbers else "muted"))
        left = round(x) + 6 if self.standing.numbers else 0
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.words())
        painter.end()


class Line(QFrame):
    """A thin rule across the grid."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "divider")
        self.setFixedHeight(1)


class Board(Card):
    """Filled anew by `show_board`. `opened(office)` when a person wants the differences of an office."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__("board", margin=0)
        self._holder: QWidget | None = None
        self.lines: list[Standing] = []

    def show_board(self, lines: Sequence[Standing], missing: Sequence[str], *, head: str) -> None:
        """The lines under the word for such offices, and below them in a sentence who has no accepted card yet."""
        self.lines = list(lines)
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget()
        box = column(self._holder, spacing=0)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, tokens.S)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        heads = (head, _("Packages"), _("Data through"), _("Received"), _("State"))
        for at, word in enumerate(heads):
            grid.addWidget(_cell(Text(word, "small", wrap=False)), 0, at)
        for at, share in enumerate((5, 5, 3, 3, 4)):
            grid.setColumnStretch(at, share)
        for n, standing in enumerate(self.lines, 1):
            grid.addWidget(Line(), 2 * n - 1, 0, 1, 5)
            cells = (
                Text(standing.name, name=f"board_{standing.office.office}"),
                Numbers(standing),
                Text(standing.through, wrap=False),
                Text(standing.received, "muted", wrap=False),
                Chip(standing.state, standing.tone, name=f"state_{standing.office.office}"),
            )
            for at, cell in enumerate(cells):
                grid.addWidget(_cell(cell), 2 * n, at)
        box.addLayout(grid)
        if missing:
            box.addWidget(Line())
            note = Text(
                _("No card accepted yet: {names}").format(names=", ".join(missing)), "small", name="board_missing"
            )
            box.addWidget(_cell(note))
        self.body.addWidget(self._holder)


def _cell(widget: QWidget) -> QWidget:
    """`widget` with the margins of a table's cell."""
    holder = QWidget()
    box = row(holder, spacing=0)
    box.setContentsMargins(9, 4, 9, 4)
    if isinstance(widget, Chip):
        box.addWidget(widget)
        box.addStretch(1)
    else:
        box.addWidget(widget, 1)
    return holder
