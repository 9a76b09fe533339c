"""What others say of logs: receipts for our own, and whether theirs still hold what they had sent.

A log can be cut off at its end or written anew by whoever has the desk in hand, keys and all. What they cannot change
is what another office holds. Each package says how far its sender holds the streams of the one it is for; here that is
set beside the log, when the package comes and whenever somebody asks. What is found is noted as a deed, told to the
person until it was read, and no accusation: a desk that was brought back from a backup looks alike, and says so by its
new site; a desk that was copied with the whole computer cannot be told from a log that was written anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cpdesk.records.deeds import DEED, DeedAct
from cpdesk.store import Desk, clock, exchange, find, receipts
from cpdesk.store import audit as book
from cpdesk.store.connection import immediate, troubles
from cpdesk.store.exchange import SELF, CardRow, Received
from cpdesk.store.log import Stream
from cpdesk.store.receipts import Compared, Holds
from cpdesk.store.union import Merge
from cpdesk.tasks import audit

CUT: Final = "log_cut"
OLD: Final = "log_old"
FORKED: Final = "log_forked"
WHOLE: Final = "log_whole"
READ: Final = "log_read"
NEWS = (CUT, OLD, FORKED)
_STATES = (CUT, OLD, WHOLE)


@dataclass(frozen=True)
class Notice:
    """Something a package showed of a log: of whose (`office`, `fingerprint` of its card, `ours`), of what sort, how
    many changes it is about, with which import, whose package that was and its number. `read`: somebody has said so.
    """

    id: str
    act: str
    office: str
    fingerprint: str
    ours: bool
    changes: int
    at: datetime
    imported: int | None
    sender: str
    number: int | None
    read: bool


@dataclass(frozen=True)
class Receipt:
    """What one computer of another office last said it holds of this desk's own changes: how many, until when, by which
    package. `missing` of them are not here; at `parts` places other words stand here."""

    office: str
    name: str
    fingerprint: str
    number: int | None
    received_at: datetime | None
    changes: int
    through: datetime | None
    missing: int
    parts: int

    @property
    def fits(self) -> bool:
        return not self.missing and not self.parts


@dataclass(frozen=True)
class Proof:
    """All that is known of this desk's own log: the receipts, and every notice, the newest first."""

    receipts: tuple[Receipt, ...]
    notices: tuple[Notice, ...]

    @property
    def fits(self) -> bool:
        return all(one.fits for one in self.receipts)


# --- when a package comes -------------------------------------------------------------------------------------------
def look(desk: Desk, merge: Merge, sender: str, have: Holds, role: str) -> None:
    """Set what a package says of logs beside what is here, and note what parts; inside its merge, behind its changes.
    `sender` is the fingerprint of its card. A package that was merged before says nothing new."""
    card = exchange.card(desk.db, sender)
    package = exchange.received(desk.db, sender)[-1:]
    if role == SELF or card is None or not package or package[0].package != merge.package or package[0].times > 1:
        return
    me = exchange.cards(desk.db, role=SELF)
    grown = merge.grown()
    for stream in grown:
        if stream.forked:
            _forked(desk, stream, _owner(desk, stream), merge.package, receipts.fork(desk.db, stream))
    _theirs(desk, card, have, package[0])
    if me:
        _ours(desk, me[-1], grown, merge)


def _theirs(desk: Desk, sender: CardRow, have: Holds, package: Received) -> None:
    lost = receipts.lost(desk.db, sender.sign, have, package)
    cut = [one for one in lost if one.stream.site == package.site]
    act: DeedAct = CUT if cut else OLD if lost else WHOLE
    _state(desk, act, sender, sum(one.missing for one in lost), package.package)


def _ours(desk: Desk, me: CardRow, grown: list[Stream], merge: Merge) -> None:
    """Changes of our own that came back had been gone; what others hold and we do not is gone still."""
    own = [stream for stream in receipts.own(desk.db, desk.office, me.sign) if not stream.forked]
    ids = {stream.sid for stream in own}
    back = {stream: merge.came_in(stream) for stream in grown if stream.sid in ids}
    apart = [one for one in receipts.compared(desk.db, own) if not one.fits]
    for one in apart:
        if one.parts:
            _forked(desk, one.stream, _about(me), merge.package, one.parts)
    sites = {stream.site for stream in back} | {one.stream.site for one in apart if one.missing}
    act: DeedAct = CUT if desk.site in sites else OLD
    missing = _most(apart)
    if back and not missing:
        _state(desk, act, me, sum(back.values()), merge.package)
    _state(desk, act if missing else WHOLE, me, missing, merge.package)


