"""What a power cut can leave: a disk that keeps only what was flushed, and of the rest whatever it likes.

A disk is fed the recorded file operations one after the other (`shim.c`, `fault_record`). At any moment it can be asked
for an image: flushed content is there; of what was written since, each 512-byte sector is there or not; a file grew or
did not; names made, changed or removed in a folder that was not flushed since are as before or as after. That is more
than most real disks do to anybody, and no more than the interfaces allow.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
_ENTRY = struct.Struct("@4l")
WRITE, CUT, SYNC, CREATE, EMPTY, RENAME, UNLINK, MKDIR, MARK, LINK = (ord(letter) for letter in "wtscerudml")


@dataclass(frozen=True)
class Entry:
    """One recorded operation; `data` is what was written, or the path or paths."""

    kind: int
    inode: int
    where: int
    data: bytes

    @property
    def path(self) -> Path:
        return Path(os.fsdecode(self.data))


def entries(tape: bytes) -> Iterator[Entry]:
    at = 0
    while at < len(tape):
        kind, inode, where, size = _ENTRY.unpack_from(tape, at)
        at += _ENTRY.size
        yield Entry(kind, inode, where, tape[at : at + size])
        at += size


@dataclass
class File:
    flushed: bytearray = field(default_factory=bytearray)
    pending: list[Entry] = field(default_factory=list)  # WRITE and CUT since

    def sync(self) -> None:
        self.flushed, self.pending = self.content(lambda _entry: None), []

    def content(self, lost: Callable[[Entry], list[int] | None], grows: bool = True) -> bytearray:
        """`lost` says which sectors of a write did not arrive, None for none; a shortening is as one sector.

        `grows`: the file is as long as it was meant to be, even where nothing arrived there.
        """
        data = bytearray(self.flushed)
        for entry in self.pending:
            gone = lost(entry)
            if entry.kind == CUT:
                if gone is None:
                    data[entry.where :] = bytes(max(0, entry.where - len(data)))
                continue
            end = entry.where + len(entry.data)
            for start, stop in _sectors(entry):
                if gone is None or start // SECTOR not in gone:
                    data.extend(bytes(max(0, stop - len(data))))
                    data[start:stop] = entry.data[start - entry.where : stop - entry.where]
            if grows:
                data.extend(bytes(max(0, end - len(data))))
        return data


def _sectors(entry: Entry) -> Iterator[tuple[int, int]]:
    start, end = entry.where, entry.where + len(entry.data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        yield start, stop
        start = stop


@dataclass
class Folder:
    flushed: dict[str, File | Folder] = field(default_factory=dict)
    pending: list[dict[str, File | Folder | None]] = field(default_factory=list)

    def now(self, kept: Callable[[], bool] = lambda: True) -> dict[str, File | Folder]:
        found: dict[str, File | Folder | None] = dict(self.flushed)
        for change in self.pending:
            if kept():
                found |= change
        return {name: node for name, node in found.items() if node is not None}

    def sync(self) -> None:
        self.flushed, self.pending = self.now(), []


class Disk:
    """Everything under one folder, which is flushed as it stands at first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._known: dict[int, File | Folder] = {}
        self._tree = self._read(root)

    def _read(self, folder: Path) -> Folder:
        made = Folder()
        self._known[folder.stat().st_ino] = made
        for path in folder.iterdir():
            if path.is_dir():
                made.flushed[path.name] = self._read(path)
            else:
                file = File(bytearray(path.read_bytes()))
                self._known[path.stat().st_ino] = made.flushed[path.name] = file
        return made

    def feed(self, entry: Entry) -> None:
        """One more operation; what happened elsewhere is none of this disk's."""
        node = self._known.get(entry.inode)
        if entry.kind in (WRITE, CUT):
            if isinstance(node, File):
                node.pending.append(entry)
        elif entry.kind == SYNC:
            if node:
                node.sync()
        elif entry.kind == RENAME:
            old, new = (Path(os.fsdecode(one)) for one in entry.data.split(b"\0"))
            self._rename(old, new)
        elif entry.kind == LINK:
            old, new = (Path(os.fsdecode(one)) for one in entry.data.split(b"\0"))
            self._link(old, new)
        elif entry.kind != MARK and (folder := self._folder(entry.path.parent)) is not None:
            self._name(folder, entry)

    def _name(self, folder: Folder, entry: Entry) -> None:
        name = entry.path.name
        if entry.kind == UNLINK:
            self._forget(folder.now()[name])
            folder.pending.append({name: None})
        elif entry.kind == EMPTY:
            node = folder.now()[name]
            assert isinstance(node, File)
            node.pending.append(Entry(CUT, entry.inode, 0, b""))
        else:
            made: File | Folder = Folder() if entry.kind == MKDIR else File()
            self._known[entry.inode] = made
            folder.pending.append({name: made})

    def _rename(self, old: Path, new: Path) -> None:
        folder = self._folder(old.parent)
        if folder is None:
            return
        assert old.parent == new.parent, "between folders: not thought of here"
        there = folder.now()
        gone = there.get(new.name)
        if gone is not None and not any(node is gone for name, node in there.items() if name != new.name):
            self._forget(gone)  # it had no second name
        folder.pending.append({old.name: None, new.name: there[old.name]})

    def _link(self, old: Path, new: Path) -> None:
        """A second name for the same file."""
        folder, other = self._folder(old.parent), self._folder(new.parent)
        if folder is not None and other is not None:
            other.pending.append({new.name: folder.now()[old.name]})

    def _forget(self, node: File | Folder) -> None:
        """Its inode's number may come again for another file."""
        self._known = {inode: other for inode, other in self._known.items() if other is not node}

    def _folder(self, path: Path) -> Folder | None:
        if not path.is_relative_to(self.root):
            return None
        found = self._tree
        for part in path.relative_to(self.root).parts:
            inner = found.now().get(part)
            if not isinstance(inner, Folder):
                return None
            found = inner
        return found

    def image(self, to: Path, chance: Random | None = None) -> None:
        """What is left after a power cut now; without `chance` all there is, as if it had been flushed."""
        _write(self._tree, to, Mood(chance) if chance else None)


