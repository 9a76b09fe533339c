"""The texts that must come out right: hard words, everything the program says, every place of Cambodia."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from cpdesk import gazetteer
from cpdesk.paths import ROOT, TRANSLATIONS
from tests.printing.reading import hard_words
from tests.printing.verify.outlines import font_file

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_SAID = re.compile(rf"^(?:msgid|msgid_plural|msgstr(?:\[\d\])?) ({_QUOTED}(?:\n{_QUOTED})*)", re.MULTILINE)
_LARGE = ("CJK", "HANGUL SYLLABLE", "TANGUT", "EGYPTIAN", "CUNEIFORM", "KHITAN", "NUSHU", "ANATOLIAN", "SUTTON")
_OWN_WAY = "-\u202b\u202e"  # poppler joins lines at a hyphen, and wraps these marks in others
_DOUBLE = "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06\u0e33\u0eb3\u0340\u0341\u0344"  # viewers or HarfBuzz part them
_KHMER = re.compile("[\u1780-\u17ff]")


@lru_cache(maxsize=1)
def catalogues() -> tuple[str, ...]:
    """Every string of both catalogues, English and Khmer."""
    found: dict[str, None] = {}
    for path in sorted((TRANSLATIONS / "km").glob("*.po")):
        for said in _SAID.findall(path.read_text("utf-8")):
            text = "".join(ast.literal_eval(line) for line in said.split("\n"))
            if text.strip() and "Content-Type:" not in text:
                found[text] = None
    return tuple(found)


@lru_cache(maxsize=1)
def source_words() -> tuple[str, ...]:
    """Every Khmer string in the program's source: phrases of papers, labels and helps of kinds, words of charts."""
    files = [path for path in sorted((ROOT / "cpdesk").rglob("*.py")) if path.parent.name != "khmer"]  # letters
    return tuple({text: None for path in files for text in _khmer(path.read_text("utf-8"))})


def _khmer(source: str) -> Iterator[str]:
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            continue  # a pattern is no text
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and _KHMER.search(text) and text[0] != "[":  # nor is a part of one
            yield text
        waiting += ast.iter_child_nodes(node)


@lru_cache(maxsize=1)
def places() -> tuple[str, ...]:
    """The Khmer and the English name of every province, district, commune and village."""
    found: dict[str, None] = {}
    waiting = gazetteer.children()
    while waiting:
        place = waiting.pop()
        found[place.name_km] = found[place.name_en] = None
        waiting += gazetteer.children(place.code)
    return tuple(name for name in found if name)


def characters(every: int = 1) -> tuple[str, ...]:
    """Each character that Unicode assigns, and those for private use, between Khmer letters and alone.

    Of large blocks, in which all look the same here, one of sixteen. Left out is what viewers copy in forms of their
    own (writing from right to left, ligatures, narrow spaces) and what no font here has and HarfBuzz draws as more than
    one box (marks).
    """
    had = font_file("Battambang").letters | font_file("DejaVuSans").letters
    found = []
    for code in range(0, 0x110000, every):
        char = chr(code)
        category, mark = unicodedata.category(char), unicodedata.category(char)[0] == "M"
        if category in ("Cn", "Cs", "Zs") or char in _DOUBLE or (mark and char not in had):
            continue
        if unicodedata.bidirectional(char) in ("R", "AL", "AN") or char in _OWN_WAY:
            continue
        if unicodedata.name(char, "").startswith("ARABIC"):
            continue
        large = category == "Co" or unicodedata.name(char, "").startswith(_LARGE)
        if not large or code % (16 * every) == 0:
            found.append(f"ក{char}ខ" if mark else f"ក{char}ខ {char}")
    return tuple(found)


def texts() -> dict[str, tuple[str, ...]]:
    """All of them by name."""
    return {
        "hard words": tuple(hard_words()),
        "catalogues": catalogues(),
        "words in the source": source_words(),
        "names of places": places(),
    }
