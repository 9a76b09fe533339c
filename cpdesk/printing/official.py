"""What makes a paper official: motto and ornament, issuer and number, date lines, signatures."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.utils import ImageReader

from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.khmer import dates, lunar
from cpdesk.printing.model import Letterhead, Person
from cpdesk.printing.phrases import Phrases
from cpdesk.printing.typeset.canvas import Look, Sheet, number
from cpdesk.printing.typeset.flow import Block
from cpdesk.printing.typeset.paragraph import Paragraph
from cpdesk.printing.typeset.styles import GOLD, MM, styles
from cpdesk.printing.typeset.table import Cell, Grid, Row, Table
from cpdesk.printing.typeset.typeface import plain
from cpdesk.printing.wording import dots, fill, joined

_EMBLEM = 20 * MM
_MOST_PIXELS = 25_000_000
_NO_LINES = Grid((1.0,), line=0, pad_x=0, pad_y=0, head_fill=None, stands="top")
_SIGNING_ROOM = 62.0


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
        value = head.number or dots(9)
        numbered = replace(st.cell_centre, look=Look(st.body.look.typeface, 10.5), leading=19)
        cells.append(Paragraph(fill(phrases.number, number=value), numbered))
        grid = replace(_NO_LINES, shares=(column, max(width - column, 1)))
        blocks.append(Table(grid, [Row((tuple(cells), ()))], after=4))
    return blocks


def short_line(head: Letterhead, day: dt.date | None, phrases: Phrases) -> str:
    """Place and solar date: កណ្តាល ថ្ងៃទី២៣ ខែមិថុនា ឆ្នាំ២០២២; dots where there is no date yet."""
    date = dates.official(day) if day else phrases.date_by_hand.format(dots=dots(3))
    return joined(*(run.text for run in fill(phrases.place_date, place=head.place, date=date)))


def lunar_line(day: dt.date | None, own: str) -> str:
    """The lunar line of `day`, or the document's `own`; blank where the calendar is not known."""
    if own or day is None or not lunar.FIRST_YEAR <= day.year <= lunar.LAST_YEAR:
        return own
    return lunar.line(day)


def date_lines(head: Letterhead, day: dt.date | None, own_lunar: str, phrases: Phrases) -> list[Block]:
    """The lunar and the solar line, in the middle of the right-hand side."""
    st = styles()
    lines = [lunar_line(day, own_lunar), short_line(head, day, phrases)]
    cell = tuple(Paragraph(line, replace(st.date, with_next=False)) for line in lines if line)
    table = Table(replace(_NO_LINES, shares=(0.37, 0.63)), [Row(((), cell))], before=14, after=2, whole=True)
    table.with_next = True
    return [table]


def signatures(
    left: Sequence[str], left_by: Person | None, right: Sequence[str], right_by: Person | None
) -> list[Block]:
    """Two blocks side by side: what each signs as, room for the hand and the stamp, the name."""
    st = styles()
    shares = replace(_NO_LINES, shares=(0.37, 0.63))
    heads = [tuple(Paragraph(line, st.signer) for line in lines) for lines in (left, right)]
    room = Paragraph("", replace(st.signer, leading=_SIGNING_ROOM))
    names = [(room, _signed_name(left_by)), (room, _signed_name(right_by))]
    cells: tuple[Cell, ...] = tuple((*head, *name) for head, name in zip(heads, names, strict=True))
    # The shorter head is lengthened, so that both names stand on one line.
    longest = max(len(left), len(right))
    padded = tuple(
        (*cell[:count], *([Paragraph("", st.signer)] * (longest - count)), *cell[count:])
        for cell, count in zip(cells, (len(left), len(right)), strict=True)
    )
    return [Table(shares, [Row(padded)], before=4, whole=True)]


def _signed_name(person: Person | None) -> Paragraph:
    st = styles()
    if person is None or not person.name.strip():
        return Paragraph(dots(12), replace(st.signer_name, look=st.body.look))
    return Paragraph(joined(person.title, person.name), st.signer_name)
