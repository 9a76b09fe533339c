"""Papers as PDF: every `Document` laid out with the house's typesetting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import Literal

from cpdesk.printing import document as model
from cpdesk.printing import official
from cpdesk.printing.document import (
    Cell,
    Contents,
    Copies,
    Document,
    Facts,
    Heading,
    Line,
    ListColumn,
    Listing,
    Photo,
    Picture,
    Signed,
    Turn,
    Words,
)
from cpdesk.printing.typeset.canvas import Colour, Look
from cpdesk.printing.typeset.cells import Cell as TableCell
from cpdesk.printing.typeset.chart import ChartBlock, Over, SideBySide, Stack
from cpdesk.printing.typeset.contents import ContentsLine
from cpdesk.printing.typeset.flow import Block, Gap
from cpdesk.printing.typeset.pages import Laid, Paper, render_all
from cpdesk.printing.typeset.paragraph import Paragraph, Run, Style
from cpdesk.printing.typeset.photo import PhotoBlock
from cpdesk.printing.typeset.styles import LINE, styles
from cpdesk.printing.typeset.table import Grid, Row, Table
from cpdesk.printing.typeset.typeface import house
from cpdesk.printing.wording import dots, joined

_FILLS: dict[str, Colour] = {"band": (0.87, 0.90, 0.93), "subband": (0.945, 0.955, 0.965), "total": (0.93, 0.94, 0.95)}
_FACTS = Grid((3.2, 7.8), line=0.4, colour=LINE, pad_x=6, pad_y=3.5, stands="top")
_DASH, _DASH_AT, _LABEL_AT = "–", 14.0, 18.0


def render(*documents: Document) -> bytes:
    """The papers one after another in one PDF, each with page numbers of its own."""
    first = documents[0]
    author = joined(*first.head.issuer_lines)
    return render_all([_laid(one) for one in documents], first.name, author)


def _laid(data: Document) -> Laid:
    """The blocks of a paper, part by part on the paper that they stand on."""
    first = Paper(data.landscape, data.large)
    parts: list[tuple[Paper, list[Block]]] = [(first, _head(data, first))]
    told = any(isinstance(part, Contents) for part in data.parts)
    headings = {id(part): _heading(part) for part in data.headings} if told else {}
    for n, part in enumerate(data.parts):
        before = data.parts[n - 1] if n else None
        if isinstance(part, Turn):
            parts.append((Paper(part.landscape, part.large), []))
        elif id(part) in headings:
            parts[-1][1].append(headings[id(part)])
        elif isinstance(part, Contents):
            named = [(one, headings[id(one)]) for one in data.headings]
            parts[-1][1].extend(ContentsLine(one.text, one.level - 1, at, data.language) for one, at in named)
        elif isinstance(part, Copies) and part.lines and isinstance(before, Signed) and before.blocks:
            parts[-1][1][-1:] = official.with_copies(parts[-1][1][-1], before, part, parts[-1][0].width)
        else:
            parts[-1][1].extend(_blocks(data, part, parts[-1][0]))
    return Laid([one for one in parts if one[1]], data.name, data.phrases.page, data.language)


def _head(data: Document, paper: Paper) -> list[Block]:
    st = styles()
    if not data.official:
        return _cover(data, paper)
    whole = official.letterhead(data.head, data.phrases, paper.width)
    motto = official.letterhead(replace(data.head, issuer_lines=(), number="", emblem=b""), data.phrases, 1)
    issuer = whole[len(motto) :]
    if paper.landscape and Stack(*issuer).height(paper.width) < paper.room / 2:
        whole = [Over(motto, issuer)]  # a low page has no height to spare: the issuer stands beside the motto
    elif data.head.emblem:  # at the left of the motto, over the issuer
        whole = [Over(motto, whole[len(motto) : len(motto) + 1]), *whole[len(motto) + 1 :]]
    if not data.title:
        return whole
    return [
        *whole,
        Paragraph(data.title, replace(st.title, before=2), outline=data.title),
        *(Paragraph(line, st.subtitle) for line in data.subtitles if line.strip()),
        official.Ornament(height=18, scale=0.7),
    ]


def _cover(data: Document, paper: Paper) -> list[Block]:
    """The title in large letters, a third down the page."""
    st = styles()
    title = replace(st.title, look=Look(st.title.look.typeface, 26), leading=50)
    return [
        Gap(paper.room * 0.28),
        Paragraph(data.title, title, outline=data.title),
        official.Ornament(height=40, scale=1.4),
        *(Paragraph(line, st.subtitle) for line in data.subtitles if line.strip()),
    ]


def _blocks(data: Document, part: model.Part, paper: Paper) -> list[Block]:
    if isinstance(part, Heading):
        return [_heading(part)]
    if isinstance(part, Words):
        return [_words(part)] if model.plain(part.text).strip() or part.lead else []
    if isinstance(part, Facts):
        return _facts(part, paper)
    if isinstance(part, Listing):
        return [_table(part)] if part.lines else []
    if isinstance(part, Picture):
        return _picture(part)
    if isinstance(part, Photo):
        return [PhotoBlock(part.data, part.words, part.wide, part.tallest, part.keep)]
    if isinstance(part, Signed):
        return official.signed(part, data.head, data.phrases)
    if isinstance(part, Copies):
        return official.copies(part) if part.lines else []
    return []


def _heading(part: Heading) -> Paragraph:
    st = styles()
    if part.level == 0:
        return Paragraph(part.text, replace(st.title, look=st.motto.look, leading=26), outline=part.text)
    if part.level == 1:
        return Paragraph(part.text, st.section, outline=part.text)
    return Paragraph(part.text, replace(st.subsection, left=0), outline=part.text, level=1)


@lru_cache(maxsize=1)
def _looks() -> dict[str, Style]:
    st = styles()
    return {
        "body": st.body,
        "plain": replace(st.body, first=0),
        "small": st.small,
        "bullet": st.bullet,
        "point": st.point,
        "indented": st.indented,
        "remark": st.remark,
        "centre": replace(st.subtitle, look=st.body.look, with_next=False),
        "address": replace(st.subtitle, before=8, after=4),
        "intro": st.intro,
    }


def _runs(text: model.Text, size: float) -> list[Run]:
    """Stretches with the looks that their spans ask for, at `size` points."""
    found = []
    for span in model.spans(text):
        look = None
        if span.bold or span.underline:
            look = Look(house().bold if span.bold else house().body, size, underline=span.underline)
        found.append(Run(span.text, look, span.link))
    return found


def _words(words: Words) -> Block:
    style = _looks()[words.look]
    if words.keep:
        style = replace(style, with_next=True)
    runs = _runs(words.text, style.look.size)
    if words.lead:
        runs.insert(0, Run(f"{words.lead} ", Look(house().bold, style.look.size)))
    if words.look == "bullet":
        return Paragraph(runs, style, label=words.label or _DASH, label_at=_DASH_AT)
    return Paragraph(runs, style, label=words.label, label_at=_LABEL_AT)


def _facts(facts: Facts, paper: Paper) -> list[Block]:
    """A ruled table; or, in the head of a letter, labels in a column as wide as the widest of them."""
    st = styles()
    if not facts.rows:
        return []
    if facts.ruled:
        rows = [Row(((Paragraph(label, st.label),), (_fact(text, st.cell),))) for label, text in facts.rows]
        return [Table(_FACTS, rows, before=4, after=4, labelled=True)]
    label_style = replace(st.body, look=st.bold_body, first=0, align="left", after=0)
    text_style = replace(st.body, first=0, after=0)
    wide = max(label_style.look.width(label) for label, _text in facts.rows) + 10
    wide = min(wide, paper.width * 0.4)
    grid = Grid((wide, paper.width - wide), line=0, pad_x=0, pad_y=0, head_fill=None, stands="top")
    rows = [Row(((Paragraph(label, label_style),), (_fact(text, text_style),))) for label, text in facts.rows]
    return [Table(grid, rows, before=4, after=6)]


def _fact(text: model.Text, style: Style) -> Paragraph:
    return Paragraph(_runs(text, style.look.size) if model.plain(text).strip() else dots(12), style)


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


def column_widths(listing: Listing, width: float, spare: float) -> list[float]:
    """How wide the columns of that table are, in points, where its longest words ask for `spare` more than on a page
    of ours: other programs set the same text a little wider."""
    return _table(listing, spare).widths(width)


def _table(listing: Listing, spare: float = 0.0) -> Table:
    shares = tuple(column.share for column in listing.columns)
    pad = (3.0 if listing.size < 9 else 4.0) + spare / 2
    rows = [_row(line, listing) for line in listing.lines]
    stands: Literal["top", "middle"] = "middle" if listing.middle else "top"
    return Table(Grid(shares, line=0.4, pad_x=pad, stands=stands), rows, _heads(listing), before=4, after=6)


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
        if cell.lead and not cell.items:
            runs = [Run(f"{cell.lead} ", Look(house().bold, size)), Run(text)]
            found.append(Paragraph(runs, _style(size, align, bold)))
        elif text:
            found.append(Paragraph(text, _style(size, align, bold)))
        if note:
            found.append(Paragraph(note, _note_style(size, align)))
    return tuple(found)
