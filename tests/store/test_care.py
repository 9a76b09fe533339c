"""What the check of a desk must notice, what a restore must refuse, and whose streams a desk writes in afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.errors import DeskProblem
from cpdesk.records import kind
from cpdesk.store import Desk, care, connection, keyfile, log, union, writer
from cpdesk.store.canonical import Op, digest_of
from cpdesk.tasks import desk as tasks
from tests import desks

MEETING, PAGE = kind("meeting"), 4096


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desks.make(tmp_path) as made:
        writer.save(made, MEETING, {"subject": "ក"})
        yield made


@pytest.mark.parametrize(
    "meddling",
    [
        "UPDATE op SET who = 'អ្នកផ្សេង' WHERE n = 2",
        "UPDATE op SET salt = randomblob(16) WHERE n = 2",
        "UPDATE op SET h = randomblob(16) WHERE n = 2",
        "UPDATE stream SET upto = upto - 1",
        "UPDATE stream SET tip = randomblob(16)",
        "DELETE FROM op WHERE n = 1",
        "UPDATE r_meeting SET subject = 'ខុស'",
        "DELETE FROM r_meeting",
        "INSERT INTO difference SELECT record, 'subject' FROM op WHERE n = 2",
    ],
)
def test_the_check_notices(desk: Desk, meddling: str) -> None:
    assert care.check(desk).ok
    assert desk.db.execute(meddling).rowcount > 0
    assert not care.check(desk).ok


def test_a_damaged_page_is_noticed_wherever_it_is(tmp_path: Path) -> None:
    """In opening or in the check, and never as anything but a `DeskProblem`."""
    with desks.make(tmp_path) as made:
        path = made.path
    whole = path.read_bytes()
    for page in range(1, len(whole) // PAGE + 1):
        data = bytearray(whole)
        data[page * PAGE - 1] ^= 1  # in the page's seal: its content is as it was
        path.write_bytes(data)
        try:
            with Desk.open(path) as damaged:
                assert not care.check(damaged).ok, page
        except DeskProblem:
            continue


@pytest.mark.parametrize(
    "hostile",
    [
        "CREATE VIEW v AS SELECT 1",
        "CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END",
        "PRAGMA application_id = 1",
    ],
)
def test_a_restore_refuses_what_is_no_plain_desk(desk: Desk, tmp_path: Path, hostile: str) -> None:
    copy = tasks.backup(desk, tmp_path / "b.bak").file
    db = connection.connect(copy, keyfile.find(copy))
    db.execute(hostile)
    db.conn.close()
    with pytest.raises(DeskProblem):
        tasks.restore(copy, tmp_path / "r.cpdesk")
    assert not (tmp_path / "r.cpdesk").exists()


def test_a_restored_desk_is_a_second_one(desk: Desk, tmp_path: Path) -> None:
    """Even where nothing was written since the copy: both are there now, and both will go on."""
    tasks.restore(tasks.backup(desk, tmp_path / "b.bak").file, tmp_path / "r.cpdesk")
    with Desk.open(tmp_path / "r.cpdesk") as second:
        assert second.site != desk.site
        for each in (desk, second):
            writer.save(each, MEETING, {"subject": "បន្ត"})
        ends = [{s.id for s in log.streams(each.db) if s.mine} for each in (desk, second)]
        assert not ends[0] & ends[1]


def test_nobody_goes_on_in_a_stream_that_another_wrote_in(desk: Desk) -> None:
    """A copy of this desk wrote on at the end of our chain, and its change came to us: no fork, yet ours no more."""
    ours = next(s for s in log.streams(desk.db) if s.mine and s.scope == desk.office)
    salt, sets = bytes(16), b'{"subject":"x"}'
    op = Op(
        ours.id, ours.upto + 1, ours.tip, 1, "w", "meeting", bytes(15) + b"\1", b"", digest_of(salt, sets), salt, sets
    )
    with union.merging(desk) as merge:
        merge.add(merge.stream(ours.id, ours.office, ours.scope, ours.nonce), [op])
        merge.project()
    writer.save(desk, MEETING, {"subject": "ខ"})
    now = {s.id: s for s in log.streams(desk.db)}
    assert now[ours.id].upto == ours.upto + 1 and not now[ours.id].forked
    assert sum(s.mine and s.scope == desk.office for s in now.values()) == 1 and not now[ours.id].mine
    assert care.check(desk).ok
