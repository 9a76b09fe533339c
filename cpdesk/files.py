"""Finished files only: written beside their name, flushed, read back, renamed, and the folder flushed.

A half-written file never bears a final name, and what stood under that name stays until the new one is whole.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from cpdesk.errors import DiskProblem
from cpdesk.i18n import _

CHUNK = 1 << 20


@contextlib.contextmanager
def whole_file(path: Path, verify: Callable[[Path], None] | None = None) -> Iterator[BinaryIO]:
    """A file to write that becomes `path` when the block ends well, and vanishes otherwise.

    `verify` looks at the finished bytes before they get their name. Troubles of the machine come out as `DiskProblem`.
    """
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    with disk_troubles(path):
        try:
            with part.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
                if verify:
                    from_the_disk(file.fileno())
            if verify:
                verify(part)
            part.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    flush_folder(path.parent)


def write_whole(path: Path, data: bytes) -> None:
    """`data` as a finished file, read back and compared."""
    wanted = hashlib.sha256(data).digest()

    def verify(part: Path) -> None:
        if sha256_of(part) != wanted:
            raise OSError(errno.EIO, "read back differs", str(part))

    with whole_file(path, verify) as file:
        file.write(data)


def sha256_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def flush_folder(folder: Path) -> None:
    """Make a rename last through a power cut. Windows has no such call and needs none.

    `DiskProblem` where the disk will not promise it: the file has its name by then.
    """
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as why:
        raise DiskProblem(
            _("The file was written to “{folder}”, but the disk does not promise to keep it.").format(folder=folder),
            todo=_("Write it once more to another place."),
        ) from why


@contextlib.contextmanager
def disk_troubles(path: Path) -> Iterator[None]:
    """Say in plain words what the machine could not do."""
    try:
        yield
    except OSError as why:
        raise disk_problem(why, path) from why


def is_full(why: DiskProblem) -> bool:
    """Whether it was for want of room."""
    return isinstance(why.__cause__, OSError) and why.__cause__.errno == errno.ENOSPC


def from_the_disk(handle: int) -> None:
    """What was flushed shall be read back from the disk itself, and not from what the system remembers of it. Where it
    knows no such wish the reading back sees less."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def disk_problem(why: OSError, path: Path) -> DiskProblem:
    where = str(path)
    kept = _("Nothing was changed.")
    if why.errno == errno.ENOSPC:
        return DiskProblem(
            _("There is no room left to write “{file}”.").format(file=where),
            kept,
            _("Free some space, or choose another disk, and try again."),
        )
    if why.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DiskProblem(
            _("“{file}” may not be written or read here.").format(file=where),
            kept,
            _("Choose another folder, or unlock the stick."),
        )
    if why.errno in (errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR):
        return DiskProblem(
            _("“{file}” is not there.").format(file=where),
            kept,
            _("Look whether the stick is plugged in and the name is right, and try again."),
        )
    return DiskProblem(
        _("“{file}” could not be written or read ({reason}).").format(file=where, reason=why.strerror or why),
        kept,
        _("Try another stick or another folder."),
    )
