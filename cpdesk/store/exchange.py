"""What a desk knows of other offices: their cards, what came from them, what went to them, what they hold.

Plain verbs over the tables; who may be trusted is decided above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from cpdesk.store import log, state
from cpdesk.store.canonical import FORMAT, HASH, canon
from cpdesk.store.database import Database
from cpdesk.store.projection import Change, project

SELF, UPPER, LOWER, RELAYED = "self", "upper", "lower", "relayed"


class CardRow(NamedTuple):
    """A known office's card. `certificate`: by whom it was accepted above, where that is known."""

    fingerprint: str
    office: str
    name: str
    role: str
    sign: str
    card: str
    certificate: str | None
    revoked: bool
    since: str


class Received(NamedTuple):
    """A package that was merged. `sender` is the fingerprint of the card, `through` the hlc it reached to."""

    package: int
    sha256: str
    sender: str
    office: str
    site: str
    number: int
    written_at: str
    received_at: str
    file: str
    through: int
    changes: int
    fresh: int
    records: int
    times: int


class Sent(NamedTuple):
    recipient: str
    number: int
    at: str
    file: str
    changes: int
    records: int
    bytes: int


# --- keys and cards -------------------------------------------------------------------------------------------------
def secret(db: Database, name: str) -> bytes | None:
    row = db.execute("SELECT value FROM secret WHERE name = ?", [name]).fetchone()
    return None if row is None else bytes(row[0])


def keep_secret(db: Database, name: str, value: bytes) -> None:
    db.execute("INSERT INTO secret(name, value) VALUES(?, ?)", [name, value])


_CARD = "SELECT fingerprint, office, name, role, sign, card, certificate, revoked, since FROM card"


def _card(row: tuple[str, str, str, str, str, str, str | None, int, str]) -> CardRow:
    return CardRow(*row[:7], bool(row[7]), row[8])


def cards(db: Database, *, role: str | None = None, office: str | None = None) -> list[CardRow]:
    """Known cards, oldest first."""
    rows = db.execute(
        f"{_CARD} WHERE (?1 IS NULL OR role = ?1) AND (?2 IS NULL OR office = ?2) ORDER BY since, rowid", [role, office]
    )
    return [_card(row) for row in rows]


def card(db: Database, fingerprint: str) -> CardRow | None:
    row = db.execute(f"{_CARD} WHERE fingerprint = ?", [fingerprint]).fetchone()
    return None if row is None else _card(row)


def card_by_key(db: Database, sign: str) -> CardRow | None:
    row = db.execute(f"{_CARD} WHERE sign = ?", [sign]).fetchone()
    return None if row is None else _card(row)


def put_card(db: Database, row: CardRow) -> None:
    """Keep a card, or what is new about it."""
    db.execute(
        "INSERT INTO card(fingerprint, office, name, role, sign, card, certificate, revoked, since)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(fingerprint) DO UPDATE SET name = excluded.name,"
        " role = excluded.role, card = excluded.card, certificate = coalesce(excluded.certificate, certificate),"
        " revoked = excluded.revoked, since = excluded.since",
        [*row],
    )


def revoke(db: Database, fingerprints: Iterable[str], revoked: bool = True) -> None:
    db.conn.executemany("UPDATE card SET revoked = ? WHERE fingerprint = ?", [(int(revoked), f) for f in fingerprints])


# --- who signed how far a stream had come ---------------------------------------------------------------------------
def keep_tip(db: Database, sid: int, h: bytes, signer: str, envelope: bytes) -> None:
    db.execute(
        "INSERT INTO tip(sid, h, signer, envelope) VALUES(?, ?, ?, ?) ON CONFLICT(sid, h) DO NOTHING",
        [sid, h, signer, envelope.decode()],
    )


def tip(db: Database, sid: int, h: bytes) -> bytes | None:
    row = db.execute("SELECT envelope FROM tip WHERE sid = ? AND h = ?", [sid, h]).fetchone()
    return None if row is None else str(row[0]).encode()


def signer_of(db: Database, sid: int) -> str | None:
    """The key that a stream was signed with so far; it never changes."""
    row = db.execute("SELECT signer FROM tip WHERE sid = ? LIMIT 1", [sid]).fetchone()
    return None if row is None else str(row[0])


class Leaf(NamedTuple):
    """The end of a chain. `own`: written on this desk or the one it was copied from."""

    seq: int
    h: bytes
    own: bool


def leaves(db: Database, stream: log.Stream, seq: int) -> list[Leaf]:
    """Where the chains of a stream's ops behind `seq` end: one place, or several where it forked or has a hole."""
    rows = db.execute(
        "SELECT seq, h, package IS NULL FROM op o WHERE sid = ?1 AND seq > ?2 AND NOT EXISTS"
        " (SELECT 1 FROM op c WHERE c.sid = ?1 AND c.seq = o.seq + 1 AND c.prev = o.h) ORDER BY seq, h",
        [stream.sid, seq],
    )
    return [Leaf(seq, h, bool(own)) for seq, h, own in rows]


