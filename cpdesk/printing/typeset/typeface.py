"""Which font draws which letter: the three typefaces of official paper and the one that lends what they lack.

A letter that no font has is drawn as a box and still copied as what it is: nothing typed vanishes from paper.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from cpdesk.paths import FONTS
from cpdesk.printing.typeset.shaping import Cluster, Face, script_runs, units

# Line ends of every system, and what word processors use for them.
_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_MANY_LINES = re.compile("\n{3,}")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")  # what any of those finds
_CACHE_LIMIT = 50_000


def plain(text: str) -> str:
    """`text` as it can be printed: one sort of line end, tabs as spaces, halves of characters as U+FFFD.

    Of many empty lines one stays.
    Control characters have no picture and are left out.
    """
    if not _ODD.search(text):
        return text
    text = _MANY_LINES.sub("\n\n", _LINE_END.sub("\n", text.replace("\t", " ")))
    return _BROKEN.sub("\ufffd", _CONTROL.sub("", text))


class Part(NamedTuple):
    """A stretch of text in one font. `scale` fits the font's size to the typeface, `stroke` thickens it to bold."""

    face: Face
    scale: float
    stroke: bool
    text: str
    clusters: tuple[Cluster, ...]
    width: float  # in ems of the typeface
    spaces: int = 0  # clusters that are a space


class Typeface:
    """A font with another that lends it missing letters."""

    def __init__(self, face: Face, lender: Face, lender_scale: float, bold: bool) -> None:
        self.name = face.name
        self.face = face
        self._lender = lender
        self._lender_scale = lender_scale
        self._bold = bold
        self._known: dict[str, tuple[Part, ...]] = {}

    def parts(self, text: str) -> tuple[Part, ...]:
        """`text` (no line ends) shaped, each letter in the first font that has it."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) > _CACHE_LIMIT:
                self._known.clear()
            found = self._known[text] = self._parts(text)
        return found

    def _parts(self, text: str) -> tuple[Part, ...]:
        if self.face.covers(text):
            return (self._part(text, lent=False),) if text else ()
        if self.face.lacks(text):
            return (self._part(text, lent=True),)
        marked = [pair for run, khmer in script_runs(text) for pair in self._mark(run, khmer)]
        grouped = groupby(marked, key=lambda pair: pair[1])
        return tuple(self._part("".join(unit for unit, _ in group), lent) for lent, group in grouped)

    def _mark(self, run: str, khmer: bool) -> list[tuple[str, bool]]:
        """The units of `run`, each with whether it is lent. A Latin word with a lent letter is lent whole."""
        pairs: list[tuple[str, bool]] = []
        for word in re.split("( +)", run):
            cut = [part for unit in units(word) for part in self._apart(unit)]
            lent = [not self.face.covers(unit) for unit in cut]
            if not khmer and any(
                missing and unicodedata.category(unit[0])[0] == "L" and self._lender.covers(unit)
                for unit, missing in zip(cut, lent, strict=True)
            ):
                lent = [missing or self._lender.covers(u) for u, missing in zip(cut, lent, strict=True)]
            pairs += zip(cut, lent, strict=True)
        return pairs

    def _apart(self, unit: str) -> list[str]:
        """`unit` in one piece if one font can draw it; else what the typeface's own font has, apart from the others."""
        if len(unit) == 1 or self.face.covers(unit) or self._lender.covers(unit):
            return [unit]
        return ["".join(chars) for _covered, chars in groupby(unit, key=self.face.covers)]

    def _part(self, text: str, lent: bool) -> Part:
        face = self._lender if lent else self.face
        scale = self._lender_scale if lent else 1.0
        clusters = face.shape(text)
        width = sum(map(face.width, clusters)) * scale / 1000
        spaces = sum(cluster.text == " " for cluster in clusters) if " " in text else 0
        return Part(face, scale, lent and self._bold, text, clusters, width, spaces)

    def width(self, text: str) -> float:
        """The length of `text` on one line, in ems."""
        return sum(part.width for part in self.parts(text))


class House(NamedTuple):
    """The typefaces of the house."""

    body: Typeface
    bold: Typeface
    title: Typeface

    def faces(self) -> tuple[Face, ...]:
        return (self.body.face, self.bold.face, self.title.face, lender())


@lru_cache(maxsize=1)
def lender() -> Face:
    return Face("DejaVuSans", FONTS / "DejaVuSans-Fallback.ttf")


@lru_cache(maxsize=1)
def house() -> House:
    """Loaded once, on first use."""
    scale = 0.92  # DejaVu is drawn larger than Battambang
    return House(
        Typeface(Face("Battambang", FONTS / "Battambang-Regular.ttf"), lender(), scale, bold=False),
        Typeface(Face("Battambang-Bold", FONTS / "Battambang-Bold.ttf"), lender(), scale, bold=True),
        Typeface(Face("Moul", FONTS / "Moul-Regular.ttf"), lender(), scale, bold=True),
    )
