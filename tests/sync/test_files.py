"""Attached files on their way between offices: to whom they go, when they are sent again, how late ones heal."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.store import Desk, blobs, care, redaction
from cpdesk.store.connection import immediate
from cpdesk.tasks import attachments, exchange, records
from cpdesk.tasks import desk as desks
from cpdesk.tasks.sending import PACKAGE_FILES
from tests.sync.worlds import World, content, province_and_district

SCAN = b"%PDF-1.7 " + bytes(range(256)) * 40


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = province_and_district(tmp_path)
    yield made
    for desk in made.desks.values():
        assert care.check(desk).problems == []
    made.close()


def attach(world: World, name: str, of: str, data: bytes = SCAN, file: str = "បញ្ជី.pdf") -> str:
    kept = attachments.keep_bytes(world[name], file, data)
    return attachments.attach_kept(world[name], of, kept).id


def here(desk: Desk, of: str) -> list[bool]:
    return [one.here for one in attachments.of(desk, of)]


def files(package: Path) -> int:
    with zipfile.ZipFile(package) as inside:
        return sum(name.startswith("blobs/") for name in inside.namelist())


def second_district(world: World) -> World:
    world.desk("b", "0802")
    world.enrol("p", "b")
    return world


def test_a_scan_arrives_with_its_meeting(world: World, tmp_path: Path) -> None:
    meeting = world.meeting("a")
    scan = attach(world, "a", meeting)
    assert (exchange.pending(world["a"]).files, exchange.pending(world["a"]).file_bytes) == (1, len(SCAN))
    written = exchange.export(world["a"], tmp_path / "x.cpsync")
    assert (written.files, written.later) == (1, 0)
    seen = exchange.inspect(world["p"], written.package)
    merged = world.merge("p", written.package)
    assert seen.files == merged.files == 1 and here(world["p"], meeting) == [True]
    attachments.save_copy(world["p"], scan, tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == SCAN
    with zipfile.ZipFile(written.package) as inside:
        (name,) = [name for name in inside.namelist() if name.startswith("blobs/")]
        assert hashlib.sha256(inside.read(name)).hexdigest() in name, "anyone can tell whether it is whole"
    assert hashlib.sha256(SCAN).hexdigest().encode() not in written.package.read_bytes(), "and nobody what it is"


def test_what_the_other_side_has_is_not_sent_again(world: World) -> None:
    meeting = world.meeting("a")
    attach(world, "a", meeting)
    assert files(world.package("a")) == 1
    again = world.package("a")
    assert files(again) == 1, "not acknowledged yet"
    world.merge("p", again)
    world.carry("p", "a")
    assert exchange.pending(world["a"]).files == 0
    records.save(world["a"], "meeting", {"venue": "ថ្មី"}, meeting)
    later = world.package("a")
    assert files(later) == 0
    assert world.merge("p", later).changes == 1
    assert files(world.package("p", "a")) == 0, "nor back"


def test_the_same_content_lies_and_travels_once(world: World) -> None:
    one, two = world.meeting("a"), world.meeting("a", subject="ពីរ")
    attach(world, "a", one)
    attach(world, "a", two, file="ឈ្មោះផ្សេង.pdf")
    assert len(blobs.every(world["a"].db)) == 1
    path = world.package("a")
    assert files(path) == 1
    world.merge("p", path)
    assert here(world["p"], one) == here(world["p"], two) == [True]


def test_no_district_gets_the_files_of_another(world: World) -> None:
    second_district(world)
    meeting, shared = world.meeting("a"), world.meeting("p")
    attach(world, "a", meeting)
    attach(world, "p", shared, b"for all")
    world.carry("a", "p")
    path = world.package("p", "b")
    assert files(path) == 1
    world.merge("b", path)
    assert [blob.sha256 for blob in blobs.every(world["b"].db)] == [hashlib.sha256(b"for all").hexdigest()]


def test_whoever_only_knows_a_hash_is_not_given_the_file(world: World) -> None:
    """The second district writes a record of its own that names the first one's file."""
    second_district(world)
    attach(world, "a", world.meeting("a"))
    world.carry("a", "p")
    own = world.meeting("b")
    sha256 = hashlib.sha256(SCAN).hexdigest()
    values = {"of": own, "order": 1, "file_name": "x.pdf", "sha256": sha256, "bytes": len(SCAN)}
    records.save(world["b"], "attachment", values)
    for _round in range(3):
        world.carry("b", "p")
        path = world.package("p", "b")
        assert files(path) == 0
        world.merge("b", path)
    assert here(world["b"], own) == [False] and here(world["p"], own) == [True]
    attach(world, "b", world.meeting("b", subject="ពិត"))  # once it has the file itself, its record is as good as any
    world.carry("b", "p")
    assert here(world["b"], own) == [True]


