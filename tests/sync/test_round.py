"""Packages going round between offices, as people carry them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.errors import BadInput, DiskProblem, KeyProblem, NotFound
from cpdesk.store import care
from cpdesk.tasks import Cancelled, exchange, records
from cpdesk.tasks import desk as desks
from tests.sync.worlds import World, content, province_and_district, shown


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = province_and_district(tmp_path)
    yield made
    for desk in made.desks.values():
        assert care.check(desk).problems == []
    made.close()


def test_the_round_of_two_desks(tmp_path: Path) -> None:
    """As the command line's contract tells it: the district writes before it knows that it was accepted."""
    world = World(tmp_path)
    province, district = world.desk("p", "08"), world.desk("a", "0801")
    exchange.join(district, world.card("p"))
    card = world.card("a")
    meeting = world.meeting("a")
    package = world.package("a")
    refused = world.merge("p", package)
    assert refused.status == "refused" and "0801" in str(refused.why)
    assert exchange.enrol(province, card) == exchange.own_card(district)
    merged = world.merge("p", package)
    assert (merged.status, merged.changes, merged.records, merged.conflicts) == ("merged", 2, 2, 0)
    assert records.get(province, meeting).values == records.get(district, meeting).values
    shared = world.meeting("p", subject="រួម")
    back = world.merge("a", world.package("p", "a"))
    assert back.status == "merged" and records.get(district, shared)["subject"] == "រួម"
    world.close()


def test_the_receipt_shortens_the_next_package(world: World) -> None:
    for n in range(5):
        world.meeting("a", subject=f"ទី {n}")
    assert exchange.pending(world["a"]).by_kind["meeting"] == 5
    world.carry("a", "p")
    assert exchange.pending(world["a"]).changes == 6, "not acknowledged yet"
    world.carry("p", "a")
    assert exchange.pending(world["a"]).changes == 0
    one = world.meeting("a", subject="ទី ៦")
    pending = exchange.pending(world["a"])
    assert (pending.to, pending.changes, pending.records, pending.by_kind) == ("08", 1, 1, {"meeting": 1})
    assert world.carry("a", "p").changes == 1
    assert records.get(world["p"], one)["subject"] == "ទី ៦"


def test_a_package_with_nothing_new_is_written_and_says_so(world: World) -> None:
    world.carry("a", "p")
    world.carry("p", "a")
    path = world.package("a")
    assert world.merge("p", path).status == "nothing new"
    again = world.merge("p", path)
    assert again.status == "nothing new" and again.number == 2
    assert [row.times for row in exchange.packages(world["p"])] == [1, 2]


def test_everything_when_asked(world: World) -> None:
    world.meeting("a")
    world.carry("a", "p")
    world.carry("p", "a")
    written = exchange.export(world["a"], world.folder / "all.cpsync", everything=True)
    assert (written.changes, written.records, written.number) == (3, 3, 2), "what the province made is sent back too"
    assert written.bytes == written.package.stat().st_size
    assert world.merge("p", written.package).status == "nothing new"


def test_a_desk_without_an_upper_office_writes_to_itself(tmp_path: Path) -> None:
    world = World(tmp_path)
    desk = world.desk("a", "0801")
    world.meeting("a")
    path = world.package("a")
    assert exchange.inspect(desk, path).to == "0801"
    assert world.merge("a", path).status == "nothing new"
    world.close()


def test_order_of_packages_and_late_ones(world: World) -> None:
    first, late, third = (_written(world, subject=f"ទី {n}") for n in range(3))
    assert world.merge("p", third).changes == 4, "what was not acknowledged comes again"
    row = exchange.offices(world["p"])[0]
    assert (row.last_package, row.missing, row.lacking) == (3, (1, 2), False)
    assert world.merge("p", first).status == "nothing new"
    assert [m.status for m in exchange.merge(world["p"], [late, first])] == ["nothing new", "nothing new"]
    assert exchange.offices(world["p"])[0].missing == ()
    found = [(p.number, p.late, p.times) for p in exchange.packages(world["p"])]
    assert found == [(3, False, 1), (1, True, 2), (2, True, 1)]


def _written(world: World, **values: object) -> Path:
    world.meeting("a", **values)
    return world.package("a")


