"""A finished document onto the disk: never half of one under its name."""

from __future__ import annotations

import os
import re
from pathlib import Path

from cpdesk.errors import DiskProblem
from cpdesk.i18n import _

_PAGE = re.compile(rb"/Type\s*/Page\b")


def page_count(document: bytes) -> int:
    """How many pages a document made here has."""
    return len(_PAGE.findall(document))


def write(document: bytes, path: Path) -> int:
    """Write `document` beside `path`, flush, rename it into place; the number of its pages.

    DiskProblem if the disk refuses; what was under that name before is then untouched.
    """
    beside = path.with_name(f".{os.getpid()}-writing.pdf")
    try:
        with beside.open("wb") as file:
            file.write(document)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise DiskProblem(
            _("The page could not be written to {path}.").format(path=path),
            _("What was there before is unchanged."),
            _("Close the file if it is open elsewhere, or choose another folder."),
        ) from error
    return page_count(document)


def _flush_folder(folder: Path) -> None:
    """Make the new name durable. Windows cannot open folders and needs no such step."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