def was_here(db: Database, stream: log.Stream, seq: int, h: bytes, before: int) -> bool:
    """Whether that op was in the log before local number `before` was passed."""
    row = db.execute("SELECT n FROM op WHERE sid = ? AND seq = ? AND h = ?", [stream.sid, seq, h]).fetchone()
    return row is not None and row[0] <= before


# --- what goes out --------------------------------------------------------------------------------------------------
@lru_cache(maxsize=1024)
def _quoted(name: str) -> str:
    return canon(name).decode()


def lines(db: Database, parts: Iterable[tuple[log.Stream, int]]) -> Iterator[bytes]:
    """The lines of a package: each stream's own line, then its ops behind the number, in order."""
    for stream, seq in parts:
        cursor = db.conn.execute(
            "SELECT seq, prev, hlc, who, kind, record, digest, parents, salt, sets FROM op WHERE sid = ? AND seq > ?"
            " ORDER BY seq, h",
            [stream.sid, seq],
        )
        row = cursor.fetchone()
        if row:
            yield canon(["S", stream.office, stream.scope, stream.nonce.hex()])
        while row:
            number, prev, hlc, who, kind, record, digest, parents, salt, sets = row
            many = '","'.join(p.hex() for p in log.split(parents)) if len(parents) > HASH else parents.hex()
            chain = f'"{many}"' if many else ""
            rest = f'"{salt.hex()}",{sets}' if sets is not None else "null,null"
            yield (
                f'[[{FORMAT},{number},"{prev.hex()}",{hlc},{_quoted(who)},{_quoted(kind)},"{record.hex()}",'
                f'"{digest.hex()}",[{chain}]],{rest}]'
            ).encode()
            row = cursor.fetchone()


class Amount(NamedTuple):
    """How much a package would hold: changes, records, and records by kind."""

    changes: int
    records: int
    by_kind: dict[str, int]


def amount(db: Database, parts: Iterable[tuple[log.Stream, int]]) -> Amount:
    changes, seen = 0, set[tuple[str, bytes]]()
    for stream, seq in parts:
        for kind, record in db.execute("SELECT kind, record FROM op WHERE sid = ? AND seq > ?", [stream.sid, seq]):
            changes += 1
            seen.add((kind, record))
    by_kind: dict[str, int] = {}
    for kind, _record in sorted(seen):
        by_kind[kind] = by_kind.get(kind, 0) + 1
    return Amount(changes, len({record for _kind, record in seen}), by_kind)


def through(db: Database, office: str) -> int:
    """hlc of the newest change that installations of that office made, as far as it is here; 0 for none."""
    rows = db.execute("SELECT sid FROM stream WHERE office = ? AND scope NOT GLOB '*!'", [office]).fetchall()
    return max((log.newest(db, sid)[2] for (sid,) in rows), default=0)


def take_number(db: Database, recipient: str, at: str, file: str) -> int:
    """The next package number for that office, entered at once so that it is never given twice."""
    (number,) = db.execute("SELECT coalesce(max(number), 0) + 1 FROM sent WHERE recipient = ?", [recipient]).fetchone()
    db.execute("INSERT INTO sent VALUES(?, ?, ?, ?, 0, 0, 0)", [recipient, number, at, file])
    return int(number)


def note_sent(db: Database, recipient: str, number: int, changes: int, records: int, size: int) -> None:
    db.execute(
        "UPDATE sent SET changes = ?, records = ?, bytes = ? WHERE recipient = ? AND number = ?",
        [changes, records, size, recipient, number],
    )


def give_back_number(db: Database, recipient: str, number: int) -> None:
    """The package was not written."""
    db.execute("DELETE FROM sent WHERE recipient = ? AND number = ?", [recipient, number])


def sent(db: Database) -> list[Sent]:
    rows = db.execute("SELECT recipient, number, at, file, changes, records, bytes FROM sent ORDER BY at, number")
    return [Sent(*row) for row in rows]


def holds(db: Database, peer: str) -> dict[bytes, tuple[int, bytes]]:
    """What the desk with that card last said it has: stream → (seq, hash)."""
    rows = db.execute("SELECT stream, seq, h FROM holds WHERE peer = ?", [peer])
    return {stream: (seq, h) for stream, seq, h in rows}


def set_holds(db: Database, peer: str, have: Mapping[bytes, tuple[int, bytes]]) -> None:
    db.execute("DELETE FROM holds WHERE peer = ?", [peer])
    db.conn.executemany("INSERT INTO holds VALUES(?, ?, ?, ?)", [(peer, s, seq, h) for s, (seq, h) in have.items()])


# --- what came in ---------------------------------------------------------------------------------------------------
_RECEIVED = ", ".join(Received._fields)


def received(db: Database, sender: str | None = None) -> list[Received]:
    """Merged packages in the order of their arrival."""
    rows = db.execute(f"SELECT {_RECEIVED} FROM received WHERE ?1 IS NULL OR sender = ?1 ORDER BY package", [sender])
    return [Received(*row) for row in rows]


