"""Other offices: whose cards are accepted, what came from each, what lacks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cpdesk.errors import KeyProblem, NotFound
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.records.office import office_record_id
from cpdesk.store import Desk, clock, computers, exchange, find, state
from cpdesk.store.connection import immediate, troubles
from cpdesk.store.exchange import LOWER, RELAYED, SELF, UPPER, CardRow
from cpdesk.store.union import covers
from cpdesk.sync import cards
from cpdesk.sync.cards import Card
from cpdesk.sync.keys import Keys
from cpdesk.tasks import audit, roles
from cpdesk.tasks.roles import Act


@dataclass(frozen=True)
class CardInfo:
    """A card as people compare it: the fingerprint is read aloud on the phone."""

    office: str
    name: str
    fingerprint: str


@dataclass(frozen=True)
class OfficeRow:
    """An office that packages go to or come from.

    `role` is "upper" or "lower". `missing`: numbers of its packages that never arrived; `lacking`: whether some of its
    changes really are not here, since a later package mostly holds what an earlier one did. `forked`: this computer was
    copied, or brought back from a backup, and wrote on at a place where it had written before; nothing is lost by it.
    """

    office: str
    name: str
    fingerprint: str
    role: str
    revoked: bool
    last_package: int | None
    last_received_at: datetime | None
    through: datetime | None
    missing: tuple[int, ...]
    lacking: bool
    forked: bool = False


def identity(desk: Desk) -> tuple[Keys, Card, bytes | None]:
    """This desk's keys, its card, and the certificate of the office above; keys are made at the first need."""
    own = find.row(desk.db, office_record_id(desk.office))
    name = (own.text("name_km") if own else "") or desk.office
    with immediate(desk.db):
        signing, receiving = exchange.secret(desk.db, "sign"), exchange.secret(desk.db, "age")
        if signing is None or receiving is None:
            keys = Keys.make()
            for secret, value in zip(("sign", "age"), keys.dump(), strict=True):
                exchange.keep_secret(desk.db, secret, value)
        else:
            keys = Keys.load(signing, receiving)
        known = exchange.card_by_key(desk.db, keys.sign)
        if known and known.name == _tidy(name):
            return keys, cards.read(known.card.encode()), known.certificate.encode() if known.certificate else None
        card = cards.make(keys, desk.office, _tidy(name), desk.site, state.now())
        exchange.put_card(desk.db, row_of(card, SELF))
        return keys, card, known.certificate.encode() if known and known.certificate else None


def _tidy(name: str) -> str:
    return " ".join(name.split())[:200]


def row_of(card: Card, role: str, certificate: bytes | None = None) -> CardRow:
    signed = None if certificate is None else certificate.decode()
    return CardRow(
        card.fingerprint, card.office, card.name, role, card.sign, card.text.decode(), signed, False, state.now()
    )


def _info(card: Card) -> CardInfo:
    return CardInfo(card.office, card.name, card.fingerprint)


def own_card(desk: Desk) -> CardInfo:
    return _info(identity(desk)[1])


def write_card(desk: Desk, path: Path) -> CardInfo:
    """This office's public card as a small file, to be carried to the other side."""
    card = identity(desk)[1]
    cards.write_file(card, path)
    return _info(card)


def read_card(path: Path) -> CardInfo:
    """Whose card a file holds; believed by nobody yet. `KeyProblem` where it is none."""
    return _info(cards.read_file(path))