def test_what_lacks_is_known_until_it_comes(world: World, tmp_path: Path) -> None:
    """The province goes back to an old backup after it had acknowledged more."""
    world.meeting("a")
    first = world.package("a")
    copy = desks.backup(world["p"], tmp_path / "old.bak")
    world.merge("p", first)
    world.carry("p", "a")
    later = world.meeting("a", subject="ក្រោយ")
    second = world.package("a")
    desks.restore(copy.file, tmp_path / "old.cpdesk").file.exists()
    with desks.open_desk(tmp_path / "old.cpdesk") as old:
        assert exchange.merge(old, [second])[0].changes == 1
        assert exchange.offices(old)[0].lacking and exchange.offices(old)[0].missing == (1,)
        assert records.get(old, later)["subject"] == "ក្រោយ"
        assert exchange.merge(old, [first])[0].status == "merged"
        assert not exchange.offices(old)[0].lacking
        assert care.check(old).problems == []


def test_inspecting_and_rehearsing_change_nothing_and_tell_what_a_merge_does(world: World) -> None:
    shared = world.meeting("p", venue="សាលាខេត្ត")
    world.carry("p", "a")
    records.save(world["a"], "meeting", {"venue": "សាលាស្រុក"}, shared)
    records.save(world["p"], "meeting", {"venue": "សាលប្រជុំ"}, shared)
    gone = world.meeting("p", subject="លុប")
    world.carry("p", "a")
    records.delete(world["a"], gone)
    world.meeting("a", subject="ថ្មី")
    path = world.package("a")
    before = content(world["p"])
    seen = exchange.inspect(world["p"], path)
    rehearsed = exchange.merge(world["p"], [path], dry_run=True)[0]
    assert content(world["p"]) == before
    merged = world.merge("p", path)
    facts = (merged.status, merged.changes, merged.records, merged.conflicts)
    assert (seen.status, seen.changes, seen.records, seen.conflicts) == facts == ("merged", 4, 4, 1)
    assert (rehearsed.status, rehearsed.changes, rehearsed.records, rehearsed.conflicts) == facts
    counts = {k.kind: (k.new, k.changed, k.deleted) for k in seen.by_kind}
    assert counts == {"meeting": (1, 1, 1), "office": (1, 0, 0)}
    venue = next(i for i in seen.items if i.id == shared)
    assert venue.what == "changed" and [d.id for d in seen.differences] == [shared]
    (differs,) = seen.differences[0].fields
    assert (differs.field, differs.before, differs.after) == ("venue", "សាលប្រជុំ", "សាលាស្រុក")
    assert {(s.here, s.shown, s.office, s.by) for s in differs.sides} == {
        (True, "សាលប្រជុំ", "08", "មន្ត្រី p"), (False, "សាលាស្រុក", "0801", "មន្ត្រី a"),
    }  # fmt: skip
    waiting = {(s.value, s.office, s.at) for s in exchange.conflicts(world["p"])[0].values}
    assert waiting == {(s.value, s.office, s.at) for s in differs.sides}, "the merge brings what was foretold"
    plain = next(i for i in seen.items if i.title == "ថ្មី")
    assert [(f.field, f.before, f.after) for f in plain.fields if f.field == "date"] == [("date", "", "២៣/០៦/២០២២")]
    assert {i.title: i.what for i in seen.items if i.kind == "meeting"}["លុប"] == "deleted"
    assert seen.number == 1 and seen.office == "0801" and seen.to == "08" and seen.total == 4


def test_a_third_side_and_a_delete_are_foretold_with_their_authors(world: World) -> None:
    world.desk("b", "0802")
    world.enrol("p", "b")
    shared, gone = world.meeting("p", venue="ដើម"), world.meeting("p", subject="លុប")
    for name in "ab":
        world.carry("p", name)
        records.save(world[name], "meeting", {"venue": f"សាលា {name}"}, shared)
    records.save(world["a"], "meeting", {"venue": "បន្តសរសេរ"}, gone)
    records.save(world["p"], "meeting", {"venue": "សាលា p"}, shared)
    records.delete(world["p"], gone)
    world.carry("b", "p")
    seen = exchange.inspect(world["p"], world.package("a"))
    told = {d.id: d.fields[0] for d in seen.differences}
    assert {(s.here, s.shown) for s in told[shared].sides} == {
        (True, "សាលា b"), (True, "សាលា p"), (False, "សាលា a"),
    }  # fmt: skip
    sides = {(s.here, s.value, s.shown, s.by) for s in told[gone].sides}
    assert sides == {(True, True, "បានលុប", "មន្ត្រី p"), (False, False, "បានបន្តសរសេរ", "មន្ត្រី a")}
    assert told[gone].label == "បានលុប"


