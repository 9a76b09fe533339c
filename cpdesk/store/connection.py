"""The one place that opens a desk file: cipher, pragmas, version, and the steps that bring it up to date."""

from __future__ import annotations

import contextlib
import errno
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlcipher3

from cpdesk.errors import Damaged, DeskProblem
from cpdesk.files import disk_problem, disk_troubles, flush_folder
from cpdesk.i18n import _
from cpdesk.paths import make_folder
from cpdesk.store import keyfile, schema
from cpdesk.store.database import Database

Connection = sqlcipher3.Connection
SqlError = sqlcipher3.Error
BUSY_SECONDS = 15
CACHE, ROOMY = 16_384, 65_536  # KiB of pages that a connection keeps, and what a merge may have meanwhile
# The driver knows how to bind these, but first asks each value in vain whether it would rather be something else. An
# answer given beforehand takes a third off every merge.
_AS_THEY_ARE: dict[type, Callable[[Any], object]] = {bytes: bytes, bool: int, type(None): {}.get}
for _type, _same in _AS_THEY_ARE.items():
    sqlcipher3.register_adapter(_type, _same)
READ_ONLY, IO_ERROR, FULL, CANNOT_OPEN = 8, 10, 13, 14  # SQLite's primary result codes


def connect(path: Path, key: keyfile.DeskKey) -> Database:
    """A connection with the pragmas of the house. `SqlError` where the first page is no desk; the rest is not read."""
    raw = sqlcipher3.connect(str(path), isolation_level=None, timeout=BUSY_SECONDS)
    try:
        _prepare(raw, key)
    except SqlError:
        raw.close()
        raise
    return Database(raw)


def _prepare(raw: Any, key: keyfile.DeskKey) -> None:
    raw.execute("PRAGMA cipher_log_level = NONE")  # it would write to the terminal; errors come as exceptions too
    raw.execute(f'PRAGMA key = "{key.pragma}"')
    for pragma in (
        "synchronous = FULL",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "temp_store = MEMORY",
        f"cache_size = {-CACHE}",
    ):
        raw.execute(f"PRAGMA {pragma}")


def create(path: Path, key: keyfile.DeskKey, fill: Callable[[Database], None]) -> Database:
    """A new desk file under that key, `fill`ed before it gets its name; refuses a name that is taken."""
    if path.exists():
        raise DeskProblem(
            _("“{file}” is there already.").format(file=path),
            _("It was not touched."),
            _("Choose another name, or open that desk."),
        )
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    with disk_troubles(path):
        make_folder(path.parent)
        try:
            db = connect(part, key)
            try:
                db.execute("PRAGMA journal_mode = WAL")
                with immediate(db):
                    db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
                    schema.apply(db)
                    fill(db)
                # On closing, the last connection would write the log back too, but keep silent where the disk says no.
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                db.conn.close()
            part.replace(path)
            flush_folder(path.parent)
        except sqlcipher3.Error as why:
            raise os_error(why, path) from why
        finally:
            for leftover in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
                leftover.unlink(missing_ok=True)
    return open_file(path, key)


def open_file(path: Path, key: keyfile.DeskKey, before: Callable[[Database], object] = lambda _db: None) -> Database:
    """An existing desk, brought up to date; `DeskProblem` for anything else, which is left as it was. `before` is
    called where steps of a newer program are about to be run; what it raises leaves the desk as it was too."""
    if keyfile.carries_lock(path):
        from cpdesk.store import keyring  # only where a backup is opened as a desk

        _opened(path, key, _check).conn.close()
        keyring.take_off(path)

    def make_ready(db: Database, path: Path) -> None:
        _check(db, path)
        db.execute("PRAGMA journal_mode = WAL")
        if schema.KNOWN - schema.applied(db):
            before(db)
            with immediate(db):
                schema.apply(db)

    return _opened(path, key, make_ready)


def _opened(path: Path, key: keyfile.DeskKey, make_ready: Callable[[Database, Path], None]) -> Database:
    db: Database | None = None
    try:
        db = connect(path, key)
        make_ready(db, path)
    except sqlcipher3.DatabaseError as why:
        if db:
            db.conn.close()
        if "locked" in str(why) or "busy" in str(why):
            raise in_use(path) from why
        raise damaged(path) from why
    except BaseException:
        if db:
            db.conn.close()
        raise
    return db


def _check(db: Database, path: Path) -> None:
    """Is it a desk that this program knows? Nothing is written before."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    if application != schema.APPLICATION_ID:
        raise damaged(path)
    if schema.applied(db) - schema.KNOWN:
        _let_go(db, path)
        raise DeskProblem(
            _("“{file}” was made by a newer cpdesk.").format(file=path),
            _("It was not touched."),
            _("Install the newer program, and open it again."),
        )


def _let_go(db: Database, path: Path) -> None:
    """Close without writing the log beside the file back into it, which the last one who may write does on leaving."""
    watching = sqlcipher3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    with contextlib.suppress(SqlError):  # it knows no key; that it looked is enough
        watching.execute("SELECT 1 FROM sqlite_schema")
    db.conn.close()
    watching.close()


def damaged(path: Path) -> Damaged:
    return Damaged(
        _("“{file}” is damaged or is not a cpdesk desk.").format(file=path),
        _("The file itself was not touched."),
        _("Restore the last backup."),
    )


def in_use(path: Path | str) -> DeskProblem:
    return DeskProblem(
        _("“{file}” is busy with other work.").format(file=path),
        _("Nothing was changed."),
        _("Wait until the other window is done, and try again."),
    )


@contextlib.contextmanager
def immediate(db: Database) -> Iterator[None]:
    """A write transaction that takes its turn at once; nested blocks join the outer one."""
    conn = db.conn
    if conn.in_transaction:
        yield
        return
    with troubles(db):
        conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            conn.execute("COMMIT")
        except BaseException:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            raise


@contextlib.contextmanager
def troubles(db: Database) -> Iterator[None]:
    """What the database reports of the machine, said as everywhere: no room, no disk, somebody else at work."""
    try:
        yield
    except SqlError as why:
        if "locked" in str(why) or "busy" in str(why):
            raise in_use(_path(db)) from why
        trouble = os_error(why, _path(db))
        if trouble.errno == errno.EINVAL:
            raise  # a fault of ours
        raise disk_problem(trouble, _path(db)) from why


def os_error(why: Exception, path: Path) -> OSError:
    """What the machine said, as SQLite passes it on; EINVAL where it was not the machine."""
    code, text = (getattr(why, "sqlite_errorcode", 0) or 0) & 0xFF, str(why)
    number = errno.EINVAL
    if code == FULL or "disk is full" in text:
        number = errno.ENOSPC
    elif code == READ_ONLY or "readonly" in text:
        number = errno.EROFS
    elif code in (IO_ERROR, CANNOT_OPEN) or "I/O error" in text or "unable to open" in text:
        number = errno.EIO
    return OSError(number, text, str(path))


@contextlib.contextmanager
def roomy(db: Database) -> Iterator[None]:
    """Room for the pages of a large piece of work; given back after it, since an old laptop has better uses for it."""
    db.execute(f"PRAGMA cache_size = {-ROOMY}")
    try:
        yield
    finally:
        db.execute(f"PRAGMA cache_size = {-CACHE}")
        db.execute("PRAGMA shrink_memory")


def _path(db: Database) -> Path:
    """The file behind a connection; asking touches no disk."""
    return Path(str(db.conn.execute("PRAGMA database_list").fetchone()[2]))
