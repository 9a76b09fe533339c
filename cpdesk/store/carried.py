"""In which streams a record lives, from which place on: by that it is known who else has it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cpdesk.store.database import Database


class Stretch(NamedTuple):
    """The record's changes in one stream: numbers and clocks of the first and the last, and how many they are."""

    stream: bytes
    scope: str
    first: int
    last: int
    began: int
    ended: int
    changes: int


def stretches(db: Database, record: str) -> list[Stretch]:
    rows = db.execute(
        "SELECT s.id, s.scope, min(o.seq), max(o.seq), min(o.hlc), max(o.hlc), count(*)"
        " FROM op o JOIN stream s USING(sid) WHERE o.record = ? GROUP BY s.sid",
        [bytes.fromhex(record)],
    )
    return [Stretch(*row) for row in rows]


class Hand(NamedTuple):
    """Who wrote in a record: the first and the last time (hlc), and how many changes."""

    who: str
    office: str
    began: int
    ended: int
    changes: int


def hands(db: Database, record: str) -> list[Hand]:
    """Everybody who wrote in it, the first first."""
    rows = db.execute(
        "SELECT o.who, s.office, min(o.hlc), max(o.hlc), count(*) FROM op o JOIN stream s USING(sid)"
        " WHERE o.record = ? GROUP BY o.who, s.office ORDER BY 3",
        [bytes.fromhex(record)],
    )
    return [Hand(*row) for row in rows]


def written_by(db: Database, names: Iterable[str]) -> int:
    """How many changes bear one of these names as their writer's."""
    sql = "SELECT count(*) FROM op NOT INDEXED WHERE who = ?"
    return sum(int(db.execute(sql, [name]).fetchone()[0]) for name in names)
