"""Tables: shaped cells, a head that comes again on every page, rows that are cut only where they must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import Literal, NamedTuple

from cpdesk.printing.typeset.canvas import BLACK, Colour, Sheet
from cpdesk.printing.typeset.cells import HAIR, Cell, cut_cell, fitted, stack_height
from cpdesk.printing.typeset.flow import Block

_LOW = 110.0  # points; a row lower than this goes to the next page whole
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

    def widths(self, width: float) -> Sequence[float]:
        return _widths(self.shares, (), width)

    def row_widths(self, row: Row, width: float) -> Sequence[float]:
        """The width of each cell of `row`."""
        return _widths(self.shares, row.spans, width)


@lru_cache(maxsize=256)
def _widths(shares: tuple[float, ...], spans: tuple[int, ...], width: float) -> list[float]:
    whole = sum(shares)
    widths = [width * share / whole for share in shares]
    if not spans:
        return widths
    ends = [0, *accumulate(spans)]
    return [sum(widths[start:end]) for start, end in pairwise(ends)]


@dataclass(frozen=True)
class Row:
    """Cells side by side; `least` is the height that the row has at any rate.

    `spans` says over how many columns each cell reaches, where it is not one. `with_next` keeps the row on the page of
    the row after it. `open_below` are columns, from 0, with no line between this row and the next; `marked` are cells,
    from 0, with a grey ground. `cut` rows are a part of one that goes over pages.
    """

    cells: tuple[Cell, ...]
    least: float = 0.0
    fill: Colour | None = None
    spans: tuple[int, ...] = ()
    with_next: bool = False
    open_below: frozenset[int] = frozenset()
    marked: frozenset[int] = frozenset()
    cut: bool = False


class _Rise(NamedTuple):
    """Columns of a head whose cells reach up into the row above, and the height of that."""

    columns: frozenset[int]
    height: float


_LEVEL = _Rise(frozenset(), 0.0)


class _Place(NamedTuple):
    """Where a row is painted."""

    x: float
    top: float
    width: float
    height: float
    head: bool
    rise: _Rise


class Table(Block):
    """Rows under a head. `whole` tables are not cut if a page can hold them; one that keeps `company` takes with it the
    last of what stands before it rather than stand first on a page.

    In a `labelled` table the first cell of each row says what the others are.
    Without lines it is no table to a voice that reads the page: just paragraphs, row by row.
    """

    marks_itself = True

    def __init__(
        self,
        grid: Grid,
        rows: Sequence[Row],
        head: Row | Sequence[Row] | None = None,
        before: float = 0.0,
        after: float = 0.0,
        whole: bool = False,
        company: bool = False,
        labelled: bool = False,
    ) -> None:
        self._grid = grid
        self._rows = rows
        self._head: tuple[Row, ...] = (head,) if isinstance(head, Row) else tuple(head or ())
        self._whole = whole
        self.before, self.after = before, after
        self.company = company
        self._labelled = labelled
        self._origin: object = self  # parts on several pages are one table
        self._first = 0  # the number in it of this part's first row
        self._again = False  # the head has been on an earlier page
        self._measured: tuple[float, list[float]] | None = None

    def _heights(self, width: float) -> list[float]:
        """The height of each row; those of the head come first."""
        if self._measured is None or self._measured[0] != width:
            rows = [*self._head, *self._rows]
            if self._grid.line and self._origin is self:
                self._fit(rows, width)
            self._measured = (width, [self._row_height(row, width) for row in rows])
        return self._measured[1]

    def widths(self, width: float) -> list[float]:
        """The widths of its columns in points, once the longest words have room."""
        self._fit([*self._head, *self._rows], width)
        return list(self._grid.widths(width))

    def _fit(self, rows: Sequence[Row], width: float) -> None:
        """Widen columns whose longest word does not fit, so that no number is cut; the others make room for them."""
        widths = self._grid.widths(width)
        least, most, filled = ([0.0] * len(widths) for _list in range(3))
        for row in rows:
            places = accumulate(row.spans[:-1], initial=0) if row.spans else range(len(widths))
            for n, (place, cell) in enumerate(zip(places, row.cells, strict=True)):
                if cell and (not row.spans or row.spans[n] == 1):
                    least[place] = max(least[place], *[paragraph.least() for paragraph in cell])
        sides = 2 * self._grid.pad_x + HAIR
        least = [one + sides if one else 0.0 for one in least]
        if all(one <= own for one, own in zip(least, widths, strict=True)):
            return
        for row in rows:
            for place, cell in enumerate(() if row.spans else row.cells):
                filled[place] += bool(cell)
                most[place] = max(most[place], *[paragraph.most() + sides for paragraph in cell], 0.0)
        # A column that its texts do not fill gives first; one that is left to the pen does not.
        texts = zip(widths, most, filled, strict=True)
        widths = [min(own, one) if count * 2 > len(rows) else own for own, one, count in texts]
        self._grid = replace(self._grid, shares=tuple(fitted(least, widths, width)))

    def _row_height(self, row: Row, width: float) -> float:
        inner = (w - 2 * self._grid.pad_x for w in self._grid.row_widths(row, width))
        tallest = max((stack_height(cell, w) for cell, w in zip(row.cells, inner, strict=True)), default=0.0)
        return max(tallest + 2 * self._grid.pad_y, row.least)

    def height(self, width: float) -> float:
        return sum(self._heights(width))

    def split(self, width: float, room: float, forced: bool) -> tuple[Block, Block] | None:
        if self._whole and not forced:
            return None
        heights = self._heights(width)
        head = heights[: len(self._head)]
        used, count = sum(head), 0
        rows = heights[len(head) :]
        while count < len(rows) and used + rows[count] <= room + HAIR:
            used += rows[count]
            count += 1
        if count == len(rows):
            return None
        cut = None
        if rows[count] > _LOW or (forced and count == 0):
            cut = self._cut_row(self._rows[count], width, room - used, forced=False)
            if cut is None and forced and count == 0:
                cut = self._cut_row(self._rows[count], width, room - used, forced=True)
        if cut is None:
            count = self._end(count, forced)
        if cut is None and count == 0:
            return None
        return self._parts(count, width, cut)

    def _end(self, count: int, forced: bool) -> int:
        """How many of `count` rows stay on a page: none that keeps with the next, nor all but the last of a table."""
        if count == len(self._rows) - 1 and count >= _FEW:
            count -= 1  # the last row does not stand alone under its head
        while count and self._rows[count - 1].with_next and not (forced and count == 1):
            count -= 1
        return count

    def tail(self, width: float) -> tuple[Block, Block] | None:
        count = len(self._rows)
        for last in (2, 1) if count > _FEW + 1 else (1,):
            kept = count - last
            while kept > 0 and self._rows[kept - 1].with_next:
                kept -= 1
            if kept > 0 and not self._whole:
                return self._parts(kept, width, None)
        return None

    def _parts(self, count: int, width: float, cut: tuple[Row, Row] | None) -> tuple[Block, Block]:
        """The first `count` rows and the others; of a row that is `cut`, either gets its part."""
        heights = self._heights(width)
        head, rows = heights[: len(self._head)], heights[len(self._head) :]
        above, below = list(self._rows[:count]), list(self._rows[count:])
        heights_above, heights_below = rows[:count], rows[count:]
        if cut:
            above.append(cut[0])
            below[0] = cut[1]
            heights_above = [*heights_above, self._row_height(cut[0], width)]
            heights_below = [self._row_height(cut[1], width), *heights_below[1:]]
        return (
            self._part(above, width, head + heights_above, lower=False),
            self._part(below, width, head + heights_below, lower=True, start=count),
        )

    def _part(self, rows: list[Row], width: float, heights: list[float], lower: bool, start: int = 0) -> Table:
        part = Table(self._grid, rows, self._head, after=self.after if lower else 0.0)
        part._measured, part._origin = (width, heights), self._origin
        part._first, part._again = self._first + start, self._again or lower
        part.with_next, part._labelled = self.with_next and lower, self._labelled
        return part

    def _cut_row(self, row: Row, width: float, room: float, forced: bool) -> tuple[Row, Row] | None:
        """The part of `row` that fits into `room`, and the rest."""
        room -= 2 * self._grid.pad_y
        above: list[Cell] = []
        below: list[Cell] = []
        for cell, w in zip(row.cells, self._grid.row_widths(row, width), strict=True):
            parts = cut_cell(cell, w - 2 * self._grid.pad_x, room, forced)
            above.append(parts[0])
            below.append(parts[1])
        if not any(above) or not any(below):
            return None
        upper = replace(row, cells=tuple(above), least=0.0, with_next=False, cut=True)
        return upper, replace(row, cells=tuple(below), least=0.0, cut=True)

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        self._paint_ground(sheet, x, top, width)
        rows = list(zip([*self._head, *self._rows], self._heights(width), strict=True))
        table = sheet.tags.element("Table", self._origin) if self._grid.line and sheet.tags.inside else None
        rise = _LEVEL
        for n, (row, height) in enumerate(rows, -len(self._head)):
            place = _Place(x, top, width, height, n < 0, rise)
            if table is None:
                self._paint_row(sheet, row, place)
            elif n < 0 and self._again:
                with sheet.unread():  # a head that comes again is heard once
                    self._paint_row(sheet, row, place)
            else:
                with sheet.within(table), sheet.within(sheet.tags.element("TR", self._row_key(n))):
                    self._paint_row(sheet, row, place, self._row_key(n))
            rise = _Rise(row.open_below, height) if n < 0 else _LEVEL
            top -= height

    def _row_key(self, n: int) -> tuple[object, int]:
        """Which row of the whole table the row `n` of this part is; those of the head count from below 0."""
        return self._origin, n + self._first if n >= 0 else n

    def _paint_row(self, sheet: Sheet, row: Row, place: _Place, key: tuple[object, int] | None = None) -> None:
        grid, tags = self._grid, sheet.tags
        middle = (place.head or grid.stands == "middle") and not row.cut
        row_element, x = tags.inside, place.x
        for n, (cell, w) in enumerate(zip(row.cells, grid.row_widths(row, place.width), strict=True)):
            if key is not None:
                scope = "Column" if place.head else "Row" if self._labelled and not n else ""
                entries = _cell_entries(scope, row.spans[n] if row.spans else 1)
                tags.inside = tags.element("TH" if scope else "TD", (*key, n), entries, len(cell) == 1)
            inner = w - 2 * grid.pad_x
            y = place.top - grid.pad_y
            if middle:
                rise = place.rise.height if n in place.rise.columns and not row.spans else 0.0
                y = place.top + rise - (place.height + rise - stack_height(cell, inner)) / 2
            for paragraph in cell:
                paragraph.paint(sheet, x + grid.pad_x, y, inner)
                y -= paragraph.height(inner)
            tags.inside = row_element
            x += w

    def _paint_ground(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """What stands under the text: grounds and lines."""
        y = top
        grounds: list[tuple[float, float, float, float, Colour]] = []
        for n, (row, height) in enumerate(zip([*self._head, *self._rows], self._heights(width), strict=True)):
            fill = self._grid.head_fill if n < len(self._head) else row.fill
            if fill:
                grounds.append((x, y - height, width, height, fill))
            if row.marked:
                widths = self._grid.row_widths(row, width)
                lefts = list(accumulate(widths, initial=x))
                grounds += ((lefts[cell], y - height, widths[cell], height, _MARKED) for cell in sorted(row.marked))
            y -= height
        if not grounds and not self._grid.line:
            return
        with sheet.marked(None):
            for ground in grounds:
                sheet.fill(*ground)
            if self._grid.line:
                sheet.lines(self._lines(x, top, width), self._grid.line, self._grid.colour)

    def _lines(self, x: float, top: float, width: float) -> list[tuple[float, float, float, float]]:
        grid, y = self._grid, top
        rows = [*self._head, *self._rows]
        heights = self._heights(width)
        found = [(x, y, x + width, y)]
        for number, (row, height) in enumerate(zip(rows, heights, strict=True), 1):
            y -= height
            for start, end in self._closed(row, width) if number < len(rows) else [(0.0, width)]:
                found.append((x + start, y, x + end, y))
        y = top
        for _spans, group in groupby(zip(rows, heights, strict=True), key=lambda pair: pair[0].spans):
            several = list(group)
            foot = y - sum(height for _row, height in several)
            lefts = accumulate(grid.row_widths(several[0][0], width), initial=x)
            found += ((at, y, at, foot) for at in lefts)
            y = foot
        return found

    def _closed(self, row: Row, width: float) -> list[tuple[float, float]]:
        """Where the line under `row` is drawn, from the left."""
        if not row.open_below:
            return [(0.0, width)]
        ends = [0.0, *accumulate(self._grid.widths(width))]
        return [pair for column, pair in enumerate(pairwise(ends)) if column not in row.open_below]


@lru_cache(maxsize=64)
def _cell_entries(scope: str, span: int) -> str:
    entries = (f"/Scope/{scope}" if scope else "") + (f"/ColSpan {span}" if span > 1 else "")
    return f"/A<</O/Table{entries}>>" if entries else ""
