"""The fonts of one PDF: each cluster one code, each code one glyph and the very text that was typed.

A font is a Type0 font with Identity-H encoding over the cluster font of `clusterfont.py`. Its ToUnicode map
gives each code the cluster's text in typed order, so that searching and copying need nothing else
(ISO 32000-1, 9.7 and 9.10.3).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument

from cpdesk.printing.typeset import clusterfont, filing
from cpdesk.printing.typeset.shaping import Cluster, Face, Glyph
from cpdesk.printing.typeset.typeface import Typeface, house, lender

_MOST_CODES = 65_000
_ENOUGH = 50_000  # codes after which the next line begins another font: no line has so many signs that differ
_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_CMAP_FOOT = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


class DocumentFont:
    """A face as one document uses it: gives out codes while pages are written, and builds the font at the end."""

    def __init__(self, face: Face, internal: str) -> None:
        self.face = face
        self.internal = internal
        self._codes: dict[Cluster, int] = {}
        self._known: dict[str, tuple[tuple[Cluster, ...], tuple[str, ...]]] = {}

    @property
    def full(self) -> bool:
        """Whether another font should take what comes next."""
        return len(self._codes) >= _ENOUGH

    def encode(self, text: str, clusters: tuple[Cluster, ...]) -> tuple[str, ...]:
        """The codes of `clusters`, which show `text`, as hexadecimal digits, four a cluster; cut after each space."""
        found = self._known.get(text)
        if found is not None and found[0] is clusters:
            return found[1]
        parts = [""]
        for cluster in clusters:
            parts[-1] += self._code(cluster)
            if cluster.text == " ":
                parts.append("")
        self._known[text] = (clusters, tuple(parts))
        return self._known[text][1]

    def _code(self, cluster: Cluster) -> str:
        code = self._codes.get(cluster)
        if code is None:
            if len(self._codes) >= _MOST_CODES:  # more than any line has: show the box
                cluster = Cluster("\ufffd", (Glyph(0, 0, 0),), self.face.upem)
                code = self._codes.get(cluster, len(self._codes) + 1)
            else:
                code = len(self._codes) + 1
            self._codes[cluster] = code
        return f"{code:04X}"

    def addObjects(self, document: PDFDocument) -> None:
        """Put the font into `document`."""
        clusters = list(self._codes)
        data, glyphs = clusterfont.build(self.face, clusters)
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(self.internal.encode() + data).digest()[:6])
        base = f"{tag}+{self.face.name}"

        def put(name: str, body: bytes | str) -> object:
            return document.Reference(body, f"{name}:{base}")

        ascent, descent = round(self.face.ascent * 1000), round(self.face.descent * 1000)
        file = put("file", filing.stream(b"/Length1 %d" % len(data), data))
        gids = b"\0\0" + struct.pack(f">{len(glyphs)}H", *glyphs)
        widths = " ".join([str(self.face.width(cluster)) for cluster in clusters])
        descriptor = put(
            "descriptor",
            f"<</Type/FontDescriptor/FontName/{base}/Flags 4/FontBBox[-1000 -1000 3000 2000]/ItalicAngle 0"
            f"/Ascent {ascent}/Descent {descent}/CapHeight 700/StemV 80/FontFile2 {_shown(file, document)}>>",
        )
        below = put(
            "cidfont",
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{base}/DW 0/W[1[{widths}]]"
            f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {_shown(descriptor, document)}"
            f"/CIDToGIDMap {_shown(put('gids', filing.stream(b'', gids)), document)}>>",
        )
        text = put("text", filing.stream(b"", _to_unicode(cluster.text for cluster in clusters)))
        font = put(
            "font",
            f"<</Type/Font/Subtype/Type0/BaseFont/{base}/Encoding/Identity-H"
            f"/DescendantFonts[{_shown(below, document)}]/ToUnicode {_shown(text, document)}>>",
        )
        document.idToObject["BasicFonts"].dict[self.internal] = font


def _shown(reference: object, document: PDFDocument) -> str:
    """A reference as it is written."""
    return bytes(pdfdoc.format(reference, document)).decode("ascii")


def _to_unicode(texts: Iterable[str]) -> bytes:
    # A mark of byte order has no meaning on paper, and archives forbid it: U+2060 is its name of today.
    shown = (text.replace("\ufeff", "\u2060").encode("utf-16-be").hex() for text in texts)
    rows = [f"<{code:04X}> <{text}>" for code, text in enumerate(shown, 1)]
    lines = [_CMAP_HEAD]
    for start in range(0, len(rows), 100):
        block = rows[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, _CMAP_FOOT]).encode()


class _Metrics:
    """What ReportLab asks of a font's face."""

    builtIn = False

    def __init__(self, face: Face) -> None:
        self.name = self.familyName = face.name
        self.ascent, self.descent = face.ascent * 1000, face.descent * 1000


class ReportLabFont:
    """A typeface under its name in ReportLab's register, so that its own drawing (charts) measures as we do."""

    _multiByte = 1
    _dynamicFont = 0
    shapable = False
    vertical = False
    encName = "Identity-H"
    substitutionFonts: tuple[object, ...] = ()

    def __init__(self, typeface: Typeface) -> None:
        self.fontName = typeface.name
        self.face = _Metrics(typeface.face)
        self.typeface = typeface

    def stringWidth(self, text: str | bytes, size: float, encoding: str = "utf8") -> float:
        if isinstance(text, bytes):
            text = text.decode(encoding)
        return self.typeface.width(text) * size

    def addObjects(self, document: PDFDocument) -> None:
        document_font(document, self.typeface.face)


def document_font(document: PDFDocument, face: Face) -> DocumentFont:
    """The font that `document` has for `face`; a new one the first time, and when that is full."""
    for font in document.delayedFonts:
        if isinstance(font, DocumentFont) and font.face is face and not font.full:
            return font
    font = DocumentFont(face, f"K{len(document.delayedFonts) + 1}")
    document.fontMapping[face.name] = f"/{font.internal}"
    document.delayedFonts.append(font)
    return font


def register() -> None:
    """Make the house's typefaces known to ReportLab; harmless to repeat."""
    for typeface in (*house(), Typeface(lender(), lender(), 1.0, bold=False)):
        if typeface.name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(ReportLabFont(typeface))
