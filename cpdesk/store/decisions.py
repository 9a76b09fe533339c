"""Decisions: why a change was made, where it was more than plain writing. The word travels in the change itself.

A settled difference, two records joined into one, an import taken back: each is an ordinary change, with fields beside
its values whose names begin with "_" and which are therefore no data. So the reason stands in the scope of what was
decided, is signed and carried with it, and goes when that content is redacted.

    _decided   "settled", "joined", "undone" or "redone"; the first field of the change in canonical order
    _reason    why, in the words of who decided; absent where nothing was said
    _package   of an import taken back or taken in again: sender, number and sha256 of its manifest, parted by spaces
    _joined    in the deletion of a record that was joined into another: the id of that other
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cpdesk.kinds import Value
from cpdesk.store import log
from cpdesk.store.canonical import loads_sets
from cpdesk.store.database import Database
from cpdesk.store.desk import Desk
from cpdesk.store.projection import project

DECIDED, REASON, PACKAGE, INTO = "_decided", "_reason", "_package", "_joined"
SETTLED, JOINED, UNDONE, REDONE = "settled", "joined", "undone", "redone"
_BEGINS = '{"_decided":*'  # as the index of decisions says it, to the letter
MOST_REASON = 2000
_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True)
class Decided:
    """One change that was a decision. `n` is its local number, `package` the local number of the package that brought
    it; `sets` holds its values and the fields named above."""

    n: int
    h: bytes
    hlc: int
    who: str
    office: str
    kind: str
    record: bytes
    parents: tuple[bytes, ...]
    package: int | None
    sets: dict[str, Value]

    @property
    def sort(self) -> str:
        return str(self.sets[DECIDED])

    def text(self, name: str) -> str:
        """One of the fields beside the values; "" where it is not there or is no text."""
        value = self.sets.get(name)
        return value if isinstance(value, str) else ""

    @property
    def values(self) -> dict[str, Value]:
        return {name: value for name, value in self.sets.items() if not name.startswith("_")}


def marks(sort: str, reason: str = "", **more: Value) -> dict[str, Value]:
    """The fields that make a change a decision."""
    said = reason.strip()[:MOST_REASON]
    return {DECIDED: sort, **({REASON: said} if said else {}), **more}


@contextmanager
def deciding(desk: Desk, sort: str, reason: str = "", **more: Value) -> Iterator[None]:
    """All that this desk writes inside is one decision. An inner block has its own word."""
    with _marked(desk, marks(sort, reason, **more)):
        yield


@contextmanager
def plainly(desk: Desk) -> Iterator[None]:
    """What this desk writes inside is plain writing, also where a decision is under way."""
    with _marked(desk, {}):
        yield


@contextmanager
def _marked(desk: Desk, said: dict[str, Value]) -> Iterator[None]:
    before = desk.marks
    desk.marks = said
    try:
        yield
    finally:
        desk.marks = before


def joined(db: Database) -> dict[bytes, tuple[str, bytes]]:
    """The records that were joined into another and lie in the bin: each with its kind and where it leads to, through
    all joinings. One that somebody brought back, or went on writing in, is not among them."""
    direct: dict[bytes, tuple[str, bytes]] = {}
    for one in decided(db):
        into = one.text(INTO)
        if one.sort == JOINED and _ID.fullmatch(into) and project(log.changes_of(db, one.record)).deleted:
            direct[one.record] = (one.kind, bytes.fromhex(into))
    return {record: (kind, _end(direct, record)) for record, (kind, _into) in direct.items()}


def _end(direct: dict[bytes, tuple[str, bytes]], record: bytes) -> bytes:
    seen = {record}
    while record in direct and direct[record][1] not in seen:
        record = direct[record][1]
        seen.add(record)
    return record


def decided(
    db: Database, *, since: int = 0, package: int | None = None, record: bytes | None = None
) -> Iterator[Decided]:
    """Decisions in the order in which they came here: of changes with that hlc or a later one, that a package brought,
    of one record. Cost follows the decisions, not the log."""
    rows = db.conn.execute(
        "SELECT o.n, o.h, o.hlc, o.who, s.office, o.kind, o.record, o.parents, o.package, o.sets FROM op o"
        f" JOIN stream s USING(sid) WHERE o.sets GLOB '{_BEGINS}' AND o.hlc >= ?1"
        " AND (?2 IS NULL OR o.package = ?2) AND (?3 IS NULL OR o.record = ?3) ORDER BY o.n",
        [since, package, record],
    )
    for n, h, hlc, who, office, kind, of, parents, came, sets in rows:
        yield Decided(n, h, hlc, who, office, kind, of, log.split(parents), came, loads_sets(sets))
