"""Checks: each finds what it is for and nothing else, and its finding goes when what it found is put right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.analysis import checks as fitting
from cpdesk.analysis.checks import Counted, Letter, Person
from cpdesk.tasks import Cancelled, checks, records
from cpdesk.tasks.checks import Finding
from tests import desks
from tests.tasks import plan_world
from tests.tasks.plan_world import World

TODAY = date(2023, 8, 1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    desk = desks.make(tmp_path)
    yield plan_world.tell(desk)
    desk.close()


def found(world: World, key: str, today: date = TODAY) -> list[Finding]:
    return [one for one in checks.run(world.desk, today) if one.check == key]


def names(world: World, key: str) -> list[str]:
    return [world.name(one.record) for one in found(world, key)]


# what the small plan lacks, and what puts it right
SETTLED: list[tuple[str, str, Callable[[World], object]]] = [
    ("no_responsible", "bare", lambda w: w.change("bare", responsible="office")),
    ("no_indicator", "bare", lambda w: w.put("i", "indicator", of="bare", text="ចំនួន")),
    ("no_budget", "bare", lambda w: w.put("b", "budget_line", activity="bare", year=2023, amount="1", currency="KHR")),
    ("no_investment", "bare", lambda w: w.change("bare", investment_line="ជំពូក ១")),
    ("activity_no_priority", "bare", lambda w: w.change("bare", priority="unanswered")),
    ("priority_no_activity", "unanswered", lambda w: w.change("bare", priority="unanswered")),
    ("weakness_no_answer", "weak 2", lambda w: w.change("weak 2", answered_by=["bare"])),
    ("follow_up_overdue", "todo", lambda w: w.change("todo", state="done", done_on="2023-07-31")),
    ("quarter_no_progress", "plan",
     lambda w: w.put("r", "progress", activity="activity", year=2023, quarter=2, status="done")),
]  # fmt: skip


@pytest.mark.parametrize(("key", "name", "settle"), SETTLED, ids=[key for key, *_rest in SETTLED])
def test_each_check_finds_its_own_and_is_settled_by_settling(
    world: World, key: str, name: str, settle: Callable[[World], object]
) -> None:
    assert names(world, key) == [name]
    settle(world)
    assert names(world, key) == []


def test_a_target_is_asked_for_where_there_is_an_indicator(world: World) -> None:
    assert names(world, "no_target") == [], "what has no indicator is told that, and not twice"
    world.change("target", value=None)
    assert names(world, "no_target") == ["activity"]
    world.change("target", value="0")
    assert names(world, "no_target") == [], "a target of 0 is a target"


def test_budget_outside_the_plan_says_how_much_and_when(world: World) -> None:
    assert names(world, "budget_outside") == []
    world.change("budget", year=2026)
    (one,) = found(world, "budget_outside")
    assert world.name(one.record) == "activity"
    assert one.sentence == "៥០០ $ ដាក់នៅឆ្នាំ២០២៦ តែផែនការចាប់ពីឆ្នាំ២០២៣ ដល់២០២៥"


def test_a_quarter_is_asked_for_once_it_is_over(world: World) -> None:
    def when(today: date) -> list[tuple[int | None, int | None, int]]:
        return [(one.year, one.quarter, one.count) for one in found(world, "quarter_no_progress", today)]

    assert when(date(2023, 3, 31)) == when(date(2023, 6, 30)) == [], "the first has its report, the second runs"
    assert when(date(2023, 7, 1)) == [(2023, 2, 1)]
    (one,) = found(world, "quarter_no_progress", date(2023, 7, 1))
    assert (one.title, one.sentence) == ("ត្រីមាសទី២ ឆ្នាំ២០២៣", "សកម្មភាព ១ មិនទាន់មានរបាយការណ៍")


def test_a_draft_that_nobody_has_reported_on_owes_nothing(world: World) -> None:
    world.change("plan", state="draft")
    assert found(world, "quarter_no_progress", date(2023, 7, 1)), "it is reported on although nobody approved it"
    for report in records.find(world.desk, "progress"):
        records.delete(world.desk, report.id)
    assert found(world, "quarter_no_progress", date(2023, 7, 1)) == []


def test_a_closed_plan_and_what_was_dropped_are_left_in_peace(world: World) -> None:
    assert "before" not in {world.name(one.record) for one in checks.run(world.desk, TODAY)}
    world.put("given up", "progress", activity="bare", year=2023, quarter=1, status="dropped")
    assert "bare" not in {world.name(one.record) for one in checks.run(world.desk, TODAY)}
    world.change("plan", state="closed")
    assert {one.check for one in checks.run(world.desk, TODAY)} == {"follow_up_overdue"}


def test_a_plan_without_priorities_is_not_asked_for_them_line_by_line(world: World) -> None:
    for name in ("priority", "unanswered"):
        records.delete(world.desk, world.ids[name])
    assert names(world, "activity_no_priority") == []


def test_sums_by_sex_and_the_same_figure_twice(world: World) -> None:
    cell = {"measure": "measure", "place": "080101", "year": 2022}
    world.put("girls", "figure", sex="female", value="20", **cell)
    assert names(world, "sex_sums") == [], "one part missing is not 0"
    world.put("boys", "figure", sex="male", value="21", **cell)
    (one,) = found(world, "sex_sums")
    assert world.name(one.record) == "figure" and "៤១" in one.sentence and "៤២" in one.sentence
    assert one.title == "បោះបង់ · " + records.title(world.desk, "080101") + " · ២០២២"
    world.change("boys", value="22")
    assert names(world, "sex_sums") == []
    world.put("again", "figure", sex="all", value="42", **cell)
    assert names(world, "figure_twice") == [], "the same value twice contradicts nothing"
    world.change("again", value="not_collected")
    (two,) = found(world, "figure_twice")
    assert {two.record, two.other} == {world.ids["again"], world.ids["figure"]}
    assert {"៤២", "–"} == set(two.sentence.split(" និង "))


def test_shares_are_no_sums(world: World) -> None:
    world.change("measure", unit="%")
    cell = {"measure": "measure", "place": "080101", "year": 2022}
    world.put("girls", "figure", sex="female", value="20", **cell)
    world.put("boys", "figure", sex="male", value="21", **cell)
    assert names(world, "sex_sums") == []


def test_likely_doubles_are_suggested_and_not_counted(world: World) -> None:
    before = checks.counted(checks.run(world.desk, TODAY))
    world.put("one", "person", name_km="ចាន់ សុភា", body="office", position="មន្ត្រី")
    world.put("two", "person", name_km="ចាន់​សុភា")
    (same,) = found(world, "same_person")
    assert {same.record, same.other} == {world.ids["one"], world.ids["two"]} and "ចាន់" in same.sentence
    world.put("meeting 2", "meeting", subject="សាមញ្ញ", date="2022-09-01", number="០១")
    assert [world.name(f.record) for f in found(world, "same_number")] == ["meeting 2"]
    assert checks.counted(checks.run(world.desk, TODAY)) == before, "a suggestion weighs on nobody"
    world.change("two", body="ngo", position="អ្នកសម្របសម្រួល")
    world.change("meeting 2", date="2023-01-01")
    assert found(world, "same_person") == found(world, "same_number") == []


def test_only_what_a_change_touches_is_looked_at_again(world: World) -> None:
    assert checks.families_of({"figure"}) == {"figures"}
    assert checks.families_of({"meeting"}) == {"meetings"}
    assert checks.families_of({"attachment"}) == frozenset()
    assert checks.families_of(()) == frozenset(checks.FAMILIES)
    some = checks.run_some(world.desk, TODAY, {"meetings"})
    assert [f.check for f in some["meetings"]] == ["follow_up_overdue"] and list(some) == ["meetings"]
    whole = checks.run_some(world.desk, TODAY, checks.FAMILIES)
    assert [one for family in whole.values() for one in family] == checks.run(world.desk, TODAY)


def test_a_long_look_can_be_stopped(world: World) -> None:
    def stop(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        checks.run(world.desk, TODAY, stop)


@pytest.mark.parametrize("one", checks.CHECKS, ids=lambda one: one.key)
def test_every_check_says_what_it_is_and_how_it_is_settled(one: checks.Check) -> None:
    assert one.title() and one.settle() and one.title() != one.settle()
    assert checks.check(one.key) is one and one.family in checks.FAMILIES


# the pure half

VALUES = st.one_of(st.none(), st.sampled_from(["0", "1", "2", "3", "not_collected", "suppressed"]))
ROWS = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["01", "02"]), st.sampled_from(["all", "female", "male"]), VALUES),
    max_size=8,
)


@given(ROWS)
def test_figures_agree_with_a_plain_reading(rows: list[tuple[str, str, str, str | None]]) -> None:
    cells = [Counted(f"{n:02}", m, p, 2022, s, None, None, v) for n, (m, p, s, v) in enumerate(rows)]
    twice, wrong = fitting.figures(cells)
    first: dict[tuple[object, ...], Counted] = {}
    doubles = []
    for one in cells:
        key = (one.measure, one.place, one.sex)
        if one.value is not None and first.setdefault(key, one).value != one.value:
            doubles.append(one.id)
    assert sorted(pair.other for pair in twice) == doubles
    bad = []
    for measure, place in product("ab", ["01", "02"]):
        three = [first[measure, place, sex] for sex in ("all", "female", "male") if (measure, place, sex) in first]
        if len(three) == 3 and all(str(one.value).isdigit() for one in three):
            total, girls, boys = (int(str(one.value)) for one in three)
            if girls + boys != total:
                bad.append(three[0].id)
    assert sorted(id_ for id_, _why in wrong) == sorted(bad)


def test_people_a_letter_apart_are_one_only_in_one_body() -> None:
    one, slip = Person("1", "សុខ វណ្ណារិទ្ធ", body="b"), Person("2", "សុខ វណ្ណរិទ្ធ", body="b")
    assert fitting.same_people([one, slip]) == [("1", "2")]
    assert fitting.same_people([one, slip._replace(body="")]) == []
    assert fitting.same_people([one, slip._replace(sex="male"), one._replace(id="3", sex="female")]) != []
    assert fitting.same_people([one._replace(sex="male"), slip._replace(sex="female")]) == []
    assert fitting.same_people([Person("1", "សុខ"), Person("2", "សុខា")]) == []
    assert fitting.same_people([Person("1", "ក", "Sok Dara"), Person("2", "ខ", "SOK  dara")]) == [("1", "2")]
    assert fitting.same_people([Person("1", ""), Person("2", "")]) == []


def test_a_crowd_of_one_name_is_suggested_once_each() -> None:
    people = [Person(str(n), "សុខ សុភា") for n in range(5)]
    pairs = fitting.same_people(people)
    assert len(pairs) == 4 and {other for _first, other in pairs} == {"1", "2", "3", "4"}


def test_numbers_count_within_one_register() -> None:
    letters = [Letter("1", "០១", "2022"), Letter("2", "01", "2022"), Letter("3", "01", "2023"), Letter("4", "", "2022")]
    assert fitting.same_numbers(letters) == [("1", "2")]
    assert fitting.same_numbers([letters[0], letters[1]._replace(office="x")]) == []
