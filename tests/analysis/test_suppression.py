"""Public copies of figures: what is told together gives no hidden count away, now or beside an earlier copy.

With CPDESK_LONG_TESTS=1 ten times as many tables, and of every hidden number its very bounds.
"""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdesk.analysis.figures import ALL, PARTS, TOTAL, Slice, part
from cpdesk.analysis.suppression import FEW, LESS, OPEN, SMALL, TOLD, Key, System, Telling, proof, protect, summed
from tests.analysis.attacker import Attack, Found, Seen, computed
from tests.analysis.public_tables import Given, Time, World, attack, copy, give, world

LONG = bool(os.environ.get("CPDESK_LONG_TESTS"))
TABLES = 3000 if LONG else 300
AT_ONCE = 60
FEMALE, MALE, WITH, WITHOUT = Slice("female"), Slice("male"), Slice(disability="with"), Slice(disability="without")
DISTRICT = "0802"
SEEDS = st.integers(0, 10**9)


def recovered(
    worlds: list[tuple[World, list[Given]]], *, informed: bool, every: bool = False
) -> list[tuple[str, Found]]:
    found = computed([attack(one, told, informed=informed) for one, told in worlds], every=every)
    return [(name, cell) for name, cells in found.items() for cell in cells if cell.recovered]


@pytest.mark.parametrize("first", range(0, TABLES, AT_ONCE))
def test_no_hidden_count_is_computed_back_from_two_copies(first: int) -> None:
    """Nor one that no copy was asked for, nor a large one that is hidden for a small one's sake."""
    worlds = [(one, give(one)) for one in map(world, range(first, first + AT_ONCE))]
    hidden = sum(len(told.hidden) for _world, copies in worlds for told in copies)
    everything = sum(len(told.time.asked) for _world, copies in worlds for told in copies)
    assert 0 < hidden < everything
    assert sum(told.outcome.withheld for _world, copies in worlds for told in copies) < AT_ONCE // 5
    assert recovered(worlds, informed=False, every=LONG) == []
    assert recovered(worlds, informed=True, every=LONG) == []


def test_of_a_small_count_each_of_the_four_stays_possible() -> None:
    worlds = [(one, give(one)) for one in map(world, range(TABLES, TABLES + 12))]
    found = computed([attack(one, told, informed=False) for one, told in worlds], every=True)
    few = [(name, cell) for name, cells in found.items() for cell in cells if 0 < cell.value < FEW]
    assert len(few) > 50
    assert [one for one in few if one[1].least > 1 or one[1].most < FEW - 1] == []


# --- the attacker can do what it claims -----------------------------------------------------------------------------
def _unprotected(made: World) -> list[Given]:
    """Copies that hide what is small and nothing else."""
    copies = give(made)
    found = []
    for one in copies:
        numbers = {**one.told, **one.hidden}
        hidden = {key: n for key, n in numbers.items() if 0 < n < FEW}
        found.append(replace(one, hidden=hidden, told={key: n for key, n in numbers.items() if key not in hidden}))
    return found


def test_the_attacker_finds_what_is_only_blotted_out() -> None:
    worlds = [(one, _unprotected(one)) for one in map(world, range(20))]
    found = recovered(worlds, informed=False)
    assert len(found) > 50 and all(cell.least == cell.value for _name, cell in found)


def test_the_attacker_finds_what_two_copies_tell_that_know_nothing_of_each_other() -> None:
    worlds = []
    for made in map(world, range(60)):
        copies = [copy(time, [], ages_add_up=made.ages_add_up) for time in made.times]
        worlds.append((made, copies))
    assert recovered(worlds, informed=False)


def test_the_attacker_finds_what_can_only_be_guessed() -> None:
    """One and one of two, for who knows that neither is none."""
    numbers = {"080201": {TOTAL: 1}, "080202": {TOTAL: 1}, "080203": {TOTAL: 30}}
    parts = {DISTRICT: tuple(numbers)}
    hidden = {("080201", TOTAL): 1, ("080202", TOTAL): 1}
    seen = Seen(numbers, parts, {(DISTRICT, TOTAL): 32, ("080203", TOTAL): 30}, hidden, dict.fromkeys(hidden, (1, 4)))

    def bounds(informed: bool) -> list[tuple[int, int]]:
        found = computed([Attack("one", [seen], ages_add_up=True, informed=informed)], every=True)["one"]
        return [(one.least, one.most) for one in found]

    assert bounds(informed=False) == [(0, 2), (0, 2)]
    assert bounds(informed=True) == [(1, 1), (1, 1)]


# --- by hand --------------------------------------------------------------------------------------------------------
def district(numbers: dict[str, dict[Slice, int]], *cells: Slice, wholes: dict[Key, int] | None = None) -> Time:
    """A district's communes, of which their totals are asked for, and of the district these cells too."""
    parts = {DISTRICT: tuple(numbers)}
    asked = {(place, TOTAL) for place in (*numbers, DISTRICT)} | {(DISTRICT, cell) for cell in cells}
    return Time(numbers, parts, frozenset(asked), wholes or {})


