"""The lock of a desk: its key, wrapped once for everything that may open it.

A lock is a small JSON file. It names nobody and holds no key in the clear: each of its *slots* is the desk's key,
sealed with something else:

- `password`: an officer's password, folded (`cpdesk.khmer.spelling.fold`), stretched by Argon2id;
- `code`: the recovery code that was printed, stretched alike;
- `office`: the receiving key (age) of the office above, which can thereby help one of its districts.

Inside a seal lies which officer it is, so that a password alone tells who comes. One stretching serves all slots of a
lock: to try one password at all of them costs an attacker no less than one try.

It lies beside the desk (`NAME.cplock`) and once more in the person's own folder; the later serial number counts, so
that a cut between the two writings leaves the old lock or the new one, and a password or a code that was replaced is
dead. A backup carries the lock of its day at its own end, behind the last page, where SQLite does not look: a backup is
one file that opens anywhere with what opened the desk that day. `LOCK.md` tells strangers how to read it.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import orjson

from cpdesk import paths
from cpdesk.errors import UserError
from cpdesk.files import disk_troubles, write_whole
from cpdesk.khmer.spelling import fold
from cpdesk.store.keyfile import LOCK_MARK, SALT, SECRET, DeskKey

SUFFIX = ".cplock"
PASSWORD, CODE, OFFICE = "password", "code", "office"
FORMAT = 1
MOST = 64 * 1024  # bytes of a lock: a hundred officers
MOST_SERIAL = 2**53  # what any reader of JSON counts to
_TAIL = len(LOCK_MARK) + 8
# What may be asked of this computer by a lock, whoever wrote it.
_MOST_MEMORY, _MOST_PASSES, _MOST_LANES = 1 << 20, 16, 16  # KiB, rounds, lanes
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none that look alike
CODE_LETTERS = 25  # 24 random ones, 120 bits, and one that tells a wrong one
_ALIKE = str.maketrans("OILU០១២៣៤៥៦៧៨៩", "011V0123456789")


@dataclass(frozen=True)
class Stretch:
    """Argon2id, as RFC 9106 recommends it for where memory is scarce: 64 MiB, three passes, four lanes."""

    salt: bytes
    memory: int = 65_536  # KiB
    passes: int = 3
    lanes: int = 4

    def of(self, secret: str) -> bytes:
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

        derive = Argon2id(
            salt=self.salt, length=32, iterations=self.passes, lanes=self.lanes, memory_cost=self.memory
        ).derive
        return derive(secret.encode("utf-8", "surrogatepass"))  # whatever a terminal gives


@dataclass(frozen=True)
class Slot:
    """One way to open. `to`: whose it is, so that it can be taken away without being opened: for `office` the receiving
    key, for `password` a mark of the officer that tells nobody anything (`owner`)."""

    id: str
    sort: str
    sealed: bytes
    to: str = ""


@dataclass(frozen=True)
class Opened:
    """What a slot gave: the key, which slot it was, and `who`: the record of the officer; of an `office` slot the code
    of the desk's own office, so that the one above sees whom it helps; "" for a recovery code."""

    key: DeskKey
    slot: Slot
    who: str


