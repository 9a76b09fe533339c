"""A line of a list as an icon and two lines of words: what it is, and under it, smaller, what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import icons, theme, tokens

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class TwoLines:
    """`tone` of the icon, by default that of any other; `doubtful`: a mark at the end."""

    icon: str
    title: str
    under: str
    tone: str = ""
    doubtful: bool = False


class TwoLineDelegate(QStyledItemDelegate):
    """Paints what `lines` gives of a row; None leaves it empty."""

    def lines(self, row: int) -> TwoLines | None:
        raise NotImplementedError

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, theme.line_height() + theme.line_height(tokens.SMALL) + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        told = self.lines(index.row())
        if told is None:
            return
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, theme.colour("accent_soft"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        middle = rect.center().y() - 8
        tone = told.tone or ("accent" if chosen else "muted")
        painter.drawPixmap(rect.x() + 14, middle, icons.pixmap(told.icon, tone))
        inner = rect.adjusted(46, 5, -14, -6)
        if told.doubtful:
            painter.drawPixmap(inner.right() - 16, middle, icons.pixmap("triangle-alert", "warning"))
            inner.setRight(inner.right() - 24)
        second = inner.y() + theme.line_height()
        lines = ((told.title, tokens.TEXT, "ink", inner.y()), (told.under, tokens.SMALL, "muted", second))
        for words, size, colour, top in lines:
            painter.setFont(theme.font(size, scale=theme.current().scale))
            painter.setPen(theme.colour(colour))
            line = QRect(inner.x(), top, inner.width(), theme.line_height(size))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
