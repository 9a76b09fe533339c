"""A desk of any program that was ever handed out opens with today's, and shows what the old one showed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cpdesk import settings
from cpdesk.cli import program
from cpdesk.errors import Damaged, DeskProblem, DiskProblem
from cpdesk.store import Desk, blobs, care, find, log, schema, state
from cpdesk.tasks import Cancelled, attachments, bringing_back, exchange, records
from cpdesk.tasks import desk as tasks
from tests import desks, kept

ALL = {step.__name__ for step in schema.STEPS}


def copies(home: Path) -> list[Path]:
    return sorted((home / "backups").glob("before-upgrade-*.cpdesk"))


def test_every_step_but_the_last_is_kept() -> None:
    """The last one's desks are those of today."""
    names = [step.__name__.partition("_")[0] for step in schema.STEPS]
    assert [*kept.STEPS] == names[:-1]


@pytest.mark.parametrize("step", kept.STEPS)
def test_an_old_desk_shows_what_it_showed(step: str, tmp_path: Path, own_home: Path) -> None:
    path, said = kept.desk(step, tmp_path), kept.said(step)
    before = path.read_bytes()
    with tasks.open_desk(path) as desk:
        assert care.check(desk).problems == []
        assert schema.applied(desk.db) == ALL and set(said["steps"]) < ALL
        assert len(exchange.conflicts(desk)) == 1
    assert len(said["records"]) > 60
    run = CliRunner()
    for id_, was in said["records"].items():
        now = json.loads(run.invoke(program, ["--desk", str(path), "get", id_, "--json"]).stdout)
        assert {name: now.get(name) for name in was} == was, id_
    (copy,) = copies(own_home)
    inside = bringing_back.look_into(copy)
    assert inside.office == "08" and inside.records >= len(said["records"])
    assert copy.stat().st_size == len(before)
    with tasks.open_desk(path) as desk:
        assert records.search(desk, "ពិភាក្សា") and len(copies(own_home)) == 1, "once"


@pytest.mark.parametrize("step", kept.STEPS)
def test_and_works_on(step: str, tmp_path: Path) -> None:
    with tasks.open_desk(kept.desk(step, tmp_path)) as desk:
        streams = {stream.id for stream in log.streams(desk.db)}
        (came,) = exchange.merge(desk, [kept.package(step)])
        assert came.status == "merged" and care.check(desk).problems == []
        assert records.find(desk, "meeting", {"subject": "មកដល់ក្រោយ"})
        saved = records.save(desk, "meeting", {"subject": "ថ្មី", "date": "2026-11-28", "sort": "ordinary"})
        assert find.row(desk.db, saved.id) is not None
        exchange.export(desk, tmp_path / "back.cpsync", "0801")
        assert streams <= {stream.id for stream in log.streams(desk.db)}
        for row in records.find(desk, "attachment"):
            assert blobs.is_whole(desk.db, row.text("sha256"))
        files = [one for row in records.find(desk, "meeting") for one in attachments.of(desk, row.id)]
        assert len(files) == (0 if step == "m001" else 1) and all(one.here for one in files)
        if step > "m002":
            assert [row.undone for row in exchange.packages(desk)].count(True) == 1


@pytest.mark.parametrize("step", kept.STEPS)
def test_an_old_copy_is_brought_back(step: str, tmp_path: Path) -> None:
    copy = kept.desk(step, tmp_path, "old.cpbackup")
    before = copy.read_bytes()
    tasks.restore(copy, tmp_path / "back.cpdesk")
    with tasks.open_desk(tmp_path / "back.cpdesk") as desk:
        assert care.check(desk).problems == [] and records.count(desk, "meeting") > 0
    assert copy.read_bytes() == before


def test_a_copy_goes_before_a_new_shape_too(tmp_path: Path, own_home: Path) -> None:
    with desks.make(tmp_path) as desk:
        desk.db.execute("UPDATE meta SET value = 'older' WHERE key = 'shape'")
    with tasks.open_desk(desk.path) as again:
        assert state.is_current(again.db)
    assert len(copies(own_home)) == 1