@dataclass(frozen=True)
class Lock:
    """The lock of the desk with that salt. `serial` grows with each change."""

    salt: bytes
    stretch: Stretch
    serial: int = 1
    slots: tuple[Slot, ...] = ()

    @classmethod
    def new(cls, salt: bytes) -> Lock:
        return cls(salt, Stretch(secrets.token_bytes(16)))

    def of(self, sort: str) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.sort == sort)

    # changing; each gives the next lock

    def with_password(self, key: DeskKey, who: str, password: str) -> Lock:
        """With that password for that officer, in place of a former one."""
        slot = self._sealed(PASSWORD, key, who, prepared(password))
        return self.without(self.of_officer(who))._with(replace(slot, to=self.owner(who)))

    def owner(self, who: str) -> str:
        return hashlib.sha256(b"cpdesk officer " + self.salt + who.encode()).hexdigest()[:16]

    def of_officer(self, who: str) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.of(PASSWORD) if slot.to == self.owner(who))

    def with_code(self, key: DeskKey, code: str) -> Lock:
        """With that recovery code in place of all others."""
        return self.without(self.of(CODE))._with(self._sealed(CODE, key, "", _letters(code)))

    def with_office(self, key: DeskKey, own: str, receiving: str) -> Lock:
        """With the office above of that receiving key in place of all others; `own`: the code of the desk's office."""
        import pyrage

        sealed = pyrage.encrypt(_payload(key, own), [pyrage.x25519.Recipient.from_str(receiving)])
        return self.without(self.of(OFFICE))._with(Slot(secrets.token_hex(8), OFFICE, bytes(sealed), receiving))

    def without(self, slots: Iterable[Slot]) -> Lock:
        gone = {slot.id for slot in slots}
        return replace(self, serial=self.serial + 1, slots=tuple(slot for slot in self.slots if slot.id not in gone))

    def _with(self, slot: Slot) -> Lock:
        return replace(self, serial=self.serial + 1, slots=(*self.slots, slot))

    def _sealed(self, sort: str, key: DeskKey, who: str, secret: str) -> Slot:
        id_ = secrets.token_hex(8)
        return Slot(id_, sort, _seal(self._slot_key(self.stretch.of(secret), sort, id_), _payload(key, who), self.salt))

    # opening

    def open(self, secret: str) -> list[Opened]:
        """What a password or a code opens: mostly one slot, or none. Two officers may have chosen the same words."""
        found = self._tried((PASSWORD,), prepared(secret)) if secret.strip() else []
        if not found and is_code(secret):
            found = self._tried((CODE,), _letters(secret))
        return found

    def open_by_office(self, identity: bytes) -> Opened | None:
        """What the office above opens with its receiving key, in age's own text form."""
        import pyrage

        for slot in self.of(OFFICE):
            try:
                plain = pyrage.decrypt(slot.sealed, [pyrage.x25519.Identity.from_str(identity.decode())])
            except pyrage.DecryptError:
                continue
            opened = self._opened(slot, bytes(plain))
            if opened is not None:
                return opened
        return None

    def _tried(self, sorts: tuple[str, ...], secret: str) -> list[Opened]:
        slots = [slot for slot in self.slots if slot.sort in sorts]
        if not slots:
            return []
        stretched = self.stretch.of(secret)
        found = []
        for slot in slots:
            plain = _unseal(self._slot_key(stretched, slot.sort, slot.id), slot.sealed, self.salt)
            opened = None if plain is None else self._opened(slot, plain)
            if opened is not None:
                found.append(opened)
        return found

    def _opened(self, slot: Slot, plain: bytes) -> Opened | None:
        try:
            said = orjson.loads(plain)
            key, salt, who = bytes.fromhex(said["key"]), bytes.fromhex(said["salt"]), str(said["who"])
        except (ValueError, TypeError, KeyError):
            return None
        return Opened(DeskKey(salt, key), slot, who) if salt == self.salt and len(key) == SECRET else None

    @staticmethod
    def _slot_key(stretched: bytes, sort: str, id_: str) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(SHA256(), 32, None, f"cpdesk slot {sort} {id_}".encode()).derive(stretched)

    # written down

    def dump(self) -> bytes:
        return orjson.dumps({**self._told(), "sum": self._sum()}, option=orjson.OPT_INDENT_2)

    def _told(self) -> dict[str, object]:
        stretch = self.stretch
        return {
            "cpdesk": "lock",
            "format": FORMAT,
            "desk": self.salt.hex(),
            "serial": self.serial,
            "argon2id": {
                "salt": stretch.salt.hex(),
                "memory": stretch.memory,
                "passes": stretch.passes,
                "lanes": stretch.lanes,
            },
            "slots": [
                {"id": s.id, "sort": s.sort, "sealed": base64.b64encode(s.sealed).decode(), "to": s.to}
                for s in self.slots
            ],
        }

    def _sum(self) -> str:
        """So that a lock that a disk has hurt is none, and the copy in the other place serves and mends it."""
        return hashlib.sha256(orjson.dumps(self._told())).hexdigest()

    @classmethod
    def load(cls, text: bytes) -> Lock | None:
        """None where the text is no lock, a hurt one, or one that asks too much of a computer. A later format is none
        either."""
        try:
            if len(text) > MOST:
                return None
            said = orjson.loads(text)
            if said["cpdesk"] != "lock" or said["format"] != FORMAT:
                return None
            asked = said["argon2id"]
            stretch = Stretch(
                bytes.fromhex(asked["salt"]), int(asked["memory"]), int(asked["passes"]), int(asked["lanes"])
            )
            slots = tuple(
                Slot(str(s["id"]), str(s["sort"]), base64.b64decode(s["sealed"], validate=True), str(s["to"]))
                for s in said["slots"]
            )
            lock = cls(bytes.fromhex(said["desk"]), stretch, int(said["serial"]), slots)
            whole = 0 <= lock.serial < MOST_SERIAL and said["sum"] == lock._sum()
        except (ValueError, TypeError, KeyError, RecursionError):
            return None
        fits = (
            whole
            and 0 < stretch.passes <= _MOST_PASSES
            and 0 < stretch.lanes <= _MOST_LANES
            and 8 * stretch.lanes <= stretch.memory <= _MOST_MEMORY
            and len(stretch.salt) == 16
            and len(lock.salt) == SALT
        )
        return lock if fits else None


