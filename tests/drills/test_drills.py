"""The manual alone is enough on the bad days."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cpdesk.i18n import using
from cpdesk.store import keyring
from cpdesk.tasks import tries
from tests.drills.stories import STORIES
from tests.drills.walk import OffTheManual, walk
from tests.drills.world import in_this_process
from tests.ui.conftest import dressed as dressed


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stretching as little as a lock allows; `python -m tests.drills` has the real measure."""
    real = keyring.Stretch

    def little(salt: bytes, memory: int = 64, passes: int = 1, lanes: int = 1) -> keyring.Stretch:
        return real(salt, memory, passes, lanes)

    monkeypatch.setattr(keyring, "Stretch", little)
    yield
    tries._since.clear()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("name", STORIES)
def test_drill(name: str, qtbot: QtBot, tmp_path: Path) -> None:
    with using("en"):
        for one in STORIES[name][1](tmp_path / "drill", in_this_process):
            one.finish()


def test_a_step_that_nobody_takes_is_told() -> None:
    found = walk("leaving")
    with found.step(1, "…"), pytest.raises(OffTheManual), found.step(9):
        pass
    with pytest.raises(OffTheManual, match="nobody took step 2, 3, 4"):
        found.finish()
    with found.step(3):
        pass
    with pytest.raises(OffTheManual, match="comes before"), found.step(2):
        pass
