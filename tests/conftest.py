"""What every test can count on: a home of its own, Khmer, no screen, no network, the same examples.

Properties are derandomized, so that a run says the same today and tomorrow. `HYPOTHESIS_PROFILE=search` looks
with new random examples, and for longer, for what the fixed ones miss.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.house import sockets

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

sockets.watch()


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Settings, keys and backups go to a folder that only this test uses; the language starts as Khmer."""
    from cpdesk import i18n

    home = tmp_path / "home"
    monkeypatch.setenv("CPDESK_HOME", str(home))
    i18n.set_language("km")
    yield home
    i18n.set_language("km")


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """A test whose code asks for the network fails, even where the code swallows the refusal."""
    before = len(sockets.asked)
    yield
    assert sockets.asked[before:] == [], "cpdesk never speaks to another machine"
