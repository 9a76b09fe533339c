"""A clock that stands, so that what is shown is the same today and in a year.

`with stopped():` every module of ours reads `DAY` at `HOUR`; the clock of the change log goes on by a millisecond each
time that it is asked, for ids and order come from it. What is drawn by lot is drawn from a seed.
"""

from __future__ import annotations

import pkgutil
import random
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo
from importlib import import_module
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

import cpdesk
import ui

NOW = datetime(2022, 8, 11, 9, 30)  # some weeks after the story of the demo ends
ZONE = "Asia/Phnom_Penh"


class _AnyDate(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, date)


class _AnyMoment(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


class _Date(date, metaclass=_AnyDate):
    @classmethod
    def today(cls) -> Any:
        return NOW.date()


class _Moment(datetime, metaclass=_AnyMoment):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return NOW if tz is None else NOW.astimezone(tz)


def _ours() -> list[Any]:
    """All modules of the program, those too that are imported only when they are needed."""
    for package in (cpdesk, ui):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                import_module(found.name)
    return [module for name, module in list(sys.modules.items()) if name.partition(".")[0] in ("cpdesk", "ui")]


@contextmanager
def stopped() -> Iterator[None]:
    """Inside, it is `NOW` in Phnom Penh."""
    from cpdesk.store import clock

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", ZONE)
        time.tzset()
        for module in _ours():
            for name, value in list(vars(module).items()):
                if value is date:
                    patch.setattr(module, name, _Date)
                elif value is datetime:
                    patch.setattr(module, name, _Moment)
        began, ticks = NOW.astimezone(UTC) - timedelta(minutes=10), count()
        patch.setattr(clock, "time", SimpleNamespace(time=lambda: began.timestamp() + next(ticks) / 1000))
        lot = random.Random(20220811)
        patch.setattr(secrets, "token_bytes", lambda n=32: lot.randbytes(n))
        patch.setattr(secrets, "token_hex", lambda n=32: lot.randbytes(n).hex())
        yield
    time.tzset()