def test_a_package_for_another_shows_its_outside_and_why(world: World) -> None:
    world.desk("b", "0802")
    world.enrol("p", "b")
    path = world.package("p", "a")
    seen = exchange.inspect(world["b"], path)
    assert seen.status == "refused" and seen.to == "0801" and seen.office == "08" and "0801" in str(seen.why)
    assert exchange.inspect(world["p"], path).status == "nothing new", "the sender can look into its own"


def test_a_difference_goes_round_and_is_settled_once(world: World) -> None:
    world.desk("b", "0802")
    world.enrol("p", "b")
    shared = world.meeting("p", venue="ដើម")
    for name in "ab":
        world.carry("p", name)
        records.save(world[name], "meeting", {"venue": f"សាលា {name}"}, shared)
    assert world.carry("a", "p").conflicts == 0
    assert world.carry("b", "p").conflicts == 1
    (waiting,) = exchange.conflicts(world["p"])
    assert {side.value for side in waiting.values} == {"សាលា a", "សាលា b"} and waiting.before == "ដើម"
    assert {side.office for side in waiting.values} == {"0801", "0802"}
    with pytest.raises(BadInput):
        exchange.resolve(world["p"], shared, "venue", 5)
    exchange.resolve(world["p"], shared, "venue", "សាលារួម")
    with pytest.raises(NotFound):
        exchange.resolve(world["p"], shared, "venue", "ម្តងទៀត")
    for name in "ab":
        world.carry("p", name)
        assert exchange.conflicts(world[name]) == []
    assert shown(world["a"], ("08",)) == shown(world["b"], ("08",)) == shown(world["p"], ("08",))
    assert records.get(world["a"], shared)["venue"] == "សាលារួម"
    history = {w.value for w in records.history(world["a"], shared) if w.field == "venue"}
    assert history == {"ដើម", "សាលា a", "សាលា b", "សាលារួម"}


@pytest.mark.parametrize("keep", [True, False])
def test_an_edit_that_the_deleter_had_not_seen(world: World, keep: bool) -> None:
    shared = world.meeting("p")
    item = records.save(world["p"], "agenda_item", {"meeting": shared, "order": 1, "title": "ចំណុច"}).id
    world.carry("p", "a")
    records.delete(world["p"], shared)
    records.save(world["a"], "meeting", {"venue": "ថ្មី"}, shared)
    assert world.carry("a", "p").conflicts == 1
    (waiting,) = exchange.conflicts(world["p"])
    assert waiting.field == "_deleted" and [s.value for s in waiting.values] == [True, False]
    assert not records.get(world["p"], shared).deleted
    exchange.resolve(world["p"], shared, "_deleted", not keep)
    world.carry("p", "a")
    for name in "pa":
        assert exchange.conflicts(world[name]) == []
        assert records.get(world[name], shared).deleted is not keep
        assert records.get(world[name], item).deleted is not keep


def test_three_districts_and_their_province(tmp_path: Path) -> None:
    """What a district writes in a shared record reaches the others through the province; what is its own does not."""
    world = World(tmp_path)
    world.desk("p", "08")
    for n, name in enumerate("abc", 1):
        world.desk(name, f"080{n}")
        world.enrol("p", name)
    shared = world.meeting("p")
    for name in "abc":
        world.carry("p", name)
        world.meeting(name, subject=f"របស់ {name}")
        records.save(world[name], "agenda_item", {"meeting": shared, "order": 1, "title": f"ពី {name}"})
    for _turn in range(2):
        for name in "abc":
            world.carry(name, "p")
        for name in "abc":
            world.carry("p", name)
    for name in "abc":
        titles = {r["title"] for r in records.children(world[name], "agenda_item", shared)}
        assert titles == {"ពី a", "ពី b", "ពី c"}
        own = {r["subject"] for r in records.find(world[name], "meeting") if r.id != shared}
        assert own == {f"របស់ {name}"}
        assert shown(world[name], ("08",)) == shown(world["p"], ("08",))
        assert exchange.pending(world[name]).changes == 0
        assert care.check(world[name]).ok
    assert records.count(world["p"], "meeting") == 4
    world.close()


