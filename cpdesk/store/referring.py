"""Which records refer to some others, asked for many at once: a table is gone through once, however many they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cpdesk.kinds import Ref, Refs
from cpdesk.store import state
from cpdesk.store.database import Database


class Reference(NamedTuple):
    """Record `record` of that kind, not deleted, names record `to` in that field."""

    record: bytes
    kind: str
    field: str
    to: bytes


def referring(db: Database, to: Iterable[tuple[bytes, str]]) -> Iterator[Reference]:
    """Who refers to these records, given with their kinds."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS meant(id TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute("DELETE FROM temp.meant")
    kinds: set[str] = set()
    for record, kind in to:
        kinds.add(kind)
        db.execute("INSERT INTO temp.meant VALUES(?) ON CONFLICT DO NOTHING", [record.hex()])
    for kind_, name, several in _fields(kinds):
        for record, value in db.execute(_sql(kind_, name, several)).fetchall():
            for id_ in str(value).split():
                if not several or db.execute("SELECT 1 FROM temp.meant WHERE id = ?", [id_]).fetchone():
                    yield Reference(record, kind_, name, bytes.fromhex(id_))
    db.execute("DELETE FROM temp.meant")


def _fields(kinds: set[str]) -> list[tuple[str, str, bool]]:
    """(kind, field, whether it can name several) of all fields that can name a record of one of those kinds."""
    return [
        (kind.name, field.name, isinstance(field.type, Refs))
        for kind in state.STORED.values()
        for field in kind.fields
        if isinstance(field.type, Ref) and not kinds.isdisjoint(field.type.kinds)
    ]


def _sql(kind: str, field: str, several: bool) -> str:
    wanted = f'"{field}" IS NOT NULL' if several else f'"{field}" IN (SELECT id FROM temp.meant)'
    return f'SELECT record, "{field}" FROM {state.table(kind)} WHERE _deleted = 0 AND {wanted}'
