"""The table of a plan: one selected line, rows as tall as their words, keys of an outline.

F2, Enter or a letter writes in place; Enter goes on to the next line, Ctrl+Enter opens a new activity in the same
output, Alt+Up and Alt+Down move a line, Delete puts it in the bin.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from ui import theme
from ui.lists.plan_delegate import PAD_X, PlanDelegate, quarters_width
from ui.lists.plan_model import CODE, COLUMNS, INVESTMENT, PLACES, QUARTERS, RESPONSIBLE, TEXT, PlanModel
from ui.lists.plan_rows import Row
from ui.widgets.editors.long_text import LongText

NARROW = 620  # without the places; without the responsible below LEAN
LEAN = 470


class PlanView(QTableView):
    """Signals name what a person asks of the page; the view itself changes nothing but texts."""

    chosen = Signal(object)  # Row or None
    new_wanted = Signal(str)  # objective, output or activity
    move_wanted = Signal(int)
    delete_wanted = Signal()
    opened = Signal(str)  # a double click on a cell that is not written in place: its column
    settled = Signal()  # the editor closed
    menu_wanted = Signal(object)

    def __init__(self, model: PlanModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plan_table")
        self.setProperty("role", "card")
        self.rows = model
        self.setModel(model)
        self._delegate = PlanDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(10)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        self._fit_soon = QTimer(self)
        self._fit_soon.setSingleShot(True)
        self._fit_soon.setInterval(0)
        self._fit_soon.timeout.connect(self.fit)
        model.modelReset.connect(self.fit)
        model.dataChanged.connect(lambda *_a: self._fit_soon.start())
        model.rowsInserted.connect(self.fit)
        model.rowsRemoved.connect(self.fit)
        self._delegate.next_wanted.connect(self._next)
        self._delegate.new_wanted.connect(lambda: self.new_wanted.emit("activity"))

    # which line

    def current(self) -> Row | None:
        return self.rows.row(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def choose(self, id_: str | None) -> bool:
        """Select a record's line; False where it has none."""
        at = self.rows.find(id_)
        if at >= 0:
            self._go(at)
        return at >= 0

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        self.chosen.emit(self.current())

    def _go(self, at: int) -> None:
        row = self.rows.row(at)
        if row is not None:
            self.setCurrentIndex(self.rows.index(at, CODE if row.is_band else TEXT))
            self.scrollTo(self.currentIndex())

    def _next(self) -> None:
        self._go(min(self.currentIndex().row() + 1, self.rows.rowCount() - 1))

    # writing

    def is_writing(self) -> bool:
        return self.state() == QAbstractItemView.State.EditingState

    def write(self, at: int | None = None, text: str | None = None) -> None:
        """Open the text of a line (the current one) for writing, begun with `text` instead of what is kept."""
        if at is not None:
            self._go(at)
        row = self.current()
        if row is not None and not self.is_writing():
            self.edit(self.rows.index(self.currentIndex().row(), CODE if row.is_band else TEXT))
            editor = self._editor()
            if text is not None and editor is not None:
                editor.set_plain(text)

    def keep(self) -> None:
        """Close the open box, if any, and keep what stands in it."""
        editor = self._editor()
        if editor is not None and self.is_writing():
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _editor(self) -> LongText | None:
        """The box that is open; one that was closed may still wait to be deleted."""
        return next((box for box in self.findChildren(LongText, "cell_input") if not box.isHidden()), None)

    def closeEditor(self, editor: QWidget, _hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.rows.drop_draft()
        self.setFocus()
        self.settled.emit()

    # how wide, how tall

    def fit(self) -> None:
        """Share the width among the columns, give each row the height of its words, and be no taller than all rows."""
        whole = self.viewport().width()
        widths = self._widths(whole)
        for column, width in enumerate(widths):
            self.setColumnHidden(column, width <= 0)
            if width > 0 and self.columnWidth(column) != width:
                self.setColumnWidth(column, width)
        total = self.horizontalHeader().sizeHint().height() + 2
        self.clearSpans()
        for at, row in enumerate(self.rows.rows()):
            if row.is_band:
                self.setSpan(at, 0, 1, len(COLUMNS))
            height = self._delegate.row_height(row, widths, whole)
            if self.rowHeight(at) != height:
                self.setRowHeight(at, height)
            total += height
        if self.maximumHeight() != total:
            self.setMaximumHeight(total)
            self.updateGeometry()

    def _widths(self, whole: int) -> list[int]:
        widths = [0] * len(COLUMNS)
        codes = [self.fontMetrics().horizontalAdvance(row.code) for row in self.rows.rows() if not row.is_band]
        widths[CODE] = max(52, min(theme.scaled(110), max(codes, default=0) + 2 * PAD_X))
        squares = theme.scaled(quarters_width(len(self.rows.years))) + 2 * PAD_X + 4
        heading = self.fontMetrics().horizontalAdvance(str(self.rows.headerData(QUARTERS, Qt.Orientation.Horizontal)))
        widths[QUARTERS] = max(squares, heading + 2 * PAD_X)
        widths[INVESTMENT] = max(theme.scaled(104), min(theme.scaled(150), whole // 6))
        widths[RESPONSIBLE] = 0 if whole < theme.scaled(LEAN) else max(theme.scaled(92), whole // 7)
        widths[PLACES] = 0 if whole < theme.scaled(NARROW) else max(theme.scaled(84), whole // 9)
        widths[TEXT] = max(120, whole - sum(widths))
        return widths

    def sizeHint(self) -> QSize:
        return QSize(600, self.maximumHeight() if self.maximumHeight() < 1 << 20 else 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_soon.start()

    # hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_writing() or not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if held == Qt.KeyboardModifier.ControlModifier:
                self.new_wanted.emit("activity")
            else:
                self.write()
        elif key == Qt.Key.Key_F2:
            self.write()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and held == Qt.KeyboardModifier.AltModifier:
            self.move_wanted.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not held:
            step = -1 if key == Qt.Key.Key_Up else 1
            self._go(max(0, min(self.rows.rowCount() - 1, self.currentIndex().row() + step)))
        elif key == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif event.text().isprintable() and event.text().strip() and not held & ~Qt.KeyboardModifier.ShiftModifier:
            self.write()
            self._pass_on(event)
        else:
            return False
        return True

    def _pass_on(self, event: QKeyEvent) -> None:
        """The letter that opened the editor is the first one in it."""
        editor = self._editor()
        if editor is not None:
            editor.insertPlainText(event.text())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index: QModelIndex = self.indexAt(event.position().toPoint())
        row = self.rows.row(index.row())
        if row is None:
            return
        if row.is_band or index.column() in (CODE, TEXT):
            self.write(index.row())
        else:
            self.opened.emit(COLUMNS[index.column()])

    def _menu(self, at: QPoint) -> None:
        if self.indexAt(at).isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(at))
