"""Any list as a table with a head that comes again on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cpdesk.khmer import digits
from cpdesk.printing import official
from cpdesk.printing.model import Column, ListData
from cpdesk.printing.typeset import output, pages
from cpdesk.printing.typeset.flow import Block
from cpdesk.printing.typeset.paragraph import Paragraph, Style
from cpdesk.printing.typeset.styles import styles
from cpdesk.printing.typeset.table import Grid, Row, Table

_NUMBER_SHARE = 0.06  # of the other columns together


def list_sheet(data: ListData, path: Path) -> int:
    """Write the list to `path`; the number of pages."""
    return output.write(render_list_sheet(data), path)


def render_list_sheet(data: ListData) -> bytes:
    """The list as a PDF. ValueError if a row has not as many texts as there are columns."""
    st = styles()
    blocks: list[Block] = [
        *official.letterhead(data.letterhead, data.phrases, pages.text_width(data.landscape)),
        Paragraph(data.title, st.title, outline=data.title),
    ]
    if data.subtitle:
        blocks.append(Paragraph(data.subtitle, st.subtitle))
    blocks.append(_table(data))
    if data.note:
        blocks.append(Paragraph(data.note, st.small))
    return pages.render(blocks, data.title, data.phrases.page, landscape=data.landscape)


def _table(data: ListData) -> Table:
    st = styles()
    columns = data.columns
    if data.numbered:
        share = _NUMBER_SHARE * sum(column.share for column in columns)
        columns = (Column(data.phrases.col_number, share, "centre"), *columns)
    cell_styles = {"left": st.cell, "right": st.cell_right, "centre": st.cell_centre}
    kinds = [cell_styles[column.align] for column in columns]
    rows = []
    for number, texts in enumerate(data.rows, 1):
        if len(texts) != len(data.columns):
            raise ValueError(f"row {number} has {len(texts)} texts for {len(data.columns)} columns")
        lead = (digits.count(number, "km"),) if data.numbered else ()
        rows.append(_row((*lead, *texts), kinds))
    if data.totals:
        bold = [replace(kind, look=st.label.look) for kind in kinds]
        lead = ("",) if data.numbered else ()
        rows.append(replace(_row((*lead, *data.totals), bold), fill=(0.96, 0.96, 0.97)))
    head = Row(tuple((Paragraph(column.head, st.cell_head),) for column in columns))
    return Table(Grid(tuple(column.share for column in columns)), rows, head, before=8, after=4)


def _row(texts: Sequence[str], kinds: Sequence[Style]) -> Row:
    return Row(tuple((Paragraph(text, kind),) for text, kind in zip(texts, kinds, strict=True)))
