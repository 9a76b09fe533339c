"""The smallest groups of children behind what was counted: some table of them is always found, where there is one."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdesk.analysis.figures import ALL, PARTS, TOTAL, Slice
from cpdesk.analysis.suppression import Key
from cpdesk.analysis.suppression.groups import OLDER, hide_sums, inside, smallest
from tests.analysis.attacker import computed
from tests.analysis.public_tables import Time, World, attack, copy, give, world

FEMALE, MALE, WITH, WITHOUT = Slice("female"), Slice("male"), Slice(disability="with"), Slice(disability="without")
CELLS = [Slice(*keys) for keys in product(*((ALL, *keys) for keys in PARTS.values()))]


@st.composite
def counted(draw: st.DrawFn) -> tuple[dict[Slice, int], bool]:
    """Some sums of a table of the smallest groups, and whether ages add up."""
    ages_add_up = draw(st.booleans())
    ages = PARTS["age_group"] if ages_add_up else (*PARTS["age_group"], OLDER)
    groups = [Slice(*keys) for keys in product(PARTS["sex"], ages, PARTS["disability"])]
    often = draw(st.sampled_from([1, 5, 60, 3000]))
    table = {one: draw(st.integers(0, often)) for one in groups}
    cells = draw(st.sets(st.sampled_from(CELLS), min_size=1))
    return {cell: sum(n for one, n in table.items() if inside(one, cell)) for cell in cells}, ages_add_up


@given(counted())
@settings(max_examples=300)
def test_a_table_is_found_whose_sums_are_those_that_were_counted(found: tuple[dict[Slice, int], bool]) -> None:
    numbers, ages_add_up = found
    table = smallest(numbers, ages_add_up=ages_add_up)
    assert table is not None
    assert min(table.values(), default=0) >= 0
    assert {cell: sum(n for one, n in table.items() if inside(one, cell)) for cell in numbers} == numbers


def test_there_is_no_table_behind_numbers_that_contradict_each_other() -> None:
    assert smallest({TOTAL: 5, FEMALE: 3, MALE: 3}, ages_add_up=True) is None
    assert smallest({TOTAL: 5, FEMALE: 3, MALE: 2, WITH: 2, WITHOUT: 2}, ages_add_up=True) is None
    assert smallest({TOTAL: 5, Slice("female", "a0_5"): 4, Slice("male", "a0_5"): 4}, ages_add_up=False) is None


def test_sums_are_hidden_where_parts_cross_and_some_are_missing() -> None:
    sexes, both = {TOTAL, FEMALE, MALE}, [Slice(sex, ALL, way) for sex in PARTS["sex"] for way in PARTS["disability"]]
    assert not hide_sums([]) and not hide_sums(sexes) and not hide_sums({FEMALE, MALE})
    assert not hide_sums({*sexes, WITH}), "each way by itself"
    assert hide_sums({FEMALE, MALE, WITH, WITHOUT}), "two ways, and no total that both add up to"
    assert not hide_sums({*sexes, WITH, WITHOUT, *both})
    assert hide_sums({*sexes, WITH, *both}) and hide_sums({*sexes, WITH, WITHOUT, *both[1:]})
    pairs = [cell for cell in CELLS if sum(key != ALL for key in cell) < 3]
    assert hide_sums(pairs), "all three ways two by two"
    assert not hide_sums(CELLS)


# --- beside what is told --------------------------------------------------------------------------------------------
def _recovered(time: Time, *, informed: bool = False) -> list[Key]:
    made = World("one", True, (time,))
    return [cell.key for cell in computed([attack(made, give(made), informed=informed)])["one"] if cell.recovered]


@pytest.mark.parametrize("seed", [1608, 2079])
def test_tables_that_gave_something_away_do_so_no_more(seed: int) -> None:
    """In the first no boy is without disability and no child is with one, so that no age has boys, which the copy hid
    in vain; in the second see below.
    """
    made = world(seed)
    told = give(made)
    for informed in (False, True):
        (cells,) = computed([attack(made, told, informed=informed)]).values()
        assert [cell for cell in cells if cell.recovered] == []


def test_a_count_that_is_few_and_leaves_few_is_guessed_to_be_few() -> None:
    """Four of seven twice, seven of the eight are girls: who guesses that both are few knows both."""
    numbers = {
        "080101": {TOTAL: 4, FEMALE: 4, MALE: 0},
        "080102": {TOTAL: 4, FEMALE: 3, MALE: 1},
        "080103": {TOTAL: 0, FEMALE: 0, MALE: 0},
        "080104": {TOTAL: 9},
    }
    asked = [(one, TOTAL) for one in numbers] + [("0801", cell) for cell in (TOTAL, FEMALE, MALE)]
    wholes = {("080101", TOTAL): 7, ("080102", TOTAL): 7, ("080103", TOTAL): 60, ("080104", TOTAL): 12}
    time = Time(numbers, {"0801": tuple(numbers)}, frozenset(asked), wholes)
    assert len(copy(time, [], ages_add_up=True).hidden) > 5, "more than what is few or leaves few"
    assert _recovered(time) == [] and _recovered(time, informed=True) == []
