"""A new desk of what a damaged one still holds. The damaged file, and the log beside it, are only read.

Every page that carries its seal is looked at (`pages`, `survey`), and every change is taken only if it is what its hash
says: so nothing is made up, and what is lost is what stood on the lost pages. What the records show is made again from
the changes. What the chains and the indexes tell of changes that are gone is told: an office above that has received
them sends them back with its next package, since it is told how far the new desk's chains reach.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from cpdesk import paths
from cpdesk.errors import DeskProblem
from cpdesk.files import disk_troubles
from cpdesk.i18n import _
from cpdesk.store import blobs, care, connection, keyfile, keyring, log, redaction, state, survey
from cpdesk.store.canonical import Op, digest_of, stream_id
from cpdesk.store.database import Database
from cpdesk.store.desk import Desk
from cpdesk.store.keyfile import DeskKey
from cpdesk.store.pages import Pages, Row
from cpdesk.store.survey import Survey

_OP = (
    "INSERT INTO op(n, sid, seq, h, prev, hlc, who, kind, record, parents, digest, salt, sets, package)"
    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_STREAM = "INSERT INTO stream(sid, id, office, scope, nonce, forked) VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
# What is taken over as it stands: its pages are sealed.
_AS_IT_IS = ("card", "received", "sent", "holds", "redacted", "arrival", "taken_back")
_FILES = ("blob", "blob_piece", "blob_scope", "blob_peer")
_NOT_TAKEN = {"shape", "wiped", "backup", "site"}  # facts of the old file, not of the desk
_KEYS = {"sign", "age"}
_BATCH = 2000
_SAMPLE = 64  # pages by which a key is tried at a file that has lost its beginning

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class Gap:
    """Changes of one stream that are lost: their numbers, from and through. `mine`: written on the damaged desk."""

    office: str
    scope: str
    site: str
    mine: bool
    ranges: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        return sum(last - first + 1 for first, last in self.ranges)


@dataclass
class Salvaged:
    """What came of it. `pages` of the damaged file, and how many of them are `lost`; how many changes (`ops`), records
    and attached files the new desk holds.

    `gaps`: the changes that are known to be lost. `incomplete`: records that lack some of theirs; `gone`: records of
    which nothing is left. `unproved`: changes that can be read and not be proved to be what was written, and were left.
    `files_lost`: contents of attached files that are lost. `keys_lost`: the office's keys are new. `cards_lost`: cards
    of other offices may be lost. `notes_lost`: notes on packages sent and received may be. `guessed`: the office or the
    officer's name had to be concluded from the changes.
    """

    pages: int = 0
    lost: int = 0
    ops: int = 0
    records: int = 0
    files: int = 0
    gaps: list[Gap] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    gone: int = 0
    unproved: int = 0
    files_lost: list[str] = field(default_factory=list)
    keys_lost: bool = False
    cards_lost: bool = False
    notes_lost: bool = False
    guessed: bool = False

    @property
    def whole(self) -> bool:
        """Nothing that a person wrote, and nothing that the desk needs, is lost."""
        told = (self.gaps, self.incomplete, self.gone, self.unproved, self.files_lost)
        return not any(told) and not (self.keys_lost or self.cards_lost or self.notes_lost or self.guessed)


def key_for(damaged: Path) -> DeskKey | None:
    """The key in the person's own folder that opens pages of that file, even one that has lost its beginning."""
    with disk_troubles(damaged):
        key = keyfile.kept(keyfile.salt_of(damaged))
        if key is not None:
            return key
        return next((key for key in _kept_keys() if opens(damaged, key)), None)


def _kept_keys() -> Iterator[DeskKey]:
    for file in sorted((paths.home() / "keys").glob("*.key")):
        with suppress(ValueError):
            key = keyfile.kept(bytes.fromhex(file.stem))
            if key is not None:
                yield key


