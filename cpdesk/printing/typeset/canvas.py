"""The sheet that forms are painted on: ReportLab's canvas, with every letter going through our shaping.

Any text drawn by ReportLab's own means (its charts, `drawString`) is shaped as well, and a font that is not ours
is refused, so that no broken Khmer can slip onto paper unseen.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from cpdesk.printing.typeset import filing
from cpdesk.printing.typeset.pdffont import DocumentFont, ReportLabFont, document_font, register
from cpdesk.printing.typeset.shaping import Face
from cpdesk.printing.typeset.tags import Element, Tags
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
_MOST_SINGLE = 40  # stretches of a line that may be single letters


def _line(text: str) -> str:
    """`text` for a viewer's title bar or outline."""
    return plain(text).replace("\n", " ")[:_LONGEST_TITLE]


def number(value: float) -> str:
    """`value` as PDF writes it."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value else "0"


class Sheet(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas for one document, in bytes; the same strokes give the same bytes."""

    def __init__(self, size: tuple[float, float], title: str, author: str = "", lang: str = "km") -> None:
        register()
        self.tags = Tags()
        self._places = 0
        self._level = -1
        self._about = filing.About(_line(title), _line(author))
        self._document_fonts: dict[str, DocumentFont] = {}
        super().__init__(
            io.BytesIO(),
            pagesize=size,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang=lang,
            initialFontName="Battambang",
            initialFontSize=11,
        )
        self.setViewerPreference("DisplayDocTitle", "true")

    def finish(self) -> bytes:
        """The whole document."""
        if self._code:
            self.showPage()
        return filing.written(self._doc, self, self._about, self.tags)

    def _setAnnotations(self, page: pdfdoc.PDFPage) -> None:
        """Called by ReportLab for each full page: say where its marks and annotations belong, and press it together."""
        super()._setAnnotations(page)
        page.Contents, page.stream = filing.pressed(page.stream), None
        page.__NoDefault__ = (*page.__NoDefault__, "StructParents", "Tabs")
        page.StructParents, page.Tabs = self.tags.turn(), pdfdoc.PDFName("S")

    @contextmanager
    def marked(self, element: Element | None) -> Iterator[None]:
        """What is painted inside belongs to `element`, or to none: it is not read aloud."""
        self._code.append(self._mark(element))
        yield
        self._code.append("EMC")

    def _mark(self, element: Element | None) -> str:
        return f"/{element.name}<</MCID {self.tags.mark(element)}>>BDC" if element else "/Artifact BMC"

    @contextmanager
    def within(self, element: Element) -> Iterator[None]:
        """Blocks that are painted inside stand in `element`."""
        outside, self.tags.inside = self.tags.inside, element
        yield
        self.tags.inside = outside

    @contextmanager
    def unread(self) -> Iterator[None]:
        """Blocks that are painted inside are not read aloud."""
        outside, self.tags.inside = self.tags.inside, None
        with self.marked(None):
            yield
        self.tags.inside = outside

    def font(self, face: Face) -> DocumentFont:
        """The font of this document for `face`; another one when that is full."""
        found = self._document_fonts.get(face.name)
        if found is None or found.full:
            found = self._document_fonts[face.name] = document_font(self._doc, face)
        return found

    def outline(self, title: str, top: float, level: int = 0) -> None:
        """Name this place in the document's outline, `level` steps under its highest entries."""
        self._places += 1
        self._level = min(level, self._level + 1)
        key = f"mark{self._places}"
        self.bookmarkPage(key, fit="XYZ", left=0, top=top + 8, zoom=0)
        self.addOutlineEntry(_line(title), key, level=self._level)

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

    def show_lines(self, lines: Sequence[SetLine], element: Element | None = None) -> None:
        """Draw lines of text, one below another, and what is under them; marked as `element`'s own if there is one."""
        looks = {id(look): look for line in lines for look, _parts in line.stretches}.values()
        if element is None or not any(look.link for look in looks):
            self._show_marked(lines, element)
        else:
            for link, part in _by_link(lines):
                self._show_link(link, part, element) if link else self._show_marked(part, element)
        if any(look.underline for look in looks):
            self._underline(lines, element is not None)

    def _show_marked(self, lines: Sequence[SetLine], element: Element | None) -> None:
        pen = _Pen(self)
        for line in lines:
            pen.line(line)
        self._code.append(f"{self._mark(element)} {pen.code()} EMC" if element else pen.code())

    def _show_link(self, address: str, lines: Sequence[SetLine], owner: Element) -> None:
        """Text that leads to an address: an annotation over each line of it."""
        words = "".join(part.text for line in lines for _look, parts in line.stretches for part in parts)
        link = Element("Link", owner)
        self._show_marked(lines, link)
        for x, y, stretches, gaps in lines:
            for look, start, end in extents(x, stretches, gaps):
                face = look.typeface.face
                low, high = y + face.descent * look.size, y + face.ascent * look.size
                self._annotate(link, address, words, (start, low, end, high))

    def _annotate(self, link: Element, address: str, words: str, place: tuple[float, float, float, float]) -> None:
        name = f"link{len(self.tags.annotations)}"
        owner = self.tags.link(link, name)
        action = {"S": pdfdoc.PDFName("URI"), "URI": pdfdoc.PDFString(filing.address(address))}
        entries = {
            "Type": pdfdoc.PDFName("Annot"),
            "Subtype": pdfdoc.PDFName("Link"),
            "Rect": pdfdoc.PDFArray([round(side, 2) for side in place]),
            "Border": pdfdoc.PDFArray([0, 0, 0]),
            "F": 4,  # printed: archives ask for it
            "A": pdfdoc.PDFDictionary(action),
            "Contents": pdfdoc.PDFString(_line(words)),
            "StructParent": owner,
        }
        self._addAnnotation(pdfdoc.PDFDictionary(entries), name)

    def _underline(self, lines: Sequence[SetLine], marked: bool) -> None:
        first = len(self._code)
        for x, y, stretches, gaps in lines:
            for look, start, end in extents(x, stretches, gaps):
                if look.underline:
                    self.rule(start, y - 0.22 * look.size, end, weight=0.045 * look.size, colour=look.colour)
        if marked and len(self._code) > first:
            self._code.insert(first, self._mark(None))
            self._code.append("EMC")

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

    def lines(
        self, lines: Sequence[tuple[float, float, float, float]], weight: float = 0.5, colour: Colour = BLACK
    ) -> None:
        """Straight lines (x, y, x, y) of one weight."""
        path = " ".join(["{} {} m {} {} l".format(*map(number, line)) for line in lines])
        self._code.append("q {} {} {} RG {} w {} S Q".format(*map(number, colour), number(weight), path))

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
        self._font: tuple[DocumentFont, float] | None = None
        self._stroke, self._spread = False, 0.0
        self._place = (0.0, 0.0)

    def code(self) -> str:
        return " ".join([*self._out, "ET Q"])

    def line(self, line: SetLine) -> None:
        """Write one line. Where all its words are single letters it says what it is: poppler thinks that it is one word
        set wide, and would copy the quarters ៣ ៤ as ៣៤."""
        letters = _single_letters(line)
        if letters:
            self._out.append(f"/Span<</ActualText<{(chr(0xFEFF) + letters).encode('utf-16-be').hex()}>>>BDC")
        self._write(line)
        if letters:
            self._out.append("EMC")

    def _write(self, line: SetLine) -> None:
        gaps, out = line.gaps, self._out
        if gaps.cluster != self._spread:
            self._spread = gaps.cluster
            out.append(f"{number(gaps.cluster)} Tc")
        place = round(line.x, 3), round(line.y, 3)  # steps are taken from what was written, so that they do not drift
        out.append(f"{number(place[0] - self._place[0])} {number(place[1] - self._place[1])} Td")
        self._place = place
        codes: list[str] = []
        now: Look | None = None
        face: Face | None = None
        wide = ""  # what is written for a space
        for look, parts in line.stretches:
            for part in parts:
                if (look is not now and look != now) or part.face is not face:  # one face is thickened for one look
                    self._show(codes, gaps.space)
                    codes, now, face = [], look, part.face
                    font, size = self._sheet.font(face), look.size * part.scale
                    self._take(look, font, size, part.stroke)
                    wide = f"> {number(-gaps.space * 1000 / size)} <"
                if gaps.space and part.spaces:
                    codes.append(wide.join(font.encode(part.text, part.clusters)))
                else:
                    codes += font.encode(part.text, part.clusters)
        self._show(codes, gaps.space)

    def _show(self, codes: list[str], spread: float) -> None:
        if codes:
            shown = "".join(codes)
            self._out.append(f"[<{shown}>]TJ" if spread and ">" in shown else f"<{shown}>Tj")

    def _take(self, look: Look, font: DocumentFont, size: float, stroke: bool) -> None:
        """Take the font and the colour in which a part is drawn."""
        out = self._out
        if look.colour != self._colour:
            self._colour = look.colour
            out.append("{} {} {} rg".format(*map(number, look.colour)))
        if (font, size) != self._font:
            self._font = (font, size)
            out.append(f"/{font.internal} {number(size)} Tf")
        if stroke:
            out.append("2 Tr {} w {} {} {} RG".format(number(_BOLD_STROKE * size), *map(number, look.colour)))
        elif self._stroke:
            out.append("0 Tr")
        self._stroke = stroke


