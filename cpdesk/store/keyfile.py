"""The key that opens a desk.

A desk is a SQLCipher file from its first byte. Its key, 32 random bytes, is kept in the person's own folder under the
desk's public salt (the file's first 16 bytes, the same for every copy of that desk), never beside the data.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cpdesk import paths
from cpdesk.errors import DeskProblem
from cpdesk.files import disk_troubles, write_whole
from cpdesk.i18n import _

SALT = 16


@dataclass(frozen=True)
class DeskKey:
    salt: bytes
    secret: bytes

    @property
    def pragma(self) -> str:
        """SQLCipher's raw key with an explicit salt."""
        return f"x'{self.secret.hex()}{self.salt.hex()}'"


def _path(salt: bytes) -> Path:
    return paths.home() / "keys" / f"{salt.hex()}.key"


def make() -> DeskKey:
    """A new key, kept before any desk uses it."""
    key = DeskKey(secrets.token_bytes(SALT), secrets.token_bytes(32))
    path = _path(key.salt)
    with disk_troubles(path):
        paths.make_folder(path.parent, 0o700)
    write_whole(path, key.secret.hex().encode())
    if os.name != "nt":
        path.chmod(0o600)
    return key


def salt_of(desk: Path) -> bytes:
    """The first bytes of a desk file: public, and the same for every copy of it."""
    with disk_troubles(desk), desk.open("rb") as file:
        return file.read(SALT)


def find(desk: Path) -> DeskKey:
    """The key of that desk file. `DeskProblem` where the file is none, or its key is not on this computer."""
    return of(salt_of(desk), desk)


def of(salt: bytes, desk: Path) -> DeskKey:
    """The key kept for that salt; `desk` is named in the refusal."""
    if len(salt) < SALT or salt.startswith(b"SQLite format 3"):
        raise DeskProblem(
            _("“{file}” is not a cpdesk desk.").format(file=desk),
            todo=_("Choose a file whose name ends in .cpdesk."),
        )
    try:
        secret = bytes.fromhex(_path(salt).read_text("ascii"))
    except (OSError, ValueError):
        secret = b""
    if len(secret) != 32:
        raise DeskProblem(
            _("“{file}” cannot be opened: it is damaged, or its key is not on this computer.").format(file=desk),
            _("The file itself was not touched."),
            _("Open it on the computer and in the account where it was made, or restore a backup."),
        )
    return DeskKey(salt, secret)
