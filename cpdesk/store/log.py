"""The change log: append-only, one chain of hashes a stream. Everything else in a desk can be made again from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cpdesk.store.canonical import HASH, ZERO, Op, loads_sets
from cpdesk.store.database import Database
from cpdesk.store.projection import Change

INSERT = (
    "INSERT INTO op(sid, seq, h, prev, hlc, who, kind, record, parents, digest, salt, sets, package)"
    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?) ON CONFLICT(sid, seq, h) DO NOTHING"
)
_OP = "o.seq, o.prev, o.hlc, o.who, o.kind, o.record, o.parents, o.digest, o.salt, o.sets"
_CHANGE = "o.hlc, s.id, o.seq, o.h, o.kind, CAST(o.sets AS BLOB), o.parents, s.scope"


class Stream(NamedTuple):
    sid: int
    id: bytes
    office: str
    scope: str
    nonce: bytes
    upto: int
    tip: bytes
    forked: bool
    mine: bool

    @property
    def site(self) -> str:
        """The installation that writes it."""
        return self.nonce[:4].hex()


_STREAM = "SELECT sid, id, office, scope, nonce, upto, tip, forked, mine FROM stream"


def _stream(row: tuple[int, bytes, str, str, bytes, int, bytes, int, int]) -> Stream:
    return Stream(*row[:7], bool(row[7]), bool(row[8]))


def streams(db: Database) -> list[Stream]:
    return [_stream(row) for row in db.execute(f"{_STREAM} ORDER BY id").fetchall()]


def stream_by_sid(db: Database, sid: int) -> Stream:
    return _stream(db.execute(f"{_STREAM} WHERE sid = ?", [sid]).fetchone())


def add_stream(db: Database, id_: bytes, office: str, scope: str, nonce: bytes, mine: bool = False) -> Stream:
    """The stream of that id, entered on first sight."""
    db.execute(
        "INSERT INTO stream(id, office, scope, nonce, mine) VALUES(?, ?, ?, ?, ?) ON CONFLICT(id) DO NOTHING",
        [id_, office, scope, nonce, int(mine)],
    )
    return _stream(db.execute(f"{_STREAM} WHERE id = ?", [id_]).fetchone())


def last_n(db: Database) -> int:
    """The local number of the newest op; numbers order arrival and nothing else."""
    (n,) = db.execute("SELECT coalesce(max(n), 0) FROM op").fetchone()
    return int(n)


def row_of(sid: int, op: Op, package: int | None) -> tuple[object, ...]:
    return (
        sid, op.seq, op.h, op.prev, op.hlc, op.who, op.kind, op.record, op.parents, op.digest, op.salt, op.sets,
        package,
    )  # fmt: skip


def append(db: Database, rows: Iterable[tuple[object, ...]]) -> int:
    """Union with what is here: an op that is here already stays as it is. How many were not here."""
    return int(db.conn.executemany(INSERT, rows).rowcount)


def ops_after(db: Database, stream: Stream, seq: int) -> Iterator[Op]:
    """The ops of a stream behind `seq`, in order; both branches where it forked."""
    for row in db.execute(f"SELECT {_OP} FROM op o WHERE sid = ? AND seq > ? ORDER BY seq, h", [stream.sid, seq]):
        sets = None if row[9] is None else row[9].encode()
        yield Op(stream.id, row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], sets)


def split(parents: bytes) -> tuple[bytes, ...]:
    if len(parents) <= HASH:
        return (parents,) if parents else ()
    return tuple(parents[i : i + HASH] for i in range(0, len(parents), HASH))


def _change(
    hlc: int, stream: bytes, seq: int, h: bytes, kind: str, sets: bytes | None, parents: bytes, scope: str
) -> Change:
    return Change(hlc, stream, seq, h, kind, {} if sets is None else loads_sets(sets), split(parents), scope)


def changes_of(db: Database, record: bytes) -> list[Change]:
    rows = db.execute(f"SELECT {_CHANGE} FROM op o JOIN stream s USING(sid) WHERE o.record = ?", [record])
    return [_change(*row) for row in rows]


def begun(db: Database, record: str) -> tuple[int, bytes, int]:
    """When a record was first written: (hlc, stream, seq), in an order that is the same on every desk."""
    sql = "SELECT o.hlc, s.id, o.seq FROM op o JOIN stream s USING(sid) WHERE o.record = ? ORDER BY 1, 2, 3 LIMIT 1"
    row = db.execute(sql, [bytes.fromhex(record)]).fetchone()
    return row or (0, b"", 0)


def changes_since(db: Database, n: int) -> Iterator[tuple[bytes, list[Change]]]:
    """For each record that an op behind local number `n` touches: all its changes. Cost follows those ops.

    All records (0) are taken along the index, so that no list of them is ever held.
    """
    if n == 0:
        source, args = "op o INDEXED BY op_record CROSS JOIN stream s USING(sid) ORDER BY o.record", []
    else:
        touched = "(SELECT DISTINCT record FROM op NOT INDEXED WHERE n > ? ORDER BY record)"
        source, args = f"{touched} t CROSS JOIN op o ON o.record = t.record JOIN stream s USING(sid)", [n]
    cursor = db.conn.execute(f"SELECT o.record, {_CHANGE} FROM {source}", args)
    last: bytes | None = None
    changes: list[Change] = []
    for record, *facts in cursor:
        if record != last:
            if last is not None:
                yield last, changes
            last, changes = record, []
        changes.append(_change(*facts))
    if last is not None:
        yield last, changes


def advance(db: Database, n: int) -> None:
    """Move each touched stream's unbroken prefix along its chain, and notice forks. Cost follows the ops behind `n`."""
    touched = db.execute("SELECT sid, min(seq) FROM op NOT INDEXED WHERE n > ? GROUP BY sid", [n]).fetchall()
    for sid, lowest in touched:
        advance_one(db, sid, lowest)


def advance_one(db: Database, sid: int, lowest: int) -> None:
    """The same for one stream, whose new ops begin at sequence number `lowest`."""
    stream = stream_by_sid(db, sid)
    upto, tip = stream.upto, stream.tip
    forked = stream.forked or lowest <= upto  # new content at a place that was already complete
    ahead = db.execute("SELECT seq, h, prev FROM op WHERE sid = ? AND seq > ? ORDER BY seq, h", [sid, upto])
    for seq, h, prev in ahead:
        if seq == upto + 1 and prev == tip:
            upto, tip = seq, h
        elif seq <= upto + 1:
            forked = True  # a second child of one parent, or the child of another branch
        else:
            break  # a gap: an earlier package has not arrived
    db.execute("UPDATE stream SET upto = ?, tip = ?, forked = ? WHERE sid = ?", [upto, tip, int(forked), sid])


def newest(db: Database, sid: int) -> tuple[int, bytes, int]:
    """(seq, h, hlc) of a stream's last op; (0, zeros, 0) for an empty one."""
    row = db.execute("SELECT seq, h, hlc FROM op WHERE sid = ? ORDER BY seq DESC, h LIMIT 1", [sid]).fetchone()
    return row or (0, ZERO, 0)
