"""The merge: set union of changes, then the state of the touched records again. All of a package or nothing of it.

`Merge` is one write transaction. Streams and ops go in through it; what comes out is what changed. A rehearsal does the
same work and rolls it back, so that a preview can never differ from the merge itself.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence

from cpdesk.kinds import Kind
from cpdesk.store import log, redaction, state
from cpdesk.store.canonical import Op
from cpdesk.store.canonical import Row as OpRow
from cpdesk.store.connection import immediate, troubles
from cpdesk.store.desk import Desk
from cpdesk.store.scopes import covers, may_see
from cpdesk.store.state import Record

__all__ = ["Merge", "covers", "held", "may_see", "merging", "outgoing", "snapshot"]


class Rehearsed(Exception):
    """Rolls a rehearsal back."""


def outgoing(desk: Desk, to: str, holds: dict[bytes, tuple[int, bytes]]) -> list[tuple[log.Stream, int]]:
    """The streams that office `to` may see, each with the sequence number behind which it lacks changes.

    `holds` is what the recipient said it has: stream → (seq, hash). It counts only where we hold that very op in an
    unforked stream; otherwise the whole stream goes, and gaps and forks heal by themselves.
    """
    found = []
    for stream in log.streams(desk.db):
        if not may_see(to, stream.scope):
            continue
        seq, h = holds.get(stream.id, (0, b""))
        known = seq and desk.db.execute(
            "SELECT 1 FROM op WHERE sid = ? AND seq = ? AND h = ?", [stream.sid, seq, h]
        ).fetchone()
        found.append((stream, seq if known and not stream.forked else 0))
    return found


def held(desk: Desk) -> dict[bytes, tuple[int, bytes]]:
    """What this desk holds without a hole; forked streams are left out so that they come again whole."""
    return {s.id: (s.upto, s.tip) for s in log.streams(desk.db) if s.upto and not s.forked}


class Merge:
    """An open merge; see `merging`."""

    def __init__(self, desk: Desk, package: int | None) -> None:
        self.desk = desk
        self.package = package
        self.start = log.last_n(desk.db)

    def stream(self, id_: bytes, office: str, scope: str, nonce: bytes) -> log.Stream:
        return log.add_stream(self.desk.db, id_, office, scope, nonce)

    def add(self, stream: log.Stream, ops: Iterable[Op]) -> None:
        log.append(self.desk.db, (log.row_of(stream.sid, op, self.package) for op in ops))

    def add_rows(self, stream: log.Stream, rows: Sequence[OpRow]) -> None:
        sid, package = stream.sid, self.package
        log.append(self.desk.db, [(sid, *row, package) for row in rows])

    def fresh(self) -> int:
        """How many ops were not here before."""
        return log.count_since(self.desk.db, self.start)

    def touched(self) -> list[tuple[bytes, str]]:
        """(record, kind) of all records that fresh ops touch."""
        rows = self.desk.db.execute(
            "SELECT record, min(kind) FROM op NOT INDEXED WHERE n > ? GROUP BY record", [self.start]
        )
        return [(record, kind) for record, kind in rows]

    def rows(self, touched: Iterable[tuple[bytes, str]]) -> dict[str, Record]:
        """The present state of those records, by id; before `project` it is the state before the merge."""
        found: dict[str, Record] = {}
        for record, name in touched:
            kind: Kind | None = state.STORED.get(name)
            if kind:
                got = self.desk.db.execute(f"SELECT * FROM {state.table(kind)} WHERE record = ?", [record]).fetchall()
                for row in state.read(kind, got):
                    found[row.id] = row
        return found

    def brought(self, record: bytes) -> set[str]:
        """The hashes, in hex, of the record's changes that came with this merge."""
        rows = self.desk.db.execute("SELECT h FROM op WHERE record = ? AND n > ?", [record, self.start])
        return {h.hex() for (h,) in rows}

    def unexplained(self) -> bool:
        """Whether a fresh change came without its content and no word that took it out; to be asked after `project`."""
        return redaction.unexplained(self.desk.db, self.start)

    def project(self) -> int:
        """Bring streams and state up to date; how many records were touched."""
        redaction.apply(self.desk.db, self.start)
        log.advance(self.desk.db, self.start)
        # Somebody else wrote in a stream of ours: a copy of this desk is about. Go on in a new one.
        self.desk.db.execute(
            "UPDATE stream SET mine = 0 WHERE mine = 1 AND sid IN (SELECT sid FROM op NOT INDEXED WHERE n > ?)",
            [self.start],
        )
        return state.project_since(self.desk.db, self.start)


@contextlib.contextmanager
def merging(desk: Desk, package: int | None = None, rehearse: bool = False) -> Iterator[Merge]:
    """One merge as one transaction; whatever escapes from the block, and a rehearsal's end, leaves no trace."""
    with contextlib.suppress(Rehearsed), immediate(desk.db):
        yield Merge(desk, package)
        if rehearse:
            raise Rehearsed


@contextlib.contextmanager
def snapshot(desk: Desk) -> Iterator[None]:
    """Reading as of one moment, however long it takes; others may write meanwhile."""
    with troubles(desk.db):
        desk.db.conn.execute("BEGIN")
        try:
            yield
        finally:
            desk.db.conn.execute("ROLLBACK")
