"""Who may see and write what: offices stand under one another as their gazetteer codes do.

A scope is the code of the office where a record was made; with "!" behind it, it never leaves that desk.
"""

from __future__ import annotations

PRIVATE = "!"
NATION = "00"  # as the gazetteer calls it


def covers(upper: str, lower: str) -> bool:
    """Whether office `upper` stands above `lower` or is the same; codes grow downward, the nation is above all."""
    return upper == NATION or lower == upper or (lower.startswith(upper) and lower != NATION)


def may_see(office: str, scope: str) -> bool:
    """What was made above an office, in it, or under it; never what is private to a desk."""
    return not is_private(scope) and (covers(scope, office) or covers(office, scope))


def is_private(scope: str) -> bool:
    return scope.endswith(PRIVATE)
