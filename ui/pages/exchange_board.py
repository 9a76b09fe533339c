"""The board: offices down, their packages across. Who has delivered, through what day, what lacks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import dates, digits
from cpdesk.tasks import board
from ui import theme, tokens
from ui.pages.exchange_words import day
from ui.widgets.surfaces import Card, Chip, column, row
from ui.widgets.text import ElidedText, Text
from ui.widgets.tips import tip

DOT = 9
SHOWN = 8  # package numbers that there is room for


class Numbers(QWidget):
    """The package numbers of an office: a full dot came, an open one did not; four in a row are told as a span."""

    def __init__(self, line: board.Line) -> None:
        super().__init__()
        self.line = line
        self.shown = line.numbers[-SHOWN:]
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.words())
        self.setToolTip(tip(self._tip()))

    def words(self) -> str:
        """៥ ៦ ៧, or ៩–១២ where nothing lacks; "—" where nothing came."""
        numbers = [n for n, _state in self.shown]
        if not numbers:
            return "—"
        whole = all(state == "here" for _n, state in self.shown)
        if whole and len(numbers) > 3 and numbers[-1] - numbers[0] == len(numbers) - 1:
            said = f"{digits.count(numbers[0])}–{digits.count(numbers[-1])}"
        else:
            said = "  ".join(digits.count(n) for n in numbers)
        again = self.line.office.last_package in self.line.again
        return _("{numbers} (again)").format(numbers=said) if again else said

    def _tip(self) -> str:
        lost = [digits.count(n) for n, state in self.line.numbers if state == "missing"]
        held = [digits.count(n) for n, state in self.line.numbers if state == "covered"]
        lines = []
        if lost:
            lines.append(_("Not received: {numbers}").format(numbers=", ".join(lost)))
        if held:
            lines.append(
                _("Not received, but what it held came with a later one: {numbers}").format(numbers=", ".join(held))
            )
        if self.line.behind:
            behind = ", ".join(map(digits.count, self.line.behind))
            lines.append(_("Came after a higher number: {numbers}").format(numbers=behind))
        return "\n".join(lines)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        return QSize(len(self.shown) * (DOT + 3) + 8 + metrics.horizontalAdvance(self.words()), metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @staticmethod
    def _font() -> QFont:
        return theme.font(tokens.SMALL + 1, scale=theme.current().scale)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 1.0
        for _n, state in self.shown:
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
        painter.setPen(theme.colour("ink" if self.shown else "muted"))
        left = round(x) + 6 if self.shown else 0
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
        self.setMinimumWidth(1)  # on a small screen its columns give way; its height is asked for at the width it has
        self._holder: QWidget | None = None
        self.lines: list[board.Line] = []

    def show_board(self, lines: Sequence[board.Line], missing: Sequence[str], *, head: str) -> None:
        """The lines under the word for such offices, over them until when packages are due, and below them in a
        sentence who has no accepted card yet."""
        self.lines = list(lines)
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget()
        box = column(self._holder, spacing=0)
        owed = next((line.due for line in self.lines if line.due is not None), None)
        if owed is not None:
            words = _("Packages that reach through {last} are due by {due}.")
            said = words.format(last=dates.short(owed.term.last), due=dates.short(owed.term.due))
            box.addWidget(_cell(Text(said, "small", name="board_due")))
            box.addWidget(Line())
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, tokens.S)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        heads = (head, _("Packages"), _("Data through"), _("Received"), _("State"))
        for at, word in enumerate(heads):
            grid.addWidget(_cell(Text(word, "small", wrap=False)), 0, at)
        for at, share in enumerate((7, 4, 3, 3, 4)):
            grid.setColumnStretch(at, share)
        for n, line in enumerate(self.lines, 1):
            grid.addWidget(Line(), 2 * n - 1, 0, 1, 5)
            cells = (
                ElidedText(line.name, name=f"board_{line.office.office}"),
                Numbers(line),
                Text(day(line.office.through), wrap=False),
                Text(day(line.office.last_received_at), "muted", wrap=False),
                Chip(line.state, line.tone, name=f"state_{line.office.office}"),
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
