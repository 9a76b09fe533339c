"""The file itself forgets what was taken out: the pages that became free, the word index, the log beside the file.

SQLite leaves the bytes of what was deleted where they lie until it needs the room. They are cipher like everything in a
desk; but whoever has the key could read them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from cpdesk.store import words
from cpdesk.store.connection import SqlError, immediate
from cpdesk.store.database import Database

MOST = 512 << 20  # bytes of a desk that is written anew as a whole, which takes as much memory
_NOTE = "wiped"  # of how many changes the content had gone when the file was last wiped


@contextmanager
def forgetting(db: Database) -> Iterator[None]:
    """What becomes free inside is written over with zeros. To be entered outside any transaction."""
    db.execute("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        db.execute("PRAGMA secure_delete = OFF")


def owed(db: Database) -> bool:
    """Whether something was taken out, here or by another office's word, since the file was last wiped."""
    gone = _gone(db)
    row = db.execute("SELECT value FROM meta WHERE key = ?", [_NOTE]).fetchone()
    return gone > 0 and (row is None or row[0] != str(gone))


def _gone(db: Database) -> int:
    return int(db.execute("SELECT count(*) FROM redacted").fetchone()[0])


def wipe(db: Database) -> bool:
    """Take what was taken out from the word index too, and write the file anew without what lay in its unused places;
    outside any transaction. False where something else held the file (another window, no room): the content is gone
    from every table all the same, and the next time takes its traces along.
    """
    with forgetting(db):
        gone = _gone(db)
        with immediate(db):
            words.forget(db)
        with suppress(SqlError):
            pages, size = (int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
            if pages * size <= MOST:
                db.execute("VACUUM")
            db.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", [_NOTE, str(gone)])
            (held, _log, _moved) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not held:
                return True
            db.execute("DELETE FROM meta WHERE key = ?", [_NOTE])
    return False
