"""What others said they hold of a log, beside that log: an end that is missing, other words at the same place.

A chain of hashes shows what was changed inside of it, but not that its end was cut off, nor that its owner wrote it
anew from some place on. Both show once another office says how far it held the chain, and under which hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cpdesk.store import exchange, log
from cpdesk.store.database import Database
from cpdesk.store.scopes import is_private

Holds = Mapping[bytes, tuple[int, bytes]]


class Compared(NamedTuple):
    """One stream of ours, and what another office said it holds of it. `fits`: that very change is here; else how many
    changes are `missing` here, or at which place other words stand (`parts`, 0: nowhere). `hlc` is of the change that
    both have, where it fits."""

    peer: str
    stream: log.Stream
    seq: int
    h: bytes
    fits: bool
    missing: int
    parts: int
    hlc: int


class Lost(NamedTuple):
    """A stream of which its owner holds `missing` changes less than it had sent; those are here."""

    stream: log.Stream
    missing: int


def own(db: Database, office: str, signer: str) -> list[log.Stream]:
    """The streams that this desk writes or once wrote, and others may see."""
    found = []
    for stream in log.streams(db):
        if stream.office == office and not is_private(stream.scope):
            by = exchange.signer_of(db, stream.sid)
            if stream.mine or by == signer or (by is None and not _came(db, stream)):
                found.append(stream)
    return found


def _came(db: Database, stream: log.Stream) -> bool:
    row = db.execute("SELECT package FROM op WHERE sid = ? ORDER BY seq LIMIT 1", [stream.sid]).fetchone()
    return row is not None and row[0] is not None


def compared(db: Database, streams: list[log.Stream]) -> list[Compared]:
    """All that others said of these streams, beside them."""
    known = {stream.id: stream for stream in streams}
    rows = db.execute("SELECT peer, stream, seq, h FROM holds ORDER BY peer, stream").fetchall()
    return [_compare(db, peer, known[id_], seq, h) for peer, id_, seq, h in rows if id_ in known]


def _compare(db: Database, peer: str, stream: log.Stream, seq: int, h: bytes) -> Compared:
    row = db.execute("SELECT hlc FROM op WHERE sid = ? AND seq = ? AND h = ?", [stream.sid, seq, h]).fetchone()
    if row is not None:
        return Compared(peer, stream, seq, h, True, 0, 0, row[0])
    other = db.execute("SELECT 1 FROM op WHERE sid = ? AND seq = ?", [stream.sid, seq]).fetchone()
    if other is not None:
        return Compared(peer, stream, seq, h, False, 0, seq, 0)
    (here,) = db.execute("SELECT count(*) FROM op WHERE sid = ? AND seq <= ?", [stream.sid, seq]).fetchone()
    return Compared(peer, stream, seq, h, False, max(1, seq - here), 0, 0)


def lost(db: Database, signer: str, have: Holds, package: exchange.Received) -> list[Lost]:
    """What the sender of that package had sent before it, by its numbers, and holds no more when it writes it.

    A late package says less than a newer one, and that is no loss: of the streams of the computer's present site what
    came with lower numbers counts, of those of its former sites all, unless the package itself is late. Forked streams
    are told by themselves.
    """
    late = _is_late(db, package)
    found = []
    for stream in signed(db, signer):
        seq, _h = have.get(stream.id, (0, b""))
        if stream.forked or is_private(stream.scope):
            continue
        if stream.site == package.site:
            which, args = "r.site = ? AND r.number <= ?", [package.site, package.number]
        elif late or not seq:
            continue
        else:
            which, args = "1", []
        (missing,) = db.execute(
            "SELECT count(*) FROM op o JOIN received r ON r.package = o.package"
            f" WHERE o.sid = ? AND o.seq > ? AND o.package <> ? AND r.sender = ? AND {which}",
            [stream.sid, seq, package.package, package.sender, *args],
        ).fetchone()
        if missing:
            found.append(Lost(stream, missing))
    return found


def _is_late(db: Database, package: exchange.Received) -> bool:
    row = db.execute(
        "SELECT 1 FROM received WHERE sender = ? AND site = ? AND number > ? LIMIT 1",
        [package.sender, package.site, package.number],
    ).fetchone()
    return row is not None


def signed(db: Database, signer: str) -> list[log.Stream]:
    """The streams that were signed with that key."""
    rows = db.execute("SELECT DISTINCT sid FROM tip WHERE signer = ?", [signer]).fetchall()
    return [log.stream_by_sid(db, sid) for (sid,) in rows]


def fork(db: Database, stream: log.Stream) -> int:
    """The first place in a stream at which two changes stand; 0 where there is none. Cost follows the stream."""
    row = db.execute(
        "SELECT seq FROM op WHERE sid = ? GROUP BY seq HAVING count(*) > 1 ORDER BY seq LIMIT 1", [stream.sid]
    ).fetchone()
    return int(row[0]) if row else 0


def ends(db: Database, package: int) -> list[tuple[log.Stream, int, bytes]]:
    """How far a package reached in each stream of which it brought something: (stream, seq, h), the longest first."""
    rows = db.execute(
        "SELECT sid, max(seq), h FROM op NOT INDEXED WHERE package = ?1 AND n BETWEEN (SELECT first FROM arrival"
        " WHERE package = ?1) AND (SELECT last FROM arrival WHERE package = ?1) GROUP BY sid",
        [package],
    ).fetchall()
    return sorted(((log.stream_by_sid(db, sid), seq, h) for sid, seq, h in rows), key=lambda end: (-end[1], end[0].id))


def places(db: Database, stream: log.Stream) -> Iterator[tuple[int, bytes]]:
    """(seq, h) of every change of a stream."""
    yield from db.conn.execute("SELECT seq, h FROM op WHERE sid = ? ORDER BY seq, h", [stream.sid])


def hlc_at(db: Database, stream: log.Stream, seq: int, h: bytes) -> int:
    row = db.execute("SELECT hlc FROM op WHERE sid = ? AND seq = ? AND h = ?", [stream.sid, seq, h]).fetchone()
    return int(row[0]) if row else 0
