"""The bytes of attached files: kept in the desk file once by content, so that every copy of a desk has them.

An attachment is an ordinary record that names its content by SHA-256; the bytes lie here. A name without bytes is a
normal state: the record has arrived and its file has not yet. Bytes are entered before, or with, the change that names
them, and go only by an explicit word: `tidy`, or the redaction of every change that named them.

Bytes are handed on only in a scope in which they were seen: whoever merely knows a hash, and writes a record with it,
is not given the file of somebody else (`blob_scope`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cpdesk.errors import DeskProblem
from cpdesk.i18n import _
from cpdesk.store import log, state
from cpdesk.store.canonical import loads_sets
from cpdesk.store.connection import SqlError
from cpdesk.store.database import Database
from cpdesk.store.scopes import may_see

PIECE = 1 << 20
KIND = "attachment"
NAME = re.compile(r"[0-9a-f]{64}", re.A)
_RECORDS = state.table(KIND)


class Blob(NamedTuple):
    """A file's content: its name and its length in bytes."""

    sha256: str
    bytes: int


class Writing:
    """Bytes on their way in, inside a write transaction: `write` any portions, then `finish`.

    Whoever writes has to see that they are what `sha256` says, and to roll back where they are not.
    """

    def __init__(self, db: Database, sha256: str, size: int) -> None:
        self._db = db
        self._rest = bytearray()
        self._piece = 0
        cursor = db.execute("INSERT INTO blob(sha256, bytes) VALUES(?, ?)", [sha256, size])
        self._blob = cursor.lastrowid

    def write(self, data: bytes) -> None:
        self._rest += data
        while len(self._rest) >= PIECE:
            self._put(bytes(self._rest[:PIECE]))
            del self._rest[:PIECE]

    def finish(self) -> None:
        if self._rest:
            self._put(bytes(self._rest))

    def _put(self, data: bytes) -> None:
        self._db.execute("INSERT INTO blob_piece(blob, piece, data) VALUES(?, ?, ?)", [self._blob, self._piece, data])
        self._piece += 1


def put(db: Database, data: bytes) -> str:
    """Keep these bytes; their name. What is here already stays as it is. Inside a write transaction."""
    sha256 = hashlib.sha256(data).hexdigest()
    if not is_here(db, sha256):
        writing = Writing(db, sha256, len(data))
        writing.write(data)
        writing.finish()
    return sha256


def is_here(db: Database, sha256: str) -> bool:
    return db.execute("SELECT 1 FROM blob WHERE sha256 = ?", [sha256]).fetchone() is not None


def here(db: Database, names: Iterable[str]) -> set[str]:
    """Which of those have arrived."""
    return {name for name in set(names) if is_here(db, name)}


def every(db: Database) -> list[Blob]:
    """All that is here, in the order in which it came."""
    return [Blob(*row) for row in db.execute("SELECT sha256, bytes FROM blob ORDER BY id")]


def pieces(db: Database, sha256: str) -> Iterator[bytes]:
    """The content, piece by piece. `DeskProblem` at the end, or before it, where it is not what its name says."""
    sha = hashlib.sha256()
    row = db.execute("SELECT id FROM blob WHERE sha256 = ?", [sha256]).fetchone()
    if row is None:
        raise _damaged()
    number, one = 0, "SELECT data FROM blob_piece WHERE blob = ? AND piece = ?"
    try:
        while piece := db.execute(one, [row[0], number]).fetchone():
            sha.update(piece[0])
            yield piece[0]
            number += 1
    except SqlError as why:
        raise _damaged() from why
    if sha.hexdigest() != sha256:
        raise _damaged()


def is_whole(db: Database, sha256: str) -> bool:
    """Whether the bytes here are what their name says."""
    try:
        for _piece in pieces(db, sha256):
            pass
    except DeskProblem:
        return False
    return True


def _damaged() -> DeskProblem:
    return DeskProblem(
        _("This file is damaged in the desk."),
        _("Nothing was changed."),
        _("Tidy up the attached files under Settings; the next packages then bring it again, or attach it once more."),
    )


# --- who may have what ----------------------------------------------------------------------------------------------
def mark(db: Database, sha256: str, scope: str) -> None:
    """The bytes were seen in that scope: from now on they go to whoever may see it."""
    db.execute(
        "INSERT INTO blob_scope(blob, scope) SELECT id, ? FROM blob WHERE sha256 = ?"
        " ON CONFLICT(blob, scope) DO NOTHING",
        [scope, sha256],
    )


def _scopes_naming(db: Database, sha256: str) -> set[str]:
    """The scopes of the records, not deleted, that name those bytes."""
    return {s for (s,) in db.execute(f"SELECT _scope FROM {_RECORDS} WHERE sha256 = ? AND NOT _deleted", [sha256])}


def brought(db: Database, sha256: str, sender: str) -> None:
    """Office `sender` had the bytes: they were seen in every scope where it may see a record that names them."""
    for scope in _scopes_naming(db, sha256):
        if may_see(sender, scope):
            mark(db, sha256, scope)


def named_by(db: Database, start: int, sender: str) -> None:
    """Records behind local number `start` name bytes that are here. Where the sender may have had them from us, it
    need not send them, and they were seen in the record's scope too."""
    rows = db.execute(
        f"SELECT r.sha256, r._scope FROM (SELECT DISTINCT record FROM op NOT INDEXED WHERE n > ? AND kind = ?) t"
        f" CROSS JOIN {_RECORDS} r ON r.record = t.record JOIN blob b ON b.sha256 = r.sha256 WHERE NOT r._deleted",
        [start, KIND],
    ).fetchall()
    for sha256, scope in rows:
        if any(may_see(sender, seen) for seen in _seen_in(db, sha256)):
            mark(db, sha256, scope)


