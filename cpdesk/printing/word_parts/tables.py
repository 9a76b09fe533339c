"""Tables of a Word file: heads that come again, rows that stay whole, bands, grouped heads, cells that go on below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from cpdesk.printing.document import Cell, Line, ListColumn, Listing
from cpdesk.printing.heat_table import Colour
from cpdesk.printing.pdf import column_widths
from cpdesk.printing.typeset.styles import LINE
from cpdesk.printing.word_parts.looks import CELL_LEADING, cell_style, note_style
from cpdesk.printing.word_parts.xml import hexed, jc, paragraph, run, twips

FILLS = {"band": "DEE6ED", "subband": "F1F4F6", "total": "EDF0F2"}
HEAD_FILL, MARKED = "EDF0F5", "E6E8ED"
GAP = paragraph("Gap", "")
_LOW = 110.0  # points; a row lower than this goes to the next page whole
_LETTER = 0.55  # ems that a letter takes, marks above and below counted as letters
_PAD_Y = 2.5
_SPARE = 2.0
_NO_LINE = 'w:val="nil"'
_SIDES = ("top", "left", "bottom", "right")


@dataclass(frozen=True)
class Box:
    """A cell: its paragraphs, and how it stands in the grid. `below` and `above` False leave that line out."""

    content: str
    span: int = 1
    fill: str = ""
    below: bool = True
    above: bool = True
    merge: str = ""  # "restart" where the cell reaches into the next row, "continue" where it does
    middle: bool = False


def grid(widths: Sequence[float], rows: str, *, line: str = "", pad: tuple[float, float] = (0.0, 0.0)) -> str:
    """A table of columns of those widths in points; `line` is the colour of its lines, none where blank."""
    borders = ""
    if line:
        sides = (*_SIDES, "insideH", "insideV")
        edge = f'w:val="single" w:sz="4" w:space="0" w:color="{line}"'
        borders = f"<w:tblBorders>{''.join(f'<w:{side} {edge}/>' for side in sides)}</w:tblBorders>"
    pads = zip(_SIDES, (pad[1], pad[0], pad[1], pad[0]), strict=True)
    margins = "".join(f'<w:{side} w:w="{twips(value)}" w:type="dxa"/>' for side, value in pads)
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/>{borders}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def row(boxes: Sequence[Box], widths: Sequence[float], *, whole: bool, head: bool = False, least: float = 0.0) -> str:
    """`whole` rows are not cut where a page ends, `head` rows come again on the next."""
    props = "<w:cantSplit/>" if whole else ""
    props += f'<w:trHeight w:val="{twips(least)}" w:hRule="atLeast"/>' if least else ""
    props += "<w:tblHeader/>" if head else ""
    ends = [0, *accumulate(box.span for box in boxes)]
    cells = (_cell(box, sum(widths[at:end])) for box, (at, end) in zip(boxes, pairwise(ends), strict=True))
    return f"<w:tr>{f'<w:trPr>{props}</w:trPr>' if props else ''}{''.join(cells)}</w:tr>"


def _cell(box: Box, width: float) -> str:
    props = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>'
    if box.span > 1:
        props += f'<w:gridSpan w:val="{box.span}"/>'
    if box.merge:
        props += f'<w:vMerge w:val="{box.merge}"/>'
    if not (box.below and box.above):
        sides = ("" if box.above else f"<w:top {_NO_LINE}/>") + ("" if box.below else f"<w:bottom {_NO_LINE}/>")
        props += f"<w:tcBorders>{sides}</w:tcBorders>"
    if box.fill:
        props += f'<w:shd w:val="clear" w:color="auto" w:fill="{box.fill}"/>'
    if box.middle:
        props += '<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{box.content}</w:tc>"


def shared(shares: Sequence[float], width: float) -> list[float]:
    """`width` in parts."""
    whole = sum(shares)
    return [width * share / whole for share in shares]


# --- listings -------------------------------------------------------------------------------------------------------
def listing(data: Listing, width: float, fills: Mapping[tuple[int, int], Colour] | None = None) -> str:
    """A table of the paper; `fills` are grounds of cells, by row and cell from 0."""
    widths = column_widths(data, width, _SPARE)
    rows = _heads(data, widths)
    above: frozenset[int] = frozenset()
    for at, line in enumerate(data.lines):
        rows.append(_line(data, line, widths, above, {n: c for (r, n), c in (fills or {}).items() if r == at}))
        above = frozenset(line.open_below)
    pad = 3.0 if data.size < 9 else 4.0
    return grid(widths, "".join(rows), line="000000", pad=(pad, _PAD_Y)) + GAP


def _heads(data: Listing, widths: Sequence[float]) -> list[str]:
    """One row of heads, or two where some columns stand in groups; none where there is no head."""
    columns = data.columns
    if not any(column.head for column in columns):
        return []
    texts = [_head_text(one.head, data.size) for one in columns]
    if not any(one.group for one in columns):
        return [_head([Box(text, fill=HEAD_FILL, middle=True) for text in texts], widths)]
    upper: list[Box] = []
    lower: list[Box] = []
    for (group, _alone), part in groupby(enumerate(columns), key=lambda one: _place(*one)):
        places = [at for at, _column in part]
        if group:
            upper.append(Box(_head_text(group, data.size), span=len(places), fill=HEAD_FILL, middle=True))
            lower += [Box(texts[at], fill=HEAD_FILL, middle=True) for at in places]
        else:
            (at,) = places
            upper.append(Box(texts[at], fill=HEAD_FILL, middle=True, merge="restart"))
            lower.append(Box(paragraph(cell_style(data.size), ""), fill=HEAD_FILL, merge="continue"))
    return [_head(upper, widths), _head(lower, widths)]


def _head_text(text: str, size: float) -> str:
    return paragraph(cell_style(size), run(text, bold=True), f"<w:keepNext/>{jc('centre')}")


def _head(boxes: Sequence[Box], widths: Sequence[float]) -> str:
    return row(boxes, widths, whole=True, head=True)


def _place(at: int, column: ListColumn) -> tuple[str, int]:
    """The group of a column, with a number that keeps those apart that have none."""
    return column.group, -1 if column.group else at


def _line(
    data: Listing, line: Line, widths: Sequence[float], above: frozenset[int], fills: Mapping[int, Colour]
) -> str:
    columns, band = data.columns, line.look in ("band", "subband")
    spans = line.spans or ((len(columns),) if band and len(line.cells) == 1 else ())
    aligns = ["left"] * len(spans) if spans else [column.align for column in columns]
    spans = spans or (1,) * len(columns)
    starts = [0, *accumulate(spans)]
    boxes = []
    tallest = 0.0
    for n, (cell, span, align) in enumerate(zip(line.cells, spans, aligns, strict=True)):
        at = starts[n]
        fill = hexed(fills[n]) if n in fills else MARKED if cell.marked else FILLS.get(line.look, "")
        content = _content(cell, data.size, cell.align or align, cell.bold or bool(line.look), band)
        boxes.append(Box(content, span, fill, at not in line.open_below, at not in above, middle=data.middle))
        tallest = max(tallest, _height(cell, data.size, sum(widths[at : at + span])))
    return row(boxes, widths, whole=max(tallest, line.least) <= _LOW, least=line.least)


def _height(cell: Cell, size: float, width: float) -> float:
    """About how many points the text takes."""
    texts = [cell.lead + cell.text, cell.note, *(part for item in cell.items for part in item)]
    fit = max(width / (size * _LETTER), 1)
    lines = sum(len(part) // fit + 1 for text in texts if text for part in text.split("\n"))
    return lines * size * CELL_LEADING


def _content(cell: Cell, size: float, align: str, bold: bool, keep: bool) -> str:
    props = ("<w:keepNext/>" if keep else "") + ("" if align == "left" else jc(align))
    heavy = True if bold else None
    found = []
    for text, note in cell.items or ((cell.text, cell.note),):
        lead = f"{cell.lead} " if cell.lead and not cell.items else ""
        if text or lead:
            found.append(paragraph(cell_style(size), run(lead, bold=True) + run(text, bold=heavy), props))
        if note:
            found.append(paragraph(note_style(size), run(note), props))
    return "".join(found) or paragraph(cell_style(size), "", props)


# --- labels and values ----------------------------------------------------------------------------------------------
def facts(rows: Sequence[tuple[str, str, str]], widths: Sequence[float], *, ruled: bool, style: str = "") -> str:
    """Labels and what stands beside them: label, text as runs, and the text's letters, by which rows stay whole."""
    label_style, text_style = (style, style) if ruled else ("FactLabel", "FactText")
    lines = []
    for label, runs, letters in rows:
        boxes = (
            Box(paragraph(label_style, run(label, bold=True if ruled else None))),
            Box(paragraph(text_style, runs)),
        )
        high = _height(Cell(letters), 9.5 if ruled else 11.0, widths[1])
        lines.append(row(boxes, widths, whole=high <= _LOW))
    pad = (6.0, 3.5) if ruled else (0.0, 0.0)
    return grid(widths, "".join(lines), line=hexed(LINE) if ruled else "", pad=pad) + GAP
