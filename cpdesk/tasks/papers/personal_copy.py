"""What the office has on a person, for the person's own hands: everything, in full, with who wrote it and who else has
it. It may go to the person alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cpdesk import records as kinds
from cpdesk.khmer import dates, digits
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
    Words,
)
from cpdesk.printing.people import CELL_SIZE
from cpdesk.printing.spoken import phrases, report_words
from cpdesk.printing.wording import fill
from cpdesk.store import Desk
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead
from cpdesk.tasks.papers.people import person

if TYPE_CHECKING:
    from datetime import datetime

    from cpdesk.tasks.personal.about import About, Place


def paper(desk: Desk, id_: str, choices: Choices) -> Document:
    """All of it on one paper. `NotAllowed` for who may not see phone numbers whole."""
    from cpdesk.tasks.personal.about import about

    words = report_words()
    found = about(desk, id_, whole=True)
    parts: tuple[Part, ...] = (
        Words(fill(words.personal_text, name=found.name, day=dates.official(choices.day))),
        Heading(words.personal_facts),
        Facts(tuple(_facts(found))),
        Heading(words.personal_places),
        *_places(found),
        Heading(words.personal_written),
        _hands(found),
        Heading(words.personal_shared),
        *_holders(found),
        Words(words.personal_rights),
        Signed((Signature(words.personal_received, person(desk, id_)), Signature(words.personal_given)), choices.day),
    )
    return Document(letterhead(desk), words.personal, (found.name,), parts)


def _facts(found: About) -> Iterator[tuple[str, Text]]:
    kind, words = kinds.kind("person"), report_words()
    for name, label, value in found.facts:
        yield label, digits.to_khmer(value) if kind.field(name).personal else value
    yield kind.field("purpose").label, found.purpose.label or words.personal_no_purpose
    yield kind.field("purpose_since").label, dates.official(found.purpose.since)
    if found.objection:
        yield kind.field("objection").label, found.objection


def _places(found: About) -> list[Part]:
    words = report_words()
    if not found.places:
        return [Words(words.personal_nowhere)]
    columns = (
        ListColumn(phrases().col_number, 1.0, "centre"),
        ListColumn(words.personal_where, 6.2),
        ListColumn(words.personal_as, 5.2),
        ListColumn(words.personal_last, 3.6),
    )
    lines: list[Line] = []
    number = 0
    for sort in found.sorts:
        title = kinds.kind(sort).label if sort in kinds.KINDS else words.personal_texts
        lines.append(Line((Cell(title),), "band", (len(columns),)))
        for one in found.of(sort):
            number += 1
            lines.append(_line(number, one))
    return [Listing(columns, tuple(lines), CELL_SIZE, middle=True)]


def _line(number: int, one: Place) -> Line:
    written = f"{one.by}\n{_day(one.at)}"
    return Line((Cell(digits.count(number, "km")), Cell(one.title), Cell(one.words), Cell(written)))


def _hands(found: About) -> Listing:
    from cpdesk.tasks.board import office_name

    words = report_words()
    columns = (
        ListColumn(words.personal_who, 5),
        ListColumn(words.personal_office, 5),
        ListColumn(words.personal_when, 5),
        ListColumn(words.personal_changes, 2, "centre"),
    )
    lines = []
    for one in found.hands:
        days = list(dict.fromkeys((_day(one.began), _day(one.ended))))
        cells = (one.who, office_name(one.office), " – ".join(days), digits.count(one.changes, "km"))
        lines.append(Line(tuple(map(Cell, cells))))
    return Listing(columns, tuple(lines), CELL_SIZE, middle=True)


def _holders(found: About) -> list[Part]:
    words = report_words()
    if not found.holders:
        return [Words(words.personal_nobody)]
    return [
        Words(fill(words.personal_has if one.sure else words.personal_sent, office=one.name), "bullet")
        for one in found.holders
    ]


def _day(at: datetime) -> str:
    return dates.short(at.date())
