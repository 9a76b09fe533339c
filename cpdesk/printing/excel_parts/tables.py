"""Tables of a sheet: heads, bands, totals, spans, grounds; labels with what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby

from cpdesk.printing.document import Cell, Facts, Line, ListColumn, Listing, Span, plain, spans
from cpdesk.printing.excel_parts.looks import Content, Fragment, Ground, Type, content
from cpdesk.printing.excel_parts.sheet import Box, Rows
from cpdesk.printing.excel_parts.texts import number_format
from cpdesk.printing.heat_table import Colour
from cpdesk.printing.pdf import column_widths
from cpdesk.printing.typeset.canvas import Look
from cpdesk.printing.typeset.styles import GREY, LINE, styles
from cpdesk.printing.typeset.typeface import plain as printable
from cpdesk.printing.word_parts.tables import FILLS, HEAD_FILL, MARKED, shared
from cpdesk.printing.word_parts.xml import hexed
from cpdesk.printing.wording import dots

_ALL_SIDES = "tblr"
_BLACK = "000000"
_AFTER = 8.0
_LETTER, _LEADING = 0.55, 1.9  # ems that a letter takes, and a line
_FACT_SIZE = 9.5
_HALF_A_PAGE = 0.55
_SPARE = 4.0


# --- listings -------------------------------------------------------------------------------------------------------
def edges(listing: Listing, width: float) -> list[float]:
    """Where its columns begin and end."""
    return _summed(column_widths(listing, width, _SPARE))


def has_heads(listing: Listing) -> bool:
    return any(column.head for column in listing.columns)


def is_long(listing: Listing, width: float, room: float) -> bool:
    """Whether it may go over a page, so that its heads must come again and no other's."""
    widths = shared([column.share for column in listing.columns], width)
    return sum(_about(line, listing.size, widths) for line in listing.lines) > room * _HALF_A_PAGE


