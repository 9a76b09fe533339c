"""Priorities and strong and weak points: their order, and what answers them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdesk.tasks import points, records
from cpdesk.tasks.undo import Undo
from tests import desks
from tests.tasks import plan_world
from tests.tasks.plan_world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    desk = desks.make(Path(tmp_path_factory.mktemp("points")))
    yield plan_world.tell(desk)
    desk.close()


def ranks(world: World, plan: str) -> list[object]:
    return [one["rank"] for one in points.priorities(world.desk, plan)]


def new_plan(world: World) -> str:
    values = {"title": "ថ្មី", "first_year": 2026, "last_year": 2028, "office": "0801"}
    return records.save(world.desk, "plan", values).id


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-1, 6)), max_size=8), st.sampled_from(["priority", "swot"]))
def test_moving_is_what_a_list_would_do(world: World, moves: list[tuple[int, int]], kind: str) -> None:
    plan, undo = new_plan(world), Undo(world.desk)
    for n in range(6):
        own = {"rank": points.next_rank(world.desk, plan)} if kind == "priority" else {"sort": "threat"}
        if kind == "swot":
            own["order"] = points.next_place(world.desk, plan, "threat")
            records.save(world.desk, kind, {"plan": plan, "sort": "weakness", "order": own["order"], "text": "ផ្សេង"})
        records.save(world.desk, kind, {"plan": plan, "text": str(n), **own})

    def listed() -> list[str]:
        if kind == "priority":
            return [one.id for one in points.priorities(world.desk, plan)]
        return [one.id for one in points.swot(world.desk, plan, "threat")]

    expected = listed()
    for at, to in moves:
        id_ = expected[at]
        moved = points.move(undo, expected, id_, to)
        assert moved == (to != at and 0 <= to < 6)
        if moved:
            expected.remove(id_)
            expected.insert(to, id_)
        assert listed() == expected
    if kind == "priority":
        assert ranks(world, plan) == [1, 2, 3, 4, 5, 6]


def test_a_move_is_one_step_and_touches_little(world: World) -> None:
    plan, undo = new_plan(world), Undo(world.desk)
    ids = [
        records.save(world.desk, "swot", {"plan": plan, "sort": "threat", "order": n * 1024, "text": str(n)}).id
        for n in range(1, 5)
    ]
    before = {id_: records.get(world.desk, id_)["order"] for id_ in ids}
    assert points.move(undo, ids, ids[3], 1)
    now = {id_: records.get(world.desk, id_)["order"] for id_ in ids}
    assert [id_ for id_ in ids if now[id_] != before[id_]] == [ids[3]], "two desks that move do not collide"
    undo.undo()
    assert {id_: records.get(world.desk, id_)["order"] for id_ in ids} == before and not undo.can_undo


def test_answers_are_set_as_one_step_and_taken_over_from_others(world: World) -> None:
    undo = Undo(world.desk)
    first, second = world.ids["priority"], world.ids["unanswered"]
    both = [world.ids["activity"], world.ids["bare"]]
    assert points.answer(undo, second, both)
    assert {one.id for one in points.answers(world.desk, second)} == set(both)
    assert points.answers(world.desk, first) == [], "an activity answers one priority"
    assert not points.answer(undo, second, both), "nothing changed"
    undo.undo()
    assert [one.id for one in points.answers(world.desk, first)] == [world.ids["activity"]] and not undo.can_undo


def test_loose_are_those_that_answer_none_of_the_plan(world: World) -> None:
    assert [(code, world.name(one.id)) for code, one in points.loose(world.desk, world.ids["plan"])] == [
        ("1.1.2", "bare")
    ]


def test_a_priority_that_goes_lets_the_others_move_up(world: World) -> None:
    plan, undo = new_plan(world), Undo(world.desk)
    ids = [records.save(world.desk, "priority", {"plan": plan, "rank": n, "text": str(n)}).id for n in (1, 2, 3)]
    points.remove_and_close_ranks(undo, ids[0])
    assert ranks(world, plan) == [1, 2] and records.get(world.desk, ids[0]).deleted
    undo.undo()
    assert ranks(world, plan) == [1, 2, 3] and not undo.can_undo
