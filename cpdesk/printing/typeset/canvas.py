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
    """How a stretch of text is drawn; `size` in points."""

    typeface: Typeface
    size: float
    colour: Colour = BLACK
    underline: bool = False

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
_LONGEST_TITLE = 250


def _line(text: str) -> str:
    """`text` for a viewer's title bar or outline."""
    return plain(text).replace("\n", " ")[:_LONGEST_TITLE]


def number(value: float) -> str:
    """`value` as PDF writes it."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value else "0"


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
        code = ["q BT"]
        if gaps.cluster:
            code.append(f"{number(gaps.cluster)} Tc")
        rules: list[tuple[Look, float, float]] = []
        for look, parts in _joined(line):
            start = x
            code.append("{} {} {} rg".format(*map(number, look.colour)))
            for part in parts:
                code.append(self._part_code(x, y, look, part, gaps))
                x += part.width * look.size + gaps.cluster * len(part.clusters)
                x += gaps.space * sum(cluster.text == " " for cluster in part.clusters)
            if look.underline:
                rules.append((look, start, x))
        code.append("ET Q")
        self._code.append(" ".join(code))
        for look, start, end in rules:
            self.rule(start, y - 0.22 * look.size, end, weight=0.045 * look.size, colour=look.colour)

    def _part_code(self, x: float, y: float, look: Look, part: Part, gaps: Gaps) -> str:
        font, size = self.font(part.face), look.size * part.scale
        code = f"/{font.internal} {number(size)} Tf 1 0 0 1 {number(x)} {number(y)} Tm "
        if gaps.space and " " in part.text:
            code += f"[{_spaced(font, part, gaps.space * 1000 / size)}] TJ"
        else:
            code += f"<{font.encode(part.clusters)}> Tj"
        if part.stroke:
            width = number(_BOLD_STROKE * size)
            return "2 Tr {} w {} {} {} RG {} 0 Tr".format(width, *map(number, look.colour), code)
        return code

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


def _joined(line: Sequence[Stretch]) -> list[Stretch]:
    """`line` with neighbours of one look and one font joined, so that a page needs few strokes."""
    out = []
    for look, stretches in groupby(line, key=itemgetter(0)):
        alike = groupby((part for _, parts in stretches for part in parts), key=itemgetter(0, 1, 2))
        out.append(Stretch(look, tuple(_one_part(list(parts)) for _, parts in alike)))
    return out


def _one_part(parts: list[Part]) -> Part:
    """Parts in one font as one."""
    if len(parts) == 1:
        return parts[0]
    return parts[0]._replace(
        text="".join(part.text for part in parts),
        clusters=tuple(cluster for part in parts for cluster in part.clusters),
        width=sum(part.width for part in parts),
    )


def _spaced(font: DocumentFont, part: Part, gap: float) -> str:
    """The operand of TJ that shows `part` with `gap` (thousandths of the font's size) more at each space."""
    code, waiting = "", []
    for cluster in part.clusters:
        waiting.append(cluster)
        if cluster.text == " ":
            code += f"<{font.encode(tuple(waiting))}> {number(-gap)} "
            waiting = []
    return code + (f"<{font.encode(tuple(waiting))}>" if waiting else "")


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
            code.append(f"/{own.internal} {number(self._fontsize * part.scale)} Tf <{own.encode(part.clusters)}> Tj")
        main = self._canvas.font(font.typeface.face)
        return " ".join([*code, f"/{main.internal} {number(self._fontsize)} Tf"])
