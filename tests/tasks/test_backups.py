"""Backups by themselves: when, where, which stay; and the way back, on which the present desk is kept."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk import settings
from cpdesk.errors import DeskProblem, DiskProblem
from cpdesk.store import Desk, care
from cpdesk.tasks import Cancelled, backups, bringing_back, records
from cpdesk.tasks import desk as desks
from tests import desks as made_desks


@pytest.fixture
def closing(tmp_path: Path) -> Desk:
    """A desk with a meeting, which the test closes itself."""
    made = made_desks.make(tmp_path, "0802")
    records.save(made, "meeting", {"subject": "ប្រជុំ", "date": "2022-06-23"})
    return made


@pytest.fixture
def desk(closing: Desk) -> Iterator[Desk]:
    with closing:
        yield closing


def now() -> datetime:
    return datetime.now().astimezone().replace(hour=12)


def write(desk: Desk) -> None:
    records.save(desk, "meeting", {"subject": "ប្រជុំទៀត"})


# --- when ----------------------------------------------------------------------------------------------------------
def test_a_desk_that_never_was_backed_up_is_due_and_late_after_two_days(desk: Desk) -> None:
    assert backups.is_due(desk, now())
    assert not backups.last(desk).overdue
    told = backups.last(desk, now() + timedelta(days=3))
    assert told.overdue and told.at is None and told.when == "day"
    assert told.folder == desk.path.parent / "backups" and told.folder_there


def test_once_a_day_and_only_where_something_changed(desk: Desk) -> None:
    made = backups.make(desk, now())
    assert made.records == 2 and made.file.parent == backups.folder_of(desk)
    assert not backups.is_due(desk, now() + timedelta(days=1)), "nothing was written since"
    told = backups.last(desk, now() + timedelta(days=30))
    assert told.fresh and not told.overdue and told.file == made.file and told.at == made.at
    write(desk)
    assert not backups.is_due(desk, now())
    assert backups.is_due(desk, now() + timedelta(days=1))
    assert backups.last(desk, now() + timedelta(days=3)).overdue
    assert backups.is_due(desk, now() - timedelta(days=9000)), "a clock set back does not end all backups"


def test_each_hour_when_closing_or_never(desk: Desk) -> None:
    backups.make(desk, now())
    write(desk)
    settings.change(backup_when="hour")
    assert not backups.is_due(desk, now() + timedelta(minutes=59))
    assert backups.is_due(desk, now() + timedelta(minutes=60))
    assert backups.is_due(desk, now() - timedelta(hours=3)), "the clock was set back"
    assert not backups.is_due(desk, now() + timedelta(days=1), closing=True)
    settings.change(backup_when="close")
    assert backups.is_due(desk, now(), closing=True) and not backups.is_due(desk, now() + timedelta(days=1))
    settings.change(backup_when="off")
    assert not any(backups.is_due(desk, now() + timedelta(days=9), closing=closing) for closing in (True, False))
    assert not backups.last(desk, now() + timedelta(days=6)).overdue, "who wants none is told less often"
    assert backups.last(desk, now() + timedelta(days=8)).overdue


def test_what_comes_in_asks_for_a_backup_too(tmp_path: Path) -> None:
    with made_desks.make(tmp_path, "08") as upper, made_desks.make(tmp_path, "0802") as lower:
        backups.make(upper)
        made_desks.befriend(upper, lower, tmp_path)
        assert not backups.last(upper).fresh


# --- where ---------------------------------------------------------------------------------------------------------
def test_a_chosen_folder_that_is_gone_is_not_made_in_its_place(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick" / "ទុក"
    settings.change(backup_folder=str(stick))
    with pytest.raises(DiskProblem):
        backups.make(desk)
    assert not stick.parent.exists() and not backups.last(desk).folder_there
    assert backups.is_due(desk, now()), "it is tried again"
    stick.mkdir(parents=True)
    assert backups.make(desk).file.parent == stick and backups.last(desk).folder_there


def test_a_stopped_backup_leaves_nothing(desk: Desk) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        backups.make(desk, now(), stop)
    assert list(backups.folder_of(desk).iterdir()) == [] and backups.last(desk).at is None
    write(desk)  # the desk goes on


def test_typing_holds_up_no_backup(desk: Desk, tmp_path: Path) -> None:
    """SQLite begins a copy anew at each save of somebody else, unless its view stands."""
    records.save(desk, "meeting", {"subject": "ក" * 400_000})
    seen: list[int] = []
    writer = desk.other()

    def at_each_step(done: int, _total: int) -> None:
        assert not seen or done > seen[-1], "begun anew"
        seen.append(done)
        write(writer)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(care, "PAGES_A_STEP", 40)
        backups.make(desk, now(), at_each_step)
    assert len(seen) > 3 and not backups.last(desk).fresh
    writer.close()


def test_a_backup_by_hand_counts_and_is_never_thinned(desk: Desk, tmp_path: Path) -> None:
    mine = backups.by_hand(desk, tmp_path / "my own.cpbackup")
    assert backups.last(desk).file == mine.file and backups.last(desk).fresh


# --- which stay ----------------------------------------------------------------------------------------------------
def test_of_a_year_of_hours_a_few_dozen_stay() -> None:
    start = datetime(2026, 1, 1, 8)
    hours = [start + timedelta(days=day, hours=hour) for day in range(365) for hour in range(9)]
    kept = sorted(backups.thinned(hours), reverse=True)
    assert kept[:10] == hours[:-11:-1], "the newest ten"
    days = {at.date() for at in kept}
    assert {(hours[-1] - timedelta(days=n)).date() for n in range(7)} <= days
    assert {(at.year, at.month) for at in kept} == {(2026, month) for month in range(1, 13)}
    assert len(kept) <= 10 + 7 + 5 + 12


moments = st.lists(st.datetimes(datetime(1970, 1, 1), datetime(2099, 12, 31)).map(lambda at: at.replace(microsecond=0)))


@given(moments)
def test_thinning_keeps_the_newest_and_settles(times: list[datetime]) -> None:
    kept = backups.thinned(times)
    assert kept <= set(times) and backups.thinned(kept) == kept
    assert set(sorted(set(times), reverse=True)[: backups.MANY[0]]) <= kept
    assert len(kept) <= sum(backups.MANY)


def test_only_what_is_wholly_ours_goes(desk: Desk, tmp_path: Path) -> None:
    first = backups.make(desk, now() - timedelta(days=900))
    folder = first.file.parent
    times = [now() - timedelta(days=800, minutes=n) for n in range(40)]
    months = [now() - timedelta(days=31 * n) for n in range(1, 30)]  # more than are kept
    for at in (*times, *months):
        shutil.copy(first.file, folder / backups.name_of(desk, at))
    foreign = folder / backups.name_of(desk, times[-1] - timedelta(hours=1))
    foreign.write_bytes(b"named like ours, and another's")
    of_another = backups.name_of(desk, times[-1] - timedelta(hours=2)).replace("-0802-", "-0803-")
    others = [folder / "0802.cpbackup", folder / of_another, folder / "letter"]
    for other in others:
        shutil.copy(first.file, other)
    write(desk)
    made = backups.make(desk, now() - timedelta(days=9000))
    assert made.file.exists(), "the one just made stays, however wrong the clock is"
    assert made.thinned > 25 and foreign.exists() and all(other.exists() for other in others)
    assert (folder / backups.name_of(desk, months[0])).exists()


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    """A disk of seven megabytes, where this account may make one."""
    place = tmp_path / "stick"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=7200k", "tmpfs", place], capture_output=True)
    if made.returncode:
        pytest.skip("no disk can be made here")
    yield place
    subprocess.run(["umount", place], check=True)


@pytest.mark.skipif(not shutil.which("mount"), reason="no disk can be made here")
def test_a_stick_that_our_own_copies_filled_takes_the_next_one(desk: Desk, small_stick: Path) -> None:
    settings.change(backup_folder=str(small_stick))
    made = [backups.make(desk, now() - timedelta(days=400)).file]
    while shutil.disk_usage(small_stick).free > made[0].stat().st_size + 8192:
        made.append(backups.make(desk, now() - timedelta(days=400 - 31 * len(made))).file)
    assert len(made) > 5 and all(file.exists() for file in made), "one of each month"
    write(desk)
    last = backups.make(desk, now()).file
    assert last.exists() and made[-1].exists() and not made[0].exists()
    (small_stick / "letter").write_bytes(b"x" * (shutil.disk_usage(small_stick).free - 4096))
    write(desk)
    with pytest.raises(DiskProblem):
        backups.make(desk, now() + timedelta(hours=1))
    assert last.exists() and made[-1].exists() and (small_stick / "letter").exists()
    assert backups.last(desk).file == last and not backups.last(desk).fresh


def test_parts_of_a_killed_program_go_after_a_day(desk: Desk) -> None:
    whole = backups.make(desk).file
    parts = [whole.with_name(f".{name}.part") for name in ("0123456789abcdef", "fedcba9876543210")]
    for part in parts:
        shutil.copy(whole, part)
    os.utime(parts[0], (0, 0))
    strange = whole.with_name(".a.part")
    strange.write_bytes(b"no copy of a desk at all")
    os.utime(strange, (0, 0))
    backups.make(desk)
    assert [part.exists() for part in (*parts, strange)] == [False, True, True]


def test_copies_that_still_hold_what_was_taken_out_are_told_of(desk: Desk, tmp_path: Path) -> None:
    settings.change(backup_folder=str(tmp_path / "stick"))
    (tmp_path / "stick").mkdir()
    older = [backups.make(desk, now() - timedelta(days=n)).file for n in (9, 30, 2)]
    kept = desks.keep_copy(desk, "before-merge")
    by_hand = backups.by_hand(desk, desk.path.parent / "mine.cpbackup").file
    aside = desk.path.with_name("0802-until-2026-01-01-120000.cpdesk")
    shutil.copy(kept, aside)
    for file, days in ((by_hand, 5), (aside, 40)):
        stamp = (now() - timedelta(days=days)).timestamp()
        os.utime(file, (stamp, stamp))
    (tmp_path / "stick" / "letter.cpdesk").write_bytes(b"no desk at all, named like one")
    with made_desks.make(tmp_path / "other", "0803") as other:
        backups.make(other)
    assert backups.older_than(desk, now() - timedelta(days=4)) == [aside, older[1], older[0], by_hand]
    every = backups.older_than(desk, now() + timedelta(days=1))
    assert set(every) == {aside, by_hand, kept, *older} and desk.path not in every


# --- the way back --------------------------------------------------------------------------------------------------
def test_backups_are_listed_newest_first(desk: Desk, tmp_path: Path) -> None:
    times = [now().replace(microsecond=0) - timedelta(days=n) for n in (1, 3, 2)]
    files = [backups.make(desk, at).file for at in times]
    kept = desks.keep_copy(desk, "before-merge")
    backups.by_hand(desk, desk.path.parent / "mine.cpbackup")
    with made_desks.make(tmp_path / "other", "0803") as other:
        shutil.copy(backups.make(other).file, files[0].parent)
    listed = bringing_back.found(bringing_back.folders(desk.path), desk.salt)
    assert {one.file for one in listed[:2]} == {kept, desk.path.parent / "mine.cpbackup"}
    assert [one.file for one in listed[2:]] == [files[0], files[2], files[1]]
    assert {one.why for one in listed} == {"", "before-merge"} and all(one.bytes > 0 for one in listed)
    assert len(bringing_back.found(bringing_back.folders(desk.path))) == len(listed) + 1


def test_one_looks_into_a_backup_before(desk: Desk, tmp_path: Path) -> None:
    made = backups.make(desk)
    write(desk)
    inside, present = bringing_back.look_into(made.file), bringing_back.holds(desk)
    assert (inside.office, inside.records, inside.counts["meeting"]) == ("0802", 2, 1)
    assert (present.records, present.counts["meeting"]) == (3, 2)
    assert inside.newest is not None and present.newest is not None and inside.newest < present.newest
    (tmp_path / "no.cpbackup").write_bytes(made.file.read_bytes()[:3000])
    with pytest.raises(DeskProblem):
        bringing_back.look_into(tmp_path / "no.cpbackup")


def test_the_present_desk_is_kept_beside_the_one_brought_back(closing: Desk, tmp_path: Path) -> None:
    made = backups.make(closing)
    write(closing)
    prepared = bringing_back.prepare(made.file, closing.path)
    with pytest.raises(DeskProblem):
        bringing_back.put_in_place(prepared, closing.path)
    assert records.count(closing, "meeting") == 2, "an open desk is not pulled away"
    closing.close()
    aside = bringing_back.put_in_place(prepared, closing.path)
    assert aside is not None and aside.parent == closing.path.parent and not prepared.exists()
    counts = []
    for path in (closing.path, aside):
        with desks.open_desk(path) as opened:
            counts.append(records.count(opened, "meeting"))
            assert care.check(opened).ok
    assert counts == [1, 2] and made.file.exists()


@pytest.mark.parametrize("links", [True, False])
def test_a_disk_that_says_no_leaves_the_present_desk(
    closing: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    prepared = bringing_back.prepare(backups.make(closing).file, closing.path)
    write(closing)
    closing.close()
    if not links:
        monkeypatch.setattr("os.link", lambda *_names: (_ for _ in ()).throw(OSError("no second names here")))
    prepared.unlink()  # the stick with it was pulled
    with pytest.raises(DiskProblem):
        bringing_back.put_in_place(prepared, closing.path)
    with desks.open_desk(closing.path) as again:
        assert records.count(again, "meeting") == 2
    assert not list(tmp_path.glob("*until*"))


def test_where_no_desk_lies_it_takes_the_place(desk: Desk, tmp_path: Path) -> None:
    made = backups.make(desk)
    gone = tmp_path / "new" / "0802.cpdesk"
    gone.parent.mkdir()
    assert bringing_back.put_in_place(bringing_back.prepare(made.file, gone), gone) is None
    with desks.open_desk(gone) as again:
        assert records.count(again, "meeting") == 1
