"""Minutes of a meeting (កំណត់ហេតុ): who came, what was on the agenda, what each said in order, what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from cpdesk.khmer import dates, digits
from cpdesk.printing import official
from cpdesk.printing.model import AgendaEntry, FollowUpEntry, InputEntry, MinutesData, PresentationEntry
from cpdesk.printing.people import counted, people_table, split_by_presence
from cpdesk.printing.typeset import output, pages
from cpdesk.printing.typeset.flow import Block
from cpdesk.printing.typeset.paragraph import Paragraph, Run
from cpdesk.printing.typeset.styles import styles
from cpdesk.printing.typeset.table import Grid, Row, Table
from cpdesk.printing.wording import dots, fill, hour, joined, whole_name

_LONGEST_LIST = 20  # attendees; more of them go into an annex

Sections = list[tuple[str, list[Block]]]
_Entry = TypeVar("_Entry", PresentationEntry, InputEntry)


def minutes(data: MinutesData, path: Path) -> int:
    """Write the minutes to `path`; the number of pages."""
    return output.write(render_minutes(data), path)


def render_minutes(data: MinutesData) -> bytes:
    """The minutes as a PDF."""
    head = replace(data.letterhead, number=data.number or data.letterhead.number)
    blocks = [
        *official.letterhead(head, data.phrases, pages.text_width()),
        *_title(data),
        *_when_and_where(data),
        *_numbered(_sections(data)),
        *_end(data),
        *_annex(data),
    ]
    title = joined(data.phrases.minutes, data.subject)
    return pages.render(blocks, title, data.phrases.page, author=joined(*data.letterhead.issuer_lines))


def _title(data: MinutesData) -> list[Block]:
    st, phrases = styles(), data.phrases
    lines = [data.subject]
    if not data.subject.startswith(phrases.meeting):
        lines = [data.sort, phrases.about.format(subject=data.subject)] if data.subject else [data.sort]
    return [
        Paragraph(phrases.minutes, st.title, outline=phrases.minutes),
        *(Paragraph(line, st.subtitle) for line in lines if line),
        official.Ornament(height=22, scale=0.7),
    ]


def _when_and_where(data: MinutesData) -> list[Block]:
    """The sentence that begins minutes. What is not known is left out of it."""
    st, phrases = styles(), data.phrases
    bold = st.bold_body
    chair = whole_name(data.chair, phrases)
    sort = data.sort or phrases.meeting
    starts_with_sort = data.subject.startswith(phrases.meeting)
    pieces = [
        fill(phrases.held_on, date=dates.official(data.date)) if data.date else [],
        fill(phrases.held_at, time=hour(data.start)) if data.start else [],
        fill(phrases.held_in, venue=data.venue) if data.venue else [],
        fill(phrases.held_by, organiser=data.organiser, sort="" if starts_with_sort else sort)
        if data.organiser
        else fill(phrases.held, sort="" if starts_with_sort else sort),
        [Run(data.subject, bold)] if starts_with_sort else [],
        fill(phrases.about, bold, ("subject",), subject=data.subject) if data.subject and not starts_with_sort else [],
        fill(phrases.held_for, plan=data.plan) if data.plan else [],
        fill(phrases.held_under, bold, ("chair",), chair=chair) if chair else [],
    ]
    return [Paragraph([*_spaced(pieces), Run(phrases.end_of_sentence)], st.body)]


def _spaced(pieces: Iterable[list[Run]]) -> list[Run]:
    """The pieces one after another with a space between them."""
    out: list[Run] = []
    for runs in pieces:
        if out and runs:
            out.append(Run(" "))
        out += runs
    return out


def _sections(data: MinutesData) -> Sections:
    """Title and blocks of every section that has something to say."""
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


def _numbered(sections: Sections) -> list[Block]:
    out: list[Block] = []
    for title, blocks in sections:
        if blocks:
            number = sum(isinstance(block, _Heading) for block in out) + 1
            out += [_Heading(f"{digits.count(number, 'km')}. {title}"), *blocks]
    return out


class _Heading(Paragraph):
    """The head of a section, in the document's outline as well."""

    def __init__(self, title: str) -> None:
        super().__init__(title, styles().section, outline=title)


def _people(data: MinutesData) -> list[Block]:
    st, phrases = styles(), data.phrases
    chair, secretary = whole_name(data.chair, phrases), whole_name(data.secretary, phrases)
    lines = [
        fill(phrases.chaired_by, chair=chair) if chair else [],
        fill(phrases.recorded_by, secretary=secretary) if secretary else [],
        [Run(text) for text in [counted(data.counts, data.attendance, phrases)] if text],
    ]
    blocks: list[Block] = [Paragraph(line, st.bullet, label="–", label_at=14) for line in lines if line]
    came, excused, missing = split_by_presence(data.attendance)
    for template, people in ((phrases.excused, excused), (phrases.missing, missing)):
        if people:
            names = "  ".join(joined(one.title, one.name) for one in people)
            blocks.append(Paragraph(fill(template, names=names), st.bullet, label="–", label_at=14))
    if len(came) > _LONGEST_LIST:
        blocks.append(Paragraph(phrases.annexed + phrases.end_of_sentence, st.bullet, label="–", label_at=14))
    elif came:
        blocks.append(people_table(came, phrases))
    return blocks


def _agenda(agenda: Sequence[AgendaEntry]) -> list[Block]:
    st = styles()
    return [
        Paragraph(entry.title, st.point, label=f"{digits.count(i, 'km')}.", label_at=18)
        for i, entry in enumerate(agenda, 1)
    ]


