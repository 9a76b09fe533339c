"""The log read as a book of who did what: the newest first, a page at a time; and deeds noted in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cpdesk.kinds import Kind, Value
from cpdesk.store import find, writer
from cpdesk.store.canonical import loads_sets
from cpdesk.store.database import Database
from cpdesk.store.decisions import plainly
from cpdesk.store.desk import Desk
from cpdesk.store.state import STORED, Record, table

FEW = 2000  # records that are quicker looked up one by one than found in all of a large log


def note(desk: Desk, kind: Kind, values: Mapping[str, Value]) -> str:
    """Keep a deed; its id.

    The one place that writes for whoever may only read: a deed is nobody's words but the desk's own note that
    something was done. A reader who makes a backup changes nothing, and is answered for like everybody.
    """
    pen, desk.pen = desk.pen, True
    try:
        with plainly(desk):
            return writer.save(desk, kind, values).id
    finally:
        desk.pen = pen


def deeds(db: Database, acts: Sequence[str]) -> list[tuple[Record, int]]:
    """The deeds of these sorts, each with its hlc, in the order in which they were noted."""
    marks = ", ".join("?" * len(acts))
    rows = db.execute(
        f"SELECT d.record, min(o.hlc) FROM {table('deed')} d CROSS JOIN op o ON o.record = d.record"
        f" WHERE d.act IN ({marks}) GROUP BY d.record ORDER BY 2",
        [*acts],
    ).fetchall()
    found = find.by_ids(db, STORED["deed"], [record.hex() for record, _hlc in rows])
    return [(found[record.hex()], hlc) for record, hlc in rows if record.hex() in found]


class Save(NamedTuple):
    """One op, with who wrote it where. `before`: the hlc of the op before it in its stream; `first`: nobody had written
    in the record before; `sets` is None where the content was taken out."""

    n: int
    hlc: int
    who: str
    kind: str
    record: bytes
    h: bytes
    parents: bytes
    sets: dict[str, Value] | None
    package: int | None
    office: str
    scope: str
    site: str
    before: int
    first: bool


@dataclass(frozen=True)
class Wanted:
    """What to look for: hlc from `since` to before `until`, a part of the name of who wrote it, of which kinds;
    `here`: written here, or not; `before`: the local number that the page ends before."""

    since: int = 0
    until: int = 1 << 63
    by: str | None = None
    kinds: Sequence[str] | None = None
    here: bool | None = None
    before: int | None = None

    def where(self) -> tuple[str, list[object]]:
        parts, args = list[str](), list[object]()
        if self.before is not None:
            parts.append("o.n < ?")
            args.append(self.before)
        if self.since:
            parts.append("o.hlc >= ?")
            args.append(self.since)
        if self.until < 1 << 63:
            parts.append("o.hlc < ?")
            args.append(self.until)
        if self.by is not None:
            parts.append("instr(o.who, ?) > 0")
            args.append(self.by)
        if self.kinds is not None:
            parts.append(f"o.kind IN ({', '.join('?' * len(self.kinds))})")
            args += self.kinds
        if self.here is not None:
            parts.append("o.package IS NULL" if self.here else "o.package IS NOT NULL")
        return " AND ".join(parts) or "1", args


def saves(db: Database, wanted: Wanted, limit: int) -> list[Save]:
    """The newest `limit` saves of those, the newest first, in the order of their arrival here."""
    where, args = wanted.where()
    few = _few(db, wanted)
    source = (
        "(SELECT n FROM op WHERE record IN (" + few + ")) f CROSS JOIN op o USING(n)" if few else "op o NOT INDEXED"
    )
    rows = db.execute(
        "SELECT o.n, o.hlc, o.who, o.kind, o.record, o.h, o.parents, CAST(o.sets AS BLOB), o.package, s.office,"
        " s.scope, s.nonce, o.sid, o.seq, o.prev"
        f" FROM {source} CROSS JOIN stream s USING(sid) WHERE {where} ORDER BY o.n DESC LIMIT ?",
        [*args, limit],
    ).fetchall()
    return [
        Save(
            n, hlc, who, kind, record, h, parents, None if sets is None else loads_sets(sets), package, office, scope,
            nonce[:4].hex(), _before(db, sid, seq, prev), not parents and _is_first(db, record, hlc, n),
        )
        for n, hlc, who, kind, record, h, parents, sets, package, office, scope, nonce, sid, seq, prev in rows
    ]  # fmt: skip


def _few(db: Database, wanted: Wanted) -> str:
    """A query for the records of the kinds that are wanted, where they are so few that going through all of the log
    would take longer; else ""."""
    known = [name for name in wanted.kinds or () if name in STORED]
    if not known or len(known) < len(wanted.kinds or ()):
        return ""
    every = " UNION ALL ".join(f"SELECT record FROM {table(name)}" for name in known)
    (count,) = db.execute(f"SELECT count(*) FROM (SELECT 1 FROM ({every}) LIMIT {FEW})").fetchone()
    return "" if count == FEW else every


def _before(db: Database, sid: int, seq: int, prev: bytes) -> int:
    row = db.execute("SELECT hlc FROM op WHERE sid = ? AND seq = ? AND h = ?", [sid, seq - 1, prev]).fetchone()
    return row[0] if row else 0


def _is_first(db: Database, record: bytes, hlc: int, n: int) -> bool:
    sql = "SELECT 1 FROM op WHERE record = ? AND (hlc, n) < (?, ?) LIMIT 1"
    return db.execute(sql, [record, hlc, n]).fetchone() is None


def names(db: Database) -> list[str]:
    """The names of all who wrote in the log."""
    return sorted(who for (who,) in db.execute("SELECT DISTINCT who FROM op NOT INDEXED"))


class Sum(NamedTuple):
    """How many saves of how many records somebody made in a stretch of time that begins at `start` (seconds)."""

    who: str
    office: str
    start: int
    saves: int
    records: int


def sums(db: Database, wanted: Wanted, seconds: int, offset: int) -> list[Sum]:
    """Saves by person, office and stretches of so many seconds; `offset` is added to a time before it is cut."""
    where, args = wanted.where()
    rows = db.execute(
        "SELECT o.who, s.office, ((o.hlc >> 16) / 1000 + ?) / ?, count(*), count(DISTINCT o.record)"
        f" FROM op o NOT INDEXED CROSS JOIN stream s USING(sid) WHERE {where} GROUP BY 1, 2, 3 ORDER BY 3 DESC, 1, 2",
        [offset, seconds, *args],
    ).fetchall()
    return [Sum(who, office, at * seconds - offset, n, of) for who, office, at, n, of in rows]
