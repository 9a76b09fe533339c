"""Reading: records by id, by kind and condition; and what was ever written in a field. By words: `words`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cpdesk.kinds import Kind, Value
from cpdesk.store import clock, log, state, words
from cpdesk.store.database import Database
from cpdesk.store.decisions import DECIDED, REASON, REDONE, UNDONE
from cpdesk.store.projection import DELETED, Change, heads_of, project, same
from cpdesk.store.scopes import is_private
from cpdesk.store.state import STORED, Record


def row(db: Database, record: str) -> Record | None:
    """The record of that id, deleted or not."""
    id_ = bytes.fromhex(record)
    for (name,) in db.execute("SELECT DISTINCT kind FROM op WHERE record = ?", [id_]).fetchall():
        kind = STORED.get(name)
        if kind:
            found = state.read(
                kind, db.execute(f"SELECT * FROM {state.table(kind)} WHERE record = ?", [id_]).fetchall()
            )
            if found:
                return found[0]
    return None


def rows(
    db: Database,
    kind: Kind,
    where: Mapping[str, Value] | None = None,
    *,
    search: str = "",
    deleted: bool = False,
    descending: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[Record]:
    """Records of one kind, in the kind's order; `where` wants equal values (None: blank)."""
    condition, values = _condition(db, kind, where or {}, search, deleted)
    direction = "DESC" if descending else "ASC"
    sql = f"SELECT * FROM {state.table(kind)} WHERE {condition} ORDER BY _sort {direction}, record {direction}"
    if limit is not None:
        sql += f" LIMIT {int(limit)} OFFSET {int(offset)}"
    return state.read(kind, db.execute(sql, values).fetchall())


def columns(
    db: Database, kind: Kind, fields: Sequence[str], where: Mapping[str, Value] | None = None
) -> list[tuple[str, *tuple[Value, ...]]]:
    """(id, value, …) of just these fields, in no order: for sums over very many records."""
    condition, values = _condition(db, kind, where or {}, "", False)
    names = "".join(f', "{kind.field(name).name}"' for name in fields)
    sql = f"SELECT lower(hex(record)){names} FROM {state.table(kind)} WHERE {condition}"
    found: list[tuple[str, *tuple[Value, ...]]] = db.execute(sql, values).fetchall()
    return found


def own_flags(db: Database, kind: Kind, names: Sequence[str], record: str) -> dict[str, bool]:
    """Flags of one record that never leaves the desk; none where it is not here, in the bin, or came from elsewhere."""
    columns = "".join(f'"{name}", ' for name in names)
    sql = f"SELECT {columns}_scope FROM {state.table(kind)} WHERE record = ? AND _deleted = 0"
    row = db.execute(sql, [bytes.fromhex(record)]).fetchone()
    return dict(zip(names, map(bool, row), strict=False)) if row and is_private(row[-1]) else {}


def naming(db: Database, kind: Kind, field: str, id_: str) -> list[Record]:
    """Records whose field of several references names that one."""
    held = f"""' ' || "{kind.field(field).name}" || ' '"""
    sql = f"SELECT * FROM {state.table(kind)} WHERE _deleted = 0 AND instr({held}, ?) ORDER BY _sort, record"
    return state.read(kind, db.execute(sql, [f" {id_} "]).fetchall())


def ids(
    db: Database, kind: Kind, where: Mapping[str, Value] | None = None, *, search: str = "", descending: bool = False
) -> list[str]:
    """Only the ids, for long lists that load their rows as they are looked at."""
    condition, values = _condition(db, kind, where or {}, search, False)
    direction = "DESC" if descending else "ASC"
    found = db.execute(
        f"SELECT record FROM {state.table(kind)} WHERE {condition} ORDER BY _sort {direction}, record {direction}",
        values,
    )
    return [record.hex() for (record,) in found]


