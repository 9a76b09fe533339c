"""The words on finished pages, to be searched. Called in the worker only, as `ui.widgets.paper`.

Khmer is searched as a reader sees it: blanks, line ends and marks of word breaks count for nothing, Khmer and Latin
digits are the same, and so are small and capital letters.
"""

from __future__ import annotations

import ctypes
import io
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from cpdesk.khmer.digits import to_ascii
from ui.widgets.paper import one_at_a_time

_PASSED_OVER = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufffe\0")


@dataclass(frozen=True)
class PageWords:
    """The letters of one page that count, and of each its place in parts of the page's width and height."""

    letters: str
    places: tuple[tuple[float, float, float, float], ...]  # left, top, right, bottom


@dataclass(frozen=True)
class Hit:
    """A place where it stands: the page, from 0, and a box for each line that it reaches over."""

    page: int
    boxes: tuple[QRectF, ...]


def folded(text: str) -> str:
    """`text` as it is compared."""
    return "".join(_fold(letter) for letter in text)


def _fold(letter: str) -> str:
    return "" if letter.isspace() or letter in _PASSED_OVER else to_ascii(letter).casefold()


def page_words(pdf: bytes) -> list[PageWords]:
    """What stands on each page."""
    import pypdfium2

    with one_at_a_time, pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        found = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            try:
                found.append(_words(text, *page.get_size()))
            finally:
                text.close()
                page.close()
        return found


def _words(text: object, width: float, height: float) -> PageWords:
    import pypdfium2.raw as pdfium

    letters: list[str] = []
    places: list[tuple[float, float, float, float]] = []
    left, right, bottom, top = (ctypes.c_double() for _side in range(4))
    for at in range(pdfium.FPDFText_CountChars(text)):
        letter = _fold(chr(pdfium.FPDFText_GetUnicode(text, at)))
        if letter:
            pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top)
            place = (left.value / width, 1 - top.value / height, right.value / width, 1 - bottom.value / height)
            letters.append(letter)
            places += [place] * len(letter)
    return PageWords("".join(letters), tuple(places))


def search(pages: list[PageWords], wanted: str) -> list[Hit]:
    """Every place where `wanted` stands, from the first page to the last; none for nothing."""
    key = folded(wanted)
    if not key:
        return []
    found = []
    for number, page in enumerate(pages):
        at = page.letters.find(key)
        while at >= 0:
            found.append(Hit(number, _boxes(page.places[at : at + len(key)])))
            at = page.letters.find(key, at + len(key))
    return found


def _boxes(places: tuple[tuple[float, float, float, float], ...]) -> tuple[QRectF, ...]:
    """A box around the letters of each line."""
    lines: list[list[float]] = []
    for left, top, right, bottom in places:
        now = lines[-1] if lines else None
        if now is not None and now[0] <= left + 0.02 and top < now[3] and bottom > now[1]:
            now[1], now[2], now[3] = min(now[1], top), max(now[2], right), max(now[3], bottom)
        else:
            lines.append([left, top, right, bottom])
    return tuple(QRectF(left, top, right - left, bottom - top) for left, top, right, bottom in lines)
