"""Packages made by hand, honest as long as nobody says otherwise: for vectors, for fuzzing, for whoever wants to lie.

Everything that a sender signs, writes or locks can be replaced by something else before it is.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyrage

from cpdesk.kinds import Value
from cpdesk.store.canonical import HASH, ZERO, Op, canon, digest_of, stream_id
from cpdesk.sync import cards, container, manifest, send
from cpdesk.sync.keys import MANIFEST, Keys
from cpdesk.sync.manifest import Header

AT = "2026-01-01T08:00:00+07:00"
HOUR = 3_600_000 << 16


@dataclass
class Office:
    """One computer of an office, with its keys."""

    code: str
    name: str = "ការិយាល័យ"
    site: str = "0000000a"
    keys: Keys = field(default_factory=Keys.make)

    @cached_property
    def card(self) -> cards.Card:
        return cards.make(self.keys, self.code, self.name, self.site, AT)

    def vouches(self, other: Office) -> list[str]:
        """Another's card and our certificate for it, as a manifest lists them."""
        return [other.card.text.decode(), cards.certify(self.keys, self.code, other.card, AT).decode()]


@dataclass
class Stream:
    """What one computer wrote in one scope. `write` goes on where the last op ended, unless told where."""

    office: Office
    scope: str
    number: int = 0
    ops: list[Op] = field(default_factory=list)

    @property
    def nonce(self) -> bytes:
        return bytes.fromhex(self.office.site) + self.number.to_bytes(HASH - 4, "big")

    @property
    def id(self) -> bytes:
        return stream_id(self.office.code, self.scope, self.nonce)

    @property
    def line(self) -> bytes:
        return canon(["S", self.office.code, self.scope, self.nonce.hex()])

    def write(
        self,
        record: int,
        sets: dict[str, Value] | bytes,
        *parents: Op,
        kind: str = "meeting",
        after: Op | None = None,
        hlc: int | None = None,
        **facts: object,
    ) -> Op:
        """One more change; `sets` as bytes is taken as it stands."""
        last = after or (self.ops[-1] if self.ops else None)
        seq, prev = (last.seq + 1, last.h) if last else (1, ZERO)
        content = sets if isinstance(sets, bytes) else canon(sets)
        salt = hashlib.sha256(content + bytes([len(self.ops)])).digest()[:HASH]
        made = {
            "seq": seq, "prev": prev, "hlc": HOUR * seq if hlc is None else hlc, "who": "មន្ត្រី", "kind": kind,
            "record": record.to_bytes(HASH, "big"), "parents": b"".join(sorted(p.h for p in parents)),
            "digest": digest_of(salt, content), "salt": salt, "sets": content,
        }  # fmt: skip
        op = Op(self.id, **{**made, **facts})  # type: ignore[arg-type]
        self.ops.append(op)
        return op

    def tips(self, keys: Keys | None = None) -> list[bytes]:
        """The owner's signatures under each end of its chains."""
        followed = {op.prev for op in self.ops}
        ends = [op for op in self.ops if op.h not in followed]
        return [manifest.tip(keys or self.office.keys, self.id, op.seq, op.h).text for op in ends]


def lines_of(*streams: Stream) -> list[bytes]:
    """The lines of a package that holds these streams whole."""
    found: list[bytes] = []
    for stream in sorted(streams, key=lambda s: s.id):
        found += [stream.line, *(op.line() for op in sorted(stream.ops, key=lambda op: (op.seq, op.h)))]
    return found


@dataclass
class Package:
    """What goes into a file. `facts` replaces or adds keys of the manifest, `outside` those of header.json."""

    sender: Office
    to: Office
    lines: Sequence[bytes] = ()
    tips: Sequence[bytes] = ()
    number: int = 1
    facts: dict[str, object] = field(default_factory=dict)
    outside: dict[str, object] = field(default_factory=dict)
    certificate: bytes = b"null"
    blobs: Sequence[bytes] = ()  # plain
    readme: bytes = send.README
    locks: Sequence[str] = ()  # age keys, by default the recipient's

    @classmethod
    def of(cls, sender: Office, to: Office, *streams: Stream, **more: object) -> Package:
        tips = [tip for stream in streams for tip in stream.tips()]
        return cls(sender, to, lines_of(*streams), tips, **more)  # type: ignore[arg-type]

    @property
    def header(self) -> dict[str, object]:
        version = manifest.WITH_FILES if self.blobs else manifest.FORMAT
        return {**Header(self.number, self.sender.code, self.to.code, AT, version, version).facts(), **self.outside}

    @property
    def body(self) -> bytes:
        return b"".join(line + b"\n" for line in self.lines)

    @cached_property
    def locked_blobs(self) -> list[bytes]:
        return [self.locked(blob) for blob in self.blobs]

    def told(self) -> dict[str, object]:
        """The manifest's payload."""
        outside, body = self.header, self.body
        files = {container.README: sha(self.readme), container.HEADER: sha(canon(outside))}
        blobs = [[sha(a), sha(b), len(b)] for a, b in zip(self.locked_blobs, self.blobs, strict=True)]
        through = max((HOUR * n for n in range(len(self.lines))), default=0)
        plain = {
            **outside, "site": self.sender.site, "through": through, "lines": len(self.lines), "bytes": len(body),
            "sha256": sha(body), "have": {}, "files": files, "tips": [tip.decode() for tip in self.tips], "cards": [],
            "revoked": [], "blobs": blobs, "lacks": [], "keeps": [],
        }  # fmt: skip
        return {**plain, **self.facts}

    def first(self, sealed: bytes | None = None) -> bytes:
        """The first line, with its end."""
        sealed = sealed or self.sender.keys.seal(self.told(), MANIFEST)
        card = self.sender.card.text
        return b'{"card":%b,"certificate":%b,"manifest":%b}\n' % (card, self.certificate, sealed)

    def inside(self) -> bytes:
        return self.first() + self.body

    def file(self, inside: bytes | None = None, zipped: bytes | None = None, locked: bytes | None = None) -> bytes:
        """The file's bytes; what is given stands in place of what was made."""
        if locked is None:
            locked = self.locked(zipped if zipped is not None else gzip(self.inside() if inside is None else inside))
        out = io.BytesIO()
        writer = container.Writer(out)
        writer.add(container.README, self.readme)
        writer.add(container.HEADER, canon(self.header))
        for blob in self.locked_blobs:
            writer.begin_blob()
            writer.write(blob)
            writer.end_blob()
        writer.add(container.DATA, locked)
        writer.finish()
        return out.getvalue()

    def locked(self, data: bytes) -> bytes:
        keys = self.locks or (self.to.keys.age,)
        return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(key) for key in keys]))


def gzip(data: bytes) -> bytes:
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packed.compress(data) + packed.flush()


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
