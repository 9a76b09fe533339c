"""The key that opens a desk, and the key of a desk that is left open.

A desk is a SQLCipher file from its first byte; its key is 32 random bytes. Where an officer has set a password, the key
is nowhere but wrapped in the desk's lock (`keyring`). Where the desk is left open, by choice, the key lies in the
person's own folder under the desk's public salt (the file's first 16 bytes, the same for every copy of that desk),
never beside the data. A key that lies there makes the desk open, whatever its lock says: so a change from open to
locked, which takes the key away last, is either done or not begun.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cpdesk import paths
from cpdesk.errors import DeskProblem, DiskProblem, Locked
from cpdesk.files import disk_troubles, flush_folder, write_whole
from cpdesk.i18n import _

SALT, SECRET = 16, 32
LOCK_MARK = b"\ncpdesk-lock\n"  # the end of a file that carries its lock (`keyring`)


@dataclass(frozen=True)
class DeskKey:
    salt: bytes
    secret: bytes = field(repr=False)  # no report shall ever show it

    @property
    def pragma(self) -> str:
        """SQLCipher's raw key with an explicit salt."""
        return f"x'{self.secret.hex()}{self.salt.hex()}'"


def _path(salt: bytes) -> Path:
    return paths.home() / "keys" / f"{salt.hex()}.key"


def new() -> DeskKey:
    """A new key, kept nowhere yet."""
    return DeskKey(secrets.token_bytes(SALT), secrets.token_bytes(SECRET))


def keep(key: DeskKey) -> None:
    """Keep it in the person's own folder: the desk is open from now on to whoever can use this account."""
    path = _path(key.salt)
    with disk_troubles(path):
        paths.make_folder(path.parent, 0o700)
    write_whole(path, key.secret.hex().encode())
    if os.name != "nt":
        path.chmod(0o600)


def is_kept(salt: bytes) -> bool:
    return kept(salt) is not None


def kept(salt: bytes) -> DeskKey | None:
    """The key of an open desk."""
    try:
        secret = bytes.fromhex(_path(salt).read_text("ascii"))
    except (OSError, ValueError):
        return None
    return DeskKey(salt, secret) if len(secret) == SECRET else None


def forget(salt: bytes) -> None:
    """Take the key away: what opens the desk from now on is its lock alone. The file is written over first, which on
    most disks leaves nothing of it; on a disk that spares its cells a trace may stay until it is used again. Once that
    is done the desk is locked, whether or not the disk lets go of the file's name."""
    path = _path(salt)
    with disk_troubles(path):
        if not path.exists():
            return
        wiped = False
        with suppress(OSError), path.open("r+b") as file:
            file.write(bytes(2 * SECRET))  # zeros: even torn in half it reads as no key
            file.flush()
            os.fsync(file.fileno())
            wiped = True
        try:
            path.unlink()
            flush_folder(path.parent)
        except (OSError, DiskProblem):
            if not wiped:
                raise


def salt_of(desk: Path) -> bytes:
    """The first bytes of a desk file: public, and the same for every copy of it."""
    with disk_troubles(desk), desk.open("rb") as file:
        return file.read(SALT)


def carries_lock(file: Path) -> bool:
    """Whether a lock stands behind the last page, as in a backup."""
    with disk_troubles(file), file.open("rb") as opened:
        opened.seek(0, os.SEEK_END)
        opened.seek(-min(opened.tell(), len(LOCK_MARK)), os.SEEK_END)
        return opened.read() == LOCK_MARK


def find(desk: Path) -> DeskKey:
    """The key of that open desk. `Locked` where it wants a password; `DeskProblem` where the file is no desk, or is an
    open one of another computer."""
    return of(salt_of(desk), desk)


def of(salt: bytes, desk: Path) -> DeskKey:
    """The key kept for that salt; `desk` is named in the refusal."""
    check_salt(salt, desk)
    key = kept(salt)
    if key is not None:
        return key
    from cpdesk.store import keyring  # most desks of most starts need none of it

    if keyring.locks(desk, salt):
        raise Locked(
            _("“{file}” is locked.").format(file=desk),
            _("The file itself was not touched."),
            _("Open it with your password or the recovery code."),
        )
    raise DeskProblem(
        _("“{file}” cannot be opened: it is damaged, or its key is not on this computer.").format(file=desk),
        _("The file itself was not touched."),
        _("Open it on the computer and in the account where it was made, or restore a backup."),
    )


def check_salt(salt: bytes, desk: Path) -> None:
    """`DeskProblem` where a file that begins so is no desk."""
    if len(salt) < SALT or salt.startswith(b"SQLite format 3"):
        raise DeskProblem(
            _("“{file}” is not a cpdesk desk.").format(file=desk),
            todo=_("Choose a file whose name ends in .cpdesk."),
        )
