"""Rows of a sheet from the top down: cells in one or several columns of its grid, as high as their text."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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
_SPARE, _MOST_SPARE = 12.0, 24  # points of an empty row, and how many may fill a page
_MAYBE = (0.98, 1.0, 1.02, 1.04, 1.06)  # how high a page may turn out; programs and printers differ
_SURE = 3  # pages; further on nobody can tell where one ends
_LITTLE_MORE = 1.25  # a sheet that takes up to so many times the pages is shrunk to fit them
_ESCAPE = re.compile("(?<=_x)(?=[0-9a-fA-F]{4}_)")  # where Excel would read a letter's number
_RAW = "<r>"  # xlsxwriter takes a text that begins so for XML of its own


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


@dataclass
class _Record:
    """One row: how high, and what begins in it."""

    high: float
    boxes: list[Box] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


class Rows:
    """Gathers the rows of a sheet and writes them, so that what belongs together stands on one page.

    Excel keeps no rows together and, where a sheet is fitted to the width of its paper, takes no page breaks: so empty
    rows fill the page before a signature that would be torn. A sheet that is little more than one, two or three pages
    is made to fit them.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._records: list[_Record] = []
        self._starts: list[int] = []
        self._whole: list[tuple[int, int]] = []

    @property
    def at(self) -> int:
        """The number of the row that comes next, by which `start` knows it later."""
        return len(self._records)

    @property
    def high(self) -> float:
        """The height of all rows so far."""
        return self.high_to(self.at)

    def high_to(self, row: int) -> float:
        return sum(one.high for one in self._records[:row])

    def pages(self, room: float, heads: float) -> int:
        """How many pages it is made to fit, 0 where there are too many to be told. `room` is the height of a page,
        `heads` that of what comes again at the top of each."""
        high = self.high
        fitting = (n for n in range(1, _SURE + 1) if high + heads * (n - 1) <= room * n * _LITTLE_MORE)
        return next(fitting, 0)

    def start(self, row: int) -> int:
        """Where on the written sheet that row is."""
        return self._starts[row]

    def keep(self, first: int) -> None:
        """The rows from that one to here stand on one page."""
        self._whole.append((first, self.at))

    def gap(self, points: float) -> None:
        self._add(points)

    def row(self, boxes: Sequence[Box], least: float = 0.0) -> None:
        """Cells beside one another, each as high as the highest; over several rows where one row cannot be so high."""
        parts = [pieces(box.content) for box in boxes]
        count = max((len(part) for part in parts), default=1)
        if count == 1:
            self._row(boxes, least)
            return
        for n in range(count):
            now = []
            for box, part in zip(boxes, parts, strict=True):
                lines = _without("t" if n else "", _without("b" if n < count - 1 else "", box.ground.lines))
                text = part[n] if n < len(part) else ()
                number = None if n else box.number
                now.append(replace(box, content=text, ground=box.ground._replace(lines=lines), number=number))
            self._row(now, least)

    def _row(self, boxes: Sequence[Box], least: float) -> None:
        high = max([least, *(self._wants(box) for box in boxes)])
        several = max(math.ceil(high / _TALLEST), 1)
        first = self._add(high / several)
        for _n in range(several - 1):
            self._add(high / several)
        first.boxes = [replace(box, down=several) for box in boxes] if several > 1 else list(boxes)

    def heads(self, upper: Sequence[Box], lower: Sequence[Box]) -> None:
        """Two rows of which cells of the first may reach down into the second."""
        second = max(self._wants(box) for box in lower)
        first = max((self._wants(box) for box in upper if box.down == 1), default=0.0)
        both = max((self._wants(box) for box in upper if box.down > 1), default=0.0)
        self._add(min(first, _TALLEST)).boxes = list(upper)
        self._add(min(max(second, both - first), _TALLEST)).boxes = list(lower)

    def images(self, images: Sequence[Image], after: float = 4.0) -> None:
        """Pictures beside one another in a row of their own."""
        self._add(max(image.size[1] for image in images) + after).images = list(images)

    def _wants(self, box: Box) -> float:
        if box.number is not None:
            return line_height(box.type)
        return height(box.content, self.grid.span(box.first, box.end), box.ground.indent)

    def _add(self, points: float) -> _Record:
        self._records.append(_Record(math.ceil(points * _PIXEL) / _PIXEL))
        return self._records[-1]

    # --- writing ----------------------------------------------------------------------------------------------------
    def write(self, sheet: Any, formats: Formats, room: float, heads: float) -> None:
        """All of it, for pages as in `pages`."""
        writer = _Cells(sheet, formats)
        _columns(sheet, self.grid)
        spare = self._spare(room, heads)
        at = 0
        for n, record in enumerate(self._records):
            for _empty in range(spare.get(n, 0)):
                sheet.set_row(at, _SPARE)
                at += 1
            self._starts.append(at)
            sheet.set_row(at, record.high)
            for box in record.boxes:
                writer.cell(at, box)
            for image in record.images:
                writer.image(at, image)
            at += 1

    def _spare(self, room: float, heads: float) -> dict[int, int]:
        """How many empty rows stand before what is kept whole: so few that it is torn on no page that might be."""
        found: dict[int, int] = {}
        last = self.pages(room, heads) or _SURE + 1
        for first, end in self._whole:
            for count in range(_MOST_SPARE + 1):
                tried = {**found, first: count}
                if not any(self._torn(first, end, tried, room * most, heads, last) for most in _MAYBE):
                    found = tried
                    break
        return found

    def _torn(self, first: int, end: int, spare: dict[int, int], room: float, heads: float, last: int) -> bool:
        """Whether a page before the `last` ends between those rows, as far as that can be told."""
        used, pages, page_of_first = 0.0, 1, 0
        for n, record in enumerate(self._records[:end]):
            for high in (*[_SPARE] * spare.get(n, 0), record.high):
                used += high
                if used > room and pages < last:
                    used, pages = heads + high, pages + 1
                    if pages > _SURE:
                        return False
            if n == first:
                page_of_first = pages
        return pages != page_of_first


