"""What letters share: to whom they go and how one speaks to them, head, opening and closing, the meeting in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from cpdesk.khmer import dates
from cpdesk.printing.document import Facts, Part, Span, Text, Words, plain
from cpdesk.printing.phrases import blanks
from cpdesk.printing.spoken import phrases
from cpdesk.printing.wording import dots, fill
from cpdesk.records.paperwork import EQUAL, INFERIOR, SUPERIOR
from cpdesk.store import Desk, Record
from cpdesk.store.scopes import covers
from cpdesk.tasks.papers.people import day_of, title_of
from cpdesk.tasks.paperwork import own, register, templates
from cpdesk.tasks.paperwork.own import Own
from cpdesk.tasks.paperwork.templates import PaperTemplate

_HONOURED = ("ឯកឧត្តម", "លោកជំទាវ", "សម្តេច", "សម្ដេច", "ឧកញ៉ា", "អ្នកឧកញ៉ា", "ព្រះ")


# --- to whom --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Reader:
    """To whom a letter goes: the lines that name them, how they are spoken to, and whether they stand above us."""

    lines: tuple[str, ...]
    address: str
    rank: str = EQUAL


def address(title: str, sex: str) -> str:
    """How somebody is spoken to: by the title, else as the sex asks."""
    words = phrases()
    return title.strip() or {"male": words.address_man, "female": words.address_woman}.get(sex, words.address_anybody)


def rank(desk: Desk, template: PaperTemplate, title: str, body: Record | None) -> str:
    """Whether somebody stands above, beside or below the office.

    What the office's template says goes before; where that is "equal", as it ships, a high title or the place of the
    person's body tells more.
    """
    if template.rank and template.rank != EQUAL:
        return template.rank
    if title.startswith(_HONOURED):
        return SUPERIOR
    place = body.text("place") if body is not None else ""
    if place and place != desk.office:
        if covers(desk.office, place):
            return INFERIOR
        if covers(place, desk.office):
            return SUPERIOR
    return EQUAL


# --- the letter -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Letter:
    """A letter's own words: those typed on it by hand, else the office's template, else the usual ones."""

    form: str
    template: PaperTemplate
    own: Own
    number: str

    def reader(self, usual: Reader) -> Reader:
        """Who was typed on this letter, else the usual one."""
        lines = _lines(self.own.to) if self.own.to is not None else usual.lines
        return replace(usual, lines=lines, rank=self.own.rank or usual.rank)

    def head(self, reader: Reader, subject: str, reference: str = "", enclosed: str = "") -> list[Part]:
        """To whom, through whom, about what, what it answers, what is enclosed. The subject always has its line."""
        words = phrases()
        to = templates.rank_words(words, reader.rank).to
        rows: list[tuple[str, Text]] = [
            (words.letter_via, _said(self.own.via, "")),
            (words.letter_subject, _said(self.own.subject, subject)),
            (words.letter_reference, _said(self.own.reference, reference)),
            (words.letter_enclosed, _said(self.own.attachments, enclosed)),
        ]
        shown = tuple((label, text) for label, text in rows if text or label == words.letter_subject)
        lines = [to, *(reader.lines or (dots(16),))]
        return [Words("\n".join(lines), "address", keep=True), Facts(shown, ruled=False)]

    def opening(self, reader: Reader, reference: str) -> Words:
        """The formula that a letter to such a reader begins with."""
        words = phrases()
        text = _said(self.own.opening, self.template.opening or templates.rank_words(words, reader.rank).opening)
        above = words.above_reference if _said(self.own.reference, reference) else words.above_subject
        return Words(filled(text, address=reader.address, above=above), "intro")

    def closing(self, reader: Reader, usual: str) -> list[Part]:
        """The formula that it ends with, a paragraph a line; the last stays with what follows."""
        text = plain(filled(_said(self.own.closing, self.template.closing or usual), address=reader.address, above=""))
        found = [line.strip() for line in text.splitlines() if line.strip()]
        return [Words(line, "intro") for line in found]


def letter(desk: Desk, form: str, *abouts: str) -> Letter:
    """The letter about the last of `abouts`; what is typed for an earlier one counts where it says nothing itself."""
    told = Own()
    for about in abouts:
        told = _over(told, own.get(desk, form, about))
    number = next((found for about in reversed(abouts) if (found := register.number_of(desk, form, about))), "")
    return Letter(form, templates.paper(desk, form), told, told.number or number)


def _over(below: Own, above: Own) -> Own:
    said: dict[str, Any] = {
        one.name: value
        for one in fields(Own)
        if (value := getattr(above, one.name)) is not None and one.name != "signatures"
    }
    if any(above.signatures):
        said["signatures"] = above.signatures
    return replace(below, **said)


def _said(typed: str | None, usual: str) -> str:
    return usual if typed is None else typed


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def filled(template: str, **values: str) -> tuple[Span, ...]:
    """`template` with its blanks filled in; words that have other blanks, or braces of their own, stand as they are."""
    try:
        fits = blanks(template) <= values.keys()
    except ValueError:
        fits = False
    return fill(template, **values) if fits else (Span(template),)


# --- the meeting in words -------------------------------------------------------------------------------------------
def meeting_words(meeting: Record) -> str:
    """Sort and subject, as a sentence says them: កិច្ចប្រជុំពិគ្រោះយោបល់ស្តីពី …; dots where the subject is blank."""
    words, subject = phrases(), meeting.text("subject").strip()
    if subject.startswith(words.meeting):
        return subject
    sort = meeting.label("sort") if meeting["sort"] and meeting["sort"] != "other" else ""
    return f"{words.meeting}{sort}{plain(fill(words.about, subject=subject or dots(16)))}"


def day_words(day: date | None) -> str:
    """ថ្ងៃព្រហស្បតិ៍ ទី២៣ ខែមិថុនា ឆ្នាំ២០២២; dots for the pen where the day is not known."""
    words = phrases()
    if day is None:
        return plain(fill(words.date_by_hand, dots=dots(3)))
    rest = dates.official(day).removeprefix("ថ្ងៃ")
    return plain(fill(words.weekday, weekday=dates.weekday(day, "km"), date=rest))


def spaced(pieces: Iterable[Text]) -> tuple[Span, ...]:
    """The pieces that say something, one after another with a space between them."""
    out: list[Span] = []
    for piece in pieces:
        told = (Span(piece),) if isinstance(piece, str) else piece
        if plain(told).strip():
            out += ([Span(" ")] if out else []) + list(told)
    return tuple(out)


def reference(desk: Desk, meeting: Record) -> str:
    """What a letter about a meeting refers to: the plan that it is about."""
    return title_of(desk, meeting["plan"])


def by_invitation(desk: Desk, meeting: Record) -> str:
    """The letter that called the meeting, by its number and day; blank where it has none in the register."""
    found = register.entry_of(desk, "invitation", meeting.id) or register.entry_of(desk, "invitation_list", meeting.id)
    if found is None:
        return ""
    words = phrases()
    if found.day is None:
        return plain(fill(words.by_invitation, number=found.shown))
    return plain(fill(words.by_invitation_of, number=found.shown, date=dates.official(found.day)))


def letter_day(today: date, meeting: Record) -> date | None:
    """The day that a letter calling the meeting bears: left to the pen once the meeting is over."""
    held = day_of(meeting, "date")
    return None if held is not None and held < today else today
