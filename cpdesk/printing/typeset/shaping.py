"""Letters into glyphs: HarfBuzz on one font, cut into the clusters that a reader sees as one sign.

HarfBuzz shapes one script at a time, so a text is first cut into runs of Khmer and of everything else. Each
cluster keeps its text in the order in which it was typed; that is what makes the printed page searchable
(`pdffont.py`).
Lengths are in font units (`Face.upem` to the em) unless said otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

# What Unicode says has no picture (Default_Ignorable_Code_Point); fillers of Hangul are left to the font.
_UNSEEN = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F)),
    *((0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF0, 0xFFF8), (0x1D173, 0x1D17A)),
    (0xE0000, 0xE0FFF),
)
INVISIBLE = frozenset(chr(code) for first, last in _UNSEEN for code in range(first, last + 1))
COENG = "\u17d2"
# Marks on one letter beyond this many are shaped on a new base: a heap of accents must not outgrow the font format.
MAX_UNIT = 12
_CACHE_LIMIT = 50_000
# Texts that are one run as they stand: the common case, told apart without looking at every letter.
_KHMER_RUN = re.compile("[\u1780-\u17b3\u17d4-\u17dc\u17e0-\u17f9][\u1780-\u17dc\u17e0-\u17f9 \u200b]*")
_LATIN_RUN = re.compile("[!-~][ -~]*")
_HEAP = re.compile("(?:\u17d2.|[\u17b4-\u17d3]){6}")
# Signs that stand beside one another without touching: numbers are put together from them, unshaped.
_LOOSE = "០១២៣៤៥៦៧៨៩0123456789.,%/ "


class Glyph(NamedTuple):
    """One drawn glyph, `x`, `y` from the origin of its cluster."""

    gid: int
    x: int
    y: int


class Cluster(NamedTuple):
    """What is drawn and copied as one: `text` as typed, its glyphs, and how far it moves the pen."""

    text: str
    glyphs: tuple[Glyph, ...]
    advance: int


@lru_cache(maxsize=4096)
def is_mark(char: str) -> bool:
    """Whether `char` hangs on the letter before it, or is not seen at all."""
    return unicodedata.category(char) in ("Mn", "Mc", "Me") or char in INVISIBLE


@lru_cache(maxsize=4096)
def _is_simple(char: str) -> bool:
    """Whether `char` stands alone and is not made of others, which a font may have."""
    return not is_mark(char) and (unicodedata.decomposition(char) or "<")[0] == "<"


def is_khmer(char: str) -> bool:
    return "\u1780" <= char <= "\u17ff" or "\u19e0" <= char <= "\u19ff"


def units(text: str) -> list[str]:
    """`text` cut before every letter that can stand alone: base, marks, subscripts. Joined they are `text`."""
    out: list[str] = []
    for char in text:
        joins = out and (is_mark(char) or (out[-1][-1] == COENG and is_khmer(char)))
        if joins and len(out[-1]) < MAX_UNIT:
            out[-1] += char
        else:
            out.append(char)
    return out


def script_runs(text: str) -> list[tuple[str, bool]]:
    """`text` as runs (text, is Khmer).

    Spaces, marks and invisible characters stay with what stands before them, or after them at the head.
    """
    if _LATIN_RUN.fullmatch(text):
        return [(text, False)]
    if _KHMER_RUN.fullmatch(text) and not _HEAP.search(text):
        return [(text, True)]
    out: list[tuple[str, bool]] = []
    head = ""  # what has no script of its own and nothing before it
    for unit in units(text):
        neutral = unit[0] == " " or is_mark(unit[0])
        if neutral and not out:
            head += unit
            continue
        khmer = out[-1][1] if neutral else is_khmer(unit[0])
        heap = bool(out) and is_mark(unit[0]) and len(out[-1][0]) >= MAX_UNIT
        if out and out[-1][1] == khmer and not heap:
            out[-1] = (out[-1][0] + unit, khmer)
        else:
            *before, head = _heaps(head) or [""]
            out += ((marks, khmer) for marks in before)
            out.append((head + unit, khmer))
            head = ""
    return [*out, *((part, True) for part in _heaps(head))]


def _heaps(marks: str) -> list[str]:
    return [marks[start : start + MAX_UNIT] for start in range(0, len(marks), MAX_UNIT)]


class Face:
    """One font file, ready to shape. `ascent` and `descent` are in ems; `descent` is negative."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.hb_face = hb.Face(hb.Blob.from_file_path(str(path)))
        self._font = hb.Font(self.hb_face)
        self.upem: int = self.hb_face.upem
        extents = self._font.get_font_extents("ltr")
        self.ascent: float = extents.ascender / self.upem
        self.descent: float = extents.descender / self.upem
        self._covered = frozenset(map(chr, self.hb_face.unicodes)) | INVISIBLE
        self._shaped: dict[str, tuple[Cluster, ...]] = {}
        self._box = Cluster("", (Glyph(0, 0, 0),), self._font.get_glyph_h_advance(0))
        self._loose = self._loose_signs()

    def _loose_signs(self) -> dict[str, Cluster]:
        """The signs of `_LOOSE` as clusters, if the font draws and sets each alike in any company."""
        alone = {sign: self._shape_run(sign, is_khmer(sign)) for sign in _LOOSE if self.covers(sign)}
        if any(len(clusters) != 1 for clusters in alone.values()):
            return {}
        signs = {sign: clusters[0] for sign, clusters in alone.items()}
        for khmer in (True, False):
            one_script = [sign for sign in signs if sign == " " or is_khmer(sign) == khmer]
            pairs = "".join(one + other for one in one_script for other in one_script)
            for place, cluster in enumerate(self._shape_run(pairs, khmer)):
                if signs.get(pairs[place]) != cluster:
                    signs.pop(pairs[place], None)
        return signs

    def covers(self, text: str) -> bool:
        """Whether every character of `text` has a glyph here, or needs none."""
        return self._covered.issuperset(text)

    def lacks(self, text: str) -> bool:
        """Whether no character of `text` has a glyph here."""
        return self._covered.isdisjoint(text)

    def width(self, cluster: Cluster) -> int:
        """The cluster's advance in whole thousandths of an em: some viewers cut fractions off."""
        return round(cluster.advance * 1000 / self.upem)

    def shape(self, text: str) -> tuple[Cluster, ...]:
        """The clusters of `text`, left to right; a character without a glyph becomes the font's box (glyph 0)."""
        found = self._shaped.get(text)
        if found is None:
            if len(self._shaped) > _CACHE_LIMIT:
                self._shaped.clear()
            loose = self._loose
            if all(map(loose.__contains__, text)):
                found = tuple(map(loose.__getitem__, text))
            elif self.lacks(text) and all(map(_is_simple, text)):
                found = tuple(Cluster(char, self._box.glyphs, self._box.advance) for char in text)
            else:
                found = tuple(c for run, khmer in script_runs(text) for c in self._shape_run(run, khmer))
            self._shaped[text] = found
        return found

    def _shape_run(self, text: str, khmer: bool) -> list[Cluster]:
        buffer = hb.Buffer()
        buffer.add_codepoints(list(map(ord, text)))
        buffer.script = "Khmr" if khmer else "Latn"
        buffer.language = "km" if khmer else "en"
        buffer.direction = "ltr"
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        hb.shape(self._font, buffer)
        starts: list[int] = []
        glyphs: list[list[Glyph]] = []
        advances: list[int] = []
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if not starts or info.cluster != starts[-1]:
                starts.append(info.cluster)
                glyphs.append([])
                advances.append(0)
            glyphs[-1].append(Glyph(info.codepoint, advances[-1] + position.x_offset, position.y_offset))
            advances[-1] += position.x_advance
        if not starts:  # nothing to be seen, but it can be copied
            return [Cluster(text, (), 0)]
        # Invisible characters at the head are swallowed by HarfBuzz: the first cluster takes their text.
        bounds = [0, *starts[1:], len(text)]
        return [Cluster(text[bounds[i] : bounds[i + 1]], tuple(glyphs[i]), advances[i]) for i in range(len(starts))]