def join(desk: Desk, card: Path, replaces: str | None = None) -> CardInfo:
    """Take the card of the office above; packages go there from now on unless another is named. `replaces`: the
    fingerprint of its former card, which is withdrawn with it."""
    roles.need(desk, Act.KEYS)
    theirs = cards.read_file(card)
    if theirs.office == desk.office or not covers(theirs.office, desk.office):
        raise KeyProblem(
            _("Office {office} does not stand above office {own}.").format(office=theirs.office, own=desk.office),
            _("The card was not taken."),
            _("Choose the card of the province or of the nation."),
        )
    identity(desk)
    with immediate(desk.db):
        _replace(desk, theirs, replaces)
        for row in exchange.cards(desk.db, role=UPPER, office=theirs.office):
            if row.fingerprint != theirs.fingerprint and not row.revoked:
                raise KeyProblem(
                    _("Another card of office {office} was taken before: {fingerprint}.").format(
                        office=theirs.office, fingerprint=row.fingerprint
                    ),
                    _("It stays."),
                    _("Ask the office by phone; if its card has changed, withdraw the old one first."),
                )
        _take(desk, theirs, UPPER)
        audit.note(desk, "joined", theirs.office)
    _let_help(desk)
    return _info(theirs)


def _let_help(desk: Desk) -> None:
    """From now on the office above can help where passwords are forgotten, and no former one."""
    from cpdesk.tasks import keys

    keys.see_to_office(desk)


def enrol(desk: Desk, card: Path, fingerprint: str | None = None, replaces: str | None = None) -> CardInfo:
    """Accept a lower office by its card; a second card of one office is a second computer there. `replaces`: the
    fingerprint of the computer in whose place it comes; that one is withdrawn, and what it had delivered stays.

    A card of one's own office is another computer of it, or the one that this one comes after: then the changes that
    other offices still have of that one are believed again. It can be withdrawn once they are back.
    """
    roles.need(desk, Act.KEYS)
    theirs = cards.read_file(card)
    cards.check_fingerprint(theirs, fingerprint)
    own = theirs.office == desk.office and theirs.sign != identity(desk)[1].sign
    if not own and (theirs.office == desk.office or not covers(desk.office, theirs.office)):
        raise KeyProblem(
            _("Office {office} does not stand under office {own}.").format(office=theirs.office, own=desk.office),
            _("The card was not taken."),
            _("Only the office above can accept it."),
        )
    identity(desk)
    with immediate(desk.db):
        _replace(desk, theirs, replaces)
        _take(desk, theirs, RELAYED if own else LOWER)
        keep_withdrawn(desk, withdrawn_here(desk) - {theirs.fingerprint})
        audit.note(desk, "enrolled", theirs.office)
    return _info(theirs)


def _replace(desk: Desk, theirs: Card, old: str | None) -> None:
    """Withdraw the card that another of the same office takes the place of."""
    if old is not None and not same_print(old, theirs.fingerprint):
        revoke(desk, theirs.office, old)


def same_print(one: str, other: str) -> bool:
    """Whether two fingerprints are the same, however they are parted and in whatever digits they are typed."""
    return re.sub(r"\D", "", digits.to_ascii(one)) == re.sub(r"\D", "", digits.to_ascii(other))


def _take(desk: Desk, card: Card, role: str) -> None:
    known = exchange.card_by_key(desk.db, card.sign)
    if known and known.fingerprint != card.fingerprint:
        raise KeyProblem(
            _("The keys on this card are those of another card, of office {office}.").format(office=known.office),
            _("The card was not taken."),
            _("Do not use it. Ask the office by phone."),
        )
    exchange.put_card(desk.db, row_of(card, role))


def revoke(desk: Desk, office: str, fingerprint: str | None = None) -> list[CardInfo]:
    """Withdraw all cards of an office, or the one with that fingerprint, as when one of its computers was lost: nothing
    is taken from it or written for it until a card is accepted again. `NotFound` where there is none."""
    roles.need(desk, Act.KEYS)
    with immediate(desk.db):
        own = (RELAYED,) if office == desk.office else ()
        rows = [r for r in exchange.cards(desk.db, office=office) if r.role in (UPPER, LOWER, *own) and not r.revoked]
        if not rows:
            raise unknown(office)
        if fingerprint is not None:
            rows = [row for row in rows if same_print(row.fingerprint, fingerprint)]
        if not rows:
            raise NotFound(
                _("Office {office} has no card here with fingerprint {fingerprint}.").format(
                    office=office, fingerprint=str(fingerprint)[:60]
                ),
                _("Nothing was changed."),
                _("Look at the fingerprints in the list of offices."),
            )
        exchange.revoke(desk.db, [row.fingerprint for row in rows])
        if own:
            keep_withdrawn(desk, withdrawn_here(desk) | {row.fingerprint for row in rows})
        audit.note(desk, "revoked", office)
    if any(row.role == UPPER for row in rows):
        _let_help(desk)
    return [CardInfo(row.office, row.name, row.fingerprint) for row in rows]