def test_a_nation_above_its_provinces(tmp_path: Path) -> None:
    """The same rules a level higher: the nation gets what the province vouches for, and the district what is above."""
    world = World(tmp_path)
    world.desk("p", "08")
    world.desk("a", "0801")
    world.enrol("p", "a")
    world.desk("n", "00")
    world.enrol("n", "p")
    own = world.meeting("a")
    law = world.meeting("n", subject="ជាតិ")
    world.carry("a", "p")
    world.carry("p", "n")
    assert records.get(world["n"], own)["subject"] == records.get(world["a"], own)["subject"]
    world.carry("n", "p")
    world.carry("p", "a")
    assert records.get(world["a"], law)["subject"] == "ជាតិ"
    assert [row.office for row in exchange.offices(world["a"])] == ["08"], "relayed cards are nobody to write to"
    world.close()


def test_two_computers_of_one_office(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.desk("p", "08")
    for name in ("a", "a2"):
        world.desk(name, "0801")
        world.enrol("p", name)
    mine = world.meeting("a")
    world.carry("a", "p")
    for name in ("a", "a2"):
        package = world.package("p", "a")
        assert world.merge(name, package).status in ("merged", "nothing new")
    assert records.get(world["a2"], mine).id == mine
    direct = world.meeting("a2", subject="ផ្ទាល់")
    assert world.merge("a", world.package("a2", "a")).status == "merged", "certified by the office above both"
    assert records.get(world["a"], direct)["subject"] == "ផ្ទាល់"
    world.close()


def test_withdrawn_and_replaced(world: World) -> None:
    world.desk("b", "0802")
    world.enrol("p", "b")
    world.meeting("a")
    world.carry("a", "p")
    exchange.revoke(world["p"], "0801")
    path = world.package("a")
    refused = world.merge("p", path)
    assert refused.status == "refused" and "0801" in str(refused.why)
    with pytest.raises(KeyProblem):
        world.package("p", "a")
    with pytest.raises(NotFound):
        exchange.revoke(world["p"], "0801")
    world.carry("p", "b")
    new = World(world.folder)
    new.desks = {**world.desks}
    new.desk("new", "0801")
    new.enrol("p", "new")
    meeting = new.meeting("new", subject="កុំព្យូទ័រថ្មី")
    assert new.carry("new", "p").status == "merged"
    assert records.get(world["p"], meeting)["subject"] == "កុំព្យូទ័រថ្មី"
    assert [(r.office, r.revoked) for r in exchange.offices(world["p"])] == [
        ("0801", True), ("0802", False), ("0801", False),
    ]  # fmt: skip
    exchange.enrol(world["p"], world.card("a"))
    assert world.merge("p", path).status == "nothing new", "accepted again"
    new["new"].close()


def test_cards(world: World, tmp_path: Path) -> None:
    own = exchange.own_card(world["a"])
    assert exchange.read_card(world.card("a")) == own
    spoken = own.fingerprint.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")).replace(" ", "-")
    assert exchange.enrol(world["p"], world.card("a"), spoken) == own
    with pytest.raises(KeyProblem):
        exchange.enrol(world["p"], world.card("a"), "12345 " * 8)
    for take, desk, card in ((exchange.enrol, "a", "p"), (exchange.join, "p", "a")):
        with pytest.raises(KeyProblem):
            take(world[desk], world.card(card))
    with pytest.raises(NotFound):
        world.package("a", "a") and exchange.export(world["a"], tmp_path / "x.cpsync", "0802")
    other = World(tmp_path / "other")
    other.folder.mkdir()
    other.desk("p", "08")
    with pytest.raises(KeyProblem):
        exchange.join(world["a"], other.card("p"))
    exchange.revoke(world["a"], "08")
    assert exchange.join(world["a"], other.card("p")).fingerprint == exchange.own_card(other["p"]).fingerprint
    other.close()


def test_a_new_name_of_an_office_travels(world: World) -> None:
    fingerprint = exchange.own_card(world["a"]).fingerprint
    records.save(world["a"], "office", {"name_km": "ឈ្មោះថ្មី"}, desks.office(world["a"]).id)
    assert exchange.own_card(world["a"]).fingerprint == fingerprint
    exchange.enrol(world["p"], world.card("a"))
    assert exchange.offices(world["p"])[0].name == "ឈ្មោះថ្មី"


def test_a_copied_desk_is_noticed(world: World, tmp_path: Path) -> None:
    """The same desk file on two computers: both write at one place of the chain, nothing is lost, both go on."""
    world.meeting("a")
    world.carry("a", "p")
    world["a"].close()
    twin = tmp_path / "twin.cpdesk"
    twin.write_bytes((tmp_path / "a.cpdesk").read_bytes())
    world.desks["a"] = desks.open_desk(tmp_path / "a.cpdesk")
    one = world.meeting("a", subject="ទីមួយ")
    world["a"].close()
    anchor = next((tmp_path / "home" / "anchors").glob("*.json"))
    kept = {path: path.read_bytes() for path in anchor.parent.glob("*.json")}
    for path in kept:  # the other computer's notes were as they were when the file was copied
        path.write_text(json.dumps({**json.loads(path.read_text()), "streams": {}}))
    world.desks["twin"] = desks.open_desk(twin)
    two = world.meeting("twin", subject="ទីពីរ")
    for path, note in kept.items():
        path.write_bytes(note)
    world.desks["a"] = desks.open_desk(tmp_path / "a.cpdesk")
    for name in ("a", "twin"):
        assert world.carry(name, "p").status == "merged"
    assert any(forked for _upto, forked in _chains(world["p"]).values())
    for name in ("a", "twin"):
        world.carry("p", name)
        assert {records.get(world[name], id_)["subject"] for id_ in (one, two)} == {"ទីមួយ", "ទីពីរ"}
        world.meeting(name, subject=f"បន្ត {name}")
        world.carry(name, "p")
    assert {"បន្ត a", "បន្ត twin"} <= {r["subject"] for r in records.find(world["p"], "meeting")}


def _chains(desk: object) -> dict[str, tuple[int, bool]]:
    from tests.sync.worlds import chains

    return chains(desk)  # type: ignore[arg-type]


def test_it_is_a_plain_zip(world: World) -> None:
    with zipfile.ZipFile(world.package("a")) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["README.txt", "header.json", "data.age"]
        header = json.loads(opened.read("header.json"))
        assert (header["from"], header["to"], header["number"], header["format"]) == ("0801", "08", 1, 1)
        assert "កញ្ចប់" in opened.read("README.txt").decode()


def test_private_things_stay(world: World) -> None:
    person = records.save(world["a"], "person", {"name_km": "សុខា", "phone": "012345678"}).id
    world.carry("a", "p")
    assert records.get(world["a"], person)["phone"] == "012345678"
    assert records.get(world["p"], person)["phone"] is None


def test_cancelling_leaves_no_trace(world: World) -> None:
    for n in range(30):
        world.meeting("a", subject=f"ទី {n}")
    path = world.package("a")
    before = content(world["p"]), content(world["a"])

    def stop(done: int, total: int) -> None:
        assert 0 <= done <= total
        if done > total // 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        exchange.merge(world["p"], [path], progress=stop)
    target = world.folder / "never.cpsync"
    with pytest.raises(Cancelled):
        exchange.export(world["a"], target, progress=stop)
    assert not target.exists() and not list(world.folder.glob("*.part"))
    assert (content(world["p"]), content(world["a"])) == before
    assert world.merge("p", path).status == "merged"


def test_no_room(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    path = world.package("a")
    usage = type("Usage", (), {"free": 3 * path.stat().st_size - 1})()
    with monkeypatch.context() as patch:
        patch.setattr("shutil.disk_usage", lambda _folder: usage)
        refused = world.merge("p", path)
        assert refused.status == "refused" and refused.why
    assert world.merge("p", path).status == "merged"
    with pytest.raises(DiskProblem):
        exchange.export(world["a"], world.folder / "no" / "where.cpsync")
    assert world.merge("p", world.folder / "missing.cpsync").status == "refused"
    assert exchange.export(world["a"], world.folder / "next.cpsync").number == 2, "a failed one takes no number"
