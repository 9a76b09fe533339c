"""What HarfBuzz draws for a text, from a font file as it ships: outlines as quadratic curves, and their places."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import icu
import uharfbuzz as hb

from cpdesk.paths import FONTS

FILES = {
    "Battambang": "Battambang-Regular.ttf",
    "Battambang-Bold": "Battambang-Bold.ttf",
    "Moul": "Moul-Regular.ttf",
    "DejaVuSans": "DejaVuSans-Fallback.ttf",
}
# ("M" | "L" | "Q", coordinates …), relative to nothing but the glyph's origin.
Contour = tuple[tuple[str, tuple[float, ...]], ...]


class Placed(NamedTuple):
    """A glyph of the font and where its origin stands, in units of the font."""

    gid: int
    x: int
    y: int


class Shaped(NamedTuple):
    glyphs: tuple[Placed, ...]
    advance: int


def contours(font: hb.Font, gid: int) -> tuple[Contour, ...]:
    """The outlines of one glyph; components of composite glyphs are placed by HarfBuzz."""
    found: list[list[tuple[str, tuple[float, ...]]]] = []
    font.draw_glyph(gid, _draw(), found)
    return tuple(tuple(contour) for contour in found)


@lru_cache(maxsize=1)
def _draw() -> hb.DrawFuncs:
    draw = hb.DrawFuncs()
    draw.set_move_to_func(lambda x, y, out: out.append([("M", (x, y))]))
    draw.set_line_to_func(lambda x, y, out: out[-1].append(("L", (x, y))))
    draw.set_quadratic_to_func(lambda cx, cy, x, y, out: out[-1].append(("Q", (cx, cy, x, y))))
    draw.set_close_path_func(lambda _out: None)
    return draw


class FontFile:
    """A font as it ships, shaped by HarfBuzz with nothing between."""

    def __init__(self, name: str) -> None:
        self.face = hb.Face(hb.Blob.from_file_path(str(FONTS / FILES[name])))
        self.font = hb.Font(self.face)
        self.upem: int = self.face.upem
        self.letters = frozenset(map(chr, self.face.unicodes))
        self._contours: dict[int, tuple[Contour, ...]] = {}

    def contours(self, gid: int) -> tuple[Contour, ...]:
        found = self._contours.get(gid)
        if found is None:
            found = self._contours[gid] = contours(self.font, gid)
        return found

    def shaped(self, text: str, forward: bool = False) -> Shaped:
        """`text` on one line from the left, each stretch of one script at once (`scripts`)."""
        placed, pen = [], 0
        for run in scripts(text, forward):
            buffer = hb.Buffer()
            buffer.add_codepoints(list(map(ord, run)))
            buffer.guess_segment_properties()
            buffer.direction = "ltr"
            buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
            hb.shape(self.font, buffer)
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
                placed.append(Placed(info.codepoint, pen + position.x_offset, position.y_offset))
                pen += position.x_advance
        return Shaped(tuple(placed), pen)


@lru_cache(maxsize=8)
def font_file(name: str) -> FontFile:
    return FontFile(name)


_NO_SCRIPT: Any = (icu.UScriptCode.COMMON, icu.UScriptCode.INHERITED)


def scripts(text: str, forward: bool = False) -> Iterator[str]:
    """Stretches of one script by Unicode's own table (UAX 24).

    What has none goes with what stands before it; `forward`: signs do, and spaces, but not where they follow one. The
    table leaves it open, and fonts kern “C as they kern “ and C apart.
    """
    start, script = 0, None
    common = 0  # where the row of letters without a script begins that ends here
    for at, char in enumerate(text):
        own = icu.Script.getScript(ord(char)).getScriptCode()
        if own in _NO_SCRIPT:
            if char == " " or unicodedata.category(char)[0] == "M":
                common = at + 1
            continue
        if script is not None and own != script:
            cut = common if forward else at
            yield text[start:cut]
            start = cut
        script, common = own, at + 1
    if text:
        yield text[start:]
