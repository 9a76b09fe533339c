"""Very many records of one flat kind: kept in one go, and read by lists of values.

Figures come by the ten thousand (communes × measures × years × sex, age and disability). Each is still one change in
the log; what is done once for all of them is the bookkeeping around it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence

from cpdesk.kinds import Kind, Value
from cpdesk.store import clock, log, state
from cpdesk.store.canonical import HASH, Op, canon, digest_of
from cpdesk.store.connection import immediate
from cpdesk.store.database import Database
from cpdesk.store.desk import Desk
from cpdesk.store.writer import new_id

_BATCH = 2000


def add(desk: Desk, kind: Kind, many: Iterable[Mapping[str, Value]]) -> list[str]:
    """Keep new records (values checked already, none empty) all or none; their ids.

    Only for kinds that are part of nothing and have nothing private: all go into the office's own scope.
    """
    if kind.parent or kind.private or any(field.private for field in kind.fields):
        raise ValueError(kind.name)
    desk.check_pen()
    made: list[str] = []
    with immediate(desk.db):
        before = log.last_n(desk.db)
        stream = desk.stream(desk.office)
        seq, prev, hlc = log.newest(desk.db, stream.sid)
        rows: list[tuple[object, ...]] = []
        for values in many:
            salt, content = secrets.token_bytes(HASH), canon(dict(values))
            seq, hlc = seq + 1, clock.next_hlc(clock.wall(), hlc, 0)
            record = new_id(desk)
            op = Op(
                stream.id, seq, prev, hlc, desk.officer, kind.name, record, b"", digest_of(salt, content), salt, content
            )
            rows.append(log.row_of(stream.sid, op, None))
            prev = op.h
            made.append(record.hex())
            if len(rows) >= _BATCH:
                log.append(desk.db, rows)
                rows.clear()
        log.append(desk.db, rows)
        log.advance(desk.db, before)
        state.project_since(desk.db, before)
    return made


def within(
    db: Database, kind: Kind, fields: Sequence[str], where: Mapping[str, Sequence[Value]]
) -> list[tuple[Value, ...]]:
    """(id, value, …) of the records whose fields hold one of the given values each (None: blank), in no order."""
    names = "".join(f', "{kind.field(name).name}"' for name in fields)
    parts, values = ["_deleted = 0"], list[Value]()
    for name, wanted in where.items():
        here = [value for value in wanted if value is not None]
        told = f'"{kind.field(name).name}" IN ({", ".join("?" * len(here))})'
        parts.append(f'({told} OR "{name}" IS NULL)' if len(here) < len(wanted) else told)
        values += here
    sql = f"SELECT lower(hex(record)){names} FROM {state.table(kind)} WHERE {' AND '.join(parts)}"
    found: list[tuple[Value, ...]] = db.execute(sql, values).fetchall()
    return found


def distinct(db: Database, kind: Kind, field: str) -> list[Value]:
    """The values that a field holds anywhere, in order; quick where the kind's index begins with that field."""
    name, table = f'"{kind.field(field).name}"', state.table(kind)
    sql = (
        f"WITH RECURSIVE seen(v) AS (SELECT min({name}) FROM {table} UNION ALL"
        f" SELECT (SELECT min({name}) FROM {table} WHERE {name} > v) FROM seen WHERE v IS NOT NULL)"
        f" SELECT v FROM seen WHERE v IS NOT NULL"
        f" AND EXISTS (SELECT 1 FROM {table} WHERE {name} = v AND _deleted = 0)"
    )
    return [value for (value,) in db.execute(sql).fetchall()]
