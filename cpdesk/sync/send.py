"""Writing a package: changes as lines, zipped, locked for those who may read them, sealed, and read back."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

import pyrage

from cpdesk.files import whole_file
from cpdesk.sync import container, receive
from cpdesk.sync.cards import Card
from cpdesk.sync.keys import Keys
from cpdesk.sync.manifest import Header, Holds, Manifest, Tip, Vouched

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


def draft(
    header: Header,
    site: str,
    through: int,
    have: Holds,
    tips: Sequence[Tip],
    cards: Sequence[Vouched],
    revoked: Sequence[str],
) -> Manifest:
    """A manifest but for what only the lines can tell."""
    files = {container.README: _sha(README), container.HEADER: _sha(header.text())}
    return Manifest(header, site, through, 0, 0, "", have, files, tuple(tips), tuple(cards), tuple(revoked))


def write(
    path: Path,
    keys: Keys,
    me: Card,
    certificate: bytes | None,
    manifest: Manifest,
    recipients: Iterable[str],
    lines: Lines,
    progress: Progress,
) -> tuple[Manifest, int]:
    """(the manifest, bytes of the file). `lines` is gone through twice and must give the same both times.

    The package takes its name only when it has been read back whole. `DiskProblem` where the machine says no.
    """
    locks = [pyrage.x25519.Recipient.from_str(age) for age in sorted({*recipients, me.age})]
    manifest = _measured(manifest, lines)
    total = 2 * manifest.lines + 1
    first = b'{"card":%b,"certificate":%b,"manifest":%b}' % (me.text, certificate or b"null", manifest.seal(keys))

    def chunks() -> Iterator[bytes]:
        done = 0
        for chunk, count in _joined(lines()):
            yield chunk
            done += count
            progress(done, total)

    def with_first() -> Iterator[bytes]:
        yield first + b"\n"
        yield from chunks()

    def verify(part: Path) -> None:
        receive.verify(part, keys, me, manifest, lambda n: progress(manifest.lines + n, total))

    with whole_file(path, verify) as file:
        out = container.Writer(file)
        out.add(container.README, README)
        out.add(container.HEADER, manifest.header.text())
        out.begin(container.DATA)
        pyrage.encrypt_io(_Zipped(with_first()), cast(BinaryIO, out), locks)
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
