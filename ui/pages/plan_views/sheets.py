"""What the views of a plan share: tables filled at once, cells that are ticked, money in cells, coloured marks.

A table of `cells` is only read; a `TickSheet` adds the hands that put a tick into a cell and take it out again.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _, language
from cpdesk.khmer import digits
from cpdesk.tasks import Record
from ui import theme, tokens
from ui.widgets.flow import FlowLayout
from ui.widgets.sheet import Band, Cell, Change, FootRow, Refusal, SheetColumn, SheetModel, SheetView
from ui.widgets.surfaces import clear_out, row
from ui.widgets.text import Text


@dataclass(frozen=True)
class Line:
    """A row of a table: a band, or cells."""

    key: Hashable
    band: Band | None = None
    cells: tuple[Cell, ...] = ()


class Table(SheetModel):
    """A table that is read and not written; `fill` shows other lines."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: Sequence[SheetColumn] = ()
        self._lines: Sequence[Line] = ()
        self._foot: Sequence[FootRow] = ()

    def fill(self, columns: Sequence[SheetColumn], lines: Sequence[Line], foot: Sequence[FootRow] = ()) -> None:
        before = self._columns, [line.key for line in self._lines]
        self._columns, self._lines, self._foot = columns, lines, foot
        if before == (columns, [line.key for line in lines]):
            self.changed()  # what is chosen stays chosen
        else:
            self.reset()

    def line(self, row: int) -> Line | None:
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def columns(self) -> Sequence[SheetColumn]:
        return self._columns

    def rows(self) -> int:
        return len(self._lines)

    def cell(self, row: int, column: int) -> Cell:
        return self._lines[row].cells[column]

    def band(self, row: int) -> Band | None:
        return self._lines[row].band

    def foot(self) -> Sequence[FootRow]:
        return self._foot

    def key(self, row: int) -> Hashable:
        return self._lines[row].key

    def apply(self, _changes: list[Change]) -> list[Refusal]:
        """Every cell is only read, so that nothing ever comes here."""
        return []


class FittedSheet(SheetView):
    """A sheet that takes the room of its scroll bar too, once that turned out not to be needed."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != event.size().width():
            self.rearrange()


class WholeSheet(FittedSheet):
    """A sheet on a page that scrolls as a whole: as tall as all its rows, and never scrolled up and down itself."""

    def sizeHint(self) -> QSize:
        return QSize(600, min(self.maximumHeight(), self.content_height() + 40))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())


class TickSheet(FittedSheet):
    """`ticked(cells)`: Space, Enter or a click asks to turn these cells, given as (row, column)."""

    ticked = Signal(object)

    def tickable(self, _row: int, _column: int) -> bool:
        """Whether a cell holds a tick."""
        return False

    def chosen_ticks(self) -> list[tuple[int, int]]:
        """The chosen cells that hold one."""
        return [
            (row, column)
            for row in self.selection.rows()
            if self.sheet.band(row) is None
            for column in self.chosen_columns()
            if self.tickable(row, column)
        ]

    def hand(self, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not held and key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current()[0] >= 0:
            cells = self.chosen_ticks()
            if cells:
                self.ticked.emit(cells)
                return True
        return super().hand(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = self._cell(event) if event.button() == Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        cell = self._cell(event)
        if cell is not None and cell == self._pressed and self.selection.is_single() and self.tickable(*cell):
            self.ticked.emit([cell])
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cell = self._cell(event)
        if cell is None or not self.tickable(*cell):
            super().mouseDoubleClickEvent(event)

    _pressed: tuple[int, int] | None = None

    def _cell(self, event: QMouseEvent) -> tuple[int, int] | None:
        at: QPoint = event.position().toPoint()
        row, place = self.cell_at(at) if at.y() >= self.head_height else (None, None)
        if row is None or place is None or self.sheet.band(row) is not None:
            return None
        return row, self.columns.order[place]


def numbered(code: str) -> str:
    """A line's number in the digits of the language; a code that people gave stays as they wrote it."""
    return digits.to_khmer(code) if language() == "km" else code


def band_of(record: Record, code: str) -> Band:
    """An objective or output as a heading."""
    words = {
        "objective": _("Objective {number}").format(number=numbered(code)),
        "output": _("Output {number}").format(number=numbered(code)),
    }[record.kind.name]
    return Band(f"{words} · {record.text('text')}", 0 if record.kind.name == "objective" else 1)


def number_cell(amount: Decimal | None, *, bold: bool = False, problem: str = "", ink: str = "ink") -> Cell:
    """A number at the right; blank where there is none."""
    shown = "" if amount is None else digits.number(amount)
    plain = "" if amount is None else format(amount.normalize(), "f")
    return Cell(shown, copy=plain, align="right", bold=bold, problem=problem, ink=ink, read_only=True)


def words_cell(text: str, *, ink: str = "ink", bold: bool = False, ground: str = "") -> Cell:
    return Cell(text, ink=ink, bold=bold, ground=ground, read_only=True)


def share_text(share: Decimal | None) -> str:
    return "" if share is None else f"{digits.number(share.quantize(Decimal(1)))}%"


# --- marks and their key --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Mark:
    """How something is drawn: a token of the theme, a sign on it that a grey copy keeps, and the word for it."""

    token: str
    sign: str
    word: str


class Swatch(QWidget):
    """A small bar in the colour and with the sign of a mark."""

    def __init__(self, mark: Mark, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = mark
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(26), theme.scaled(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, self.rect(), self.mark)


def paint_mark(painter: QPainter, rect: QRect, mark: Mark, *, round_off: bool = True) -> None:
    """Fill `rect` in the mark's colour, with its sign in the middle."""
    painter.setPen(theme.colour("edge") if mark.token == "chart_none" else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(mark.token))
    if round_off:
        painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 4, 4)
    else:
        painter.drawRect(rect)
    if mark.sign:
        pale = mark.token in ("chart_none", "accent_soft")
        bright = mark.token in ("chart_warning", "chart_fair") and theme.current().scheme == "light"
        painter.setPen(theme.colour("ink" if pale or bright else "on_accent"))
        painter.setFont(theme.font(tokens.SMALL - 2, bold=True, scale=theme.current().scale))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, mark.sign)


class Legend(QWidget):
    """What the marks mean, one beside the other."""

    def __init__(self, name: str = "legend", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._flow = FlowLayout(self, spacing=14)
        self._shown: tuple[Mark | str, ...] = ()

    def show_marks(self, marks: Sequence[Mark], hint: str = "") -> None:
        """`hint` stands behind the marks."""
        if (*marks, hint) == self._shown:
            return
        self._shown = (*marks, hint)
        clear_out(self._flow)
        for mark in marks:
            one = QWidget()
            box = row(one, spacing=6)
            box.addWidget(Swatch(mark))
            box.addWidget(Text(mark.word, "small", wrap=False))
            self._flow.addWidget(one)
            one.show()
        if hint:
            words = Text(hint, "small", wrap=False, name=f"{self.objectName()}_hint")
            self._flow.addWidget(words)
            words.show()
