"""Locked desks for tests: quickly stretched, and a program that dies at any step."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cpdesk.store import Desk, keyring
from cpdesk.tasks import desk as desks
from cpdesk.tasks import keys, tries

FIRST, SECOND = "ស្វាយ ចន្ទី ដូង ម្នាស់", "ត្រី អណ្តើក ក្តាម បង្គា"
NAME = "សុខ សុភា"


def stretch_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch as little as a lock allows: the tests are many. One of them has the real measure."""
    real = keyring.Stretch

    def little(salt: bytes, memory: int = 64, passes: int = 1, lanes: int = 1) -> keyring.Stretch:
        return real(salt, memory, passes, lanes)

    monkeypatch.setattr(keyring, "Stretch", little)
    monkeypatch.setattr(tries, "_since", {})


def locked(path: Path, office: str = "0801", password: str = FIRST) -> tuple[Path, str]:
    """A locked desk that is closed, and its recovery code."""
    with desks.create(path, office, NAME, password) as desk:
        return path, desk.recovery_code


class Dead(BaseException):
    """The program, at that step."""


class Dying:
    """Calls that go well until the step at which the program dies."""

    def __init__(self, at: int) -> None:
        self.at, self.steps = at, 0

    def wrap(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def dies(*args: Any, **kwargs: Any) -> Any:
            self.steps += 1
            if self.steps == self.at:
                raise Dead
            return call(*args, **kwargs)

        return dies


def die_at(at: int, work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Run it, and die at that step; whether it had so many."""
    dying = Dying(at)
    with monkeypatch.context() as patched:
        for name in ("replace", "unlink", "open"):
            patched.setattr(Path, name, dying.wrap(getattr(Path, name)))
        patched.setattr(os, "fsync", dying.wrap(os.fsync))
        try:
            work()
        except Dead:
            return True
    return False


def let_go(desk: Desk) -> None:
    """As the death of a program does."""
    if desk.db.conn.in_transaction:
        desk.db.execute("ROLLBACK")
    desk.db.conn.close()


def opens(path: Path, password: str) -> bool:
    tries._since.clear()
    try:
        desks.open_desk(path, password=password).close()
    except keys.WrongPassword:
        return False
    return True
