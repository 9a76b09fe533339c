"""Passwords, recovery codes, the help of the office above: what opens a desk, what no longer does, and what a cut at
any moment leaves."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from cpdesk import paths
from cpdesk.errors import DeskProblem, KeyProblem, Locked
from cpdesk.store import Desk, care, keyfile, keyring
from cpdesk.store.keyring import Lock
from cpdesk.tasks import backups, bringing_back, helping, keys, offices, records, roles, tries
from cpdesk.tasks import desk as desks
from tests.tasks.locking import FIRST, NAME, SECOND, die_at, let_go, locked, opens, stretch_little


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    stretch_little(monkeypatch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "0801.cpdesk"


def test_a_locked_desk_has_no_key_on_the_disk(path: Path) -> None:
    with desks.create(path, "0801", NAME, FIRST) as desk:
        secret, code = desk.key.secret, desk.recovery_code
        records.save(desk, "meeting", {"subject": "កិច្ចប្រជុំសម្ងាត់"})
    for file in (*path.parent.rglob("*"), *paths.home().rglob("*")):
        if file.is_file():
            held = file.read_bytes()
            for word in (secret, secret.hex().encode(), secret.hex().upper().encode(), code.encode(), FIRST.encode()):
                assert word not in held, file
            assert NAME.encode() not in held, f"{file} names an officer"
    assert keys.state(path) == keys.State("locked", code=True, office=False)


def test_nothing_but_the_password_opens_it(path: Path) -> None:
    locked(path)
    with pytest.raises(Locked):
        desks.open_desk(path)
    with pytest.raises(keys.WrongPassword):
        desks.open_desk(path, password=SECOND)
    with desks.open_desk(path, password=FIRST) as desk:
        assert desk.officer == NAME
        assert roles.acts(desk) == roles.ALL
        with desk.other() as other:
            assert (other.officer, other.who) == (desk.officer, desk.who)


@pytest.mark.parametrize(
    ("set_as", "typed"),
    [
        (FIRST, "  ស្វាយ   ចន្ទី ដូង ម្នាស់ "),
        (FIRST, "ស្វាយ\u200bចន្ទី\u200bដូង\u200bម្នាស់"),  # by the long key of a Khmer keyboard
        ("ស្ត្រី ខ្មែរ ស្រ្តី ២០២២", "ស្រ្តី ខ្មែរ ស្ត្រី 2022"),  # the coeng in either order, either digits
        ("កុំាប្រាំបី", "កាំុប្រាំបី"),
        ("Blue Mango Rice", "blue mango  RICE"),
        ("សម្ងាត់\u200bណាស់", "សម្ងាត់ណាស់"),
    ],
)
def test_a_password_is_folded_first(path: Path, set_as: str, typed: str) -> None:
    locked(path, password=set_as)
    desks.open_desk(path, password=typed).close()


# What a password folds to is part of every lock that was ever written.
FOLDED = {
    "ស្រ្តី ខ្មែរ": "ស្ត្រីខ្មែរ",
    "២០២២ Kandal": "2022kandal",
    "  Ａｂｃ  ១២៣ ": "abc123",
    "ចំការមន​ភ្នំពេញ": "ចំការមនភ្នំពេញ",
    "straße": "strasse",
}


@pytest.mark.parametrize(("typed", "folded"), FOLDED.items())
def test_folding_never_changes(typed: str, folded: str) -> None:
    assert keyring.prepared(typed) == folded


def test_the_stretching_is_what_it_says(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("CPDESK_HOME", str(path.parent / "home"))
    locked(path)
    lock = keyring.read(keyring.beside(path))
    assert lock is not None
    assert (lock.stretch.memory, lock.stretch.passes, lock.stretch.lanes) == (65_536, 3, 4)
    desks.open_desk(path, password=FIRST).close()


# --- changing ---------------------------------------------------------------------------------------------------------
def test_an_open_desk_gets_a_password_and_is_left_open_again(path: Path) -> None:
    with desks.create(path, "0801", NAME) as desk:
        records.save(desk, "body", {"name_km": "មន្ទីរ"})
        salt = desk.salt
        code = keys.set_password(desk, FIRST)
        assert code is not None
        assert keyring.is_code(code)
        assert desk.who is not None
    assert keyfile.kept(salt) is None
    with desks.open_desk(path, password=FIRST) as desk:
        assert len(records.find(desk, "body")) == 1
        keys.leave_open(desk, FIRST)
    with desks.open_desk(path) as desk:
        assert (desk.who, desk.officer) == (None, NAME)
    assert keys.state(path) == keys.State("open", code=True)


def test_a_changed_password_kills_the_old_one(path: Path) -> None:
    locked(path)
    with desks.open_desk(path, password=FIRST) as desk:
        with pytest.raises(keys.WrongPassword):
            keys.set_password(desk, SECOND, "something else")
        keys.set_password(desk, SECOND, FIRST)
    with pytest.raises(keys.WrongPassword):
        desks.open_desk(path, password=FIRST)
    desks.open_desk(path, password=SECOND).close()


def test_locking_that_is_cut_leaves_the_desk_open_or_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At every step of every file that is touched the program dies: the desk is as open as before, or locked by the
    password that was typed, and stays so."""
    seen = set()
    for at in count(1):
        path = tmp_path / f"{at}.cpdesk"
        desk = desks.create(path, "0801", NAME)
        died = die_at(at, partial(keys.set_password, desk, FIRST), monkeypatch)
        let_go(desk)
        kind = keys.state(path).kind
        seen.add(kind)
        desks.open_desk(path, password=None if kind == "open" else FIRST).close()
        assert keys.state(path).kind == kind
        if not died:
            break
    assert at > 15
    assert seen == {"open", "locked"}


