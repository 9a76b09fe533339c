"""A decision is taken back by whoever took it: both sides stand there again, with who wrote them, on every desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.errors import BadInput
from cpdesk.store import Desk, care
from cpdesk.tasks import exchange, joining, records
from cpdesk.tasks.undo import Undo
from tests.sync.worlds import World, province_and_district


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = province_and_district(tmp_path)
    yield made
    for desk in made.desks.values():
        assert care.check(desk).problems == []
    made.close()


def differ(world: World) -> str:
    meeting = world.meeting("p")
    world.carry("p", "a")
    records.save(world["a"], "meeting", {"venue": "ស្រុក"}, meeting)
    records.save(world["p"], "meeting", {"venue": "ខេត្ត"}, meeting)
    world.carry("a", "p")
    return meeting


def settle(desk: Desk, id_: str, value: object, field: str = "venue") -> Undo:
    undo = Undo(desk)
    undo.decide(lambda on: exchange.resolve(on, id_, field, value, "ហេតុផល"), "ទីកន្លែង")
    return undo


def test_a_settled_difference_waits_again_and_is_settled_again(world: World) -> None:
    meeting = differ(world)
    before = exchange.conflicts(world["p"])
    undo = settle(world["p"], meeting, "រួម")
    assert exchange.conflicts(world["p"]) == []
    world.carry("p", "a")
    assert undo.undo() == "ទីកន្លែង"
    (again,) = exchange.conflicts(world["p"])
    told = {(side.value, side.by, side.office) for side in again.values}
    assert told == {(side.value, side.by, side.office) for side in before[0].values}, "who wrote what is not lost"
    assert records.get(world["p"], meeting)["venue"] == before[0].values[0].value
    world.carry("p", "a")
    assert {side.value for side in exchange.conflicts(world["a"])[0].values} == {"ស្រុក", "ខេត្ត"}
    undo.redo()
    assert exchange.conflicts(world["p"]) == [] and records.get(world["p"], meeting)["venue"] == "រួម"
    undo.undo()
    assert len(exchange.conflicts(world["p"])) == 1
    assert {one.sort for one in exchange.decisions(world["p"])} == {"settled"}


def test_a_delete_against_an_edit_waits_again_with_its_parts(world: World) -> None:
    meeting = world.meeting("p")
    part = records.save(world["p"], "agenda_item", {"meeting": meeting, "order": 1, "title": "ចំណុច"}).id
    world.carry("p", "a")
    records.delete(world["p"], meeting)
    records.save(world["a"], "meeting", {"venue": "ថ្មី"}, meeting)
    world.carry("a", "p")
    for value in (True, False):
        undo = settle(world["p"], meeting, value, "_deleted")
        assert records.get(world["p"], part).deleted is value
        undo.undo()
        assert [one.field for one in exchange.conflicts(world["p"])] == ["_deleted"]
        assert records.get(world["p"], part).deleted


def test_what_somebody_wrote_since_stands(world: World) -> None:
    meeting = differ(world)
    undo = settle(world["p"], meeting, "រួម")
    records.save(world["p"], "meeting", {"venue": "ក្រោយ"}, meeting)
    with pytest.raises(BadInput):
        undo.undo()
    assert records.get(world["p"], meeting)["venue"] == "ក្រោយ" and exchange.conflicts(world["p"]) == []


def test_two_decisions_right_after_each_other_are_two_steps(world: World) -> None:
    first, second = differ(world), differ(world)
    undo = Undo(world["p"])
    for id_ in (first, second):
        undo.decide(lambda on, id_=id_: exchange.resolve(on, id_, "venue", "រួម"), id_)  # type: ignore[misc]
    assert undo.undo() == second
    assert [one.id for one in exchange.conflicts(world["p"])] == [second]
    assert undo.undo() == first and undo.undo() is None


def test_joined_records_are_two_again(world: World) -> None:
    keep, gone = (
        records.save(world["p"], "person", {"name_km": "សុខ ដារ៉ា", "position": position}).id
        for position in ("ប្រធាន", "អនុប្រធាន")
    )
    meeting = world.meeting("p", chair=gone)
    undo = Undo(world["p"])
    undo.decide(lambda on: joining.join(on, keep, gone, {"position": "ថ្មី"}), "ច្របាច់")
    assert records.get(world["p"], meeting)["chair"] == keep
    undo.undo()
    assert records.get(world["p"], meeting)["chair"] == gone and not records.get(world["p"], gone).deleted
    assert records.get(world["p"], keep)["position"] == "ប្រធាន" and joining.astray(world["p"]) == []
    undo.redo()
    assert records.get(world["p"], gone).deleted and records.get(world["p"], meeting)["chair"] == keep


def test_a_third_record_that_somebody_named_since_stays(world: World) -> None:
    world.desk("b", "0802")
    world.enrol("p", "b")
    ids = []
    for name in "ab":
        ids.append(records.save(world[name], "person", {"name_km": "សុខ ដារ៉ា"}).id)
        world.carry(name, "p")
    undo = Undo(world["p"])
    done = undo.decide(lambda on: joining.join(on, *ids), "ច្របាច់")
    records.save(world["p"], "meeting", {"subject": "ថ្មី", "chair": done.id})
    with pytest.raises(BadInput):
        undo.undo()
    assert not records.get(world["p"], done.id).deleted and all(records.get(world["p"], id_).deleted for id_ in ids)
