"""Who did what: deeds are noted, and the log is read as a book."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpdesk.errors import BadInput, DeskProblem
from cpdesk.store.connection import immediate
from cpdesk.tasks import Desk, audit, records
from cpdesk.tasks import desk as desks


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desks.create(tmp_path / "bavel.cpdesk", "0204", "សុខ សុភា")


def test_a_deed_is_noted_with_what_it_was_about(desk: Desk) -> None:
    audit.note(desk, "merged", "0204 3")
    audit.note(desk, "refused", times=4)
    first, second = records.find(desk, "deed")
    assert (first["act"], first["about"], first["times"]) == ("merged", "0204 3", None)
    assert (second["act"], second["about"], second["times"]) == ("refused", None, 4)
    assert first.scope == "0204!", "it never leaves the desk"


def test_nobody_writes_a_deed_by_hand(desk: Desk) -> None:
    with pytest.raises(BadInput):
        records.save(desk, "deed", {"act": "merged"})


def test_what_only_reads_is_answered_for_too(desk: Desk) -> None:
    desk.pen = False
    audit.note(desk, "backed_up", "stick.cpbackup")
    assert [one["act"] for one in records.find(desk, "deed")] == ["backed_up"]
    with pytest.raises(DeskProblem):
        records.save(desk, "meeting", {"subject": "x"})


def test_a_deed_stands_with_what_was_done_or_not_at_all(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError), immediate(desk.db):
        audit.note(desk, "revoked", "0204")
        1 / 0  # noqa: B018
    assert not records.find(desk, "deed")


def test_a_deed_that_cannot_be_noted_stops_nothing(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.path.rename(desk.path.with_suffix(".gone"))
    audit.note(desk, "backed_up", "a\0b\udcff")
    assert "backed_up" in caplog.text


def test_odd_words_are_kept_as_far_as_they_can_be(desk: Desk) -> None:
    audit.note(desk, "backed_up", "a\0b\udcff" + "x" * 900)
    (one,) = records.find(desk, "deed")
    assert str(one["about"]).startswith("a b?x")
    assert len(str(one["about"])) == audit.MOST_ABOUT
