"""Copies of a desk, from outside: whether one is due, and what lies in one before anybody brings it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlcipher3

from cpdesk.files import disk_troubles
from cpdesk.paths import home, make_folder
from cpdesk.store import care, connection, keyfile, state
from cpdesk.store.database import Database
from cpdesk.store.desk import Desk

Progress = Callable[[int, int], object]


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


def kept(
    desk: Desk,
    why: str,
    most: int,
    most_bytes: int,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
) -> Path:
    """A verified copy in the person's own folder, before something that is hard to take back. `why` becomes part of its
    name. The oldest for that reason go beyond `most`, and beyond what all together may take of the disk; the last two
    stay."""
    folder = home() / "backups"
    with disk_troubles(folder):
        make_folder(folder)
    begins = f"{why}-{desk.office}-{desk.salt.hex()[:8]}"
    path = folder / f"{begins}-{datetime.now():%Y%m%d-%H%M%S-%f}.cpdesk"
    care.copy(desk, path, progress)
    taken = 0
    for n, one in enumerate(sorted(folder.glob(f"{begins}-*.cpdesk"), reverse=True)):
        taken += one.stat().st_size
        if n >= most or (n >= 2 and taken > most_bytes):
            one.unlink(missing_ok=True)
    return path


@dataclass(frozen=True)
class Contents:
    """What lies in a copy. `counts`: records of each kind that people write, outside the bin; `newest`: hlc of the last
    change."""

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
            care.check_plain(db, path)
            return contents_of(db)
        except sqlcipher3.Error as why:
            raise care.unreadable(path) from why
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
        if not kind.closed and state.table(kind).strip('"') in there
    }
    return Contents(str(office), int(records), counts, int(newest or 0))
