"""Reading a package in one pass: caps before anything is read, signature before anything is parsed, all before commit.

`read` unlocks the file and hands out the manifest and then the lines, to somebody who must not keep them before `read`
has returned: only then are hash, counts and the cipher's own end known to be good. `read_files` does the same with the
attached files, once it is known which of them are wanted.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

import pyrage

from cpdesk.errors import UserError
from cpdesk.files import disk_troubles
from cpdesk.store.canonical import MAX_LINE, Malformed
from cpdesk.sync import cards, container, problems
from cpdesk.sync.cards import Card
from cpdesk.sync.keys import ENVELOPE, Keys, Sealed, read_envelope
from cpdesk.sync.manifest import WITH_FILES, Header, Manifest, Sent, read_header, read_manifest
from cpdesk.sync.problems import Broken

FIRST_LINE = 4 << 20
LOCK_HEAD = 1 << 14  # age's own head: one stanza of some hundred bytes for each who may read
FREE = 64 << 20  # what any package may unpack to
RATIO = 100  # and how many times its size a larger one: lines of changes shrink to a tenth or less, never to this
STEP = 1 << 18
AS_A_LINE = 500  # bytes of an attached file that take about as long as a line of changes, for those who watch
_AGE = b"age-encryption.org/v1\n"
_ANY = re.sub(rb"\((?!\?)", b"(?:", ENVELOPE)
_FIRST = re.compile(rb'\{"card":(' + _ANY + rb'),"certificate":(' + _ANY + rb'|null),"manifest":(' + _ANY + rb")\}")


class Taker(Protocol):
    """Who takes a package's content. Any of these may refuse by raising a `UserError`; nothing may be kept then."""

    def trust(self, card: Card, certificate: Sealed | None, /) -> None:
        """Is the sender accepted here? Asked before a byte of what it says is parsed."""

    def begin(self, manifest: Manifest, card: Card, /) -> None:
        """The manifest is the sender's and for us; its lines come next."""

    def lines(self, lines: list[bytes]) -> None:
        """Some lines, in order, without their ends."""


def look(path: Path) -> Header:
    """The plain facts on the outside of a package; unsigned, so good for sorting and no more."""
    with _troubles(path), path.open("rb") as file:
        return read_header(container.read(file).header)


def read(path: Path, keys: Keys, office: str, taker: Taker, progress: Callable[[int], None]) -> Manifest:
    """Unlock and check everything, handing the content to `taker`; `progress` gets the number of bytes read so far.

    `PackageProblem` or `KeyProblem` for whatever is wrong with it, `DiskProblem` where it cannot be read.
    """
    with _troubles(path), path.open("rb") as file:
        form = container.read(file)
        reader = _Reader(taker, keys, office, form)
        window = _Window(file, form.data, progress)
        try:
            pyrage.decrypt_io(window, reader, [keys.receiving])
        except BaseException as why:
            raise _cause(why, reader.error or window.error, window, reader.header) from why
        window.finish()
        return reader.finish()


class FileSink(Protocol):
    """Where an attached file's bytes go; `finish` is called once all proved to be what the manifest says."""

    def write(self, data: bytes, /) -> object:
        """The next bytes."""

    def finish(self) -> object:
        """That was all."""


def read_files(
    path: Path, keys: Keys, manifest: Manifest, sink: Callable[[Sent], FileSink | None], progress: Callable[[int], None]
) -> None:
    """Unlock and check every attached file of a package that `read` found good; `sink` says where each goes, None for
    nowhere. `progress` goes on where that of `read` ended. Raises as `read` does; nothing may be kept then.
    """
    with _troubles(path), path.open("rb") as file:
        form = container.read(file)
        if [member.blob for member in form.blobs] != [sent.name for sent in manifest.blobs]:
            raise Broken("other files than the manifest says")
        done = form.data.size
        for member, sent in zip(form.blobs, manifest.blobs, strict=True):
            if member.size > sent.bytes + LOCK_HEAD + sent.bytes // 1024:  # a lock adds its head and 16 bytes in 64 KiB
                raise Broken("a file longer than it says")
            window = _Window(file, member, progress, done, hashlib.sha256())
            taken = _File(sent, sink(sent))
            try:
                pyrage.decrypt_io(window, taken, [keys.receiving])
            except BaseException as why:
                raise _cause(why, taken.error or window.error, window) from why
            window.finish()
            taken.finish()
            done += member.size