def test_a_file_of_ones_own_comes_back_where_it_was_lost(world: World) -> None:
    meeting = world.meeting("a")
    attach(world, "a", meeting)
    world.carry("a", "p")
    world.carry("p", "a")
    with immediate(world["a"].db):
        blobs.drop(world["a"].db, [hashlib.sha256(SCAN).hexdigest()])
    assert here(world["a"], meeting) == [False] and attachments.awaited(world["a"]) == 1
    world.carry("a", "p")
    back = world.carry("p", "a")
    assert (back.status, back.changes, back.files) == ("merged", 0, 1) and here(world["a"], meeting) == [True]


def test_a_file_that_came_late_goes_on_to_those_who_wait(world: World) -> None:
    """The district attaches to the province's meeting and loses its copy; all get it when it is back there."""
    second_district(world)
    shared = world.meeting("p")
    world.carry("p", "a")
    attach(world, "a", shared)
    with immediate(world["a"].db):
        blobs.drop(world["a"].db, [hashlib.sha256(SCAN).hexdigest()])
    world.carry("a", "p")
    world.carry("p", "b")
    assert here(world["p"], shared) == here(world["b"], shared) == [False]
    world.carry("b", "p")
    world.carry("p", "a")
    attachments.keep_bytes(world["a"], "again.pdf", SCAN)
    attach(world, "a", world.meeting("a"))
    world.carry("a", "p")
    assert here(world["p"], shared) == [True]
    world.carry("p", "b")
    assert here(world["b"], shared) == [True]


def test_any_order_any_repetition(world: World) -> None:
    """Three packages that repeat one another, in every order, twice: the same files, the same records."""
    from itertools import permutations

    packages, meetings = [], []
    for n in range(3):
        meetings.append(world.meeting("a", subject=f"ទី {n}"))
        attach(world, "a", meetings[-1], SCAN + bytes([n]))
        packages.append(world.package("a"))
    backup = desks.backup(world["p"], world.folder / "empty.bak").file
    found = set()
    for turn, order in enumerate(permutations(packages)):
        target = world.folder / f"turn{turn}.cpdesk"
        desks.restore(backup, target)
        with desks.open_desk(target) as desk:
            exchange.merge(desk, [*order, *order])
            found.add((tuple(sorted(blobs.every(desk.db))), tuple(tuple(here(desk, one)) for one in meetings)))
            assert care.check(desk).problems == []
    assert len(found) == 1 and found.pop()[1] == ((True,), (True,), (True,))


def test_a_forked_stream_does_not_bring_its_files_each_time(world: World, tmp_path: Path) -> None:
    """A copied laptop makes a fork: its stream comes whole again and again, the files in it do not."""
    copy = tmp_path / "copy"
    meeting = world.meeting("a")
    attach(world, "a", meeting)
    world["a"].close()
    copy.write_bytes((tmp_path / "a.cpdesk").read_bytes())
    anchors = {path: path.read_bytes() for path in (tmp_path / "home" / "anchors").iterdir()}
    world.desks["a"] = desks.open_desk(tmp_path / "a.cpdesk")
    world.meeting("a", subject="មួយ")
    world.carry("a", "p")
    world["a"].close()
    for path, note in anchors.items():  # the other computer's own
        path.write_bytes(note)
    copy.rename(tmp_path / "a2.cpdesk")
    world.desks["a"] = desks.open_desk(tmp_path / "a2.cpdesk")
    world.meeting("a", subject="ពីរ")
    world.carry("a", "p")
    world.carry("p", "a")
    path = world.package("a")
    assert exchange.inspect(world["p"], path).total > 1, "the fork comes whole"
    assert files(path) == 0


