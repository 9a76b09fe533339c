"""A computer of an office that was lost: what it held, and what came from it. What it had delivered stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cpdesk import records as kinds
from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.store import Desk, computers, exchange
from cpdesk.store.connection import troubles
from cpdesk.store.exchange import CardRow
from cpdesk.tasks import records
from cpdesk.tasks.offices import CardInfo, moment, same_print

MOST = 500


@dataclass(frozen=True)
class HeldStream:
    """What it wrote in one scope: `later` of the `changes` are of after the day asked for."""

    scope: str
    changes: int
    records: int
    since: datetime | None
    through: datetime | None
    later: int
    forked: bool


@dataclass(frozen=True)
class KnownStream:
    """What it had of another office's changes in a scope, when it last wrote to us."""

    office: str
    scope: str
    changes: int
    through: datetime | None


@dataclass(frozen=True)
class LaterRecord:
    """A record in which it wrote after the day asked for; nobody else can vouch for these changes."""

    id: str
    kind: str
    title: str
    at: datetime | None
    by: str


@dataclass(frozen=True)
class Held:
    """All that this desk knows of a computer. What it wrote after its last package, behind `through`, is lost with
    it."""

    card: CardInfo
    revoked: bool
    packages: int
    last_package: int | None
    through: datetime | None
    wrote: tuple[HeldStream, ...]
    knew: tuple[KnownStream, ...]
    later: tuple[LaterRecord, ...]


def held(desk: Desk, fingerprint: str, since: datetime | None = None) -> Held:
    """What the computer with that card wrote, and what it had of others; `since`: the day from which on it may have
    been in other hands. `NotFound` where no card has that fingerprint."""
    with troubles(desk.db):
        row = _card(desk, fingerprint)
        packages = exchange.received(desk.db, row.fingerprint)
        after = int(since.timestamp() * 1000) << 16 if since else 1 << 62
        wrote = computers.wrote(desk.db, row.sign, after)
        later = computers.later(desk.db, row.sign, after, MOST) if since else []
        knew = computers.knew(desk.db, row.fingerprint, row.sign)
    return Held(
        CardInfo(row.office, row.name, row.fingerprint), row.revoked, len(packages),
        max((p.number for p in packages), default=None), moment(max((p.through for p in packages), default=0)),
        tuple(HeldStream(w.stream.scope, w.changes, w.records, moment(w.first), moment(w.last), w.later,
                         w.stream.forked) for w in wrote),
        tuple(KnownStream(k.office, k.scope, k.changes, moment(k.last)) for k in knew),
        tuple(LaterRecord(one.record.hex(), one.kind, _title(desk, one), moment(one.hlc), one.who) for one in later),
    )  # fmt: skip


def _card(desk: Desk, fingerprint: str) -> CardRow:
    for row in exchange.cards(desk.db):
        if same_print(fingerprint, row.fingerprint):
            return row
    raise NotFound(_("No card with fingerprint {fingerprint} is known here.").format(fingerprint=fingerprint[:60]))


def _title(desk: Desk, one: computers.LaterChange) -> str:
    return records.title(desk, one.record.hex()) if one.kind in kinds.KINDS else one.record.hex()
