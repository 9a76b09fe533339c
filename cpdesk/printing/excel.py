"""Papers as Excel workbooks: every `Document` as a sheet that reads like its page and whose numbers are numbers.

The text is the PDF's, letter for letter, in the same order. A paper is one sheet; a long table has a sheet to itself,
so that its heads, and no other's, come again on every page, and its columns are plain columns; paper of another shape
is another sheet. Charts are pictures with their numbers said in words, heat tables are tables. What anybody typed is
text: never a formula, a link or markup. Excel counts pages in its own digits and writes thousands and decimals with
the marks of the computer that shows them: those are the two things that may read otherwise than on our paper.

Nothing in the file knows the time: the same paper is the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import string
from collections.abc import Sequence
from typing import Any

from cpdesk import charts
from cpdesk.printing import document as model
from cpdesk.printing import drawn, heat_table
from cpdesk.printing.document import (
    Contents,
    Copies,
    Document,
    Facts,
    Heading,
    Listing,
    Part,
    Photo,
    Picture,
    Signed,
    Words,
)
from cpdesk.printing.excel_parts import frame, tables
from cpdesk.printing.excel_parts.grid import Grid
from cpdesk.printing.excel_parts.leaves import Leaf, leaves
from cpdesk.printing.excel_parts.looks import BODY, Formats, Fragment, Ground, Type, content
from cpdesk.printing.excel_parts.sheet import Box, Image, Rows
from cpdesk.printing.excel_parts.texts import sheet_name
from cpdesk.printing.typeset.pages import shortened
from cpdesk.printing.typeset.photo import PhotoBlock
from cpdesk.printing.typeset.styles import GREY, MARGIN_BOTTOM, MARGIN_RIGHT, MARGIN_TOP, styles
from cpdesk.printing.typeset.typeface import plain
from cpdesk.printing.word_parts.xml import hexed
from cpdesk.printing.wording import joined

_DAY = dt.datetime(2000, 1, 1)  # of every file, so that the same paper is the same bytes
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_A3, _A4 = 8, 9
_INCH = 72.0
_FOOT_AT = 24.0  # points from the edge of the paper
_LONGEST_FOOT = 255
_PICTURE = re.compile(r"&(?=G|\[)")
_SCREEN = 1240 * 0.75  # points of a sheet that a small screen shows
_ZOOMS = (100, 140)
_FROZEN = 170.0  # points at the top that may stay in sight
_TALLEST_PICTURE = 380.0
_GAP_BESIDE = 18.0
_DASH = "–"
_SMALL, _TITLE = Type(8.5, colour=hexed(GREY)), Type(14, title=True)
_LOOKS: dict[str, tuple[Type, Ground]] = {
    "body": (Type(), Ground("even")),
    "plain": (Type(), Ground("even")),
    "intro": (Type(), Ground("even")),
    "small": (_SMALL, Ground()),
    "bullet": (Type(), Ground(indent=1)),
    "point": (Type(), Ground(indent=1)),
    "indented": (Type(), Ground(indent=1)),
    "remark": (Type(10, colour=hexed(GREY)), Ground(indent=2)),
    "centre": (Type(), Ground("centre")),
    "address": (Type(11.5, bold=True), Ground("centre")),
}
_HEADINGS = (
    (Type(13, title=True), Ground("centre", "bottom"), 10.0),
    (Type(11.5, bold=True), Ground(stands="bottom"), 9.0),
    (Type(11, bold=True), Ground(stands="bottom"), 6.0),
)  # for each level: letters, where they stand, room above


def render(*documents: Document) -> bytes:
    """The papers one after another in one workbook, each with page numbers of its own."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        author = joined(*(_line(line) for line in documents[0].head.issuer_lines))
        book.set_properties({"title": _line(documents[0].name)[:255], "author": author[:255], "created": _DAY})
        formats = Formats(book)
        names: list[str] = []
        for data in documents:
            for leaf in leaves(data, several=len(documents) > 1):
                names.append(sheet_name(leaf.name, names))
                _Writer(book.add_worksheet(names[-1]), data, leaf, formats).write()
    return out.getvalue()


def _line(text: str) -> str:
    return plain(text).replace("\n", " ")


