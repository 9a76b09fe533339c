"""An import taken back, as a province does it: what it brought goes, what stood before stands, and all desks agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.errors import BadInput, NotFound
from cpdesk.i18n import using
from cpdesk.store import blobs, care, log
from cpdesk.tasks import Cancelled, attachments, exchange, records
from cpdesk.tasks.exchange import Undone
from tests.sync.worlds import World, content, province_and_district, shown


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = province_and_district(tmp_path)
    made.desk("b", "0802")
    made.enrol("p", "b")
    yield made
    for desk in made.desks.values():
        assert care.check(desk).problems == []
    made.close()


def imported(world: World, sender: str) -> int:
    merged = world.carry(sender, "p")
    assert merged.imported is not None
    return merged.imported


def test_new_records_go_to_the_bin_with_their_parts_and_old_values_stand_again(world: World) -> None:
    shared = world.meeting("p", venue="ដើម")
    thrown = world.meeting("p", subject="លុប")
    for name in "ab":
        world.carry("p", name)
    world.carry("a", "p")
    new = world.meeting("a", subject="ថ្មី")
    item = records.save(world["a"], "agenda_item", {"meeting": new, "order": 1, "title": "ចំណុច"}).id
    records.save(world["a"], "meeting", {"venue": "ខុស", "number": "៧"}, shared)
    records.delete(world["a"], thrown)
    before = shown(world["p"], ("08", "0801"))
    number = imported(world, "a")
    seen = exchange.can_undo(world["p"], number)
    assert seen.possible and seen.records == 4 and not seen.again
    assert {i.title: i.what for i in seen.items} == {
        "ថ្មី": "deleted", "ចំណុច": "deleted", "កិច្ចប្រជុំពិគ្រោះយោបល់": "changed", "លុប": "restored",
    }  # fmt: skip
    done = exchange.undo_import(world["p"], number, "ផ្ញើខុសឯកសារ")
    assert done == Undone(number, 4, 2)
    now = shown(world["p"], ("08", "0801"))
    assert {id_: facts for id_, facts in now.items() if id_ in before} == before
    assert records.get(world["p"], new).deleted and records.get(world["p"], item).deleted
    assert [r.id for r in records.bin(world["p"])] == [new], "the part lies there with its whole"
    assert records.undelete(world["p"], new).ids == (new, item)
    records.delete(world["p"], new)
    assert [row.undone for row in exchange.packages(world["p"])] == [False, True]


def test_the_same_package_again_brings_nothing_back_and_the_undo_travels(world: World) -> None:
    shared = world.meeting("p", venue="ដើម")
    world.carry("p", "a")
    records.save(world["a"], "meeting", {"venue": "ខុស"}, shared)
    path = world.package("a")
    number = world.merge("p", path).imported
    assert number is not None
    exchange.undo_import(world["p"], number, "ខុស")
    again = world.merge("p", path)
    assert (again.status, again.changes, again.imported) == ("nothing new", 0, number)
    assert records.get(world["p"], shared)["venue"] == "ដើម"
    for name in "ab":
        world.carry("p", name)
        assert records.get(world[name], shared)["venue"] == "ដើម" and exchange.conflicts(world[name]) == []
    assert shown(world["a"], ("08",)) == shown(world["b"], ("08",)) == shown(world["p"], ("08",))
    words = {w.value for w in records.history(world["b"], shared) if w.field == "venue"}
    assert words == {"ដើម", "ខុស"}, "nothing typed is missing"


def test_it_can_be_taken_in_again_and_back_once_more(world: World) -> None:
    shared = world.meeting("p", venue="ដើម")
    world.carry("p", "a")
    records.save(world["a"], "meeting", {"venue": "ស្រុក"}, shared)
    new = world.meeting("a", subject="ថ្មី")
    number = imported(world, "a")
    with_it = shown(world["p"], ("08", "0801"))
    for _turn in range(2):
        exchange.undo_import(world["p"], number)
        with pytest.raises(BadInput):
            exchange.undo_import(world["p"], number)
        assert records.get(world["p"], new).deleted and exchange.can_undo(world["p"], number).again
        exchange.redo_import(world["p"], number, "ត្រូវវិញ")
        with pytest.raises(BadInput):
            exchange.redo_import(world["p"], number)
        assert shown(world["p"], ("08", "0801")) == with_it
    for name in "ab":
        world.carry("p", name)
        assert shown(world[name], ("08",)) == shown(world["p"], ("08",))
    assert records.get(world["a"], new)["subject"] == "ថ្មី" and not records.get(world["a"], new).deleted


def test_a_difference_comes_back_as_it_was(world: World) -> None:
    """The package had settled it; without the package it waits again, with both values and who wrote them."""
    shared = world.meeting("p", venue="ដើម")
    for name in "ab":
        world.carry("p", name)
    for name in "ab":
        records.save(world[name], "meeting", {"venue": f"សាលា {name}"}, shared)
        world.carry(name, "p")
    before = exchange.conflicts(world["p"])
    world.carry("p", "a")
    exchange.resolve(world["a"], shared, "venue", "ស្រុកសម្រេច")
    number = imported(world, "a")
    assert exchange.conflicts(world["p"]) == []
    exchange.undo_import(world["p"], number)
    (waits,) = exchange.conflicts(world["p"])
    assert waits.before == "ដើម"
    assert [(s.value, s.office, s.by) for s in waits.values] == [(s.value, s.office, s.by) for s in before[0].values]
    world.carry("p", "b")
    assert shown(world["b"], ("08",)) == shown(world["p"], ("08",))


def test_refused_where_somebody_went_on(world: World) -> None:
    shared = world.meeting("p", venue="ដើម")
    world.carry("p", "a")
    records.save(world["a"], "meeting", {"venue": "ស្រុក"}, shared)
    number = imported(world, "a")
    records.save(world["p"], "meeting", {"venue": "បន្ត"}, shared)
    before = content(world["p"])
    for lang, word in (("km", "ទីកន្លែង"), ("en", "Venue")):
        with using(lang), pytest.raises(BadInput) as refused:
            exchange.undo_import(world["p"], number)
        assert word in str(refused.value) and "មន្ត្រី p" in str(refused.value)
    seen = exchange.can_undo(world["p"], number)
    assert not seen.possible and seen.first == () and content(world["p"]) == before
    (one,) = seen.obstacles
    assert (one.id, one.fields, one.by, one.package) == (shared, ("venue",), "មន្ត្រី p", None)
    with pytest.raises(NotFound):
        exchange.undo_import(world["p"], 99)


def test_what_was_built_on_it_is_taken_back_first(world: World) -> None:
    """A later package of the same office stands on the first; one that only followed it in its stream does not."""
    shared = world.meeting("p", venue="ដើម")
    world.carry("p", "a")
    records.save(world["a"], "meeting", {"venue": "មួយ"}, shared)
    first = imported(world, "a")
    world.meeting("a", subject="ដាច់ដោយឡែក")
    apart = imported(world, "a")
    records.save(world["a"], "meeting", {"venue": "ពីរ"}, shared)
    second = imported(world, "a")
    seen = exchange.can_undo(world["p"], first)
    assert seen.first == (second,) and not seen.possible
    exchange.undo_import(world["p"], second)
    assert records.get(world["p"], shared)["venue"] == "មួយ"
    exchange.undo_import(world["p"], first)
    assert records.get(world["p"], shared)["venue"] == "ដើម"
    assert not exchange.can_undo(world["p"], second).possible, "the newest undo is taken back first"
    exchange.redo_import(world["p"], first)
    exchange.redo_import(world["p"], second)
    assert records.get(world["p"], shared)["venue"] == "ពីរ"
    assert records.count(world["p"], "meeting", {"subject": "ដាច់ដោយឡែក"}) == 1 and apart


def test_refused_where_somebody_went_on_from_an_undo(world: World) -> None:
    """The second was taken back and the first one's value written on: now that stands in the way of the first."""
    shared = world.meeting("p", venue="ដើម")
    world.carry("p", "a")
    records.save(world["a"], "meeting", {"venue": "មួយ"}, shared)
    first = imported(world, "a")
    records.save(world["a"], "meeting", {"venue": "ពីរ"}, shared)
    second = imported(world, "a")
    exchange.undo_import(world["p"], second)
    records.save(world["p"], "meeting", {"venue": "មួយ កែ"}, shared)
    for number in (first, second):
        (one,) = exchange.can_undo(world["p"], number).obstacles
        assert (one.by, one.fields, one.package) == ("មន្ត្រី p", ("venue",), None)