def _single_letters(line: SetLine) -> str:
    """The text of a line of several words with a letter each; nothing of any other line."""
    if not line.stretches or len(line.stretches) > _MOST_SINGLE:
        return ""
    if sum([len(part.text.rstrip(" ")) for part in line.stretches[0].parts]) > 1 and len(line.stretches) > 1:
        return ""  # the first word of most lines tells
    parts = [part for _look, parts in line.stretches for part in parts]
    signs, spaces = sum([len(part.clusters) for part in parts]), sum([part.spaces for part in parts])
    if not spaces or signs > 2 * spaces + 1:
        return ""
    words = "".join([part.text for part in parts]).split()
    return " ".join(words) if len(words) > 1 and all(len(word) == 1 for word in words) else ""


def _by_link(lines: Sequence[SetLine]) -> list[tuple[str, list[SetLine]]]:
    """`lines` cut where a link begins or ends; a link that goes over lines is one stretch."""
    found: list[tuple[str, list[SetLine]]] = []
    for x, y, stretches, gaps in lines:
        at = x
        for address, group in groupby(stretches, key=lambda one: one[0].link):
            part = list(group)
            if not found or found[-1][0] != address:
                found.append((address, []))
            found[-1][1].append(SetLine(at, y, part, gaps))
            at += sum(_length(one, gaps) for one in part)
    return found


def _length(stretch: Stretch, gaps: Gaps) -> float:
    """How far a stretch moves the pen."""
    size = stretch.look.size
    return sum(p.width * size + gaps.cluster * len(p.clusters) + gaps.space * p.spaces for p in stretch.parts)


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
