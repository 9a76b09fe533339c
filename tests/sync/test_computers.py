"""Computers that are lost, replaced, doubled or brought back from a backup; and the nation above its provinces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cpdesk.errors import KeyProblem, NotFound
from cpdesk.store import care
from cpdesk.tasks import desk as desks
from cpdesk.tasks import exchange, records
from tests.sync.worlds import World, province_and_district, shown


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A province, and a district with two computers."""
    made = province_and_district(tmp_path)
    made.desk("a2", "0801")
    made.enrol("p", "a2")
    yield made
    for desk in made.desks.values():
        assert care.check(desk).problems == []
    made.close()


def print_of(world: World, name: str) -> str:
    return exchange.own_card(world[name]).fingerprint


def test_one_lost_computer_is_withdrawn_and_the_other_goes_on(world: World) -> None:
    kept = world.meeting("a", subject="បានប្រគល់")
    world.carry("a", "p")
    (gone,) = exchange.revoke(world["p"], "0801", print_of(world, "a"))
    assert gone.fingerprint == print_of(world, "a")
    assert {row.fingerprint: row.revoked for row in exchange.offices(world["p"])} == {
        print_of(world, "a"): True, print_of(world, "a2"): False,
    }  # fmt: skip
    world.meeting("a", subject="ក្រោយបាត់")
    refused = world.merge("p", world.package("a"))
    assert refused.status == "refused" and "0801" in str(refused.why)
    world.meeting("a2", subject="បន្ត")
    assert world.carry("a2", "p").status == "merged"
    assert records.get(world["p"], kept)["subject"] == "បានប្រគល់", "what it had delivered stays"
    back = world.package("p", "a2")
    assert world.merge("a2", back).status == "merged" and records.get(world["a2"], kept)
    assert world.merge("a", back).status == "refused", "nothing is locked for it any more"
    for wrong in (print_of(world, "a"), "12345"):
        with pytest.raises(NotFound):
            exchange.revoke(world["p"], "0801", wrong)


def test_what_a_lost_computer_held_is_listed(world: World) -> None:
    shared = world.meeting("p")
    world.carry("p", "a")
    own = world.meeting("a")
    world.carry("a", "p")
    halfway = datetime.now(UTC)
    world.meeting("a2", subject="កុំព្យូទ័រផ្សេង")
    late = world.meeting("a", subject="ក្រោយថ្ងៃបាត់")
    records.save(world["a"], "meeting", {"venue": "ក្រោយ"}, shared)
    world.carry("a", "p")
    world.carry("a2", "p")
    (gone,) = exchange.revoke(world["p"], "0801", print_of(world, "a"))
    told = exchange.held(world["p"], gone.fingerprint.replace(" ", "-"), halfway)
    assert told.card == gone and told.revoked and (told.packages, told.last_package) == (2, 2)
    assert {w.scope: (w.changes, w.records, w.later) for w in told.wrote} == {"0801": (3, 3, 1), "08": (1, 1, 1)}
    assert {one.id for one in told.later} == {late, shared} and own not in {one.id for one in told.later}
    assert all(one.by == "មន្ត្រី a" for one in told.later)
    assert [(k.office, k.scope) for k in told.knew] == [("08", "08")] and told.knew[0].changes >= 1
    assert told.through and told.wrote[0].through and not told.wrote[0].forked
    assert exchange.held(world["p"], gone.fingerprint).later == ()
    with pytest.raises(NotFound):
        exchange.held(world["p"], "1 2 3")


def test_what_came_from_other_hands_is_taken_back(world: World) -> None:
    """A stolen laptop wrote a package: it is withdrawn, and its import undone."""
    shared = world.meeting("p", venue="ដើម")
    world.carry("p", "a")
    world.carry("a", "p")
    records.save(world["a"], "meeting", {"venue": "ចោរ"}, shared)
    number = world.carry("a", "p").imported
    exchange.revoke(world["p"], "0801", print_of(world, "a"))
    assert number is not None
    exchange.undo_import(world["p"], number, "កុំព្យូទ័រត្រូវបានលួច")
    world.carry("p", "a2")
    for name in ("p", "a2"):
        assert records.get(world[name], shared)["venue"] == "ដើម" and exchange.conflicts(world[name]) == []


