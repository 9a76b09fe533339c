"""The stories in `scenarios/`, and random ones, told to the program and to the model at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdesk.store import care
from tests.sync.stories import Story
from tests.sync.worlds import World

STORIES = sorted((Path(__file__).parent / "scenarios").glob("*.txt"))


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    """A new one, whose computers have clocks of their own."""
    made = Story(World(tmp_path))
    monkeypatch.setattr("time.time", made.time)
    yield made
    for desk in made.world.desks.values():
        assert care.check(desk).problems == []
    made.world.close()


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(story: Story, path: Path) -> None:
    story.tell(path.read_text("utf-8"))


# --- random worlds ----------------------------------------------------------------------------------------------------
NAMES, LABELS = ("P", "A", "B", "C"), ("one", "two", "three")
EXAMPLES = 40 if os.environ.get("HYPOTHESIS_PROFILE") == "search" else 8


@st.composite
def lines(draw: st.DrawFn) -> str:
    """One line of a story: most write, some carry, clocks jump, sticks are lost, come late or twice, one laptop is a
    copy of another."""
    name, record = draw(st.sampled_from(NAMES)), draw(st.sampled_from(("m1", "m2", "x1")))
    field = draw(st.sampled_from(("venue", "subject", "from_a_newer_version")))
    value = draw(st.sampled_from(("blank", "'ក'", "'ខ'", "'គ'", "7", "True")))
    label, shift = draw(st.sampled_from(LABELS)), draw(st.sampled_from(("-40y", "-1h", "+0s", "+3d", "+70y")))
    lower = name if name != "P" else "A"
    return draw(
        st.sampled_from(
            [f"{name}: {record}.{field} = {value}"] * 5
            + [f"{name}: delete {record}", f"{name}: undelete {record}", f"{name} clock {shift}"]
            + ["clocks stand still"]
            + [f"{lower} -> P", f"{lower} -> P", f"{lower} -> P lost"]
            + [f"P -> {lower} partly", f"P -> {lower} partly"]  # A and C say for one another what they have
            + [f"{lower} writes {label}", f"P merges {label}", f"P merges {label}"]
        )
    )


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(lines(), min_size=10, max_size=30))
def test_random_worlds(world: Story, told: list[str]) -> None:
    """The same desks all the way: every example goes on in the world that the others left, with records of its own."""
    world.records.clear()
    for line in told:
        if can_be_told(world, line):
            world.line(line)
    for _turn in range(2):
        for name in NAMES[1:]:
            world.line(f"{name} -> P")
            world.line(f"P -> {name}")
    world.line("expect all agree")


def can_be_told(world: Story, line: str) -> bool:
    """Only who has a record can delete it or write on in it, and only a package that was written can be merged."""
    name, _space, rest = line.partition(" ")
    if " merges " in line:
        return line.split()[-1] in world.packages
    if not name.endswith(":"):
        return True
    record = rest.split()[-1] if "delete" in rest else rest.partition(".")[0]
    id_ = world.records.get(record)
    if id_ is None:
        return "delete" not in rest
    here = [op for op in world.held[name[:-1]].values() if op.record == id_]
    return bool(here)


@pytest.fixture
def world(story: Story) -> Story:
    """A province, two districts, and a copy of the first one's laptop."""
    story.tell("P 08 / A 0801 / B 0802\nP: m0.subject = 'រួម'\nP -> A\nP -> B\nA is copied to C\n")
    return story
