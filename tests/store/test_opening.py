"""Making, opening, copying and checking desk files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cpdesk.errors import DeskProblem, DiskProblem
from cpdesk.records import kind
from cpdesk.store import Desk, care, connection, find, state, writer
from cpdesk.tasks import desk as tasks
from tests import desks

PAGE = 4096


def test_a_desk_is_cipher_from_its_first_byte(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        writer.save(desk, kind("meeting"), {"subject": "SECRET-SUBJECT"})
        path = desk.path
    data = path.read_bytes()
    assert b"SQLite" not in data and b"SECRET" not in data and b"CREATE TABLE" not in data


def test_a_taken_name_is_refused_and_left(tmp_path: Path) -> None:
    path = tmp_path / "a.cpdesk"
    path.write_bytes(b"mine")
    with pytest.raises(DeskProblem):
        tasks.create(path, "0801", "សុខ")
    assert path.read_bytes() == b"mine"
    assert [p.name for p in tmp_path.iterdir() if p.name != "home"] == ["a.cpdesk"]


@pytest.mark.parametrize("content", [b"", b"x" * 10, b"nonsense" * 1000, b"SQLite format 3\0" + b"\0" * 5000])
def test_what_is_no_desk_is_refused_and_left(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.cpdesk"
    path.write_bytes(content)
    with pytest.raises(DeskProblem):
        Desk.open(path)
    assert path.read_bytes() == content


def test_a_missing_desk_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(DiskProblem):
        Desk.open(tmp_path / "none.cpdesk")
    assert not (tmp_path / "none.cpdesk").exists()


def test_a_desk_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        desk.db.execute(
            "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES('cpdesk', 'm999_later', '')"
        )
        path = desk.path
    before = path.read_bytes()
    with pytest.raises(DeskProblem) as refused:
        Desk.open(path)
    assert "ថ្មី" in str(refused.value) or "newer" in str(refused.value)
    assert path.read_bytes() == before


def test_damaged_pages_are_noticed(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        path = desk.path
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    try:
        with Desk.open(path) as desk:
            assert not care.check(desk).ok
    except DeskProblem:
        pass  # refused on opening is as good


@pytest.mark.parametrize("at", [20, 100, 4000])
def test_a_damaged_first_page_is_told_like_any_other(tmp_path: Path, at: int) -> None:
    with desks.make(tmp_path) as desk:
        path = desk.path
        tasks.backup(desk, tmp_path / "b.bak")
    for damaged in (path, tmp_path / "b.bak"):
        data = bytearray(damaged.read_bytes())
        data[at] ^= 1
        damaged.write_bytes(data)
    with pytest.raises(DeskProblem):
        Desk.open(path)
    with pytest.raises(DeskProblem):
        tasks.restore(tmp_path / "b.bak", tmp_path / "r.cpdesk")
    assert not (tmp_path / "r.cpdesk").exists()


def test_pages_that_a_power_cut_tore_are_whole_in_the_log(tmp_path: Path) -> None:
    """While the log was being written back: the file's own pages may be torn, and the desk is whole all the same."""
    with desks.make(tmp_path) as desk:
        path, saved = desk.path, writer.save(desk, kind("meeting"), {"subject": "ក"})
        data, wal = bytearray(path.read_bytes()), Path(f"{path}-wal").read_bytes()
    pages = {int.from_bytes(wal[at : at + 4], "big") for at in range(32, len(wal), 24 + PAGE)} - {1}
    held = [page for page in pages if page * PAGE <= len(data)]
    assert held
    for page in held:
        data[(page - 1) * PAGE + 512 : (page - 1) * PAGE + 1024] = bytes(512)
    path.write_bytes(data)
    Path(f"{path}-wal").write_bytes(wal)
    with Desk.open(path) as desk:
        assert care.check(desk).problems == []
        assert find.row(desk.db, saved.id) is not None


def test_a_desk_that_was_half_made_is_finished_when_it_is_opened(tmp_path: Path) -> None:
    """The power went behind the file and before the office's own record."""
    Desk.create(tmp_path / "a.cpdesk", "0802", "សុខ").close()
    for _time in range(2):
        with tasks.open_desk(tmp_path / "a.cpdesk") as desk:
            found = find.rows(desk.db, kind("office"))
            assert [row.text("code") for row in found] == ["0802"] and found[0].text("issuer")
            assert desk.db.execute("SELECT count(*) FROM secret").fetchone() == (2,)


