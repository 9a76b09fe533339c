"""Which cells are chosen: one is current, and a rectangle reaches from an anchor to it.

Columns are counted as they stand in sight (places), so that a rectangle never holds what is hidden.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Selection:
    """`row`, `place`: the current cell; `anchor_*`: the other corner; `whole` rows are chosen from edge to edge."""

    row: int = 0
    place: int = 0
    anchor_row: int = 0
    anchor_place: int = 0
    whole: bool = False

    def go(self, row: int, place: int, *, keep: bool = False) -> None:
        """Make that cell current; `keep` leaves the anchor where it is, so that the rectangle grows."""
        self.row, self.place = row, place
        if not keep:
            self.anchor_row, self.anchor_place, self.whole = row, place, False

    def rows(self) -> range:
        low, high = sorted((self.row, self.anchor_row))
        return range(low, high + 1)

    def places(self, count: int) -> range:
        if self.whole:
            return range(count)
        low, high = sorted((self.place, self.anchor_place))
        return range(low, min(high, count - 1) + 1)

    def is_single(self) -> bool:
        return not self.whole and (self.row, self.place) == (self.anchor_row, self.anchor_place)


def edge(at: int, step: int, last: int, filled: Callable[[int], bool]) -> int:
    """Where Ctrl with an arrow leads: over filled cells to their end, over empty ones to the next that is filled."""
    if not 0 <= at + step <= last:
        return at
    run = filled(at) and filled(at + step)
    at += step
    while 0 <= at + step <= last:
        if run and not filled(at + step):
            return at
        if not run and filled(at):
            return at
        at += step
    return at