def received_before(db: Database, sha256: str) -> Received | None:
    row = db.execute(f"SELECT {_RECEIVED} FROM received WHERE sha256 = ?", [sha256]).fetchone()
    return None if row is None else Received(*row)


def note_received(db: Database, facts: Received) -> int:
    """Enter a package; its local number, which its ops then bear."""
    cursor = db.execute(
        "INSERT INTO received(sha256, sender, office, site, number, written_at, received_at, file, through, changes,"
        " fresh, records, times) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        list(facts[1:]),
    )
    number: int = cursor.lastrowid
    return number


def note_merged(db: Database, package: int, changes: int, fresh: int, records: int, start: int) -> None:
    """What a package held and what of it was new here: all ops behind local number `start`."""
    if fresh:
        db.execute("INSERT INTO arrival VALUES(?, ?, ?)", [package, start + 1, log.last_n(db)])
    db.execute(
        "UPDATE received SET changes = ?, fresh = ?, records = ? WHERE package = ?", [changes, fresh, records, package]
    )


def note_repeat(db: Database, package: int) -> None:
    db.execute("UPDATE received SET times = times + 1 WHERE package = ?", [package])


def has_hole(db: Database, office: str) -> bool:
    """Whether something of that office's streams is known to lack: ops are here that their predecessors are not."""
    row = db.execute(
        "SELECT 1 FROM stream s WHERE office = ? AND forked = 0"
        " AND EXISTS (SELECT 1 FROM op WHERE sid = s.sid AND seq > s.upto) LIMIT 1",
        [office],
    ).fetchone()
    return row is not None


def brought(db: Database, package: int) -> list[tuple[bytes, str]]:
    """(record, kind) of all records for which that package brought something new, kind by kind."""
    rows = db.execute(
        "SELECT record, min(kind) FROM op NOT INDEXED WHERE package = ?1 AND n BETWEEN"
        " (SELECT first FROM arrival WHERE package = ?1) AND (SELECT last FROM arrival WHERE package = ?1)"
        " GROUP BY record ORDER BY min(kind), min(n)",
        [package],
    )
    return [(record, kind) for record, kind in rows]


def changes_with(db: Database, record: bytes, package: int) -> list[tuple[Change, bool]]:
    """The record's changes that were here once that package was merged, each with whether the package brought it."""
    rows = db.execute(
        "SELECT h, package IS ?2 FROM op WHERE record = ?1"
        " AND n <= (SELECT max(n) FROM op WHERE record = ?1 AND package = ?2)",
        [record, package],
    )
    came = {h: bool(by) for h, by in rows}
    return [(change, came[change.h]) for change in log.changes_of(db, record) if change.h in came]


# --- what a merge changes -------------------------------------------------------------------------------------------
def standing(db: Database, touched: Iterable[tuple[bytes, str]]) -> dict[bytes, bool]:
    """Which of those records are here now, each with whether it is deleted."""
    by_kind: dict[str, list[bytes]] = {}
    for record, of_kind in touched:
        by_kind.setdefault(of_kind, []).append(record)
    found: dict[bytes, bool] = {}
    for name, records in by_kind.items():
        kind = state.STORED.get(name)
        for start in range(0, len(records), 500) if kind else ():
            some = records[start : start + 500]
            marks = ", ".join("?" * len(some))
            sql = f"SELECT record, _deleted FROM {state.table(name)} WHERE record IN ({marks})"
            found |= {record: bool(deleted) for record, deleted in db.execute(sql, some)}
    return found


def differing(db: Database, start: int) -> set[tuple[bytes, str]]:
    """(record, field) of the standing differences in records that an op behind local number `start` touches."""
    (count,) = db.execute("SELECT count(*) FROM difference").fetchone()
    if count < log.last_n(db) - start:  # from the smaller side
        sql = "SELECT record, field FROM difference d WHERE EXISTS (SELECT 1 FROM op WHERE record = d.record AND n > ?)"
    else:
        sql = (
            "SELECT d.record, d.field FROM (SELECT DISTINCT record FROM op NOT INDEXED WHERE n > ?) t"
            " CROSS JOIN difference d ON d.record = t.record"
        )
    return {(record, field) for record, field in db.execute(sql, [start])}


def stirred(db: Database, start: int, before: set[tuple[bytes, str]]) -> set[tuple[bytes, str]]:
    """The differences that are new, or got another side, by the ops behind local number `start`."""
    found = set[tuple[bytes, str]]()
    after = differing(db, start)
    for record in {record for record, _field in after}:
        changes = log.changes_of(db, record)
        fresh = {h for (h,) in db.execute("SELECT h FROM op WHERE record = ? AND n > ?", [record, start])}
        for field, heads in project(changes).differences.items():
            if (record, field) not in before or any(head.change.h in fresh for head in heads):
                found.add((record, field))
    return found
