"""Lays what a viewer shows over what HarfBuzz's outlines fill, dot by dot.

The page is drawn by pdfium, as Chrome shows it; the outlines are filled here, from the fonts as they ship and with no
word of the engine's. Both are grey pictures; they are alike if no dot of ink in one lies more than a dot away from ink
in the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from cpdesk.printing.typeset.canvas import Look, Sheet
from cpdesk.printing.typeset.typeface import Typeface, plain
from tests.printing.verify.outlines import Contour, font_file
from tests.printing.verify.shapes import Wrong

if TYPE_CHECKING:
    from cpdesk.printing.typeset.typeface import Part

_SIZE = 24.0  # points
_DOTS = 3  # a point, on both sides
_FINE = 4  # rows of outlines for one of the picture
_WIDE, _LINE = 620.0, 48.0  # points: the page, and each line of it
_LINES = 16
_INK, _FAINT = 150, 40  # how dark a dot of ink is, and how dark one beside it may be at least
_STEPS = 6  # straight pieces of one curve


def _points(contour: Contour) -> list[tuple[float, float]]:
    """The contour as a polygon."""
    out: list[tuple[float, float]] = []
    for kind, values in contour:
        if kind == "Q":
            (x0, y0), (cx, cy, x, y) = out[-1], values
            for n in range(1, _STEPS + 1):
                t = n / _STEPS
                a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
                out.append((a * x0 + b * cx + c * x, a * y0 + b * cy + c * y))
        else:
            out.append((values[0], values[1]))
    return out


class Ink:
    """A picture that outlines are filled into, by the rule of winding that fonts are drawn for."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._rows: list[list[tuple[float, int]]] = [[] for _row in range(height * _FINE)]

    def add(self, outline: Sequence[tuple[float, float]]) -> None:
        """A polygon in dots from the upper left corner."""
        for (x1, y1), (x2, y2) in pairwise([*outline, outline[0]]):
            turn = 1 if y2 > y1 else -1
            (top_x, top), (foot_x, foot) = sorted(((x1, y1 * _FINE), (x2, y2 * _FINE)), key=lambda point: point[1])
            for row in range(max(0, int(top + 0.5)), min(len(self._rows), int(foot + 0.5))):
                self._rows[row].append((top_x + (row + 0.5 - top) * (foot_x - top_x) / (foot - top), turn))

    def picture(self) -> Image.Image:
        """Dark on white."""
        grey = bytearray(b"\xff" * (self._width * self._height))
        for number in range(self._height):
            if not any(self._rows[number * _FINE : (number + 1) * _FINE]):
                continue
            covered = [0.0] * self._width
            for row in self._rows[number * _FINE : (number + 1) * _FINE]:
                for left, right in _filled(sorted(row)):
                    _cover(covered, max(left, 0.0), min(right, self._width - 0.001))
            for place, part in enumerate(covered):
                if part:
                    grey[number * self._width + place] = 255 - min(255, round(part * 255 / _FINE))
        return Image.frombytes("L", (self._width, self._height), bytes(grey))


def _filled(crossings: Sequence[tuple[float, int]]) -> Iterator[tuple[float, float]]:
    winding, start = 0, 0.0
    for x, turn in crossings:
        if not winding:
            start = x
        winding += turn
        if not winding:
            yield start, x


def _cover(covered: list[float], left: float, right: float) -> None:
    first, last = int(left), int(right)
    if first == last:
        covered[first] += max(0.0, right - left)
        return
    covered[first] += first + 1 - left
    for place in range(first + 1, last):
        covered[place] += 1
    covered[last] += right - last


def seen(document: bytes) -> Iterator[Image.Image]:
    """The pages as pdfium shows them."""
    with pypdfium2.PdfDocument(document) as pdf:
        for index in range(len(pdf)):
            page = pdf[index]
            yield page.render(scale=_DOTS, grayscale=True).to_pil().convert("L")
            page.close()


def wanted(texts: Sequence[str], typeface: Typeface) -> Image.Image:
    """A page of `texts`, a line for each, filled from the fonts' own outlines."""
    ink = Ink(round(_WIDE * _DOTS), round(len(texts) * _LINE * _DOTS))
    for number, text in enumerate(texts):
        x, baseline = 10.0, number * _LINE + 32
        for part in typeface.parts(text):
            x = _fill(ink, part, x, baseline)
    return ink.picture()


def _fill(ink: Ink, part: Part, x: float, baseline: float) -> float:
    """Fills one part; where the next begins. Who lends what is judged elsewhere (`shapes.lent_rightly`)."""
    file = font_file(part.face.name)
    shaped, scale = file.shaped(part.text), _SIZE * part.scale / file.upem
    for glyph in shaped.glyphs:
        for contour in file.contours(glyph.gid):
            ink.add([
                ((x + (px + glyph.x) * scale) * _DOTS, (baseline - (py + glyph.y) * scale) * _DOTS)
                for px, py in _points(contour)
            ])  # fmt: skip
    return x + part.width * _SIZE


def unlike(one: Image.Image, other: Image.Image) -> Image.Image:
    """Black where one picture has ink and the other has none near."""
    return ImageChops.darker(_alone(one, other), _alone(other, one))


def _alone(ink: Image.Image, beside: Image.Image) -> Image.Image:
    near = beside.filter(ImageFilter.MinFilter(3))
    dark, far = ink.point(lambda v: 255 if v < 255 - _INK else 0), near.point(lambda v: 255 if v > 255 - _FAINT else 0)
    return ImageChops.invert(ImageChops.multiply(dark, far))


def wrong_rasters(
    texts: Sequence[str], typeface: Typeface, folder: Path | None = None, name: str = ""
) -> Iterator[Wrong]:
    """Those of `texts` that a viewer shows otherwise than their outlines fill; letters that are thickened are left out.

    Into `folder` go pictures of both side by side, and of what differs, called after `name`.
    """
    look = Look(typeface, _SIZE)
    room = _WIDE - 20
    shown = [plain(text).replace("\n", " ") for text in texts]
    shown = [text for text in shown if text.strip() and look.width(text) < room]
    shown = [text for text in shown if not any(part.stroke for part in typeface.parts(text))]
    for start in range(0, len(shown), _LINES):
        page = shown[start : start + _LINES]
        sheet = Sheet((_WIDE, len(page) * _LINE), "")
        for number, text in enumerate(page):
            sheet.show(10, (len(page) - number) * _LINE - 32, text, look)
        (ours,), theirs = seen(sheet.finish()), wanted(page, typeface)
        differs = unlike(ours, theirs)
        for number, text in enumerate(page):
            tall = round(_LINE * _DOTS)
            strip = differs.crop((0, number * tall, differs.width, (number + 1) * tall))
            dots = strip.histogram()[0]
            if dots:
                yield Wrong(text, typeface.name, f"{dots} dots differ")
        if folder:
            _beside(ours, theirs, differs).save(folder / f"{name}-{typeface.name}-{start // _LINES + 1:03}.png")


def _beside(*pictures: Image.Image) -> Image.Image:
    wide = sum(picture.width for picture in pictures)
    out = Image.new("L", (wide, pictures[0].height), 255)
    at = 0
    for picture in pictures:
        out.paste(picture, (at, 0))
        at += picture.width
    return out
