"""Whatever bytes are taken for a lock, whatever is typed at it, whatever a disk does to it: it opens for those whom it
was made for, and fails quietly otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson
import pyrage
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cpdesk.store import keyfile, keyring
from cpdesk.store.keyfile import LOCK_MARK, DeskKey
from cpdesk.store.keyring import MOST, Lock, Stretch

LITTLE = Stretch(b"s" * 16, 64, 1, 1)
KEY = DeskKey(b"a" * 16, bytes(range(32)))
CODE = "00000-00001-00002-00003-00007"
OFFICE = pyrage.x25519.Identity.generate()
PASSWORD = "ស្ត្រី ខៀវ 12"
LOCK = (
    Lock(KEY.salt, LITTLE)
    .with_password(KEY, "a" * 32, PASSWORD)
    .with_password(KEY, "b" * 32, "mango tree")
    .with_code(KEY, CODE)
    .with_office(KEY, "0801", str(OFFICE.to_public()))
)
WORD = st.text(max_size=9)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.binary(max_size=400))
@example(b"[" * 60_000)
@example(b'{"cpdesk":"lock","format":1,"desk":"' + b"0" * 32 + b'","serial":1e308,"argon2id":{},"slots":[]}')
def test_no_bytes_make_it_stumble(text: bytes) -> None:
    assert Lock.load(text) is None


@given(st.sampled_from(sorted(orjson.loads(LOCK.dump()))), JSON, st.booleans())
def test_no_value_makes_it_stumble(name: str, value: object, inside: bool) -> None:
    """What would be a lock, but for one value in it."""
    told = orjson.loads(LOCK.dump())
    if inside and name == "slots":
        told["slots"][0]["sealed"] = value
    elif inside and name == "argon2id":
        told["argon2id"]["memory"] = value
    else:
        told[name] = value
    try:
        text = orjson.dumps(told)
    except TypeError:  # numbers that JSON does not know
        return
    assert Lock.load(text) in (None, LOCK)


@given(st.integers(0, keyring.MOST_SERIAL - 1), st.lists(st.tuples(WORD, WORD, st.binary(max_size=99), WORD)))
def test_it_is_read_as_it_was_written(serial: int, slots: list[tuple[str, str, bytes, str]]) -> None:
    lock = Lock(KEY.salt, LITTLE, serial, tuple(keyring.Slot(*slot) for slot in slots))
    assert Lock.load(lock.dump()) == lock


@pytest.mark.parametrize("serial", [-1, keyring.MOST_SERIAL, 2**63])
def test_no_lock_is_later_than_any_that_can_follow(serial: int) -> None:
    assert Lock.load(replace(LOCK, serial=serial).dump()) is None


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(LOCK.dump()) - 1), st.integers(0, 7))
def test_a_bit_that_flips_leaves_no_lock_or_the_same(at: int, bit: int) -> None:
    text = bytearray(LOCK.dump())
    text[at] ^= 1 << bit
    assert Lock.load(bytes(text)) in (None, LOCK)


@given(st.integers(0, 3), st.integers(0, 2000), st.integers(0, 7))
def test_a_hurt_seal_gives_no_key(slot: int, at: int, bit: int) -> None:
    """Behind the checksum: a seal whose bits were changed on purpose opens nothing, least of all with another key."""
    hurt = bytearray(LOCK.slots[slot].sealed)
    hurt[at % len(hurt)] ^= 1 << bit
    slots = (*LOCK.slots[:slot], replace(LOCK.slots[slot], sealed=bytes(hurt)), *LOCK.slots[slot + 1 :])
    lock = replace(LOCK, slots=slots)
    opened = [one for secret in (PASSWORD, "mango tree", CODE) for one in lock.open(secret)]
    assert [one.slot for one in opened] == [one for at, one in enumerate(LOCK.slots[:3]) if at != slot]
    assert all(one.key == KEY for one in opened)
    by_office = lock.open_by_office(str(OFFICE).encode())
    assert by_office is None if slot == 3 else by_office is not None and by_office.key == KEY


@given(st.text(st.characters(codec=None), max_size=40) | st.text("mangotre 12ស្ត្រីខៀវ\u200b", max_size=20))
@example("ស្រ្តី ខៀវ ១២")
@example("\udcff")
@example("")
@example(CODE[:-1])
def test_nothing_but_the_password_opens_it(secret: str) -> None:
    opened = LOCK.open(secret)
    folded = keyring.prepared(secret)
    assert bool(opened) == (folded in (keyring.prepared(PASSWORD), "mangotree"))
    assert all(one.key == KEY for one in opened)


@given(st.integers(0, 3))
def test_a_slot_that_was_taken_away_opens_nothing(slot: int) -> None:
    gone = LOCK.slots[slot]
    lock = LOCK.without([gone])
    opened = [one.slot for secret in (PASSWORD, "mango tree", CODE) for one in lock.open(secret)]
    assert gone not in opened and len(opened) == (3 if gone.sort == keyring.OFFICE else 2)
    assert (lock.open_by_office(str(OFFICE).encode()) is None) == (gone.sort == keyring.OFFICE)
    assert lock.serial > LOCK.serial


def test_a_slot_opens_in_no_other_place() -> None:
    """Neither in another desk's lock, nor as another sort or under another name in its own."""
    seals = {slot.sort: slot for slot in LOCK.slots}
    elsewhere = replace(LOCK, salt=b"b" * 16)
    assert elsewhere.open(PASSWORD) == [] and elsewhere.open(CODE) == []
    assert elsewhere.open_by_office(str(OFFICE).encode()) is None
    for other in (replace(seals["code"], id="0" * 16), replace(seals["code"], sort="password")):
        assert replace(LOCK, slots=(other,)).open(CODE) == []


