"""What makes a paper official: motto and ornament, issuer and number, date lines, signatures."""

from __future__ import annotations

import io
from dataclasses import replace

from reportlab.lib.utils import ImageReader

from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.printing.document import Copies, Letterhead, Signature, Signed
from cpdesk.printing.phrases import Phrases
from cpdesk.printing.typeset.canvas import Look, Sheet, number
from cpdesk.printing.typeset.cells import Cell
from cpdesk.printing.typeset.chart import Stack
from cpdesk.printing.typeset.flow import Block
from cpdesk.printing.typeset.paragraph import Paragraph
from cpdesk.printing.typeset.styles import GOLD, MM, styles
from cpdesk.printing.typeset.table import Grid, Row, Table
from cpdesk.printing.typeset.typeface import plain
from cpdesk.printing.wording import date_lines, dots, number_line, signer_name

_EMBLEM = 20 * MM
_MOST_PIXELS = 25_000_000
_NO_LINES = Grid((1.0,), line=0, pad_x=0, pad_y=0, head_fill=None, stands="top")
_SIGNING_ROOM = 62.0
_TALL = 300.0  # points: a signature that is taller may have to be cut where a page ends
_LEFT = 0.37  # of the width: what stands left of the date and of who signs under it


class Ornament(Block):
    """The flourish under the motto: leaves and beads on either side of a lozenge, thinning out."""

    with_next = True

    def __init__(self, height: float = 20.0, scale: float = 1.0) -> None:
        self._height, self._scale = height, scale

    def height(self, width: float) -> float:  # noqa: ARG002
        return self._height

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        s = self._scale
        centre, y = x + width / 2, top - self._height / 2
        code = ["q {} {} {} rg".format(*map(number, GOLD)), _lozenge(centre, y, 4.2 * s, 3.2 * s)]
        for side in (-1, 1):
            code.append(_leaf(centre + side * 6.2 * s, y, side * 15 * s, 3.4 * s))
            code.append(_lozenge(centre + side * 24 * s, y, 1.7 * s, 1.7 * s))
            code.append(_leaf(centre + side * 27.5 * s, y, side * 26 * s, 1.5 * s))
            code.append(_lozenge(centre + side * 56 * s, y, 1.1 * s, 1.1 * s))
        sheet.raw(" ".join([*code, "Q"]))


def _lozenge(x: float, y: float, half: float, high: float) -> str:
    corners = ((x - half, y), (x, y + high), (x + half, y), (x, y - high))
    path = [f"{number(a)} {number(b)} {'l' if i else 'm'}" for i, (a, b) in enumerate(corners)]
    return " ".join([*path, "f"])


def _leaf(x: float, y: float, length: float, high: float) -> str:
    """A pointed leaf from `x`, fullest near its foot."""
    points = (
        (x + length * 0.18, y + high, x + length * 0.5, y + high * 0.75, x + length, y),
        (x + length * 0.5, y - high * 0.75, x + length * 0.18, y - high, x, y),
    )
    curves = [" ".join(map(number, curve)) + " c" for curve in points]
    return " ".join([f"{number(x)} {number(y)} m", *curves, "f"])


class Emblem(Block):
    """The office's emblem over the middle of its name."""

    with_next = True

    def __init__(self, picture: bytes, column: float) -> None:
        try:
            self._image = ImageReader(io.BytesIO(picture))
            self._size = self._image.getSize()
            if self._size[0] * self._size[1] > _MOST_PIXELS:
                raise ValueError(self._size)
            self._image.getRGBData()  # a picture that is cut short shows only now
        except Exception as error:  # ReportLab wraps whatever Pillow raised in classes of its own making
            raise BadInput(
                _("The office's emblem is no picture that can be printed."),
                _("Nothing was printed."),
                _("Choose a PNG or JPEG picture in the office's settings."),
            ) from error
        self._column = column

    def height(self, width: float) -> float:  # noqa: ARG002
        return _EMBLEM + 4

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:  # noqa: ARG002
        wide, high = self._size
        scale = _EMBLEM / max(wide, high, 1)
        left = x + max(self._column - wide * scale, 0) / 2
        sheet.drawImage(self._image, left, top - high * scale, wide * scale, high * scale, mask="auto")