def test_a_change_that_is_cut_leaves_the_old_password_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_by = []
    for at in count(1):
        path, _code = locked(tmp_path / f"{at}.cpdesk")
        desk = desks.open_desk(path, password=FIRST)
        died = die_at(at, partial(keys.set_password, desk, SECOND, FIRST), monkeypatch)
        let_go(desk)
        works = [word for word in (FIRST, SECOND) if opens(path, word)]
        assert len(works) == 1
        opened_by.append(works[0])
        if not died:
            break
    assert opened_by == sorted(opened_by, key=[FIRST, SECOND].index)
    assert set(opened_by) == {FIRST, SECOND}


def test_the_later_lock_counts_wherever_it_lies(path: Path) -> None:
    locked(path)
    old = keyring.beside(path).read_bytes()
    with desks.open_desk(path, password=FIRST) as desk:
        keys.set_password(desk, SECOND, FIRST)
    keyring.beside(path).write_bytes(old)  # somebody put the former lock back
    with pytest.raises(keys.WrongPassword):
        desks.open_desk(path, password=FIRST)
    desks.open_desk(path, password=SECOND).close()
    assert keyring.beside(path).read_bytes() != old, "opening mends it"


def test_a_desk_without_its_lock_takes_it_from_a_backup(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new account, another computer: the desk and the folder with its backups are all that is left."""
    locked(path)
    with desks.open_desk(path, password=FIRST) as desk:
        backups.make(desk)
    keyring.beside(path).unlink()
    monkeypatch.setenv("CPDESK_HOME", str(path.parent / "elsewhere"))
    assert keys.state(path).kind == "locked"
    desks.open_desk(path, password=FIRST).close()
    assert keyring.beside(path).exists()


def test_a_desk_with_nothing_to_open_it_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked(path)
    keyring.beside(path).unlink()
    monkeypatch.setenv("CPDESK_HOME", str(path.parent / "elsewhere"))
    assert keys.state(path).kind == "foreign"
    with pytest.raises(DeskProblem, match="cplock"):
        desks.open_desk(path, password=FIRST)


@pytest.mark.parametrize(
    "text",
    [
        b"", b"{}", b"null", b"[1]", b'{"cpdesk":"lock"}', b"\xff" * 100, b"[" * 5000,
        b'{"cpdesk":"lock","format":2}', b"x" * (keyring.MOST + 1),
    ],
)  # fmt: skip
def test_a_damaged_lock_is_none(path: Path, text: bytes) -> None:
    locked(path)
    keyring.beside(path).write_bytes(text)
    desks.open_desk(path, password=FIRST).close()  # by the copy in the person's folder
    assert keyring.read(keyring.beside(path)) is not None


@pytest.mark.parametrize("asked", [{"memory": 1 << 30}, {"passes": 10_000}, {"lanes": 0}, {"memory": 1}])
def test_a_hostile_lock_asks_for_nothing(path: Path, asked: dict[str, int]) -> None:
    locked(path)
    lock = keyring.read(keyring.beside(path))
    assert lock is not None
    assert Lock.load(lock.dump()) == lock
    assert Lock.load(replace(lock, stretch=replace(lock.stretch, **asked)).dump()) is None


# --- codes ------------------------------------------------------------------------------------------------------------
def test_a_used_code_dies_and_another_takes_its_place(path: Path) -> None:
    _path, code = locked(path)
    (who, name) = keys.by_code(path, code).officers[0]
    assert name == NAME
    desk, fresh = keys.recover(path, code.lower().replace("-", " "), who, SECOND)
    desk.close()
    with pytest.raises(keys.WrongPassword):
        keys.recover(path, code, who, FIRST)
    with pytest.raises(keys.WrongPassword):
        desks.open_desk(path, password=FIRST)
    desks.open_desk(path, password=SECOND).close()
    desk, _another = keys.recover(path, fresh, who, FIRST)
    desk.close()


def test_a_mistyped_code_is_told_and_costs_no_try(path: Path) -> None:
    _path, code = locked(path)
    wrong = code.replace(code[7], "2" if code[7] != "2" else "3", 1)
    for _n in range(10):
        with pytest.raises(keys.WrongPassword, match=r"អក្សរ|letter"):
            keys.by_code(path, wrong)
    assert keys.wait(path) == 0
    swapped = code[1] + code[0] + code[2:]
    assert keyring.is_code(swapped) == (code[0] == code[1])


def test_a_code_opens_no_desk_for_work(path: Path) -> None:
    _path, code = locked(path)
    with pytest.raises(Locked) as said:
        desks.open_desk(path, password=code)
    assert not isinstance(said.value, keys.WrongPassword)


def test_a_new_code_kills_the_old_one(path: Path) -> None:
    _path, code = locked(path)
    with desks.open_desk(path, password=FIRST) as desk:
        fresh = keys.new_code(desk)
    with pytest.raises(keys.WrongPassword):
        keys.by_code(path, code)
    assert keys.by_code(path, fresh).officers


# --- the office above -------------------------------------------------------------------------------------------------
def test_the_province_helps(tmp_path: Path, path: Path) -> None:
    with desks.create(tmp_path / "08.cpdesk", "08", "ខេត្ត") as province:
        offices.write_card(province, tmp_path / "p.cpcard")
        _path, code = locked(path)
        with desks.open_desk(path, password=FIRST) as desk:
            offices.join(desk, tmp_path / "p.cpcard")
        assert keys.state(path).office
        helping.write_request(path, tmp_path / "request.cplock")
        assert helping.whose(province, tmp_path / "request.cplock") == "0801"
        given = helping.answer(province, tmp_path / "request.cplock", tmp_path / "answer.cplock")
        helping.take_answer(path, tmp_path / "answer.cplock")
        with pytest.raises(keys.WrongPassword):
            keys.by_code(path, code)  # what was printed once is dead now
        who, _name = keys.by_code(path, given).officers[0]
        desk, fresh = keys.recover(path, given, who, SECOND)
        with desk:
            assert desk.officer == NAME
            backups.by_hand(desk, tmp_path / "stick.cpbackup")
        assert keys.by_code(path, fresh).officers
        again = helping.answer(province, tmp_path / "stick.cpbackup", tmp_path / "for-the-backup")
        assert (tmp_path / "for-the-backup.cplock").exists()
        assert keyring.is_code(again)
    with (
        desks.create(tmp_path / "stranger.cpdesk", "08", "អ្នកផ្សេង") as stranger,
        pytest.raises(KeyProblem),
    ):
        helping.answer(stranger, tmp_path / "request.cplock", tmp_path / "no.cplock")
    assert not (tmp_path / "no.cplock").exists()


def test_a_withdrawn_office_helps_no_more(tmp_path: Path, path: Path) -> None:
    locked(path)
    with desks.create(tmp_path / "08.cpdesk", "08", "ខេត្ត") as province:
        offices.write_card(province, tmp_path / "p.cpcard")
    with desks.open_desk(path, password=FIRST) as desk:
        offices.join(desk, tmp_path / "p.cpcard")
        offices.revoke(desk, "08")
    assert not keys.state(path).office
    with pytest.raises(KeyProblem):
        helping.write_request(path, tmp_path / "request")


def test_somebody_elses_answer_is_refused(tmp_path: Path, path: Path) -> None:
    locked(path)
    other, _code = locked(tmp_path / "other.cpdesk", "0802")
    with pytest.raises(KeyProblem):
        helping.take_answer(path, keyring.beside(other))
    desks.open_desk(path, password=FIRST).close()


@pytest.mark.parametrize("other", [{"salt": b"x" * 16}, {"stretch": keyring.Stretch(b"y" * 16, 64, 1, 1)}])
def test_an_answer_fits_no_other_lock(tmp_path: Path, path: Path, other: dict[str, Any]) -> None:
    locked(path)
    lock = keyring.read(keyring.beside(path))
    assert lock is not None
    (tmp_path / "answer.cplock").write_bytes(replace(lock, **other).dump())
    with pytest.raises(KeyProblem):
        helping.take_answer(path, tmp_path / "answer.cplock")
    assert keyring.read(keyring.beside(path)) == lock


# --- backups ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_backup_is_one_file_that_opens_anywhere(
    tmp_path: Path, path: Path, elsewhere: bool, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    _path, code = locked(path)
    stick = tmp_path / "stick" / "b.cpbackup"
    stick.parent.mkdir()
    with desks.open_desk(path, password=FIRST) as desk:
        records.save(desk, "body", {"name_km": "មន្ទីរ"})
        backups.by_hand(desk, stick)
        assert care.check(desk).ok
    if elsewhere:
        monkeypatch.setenv("CPDESK_HOME", str(tmp_path / "other-home"))
    with pytest.raises(Locked):
        desks.restore(stick, tmp_path / "back.cpdesk")
    with pytest.raises(keys.WrongPassword):
        desks.restore(stick, tmp_path / "back.cpdesk", SECOND)
    for number, secret in enumerate((FIRST, code)):
        back = tmp_path / f"back{number}.cpdesk"
        desks.restore(stick, back, secret)
        with desks.open_desk(back, password=FIRST) as desk:
            assert [r.title for r in records.find(desk, "body")] == ["មន្ទីរ"]
            assert care.check(desk).ok


def test_a_backup_keeps_the_password_of_its_day_too(tmp_path: Path, path: Path) -> None:
    locked(path)
    with desks.open_desk(path, password=FIRST) as desk:
        backups.by_hand(desk, tmp_path / "b.cpbackup")
        keys.set_password(desk, SECOND, FIRST)
    for number, secret in enumerate((FIRST, SECOND)):
        desks.restore(tmp_path / "b.cpbackup", tmp_path / f"{number}.cpdesk", secret)


# --- waiting ----------------------------------------------------------------------------------------------------------
def test_refusals_make_one_wait_longer_and_wipe_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked(path)
    now = [1000.0]
    monkeypatch.setattr(tries.time, "monotonic", lambda: now[0])
    waits: list[float] = []
    for _n in range(14):
        with pytest.raises(keys.WrongPassword):
            desks.open_desk(path, password="មិនត្រឹមត្រូវទេ")
        waits.append(keys.wait(path))
        if waits[-1]:
            with pytest.raises(keys.MustWait):
                desks.open_desk(path, password=FIRST)
        now[0] += waits[-1]
    assert waits[:2] == [0, 0]
    assert waits == sorted(waits)
    assert waits[-1] == tries.LONGEST
    with desks.open_desk(path, password=FIRST) as desk:
        told = records.find(desk, "deed", {"act": "refused"})
        assert [deed["times"] for deed in told] == [14]
    assert keys.wait(path) == 0


def test_a_key_is_in_no_report(path: Path) -> None:
    with Desk.create(path, "0801", NAME) as desk:
        assert desk.key.secret.hex() not in repr(desk.key)
        assert repr(desk.key.secret) not in repr(desk.key)


def test_what_is_brought_back_keeps_its_lock(tmp_path: Path, path: Path) -> None:
    """The desk as it was stays beside the one that was brought back, and each opens with the password that holds."""
    locked(path)
    with desks.open_desk(path, password=FIRST) as desk:
        backups.by_hand(desk, tmp_path / "b.cpbackup")
        keys.set_password(desk, SECOND, FIRST)
        records.save(desk, "body", {"name_km": "មន្ទីរ"})
    key = keys.key_of(tmp_path / "b.cpbackup", SECOND)
    assert bringing_back.look_into(tmp_path / "b.cpbackup", key).counts["body"] == 0
    prepared = bringing_back.prepare(tmp_path / "b.cpbackup", path, key=key)
    aside = bringing_back.put_in_place(prepared, path)
    assert aside is not None
    for file, bodies in ((path, 0), (aside, 1)):
        assert keyring.beside(file).exists()
        with desks.open_desk(file, password=SECOND) as desk:
            assert records.count(desk, "body") == bodies
            told = [deed["about"] for deed in records.find(desk, "deed", {"act": "restored"})]
            assert told == ([] if bodies else ["b.cpbackup"])
    there = sorted(one.suffix for one in path.parent.iterdir() if one.is_file())
    assert there == [".cpbackup", *[".cpdesk"] * 2, *[".cplock"] * 2]


def test_a_backup_that_is_worked_on_is_a_desk_like_any_other(path: Path) -> None:
    """Somebody opens the copy itself: its lock goes beside it, and the check finds nothing amiss."""
    locked(path)
    with desks.open_desk(path, password=FIRST) as desk:
        copy = desks.keep_copy(desk, "before-merge")
    assert keyring.read(copy) is not None
    with desks.open_desk(copy, password=FIRST) as desk:
        assert care.check(desk).ok
        records.save(desk, "body", {"name_km": "មន្ទីរ"})
        assert care.check(desk).ok
    assert keyring.beside(copy).exists()
    with desks.open_desk(copy, password=FIRST) as desk:
        assert (records.count(desk, "body"), care.check(desk).ok) == (1, True)


def test_a_lock_without_its_desk_is_laid_aside(path: Path) -> None:
    """The making of a desk was cut off, or the desk was moved: its name is free, and its lock is kept."""
    locked(path)
    moved = path.rename(path.parent / "elsewhere")
    before = keyring.beside(path).read_bytes()
    locked(path, password=SECOND)
    assert opens(path, SECOND)
    assert (path.parent / "0801-old.cplock").read_bytes() == before
    assert opens(moved.rename(path.parent / "moved.cpdesk"), FIRST)
