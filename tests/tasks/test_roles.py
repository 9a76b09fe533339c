"""Every role, every pair of roles and nobody at all try everything that is done on a desk: who may does it, who may not
is refused by the task itself, and nothing is another than before."""

from __future__ import annotations

from itertools import combinations

import pytest

from cpdesk import records as kinds
from cpdesk.errors import DeskProblem
from cpdesk.records.officers import ROLES
from cpdesk.store import many, state, union, writer
from cpdesk.store.connection import immediate
from cpdesk.store.pen import Pen
from cpdesk.store.projection import Change
from cpdesk.tasks import joining, records, roles
from cpdesk.tasks.roles import Act, NotAllowed
from tests.tasks.roles_cases import CASES, Case
from tests.tasks.roles_world import World, appoint, build, everything, quick

# As the issue has it, said once more by hand: a slip in `roles.ROLES` must not carry the tests along.
MAY = {
    "officer": "read draft submit export",
    "head": "read approve export",
    "merger": "read export merge",
    "reader": "read",
    "keeper": "read keys",
}
SETS = [(), *((role,) for role in ROLES), *combinations(ROLES, 2), ROLES]
REFUSED = [*((found, False) for found in SETS), (ROLES, True)]


def acts(found: tuple[str, ...]) -> set[str]:
    return {act for role in found for act in MAY[role].split()}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return build(tmp_path_factory.mktemp("roles"))


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)


def test_there_is_something_to_do_for_every_act() -> None:
    assert {one.act for one in CASES} == set(Act)
    assert set(MAY) == set(ROLES) == set(roles.ROLES)


@pytest.mark.parametrize("found", SETS, ids="+".join)
def test_who_may_does_it(world: World, found: tuple[str, ...]) -> None:
    """One thing of each act; all of them are tried in `test_each_act_is_enough…`."""
    first = {one.act: one for one in reversed(CASES)}
    for act in acts(found):
        done(world, first[Act(act)], found)


def done(world: World, one: Case, found: tuple[str, ...]) -> None:
    with world.opened(found) as desk:
        assert roles.may(desk, one.act), (one.name, found)
        before = everything(desk)
        try:
            one.run(desk, world)
        except NotAllowed as why:
            pytest.fail(f"{one.name} refused to {found}: {why}")
        except Exception:
            if one.whole:
                raise
            return
        assert (everything(desk) != before) == one.writes, one.name


@pytest.mark.parametrize(("found", "left"), REFUSED, ids=["+".join(found) + "-left" * left for found, left in REFUSED])
def test_who_may_not_is_refused_and_nothing_changes(world: World, found: tuple[str, ...], left: bool) -> None:
    may = set() if left else acts(found)
    with world.opened(found, left=left) as desk:
        desk.pen = True  # the tasks themselves refuse, not only the store
        before, log = everything(desk), desk.db.execute("SELECT max(n) FROM op").fetchone()
        for one in CASES:
            if one.act in may or one.act is Act.READ:
                continue
            assert not roles.may(desk, one.act)
            with pytest.raises(NotAllowed) as refused:
                one.run(desk, world)
            assert desk.officer in str(refused.value), one.name
            assert desk.db.execute("SELECT max(n) FROM op").fetchone() == log, one.name
        assert everything(desk) == before, [one.name for one in CASES]


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.READ])
def test_each_act_is_enough_for_itself_and_for_no_other(
    world: World, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever roles there will be: approving does not need writing, writing does not allow handing over."""
    monkeypatch.setitem(roles.ROLES, "reader", frozenset({Act.READ, act}))
    for one in CASES:
        if one.act is act:
            done(world, one, ("reader",))
    with world.opened(["reader"]) as desk:
        before = everything(desk)
        for one in CASES:
            if one.act not in (act, Act.READ):
                with pytest.raises(NotAllowed):
                    one.run(desk, world)
        assert everything(desk) == before


def test_reading_asks_for_nothing(world: World) -> None:
    """Whoever has the desk open may look, and the store's own backstop does not stand in the way."""
    for found in ((), ("reader",)):
        for one in CASES:
            if one.act is Act.READ:
                with world.opened(found) as desk:
                    assert not desk.pen
                    one.run(desk, world)
                    assert not desk.pen
                    assert not desk.acting


def test_a_role_that_is_taken_away_is_gone_with_the_next_step(world: World) -> None:
    with world.opened(["officer"]) as desk, desk.other() as keepers:
        records.save(desk, "body", {"name_km": "មុន"})
        appoint(keepers, world.ids["me"], ["reader"])
        with pytest.raises(NotAllowed):
            records.save(desk, "body", {"name_km": "ក្រោយ"})
        appoint(keepers, world.ids["me"], ["officer"])
        records.save(desk, "body", {"name_km": "ម្ដងទៀត"})


def test_the_store_refuses_what_a_task_forgot_to_ask(world: World) -> None:
    """A reader's desk writes nothing, whichever way a change takes into the log."""
    with world.opened(["reader"]) as desk:
        before = everything(desk)
        body, figure = kinds.kind("body"), kinds.kind("figure")
        with pytest.raises(DeskProblem, match=desk.officer):
            writer.save(desk, body, {"name_km": "ថ្មី"})
        with pytest.raises(DeskProblem, match=desk.officer):
            writer.delete(desk, world.ids["body"])
        with pytest.raises(DeskProblem, match=desk.officer):
            many.add(desk, figure, [{"measure": world.ids["measure"], "place": "080101", "year": 2022, "value": "1"}])
        with immediate(desk.db), pytest.raises(DeskProblem, match=desk.officer):
            Pen(desk, {})
        with pytest.raises(DeskProblem, match=desk.officer), union.merging(desk):
            pass
        assert everything(desk) == before


def test_no_package_makes_an_officer(world: World) -> None:
    """Only what was written on this very desk gives a role."""
    with world.opened([]) as desk:
        desk.pen = True
        id_ = writer.new_id(desk)
        with immediate(desk.db):
            changes: list[Change] = []
            writer.append(desk, id_, "officer", {"name": "x", "keeper": True, "head": True}, changes, "0801")
            state.show(desk.db, id_, changes)
        found = records.get(desk, id_.hex())
        assert (found["keeper"], found.scope) == (True, "0801")
        desk.who = id_.hex()
        assert roles.roles(desk) == ()
        assert not roles.acts(desk)


def test_asking_is_done_when_the_act_is(world: World) -> None:
    """What a decision writes belongs to it; what is written after it does not."""
    with world.opened(["merger"]) as desk:
        joining.lead_on(desk)
        with pytest.raises(NotAllowed):
            records.save(desk, "body", {"name_km": "ថ្មី"})
        with roles.acting(desk, Act.MERGE):
            for act in (Act.APPROVE, Act.KEYS, Act.SUBMIT):
                with pytest.raises(NotAllowed):
                    roles.need(desk, act)
        with pytest.raises(NotAllowed), roles.acting(desk, Act.MERGE):
            roles.need(desk, Act.KEYS)
        assert not desk.acting
