"""The thread: from each record on, back to where it came from and on to what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.i18n import set_language
from cpdesk.store import writer
from cpdesk.tasks import records
from cpdesk.tasks.thread import Knot, knots, thread, whole
from tests import desks
from tests.tasks import plan_world
from tests.tasks.plan_world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    desk = desks.make(tmp_path)
    yield plan_world.tell(desk)
    desk.close()


def names(world: World, found: list[Knot]) -> list[str]:
    """The short names of what is tied; what ties the one before it stands in brackets."""
    told = [world.name(knot.record.id) if knot.record else "?" for knot in found]
    return [f"({name})" if knot.depth else name for name, knot in zip(told, found, strict=True)]


@pytest.mark.parametrize(
    ("name", "back", "on"),
    [
        ("activity", ["priority", "(figure)", "(why)", "input", "weak", "before"], ["todo", "activity", "report"]),
        ("before", [], ["activity"]),
        ("bare", [], []),
        ("priority", ["figure", "why"], ["activity"]),
        ("figure", ["measure"], ["priority", "(activity)"]),
        ("measure", [], []),
        ("why", ["meeting", "(item)", "(shown)"], ["priority", "(activity)"]),
        ("input", ["meeting", "(item)", "(shown)"], ["activity"]),
        ("todo", ["meeting", "activity"], ["report"]),
        ("weak", ["plan"], ["activity"]),
        ("shown", ["meeting"], ["why", "input"]),
        ("item", ["meeting"], ["shown", "why", "input"]),
        ("meeting", [], ["plan", "shown", "why", "input", "todo"]),
        ("plan output", ["plan objective"], ["activity", "bare"]),
        ("plan", ["old", "meeting"], ["plan objective"]),
        ("old", [], ["old objective", "plan"]),
        ("indicator", ["activity"], []),
        ("report", ["activity", "(priority)"], []),
        ("budget", ["activity"], []),
        ("target", ["indicator"], []),
        ("office", [], []),
    ],
)
def test_each_record_knows_both_ways(world: World, name: str, back: list[str], on: list[str]) -> None:
    told = thread(world.desk, world.ids[name])
    assert sorted(names(world, told.back)) == sorted(back), "where it came from"
    assert sorted(names(world, told.on)) == sorted(on), "what came of it"
    assert told.empty == (not back and not on)


def test_what_is_tied_can_be_walked_back(world: World) -> None:
    """Whoever goes on from one knot to the next finds the way back."""
    for start in ("priority", "input", "figure", "todo", "weak", "before"):
        for knot in thread(world.desk, world.ids[start]).on:
            if knot.record is None or knot.record.id == world.ids[start] or knot.depth:
                continue
            there = thread(world.desk, knot.record.id)
            ids = {one.record.id for one in (*there.back, *there.on) if one.record}
            assert world.ids[start] in ids or knot.kind == "progress", (start, knot.kind)


def test_a_knot_says_how_it_is_tied_and_when_and_who(world: World) -> None:
    told = {world.name(k.record.id): k for k in thread(world.desk, world.ids["activity"]).back if k.record}
    assert told["before"].label.startswith("បន្តពី") and told["before"].plan == "ផែនការ ២០២១–២០២២"
    assert (told["input"].day(), told["input"].who, told["input"].standing) == ("២៣/០៦/២០២២", "SC", "បានទទួលយក")
    assert told["figure"].words.startswith("បោះបង់: ៤២ · ") and told["figure"].day() == "២០២២"
    assert told["weak"].label == "ឆ្លើយតប · ចំណុចខ្សោយ"
    on = thread(world.desk, world.ids["activity"]).on
    line = next(k for k in on if k.relation == knots.INVESTMENT)
    assert (line.label, line.words, line.standing) == ("កម្មវិធីវិនិយោគក្រុង ស្រុក", "ជំពូក ២", "មានការសន្យាគាំទ្រ")
    report = next(k for k in on if k.kind == "progress")
    assert report.when == "2023Q1" and "២០២៣" in report.day() and report.standing == "តាមផែនការ"
    set_language("en")
    assert report.day() == "Quarter 1 of 2023"


def test_what_lies_in_the_bin_is_tied_to_nothing_and_what_is_missing_says_so(world: World) -> None:
    records.delete(world.desk, world.ids["why"])
    records.delete(world.desk, world.ids["before"])
    told = thread(world.desk, world.ids["activity"])
    assert names(world, told.back) == ["(figure)", "priority", "input", "weak"]
    stranger = "f" * 32
    whole_kind = records.get(world.desk, world.ids["bare"]).kind
    writer.save(world.desk, whole_kind, {"carried_from": stranger}, world.ids["bare"])
    (knot,) = thread(world.desk, world.ids["bare"]).back
    assert knot.record is None and knot.words == "(មិនទាន់ទទួលបាន)" and knot.label == "បន្តពី"


def test_the_whole_thread_of_a_plan_is_one_story(world: World) -> None:
    told = whole(world.desk, world.ids["plan"])
    assert names(world, told.before) == ["old", "meeting"] and told.after == []
    assert told.before[0].label == "ផែនការមុន"
    first, second = told.priorities
    assert names(world, first.why) == ["figure", "why"]
    assert [(a.code, a.text) for a in first.answers] == [("១.១.១", "យុទ្ធនាការ")] and second.answers == []
    assert [(p.record["text"], len(p.answers)) for p in told.swot] == [("ខ្វះទិន្នន័យ", 1), ("ខ្វះមន្ត្រី", 0)]
    assert [(b.code, len(b.lines)) for b in told.branches] == [("១", 0), ("១.១", 2)]
    line, bare = told.lines
    assert line.responsible == "សង្គមកិច្ច"
    assert names(world, line.back) == ["priority", "input", "weak", "before"]
    assert names(world, line.on) == ["todo", "activity", "report"]
    assert told.loose() == [bare] and bare.back == bare.on == []
    assert names(world, whole(world.desk, world.ids["old"]).after) == ["plan"]


def test_of_several_reports_the_whole_tells_the_last(world: World) -> None:
    world.put("report 3", "progress", activity="activity", year=2023, quarter=3, status="late")
    world.put("report 2", "progress", activity="activity", year=2023, quarter=2, status="at_risk")
    (line, _bare) = whole(world.desk, world.ids["plan"]).lines
    assert [k.state for k in line.on if k.kind == "progress"] == ["late"]
    one = thread(world.desk, world.ids["activity"]).on
    assert [k.when for k in one if k.kind == "progress"] == ["2023Q3", "2023Q2", "2023Q1"]
