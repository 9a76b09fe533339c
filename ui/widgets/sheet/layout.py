"""Where columns and rows stand. Only what was looked at is measured: the height of other rows is taken to be the mean.

All lengths are pixels of the body, which begins below the head and right of nothing; scrolling is taken off outside.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

from ui import theme
from ui.widgets.sheet.cells import SheetColumn

LEAST = 32
FROZEN_SHARE = 0.6  # of the width, so that there is always room to look at the rest


class Columns:
    """`order` are the columns in sight, `lefts` and `widths` theirs by column; the first `frozen` do not scroll."""

    def __init__(self) -> None:
        self.order: list[int] = []
        self.widths: dict[int, int] = {}
        self.lefts: dict[int, int] = {}
        self.frozen = 0
        self.frozen_width = 0
        self.whole = 0
        self._place: dict[int, int] = {}

    def arrange(
        self,
        columns: Sequence[SheetColumn],
        hidden: frozenset[str],
        chosen: Mapping[str, int],
        frozen: int,
        room: int,
    ) -> None:
        """Share `room` among the columns: those that stretch take what is left over."""
        self.order = [n for n, column in enumerate(columns) if column.key not in hidden]
        widths = {n: theme.scaled(chosen.get(columns[n].key, columns[n].width)) for n in self.order}
        spare = room - sum(widths.values())
        elastic = [n for n in self.order if columns[n].stretch and columns[n].key not in chosen]
        shares = sum(columns[n].stretch for n in elastic)
        for n in elastic:
            if spare > 0:
                widths[n] += spare * columns[n].stretch // shares
        self.widths = {n: max(LEAST, width) for n, width in widths.items()}
        self.lefts = dict(zip(self.order, accumulate(self.widths.values(), initial=0), strict=False))
        self.whole = sum(self.widths.values())
        self._place = {n: place for place, n in enumerate(self.order)}
        self.frozen = min(frozen, len(self.order))
        while self.frozen and self._left_of_place(self.frozen) > room * FROZEN_SHARE:
            self.frozen -= 1
        self.frozen_width = self._left_of_place(self.frozen)

    def _left_of_place(self, place: int) -> int:
        return self.lefts[self.order[place]] if place < len(self.order) else self.whole

    def place(self, column: int) -> int:
        """Which of those in sight it is; the nearest before it where it is hidden."""
        if column in self._place:
            return self._place[column]
        return max((place for n, place in self._place.items() if n < column), default=0)

    def is_frozen(self, column: int) -> bool:
        return self._place.get(column, 0) < self.frozen

    def frozen_ones(self) -> list[int]:
        return self.order[: self.frozen]

    def between(self, left: int, right: int) -> list[int]:
        """The columns that scroll and have a part between these two."""
        return [n for n in self.order[self.frozen :] if self.lefts[n] < right and self.lefts[n] + self.widths[n] > left]

    def at(self, x: int) -> int | None:
        """The column over that pixel of the whole."""
        return next((n for n in self.order if self.lefts[n] <= x < self.lefts[n] + self.widths[n]), None)


class Rows:
    """Heights of rows, measured by `measure` when they are first asked for."""

    def __init__(self, measure: Callable[[int], int]) -> None:
        self._measure = measure
        self._heights: list[int] = []
        self._known = bytearray()
        self._tops: list[int] | None = None
        self._usual = 0

    def reset(self, count: int, usual: int) -> None:
        """So many rows of which nothing is known; the first of them give the mean for the rest."""
        self._known = bytearray(count)
        self._heights = [usual] * count
        self._tops = None
        sample = min(count, 30)
        for row in range(sample):
            self._heights[row] = self._measure(row)
            self._known[row] = 1
        if sample < count:
            self._usual = sum(self._heights[:sample]) // sample
            self._heights[sample:] = [self._usual] * (count - sample)

    def forget(self, row: int) -> None:
        """Measure it again when it is next seen."""
        if 0 <= row < len(self._known):
            self._known[row] = 0

    def forget_all(self) -> None:
        self._known = bytearray(len(self._known))

    def know(self, row: int) -> bool:
        """Measure a row; True where it is of another height than was thought."""
        if self._known[row]:
            return False
        self._known[row] = 1
        height = self._measure(row)
        if height == self._heights[row]:
            return False
        self._heights[row] = height
        self._tops = None
        return True

    def __len__(self) -> int:
        return len(self._heights)

    def _ready(self) -> list[int]:
        if self._tops is None:
            self._tops = [0, *accumulate(self._heights)]
        return self._tops

    def top(self, row: int) -> int:
        return self._ready()[row]

    def height(self, row: int) -> int:
        return self._heights[row]

    @property
    def whole(self) -> int:
        return self._ready()[-1]

    def at(self, y: int) -> int:
        """The row over that pixel: the first or last where it lies outside; -1 where there is none."""
        if not self._heights:
            return -1
        return max(0, min(len(self._heights) - 1, bisect_right(self._ready(), y) - 1))
