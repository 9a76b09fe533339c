"""The story of the demo told the same way every time: with a clock that ticks from one morning on, and no chance."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path

import pytest

from cpdesk import i18n
from cpdesk.store import Desk, clock
from cpdesk.tasks import board, demo
from cpdesk.tasks.desk import open_desk

ZONE = "Asia/Phnom_Penh"
MORNING = datetime(2023, 1, 16, 1, 30).timestamp()  # what packages say of when they were written and came


class Ticking:
    """In place of the module `time`: a millisecond goes by at each look."""

    def __init__(self) -> None:
        self._now = MORNING

    def time(self) -> float:
        self._now += 0.001
        return self._now


class Still(datetime):
    """The moment at which packages come in."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Still:
        return cls.fromtimestamp(MORNING, tz)


@contextmanager
def told(folder: Path) -> Iterator[Desk]:
    """The province's desk of the story, built in a new folder."""
    chance = random.Random(7)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPDESK_HOME", str(folder / "home"))
        patch.setenv("TZ", ZONE)
        time.tzset()
        patch.setattr(clock, "time", Ticking())
        patch.setattr(board, "datetime", Still)
        patch.setattr(secrets, "token_bytes", lambda count=32: chance.randbytes(count))
        patch.setattr(secrets, "token_hex", lambda count=32: chance.randbytes(count).hex())
        i18n.set_language("km")
        story = demo.build(folder / "demo")
        with open_desk(story.desks[0]) as desk:
            yield desk
    time.tzset()