def _seen_in(db: Database, sha256: str) -> set[str]:
    sql = "SELECT s.scope FROM blob b JOIN blob_scope s ON s.blob = b.id WHERE b.sha256 = ?"
    return {scope for (scope,) in db.execute(sql, [sha256])}


def is_wanted(db: Database, sha256: str) -> bool:
    """Whether a record names those bytes and they have not arrived."""
    return bool(_scopes_naming(db, sha256)) and not is_here(db, sha256)


# --- what goes out --------------------------------------------------------------------------------------------------
def outgoing(db: Database, to: str, parts: Iterable[tuple[log.Stream, int]], asked: set[str], has: set[str]
             ) -> list[Blob]:  # fmt: skip
    """What belongs in a package for office `to` that holds those parts of streams, in the order of arrival.

    `asked`: what it said that it lacks; `has`: what it said that it has beyond the streams it acknowledged.
    """
    names = set(asked)
    for stream, seq in parts:
        names |= _named_behind(db, stream, seq) - has
    found = []
    for name in names:
        row = db.execute("SELECT id, bytes FROM blob WHERE sha256 = ?", [name]).fetchone()
        if row and any(may_see(to, scope) for scope in _scopes_naming(db, name) & _seen_in(db, name)):
            found.append((row[0], Blob(name, row[1])))
    return [blob for _id, blob in sorted(found)]


def _named_behind(db: Database, stream: log.Stream, seq: int) -> set[str]:
    """What the records name that a stream's changes behind `seq` touch."""
    rows = db.execute(
        f"SELECT r.sha256 FROM (SELECT DISTINCT record FROM op WHERE sid = ? AND seq > ? AND kind = ?) t"
        f" CROSS JOIN {_RECORDS} r ON r.record = t.record WHERE r.sha256 IS NOT NULL AND NOT r._deleted",
        [stream.sid, seq, KIND],
    )
    return {name for (name,) in rows}


def lacking(db: Database, to: str, most: int) -> list[str]:
    """What records name that office `to` may see, and has not arrived; at most that many, by name."""
    rows = db.execute(
        f"SELECT DISTINCT r.sha256, r._scope FROM {_RECORDS} r WHERE NOT r._deleted AND r.sha256 IS NOT NULL"
        " AND NOT EXISTS(SELECT 1 FROM blob b WHERE b.sha256 = r.sha256)"
    )
    names = {name for name, scope in rows if may_see(to, scope) and NAME.fullmatch(name)}
    return sorted(names)[:most]


def beyond(db: Database, to: str, have: dict[bytes, tuple[int, bytes]], most: int) -> list[str]:
    """What is here of records whose changes `have` does not tell: of streams that forked or have a hole."""
    names: set[str] = set()
    for stream in log.streams(db):
        seq, _h = have.get(stream.id, (0, b""))
        if may_see(to, stream.scope) and seq < log.newest(db, stream.sid)[0]:
            names |= here(db, _named_behind(db, stream, seq))
    return sorted(names)[:most]


def set_peer(db: Database, peer: str, lacks: Iterable[str], has: Iterable[str]) -> None:
    """What the desk with that card last said of files."""
    db.execute("DELETE FROM blob_peer WHERE peer = ?", [peer])
    rows = {**dict.fromkeys(has, 1), **dict.fromkeys(lacks, 0)}
    db.conn.executemany("INSERT INTO blob_peer VALUES(?, ?, ?)", [(peer, name, n) for name, n in rows.items()])


def peer(db: Database, card: str) -> tuple[set[str], set[str]]:
    """(what it lacks, what it has beyond the streams it acknowledged)"""
    rows = db.execute("SELECT sha256, has FROM blob_peer WHERE peer = ?", [card]).fetchall()
    return {name for name, has in rows if not has}, {name for name, has in rows if has}


# --- care -----------------------------------------------------------------------------------------------------------
def awaited(db: Database) -> int:
    """How many files are named by records and have not arrived."""
    (n,) = db.execute(
        f"SELECT count(DISTINCT r.sha256) FROM {_RECORDS} r WHERE NOT r._deleted AND r.sha256 IS NOT NULL"
        " AND NOT EXISTS(SELECT 1 FROM blob b WHERE b.sha256 = r.sha256)"
    ).fetchone()
    return int(n)


def drop(db: Database, names: Iterable[str]) -> None:
    """Take bytes away. Inside a write transaction."""
    for name in names:
        row = db.execute("SELECT id FROM blob WHERE sha256 = ?", [name]).fetchone()
        if row:
            for table, column in (("blob_piece", "blob"), ("blob_scope", "blob"), ("blob", "id")):
                db.execute(f"DELETE FROM {table} WHERE {column} = ?", [row[0]])


def ever_named(db: Database) -> set[str]:
    """Every content that a change in the log names, also in the bin and in what was replaced."""
    rows = db.execute("SELECT sets FROM op WHERE kind = ? AND sets IS NOT NULL", [KIND])
    return {str(name) for (sets,) in rows if (name := loads_sets(sets).get("sha256"))}


def of_records(db: Database, records: Iterable[bytes]) -> set[str]:
    """Every content that the changes of those records name."""
    found: set[str] = set()
    for record in records:
        rows = db.execute("SELECT sets FROM op WHERE record = ? AND kind = ? AND sets IS NOT NULL", [record, KIND])
        found |= {str(name) for (sets,) in rows if (name := loads_sets(sets).get("sha256"))}
    return found
