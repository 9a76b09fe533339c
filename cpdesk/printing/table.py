"""Tables: shaped cells, a head that comes again on every page, rows that are cut only where they must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cpdesk.printing.canvas import BLACK, Colour, Sheet
from cpdesk.printing.flow import Block
from cpdesk.printing.paragraph import Paragraph

Cell = tuple[Paragraph, ...]
_LOW = 110.0  # points; a row lower than this goes to the next page whole
_HAIR = 0.02
_FEW = 3


@dataclass(frozen=True)
class Grid:
    """How a table is drawn. `pad_x`, `pad_y` are the distances of text from lines; `line` 0 draws none."""

    shares: tuple[float, ...]
    line: float = 0.5
    colour: Colour = BLACK
    pad_x: float = 4.0
    pad_y: float = 2.5
    head_fill: Colour | None = (0.93, 0.94, 0.96)
    stands: Literal["top", "middle"] = "middle"

    def widths(self, width: float) -> list[float]:
        whole = sum(self.shares)
        return [width * share / whole for share in self.shares]


@dataclass(frozen=True)
class Row:
    """Cells side by side; `least` is the height that the row has at any rate."""

    cells: tuple[Cell, ...]
    least: float = 0.0
    fill: Colour | None = None


class Table(Block):
    """Rows under a head. `whole` tables are not cut if a page can hold them."""

    def __init__(
        self,
        grid: Grid,
        rows: Sequence[Row],
        head: Row | None = None,
        before: float = 0.0,
        after: float = 0.0,
        whole: bool = False,
    ) -> None:
        self._grid = grid
        self._rows = rows
        self._head = head
        self._whole = whole
        self.before, self.after = before, after
        self._measured: tuple[float, list[float]] | None = None

    def _heights(self, width: float) -> list[float]:
        """The height of each row; the head is the first."""
        if self._measured is None or self._measured[0] != width:
            rows = ([self._head] if self._head else []) + list(self._rows)
            self._measured = (width, [self._row_height(row, width) for row in rows])
        return self._measured[1]

    def _row_height(self, row: Row, width: float) -> float:
        inner = (w - 2 * self._grid.pad_x for w in self._grid.widths(width))
        tallest = max((_stack_height(cell, w) for cell, w in zip(row.cells, inner, strict=True)), default=0.0)
        return max(tallest + 2 * self._grid.pad_y, row.least)

    def height(self, width: float) -> float:
        return sum(self._heights(width))

    def least(self, width: float) -> float:
        heights = self._heights(width)
        if self._whole:
            return sum(heights)
        return sum(heights[: 2 if self._head else 1])

    def split(self, width: float, room: float, forced: bool) -> tuple[Block, Block] | None:
        if self._whole and not forced:
            return None
        heights = self._heights(width)
        head = heights[:1] if self._head else []
        used, count = sum(head), 0
        rows = heights[len(head) :]
        while count < len(rows) and used + rows[count] <= room + _HAIR:
            used += rows[count]
            count += 1
        if count == len(rows):
            return None
        if count == len(rows) - 1 and count >= _FEW:
            count -= 1  # the last row does not stand alone under its head
            used -= rows[count]
        cut = None
        if rows[count] > _LOW or (forced and count == 0):
            cut = self._cut_row(self._rows[count], width, room - used, forced and count == 0)
        if cut is None and count == 0:
            return None
        above, below = list(self._rows[:count]), list(self._rows[count:])
        heights_above, heights_below = rows[:count], rows[count:]
        if cut:
            above.append(cut[0])
            below[0] = cut[1]
            heights_above = [*heights_above, self._row_height(cut[0], width)]
            heights_below = [self._row_height(cut[1], width), *heights_below[1:]]
        return (
            self._part(above, width, head + heights_above, after=0.0),
            self._part(below, width, head + heights_below, after=self.after),
        )

    def _part(self, rows: list[Row], width: float, heights: list[float], after: float) -> Table:
        part = Table(self._grid, rows, self._head, before=0.0, after=after)
        part._measured = (width, heights)
        return part

    def _cut_row(self, row: Row, width: float, room: float, forced: bool) -> tuple[Row, Row] | None:
        """The part of `row` that fits into `room`, and the rest."""
        room -= 2 * self._grid.pad_y
        above: list[Cell] = []
        below: list[Cell] = []
        for cell, w in zip(row.cells, self._grid.widths(width), strict=True):
            parts = _cut_stack(cell, w - 2 * self._grid.pad_x, room, forced)
            above.append(parts[0])
            below.append(parts[1])
        if not any(above) or not any(below):
            return None
        return replace(row, cells=tuple(above), least=0.0), replace(row, cells=tuple(below), least=0.0)

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        rows = ([self._head] if self._head else []) + list(self._rows)
        widths = self._grid.widths(width)
        y = top
        for row, height in zip(rows, self._heights(width), strict=True):
            fill = self._grid.head_fill if row is self._head else row.fill
            if fill:
                sheet.fill(x, y - height, width, height, fill)
            self._paint_cells(sheet, x, y, row, height, widths)
            y -= height
        if self._grid.line:
            self._paint_lines(sheet, x, top, width, widths)

    def _paint_cells(self, sheet: Sheet, x: float, top: float, row: Row, height: float, widths: list[float]) -> None:
        for cell, w in zip(row.cells, widths, strict=True):
            inner = w - 2 * self._grid.pad_x
            spare = height - _stack_height(cell, inner)
            y = top - (spare / 2 if self._grid.stands == "middle" else self._grid.pad_y)
            for paragraph in cell:
                paragraph.paint(sheet, x + self._grid.pad_x, y, inner)
                y -= paragraph.height(inner)
            x += w

    def _paint_lines(self, sheet: Sheet, x: float, top: float, width: float, widths: list[float]) -> None:
        grid, y = self._grid, top
        sheet.rule(x, y, x + width, grid.line, grid.colour)
        for height in self._heights(width):
            y -= height
            sheet.rule(x, y, x + width, grid.line, grid.colour)
        at = x
        for w in [0.0, *widths]:
            at += w
            sheet.upright(at, top, y, grid.line, grid.colour)


def _stack_height(cell: Cell, width: float) -> float:
    return sum(paragraph.height(width) for paragraph in cell)


def _cut_stack(cell: Cell, width: float, room: float, forced: bool) -> tuple[Cell, Cell]:
    """The paragraphs of `cell` that fit into `room`, and the others; one of them may be cut."""
    for i, paragraph in enumerate(cell):
        height = paragraph.height(width)
        if height <= room + _HAIR:
            room -= height
            continue
        parts = paragraph.split(width, room, forced)
        if not parts:
            return cell[:i], cell[i:]
        upper, lower = parts
        assert isinstance(upper, Paragraph)
        assert isinstance(lower, Paragraph)
        return (*cell[:i], upper), (lower, *cell[i + 1 :])
    return cell, ()