def _columns(sheet: Any, grid: Grid) -> None:
    done, right = 0, 0.0
    for n, width in enumerate(grid.widths):
        right += width
        pixels = math.floor(round(right * _PIXEL, 3)) - done
        sheet.set_column_pixels(n, n, pixels)
        done += pixels


class _Cells:
    """Puts cells and pictures into a sheet."""

    def __init__(self, sheet: Any, formats: Formats) -> None:
        self._sheet, self._formats = sheet, formats

    def image(self, row: int, image: Image) -> None:
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
        self._sheet.insert_image(row, 0, "picture.png", options)

    def cell(self, row: int, box: Box) -> None:
        look = self._formats.cell(box.type, box.ground, box.shown or ("@" if box.content else ""))
        if box.end - box.first > 1 or box.down > 1:
            self._sheet.merge_range(row, box.first, row + box.down - 1, box.end - 1, "", look)
        if box.number is not None:
            self._sheet.write_number(row, box.first, float(box.number), look)
        elif box.content:
            self._text(row, box.first, box.content, look)
        else:
            self._sheet.write_blank(row, box.first, None, look)

    def _text(self, row: int, column: int, content: Content, look: Any) -> None:
        """As text, whatever it looks like: never a formula, a link or markup."""
        text = written(content)
        fragments = _runs(content)
        if len(fragments) == 1 and not _ESCAPE.search(text) and not text.startswith(_RAW):
            done = self._sheet.write_string(row, column, text, look)
        else:
            split = [part for one in fragments for part in _parted(one)]
            if len(split) == 1:
                split = [Fragment(text[:1], split[0].type), Fragment(text[1:], split[0].type)]
            told = [part for one in split for part in (self._formats.fragment(one.type), one.text)]
            done = self._sheet.write_rich_string(row, column, *told, look)
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
    """Cut wherever a stretch reads like the number of a letter (_x0041_): xlsxwriter escapes it once too often, or of
    two that touch only one."""
    return [Fragment(part, one.type) for part in _ESCAPE.split(one.text) if part]
