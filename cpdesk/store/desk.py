"""A desk: one office's file on one computer, and who writes in it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from cpdesk.errors import DeskProblem
from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.store import anchor, connection, keyfile, log, state
from cpdesk.store.canonical import HASH, stream_id
from cpdesk.store.connection import immediate
from cpdesk.store.database import Database


class Desk:
    """An open desk. Belongs to the thread that opened it; `other()` opens it once more for another thread.

    `office` is the gazetteer code, `officer` the name that changes are signed with, `site` this installation (8 hex
    digits, new whenever the desk finds itself copied or brought back from a backup). `who` is the record of the officer
    who opened it by their password, None on an open desk; `pen`: whether they may write at all.
    """

    def __init__(self, path: Path, db: Database, key: keyfile.DeskKey) -> None:
        self.path = path
        self.db = db
        self.key = key
        self.salt = key.salt  # the same for every copy of this desk
        self.office = self.meta("office")
        self.officer = self.meta("officer")
        self.site = self.meta("site")
        self.acting = ""  # the act that what is written belongs to, where it is more than writing (`tasks.roles`)
        self.who: str | None = None
        self.pen = True
        self.recovery_code = ""  # of a desk that was locked when it was made, to be shown once
        self.marks: dict[str, Value] = {}  # why the present writing is done, where it is a decision (`decisions`)

    @classmethod
    def create(cls, path: Path, office: str, officer: str, key: keyfile.DeskKey | None = None) -> Desk:
        """A new desk; `DeskProblem` where the name is taken, `DiskProblem` where the disk says no.

        With a `key` the caller sees to it that it is not lost; without one it is made, and lies in the person's own
        folder: an open desk.
        """

        def fill(db: Database) -> None:
            facts = {"office": office, "officer": officer, "site": secrets.token_hex(4)}
            db.conn.executemany("INSERT INTO meta VALUES(?, ?)", facts.items())
            state.prepare(db)

        if key is None:
            key = keyfile.new()
            keyfile.keep(key)  # before any desk uses it
        desk = cls(path, connection.create(path, key, fill), key)
        anchor.keep(desk)
        return desk

    @classmethod
    def open(
        cls,
        path: Path,
        progress: Callable[[int, int], object] = lambda _done, _total: None,
        key: keyfile.DeskKey | None = None,
    ) -> Desk:
        """An existing desk, with that key or the one in the person's own folder; `DeskProblem` where it is damaged,
        newer, foreign or busy, `Locked` where it wants a password.

        A desk of another version of the program is made ready first, behind a verified copy of it (`upgrading`), which
        `progress` watches; what it raises leaves the desk as it was. `DiskProblem` where there is no room for the copy.
        """
        key = key or keyfile.find(path)
        copied = False

        def before(db: Database) -> None:
            nonlocal copied
            from cpdesk.store import upgrading  # once with each new version

            upgrading.copy_before(cls(path, db, key), progress)
            copied = True

        db = connection.open_file(path, key, before)
        try:
            with connection.troubles(db):
                if not copied and not state.is_current(db):
                    from cpdesk.store import upgrading

                    upgrading.copy_if_room(cls(path, db, key), progress)
                with immediate(db):
                    state.prepare(db, progress)
                desk = cls(path, db, key)
                if not anchor.fits(desk):
                    desk.become_new_site()
                return desk
        except BaseException as why:
            db.conn.close()
            if isinstance(why, connection.SqlError):
                raise connection.damaged(path) from why
            raise

    def other(self) -> Desk:
        """The same desk on a connection of its own, for another thread."""
        other = Desk(self.path, connection.open_file(self.path, self.key), self.key)
        other.officer, other.who, other.pen = self.officer, self.who, self.pen
        return other

    def check_pen(self) -> None:
        """`DeskProblem` for who may only read: asked before anything is written in the log, whichever way it came."""
        if not self.pen:
            raise DeskProblem(
                _("{name} may read this desk, but not write in it.").format(name=self.officer),
                _("Nothing was changed."),
                _("Ask the keeper of this desk for another role."),
            )

    def close(self) -> None:
        anchor.keep(self)
        self.db.conn.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def meta(self, key: str, default: str = "") -> str:
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
        return str(row[0]) if row else default

    def set_meta(self, key: str, value: str) -> None:
        with immediate(self.db):
            self.db.execute("INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)", [key, value])

    def rename_officer(self, name: str) -> None:
        self.set_meta("officer", name)
        self.officer = name

    def stream(self, scope: str) -> log.Stream:
        """Our stream for that scope, minted on first use. Inside a write transaction."""
        row = self.db.execute(
            "SELECT sid FROM stream WHERE mine = 1 AND scope = ? AND forked = 0 ORDER BY sid DESC LIMIT 1", [scope]
        ).fetchone()
        if row:
            return log.stream_by_sid(self.db, row[0])
        nonce = bytes.fromhex(self.site) + secrets.token_bytes(HASH - 4)
        return log.add_stream(self.db, stream_id(self.office, scope, nonce), self.office, scope, nonce, mine=True)

    def become_new_site(self) -> None:
        """Write in fresh streams from now on: this desk is a copy, or was brought back from a backup."""
        with immediate(self.db):
            self.db.execute("UPDATE stream SET mine = 0 WHERE mine = 1")
            self.set_meta("site", secrets.token_hex(4))
        self.site = self.meta("site")
        anchor.keep(self)
