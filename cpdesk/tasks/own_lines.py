"""The lines of one paper that can be changed by hand: what they would say by themselves, and what was typed instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from cpdesk.kinds import Value
from cpdesk.printing.document import Copies, Document, Facts, Part, Signed, Words, plain
from cpdesk.printing.phrases import Phrases
from cpdesk.printing.wording import date_lines, signer_name
from cpdesk.records.paperwork import BLOCKS, DOCUMENT, own_id
from cpdesk.store import Desk
from cpdesk.tasks import forms
from cpdesk.tasks.papers import FORMS, NONE, Choices
from cpdesk.tasks.paperwork import own, register, templates
from cpdesk.tasks.paperwork.keeping import here

Sort = TypeVar("Sort", bound=Part)


@dataclass(frozen=True)
class OwnLines:
    """Lines by the names of the fields of the kind "document", in its order.

    `usual` are those that the paper has or may have, as it would say them itself; `typed` those that were changed, an
    empty text where one was taken out. `next_number` is the number that it would get, blank where it gets none or has
    one. `signers` are the names under the signature blocks.
    """

    about: str
    usual: dict[str, str]
    typed: dict[str, Value]
    next_number: str = ""
    signers: tuple[str, ...] = ()


def own_lines(desk: Desk, form: str, id_: str, choices: Choices = NONE) -> OwnLines | None:
    """The lines of that paper; None for plain sheets, which say only what the desk says."""
    wanted = FORMS.get(form)
    if wanted is None or not wanted.official:  # such as the manual, which is no form
        return None
    with own.set_aside():
        made = forms.documents(desk, form, id_, choices)
    about = forms.about_of(desk, form, id_, choices)
    template = templates.paper(desk, form)
    usual = lines_of(made, template.rank)
    usual = {field.name: usual[field.name] for field in DOCUMENT.fields if field.name in usual}
    found = here(desk, own_id(DOCUMENT, desk.office, form, about))
    typed = {name: _typed(found[name]) for name in usual if found is not None and found[name] is not None}
    number = ""
    if template.numbered and not usual["number"] and not typed.get("number"):
        number = register.next_number(desk, form, choices.day)
    return OwnLines(about, usual, typed, number, signers_of(made))


def lines_of(made: tuple[Document, ...], rank: str) -> dict[str, str]:
    """What papers of one form say in the lines that can be changed, by the names of the fields of "document"."""
    return dict(_lines(made, rank))


def signers_of(made: tuple[Document, ...]) -> tuple[str, ...]:
    """The names under the signature blocks, from the left; blank where nobody is named."""
    return next((tuple(map(signer_name, one.blocks)) for one in _all(made, Signed)), ())


def _typed(value: Value) -> Value:
    return value.strip() if isinstance(value, str) else value


def _all(made: tuple[Document, ...], sort: type[Sort]) -> Iterator[Sort]:
    return (part for one in made for part in one.parts if isinstance(part, sort))


def _lines(made: tuple[Document, ...], rank: str) -> Iterator[tuple[str, str]]:
    """The lines of the first document; letters to several readers have no reader and rank in common."""
    first = made[0]
    yield "number", first.head.number
    yield "title", first.title
    yield from _letter(first, rank, alone=len(made) == 1)
    for end in _all((first,), Signed):
        if end.dated:
            *moon, sun = date_lines(end, first.head, first.phrases)
            yield "lunar", moon[0] if moon else ""
            yield "place_date", sun
        for n, block in zip(BLOCKS, end.blocks, strict=False):
            yield f"signature_{n}", "\n".join(block.lines)
            yield f"signer_{n}", ""
            yield f"person_{n}", ""
        break
    yield "copies", "\n".join(line for part in _all((first,), Copies) for line in part.lines)


def _letter(made: Document, rank: str, *, alone: bool) -> Iterator[tuple[str, str]]:
    """What stands in a letter between its title and its date."""
    at = next((n for n, part in enumerate(made.parts) if isinstance(part, Words) and part.look == "address"), None)
    if at is None:
        return
    address, *rest = made.parts[at:]
    if alone and isinstance(address, Words):
        yield "rank", rank
        yield "to", "\n".join(plain(address.text).splitlines()[1:])
    head = next((part for part in rest if isinstance(part, Facts) and not part.ruled), None)
    said = {label: plain(text) for label, text in head.rows} if head is not None else {}
    for name, label in _labels(made.phrases).items():
        yield name, said.get(label, "")
    body = rest[: next((n for n, part in enumerate(rest) if isinstance(part, Signed)), len(rest))]
    begin = next((n for n, part in enumerate(body) if isinstance(part, Words)), len(body))
    for opening in body[begin : begin + 1]:
        if isinstance(opening, Words) and opening.look == "intro":
            yield "opening", plain(opening.text)
    yield "closing", "\n".join(_closing(body[begin + 1 :]))


def _labels(words: Phrases) -> dict[str, str]:
    return {
        "via": words.letter_via,
        "subject": words.letter_subject,
        "reference": words.letter_reference,
        "attachments": words.letter_enclosed,
    }


def _closing(body: list[Part]) -> list[str]:
    """The paragraphs that stay with the date lines after them."""
    found: list[str] = []
    for part in reversed(body):
        if not isinstance(part, Words) or part.look != "intro":
            break
        found.insert(0, plain(part.text))
    return found
