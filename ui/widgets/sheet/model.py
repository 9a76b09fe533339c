"""What a sheet is filled with. A model reads and writes whole tables; the view asks it only for what is in sight."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.widgets.sheet.cells import Band, Cell, Change, FootRow, Refusal, SheetColumn, Suggestion

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class SheetModel(QAbstractTableModel):
    """Override `columns`, `rows`, `cell` and `apply`; the others where there is more to say.

    After a change call `changed(rows)` for the rows that show something else (None: all of them, and the foot), or
    `reset()` where rows or columns came, went or moved: the view finds its place again by `key`.
    """

    def columns(self) -> Sequence[SheetColumn]:
        raise NotImplementedError

    def rows(self) -> int:
        raise NotImplementedError

    def cell(self, row: int, column: int) -> Cell:
        """Asked again and again while painting: keep it quick."""
        raise NotImplementedError

    def apply(self, changes: list[Change]) -> list[Refusal]:
        """Write all of these or none, as one step of undo: called once for a letter typed, a paste, a fill or a
        clear. A band is written under the column `BAND`. What is refused comes back, and then nothing was changed.
        """
        raise NotImplementedError

    def is_new(self, _row: int) -> bool:
        """Whether a row is only being begun: cells that are pasted there are new rows too."""
        return False

    def band(self, _row: int) -> Band | None:
        """The heading that a row is, where it is one."""
        return None

    def foot(self) -> Sequence[FootRow]:
        return ()

    def key(self, row: int) -> Hashable:
        """What tells this row from others when all was read anew."""
        return row

    def suggest(self, _row: int, _column: int, _text: str) -> list[Suggestion]:
        """What may be meant by what was typed so far; asked at each letter."""
        return []

    def behind(self, _row: int, _column: int) -> tuple[str, str] | None:
        """The record and the field that a cell shows, where it shows just one."""
        return None

    def find(self, key: Hashable) -> int:
        """The row of that key; -1 where it is gone."""
        return next((row for row in range(self.rows()) if self.key(row) == key), -1)

    def changed(self, rows: Sequence[int] | None = None) -> None:
        if not self.rows() or not self.columns():
            return
        last = len(self.columns()) - 1
        if rows is None:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rows() - 1, last))
        for row in rows or ():
            self.dataChanged.emit(self.index(row, 0), self.index(row, last))

    def reset(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    # what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self.rows()

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        band = self.band(index.row())
        cell = Cell(band.text, band.edit) if band is not None else self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.EditRole:
            return cell.to_edit
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.problem or cell.note
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns()[section].title
        return None
