"""The report on a meeting to a superior (របាយការណ៍ស្តីពីលទ្ធផលកិច្ចប្រជុំ): shorter than minutes, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from cpdesk import gazetteer
from cpdesk.khmer import dates, digits
from cpdesk.khmer.names import TITLES
from cpdesk.printing.document import (
    Cell,
    Copies,
    Document,
    Heading,
    Line,
    ListColumn,
    Listing,
    Part,
    Signature,
    Signed,
    Span,
    Words,
    plain,
)
from cpdesk.printing.people import CELL_SIZE, counted
from cpdesk.printing.spoken import phrases
from cpdesk.printing.wording import fill, hour, joined, whole_name
from cpdesk.records.paperwork import SUPERIOR
from cpdesk.store import Desk, Record
from cpdesk.tasks import meetings, records
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead
from cpdesk.tasks.papers.follow_up_list import short_table
from cpdesk.tasks.papers.letters import Letter, Reader, by_invitation, letter, meeting_words, reference, spaced
from cpdesk.tasks.papers.people import attendee, counts, day_of, hour_of, person, title_of
from cpdesk.tasks.paperwork import templates

_GOVERNED = ("province", "capital", "municipality", "district", "khan")
_EXCELLENT = ("province", "capital")


def paper(desk: Desk, id_: str, choices: Choices) -> Document:
    """The report as a letter: head, what came of the meeting, the formula that ends it."""
    words, meeting = phrases(), records.get(desk, id_)
    written = letter(desk, "meeting_report", id_)
    to = _reader(desk, written)
    what = meeting_words(meeting)
    refers = by_invitation(desk, meeting) or reference(desk, meeting)
    blocks = (
        Signature(words.reported_by, person(desk, meeting["secretary"])),
        Signature(words.agreed_by, person(desk, meeting["chair"])),
    )
    parts: list[Part] = [
        *written.head(to, plain(fill(words.meeting_report_subject, meeting=what)), refers),
        written.opening(to, refers),
        Words(_held(desk, meeting, what)),
        *_numbered(_sections(desk, meeting)),
        *written.closing(to, templates.rank_words(words, to.rank).closing),
        Signed(blocks, choices.day),
        Copies(words.copies, words.filed),
    ]
    subtitle = plain(fill(words.meeting_report_of, meeting=what))
    return Document(letterhead(desk, written.number), words.meeting_report, (subtitle,), tuple(parts))


def _reader(desk: Desk, written: Letter) -> Reader:
    """The governor of the office's own province or district, unless somebody else was typed."""
    words, rank = phrases(), written.template.rank or SUPERIOR
    place = gazetteer.get(desk.office)
    usual = Reader((), words.address_anybody, rank)
    if place.level in _GOVERNED:
        spoken = words.report_to_governor if place.level in _EXCELLENT else words.report_to_district
        line = f"{spoken} {plain(fill(words.report_to, place=place.title('km')))}"
        usual = Reader((line,), spoken, rank)
    to = written.reader(usual)
    if to.lines == usual.lines:
        return to
    first = to.lines[0] if to.lines else ""
    title = next((one for one in sorted(TITLES, key=len, reverse=True) if first.startswith(one)), words.address_anybody)
    return Reader(to.lines, title, to.rank)


def _held(desk: Desk, meeting: Record, what: str) -> tuple[Span, ...]:
    """When, where, by whom, under whom. What is not known is left out."""
    words = phrases()
    day, start, end = day_of(meeting, "date"), hour_of(meeting, "start"), hour_of(meeting, "end")
    organiser, chair = title_of(desk, meeting["organiser"]), whole_name(person(desk, meeting["chair"]), words)
    pieces = (
        fill(words.held_on, date=dates.official(day)) if day else "",
        fill(words.held_at, time=hour(start)) if start else "",
        fill(words.report_until, time=hour(end)) if end else "",
        fill(words.held_in, venue=meeting.text("venue")) if meeting["venue"] else "",
        fill(words.held_by, organiser=organiser, sort=what) if organiser else fill(words.held, sort=what),
        fill(words.held_under, ("chair",), chair=chair) if chair else "",
    )
    return (*spaced(pieces), Span(words.end_of_sentence))


