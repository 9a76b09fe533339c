"""The tables of a desk, as named steps that were each run once. Frozen SQL: no step imports living code.

The log's tables are here. The tables of the records' present state are a projection of the log, made from the
declaration of the kinds (`state.py`), and are rebuilt whenever that declaration changes: they need no steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.store.database import Database

if TYPE_CHECKING:
    import sqlite_utils

APPLICATION_ID = 0x63706473  # "cpds"
SET, TABLE = "cpdesk", "_sqlite_migrations"  # where sqlite-utils notes which steps were run


def m001_log(db: sqlite_utils.Database) -> None:
    for statement in (
        "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        """CREATE TABLE stream(
             sid INTEGER PRIMARY KEY,
             id BLOB NOT NULL UNIQUE CHECK(length(id) = 16),
             office TEXT NOT NULL, scope TEXT NOT NULL, nonce BLOB NOT NULL,
             upto INTEGER NOT NULL DEFAULT 0,
             tip BLOB NOT NULL DEFAULT (zeroblob(16)),
             forked INTEGER NOT NULL DEFAULT 0,
             mine INTEGER NOT NULL DEFAULT 0) STRICT""",
        """CREATE TABLE op(
             n INTEGER PRIMARY KEY,
             sid INTEGER NOT NULL, seq INTEGER NOT NULL CHECK(seq > 0),
             h BLOB NOT NULL CHECK(length(h) = 16),
             prev BLOB NOT NULL CHECK(length(prev) = 16),
             hlc INTEGER NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL,
             record BLOB NOT NULL CHECK(length(record) = 16),
             parents BLOB NOT NULL CHECK(length(parents) % 16 = 0),
             digest BLOB NOT NULL CHECK(length(digest) = 32),
             salt BLOB, sets TEXT,
             package INTEGER,
             UNIQUE(sid, seq, h)) STRICT""",
        "CREATE INDEX op_record ON op(record)",
        "CREATE TABLE tip(sid INTEGER NOT NULL, h BLOB NOT NULL, signer TEXT NOT NULL, envelope TEXT NOT NULL,"
        " PRIMARY KEY(sid, h)) STRICT, WITHOUT ROWID",
        "CREATE TABLE difference(record BLOB NOT NULL, field TEXT NOT NULL,"
        " PRIMARY KEY(record, field)) STRICT, WITHOUT ROWID",
        "CREATE TABLE redacted(h BLOB PRIMARY KEY, record BLOB NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE waiting(record BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
        """CREATE TABLE card(
             fingerprint TEXT PRIMARY KEY, office TEXT NOT NULL, name TEXT NOT NULL,
             role TEXT NOT NULL CHECK(role IN ('self', 'upper', 'lower', 'relayed')),
             sign TEXT NOT NULL UNIQUE,
             card TEXT NOT NULL, certificate TEXT,
             revoked INTEGER NOT NULL DEFAULT 0, since TEXT NOT NULL) STRICT""",
        "CREATE TABLE secret(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID",
        """CREATE TABLE received(
             package INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE,
             sender TEXT NOT NULL, office TEXT NOT NULL, site TEXT NOT NULL, number INTEGER NOT NULL,
             written_at TEXT NOT NULL, received_at TEXT NOT NULL, file TEXT NOT NULL,
             through INTEGER NOT NULL, changes INTEGER NOT NULL, fresh INTEGER NOT NULL,
             records INTEGER NOT NULL, times INTEGER NOT NULL DEFAULT 1) STRICT""",
        """CREATE TABLE sent(
             recipient TEXT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL, file TEXT NOT NULL,
             changes INTEGER NOT NULL, records INTEGER NOT NULL, bytes INTEGER NOT NULL,
             PRIMARY KEY(recipient, number)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE holds(
             peer TEXT NOT NULL, stream BLOB NOT NULL, seq INTEGER NOT NULL, h BLOB NOT NULL,
             PRIMARY KEY(peer, stream)) STRICT, WITHOUT ROWID""",
        "CREATE TABLE search_pending(record BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
        "CREATE TABLE search_text(id INTEGER PRIMARY KEY, record BLOB NOT NULL UNIQUE, kind TEXT NOT NULL,"
        " deleted INTEGER NOT NULL, text TEXT NOT NULL) STRICT",
        "CREATE VIRTUAL TABLE search_index USING fts5(text, content='search_text', content_rowid='id',"
        " tokenize='trigram')",
    ):
        db.execute(statement)


def m002_blobs(db: sqlite_utils.Database) -> None:
    """Attached files: their bytes in pieces, once by content; the scopes in which they were seen; what others have."""
    for statement in (
        """CREATE TABLE blob(
             id INTEGER PRIMARY KEY,
             sha256 TEXT NOT NULL UNIQUE CHECK(length(sha256) = 64),
             bytes INTEGER NOT NULL CHECK(bytes >= 0)) STRICT""",
        """CREATE TABLE blob_piece(
             blob INTEGER NOT NULL, piece INTEGER NOT NULL, data BLOB NOT NULL,
             UNIQUE(blob, piece)) STRICT""",
        "CREATE TABLE blob_scope(blob INTEGER NOT NULL, scope TEXT NOT NULL,"
        " PRIMARY KEY(blob, scope)) STRICT, WITHOUT ROWID",
        "CREATE TABLE blob_peer(peer TEXT NOT NULL, sha256 TEXT NOT NULL, has INTEGER NOT NULL,"
        " PRIMARY KEY(peer, sha256)) STRICT, WITHOUT ROWID",
    ):
        db.execute(statement)


def m003_taken_back(db: sqlite_utils.Database) -> None:
    """Which of the log's local numbers came with which package; which of them took an import back, or in again; and an
    index of the decisions."""
    for statement in (
        "CREATE TABLE arrival(package INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT",
        "INSERT INTO arrival SELECT package, min(n), max(n) FROM op WHERE package IS NOT NULL GROUP BY package",
        """CREATE TABLE taken_back(
             id INTEGER PRIMARY KEY,
             package INTEGER NOT NULL, again INTEGER NOT NULL CHECK(again IN (0, 1)), at TEXT NOT NULL,
             first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT""",
        """CREATE INDEX op_decided ON op(n) WHERE sets GLOB '{"_decided":*'""",
    ):
        db.execute(statement)


def m004_names_in_search(db: sqlite_utils.Database) -> None:
    """What names a record in few words has a word index of its own; all records wait for both anew."""
    for statement in (
        "DROP TABLE search_index",
        "DROP TABLE search_text",
        "CREATE TABLE search_text(id INTEGER PRIMARY KEY, record BLOB NOT NULL UNIQUE, kind TEXT NOT NULL,"
        " deleted INTEGER NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL) STRICT",
        "CREATE VIRTUAL TABLE search_index USING fts5(text, content='search_text', content_rowid='id',"
        " tokenize='trigram')",
        "CREATE VIRTUAL TABLE search_index_names USING fts5(title, content='search_text', content_rowid='id',"
        " tokenize='trigram')",
        "CREATE VIRTUAL TABLE search_index_terms USING fts5vocab('search_index', 'row')",
        "INSERT OR IGNORE INTO search_pending SELECT DISTINCT record FROM op",
    ):
        db.execute(statement)


def m005_streams_twice(db: sqlite_utils.Database) -> None:
    """Which stream is which stands on a second page too: all streams share one page of their table, and without it no
    change could be told to be what was written (`salvage`)."""
    db.execute("CREATE INDEX stream_whole ON stream(id, office, scope, nonce)")


STEPS = (m001_log, m002_blobs, m003_taken_back, m004_names_in_search, m005_streams_twice)
KNOWN = frozenset(step.__name__ for step in STEPS)


def applied(db: Database) -> set[str]:
    """The names of the steps that were run on a desk, newer programs' included."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [TABLE]).fetchone() is None:
        return set()
    return {name for (name,) in db.execute(f"SELECT name FROM {TABLE} WHERE migration_set = ?", [SET])}


def apply(db: Database) -> None:
    """Run the steps that a desk has not had yet; joins the transaction that is open."""
    import sqlite_utils

    steps = sqlite_utils.Migrations(SET)
    for step in STEPS:
        steps()(step)
    # What others installed for sqlite-utils has no business in a desk.
    steps.apply(sqlite_utils.Database(db.conn, execute_plugins=False))
