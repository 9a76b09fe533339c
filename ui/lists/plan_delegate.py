"""How the table of a plan is drawn, and the text box that opens in a cell.

Every text is wrapped between Khmer words and is given the height it needs: nothing is cut and nothing is elided.
"""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemDelegate, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cpdesk.i18n import _
from ui import theme, tokens
from ui.lists.plan_model import CODE, INVESTMENT, QUARTERS, ROW, Index, PlanModel
from ui.lists.plan_rows import Row
from ui.widgets.editors.long_text import LongText

PAD_X, PAD_Y = 9, 4
CHIP_X = 8
SQUARE, GAP, YEAR_GAP = 6, 2, 7
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def body_font() -> QFont:
    return theme.font(tokens.SMALL, scale=theme.current().scale)


def band_font(sort: str) -> QFont:
    return theme.font(tokens.SMALL, bold=sort == "objective", scale=theme.current().scale)


def chip_font() -> QFont:
    return theme.font(tokens.SMALL, scale=theme.current().scale)


def _chosen_ground() -> QColor:
    """Half of the accent's ground: the line is told by its frame, and chips stay readable on it."""
    card, soft = theme.colour("card"), theme.colour("accent_soft")
    pairs = ((card.red(), soft.red()), (card.green(), soft.green()), (card.blue(), soft.blue()))
    return QColor(*((a + b) // 2 for a, b in pairs))


def quarters_width(years: int) -> int:
    """Pixels of the squares of so many years."""
    return years * (4 * SQUARE + 3 * GAP) + max(0, years - 1) * YEAR_GAP


@lru_cache(maxsize=8192)
def _height(text: str, width: int, font: str) -> int:
    made = QFont()
    made.fromString(font)
    return QFontMetrics(made).boundingRect(QRect(0, 0, max(width, 20), 1 << 20), _WRAP, text).height()


def text_height(text: str, width: int, font: QFont) -> int:
    """The height of `text`, wrapped at `width` pixels."""
    return _height(text, width, font.toString())


class PlanDelegate(QStyledItemDelegate):
    """`next_wanted` after Enter in an editor, `new_wanted` after Ctrl+Enter."""

    next_wanted = Signal()
    new_wanted = Signal()

    def row_height(self, row: Row, widths: list[int], whole: int) -> int:
        """What a row needs where its columns have `widths` and all together are `whole`."""
        if row.is_band:
            indent = self._indent(row)
            font = band_font(row.sort)
            used = text_height(PlanModel.shown(row, CODE), whole - 2 * PAD_X - indent, font)
            return max(used, QFontMetrics(font).lineSpacing()) + 2 * PAD_Y
        font = body_font()
        tallest = theme.line_height() + 12 if row.id is None else QFontMetrics(font).lineSpacing()
        for column, width in enumerate(widths):
            if width <= 0 or column == QUARTERS:
                continue
            if column == INVESTMENT:
                used = text_height(PlanModel.shown(row, column), width - 2 * PAD_X - 2 * CHIP_X, chip_font())
            else:
                used = text_height(PlanModel.shown(row, column), width - 2 * PAD_X, font)
            tallest = max(tallest, used)
        return tallest + 2 * PAD_Y

    @staticmethod
    def _indent(row: Row) -> int:
        return 0 if row.sort == "objective" else 15

    # drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = cast(Row, index.data(ROW))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        painter.save()
        ground = {"objective": "accent_soft", "output": "sunken"}.get(row.sort, "card")
        painter.fillRect(rect, _chosen_ground() if chosen else theme.colour(ground))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if row.is_band:
            self._paint_band(painter, rect, row)
        else:
            self._paint_cell(painter, rect, row, index)
        if chosen:
            self._outline(painter, rect, index, row)
        painter.restore()

    def _paint_band(self, painter: QPainter, rect: QRect, row: Row) -> None:
        painter.setFont(band_font(row.sort))
        painter.setPen(theme.colour("ink"))
        inner = rect.adjusted(PAD_X + self._indent(row), PAD_Y, -PAD_X, -PAD_Y)
        painter.drawText(inner, _WRAP, PlanModel.shown(row, CODE))

    def _paint_cell(self, painter: QPainter, rect: QRect, row: Row, index: Index) -> None:
        inner = rect.adjusted(PAD_X, PAD_Y, -PAD_X, -PAD_Y)
        column = index.column()
        if column == QUARTERS:
            self._paint_quarters(painter, inner, row, cast(PlanModel, index.model()).years)
        elif column == INVESTMENT:
            self._paint_chip(painter, inner, row, PlanModel.shown(row, column))
        else:
            painter.setFont(body_font())
            painter.setPen(theme.colour("muted" if column == CODE else "ink"))
            painter.drawText(inner, _WRAP, PlanModel.shown(row, column))
            if column == CODE and row.differences:
                painter.setBrush(theme.colour("warning"))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.drawEllipse(rect.right() - 9, rect.top() + PAD_Y + 9, 6, 6)

    @staticmethod
    def _paint_quarters(painter: QPainter, rect: QRect, row: Row, years: list[int]) -> None:
        size = theme.scaled(SQUARE)
        x = rect.x()
        y = rect.y() + (QFontMetrics(body_font()).lineSpacing() - size) // 2
        for year in years:
            for quarter in (1, 2, 3, 4):
                if f"{year}Q{quarter}" in row.quarters:
                    painter.fillRect(x, y, size, size, theme.colour("accent"))
                else:
                    painter.setPen(theme.colour("edge"))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRect(x, y, size - 1, size - 1)
                x += size + GAP
            x += YEAR_GAP - GAP

    @staticmethod
    def _paint_chip(painter: QPainter, rect: QRect, row: Row, text: str) -> None:
        if not text:
            painter.setFont(body_font())
            painter.setPen(theme.colour("faint"))
            painter.drawText(rect, _WRAP, "—")
            return
        font = chip_font()
        width = rect.width() - 2 * CHIP_X
        box = QFontMetrics(font).boundingRect(QRect(0, 0, max(20, width), 1 << 20), _WRAP, text)
        chip = QRect(rect.x(), rect.y(), min(rect.width(), box.width() + 2 * CHIP_X), box.height())
        ground = "neutral_soft" if row.tone == "neutral" else f"{row.tone}_soft"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(chip, tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
        painter.setFont(font)
        painter.setPen(theme.colour("muted" if row.tone == "neutral" else row.tone))
        painter.drawText(chip.adjusted(CHIP_X, 0, 0, 0), _WRAP, text)

    @staticmethod
    def _outline(painter: QPainter, rect: QRect, index: Index, row: Row) -> None:
        colour = theme.colour("accent")
        painter.fillRect(rect.x(), rect.y(), rect.width(), 2, colour)
        painter.fillRect(rect.x(), rect.bottom() - 1, rect.width(), 2, colour)
        if index.column() == 0:
            painter.fillRect(rect.x(), rect.y(), 2, rect.height(), colour)
        if row.is_band or index.column() == INVESTMENT:
            painter.fillRect(rect.right() - 1, rect.y(), 2, rect.height(), colour)

    # writing in place

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        row = cast(Row, index.data(ROW))
        box = LongText(1, 12, single=True, parent=parent)
        box.setObjectName("cell_input")
        box.setAccessibleName({"objective": _("Objective"), "output": _("Output")}.get(row.sort, _("Activity")))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, LongText):
            editor.set_plain(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, LongText):
            model.setData(index, editor.plain(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        rect: QRect = option.rect
        editor.setGeometry(QRect(rect.x(), rect.y(), rect.width(), max(editor.height(), rect.height())))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(60, QFontMetrics(body_font()).lineSpacing() + 2 * PAD_Y)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, LongText):
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                again = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                (self.new_wanted if again else self.next_wanted).emit()
                return True
        return super().eventFilter(watched, event)
