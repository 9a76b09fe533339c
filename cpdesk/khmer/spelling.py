"""One form for words that look the same, to search by, find duplicates by and compare pass phrases by.

Khmer can be typed in several code orders that draw alike, with invisible spaces between words, and with
look-alike letters. What was typed is kept; `fold` is only what is compared.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cpdesk.khmer.digits import to_ascii

INVISIBLE = "\u00ad\u17b4\u17b5\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
COENG = "\u17d2"
_HIDDEN = re.compile(f"[{INVISIBLE}]")
_BLANKS = re.compile(r"\s+")

# A cluster's marks in the order in which Unicode asks for them: robat, shifters, subscripts, vowels, signs,
# final signs.
_CLUSTER = re.compile(f"([\u1780-\u17b3])((?:{COENG}[\u1780-\u17b3]|[\u17b6-\u17d1\u17dd])+)")
_PART = re.compile(f"{COENG}[\u1780-\u17b3]|.")
_COENG_RO = COENG + "រ"
_RANK = {"\u17cc": 0, **dict.fromkeys("\u17c9\u17ca", 4)}
_RANK |= dict.fromkeys(map(chr, range(0x17B6, 0x17C6)), 5)
_RANK |= dict.fromkeys("\u17cb\u17cd\u17ce\u17cf\u17d0\u17d1\u17dd", 6)
_RANK |= dict.fromkeys("\u17c6\u17c7\u17c8", 7)
_VOWEL_ORDER = "ុូួេែៃើឿៀោៅិីឹឺា"

# Drawn alike: split vowels typed in halves; the subscripts of da and ta; the two letters ao.
_HALVES = (("េ", "ី", "ើ"), ("េ", "ា", "ោ"))
_COENG_DA, _COENG_TA = COENG + "ដ", COENG + "ត"
_ALIKE = str.maketrans("ឲ", "ឱ")
# Under a vowel that stands above, either shifter is drawn like the vowel u.
_SHIFTERS = frozenset("\u17c9\u17ca")
_ABOVE = frozenset("ិីឹឺើ")


def fold(text: str) -> str:
    """`text` as it is compared: composed, visible letters only, marks in one order, ASCII digits, lower
    case, single spaces.

    Folding twice changes nothing more.
    """
    if text.isascii():
        return _BLANKS.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKC", _HIDDEN.sub("", text)).casefold()
    plain = unicodedata.normalize("NFKC", plain.casefold())
    plain = _HIDDEN.sub("", to_ascii(plain)).translate(_ALIKE)
    plain = _CLUSTER.sub(lambda cluster: _in_order(cluster[1], cluster[2]), plain)
    return _BLANKS.sub(" ", plain).strip()


@lru_cache(maxsize=20_000)  # a language has few thousand clusters
def _in_order(base: str, marks: str) -> str:
    parts = [_COENG_TA if part == _COENG_DA else part for part in _PART.findall(marks)]
    for left, right, whole in _HALVES:
        while left in parts and right in parts:
            parts.remove(left)
            parts[parts.index(right)] = whole
    if not _ABOVE.isdisjoint(parts):
        parts = ["ុ" if part in _SHIFTERS else part for part in parts]
    return base + "".join(sorted(parts, key=_rank))


def _rank(part: str) -> tuple[int, int]:
    if part.startswith(COENG) and len(part) == 2:
        return (2, 0) if part == _COENG_RO else (1, 0)  # subscript ro comes last, whatever was typed first
    return _RANK.get(part, 8), _VOWEL_ORDER.find(part)