def test_a_new_laptop_in_place_of_the_old(world: World) -> None:
    old = world.meeting("a")
    world.carry("a", "p")
    world.desk("new", "0801")
    exchange.join(world["new"], world.card("p"))
    exchange.enrol(world["p"], world.card("new"), replaces=print_of(world, "a"))
    states = {row.fingerprint: row.revoked for row in exchange.offices(world["p"])}
    assert states[print_of(world, "a")] and not states[print_of(world, "new")] and not states[print_of(world, "a2")]
    world.carry("p", "new")
    assert records.get(world["new"], old)["subject"], "it begins with all that the old one had delivered"
    records.save(world["new"], "meeting", {"venue": "បន្ត"}, old)
    world.carry("new", "p")
    assert records.get(world["p"], old)["venue"] == "បន្ត" and exchange.conflicts(world["p"]) == []
    assert world.merge("p", world.package("a")).status == "refused"
    world.desk("b", "0802")
    with pytest.raises(NotFound):
        exchange.enrol(world["p"], world.card("b"), replaces=print_of(world, "a2"))
    assert all(row.office != "0802" for row in exchange.offices(world["p"])), "all of it or nothing"
    exchange.enrol(world["p"], world.card("new"), replaces=print_of(world, "new"))
    assert not {row.fingerprint: row.revoked for row in exchange.offices(world["p"])}[print_of(world, "new")]


def test_a_province_with_a_new_computer_and_none_of_the_old(world: World) -> None:
    """Its districts take its new card in place of the old, and bring back what they have of it."""
    shared, own = world.meeting("p", venue="ដើម"), world.meeting("a")
    world.carry("p", "a")
    world.carry("a", "p")
    world.desk("p2", "08")
    card = world.card("p2")
    with pytest.raises(KeyProblem):
        exchange.join(world["a"], card)
    exchange.join(world["a"], card, replaces=print_of(world, "p"))
    exchange.enrol(world["p2"], world.card("a"))
    refused = world.merge("p2", world.package("a"))
    assert refused.status == "refused", "the old computer's changes are nobody's word here yet"
    exchange.enrol(world["p2"], world.card("p"), print_of(world, "p"))
    world.carry("a", "p2")
    assert records.get(world["p2"], shared)["venue"] == "ដើម" and records.get(world["p2"], own)
    assert [row.fingerprint for row in exchange.own_computers(world["p2"])] == [print_of(world, "p")]
    assert all(row.office != "08" for row in exchange.offices(world["p2"]))
    assert [one.fingerprint for one in exchange.revoke(world["p2"], "08")] == [print_of(world, "p")]
    records.save(world["a"], "meeting", {"venue": "បន្ត"}, shared)
    world.carry("a", "p2")
    assert records.get(world["p2"], shared)["venue"] == "បន្ត", "what is here stays, and goes on"
    world.carry("p2", "a")
    assert exchange.conflicts(world["a"]) == []


def test_a_computer_of_ones_own_office_withdrawn_by_hand_stays_so(world: World) -> None:
    world.carry("p", "a")
    exchange.enrol(world["a"], world.card("a2"))
    exchange.enrol(world["a2"], world.card("a"))
    other = world.package("a2", "a")
    assert world.merge("a", other).status in ("merged", "nothing new")
    exchange.revoke(world["a"], "0801", print_of(world, "a2"))
    world.carry("p", "a")
    assert world.merge("a", other).status == "refused", "the word from above does not bring it back"
    exchange.enrol(world["a"], world.card("a2"))
    world.carry("p", "a")
    assert world.merge("a", other).status != "refused"
    with pytest.raises(KeyProblem):
        exchange.enrol(world["a"], world.card("a"))


