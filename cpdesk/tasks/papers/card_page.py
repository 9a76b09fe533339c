"""An office's card on paper (ប័ណ្ណសម្គាល់): the number that the office above compares before it takes its packages.

The number is printed in Khmer digits as it is read aloud, in Latin digits as other programs show it, and as a code for
a phone. Nothing on the page is secret.
"""

from __future__ import annotations

from cpdesk.charts import Code
from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.khmer import dates, digits
from cpdesk.printing.document import (
    Document,
    Facts,
    Part,
    Person,
    Picture,
    Signature,
    Signed,
    Span,
    Text,
    Words,
)
from cpdesk.printing.spoken import phrases
from cpdesk.printing.wording import fill
from cpdesk.store import Desk
from cpdesk.tasks.cards import CardFacts, every_card, in_lines
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead

OWN = "own"


def paper(desk: Desk, id_: str, choices: Choices) -> list[Document]:
    """The card of this office, of the office with that code, or with that fingerprint; a page each, where it has
    several. `NotFound` for an office without a card here."""
    found = [one for one in every_card(desk) if _meant(one, id_)]
    if not found:
        raise NotFound(
            _("Office {office} has no card on this desk.").format(office=id_),
            todo=_("Take its card first, and compare the fingerprint by phone."),
        )
    return [_page(desk, one, choices) for one in found]


def _meant(card: CardFacts, id_: str) -> bool:
    if id_ in ("", OWN):
        return card.own
    return id_ in (card.office, card.fingerprint, card.fingerprint.replace(" ", ""))


def _page(desk: Desk, card: CardFacts, choices: Choices) -> Document:
    words = phrases()
    number = "\n".join(in_lines(card.fingerprint, "   "))
    both: Text = (Span(digits.to_khmer(number), bold=True), Span(f"\n{number}"))
    rows: list[tuple[str, Text]] = [
        (words.card_office, f"{card.name} ({digits.to_khmer(card.office)})"),
        (words.card_fingerprint, both),
    ]
    if card.made is not None:
        rows.append((words.card_made, dates.official(card.made)))
    code = Code(f"CPDESK {card.office} {card.fingerprint}", words.card_scan)  # capitals make a coarser code
    steps = [Words(step, "point", label=f"{digits.count(n, 'km')}.") for n, step in enumerate(words.card_steps, 1)]
    withdrawn = [Words(words.card_withdrawn, "centre")] if card.withdrawn else []
    blocks = (Signature(words.card_compared_by), Signature(words.card_by, _holder(desk, card)))
    parts: tuple[Part, ...] = (
        *withdrawn,
        Words(fill(words.card_text, office=card.name)),
        Facts(tuple(rows)),
        Picture((("", code),)),
        *steps,
        Signed(blocks, choices.day),
    )
    return Document(letterhead(desk), words.card, (words.card_about,), parts, topic=card.name)


def _holder(desk: Desk, card: CardFacts) -> Person | None:
    """Who writes here signs for this office; for another one its own people do, by hand."""
    return Person(desk.officer) if card.own and desk.officer else None
