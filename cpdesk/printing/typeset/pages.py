"""Whole documents: parts on paper of their shape, the foot of each page, the finished file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cpdesk.khmer import breaks, digits
from cpdesk.printing.typeset.canvas import Look, Sheet
from cpdesk.printing.typeset.flow import Block, Placed, paginate
from cpdesk.printing.typeset.styles import A3, A4, GREY, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, styles


@dataclass(frozen=True)
class Paper:
    """The sheet that pages are printed on; lengths in points."""

    landscape: bool = False
    large: bool = False  # A3 in place of A4

    @property
    def size(self) -> tuple[float, float]:
        short, long = A3 if self.large else A4
        return (long, short) if self.landscape else (short, long)

    @property
    def left(self) -> float:
        return MARGIN_RIGHT if self.landscape else MARGIN_LEFT

    @property
    def width(self) -> float:
        """The width of the text."""
        return self.size[0] - self.left - MARGIN_RIGHT

    @property
    def room(self) -> float:
        """The height of the text."""
        return self.size[1] - MARGIN_TOP - MARGIN_BOTTOM


@dataclass(frozen=True)
class Laid:
    """One document: its blocks on the paper that they stand on, what it is called at the foot of its pages, and how a
    page says its number ("{page}", "{pages}") in which language."""

    parts: Sequence[tuple[Paper, Sequence[Block]]]
    title: str
    foot: str
    language: str = "km"


def render(blocks: Sequence[Block], title: str, foot: str, author: str = "", landscape: bool = False) -> bytes:
    """The PDF of `blocks` on A4, pages numbered in Khmer where there are several."""
    return render_all([Laid([(Paper(landscape), blocks)], title, foot)], title, author)


def render_all(documents: Sequence[Laid], title: str, author: str = "") -> bytes:
    """Documents one after another in one file, each with page numbers of its own."""
    sheet: Sheet | None = None
    for one in documents:
        pages = [(paper, page) for paper, blocks in one.parts for page in paginate(blocks, paper.width, paper.room)]
        standing = [[placed.block for placed in page] for _paper, page in pages]
        for block in (block for page in standing for block in page):
            block.know(standing)
        for number, (paper, page) in enumerate(pages, 1):
            if sheet is None:
                sheet = Sheet(paper.size, title, author, one.language)
            sheet.setPageSize(paper.size)
            _paint_page(sheet, page, paper.left, paper.size[1] - MARGIN_TOP, paper.width)
            if len(pages) > 1:
                with sheet.marked(None):
                    _paint_foot(sheet, paper, one, number, len(pages))
            sheet.showPage()
    if sheet is None:
        raise ValueError("no page")
    return sheet.finish()


def text_width(landscape: bool = False) -> float:
    """The width of the text of a page of A4."""
    return Paper(landscape).width


def _paint_page(sheet: Sheet, page: Sequence[Placed], left: float, top: float, width: float) -> None:
    for block, offset in page:
        block.painted(sheet, left, top - offset, width)


def _paint_foot(sheet: Sheet, paper: Paper, one: Laid, page: int, pages: int) -> None:
    look, left, width = styles().small.look, paper.left, paper.width
    y = MARGIN_BOTTOM - 26
    sheet.rule(left, y + 14, left + width, 0.4, GREY)
    text = one.foot.format(page=digits.count(page, one.language), pages=digits.count(pages, one.language))
    sheet.show(left + width, y, text, look, "right")
    sheet.show(left, y, shortened(one.title, look, width - look.width(text) - 24), look)


def shortened(text: str, look: Look, room: float) -> str:
    """`text` cut at a word's end to fit `room`."""
    text = text.replace("\n", " ")[:400]
    if look.width(text) <= room:
        return text
    out = ""
    for piece in breaks.pieces(text):
        if look.width(out + piece.rstrip() + "…") > room:
            break
        out += piece
    return out.rstrip() + "…"
