"""What hands do to a sheet's cells: write, copy, paste, fill, clear. All of a step goes to the model in one call."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QGuiApplication

from ui import rights
from ui.widgets.sheet import tsv
from ui.widgets.sheet.box import CellBox
from ui.widgets.sheet.cells import BAND, Cell, Change, Refusal, Suggestion
from ui.widgets.sheet.surface import Surface


class Editing(Surface):
    """The half of the view that changes what the model holds."""

    refused = Signal(object)  # list[Refusal] of a paste, fill or clear: nothing was changed
    passed_over = Signal(int)  # so many cells that are only read were left as they are by a paste
    settled = Signal()  # the box was closed
    more_wanted = Signal()  # Ctrl+Enter
    opened = Signal(int, int)  # writing was asked for in a cell that is only read

    _box: CellBox | None = None
    _box_at: tuple[int, int] = (-1, -1)

    if TYPE_CHECKING:

        def current(self) -> tuple[int, int]: ...
        def set_current(self, row: int, column: int, *, keep: bool = False) -> None: ...
        def step(self, rows: int, columns: int, *, keep: bool = False) -> None: ...
        def show_row(self, row: int) -> None: ...

    # the box

    def has_box(self) -> bool:
        return self._box is not None

    def is_writing(self) -> bool:
        return self._box is not None

    def box(self) -> CellBox | None:
        """The box that is open."""
        return self._box

    def held(self, row: int, column: int) -> Cell:
        """The cell as hands meet it: a band is one that can be written where it says so."""
        band = self.sheet.band(row)
        cell = self.sheet.cell(row, column) if band is None else Cell(band.text, band.edit, read_only=band.edit is None)
        return replace(cell, read_only=True) if rights.lacks("draft") else cell

    def write(self, text: str | None = None) -> bool:
        """Open the current cell, begun with `text` (which takes the place of all) or with what is there."""
        if self._box is not None or not len(self.lines):
            return False
        row, column = self.current()
        cell = self.held(row, column)
        if cell.read_only:
            self.opened.emit(row, column)
            moved = text is not None and self.current() != (row, column)  # to what the cell is reckoned from
            return moved and not self.held(*self.current()).read_only and self.write(text)
        at = (row, BAND if self.sheet.band(row) is not None else column)

        def suggest(typed: str) -> list[Suggestion]:
            return self.sheet.suggest(row, at[1], typed) if at[1] != BAND else []

        box = CellBox(self.viewport(), suggest, quick=text is not None)
        self._box, self._box_at = box, at
        box.setAccessibleName(self.title_of(at[1]))
        box.set_plain(cell.to_edit if text is None else text)
        box.selectAll()
        if text is not None:
            cursor = box.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            box.setTextCursor(cursor)
        box.finished.connect(self._finished)
        box.dropped.connect(self.drop)
        box.left.connect(self._box_left)
        box.take_block = self._take_block
        self.show_row(row)
        box.show()
        self.place_box()
        box.setFocus()
        if cell.look == "chip" or text:
            box.offer()
        self.viewport().update()
        return True

    def title_of(self, column: int) -> str:
        """How a column is read aloud."""
        if column == BAND or not 0 <= column < len(self._all_columns):
            return self.accessibleName()
        found = self._all_columns[column]
        return f"{found.group} {found.title}".strip()

    def place_box(self) -> None:
        """Let the box stand over its cell, as tall as its words."""
        if self._box is None:
            return
        row, column = self._box_at
        if not 0 <= row < len(self.lines):
            return
        rect = self.cell_rect(row, self.current()[1] if column == BAND else column)
        width = max(rect.width(), 90)
        room = self.viewport().width()
        left = min(rect.x(), room - width)
        self._box.setFixedWidth(width)
        height = max(self._box.height(), min(rect.height(), self._box.height() + 8))
        top = rect.y()
        if top + height > self.body().bottom():
            top = max(self.head_height, self.body().bottom() - height)
        self._box.move(max(0, left), top)
        self._box.list.place(self._box)
        self._box.place_reason()

    def _finished(self, rows: int, columns: int, more: bool) -> None:
        if self.keep():
            if more:
                self.more_wanted.emit()
            elif rows or columns:
                self.step(rows, columns)

    def _box_left(self) -> None:
        """The focus went elsewhere: keep what stands here, and stay where that is refused."""
        if self._box is not None and self.isVisible():
            self.keep(focus=False)

    def keep(self, *, focus: bool = True) -> bool:
        """Close the box and keep what stands in it; False where it was refused and stays open."""
        box = self._box
        if box is None:
            return True
        row, column = self._box_at
        text = box.plain()
        before = self.held(row, max(column, 0)).to_edit if row < self.sheet.rows() else ""
        if text != before and (text.strip() or before):
            self._box = None  # while the model writes, the sheet may be read anew
            refusals = self.sheet.apply([(row, column, text)])
            self._box = box
            if refusals:
                box.refuse(refusals[0].reason)
                return False
        self._shut(focus)
        return True

    def drop(self) -> None:
        """Close the box and leave the cell as it was."""
        self._shut(True)

    def _shut(self, focus: bool) -> None:
        box, self._box = self._box, None
        if box is None:
            return
        box.blockSignals(True)
        inside = box.hasFocus()
        box.close_all()
        if focus and (inside or focus):
            self.setFocus()
        self.settled.emit()
        self.viewport().update()

    # many cells at once

    def chosen_columns(self) -> list[int]:
        places = self.selection.places(len(self.columns.order))
        return [self.columns.order[place] for place in places]

    def _send(self, changes: list[Change]) -> bool:
        """Hand over what differs from what is there; False where it was refused."""
        real = [
            (row, column, text)
            for row, column, text in changes
            if row >= self.sheet.rows() or text != self.held(row, max(column, 0)).to_edit
        ]
        if rights.lacks("draft"):
            real = []
        refusals: list[Refusal] = self.sheet.apply(real) if real else []
        if refusals:
            first = refusals[0]
            if first.row < self.sheet.rows():
                self.set_current(first.row, first.column if first.column != BAND else self.current()[1])
            self.refused.emit(refusals)
        self.viewport().update()
        return not refusals

    def copy_text(self) -> str:
        """The chosen cells as the clipboard holds them; a band stands in its row's first cell."""
        rows: list[list[str]] = []
        columns = self.chosen_columns()
        for row in self.selection.rows():
            if self.sheet.band(row) is not None:
                rows.append([self.held(row, 0).to_copy, *[""] * (len(columns) - 1)])
            else:
                rows.append([self.sheet.cell(row, column).to_copy for column in columns])
        return tsv.write(rows)

    def copy(self) -> None:
        if len(self.lines) and self.columns.order:
            QGuiApplication.clipboard().setText(self.copy_text())

    def cut(self) -> None:
        self.copy()
        self.clear()

    def clear(self) -> None:
        """Blank every chosen cell that can be written; headings stay."""
        self._send(
            [
                (row, column, "")
                for row in self.selection.rows()
                if self.sheet.band(row) is None
                for column in self.chosen_columns()
                if not self.sheet.cell(row, column).read_only
            ]
        )

    def paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text and len(self.lines) and self.columns.order:
            self.paste_text(text)

    def _take_block(self, text: str) -> bool:
        """Whether what was pasted into the box are cells for a line that begins just now; further ones follow it."""
        box, (row, column) = self._box, self._box_at
        grid = tsv.read(text)
        single = max(len(grid), *map(len, grid)) == 1
        if box is None or box.plain() or single or column == BAND or not self.sheet.is_new(row):
            return False
        columns = self.columns.order[self.columns.place(column) :]
        changes = [
            (self.sheet.rows() + n - 1 if n else row, at, value)
            for n, line in enumerate(grid)
            for at, value in zip(columns, line, strict=False)
        ]
        self._box = None  # as in `keep`
        refusals = self.sheet.apply(changes)
        self._box = box
        if refusals:
            box.refuse(refusals[0].reason)
        else:
            self._shut(True)
        return True

    def paste_text(self, text: str) -> None:
        """Put a clipboard's cells from the chosen one on, or over all that are chosen where they fit in there."""
        grid = tsv.read(text)
        wide = max(map(len, grid))
        places = self.selection.places(len(self.columns.order))
        rows = self.selection.rows()
        chosen = (1 if self.selection.is_single() else len(rows), 1 if self.selection.is_single() else len(places))
        tall = chosen[0] if chosen[0] % len(grid) == 0 and chosen[0] > len(grid) else len(grid)
        broad = chosen[1] if chosen[1] % wide == 0 and chosen[1] > wide else wide
        columns = self.columns.order[places[0] : places[0] + broad]
        fill = tall > len(grid) or len(grid) == 1
        changes, passed, end = self._laid(grid, rows[0], tall, columns, broad, fill)
        if self._send(changes):
            self.selection.go(min(end, self.sheet.rows() - 1), places[0] + len(columns) - 1)
            self.selection.anchor_row, self.selection.anchor_place = rows[0], places[0]
            self.viewport().update()
            if passed:
                self.passed_over.emit(passed)

    def _laid(
        self, grid: list[list[str]], top: int, tall: int, columns: list[int], broad: int, fill: bool
    ) -> tuple[list[Change], int, int]:
        """The changes, how many cells are only read, and the last row. Headings in the way are stepped over, unless
        the clipboard holds a heading (or nothing) for them.
        """
        changes: list[Change] = []
        passed, row, n = 0, top, 0
        end = top
        while n < tall:
            line = grid[n % len(grid)]
            band = self.sheet.band(row) if row < self.sheet.rows() else None
            if band is not None:
                told = line[0] if line else ""
                bare = not any(line[1:])
                if fill or (bare and told in ("", self.held(row, 0).to_copy, band.text)):
                    n += 1
                elif bare and row == top and band.edit is not None:
                    changes.append((row, BAND, told))
                    n += 1
                row += 1
                continue
            for k in range(broad):
                if k >= len(columns):
                    passed += 1
                    continue
                value = line[k % max(1, len(line))] if broad > len(line) and len(grid[0]) < broad else (
                    line[k] if k < len(line) else ""
                )  # fmt: skip
                if row < self.sheet.rows() and self.sheet.cell(row, columns[k]).read_only:
                    passed += self.sheet.cell(row, columns[k]).to_copy != value
                else:
                    changes.append((row, columns[k], value))
            end = row
            row, n = row + 1, n + 1
        return changes, passed, end

    def fill_down(self) -> None:
        """Each column's first chosen cell into those below it; one row alone takes from the row above."""
        rows = [row for row in self.selection.rows() if self.sheet.band(row) is None]
        if len(rows) == 1:
            above = next((r for r in range(rows[0] - 1, -1, -1) if self.sheet.band(r) is None), None)
            rows = [above, *rows] if above is not None else rows
        columns = self.chosen_columns()
        self._fill([((row, column), (rows[0], column)) for row in rows[1:] for column in columns])

    def fill_right(self) -> None:
        """Each row's first chosen cell into those beside it; one column alone takes from the one before."""
        columns = self.chosen_columns()
        if len(columns) == 1:
            place = self.columns.place(columns[0])
            columns = [self.columns.order[place - 1], *columns] if place else columns
        rows = [row for row in self.selection.rows() if self.sheet.band(row) is None]
        self._fill([((row, column), (row, columns[0])) for row in rows for column in columns[1:]])

    def _fill(self, pairs: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        self._send(
            [
                (*target, self.sheet.cell(*source).to_edit)
                for target, source in pairs
                if not self.sheet.cell(*target).read_only
            ]
        )

    def visible_rect(self, row: int, column: int) -> QRect:
        """The part of a cell that is in sight."""
        return self.cell_rect(row, column).intersected(self.viewport().rect())
