"""Minutes of a meeting (កំណត់ហេតុ): who came, what was on the agenda, what each said in order, what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from cpdesk.khmer import dates, digits
from cpdesk.printing.document import (
    Cell,
    Document,
    Heading,
    Line,
    ListColumn,
    Listing,
    Part,
    Signature,
    Signed,
    Span,
    Text,
    Turn,
    Words,
)
from cpdesk.printing.model import AgendaEntry, FollowUpEntry, InputEntry, MinutesData, PresentationEntry
from cpdesk.printing.people import CELL_SIZE, counted, heads, people_table, split_by_presence
from cpdesk.printing.wording import dots, fill, hour, joined, whole_name

_LONGEST_LIST = 20  # attendees; more of them go into an annex

Sections = list[tuple[str, list[Part]]]
_Entry = TypeVar("_Entry", PresentationEntry, InputEntry)


def minutes(data: MinutesData) -> Document:
    """The minutes as a paper."""
    phrases = data.phrases
    head = replace(data.letterhead, number=data.number or data.letterhead.number)
    lines = [data.subject]
    if not data.subject.startswith(phrases.meeting):
        lines = [data.sort, phrases.about.format(subject=data.subject)] if data.subject else [data.sort]
    parts = (*_when_and_where(data), *_numbered(_sections(data)), *_end(data), *_annex(data))
    return Document(head, phrases.minutes, tuple(line for line in lines if line), parts, phrases=phrases)


def _when_and_where(data: MinutesData) -> list[Part]:
    """The sentence that begins minutes. What is not known is left out of it."""
    phrases = data.phrases
    chair = whole_name(data.chair, phrases)
    sort = data.sort or phrases.meeting
    starts_with_sort = data.subject.startswith(phrases.meeting)
    nothing: tuple[Span, ...] = ()
    pieces = [
        fill(phrases.held_on, date=dates.official(data.date)) if data.date else nothing,
        fill(phrases.held_at, time=hour(data.start)) if data.start else nothing,
        fill(phrases.held_in, venue=data.venue) if data.venue else nothing,
        fill(phrases.held_by, organiser=data.organiser, sort="" if starts_with_sort else sort)
        if data.organiser
        else fill(phrases.held, sort="" if starts_with_sort else sort),
        (Span(data.subject, bold=True),) if starts_with_sort else nothing,
        fill(phrases.about, ("subject",), subject=data.subject) if data.subject and not starts_with_sort else nothing,
        fill(phrases.held_for, plan=data.plan) if data.plan else nothing,
        fill(phrases.held_under, ("chair",), chair=chair) if chair else nothing,
    ]
    return [Words((*_spaced(pieces), Span(phrases.end_of_sentence)))]


def _spaced(pieces: Iterable[tuple[Span, ...]]) -> tuple[Span, ...]:
    """The pieces one after another with a space between them."""
    out: list[Span] = []
    for spans in pieces:
        if out and spans:
            out.append(Span(" "))
        out += spans
    return tuple(out)


def _sections(data: MinutesData) -> Sections:
    """Title and content of every section that has something to say."""
    phrases = data.phrases
    return [
        (phrases.section_people, _people(data)),
        (phrases.section_agenda, _agenda(data.agenda)),
        (phrases.section_opening, _speech(data, data.opening)),
        (phrases.section_proceedings, _proceedings(data)),
        (phrases.section_presentations, _presentations(data, _without_point(data, data.presentations))),
        (phrases.section_inputs, _inputs(data, _without_point(data, data.inputs))),
        (phrases.section_decisions, _decisions(data)),
        (phrases.section_closing, _speech(data, data.closing)),
    ]


def _numbered(sections: Sections) -> list[Part]:
    out: list[Part] = []
    number = 0
    for title, parts in sections:
        if parts:
            number += 1
            out += [Heading(f"{digits.count(number, 'km')}. {title}"), *parts]
    return out


def _people(data: MinutesData) -> list[Part]:
    phrases = data.phrases
    chair, secretary = whole_name(data.chair, phrases), whole_name(data.secretary, phrases)
    lines: list[Text] = [
        fill(phrases.chaired_by, chair=chair) if chair else (),
        fill(phrases.recorded_by, secretary=secretary) if secretary else (),
        counted(data.counts, data.attendance, phrases),
    ]
    parts: list[Part] = [Words(line, "bullet") for line in lines if line]
    came, excused, missing = split_by_presence(data.attendance)
    for template, people in ((phrases.excused, excused), (phrases.missing, missing)):
        if people:
            names = ", ".join(joined(one.title, one.name) for one in people)
            parts.append(Words(fill(template, names=names), "bullet"))
    if len(came) > _LONGEST_LIST:
        parts.append(Words(phrases.annexed + phrases.end_of_sentence, "bullet"))
    elif came:
        parts.append(people_table(came, phrases))
    return parts


def _agenda(agenda: Sequence[AgendaEntry]) -> list[Part]:
    return [Words(entry.title, "point", label=f"{digits.count(i, 'km')}.") for i, entry in enumerate(agenda, 1)]


def _speech(data: MinutesData, text: str) -> list[Part]:
    """What the chair said, in the chair's name."""
    if not text.strip():
        return []
    chair = whole_name(data.chair, data.phrases)
    if not chair:
        return _paragraphs(text)
    return [Words(fill(data.phrases.said, ("who",), who=chair), "intro"), *_paragraphs(text)]