def test_two_locks_of_one_desk_have_nothing_in_common() -> None:
    """Who has two locks under one password sees no more than who has one."""
    again = Lock(KEY.salt, LITTLE).with_password(KEY, "a" * 32, PASSWORD)
    assert again.slots[0].sealed != LOCK.slots[0].sealed and Lock.new(KEY.salt).stretch.salt != LITTLE.salt


# --- behind the last page of a backup ---------------------------------------------------------------------------------
class Tape:
    """A file of that many bytes that is read as one is told to; how much was taken from it."""

    def __init__(self, data: bytes, size: int) -> None:
        self.data, self.size, self.at, self.taken = data, size, 0, 0

    def seek(self, to: int) -> int:
        assert 0 <= to <= self.size
        self.at = to
        return to

    def take(self, count: int) -> bytes:
        assert count >= 0
        self.taken += count
        begins = self.at - (self.size - len(self.data))
        self.at += count
        return bytes(max(0, min(count, -begins))) + self.data[max(0, begins) : max(0, begins + count)]


@given(st.binary(max_size=200), st.integers(0, 2**63), st.booleans())
@example((2**64 - 1).to_bytes(8, "big"), 2**40, True)
@example(b"", 0, True)
def test_what_ends_like_a_backup_is_read_within_bounds(data: bytes, more: int, marked: bool) -> None:
    data = data + LOCK_MARK if marked else data
    tape = Tape(data, len(data) + more)
    found = keyring._carried(tape.size, tape.seek, tape.take)
    assert tape.taken <= MOST + 8 + len(LOCK_MARK)
    assert found is None or (marked and len(found) <= MOST)


@given(st.binary(min_size=1, max_size=9000))
def test_a_backup_gives_back_its_lock(pages: bytes) -> None:
    tape = Tape(pages + keyring.trailer(LOCK), len(pages) + len(keyring.trailer(LOCK)))
    assert Lock.load(keyring._carried(tape.size, tape.seek, tape.take) or b"") == LOCK


def test_a_lock_that_claims_much_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "x.cplock"
    with file.open("wb") as made:
        made.truncate(1 << 40)
    assert keyring.read(file) is None


# --- two places -------------------------------------------------------------------------------------------------------
@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "0801.cpdesk"
    path.write_bytes(KEY.salt)
    yield path


def test_the_whole_copy_serves_and_mends_the_hurt_one(desk: Path) -> None:
    """A disk that grows old hurts the lock beside the desk, in a seal that who comes today has no use for."""
    keyring.keep(LOCK, desk)
    beside = keyring.beside(desk)
    text = bytearray(beside.read_bytes())
    at = text.rindex(b'"sealed"') + 20
    text[at] = text[at] ^ 1
    beside.write_bytes(bytes(text))
    held = keyring.lock_of(desk, KEY.salt)
    assert held == LOCK
    keyring.heal(held, desk)
    assert keyring.read(beside) == LOCK


@pytest.mark.skipif(os.name == "nt", reason="who may read what is ruled otherwise there")
def test_the_key_of_an_open_desk_is_for_its_owner_alone() -> None:
    keyfile.keep(KEY)
    path = keyfile._path(KEY.salt)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize("written", range(2 * keyfile.SECRET + 1))
def test_a_key_that_is_half_taken_away_is_none(written: int) -> None:
    """The power goes while the key of a desk that is being locked is written over."""
    keyfile.keep(KEY)
    path = keyfile._path(KEY.salt)
    text = path.read_bytes()
    path.write_bytes(bytes(2 * keyfile.SECRET)[:written] + text[written:])
    assert keyfile.kept(KEY.salt) in ((KEY,) if written == 0 else (None,))
