"""Writing a package: changes as lines, zipped, locked for those who may read them, sealed, and read back."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import pyrage

from cpdesk.files import whole_file
from cpdesk.sync import container, receive
from cpdesk.sync.cards import Card
from cpdesk.sync.keys import Keys
from cpdesk.sync.manifest import Header, Holds, Manifest, Sent, Tip, Vouched

Progress = Callable[[int, int], None]
Lines = Callable[[], Iterable[bytes]]
CHUNK = 1 << 16
LEVEL = 6
README = """\
នេះជាកញ្ចប់ទិន្នន័យរបស់កម្មវិធី cpdesk។ ខ្លឹមសារខាងក្នុងត្រូវបានចាក់សោ ហើយមានតែការិយាល័យអ្នកទទួលទេដែលបើកបាន។
សូមកុំកែ កុំប្តូរឈ្មោះឯកសារខាងក្នុង។ ដើម្បីបញ្ចូល៖ បើក cpdesk រួចជ្រើស «បញ្ចូលកញ្ចប់»។

This is a data package of the program cpdesk. Its content is locked; only the office it was written for can open it.
Do not change anything inside. To take it in: open cpdesk and choose “Merge packages”.
The format is described in the program's file cpdesk/sync/FORMAT.md.
""".encode()


class _Zipped(io.RawIOBase):
    """What age reads from: gzip of the lines, made on the fly so that nothing lies unlocked on a disk."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._zip = zlib.compressobj(LEVEL, zlib.DEFLATED, 31)
        self._ready = bytearray()
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        wanted = size if size > 0 else CHUNK
        while len(self._ready) < wanted and not self._ended:
            chunk = next(self._chunks, None)
            if chunk is None:
                self._ready += self._zip.flush()
                self._ended = True
            else:
                self._ready += self._zip.compress(chunk)
        out = bytes(self._ready[:wanted])
        del self._ready[:wanted]
        return out


class _Pieces(io.RawIOBase):
    """What age reads an attached file from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._ready = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        if not self._ready:
            self._ready = memoryview(next(self._pieces, b""))
        out = bytes(self._ready[: size if size > 0 else CHUNK])
        self._ready = self._ready[len(out) :]
        return out


class _Through:
    """Hands on what age reads and writes, and remembers what went wrong there: age reports a full disk as one of its
    own troubles."""

    def __init__(self, source: io.RawIOBase, target: container.Writer) -> None:
        self._source, self._target = source, target
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes | None:
        try:
            return self._source.read(size)
        except BaseException as why:
            self.error = why
            raise

    def write(self, data: bytes) -> int:
        try:
            return self._target.write(data)
        except BaseException as why:
            self.error = why
            raise

    def flush(self) -> None:
        """The file itself is flushed at its end."""


def _lock(source: io.RawIOBase, target: container.Writer, locks: Sequence[pyrage.x25519.Recipient]) -> None:
    through = _Through(source, target)
    try:
        pyrage.encrypt_io(cast(BinaryIO, through), cast(BinaryIO, through), list(locks))
    except BaseException as why:
        raise through.error or why from why


@dataclass(frozen=True)
class Parcel:
    """An attached file that goes along; `pieces` gives its bytes."""

    sha256: str
    size: int
    pieces: Callable[[], Iterator[bytes]]


def draft(
    header: Header,
    site: str,
    through: int,
    have: Holds,
    tips: Sequence[Tip],
    cards: Sequence[Vouched],
    revoked: Sequence[str],
    lacks: Sequence[str] = (),
    keeps: Sequence[str] = (),
) -> Manifest:
    """A manifest but for what only the lines and the locked files can tell."""
    files = {container.README: _sha(README), container.HEADER: _sha(header.text())}
    return Manifest(
        header, site, through, 0, 0, "", have, files, tuple(tips), tuple(cards), tuple(revoked),
        lacks=tuple(lacks), keeps=tuple(keeps),
    )  # fmt: skip


def write(
    path: Path,
    keys: Keys,
    me: Card,
    certificate: bytes | None,
    manifest: Manifest,
    recipients: Iterable[str],
    lines: Lines,
    parcels: Sequence[Parcel],
    progress: Progress,
) -> tuple[Manifest, int]:
    """(the manifest, bytes of the file). `lines` is gone through twice and must give the same both times.

    The package takes its name only when it has been read back whole. `DiskProblem` where the machine says no.
    """
    locks = [pyrage.x25519.Recipient.from_str(age) for age in sorted({*recipients, me.age})]
    manifest = _measured(manifest, lines)
    whole = manifest.lines + sum(parcel.size // receive.AS_A_LINE for parcel in parcels)
    total, done = 2 * whole + 1, 0

    def watched(chunks: Iterable[tuple[bytes, int]]) -> Iterator[bytes]:
        nonlocal done
        for chunk, count in chunks:
            yield chunk
            done += count
            progress(min(done, whole), total)

    def inside() -> Iterator[bytes]:
        yield b'{"card":%b,"certificate":%b,"manifest":%b}\n' % (me.text, certificate or b"null", manifest.seal(keys))
        yield from watched(_joined(lines()))

    def verify(part: Path) -> None:
        receive.verify(part, keys, me, manifest, lambda n: progress(min(whole + n, total), total))

    with whole_file(path, verify) as file:
        out = container.Writer(file)
        out.add(container.README, README)
        out.add(container.HEADER, manifest.header.text())
        sent = []
        for parcel in parcels:
            pieces = ((piece, len(piece) // receive.AS_A_LINE) for piece in parcel.pieces())
            out.begin_blob()
            _lock(_Pieces(watched(pieces)), out, locks)
            sent.append(Sent(out.end_blob(), parcel.sha256, parcel.size))
        manifest = dataclasses.replace(manifest, blobs=tuple(sent))
        out.begin(container.DATA)
        _lock(_Zipped(inside()), out, locks)
        out.end()
        out.finish()
    progress(total, total)
    return manifest, path.stat().st_size


def _measured(manifest: Manifest, lines: Lines) -> Manifest:
    sha, size, count = hashlib.sha256(), 0, 0
    for chunk, n in _joined(lines()):
        sha.update(chunk)
        size += len(chunk)
        count += n
    return dataclasses.replace(manifest, lines=count, size=size, sha256=sha.hexdigest())


def _joined(lines: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Lines with their ends, gathered into chunks worth handing on; and how many each holds."""
    some: list[bytes] = []
    size = 0
    for line in lines:
        some.append(line)
        size += len(line)
        if size > CHUNK:
            yield b"\n".join(some) + b"\n", len(some)
            some, size = [], 0
    if some:
        yield b"\n".join(some) + b"\n", len(some)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