# --- seals ------------------------------------------------------------------------------------------------------------
def prepared(password: str) -> str:
    """A password as it is compared: whatever code order, digits, letter case or blanks it was typed in. Blanks are left
    out, for the long key of a Khmer keyboard gives none: it gives the mark of a word's end, and Shift gives the blank.

    Words of a lock are this for ever: should `fold` ever change for a text, that text opens no older lock any more. A
    test holds a list of passwords to what they fold to.
    """
    return fold(password).replace(" ", "")


def _payload(key: DeskKey, who: str) -> bytes:
    return orjson.dumps({"key": key.secret.hex(), "salt": key.salt.hex(), "who": who})


def _seal(key: bytes, plain: bytes, bound: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = secrets.token_bytes(12)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, bound)


def _unseal(key: bytes, sealed: bytes, bound: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:12], sealed[12:], bound)
    except (InvalidTag, ValueError):
        return None


# --- recovery codes ---------------------------------------------------------------------------------------------------
def new_code() -> str:
    """ABCDE-FGHJK-…: five groups of five letters and digits, 120 random bits and one letter to tell a wrong one."""
    letters = "".join(secrets.choice(_LETTERS) for _n in range(CODE_LETTERS - 1))
    return grouped(letters + _check_letter(letters))


def grouped(letters: str) -> str:
    return "-".join(letters[at : at + 5] for at in range(0, len(letters), 5))


def is_code(text: str) -> bool:
    """Whether a text is a recovery code, typed without a mistake; blanks, strokes and letter case do not matter."""
    letters = _letters(text)
    return _looks_like_code(letters) and _check_letter(letters[:-1]) == letters[-1]


def is_mistyped_code(text: str) -> bool:
    """Whether a text looks like a recovery code, but no code was ever given out that reads so."""
    return _looks_like_code(_letters(text)) and not is_code(text)


def _looks_like_code(letters: str) -> bool:
    return len(letters) == CODE_LETTERS and all(letter in _LETTERS for letter in letters)


def _letters(text: str) -> str:
    return re.sub(r"[\s\u200b\-–—]", "", text).upper().translate(_ALIKE)


def _check_letter(letters: str) -> str:
    """Weighted by place, so that two letters that changed places are noticed too; 31 is the prime below 32."""
    total = sum((at + 1) * _LETTERS.index(letter) for at, letter in enumerate(letters))
    return _LETTERS[total % 31]


