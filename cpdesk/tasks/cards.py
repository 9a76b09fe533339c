"""Cards as facts: whose they are, what their number is, whether they still count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cpdesk.store import Desk, exchange
from cpdesk.store.connection import troubles
from cpdesk.store.exchange import LOWER, SELF, UPPER
from cpdesk.store.scopes import covers
from cpdesk.sync import cards
from cpdesk.tasks.offices import identity


@dataclass(frozen=True)
class CardFacts:
    """A card that this desk knows. `made`: the day on which its keys were made; `own`: the card of this desk itself."""

    office: str
    name: str
    fingerprint: str
    made: date | None
    own: bool
    withdrawn: bool


def stands_over(upper: str, lower: str) -> bool:
    """Whether office `upper` stands above office `lower`."""
    return upper != lower and covers(upper, lower)


def in_lines(fingerprint: str, between: str) -> tuple[str, str]:
    """The groups of five in two lines: as they are read aloud."""
    parts = fingerprint.split()
    half = (len(parts) + 1) // 2
    return between.join(parts[:half]), between.join(parts[half:])


def every_card(desk: Desk) -> list[CardFacts]:
    """This desk's own card first, then those joined and enrolled, in the order in which they were taken."""
    identity(desk)  # the first need makes the keys
    with troubles(desk.db):
        rows = [row for row in exchange.cards(desk.db) if row.role in (SELF, UPPER, LOWER)]
    found = [
        CardFacts(row.office, row.name, row.fingerprint, _day(row.card), row.role == SELF, row.revoked) for row in rows
    ]
    return sorted(found, key=lambda one: not one.own)


def _day(text: str) -> date | None:
    return datetime.fromisoformat(cards.read(text.encode()).made).astimezone().date()