def _sections(desk: Desk, meeting: Record) -> list[tuple[str, list[Part]]]:
    words = phrases()
    items = records.children(desk, "agenda_item", meeting.id)
    follow_ups = records.children(desk, "follow_up", meeting.id)
    return [
        (words.report_purpose, _purpose(desk, meeting)),
        (words.report_people, _people(desk, meeting)),
        (words.report_proceedings, list(_proceedings(desk, meeting))),
        (words.report_results, list(_results(items))),
        (words.report_inputs, _inputs(desk, meeting)),
        (words.report_decisions, [short_table(desk, follow_ups)] if follow_ups else []),
    ]


def _numbered(sections: list[tuple[str, list[Part]]]) -> Iterator[Part]:
    """Only those that say something, numbered."""
    told = [one for one in sections if one[1]]
    for n, (title, parts) in enumerate(told, 1):
        yield Heading(f"{digits.count(n, 'km')}. {title}")
        yield from parts


def _purpose(desk: Desk, meeting: Record) -> list[Part]:
    words, subject, plan = phrases(), meeting.text("subject").strip(), title_of(desk, meeting["plan"])
    if not subject or subject.startswith(words.meeting):
        return []
    pieces = (
        fill(words.report_purpose_text, subject=subject),
        fill(words.report_for_plan, plan=plan) if plan else "",
    )
    return [Words((*spaced(pieces), Span(words.end_of_sentence)))]


def _people(desk: Desk, meeting: Record) -> list[Part]:
    """How many came, and from which bodies, in the order of the list."""
    words = phrases()
    came = [one for one in meetings.attendees(desk, meeting.id) if one.here]
    told = counted(counts(desk, meeting.id), [attendee(desk, one) for one in came], words)
    bodies = list(dict.fromkeys(one.body.strip() for one in came if one.body.strip()))
    parts: list[Part] = [Words(told, "bullet")] if told else []
    if bodies:
        text = plain(fill(words.report_bodies, bodies=", ".join(bodies)))
        parts.append(Words(text + words.end_of_sentence, "bullet"))
    return parts


def _proceedings(desk: Desk, meeting: Record) -> Iterator[Part]:
    """Whether the last minutes were adopted, and who presented what."""
    words, adopted = phrases(), cast("bool | None", meeting["previous_minutes_adopted"])
    if adopted is not None:
        yield Words(words.adopted if adopted else words.not_adopted)
    shown = records.children(desk, "presentation", meeting.id)
    if shown:
        yield Words(words.report_presentations, "intro")
    for one in shown:
        by = title_of(desk, one["presenter"])
        title = fill(words.presentation, ("title",), title=one.text("title"))
        yield Words(spaced((title, fill(words.presentation_by, presenter=by) if by else "")), "bullet")


def _results(items: list[Record]) -> Iterator[Part]:
    """Each point of the agenda about which something is written."""
    words = phrases()
    for n, item in enumerate(items, 1):
        told = [line.strip() for line in item.text("minutes").splitlines() if line.strip()]
        if told:
            yield Heading(plain(fill(words.point, number=digits.count(n, "km"), title=item.text("title"))), 2)
            yield from (Words(line) for line in told)


def _inputs(desk: Desk, meeting: Record) -> list[Part]:
    words = phrases()
    lines = []
    for n, one in enumerate(records.children(desk, "input", meeting.id), 1):
        who, body = title_of(desk, one["person"]), title_of(desk, one["body"])
        cells = (
            Cell(digits.count(n, "km")),
            Cell(who or body, note=body if who and body != who else ""),
            Cell(one.text("text")),
            Cell(_disposition(one), note=one.text("reason")),
        )
        lines.append(Line(cells))
    columns = (
        ListColumn(words.col_number, 0.9, "centre"),
        ListColumn(words.col_who, 4.2),
        ListColumn(words.col_input, 7.2),
        ListColumn(words.col_disposition, 3.5),
    )
    return [Listing(columns, tuple(lines), CELL_SIZE, middle=True)] if lines else []


def _disposition(one: Record) -> str:
    words = phrases()
    found: dict[str, str] = {
        "open": words.open,
        "accepted": words.accepted,
        "adapted": words.adapted,
        "noted": words.noted,
        "declined": words.declined,
    }
    return joined(found.get(one.text("disposition"), ""))
