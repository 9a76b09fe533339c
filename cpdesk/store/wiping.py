"""The file itself forgets what was taken out: the pages that became free, the word index, the log beside the file.

SQLite leaves the bytes of what was deleted where they lay until it needs the room. They are cipher like everything in a
desk; but whoever has the key could read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from cpdesk.store import words
from cpdesk.store.connection import SqlError, immediate
from cpdesk.store.database import Database

MOST = 512 << 20  # bytes of a desk that is written anew as a whole, which takes as much memory


@contextmanager
def forgetting(db: Database) -> Iterator[None]:
    """What becomes free inside is written over with zeros."""
    db.execute("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        db.execute("PRAGMA secure_delete = OFF")


def wipe(db: Database, records: Iterable[str]) -> bool:
    """Take those records out of the word index, and write the file anew without what lay in its unused places; outside
    any transaction. False where something else held the file (another window, no room): the content is gone from every
    table all the same, and the next time takes its traces along.
    """
    with forgetting(db):
        with immediate(db):
            words.forget(db, [bytes.fromhex(record) for record in records])
        with suppress(SqlError):
            pages, size = (int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
            if pages * size <= MOST:
                db.execute("VACUUM")
            (held, _log, _moved) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not held and pages * size <= MOST
    return False
