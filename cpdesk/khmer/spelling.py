"""One form for words that look the same, to search by, find duplicates by and compare pass phrases by.

Khmer can be typed in several code orders that draw alike, with invisible spaces between words, and with
look-alike letters. What was typed is kept; `fold` is only what is compared. `loose` goes further, for search alone: it
also makes one of what only sounds alike and is spelt both ways.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from cpdesk.khmer.digits import ASCII, KHMER

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
# Letters that the Unicode Standard (names list of the block Khmer) calls variants of others, or no longer in use.
_ALIKE = {"ឲ": "ឱ", "ឣ": "អ", "ឤ": "អា", "ឨ": "ឧក", "\u17dd": "\u17d1", **dict(zip(KHMER, ASCII, strict=True))}
_ANY_ALIKE = re.compile(f"[{''.join(_ALIKE)}]")  # few letters of a text: quicker than looking each one up
# Under a vowel that stands above, either shifter is drawn like the vowel u.
_SHIFTERS = frozenset("\u17c9\u17ca")
_ABOVE = frozenset("ិីឹឺើ")
# One sound, two spellings: an independent vowel (the Unicode names say its sound: QI, QUU, RY…) and a letter that bears
# one, as រឺ for ឬ; the short ៈ and ះ, as in កុម្ភៈ; the sign ៍ over a letter that is not spoken, which is often left out.
_SOUNDS = {
    "ឥ": "អិ",
    "ឦ": "អី",
    "ឧ": "អុ",
    "ឩ": "អូ",
    "ឪ": "អូវ",
    "ឯ": "អែ",
    "ឰ": "អៃ",
    "ឱ": "អោ",
    "ឳ": "អៅ",
    "ឫ": "រឹ",
    "ឬ": "រឺ",
    "ឭ": "លឹ",
    "ឮ": "លឺ",
    "ៈ": "ះ",
    "៖": ":",
    "៍": "",
}
_GIVE = ("ឱ្យ", "អោយ")  # to give: written ឱ្យ, ឲ្យ and អោយ


def fold(text: str) -> str:
    """`text` as it is compared: composed, visible letters only, marks in one order, ASCII digits, lower
    case, single spaces.

    Folding twice changes nothing more.
    """
    if text.isascii():
        return _BLANKS.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKC", _HIDDEN.sub("", text)).casefold()
    plain = unicodedata.normalize("NFKC", plain.casefold())
    plain = _ANY_ALIKE.sub(lambda found: _ALIKE[found[0]], _HIDDEN.sub("", plain))
    plain = _CLUSTER.sub(lambda cluster: _in_order(cluster[1], cluster[2]), plain)
    return _BLANKS.sub(" ", plain).strip()


def loose(text: str) -> str:
    """`fold`, and one form for what is spelt in two ways that sound alike: what search compares."""
    folded = fold(text)
    return folded if folded.isascii() else _any_sound().sub(lambda found: _SOUNDS[found[0]], folded.replace(*_GIVE))


def spread(text: str) -> tuple[str, list[int]]:
    """(`text` as `loose` has it but for blanks at its ends, and for each of its letters where in `text` that begins):
    to show in what was typed what was found in its form. The list has one place more, the end of `text`.
    """
    found: list[str] = []
    places: list[int] = []
    for at, token in _tokens(text):
        form = " " if token.isspace() else _formed(token)
        if form == " " and found and found[-1] == " ":
            continue
        found.append(form)
        places += [at] * len(form)
    return "".join(found), [*places, len(text)]


# Made when somebody searches, not at each start.
@lru_cache(maxsize=1)
def _token() -> re.Pattern[str]:
    return re.compile(
        f"[\u1780-\u17b3](?:[{INVISIBLE}]|{COENG}[{INVISIBLE}]*[\u1780-\u17b3]|[\u17b6-\u17d1\u17dd])*"
        r"|\s+|.[\u0300-\u036f]*",
        re.DOTALL,
    )


@lru_cache(maxsize=1)
def _any_sound() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_SOUNDS)}]")


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    return ((token.start(), token[0]) for token in _token().finditer(text))


@lru_cache(maxsize=20_000)
def _formed(token: str) -> str:
    return loose(token)


@lru_cache(maxsize=20_000)  # a language has few thousand clusters
def _in_order(base: str, marks: str) -> str:
    parts = [_COENG_TA if part == _COENG_DA else part for part in _PART.findall(marks)]
    for left, right, whole in _HALVES:
        while left in parts and right in parts:
            parts.remove(left)
            parts[parts.index(right)] = whole
    if not _ABOVE.isdisjoint(parts):
        parts = ["ុ" if part in _SHIFTERS else part for part in parts]
    ordered = sorted(parts, key=_rank)
    once = [part for n, part in enumerate(ordered) if len(part) > 1 or part not in ordered[:n]]
    return base + "".join(once)  # a mark that is typed twice is drawn once


def _rank(part: str) -> tuple[int, int]:
    if part.startswith(COENG) and len(part) == 2:
        return (2, 0) if part == _COENG_RO else (1, 0)  # subscript ro comes last, whatever was typed first
    return _RANK.get(part, 8), _VOWEL_ORDER.find(part)