def test_a_province_restored_from_a_backup_goes_on(world: World, tmp_path: Path) -> None:
    before = world.meeting("p", venue="ដើម")
    copy = desks.backup(world["p"], tmp_path / "p.bak")
    lost = world.meeting("p", subject="ក្រោយការចម្លង")
    own = world.meeting("a")
    world.carry("p", "a")
    world.carry("a", "p")
    world["p"].close()
    desks.restore(copy.file, tmp_path / "again.cpdesk")
    world.desks["p"] = desks.open_desk(tmp_path / "again.cpdesk")
    records.save(world["p"], "meeting", {"venue": "បន្ត"}, before)
    merged = world.carry("p", "a")
    world.carry("a", "p")
    assert records.get(world["p"], lost)["subject"] == "ក្រោយការចម្លង", "the district brings what it lacks"
    assert records.get(world["p"], own).id == own
    assert merged.number == 1 and merged.status == "merged"
    assert [row.twin for row in exchange.packages(world["a"])] == [True, True], "one number came twice"
    assert not exchange.offices(world["a"])[0].forked, "the restored desk wrote in a new stream"
    assert shown(world["a"], ("08",)) == shown(world["p"], ("08",))
    assert records.get(world["a"], before)["venue"] == "បន្ត"


def test_three_provinces_of_two_districts_and_the_nation(tmp_path: Path) -> None:
    """The same rules a level higher: each sees its own and what is above, and nothing typed is missing at the top."""
    world = World(tmp_path)
    world.desk("n", "00")
    provinces = {"01": ("0102", "0103"), "08": ("0801", "0802"), "12": ("1201", "1202")}
    below = [office for offices in provinces.values() for office in offices]
    for province, offices in provinces.items():
        world.desk(province, province)
        world.enrol("n", province)
        for office in offices:
            world.desk(office, office)
            world.enrol(province, office)
    law = world.meeting("n", subject="ជាតិ", venue="ដើម")
    own = {office: world.meeting(office, subject=f"របស់ {office}") for office in (*below, *provinces)}
    for _turn in range(2):
        _down_and_up(world, provinces)
    for office in below:
        records.save(world[office], "meeting", {"venue": f"សាលា {office}"}, law)
    _down_and_up(world, provinces)
    assert {records.get(world["n"], id_)["subject"] for id_ in own.values()} == {f"របស់ {o}" for o in own}
    (waits,) = exchange.conflicts(world["n"])
    assert {side.office for side in waits.values} == set(below) and waits.before == "ដើម"
    exchange.resolve(world["n"], law, "venue", "សាលាជាតិ", "សម្រេចនៅថ្នាក់ជាតិ")
    wrong = world.meeting("0102", subject="ខុស")
    number = max(_down_and_up(world, provinces), key=lambda one: one[0])[1]
    exchange.undo_import(world["n"], number, "ដកវិញ")
    _down_and_up(world, provinces)
    for office in (*below, *provinces):
        assert records.get(world[office], law)["venue"] == "សាលាជាតិ" and exchange.conflicts(world[office]) == []
        (told,) = [one for one in exchange.decisions(world[office]) if one.sort == "settled"]
        assert told.reason == "សម្រេចនៅថ្នាក់ជាតិ" and told.office == "00"
        seen = {r["subject"] for r in records.find(world[office], "meeting")} - {"ជាតិ"}
        mine = {o for o in own if o.startswith(office) or office.startswith(o)}
        assert seen == {f"របស់ {o}" for o in mine}
        assert shown(world[office], ("00",)) == shown(world["n"], ("00",))
        assert care.check(world[office]).ok
    for name in ("n", "01", "0102"):
        assert records.get(world[name], wrong).deleted, "what the nation took back is back everywhere"
    assert {row.office for row in exchange.offices(world["n"])} == set(provinces)
    world.close()


def _down_and_up(world: World, provinces: Mapping[str, tuple[str, ...]]) -> list[tuple[int, int]]:
    """Sticks go from the nation down to the districts and back up; (changes, import) of what came to the nation."""
    for province, offices in provinces.items():
        world.carry("n", province)
        for office in offices:
            world.carry(province, office)
            world.carry(office, province)
    came = [world.carry(province, "n") for province in provinces]
    return [(one.changes, one.imported) for one in came if one.imported is not None]
