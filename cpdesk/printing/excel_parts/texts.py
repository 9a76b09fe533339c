"""What goes into one cell: pieces of long texts, numbers with the format that shows what the paper shows, names."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from itertools import accumulate

from cpdesk.khmer import breaks, digits
from cpdesk.printing.excel_parts.looks import Content, Fragment
from cpdesk.printing.typeset.typeface import plain

_MOST_LETTERS = 16_000  # of a cell; Excel takes 32,767 halves of 32 bits, and some letters are two
_MOST_LINES = 240  # Excel takes 253 line ends
_REACH = 24  # letters in which a cluster surely ends
_DIGITS = 15  # what an Excel number keeps
_KHMER_DIGITS = "[$-12000453]"  # digits of Khmer, the language of Cambodia
_SHORT = re.compile(
    r'[^"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]{1,60}'
)  # what a format can write beside a number
_BESIDE = frozenset("0123456789០១២៣៤៥៦៧៨៩.,-/")
_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]|_(?=x[0-9a-fA-F]{4}_)")  # the last reads as another letter


# --- long texts -----------------------------------------------------------------------------------------------------
def pieces(paragraphs: Content) -> list[Content]:
    """The text in parts that a cell holds. Joined they are the text; a line end parts two of them unless a paragraph
    was too long itself."""
    found: list[Content] = []
    part: list[tuple[Fragment, ...]] = []
    letters = 0
    for paragraph in paragraphs:
        cut = _cut(paragraph)
        for piece in cut:
            size = sum(len(one.text) for one in piece) + 1
            if part and (len(cut) > 1 or letters + size > _MOST_LETTERS or len(part) >= _MOST_LINES):
                found.append(tuple(part))
                part, letters = [], 0
            part.append(piece)
            letters += size
    return [*found, tuple(part)]


def _cut(paragraph: tuple[Fragment, ...]) -> list[tuple[Fragment, ...]]:
    """A paragraph in parts that are short enough, never inside a cluster."""
    if sum(len(one.text) for one in paragraph) < _MOST_LETTERS:
        return [paragraph]
    found: list[tuple[Fragment, ...]] = []
    for text, type_ in paragraph:
        at = 0
        while at < len(text):
            end = _end(text, at + _MOST_LETTERS)
            found.append((Fragment(text[at:end], type_),))
            at = end
    return found


def _end(text: str, wanted: int) -> int:
    """The last end of a cluster that is not beyond `wanted`."""
    if wanted >= len(text):
        return len(text)
    first = wanted - _REACH
    ends = [end for end in accumulate(map(len, breaks.clusters(text[first : wanted + _REACH]))) if end <= _REACH]
    return first + ends[-1] if ends else wanted


# --- numbers --------------------------------------------------------------------------------------------------------
def number_format(text: str, value: Decimal | int) -> str | None:
    """The format in which Excel writes `value` as `text`; None where it cannot keep or show it so.

    Marks of thousands and decimals are those of the computer that shows it.
    """
    if not _fits(value) or not _SHORT.fullmatch(text):
        return None
    for lang in ("km", "en"):
        for written, whole in ((digits.number(value, lang), "#,##0"), (digits.count(value, lang), "0")):
            if text.count(written) != 1:
                continue
            before, _number, after = text.partition(written)
            if before[-1:] in _BESIDE or after[:1] in _BESIDE:
                continue
            _whole, _mark, decimals = written.partition("," if lang == "km" else ".")
            shown = whole + ("." + "0" * len(decimals) if decimals else "")
            language = _KHMER_DIGITS if lang == "km" else ""
            return language + _literal(before) + shown + _literal(after)
    return None


def _literal(text: str) -> str:
    return f'"{text}"' if text else ""


def _fits(value: Decimal | int) -> bool:
    """Whether Excel keeps every digit."""
    number = Decimal(value)
    return number.is_finite() and len(number.as_tuple().digits) <= _DIGITS and abs(number) < Decimal(10) ** _DIGITS


# --- names ----------------------------------------------------------------------------------------------------------
def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """A name that Excel takes: none of the signs of a path, short, unlike all others whatever their case."""
    bare = " ".join(_FORBIDDEN.sub(" ", plain(wanted)).split())
    known = {name.casefold() for name in taken} | {"history"}
    n = 1
    while True:
        number = f" {digits.count(n)}" if n > 1 else ""
        name = (_short(bare, _LONGEST_NAME - len(number)).strip(" '") or digits.count(1)) + number
        if name.casefold() not in known:
            return name
        n += 1


def _short(text: str, most: int) -> str:
    """`text` cut at a word's end, else between clusters, to so many halves of 32 bits."""
    if _units(text) <= most:
        return text
    for cut in (breaks.pieces, breaks.clusters):
        out = ""
        for piece in cut(text[: most * 2]):
            if _units(out + piece.rstrip()) > most:
                break
            out += piece
        if out.strip():
            return out.rstrip()
    return ""


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
