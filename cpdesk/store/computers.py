"""What one computer wrote, as far as it is here, and what it had of ours. Computers are told apart by what they sign
with."""

from __future__ import annotations

from typing import NamedTuple

from cpdesk.store import log
from cpdesk.store.database import Database


class Wrote(NamedTuple):
    """A stream of that computer: how many changes of how many records are here, of when (hlc) the first and the last
    are, and how many of them are later than asked."""

    stream: log.Stream
    changes: int
    records: int
    first: int
    last: int
    later: int


class LaterChange(NamedTuple):
    record: bytes
    kind: str
    hlc: int
    who: str


class Knew(NamedTuple):
    """What that computer last said it has of a stream that others wrote: up to which change, of when it is."""

    office: str
    scope: str
    changes: int
    last: int


def _of(db: Database, signer: str) -> list[log.Stream]:
    rows = db.execute("SELECT DISTINCT sid FROM tip WHERE signer = ?", [signer]).fetchall()
    return sorted((log.stream_by_sid(db, sid) for (sid,) in rows), key=lambda s: (s.scope, s.id))


def is_forked(db: Database, signer: str) -> bool:
    """Whether one of its streams has two changes at one place: it was copied, or brought back from a backup."""
    return any(stream.forked for stream in _of(db, signer))


def wrote(db: Database, signer: str, since: int) -> list[Wrote]:
    found = []
    for stream in _of(db, signer):
        row = db.execute(
            "SELECT count(*), count(DISTINCT record), coalesce(min(hlc), 0), coalesce(max(hlc), 0),"
            " coalesce(sum(hlc > ?), 0) FROM op WHERE sid = ?",
            [since, stream.sid],
        ).fetchone()
        found.append(Wrote(stream, *row))
    return found


def later(db: Database, signer: str, since: int, most: int) -> list[LaterChange]:
    """The records that it wrote in after that moment, the last change of each, the newest first."""
    found: list[LaterChange] = []
    for stream in _of(db, signer):
        rows = db.execute(
            "SELECT record, kind, max(hlc), who FROM op WHERE sid = ? AND hlc > ? GROUP BY record"
            " ORDER BY 3 DESC LIMIT ?",
            [stream.sid, since, most],
        )
        found += [LaterChange(*row) for row in rows]
    return sorted(found, key=lambda one: one.hlc, reverse=True)[:most]


def knew(db: Database, fingerprint: str, signer: str) -> list[Knew]:
    own = {stream.sid for stream in _of(db, signer)}
    rows = db.execute(
        "SELECT s.sid, s.office, s.scope, h.seq,"
        " coalesce((SELECT max(hlc) FROM op WHERE sid = s.sid AND seq = h.seq), 0)"
        " FROM holds h JOIN stream s ON s.id = h.stream WHERE h.peer = ? ORDER BY s.office, s.scope, s.id",
        [fingerprint],
    )
    return [Knew(*row) for sid, *row in rows if sid not in own]
