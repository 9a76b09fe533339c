"""Letters that call a meeting (លិខិតអញ្ជើញ): one for each who is invited, or one with the list of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import Value
from cpdesk.printing import model
from cpdesk.printing.document import Copies, Document, Heading, Part, Signature, Signed, Span, Turn, Words, plain
from cpdesk.printing.people import counted, people_table
from cpdesk.printing.spoken import phrases
from cpdesk.printing.wording import dots, fill, hour, joined, whole_name
from cpdesk.records.paperwork import EQUAL, INFERIOR, SUPERIOR
from cpdesk.store import Desk, Record
from cpdesk.tasks import meetings, records
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead
from cpdesk.tasks.papers.letters import (
    Letter,
    Reader,
    address,
    day_words,
    filled,
    letter,
    letter_day,
    meeting_words,
    rank,
    reference,
    spaced,
)
from cpdesk.tasks.papers.people import day_of, hour_of, person, title_of

_IN_SHORT = 5  # points of the agenda that still stand in the letter itself: with more it would be two pages


@dataclass(frozen=True)
class Invitee:
    """Somebody who is to come. `ids` are those by which a letter for them alone can be asked for."""

    ids: tuple[str, ...]
    who: model.Attendee
    body: Record | None = None


def letters_of(desk: Desk, id_: str, choices: Choices) -> list[Document]:
    """A letter for each who is invited; for one alone where their id stands behind the meeting's. Where nobody is
    invited yet, one to fill in by hand."""
    meeting = records.get(desk, id_)
    return [_letter(desk, meeting, one, choices) for one in _wanted(desk, meeting, choices)]


def _wanted(desk: Desk, meeting: Record, choices: Choices) -> list[Invitee | None]:
    """Those who get a letter; nobody yet where nobody is invited."""
    people = [one for one in invitees(desk, meeting) if not choices.against or choices.against in one.ids]
    if choices.against and not people:
        raise NotFound(_("This person is not invited to the meeting."))
    return [*people] or [None]


def _abouts(meeting: Record, to: Invitee | None) -> tuple[str, ...]:
    return (meeting.id, *(f"{meeting.id}/{id_}" for id_ in (to.ids if to is not None else ())))


def one_of(desk: Desk, id_: str, choices: Choices) -> str:
    """Whose letter alone is asked for; blank for all of them."""
    if choices.against:
        _wanted(desk, records.get(desk, id_), choices)
    return choices.against


def each_of(desk: Desk, id_: str, choices: Choices) -> list[tuple[str, ...]]:
    """What changes by hand are kept under, letter by letter."""
    meeting = records.get(desk, id_)
    return [_abouts(meeting, one) for one in _wanted(desk, meeting, choices)]


def with_list(desk: Desk, id_: str, choices: Choices) -> Document:
    """One letter to all of them, with the list on a page of its own."""
    meeting, words = records.get(desk, id_), phrases()
    people = [one.who for one in invitees(desk, meeting)]
    written = letter(desk, "invitation_list", id_)
    usual = Reader((words.address_all, words.invited_list), words.address_all, written.template.rank or EQUAL)
    counts = counted(model.Counts(), people, replace(words, came=words.invited_count))
    annex: list[Part] = [
        Turn(),
        Heading(words.invited_list_title, 0),
        Words(plain(fill(words.invited_list_of, meeting=meeting_words(meeting))), "centre", keep=True),
        *([Words(counts, "plain", keep=True)] if counts else []),
        people_table(people or [model.Attendee("")] * 10, words),
    ]
    return _made(desk, meeting, written, written.reader(usual), words.invited_list_title, tuple(annex), choices)


# --- who is invited -------------------------------------------------------------------------------------------------
def invitees(desk: Desk, meeting: Record) -> list[Invitee]:
    """Those whom the attendance names as invited; where it names none, the members of the committee that calls the
    meeting. Who signs the letter gets none."""
    rows = [row for row in meetings.attendees(desk, meeting.id) if row.record["invited"] is True]
    if rows:
        found = [_from_row(desk, row) for row in rows]
    elif isinstance(meeting["organiser"], str):
        members = meetings.standing_members(desk, meeting["organiser"], meeting.text("date"))
        found = [one for member in members if (one := _from_person(desk, member["person"])) is not None]
    else:
        found = []
    signs = _signer(desk, meeting)
    return [one for one in found if signs not in one.ids]


def _from_row(desk: Desk, row: meetings.Attendee) -> Invitee:
    known = records.get_if_here(desk, row.record["person"])
    who = model.Attendee(row.name, row.title, cast(model.Sex, row.sex), row.position, row.body)
    ids = tuple(id_ for id_ in (row.record.id, row.record.text("person")) if id_)
    return Invitee(ids, who, _body(desk, known))


def _from_person(desk: Desk, id_: Value) -> Invitee | None:
    known = records.get_if_here(desk, id_)
    if known is None:
        return None
    sex = cast(model.Sex, known.text("sex"))
    place = records.show(desk, known, "body")
    who = model.Attendee(known.title, known.text("title"), sex, known.text("position"), place)
    return Invitee((known.id,), who, _body(desk, known))


def _body(desk: Desk, known: Record | None) -> Record | None:
    return records.get_if_here(desk, known["body"]) if known is not None else None


def _signer(desk: Desk, meeting: Record) -> str:
    """Who calls the meeting: its chair, else the chair of the committee that organises it; blank for nobody known."""
    if meeting["chair"] or not isinstance(meeting["organiser"], str):
        return meeting.text("chair")
    members = meetings.standing_members(desk, meeting["organiser"], meeting.text("date"))
    return next((one.text("person") for one in members if one["role"] == "chair"), "")


# --- the letter -----------------------------------------------------------------------------------------------------
def _letter(desk: Desk, meeting: Record, to: Invitee | None, choices: Choices) -> Document:
    written = letter(desk, "invitation", *_abouts(meeting, to))
    usual = Reader((), phrases().address_anybody)
    if to is not None:
        who = to.who
        spoken = address(who.title, who.sex)
        above = rank(desk, written.template, who.title, to.body)
        usual = Reader(_named(who, spoken), spoken, above)
    topic = joined(to.who.title, to.who.name) if to is not None else ""
    return _made(desk, meeting, written, written.reader(usual), topic, (), choices)


def _named(who: model.Attendee, spoken: str) -> tuple[str, ...]:
    """The lines that name somebody on their letter: name; position and body."""
    lines = (joined(spoken, who.name), joined(who.position, who.body))
    return tuple(line for line in lines if line)


def _made(
    desk: Desk, meeting: Record, written: Letter, to: Reader, topic: str, annex: tuple[Part, ...], choices: Choices
) -> Document:
    words, what = phrases(), meeting_words(meeting)
    agenda = records.children(desk, "agenda_item", meeting.id)
    refers = reference(desk, meeting)
    enclosed = [words.agenda] if len(agenda) > _IN_SHORT else []
    enclosed += [words.invited_list_title] if annex else []
    signs = person(desk, _signer(desk, meeting) or None)
    parts: list[Part] = [
        *written.head(to, plain(fill(words.invitation_subject, meeting=what)), refers, ", ".join(enclosed)),
        written.opening(to, refers),
        Words(_sentence(desk, meeting, what)),
        *_agenda(agenda),
        Words(filled(words.invited_delegate, address=to.address)),
        *written.closing(to, _closing(to.rank)),
        Signed((Signature(words.inviter, signs),), letter_day(choices.day, meeting)),
        Copies(words.copies, words.filed),
        *annex,
    ]
    return Document(letterhead(desk, written.number), words.invitation, parts=tuple(parts), topic=topic)


def _sentence(desk: Desk, meeting: Record, what: str) -> tuple[Span, ...]:
    """Who calls which meeting, under whom, when and where; dots where the pen has to say it."""
    words = phrases()
    organiser, day, start = title_of(desk, meeting["organiser"]), day_of(meeting, "date"), hour_of(meeting, "start")
    chair = whole_name(person(desk, meeting["chair"]), words) or dots(14)
    venue = meeting.text("venue") or dots(14)
    when = {"date": day_words(day), "time": hour(start) if start else dots(5)}
    calls = fill(words.invited_by, ("meeting",), organiser=organiser, meeting=what)
    pieces = (
        calls if organiser else fill(words.invited, ("meeting",), meeting=what),
        fill(words.invited_under, ("chair",), chair=chair),
        fill(words.invited_on, ("date", "time"), **when),
        fill(words.invited_in, ("venue",), venue=venue),
    )
    return (*spaced(pieces), Span(words.end_of_sentence))


def _agenda(items: list[Record]) -> Iterator[Part]:
    """The points, where they are few; else that they are enclosed."""
    words = phrases()
    if len(items) > _IN_SHORT:
        yield Words(words.invited_agenda_enclosed)
    elif items:
        yield Words(words.invited_agenda, "intro")
        for n, item in enumerate(items, 1):
            yield Words(item.text("title"), "point", label=f"{digits.count(n, 'km')}.")


def _closing(of: str) -> str:
    words = phrases()
    return {SUPERIOR: words.invited_closing_superior, INFERIOR: words.invited_closing_inferior}.get(
        of, words.invited_closing_equal
    )
