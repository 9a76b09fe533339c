"""The rows of somebody's file as a table that tells what becomes of each, and of each cell that cannot be read why."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks.tables import Preview, text_of
from ui import theme, tokens
from ui.widgets.text import literal

Index = QModelIndex | QPersistentModelIndex
LONGEST = 90  # letters of a cell that are shown
WIDEST, NARROWEST = 240, 64
WHAT = 0  # the column that says what becomes of a row


def words_for(what: str) -> str:
    """What becomes of a row, in a word."""
    return {
        "new": _("New"),
        "changed": _("Changed"),
        "same": _("As it is"),
        "band": _("As it is"),
        "passed": _("Not taken"),
        "head": _("Headings"),
    }.get(what, "")


class PreviewModel(QAbstractTableModel):
    """One row a row of the file; the first column says what becomes of it."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: Preview | None = None
        self.why: dict[tuple[int, int], str] = {}
        self._labels: dict[str, str] = {}

    def show(self, preview: Preview) -> None:
        self.beginResetModel()
        self.shown = preview
        self._labels = {key.key: key.label for key in preview.keys}
        place = {column.at: n + 1 for n, column in enumerate(preview.columns)}
        self.why.clear()
        for one in preview.refused:
            at = (one.at, place.get(-1 if one.column is None else one.column, WHAT))
            self.why[at] = "\n".join(filter(None, (self.why.get(at), one.why)))
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if self.shown is None or (parent and parent.isValid()) else len(self.shown.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if self.shown is None or (parent and parent.isValid()) else len(self.shown.columns) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.shown is None or not index.isValid():
            return None
        row, column = self.shown.rows[index.row()], index.column()
        problem = self.why.get((row.at, column))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            text = self._text(index)
            return f"{text}: {problem}" if problem and role == Qt.ItemDataRole.AccessibleTextRole else text
        if role == Qt.ItemDataRole.ToolTipRole:
            return problem or (self._text(index) if column else None)
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._ground(row.what, row.depth, column, problem)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(row.what, column, problem)
        if role == Qt.ItemDataRole.FontRole and (row.depth == 1 or row.what == "head"):
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _text(self, index: Index) -> str:
        assert self.shown is not None
        row = self.shown.rows[index.row()]
        if index.column() == WHAT:
            refused = any(at == row.at for at, _column in self.why)
            return _("Cannot be read") if refused else words_for(row.what)
        cell = self.shown.sheet.at(row.at, self.shown.columns[index.column() - 1].at)
        text = " ".join(text_of(cell).split())
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

    def _ground(self, what: str, depth: int, column: int, problem: str | None) -> QColor | None:
        if problem:
            return theme.colour("bad_soft")
        if what == "head":
            return theme.colour("sunken")
        if column == WHAT and what in ("new", "changed"):
            return theme.colour("good_soft" if what == "new" else "accent_soft")
        return theme.colour("accent_soft" if depth == 1 else "hover") if depth else None

    def _ink(self, what: str, column: int, problem: str | None) -> QColor | None:
        if problem:
            return theme.colour("bad")
        if what in ("head", "passed") or (column == WHAT and what in ("same", "band")):
            return theme.colour("muted")
        if column == WHAT and what in ("new", "changed"):
            return theme.colour("good" if what == "new" else "accent")
        taken = self.shown is not None and column and self.shown.columns[column - 1].key
        return None if taken or column == WHAT else theme.colour("muted")

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.shown is None:
            return None
        if way == Qt.Orientation.Vertical:
            at = self.shown.rows[section].at
            return digits.count(at + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if section == WHAT:
            return _("Becomes") if role == Qt.ItemDataRole.DisplayRole else None
        column = self.shown.columns[section - 1]
        label = self._labels.get(column.key or "", "")
        if role == Qt.ItemDataRole.DisplayRole:
            return literal(label or "—")
        return f"{column.heading} → {label}" if role == Qt.ItemDataRole.ToolTipRole and label else None


class Ground(QStyledItemDelegate):
    """Paints what stands behind a cell, which the style sheet's own way of drawing leaves out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(ground, QColor):
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)


class PreviewTable(QTableView):
    """Arrows move; `told(why)` says why the cell under the hand cannot be read, or nothing."""

    told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("table_preview")
        self.setAccessibleName(_("What becomes of the rows"))
        self.setProperty("role", "card")
        self.rows = PreviewModel()
        self.setModel(self.rows)
        self.setItemDelegate(Ground(self))
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        height = theme.line_height() + 6
        down = self.verticalHeader()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(height)
        across = self.horizontalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setFixedHeight(height)
        across.setHighlightSections(False)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_preview(self, preview: Preview) -> None:
        """The rows anew; the first cell that cannot be read comes into sight, else the first row that is taken."""
        self.rows.show(preview)
        self._widths()
        self._spans(preview)
        if not self.next_problem(from_start=True):
            first = next((n for n, row in enumerate(preview.rows) if row.what not in ("head", "passed")), 0)
            self._go(max(0, first - 1), WHAT)
            self.told.emit("")

    def _spans(self, preview: Preview) -> None:
        """A row that says one thing says it over the whole width."""
        self.clearSpans()
        places = [column.at for column in preview.columns]
        for n, row in enumerate(preview.rows):
            filled = [c for c, at in enumerate(places, 1) if text_of(preview.sheet.at(row.at, at)).strip()]
            if len(filled) == 1 and (row.depth or row.what == "passed") and filled[0] < len(places):
                self.setSpan(n, filled[0], 1, len(places) + 1 - filled[0])

    def _widths(self) -> None:
        metrics = self.fontMetrics()
        outcomes = [words_for(what) for what in ("new", "changed", "same", "passed", "head")] + [_("Cannot be read")]
        head = self.horizontalHeader().fontMetrics()
        for column in range(self.rows.columnCount()):
            wanted = head.horizontalAdvance(str(self.rows.headerData(column, Qt.Orientation.Horizontal))) + 30
            for row in range(min(self.rows.rowCount(), 40)):
                shown = self.rows.shown
                if shown is not None and shown.rows[row].what not in ("head", "passed") and not shown.rows[row].depth:
                    text = str(self.rows.data(self.rows.index(row, column)))
                    wanted = max(wanted, metrics.horizontalAdvance(text) + 2 * tokens.M)
            if column == WHAT:
                wanted = max(map(metrics.horizontalAdvance, outcomes)) + 3 * tokens.M  # headings are bold
            self.setColumnWidth(column, max(NARROWEST, min(wanted, WIDEST)))

    def next_problem(self, *, from_start: bool = False) -> bool:
        """Go to the next cell that cannot be read, round and round; False where there is none."""
        shown = self.rows.shown
        if shown is None or not self.rows.why:
            return False
        row_of = {row.at: n for n, row in enumerate(shown.rows)}
        places = sorted((row_of[at], column) for at, column in self.rows.why if at in row_of)
        if not places:
            return False
        here = self.currentIndex()
        now = (-1, -1) if from_start or not here.isValid() else (here.row(), here.column())
        self._go(*next((place for place in places if place > now), places[0]))
        return True

    def _go(self, row: int, column: int) -> None:
        index = self.rows.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _tell(self, index: QModelIndex) -> None:
        shown = self.rows.shown
        if shown is not None and index.isValid():
            self.told.emit(self.rows.why.get((shown.rows[index.row()].at, index.column()), ""))