def test_state_is_made_again_when_the_declaration_has_changed(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        saved = writer.save(desk, kind("meeting"), {"subject": "ក", "venue": "ខ"})
        desk.db.execute(f"UPDATE {state.table('meeting')} SET venue = 'ខុស'")
        assert not care.check(desk).ok
        desk.db.execute("UPDATE meta SET value = 'older' WHERE key = 'shape'")
        path = desk.path
    with Desk.open(path) as desk:
        row = find.row(desk.db, saved.id)
        assert row is not None and row["venue"] == "ខ"
        assert care.check(desk).ok


def test_the_same_desk_goes_on_in_its_streams(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        site, path = desk.site, desk.path
    with Desk.open(path) as desk:
        assert desk.site == site


def test_a_copy_brought_back_writes_in_new_streams(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        path, site = desk.path, desk.site
        older = tmp_path / "older"
        care.copy(desk, older)
        writer.save(desk, kind("meeting"), {"subject": "ក្រោយពេលចម្លង"})
    shutil.copy(older, path)
    with Desk.open(path) as desk:
        assert desk.site != site
        before = {s.id for s in _streams(desk)}
        writer.save(desk, kind("meeting"), {"subject": "ថ្មី"})
        assert len({s.id for s in _streams(desk)} - before) == 1


def test_a_desk_seen_first_on_this_computer_writes_in_new_streams(tmp_path: Path, own_home: Path) -> None:
    with desks.make(tmp_path) as desk:
        path, site = desk.path, desk.site
    shutil.rmtree(own_home / "anchors")
    with Desk.open(path) as desk:
        assert desk.site != site


def test_backup_and_restore(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        saved = writer.save(desk, kind("meeting"), {"subject": "ក"})
        copied = tasks.backup(desk, tmp_path / "b.bak")
        assert copied.records == 2  # the meeting and the office
        assert tasks.check(desk).ok
    assert tasks.restore(tmp_path / "b.bak", tmp_path / "r.cpdesk").records == 2
    with Desk.open(tmp_path / "r.cpdesk") as back:
        assert find.row(back.db, saved.id) is not None
        assert tasks.check(back).ok
    with pytest.raises(DeskProblem):
        tasks.restore(tmp_path / "b.bak", tmp_path / "r.cpdesk")


def test_a_desk_that_is_taken_away_saves_no_more_but_can_be_copied(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        saved = writer.save(desk, kind("meeting"), {"subject": "ក"})
        desk.path.unlink()
        with pytest.raises(DeskProblem):
            writer.save(desk, kind("meeting"), {"venue": "ខ"}, saved.id)
        assert tasks.backup(desk, tmp_path / "rescued.cpdesk").records == 2
    with Desk.open(tmp_path / "rescued.cpdesk") as back:
        row = find.row(back.db, saved.id)
        assert row is not None and (row["subject"], row["venue"]) == ("ក", None)


def test_a_damaged_backup_restores_nothing(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        tasks.backup(desk, tmp_path / "b.bak")
    data = bytearray((tmp_path / "b.bak").read_bytes())
    data[5000] ^= 0xFF
    (tmp_path / "b.bak").write_bytes(bytes(data))
    with pytest.raises(DeskProblem):
        tasks.restore(tmp_path / "b.bak", tmp_path / "r.cpdesk")
    assert not (tmp_path / "r.cpdesk").exists()


def test_no_key_no_desk(tmp_path: Path, own_home: Path) -> None:
    with desks.make(tmp_path) as desk:
        path = desk.path
    before = path.read_bytes()
    shutil.rmtree(own_home / "keys")
    with pytest.raises(DeskProblem):
        Desk.open(path)
    assert path.read_bytes() == before


def test_two_connections_take_turns(tmp_path: Path) -> None:
    with desks.make(tmp_path) as one, one.other() as two:
        for n in range(20):
            writer.save((one, two)[n % 2], kind("meeting"), {"subject": str(n)})
        assert find.count(one.db, kind("meeting")) == 20
        assert care.check(two).ok


def test_the_cipher_library_is_the_one_below_sqlite_utils() -> None:
    import sqlite_utils.utils

    assert sqlite_utils.utils.sqlite3.__name__.startswith("sqlcipher3")
    version = tuple(map(int, connection.sqlcipher3.sqlite_version.split(".")))
    assert version >= (3, 51, 3), "older ones can corrupt a WAL that two connections write"


def _streams(desk: Desk) -> list[object]:
    from cpdesk.store import log

    return list(log.streams(desk.db))
