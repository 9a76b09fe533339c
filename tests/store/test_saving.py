"""Saving, deleting, history: what is typed is kept, and what was typed before is never lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdesk.kinds import Value
from cpdesk.records import kind
from cpdesk.store import Desk, care, clock, find, log, writer
from cpdesk.store.connection import immediate
from tests import desks

MEETING = kind("meeting")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desks.make(tmp_path) as made:
        yield made


def test_a_save_is_one_change_and_shows_at_once(desk: Desk) -> None:
    before = log.last_n(desk.db)
    saved = writer.save(desk, MEETING, {"subject": "កិច្ចប្រជុំ", "date": "2022-06-23"})
    assert log.last_n(desk.db) == before + 1
    row = find.row(desk.db, saved.id)
    assert row is not None
    assert (row["subject"], row["date"], row["venue"]) == ("កិច្ចប្រជុំ", "2022-06-23", None)
    assert saved.before == {"subject": None, "date": None}


def test_values_that_are_there_already_write_nothing(desk: Desk) -> None:
    saved = writer.save(desk, MEETING, {"subject": "ក", "previous_minutes_adopted": True})
    before = log.last_n(desk.db)
    assert writer.save(desk, MEETING, {"subject": "ក", "previous_minutes_adopted": True}, saved.id).changed == ()
    assert log.last_n(desk.db) == before


def test_blanking_what_was_never_written_writes_nothing(desk: Desk) -> None:
    saved = writer.save(desk, MEETING, {"subject": "ក", "venue": None})
    assert saved.changed == ("subject",)
    assert writer.save(desk, MEETING, {"venue": None}, saved.id).changed == ()


def test_blank_is_a_value(desk: Desk) -> None:
    saved = writer.save(desk, MEETING, {"subject": "ក", "venue": "សាលា"})
    writer.save(desk, MEETING, {"venue": None}, saved.id)
    row = find.row(desk.db, saved.id)
    assert row is not None and row["venue"] is None
    assert [w.value for w in find.history(desk.db, saved.id) if w.field == "venue"] == ["សាលា", None]


def test_true_is_not_one(desk: Desk) -> None:
    saved = writer.save(desk, MEETING, {"subject": "ក", "previous_minutes_adopted": False})
    assert writer.save(desk, MEETING, {"previous_minutes_adopted": True}, saved.id).changed == (
        "previous_minutes_adopted",
    )


def test_delete_and_back(desk: Desk) -> None:
    saved = writer.save(desk, MEETING, {"subject": "ក"})
    writer.delete(desk, saved.id)
    assert find.rows(desk.db, MEETING) == []
    assert [r.id for r in find.rows(desk.db, MEETING, deleted=True)] == [saved.id]
    writer.undelete(desk, saved.id)
    assert [r.id for r in find.rows(desk.db, MEETING)] == [saved.id]


def test_an_edit_after_a_delete_shows_the_record_and_asks(desk: Desk) -> None:
    saved = writer.save(desk, MEETING, {"subject": "ក"})
    writer.delete(desk, saved.id)
    writer.save(desk, MEETING, {"venue": "សាលា"}, saved.id)
    row = find.row(desk.db, saved.id)
    assert row is not None and not row.deleted and row.differences == 1
    (difference,) = find.differences(desk.db)
    assert difference.field == "_deleted" and len(difference.sides) == 2


def test_private_fields_stay_in_a_stream_that_never_leaves(desk: Desk) -> None:
    saved = writer.save(desk, kind("person"), {"name_km": "ចាន់ ដារ៉ា", "phone": "012 345 678"})
    scopes = dict(
        desk.db.execute(
            "SELECT s.scope, o.sets FROM op o JOIN stream s USING(sid) WHERE o.record = ?", [bytes.fromhex(saved.id)]
        )
    )
    assert set(scopes) == {"0801", "0801!"}
    assert "012" in scopes["0801!"] and "012" not in scopes["0801"]
    row = find.row(desk.db, saved.id)
    assert row is not None and row["phone"] == "012 345 678" and row.scope == "0801"


def test_a_person_with_a_private_field_is_deleted_and_brought_back(desk: Desk) -> None:
    saved = writer.save(desk, kind("person"), {"name_km": "ចាន់ ដារ៉ា", "phone": "012 345 678"})
    for _round in range(2):
        writer.delete(desk, saved.id)
        row = find.row(desk.db, saved.id)
        assert row is not None and row.deleted and row.differences == 0
        writer.undelete(desk, saved.id)
        row = find.row(desk.db, saved.id)
        assert row is not None and not row.deleted and row.differences == 0 and row["phone"] == "012 345 678"
    private = {h for (h,) in desk.db.execute("SELECT h FROM op JOIN stream USING(sid) WHERE scope = '0801!'")}
    shared = desk.db.execute("SELECT parents FROM op JOIN stream USING(sid) WHERE scope = '0801'").fetchall()
    assert not private & {p for (parents,) in shared for p in log.split(parents)}, "what leaves speaks of what stays"


def test_a_part_lives_where_its_whole_lives(desk: Desk) -> None:
    meeting = writer.save(desk, MEETING, {"subject": "ក"})
    item = writer.save(desk, kind("agenda_item"), {"meeting": meeting.id, "title": "ខ"})
    row = find.row(desk.db, item.id)
    assert row is not None and row.scope == "0801"


@pytest.mark.parametrize("years", [-60, 75])
def test_a_clock_that_jumps_changes_no_order(desk: Desk, monkeypatch: pytest.MonkeyPatch, years: int) -> None:
    saved = writer.save(desk, MEETING, {"venue": "មុន"})
    there = max(0, clock.wall() + years * 365 * 86_400_000)
    with monkeypatch.context() as jump:
        jump.setattr(clock, "wall", lambda: there)
        writer.save(desk, MEETING, {"venue": "ក្រោយ"}, saved.id)
    writer.save(desk, MEETING, {"venue": "ចុងក្រោយ"}, saved.id)
    row = find.row(desk.db, saved.id)
    assert row is not None and row["venue"] == "ចុងក្រោយ" and row.differences == 0


def test_a_failed_transaction_leaves_nothing(desk: Desk) -> None:
    before = log.last_n(desk.db)
    with pytest.raises(RuntimeError), immediate(desk.db):
        writer.save(desk, MEETING, {"subject": "ក"})
        raise RuntimeError
    assert log.last_n(desk.db) == before and find.rows(desk.db, MEETING) == []


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=40)
drafts = st.dictionaries(st.sampled_from(["subject", "venue", "opening", "number"]), st.none() | texts, min_size=1)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(drafts, min_size=1, max_size=12))
def test_the_last_value_shows_and_every_value_stays_in_history(desk: Desk, saves: list[dict[str, Value]]) -> None:
    record = writer.save(desk, MEETING, {"subject": "ដើម"}).id
    wanted: dict[str, Value] = {"subject": "ដើម"}
    typed: set[tuple[str, Value]] = {("subject", "ដើម")}
    for draft in saves:
        writer.save(desk, MEETING, draft, record)
        typed |= {(name, value) for name, value in draft.items() if value is not None}
        wanted |= draft
    row = find.row(desk.db, record)
    assert row is not None
    assert {name: row[name] for name in wanted} == wanted
    assert typed <= {(w.field, w.value) for w in find.history(desk.db, record)}
    assert care.check(desk).problems == []
