"""The arithmetic of a running meeting, and the note of what is half typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cpdesk.kinds import Value
from cpdesk.store import Desk
from cpdesk.tasks import live, meetings, records
from cpdesk.tasks.live import Note, Room
from cpdesk.tasks.meetings import Counts, Quorum
from tests import desks

NOW = datetime(2026, 11, 28, 9, 30)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desks.make(tmp_path) as made:
        yield made


def meeting(desk: Desk, **values: Value) -> str:
    return records.save(desk, "meeting", {"subject": "លើកទី១", "date": "2026-11-28"} | values).id


def person(desk: Desk, name: str, **values: Value) -> str:
    return records.save(desk, "person", {"name_km": name} | values).id


@pytest.mark.parametrize(
    ("total", "women", "unsaid", "percent"),
    [(0, 0, 0, None), (7, 4, 0, 57), (8, 1, 0, 13), (200, 1, 0, 1), (201, 1, 0, 0), (3, 3, 0, 100), (4, 2, 1, None)],
)
def test_the_share_of_women_is_rounded_a_half_up(total: int, women: int, unsaid: int, percent: int | None) -> None:
    assert Room(Counts(total, women, unsaid), None).women_percent == percent


@pytest.mark.parametrize(
    ("present", "members", "missing", "reached"),
    [(0, 7, 4, False), (3, 7, 1, False), (4, 7, 0, True), (4, 8, 1, False), (5, 8, 0, True), (1, 1, 0, True)],
)
def test_more_than_half_of_the_members_are_a_quorum(present: int, members: int, missing: int, reached: bool) -> None:
    room = Room(Counts(present, 0), Quorum(present, members))
    assert (room.missing, Quorum(present, members).reached) == (missing, reached)


def test_without_members_nothing_is_missing() -> None:
    assert Room(Counts(5, 2), None).missing == 0


def test_the_room_counts_who_is_here(desk: Desk) -> None:
    body = records.save(desk, "body", {"name_km": "គណៈកម្មាធិការ"}).id
    people = [person(desk, f"បុគ្គល {n}", sex="female" if n < 2 else "male") for n in range(4)]
    for one in people[:3]:
        records.save(desk, "membership", {"body": body, "person": one})
    held = meeting(desk, organiser=body)
    for one, status in zip(people, ("present", "late", "absent", "present"), strict=True):
        meetings.add_attendee(desk, held, person=one, status=status)
    room = live.room(desk, held)
    assert (room.counts.total, room.counts.women, room.women_percent) == (3, 2, 67)
    assert room.quorum == Quorum(2, 3) and room.missing == 0


def test_a_meeting_is_ahead_then_runs_then_is_over(desk: Desk) -> None:
    id_ = meeting(desk, start="08:00", end="11:00", state="planned")

    def phase(now: datetime = NOW) -> str:
        return live.phase(records.get(desk, id_), now)

    assert phase() == live.AHEAD, "a planned hour is no beginning"
    records.save(desk, "meeting", live.beginning(NOW), id_)
    begun = records.get(desk, id_)
    assert (begun["start"], begun["end"], begun["state"]) == ("09:30", None, "held")
    assert phase() == live.RUNNING
    assert live.elapsed(begun, NOW + timedelta(minutes=72, seconds=59)) == timedelta(minutes=72, seconds=59)
    assert phase(NOW + timedelta(days=1)) == live.OVER, "nobody ended it, and it is over all the same"
    assert phase(NOW - timedelta(minutes=1)) == live.OVER, "a clock that was set back counts no time"
    records.save(desk, "meeting", live.ending(NOW + timedelta(hours=2)), id_)
    assert records.get(desk, id_)["end"] == "11:30" and phase() == live.OVER
    assert not records.problems(desk, records.get(desk, id_))


def test_a_meeting_begins_on_the_day_on_which_it_is_begun(desk: Desk) -> None:
    id_ = meeting(desk, date="2026-11-20", state="planned")
    records.save(desk, "meeting", live.beginning(NOW), id_)
    assert records.get(desk, id_)["date"] == "2026-11-28"


def test_who_comes_a_quarter_of_an_hour_after_the_beginning_is_late(desk: Desk) -> None:
    id_ = meeting(desk, state="planned", start="08:00")
    assert live.arrival(records.get(desk, id_), NOW) == {"status": "present"}, "it has not begun"
    records.save(desk, "meeting", live.beginning(NOW), id_)
    begun = records.get(desk, id_)
    assert live.arrival(begun, NOW + live.GRACE) == {"status": "present"}
    late = {"status": "late", "arrived": "09:46"}
    assert live.arrival(begun, NOW + live.GRACE + timedelta(minutes=1)) == late


def test_two_letters_find_the_list_first_then_the_committee_then_all(desk: Desk) -> None:
    body = records.save(desk, "body", {"name_km": "គណៈកម្មាធិការ"}).id
    stranger, member, absent, here = (person(desk, f"សុខ {name}") for name in ("ក", "ខ", "គ", "ឃ"))
    records.save(desk, "membership", {"body": body, "person": member})
    held = meeting(desk, organiser=body)
    meetings.add_attendee(desk, held, person=absent, status="absent")
    meetings.add_attendee(desk, held, person=here)
    assert [one.id for one in live.speakers(desk, held, "សុខ")] == [here, absent, member, stranger]
    assert [one.id for one in live.arrivals(desk, held, "សុខ")] == [absent, here, member, stranger]
    assert [one.id for one in live.speakers(desk, held, "សុខ", most=2)] == [here, absent]
    assert [one.id for one in live.speakers(desk, held, "")] == [here, absent, member], (
        "nobody is looked up for nothing"
    )


def test_a_name_that_begins_so_comes_before_one_that_holds_it(desk: Desk) -> None:
    held = meeting(desk)
    inside = person(desk, "ចាន់ សុភាព", position="ប្រធាន វណ្ណា")
    begins = person(desk, "វណ្ណា ហេង")
    for one in (inside, begins):
        meetings.add_attendee(desk, held, person=one)
    assert [one.id for one in live.speakers(desk, held, "វណ្ណ")] == [begins, inside]


def test_a_name_in_latin_letters_finds_who_is_on_the_list_before_others(desk: Desk) -> None:
    held = meeting(desk)
    other = person(desk, "ចាន់ ដារ៉ា", name_latin="Sok Dara")
    listed = person(desk, "សុខ វណ្ណា", name_latin="Sok Vanna")
    meetings.add_attendee(desk, held, person=listed)
    assert [one.id for one in live.speakers(desk, held, "sok")] == [listed, other]


def test_the_note_is_kept_overwritten_and_read_whatever_lies_there(desk: Desk) -> None:
    held = meeting(desk)
    assert live.note(desk, held) == Note()
    kept = Note(item="a", who="b", text="ពាក្យ «ពាក់កណ្តាល»\n<b>", base="c").at("d", NOW)
    live.keep(desk, held, kept)
    assert live.note(desk, held) == kept and live.note(desk, meeting(desk)) == Note()
    assert kept.item_since(NOW + timedelta(minutes=5)) == timedelta(minutes=5)
    assert kept.item_since(NOW + timedelta(days=2)) is None and Note().item_since(NOW) is None
    for strange in ("[]", "{", '{"text": 5, "of a newer program": "x"}'):
        desk.set_meta(f"live/{held}", strange)
        assert live.note(desk, held) == Note()


def test_typing_writes_nothing_into_the_log(desk: Desk) -> None:
    held = meeting(desk)
    before = len(records.history(desk, held))
    (ops,) = desk.db.execute("SELECT count(*) FROM op").fetchone()
    for letters in range(50):
        live.keep(desk, held, Note(text="ក" * letters))
    assert desk.db.execute("SELECT count(*) FROM op").fetchone() == (ops,)
    assert len(records.history(desk, held)) == before


def test_what_was_half_typed_goes_on_with_its_remark_unless_somebody_else_did(desk: Desk) -> None:
    held = meeting(desk)
    id_ = records.save(desk, "input", {"meeting": held, "order": 1024, "text": "អង្គប្រជុំ"}).id

    def found(kept: Note) -> tuple[str, str | None]:
        text, record = live.unfinished(desk, held, kept)
        return text, record.id if record else None

    assert found(Note(text="ថ្មី")) == ("ថ្មី", None)
    assert found(Note(record=id_)) == ("អង្គប្រជុំ", id_)
    half = Note(text="អង្គប្រជុំបាន", record=id_, base="អង្គប្រជុំ")
    assert found(half) == ("អង្គប្រជុំបាន", id_)
    records.save(desk, "input", {"text": "សរសេរនៅកន្លែងផ្សេង"}, id_)
    assert found(half) == ("អង្គប្រជុំបាន", None), "what somebody wrote elsewhere is not overwritten"
    records.delete(desk, id_)
    assert found(half) == ("អង្គប្រជុំបាន", None) and found(Note(record=id_)) == ("", None)
    assert found(Note(record=meeting(desk))) == ("", None), "nonsense in a note names no remark"
