"""The sheet that forms are painted on: ReportLab's canvas, with every letter going through our shaping.

Any text drawn by ReportLab's own means (its charts, `drawString`) is shaped as well, and a font that is not ours
is refused, so that no broken Khmer can slip onto paper unseen.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from cpdesk.printing.typeset.pdffont import DocumentFont, ReportLabFont, document_font, register
from cpdesk.printing.typeset.shaping import Face
from cpdesk.printing.typeset.typeface import Part, Typeface, plain

rl_config.useA85 = 0  # pages as bytes, not as letters: smaller, and quicker to write

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)
_BOLD_STROKE = 0.032  # em; what a lent letter needs beside Battambang Bold


class Look(NamedTuple):
    """How a stretch of text is drawn; `size` in points. `link` is an address that it leads to."""

    typeface: Typeface
    size: float
    colour: Colour = BLACK
    underline: bool = False
    link: str = ""

    def width(self, text: str) -> float:
        """The length of `text` in points."""
        return self.typeface.width(text) * self.size


class Stretch(NamedTuple):
    """Shaped parts in one look."""

    look: Look
    parts: tuple[Part, ...]


class Gaps(NamedTuple):
    """What justification adds, in points: at each space, after each cluster."""

    space: float = 0.0
    cluster: float = 0.0


NO_GAPS = Gaps()


class SetLine(NamedTuple):
    """A line of shaped stretches whose left end stands at `x` on the baseline `y`."""

    x: float
    y: float
    stretches: Sequence[Stretch]
    gaps: Gaps = NO_GAPS


_LONGEST_TITLE = 250


def _line(text: str) -> str:
    """`text` for a viewer's title bar or outline."""
    return plain(text).replace("\n", " ")[:_LONGEST_TITLE]


def number(value: float) -> str:
    """`value` as PDF writes it."""
    return f"{round(value, 3):.8g}" if value else "0"


