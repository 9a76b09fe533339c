"""Papers about a plan: its matrix, its progress, its budget, its thread. One layout for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from cpdesk.printing import official
from cpdesk.printing.report_model import (
    Cell,
    Heading,
    Line,
    ListColumn,
    Listing,
    Picture,
    ReportData,
    Signed,
    Turn,
    Words,
)
from cpdesk.printing.report_model import Part as ReportPart
from cpdesk.printing.typeset import pages
from cpdesk.printing.typeset.canvas import Colour, Look
from cpdesk.printing.typeset.chart import ChartBlock, Over, SideBySide, Stack
from cpdesk.printing.typeset.flow import Block
from cpdesk.printing.typeset.pages import Paper
from cpdesk.printing.typeset.paragraph import Paragraph, Run, Style
from cpdesk.printing.typeset.styles import styles
from cpdesk.printing.typeset.table import Cell as TableCell
from cpdesk.printing.typeset.table import Grid, Row, Table
from cpdesk.printing.typeset.typeface import house
from cpdesk.printing.wording import joined

_FILLS: dict[str, Colour] = {"band": (0.87, 0.90, 0.93), "subband": (0.945, 0.955, 0.965), "total": (0.93, 0.94, 0.95)}


def render_report(data: ReportData) -> bytes:
    """The paper as a PDF."""
    first = Paper(data.landscape, data.large)
    parts: list[tuple[Paper, list[Block]]] = [(first, _head(data, first))]
    for part in data.parts:
        if isinstance(part, Turn):
            parts.append((Paper(part.landscape, part.large), []))
        else:
            parts[-1][1].extend(_blocks(data, part))
    title, author = joined(data.title, *data.subtitles), joined(*data.letterhead.issuer_lines)
    return pages.render_parts([one for one in parts if one[1]], title, data.phrases.page, author)


def _head(data: ReportData, paper: Paper) -> list[Block]:
    st = styles()
    whole = official.letterhead(data.letterhead, data.phrases, paper.width)
    if paper.landscape:  # a low page has no height to spare: the issuer stands beside the motto
        motto = official.letterhead(replace(data.letterhead, issuer_lines=(), number="", emblem=b""), data.phrases, 1)
        whole = [Over(motto, whole[len(motto) :])]
    return [
        *whole,
        Paragraph(data.title, replace(st.title, before=2), outline=data.title),
        *(Paragraph(line, st.subtitle) for line in data.subtitles if line.strip()),
        official.Ornament(height=18, scale=0.7),
    ]


def _blocks(data: ReportData, part: ReportPart) -> list[Block]:
    st = styles()
    if isinstance(part, Heading):
        if part.level == 1:
            return [Paragraph(part.text, st.section, outline=part.text)]
        return [Paragraph(part.text, replace(st.subsection, left=0))]
    if isinstance(part, Words):
        return [_words(part)] if part.text.strip() or part.lead else []
    if isinstance(part, Listing):
        return [_table(part)]
    if isinstance(part, Picture):
        return _picture(part)
    if isinstance(part, Signed):
        return [
            *official.date_lines(data.letterhead, part.day, "", data.phrases),
            *official.signatures(part.left, part.left_by, part.right, part.right_by),
        ]
    return []


def _words(words: Words) -> Block:
    st = styles()
    style = {"body": st.body, "plain": replace(st.body, first=0), "small": st.small, "bullet": st.bullet}[words.look]
    runs = [Run(f"{words.lead} ", st.bold_body)] if words.lead else []
    runs.append(Run(words.text))
    if words.look == "bullet":
        return Paragraph(runs, style, label="–", label_at=16)
    return Paragraph(runs, style)


def _picture(picture: Picture) -> list[Block]:
    st = styles()
    title = replace(st.subsection, left=0, before=0, after=2)
    stacks = tuple(
        Stack(*([Paragraph(name, title)] if name else []), ChartBlock(chart, before=0, after=0, tall=picture.tall))
        for name, chart in picture.charts
    )
    if len(picture.charts) == 1:  # alone it may be cut where a page ends
        name, chart = picture.charts[0]
        return [*([Paragraph(name, title)] if name else []), ChartBlock(chart, tall=picture.tall)]
    return [SideBySide(stacks, before=6, after=8)]


# --- tables ---------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=64)
def _style(size: float, align: str, bold: bool) -> Style:
    face = house().bold if bold else house().body
    return replace(styles().cell, look=Look(face, size), leading=size * 1.65, align=align)  # type: ignore[arg-type]


@lru_cache(maxsize=16)
def _note_style(size: float, align: str) -> Style:
    remark = styles().cell_remark
    return replace(
        remark,
        look=Look(house().body, size - 1, remark.look.colour),
        leading=(size - 1) * 1.6,
        align=align,  # type: ignore[arg-type]
    )


def _table(listing: Listing) -> Table:
    shares = tuple(column.share for column in listing.columns)
    pad = 3.0 if listing.size < 9 else 4.0
    rows = [_row(line, listing) for line in listing.lines]
    return Table(Grid(shares, line=0.4, pad_x=pad, stands="top"), rows, _heads(listing), before=4, after=6)


def _heads(listing: Listing) -> list[Row]:
    """One row of heads, or two where some columns stand in groups; none where there is no head."""
    if not any(column.head for column in listing.columns):
        return []
    style = _style(listing.size, "centre", True)
    lower = Row(tuple(_filled(column.head, style) for column in listing.columns), with_next=True)
    if not any(column.group for column in listing.columns):
        return [lower]
    cells: list[TableCell] = []
    spans: list[int] = []
    alone: set[int] = set()
    for (group, _place), columns in groupby(_places(listing.columns), key=lambda one: one[:2]):
        count = len(list(columns))
        if not group:
            alone.add(sum(spans))
        cells.append(_filled(group, style))
        spans.append(count)
    upper = Row(tuple(cells), spans=tuple(spans), open_below=frozenset(alone), with_next=True)
    return [upper, lower]


def _places(columns: Sequence[ListColumn]) -> list[tuple[str, int]]:
    """The group of each column, with a number that keeps those apart that have none."""
    return [(column.group, -1 if column.group else n) for n, column in enumerate(columns)]


def _filled(text: str, style: Style) -> TableCell:
    return (Paragraph(text, style),) if text else ()


def _row(line: Line, listing: Listing) -> Row:
    columns, band = listing.columns, line.look in ("band", "subband")
    spans = line.spans or ((len(columns),) if band and len(line.cells) == 1 else ())
    aligns: list[str] = [column.align for column in columns]
    if spans:
        aligns = ["left"] * len(spans)
    cells = tuple(
        _cell(cell, listing.size, cell.align or align, cell.bold or bool(line.look))
        for cell, align in zip(line.cells, aligns, strict=True)
    )
    marked = frozenset(n for n, cell in enumerate(line.cells) if cell.marked)
    return Row(
        cells,
        fill=_FILLS.get(line.look),
        spans=spans,
        least=line.least,
        with_next=band,
        open_below=frozenset(line.open_below),
        marked=marked,
    )


def _cell(cell: Cell, size: float, align: str, bold: bool) -> TableCell:
    found = []
    for text, note in cell.items or ((cell.text, cell.note),):
        if text:
            found.append(Paragraph(text, _style(size, align, bold)))
        if note:
            found.append(Paragraph(note, _note_style(size, align)))
    return tuple(found)
