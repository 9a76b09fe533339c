"""Tables: shaped cells, a head that comes again on every page, rows that are cut only where they must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from typing import Literal

from cpdesk.printing.typeset.canvas import BLACK, Colour, Sheet
from cpdesk.printing.typeset.flow import Block
from cpdesk.printing.typeset.paragraph import Paragraph

Cell = tuple[Paragraph, ...]
_LOW = 110.0  # points; a row lower than this goes to the next page whole
_HAIR = 0.02
_MARKED: Colour = (0.90, 0.91, 0.93)
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

    def row_widths(self, row: Row, width: float) -> list[float]:
        """The width of each cell of `row`."""
        widths = self.widths(width)
        if not row.spans:
            return widths
        ends = [0, *accumulate(row.spans)]
        return [sum(widths[start:end]) for start, end in pairwise(ends)]


@dataclass(frozen=True)
class Row:
    """Cells side by side; `least` is the height that the row has at any rate.

    `spans` says over how many columns each cell reaches, where it is not one. `with_next` keeps the row on the page of
    the row after it. `open_below` are columns, from 0, with no line between this row and the next; `marked` are cells,
    from 0, with a grey ground.
    """

    cells: tuple[Cell, ...]
    least: float = 0.0
    fill: Colour | None = None
    spans: tuple[int, ...] = ()
    with_next: bool = False
    open_below: frozenset[int] = frozenset()
    marked: frozenset[int] = frozenset()


class Table(Block):
    """Rows under a head. `whole` tables are not cut if a page can hold them."""

    def __init__(
        self,
        grid: Grid,
        rows: Sequence[Row],
        head: Row | Sequence[Row] | None = None,
        before: float = 0.0,
        after: float = 0.0,
        whole: bool = False,
    ) -> None:
        self._grid = grid
        self._rows = rows
        self._head: tuple[Row, ...] = (head,) if isinstance(head, Row) else tuple(head or ())
        self._whole = whole
        self.before, self.after = before, after
        self._measured: tuple[float, list[float]] | None = None

    def _heights(self, width: float) -> list[float]:
        """The height of each row; those of the head come first."""
        if self._measured is None or self._measured[0] != width:
            rows = [*self._head, *self._rows]
            self._measured = (width, [self._row_height(row, width) for row in rows])
        return self._measured[1]

    def _row_height(self, row: Row, width: float) -> float:
        inner = (w - 2 * self._grid.pad_x for w in self._grid.row_widths(row, width))
        tallest = max((_stack_height(cell, w) for cell, w in zip(row.cells, inner, strict=True)), default=0.0)
        return max(tallest + 2 * self._grid.pad_y, row.least)

    def height(self, width: float) -> float:
        return sum(self._heights(width))

    def least(self, width: float) -> float:
        heights = self._heights(width)
        if self._whole:
            return sum(heights)
        count = len(self._head) + 1
        while count < len(heights) and self._rows[count - len(self._head) - 1].with_next:
            count += 1
        return sum(heights[:count])

    def split(self, width: float, room: float, forced: bool) -> tuple[Block, Block] | None:
        if self._whole and not forced:
            return None
        heights = self._heights(width)
        head = heights[: len(self._head)]
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
        while count and self._rows[count - 1].with_next and not (forced and count == 1):
            count -= 1
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
        for cell, w in zip(row.cells, self._grid.row_widths(row, width), strict=True):
            parts = _cut_stack(cell, w - 2 * self._grid.pad_x, room, forced)
            above.append(parts[0])
            below.append(parts[1])
        if not any(above) or not any(below):
            return None
        return replace(row, cells=tuple(above), least=0.0), replace(row, cells=tuple(below), least=0.0)

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        y = top
        for number, (row, height) in enumerate(zip([*self._head, *self._rows], self._heights(width), strict=True)):
            fill = self._grid.head_fill if number < len(self._head) else row.fill
            if fill:
                sheet.fill(x, y - height, width, height, fill)
            stands = "middle" if number < len(self._head) else self._grid.stands
            self._paint_cells(sheet, x, y, row, height, self._grid.row_widths(row, width), stands)
            y -= height
        if self._grid.line:
            self._paint_lines(sheet, x, top, width)

    def _paint_cells(
        self, sheet: Sheet, x: float, top: float, row: Row, height: float, widths: list[float], stands: str
    ) -> None:
        for n, (cell, w) in enumerate(zip(row.cells, widths, strict=True)):
            if n in row.marked:
                sheet.fill(x, top - height, w, height, _MARKED)
            inner = w - 2 * self._grid.pad_x
            spare = height - _stack_height(cell, inner)
            y = top - (spare / 2 if stands == "middle" else self._grid.pad_y)
            for paragraph in cell:
                paragraph.paint(sheet, x + self._grid.pad_x, y, inner)
                y -= paragraph.height(inner)
            x += w

    def _paint_lines(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        grid, y = self._grid, top
        rows = [*self._head, *self._rows]
        heights = self._heights(width)
        sheet.rule(x, y, x + width, grid.line, grid.colour)
        for number, (row, height) in enumerate(zip(rows, heights, strict=True), 1):
            y -= height
            for start, end in self._closed(row, width) if number < len(rows) else [(0.0, width)]:
                sheet.rule(x + start, y, x + end, grid.line, grid.colour)
        y = top
        for spans, group in groupby(zip(rows, heights, strict=True), key=lambda pair: pair[0].spans):
            several = list(group)
            foot = y - sum(height for _row, height in several)
            at = x
            for w in [0.0, *grid.row_widths(replace(several[0][0], spans=spans), width)]:
                at += w
                sheet.upright(at, y, foot, grid.line, grid.colour)
            y = foot

    def _closed(self, row: Row, width: float) -> list[tuple[float, float]]:
        """Where the line under `row` is drawn, from the left."""
        if not row.open_below:
            return [(0.0, width)]
        ends = [0.0, *accumulate(self._grid.widths(width))]
        return [pair for column, pair in enumerate(pairwise(ends)) if column not in row.open_below]


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
