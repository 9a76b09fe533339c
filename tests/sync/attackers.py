"""What somebody can do to a log who has the desk in hand, its keys and the person's folder: cut it off, write it anew,
put an old file in its place. They leave everything in order behind them: chain, state, and the note outside the desk.
"""

from __future__ import annotations

from pathlib import Path

from cpdesk.store import Desk, anchor, connection, log, state
from cpdesk.store.canonical import ZERO, Op, canon, digest_of
from cpdesk.store.connection import immediate
from cpdesk.store.database import Database


def public(desk: Desk) -> log.Stream:
    """The stream in which the desk writes what others may see."""
    return next(s for s in log.streams(desk.db) if s.scope == desk.office and s.mine)


def cut(desk: Desk, changes: int) -> None:
    """Take the last changes away, as if nobody had ever written them."""
    db, stream = desk.db, public(desk)
    last = stream.upto - changes
    with immediate(db):
        gone = [r for (r,) in db.execute("SELECT record FROM op WHERE sid = ? AND seq > ?", [stream.sid, last])]
        db.execute("DELETE FROM op WHERE sid = ? AND seq > ?", [stream.sid, last])
        _straighten(db, stream.sid)
        _show(db, gone)
    anchor.keep(desk)


def rewrite(desk: Desk, place: int, sets: dict[str, str]) -> None:
    """Let other words stand at that place of the log, and every hash behind it be right."""
    db, stream = desk.db, public(desk)
    with immediate(db):
        ops = list(log.ops_after(db, stream, place - 1))
        db.execute("DELETE FROM op WHERE sid = ? AND seq >= ?", [stream.sid, place])
        (prev,) = db.execute("SELECT h FROM op WHERE sid = ? AND seq = ?", [stream.sid, place - 1]).fetchone()
        named: dict[bytes, bytes] = {}
        for op in ops:
            content = canon(sets) if op.seq == place else op.sets
            digest = digest_of(op.salt, content) if op.salt and content else op.digest
            parents = b"".join(sorted(named.get(p, p) for p in log.split(op.parents)))
            new = Op(op.stream, op.seq, prev, op.hlc, op.who, op.kind, op.record, parents, digest, op.salt, content)
            named[op.h] = prev = new.h
            log.append(db, [log.row_of(stream.sid, new, None)])
        _straighten(db, stream.sid)
        _show(db, [op.record for op in ops])
    anchor.keep(desk)


def _straighten(db: Database, sid: int) -> None:
    seq, h, _hlc = log.newest(db, sid)
    db.execute("UPDATE stream SET upto = ?, tip = ?, forked = 0 WHERE sid = ?", [seq, h or ZERO, sid])
    db.execute("DELETE FROM tip WHERE sid = ?1 AND h NOT IN (SELECT h FROM op WHERE sid = ?1)", [sid])


def _show(db: Database, touched: list[bytes]) -> None:
    for record in touched:
        for name in state.STORED:
            db.execute(f"DELETE FROM {state.table(name)} WHERE record = ?", [record])
        changes = log.changes_of(db, record)
        if changes:
            state.show(db, record, changes)


def put_back(desk: Desk, old: bytes) -> Desk:
    """Let the bytes of an older copy of the file take its place, and the note outside agree with it."""
    path, key = desk.path, desk.key
    desk.close()
    path.write_bytes(old)
    bare = Desk(path, connection.open_file(path, key), key)
    anchor.keep(bare)
    bare.db.conn.close()
    again = Desk.open(path)
    assert again.site == bare.site, "the desk does not notice it by itself"
    return again


def bytes_of(desk: Desk) -> bytes:
    """The file as somebody copies it who waits until nobody writes."""
    desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return Path(desk.path).read_bytes()
