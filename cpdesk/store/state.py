"""The tables of what the records hold now: one a kind, real columns, made from the declaration and from nothing else.

They are a projection of the log. Where the declaration has changed since they were made, they are made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from cpdesk.i18n import _
from cpdesk.khmer.order import sort_key
from cpdesk.kinds import Flag, Kind, Ref, Type, Value
from cpdesk.records import KINDS
from cpdesk.store import clock, log
from cpdesk.store.database import Database
from cpdesk.store.projection import Change, State, project

STORED = {name: kind for name, kind in KINDS.items() if not kind.built_in}
_NAMES = {name: [f.name for f in kind.fields] for name, kind in STORED.items()}
_SEEN = 1024
_INTEGER = {name: [f.type.sql == "INTEGER" for f in kind.fields] for name, kind in STORED.items()}
_ORDER = {name: [(n, kind.field(n).type.name == "text") for n in kind.order] for name, kind in STORED.items()}
_STRICT = {  # (place among the fields, is a value in the form of that field?) where not every text or number is
    name: [
        (at, lru_cache(_SEEN)(f.type.fits)) for at, f in enumerate(kind.fields) if type(f.type).fits is not Type.fits
    ]
    for name, kind in STORED.items()
}
_FITTING: set[tuple[object, ...]] = set()  # a kind and the types of its columns' values: those found to fit
_MANY = 10_000
_REMOVED = 2  # in the column of what is deleted: neither in a list nor in the bin
_BATCH = 500


@dataclass(frozen=True)
class Record:
    """What a record holds now: `values` has every field of the kind, None where blank.

    `differences` counts the fields that wait for a person; `scope` is the office it was made in, with "!" behind it
    where it never leaves this desk. `removed`: it is deleted and its content was taken out for good.
    """

    id: str
    kind: Kind
    values: dict[str, Value]
    deleted: bool = False
    differences: int = 0
    scope: str = ""
    removed: bool = False

    def __getitem__(self, name: str) -> Value:
        return self.values[name]

    def text(self, name: str) -> str:
        """The value as text; blank is ""."""
        value = self.values[name]
        return "" if value is None else str(value)

    def label(self, name: str) -> str:
        """The value as people read it; references are not looked up."""
        return self.kind.field(name).show(self.values[name])

    @property
    def title(self) -> str:
        """What names it, in one line; never empty."""
        for name in self.kind.title:
            shown = self.label(name).strip()
            if shown:
                return shown.splitlines()[0]
        if self.removed:
            return _("(removed on request)")
        return _("{kind} without a name").format(kind=self.kind.label)


def table(kind: Kind | str) -> str:
    return f'"r_{kind if isinstance(kind, str) else kind.name}"'


def fingerprint() -> str:
    """Changes whenever the tables must be made again."""
    facts = [(k.name, k.order, k.parent, k.index, [(f.name, f.type.sql) for f in k.fields]) for k in STORED.values()]
    return hashlib.sha256(repr(("7", facts)).encode()).hexdigest()


def is_current(db: Database) -> bool:
    """Whether the tables have today's shape."""
    row = db.execute("SELECT value FROM meta WHERE key = 'shape'").fetchone()
    return bool(row) and row[0] == fingerprint()


def prepare(db: Database, progress: Callable[[int, int], object] = lambda _done, _total: None) -> None:
    """Make the tables, unless they are there in today's shape. Inside a transaction. `progress` counts changes, where
    there is something to do."""
    if is_current(db):
        return
    rebuild(db, progress)
    db.execute("INSERT OR REPLACE INTO meta(key, value) VALUES('shape', ?)", [fingerprint()])


def rebuild(db: Database, progress: Callable[[int, int], object] = lambda _done, _total: None) -> None:
    """All state again from the log. Inside a transaction."""
    (total,) = db.execute("SELECT count(*) FROM op").fetchone()

    def tell(done: int) -> None:
        progress(done, int(total))

    tell(0)
    old = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'r_*'").fetchall()
    for (name,) in old:
        db.execute(f'DELETE FROM "{name}"')  # dropping a full table takes memory by its size
        db.execute(f'DROP TABLE "{name}"')
    for kind in STORED.values():
        columns = "".join(f', "{f.name}" {f.type.sql}' for f in kind.fields)
        db.execute(
            f"CREATE TABLE {table(kind)}(record BLOB PRIMARY KEY{columns}, _deleted INTEGER NOT NULL,"
            " _differences INTEGER NOT NULL, _scope TEXT NOT NULL, _sort BLOB) STRICT"
        )
        first = f'"{kind.parent}", ' if kind.parent else ""  # parts are looked for under their whole
        db.execute(f'CREATE INDEX "i_{kind.name}" ON {table(kind)}({first}_sort)')
        db.execute(f'CREATE INDEX "d_{kind.name}" ON {table(kind)}(_sort) WHERE _deleted = 1')  # the bin
        if kind.index:
            columns = ", ".join(f'"{kind.field(name).name}"' for name in kind.index)
            db.execute(f'CREATE INDEX "k_{kind.name}" ON {table(kind)}({columns})')
    db.execute("DELETE FROM difference")
    db.execute("DELETE FROM waiting")
    project_since(db, 0, tell)