def _paragraphs(text: str) -> list[Part]:
    return [Words(line.strip()) for line in text.splitlines() if line.strip()]


def _proceedings(data: MinutesData) -> list[Part]:
    """Each point of the agenda under which something was said."""
    phrases = data.phrases
    parts: list[Part] = []
    if data.previous_adopted is not None:
        parts.append(Words(phrases.adopted if data.previous_adopted else phrases.not_adopted))
    for number, entry in enumerate(data.agenda, 1):
        inside: list[Part] = []
        if entry.presenter:
            inside.append(Words(fill(phrases.led_by, presenter=entry.presenter), "remark"))
        inside += _presentations(data, [p for p in data.presentations if p.agenda == number])
        inside += _paragraphs(entry.minutes)
        inputs = _inputs(data, [i for i in data.inputs if i.agenda == number])
        if inputs:
            inside += [Words(phrases.inputs_follow, "indented", keep=True), *inputs]
        if len(inside) > (1 if entry.presenter else 0):
            parts += [Heading(phrases.point.format(number=digits.count(number, "km"), title=entry.title), 2), *inside]
    return parts


def _without_point(data: MinutesData, entries: Sequence[_Entry]) -> list[_Entry]:
    """Those that belong to no point of the agenda."""
    return [entry for entry in entries if not 1 <= entry.agenda <= len(data.agenda)]


def _presentations(data: MinutesData, entries: Sequence[PresentationEntry]) -> list[Part]:
    phrases = data.phrases
    parts: list[Part] = []
    for entry in entries:
        head = [
            fill(phrases.presentation, ("title",), title=entry.title),
            fill(phrases.presentation_by, presenter=entry.presenter) if entry.presenter else (),
        ]
        parts.append(Words(_spaced(head), "bullet", keep=bool(entry.summary.strip())))
        parts += _paragraphs(entry.summary)
    return parts


def _inputs(data: MinutesData, entries: Sequence[InputEntry]) -> list[Part]:
    """Who said what, and what became of it."""
    parts: list[Part] = []
    for entry in entries:
        who = joined(entry.who, f"({entry.body})" if entry.body and entry.body != entry.who else "")
        remarks = _remarks(data, entry)
        spoken = " ".join(entry.text.split("\n"))
        parts.append(Words(spoken, "bullet", lead=f"{who}៖" if who else "", keep=bool(remarks)))
        if remarks:
            parts.append(Words(remarks, "remark"))
    return parts


def _remarks(data: MinutesData, entry: InputEntry) -> str:
    phrases = data.phrases
    results = {
        "open": phrases.open,
        "accepted": phrases.accepted,
        "adapted": phrases.adapted,
        "noted": phrases.noted,
        "declined": phrases.declined,
        "": "",
    }
    result = results[entry.disposition]
    if entry.reason:
        result = f"{result} ({entry.reason})" if result else entry.reason
    lines = [
        phrases.input_about.format(about=entry.about) if entry.about else "",
        phrases.input_result.format(result=result) if result else "",
    ]
    return "\n".join(line for line in lines if line)


def _decisions(data: MinutesData) -> list[Part]:
    """What was decided: a table if anybody or any day is named with it, else a list."""
    phrases, entries = data.phrases, data.follow_ups
    if not any(entry.responsible or entry.due for entry in entries):
        return [
            Words(entry.text, "point", lead=_sort(data, entry), label=f"{digits.count(i, 'km')}.")
            for i, entry in enumerate(entries, 1)
        ]
    columns = (
        ListColumn(phrases.col_number, 1.0, "centre"),
        ListColumn(phrases.col_decision, 8.2),
        ListColumn(phrases.col_responsible, 4.2),
        ListColumn(phrases.col_due, 2.4, "centre"),
    )
    lines = tuple(
        Line(
            (
                Cell(digits.count(i, "km")),
                Cell(entry.text, lead=_sort(data, entry)),
                Cell(entry.responsible),
                Cell(dates.short(entry.due, "km") if entry.due else ""),
            )
        )
        for i, entry in enumerate(entries, 1)
    )
    return [Listing(columns, lines, CELL_SIZE, middle=True)]


def _sort(data: MinutesData, entry: FollowUpEntry) -> str:
    """What sort of decision it is, where there are several sorts."""
    phrases = data.phrases
    sort = {"decision": phrases.decision, "task": phrases.task, "recommendation": phrases.recommendation, "": ""}
    several = len({other.sort for other in data.follow_ups}) > 1
    return f"{sort[entry.sort]}៖" if several and entry.sort else ""


def _end(data: MinutesData) -> list[Part]:
    """The phrase that ends minutes, date lines, signatures."""
    phrases = data.phrases
    time = hour(data.end) if data.end else dots(6)
    return [
        Words(fill(phrases.ended, time=time), "intro"),
        Signed(
            (Signature(phrases.secretary, data.secretary), Signature(phrases.chair, data.chair)),
            data.signed_on or data.date,
            data.lunar_line,
        ),
    ]


def _annex(data: MinutesData) -> list[Part]:
    """The list of those who came, on pages of its own where it is long."""
    came, _, _ = split_by_presence(data.attendance)
    if len(came) <= _LONGEST_LIST:
        return []
    counts = heads(data.counts, data.attendance, data.phrases)
    said: list[Part] = [Words(counts, "centre", keep=True)] if counts else []
    return [Turn(), Heading(data.phrases.annex, 0), *said, people_table(came, data.phrases)]
