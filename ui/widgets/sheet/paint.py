"""How a sheet is drawn. Texts are laid out once and kept: the same words come again at every scroll."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QStaticText, QTextOption, QTransform

from cpdesk.khmer.breaks import with_zwsp
from ui import theme, tokens
from ui.widgets.sheet.cells import Align, Band, Cell

PAD_X, PAD_Y = 9, 4
CHIP_X = 8
SQUARE, GAP = 7, 2
INDENT = 15
CORNER = 7
KEPT = 30_000  # texts; a screen has some hundred
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


@lru_cache(maxsize=4)
def _font(bold: bool, scale: float) -> QFont:
    return theme.font(tokens.SMALL, bold=bold, scale=scale)


def font(bold: bool = False) -> QFont:
    return _font(bold, theme.current().scale)


def line_height() -> int:
    return QFontMetrics(font()).lineSpacing()


@lru_cache(maxsize=KEPT)
def _laid(text: str, width: int, align: Align, bold: bool, scale: float) -> QStaticText:
    laid = QStaticText(with_zwsp(text))
    laid.setTextFormat(Qt.TextFormat.PlainText)
    option = QTextOption(_ALIGN[align])
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    laid.setTextOption(option)
    laid.setTextWidth(max(width, 16))
    laid.prepare(QTransform(), _font(bold, scale))
    return laid


def text_height(text: str, width: int, bold: bool = False, align: Align = "left") -> int:
    """The height of `text`, wrapped at `width` pixels; one line for none."""
    if not text:
        return line_height()
    laid = _laid(text, width, align, bold, theme.current().scale)
    return max(line_height(), round(laid.size().height()))


def cell_height(cell: Cell, width: int) -> int:
    """What a cell needs in a column of that width, its padding included."""
    if not cell.text or cell.look == "squares":
        return line_height() + 2 * PAD_Y
    room = width - 2 * PAD_X - (2 * CHIP_X if cell.look == "chip" else 0)
    return text_height(cell.text, room, cell.bold, cell.align) + 2 * PAD_Y


def band_height(band: Band, width: int) -> int:
    return text_height(band.text, width - 2 * PAD_X - band.level * INDENT, band.level == 0) + 2 * PAD_Y


def colour(name: str) -> QColor:
    """A token of the theme, or "#rrggbb"."""
    return QColor(name) if name.startswith("#") else theme.colour(name)


def mixed(one: QColor, other: QColor) -> QColor:
    """Half of each."""
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*((a + b) // 2 for a, b in pairs))


def write(painter: QPainter, rect: QRect, text: str, *, ink: str = "ink", bold: bool = False, align: Align = "left",
          middle: bool = False) -> None:  # fmt: skip
    """Text wrapped in a rectangle, from its top or about its middle."""
    if not text:
        return
    painter.setFont(font(bold))
    painter.setPen(colour(ink))
    laid = _laid(text, rect.width(), align, bold, theme.current().scale)
    down = max(0, (rect.height() - round(laid.size().height())) // 2) if middle else 0
    painter.drawStaticText(QPointF(rect.x(), rect.y() + down), laid)


def cell(painter: QPainter, rect: QRect, cell: Cell, ground: QColor) -> None:
    """One cell with its ground and its lower line; `ground` is that of the row, under the cell's own."""
    painter.fillRect(rect, _tinted(cell, ground))
    inner = rect.adjusted(PAD_X, PAD_Y, -PAD_X, -PAD_Y)
    if cell.look == "squares" and cell.marks:
        _squares(painter, inner, cell.marks)
    elif cell.look == "chip" and cell.text:
        _chip(painter, inner, cell)
    else:
        if cell.look == "hatch":
            painter.fillRect(rect, QBrush(theme.colour("edge"), Qt.BrushStyle.BDiagPattern))
        if cell.text:
            write(painter, inner, cell.text, ink=cell.ink, bold=cell.bold, align=cell.align)
    if cell.problem or cell.note:
        _corner(painter, rect, "bad" if cell.problem else "warning")


def _tinted(cell: Cell, ground: QColor) -> QColor:
    return mixed(colour(cell.ground), ground) if cell.ground and ground != theme.colour("card") else (
        colour(cell.ground) if cell.ground else ground
    )  # fmt: skip


def _corner(painter: QPainter, rect: QRect, token: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(token))
    right, top = rect.right() + 1, rect.top()
    painter.drawPolygon([QPoint(right - CORNER, top), QPoint(right, top), QPoint(right, top + CORNER)])


def _squares(painter: QPainter, rect: QRect, marks: tuple[bool, ...]) -> None:
    size = theme.scaled(SQUARE)
    x, y = rect.x(), rect.y() + (line_height() - size) // 2
    for mark in marks:
        if mark:
            painter.fillRect(x, y, size, size, theme.colour("accent"))
        else:
            painter.setPen(theme.colour("edge"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(x, y, size - 1, size - 1)
        x += size + GAP


def _chip(painter: QPainter, rect: QRect, cell: Cell) -> None:
    laid = _laid(cell.text, rect.width() - 2 * CHIP_X, "left", False, theme.current().scale)
    natural = QFontMetrics(font()).horizontalAdvance(with_zwsp(cell.text))
    width = min(rect.width(), natural + 2 * CHIP_X)
    chip = QRect(rect.x(), rect.y(), width, max(line_height(), round(laid.size().height())))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("neutral_soft" if cell.tone == "neutral" else f"{cell.tone}_soft"))
    painter.drawRoundedRect(chip, tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setFont(font())
    painter.setPen(theme.colour("muted" if cell.tone == "neutral" else cell.tone))
    painter.drawStaticText(QPointF(chip.x() + CHIP_X, chip.y()), laid)


def band(painter: QPainter, rect: QRect, band: Band, ground: QColor) -> None:
    painter.fillRect(rect, ground)
    inner = rect.adjusted(PAD_X + band.level * INDENT, PAD_Y, -PAD_X, -PAD_Y)
    write(painter, inner, band.text, bold=band.level == 0)
    if band.note:
        _corner(painter, rect, "warning")


def band_ground(band: Band) -> QColor:
    return theme.colour("accent_soft" if band.level == 0 else "sunken")


def forget() -> None:
    """The theme changed: nothing that was laid out fits any more."""
    _laid.cache_clear()
    _font.cache_clear()