def letterhead(head: Letterhead, phrases: Phrases, width: float) -> list[Block]:
    """Motto in the middle, issuer and number at the left."""
    st = styles()
    blocks: list[Block] = [Paragraph(line, st.motto) for line in head.motto_lines or phrases.motto]
    blocks.append(Ornament())
    lines = [line for line in head.issuer_lines if line.strip()]
    column = min(max((st.issuer.look.width(plain(line)) for line in lines), default=0.0) + 1, width * 0.5)
    cells = [Paragraph(line, st.issuer) for line in lines]
    column = max((line.width for cell in cells for line in cell.lines(column)), default=0.0) + 1
    column = max(column, 120.0)
    if head.emblem:
        blocks.append(Emblem(head.emblem, column))
    if lines or head.number:
        numbered = replace(st.cell_centre, look=Look(st.body.look.typeface, 10.5), leading=19)
        cells.append(Paragraph(number_line(head, phrases), numbered))
        grid = replace(_NO_LINES, shares=(column, max(width - column, 1)))
        blocks.append(Table(grid, [Row((tuple(cells), ()))], after=4))
    return blocks


def signed(end: Signed, head: Letterhead, phrases: Phrases) -> list[Block]:
    """The date lines in the middle of the right-hand side; below them who signs, side by side, names on one line."""
    st = styles()
    count = len(end.blocks)
    shares = (1.0,) * count if count > 2 else (_LEFT, 1 - _LEFT)
    blocks: list[Block] = []
    lines = date_lines(end, head, phrases)
    if lines:
        cell = tuple(Paragraph(line, replace(st.date, with_next=False)) for line in lines)
        right = replace(_NO_LINES, shares=(_LEFT, 1 - _LEFT))
        dated = Table(right, [Row(((), cell))], before=14, after=2, whole=True)
        dated.with_next = bool(count)
        blocks.append(dated)
    if count:
        longest = max(len(one.lines) for one in end.blocks)
        cells = tuple(_signing(one, longest) for one in end.blocks)
        if count == 1:
            cells = ((), *cells)
        blocks.append(Table(replace(_NO_LINES, shares=shares), [Row(cells)], before=4, whole=True, company=True))
    return blocks


def _signing(one: Signature, longest: int) -> Cell:
    """As what somebody signs, room for the hand and the stamp, the name. A short head is lengthened to the longest."""
    st = styles()
    head = [Paragraph(line, st.signer) for line in (*one.lines, *[""] * (longest - len(one.lines)))]
    room = Paragraph("", replace(st.signer, leading=_SIGNING_ROOM))
    name = signer_name(one)
    by = Paragraph(name, st.signer_name) if name else Paragraph(dots(12), replace(st.signer_name, look=st.body.look))
    return (*head, room, by)


def with_copies(signing: Block, end: Signed, part: Copies, width: float) -> list[Block]:
    """Who gets a copy: beside the signature where the left of it is free, else under it and on the same page."""
    small = copies(part)
    if len(end.blocks) == 1 and Stack(*small).height(width * _LEFT) <= signing.height(width) < _TALL:
        return [_Beside(signing, small)]
    signing.with_next = True
    return [signing, *small]


class _Beside(Block):
    """Signatures at the right, who gets a copy at the left as low as they reach."""

    before = 4.0
    company = True
    marks_itself = True

    def __init__(self, signing: Block, small: list[Block]) -> None:
        self._signing, self._small = signing, Stack(*small)

    def height(self, width: float) -> float:
        return max(self._signing.height(width), self._small.height(width * _LEFT))

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        whole = self.height(width)
        self._signing.painted(sheet, x, top, width)
        self._small.paint(sheet, x, top - whole + self._small.height(width * _LEFT), width * _LEFT)


def copies(part: Copies) -> list[Block]:
    """Who gets a copy, in small print."""
    st = styles()
    head = replace(st.small, look=Look(st.label.look.typeface, st.small.look.size), before=10, with_next=True)
    line = replace(st.small, before=0, left=12)
    return [Paragraph(part.title, head), *(Paragraph(text, line, label="–", label_at=2) for text in part.lines)]
