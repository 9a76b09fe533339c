"""Two records that are one: joined without losing either's history, whatever is written elsewhere meanwhile."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdesk.errors import BadInput
from cpdesk.store import Desk, care, log
from cpdesk.store.connection import immediate
from cpdesk.store.union import Merge
from cpdesk.tasks import checks, exchange, joining, records
from cpdesk.tasks.joining import DIFFERS, FILLED, KEPT, SAME, Joined
from tests.sync.worlds import World, province_and_district

quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = province_and_district(tmp_path)
    made.desk("b", "0802")
    made.enrol("p", "b")
    yield made
    for desk in made.desks.values():
        assert care.check(desk).problems == []
    made.close()


def person(world: World, name: str, **values: object) -> str:
    return records.save(world[name], "person", {"name_km": "សុខ ដារ៉ា", **values}).id


def test_references_follow_and_blanks_are_filled(world: World) -> None:
    keep = person(world, "p", position="ប្រធាន")
    gone = person(world, "p", position="អនុប្រធាន", sex="male", phone="012345678")
    meeting = world.meeting("p", chair=gone)
    body = records.save(world["p"], "body", {"name_km": "គណៈកម្មាធិការ"}).id
    member = records.save(world["p"], "membership", {"body": body, "person": gone}).id
    seen = joining.look(world["p"], keep, gone)
    states = {f.field: f.state for f in seen.fields}
    assert (states["name_km"], states["position"], states["sex"], states["phone"]) == (SAME, DIFFERS, FILLED, FILLED)
    assert KEPT not in states.values() and seen.references == 2 and not seen.third and seen.problem == ""
    done = joining.join(world["p"], keep, gone, {"position": "ប្រធាន"}, "មនុស្សតែម្នាក់")
    assert done == Joined(keep, (gone,), 2, ())
    stays = records.get(world["p"], keep)
    assert (stays["position"], stays["sex"], stays["phone"]) == ("ប្រធាន", "male", "012345678")
    assert records.get(world["p"], meeting)["chair"] == records.get(world["p"], member)["person"] == keep
    assert records.get(world["p"], gone).deleted
    world.carry("p", "a")
    assert records.get(world["a"], meeting)["chair"] == keep and records.get(world["a"], keep)["phone"] is None
    (told,) = exchange.decisions(world["a"])
    assert (told.sort, told.id, told.into, told.reason) == ("joined", gone, keep, "មនុស្សតែម្នាក់")
    assert "អនុប្រធាន" in {w.value for w in records.history(world["a"], gone)}


def test_what_nobody_chose_waits_with_both_values(world: World) -> None:
    keep, gone = person(world, "p", position="ប្រធាន"), person(world, "p", position="អនុប្រធាន")
    assert joining.join(world["p"], keep, gone).waiting == ("position",)
    world.carry("p", "a")
    for name in "pa":
        (waits,) = exchange.conflicts(world[name])
        assert (waits.id, waits.field) == (keep, "position")
        assert [side.value for side in waits.values] == ["ប្រធាន", "អនុប្រធាន"], "what stood there is shown meanwhile"
    exchange.resolve(world["p"], keep, "position", "ប្រធាន")
    assert exchange.conflicts(world["p"]) == []


def test_a_reference_that_comes_later_is_found_and_led_on(world: World) -> None:
    keep, gone, end = (person(world, "p") for _n in range(3))
    world.carry("p", "a")
    late = world.meeting("a", chair=gone)
    joining.join(world["p"], keep, gone)
    joining.join(world["p"], end, keep)
    world.carry("a", "p")
    (found,) = [one for one in checks.run(world["p"], date(2022, 7, 1)) if one.check == "joined_reference"]
    assert (found.record, found.other) == (late, end) and found.sentence
    assert joining.lead_on(world["p"]) == 1 and joining.astray(world["p"]) == []
    assert records.get(world["p"], late)["chair"] == end


def test_what_somebody_wrote_meanwhile_keeps_it_in_sight(world: World) -> None:
    keep, gone = person(world, "p"), person(world, "p")
    world.carry("p", "a")
    records.save(world["a"], "person", {"position": "លេខាធិការ"}, gone)
    joining.join(world["p"], keep, gone)
    world.carry("a", "p")
    assert not records.get(world["p"], gone).deleted
    (waits,) = exchange.conflicts(world["p"])
    assert (waits.id, waits.field) == (gone, "_deleted")
    assert joining.join(world["p"], keep, gone).id == keep
    assert records.get(world["p"], keep)["position"] == "លេខាធិការ" and exchange.conflicts(world["p"]) == []


def test_both_ways_round_at_once_hides_neither(world: World) -> None:
    one, other = person(world, "p"), person(world, "p")
    world.carry("p", "a")
    joining.join(world["p"], one, other)
    joining.join(world["a"], other, one)
    world.carry("a", "p")
    world.carry("p", "a")
    for name in "pa":
        assert not all(records.get(world[name], id_).deleted for id_ in (one, other))
        assert {c.field for c in exchange.conflicts(world[name])} == {"_deleted"}


def test_two_districts_records_become_a_third_that_both_see(world: World) -> None:
    ids = {name: person(world, name, position=f"តួនាទី {name}") for name in "ab"}
    meetings = {name: world.meeting(name, chair=ids[name]) for name in "ab"}
    for name in "ab":
        world.carry(name, "p")
    assert joining.look(world["p"], ids["a"], ids["b"]).third
    done = joining.join(world["p"], ids["a"], ids["b"], {"position": "តួនាទីរួម"}, "ម្នាក់ឯង")
    assert set(done.gone) == set(ids.values()) and done.references == 2
    for name in "ab":
        world.carry("p", name)
        assert records.get(world[name], meetings[name])["chair"] == done.id
        assert records.get(world[name], done.id)["position"] == "តួនាទីរួម"
        assert records.get(world[name], ids[name]).deleted


def test_what_more_offices_see_is_kept(world: World) -> None:
    shared = person(world, "p")
    world.carry("p", "a")
    own = person(world, "a")
    assert "ដារ៉ា" in joining.look(world["a"], own, shared).problem
    with pytest.raises(BadInput):
        joining.join(world["a"], own, shared)
    assert joining.join(world["a"], shared, own).id == shared


@pytest.mark.parametrize("pair", ["same", "kinds", "bin", "agenda"])
def test_what_cannot_be_joined(world: World, pair: str) -> None:
    one, meeting = person(world, "p"), world.meeting("p")
    other = person(world, "p")
    records.delete(world["p"], other)
    item = records.save(world["p"], "agenda_item", {"meeting": meeting, "title": "ក"}).id
    pairs = {"same": (one, one), "kinds": (one, meeting), "bin": (one, other), "agenda": (item, item)}
    with pytest.raises(BadInput):
        joining.join(world["p"], *pairs[pair])
    assert joining.look(world["p"], *pairs[pair]).problem


def test_a_standing_difference_is_settled_first(world: World) -> None:
    keep, gone = person(world, "p"), person(world, "p")
    world.carry("p", "a")
    records.save(world["a"], "person", {"position": "មួយ"}, gone)
    records.save(world["p"], "person", {"position": "ពីរ"}, gone)
    world.carry("a", "p")
    with pytest.raises(BadInput):
        joining.join(world["p"], keep, gone)
    exchange.resolve(world["p"], gone, "position", "ពីរ")
    assert joining.join(world["p"], keep, gone).id == keep


def test_parts_of_a_meeting_and_bodies_above_go_along(world: World) -> None:
    keep, gone = world.meeting("p", number="១"), world.meeting("p", number="១")
    item = records.save(world["p"], "agenda_item", {"meeting": gone, "order": 1, "title": "ចំណុច"}).id
    joining.join(world["p"], keep, gone)
    assert [r.id for r in records.children(world["p"], "agenda_item", keep)] == [item]
    above, below = (records.save(world["p"], "body", {"name_km": "មន្ទីរ"}).id for _n in range(2))
    records.save(world["p"], "body", {"parent": above}, below)
    joining.join(world["p"], above, below)
    assert records.get(world["p"], above)["parent"] is None
    top = records.save(world["p"], "body", {"name_km": "ក្រសួង"}).id
    under = records.save(world["p"], "body", {"name_km": "ក្រសួង", "parent": top}).id
    joining.join(world["p"], under, top)
    assert records.get(world["p"], under)["parent"] is None, "nothing stands above itself"


# --- in any order, with whatever is written meanwhile ---------------------------------------------------------------
class Undo(Exception):
    """Ends an example."""


@contextlib.contextmanager
def as_new(*desks: Desk) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.suppress(Undo))
        for desk in desks:
            stack.enter_context(immediate(desk.db))
        yield
        raise Undo


def give(sender: Desk, to: Desk) -> None:
    """All that a desk holds and may leave it."""
    merge = Merge(to, None)
    for stream in log.streams(sender.db):
        if not stream.scope.endswith("!"):
            merge.add(
                merge.stream(stream.id, stream.office, stream.scope, stream.nonce), log.ops_after(sender.db, stream, 0)
            )
    merge.project()


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Desk]]:
    made = [Desk.create(tmp_path / f"{n}.cpdesk", office, f"អ្នក {n}") for n, office in enumerate(("08", "0801", "08"))]
    yield made
    for desk in made:
        desk.close()


ACTIONS = st.tuples(
    st.integers(0, 2), st.sampled_from(["one", "other", "refer", "join", "back", "give", "give"]), st.integers(0, 2)
)


@quick
@given(st.lists(ACTIONS, max_size=14))
def test_no_word_is_lost(three: list[Desk], turns: list[tuple[int, str, int]]) -> None:
    with as_new(*three):
        one, other = (records.save(three[0], "person", {"name_km": "សុខ"}).id for _n in range(2))
        for desk in three[1:]:
            give(three[0], desk)
        typed: set[str] = set()
        refer: set[str] = set()
        for n, (who, what, to) in enumerate(turns):
            desk = three[who]
            if what in ("one", "other"):
                word = f"ពាក្យ {n}"
                records.save(
                    desk, "person", {("position", "name_latin")[to % 2]: word}, one if what == "one" else other
                )
                typed.add(word)
            elif what == "refer":
                refer.add(records.save(desk, "meeting", {"chair": other if to else one}).id)
            elif what == "give":
                give(desk, three[to])
            else:
                with contextlib.suppress(BadInput):
                    joining.join(desk, *((one, other) if what == "join" else (other, one)))
        for _turn in range(2):
            for a in three:
                for b in three:
                    give(a, b)
        for desk in three:
            told = {w.value for id_ in (one, other) for w in records.history(desk, id_)}
            assert typed <= told
            assert not all(records.get(desk, id_).deleted for id_ in (one, other)), "one of the two is always in sight"
            joining.lead_on(desk)
            for id_ in refer:
                chair = records.get(desk, id_)["chair"]
                assert not records.get(desk, str(chair)).deleted
        for desk in three:
            _in_sight(desk, one, other, typed)
            _in_sight(desk, other, one, typed)


def _in_sight(desk: Desk, id_: str, other: str, typed: set[str]) -> None:
    """Every typed value that stands is shown or waits; of a record in the bin, it stands or stood in the other."""
    standing = {str(w.value) for w in records.history(desk, id_) if w.standing and w.value in typed}
    row = records.get(desk, id_)
    if row.deleted:
        assert standing <= {w.value for w in records.history(desk, other)}
    else:
        waits = {side.value for c in exchange.conflicts(desk, id_) for side in c.values}
        assert standing <= {*row.values.values(), *waits}