class _File:
    """What age writes an attached file to: counts, hashes, hands on."""

    def __init__(self, sent: Sent, sink: FileSink | None) -> None:
        self._sent, self._sink = sent, sink
        self._sha = hashlib.sha256()
        self._left = sent.bytes
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            if self.error is not None:
                raise self.error
            self._left -= len(data)
            if self._left < 0:
                raise Broken("a file longer than it says")
            self._sha.update(data)
            if self._sink is not None:
                self._sink.write(bytes(data))
        except BaseException as why:
            self.error = why
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here that could be flushed."""

    def finish(self) -> None:
        """`Broken` unless it is the file that the manifest speaks of."""
        if self._left or self._sha.hexdigest() != self._sent.sha256:
            raise Broken("another file than the manifest says")
        if self._sink is not None:
            self._sink.finish()


def _cause(
    why: BaseException, ours: BaseException | None, window: _Window, header: Header | None = None
) -> BaseException:
    """What went wrong while age was at work: what our side raised in the middle of it, or what it says of the bytes.

    It reports a broken seal as an `OSError` like any other; only `ours` come from the disk.
    """
    if ours is not None:
        return ours
    no_key = isinstance(why, pyrage.DecryptError) and "No matching keys" in str(why)
    if header and no_key and window.is_whole():  # else it may be our key that was damaged in it
        return problems.for_another(header.to)
    if isinstance(why, pyrage.DecryptError | OSError | ValueError) or type(why).__name__ == "PanicException":
        return Broken(f"age: {why}")
    return why


def verify(path: Path, keys: Keys, me: Card, wanted: Manifest, progress: Callable[[int], None]) -> None:
    """Read back what was just written; `OSError` unless it is `wanted` to the byte."""
    check = _Check(me, wanted, progress)
    try:
        found = read(path, keys, wanted.header.to, check, lambda _bytes: None)
        read_files(path, keys, found, lambda _sent: check.files, lambda _bytes: None)
    except (UserError, Malformed) as why:
        raise OSError(5, f"read back differs: {why.__cause__ or why}", str(path)) from why
    if not check.same:
        raise OSError(5, "read back differs", str(path))


class _Check:
    """Takes our own package, believing only ourselves."""

    def __init__(self, me: Card, wanted: Manifest, progress: Callable[[int], None]) -> None:
        self.me, self.wanted, self.progress = me, wanted, progress
        self.same = False
        self.done = 0
        self.files = _Counted(self)

    def trust(self, card: Card, _certificate: Sealed | None) -> None:
        if card != self.me:
            raise Broken("another card")

    def begin(self, manifest: Manifest, _card: Card) -> None:
        self.same = manifest == self.wanted

    def lines(self, lines: list[bytes]) -> None:
        self.done += len(lines)
        self.progress(self.done)


class _Counted:
    """Keeps nothing of an attached file but that it was there."""

    def __init__(self, check: _Check) -> None:
        self._check = check

    def write(self, data: bytes) -> None:
        self._check.done += len(data) // AS_A_LINE
        self._check.progress(self._check.done)

    def finish(self) -> None:
        """Nothing was kept."""


@contextmanager
def _troubles(path: Path) -> Iterator[None]:
    """What hostile or damaged bytes can raise becomes one clear sentence."""
    with disk_troubles(path):
        try:
            yield
        except (Broken, Malformed) as why:
            raise (problems.damaged() if _begins_as_package(path) else problems.no_package()) from why


def _begins_as_package(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(64)[30:40] == container.README.encode()


class _Window:
    """A locked member as a file of its own, its checksum taken along the way; an attached file's hash too."""

    def __init__(
        self,
        file: BinaryIO,
        member: container.Member,
        progress: Callable[[int], None],
        before: int = 0,
        sha: hashlib._Hash | None = None,
    ) -> None:
        self._file, self._member, self._progress = file, member, progress
        self._before, self._sha = before, sha
        self._left = member.size
        self._crc = 0
        self.error: BaseException | None = None
        file.seek(member.at)
        head = file.read(min(LOCK_HEAD, member.size))
        if not head.startswith(_AGE) or b"\n--- " not in head:
            raise Broken("no age file, or more readers than there are offices")
        file.seek(member.at)

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._file.read(self._left if size < 0 else min(size, self._left))
            self._left -= len(data)
            self._crc = zlib.crc32(data, self._crc)
            if self._sha is not None:
                self._sha.update(data)
            self._progress(self._before + self._member.size - self._left)
        except BaseException as why:
            self.error = why
            raise
        return data

    def is_whole(self) -> bool:
        """Whether the member's bytes are those that were written; reads what is left of them."""
        while self.read(STEP):
            continue
        return not self._left and self._crc == self._member.crc

    def finish(self) -> None:
        """`Broken` unless all was read and is what the outer form says."""
        if self._left or self._crc != self._member.crc:
            raise Broken("checksum of the data")
        if self._sha is not None and self._sha.hexdigest() != self._member.blob:
            raise Broken("another file than its name says")


