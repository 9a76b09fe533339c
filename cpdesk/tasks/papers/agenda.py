"""The agenda (របៀបវារៈ): what stayed open from before, then the points with who leads them."""

from __future__ import annotations

from cpdesk.khmer import digits
from cpdesk.printing.document import (
    Cell,
    Document,
    Facts,
    Heading,
    Line,
    ListColumn,
    Listing,
    Part,
    Signature,
    Signed,
    Text,
    plain,
)
from cpdesk.printing.spoken import phrases
from cpdesk.printing.wording import dots, fill, hour, whole_name
from cpdesk.store import Desk, Record
from cpdesk.tasks import meetings, records
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead
from cpdesk.tasks.papers.follow_up_list import short_table
from cpdesk.tasks.papers.letters import day_words, letter_day, meeting_words, spaced
from cpdesk.tasks.papers.people import day_of, hour_of, person, title_of

_FOR_THE_PEN = 8  # rows of an agenda with no point yet
_ROW = 26.0  # points: a line by hand


def paper(desk: Desk, id_: str, choices: Choices) -> Document:
    """The agenda as it is handed out."""
    meeting, words = records.get(desk, id_), phrases()
    left = _left(desk, id_)
    blocks = (
        Signature(words.agenda_by, person(desk, meeting["secretary"])),
        Signature(words.agreed_by, person(desk, meeting["chair"])),
    )
    before: list[Part] = [Heading(words.agenda_left), left, Heading(words.agenda_points)] if left else []
    parts: list[Part] = [
        Facts(_when_and_where(desk, meeting), ruled=False),
        *before,
        _points(desk, id_),
        Signed(blocks, letter_day(choices.day, meeting)),
    ]
    subtitle = plain(fill(words.agenda_of, meeting=meeting_words(meeting)))
    return Document(letterhead(desk), words.agenda, (subtitle,), tuple(parts))


def _when_and_where(desk: Desk, meeting: Record) -> tuple[tuple[str, Text], ...]:
    words = phrases()
    start = hour_of(meeting, "start")
    time = fill(words.held_at, time=hour(start) if start else dots(5))
    return (
        (words.agenda_when, spaced((day_words(day_of(meeting, "date")), time))),
        (words.agenda_where, meeting.text("venue")),
        (words.agenda_chair, whole_name(person(desk, meeting["chair"]), words)),
    )


def _left(desk: Desk, id_: str) -> Listing | None:
    """What earlier meetings left to do and nobody has finished."""
    found = meetings.left_from_before(desk, id_)
    return short_table(desk, found) if found else None


def _points(desk: Desk, id_: str) -> Listing:
    """The points in their order; rows for the pen where there is none yet."""
    words = phrases()
    columns = (
        ListColumn(words.col_number, 1.0, "centre"),
        ListColumn(words.col_point, 9.0),
        ListColumn(words.col_presenter, 5.0),
    )
    items = records.children(desk, "agenda_item", id_)
    lines = [
        Line((Cell(digits.count(n, "km")), Cell(item.text("title")), Cell(title_of(desk, item["presenter"]))))
        for n, item in enumerate(items, 1)
    ] or [Line((Cell(digits.count(n, "km")), Cell(), Cell()), least=_ROW) for n in range(1, _FOR_THE_PEN + 1)]
    return Listing(columns, tuple(lines), 10.5, middle=True)