def totals(*counts: int) -> dict[str, dict[Slice, int]]:
    return {f"0802{n:02}": {TOTAL: count} for n, count in enumerate(counts, 1)}


def first(time: Time) -> Given:
    return copy(time, [], ages_add_up=True)


def test_one_small_count_takes_another_with_it_and_not_the_sum() -> None:
    made = first(district(totals(3, 20, 400, 35)))
    assert set(made.hidden) == {("080201", TOTAL), ("080202", TOTAL)}
    assert made.told[DISTRICT, TOTAL] == 458
    (other,) = made.outcome.because
    assert made.outcome.because[other] == made.table.cells["080201", TOTAL]


def test_none_is_told_as_none() -> None:
    made = first(district(totals(0, 20, 0, 35)))
    assert not made.hidden and made.told["080201", TOTAL] == 0


def test_girls_of_a_district_give_boys_away() -> None:
    numbers = {
        place: {TOTAL: n, FEMALE: n - 1, MALE: 1} for place, n in (("080201", 20), ("080202", 30), ("080203", 9))
    }
    made = first(district(numbers, FEMALE, MALE))
    assert (DISTRICT, MALE) in made.hidden and {(DISTRICT, FEMALE), (DISTRICT, TOTAL)} & set(made.hidden)


def test_nearly_all_of_a_base_is_as_small_as_nearly_none() -> None:
    wholes = {("080201", TOTAL): 22, ("080202", TOTAL): 300, ("080203", TOTAL): 300}
    made = first(district(totals(20, 40, 50), wholes=wholes))
    assert ("080201", TOTAL) in made.hidden and made.table.cells["080201", TOTAL] in made.table.rests
    assert not first(district(totals(20, 40, 50))).hidden


def test_a_sum_that_is_small_because_all_its_parts_are_one_is_not_told_at_all() -> None:
    """Four is one and one and one and one for who guesses, whatever else is hidden."""
    made = first(district(totals(1, 1, 1, 1, 0)))
    assert made.outcome.withheld and not made.told


def test_a_copy_printed_twice_is_the_same() -> None:
    time = district(totals(3, 20, 400, 35))
    made = first(time)
    again = copy(time, [made.telling], ages_add_up=True)
    assert (again.told, again.hidden) == (made.told, made.hidden)


def test_a_correction_tells_nothing_of_what_it_was_and_is() -> None:
    before = first(district(totals(3, 20, 400, 35)))
    after = copy(district(totals(3, 21, 400, 35)), [before.telling], ages_add_up=True)
    assert set(after.hidden) >= {("080201", TOTAL), ("080202", TOTAL)}
    assert (DISTRICT, TOTAL) in after.told, "by how much it grew is told, and not from what"


def test_what_was_hidden_stays_hidden_when_its_reason_is_gone() -> None:
    before = first(district(totals(3, 20, 400, 35)))
    after = copy(district(totals(30, 20, 400, 35)), [before.telling], ages_add_up=True)
    assert ("080202", TOTAL) in after.hidden, "told, it would give the old 3 away"


def test_a_place_that_came_late_is_not_the_difference_of_two_sums() -> None:
    before = first(district(totals(20, 400, 35)))
    assert not before.hidden
    after = copy(district(totals(20, 400, 35, 2)), [before.telling], ages_add_up=True)
    assert set(after.hidden) == {("080204", TOTAL), (DISTRICT, TOTAL)}


def test_the_sum_without_a_place_is_not_told_beside_the_whole_sum() -> None:
    numbers = totals(3, 20, 400, 35)
    name = LESS.join((DISTRICT, "080201"))
    time = district(numbers)
    parts = {**time.parts, name: ("080202", "080203", "080204")}
    made = first(replace(time, parts=parts, asked=time.asked | {(name, TOTAL)}))
    assert {(name, TOTAL), (DISTRICT, TOTAL)} & set(made.hidden)


def test_what_is_withheld_is_not_what_two_earlier_sums_tell_already() -> None:
    """Two of three sums of two are known, and how they lie to one another: no sum alone tells what both do."""
    system = System()
    one, two, three = (system.cell(n, OPEN) for n in (40, 50, 60))
    for first_, second in ((one, two), (two, three), (one, three)):
        total = system.cell(system.values[first_] + system.values[second], TOLD)
        system.relate(total, (first_, second))
    few = system.cell(1, OPEN)
    system.relate(system.cell(1, TOLD), (few,))
    system.protect(few, SMALL)
    assert system.follows() == {one, two, three, few}
    outcome = protect(system)
    assert outcome.lost == [few] and system.hidden == {few}


def test_what_two_offices_gave_away_together_is_told_no_more_and_stops_nothing_else() -> None:
    """Neither knew of the other: each hid the same small count, and beside it another place."""
    time = district(totals(3, 20, 400, 35, 50))
    small, one, other = (("0802" + n, TOTAL) for n in ("01", "02", "03"))
    copies = [
        Telling(time.numbers, time.parts, time.asked - {small, hidden}, frozenset({small, hidden}))
        for hidden in (one, other)
    ]
    alone = copy(time, copies[:1], ages_add_up=True)
    assert set(alone.hidden) == {small, one} and not alone.table.out
    both = copy(time, copies, ages_add_up=True)
    assert set(both.hidden) == {small} and both.table.out == {both.table.cells[small]}
    assert not both.outcome.withheld


