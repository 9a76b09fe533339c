"""One small function for each thing a user does. The window and the command line call these and nothing below them.

Each takes the open desk first and returns what changed. Long ones take `progress(done, total)`, which may raise
`Cancelled` to stop them; nothing is changed then.
"""

from collections.abc import Callable

from cpdesk.store import Desk, Record

__all__ = ["Cancelled", "Desk", "Progress", "Record", "no_progress"]

Progress = Callable[[int, int], None]


class Cancelled(Exception):
    """The person stopped a long task. Nothing was changed."""


def no_progress(_done: int, _total: int) -> None:
    """For callers who do not watch."""