class Mood:
    """How a disk loses things this time. Pure chance alone would hardly ever lose only one thing, or all but one."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.names = chance.choice(("all", "none", "first", "some"))
        self.data = chance.choice(("all", "none", "first", "some", "torn"))
        self.share = chance.choice((0.1, 0.5, 0.9))
        self.grows = chance.random() < 0.5

    def names_kept(self, pending: int) -> Callable[[], bool]:
        keep = self._kept(self.names, pending)
        return lambda: keep(1) is None

    def data_lost(self, pending: int) -> Callable[[Entry], list[int] | None]:
        keep = self._kept(self.data, pending)

        def lost(entry: Entry) -> list[int] | None:
            sectors = [start // SECTOR for start, _stop in _sectors(entry)]
            lost_here = keep(len(sectors))
            return None if lost_here is None else [sectors[n] for n in lost_here] if sectors else [0]

        return lost

    def _kept(self, how: str, pending: int) -> Callable[[int], list[int] | None]:
        """None where all of an operation of so many pieces arrives, else those that do not."""
        chance, share = self.chance, self.share
        left = chance.randint(0, pending)

        def keep(pieces: int) -> list[int] | None:
            nonlocal left
            left -= 1
            everything = list(range(max(pieces, 1)))
            if how == "all" or (how == "first" and left > 0):
                return None
            if how == "none" or (how == "first" and left < 0):
                return everything
            if how == "some":
                return None if chance.random() < share else everything
            return [n for n in everything if chance.random() > share] or None

        return keep


def _write(folder: Folder, to: Path, mood: Mood | None) -> None:
    to.mkdir(exist_ok=True)
    names = folder.now(mood.names_kept(len(folder.pending))) if mood else folder.now()
    for name, node in names.items():
        if isinstance(node, Folder):
            _write(node, to / name, mood)
        elif not name.endswith("-shm"):  # written through memory; made anew by whoever comes first
            lost = mood.data_lost(len(node.pending)) if mood else lambda _entry: None
            (to / name).write_bytes(node.content(lost, mood.grows if mood else True))
