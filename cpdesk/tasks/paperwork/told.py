"""What a paper says of itself, as the register writes it down: about what it is, and to whom it goes."""

from __future__ import annotations

from collections.abc import Sequence

from cpdesk.khmer import digits
from cpdesk.printing.document import Document, Facts, Words, plain
from cpdesk.printing.wording import fill

_NAMED = 3  # readers who are named; of more than that, how many they are


def subject_of(made: Sequence[Document]) -> str:
    """The subject line of a letter; of another paper its title and what stands under it."""
    first = made[0]
    rows = (row for part in first.parts if isinstance(part, Facts) and not part.ruled for row in part.rows)
    line = next((plain(text) for label, text in rows if label == first.phrases.letter_subject), "").strip()
    return line or " ".join(text.strip() for text in (first.title, *first.subtitles) if text.strip())


def readers_of(made: Sequence[Document]) -> str:
    """Who gets it, by the first line that names each; blank where nobody is named."""
    named = [line for one in made if (line := _reader(one))]
    shown = ", ".join(named[:_NAMED])
    if len(named) <= _NAMED:
        return shown
    more = plain(fill(made[0].phrases.people, count=digits.count(len(named), "km")))
    return f"{shown} … ({more})"


def _reader(one: Document) -> str:
    address = next((part for part in one.parts if isinstance(part, Words) and part.look == "address"), None)
    lines = plain(address.text).splitlines()[1:] if address is not None else []
    name = lines[0].strip() if lines else ""
    return name if name.strip(".") else ""
