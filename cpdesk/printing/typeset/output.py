"""A finished document onto the disk: never half of one under its name."""

from __future__ import annotations

import re
from pathlib import Path

from cpdesk.files import write_whole

_PAGE = re.compile(rb"/Type\s*/Page\b")


def page_count(document: bytes) -> int:
    """How many pages a document made here has."""
    return len(_PAGE.findall(document))


def write(document: bytes, path: Path) -> int:
    """Write `document` as a finished file; the number of its pages. `DiskProblem` where the disk refuses."""
    write_whole(path, document)
    return page_count(document)
