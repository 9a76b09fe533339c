"""Compares what poppler, pdfium and pypdf copy from a page with what was typed, letter by letter, space by space."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from cpdesk.printing.typeset.canvas import Look, Sheet
from cpdesk.printing.typeset.typeface import Typeface, plain
from tests.printing.reading import POPPLER, by_pdfium, by_poppler, by_pypdf
from tests.printing.verify.shapes import Wrong

READERS: dict[str, Callable[[bytes], list[str]]] = {"pdfium": by_pdfium, "pypdf": by_pypdf}
if POPPLER:
    READERS["poppler"] = by_poppler
_SIZE = 6.0
_STEP = 14.0  # points from line to line
_WIDEST = 14_000.0  # a page's, by ISO 32000
_TOGETHER = 40  # lines on a page
_AT_ONCE = 2000  # lines in a file: some readers slow down with the number of signs


def said(text: str) -> str:
    """`text` as a line of a page says it: one space for several, none at its ends; U+FEFF by its name of today."""
    return " ".join(plain(text).replace("\ufeff", "\u2060").split())


def pages(texts: Sequence[str], typeface: Typeface) -> bytes:
    """Each text on a line of its own."""
    look = Look(typeface, _SIZE)
    wide = min(max((look.width(text) for text in texts), default=0.0) + 40, _WIDEST)
    sheet = Sheet((wide, _TOGETHER * _STEP + 20), "")
    for number, text in enumerate(texts):
        if number and number % _TOGETHER == 0:
            sheet.showPage()
        sheet.show(20, (_TOGETHER - number % _TOGETHER) * _STEP, text, look)
    return sheet.finish()


def wrong_copies(texts: Sequence[str], typeface: Typeface, reader: str) -> Iterator[Wrong]:
    """Those of `texts` that `reader` copies from a page otherwise than they were typed."""
    typed = [text for text in map(said, texts) if text]
    for start in range(0, len(typed), _AT_ONCE):
        yield from _wrong(typed[start : start + _AT_ONCE], typeface, reader)


def _wrong(typed: Sequence[str], typeface: Typeface, reader: str) -> Iterator[Wrong]:
    """The same for what stands in one file."""
    for number, page in enumerate(READERS[reader](pages(typed, typeface))):
        want = typed[number * _TOGETHER : (number + 1) * _TOGETHER]
        got = [line.strip() for line in page.split("\n") if line.strip()]
        if len(got) != len(want):
            yield Wrong(want[0], typeface.name, f"a page of {len(want)} texts reads as {len(got)} lines")
            continue
        for text, copy in zip(want, got, strict=True):
            if text != copy:
                yield Wrong(text, typeface.name, f"is copied as {copy!r}: {_first_difference(text, copy)}")


def _first_difference(text: str, copy: str) -> str:
    for one, other in zip(text, copy, strict=False):
        if one != other:
            return f"{unicodedata.name(one, hex(ord(one)))} became {unicodedata.name(other, hex(ord(other)))}"
    return "one ends before the other"
