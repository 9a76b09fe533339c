"""Free text that looks as if it told of one named child: a name beside an age under 18, or a long number such as a
phone, a certificate, an identity card.

The desk has no place for a child's name, but a long text takes anything. Nothing is refused: whoever writes is asked
gently to write how many and not who. Ordinary sentences of plans and minutes ("children aged 12–14", sums of money,
years) must stay quiet, or nobody would read the warning.
"""

from __future__ import annotations

import re

from cpdesk.khmer.digits import to_ascii

NAME, NUMBER = "name", "number"
ADULT = 18
DIGITS = 9  # a certificate, an identity card, a phone; sums are grouped and followed by their currency
LONGEST = 20_000  # letters that are looked at

_HIDDEN = re.compile("[\u200b-\u200f\u2060\ufeff]")
_WORD = "[\u1780-\u17d3]"
# What may stand before an age without being anybody's name.
_COMMON_WORDS = (
    "កុមារ កុមារា កុមារី ក្មេង ក្មេងស្រី ក្មេងប្រុស សិស្ស ស្រី ប្រុស នាក់ អ្នក ដែល មាន និង ឬ ពី ក្រោម លើ រហូត ដល់ ចាប់ពី "
    "គ្រប់ ក្រុម យុវជន យុវតី អនីតិជន ទារក កូន គ្រួសារ ចំនួន សរុប ភេទ ភេទស្រី ភេទប្រុស ជា នៅ ក្នុង ចន្លោះ អាយុ ម្នាក់ នោះ "
    "ស្ត្រី បុរស មនុស្ស ប្រជាជន ជន កុមារដែល កុមារមាន សម្រាប់ ដោយ មិន ទាំង ថ្នាក់ តូច ធំ ភាគច្រើន ជាង "
    "children child girls boys girl boy students pupils the all young people under from grade year"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_CALLED = "ឈ្មោះ"
_AGE = r"(?:អាយុ\s*(?P<age>\d{1,2})(?![\d–-])\s*(?:ឆ្នាំ|ខែ)|\(\s*(?P<bare>\d{1,2})\s*ឆ្នាំ\s*\))"
_SEX = r"(?:ភេទ\s*(?:ស្រី|ប្រុស)|ស្រី|ប្រុស)"
_KHMER = re.compile(rf"(?P<first>{_WORD}{{2,14}}) (?P<second>{_WORD}{{2,18}})[ ,]*(?:{_SEX}[ ,]*)?{_AGE}")
_SAID = re.compile(rf"{_CALLED}\s*(?P<who>{_WORD}+)[^។\n]{{0,60}}?{_AGE}")
_LATIN = re.compile(
    r"\b(?P<first>[A-Z][a-z]+) (?P<second>[A-Z][a-z]+),? (?:is |who is )?"
    r"(?:\(?(?:aged?|age:?) (?P<age>\d{1,2})\b(?!\s*[–-]\s*\d)|\(?(?P<old>\d{1,2})[ -]years?[ -]old"
    r"|\((?P<bare>\d{1,2})\))"
)
_RUN = re.compile(r"(?<![\d.,/])\d(?:[ -]?\d){8,19}(?![\d.,/]?\d)")
_MONEY = re.compile(r"\s*(?:៛|រៀល|ដុល្លារ|\$|USD|KHR|riel)", re.IGNORECASE)


def looks_like_a_child(text: str) -> str:
    """`NAME`, `NUMBER`, or "" where the text tells of nobody."""
    plain = to_ascii(_HIDDEN.sub("", text[:LONGEST]))
    if not any(letter.isdigit() for letter in plain):
        return ""
    if any(map(_names, _KHMER.finditer(plain))) or any(map(_young, _SAID.finditer(plain))):
        return NAME
    if any(map(_names, _LATIN.finditer(plain))):
        return NAME
    return NUMBER if any(_is_number(plain, run) for run in _RUN.finditer(plain)) else ""


def _names(found: re.Match[str]) -> bool:
    words = (found["first"], found["second"])
    common = any(word.lower() in _COMMON or word.startswith("កុមារ") for word in words)
    return not common and _young(found)


def _young(found: re.Match[str]) -> bool:
    told = next((age for key, age in found.groupdict().items() if age and key in ("age", "bare", "old")), "")
    return bool(told) and int(told) < ADULT


def _is_number(text: str, run: re.Match[str]) -> bool:
    """A long run that is no sum of money and no span of years."""
    digits = re.sub(r"\D", "", run[0])
    if _MONEY.match(text, run.end()) or text[: run.start()].rstrip().endswith(("$", "៛")):
        return False
    plain = run[0].isdigit()
    return len(digits) >= DIGITS if plain else digits.startswith("0") and DIGITS <= len(digits) <= 11
