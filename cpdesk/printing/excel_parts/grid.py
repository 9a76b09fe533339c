"""The columns of a sheet: those of its widest table, so that its cells are plain cells; what else stands on the sheet
takes the nearest of their edges, or gets edges of its own where none is near enough. Lengths in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_PART, _SHARE = 0.3, 0.08  # how far an edge may move: of the narrower column beside it, of the whole width
_HAIR, _DEAR = 2.0, 1000.0


class Grid:
    def __init__(self, width: float) -> None:
        self.width = width
        self._edges = [0.0, width]

    @property
    def widths(self) -> list[float]:
        return [after - before for before, after in pairwise(self._edges)]

    def take(self, edges: Sequence[float], *, loose: bool = False, room: bool = False) -> None:
        """Columns between these edges are wanted, the first at 0 and the last at the whole width; `loose` ones may
        move far, and those with `room` only to the right: what stands before them must not get narrower."""
        placed = self._nearest(edges, room)
        for n in range(1, len(edges) - 1):
            narrow = min(edges[n] - edges[n - 1], edges[n + 1] - edges[n])
            far = min(narrow * (_PART * 2 if loose else _PART), self.width * _SHARE * (3 if loose else 1))
            moved = self._edges[placed[n]] - edges[n] if placed else self.width
            if not (-_HAIR if room else -far) <= moved <= far:
                self._edges.append(edges[n])
        self._edges = sorted(set(self._edges))

    def place(self, edges: Sequence[float], *, room: bool = False) -> list[int]:
        """Which edge of the grid stands for each of these."""
        placed = self._nearest(edges, room)
        if placed is None:
            raise ValueError("edges that the grid has not taken")
        return placed

    def span(self, first: int, end: int) -> float:
        return self._edges[end] - self._edges[first]

    def _nearest(self, edges: Sequence[float], room: bool) -> list[int] | None:
        """The edges nearest to the wanted ones in the same order, no two alike; None where there are too few."""
        count, last = len(edges), len(self._edges) - 1
        if count > last + 1:
            return None
        best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
        for n in range(1, count):
            found: dict[int, tuple[float, list[int]]] = {}
            cheapest: tuple[float, list[int]] | None = None
            reach = range(last, last + 1) if n == count - 1 else range(n, last - (count - 1 - n) + 1)
            before = sorted(best)
            at = 0
            for here in reach:
                while at < len(before) and before[at] < here:
                    one = best[before[at]]
                    if cheapest is None or one[0] < cheapest[0]:
                        cheapest = one
                    at += 1
                if cheapest is not None:
                    moved = self._edges[here] - edges[n]
                    cost = abs(moved) * (_DEAR if room and moved < -_HAIR else 1)
                    found[here] = (cheapest[0] + cost, [*cheapest[1], here])
            best = found
        return best[last][1] if last in best else None
