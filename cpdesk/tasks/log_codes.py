"""The code of a log for paper: twenty digits on a receipt that say how far a log had come, and what stood in it.

Each change names the one before it by its hash, so the hash of the last one holds the whole log. Eighteen digits of it
are printed, with two more by which a mistyped digit shows. The same log gives the same code for ever; one that was
written anew gives another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.khmer import dates, digits
from cpdesk.store import Desk, clock, exchange, log, receipts
from cpdesk.store.connection import troubles
from cpdesk.store.exchange import SELF

DIGITS = 18
MOST = 4  # codes on one receipt; a computer writes in one or two streams


@dataclass(frozen=True)
class LogCode:
    """`code` in groups of five digits, of a log up to its change `number`."""

    code: str
    number: int


@dataclass(frozen=True)
class Match:
    """Whether the log on this desk holds what the code says; then up to which change, and of when that is."""

    holds: bool
    number: int = 0
    at: datetime | None = None


def told(found: Match) -> str:
    """The outcome in one sentence."""
    if not found.holds or found.at is None:
        return _(
            "This log does not hold what stands on that receipt. Either the receipt is another desk's, or the log was"
            " cut off or written anew since."
        )
    return _("This log holds it: up to change {number}, of {day}.").format(
        number=digits.number(found.number), day=dates.short(found.at.astimezone().date())
    )


def code_of(h: bytes) -> str:
    number = int.from_bytes(h, "big") % 10**DIGITS
    whole = f"{number:0{DIGITS}d}{_check(number):02d}"
    return " ".join(whole[at : at + 5] for at in range(0, len(whole), 5))


def _check(number: int) -> int:
    """Two digits that another number with one digit changed, or two swapped, does not have."""
    return 98 - number * 100 % 97


def of_package(desk: Desk, package: int) -> list[LogCode]:
    """The codes of the sender's log as far as a package had brought it here; of one that brought nothing new, as far as
    it is here now."""
    with troubles(desk.db):
        sender = next((one for one in exchange.received(desk.db) if one.package == package), None)
        card = exchange.card(desk.db, sender.sender) if sender else None
        if card is None:
            return []
        theirs = {stream.id for stream in receipts.signed(desk.db, card.sign)}
        ends = [end for end in receipts.ends(desk.db, package) if end[0].id in theirs]
        if not ends:
            streams = receipts.signed(desk.db, card.sign)
            ends = sorted(((s, *log.newest(desk.db, s.sid)[:2]) for s in streams), key=lambda end: -end[1])
        return [LogCode(code_of(h), seq) for _stream, seq, h in ends[:MOST]]


def match(desk: Desk, text: str) -> Match:
    """Look for the code of a paper in this desk's own log. `BadInput` where it cannot be one: a digit is wrong."""
    typed = re.sub(r"\D", "", digits.to_ascii(text))
    if len(typed) != DIGITS + 2 or _check(int(typed[:DIGITS])) != int(typed[DIGITS:]):
        raise BadInput(
            _("This is no code of a log: a digit is wrong or missing."),
            _("Nothing was looked for."),
            _("Type the 20 digits as they stand on the receipt."),
        )
    wanted = int(typed[:DIGITS])
    with troubles(desk.db):
        me = exchange.cards(desk.db, role=SELF)
        for stream in receipts.own(desk.db, desk.office, me[-1].sign if me else ""):
            for seq, h in receipts.places(desk.db, stream):
                if int.from_bytes(h, "big") % 10**DIGITS == wanted:
                    return Match(True, seq, clock.moment(receipts.hlc_at(desk.db, stream, seq, h)))
    return Match(False)