# --- where locks lie --------------------------------------------------------------------------------------------------
def beside(desk: Path) -> Path:
    return desk.with_suffix(SUFFIX)


def _in_the_folder(salt: bytes) -> Path:
    return paths.home() / "keys" / f"{salt.hex()}.lock"


def read(file: Path) -> Lock | None:
    """The lock in that file: a lock by itself, or one that a backup carries. None where there is none."""
    try:
        with file.open("rb") as opened:
            if file.suffix.lower() == SUFFIX or file.suffix == ".lock":
                return Lock.load(opened.read(MOST + 1))
            text = _carried(opened.seek(0, 2), opened.seek, opened.read)
            return None if text is None else Lock.load(text)
    except OSError:
        return None


def _carried(size: int, seek: Callable[[int], int], take: Callable[[int], bytes]) -> bytes | None:
    if size <= _TAIL:
        return None
    seek(size - _TAIL)
    tail = take(_TAIL)
    length = int.from_bytes(tail[:8], "big")
    if not tail.endswith(LOCK_MARK) or length > min(MOST, size - _TAIL):
        return None
    seek(size - _TAIL - length)
    return take(length)


def trailer(lock: Lock) -> bytes:
    """The lock as a backup carries it: its text, its length in 8 bytes, a mark."""
    text = lock.dump()
    return text + len(text).to_bytes(8, "big") + LOCK_MARK


def take_off(desk: Path) -> None:
    """Make a desk of a backup that is opened for work: what stands behind its last page would be in the way of the next
    ones. Its lock goes beside it first, unless a later one is known; a file that cannot be written stays as it is."""
    carried = read(desk)
    if carried is None or desk.suffix.lower() == SUFFIX:
        return
    known = lock_of(desk, carried.salt)
    with suppress(UserError, OSError):
        keep(max(filter(None, (known, carried)), key=lambda lock: lock.serial), desk)
        with desk.open("r+b") as file:
            end = file.seek(-_TAIL, 2)
            file.truncate(end - int.from_bytes(file.read(8), "big"))
            os.fsync(file.fileno())


def lock_of(desk: Path, salt: bytes) -> Lock | None:
    """The lock that holds for that desk: the later one of those beside it and in the person's folder."""
    found = [lock for lock in map(read, (beside(desk), _in_the_folder(salt))) if lock and lock.salt == salt]
    return max(found, key=lambda lock: lock.serial, default=None)


def locks(file: Path, salt: bytes) -> list[Lock]:
    """The locks to be tried at a file, first to last: the one that holds, and behind it the one that a backup carries,
    since whoever keeps a backup keeps the password of its day."""
    found = [lock for lock in (lock_of(file, salt), read(file)) if lock is not None and lock.salt == salt]
    return [lock for at, lock in enumerate(found) if lock not in found[:at]]


def keep(lock: Lock, desk: Path) -> None:
    """Write a lock down in both places. The one beside the desk decides; a folder of the person's that cannot be
    written gets its copy at the next opening."""
    write_whole(beside(desk), lock.dump())
    with suppress(UserError, OSError):
        _keep_in_folder(lock)


def _keep_in_folder(lock: Lock) -> None:
    path = _in_the_folder(lock.salt)
    with disk_troubles(path):
        paths.make_folder(path.parent, 0o700)
    write_whole(path, lock.dump())


def forget(salt: bytes) -> None:
    """Take the copy in the person's folder away, of a desk that is no more."""
    with suppress(OSError):
        _in_the_folder(salt).unlink(missing_ok=True)


def heal(lock: Lock, desk: Path) -> None:
    """See to it that both places hold that lock; a desk on a disk that cannot be written stays as it is."""
    with suppress(UserError, OSError):
        if read(beside(desk)) != lock:
            write_whole(beside(desk), lock.dump())
    with suppress(UserError, OSError):
        if read(_in_the_folder(lock.salt)) != lock:
            _keep_in_folder(lock)
