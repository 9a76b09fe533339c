"""Undo and redo of what a person does on a page, each step as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdesk.errors import BadInput
from cpdesk.store import Desk
from cpdesk.tasks import meetings, records
from cpdesk.tasks.undo import Undo
from tests import desks


@dataclass
class Table:
    """A meeting whose agenda is read as one word."""

    desk: Desk
    undo: Undo
    meeting: str

    def add(self, title: str) -> str:
        order = records.next_order(self.desk, "agenda_item", self.meeting)
        values = {"meeting": self.meeting, "title": title, "order": order}
        return self.undo.save("agenda_item", values).id

    def titles(self) -> str:
        return "".join(r.text("title") for r in records.children(self.desk, "agenda_item", self.meeting))


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with desks.make(tmp_path) as desk:
        yield Table(desk, Undo(desk), records.save(desk, "meeting", {"subject": "ក"}).id)


def test_a_move_goes_back_and_forth(table: Table) -> None:
    a, _b, c = (table.add(title) for title in "abc")
    table.undo.move(c, None)
    table.undo.move(a, None)
    assert table.titles() == "acb"
    assert table.undo.undo() == "ប្តូរទីតាំងរបៀបវារៈ" and table.titles() == "cab"
    table.undo.undo()
    assert table.titles() == "abc"
    table.undo.redo()
    table.undo.redo()
    assert table.titles() == "acb" and not table.undo.can_redo


def test_a_move_that_counts_all_anew_is_one_step_too(table: Table) -> None:
    a, b, c = (table.add(title) for title in "abc")
    for id_ in (a, b, c):
        records.save(table.desk, "agenda_item", {"order": 7}, id_)
    before = table.titles()
    first, second, third = (r.id for r in records.children(table.desk, "agenda_item", table.meeting))
    table.undo.move(third, first)
    assert table.titles() == before[0] + before[2] + before[1]
    table.undo.undo()
    assert [records.get(table.desk, id_)["order"] for id_ in (first, second, third)] == [7, 7, 7]
    table.undo.redo()
    assert table.titles() == before[0] + before[2] + before[1]


def test_a_move_to_where_it_is_is_no_step(table: Table) -> None:
    a, b = table.add("a"), table.add("b")
    table.undo.move(b, a)
    assert table.undo.undo() == "បន្ថែមរបៀបវារៈ" and table.titles() == "a"


def test_what_has_no_order_is_refused(table: Table) -> None:
    with pytest.raises(BadInput):
        table.undo.move(table.meeting, None)
    assert not table.undo.can_undo


def test_a_committee_is_invited_and_sent_home_at_once(table: Table) -> None:
    desk, undo = table.desk, table.undo
    committee = records.save(desk, "body", {"name_km": "គ.ក.ស.ក", "sort": "committee"}).id
    for n in range(4):
        person = records.save(desk, "person", {"name_km": f"នាក់ {n}"}).id
        records.save(desk, "membership", {"body": committee, "person": person, "role": "member"})
    with undo.parts("attendance", table.meeting, "អញ្ជើញ"):
        assert meetings.invite_committee(desk, table.meeting, committee) == 4
    rows = [r.id for r in records.children(desk, "attendance", table.meeting)]
    assert undo.undo() == "អញ្ជើញ" and not undo.can_undo
    assert records.children(desk, "attendance", table.meeting) == []
    assert undo.redo() == "អញ្ជើញ"
    assert [r.id for r in records.children(desk, "attendance", table.meeting)] == rows


def test_a_group_is_named_after_its_first_edit_and_holds_the_groups_inside(table: Table) -> None:
    a = table.add("a")
    with table.undo.together():
        b = table.add("b")
        table.undo.move(b, None)
        table.undo.save("agenda_item", {"title": "A"}, a)
        table.undo.delete(a)
    assert table.titles() == "b"
    assert table.undo.undo() == "បន្ថែមរបៀបវារៈ" and table.titles() == "a"
    table.undo.redo()
    assert table.titles() == "b" and records.get(table.desk, a)["title"] == "A"


def test_a_group_that_is_refused_leaves_nothing(table: Table) -> None:
    a = table.add("a")
    with pytest.raises(BadInput), table.undo.together():
        table.add("b")
        table.undo.save("agenda_item", {"wrong": 1}, a)
    assert table.titles() == "a"
    table.undo.undo()
    assert table.titles() == "" and not table.undo.can_undo, "the step before it is the last"


STEPS = st.lists(st.tuples(st.sampled_from(["add", "move", "write", "delete"]), st.integers(0, 9), st.integers(0, 9)))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_all_the_way_back_and_forth_again(table: Table, steps: list[tuple[str, int, int]]) -> None:
    """Whatever was done: undoing all gives the beginning, redoing all the end, step by step the same states."""
    table.meeting, table.undo = records.save(table.desk, "meeting", {"subject": "ខ"}).id, Undo(table.desk)
    states = [table.titles()]
    for what, n, m in steps:
        ids = [r.id for r in records.children(table.desk, "agenda_item", table.meeting)]
        size = len(table.undo._done)
        if what == "add" or not ids:
            table.add(chr(97 + len(states) % 26))
        elif what == "move":
            others = [id_ for id_ in ids if id_ != ids[n % len(ids)]]
            table.undo.move(ids[n % len(ids)], [None, *others][m % (len(others) + 1)])
        elif what == "delete":
            table.undo.delete(ids[n % len(ids)])
        else:
            table.undo.save("agenda_item", {"title": "xyz"[m % 3]}, ids[n % len(ids)])
        if len(table.undo._done) > size:
            states.append(table.titles())
        else:
            states[-1] = table.titles()  # nothing new, or written on in the same field
    for state in states[-2::-1]:
        table.undo.undo()
        assert table.titles() == state
    assert not table.undo.can_undo
    for state in states[1:]:
        table.undo.redo()
        assert table.titles() == state
    assert not table.undo.can_redo


def test_what_was_written_meanwhile_is_not_overwritten(table: Table) -> None:
    """Of a step over several fields only those are taken back that still stand as it left them."""
    a = table.add("a")
    table.undo.save("agenda_item", {"title": "b", "minutes": "x"}, a)
    records.save(table.desk, "agenda_item", {"title": "another's"}, a)
    assert table.undo.undo() and table.undo.turned is not None
    item = records.get(table.desk, a)
    assert (item["title"], item["minutes"]) == ("another's", None)
    assert table.undo.turned.kept == (item.kind.field("title").label,) and table.undo.turned.whole
    table.undo.redo()
    item = records.get(table.desk, a)
    assert (item["title"], item["minutes"]) == ("another's", "x")


def test_where_all_was_written_over_nothing_is_undone_and_it_is_said(table: Table) -> None:
    a = table.add("a")
    table.undo.save("agenda_item", {"title": "b"}, a)
    records.save(table.desk, "agenda_item", {"title": "another's"}, a)
    table.undo.undo()
    turned = table.undo.turned
    assert turned is not None and not turned.whole and turned.kept and not table.undo.can_redo
    assert table.titles() == "another's" and table.undo.can_undo


def test_what_another_computer_wrote_in_is_not_taken_away(table: Table) -> None:
    table.add("a")
    table.desk.db.execute("UPDATE stream SET mine = 0")  # as what came with a package is
    table.undo.undo()
    assert table.titles() == "a" and table.undo.turned is not None and table.undo.turned.kept == ("a",)


def test_what_another_computer_wrote_in_since_is_not_deleted_again(table: Table) -> None:
    """What it wrote before the record was first deleted does not matter: whoever deleted it had seen that."""
    db = table.desk.db
    a = table.add("a")
    db.execute("UPDATE stream SET mine = 0")
    table.undo.delete(a)
    table.undo.undo()
    table.undo.redo()
    assert table.titles() == ""
    table.undo.undo()
    records.save(table.desk, "agenda_item", {"minutes": "x"}, a)
    db.execute("UPDATE stream SET mine = 0")
    table.undo.redo()
    assert table.titles() == "a" and table.undo.turned is not None and table.undo.turned.kept == ("a",)


def test_a_text_box_that_takes_back_what_was_typed_shortens_the_step(table: Table) -> None:
    a = table.add("a")
    table.undo.save("agenda_item", {"title": "abc"}, a)
    table.undo.save("agenda_item", {"title": "ab"}, a, rewinding=True)
    assert table.undo.undo() == records.get(table.desk, a).kind.field("title").label and table.titles() == "a"
    table.undo.redo()
    table.undo.save("agenda_item", {"title": "a"}, a, rewinding=True)
    assert table.undo.undo() == "បន្ថែមរបៀបវារៈ" and table.titles() == "", "nothing was left of that step"


def test_it_tells_where_it_was(table: Table) -> None:
    a = table.add("a")
    table.undo.save("agenda_item", {"title": "b"}, a)
    table.undo.undo()
    assert table.undo.turned is not None
    assert [(spot.record, spot.field) for spot in table.undo.turned.spots] == [(a, "title")]
