"""Alphabetical order of Khmer as a key of bytes, so that a list sorts the same on every machine, with ICU
or without.

Modelled on the order of the Chuon Nath dictionary as Unicode's CLDR describes it for `km`: consonants, then
vowels, then subscripts weigh most; signs such as ៉ and ់ only decide between words that are otherwise
equal; independent vowels stand where their sound does; numbers stand by their value; robat counts as the រ
that it is spoken as. Code point order is wrong in one name of twenty.
"""

from __future__ import annotations

import re
import unicodedata

from cpdesk.khmer.digits import to_ascii
from cpdesk.khmer.spelling import INVISIBLE

_CONSONANTS = "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរឫឬលឭឮវឝឞសហឡអ"
_VOWELS = (
    *("ា", "ិ", "ី", "ឹ", "ឺ", "ុ", "ូ", "ួ", "ើ", "ឿ", "ៀ", "េ", "ែ", "ៃ", "ោ", "ៅ"),
    *("ុំ", "ំ", "ាំ", "ះ", "ិះ", "ុះ", "េះ", "ោះ"),
)
_SIGNS = "៎៏៑័ៈ៝់៉៊៍"
_COENG = "\u17d2"
_INDEPENDENT = {
    "ឣ": "អ",
    "ឤ": "អា",
    "ឥ": "អិ",
    "ឦ": "អី",
    "ឧ": "អុ",
    "ឨ": "អុក",
    "ឩ": "អូ",
    "ឪ": "អូវ",
    "ឯ": "អែ",
    "ឰ": "អៃ",
    "ឱ": "អោ",
    "ឲ": "អោ",
    "ឳ": "អៅ",
}

# First level: gaps between the classes leave room, no weight is zero, since zero ends a level.
_SPACE, _PUNCTUATION, _LENGTH, _DIGIT, _LATIN = 2, 10, 100, 200, 600
_FIRST = {letter: 300 + at for at, letter in enumerate(_CONSONANTS)}
_FIRST |= {vowel: 400 + at for at, vowel in enumerate(_VOWELS)} | {_COENG: 500}
_SECOND = {sign: at for at, sign in enumerate(_SIGNS, 2)}
_ROBAT_WEIGHT = 40

_LONGEST_FIRST = sorted(map(re.escape, _VOWELS), key=len, reverse=True)
_TOKEN = re.compile("|".join([*_LONGEST_FIRST, "[0-9]{1,90}", "."]), re.DOTALL)
_HIDDEN = re.compile(f"[{INVISIBLE}]")
_ROBAT = re.compile("([ក-ឳ])([៉៊់]?)៌")
_SIGN_BEFORE_VOWEL = re.compile("([៉៊័់៍៏៎៝]+)([\u17b6-\u17c8]+)")


def sort_key(text: str) -> bytes:
    """Bytes that compare as `text` stands in a dictionary; equal only for texts that are equal but for
    invisible characters.
    """
    plain = _HIDDEN.sub("", to_ascii(unicodedata.normalize("NFC", text)))
    spoken = _ROBAT.sub(r"រ្\1\2", plain)
    sounded = "".join(_INDEPENDENT.get(letter, letter) for letter in spoken)
    # A sign stands between the parts of one vowel in the code (ស៊ុំ); behind them it leaves the vowel whole.
    first, second = _weights(_SIGN_BEFORE_VOWEL.sub(r"\2\1", sounded))
    if spoken != plain:
        second = [_ROBAT_WEIGHT, *second]
    third = bytes(2 if letter in _INDEPENDENT else 1 for letter in spoken)
    last = plain.encode("utf-8", "surrogatepass")
    weights = b"".join(weight.to_bytes(2, "big") for weight in first)
    return b"\0".join((weights + b"\0", bytes(second), third, last))


def _weights(text: str) -> tuple[list[int], list[int]]:
    """First- and second-level weights; a sign has no place of its own and adds to the second level of what
    it stands on.
    """
    first: list[int] = []
    second: list[int] = []
    for token in _TOKEN.findall(text):
        if token in _SECOND:
            if second:
                second[-1] = min(second[-1] * 16 + _SECOND[token], 255)
        elif token[0] in "0123456789":
            first += _amount(token)
            second.append(1)
        else:
            first.append(_FIRST.get(token) or _foreign(token))
            second.append(1)
    return first, second


def _amount(figures: str) -> list[int]:
    """The longer number is the larger: village 2 stands before village 10."""
    plain = figures.lstrip("0") or "0"
    return [_LENGTH + len(plain), *(_DIGIT + int(figure) for figure in plain)]


def _foreign(character: str) -> int:
    """Space before punctuation before digits before Khmer before other letters; small and large letters
    alike.
    """
    if character.isspace():
        return _SPACE
    if character.isalpha():
        return _LATIN + min(ord(character.casefold()[0]), 60000)
    return _PUNCTUATION + min(ord(character), 85)
