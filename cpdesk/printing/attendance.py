"""The attendance sheet (បញ្ជីវត្តមាន): rows tall enough to sign, filled or for the pen."""

from __future__ import annotations

from cpdesk.khmer import dates, digits
from cpdesk.printing.document import Cell, Document, Line, ListColumn, Listing, Signature, Signed, Words
from cpdesk.printing.model import AttendanceData, Attendee
from cpdesk.printing.people import CELL_SIZE, counted, name_cell, sex_label
from cpdesk.printing.wording import dots, fill, hour, joined

_ROW = 30.0  # points: a signature
_BLANK_ROWS = 20  # of a sheet with nobody on it yet, if the caller asks for no number


def attendance(data: AttendanceData) -> Document:
    """The attendance sheet."""
    phrases = data.phrases
    subject = data.subject or dots(22)
    if not subject.startswith(phrases.meeting):
        subject = phrases.meeting + phrases.about.format(subject=subject)
    when = dates.official(data.date) if data.date else phrases.date_by_hand.format(dots=dots(3))
    time = phrases.held_at.format(time=hour(data.start) if data.start else dots(5))
    place = phrases.held_in.format(venue=data.venue or dots(12))
    return Document(
        data.letterhead,
        phrases.attendance,
        (phrases.attendance_of.format(subject=subject),),
        (
            Words(joined(when, time, place), "centre", keep=True),
            _table(data),
            Words(_counts(data), "plain", keep=True),
            *_phones_for(data),
            Signed(
                (Signature(phrases.prepared_by, data.secretary), Signature(phrases.seen_by, data.chair)),
                data.date,
                data.lunar_line,
            ),
        ),
        phrases=phrases,
    )


def _table(data: AttendanceData) -> Listing:
    phrases = data.phrases
    columns = (
        ListColumn(phrases.col_number, 1.0, "centre"),
        ListColumn(phrases.col_name, 3.7),
        ListColumn(phrases.col_sex, 1.1, "centre"),
        ListColumn(phrases.col_position, 2.7),
        ListColumn(phrases.col_body, 3.5),
        ListColumn(phrases.col_phone, 2.9, "centre"),
        ListColumn(phrases.col_signature, 2.6, "centre"),
    )
    spare = data.spare_rows if data.attendees or data.spare_rows else _BLANK_ROWS
    lines = [_row(i, one, data) for i, one in enumerate(data.attendees, 1)]
    lines += [_blank_row(len(data.attendees) + i, len(columns)) for i in range(1, spare + 1)]
    return Listing(columns, tuple(lines), CELL_SIZE, middle=True)


def _row(number: int, one: Attendee, data: AttendanceData) -> Line:
    phrases = data.phrases
    absent = {"apology": phrases.apology, "absent": phrases.absent}.get(one.status, "")
    cells = (
        Cell(digits.count(number, "km")),
        name_cell(one, phrases),
        Cell(sex_label(one, phrases)),
        Cell(one.position),
        Cell(one.body),
        Cell(digits.to_khmer(one.phone) if data.show_phones else ""),
        Cell(note=absent),
    )
    return Line(cells, least=_ROW)


def _blank_row(number: int, columns: int) -> Line:
    return Line((Cell(digits.count(number, "km")), *(Cell() for _ in range(columns - 1))), least=_ROW)


def _phones_for(data: AttendanceData) -> list[Words]:
    if not data.phones_for:
        return []
    return [Words(fill(data.phrases.phones_for, purpose=data.phones_for), "small", keep=True)]


def _counts(data: AttendanceData) -> str:
    """How many came; dots on a sheet that is filled by hand, or before anybody is said to have come."""
    phrases = data.phrases
    text = counted(data.counts, data.attendees, phrases)
    if text:
        return text
    count = phrases.people.format(count=dots(4))
    total, women = phrases.came.format(total=count), phrases.came_women.format(women=count)
    return f"{total} {women}{phrases.end_of_sentence}"