def _most(apart: list[Compared]) -> int:
    """How many changes are missing: of each stream what the office that holds most of it says."""
    each: dict[bytes, int] = defaultdict(int)
    for one in apart:
        each[one.stream.id] = max(each[one.stream.id], one.missing)
    return sum(each.values())


def _state(desk: Desk, act: DeedAct, whose: CardRow, changes: int, package: int | None) -> None:
    """Note how a log stands where that is news."""
    before = standing(desk).get(whose.fingerprint)
    stood = (before.act, before.changes) if before else (WHOLE, 0)
    if stood != (act, changes):
        audit.note(desk, act, _about(whose), times=changes or None, package=package)


def _forked(desk: Desk, stream: Stream, about: str, package: int | None, place: int) -> None:
    if any(one["concerns"] == stream.id.hex() for one in find.rows(desk.db, DEED, {"act": FORKED})):
        return
    audit.note(desk, FORKED, about, stream.id.hex(), times=place or None, package=package)


def _owner(desk: Desk, stream: Stream) -> str:
    signer = exchange.signer_of(desk.db, stream.sid)
    row = exchange.card_by_key(desk.db, signer) if signer else None
    return _about(row) if row else stream.office


def _about(whose: CardRow) -> str:
    return f"{whose.office} {whose.fingerprint}"


# --- what there is to know ------------------------------------------------------------------------------------------
def notices(desk: Desk) -> list[Notice]:
    """Everything that packages ever showed of logs, the oldest first."""
    rows = book.deeds(desk.db, (*NEWS, WHOLE, READ))
    seen = {str(record["concerns"]) for record, _hlc in rows if record["act"] == READ}
    came = {row.package: row for row in exchange.received(desk.db)} if rows else {}
    own = {row.fingerprint for row in exchange.cards(desk.db, role=SELF)} if rows else set[str]()
    found = []
    for record, hlc in rows:
        if record["act"] != READ:
            office, _space, mark = record.text("about").partition(" ")
            times, package = record["times"], record["package"]
            by = came.get(package) if isinstance(package, int) else None
            found.append(
                Notice(
                    record.id, record.text("act"), office, mark, mark in own, times if isinstance(times, int) else 0,
                    clock.moment(hlc), by.package if by else None, by.office if by else "", by.number if by else None,
                    record.id in seen,
                )
            )  # fmt: skip
    return found


def standing(desk: Desk) -> dict[str, Notice]:
    """How each log stands that was ever found wanting: fingerprint of its card → the last word on it."""
    return {one.fingerprint: one for one in notices(desk) if one.act in _STATES}


def news(desk: Desk) -> list[Notice]:
    """What nobody has read yet, the newest first. Quick: it reads no more than these deeds."""
    with troubles(desk.db):
        return [one for one in reversed(notices(desk)) if one.act in NEWS and not one.read]


def read(desk: Desk, ids: list[str]) -> None:
    """Somebody has read these notices, and that is noted with their name."""
    with immediate(desk.db):
        for id_ in ids:
            audit.note(desk, READ, record=id_)


def proof(desk: Desk) -> Proof:
    """What others hold of our own log, beside it. Whether the log is whole in itself, `desk.check` says."""
    with troubles(desk.db):
        me = exchange.cards(desk.db, role=SELF)
        own = receipts.own(desk.db, desk.office, me[-1].sign if me else "")
        by_peer: dict[str, list[Compared]] = defaultdict(list)
        for one in receipts.compared(desk.db, own):
            by_peer[one.peer].append(one)
        return Proof(tuple(_receipts(desk, by_peer)), tuple(reversed(notices(desk))))


def _receipts(desk: Desk, by_peer: dict[str, list[Compared]]) -> Iterator[Receipt]:
    for peer, those in by_peer.items():
        card = exchange.card(desk.db, peer)
        last = max(exchange.received(desk.db, peer), key=lambda one: one.package, default=None)
        reach = max((one.hlc for one in those), default=0)
        yield Receipt(
            card.office if card else "", card.name if card else peer, peer, last.number if last else None,
            datetime.fromisoformat(last.received_at) if last else None, sum(one.seq for one in those),
            clock.moment(reach) if reach else None, sum(one.missing for one in those),
            sum(bool(one.parts) for one in those),
        )  # fmt: skip
