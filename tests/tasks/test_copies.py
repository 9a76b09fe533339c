"""Copies that are kept before something hard to take back: the newest ones, and never more than the disk can bear."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpdesk.tasks import desk as desks


def test_the_newest_copies_stay(tmp_path: Path) -> None:
    with desks.create(tmp_path / "a.cpdesk", "0802", "x") as desk:
        made = [desks.keep_copy(desk, "before-merge") for _n in range(desks.KEPT_COPIES + 2)]
    assert [path.exists() for path in made] == [False] * 2 + [True] * desks.KEPT_COPIES


def test_large_copies_are_fewer_but_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with desks.create(tmp_path / "a.cpdesk", "0802", "x") as desk:
        made = [desks.keep_copy(desk, "before-merge")]
        size = made[0].stat().st_size
        monkeypatch.setattr(desks, "COPIES_BYTES", size * 7 // 2)
        made += [desks.keep_copy(desk, "before-merge") for _n in range(4)]
        assert [path.exists() for path in made] == [False, False, True, True, True]
        monkeypatch.setattr(desks, "COPIES_BYTES", 1)
        made.append(desks.keep_copy(desk, "before-merge"))
        assert [path.exists() for path in made] == [False] * 4 + [True] * 2
