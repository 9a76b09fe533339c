"""Taking a merged package back as a whole, and taking it in again: what an undo of an import is.

It erases nothing. It is a set of ordinary saves of this office, in one transaction, whose parents are the heads that
the package brought (`restoring`); each bears that it takes an import back, and why (`decisions`). So it travels like
any other decision, all desks come to show the same, and the same package merged once more brings nothing: its changes
are here, and are replaced. An undo is taken back in the same way: as if its saves had never been written.

It is refused where something later stands on the package: a change that replaced one of its values or deleted its
record, or a record that refers to one which would go to the bin. Undoings that nothing was built on count for nothing
themselves, so that packages can be taken back one after the other, the newest first. That a later package of the same
stream has come is no obstacle: a chain tells order, and what hangs on what is told by parents.

What the package told beside its changes stays: cards and receipts were true when they came, and a card is withdrawn by
its own command; the record in which an office first said who it is stays out of the bin. The files that it brought keep
their bytes, like all that lies in the bin. Content that it redacted is gone for good, and such records stay as they
are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cpdesk.kinds import Value
from cpdesk.store import log, redaction, state
from cpdesk.store.canonical import HASH
from cpdesk.store.database import Database
from cpdesk.store.desk import Desk
from cpdesk.store.pen import Pen
from cpdesk.store.projection import DELETED, Change, heads_of
from cpdesk.store.referring import referring
from cpdesk.store.restoring import dependents, is_only_ours, restoring

OFFICE = "office"
MOST_TOLD = 100  # obstacles that are told one by one


class TakenBack(NamedTuple):
    """One undo of an import, or with `again` its redo: the ops with local numbers `first` to `last`."""

    id: int
    package: int
    again: bool
    at: str
    first: int
    last: int


@dataclass(frozen=True)
class Obstacle:
    """A later change that stands on what is to be taken back: in which record, by whom, and the local number of the
    package that brought it (None: written here). `field` of the record is the one that refers to `refers_to`; without
    it, `fields` say what it replaced."""

    record: bytes
    kind: str
    fields: tuple[str, ...]
    who: str
    office: str
    hlc: int
    package: int | None
    refers_to: bytes | None = None


@dataclass
class Outcome:
    """What was written: the records that changed, those of them that went to the bin, those left as they are since
    their content was redacted, and what stands in the way."""

    records: int = 0
    binned: list[tuple[bytes, str]] = field(default_factory=list)
    redacted: int = 0
    obstacles: list[Obstacle] = field(default_factory=list)
    more: int = 0

    def stands_in_the_way(self, one: Obstacle) -> None:
        if len(self.obstacles) < MOST_TOLD:
            self.obstacles.append(one)
        else:
            self.more += 1


def history(db: Database) -> list[TakenBack]:
    """Every undo and redo of an import, in the order in which they were done here."""
    rows = db.execute("SELECT id, package, again, at, first, last FROM taken_back ORDER BY id")
    return [TakenBack(id_, package, bool(again), *rest) for id_, package, again, *rest in rows]


def undone(db: Database) -> dict[int, TakenBack]:
    """The packages that are taken back now, each with the undo that did it."""
    newest = {one.package: one for one in history(db)}
    return {package: one for package, one in newest.items() if not one.again}


class _Blocks:
    """Which changes of a record belong to which package that was ever taken back, and to the one at hand.

    Of a package that is taken back now, its changes and all its undoings and redoings together count for nothing; of
    one that was taken in again, the undoings and redoings do.
    """

    def __init__(self, db: Database, package: int, again: bool) -> None:
        self._db, self.package = db, package
        self._ranges = [(one.first, one.last, one.package) for one in history(db)]
        self._off = set(undone(db)) - {package} | (set() if again else {package})

    def of(self, record: bytes) -> dict[int, set[bytes]]:
        """package → names of the changes that count for nothing."""
        found: dict[int, set[bytes]] = {}
        for n, h, package in self._db.execute("SELECT n, h, package FROM op WHERE record = ?", [record]):
            if package in self._off:
                found.setdefault(package, set()).add(h)
            for first, last, of in self._ranges:
                if first <= n <= last:
                    found.setdefault(of, set()).add(h)
        return found

    def touched(self) -> Iterator[bytes]:
        """The records concerned, in order: those of the package and of its undoings."""
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS touched(record BLOB PRIMARY KEY) WITHOUT ROWID")
        self._db.execute("DELETE FROM temp.touched")
        arrived = "SELECT first, last, package FROM arrival WHERE package = ?"
        parts = [*self._db.execute(arrived, [self.package]), *(r for r in self._ranges if r[2] == self.package)]
        for first, last, _package in parts:  # each a stretch of the log of its own
            self._db.execute(
                "INSERT INTO temp.touched SELECT record FROM op NOT INDEXED WHERE n BETWEEN ? AND ?"
                " ON CONFLICT DO NOTHING",
                [first, last],
            )
        last = b""
        while some := self._db.execute(
            "SELECT record FROM temp.touched WHERE record > ? ORDER BY record LIMIT 1000", [last]
        ).fetchall():
            yield from (record for (record,) in some)
            last = some[-1][0]


def _nothing(changes: Sequence[Change], blocks: dict[int, set[bytes]], package: int
             ) -> tuple[set[bytes], list[Change]]:  # fmt: skip
    """(what counts for nothing, what stands in the way): a block on which something else stands counts again, and what
    stands on it stands in the way of what it was built on."""
    ours = blocks.pop(package, set())
    builders: dict[bytes, list[Change]] = {}
    while True:
        gone = ours.union(*blocks.values())
        firm = {number: on for number, block in blocks.items() if (on := _on(changes, block, gone))}
        if not firm:
            later = [each for c in _on(changes, ours, gone) for each in builders.get(c.h, [c])]
            return gone, list({c.h: c for c in later}.values())
        for number, on in firm.items():
            on = [each for c in on for each in builders.get(c.h, [c])]
            builders |= dict.fromkeys(blocks.pop(number), on)


def _on(changes: Sequence[Change], block: Collection[bytes], gone: Collection[bytes]) -> list[Change]:
    found = [c for c in dependents(changes, block) if c.h not in gone]
    if is_only_ours(changes, gone):  # somebody threw it away already
        return [c for c in found if c.sets.get(DELETED) is not True]
    return found


def take_back(
    desk: Desk, package: int, again: bool, marks: Mapping[str, Value], progress: Callable[[int, int], None]
) -> Outcome:
    """Write what takes the package back, or with `again` in once more; inside a write transaction that the caller
    rolls back where the outcome names obstacles. `progress` counts records and may raise.

    The state of the records is not brought up to date; see `settle`.
    """
    blocks = _Blocks(desk.db, package, again)
    pen, outcome = Pen(desk, marks), Outcome()
    records = blocks.touched()
    first = next(records, None)
    (total,) = desk.db.execute("SELECT count(*) FROM temp.touched").fetchone()
    roots = _Roots(desk.db, blocks)
    for done, record in enumerate(() if first is None else _chained(first, records)):
        if done % 100 == 0:
            progress(done, total)
        _record(desk, record, blocks, pen, roots, outcome)
    pen.finish()
    return outcome


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _record(desk: Desk, record: bytes, blocks: _Blocks, pen: Pen, roots: _Roots, outcome: Outcome) -> None:
    changes = log.changes_of(desk.db, record)
    gone, later = _nothing(changes, blocks.of(record), blocks.package)
    if any(redaction.FIELD in c.sets for c in changes if c.h in gone):
        outcome.redacted += 1
        return
    if later:
        for change in later:
            outcome.stands_in_the_way(_obstacle(desk.db, record, change, changes))
        return
    only_ours = is_only_ours(changes, gone)
    if only_ours and changes[0].kind == OFFICE:
        return
    writes = restoring(changes, gone, pen.reach, roots.of(record, changes[0].kind) if only_ours else None)
    if writes:
        pen.write(record, changes, writes)
        outcome.records += 1
        if only_ours:
            outcome.binned.append((record, changes[0].kind))


def _obstacle(db: Database, record: bytes, change: Change, changes: Sequence[Change]) -> Obstacle:
    said = {name for c in changes if c.h in change.parents for name in c.sets}
    fields = tuple(name for name in change.sets if name in said or name == DELETED)
    return Obstacle(record, change.kind, fields, *_facts(db, record, change.h))


def _facts(db: Database, record: bytes, h: bytes) -> tuple[str, str, int, int | None]:
    row: tuple[str, str, int, int | None] = db.execute(
        "SELECT o.who, s.office, o.hlc, o.package FROM op o JOIN stream s USING(sid) WHERE o.record = ? AND o.h = ?",
        [record, h],
    ).fetchone()
    return row


def _reference(db: Database, record: bytes, kind: str, name: str, to: bytes) -> Obstacle:
    """Who wrote what now stands in that field."""
    writer = heads_of(log.changes_of(db, record))[name][0].change
    return Obstacle(record, kind, (name,), *_facts(db, record, writer.h), refers_to=to)


class _Roots:
    """For a record that goes to the bin: the whole with which it goes, the topmost that goes there too."""

    def __init__(self, db: Database, blocks: _Blocks) -> None:
        self._db, self._blocks = db, blocks
        self._known: dict[bytes, bool] = {}

    def of(self, record: bytes, kind: str) -> str | None:
        found: str | None = None
        for _step in range(20):
            above = self._above(record, kind)
            if above is None or not self._goes(above[0]):
                break
            record, kind = above
            found = record.hex()
        return found

    def _above(self, record: bytes, kind: str) -> tuple[bytes, str] | None:
        whole = state.STORED.get(kind)
        if whole is None or whole.parent is None:
            return None
        row = self._db.execute(
            f'SELECT "{whole.parent}" FROM {state.table(kind)} WHERE record = ?', [record]
        ).fetchone()
        if row is None or not isinstance(row[0], str) or len(row[0]) != 2 * HASH:
            return None
        above = bytes.fromhex(row[0])
        named = self._db.execute("SELECT kind FROM op WHERE record = ? LIMIT 1", [above]).fetchone()
        return (above, named[0]) if named else None

    def _goes(self, record: bytes) -> bool:
        if record not in self._known:
            if len(self._known) > 10_000:
                self._known.clear()
            changes = log.changes_of(self._db, record)
            gone, _later = _nothing(changes, self._blocks.of(record), self._blocks.package)
            self._known[record] = is_only_ours(changes, gone)
        return self._known[record]


def settle(desk: Desk, package: int, again: bool, start: int, outcome: Outcome) -> None:
    """After `take_back`: bring the state up to date, look for what refers to records now in the bin, and remember."""
    state.project_since(desk.db, start)
    for record, kind, name, to in list(referring(desk.db, outcome.binned)):
        outcome.stands_in_the_way(_reference(desk.db, record, kind, name, to))
    desk.db.execute(
        "INSERT INTO taken_back(package, again, at, first, last) VALUES(?, ?, ?, ?, ?)",
        [package, int(again), state.now(), start + 1, log.last_n(desk.db)],
    )
