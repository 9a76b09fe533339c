"""The outer file of a package: a plain ZIP, stored, that any unpacker opens; written and read in exactly one way.

Members, in this order: README.txt, header.json, any number of blobs/NAME.age (attached files, locked; NAME is the
SHA-256 of those bytes), data.age. Everything that a ZIP may also hold (comments, flags, other members, gaps, overlaps,
dates) is fixed, so that no byte can differ unnoticed and no size can lie.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from cpdesk.sync.problems import Broken

README, HEADER, DATA = "README.txt", "header.json", "data.age"
SMALL = 1 << 14  # most bytes of the members in plain text
MOST_BLOBS = 5_000  # attached files in one package
_NO_NAME = "blobs/" + "0" * 64 + ".age"  # while a blob's bytes are not all written
_BLOB = re.compile(r"blobs/([0-9a-f]{64})\.age", re.A)
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")
_ZIP64 = struct.Struct("<2H2Q")
_FULL = 0xFFFFFFFF
_DAY = 33  # the first of January 1980, ZIP's first day


@dataclass
class Member:
    """Where a member's bytes lie, how many, and their CRC-32."""

    name: str
    at: int
    size: int
    crc: int
    start: int  # of its local header

    @property
    def large(self) -> bool:
        """Whether its local header has room for 64-bit sizes; settled by the name, since sizes come last."""
        return self.name not in (README, HEADER)

    @property
    def blob(self) -> str:
        """The name that an attached file bears here; "" for the other members."""
        found = _BLOB.fullmatch(self.name)
        return found[1] if found else ""

    def local(self) -> bytes:
        name = self.name.encode()
        size = _FULL if self.large else self.size
        extra = _ZIP64.pack(1, 16, self.size, self.size) if self.large else b""
        version = 45 if self.large else 20
        head = _LOCAL.pack(b"PK\3\4", version, 0, 0, 0, _DAY, self.crc, size, size, len(name), len(extra))
        return head + name + extra

    def central(self) -> bytes:
        name = self.name.encode()
        size, extra = self.size, b""
        if self.size >= _FULL:
            size, extra = _FULL, _ZIP64.pack(1, 16, self.size, self.size)
        version = 45 if self.large else 20
        head = _CENTRAL.pack(
            b"PK\1\2", version, version, 0, 0, 0, _DAY, self.crc, size, size,
            len(name), len(extra), 0, 0, 0, 0, self.start,
        )  # fmt: skip
        return head + name + extra


def _tail(members: list[Member]) -> bytes:
    """The directory at the end of the file, as these members demand it."""
    directory = b"".join(member.central() for member in members)
    last = members[-1]
    at, n = last.at + last.size, len(members)
    if at >= _FULL:
        end64 = _END64.pack(b"PK\6\6", 44, 45, 45, 0, 0, n, n, len(directory), at)
        directory_end = at + len(directory)
        return (
            directory + end64 + _LOCATOR.pack(b"PK\6\7", 0, directory_end, 1)
            + _END.pack(b"PK\5\6", 0, 0, n, n, len(directory), _FULL, 0)
        )  # fmt: skip
    return directory + _END.pack(b"PK\5\6", 0, 0, n, n, len(directory), at, 0)


class Writer:
    """Writes the members one after the other into a file that can seek."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._members: list[Member] = []
        self._sha = hashlib.sha256()

    def add(self, name: str, data: bytes) -> None:
        self.begin(name)
        self.write(data)
        self.end()

    def begin(self, name: str) -> None:
        start = self._file.tell()
        member = Member(name, 0, 0, 0, start)
        member.at = start + len(member.local())
        self._members.append(member)
        self._file.write(member.local())

    def write(self, data: bytes) -> int:
        member = self._members[-1]
        member.crc = zlib.crc32(data, member.crc)
        member.size += len(data)
        self._sha.update(data)
        self._file.write(data)
        return len(data)

    def begin_blob(self) -> None:
        """An attached file, whose name follows from its bytes."""
        self._sha = hashlib.sha256()
        self.begin(_NO_NAME)

    def end_blob(self) -> str:
        """The name that it got."""
        member = self._members[-1]
        member.name = f"blobs/{self._sha.hexdigest()}.age"
        self.end()
        return member.blob

    def end(self) -> None:
        member = self._members[-1]
        self._file.seek(member.start)
        self._file.write(member.local())
        self._file.seek(0, 2)

    def finish(self) -> None:
        self._file.write(_tail(self._members))


class Form(NamedTuple):
    """What the outer file holds: the plain members' bytes, where the data lies, and where each attached file does."""

    readme: bytes
    header: bytes
    data: Member
    blobs: tuple[Member, ...]


def read(file: BinaryIO) -> Form:
    """`Broken` where one byte of the outer form is not as it must be.

    The CRCs of the data and of the attached files are left to who reads them. Nothing is read but the small members and
    the form itself.
    """
    size = file.seek(0, 2)
    file.seek(0)
    small = []
    members: list[Member] = []
    for name in (README, HEADER):
        member = _read_local(file, name, size)
        members.append(member)
        if member.size > SMALL:
            raise Broken("a plain member is too long")
        small.append(file.read(member.size))
        if zlib.crc32(small[-1]) != member.crc or len(small[-1]) != member.size:
            raise Broken(f"checksum of {name}")
    blobs = _read_blobs(file, size)
    members += blobs
    members.append(_read_local(file, DATA, size))
    file.seek(members[-1].size, 1)
    tail = _tail(members)
    if file.tell() + len(tail) != size or file.read(len(tail)) != tail:
        raise Broken("directory")
    return Form(small[0], small[1], members[-1], tuple(blobs))


def _read_blobs(file: BinaryIO, size: int) -> list[Member]:
    """The attached files' members, each name once; the file then stands at what follows them."""
    found: list[Member] = []
    names = set[str]()
    while True:
        start = file.tell()
        head = file.read(_LOCAL.size + len(_NO_NAME))
        file.seek(start)
        name = head[_LOCAL.size :].decode("latin-1")
        if not _BLOB.fullmatch(name):
            return found
        if name in names or len(found) >= MOST_BLOBS:
            raise Broken("an attached file twice, or too many")
        names.add(name)
        found.append(_read_local(file, name, size))
        file.seek(found[-1].size, 1)


def _read_local(file: BinaryIO, name: str, size: int) -> Member:
    start = file.tell()
    if start >= _FULL:
        raise Broken("too long")
    fixed = len(Member(name, 0, 0, 0, 0).local())
    head = file.read(fixed)
    if len(head) < fixed:
        raise Broken("cut short")
    crc, stored = struct.unpack_from("<2I", head, 14)
    if name not in (README, HEADER):
        (stored,) = struct.unpack_from("<Q", head, fixed - 8)
    member = Member(name, start + fixed, stored, crc, start)
    if member.local() != head or stored > size - member.at:
        raise Broken(f"local header of {name}")
    return member
