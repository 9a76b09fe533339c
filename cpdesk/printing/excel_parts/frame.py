"""What makes a paper official, on a sheet: motto and flourish, issuer and number, date lines, signatures, copies."""

from __future__ import annotations

import io

from cpdesk.printing import drawn, official
from cpdesk.printing.document import Copies, Letterhead, Signature, Signed
from cpdesk.printing.excel_parts.looks import BARE, Content, Fragment, Ground, Type, content, line_height
from cpdesk.printing.excel_parts.sheet import Box, Image, Rows
from cpdesk.printing.phrases import Phrases
from cpdesk.printing.typeset.styles import GREY, styles
from cpdesk.printing.typeset.typeface import plain
from cpdesk.printing.word_parts.xml import hexed
from cpdesk.printing.wording import date_lines, dots, number_line, signer_name

_CENTRE = Ground("centre", "middle")
_MOTTO, _ISSUER, _NUMBER = Type(13, title=True), Type(10, title=True), Type(10.5)
_SIGNER, _SIGNER_NAME, _BODY = Type(11, bold=True), Type(10.5, title=True), Type(11)
_SMALL = Type(8.5, colour=hexed(GREY))
_ORNAMENT_ROW = 20.0
_EMBLEM = 20 / 25.4 * 72
_SIGNING_ROOM = 62.0
_NARROWEST, _SPARE = 120.0, 10.0
_RIGHT = 0.37  # where the right-hand side begins
_DPI = 200


def letterhead(rows: Rows, head: Letterhead, phrases: Phrases) -> None:
    """Motto in the middle, then emblem, issuer and number at the left."""
    for line in head.motto_lines or phrases.motto:
        across(rows, content(line, _MOTTO), _CENTRE, least=26)
    ornament(rows)
    lines = [line for line in head.issuer_lines if line.strip()]
    first, end, _last = rows.grid.place(issuer_edges(head, phrases, rows.grid.width), room=True)
    if head.emblem:
        data, size = emblem(head.emblem)
        rows.images([Image(data, size, max(rows.grid.span(first, end) - size[0], 0) / 2)])
    for line in lines:
        rows.row([Box(content(line, _ISSUER), first, end, _CENTRE)], least=19)
    if lines or head.number:
        rows.row([Box(content(number_line(head, phrases), _NUMBER), first, end, _CENTRE)], least=19)
        rows.gap(4)


def issuer_edges(head: Letterhead, phrases: Phrases, width: float) -> list[float]:
    """The issuer stands as wide as its longest line, the number among them."""
    look = _ISSUER.look()
    lines = [part for line in head.issuer_lines for part in plain(line).split("\n")]
    column = max((look.width(line) for line in lines), default=0.0)
    column = max(column, _NUMBER.look().width(plain(number_line(head, phrases)).replace("\n", " ")))
    return [0.0, max(min(column + _SPARE, width * 0.5), _NARROWEST), width]


def ornament(rows: Rows, scale: float = 1.0) -> None:
    data, wide, high = drawn.ornament()
    left = (rows.grid.width - wide * scale) / 2
    rows.images([Image(data, (wide * scale, high * scale), left)], after=_ORNAMENT_ROW * scale - high * scale)


def emblem(picture: bytes) -> tuple[bytes, tuple[float, float]]:
    """The office's emblem as a PNG and its size; `BadInput` where no page could show it either."""
    from PIL import Image as Pillow

    official.Emblem(picture, _EMBLEM)
    with Pillow.open(io.BytesIO(picture)) as image:
        scale = _EMBLEM / max(*image.size, 1)
        size = (image.size[0] * scale, image.size[1] * scale)
        small = image.convert("RGBA")
        small.thumbnail((round(_EMBLEM / 72 * _DPI * 2),) * 2)
        small.info.clear()
        out = io.BytesIO()
        small.save(out, "PNG")
    return out.getvalue(), size


def across(rows: Rows, text: Content, ground: Ground = BARE, least: float = 0.0) -> None:
    """A text over all columns."""
    rows.row([Box(text, 0, len(rows.grid.widths), ground)], least)


# --- the end --------------------------------------------------------------------------------------------------------
def signed_edges(end: Signed, width: float) -> list[list[float]]:
    """Where the date lines and the signature blocks stand."""
    count = len(end.blocks)
    halves = [0.0, width * _RIGHT, width]
    return [halves] if count <= 2 else [halves, [width * n / count for n in range(count + 1)]]


def signed(rows: Rows, end: Signed, head: Letterhead, phrases: Phrases) -> None:
    """The date lines in the middle of the right-hand side; below them who signs, side by side."""
    first = rows.at
    halves, *parts = (rows.grid.place(edges) for edges in signed_edges(end, rows.grid.width))
    rows.gap(14)
    for line in date_lines(end, head, phrases):
        rows.row([Box(content(line, _BODY), halves[1], halves[2], _CENTRE)], least=19)
    if not end.blocks:
        rows.keep(first)
        return
    rows.gap(4)
    at = parts[0] if parts else halves
    longest = max(len(one.lines) for one in end.blocks)
    blocks = enumerate(end.blocks, 1 if len(end.blocks) == 1 else 0)
    rows.row([Box(_signing(one, longest), at[n], at[n + 1], Ground("centre")) for n, one in blocks])
    rows.keep(first)
    rows.gap(8)


def _signing(one: Signature, longest: int) -> Content:
    """As what somebody signs, room for the hand and the stamp, the name. A short head is lengthened to the longest."""
    head = [content(line, _SIGNER) or ((Fragment("", _SIGNER),),) for line in one.lines]
    blank = (Fragment("", _SIGNER),)
    room = round(_SIGNING_ROOM / line_height(_SIGNER)) + longest - len(head)
    name = signer_name(one)
    by = content(name, _SIGNER_NAME) if name else content(dots(12), _BODY)
    return (*(paragraph for part in head for paragraph in part), *(blank,) * room, *by)


def copies(rows: Rows, part: Copies) -> None:
    """Who gets a copy, in small print."""
    if not part.lines:
        return
    rows.gap(10)
    head = content(part.title, _SMALL._replace(bold=True, colour=""))
    across(rows, head, least=styles().small.leading)
    for line in part.lines:
        first, *others = content(line, _SMALL) or ((),)
        across(rows, ((Fragment("– ", _SMALL), *first), *others), Ground(indent=1), least=styles().small.leading)
