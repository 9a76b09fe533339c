"""What the public was told is remembered, by every computer that has to reckon with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cpdesk import gazetteer
from cpdesk.analysis.figures import TOTAL
from cpdesk.errors import UserError
from cpdesk.store import Desk
from cpdesk.tasks import desk as desks_
from cpdesk.tasks import forms, records
from cpdesk.tasks.figures import public
from cpdesk.tasks.figures.public import memory
from cpdesk.tasks.figures.public.copy import FOR, OUT
from cpdesk.tasks.papers import Choices
from cpdesk.tasks.plan_content import pack
from tests.analysis.attacker import Attack, Seen, computed
from tests.printing.reading import squeezed, whole
from tests.sync.worlds import World, province_and_district
from tests.tasks import public_desk
from tests.tasks.public_desk import (
    COMMUNES,
    DAY,
    DISTRICT,
    FEMALE,
    INSIDE,
    MALE,
    PUBLIC,
    YEAR,
    give_out,
    measure,
    paper,
    whys,
    write,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desks_.create(tmp_path / "0802.cpdesk", DISTRICT, "សុខ សុភា") as made:
        yield made


@pytest.fixture
def told(desk: Desk) -> Desk:
    return public_desk.tell(desk)


# --- what is remembered ---------------------------------------------------------------------------------------------
def test_looking_remembers_nothing_and_the_same_copy_is_one(told: Desk) -> None:
    forms.render(told, "vulnerability_profile", PUBLIC)
    assert records.find(told, "public_copy") == []
    first = give_out(told)
    assert (first.number, first.given_out) == (1, DAY)
    assert give_out(told, day=date(2023, 2, 1)).given_out == DAY
    assert len(records.find(told, "public_copy")) == 1
    assert "ច្បាប់ផ្សព្វផ្សាយលេខ ១" in " ".join(paper(told).subtitles)


def test_printing_it_is_giving_it_out(told: Desk, tmp_path: Path) -> None:
    forms.print_form(told, "vulnerability_profile", INSIDE, tmp_path / "inside.pdf")
    assert records.find(told, "public_copy") == []
    done = forms.print_form(told, "vulnerability_profile", PUBLIC, tmp_path / "public.pdf", Choices(today=DAY))
    (kept,) = memory.kept(told, DISTRICT)
    copy = public.copy(told, DISTRICT, YEAR)
    assert kept.told == copy.told and (kept.number, kept.given_out) == (1, DAY)
    assert {about: set(cells) for about, cells in kept.hidden.items()} == {a: set(c) for a, c in copy.hidden.items()}
    assert squeezed("ច្បាប់ផ្សព្វផ្សាយលេខ ១") in whole(done.file.read_bytes())


def test_a_second_copy_reckons_with_the_first_even_in_the_bin(told: Desk) -> None:
    first = give_out(told)
    (of,) = first.trends
    other = next(place for place, why in whys(first, of).items() if why == FOR and place in COMMUNES)
    write(told, of, "300", places=("080201",))
    write(told, of, "150", cell=FEMALE, places=("080201",))
    write(told, of, "150", cell=MALE, places=("080201",))
    second = public.copy(told, DISTRICT, YEAR)
    assert second.number == 2 and second.given_out is None
    assert other in whys(second, of), "told, it would give the 3 of the first copy away"
    (kept,) = records.find(told, "public_copy")
    records.delete(told, kept.id)
    assert public.copy(told, DISTRICT, YEAR).hidden == second.hidden
    assert give_out(told).number == 2


@pytest.mark.parametrize("content", ["AAAA", "no base64", pack("[]"), pack('{"cells": []}'), pack("[" * 100_000)])
def test_beside_a_copy_that_cannot_be_read_nothing_is_told(told: Desk, content: str) -> None:
    """Neither by the district nor by who has a part of it, until it is said that it never was told."""
    give_out(told)
    (kept,) = records.find(told, "public_copy")
    records.save(told, "public_copy", {"content": content}, kept.id)
    for area in (DISTRICT, DISTRICT[:2], COMMUNES[0]):
        with pytest.raises(UserError, match="១"):
            public.copy(told, area, YEAR)
    with pytest.raises(UserError):
        forms.render(told, "vulnerability_profile", PUBLIC)
    assert len(records.find(told, "public_copy")) == 1
    assert memory.kept(told, "0803") == []
    assert forms.render(told, "vulnerability_profile", INSIDE)
    records.delete(told, kept.id)
    assert public.copy(told, DISTRICT, YEAR).number == 1


def test_numbers_behind_a_copy_that_cannot_be_read_are_taken_as_anothers(told: Desk) -> None:
    first = give_out(told)
    (kept,) = records.find(told, "public_copy")
    records.save(told, "public_copy", {"exact": "AAAA"}, kept.id)
    again = public.copy(told, DISTRICT, YEAR)
    assert again.told == first.told and again.given_out == DAY
    assert memory.kept(told, DISTRICT)[0].exact is None


# --- other computers ------------------------------------------------------------------------------------------------
@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = province_and_district(tmp_path)
    yield made
    made.close()


HERE = tuple(one.code for one in gazetteer.children("0801", date(YEAR, 6, 30)))


def test_a_districts_copy_reaches_the_province_with_its_numbers_and_no_farther(world: World) -> None:
    world.desk("b", "0802")
    world.enrol("p", "b")
    of = measure(world["p"], "ហិង្សា", order=1)
    for name in "ab":
        world.carry("p", name)
    write(world["a"], of, "3", "20", "30", "40", places=HERE)
    mine = give_out(world["a"], f"0801/{YEAR}/public")
    world.carry("a", "p")
    (kept,) = memory.kept(world["p"], DISTRICT)
    assert kept.exact is not None and kept.told == mine.told
    world.carry("p", "b")
    assert memory.kept(world["b"], DISTRICT) == []
    theirs = public.copy(world["p"], "0801", YEAR)
    assert (theirs.told, theirs.number, theirs.given_out) == (mine.told, 1, DAY), "who prints it too prints the same"


def test_a_provinces_numbers_stay_on_its_desk(world: World) -> None:
    of = measure(world["p"], "ហិង្សា", order=1)
    world.carry("p", "a")
    write(world["a"], of, "3", "20", "30", "40", places=HERE)
    world.carry("a", "p")
    give_out(world["p"], f"0801/{YEAR}/public")
    world.carry("p", "a")
    copies = memory.kept(world["a"], DISTRICT)
    assert all(one.exact is None for one in copies)
    copy = public.copy(world["a"], "0801", YEAR)
    (kept,) = memory.kept(world["p"], DISTRICT)
    if copies:
        assert set(copy.hidden[of, YEAR]) >= set(kept.hidden[of, YEAR]), "what the province hid stays hidden"


def test_two_computers_that_each_gave_one_out_hide_together_what_each_hid(world: World) -> None:
    world.desk("a2", "0801")
    world.enrol("p", "a2")
    of = measure(world["a"], "ហិង្សា", order=1)
    write(world["a"], of, "3", "20", "30", "400", "500", places=HERE)
    world.carry("a", "p")
    world.carry("p", "a2")
    assert public.copy(world["a2"], "0801", YEAR).told == public.copy(world["a"], "0801", YEAR).told, "the same choice"
    at_one = {HERE[0]: 3, HERE[1]: 20, HERE[2]: 30, HERE[3]: 400, HERE[4]: 500}
    one = give_out(world["a"], f"0801/{YEAR}/public")
    at_other = at_one | {HERE[1]: 21, HERE[3]: 2}
    write(world["a2"], of, "21", "2", places=(HERE[1], HERE[3]))
    other = give_out(world["a2"], f"0801/{YEAR}/public")
    assert (one.number, other.number) == (1, 1) and other.told != one.told
    for sender, to in (("a", "p"), ("a2", "p"), ("p", "a"), ("p", "a2")):
        world.carry(sender, to)
    assert [len(memory.kept(world[name], DISTRICT)) for name in ("a", "a2", "p")] == [2, 2, 2]
    third = [public.copy(world[name], "0801", YEAR) for name in ("a", "a2", "p")]
    assert third[0].told == third[1].told == third[2].told
    again = give_out(world["a"], f"0801/{YEAR}/public")
    assert again.told == other.told and again.number == 1, "as the second computer had it"
    copies = [_seen(copy, of, at) for copy, at in ((one, at_one), (other, at_other), (again, at_other))]
    found = computed([Attack("two", copies, ages_add_up=True, informed=True)])["two"]
    assert found and [cell for cell in found if cell.recovered] == []


def test_what_two_computers_gave_away_before_they_met_is_shown_no_more(world: World) -> None:
    """Each hid the 3 behind another place, which the other told. What is out is out; the list says so."""
    world.desk("a2", "0801")
    world.enrol("p", "a2")
    of = measure(world["a"], "ហិង្សា", order=1)
    write(world["a"], of, "3", "20", "30", "400", "500", places=HERE)
    world.carry("a", "p")
    world.carry("p", "a2")
    give_out(world["a"], f"0801/{YEAR}/public")
    write(world["a2"], of, "2000", places=(HERE[1],))
    give_out(world["a2"], f"0801/{YEAR}/public")
    for sender, to in (("a", "p"), ("a2", "p"), ("p", "a"), ("p", "a2")):
        world.carry(sender, to)
    for name in ("a", "a2", "p"):
        copy = public.copy(world[name], "0801", YEAR)
        assert {place: one.why for (place, _cell), one in copy.hidden[of, YEAR].items()} == {HERE[0]: OUT}
        assert copy.known(HERE[1], of) == 2000 and copy.known("0801", of) == 2933


def _seen(copy: public.Copy, of: str, entered: dict[str, int]) -> Seen:
    told = {key: int(n) for key, n in copy.told[of, YEAR].items()}
    hidden = {key: int(one.number or 0) for key, one in copy.hidden[of, YEAR].items()}
    small = {key: (1, 4) for key, n in hidden.items() if 0 < n < 5}
    numbers = {place: {TOTAL: n} for place, n in entered.items()}
    return Seen(numbers, {"0801": tuple(numbers)}, told, hidden, small)
