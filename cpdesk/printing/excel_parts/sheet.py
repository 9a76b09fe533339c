"""Rows of a sheet from the top down: cells in one or several columns of its grid, as high as their text."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from cpdesk.printing.excel_parts.grid import Grid
from cpdesk.printing.excel_parts.looks import (
    BARE,
    PLAIN,
    Content,
    Formats,
    Fragment,
    Ground,
    Type,
    height,
    line_height,
    written,
)
from cpdesk.printing.excel_parts.texts import pieces

_TALLEST = 400.0  # points of a row; Excel takes 409.5
_PIXEL = 96 / 72  # in a point
_ESCAPE = re.compile("(?<=_x)(?=[0-9a-fA-F]{4}_)")  # where Excel would read a letter's number
_RAW = ("<r>", "</r>")  # a text between these is taken for XML by xlsxwriter


@dataclass(frozen=True)
class Box:
    """A cell over the columns `first` to `end` (not included) of the grid and `down` rows.

    A `number` is written in its `shown` format in place of the text; the text still says how wide it is.
    """

    content: Content
    first: int
    end: int
    ground: Ground = BARE
    number: Decimal | int | None = None
    shown: str = ""
    down: int = 1

    @property
    def type(self) -> Type:
        """The look of the whole cell: that of its first letters."""
        return next((one.type for paragraph in self.content for one in paragraph), PLAIN)


@dataclass(frozen=True)
class Image:
    """A PNG at `left` points from the margin. `words` say it to who cannot see it; without them it is an ornament."""

    data: bytes
    size: tuple[float, float]
    left: float
    words: str = ""


class Rows:
    """Writes a sheet; `at` is the row that comes next, `tops` how far down each row stands."""

    def __init__(self, sheet: Any, grid: Grid, formats: Formats) -> None:
        self.sheet, self.grid, self._formats = sheet, grid, formats
        self.at = 0
        self.tops = [0.0]
        right = done = 0
        for n, width in enumerate(grid.widths):
            right += round(width * 1000)
            pixels = math.floor(right / 1000 * _PIXEL) - done
            sheet.set_column_pixels(n, n, pixels)
            done += pixels

    def gap(self, points: float) -> None:
        self._high(points)

    def row(self, boxes: Sequence[Box], least: float = 0.0) -> None:
        """Cells beside one another, each as high as the highest; over several rows where one row cannot be so high."""
        parts = [pieces(box.content) for box in boxes]
        count = max((len(part) for part in parts), default=1)
        for n in range(count):
            now = []
            for box, part in zip(boxes, parts, strict=True):
                lines = _without("t" if n else "", _without("b" if n < count - 1 else "", box.ground.lines))
                text = part[n] if n < len(part) else ()
                now.append(replace(box, content=text, ground=box.ground._replace(lines=lines)))
            self._row(now, least)

    def _row(self, boxes: Sequence[Box], least: float) -> None:
        high = max([least, *(self._wants(box) for box in boxes)])
        several = max(math.ceil(high / _TALLEST), 1)
        top = self.at
        for _n in range(several):
            self._high(high / several)
        for box in boxes:
            self._cell(top, replace(box, down=several))

    def heads(self, upper: Sequence[Box], lower: Sequence[Box]) -> None:
        """Two rows of which cells of the first may reach down into the second."""
        second = max(self._wants(box) for box in lower)
        first = max((self._wants(box) for box in upper if box.down == 1), default=0.0)
        both = max((self._wants(box) for box in upper if box.down > 1), default=0.0)
        top = self.at
        self._high(min(first, _TALLEST))
        self._high(min(max(second, both - first), _TALLEST))
        for box in upper:
            self._cell(top, box)
        for box in lower:
            self._cell(top + 1, box)

    def images(self, images: Sequence[Image], after: float = 4.0) -> None:
        """Pictures beside one another in a row of their own."""
        self._high(max(image.size[1] for image in images) + after)
        for image in images:
            self.image(image, self.at - 1)

    def image(self, image: Image, row: int) -> None:
        from PIL import Image as Pillow

        with Pillow.open(io.BytesIO(image.data)) as picture:
            wide, high = picture.size
        said = {"description": image.words} if image.words else {"decorative": True}
        options = {
            "image_data": io.BytesIO(image.data),
            "x_offset": image.left * _PIXEL,
            "x_scale": image.size[0] * _PIXEL / wide,
            "y_scale": image.size[1] * _PIXEL / high,
            "object_position": 2,
            **said,
        }
        self.sheet.insert_image(row, 0, "picture.png", options)

    def _wants(self, box: Box) -> float:
        if box.number is not None:
            return line_height(box.type)
        return height(box.content, self.grid.span(box.first, box.end), box.ground.indent)

    def _high(self, points: float) -> None:
        self.sheet.set_row(self.at, math.ceil(points * _PIXEL) / _PIXEL)
        self.at += 1
        self.tops.append(self.tops[-1] + points)

    def _cell(self, row: int, box: Box) -> None:
        look = self._formats.cell(box.type, box.ground, box.shown or ("@" if box.content else ""))
        if box.end - box.first > 1 or box.down > 1:
            self.sheet.merge_range(row, box.first, row + box.down - 1, box.end - 1, "", look)
        if box.number is not None:
            self.sheet.write_number(row, box.first, float(box.number), look)
        elif box.content:
            self._text(row, box.first, box.content, look)
        else:
            self.sheet.write_blank(row, box.first, None, look)

    def _text(self, row: int, column: int, content: Content, look: Any) -> None:
        """As text, whatever it looks like: never a formula, a link or markup."""
        text = written(content)
        fragments = _runs(content)
        if len({one.type for one in fragments}) < 2 and not (text.startswith(_RAW[0]) and text.endswith(_RAW[1])):
            done = self.sheet.write_string(row, column, text, look)
        else:
            split = [part for one in fragments for part in _parted(one)]
            if len(split) == 1:  # a text that would be taken for XML
                split = [Fragment(text[:1], split[0].type), Fragment(text[1:], split[0].type)]
            told = [part for one in split for part in (self._formats.fragment(one.type), one.text)]
            done = self.sheet.write_rich_string(row, column, *told, look)
        if done:
            raise ValueError(f"a cell that Excel does not take: {text[:40]!r}")


def _without(sides: str, lines: str) -> str:
    return "".join(side for side in lines if side not in sides)


def _runs(content: Content) -> list[Fragment]:
    """The letters with line ends between paragraphs; neighbours in one look are one."""
    found: list[Fragment] = []
    for n, paragraph in enumerate(content):
        for k, one in enumerate(paragraph):
            text = ("\n" if n and not k else "") + one.text
            if found and found[-1].type == one.type:
                found[-1] = Fragment(found[-1].text + text, one.type)
            elif text:
                found.append(Fragment(text, one.type))
    return found


def _parted(one: Fragment) -> list[Fragment]:
    """Cut wherever a stretch reads like the number of a letter (_x0041_), which xlsxwriter escapes twice."""
    return [Fragment(part, one.type) for part in _ESCAPE.split(one.text) if part]