def project_since(db: Database, n: int, tell: Callable[[int], object] | None = None) -> int:
    """Bring up to date every record that an op behind local number `n` touches; how many they were. `tell` hears from
    time to time how many changes were read."""
    store = _Writer(db)
    read = 0
    for record, changes in log.changes_since(db, n):
        store.put(record, _project(changes))
        read += len(changes)
        if tell is not None and store.count % _BATCH == 0:
            tell(read)
    store.flush()
    return store.count


def show(db: Database, record: bytes, changes: list[Change]) -> None:
    """Bring one record up to date with `changes`, which are all it has."""
    store = _Writer(db)
    store.put(record, _project(changes))
    store.flush()


def _project(changes: list[Change]) -> State:
    if len(changes) == 1 and not changes[0].parents and "_deleted" not in changes[0].sets:
        only = changes[0]  # by far the commonest case: the change is the state
        return State(only.kind, only.scope, only.sets)
    return project(changes)


_INSERT = {
    name: f"INSERT OR REPLACE INTO {table(kind)} VALUES({', '.join('?' * (len(kind.fields) + 5))})"
    for name, kind in STORED.items()
}


class _Writer:
    """Writes states in batches, table by table."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.count = 0
        self._rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in STORED}
        self._touched: list[bytes] = []
        self._differences: list[tuple[bytes, str]] = []
        self._waiting: list[tuple[bytes]] = []

    def put(self, record: bytes, state: State) -> None:
        self.count += 1
        self._touched.append(record)
        self._differences += [(record, name) for name in state.differences]
        if state.waiting:
            self._waiting.append((record,))
        kind = STORED.get(state.kind)
        if kind:
            self._rows[kind.name].append(row_for(kind, record, state))
        if len(self._touched) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        if not self._touched:
            return
        run, one = self.db.conn.executemany, self.db.conn.execute
        marks = ", ".join("?" * len(self._touched))
        for table in ("difference", "waiting"):  # few records have any
            there = f"SELECT 1 FROM {table} WHERE record BETWEEN ? AND ? LIMIT 1"
            if one(there, [min(self._touched), max(self._touched)]).fetchone():
                one(f"DELETE FROM {table} WHERE record IN ({marks})", self._touched)
        run("INSERT INTO difference VALUES(?, ?)", self._differences)
        run("INSERT INTO waiting VALUES(?)", self._waiting)
        marks = ", ".join(["(?)"] * len(self._touched))
        one(f"INSERT INTO search_pending VALUES {marks} ON CONFLICT DO NOTHING", self._touched)
        for name, rows in self._rows.items():
            if rows:
                run(_INSERT[name], rows)
                rows.clear()
        self._touched.clear()
        self._differences.clear()
        self._waiting.clear()


def row_for(kind: Kind, record: bytes, state: State) -> tuple[object, ...]:
    """The table row that shows this state."""
    values = [*map(state.values.get, _NAMES[kind.name])]
    types = kind.name, *map(type, values)
    if types not in _FITTING:
        fitting = [*map(_column, _INTEGER[kind.name], values)]
        if fitting == values and len(_FITTING) < _MANY:
            _FITTING.add(types)
        values = fitting
    for at, fits in _STRICT[kind.name]:
        if values[at] is not None and not fits(values[at]):
            values[at] = None
    return (
        record,
        *values,
        _REMOVED if state.removed else int(state.deleted),
        len(state.differences),
        state.scope,
        _sort(kind, state.values),
    )


def _column(integer: bool, value: Value) -> Value:
    """A value of another type or form than the field's (from another version) stays in the log and shows as blank."""
    if integer:
        return int(value) if isinstance(value, int) else None
    return value if isinstance(value, str) else None


def _sort(kind: Kind, values: dict[str, Value]) -> bytes:
    parts = []
    for name, is_text in _ORDER[kind.name]:
        value = values.get(name)
        if isinstance(value, int):
            parts.append(b"\1" + (value + (1 << 63)).to_bytes(8, "big"))
        elif not isinstance(value, str):
            parts.append(b"\2")  # blank comes last
        elif is_text:
            parts.append(b"\1" + sort_key(value[:200]))
        else:
            parts.append(b"\1" + value.encode())
    return b"\0".join(parts)


def read(kind: Kind, rows: Iterable[tuple[object, ...]]) -> list[Record]:
    """Rows of `SELECT * FROM table(kind)` as states."""
    flags = [isinstance(f.type, Flag) for f in kind.fields]
    names = [f.name for f in kind.fields]
    found = []
    for row in rows:
        record, *rest = row
        values: dict[str, Value] = {}
        for name, flag, value in zip(names, flags, rest, strict=False):
            values[name] = bool(value) if flag and value is not None else value  # type: ignore[assignment]
        deleted, differences, scope = rest[len(names) : len(names) + 3]
        assert isinstance(record, bytes)
        found.append(
            Record(record.hex(), kind, values, bool(deleted), int(str(differences)), str(scope), deleted == _REMOVED)
        )
    return found


def references(row: Record) -> list[tuple[str, str]]:
    """(field, id) for all that a record refers to."""
    return [
        (field.name, id_)
        for field in row.kind.fields
        if isinstance(field.type, Ref)
        for id_ in field.type.ids(row.values.get(field.name))
    ]


def now() -> str:
    return clock.moment(clock.wall() << 16).isoformat(timespec="seconds")
