"""A list of records of one kind that opens at once, however many there are.

The model keeps ids only; rows are read from the desk two hundred at a time as they come into sight. The first rows are
shown before the rest is counted: the worker reads all the ids, and the scroll bar grows when they are there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from shiboken6 import isValid

from cpdesk import records as kinds
from cpdesk.tasks import Record, records
from ui import theme
from ui.context import Context

PAGE = 200
MOST_PAGES = 40  # kept in memory; beyond it the oldest goes
RECORD = Qt.ItemDataRole.UserRole
ID = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Column:
    """A column: its title, the words of a record in it (for rows in sight only), its share of the width or `pixels`."""

    title: str
    text: Callable[[Record], str]
    share: int = 1
    pixels: int = 0
    right: bool = False


def field_column(context: Context, kind: str, field: str, share: int = 1) -> Column:
    """The column of a field, under its label."""
    from cpdesk.records import kind as kind_of

    return Column(kind_of(kind).field(field).label, lambda record: records.show(context.desk, record, field), share)


class RecordTable(QAbstractTableModel):
    """Records of `kind` in the kind's order. `show(where, search)` chooses which; `refresh()` reads the desk again.

    `completed` comes when all the ids are there: at once for a short list.
    """

    completed = Signal()

    def __init__(
        self,
        context: Context,
        kind: str,
        columns: Sequence[Column],
        *,
        descending: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.kind = kind
        self.columns = list(columns)
        self.descending = descending
        self._where: dict[str, object] = {}
        self._search = ""
        self._ids: list[str] = []
        self._pages: dict[int, dict[str, Record]] = {}
        self._asked = 0

    def show(self, where: Mapping[str, object] | None = None, search: str = "") -> None:
        """List what has these values and holds these words.

        Words are looked up in the worker, since the index may first have to take in what a merge brought; the rows
        shown before stay until then.
        """
        self._where, self._search = dict(where or {}), search
        if search.strip():
            self._read_all()
            return
        first = records.find(self.context.desk, self.kind, self._where, search, descending=self.descending, limit=PAGE)
        self._set([record.id for record in first], {0: {record.id: record for record in first}})
        self._read_all(short=len(first) < PAGE)

    def refresh(self) -> None:
        """Read the desk again. Where no record came or went, the view keeps its place."""
        if len(self._ids) < PAGE and not self._search.strip():
            self.show(self._where, self._search)
            return
        self._pages.clear()
        self._tell_changed()
        self._read_all()

    def _read_all(self, short: bool = False) -> None:
        self._asked += 1
        if short:
            self.completed.emit()
            return
        asked, kind, where, search, descending = self._asked, self.kind, self._where, self._search, self.descending

        def done(found: list[str]) -> None:
            if isValid(self) and asked == self._asked:
                self._take(found)
                self.completed.emit()

        self.context.jobs.run(
            lambda desk, _progress: records.ids(desk, kind, where, search, descending=descending), done=done
        )

    def _take(self, found: list[str]) -> None:
        known = len(self._ids)
        if found[:known] == self._ids and len(found) > known:
            if known % PAGE:
                self._pages.pop(known // PAGE, None)  # it was read when it was shorter
            self.beginInsertRows(QModelIndex(), known, len(found) - 1)
            self._ids = found
            self.endInsertRows()
        elif found != self._ids:
            self._set(found, {})

    def _set(self, ids: list[str], pages: dict[int, dict[str, Record]]) -> None:
        if ids == self._ids:
            self._pages = pages
            self._tell_changed()
            return
        self.beginResetModel()
        self._ids, self._pages = ids, pages
        self.endResetModel()

    def _tell_changed(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))

    def ids(self) -> list[str]:
        return list(self._ids)

    def id_at(self, row: int) -> str | None:
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, id_: str) -> int:
        """The row of a record, -1 where it is not listed."""
        return self._ids.index(id_) if id_ in self._ids else -1

    def record_at(self, row: int) -> Record | None:
        """The record of a row; None where it went since the ids were read."""
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            wanted = self._ids[number * PAGE : (number + 1) * PAGE]
            page = records.some(self.context.desk, self.kind, wanted)
            while len(self._pages) >= MOST_PAGES:
                del self._pages[next(iter(self._pages))]
            self._pages[number] = page
        return page.get(self._ids[row])

    # what Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == ID:
            return self.id_at(index.row())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[index.column()].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in (RECORD, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        record = self.record_at(index.row())
        if role == RECORD or record is None:
            return record
        return " ".join(self.columns[index.column()].text(record).split())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self.data(self.index(0, section), role) or Qt.AlignmentFlag.AlignLeft
        return None


class RecordList(QTableView):
    """The view: whole rows of one height; Enter or a double click opens. `opened(id)`, `current_changed(id)`."""

    opened = Signal(str)
    current_changed = Signal(str)
    erased = Signal(str)  # Delete was pressed on a record

    def __init__(
        self, model: RecordTable, *, row_height: int = 0, header: bool = True, single_click: bool = False,
        name: str = "list", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "card")
        self.setAccessibleName(kinds.kind(model.kind).label)
        self.table = model
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        height = row_height or theme.line_height() + 10
        rows.setMinimumSectionSize(height)
        rows.setDefaultSectionSize(height)
        self.horizontalHeader().setVisible(header)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setModel(model)
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.current_changed.emit(self._id(now)))
        (self.clicked if single_click else self.doubleClicked).connect(lambda index: self._open(index))

    def current_id(self) -> str:
        """The record under the cursor, or an empty text."""
        return self._id(self.currentIndex())

    def set_current(self, id_: str) -> bool:
        """Put the cursor on a record; False where it is not listed."""
        row = self.table.row_of(id_)
        if row >= 0:
            self.setCurrentIndex(self.table.index(row, 0))
            self.scrollTo(self.table.index(row, 0), QAbstractItemView.ScrollHint.EnsureVisible)
        return row >= 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_Delete and self.current_id():
            self.erased.emit(self.current_id())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._spread()

    def _spread(self) -> None:
        columns = self.table.columns
        room = self.viewport().width() - sum(c.pixels for c in columns)
        shares = sum(c.share for c in columns if not c.pixels) or 1
        for number, column in enumerate(columns):
            self.setColumnWidth(number, column.pixels or max(40, room * column.share // shares))

    def _id(self, index: Index) -> str:
        found = index.data(ID) if index.isValid() else None
        return found if isinstance(found, str) else ""

    def _open(self, index: Index) -> None:
        id_ = self._id(index)
        if id_:
            self.opened.emit(id_)
