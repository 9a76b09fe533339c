"""What a person does with records, through the tasks that window and command line share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cpdesk.errors import BadInput, NotFound
from cpdesk.store import Desk
from cpdesk.tasks import meetings, plans, records
from cpdesk.tasks.undo import Undo
from tests import desks


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desks.make(tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("meeting", {"nonsense": 1}),
        ("meeting", {"date": "not a day"}),
        ("meeting", {"date": 5}),
        ("meeting", {"sort": "no such sort"}),
        ("meeting", {"subject": "a\0b"}),
        ("meeting", {"subject": "\ud800"}),
        ("meeting", {"subject": ["a"]}),
        ("meeting", {"chair": "0" * 32}),
        ("meeting", {"place": "9999"}),
        ("plan", {"first_year": 1.5}),
        ("plan", {"first_year": True}),
        ("plan", {"first_year": 3}),
        ("activity", {"year_quarters": ["2023Q5"]}),
        ("place", {"name_km": "ក"}),
    ],
)
def test_what_cannot_be_taken_is_refused_and_writes_nothing(desk: Desk, kind: str, values: dict[str, object]) -> None:
    before = records.count(desk, "meeting") + records.count(desk, "plan")
    with pytest.raises(BadInput):
        records.save(desk, kind, values)
    assert records.count(desk, "meeting") + records.count(desk, "plan") == before


def test_a_reference_to_another_kind_is_refused(desk: Desk) -> None:
    body = records.save(desk, "body", {"name_km": "មន្ទីរ"}).id
    with pytest.raises(BadInput):
        records.save(desk, "meeting", {"subject": "ក", "chair": body})


def test_values_are_stored_in_one_form(desk: Desk) -> None:
    saved = records.save(desk, "meeting", {"subject": "ក", "date": "២៣/៦/២០២២", "start": "៨:៣០", "sort": "ពិគ្រោះយោបល់"})
    record = records.get(desk, saved.id)
    assert (record["date"], record["start"], record["sort"]) == ("2022-06-23", "08:30", "consultation")
    assert records.show(desk, record, "date") == "២៣/០៦/២០២២"


def test_a_batch_is_all_or_nothing(desk: Desk) -> None:
    with pytest.raises(BadInput):
        records.save_many(desk, [("meeting", {"subject": "ក"}, None), ("meeting", {"wrong": 1}, None)])
    assert records.count(desk, "meeting") == 0


def test_deleting_a_meeting_takes_its_parts_along_and_back(desk: Desk) -> None:
    meeting = records.save(desk, "meeting", {"subject": "ក"}).id
    items = [records.save(desk, "agenda_item", {"meeting": meeting, "title": t}).id for t in "កខគ"]
    records.delete(desk, items[0])
    assert set(records.delete(desk, meeting).ids) == {meeting, *items[1:]}
    assert [r.id for r in records.bin(desk)] == [meeting]
    records.undelete(desk, meeting)
    assert {r.id for r in records.children(desk, "agenda_item", meeting)} == set(items[1:])
    assert [r.id for r in records.bin(desk)] == [items[0]]


def test_parts_are_moved(desk: Desk) -> None:
    meeting = records.save(desk, "meeting", {"subject": "ក"}).id

    def add(title: str) -> str:
        order = records.next_order(desk, "agenda_item", meeting)
        return records.save(desk, "agenda_item", {"meeting": meeting, "title": title, "order": order}).id

    def titles() -> str:
        return "".join(r.text("title") for r in records.children(desk, "agenda_item", meeting))

    a, b, c = add("a"), add("b"), add("c")
    records.move(desk, c, None)
    assert titles() == "cab"
    records.move(desk, c, b)
    assert titles() == "abc"
    for _ in range(40):  # the room between two rows runs out, and they are counted anew
        records.move(desk, c, a)
        records.move(desk, b, a)
    assert titles() == "abc"


def test_problems_never_stop_a_draft(desk: Desk) -> None:
    saved = records.save(desk, "meeting", {"venue": "សាលា", "start": "10:00", "end": "08:00"})
    assert set(records.problems(desk, records.get(desk, saved.id))) == {"subject", "date", "end"}


def test_what_is_nowhere_is_said_to_be_nowhere(desk: Desk) -> None:
    for id_ in ("0" * 32, "x", "", "9999", "../../etc"):
        with pytest.raises(NotFound):
            records.get(desk, id_)
    assert records.get(desk, "08")["name_en"] == "Kandal"


def test_undo_and_redo(desk: Desk) -> None:
    undo = Undo(desk)
    assert undo.undo() is None and undo.redo() is None
    id_ = undo.save("meeting", {"subject": "ក"}).id
    undo.save("meeting", {"venue": "ខ"}, id_)
    undo.save("meeting", {"venue": "ខគ"}, id_)  # typed on: one step
    undo.delete(id_)
    assert records.get(desk, id_).deleted
    undo.undo()
    assert not records.get(desk, id_).deleted
    undo.undo()
    assert records.get(desk, id_)["venue"] is None
    undo.undo()
    assert records.get(desk, id_).deleted and not undo.can_undo
    undo.redo()
    undo.redo()
    record = records.get(desk, id_)
    assert (record.deleted, record["venue"]) == (False, "ខគ")


def test_counts_are_written_as_officials_write_them(desk: Desk) -> None:
    meeting = records.save(desk, "meeting", {"subject": "ក", "date": "2022-06-23"}).id
    for n in range(113):
        meetings.add_attendee(desk, meeting, name=f"ភ្ញៀវ {n}", sex="female" if n < 49 else "male")
    meetings.add_attendee(desk, meeting, name="អវត្តមាន", sex="female", status="absent")
    counts = meetings.attendance_counts(desk, meeting)
    assert meetings.counts_line(counts) == "សរុប ១១៣នាក់ ស្រី ៤៩នាក់"


def test_what_comes_next_and_what_is_left_open(desk: Desk) -> None:
    def meeting(day: str, state: str | None = None) -> str:
        return records.save(desk, "meeting", {"subject": day, "date": day, "state": state}).id

    old, last, cancelled = (
        meeting("2022-05-01", "held"),
        meeting("2022-06-20", "held"),
        meeting("2022-07-01", "cancelled"),
    )
    soon, later = meeting("2022-06-23"), meeting("2022-08-01", "planned")
    around = meetings.around(desk, date(2022, 6, 23))
    assert [m.id for m in around.ahead] == [soon, later]
    assert around.last is not None and around.last.id == last and cancelled
    todo = records.save(desk, "follow_up", {"meeting": old, "text": "ក", "state": "open"}).id
    records.save(desk, "follow_up", {"meeting": soon, "text": "ខ"})
    assert [f.id for f in meetings.left_from_before(desk, last)] == [todo]
    meetings.finish(desk, todo, date(2022, 6, 22))
    assert meetings.left_from_before(desk, last) == []


def test_quorum_counts_members_who_stood_on_the_day(desk: Desk) -> None:
    committee = records.save(desk, "body", {"name_km": "គ.ក.ស.ក", "sort": "committee"}).id
    meeting = records.save(desk, "meeting", {"subject": "ក", "date": "2022-06-23", "organiser": committee}).id
    people = [records.save(desk, "person", {"name_km": f"នាក់ {n}"}).id for n in range(5)]
    for n, person in enumerate(people):
        until = "2021-12-31" if n == 4 else None
        records.save(desk, "membership", {"body": committee, "person": person, "role": "member", "until": until})
    assert meetings.invite_committee(desk, meeting, committee) == 4
    assert meetings.invite_committee(desk, meeting, committee) == 0
    rows = records.children(desk, "attendance", meeting)
    for row in rows[:2]:
        records.save(desk, "attendance", {"status": "present"}, row.id)
    quorum = meetings.quorum(desk, meeting)
    assert quorum is not None and (quorum.present, quorum.members, quorum.reached) == (2, 4, False)
    records.save(desk, "attendance", {"status": "late"}, rows[2].id)
    quorum = meetings.quorum(desk, meeting)
    assert quorum is not None and quorum.reached


def test_the_numbers_of_a_plan_and_the_way_up(desk: Desk) -> None:
    plan = records.save(desk, "plan", {"title": "ផែនការ", "first_year": 2023, "last_year": 2025, "office": "0801"}).id
    objective = records.save(desk, "objective", {"plan": plan, "text": "គោលបំណង"}).id
    output = records.save(desk, "output", {"objective": objective, "text": "លទ្ធផល"}).id
    old = records.save(desk, "activity", {"output": output, "text": "ចាស់"}).id
    new = records.save(desk, "activity", {"output": output, "text": "ថ្មី", "carried_from": old}).id
    assert plans.codes(desk, plan) == {objective: "1", output: "1.1", old: "1.1.1", new: "1.1.2"}
    whole = plans.plan_of(desk, new)
    assert whole is not None and whole.id == plan
