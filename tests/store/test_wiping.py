"""What was taken out leaves no trace in the file: neither where it stood, nor where an older value of it had stood."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpdesk.store import wiping
from cpdesk.tasks import personal, records
from tests import desks
from tests.tasks import personal_world as worlds


def test_a_desk_too_large_to_be_written_anew_is_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiping, "MOST", 0)
    with desks.make(tmp_path) as desk:
        who = worlds.person(desk, name_latin=worlds.LATIN, phone=worlds.PHONE)
        desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        assert worlds.traces(desk)
        personal.remove(desk, who)
        assert worlds.traces(desk) == []


def test_pages_that_became_free_long_ago_are_left_behind(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        who = worlds.person(desk, position=worlds.LATIN * 20_000)
        records.save(desk, "person", {"position": "x"}, who)  # frees the pages of the long one
        personal.remove(desk, who)
        assert worlds.traces(desk) == []
