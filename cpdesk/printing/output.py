"""A finished document onto the disk: never half of one under its name."""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from pathlib import Path

from cpdesk.errors import DiskProblem
from cpdesk.i18n import _

_PAGE = re.compile(rb"/Type\s*/Page\b")


def page_count(document: bytes) -> int:
    """How many pages a document made here has."""
    return len(_PAGE.findall(document))


def write(document: bytes, path: Path) -> int:
    """Write `document` beside `path`, flush, read back, rename it into place; the number of its pages.

    DiskProblem if the disk refuses; what was under that name before is then untouched.
    """
    beside = path.with_name(f".{os.getpid()}-writing.pdf")
    try:
        _write_whole(document, beside)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):  # the same disk may refuse this too; the error that counts is on its way
            beside.unlink(missing_ok=True)
        raise DiskProblem(
            _("The page could not be written to {path}.").format(path=path),
            _("What was there before is unchanged."),
            _("Close the file if it is open elsewhere, or choose another folder."),
        ) from error
    try:
        _flush_folder(path.parent)
    except OSError as error:
        raise DiskProblem(
            _("The page was written to {path}, but the disk does not promise to keep it.").format(path=path),
            todo=_("Print it once more to another place."),
        ) from error
    return page_count(document)


def _write_whole(document: bytes, path: Path) -> None:
    with path.open("wb") as file:
        file.write(document)
        file.flush()
        os.fsync(file.fileno())
    if path.read_bytes() != document:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))


def _flush_folder(folder: Path) -> None:
    """Make the new name durable. Windows cannot open folders and needs no such step."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