# --- a sheet --------------------------------------------------------------------------------------------------------
class _Writer:
    """Writes one sheet."""

    def __init__(self, sheet: Any, data: Document, leaf: Leaf, formats: Formats) -> None:
        self._sheet, self._data, self._leaf = sheet, data, leaf
        self._formats = formats
        self._edges: dict[int, list[float]] = {}  # of tables, by which they are
        self._rows = Rows(self._grid())
        self._heads: list[tuple[int, int]] = []
        self._tables = 0

    def write(self) -> None:
        if self._leaf.first:
            self._head()
        for part in self._leaf.parts:
            self._part(part)
        self._page()

    def _grid(self) -> Grid:
        """The columns of all that stands on it, those of the widest table first."""
        leaf, grid = self._leaf, Grid(self._leaf.paper.width)
        listings = [part for part in leaf.parts if isinstance(part, Listing) and part.lines]
        heats = [chart for part in leaf.parts if isinstance(part, Picture) for _name, chart in part.charts]
        listings += [heat_table.table(chart).listing for chart in heats if isinstance(chart, charts.Heat)]
        for one in sorted(listings, key=lambda one: (-len(one.columns), -len(one.lines))):
            self._edges[id(one)] = tables.edges(one, grid.width)
            grid.take(self._edges[id(one)])
        for part in leaf.parts:
            if isinstance(part, Facts) and part.rows:
                grid.take(tables.fact_edges(part, grid.width), loose=True, room=True)
            elif isinstance(part, Signed):
                for edges in frame.signed_edges(part, grid.width):
                    grid.take(edges, loose=True)
            elif isinstance(part, Picture) and _side_by_side(part):
                grid.take(_beside(len(part.charts), grid.width), loose=True)
        if leaf.first:
            grid.take(frame.issuer_edges(self._data.head, self._data.phrases, grid.width), loose=True, room=True)
        return grid

    def _head(self) -> None:
        data, rows = self._data, self._rows
        if data.official:
            frame.letterhead(rows, data.head, data.phrases)
        if not data.title:
            return
        frame.across(rows, content(data.title, _TITLE), Ground("centre", "middle"), least=28)
        for line in data.subtitles:
            if line.strip():
                look = content(line, Type(11.5, bold=True))
                frame.across(rows, look, Ground("centre", "middle"), least=20)
        frame.ornament(rows, 0.7)

    def _part(self, part: Part) -> None:
        rows = self._rows
        if isinstance(part, Heading):
            type_, ground, before = _HEADINGS[part.level]
            rows.gap(before)
            frame.across(rows, content(part.text, type_), ground)
        elif isinstance(part, Words):
            if model.plain(part.text).strip() or part.lead:
                self._words(part)
        elif isinstance(part, Facts) and part.rows:
            tables.facts(rows, part)
        elif isinstance(part, Listing) and part.lines:
            self._listing(part)
        elif isinstance(part, Picture) and part.charts:
            self._picture(part)
        elif isinstance(part, Photo):
            size = PhotoBlock(part.data, part.words, part.wide, part.tallest).size(rows.grid.width)
            rows.images([Image(part.data, size, (rows.grid.width - size[0]) / 2, part.words)])
        elif isinstance(part, Contents):
            for one in self._data.headings:
                frame.across(rows, content(one.text, Type(bold=one.level == 1)), Ground(indent=one.level - 1))
        elif isinstance(part, Signed):
            frame.signed(rows, part, self._data.head, self._data.phrases)
        elif isinstance(part, Copies):
            frame.copies(rows, part)

    def _words(self, words: Words) -> None:
        type_, ground = _LOOKS[words.look]
        lead = f"{words.lead} " if words.lead else ""
        text = tables.spanned(words.text, type_, lead)
        label = words.label or (_DASH if words.look == "bullet" else "")
        if label:
            text = ((Fragment(f"{plain(label)} ", type_), *text[0]), *text[1:])
        frame.across(self._rows, text, ground)

    def _listing(self, part: Listing) -> None:
        self._tables += 1
        heads = tables.listing(self._rows, part, self._edges[id(part)])
        if heads:
            self._heads.append(heads)

    # --- charts -----------------------------------------------------------------------------------------------------
    def _picture(self, picture: Picture) -> None:
        """Charts side by side; under one another where one of them is a table."""
        width = self._rows.grid.width
        if not _side_by_side(picture):
            for name, chart in picture.charts:
                self._titles([name], [0.0, width])
                if isinstance(chart, charts.Heat):
                    self._heat(chart)
                else:
                    for image in self._images(name, chart, 0.0, width, picture.tall):
                        self._rows.images([image])
            return
        edges = _beside(len(picture.charts), width)
        self._titles([name for name, _chart in picture.charts], edges)
        wide = (width - _GAP_BESIDE * (len(picture.charts) - 1)) / len(picture.charts)
        drawn_ones = [
            self._images(name, chart, n * (wide + _GAP_BESIDE), wide, picture.tall)
            for n, (name, chart) in enumerate(picture.charts)
        ]
        for n in range(max(map(len, drawn_ones))):
            self._rows.images([images[n] for images in drawn_ones if n < len(images)])

    def _titles(self, names: Sequence[str], edges: Sequence[float]) -> None:
        at = self._rows.grid.place(edges)
        type_, ground, _before = _HEADINGS[2]
        boxes = [Box(content(name, type_), at[n], at[n + 1], ground) for n, name in enumerate(names) if name]
        if boxes:
            self._rows.row(boxes)

    def _images(self, name: str, chart: charts.Chart, left: float, width: float, tall: float | None) -> list[Image]:
        said = "\n".join(part for part in (name, charts.describe(chart)) if part) or " "
        room = min(_TALLEST_PICTURE, self._leaf.paper.room * 0.9)
        return [
            Image(data, (wide, high), left, plain(said)) for data, wide, high in drawn.chart(chart, width, room, tall)
        ]

    def _heat(self, chart: charts.Heat) -> None:
        warm = heat_table.table(chart)
        edges = tables.edges(warm.listing, self._rows.grid.width)
        self._tables += 1
        heads = tables.listing(self._rows, warm.listing, edges, warm.fills)
        if heads:
            self._heads.append(heads)
        if chart.note:
            frame.across(self._rows, content(chart.note, _SMALL))

    # --- pages ------------------------------------------------------------------------------------------------------
    def _page(self) -> None:
        """How it prints, and what stays in sight: the heads of the only table of the sheet."""
        sheet, paper, rows = self._sheet, self._leaf.paper, self._rows
        sheet.set_paper(_A3 if paper.large else _A4)
        if paper.landscape:
            sheet.set_landscape()
        points = (paper.left, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM)
        sheet.set_margins(*(margin / _INCH for margin in points))
        repeated = self._heads[0] if len(self._heads) == self._tables == 1 else None
        head = rows.high_to(repeated[1] + 1) - rows.high_to(repeated[0]) if repeated else 0.0
        pages = rows.pages(paper.room, head)
        sheet.fit_to_pages(1, pages)
        if self._leaf.first:
            sheet.set_start_page(1)
        if not (pages == 1 and self._leaf.alone):
            sheet.set_footer(self._foot(), {"margin": _FOOT_AT / _INCH})
        sheet.hide_gridlines(2)
        least, most = _ZOOMS
        sheet.set_zoom(max(min(round(_SCREEN / paper.width * 100), most), least))
        rows.write(sheet, self._formats, paper.room, head)
        if repeated:
            sheet.repeat_rows(*map(rows.start, repeated))
            if rows.high_to(repeated[1] + 1) <= _FROZEN:
                sheet.freeze_panes(rows.start(repeated[1]) + 1, 0)

    def _foot(self) -> str:
        """What the paper is called, and which of its pages this is."""
        look = styles().small.look
        told = ""
        for literal, name, _spec, _conversion in string.Formatter().parse(self._data.phrases.page):
            told += literal.replace("&", "&&") + {"page": "&P", "pages": "&N"}.get(name or "", "")
        title = shortened(_line(self._data.name), look, self._leaf.paper.width * 0.7)
        title = _PICTURE.sub("& ", title)  # "&G" asks for a picture
        type_ = f'&"{BODY},Regular"&8'
        while True:
            foot = f"&L{type_} {title.replace('&', '&&')}&R{type_} {told}"
            if len(foot.encode("utf-16-le")) // 2 <= _LONGEST_FOOT or not title:
                return foot
            title = title[:-1]


def _side_by_side(picture: Picture) -> bool:
    return len(picture.charts) > 1 and not any(isinstance(chart, charts.Heat) for _name, chart in picture.charts)


def _beside(count: int, width: float) -> list[float]:
    """Where charts stand side by side."""
    return [width * n / count for n in range(count + 1)]
