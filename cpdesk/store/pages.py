"""The pages of a desk file, read one by one and without SQLite: what a damaged file still holds.

A page of SQLCipher 4 carries its own seal, so each is whole by proof or is not believed at all:

    4096 bytes = AES-256-CBC of 4016 bytes | IV (16) | HMAC-SHA512 of both and the page's number (64)

On the first page the first 16 bytes are the salt, in the clear, and stand for SQLite's own 16. The key of the seal is
PBKDF2-HMAC-SHA512 of the file's key with the salt xor 0x3a, two rounds. (Zetetic, "SQLCipher Design".) What stands
inside is SQLite's own format (sqlite.org/fileformat2.html). Nothing here writes.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from cpdesk.store.keyfile import DeskKey

PAGE, IV, SEAL = 4096, 16, 64
USABLE = PAGE - IV - SEAL
MAGIC = b"SQLite format 3\0"
TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER = 13, 5, 10, 2
LOCK_PAGE = (1 << 30) // PAGE + 1  # SQLite never uses it
_WAL, _FRAME = 32, 24
_WAL_MAGIC = (0x377F0682, 0x377F0683)
_WHOLE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}

Row = list[Any]  # int, float, str, bytes or None each


class Torn(ValueError):
    """A page, a cell or a record that does not hold what its form says."""


class Pages:
    """The pages of the file at `path`, with what the log beside it (`-wal`) committed over them.

    `count` is how many there should be, `broken` the numbers of those of which no whole version is there.
    """

    def __init__(self, path: Path, key: DeskKey) -> None:
        self._key = key.secret
        salt = bytes(byte ^ 0x3A for byte in key.salt)
        self._seal = hashlib.pbkdf2_hmac("sha512", key.secret, salt, 2, 32)
        self._file: BinaryIO = path.open("rb")
        self._log: BinaryIO | None = None
        try:
            self._size = path.stat().st_size
            self._frames, committed = self._logged(Path(f"{path}-wal"))
            self._place: dict[int, tuple[BinaryIO, int]] = {}
            self.count = self._size // PAGE
            first = self.read(1)
            said = int.from_bytes(first[28:32], "big") if first else 0
            self.count = committed or said or self.count
            self.broken: set[int] = set()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()
        if self._log is not None:
            self._log.close()

    @property
    def logged(self) -> int:
        """How many pages the log beside the file holds."""
        return len(self._frames)

    @property
    def there(self) -> int:
        """How many pages the file itself can hold, whole or not."""
        return self._size // PAGE

    def read(self, number: int) -> bytes | None:
        """What stands on that page, the newest version that is whole; None where there is none."""
        for file, at in self._versions(number):
            data = self._opened(file, at, number)
            if data is not None:
                return data
        if 0 < number <= self.count and hasattr(self, "broken"):
            self.broken.add(number)
        return None

    def _versions(self, number: int) -> Iterator[tuple[BinaryIO, int]]:
        if self._log is not None:
            for at in reversed(self._frames.get(number, ())):
                yield self._log, at
        if number > 0 and number * PAGE <= self._size:
            yield self._file, (number - 1) * PAGE

    def _opened(self, file: BinaryIO, at: int, number: int) -> bytes | None:
        file.seek(at)
        return self._unsealed(file.read(PAGE), number)

    def _unsealed(self, page: bytes, number: int) -> bytes | None:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        skip = len(MAGIC) if number == 1 else 0
        bound = page[skip : USABLE + IV] + number.to_bytes(4, "little")
        if len(page) < PAGE or not hmac.compare_digest(hmac.digest(self._seal, bound, "sha512"), page[-SEAL:]):
            return None
        plain = Cipher(algorithms.AES(self._key), modes.CBC(page[USABLE : USABLE + IV])).decryptor()
        return (MAGIC if skip else b"") + plain.update(page[skip:USABLE])

    # the log beside the file

    def _logged(self, path: Path) -> tuple[dict[int, list[int]], int]:
        """Where the committed versions of pages lie in the log, oldest first, and how many pages the last commit left.

        What is left over from an earlier use of the log bears other salts, and what was never committed lies behind the
        last frame that ends a transaction. A frame that is damaged costs its own page alone.
        """
        found: dict[int, list[int]] = {}
        try:
            self._log = path.open("rb")
            header = self._log.read(_WAL)
        except OSError:
            return found, 0
        magic, _version, size, *_rest = struct.unpack(">8I", header) if len(header) == _WAL else (0, 0, 0)
        if magic not in _WAL_MAGIC or size != PAGE:
            return found, 0
        waiting: list[tuple[int, int]] = []
        count, at = 0, _WAL + _FRAME
        while len(frame := self._log.read(_FRAME)) == _FRAME and len(page := self._log.read(PAGE)) == PAGE:
            number, after = struct.unpack(">2I", frame[:8])
            if frame[8:16] == header[16:24]:
                whole = self._unsealed(page, number) is not None
                if whole:
                    waiting.append((number, at))
                if after:
                    count = after if whole else count
                    for one, place in waiting:
                        found.setdefault(one, []).append(place)
                    waiting.clear()
            at += _FRAME + PAGE
        return found, count


# --- cells and records ----------------------------------------------------------------------------------------------
def kind_of(data: bytes, number: int) -> int:
    """One of the four kinds of tree pages, or any other number."""
    return data[100 if number == 1 else 0]


def children(data: bytes, number: int) -> list[int]:
    """The pages below an inner page. `Torn` where it is none."""
    head, cells = _cells(data, number)
    return [
        *(int.from_bytes(data[at : at + 4], "big") for at in cells),
        int.from_bytes(data[head + 8 : head + 12], "big"),
    ]


def rows(pages: Pages, data: bytes, number: int) -> Iterator[tuple[int, Row] | None]:
    """(row number, values) of each cell of a page; of an index the number is 0. None for a cell that goes on on a page
    that is lost."""
    kind = kind_of(data, number)
    if kind == TABLE_INNER:
        return
    for at in _cells(data, number)[1]:
        try:
            if kind == INDEX_INNER:
                at += 4
            size, at = varint(data, at)
            row, at = varint(data, at) if kind == TABLE_LEAF else (0, at)
            yield row, record(_payload(pages, data, at, size, kind == TABLE_LEAF))
        except (Torn, IndexError, UnicodeDecodeError, struct.error):
            yield None


def _cells(data: bytes, number: int) -> tuple[int, tuple[int, ...]]:
    head = 100 if number == 1 else 0
    kind = data[head]
    if kind not in (TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER):
        raise Torn("no page of a tree")
    count = int.from_bytes(data[head + 3 : head + 5], "big")
    start = head + (12 if kind in (TABLE_INNER, INDEX_INNER) else 8)
    if start + 2 * count > USABLE:
        raise Torn("more cells than a page holds")
    return head, struct.unpack(f">{count}H", data[start : start + 2 * count])


def varint(data: bytes, at: int) -> tuple[int, int]:
    """(the number that stands there, where it ends)"""
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    value = value << 8 | data[at + 8]
    return value - (1 << 64) if value >> 63 else value, at + 9


def _payload(pages: Pages, data: bytes, at: int, size: int, of_table: bool) -> bytes:
    most = USABLE - 35 if of_table else (USABLE - 12) * 64 // 255 - 23
    if size <= most:
        whole = data[at : at + size]
    else:
        least = (USABLE - 12) * 32 // 255 - 23
        here = least + (size - least) % (USABLE - 4)
        here = here if here <= most else least
        parts, rest = [data[at : at + here]], size - here
        number = int.from_bytes(data[at + here : at + here + 4], "big")
        while rest > 0:
            page = pages.read(number) if 0 < number <= pages.count else None
            if page is None:
                raise Torn("goes on on a page that is lost")
            parts.append(page[4 : 4 + min(rest, USABLE - 4)])
            rest -= USABLE - 4
            number = int.from_bytes(page[:4], "big")
        whole = b"".join(parts)
    if len(whole) != size:
        raise Torn("a cell without its end")
    return whole


def record(payload: bytes) -> Row:
    """The values of a record. `Torn` where it is none."""
    body, at = varint(payload, 0)
    values: Row = []
    place = body
    while at < body:
        kind, at = varint(payload, at)
        if kind >= 12:
            size = (kind - 12) // 2
            part = payload[place : place + size]
            values.append(part.decode() if kind % 2 else part)
        elif kind in _WHOLE:
            size = _WHOLE[kind]
            values.append(int.from_bytes(payload[place : place + size], "big", signed=True))
        elif kind == 7:
            size = 8
            values.append(struct.unpack(">d", payload[place : place + 8])[0])
        elif kind in (0, 8, 9):
            size = 0
            values.append(None if kind == 0 else kind - 8)
        else:
            raise Torn("a value of no known type")
        place += size
    if place != len(payload):
        raise Torn("a record of another length than it says")
    return values
