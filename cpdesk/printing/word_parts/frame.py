"""What makes a paper official, in Word: motto and flourish, issuer and number, date lines, signatures, copies."""

from __future__ import annotations

import io

from cpdesk.printing import drawn, official
from cpdesk.printing.document import Copies, Letterhead, Signature, Signed
from cpdesk.printing.phrases import Phrases
from cpdesk.printing.typeset.typeface import plain
from cpdesk.printing.word_parts.looks import look_of
from cpdesk.printing.word_parts.package import Package
from cpdesk.printing.word_parts.tables import GAP, Box, grid, row, shared
from cpdesk.printing.word_parts.xml import drawing, indent, paragraph, run, twips
from cpdesk.printing.wording import date_lines, dots, number_line, signer_name

_SIGNING_ROOM = 62.0
_EMBLEM = 20 / 25.4 * 72
_NARROWEST = 120.0
_SPARE = 6.0  # points; Word sets a text a little wider than we


def letterhead(head: Letterhead, phrases: Phrases, package: Package, width: float, beside: bool) -> str:
    """Motto in the middle, issuer and number at the left; `beside` one another on a low page."""
    motto = "".join(paragraph("Motto", run(line)) for line in head.motto_lines or phrases.motto)
    if motto:
        motto += paragraph("Picture", ornament(package), "<w:keepNext/>")
    issuer, column = _issuer(head, phrases, package, width)
    if not issuer:
        return motto
    if beside and motto:
        column = min(column, width * 0.33)
        widths = [column, width - 2 * column, column]
        boxes = [Box(issuer), Box(motto), Box(paragraph("Issuer", ""))]
    else:
        widths = [column, width - column]
        boxes = [Box(issuer), Box(paragraph("Issuer", ""))]
    table = grid(widths, row(boxes, widths, whole=True)) + GAP
    return table if beside and motto else motto + table


def ornament(package: Package, scale: float = 1.0) -> str:
    data, wide, high = drawn.ornament()
    return drawing(package.number(), package.image(data), (wide * scale, high * scale))


def _issuer(head: Letterhead, phrases: Phrases, package: Package, width: float) -> tuple[str, float]:
    """Emblem, offices and number, and how wide they stand."""
    lines = [line for line in head.issuer_lines if line.strip()]
    look = look_of("Issuer")
    column = max((look.width(plain(part)) for line in lines for part in line.split("\n")), default=0.0)
    column = max(min(column + _SPARE, width * 0.5), _NARROWEST)
    out = ""
    if head.emblem:
        out += paragraph("Picture", _emblem(head.emblem, package), "<w:keepNext/>")
    out += "".join(paragraph("Issuer", run(line)) for line in lines)
    if lines or head.number:
        out += paragraph("Number", run(number_line(head, phrases)))
    return out, column


def _emblem(picture: bytes, package: Package) -> str:
    """The office's emblem; told as one that cannot be printed where no page could show it either."""
    from PIL import Image

    official.Emblem(picture, _EMBLEM)
    with Image.open(io.BytesIO(picture)) as image:
        wide, high = image.size
        if image.format not in ("PNG", "JPEG"):  # Word knows fewer sorts than we do
            out = io.BytesIO()
            image.convert("RGBA").save(out, "PNG")
            picture = out.getvalue()
    scale = _EMBLEM / max(wide, high, 1)
    return drawing(package.number(), package.image(picture), (wide * scale, high * scale))


def signed(end: Signed, head: Letterhead, phrases: Phrases, width: float) -> str:
    """The date lines in the middle of the right-hand side; below them who signs, side by side.

    All of it is one row that is never cut: LibreOffice keeps tables together in no other way.
    """
    out = ""
    lines = date_lines(end, head, phrases)
    if lines:
        widths = shared((0.37, 0.63), width)
        dated = "".join(paragraph("DateLine", run(line)) for line in lines)
        out += paragraph("Gap", "", "<w:keepNext/>")
        out += grid(widths, row([Box(paragraph("DateLine", "")), Box(dated)], widths, whole=True))
        out += GAP
    if end.blocks:
        longest = max(len(one.lines) for one in end.blocks)
        boxes = [Box(_signing(one, longest)) for one in end.blocks]
        if len(boxes) == 1:
            boxes.insert(0, Box(paragraph("Signer", "")))
        widths = shared((1.0,) * len(boxes) if len(boxes) > 2 else (0.37, 0.63), width)
        out += grid(widths, row(boxes, widths, whole=True)) + GAP
    return grid([width], row([Box(out)], [width], whole=True)) + GAP if out else ""


def _signing(one: Signature, longest: int) -> str:
    """As what somebody signs, room for the hand and the stamp, the name. A short head is lengthened to the longest."""
    keep = "<w:keepNext/>"
    head = "".join(paragraph("Signer", run(line), keep) for line in (*one.lines, *[""] * (longest - len(one.lines))))
    high = twips(_SIGNING_ROOM)
    room = paragraph("Signer", "", f'{keep}<w:spacing w:before="0" w:after="0" w:line="{high}" w:lineRule="exact"/>')
    name = signer_name(one)
    by = paragraph("SignerName", run(name)) if name else paragraph("SignerDots", run(dots(12)))
    return head + room + by


def copies(part: Copies) -> str:
    """Who gets a copy, in small print."""
    if not part.lines:
        return ""
    tab = "<w:r><w:tab/></w:r>"
    lines = (paragraph("CopiesLine", run("–") + tab + run(text), indent(12, hanging=10)) for text in part.lines)
    return paragraph("CopiesHead", run(part.title)) + "".join(lines)