# --- in general -----------------------------------------------------------------------------------------------------
@given(SEEDS)
@settings(max_examples=20 if not LONG else 600)
def test_a_proof_is_another_table_that_adds_up_to_all_that_is_told(seed: int) -> None:
    """Added up from the figures of the communes alone, for the first copy."""
    made = give(replace(world(seed), times=world(seed).times[:1]))[0]
    cells, system = made.table.cells, made.table.system
    steps = [(cell, proof.up) for cell, proof in made.outcome.proofs.items()]
    steps += [(cell, proof.down) for cell, proof in made.outcome.proofs.items()]
    steps += [(cell, (step,)) for cell, step in made.outcome.others.items()]
    if made.outcome.withheld:
        return
    ends: dict[int, set[int]] = {}
    for cell, way in steps:
        moved = dict.fromkeys(range(len(system.values)), 0)
        for shift, turned, times in way:
            for one, by in shift.items():
                moved[one] += by * turned * times
        numbers = {
            place: {key: n + moved[cells[place, key]] for key, n in some.items()}
            for place, some in made.time.numbers.items()
        }
        _is_a_table(numbers, made, world(seed).ages_add_up)
        assert {key: n for key, n in summed(Telling(numbers, made.time.parts)).items() if key in made.told} == made.told
        ends.setdefault(cell, set()).add(system.values[cell] + moved[cell])
    for cell in system.hidden:
        assert len(ends[cell] | {system.values[cell]}) > 1
    for cell, span in system.spans.items():
        assert min(ends[cell]) <= span.low and max(ends[cell]) >= span.high


def _is_a_table(numbers: dict[str, dict[Slice, int]], made: Given, ages_add_up: bool) -> None:
    """Of children: none below 0, and parts that are all known add up."""
    for place, cells in numbers.items():
        for cell, n in cells.items():
            assert 0 <= n <= made.seen.most.get((place, cell), n)
            for name, keys in PARTS.items():
                parts = [cells[one] for key in keys if (one := part(cell, name, key)) in cells]
                if getattr(cell, name) == ALL and parts:
                    whole = len(parts) == len(keys) and (name != "age_group" or ages_add_up)
                    assert sum(parts) == n if whole else sum(parts) <= n


@given(SEEDS)
@settings(max_examples=20 if not LONG else 600)
def test_the_same_figures_are_hidden_alike_in_whatever_order_they_come(seed: int) -> None:
    made = world(seed)
    shuffled = random.Random(seed)

    def otherwise(time: Time) -> Time:
        numbers = {
            place: dict(shuffled.sample(sorted(time.numbers[place].items()), len(time.numbers[place])))
            for place in shuffled.sample(sorted(time.numbers), len(time.numbers))
        }
        return replace(time, numbers=numbers, asked=frozenset(shuffled.sample(sorted(time.asked), len(time.asked))))

    one, other = give(made), give(replace(made, times=tuple(map(otherwise, made.times))))
    assert [(a.told, a.hidden) for a in one] == [(b.told, b.hidden) for b in other]


@given(SEEDS)
def test_nothing_is_hidden_where_nothing_is_small(seed: int) -> None:
    """Each smallest group of children is none or at least five."""
    made = replace(world(seed), times=world(seed).times[:1])
    (time,) = made.times
    numbers = {place: {cell: n * FEW for cell, n in cells.items()} for place, cells in time.numbers.items()}
    (told,) = give(replace(made, times=(replace(time, numbers=numbers, wholes={}),)))
    assert not told.hidden
    assert set(told.told) == set(told.time.asked)


@given(SEEDS)
def test_what_is_hidden_or_told_is_what_was_asked_for_and_there(seed: int) -> None:
    for told in give(world(seed)):
        there = summed(told.telling)
        assert set(told.told) | set(told.hidden) == told.time.asked & set(there)
        assert all(not 0 < n < FEW for n in told.told.values())
        if not told.outcome.withheld:
            cells, moved = told.table.cells, {cell for step in told.outcome.others.values() for cell in step[0]}
            assert all(0 < n < FEW or cells[key] in moved for key, n in told.hidden.items())


def test_the_proof_is_not_believed_where_it_does_not_add_up() -> None:
    made = first(district(totals(3, 20, 400, 35)))
    system, cell = made.table.system, made.table.cells["080201", TOTAL]
    assert proof.holds(system, cell, made.outcome.proofs[cell])
    (shift, turned, times), *_more = made.outcome.proofs[cell].up
    told = made.table.cells["080203", TOTAL]
    for wrong in ({cell: 1}, {**shift, told: 1}, {cell: 1, told: -1}):
        assert not proof.holds(system, cell, made.outcome.proofs[cell]._replace(up=((wrong, turned, times),)))
        assert not proof.moves(system, cell, (wrong, 1, 1))
    assert not proof.holds(system, cell, made.outcome.proofs[cell]._replace(down=()))
    assert system.spans[cell] == SMALL
