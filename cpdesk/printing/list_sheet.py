"""Any list as a table with a head that comes again on every page."""

from __future__ import annotations

from cpdesk.khmer import digits
from cpdesk.printing.document import Cell, Document, Line, ListColumn, Listing, Part, Words
from cpdesk.printing.model import ListData
from cpdesk.printing.people import CELL_SIZE

_NUMBER_SHARE = 0.06  # of the other columns together


def list_sheet(data: ListData) -> Document:
    """The list. ValueError if a row has not as many texts as there are columns."""
    subtitles = (data.subtitle,) if data.subtitle else ()
    return Document(data.letterhead, data.title, subtitles, tuple(table(data)), data.landscape, phrases=data.phrases)


def table(data: ListData) -> list[Part]:
    """The table of a list, and its note under it."""
    columns = tuple(ListColumn(one.head, one.share, one.align) for one in data.columns)
    if data.numbered:
        share = _NUMBER_SHARE * sum(one.share for one in columns)
        columns = (ListColumn(data.phrases.col_number, share, "centre"), *columns)
    lines = []
    for number, texts in enumerate(data.rows, 1):
        if len(texts) != len(data.columns):
            raise ValueError(f"row {number} has {len(texts)} texts for {len(data.columns)} columns")
        lead = (digits.count(number, "km"),) if data.numbered else ()
        lines.append(Line(tuple(map(Cell, (*lead, *texts)))))
    if data.totals:
        lead = ("",) if data.numbered else ()
        lines.append(Line(tuple(map(Cell, (*lead, *data.totals))), "total"))
    parts: list[Part] = [Listing(columns, tuple(lines), CELL_SIZE, middle=True)]
    if data.note:
        parts.append(Words(data.note, "small"))
    return parts
