"""What can be told of a finished document."""

from __future__ import annotations

import re

_PAGE = re.compile(rb"/Type\s*/Page\b")


def page_count(document: bytes) -> int:
    """How many pages a document made here has."""
    return len(_PAGE.findall(document))
