"""The officers of a desk: each with a password and roles of their own; and which passwords are good ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cpdesk.errors import BadInput, DiskProblem, NotFound
from cpdesk.records.office import office_record_id
from cpdesk.records.officers import OFFICER
from cpdesk.store import Desk, keyfile, keyring, writer
from cpdesk.tasks import desk as desks
from cpdesk.tasks import keys, officers, passwords, records, roles
from cpdesk.tasks.roles import Act, NotAllowed
from tests.tasks.locking import FIRST, NAME, SECOND, locked, stretch_little


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    stretch_little(monkeypatch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "0801.cpdesk"


def test_officers_come_with_passwords_of_their_own(path: Path) -> None:
    locked(path)
    with desks.open_desk(path, password=FIRST) as desk:
        reader = officers.add(desk, "ចាន់ ធារី", ["reader"], SECOND)
        assert [(o.name, o.roles, o.has_password, o.is_me) for o in officers.officers(desk)] == [
            ("ចាន់ ធារី", ("reader",), True, False),
            (NAME, ("officer", "head", "merger", "reader", "keeper"), True, True),
        ]
    with desks.open_desk(path, password=SECOND) as desk:
        assert (desk.officer, desk.who) == ("ចាន់ ធារី", reader)
        assert not desk.pen
        with pytest.raises(NotAllowed):
            records.save(desk, "body", {"name_km": "មន្ទីរ"})
        with pytest.raises(NotAllowed):
            officers.change(desk, reader, roles=["keeper"])
        keys.set_password(desk, "blue mango rice tree", SECOND)  # one's own is one's own
    with desks.open_desk(path, password=FIRST) as desk:
        officers.change(desk, reader, roles=["officer"])
    with desks.open_desk(path, password="blue mango rice tree") as desk:
        records.save(desk, "body", {"name_km": "មន្ទីរ"})
        with pytest.raises(NotAllowed):
            roles.need(desk, Act.KEYS)
    with desks.open_desk(path, password=FIRST) as desk:
        officers.leave(desk, reader)
    with pytest.raises(keys.WrongPassword):
        desks.open_desk(path, password="blue mango rice tree")


def test_a_desk_whose_making_was_cut_off_opens_with_its_password(path: Path) -> None:
    """The power went when the file and its lock stood, and nobody was entered yet."""
    key, who = keyfile.new(), writer.new_id_for("0801").hex()
    keyring.keep(keyring.Lock.new(key.salt).with_password(key, who, FIRST), path)
    Desk.create(path, "0801", NAME, key).close()
    with desks.open_desk(path, password=FIRST) as desk:
        assert (desk.officer, desk.who, roles.acts(desk)) == (NAME, who, roles.ALL)
        assert records.get(desk, office_record_id("0801")).text("code") == "0801"


def test_who_left_is_shut_out_twice(path: Path) -> None:
    """The lock knows them no more; and where a cut left them in the lock, the desk knows that they left."""
    locked(path)
    with desks.open_desk(path, password=FIRST) as desk:
        other = officers.add(desk, "ចាន់ ធារី", ["reader"], SECOND)
        before = keyring.beside(path).read_bytes()
        officers.leave(desk, other)
        lock = keyring.lock_of(path, desk.salt)
        assert lock is not None
        assert lock.open(SECOND) == []
        known = keyring.Lock.load(before)
        assert known is not None
        keyring.keep(replace(known, serial=lock.serial + 1), path)
        assert keyring.lock_of(path, desk.salt) != lock
    with pytest.raises(keys.WrongPassword):
        desks.open_desk(path, password=SECOND)
    desks.open_desk(path, password=FIRST).close()


def test_where_the_desk_cannot_be_written_the_former_password_holds(path: Path) -> None:
    locked(path)
    with desks.open_desk(path, password=FIRST) as desk:
        writer.save(desk, OFFICER, {"password_on": "2020-01-31 08:00"}, desk.who)
        desk.db.execute("PRAGMA query_only = ON")  # as a disk that turned read-only
        with pytest.raises(DiskProblem):
            keys.set_password(desk, SECOND, FIRST)
        desk.db.execute("PRAGMA query_only = OFF")
    desks.open_desk(path, password=FIRST).close()
    with pytest.raises(keys.WrongPassword):
        desks.open_desk(path, password=SECOND)


def test_a_desk_is_left_open_only_by_its_password(path: Path) -> None:
    locked(path)
    with desks.open_desk(path, password=FIRST) as desk:
        with pytest.raises(keys.WrongPassword):
            keys.leave_open(desk, SECOND)
        assert keys.state(path).kind == "locked"


def test_a_role_that_is_taken_is_gone_at_once(path: Path) -> None:
    locked(path)
    with desks.open_desk(path, password=FIRST) as keeper:
        other = officers.add(keeper, "ចាន់ ធារី", ["officer", "merger"], SECOND)
        with desks.open_desk(path, password=SECOND) as desk:
            assert roles.may(desk, Act.MERGE)
            officers.change(keeper, other, roles=["officer"])
            assert not roles.may(desk, Act.MERGE)
            officers.leave(keeper, other)
            assert roles.acts(desk) == frozenset()


def test_the_last_keeper_stays(path: Path) -> None:
    locked(path)
    with desks.open_desk(path, password=FIRST) as desk:
        me = desk.who or ""
        for wrong in (lambda: officers.leave(desk, me), lambda: officers.change(desk, me, roles=["officer"])):
            with pytest.raises(BadInput):
                wrong()
        other = officers.add(desk, "ចាន់ ធារី", ["keeper"], SECOND)
        officers.change(desk, me, roles=["officer"])
        assert officers.get(desk, me).roles == ("officer",)
        with pytest.raises(NotAllowed):
            officers.leave(desk, other)


def test_two_with_the_same_words_are_asked_who_it_is(path: Path) -> None:
    locked(path)
    with desks.open_desk(path, password=FIRST) as desk:
        other = officers.add(desk, "ចាន់ ធារី", ["reader"], FIRST)
    with pytest.raises(keys.WhoIsIt) as asked:
        desks.open_desk(path, password=FIRST)
    assert {name for _id, name in asked.value.names} == {NAME, "ចាន់ ធារី"}
    with keys.unlock(path, FIRST, who=other) as desk:
        assert desk.officer == "ចាន់ ធារី"


def test_an_open_desk_has_one_officer(path: Path) -> None:
    with desks.create(path, "0801", NAME) as desk:
        with pytest.raises(BadInput):
            officers.add(desk, "ចាន់ ធារី", ["reader"], SECOND)
        assert officers.officers(desk) == []
        keys.set_password(desk, FIRST)
        officers.add(desk, "ចាន់ ធារី", ["reader"], SECOND)
        with pytest.raises(BadInput):
            keys.leave_open(desk, FIRST)


def test_no_package_makes_an_officer(path: Path) -> None:
    """An officer that comes from outside, or is written by hand, is none."""
    locked(path)
    with desks.open_desk(path, password=FIRST) as desk:
        with pytest.raises(BadInput):
            records.save(desk, "officer", {"name": "ចោរ", "keeper": True})
        with pytest.raises(BadInput):
            records.delete(desk, desk.who or "")
        from cpdesk.store import log, state, writer
        from cpdesk.store.connection import immediate

        with immediate(desk.db):  # as a forged op in a shared stream would stand
            id_ = bytes.fromhex(desk.who or "")
            changes = log.changes_of(desk.db, id_)
            writer.append(desk, id_, "officer", {"keeper": True, "name": "ចោរ"}, changes, desk.office)
            state.show(desk.db, id_, changes)
        assert roles.acts(desk) == frozenset(), "what was mixed up from outside opens nothing"


def test_an_officer_of_elsewhere_is_not_listed(path: Path) -> None:
    from cpdesk.store import log, state, writer
    from cpdesk.store.connection import immediate

    locked(path)
    with desks.open_desk(path, password=FIRST) as desk:
        id_ = writer.new_id_for(desk.office)
        with immediate(desk.db):  # as one that came in a package would stand
            changes = log.changes_of(desk.db, id_)
            writer.append(desk, id_, "officer", {"keeper": True, "name": "ចោរ"}, changes, desk.office)
            state.show(desk.db, id_, changes)
        assert [one.name for one in officers.officers(desk)] == [NAME]
        with pytest.raises(NotFound):
            officers.get(desk, id_.hex())


# --- good passwords ---------------------------------------------------------------------------------------------------
def test_offered_words() -> None:
    words = passwords.words()
    assert len(words) > 1500
    assert len({keyring.prepared(word) for word in words}) == len(words)
    offered = {passwords.four_words() for _n in range(50)}
    assert len(offered) == 50
    assert all(keys.problem_of(one) == "" for one in offered)


@pytest.mark.parametrize(
    ("password", "fine"),
    [
        ("", False), ("   ", False), ("1234567", False), ("12345678", False), ("១២៣៤៥៦៧៨៩", False),
        ("aaaaaaaaaaaa", False), ("Password1", False), ("កម្ពុជា", False), ("qwertyui", False),
        ("សុខសុភា", False), ("សុខ សុភា ១", False), ("092 741 385 106", True),
        ("ដើមស្វាយមួយដើម", True), ("Tonle Sap 77", True),
    ],
)  # fmt: skip
def test_weak_passwords_are_told(password: str, fine: bool) -> None:
    assert (keys.problem_of(password, NAME) == "") is fine


def test_a_weak_password_changes_nothing(path: Path) -> None:
    with desks.create(path, "0801", NAME) as desk:
        with pytest.raises(BadInput):
            keys.set_password(desk, "12345678")
        assert keys.state(path).kind == "open"
    with pytest.raises(BadInput):
        desks.create(path.with_name("b.cpdesk"), "0801", NAME, "12345678")
    assert not path.with_name("b.cpdesk").exists()
    assert not path.with_name("b.cplock").exists()
