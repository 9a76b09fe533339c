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

    `before` and `after` are distances to neighbours (the larger one counts); `with_next` keeps it on the page of the
    block after it; `page_before` begins a page; a block that keeps `company` does not stand first on a page that it
    does not begin: the last of what stands before it comes with it.
    A block that `marks_itself` says what its strokes are to a voice that reads the page; what others paint is ornament.
    """

    before: float = 0.0
    after: float = 0.0
    with_next: bool = False
    page_before: bool = False
    company: bool = False
    marks_itself: bool = False

    def height(self, width: float) -> float:
        raise NotImplementedError

    def split(self, width: float, room: float, forced: bool) -> tuple[Block, Block] | None:  # noqa: ARG002
        """The part that fits into `room` and the rest, or None if there is no cutting it there.

        `forced`: the room is a whole page, there is no better place.
        """
        return None

    def tail(self, width: float) -> tuple[Block, Block] | None:  # noqa: ARG002
        """The block without its last few lines or rows, and those; None if it is too small to be cut."""
        return None

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        raise NotImplementedError

    def know(self, pages: Sequence[Sequence[Block]]) -> None:
        """Told once what stands on which page, before anything is painted; a table of contents asks for it."""

    def painted(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Paint the block, every stroke of it marked."""
        if self.marks_itself:
            self.paint(sheet, x, top, width)
        else:
            with sheet.marked(None):
                self.paint(sheet, x, top, width)


class Gap(Block):
    """Empty paper."""

    marks_itself = True  # nothing

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
        block, page = waiting.popleft(), pages[-1]
        if block.page_before and page:
            pages.append(page := [])
            used, after = 0.0, 0.0
        gap = max(after, block.before) if page else 0.0
        left = room - used - gap
        height = block.height(width)
        if height <= left:
            page.append(Placed(block, used + gap))
            used, after = used + gap + height, block.after
            continue
        parts = block.split(width, left, forced=not page) if not block.with_next or not page else None
        if parts:
            page.append(Placed(parts[0], used + gap))
            waiting.appendleft(parts[1])
        elif not page:  # taller than a page and not to be cut: it has to run over
            page.append(Placed(block, 0.0))
        else:
            waiting.appendleft(block)
            _take_back(page, waiting, width)
        if waiting:
            pages.append([])
            used, after = 0.0, 0.0
    return pages


def _take_back(page: list[Placed], waiting: deque[Block], width: float) -> None:
    """Take from the full `page` what must not be parted from the block that waits next; something always stays."""
    _take_leaders(page, waiting)
    joined = _keeps_company(waiting)
    while joined:
        last = page[-1].block
        parts = last.tail(width)
        if parts:
            page[-1] = page[-1]._replace(block=parts[0])
            waiting.appendleft(parts[1])
            return
        if len(page) == 1:
            return
        page.pop()
        waiting.appendleft(last)
        _take_leaders(page, waiting)
        if not isinstance(last, Gap):
            return  # empty paper is no company


def _take_leaders(page: list[Placed], waiting: deque[Block]) -> None:
    """Take the blocks at the foot of `page` that keep with the next."""
    end = len(page)
    while end and page[end - 1].block.with_next:
        end -= 1
    if end:
        waiting.extendleft(placed.block for placed in reversed(page[end:]))
        del page[end:]


def _keeps_company(waiting: deque[Block]) -> bool:
    """Whether what waits next keeps company, or is joined to something that does."""
    for block in waiting:
        if block.company or not block.with_next:
            return block.company
    return False
