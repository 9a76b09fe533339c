"""Any record as a sheet of labels and values: the form of everything that has no form of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cpdesk.printing import official
from cpdesk.printing.model import RecordData
from cpdesk.printing.typeset import output, pages
from cpdesk.printing.typeset.flow import Block
from cpdesk.printing.typeset.paragraph import Paragraph
from cpdesk.printing.typeset.styles import LINE, styles
from cpdesk.printing.typeset.table import Grid, Row, Table
from cpdesk.printing.wording import dots

_GRID = Grid((3.2, 7.8), line=0.4, colour=LINE, pad_x=6, pad_y=3.5, stands="top")


def record_sheet(data: RecordData, path: Path) -> int:
    """Write the sheet to `path`; the number of pages."""
    return output.write(render_record_sheet(data), path)


def render_record_sheet(data: RecordData) -> bytes:
    """The sheet as a PDF."""
    st = styles()
    blocks: list[Block] = [
        *official.letterhead(data.letterhead, data.phrases, pages.text_width()),
        Paragraph(data.title, replace(st.title, after=2), outline=data.title),
    ]
    if data.subtitle:
        blocks.append(Paragraph(data.subtitle, replace(st.subtitle, after=4)))
    blocks += _rows(data.rows)
    for section in data.sections:
        blocks += [Paragraph(section.title, st.section, outline=section.title), *_rows(section.rows)]
    if data.note:
        blocks.append(Paragraph(data.note, st.small))
    return pages.render(blocks, data.title, data.phrases.page)


def _rows(rows: Sequence[tuple[str, str]]) -> list[Block]:
    st = styles()
    made = [
        Row(((Paragraph(label, st.label),), (Paragraph(value if value.strip() else dots(12), st.cell),)))
        for label, value in rows
    ]
    return [Table(_GRID, made, before=4, after=4)] if made else []
