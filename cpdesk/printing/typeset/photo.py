"""A picture made elsewhere among the blocks of a page, in a thin frame, with the words that say it to a voice."""

from __future__ import annotations

import io

from reportlab.lib.utils import ImageReader

from cpdesk.printing.typeset.canvas import Sheet
from cpdesk.printing.typeset.flow import Block
from cpdesk.printing.typeset.styles import LINE


class PhotoBlock(Block):
    """A PNG or JPEG `wide` points wide where the page is (None: as the page), in the middle, `tallest` at most."""

    marks_itself = True
    before, after = 6.0, 8.0

    def __init__(
        self, data: bytes, words: str, wide: float | None = None, tallest: float = 300.0, with_next: bool = False
    ) -> None:
        self._image = ImageReader(io.BytesIO(data))
        self._pixels: tuple[int, int] = self._image.getSize()
        self.with_next = with_next
        self._words, self._wide, self._tallest = words, wide, tallest

    def size(self, width: float) -> tuple[float, float]:
        """How wide and high it stands on a page of that width, in points."""
        across, down = self._pixels
        wide = min(self._wide or width, width, self._tallest * across / max(down, 1))
        return wide, wide * down / max(across, 1)

    def height(self, width: float) -> float:
        return self.size(width)[1]

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        wide, high = self.size(width)
        left, foot = x + (width - wide) / 2, top - high
        right = left + wide
        with sheet.marked(sheet.tags.figure(self._words, (left, foot, right, top), self)):
            sheet.drawImage(self._image, left, foot, wide, high)
            frame = ((left, foot, right, foot), (right, foot, right, top), (right, top, left, top))
            sheet.lines((*frame, (left, top, left, foot)), 0.5, LINE)