class _Reader:
    """What age writes to: unzips, tells the lines apart, checks the first and hands on the others."""

    def __init__(self, taker: Taker, keys: Keys, office: str, form: container.Form) -> None:
        self._taker, self._keys, self._office, self._form = taker, keys, office, form
        self.header = read_header(form.header)
        self._cap = max(FREE, RATIO * form.data.size)
        self._zip = zlib.decompressobj(31)
        self._sha = hashlib.sha256()
        self._tail = b""
        self._left = FIRST_LINE
        self._lines = 0
        self._manifest: Manifest | None = None
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        if self.error is None:
            try:
                self._unzip(bytes(data))
            except zlib.error as why:
                self.error = Broken(str(why))
            except BaseException as why:
                self.error = why
        if self.error is not None:
            raise self.error
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here that could be flushed."""

    def _unzip(self, data: bytes) -> None:
        while data or self._zip.unconsumed_tail:
            out = self._zip.decompress(data, min(STEP, self._left + 1))
            data = self._zip.unconsumed_tail
            self._left -= len(out)
            if self._left < 0:
                raise Broken("more than was announced") if self._manifest else Broken("first line too long")
            self._take(out)
            if self._zip.eof:
                if data or self._zip.unused_data:
                    raise Broken("something behind the end")
                return

    def _take(self, out: bytes) -> None:
        if self._manifest is None:
            self._tail += out
            first, found, rest = self._tail.partition(b"\n")
            if not found:
                return
            self._manifest = self._begin(first)
            self._left = self._manifest.size - len(rest)
            if self._left < 0:
                raise Broken("more than was announced")
            self._tail, out = b"", rest
        if b"\n" in out:
            whole, _end, tail = out.rpartition(b"\n")
            block = self._tail + whole
            lines = block.split(b"\n")
            self._tail = tail
            self._sha.update(block)
            self._sha.update(b"\n")
            self._lines += len(lines)
            if self._lines > self._manifest.lines:
                raise Broken("more lines than were announced")
            self._taker.lines(lines)
        else:
            self._tail += out
        if len(self._tail) > MAX_LINE:
            raise Broken("line too long")

    def _begin(self, first: bytes) -> Manifest:
        found = _FIRST.fullmatch(first)
        if not found:
            raise Broken("first line")
        card = cards.read(found[1])
        self._taker.trust(card, None if found[2] == b"null" else read_envelope(found[2]))
        manifest = read_manifest(read_envelope(found[3]), card.sign)
        if manifest.header != self.header or manifest.header.sender != card.office:
            raise Broken("not what it says outside")
        plain = {container.README: self._form.readme, container.HEADER: self._form.header}
        if manifest.files != {name: hashlib.sha256(text).hexdigest() for name, text in plain.items()}:
            raise Broken("the plain members were changed")
        if manifest.header.to != self._office and card.sign != self._keys.sign:
            raise problems.for_another(manifest.header.to)
        if manifest.blobs and manifest.header.reader < WITH_FILES:
            raise Broken("files in a package that says it has none")
        if manifest.size > self._cap:
            raise problems.too_large()
        self._taker.begin(manifest, card)
        return manifest

    def finish(self) -> Manifest:
        """The manifest, once all that it says has proved true."""
        m = self._manifest
        if m is None or not self._zip.eof or self._tail or self._left:
            raise Broken("incomplete")
        if self._lines != m.lines or self._sha.hexdigest() != m.sha256:
            raise Broken("hash or counts")
        return m