def test_the_bin_keeps_and_sends_nothing(world: World) -> None:
    meeting = world.meeting("a")
    scan = attach(world, "a", meeting)
    records.delete(world["a"], scan)
    assert files(world.package("a")) == 0
    world.carry("a", "p")
    assert attachments.awaited(world["p"]) == 0, "nobody waits for what lies in the bin"
    records.undelete(world["a"], scan)
    world.carry("a", "p")
    assert here(world["p"], meeting) == [True]


def test_what_is_private_stays(world: World) -> None:
    meeting = world.meeting("a")
    attach(world, "a", meeting)
    world["a"].db.execute("UPDATE stream SET scope = '0801!' WHERE mine AND scope = '0801'")
    from cpdesk.store import state

    with immediate(world["a"].db):
        state.rebuild(world["a"].db)
    assert files(world.package("a")) == 0
    world["a"].db.execute("UPDATE stream SET scope = '0801' WHERE mine AND scope = '0801!'")
    with immediate(world["a"].db):
        state.rebuild(world["a"].db)


def test_a_redacted_file_goes_everywhere_and_does_not_come_back(world: World) -> None:
    meeting = world.meeting("a")
    scan = attach(world, "a", meeting)
    kept = attach(world, "a", meeting, b"other", "other.txt")
    old = world.package("a")
    world.merge("p", old)
    redaction.redact(world["a"], scan)
    assert [blob.bytes for blob in blobs.every(world["a"].db)] == [5]
    world.carry("a", "p")
    assert [blob.bytes for blob in blobs.every(world["p"].db)] == [5]
    assert world.merge("p", old).status == "nothing new"
    assert [blob.bytes for blob in blobs.every(world["p"].db)] == [5]
    assert [one.id for one in attachments.of(world["p"], meeting)] == [kept]


def test_content_that_two_records_name_stays_when_one_is_redacted(world: World) -> None:
    one, two = world.meeting("a"), world.meeting("a", subject="ពីរ")
    scan = attach(world, "a", one)
    attach(world, "a", two)
    redaction.redact(world["a"], scan)
    assert here(world["a"], two) == [True]


def test_more_than_a_package_takes_follows_with_the_next(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert PACKAGE_FILES < 2 << 30
    monkeypatch.setattr("cpdesk.tasks.sending.PACKAGE_FILES", 2 * len(SCAN) + 10)
    meeting = world.meeting("a")
    for n in range(5):
        attach(world, "a", meeting, SCAN + bytes([n]))
    written = exchange.export(world["a"], world.folder / "x.cpsync")
    assert (written.files, written.later) == (2, 3)
    world.merge("p", written.package)
    for _round in range(2):
        world.carry("p", "a")
        world.carry("a", "p")
    assert here(world["p"], meeting) == [True] * 5


def test_a_damaged_file_holds_nothing_up_and_heals(world: World) -> None:
    meeting = world.meeting("a")
    attach(world, "a", meeting)
    world.carry("a", "p")
    world["a"].db.execute("UPDATE blob_piece SET data = zeroblob(length(data))")
    assert "ឯកសារភ្ជាប់" in care.check(world["a"]).problems[0]
    sent = exchange.export(world["a"], world.folder / "x.cpsync", everything=True)
    assert (sent.files, sent.later) == (0, 1)
    tidied = attachments.tidy(world["a"])
    assert (tidied.unnamed, tidied.damaged, tidied.bytes) == (0, 1, len(SCAN))
    world.carry("a", "p")
    world.carry("p", "a")
    assert here(world["a"], meeting) == [True]


def test_a_rehearsal_keeps_nothing(world: World) -> None:
    meeting = world.meeting("a")
    attach(world, "a", meeting)
    path = world.package("a")
    before = content(world["p"])
    assert exchange.merge(world["p"], [path], dry_run=True)[0].files == 1
    assert exchange.inspect(world["p"], path).files == 1
    assert content(world["p"]) == before


def test_a_backup_has_the_files(world: World, tmp_path: Path) -> None:
    meeting = world.meeting("a")
    scan = attach(world, "a", meeting)
    desks.restore(desks.backup(world["a"], tmp_path / "b.bak").file, tmp_path / "r.cpdesk")
    with desks.open_desk(tmp_path / "r.cpdesk") as again:
        assert attachments.save_copy(again, scan, tmp_path / "out.pdf").read_bytes() == SCAN
        assert (care.check(again).files, care.check(again).problems) == (1, [])
