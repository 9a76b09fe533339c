"""How a line of the palette looks: icon, title with what it is at the right; under it where it was found, marked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout, QTextLine
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cpdesk.tasks.search import Part
from ui import icons, theme, tokens
from ui.dialogs.palette_entries import Entry

ENTRY = Qt.ItemDataRole.UserRole
HEAD = Qt.ItemDataRole.UserRole + 1
_BESIDE = 0.38  # of the width, at most, for what stands at the right


def _high(size: int = tokens.TEXT) -> int:
    """The height of a line, measured once: every row asks for it at every key."""
    return _measured(size, theme.current().scale)


@lru_cache(maxsize=32)
def _measured(size: int, _scale: float) -> int:
    return theme.line_height(size)


class EntryDelegate(QStyledItemDelegate):
    """Icon, title with its context under it, keys or the kind at the right; heads small and grey."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        if index.data(HEAD):
            return QSize(200, _high(tokens.SMALL) + 4)
        entry = index.data(ENTRY)
        detail = _high(tokens.SMALL) if isinstance(entry, Entry) and entry.detail else 0
        return QSize(200, _high() + detail + 10)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        painter.save()
        if index.data(HEAD):
            painter.setFont(theme.font(tokens.SMALL, scale=theme.current().scale))
            painter.setPen(theme.colour("muted"))
            painter.drawText(rect.adjusted(10, 0, -10, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        else:
            entry = index.data(ENTRY)
            if isinstance(entry, Entry):
                _entry(painter, rect, entry, bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()


def _entry(painter: QPainter, rect: QRect, entry: Entry, chosen: bool) -> None:
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(rect, tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)
    painter.drawPixmap(rect.x() + 10, rect.center().y() - 8, icons.pixmap(entry.icon, "accent" if chosen else "muted"))
    inner = rect.adjusted(40, 5, -12, -5)
    first = QRect(inner.x(), inner.y(), inner.width(), _high())
    if not entry.detail:
        first.setHeight(inner.height())
    first.setRight(_at_the_right(painter, first, entry.keys or entry.kind))
    _marked(painter, first, entry.parts or (Part(entry.title),), tokens.TEXT, "ink")
    if entry.detail:
        second = QRect(inner.x(), first.bottom(), inner.width(), _high(tokens.SMALL))
        second.setRight(_at_the_right(painter, second, entry.beside))
        _marked(painter, second, entry.around or (Part(entry.detail),), tokens.SMALL, "muted")


def _at_the_right(painter: QPainter, rect: QRect, words: str) -> int:
    """Write quiet words at the right edge; where the room beside them ends."""
    if not words:
        return rect.right()
    painter.setFont(theme.font(tokens.SMALL, scale=theme.current().scale))
    painter.setPen(theme.colour("muted"))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, round(rect.width() * _BESIDE))
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
    return rect.right() - metrics.horizontalAdvance(shown) - tokens.M


def _marked(painter: QPainter, rect: QRect, parts: Sequence[Part], size: int, colour: str) -> None:
    """The parts in one line, what was found bold in the accent colour; what has no room ends in …"""
    layout, line = _laid(parts, size)
    if line.naturalTextWidth() > rect.width():
        fits = line.xToCursor(rect.width() - painter.fontMetrics().horizontalAdvance("…") - 2)
        layout, line = _laid(_first(parts, fits), size)
    painter.setPen(theme.colour(colour))
    layout.draw(painter, QPointF(rect.x(), rect.y() + (rect.height() - line.height()) / 2))


def _laid(parts: Sequence[Part], size: int) -> tuple[QTextLayout, QTextLine]:
    layout = QTextLayout("".join(part.text for part in parts), theme.font(size, scale=theme.current().scale))
    found, at = [], 0
    for part in parts:
        length = len(part.text.encode("utf-16-le", "surrogatepass")) // 2
        if part.found:
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = at, length, _mark()
            found.append(one)
        at += length
    layout.setFormats(found)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(100_000)
    layout.endLayout()
    return layout, line


def _mark() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(theme.colour("accent"))
    made.setFontWeight(700)
    return made


def _first(parts: Sequence[Part], most: int) -> list[Part]:
    """As much as `most` units of UTF-16, and the sign that there is more."""
    kept: list[Part] = []
    for part in parts:
        units = part.text.encode("utf-16-le", "surrogatepass")
        kept.append(Part(units[: 2 * most].decode("utf-16-le", "ignore"), part.found))
        most -= len(units) // 2
        if most <= 0:
            break
    return [*kept, Part("…")]
