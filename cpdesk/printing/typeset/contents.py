"""The table of contents: what each heading says, and on which page it stands."""

from __future__ import annotations

from collections.abc import Sequence

from cpdesk.khmer import digits
from cpdesk.printing.typeset.canvas import Look, Sheet
from cpdesk.printing.typeset.flow import Block
from cpdesk.printing.typeset.pages import shortened
from cpdesk.printing.typeset.paragraph import Paragraph
from cpdesk.printing.typeset.styles import GREY, styles
from cpdesk.printing.typeset.typeface import house

_AIR = 6.0  # points between words and dots


class ContentsLine(Block):
    """One line of it. The page is known once all blocks have their places."""

    marks_itself = True

    def __init__(self, text: str, level: int, target: Paragraph, language: str) -> None:
        self._text, self._level, self._target, self._language = text, level, target, language
        self._page = 0
        body = styles().body
        self._look = body.look if level else Look(house().bold, body.look.size)
        self._leading = body.leading - 2.5  # two levels of a book on one page
        self.before = 0.0 if level else 5.0

    def know(self, pages: Sequence[Sequence[Block]]) -> None:
        self._page = next((n for n, blocks in enumerate(pages, 1) if self._target in blocks), 0)

    def height(self, width: float) -> float:  # noqa: ARG002
        return self._leading

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        face, size = self._look.typeface.face, self._look.size
        y = top - (self._leading - (face.ascent - face.descent) * size) / 2 - face.ascent * size
        left = x + 16 * self._level
        page = digits.count(self._page, self._language) if self._page else ""
        room = x + width - left - self._look.width(page) - 4 * _AIR
        text = shortened(self._text, self._look, room)
        with sheet.marked(sheet.tags.element("P", self)):
            sheet.show(left, y, text, self._look)
            sheet.show(x + width, y, page, self._look, "right")
        start, end = left + self._look.width(text) + _AIR, x + width - self._look.width(page) - _AIR
        if page and end > start:
            with sheet.marked(None):
                sheet.rule(start, y, end, 0.6, GREY, dotted=True)
