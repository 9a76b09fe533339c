"""Writing packages: what an office has not acknowledged yet, for that office alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from cpdesk.store import Desk, blobs, exchange, log, state, union
from cpdesk.store.connection import immediate
from cpdesk.store.exchange import LOWER, CardRow
from cpdesk.sync import cards, manifest, send
from cpdesk.sync.cards import Card
from cpdesk.sync.container import MOST_BLOBS
from cpdesk.sync.keys import Keys
from cpdesk.sync.manifest import FORMAT, MOST_NAMES, WITH_FILES, Header, Holds, Tip, Vouched
from cpdesk.sync.send import Parcel
from cpdesk.tasks import Progress, audit, no_progress, roles
from cpdesk.tasks.offices import identity, recipients
from cpdesk.tasks.roles import Act

PACKAGE_FILES = 1 << 30  # bytes of attached files in one package: many sticks take no file beyond 4 GiB
Parts = list[tuple[log.Stream, int]]


@dataclass(frozen=True)
class Pending:
    """What the next package to that office would hold."""

    to: str
    changes: int
    records: int
    by_kind: dict[str, int]
    files: int = 0
    file_bytes: int = 0


@dataclass(frozen=True)
class SentRow:
    """A package that was written to office `to`; how much it held, and `bytes` in all."""

    to: str
    number: int
    at: datetime
    changes: int
    records: int
    bytes: int


@dataclass(frozen=True)
class Exported:
    """What was written. `files`: attached files in it; `later`: how many more had no room and follow with the next
    package, once this one is acknowledged."""

    package: Path
    number: int
    to: str
    changes: int
    records: int
    bytes: int
    files: int = 0
    later: int = 0


def pending(desk: Desk, to: str | None = None) -> Pending:
    """What the office (by default the one above) has not acknowledged yet."""
    office, theirs = recipients(desk, to)
    with union.snapshot(desk):
        parts = union.outgoing(desk, office, _acknowledged(desk, office, theirs))
        found = exchange.amount(desk.db, parts)
        files = blobs.outgoing(desk.db, office, parts, *_files_known(desk, office, theirs, False))
    return Pending(office, found.changes, found.records, found.by_kind, len(files), sum(one.bytes for one in files))


def export(
    desk: Desk,
    path: Path,
    to: str | None = None,
    everything: bool = False,
    progress: Progress = no_progress,
) -> Exported:
    """A package for an office (by default the one above): what it has not acknowledged, or `everything`.

    One with nothing new is written too: it carries the receipt. The file takes its name only once it has been read back
    whole. `NotFound` and `KeyProblem` for an office without a card, `DiskProblem` where the disk says no.
    """
    roles.need(desk, Act.EXPORT)
    keys, me, certificate = identity(desk)
    office, theirs = recipients(desk, to)
    holds = {} if everything else _acknowledged(desk, office, theirs)
    at = state.now()
    with immediate(desk.db):
        number = exchange.take_number(desk.db, office, at, path.name)
        _keep_own_tips(desk, keys, union.outgoing(desk, office, holds))
    try:
        with union.snapshot(desk):
            parts = union.outgoing(desk, office, holds)
            amount = exchange.amount(desk.db, parts)
            tips = _tips(desk, keys, parts)
            files = blobs.outgoing(desk.db, office, parts, *_files_known(desk, office, theirs, everything))
            parcels = _parcels(desk, files)
            version = WITH_FILES if parcels else FORMAT
            have = _have(desk, office)
            draft = send.draft(
                Header(number, desk.office, office, at, version, version), desk.site,
                exchange.through(desk.db, desk.office), have, tips, _cards(desk, keys, me, tips, theirs, at),
                _withdrawn(desk), blobs.lacking(desk.db, office, MOST_NAMES),
                blobs.beyond(desk.db, office, have, MOST_NAMES),
            )  # fmt: skip
            ages = [cards.read(row.card.encode()).age for row in theirs]
            _manifest, size = send.write(
                path, keys, me, certificate, draft, ages, lambda: exchange.lines(desk.db, parts), parcels, progress
            )
    except BaseException:
        with immediate(desk.db):
            exchange.give_back_number(desk.db, office, number)
        raise
    with immediate(desk.db):
        exchange.note_sent(desk.db, office, number, amount.changes, amount.records, size)
        audit.note(desk, "written", f"{office} {number}")
    later = len(files) - len(parcels)
    return Exported(path, number, office, amount.changes, amount.records, size, len(parcels), later)


def written(desk: Desk) -> list[SentRow]:
    """All packages that ever were written, in the order of writing."""
    return [
        SentRow(row.recipient, row.number, datetime.fromisoformat(row.at), row.changes, row.records, row.bytes)
        for row in exchange.sent(desk.db)
    ]


def last_sent(desk: Desk) -> datetime | None:
    """When a package was last written for another office; None where none ever was."""
    times = [datetime.fromisoformat(row.at) for row in exchange.sent(desk.db) if row.recipient != desk.office]
    return max(times, default=None)


def _acknowledged(desk: Desk, office: str, theirs: list[CardRow]) -> Holds:
    """What all computers of that office said they have; nothing where it is our own, which is always sent whole."""
    if office == desk.office or not theirs:
        return {}
    each = [exchange.holds(desk.db, row.fingerprint) for row in theirs]
    common = set(each[0]).intersection(*each[1:])
    return {stream: min(one[stream] for one in each) for stream in common}


def _files_known(desk: Desk, office: str, theirs: list[CardRow], everything: bool) -> tuple[set[str], set[str]]:
    """(files that a computer of that office said it lacks, those that all of them said they have)"""
    if office == desk.office or not theirs:
        return set(), set()
    each = [blobs.peer(desk.db, row.fingerprint) for row in theirs]
    lacks = set[str]().union(*(lacks for lacks, _has in each))
    has = set[str]() if everything else set.intersection(*(has for _lacks, has in each))
    return lacks, has


def _parcels(desk: Desk, files: list[blobs.Blob]) -> list[Parcel]:
    """As many as one package takes, the oldest first; what is damaged here is passed over, so that it holds nothing
    else up."""
    found: list[Parcel] = []
    size = 0
    for one in files:
        if len(found) == MOST_BLOBS or (found and size + one.bytes > PACKAGE_FILES):
            break
        if blobs.is_whole(desk.db, one.sha256):
            found.append(Parcel(one.sha256, one.bytes, partial(blobs.pieces, desk.db, one.sha256)))
            size += one.bytes
    return found


def _have(desk: Desk, to: str) -> Holds:
    """Our receipt: how far we hold each stream that the recipient may know of."""
    held = union.held(desk)
    return {s.id: held[s.id] for s in log.streams(desk.db) if s.id in held and union.may_see(to, s.scope)}


def _keep_own_tips(desk: Desk, keys: Keys, parts: Parts) -> None:
    for stream, seq in parts:
        if stream.office == desk.office:
            for leaf in exchange.leaves(desk.db, stream, seq):
                if leaf.own:
                    signed = manifest.tip(keys, stream.id, leaf.seq, leaf.h)
                    exchange.keep_tip(desk.db, stream.sid, leaf.h, keys.sign, signed.text)


def _tips(desk: Desk, keys: Keys, parts: Parts) -> list[Tip]:
    """For each end of a chain that goes out, its owner's signature; ours are made here where they lack."""
    found: list[Tip] = []
    for stream, seq in parts:
        for leaf in exchange.leaves(desk.db, stream, seq):
            kept = exchange.tip(desk.db, stream.sid, leaf.h)
            if kept is not None:
                found.append(manifest.read_tip(kept))
            elif leaf.own and stream.office == desk.office:
                found.append(manifest.tip(keys, stream.id, leaf.seq, leaf.h))
    return found


def _cards(desk: Desk, keys: Keys, me: Card, tips: Iterable[Tip], theirs: list[CardRow], at: str) -> list[Vouched]:
    """The cards behind those signatures, and the recipient's own where it stands under us: each accepted by us."""
    rows = {row.sign: row for row in theirs if row.role == LOWER}
    for tip in tips:
        row = exchange.card_by_key(desk.db, tip.signer)
        if row and row.sign != me.sign:
            rows[row.sign] = row
    found = []
    for row in rows.values():
        card = cards.read(row.card.encode())
        found.append(Vouched(card, cards.read_certificate(cards.certify(keys, desk.office, card, at))))
    return found


def _withdrawn(desk: Desk) -> list[str]:
    return [row.fingerprint for row in exchange.cards(desk.db) if row.revoked and row.role == LOWER]