def _speech(data: MinutesData, text: str) -> list[Block]:
    """What the chair said, in the chair's name."""
    if not text.strip():
        return []
    chair = whole_name(data.chair, data.phrases)
    if not chair:
        return _paragraphs(text)
    intro = Paragraph(fill(data.phrases.said, styles().bold_body, ("who",), who=chair), styles().intro)
    return [intro, *_paragraphs(text)]


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(line.strip(), styles().body) for line in text.splitlines() if line.strip()]


def _proceedings(data: MinutesData) -> list[Block]:
    """Each point of the agenda under which something was said."""
    st, phrases = styles(), data.phrases
    blocks: list[Block] = []
    if data.previous_adopted is not None:
        blocks.append(Paragraph(phrases.adopted if data.previous_adopted else phrases.not_adopted, st.body))
    for number, entry in enumerate(data.agenda, 1):
        inside: list[Block] = []
        if entry.presenter:
            inside.append(Paragraph(fill(phrases.led_by, presenter=entry.presenter), st.remark))
        inside += _presentations(data, [p for p in data.presentations if p.agenda == number])
        inside += _paragraphs(entry.minutes)
        inputs = _inputs(data, [i for i in data.inputs if i.agenda == number])
        if inputs:
            inside += [Paragraph(phrases.inputs_follow, replace(st.indented, with_next=True)), *inputs]
        if len(inside) > (1 if entry.presenter else 0):
            head = phrases.point.format(number=digits.count(number, "km"), title=entry.title)
            blocks += [Paragraph(head, st.subsection), *inside]
    return blocks


def _without_point(data: MinutesData, entries: Sequence[_Entry]) -> list[_Entry]:
    """Those that belong to no point of the agenda."""
    return [entry for entry in entries if not 1 <= entry.agenda <= len(data.agenda)]


def _presentations(data: MinutesData, entries: Sequence[PresentationEntry]) -> list[Block]:
    st, phrases = styles(), data.phrases
    blocks: list[Block] = []
    for entry in entries:
        head = [
            fill(phrases.presentation, st.bold_body, ("title",), title=entry.title),
            fill(phrases.presentation_by, presenter=entry.presenter) if entry.presenter else [],
        ]
        style = replace(st.bullet, with_next=bool(entry.summary.strip()))
        blocks.append(Paragraph(_spaced(head), style, label="–", label_at=14))
        blocks += _paragraphs(entry.summary)
    return blocks


def _inputs(data: MinutesData, entries: Sequence[InputEntry]) -> list[Block]:
    """Who said what, and what became of it."""
    st = styles()
    blocks: list[Block] = []
    for entry in entries:
        who = joined(entry.who, f"({entry.body})" if entry.body and entry.body != entry.who else "")
        spoken = " ".join(entry.text.split("\n"))
        runs = [Run(f"{who}៖ ", st.bold_body)] if who else []
        remarks = _remarks(data, entry)
        style = replace(st.bullet, with_next=bool(remarks))
        blocks.append(Paragraph([*runs, Run(spoken)], style, label="–", label_at=14))
        if remarks:
            blocks.append(Paragraph(remarks, st.remark))
    return blocks


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


def _decisions(data: MinutesData) -> list[Block]:
    """What was decided: a table if anybody or any day is named with it, else a list."""
    st, phrases = styles(), data.phrases
    entries = data.follow_ups
    if not any(entry.responsible or entry.due for entry in entries):
        return [
            Paragraph(_decision(data, entry), st.point, label=f"{digits.count(i, 'km')}.", label_at=18)
            for i, entry in enumerate(entries, 1)
        ]
    heads = (phrases.col_number, phrases.col_decision, phrases.col_responsible, phrases.col_due)
    head = Row(tuple((Paragraph(text, st.cell_head),) for text in heads))
    rows = [
        Row(
            (
                (Paragraph(digits.count(i, "km"), st.cell_centre),),
                (Paragraph(_decision(data, entry), st.cell),),
                (Paragraph(entry.responsible, st.cell),),
                (Paragraph(dates.short(entry.due, "km") if entry.due else "", st.cell_centre),),
            )
        )
        for i, entry in enumerate(entries, 1)
    ]
    return [Table(Grid((1.0, 8.2, 4.2, 2.4)), rows, head, before=3, after=6)]


def _decision(data: MinutesData, entry: FollowUpEntry) -> list[Run]:
    phrases = data.phrases
    sort = {"decision": phrases.decision, "task": phrases.task, "recommendation": phrases.recommendation, "": ""}
    several = len({other.sort for other in data.follow_ups}) > 1
    bold = styles().label.look if any(o.responsible or o.due for o in data.follow_ups) else styles().bold_body
    lead = [Run(f"{sort[entry.sort]}៖ ", bold)] if several and entry.sort else []
    return [*lead, Run(entry.text)]


def _end(data: MinutesData) -> list[Block]:
    """The phrase that ends minutes, date lines, signatures."""
    phrases = data.phrases
    time = hour(data.end) if data.end else dots(6)
    closing = Paragraph(fill(phrases.ended, time=time), replace(styles().body, before=9, with_next=True))
    return [
        closing,
        *official.date_lines(data.letterhead, data.signed_on or data.date, data.lunar_line, phrases),
        *official.signatures(phrases.secretary, data.secretary, phrases.chair, data.chair),
    ]


def _annex(data: MinutesData) -> list[Block]:
    """The list of those who came, on pages of its own where it is long."""
    came, _, _ = split_by_presence(data.attendance)
    if len(came) <= _LONGEST_LIST:
        return []
    phrases = data.phrases
    title = replace(styles().title, page_before=True, look=styles().motto.look, leading=26)
    counts = counted(data.counts, data.attendance, phrases)
    subtitle = [Paragraph(counts, styles().subtitle)] if counts else []
    return [Paragraph(phrases.annex, title, outline=phrases.annex), *subtitle, people_table(came, phrases)]
