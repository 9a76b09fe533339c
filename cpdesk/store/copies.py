"""Copies of a desk, from outside: whether one is due, and what lies in one before anybody brings it back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlcipher3

from cpdesk.files import disk_troubles
from cpdesk.store import connection, keyfile, state
from cpdesk.store.care import unreadable
from cpdesk.store.database import Database
from cpdesk.store.schema import APPLICATION_ID


def mark(db: Database) -> str:
    """What a desk holds, in a few numbers that change with everything that is worth a copy. Quick.

    A deed alone is not: that a backup was made would ask for another one.
    """
    asked = (
        "SELECT n FROM op WHERE kind <> 'deed' ORDER BY n DESC LIMIT 1",
        "SELECT max(id) FROM blob",
        "SELECT max(package) FROM received",
        "SELECT max(rowid) FROM taken_back",
        "SELECT count(*) FROM redacted",
        "SELECT count(*) FROM sent",
        "SELECT count(*) || '-' || total(revoked) FROM card",
        "SELECT value FROM meta WHERE key = 'officer'",
    )
    answers = (db.execute(question).fetchone() for question in asked)
    return " ".join(str(answer[0] if answer else None) for answer in answers)


@dataclass(frozen=True)
class Contents:
    """What lies in a copy. `counts`: records of each kind outside the bin; `newest`: hlc of the last change."""

    office: str
    records: int
    counts: dict[str, int]
    newest: int


def contents(path: Path, key: keyfile.DeskKey | None = None) -> Contents:
    """Look into a copy, which is only read; `DeskProblem` where it is damaged, foreign, or its key is not here, and
    `Locked` where it wants a password (`key`: what that opened)."""
    key = key or keyfile.find(path)
    with disk_troubles(path):
        db: Database | None = None
        try:
            db = connection.connect(path, key)
            db.execute("PRAGMA query_only = ON")
            (application,) = db.execute("PRAGMA application_id").fetchone()
            hostile = "SELECT count(*) FROM sqlite_schema WHERE type IN ('view', 'trigger')"
            if application != APPLICATION_ID or db.execute(hostile).fetchone()[0]:
                raise unreadable(path)
            return contents_of(db)
        except sqlcipher3.Error as why:
            raise unreadable(path) from why
        finally:
            if db:
                db.conn.close()


def contents_of(db: Database) -> Contents:
    """The same of an open desk."""
    (office,) = db.execute("SELECT value FROM meta WHERE key = 'office'").fetchone()
    records, newest = db.execute("SELECT count(DISTINCT record), max(hlc) FROM op").fetchone()
    there = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()}
    counts = {
        name: int(db.execute(f"SELECT count(*) FROM {state.table(kind)} WHERE _deleted = 0").fetchone()[0])
        for name, kind in state.STORED.items()
        if state.table(kind).strip('"') in there
    }
    return Contents(str(office), int(records), counts, int(newest or 0))
