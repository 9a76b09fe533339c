"""The lines of the bin: what each was, where it belongs, who put it there and when."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import N_, _
from cpdesk.khmer import dates
from cpdesk.records import KINDS
from cpdesk.tasks import Desk, binned, records
from cpdesk.tasks.binned import Binned
from ui.dialogs import palette_entries
from ui.lists.two_lines import TwoLineDelegate, TwoLines
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


class BinDelegate(TwoLineDelegate):
    """Icon and title, under it what it is a part of, and who deleted it when."""

    def __init__(self, model: BinModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def lines(self, row: int) -> TwoLines | None:
        one = self._model.at(row)
        return None if one is None else TwoLines(places.icon(one.record.kind), *self._model.words(one))