def test_what_was_deleted_lies_in_the_bin_again(world: World) -> None:
    shared = world.meeting("p")
    part = records.save(world["p"], "agenda_item", {"meeting": shared, "order": 1, "title": "ចំណុច"}).id
    records.delete(world["p"], shared)
    world.carry("p", "a")
    records.undelete(world["a"], shared)
    number = imported(world, "a")
    assert not records.get(world["p"], part).deleted
    exchange.undo_import(world["p"], number)
    world.carry("p", "a")
    for name in "pa":
        assert records.get(world[name], shared).deleted and records.get(world[name], part).deleted
        assert exchange.conflicts(world[name]) == []
        assert records.undelete(world[name], shared).ids == (shared, part), "the part lies there with its whole"


def test_refused_where_something_refers_to_what_would_go(world: World) -> None:
    new = world.meeting("a", subject="ថ្មី")
    number = imported(world, "a")
    part = records.save(world["p"], "agenda_item", {"meeting": new, "order": 1, "title": "បន្ថែម"}).id
    before = content(world["p"])
    seen = exchange.can_undo(world["p"], number)
    assert [(o.id, o.fields, o.package) for o in seen.obstacles] == [(part, ("meeting",), None)]
    assert "ថ្មី" in seen.obstacles[0].sentence and "បន្ថែម" in seen.obstacles[0].sentence
    assert content(world["p"]) == before
    records.delete(world["p"], part)
    assert exchange.undo_import(world["p"], number).records == 1