def opens(damaged: Path, key: DeskKey) -> bool:
    """Whether some page of the file is one of the desk with that key."""
    with disk_troubles(damaged), Pages(damaged, key) as pages:
        step = max(1, pages.there // _SAMPLE)
        return any(pages.read(number) for number in range(1, pages.there + 1, step)) or bool(pages.logged)


def salvage(damaged: Path, target: Path, key: DeskKey, progress: Progress = lambda _done, _total: None) -> Salvaged:
    """A new desk at `target`, under the same key and in new streams from then on, of what `damaged` holds; refuses a
    taken name.

    `DeskProblem` where no change can be read with that key. `progress` counts pages, then changes; what it raises stops
    the work, and nothing of it stays.
    """
    with disk_troubles(damaged), Pages(damaged, key) as pages:
        work = _Work(Survey(pages, progress))
        connection.create(target, key, lambda db: work.fill(db, progress)).conn.close()
    try:
        for lock in keyring.locks(damaged, key.salt)[:1]:
            keyring.keep(lock, target)
        Desk.open(target, progress, key).close()
        with disk_troubles(target):
            care.read_back(target, key)
    except BaseException:
        for path in (target, Path(f"{target}-wal"), Path(f"{target}-shm"), keyring.beside(target)):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    return work.told


class _Work:
    """One salvage: fills a new desk, and keeps count."""

    def __init__(self, found: Survey) -> None:
        self.found = found
        self.told = Salvaged(found.pages.count)
        self._streams: dict[int, tuple[bytes, str, str, bytes, bool]] = {}
        self._upto: dict[int, int] = {}
        self._lost_n: set[int] = set()

    def fill(self, db: Database, progress: Progress) -> None:
        told = self.told
        self._take_streams(db)
        self._take_ops(db)
        if not told.ops:
            raise nothing_left()
        self._take_facts(db)
        self._take_keys(db)
        for name in _AS_IT_IS:
            self._copy(db, name)
        for sid, h, signer, envelope in self.found.rows("tip"):
            db.execute(
                "INSERT INTO tip SELECT ?1, ?2, ?3, ?4 WHERE EXISTS(SELECT 1 FROM op WHERE sid = ?1 AND h = ?2)"
                " ON CONFLICT DO NOTHING",
                [sid, h, signer, envelope],
            )
        redaction.apply(db, 0)
        log.advance(db, 0)
        state.prepare(db, progress)
        self._take_files(db)
        self._tell(db)

    # what is proved by its hash

    def _take_streams(self, db: Database) -> None:
        for row in self.found.rows("stream"):
            if self._take_stream(db, row[:5], bool(row[7]), bool(row[8])):
                self._upto[row[0]] = row[5]
        if not self.found.whole("stream"):
            for id_, office, scope, nonce, sid in self.found.rows(survey.STREAMS):
                self._take_stream(db, [sid, id_, office, scope, nonce], False, False)

    def _take_stream(self, db: Database, row: Row, forked: bool, mine: bool) -> bool:
        sid, id_, office, scope, nonce = row
        if sid in self._streams or stream_id(office, scope, nonce) != id_:
            return False
        self._streams[sid] = (id_, office, scope, nonce, mine)
        db.execute(_STREAM, [*row, int(forked)])
        return True

    def _take_ops(self, db: Database) -> None:
        proved = self._proved()
        while batch := list(islice(proved, _BATCH)):
            self.told.ops += db.conn.executemany(_OP, batch).rowcount

    def _proved(self) -> Iterator[Row]:
        for row in self.found.rows("op"):
            stream = self._streams.get(row[1])
            if stream is not None and _is_what_was_written(stream[0], row):
                yield row
            else:
                self.told.unproved += 1

    # what is taken as it stands

    def _copy(self, db: Database, name: str) -> None:
        marks = ", ".join("?" * len(survey.FORMS[name].split()))
        db.conn.executemany(f"INSERT INTO {name} VALUES({marks}) ON CONFLICT DO NOTHING", self.found.rows(name))

    def _take_facts(self, db: Database) -> None:
        facts = {str(name): str(value) for name, value in self.found.rows("meta") if name not in _NOT_TAKEN}
        if "office" not in facts:
            self.told.guessed = True
            own = [str(row[1]) for row in self.found.rows("card") if row[3] == "self"]
            facts["office"] = own[0] if own else _most_common(db, "s.office", True)
        if "officer" not in facts:
            self.told.guessed = True
            facts["officer"] = _most_common(db, "o.who", False, facts["office"])
        facts["site"] = secrets.token_hex(4)
        db.conn.executemany("INSERT INTO meta VALUES(?, ?) ON CONFLICT DO NOTHING", facts.items())

    def _take_keys(self, db: Database) -> None:
        kept = {str(name): value for name, value in self.found.rows("secret")}
        self.told.keys_lost = not kept.keys() >= _KEYS and not self.found.whole("secret")
        if kept.keys() >= _KEYS:  # one half alone would be of no use
            db.conn.executemany("INSERT INTO secret VALUES(?, ?)", kept.items())

    def _take_files(self, db: Database) -> None:
        for name in _FILES:
            self._copy(db, name)
        there = blobs.every(db)
        torn = {blob.sha256 for blob in there if not blobs.is_whole(db, blob.sha256)}
        blobs.drop(db, torn)
        db.execute("DELETE FROM blob_piece WHERE blob NOT IN (SELECT id FROM blob)")
        db.execute("DELETE FROM blob_scope WHERE blob NOT IN (SELECT id FROM blob)")
        lost = set(torn)
        if not self.found.whole("blob"):
            rows = db.execute(f"SELECT sha256 FROM {state.table(blobs.KIND)} WHERE sha256 IS NOT NULL AND NOT _deleted")
            lost |= {str(name) for (name,) in rows} - {blob.sha256 for blob in there}
        self.told.files = len(there) - len(torn)
        self.told.files_lost = sorted(lost)

    # what is told

    def _tell(self, db: Database) -> None:
        told, found = self.told, self.found
        told.lost = len(found.pages.broken)
        told.cards_lost = not found.whole("card")
        told.notes_lost = not all(map(found.whole, ("received", "sent", "holds", "tip", "arrival", "taken_back")))
        if told.keys_lost:
            db.execute("DELETE FROM card WHERE role = 'self'")
        if not all(map(found.whole, ("op", "stream"))) or found.torn or told.unproved:
            self._tell_gaps(db)
            self._tell_records(db)
        (told.records,) = db.execute("SELECT count(DISTINCT record) FROM op").fetchone()

    def _tell_gaps(self, db: Database) -> None:
        here = {sid: {seq for (seq,) in db.execute("SELECT seq FROM op WHERE sid = ?", [sid])} for sid in self._streams}
        numbers = {n for (n,) in db.execute("SELECT n FROM op")}
        lost: dict[int, set[int]] = {sid: set(range(1, self._upto.get(sid, 0) + 1)) - here[sid] for sid in here}
        for sid, seq, _h, n in self.found.rows(survey.OPS):
            if n not in numbers:
                self._lost_n.add(n)
                if seq not in here.get(sid, ()):
                    lost.setdefault(sid, set()).add(seq)
        if not self.found.trees[survey.OPS].whole:  # then the chains alone tell
            for sid, seqs in here.items():
                if sid not in self._upto:
                    lost[sid] |= set(range(1, max(seqs, default=0))) - seqs
        for sid, seqs in sorted(lost.items()):
            if seqs and sid in self._streams:
                _id, office, scope, nonce, mine = self._streams[sid]
                self.told.gaps.append(Gap(office, scope, nonce[:4].hex(), mine, _ranges(seqs)))

    def _tell_records(self, db: Database) -> None:
        lacking = {record for record, n in self.found.rows(survey.RECORDS) if n in self._lost_n}
        if not self.found.trees[survey.RECORDS].whole:
            lacking |= {record for (record,) in db.execute("SELECT record FROM waiting")}
        for record in sorted(bytes(one) for one in lacking if isinstance(one, bytes)):
            if db.execute("SELECT 1 FROM op WHERE record = ? LIMIT 1", [record]).fetchone():
                self.told.incomplete.append(record.hex())
            else:
                self.told.gone += 1


def nothing_left() -> DeskProblem:
    return DeskProblem(
        _("Nothing of this file can be read with the keys that are on this computer."),
        _("The file itself was not touched."),
        _("Bring back the last backup."),
    )


def _is_what_was_written(stream: bytes, row: Row) -> bool:
    """Whether a row of the log is what its hash says."""
    _n, _sid, seq, h, prev, hlc, who, kind, record, parents, digest, salt, sets, _package = row
    op = Op(stream, seq, prev, hlc, who, kind, record, parents, digest, salt, None if sets is None else sets.encode())
    if op.h != h or (op.salt is None) != (op.sets is None):
        return False
    return op.salt is None or op.sets is None or digest_of(op.salt, op.sets) == op.digest


def _most_common(db: Database, what: str, any_office: bool, office: str = "") -> str:
    row = db.execute(
        f"SELECT {what} FROM op o JOIN stream s USING(sid) WHERE ? OR s.office = ? GROUP BY 1 ORDER BY count(*) DESC, 1"
        " LIMIT 1",
        [any_office, office],
    ).fetchone()
    return str(row[0]) if row else "?"


def _ranges(numbers: set[int]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)