def withdrawn_here(desk: Desk) -> set[str]:
    """The cards of this very office that were withdrawn by hand: no word from above brings these back."""
    return set(filter(None, desk.meta("withdrawn").split("\n")))


def keep_withdrawn(desk: Desk, fingerprints: set[str]) -> None:
    if fingerprints != withdrawn_here(desk):
        desk.set_meta("withdrawn", "\n".join(sorted(fingerprints)))


def unknown(office: str) -> NotFound:
    return NotFound(
        _("Office {office} has no accepted card on this desk.").format(office=office),
        todo=_("Take its card first, and compare the fingerprint by phone."),
    )


def offices(desk: Desk) -> list[OfficeRow]:
    """Every card that was joined or enrolled, with the last package and what lacks."""
    with troubles(desk.db):
        return [_office(desk, row) for row in exchange.cards(desk.db) if row.role in (UPPER, LOWER)]


def own_computers(desk: Desk) -> list[OfficeRow]:
    """The other computers of this very office that are known here, as `offices` tells of others; their role is
    "relayed"."""
    with troubles(desk.db):
        return [_office(desk, row) for row in exchange.cards(desk.db, office=desk.office) if row.role == RELAYED]


def _office(desk: Desk, row: CardRow) -> OfficeRow:
    packages = exchange.received(desk.db, row.fingerprint)
    numbers = {package.number for package in packages}
    newest = max(packages, key=lambda p: (p.number, p.package), default=None)
    return OfficeRow(
        row.office,
        row.name,
        row.fingerprint,
        row.role,
        row.revoked,
        newest.number if newest else None,
        max((datetime.fromisoformat(p.received_at) for p in packages), default=None),
        moment(max((p.through for p in packages), default=0)),
        tuple(n for n in range(1, max(numbers, default=0)) if n not in numbers),
        exchange.has_hole(desk.db, row.office),
        computers.is_forked(desk.db, row.sign),
    )


def receiving_above(desk: Desk) -> str | None:
    """The receiving key of the office that was joined last, None where none is accepted."""
    above = [row for row in exchange.cards(desk.db, role=UPPER) if not row.revoked]
    return cards.read(above[-1].card.encode()).age if above else None


def moment(hlc: int) -> datetime | None:
    return clock.moment(hlc) if hlc else None


def recipients(desk: Desk, to: str | None) -> tuple[str, list[CardRow]]:
    """The office that a package is for, and its cards. Without `to`: the office joined last, or this office itself.

    `NotFound` for an office without a card here, `KeyProblem` for one whose cards were all withdrawn.
    """
    rows = exchange.cards(desk.db)
    if to is None:
        above = [row for row in rows if row.role == UPPER and not row.revoked]
        to = above[-1].office if above else desk.office
    if to == desk.office:
        return to, [row for row in rows if row.office == to and row.role == RELAYED and not row.revoked]
    theirs = [row for row in rows if row.office == to and row.role in (UPPER, LOWER)]
    if not theirs:
        raise unknown(to)
    standing = [row for row in theirs if not row.revoked]
    if not standing:
        raise KeyProblem(
            _("The card of office {office} was withdrawn.").format(office=to),
            _("Nothing was written."),
            _("Take its new card first, and compare the fingerprint by phone."),
        )
    return to, standing