class Sheet(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas for one document, in bytes; the same strokes give the same bytes."""

    def __init__(self, size: tuple[float, float], title: str, author: str = "") -> None:
        register()
        self._file = io.BytesIO()
        self._marks = 0
        self._document_fonts: dict[str, DocumentFont] = {}
        super().__init__(
            self._file,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang="km",
            initialFontName="Battambang",
            initialFontSize=11,
        )
        self.setTitle(_line(title))
        self.setAuthor(_line(author))
        self.setCreator("cpdesk")
        self.setViewerPreference("DisplayDocTitle", "true")

    def finish(self) -> bytes:
        """The whole document."""
        self.save()
        return self._file.getvalue()

    def font(self, face: Face) -> DocumentFont:
        found = self._document_fonts.get(face.name)
        if found is None:
            found = self._document_fonts[face.name] = document_font(self._doc, face)
        return found

    def outline(self, title: str, top: float) -> None:
        """Name this place in the document's outline."""
        self._marks += 1
        key = f"mark{self._marks}"
        self.bookmarkPage(key, fit="XYZ", left=0, top=top + 8, zoom=0)
        self.addOutlineEntry(_line(title), key, level=0)

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> PDFTextObject:
        return _ShapedText(self, x, y, direction=direction)

    def show(self, x: float, y: float, text: str, look: Look, align: str = "left") -> None:
        """Draw one line of `text` with its left end, middle or right end at `x` and its baseline at `y`."""
        text = plain(text).replace("\n", " ")
        if align != "left":
            x -= look.width(text) * (0.5 if align == "centre" else 1.0)
        self.show_line(x, y, [Stretch(look, look.typeface.parts(text))])

    def show_line(self, x: float, y: float, line: Sequence[Stretch], gaps: Gaps = NO_GAPS) -> None:
        """Draw shaped stretches side by side from `x` on the baseline `y`."""
        self.show_lines([SetLine(x, y, line, gaps)])

    def show_lines(self, lines: Sequence[SetLine]) -> None:
        """Draw lines of text, one below another, and what is under them."""
        pen = _Pen(self)
        for line in lines:
            pen.line(line)
        self._code.append(pen.code())
        for x, y, stretches, gaps in lines:
            if any(look.underline for look, _parts in stretches):
                for look, start, end in extents(x, stretches, gaps):
                    if look.underline:
                        self.rule(start, y - 0.22 * look.size, end, weight=0.045 * look.size, colour=look.colour)

    def raw(self, code: str) -> None:
        """Operators of the PDF page language, as they are."""
        self._code.append(code)

    def rule(
        self, x1: float, y: float, x2: float, weight: float = 0.5, colour: Colour = BLACK, dotted: bool = False
    ) -> None:
        """A level line."""
        dash = f"1 J [0 {number(weight * 3.2)}] 0 d" if dotted else "0 J [] 0 d"
        self._code.append(
            "q {} {} {} RG {} w {} {} {} m {} {} l S Q".format(
                *map(number, colour), number(weight), dash, number(x1), number(y), number(x2), number(y)
            )
        )

    def upright(self, x: float, y1: float, y2: float, weight: float = 0.5, colour: Colour = BLACK) -> None:
        """An upright line."""
        self._code.append(
            "q {} {} {} RG {} w {} {} m {} {} l S Q".format(
                *map(number, colour), number(weight), number(x), number(y1), number(x), number(y2)
            )
        )

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle with its lower left corner at `x`, `y`."""
        self._code.append(
            "q {} {} {} rg {} {} {} {} re f Q".format(
                *map(number, colour), number(x), number(y), number(width), number(height)
            )
        )


class _Pen:
    """Writes lines of text as operators of the page, each change of font or colour once."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._out = ["q BT"]
        self._colour: Colour | None = None
        self._font: tuple[Face, float] | None = None
        self._stroke, self._spread = False, 0.0

    def code(self) -> str:
        return " ".join([*self._out, "ET Q"])

    def line(self, line: SetLine) -> None:
        gaps, out = line.gaps, self._out
        if gaps.cluster != self._spread:
            self._spread = gaps.cluster
            out.append(f"{number(gaps.cluster)} Tc")
        out.append(f"1 0 0 1 {number(line.x)} {number(line.y)} Tm")
        codes: list[str] = []
        now: tuple[Look, Face, bool] | None = None
        for look, parts in line.stretches:
            for part in parts:
                drawn = (look, part.face, part.stroke)
                if drawn != now:
                    self._show(codes, gaps.space)
                    codes, now = [], drawn
                    self._take(look, part)
                    font, size = self._sheet.font(part.face), look.size * part.scale
                if gaps.space and part.spaces:
                    codes.append(f"> {number(-gaps.space * 1000 / size)} <".join(font.encode(part.text, part.clusters)))
                else:
                    codes += font.encode(part.text, part.clusters)
        self._show(codes, gaps.space)

    def _show(self, codes: list[str], spread: float) -> None:
        if codes:
            shown = "".join(codes)
            self._out.append(f"[<{shown}>]TJ" if spread and ">" in shown else f"<{shown}>Tj")

    def _take(self, look: Look, part: Part) -> None:
        """Take the font and the colour in which `part` is drawn."""
        out, size = self._out, look.size * part.scale
        recoloured = look.colour != self._colour
        if recoloured:
            self._colour = look.colour
            out.append("{} {} {} rg".format(*map(number, look.colour)))
        if (part.face, size) != self._font:
            self._font = (part.face, size)
            out.append(f"/{self._sheet.font(part.face).internal} {number(size)} Tf")
        if part.stroke:
            out.append("2 Tr {} w {} {} {} RG".format(number(_BOLD_STROKE * size), *map(number, look.colour)))
        elif self._stroke:
            out.append("0 Tr")
        self._stroke = part.stroke


def extents(x: float, stretches: Sequence[Stretch], gaps: Gaps) -> list[tuple[Look, float, float]]:
    """Where each look of a line that begins at `x` begins and ends; spaces at the line's end are left out."""
    found: list[tuple[Look, float, float]] = []
    ink = at = x
    for look, group in groupby(stretches, key=itemgetter(0)):
        start = at
        for _look, parts in group:
            for part in parts:
                for cluster in part.clusters:
                    at += part.face.width(cluster) * part.scale * look.size / 1000 + gaps.cluster
                    if cluster.text == " ":
                        at += gaps.space
                    else:
                        ink = at - gaps.cluster
        found.append((look, start, at))
    return [(look, start, min(end, ink)) for look, start, end in found if start < ink]


class _ShapedText(PDFTextObject):  # type: ignore[misc]
    """ReportLab's text object, writing our codes in place of characters."""

    def _formatText(self, text: str | bytes) -> str:
        font = pdfmetrics.getFont(self._fontname)
        if not isinstance(font, ReportLabFont):
            raise TypeError(f"font {self._fontname} cannot set Khmer")
        words = text.decode("utf8") if isinstance(text, bytes) else text
        code = []
        for part in font.typeface.parts(plain(words).replace("\n", " ")):
            own = self._canvas.font(part.face)
            codes = "".join(own.encode(part.text, part.clusters))
            code.append(f"/{own.internal} {number(self._fontsize * part.scale)} Tf <{codes}> Tj")
        main = self._canvas.font(font.typeface.face)
        return " ".join([*code, f"/{main.internal} {number(self._fontsize)} Tf"])