def _about(line: Line, size: float, widths: Sequence[float]) -> float:
    """About how high a row is, in points."""
    lines = 1.0
    for cell, width in zip(line.cells, widths, strict=False):
        texts = (cell.lead + cell.text, cell.note, *(part for item in cell.items for part in item))
        lines = max(lines, sum(len(text) * size * _LETTER // width + 1 for text in texts if text))
    return max(lines * size * _LEADING, line.least)


def listing(
    rows: Rows, data: Listing, edges: Sequence[float], fills: Mapping[tuple[int, int], Colour] | None = None
) -> tuple[int, int] | None:
    """Writes the table between those edges of its columns; the first and the last row of its heads, if it has any."""
    at = rows.grid.place(edges)
    heads = None
    if has_heads(data):
        first = rows.at
        _heads(rows, data, at)
        heads = (first, rows.at - 1)
    above: frozenset[int] = frozenset()
    for n, line in enumerate(data.lines):
        warm = {cell: hexed(colour) for (row, cell), colour in (fills or {}).items() if row == n} if fills else {}
        rows.row(_line(data, line, at, above, warm), line.least)
        above = frozenset(line.open_below)
    rows.gap(_AFTER)
    return heads


def _heads(rows: Rows, data: Listing, at: Sequence[int]) -> None:
    """One row of heads, or two where some columns stand in groups."""
    type_ = Type(data.size, bold=True)
    ground = Ground("centre", "middle", HEAD_FILL, _ALL_SIDES, _BLACK)
    columns = data.columns
    if not any(column.group for column in columns):
        boxes = [Box(content(one.head, type_), at[n], at[n + 1], ground) for n, one in enumerate(columns)]
        rows.row(boxes)
        return
    upper: list[Box] = []
    lower: list[Box] = []
    for (group, _alone), part in groupby(enumerate(columns), key=lambda one: _place(*one)):
        places = [n for n, _column in part]
        first, end = at[places[0]], at[places[-1] + 1]
        if group:
            upper.append(Box(content(group, type_), first, end, ground))
            lower += [Box(content(columns[n].head, type_), at[n], at[n + 1], ground) for n in places]
        else:
            upper.append(Box(content(columns[places[0]].head, type_), first, end, ground, down=2))
    rows.heads(upper, lower)


def _place(at: int, column: ListColumn) -> tuple[str, int]:
    """The group of a column, with a number that keeps those apart that have none."""
    return column.group, -1 if column.group else at


def _line(data: Listing, line: Line, at: Sequence[int], above: frozenset[int], warm: Mapping[int, str]) -> list[Box]:
    columns, band = data.columns, line.look in ("band", "subband")
    wide = line.spans or ((len(columns),) if band and len(line.cells) == 1 else ())
    aligns = ["left"] * len(wide) if wide else [column.align for column in columns]
    starts = list(accumulate(wide or (1,) * len(columns), initial=0))
    boxes = []
    for n, (cell, align) in enumerate(zip(line.cells, aligns, strict=True)):
        first, end = starts[n], starts[n + 1]
        fill = warm.get(n) or (MARKED if cell.marked else FILLS.get(line.look, ""))
        sides = ("" if first in above else "t") + ("" if first in line.open_below else "b") + "lr"
        ground = Ground(cell.align or align, "middle" if data.middle else "top", fill, sides, _BLACK)
        boxes.append(_box(cell, at[first], at[end], ground, data.size, cell.bold or bool(line.look)))
    return boxes


def _box(cell: Cell, first: int, end: int, ground: Ground, size: float, bold: bool) -> Box:
    text = cell_content(cell, size, bold)
    if cell.value is not None and not (cell.note or cell.items or cell.lead):
        shown = number_format(cell.text, cell.value)
        if shown:
            return Box(text, first, end, ground, cell.value, shown)
    return Box(text, first, end, ground)


def cell_content(cell: Cell, size: float, bold: bool) -> Content:
    """Its texts with their notes under them."""
    type_, note_type = Type(size, bold), Type(size - 1, colour=hexed(GREY))
    found: list[tuple[Fragment, ...]] = []
    for text, note in cell.items or ((cell.text, cell.note),):
        if cell.lead and not cell.items:
            first, *others = content(text, type_) or ((),)
            found += [(Fragment(f"{printable(cell.lead)} ", Type(size, bold=True)), *first), *others]
        else:
            found += content(text, type_)
        found += content(note, note_type)
    return tuple(found)


# --- labels and values ----------------------------------------------------------------------------------------------
def fact_edges(facts: Facts, width: float) -> list[float]:
    """Where labels end: in a light table at a set share, in a letter where the widest ends."""
    if facts.ruled:
        return _summed(shared((3.2, 7.8), width))
    look = Look(styles().bold_body.typeface, styles().body.look.size)
    wide = max((look.width(printable(label).replace("\n", " ")) for label, _text in facts.rows), default=0.0) + 16
    return [0.0, min(wide, width * 0.4), width]


def facts(rows: Rows, data: Facts) -> None:
    """A row for each label."""
    _start, middle, end = rows.grid.place(fact_edges(data, rows.grid.width), room=True)
    size = _FACT_SIZE if data.ruled else styles().body.look.size
    ground = Ground(lines=_ALL_SIDES if data.ruled else "", colour=hexed(LINE))
    for label, text in data.rows:
        said = text if plain(text).strip() else dots(12)
        boxes = (
            Box(content(label, Type(size, bold=True)), 0, middle, ground),
            Box(spanned(said, Type(size)), middle, end, ground),
        )
        rows.row(boxes)
    rows.gap(_AFTER)


def spanned(text: str | tuple[Span, ...], type_: Type, lead: str = "") -> Content:
    """Stretches with the looks that their spans ask for, after a bold `lead`."""
    found: list[tuple[Fragment, ...]] = [(Fragment(printable(lead), type_._replace(bold=True)),) if lead else ()]
    for span in spans(text):
        look = type_._replace(bold=type_.bold or span.bold, underline=span.underline)
        for n, line in enumerate(printable(span.text).split("\n")):
            if n:
                found.append(())
            if line:
                found[-1] = (*found[-1], Fragment(line, look))
    return tuple(paragraph or (Fragment("", type_),) for paragraph in found)


def _summed(widths: Sequence[float]) -> list[float]:
    found = list(accumulate(widths, initial=0.0))
    found[-1] = sum(widths)
    return found
