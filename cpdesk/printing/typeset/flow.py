"""Blocks onto pages: everything is laid out first and painted after, so that "page 1 of 3" is known on page 1.

A block tells its height for a width and can be cut where a page ends. Lengths are in points; `top` is the height
above the foot of the sheet at which a block's upper edge lies.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from cpdesk.printing.typeset.canvas import Sheet


class Block:
    """Something that stands on paper.

    `before` and `after` are distances to neighbours (the larger one counts); `with_next` keeps it on the page of
    the block after it; `page_before` begins a page.
    """

    before: float = 0.0
    after: float = 0.0
    with_next: bool = False
    page_before: bool = False

    def height(self, width: float) -> float:
        raise NotImplementedError

    def least(self, width: float) -> float:
        """The height of the smallest part that may stand alone at the foot of a page."""
        return self.height(width)

    def split(self, width: float, room: float, forced: bool) -> tuple[Block, Block] | None:  # noqa: ARG002
        """The part that fits into `room` and the rest, or None if there is no cutting it there.

        `forced`: the room is a whole page, there is no better place.
        """
        return None

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        raise NotImplementedError


class Gap(Block):
    """Empty paper."""

    def __init__(self, height: float, with_next: bool = False) -> None:
        self._height = height
        self.with_next = with_next

    def height(self, width: float) -> float:  # noqa: ARG002
        return self._height

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        pass


class Placed(NamedTuple):
    """A block and how far its upper edge lies below the upper edge of the page's text."""

    block: Block
    offset: float


def paginate(blocks: Sequence[Block], width: float, room: float) -> list[list[Placed]]:
    """The pages of `blocks`, each of `room` height; at least one page."""
    waiting = deque(blocks)
    pages: list[list[Placed]] = [[]]
    used, after = 0.0, 0.0
    while waiting:
        block = waiting.popleft()
        if block.page_before and pages[-1]:
            pages.append([])
            used, after = 0.0, 0.0
        gap = max(after, block.before) if pages[-1] else 0.0
        left = room - used - gap
        height = block.height(width)
        if height <= left and (not pages[-1] or _chain(block, waiting, width) <= max(left, 0)):
            pages[-1].append(Placed(block, used + gap))
            used, after = used + gap + height, block.after
            continue
        parts = block.split(width, left, forced=not pages[-1]) if not block.with_next or not pages[-1] else None
        if parts:
            pages[-1].append(Placed(parts[0], used + gap))
            waiting.appendleft(parts[1])
        elif not pages[-1]:  # taller than a page and not to be cut: it has to run over
            pages[-1].append(Placed(block, 0.0))
        else:
            waiting.appendleft(block)
        if waiting:
            pages.append([])
            used, after = 0.0, 0.0
    return pages


def _chain(block: Block, following: deque[Block], width: float) -> float:
    """The height that `block` needs together with the blocks it must not be parted from."""
    needed, last = block.height(width), block
    for other in following:
        if not last.with_next:
            break
        gap = max(last.after, other.before)
        needed += gap + (other.height(width) if other.with_next else other.least(width))
        last = other
    return needed
