"""How right a typesetting program's pages are, by the means of `tests.printing.verify`.

Drawn: each word stands on a line of its own; the ink that pdfium shows for it is laid over what HarfBuzz's outlines
fill, both moved to the same corner. Wrong is a word of which either has ink more than three dots (of 72 in an em) from
the other's. How a program cuts words where a line ends is not seen here.

Copied: the words of pages of prose, in their order, in what each of pdfium, pypdf and poppler reads from them; the
invisible spaces that some programs were given are forgiven.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from cpdesk.khmer import breaks
from cpdesk.printing.typeset.typeface import house
from tests.bench.paper_jobs import Block
from tests.printing.verify import rasters
from tests.printing.verify.copying import READERS

_DOTS = 72  # an em of the words, on both sides
_APART = 30  # empty rows of dots between two words, at least
_FOOT = 50  # points at the lower edge of a page that hold its number
_NEAR = 7  # dots across in which ink may stray
_AHEAD = 80  # letters in which the next word of a text must come, beside those of words not found


def words_drawn(document: bytes, words: Sequence[str], size: float) -> float:
    """The share of `words` that are drawn right; each is a line, in their order, `size` points large."""
    lines = [line for page in _pages(document, _DOTS / size) for line in _lines(page)]
    if len(lines) != len(words):
        return float("nan")  # some line is not one word
    return sum(map(_drawn_right, lines, words)) / len(words)


def _pages(document: bytes, scale: float) -> Iterator[Image.Image]:
    """The left halves of pages, which hold all words, without their feet."""
    with pypdfium2.PdfDocument(document) as pdf:
        for index in range(len(pdf)):
            page = pdf[index].render(scale=scale, grayscale=True).to_pil().convert("L")
            yield page.crop((0, 0, page.width // 2, page.height - round(_FOOT * scale)))


def _lines(page: Image.Image) -> Iterator[Image.Image]:
    """The ink of each line of a page, cut out."""
    dots = _dark(page).tobytes()
    rows = [any(dots[start : start + page.width]) for start in range(0, len(dots), page.width)]
    start, last = -1, -1
    for y, ink in enumerate([*rows, *[False] * (_APART + 1)]):
        if ink:
            start, last = (y if start < 0 else start), y
        elif start >= 0 and y - last > _APART:
            strip = page.crop((0, start, page.width, last + 1))
            yield strip.crop(_dark(strip).getbbox())
            start = -1


def _dark(picture: Image.Image) -> Image.Image:
    return picture.point(lambda value: 255 if value < 215 else 0)


def _drawn_right(ink: Image.Image, word: str) -> bool:
    wanted = rasters.wanted([word], house().body)
    wanted = wanted.crop(_dark(wanted).getbbox())
    if abs(ink.width - wanted.width) > _NEAR or abs(ink.height - wanted.height) > _NEAR:
        return False
    room = (max(ink.width, wanted.width) + 2 * _NEAR, max(ink.height, wanted.height) + 2 * _NEAR)
    one, other = _laid(ink, room), _laid(wanted, room)
    return _covers(one, other) and _covers(other, one)


def _laid(picture: Image.Image, room: tuple[int, int]) -> Image.Image:
    out = Image.new("L", room, 255)
    out.paste(picture, (_NEAR, _NEAR))
    return out


def _covers(ink: Image.Image, other: Image.Image) -> bool:
    """Whether all of `other` lies near ink."""
    near = ink.filter(ImageFilter.MinFilter(_NEAR)).point(lambda value: 255 if value > 200 else 0)
    dark = other.point(lambda value: 255 if value < 110 else 0)
    return ImageChops.multiply(near, dark).getbbox() is None


def words_copied(document: bytes, blocks: Sequence[Block]) -> dict[str, float]:
    """The share of the job's words that each reader copies, in their order."""
    typed = [piece for text in _texts(blocks) for piece in map(_squeezed, breaks.pieces(text)) if piece]
    return {name: _found(_squeezed("".join(read(document))), typed) / len(typed) for name, read in READERS.items()}


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for what, content in blocks:
        if what == "table":
            yield from (cell for row in content for cell in row)
        else:
            yield content


def _squeezed(text: str) -> str:
    return re.sub("[\\s\u200b]+", "", text)


def _found(read: str, typed: Sequence[str]) -> int:
    at = found = missed = 0
    for word in typed:
        place = read.find(word, at, at + missed + _AHEAD)
        if place >= 0:
            found, at, missed = found + 1, place + len(word), 0
        else:
            missed += len(word)
    return found
