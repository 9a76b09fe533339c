"""The table of a plan as a Qt model: what is edited in place is saved through undo, a new row once it has words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from cpdesk.i18n import _, language
from cpdesk.khmer import digits
from cpdesk.khmer.breaks import with_zwsp
from ui.lists.plan_rows import Row

COLUMNS = ("code", "text", "responsible", "places", "quarters", "investment")
CODE, TEXT, RESPONSIBLE, PLACES, QUARTERS, INVESTMENT = range(len(COLUMNS))
ROW = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class PlanModel(QAbstractTableModel):
    """`save(row, text)` keeps what was written in place and gives the id of the record; it may raise `UserError`."""

    written = Signal(str)  # the id of a record whose text was kept

    def __init__(self, save: Callable[[Row, str], str | None]) -> None:
        super().__init__()
        self._save = save
        self._rows: list[Row] = []
        self.years: list[int] = []

    def show(self, rows: list[Row], years: list[int]) -> bool:
        """Take these rows. True where lines came, went or moved, so that a view must find its place again."""
        same = [(r.sort, r.id) for r in rows] == [(r.sort, r.id) for r in self._rows] and years == self.years
        if not same:
            self.beginResetModel()
        self._rows, self.years = list(rows), list(years)
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
        return not same

    def row(self, at: int) -> Row | None:
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def rows(self) -> list[Row]:
        return list(self._rows)

    def find(self, id_: str | None) -> int:
        """Where a record stands; -1 where it does not."""
        return next((n for n, row in enumerate(self._rows) if row.id == id_ and id_), -1)

    def insert_draft(self, at: int, row: Row) -> None:
        """A row that is not kept yet. There is one at most."""
        self.drop_draft()
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.insert(at, replace(row, id=None))
        self.endInsertRows()

    def drop_draft(self) -> None:
        for at, row in enumerate(self._rows):
            if row.id is None:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at]
                self.endRemoveRows()
                return

    # what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.EditRole:
            return row.text
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.heading() if row.is_band else f"{row.code} {row.text}"
        return None

    @staticmethod
    def shown(row: Row, column: int) -> str:
        """The words of a cell, ready to be wrapped."""
        if row.is_band:
            return with_zwsp(row.heading()) if column == CODE else ""
        if column == CODE:
            return row.code
        if column == TEXT:
            return with_zwsp(row.text)
        return with_zwsp(row.cells.get(COLUMNS[column], ""))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            _("Code"), _("Activity"), _("Responsible"), _("Places"), self._years_shown(), _("Investment")
        )[section]  # fmt: skip

    def _years_shown(self) -> str:
        """2023 · 24 · 25"""
        parts = [str(year) if n == 0 else f"{year % 100:02d}" for n, year in enumerate(self.years)]
        text = " · ".join(parts)
        return digits.to_khmer(text) if language() == "km" else text

    def flags(self, _index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index.row())
        if row is None or role != Qt.ItemDataRole.EditRole or not isinstance(value, str):
            return False
        text = value.strip()
        if row.id is not None and text == row.text:
            return True
        if row.id is None and not text:
            return False
        kept = self._save(row, text)
        if kept is None:
            return False
        at = index.row()
        if at < len(self._rows):
            self._rows[at] = replace(row, id=kept, text=text)
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(COLUMNS) - 1))
        self.written.emit(kept)
        return True
