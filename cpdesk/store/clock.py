"""Hybrid logical time: 48 bits of milliseconds, 16 of count. It breaks ties and is shown; it orders nothing else."""

from __future__ import annotations

import time
from datetime import UTC, datetime

DAY = 24 * 3600 * 1000 << 16
LIMIT = (1 << 63) - 1


def wall() -> int:
    """Milliseconds since 1970 by this computer's clock."""
    return max(0, int(time.time() * 1000))


def next_hlc(wall_ms: int, own_last: int, seen: int) -> int:
    """Later than our own last change always, and than what it replaces unless that is over a day ahead of our clock."""
    now = wall_ms << 16
    at = max(now, own_last + 1)
    if at <= seen <= now + DAY:
        at = seen + 1
    return min(at, LIMIT)


def moment(hlc: int) -> datetime:
    """The local time that an hlc tells; the last moment that can be told where it is absurd."""
    try:
        return datetime.fromtimestamp((hlc >> 16) / 1000, UTC).astimezone()
    except (OverflowError, OSError, ValueError):
        return datetime(9999, 12, 31, tzinfo=UTC)