def test_what_somebody_threw_away_already_does_not_stand_in_the_way(world: World) -> None:
    new = world.meeting("a", subject="ថ្មី")
    number = imported(world, "a")
    records.delete(world["p"], new)
    assert exchange.undo_import(world["p"], number) == Undone(number, 0, 0)
    assert records.get(world["p"], new).deleted and exchange.packages(world["p"])[0].undone
    exchange.redo_import(world["p"], number)
    assert records.get(world["p"], new).deleted, "the person's own deletion stands"


def test_who_went_on_writing_meanwhile_makes_a_difference(world: World) -> None:
    shared = world.meeting("p", venue="ដើម")
    world.carry("p", "a")
    records.save(world["a"], "meeting", {"venue": "មួយ"}, shared)
    number = imported(world, "a")
    records.save(world["a"], "meeting", {"venue": "ពីរ"}, shared)
    exchange.undo_import(world["p"], number)
    world.carry("p", "a")
    world.carry("a", "p")
    for name in "pa":
        (waits,) = exchange.conflicts(world[name])
        assert {side.value for side in waits.values} == {"ដើម", "ពីរ"}


def test_attached_files_keep_their_bytes_and_cards_stay(world: World, tmp_path: Path) -> None:
    new = world.meeting("a", subject="ថ្មី")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF- scan")
    file = attachments.attach(world["a"], new, tmp_path / "scan.pdf")
    number = imported(world, "a")
    exchange.undo_import(world["p"], number)
    assert records.get(world["p"], file.id).deleted
    attachments.tidy(world["p"])
    assert blobs.is_here(world["p"].db, file.text("sha256")), "what lies in the bin keeps its bytes"
    assert not exchange.offices(world["p"])[0].revoked
    exchange.redo_import(world["p"], number)
    assert attachments.get(world["p"], file.id).here


def test_private_values_stay_on_the_desk(world: World) -> None:
    person = records.save(world["p"], "person", {"name_km": "សុខា", "phone": "012345678"}).id
    world.carry("p", "a")
    records.save(world["a"], "person", {"name_km": "សុខ ខា"}, person)
    records.delete(world["a"], person)
    number = imported(world, "a")
    exchange.undo_import(world["p"], number)
    assert exchange.conflicts(world["p"]) == []
    assert records.get(world["p"], person)["name_km"] == "សុខា"
    assert records.get(world["p"], person)["phone"] == "012345678" and not records.get(world["p"], person).deleted
    world.carry("p", "a")
    assert records.get(world["a"], person)["name_km"] == "សុខា" and records.get(world["a"], person)["phone"] is None


def test_cancelling_leaves_no_trace_and_a_copy_is_kept(world: World, own_home: Path) -> None:
    for n in range(250):
        world.meeting("a", subject=f"ទី {n}")
    number = imported(world, "a")
    before = content(world["p"])

    def stop(done: int, total: int) -> None:
        assert 0 <= done <= total == 251
        if done > 100:
            raise Cancelled

    with pytest.raises(Cancelled):
        exchange.undo_import(world["p"], number, progress=stop)
    assert content(world["p"]) == before
    assert list((own_home / "backups").glob("before-undo-*"))
    assert exchange.undo_import(world["p"], number).records == 250


def test_a_district_takes_back_what_came_from_above(world: World) -> None:
    new = world.meeting("p", subject="ពីខេត្ត")
    world.carry("p", "a")
    number = exchange.packages(world["a"])[0].package
    exchange.undo_import(world["a"], number, "យើងមិនយល់ព្រម")
    assert records.get(world["a"], new).deleted
    world.carry("a", "p")
    assert records.get(world["p"], new).deleted, "as if the district had deleted it"


def test_what_leaves_the_desk_does_not_speak_of_what_stays(world: World) -> None:
    """Not even the names of private changes go out with the deletion that stands again."""
    person = records.save(world["p"], "person", {"name_km": "សុខា", "phone": "012345678"}).id
    world.carry("p", "a")
    records.delete(world["p"], person)
    records.save(world["a"], "person", {"name_km": "សុខ ខា"}, person)
    number = imported(world, "a")
    assert exchange.conflicts(world["p"])
    exchange.undo_import(world["p"], number)
    assert records.get(world["p"], person).deleted and exchange.conflicts(world["p"]) == []
    rows = world["p"].db.execute("SELECT o.h, o.parents, s.scope FROM op o JOIN stream s USING(sid)").fetchall()
    private = {h for h, _parents, scope in rows if scope.endswith("!")}
    told = {p for _h, parents, scope in rows if not scope.endswith("!") for p in log.split(parents)}
    assert private and not private & told
