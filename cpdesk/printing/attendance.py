"""The attendance sheet (បញ្ជីវត្តមាន): rows tall enough to sign, filled or for the pen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cpdesk.khmer import dates, digits
from cpdesk.printing import official
from cpdesk.printing.model import AttendanceData, Attendee
from cpdesk.printing.people import counted, name_cell, sex_label
from cpdesk.printing.typeset import output, pages
from cpdesk.printing.typeset.flow import Block
from cpdesk.printing.typeset.paragraph import Paragraph
from cpdesk.printing.typeset.styles import styles
from cpdesk.printing.typeset.table import Cell, Grid, Row, Table
from cpdesk.printing.wording import dots, hour, joined

_ROW = 30.0  # points: a signature
_BLANK_ROWS = 20  # of a sheet with nobody on it yet, if the caller asks for no number
_GRID = Grid((1.0, 3.7, 1.1, 2.7, 3.5, 2.9, 2.6))


def attendance(data: AttendanceData, path: Path) -> int:
    """Write the attendance sheet to `path`; the number of pages."""
    return output.write(render_attendance(data), path)


def render_attendance(data: AttendanceData) -> bytes:
    """The attendance sheet as a PDF."""
    phrases = data.phrases
    blocks = [
        *official.letterhead(data.letterhead, phrases, pages.text_width()),
        *_title(data),
        _table(data),
        *_counts(data),
        *official.date_lines(data.letterhead, data.date, data.lunar_line, phrases),
        *official.signatures(phrases.prepared_by, data.secretary, phrases.seen_by, data.chair),
    ]
    title = joined(phrases.attendance, data.subject)
    return pages.render(blocks, title, phrases.page, author=joined(*data.letterhead.issuer_lines))


def _title(data: AttendanceData) -> list[Block]:
    st, phrases = styles(), data.phrases
    subject = data.subject or dots(22)
    if not subject.startswith(phrases.meeting):
        subject = phrases.meeting + phrases.about.format(subject=subject)
    when = dates.official(data.date) if data.date else phrases.date_by_hand.format(dots=dots(3))
    time = phrases.held_at.format(time=hour(data.start) if data.start else dots(5))
    place = phrases.held_in.format(venue=data.venue or dots(12))
    return [
        Paragraph(phrases.attendance, st.title, outline=phrases.attendance),
        Paragraph(phrases.attendance_of.format(subject=subject), st.subtitle),
        Paragraph(joined(when, time, place), replace(st.date, after=6)),
    ]


def _table(data: AttendanceData) -> Table:
    st, phrases = styles(), data.phrases
    heads = (
        phrases.col_number,
        phrases.col_name,
        phrases.col_sex,
        phrases.col_position,
        phrases.col_body,
        phrases.col_phone,
        phrases.col_signature,
    )
    head = Row(tuple((Paragraph(text, st.cell_head),) for text in heads), least=24)
    spare = data.spare_rows if data.attendees or data.spare_rows else _BLANK_ROWS
    rows = [_row(i, one, data) for i, one in enumerate(data.attendees, 1)]
    rows += [_blank_row(len(data.attendees) + i) for i in range(1, spare + 1)]
    return Table(_GRID, rows, head, before=4)


def _row(number: int, one: Attendee, data: AttendanceData) -> Row:
    st, phrases = styles(), data.phrases
    absent = {"apology": phrases.apology, "absent": phrases.absent}.get(one.status, "")
    cells: tuple[Cell, ...] = (
        (Paragraph(digits.count(number, "km"), st.cell_centre),),
        name_cell(one, phrases),
        (Paragraph(sex_label(one, phrases), st.cell_centre),),
        (Paragraph(one.position, st.cell),),
        (Paragraph(one.body, st.cell),),
        (Paragraph(digits.to_khmer(one.phone) if data.show_phones else "", st.cell_centre),),
        (Paragraph(absent, replace(st.cell_remark, align="centre")),),
    )
    return Row(cells, least=_ROW)


def _blank_row(number: int) -> Row:
    cells = ((Paragraph(digits.count(number, "km"), styles().cell_centre),), *(() for _ in _GRID.shares[1:]))
    return Row(cells, least=_ROW)


def _counts(data: AttendanceData) -> list[Block]:
    """How many came; dots on a sheet that is filled by hand."""
    phrases = data.phrases
    text = counted(data.counts, data.attendees, phrases)
    if not text:
        count = phrases.people.format(count=dots(4))
        total, women = phrases.came.format(total=count), phrases.came_women.format(women=count)
        text = f"{total} {women}{phrases.end_of_sentence}"
    return [Paragraph(text, replace(styles().body, before=6, first=0.0, with_next=True))]