def by_ids(db: Database, kind: Kind, wanted: Sequence[str]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for start in range(0, len(wanted), 500):
        some = [bytes.fromhex(id_) for id_ in wanted[start : start + 500]]
        sql = f"SELECT * FROM {state.table(kind)} WHERE record IN ({', '.join('?' * len(some))})"
        found |= {r.id: r for r in state.read(kind, db.execute(sql, some).fetchall())}
    return found


def count(db: Database, kind: Kind, where: Mapping[str, Value] | None = None, search: str = "") -> int:
    condition, values = _condition(db, kind, where or {}, search, False)
    (n,) = db.execute(f"SELECT count(*) FROM {state.table(kind)} WHERE {condition}", values).fetchone()
    return int(n)


def _condition(
    db: Database, kind: Kind, where: Mapping[str, Value], search: str, deleted: bool
) -> tuple[str, list[object]]:
    parts, values = [f"_deleted = {int(deleted)}"], list[object]()
    for name, value in where.items():
        parts.append(f'"{kind.field(name).name}" IS ?')
        values.append(int(value) if isinstance(value, bool) else value)
    if search.strip():
        holding, more = words.condition(db, kind, search)
        parts.append(holding)
        values += more
    return " AND ".join(parts), values


@dataclass(frozen=True)
class Written:
    """One value that was once written in a field, and by whom. `standing`: nothing has replaced it yet. `decided` and
    `reason`: where it was a decision (`store.decisions`), of which sort and why."""

    field: str
    value: Value
    site: str
    office: str
    at: datetime
    by: str
    standing: bool
    h: str
    decided: str = ""
    reason: str = ""


def history(db: Database, record: str) -> list[Written]:
    """Everything ever written in a record, oldest first. Nothing typed is ever missing from it."""
    id_ = bytes.fromhex(record)
    changes = log.changes_of(db, id_)
    standing = {(name, head.change.h) for name, heads in heads_of(changes).items() for head in heads}
    writers = {s.id: s for s in log.streams(db)}
    who: dict[bytes, str] = dict(db.execute("SELECT h, who FROM op WHERE record = ?", [id_]).fetchall())
    return [
        Written(
            name,
            value,
            writers[c.stream].site,
            writers[c.stream].office,
            clock.moment(c.hlc),
            who[c.h],
            (name, c.h) in standing,
            c.h.hex(),
            str(c.sets.get(DECIDED) or ""),
            str(c.sets.get(REASON) or ""),
        )
        for c in sorted(changes)
        for name, value in c.sets.items()
        if not name.startswith("_") or name == DELETED
    ]


def last_changes(db: Database, records: Sequence[str]) -> dict[str, tuple[datetime, str, bool]]:
    """For each record when it was last changed and by whom, and whether that change put it in the bin along with the
    whole that it is part of."""
    found: dict[str, tuple[datetime, str, bool]] = {}
    for start in range(0, len(records), 500):
        some = [bytes.fromhex(id_) for id_ in records[start : start + 500]]
        sql = (
            "SELECT record, max(hlc), who, coalesce(sets, '') FROM op"
            f" WHERE record IN ({', '.join('?' * len(some))}) GROUP BY record"
        )
        for record, hlc, who, sets in db.execute(sql, some):
            found[record.hex()] = clock.moment(hlc), who, '"_with":"' in sets
    return found


def written_elsewhere(db: Database, record: str, since: int = 0) -> bool:
    """Whether another computer wrote in it, of what arrived behind the log's local number `since`."""
    sql = "SELECT 1 FROM op o JOIN stream s USING(sid) WHERE o.record = ? AND o.n > ? AND NOT s.mine LIMIT 1"
    return db.execute(sql, [bytes.fromhex(record), since]).fetchone() is not None


def writers(db: Database, records: Sequence[str]) -> set[str]:
    """The names of all who ever wrote in these records."""
    found: set[str] = set()
    for start in range(0, len(records), 500):
        some = [bytes.fromhex(id_) for id_ in records[start : start + 500]]
        marks = ", ".join("?" * len(some))
        found |= {who for (who,) in db.execute(f"SELECT DISTINCT who FROM op WHERE record IN ({marks})", some)}
    return found


@dataclass(frozen=True)
class Difference:
    """Standing values of one field that part; the shown one first. `before`: the newest value they replaced."""

    record: str
    kind: str
    field: str
    sides: list[Written]
    before: Value


def differences(db: Database, record: str | None = None) -> list[Difference]:
    """All differences that wait for a person, or those of one record."""
    sql = "SELECT DISTINCT record FROM difference"
    args: list[object] = []
    if record:
        sql += " WHERE record = ?"
        args.append(bytes.fromhex(record))
    found: list[Difference] = []
    for (id_,) in db.execute(f"{sql} ORDER BY record", args).fetchall():
        found += _differences_of(db, id_)
    return found


def _differences_of(db: Database, id_: bytes) -> list[Difference]:
    changes = log.changes_of(db, id_)
    now = project(changes)
    by_place = {(w.h, w.field): w for w in history(db, id_.hex())}
    replaced = {c.h: c for c in changes}
    found = []
    for name, heads in now.differences.items():
        sides = []
        for head in heads:
            written = by_place.get((head.change.h.hex(), name))
            if written is None:  # the edit that a delete had not seen
                any_field = next(w for (h, _field), w in by_place.items() if h == head.change.h.hex())
                written = Written(name, head.value, *_facts(any_field))
            sides.append(_first_said(written, by_place, replaced))
        said = [replaced[bytes.fromhex(side.h)] for side in sides]
        parents = {parent for change in said for parent in change.parents}
        older = [replaced[p] for p in parents if p in replaced and name in replaced[p].sets]
        before = max(older).sets[name] if older else None
        found.append(Difference(id_.hex(), now.kind, name, sides, before))
    return found


def _first_said(one: Written, by_place: Mapping[tuple[str, str], Written], changes: Mapping[bytes, Change]) -> Written:
    """Who wrote the value of a side that only stands again because an import or a decision was taken back: what was
    taken back had replaced it; else whoever said it last."""
    if one.decided not in (UNDONE, REDONE):
        return one
    taken = [changes[h] for h in changes[bytes.fromhex(one.h)].parents if h in changes]
    before = [by_place.get((h.hex(), one.field)) for change in taken for h in change.parents]
    for w in before:
        if w is not None and w.h != one.h and same(w.value, one.value):
            return _first_said(replace(w, standing=True), by_place, changes)
    earlier = [
        w
        for w in by_place.values()
        if w.field == one.field and same(w.value, one.value) and w.decided not in (UNDONE, REDONE) and w.at <= one.at
    ]
    return replace(max(earlier, key=lambda w: w.at, default=one), standing=True)


def _facts(w: Written) -> tuple[str, str, datetime, str, bool, str]:
    return w.site, w.office, w.at, w.by, True, w.h
