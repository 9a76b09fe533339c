"""Another key for a desk: all that was written is there, and nothing that opened it before opens it now."""

from __future__ import annotations

from functools import partial
from itertools import count
from pathlib import Path

import pytest

from cpdesk.errors import BadInput, DeskProblem
from cpdesk.store import care, keyfile, keyring
from cpdesk.tasks import backups, helping, keys, officers, offices, records, renewing, sending, tries
from cpdesk.tasks import desk as desks
from cpdesk.tasks.roles import NotAllowed
from tests.tasks.locking import FIRST, NAME, SECOND, die_at, let_go, locked, opens, stretch_little

THIRD = "ផ្កា ឈូក ម្លិះ កុលាប"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    stretch_little(monkeypatch)


def renewed(path: Path, password: str, new: str, *, keep_old: bool = False) -> tuple[renewing.Renewed, Path | None]:
    with desks.open_desk(path, password=password) as desk:
        made = renewing.prepare(desk, new)
    return made, renewing.put_in_place(made, path, keep_old=keep_old)


def test_nothing_of_before_opens_it(tmp_path: Path) -> None:
    path, code = locked(tmp_path / "d" / "0801.cpdesk")
    old_lock = keyring.beside(path).read_bytes()
    with desks.open_desk(path, password=FIRST) as desk:
        secret, salt = desk.key.secret, desk.salt
        records.save(desk, "body", {"name_km": "មន្ទីរ"})
        other = officers.add(desk, "ចាន់ ធារី", ["officer"], SECOND)
        backup = backups.make(desk).file
    made, old = renewed(path, FIRST, THIRD)
    assert (old, made.without_password, made.backups) == (None, ("ចាន់ ធារី",), (backup,))
    for wrong in (FIRST, SECOND, code):
        assert not opens(path, wrong)
    tries.forget(keyfile.salt_of(path))
    with pytest.raises(DeskProblem):
        desks.open_desk(path, password=None)
    with desks.open_desk(path, password=THIRD) as desk:
        assert desk.key.secret != secret
        assert desk.salt != salt
        assert [r.title for r in records.find(desk, "body")] == ["មន្ទីរ"]
        assert care.check(desk).ok
        assert [deed["about"] for deed in records.find(desk, "deed", {"act": "new_key"})] == [NAME]
        officers.reset(desk, other, SECOND)
    assert opens(path, SECOND)
    keyring.beside(path).write_bytes(old_lock)
    assert opens(path, THIRD), "a lock of another key is none of this desk"
    assert [file for file in tmp_path.rglob("*") if file.is_file() and file.read_bytes()[:16] == salt] == [backup]
    who, _name = keys.by_code(path, made.code).officers[1]
    keys.recover(path, made.code, who, "blue mango rice tree")[0].close()


def test_an_open_desk_stays_open_and_an_old_key_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "0801.cpdesk"
    with desks.create(path, "0801", NAME) as desk:
        salt = desk.salt
        made = renewing.prepare(desk)
    kept = renewing.put_in_place(made, path, keep_old=True)
    assert kept is not None
    assert keyfile.is_kept(salt), "whoever keeps the old desk keeps its key"
    desks.open_desk(kept).close()
    with desks.open_desk(path) as desk:
        assert desk.salt != salt
    with desks.open_desk(path) as desk:
        again = renewing.prepare(desk)
        middle = desk.salt
    renewing.put_in_place(again, path)
    assert not keyfile.is_kept(middle)


def test_the_exchange_goes_on(tmp_path: Path) -> None:
    """The office's card stays: its keys lie in the desk. The office above can help, and its packages are taken."""
    path, _code = locked(tmp_path / "0801.cpdesk")
    with desks.create(tmp_path / "08.cpdesk", "08", "ខេត្ត") as province:
        offices.write_card(province, tmp_path / "p.cpcard")
        with desks.open_desk(path, password=FIRST) as desk:
            offices.join(desk, tmp_path / "p.cpcard")
            offices.write_card(desk, tmp_path / "d.cpcard")
        offices.enrol(province, tmp_path / "d.cpcard")
        renewed(path, FIRST, THIRD)
        with desks.open_desk(path, password=THIRD) as desk:
            records.save(desk, "body", {"name_km": "មន្ទីរ"})
            sending.export(desk, tmp_path / "a.cpsync")
        from cpdesk.tasks import receiving

        (merged,) = receiving.merge(province, [tmp_path / "a.cpsync"])
        assert merged.status == "merged"
        assert helping.whose(province, helping.write_request(path, tmp_path / "request")) == "0801"


def test_only_the_keeper_and_only_a_good_password(tmp_path: Path) -> None:
    path, _code = locked(tmp_path / "0801.cpdesk")
    with desks.open_desk(path, password=FIRST) as desk:
        officers.add(desk, "ចាន់ ធារី", ["officer"], SECOND)
        with pytest.raises(BadInput):
            renewing.prepare(desk, "12345678")
    with desks.open_desk(path, password=SECOND) as desk, pytest.raises(NotAllowed):
        renewing.prepare(desk, THIRD)
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == ["0801.cpdesk", "0801.cplock"]


def test_a_renewal_that_is_cut_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At every step the program dies: what stands at the desk's name opens by the old password or by the new one, and
    holds all that was written."""
    opened_by = []
    for at in count(1):
        path, _code = locked(tmp_path / str(at) / "0801.cpdesk")
        with desks.open_desk(path, password=FIRST) as desk:
            records.save(desk, "body", {"name_km": "មន្ទីរ"})
        desk = desks.open_desk(path, password=FIRST)
        made = renewing.prepare(desk, THIRD)
        desk.close()
        died = die_at(at, partial(renewing.put_in_place, made, path), monkeypatch)
        works = [word for word in (FIRST, THIRD) if opens(path, word)]
        assert len(works) == 1
        opened_by += works
        with desks.open_desk(path, password=works[0]) as desk:
            assert records.count(desk, "body") == 1
        if not died:
            break
    assert set(opened_by) == {FIRST, THIRD}
    assert opened_by == sorted(opened_by, key=[FIRST, THIRD].index)


def test_preparing_that_is_cut_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(1, 60, 3):
        path, _code = locked(tmp_path / str(at) / "0801.cpdesk")
        desk = desks.open_desk(path, password=FIRST)
        died = die_at(at, partial(renewing.prepare, desk, THIRD), monkeypatch)
        let_go(desk)
        assert opens(path, FIRST)
        if not died:
            break
