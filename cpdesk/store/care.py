"""Looking after a desk file: is it whole, a verified copy of it, and back from a copy."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import sqlcipher3

from cpdesk.errors import DeskProblem
from cpdesk.files import disk_troubles, flush_folder, from_the_disk
from cpdesk.i18n import _, ngettext
from cpdesk.store import blobs, connection, keyfile, keyring, log, state
from cpdesk.store.canonical import ZERO, digest_of
from cpdesk.store.database import Database
from cpdesk.store.desk import Desk
from cpdesk.store.projection import project
from cpdesk.store.schema import APPLICATION_ID

A_STEP = 256  # changes or records between two words on how far a check is
PAGES_A_STEP = 1024  # 4 MB: often enough to be stopped, seldom enough to cost nothing


@dataclass
class Health:
    """What a check found; `problems` are translated sentences."""

    ops: int = 0
    records: int = 0
    files: int = 0
    awaited: int = 0  # files that are named and have not been received yet, which is no problem
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems


Progress = Callable[[int, int], object]


def check(desk: Desk, progress: Progress = lambda _done, _total: None) -> Health:
    """The file, every op's hash, every chain, and the state against the log. Repairs nothing. `progress(done, total)`
    counts changes, each of which is looked at twice; what it raises stops the check."""
    health = Health()
    try:
        (ops,) = desk.db.execute("SELECT count(*) FROM op").fetchone()
        _check(desk.db, health, lambda done: progress(done, 2 * int(ops)))
    except sqlcipher3.DatabaseError as why:
        health.problems.append(_("The file is damaged: {detail}").format(detail=why))
    return health


def _check(db: Database, health: Health, tell: Callable[[int], object]) -> None:
    # The cipher's check reads the file alone. A power cut may have torn pages there that are whole in the log.
    if not db.conn.in_transaction:
        db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    for answer in db.execute("PRAGMA cipher_integrity_check").fetchall():
        health.problems.append(_("The file is damaged: {detail}").format(detail=answer[0]))
    for (answer,) in db.execute("PRAGMA integrity_check(20)").fetchall():
        if answer != "ok":
            health.problems.append(_("The file is damaged: {detail}").format(detail=answer))
    for stream in log.streams(db):
        _check_stream(db, stream, health, tell)
    _check_state(db, health, tell)
    _check_files(db, health)


def _check_files(db: Database, health: Health) -> None:
    damaged = 0
    for blob in blobs.every(db):
        health.files += 1
        damaged += not blobs.is_whole(db, blob.sha256)
    health.awaited = blobs.awaited(db)
    if damaged:
        health.problems.append(
            ngettext(
                "One attached file is not what was attached.",
                "{count} attached files are not what was attached.",
                damaged,
            ).format(count=damaged)
        )


def _check_stream(db: Database, stream: log.Stream, health: Health, tell: Callable[[int], object]) -> None:
    bad = 0
    seq, tip = 0, ZERO
    stored = {h for (h,) in db.execute("SELECT h FROM op WHERE sid = ?", [stream.sid])}
    for op in log.ops_after(db, stream, 0):
        health.ops += 1
        if health.ops % A_STEP == 0:
            tell(health.ops)
        if op.h not in stored or (op.salt and op.sets and digest_of(op.salt, op.sets) != op.digest):
            bad += 1
        if op.seq == seq + 1 and op.prev == tip:
            seq, tip = op.seq, op.h
    if bad:
        health.problems.append(
            ngettext(
                "One change of office {office} is not what was written.",
                "{count} changes of office {office} are not what was written.",
                bad,
            ).format(count=bad, office=stream.office)
        )
    if not stream.forked and (seq, tip) != (stream.upto, stream.tip):
        health.problems.append(_("The chain of changes of office {office} is broken.").format(office=stream.office))


def _check_state(db: Database, health: Health, tell: Callable[[int], object]) -> None:
    apart = seen = 0
    marked = set(db.execute("SELECT record, field FROM difference").fetchall())
    for record, changes in log.changes_since(db, 0):
        health.records += 1
        seen += len(changes)
        if health.records % A_STEP == 0:
            tell(health.ops + seen)
        wanted = project(changes)
        marked -= {(record, name) for name in wanted.differences}
        kind = state.STORED.get(wanted.kind)
        if kind:
            rows = db.execute(f"SELECT * FROM {state.table(kind)} WHERE record = ?", [record]).fetchall()
            if not rows or tuple(rows[0]) != state.row_for(kind, record, wanted):
                apart += 1
    if apart or marked:
        n = apart + len(marked)
        health.problems.append(
            ngettext(
                "One record does not show what its changes say.",
                "{count} records do not show what their changes say.",
                n,
            ).format(count=n)
        )


def copy(
    desk: Desk,
    target: Path,
    progress: Progress = lambda _done, _total: None,
    *,
    carries_lock: bool = True,
    key: keyfile.DeskKey | None = None,
) -> int:
    """A whole, verified copy of a desk that may be in use; the number of records in it.

    It carries the desk's lock at its end, if there is one, so that it opens wherever it goes; under another `key` it is
    another desk, which nothing opens that opened this one. `progress(done, total)` counts pages; what it raises stops
    the copy, and nothing of it stays.
    """
    lock = keyring.lock_of(desk.path, desk.salt) if carries_lock and key is None else None
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    key = key or desk.key

    def tell(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)

    with disk_troubles(target):
        try:
            copied = connection.connect(part, key)
            try:
                with _standing_still(desk.db):
                    desk.db.conn.backup(copied.conn, pages=PAGES_A_STEP, progress=tell)
                copied.execute("PRAGMA journal_mode = DELETE")
            finally:
                copied.conn.close()
            _finish(part, lock)
            records = read_back(part, key)
            part.replace(target)
            flush_folder(target.parent)
        except sqlcipher3.Error as why:
            raise connection.os_error(why, target) from why
        finally:
            for leftover in (part, Path(f"{part}-wal"), Path(f"{part}-shm"), Path(f"{part}-journal")):
                with contextlib.suppress(OSError):
                    leftover.unlink(missing_ok=True)
    return records


@contextlib.contextmanager
def _standing_still(db: Database) -> Iterator[None]:
    """The desk as it is now, whatever others write meanwhile: SQLite begins a copy anew at each of their saves, and so
    the copy of a large desk in which somebody types would never end."""
    if db.conn.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # from here on the view stands
        yield
    finally:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")  # nothing was written


def read_back(part: Path, key: keyfile.DeskKey) -> int:
    """How many records are in it. `OSError` unless it is a whole desk; by a connection that remembers nothing of it.

    The check of the trees reads every page that holds anything, and so tries its seal; the cipher's own check of the
    seals would take the lock behind the last page for a page that is broken."""
    try:
        again = connection.connect(part, key)
        try:
            _verify(again, part)
            (records,) = again.execute("SELECT count(DISTINCT record) FROM op").fetchone()
        finally:
            again.conn.close()
    except (DeskProblem, sqlcipher3.DatabaseError) as why:
        raise OSError(errno.EIO, "read back differs", str(part)) from why
    return int(records)


def restore(
    backup: Path,
    target: Path,
    progress: Progress = lambda _done, _total: None,
    key: keyfile.DeskKey | None = None,
) -> int:
    """A desk again from a copy, which is only read; it writes in new streams from then on. Refuses a taken name.

    The key is the one given, or the one in the person's own folder. The new desk has the lock that holds for that desk
    on this computer, else the one that the copy carries.
    """
    if target.exists():
        raise DeskProblem(
            _("“{file}” is there already.").format(file=target),
            _("It was not touched."),
            _("Choose another name for the restored desk."),
        )
    key = key or keyfile.find(backup)
    with disk_troubles(backup):
        source: Database | None = None
        try:
            source = connection.connect(backup, key)
            source.execute("PRAGMA query_only = ON")
            _verify(source, backup)
            held = Desk(backup, source, key)
            records = copy(held, target, progress, carries_lock=False)
        except sqlcipher3.Error as why:
            raise unreadable(backup) from why
        finally:
            if source:
                source.conn.close()
    for lock in keyring.locks(backup, key.salt)[:1]:
        keyring.keep(lock, target)
    with Desk.open(target, progress, key) as desk:
        desk.become_new_site()
    return records


def check_plain(db: Database, path: Path) -> None:
    """Is it a desk, of tables alone? Looked at before anything in it is believed. `DeskProblem` where it is not."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    hostile = db.execute("SELECT count(*) FROM sqlite_schema WHERE type IN ('view', 'trigger')").fetchone()[0]
    if application != APPLICATION_ID or hostile:
        raise unreadable(path)


def _verify(db: Database, path: Path) -> None:
    """Is it a desk, and whole?"""
    try:
        check_plain(db, path)
        answers = [answer for (answer,) in db.execute("PRAGMA integrity_check(1)").fetchall()]
    except sqlcipher3.DatabaseError as why:
        raise unreadable(path) from why
    if answers != ["ok"]:
        raise unreadable(path)


def unreadable(path: Path) -> DeskProblem:
    return DeskProblem(
        _("“{file}” is damaged or is no copy of a desk.").format(file=path),
        _("Nothing was changed."),
        _("Try an older backup."),
    )


def _finish(path: Path, lock: keyring.Lock | None) -> None:
    """Let the disk promise what was written, and the lock behind the last page with it."""
    with path.open("r+b") as file:
        if lock is not None:
            file.seek(0, os.SEEK_END)
            file.write(keyring.trailer(lock))
            file.flush()
        os.fsync(file.fileno())
        from_the_disk(file.fileno())
