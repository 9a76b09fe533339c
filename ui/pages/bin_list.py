"""The lines of the bin: what each was, where it belongs, who put it there and when."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cpdesk.i18n import N_, _
from cpdesk.khmer import dates
from cpdesk.records import KINDS
from cpdesk.tasks import Desk, binned, records
from cpdesk.tasks.binned import Binned
from ui import icons, theme, tokens
from ui.dialogs import palette_entries
from ui.pages import places

ALL, OTHERS = palette_entries.EVERYTHING, "others"
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


def families() -> list[tuple[str, str]]:
    """What can be looked through by itself: key and word."""
    known = [one for one in palette_entries.families() if one[0] != palette_entries.COMMANDS]
    return [*known, (OTHERS, _(N_("Other")))]


def _kinds(family: str) -> list[str] | None:
    if family == OTHERS:
        told = {name for key, _word in families() if key != OTHERS for name in palette_entries.kinds_of(key) or ()}
        return [name for name in KINDS if name not in told]
    kinds = palette_entries.kinds_of(family)
    return None if kinds is None else list(kinds)


class BinModel(QAbstractListModel):
    """What lies in the bin; words are made for the lines in sight only."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lying: list[Binned] = []
        self._words: dict[str, tuple[str, str]] = {}

    def read(self, family: str, text: str) -> None:
        self.beginResetModel()
        self._lying = binned.read(self._desk, _kinds(family), text)
        self._words.clear()
        self.endResetModel()

    def at(self, row: int) -> Binned | None:
        return self._lying[row] if 0 <= row < len(self._lying) else None

    def words(self, one: Binned) -> tuple[str, str]:
        """Title, and the line under it."""
        found = self._words.get(one.record.id)
        if found is None:
            facts = [places.context_of(self._desk, one.record), told(one), *self._why(one)]
            found = records.called(self._desk, one.record), " · ".join(filter(None, facts))
            self._words[one.record.id] = found
        return found

    def _why(self, one: Binned) -> list[str]:
        if one.wholes:
            title = records.named(self._desk, one.wholes[0])
            return [_("“{title}” lies here too and comes back with it").format(title=title)]
        joined = binned.joined_into(self._desk, one.record.id)
        return [_("joined into “{title}”").format(title=joined)] if joined else []

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lying)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.at(index.row())
        if one is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(one)[0]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(self.words(one))
        return None


def told(one: Binned) -> str:
    day = one.at.astimezone()
    return _("deleted on {day} at {time} by {name}").format(
        day=dates.short(day.date()), time=dates.clock(day.time()), name=one.by
    )


class BinDelegate(QStyledItemDelegate):
    """Icon and title, under it what it is a part of, and who deleted it when."""

    def __init__(self, model: BinModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, theme.line_height() + theme.line_height(tokens.SMALL) + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one = self._model.at(index.row())
        if one is None:
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
        icon = icons.pixmap(places.icon(one.record.kind), "accent" if chosen else "muted")
        painter.drawPixmap(rect.x() + 14, rect.center().y() - 8, icon)
        title, under = self._model.words(one)
        inner = rect.adjusted(46, 5, -14, -6)
        second = inner.y() + theme.line_height()
        lines = ((title, tokens.TEXT, "ink", inner.y()), (under, tokens.SMALL, "muted", second))
        for words, size, colour, top in lines:
            painter.setFont(theme.font(size, scale=theme.current().scale))
            painter.setPen(theme.colour(colour))
            line = QRect(inner.x(), top, inner.width(), theme.line_height(size))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
