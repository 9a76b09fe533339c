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
from cpdesk.store.connection import immediate, roomy, troubles
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
        known = (
            seq
            and desk.db.execute("SELECT 1 FROM op WHERE sid = ? AND seq = ? AND h = ?", [stream.sid, seq, h]).fetchone()
        )
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
        self._fresh = 0
        self._grown: dict[int, int] = {}  # streams that got new ops, and from which sequence number on
        self._kinds: set[str] = set()  # of all ops that came, new or not
        self._bare = self._words = False  # whether some came without content; or with the word that takes it out

    def stream(self, id_: bytes, office: str, scope: str, nonce: bytes) -> log.Stream:
        return log.add_stream(self.desk.db, id_, office, scope, nonce)

    def add(self, stream: log.Stream, ops: Iterable[Op]) -> None:
        self.add_rows(
            stream,
            [
                (op.seq, op.h, op.prev, op.hlc, op.who, op.kind, op.record, op.parents, op.digest, op.salt, op.sets)
                for op in ops
            ],
        )

    def add_rows(self, stream: log.Stream, rows: Sequence[OpRow]) -> None:
        """Some ops of that stream."""
        sid, package = stream.sid, self.package
        before = log.last_n(self.desk.db)
        fresh = log.append(self.desk.db, [(sid, *row, package) for row in rows])
        if not fresh:
            return
        self._fresh += fresh
        lowest = min(row[0] for row in rows)
        if fresh < len(rows):
            (lowest,) = self.desk.db.execute(
                "SELECT min(seq) FROM op WHERE sid = ? AND seq >= ? AND n > ?", [sid, lowest, before]
            ).fetchone()
        self._grown[sid] = min(lowest, self._grown.get(sid, lowest))
        self._kinds.update(row[5] for row in rows)
        self._bare |= any(row[10] is None for row in rows)
        self._words |= any(row[10] is not None and redaction.WORD in row[10] for row in rows)

    def grown(self) -> list[log.Stream]:
        """The streams that got new ops, as they are now."""
        return [log.stream_by_sid(self.desk.db, sid) for sid in self._grown]

    def came_in(self, stream: log.Stream) -> int:
        """How many ops of that stream were not here before."""
        sql = "SELECT count(*) FROM op WHERE sid = ? AND n > ? AND package IS NOT NULL"
        (count,) = self.desk.db.execute(sql, [stream.sid, self.start]).fetchone()
        return int(count)

    def fresh(self) -> int:
        """How many ops were not here before."""
        return self._fresh

    def brings(self, kind: str) -> bool:
        """Whether changes of records of that kind may be among the fresh ops."""
        return kind in self._kinds

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
        return self._bare and redaction.unexplained(self.desk.db, self.start)

    def project(self) -> int:
        """Bring streams and state up to date; how many records were touched."""
        db = self.desk.db
        redaction.apply(db, self.start, self._words)
        for sid, lowest in self._grown.items():
            log.advance_one(db, sid, lowest)
            # Somebody else wrote in a stream of ours: a copy of this desk is about. Go on in a new one.
            db.execute("UPDATE stream SET mine = 0 WHERE mine = 1 AND sid = ?", [sid])
        return state.project_since(db, self.start)


@contextlib.contextmanager
def merging(desk: Desk, package: int | None = None, rehearse: bool = False) -> Iterator[Merge]:
    """One merge as one transaction; whatever escapes from the block, and a rehearsal's end, leaves no trace."""
    if not rehearse:
        desk.check_pen()
    with contextlib.suppress(Rehearsed), roomy(desk.db), immediate(desk.db):
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