def test_what_stops_it_leaves_the_old_desk(tmp_path: Path, own_home: Path) -> None:
    path = kept.desk("m003", tmp_path)
    before = path.read_bytes()
    ends: list[str] = []
    while len(ends) < 9:
        left = iter(range(len(ends)))

        def stop(_done: int, _total: int, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise Cancelled

        try:
            tasks.open_desk(path, stop).close()
            break
        except Cancelled:
            ends.append("as it was" if path.read_bytes() == before else "made ready")
            assert _steps(path) in ({*kept.said("m003")["steps"]}, ALL)
            assert not list((own_home / "backups").glob(".*"))
    assert ends[0] == "as it was" and 2 <= len(ends) < 9
    with tasks.open_desk(path) as desk:
        assert care.check(desk).problems == []


def _steps(path: Path) -> set[str]:
    from cpdesk.store import connection, keyfile

    db = connection.connect(path, keyfile.find(path))
    try:
        return schema.applied(db)
    finally:
        db.conn.close()


def test_a_damaged_old_desk_is_told_to_be_damaged(tmp_path: Path) -> None:
    path = kept.desk("m004", tmp_path)
    data = bytearray(path.read_bytes())
    data[len(data) - 9000] ^= 1
    path.write_bytes(data)
    with pytest.raises(Damaged):
        tasks.open_desk(path)
    assert path.read_bytes() == bytes(data)


# --- no room -------------------------------------------------------------------------------------------------------
@pytest.fixture
def small_home(own_home: Path) -> Iterator[Path]:
    """The person's own folder on a disk of three megabytes, where this account may make one."""
    own_home.mkdir()
    if (
        not shutil.which("mount")
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=3000k", "tmpfs", own_home], capture_output=True
        ).returncode
    ):
        pytest.skip("no disk can be made here")
    yield own_home
    subprocess.run(["umount", own_home], check=True)


def test_with_no_room_for_the_copy_the_desk_stays_as_it_is(small_home: Path, tmp_path: Path) -> None:
    path = kept.desk("m004", tmp_path)
    before = path.read_bytes()
    (small_home / "photos").write_bytes(bytes(shutil.disk_usage(small_home).free - 400_000))
    with pytest.raises(DiskProblem) as refused:
        tasks.open_desk(path)
    assert "MB" in refused.value.todo and path.read_bytes() == before
    assert not list(tmp_path.glob("*-wal")) and not list((small_home / "backups").iterdir())
    stick = tmp_path / "stick"
    stick.mkdir()
    settings.change(backup_folder=str(stick))
    with tasks.open_desk(path) as desk:
        assert care.check(desk).ok
    assert len(list(stick.glob("before-upgrade-*"))) == 1


def test_older_copies_of_an_upgrade_make_room(small_home: Path, tmp_path: Path) -> None:
    path = kept.desk("m004", tmp_path)
    size = path.stat().st_size
    folder = small_home / "backups"
    folder.mkdir()
    salt = path.read_bytes()[:4].hex()
    old = [folder / f"before-upgrade-08-{salt}-2026010{n}-120000-000000.cpdesk" for n in (1, 2)]
    for one in old:
        one.write_bytes(bytes(4096))
    (small_home / "photos").write_bytes(bytes(shutil.disk_usage(small_home).free - size + 16384))
    free = shutil.disk_usage(small_home).free
    assert free < size
    with pytest.raises(DiskProblem):
        tasks.open_desk(path)
    assert [one.exists() for one in old] == [False, True]


def test_a_new_shape_needs_no_room_for_a_copy(small_home: Path, tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        desk.db.execute("UPDATE meta SET value = 'older' WHERE key = 'shape'")
    (small_home / "photos").write_bytes(bytes(shutil.disk_usage(small_home).free - 100_000))
    with tasks.open_desk(desk.path) as again:
        assert state.is_current(again.db)
    assert not list((small_home / "backups").iterdir())


# --- newer ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("how", ["closed", "with its log", "a copy", "a copy with its lock"])
def test_a_desk_of_a_newer_program_is_left_byte_for_byte(how: str, tmp_path: Path) -> None:
    later = "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES('cpdesk', 'm999_later', '')"
    path = tmp_path / "newer.cpdesk"
    password = "ផ្កា រំដួល ភ្នំ ទន្លេ" if how == "a copy with its lock" else ""
    with tasks.create(tmp_path / "0802.cpdesk", "0802", "សុខ", password) as desk:
        desk.db.execute(later)
        if how == "with its log":
            for end in ("", "-wal"):
                shutil.copy(f"{desk.path}{end}", f"{path}{end}")
        if how.startswith("a copy"):
            care.copy(desk, path)
        key = desk.key
    if how == "closed":
        shutil.copy(desk.path, path)
    files = {file.name: file.read_bytes() for file in tmp_path.glob("newer.*") if not file.name.endswith("-shm")}
    assert len(files) == (2 if how == "with its log" else 1)
    for _time in range(2):
        with pytest.raises(DeskProblem) as refused:
            Desk.open(path, key=key)
        assert "ថ្មី" in refused.value.what and not isinstance(refused.value, Damaged)
        now = {file.name: file.read_bytes() for file in tmp_path.glob("newer.*") if not file.name.endswith("-shm")}
        assert now == files
