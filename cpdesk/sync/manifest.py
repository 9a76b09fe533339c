"""What a package says of itself, signed by its sender; and the few facts of it that anyone may read on the outside."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cpdesk.kinds import MAX_INT
from cpdesk.store.canonical import HASH, canon
from cpdesk.sync import problems
from cpdesk.sync.cards import Card, is_office
from cpdesk.sync.cards import read as read_card
from cpdesk.sync.container import MOST_BLOBS
from cpdesk.sync.keys import MANIFEST, TIP, Keys, Sealed, parsed, read_envelope
from cpdesk.sync.problems import Broken

FORMAT = 1
WITH_FILES = 2  # the format of a package that holds attached files; any other is still of format 1
KNOWN = 2  # what this program reads
MOST_NAMES = 5_000  # of files that a manifest says to lack, or to have
MOST_BYTES = 64 << 20  # of one attached file
_HEX32 = re.compile(r"[0-9a-f]{32}", re.A)
_HEX64 = re.compile(r"[0-9a-f]{64}", re.A)
_SITE = re.compile(r"[0-9a-f]{8}", re.A)
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", re.A)
_FINGERPRINT = re.compile(r"\d{5}( \d{5}){7}", re.A)

Holds = dict[bytes, tuple[int, bytes]]


@dataclass(frozen=True)
class Header:
    """The plain facts outside: enough to sort a stick. Believed only once the manifest says the same."""

    number: int
    sender: str
    to: str
    at: str
    format: int = FORMAT
    reader: int = FORMAT

    def text(self) -> bytes:
        return canon(self.facts())

    def facts(self) -> dict[str, object]:
        who = {"from": self.sender, "to": self.to, "at": self.at}
        return {"format": self.format, "reader": self.reader, "number": self.number, **who}


@dataclass(frozen=True)
class Sent:
    """An attached file in a package: `name` is the SHA-256 of its locked bytes, `sha256` that of the file itself."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Tip:
    """How far a stream had come, said by its owner. `text` is the signed envelope."""

    stream: bytes
    seq: int
    h: bytes
    signer: str
    text: bytes


@dataclass(frozen=True)
class Vouched:
    """Somebody else's card, and the sender's certificate for it."""

    card: Card
    certificate: Sealed


@dataclass(frozen=True)
class Manifest:
    """What the sender signed. `lines`, `size` (in bytes) and `sha256` are of all that follows the first line."""

    header: Header
    site: str
    through: int  # hlc of the newest change that the sender had made
    lines: int
    size: int
    sha256: str
    have: Holds
    files: dict[str, str]  # sha256 of the plain members
    tips: tuple[Tip, ...] = ()
    cards: tuple[Vouched, ...] = ()
    revoked: tuple[str, ...] = ()  # fingerprints of the cards that the sender withdrew
    blobs: tuple[Sent, ...] = ()
    lacks: tuple[str, ...] = ()  # sha256 of files that the sender's records name and that it has not received
    keeps: tuple[str, ...] = ()  # those it has of records that `have` does not tell of
    payload: bytes = field(default=b"", compare=False)

    def seal(self, keys: Keys) -> bytes:
        """The manifest as its sender signs it, never twice the same: copies of a desk may write alike in one second."""
        return keys.seal(
            {
                **self.header.facts(),
                "site": self.site,
                "through": self.through,
                "lines": self.lines,
                "bytes": self.size,
                "sha256": self.sha256,
                "have": {id_.hex(): [seq, h.hex()] for id_, (seq, h) in self.have.items()},
                "files": self.files,
                "tips": [tip.text.decode() for tip in self.tips],
                "cards": [[v.card.text.decode(), v.certificate.text.decode()] for v in self.cards],
                "revoked": list(self.revoked),
                "blobs": [[one.name, one.sha256, one.bytes] for one in self.blobs],
                "lacks": list(self.lacks),
                "keeps": list(self.keeps),
                "nonce": secrets.token_hex(HASH),
            },
            MANIFEST,
        )


def tip(keys: Keys, stream: bytes, seq: int, h: bytes) -> Tip:
    """The owner's signature under the end of its stream."""
    return read_tip(keys.seal({"format": FORMAT, "stream": stream.hex(), "seq": seq, "h": h.hex()}, TIP))


def read_tip(text: bytes) -> Tip:
    """`Broken` unless well signed. Whether the signer owns the stream is asked elsewhere."""
    sealed = read_envelope(text)
    facts = sealed.opened(TIP)
    stream, seq, h = facts.get("stream"), facts.get("seq"), facts.get("h")
    if facts.get("format") != FORMAT or not _is(_HEX32, stream) or not _is(_HEX32, h) or not _whole(seq):
        raise Broken("tip")
    return Tip(bytes.fromhex(str(stream)), int(str(seq)), bytes.fromhex(str(h)), sealed.signer, text)


def read_header(text: bytes) -> Header:
    """`Broken` for anything else than a header; `PackageProblem` for a newer format."""
    facts = parsed(text)
    _refuse_newer(facts)
    return _header(facts)


def _header(facts: Mapping[str, object]) -> Header:
    number, sender, to, at = (facts.get(key) for key in ("number", "from", "to", "at"))
    if not _whole(number) or not is_office(sender) or not is_office(to) or not _is(_WHEN, at):
        raise Broken("header")
    try:
        datetime.fromisoformat(str(at))
    except ValueError:
        raise Broken("header") from None
    version, reader = int(str(facts["format"])), int(str(facts["reader"]))
    return Header(int(str(number)), str(sender), str(to), str(at), version, reader)


def _refuse_newer(facts: Mapping[str, object]) -> None:
    version, reader = facts.get("format"), facts.get("reader")
    if not _whole(version) or not _whole(reader):
        raise Broken("format")
    if int(str(reader)) > KNOWN:
        raise problems.newer()


def read_manifest(sealed: Sealed, signer: str) -> Manifest:
    """The manifest, once its signature was found to be `signer`'s; `Broken` where it is not or says nonsense."""
    facts = sealed.opened(MANIFEST, signer)
    _refuse_newer(facts)
    header = _header(facts)
    site, through, lines, size, sha = (facts.get(key) for key in ("site", "through", "lines", "bytes", "sha256"))
    files, tips, others, gone = (facts.get(key) for key in ("files", "tips", "cards", "revoked"))
    if not _is(_SITE, site) or not _is(_HEX64, sha) or not isinstance(through, int) or not 0 <= through < 1 << 63:
        raise Broken("manifest")
    if not _whole(lines, 0) or not _whole(size, 0):
        raise Broken("manifest")
    if not isinstance(files, dict) or not all(_is(_HEX64, value) for value in files.values()):
        raise Broken("files")
    if not isinstance(tips, list) or not isinstance(others, list) or not isinstance(gone, list):
        raise Broken("lists")
    if not all(_is(_FINGERPRINT, one) for one in gone):
        raise Broken("revoked")
    return Manifest(
        header, str(site), through, int(str(lines)), int(str(size)), str(sha), _have(facts.get("have")), files,
        tuple(read_tip(_text(one)) for one in tips), tuple(_vouched(one) for one in others), tuple(map(str, gone)),
        _blobs(facts.get("blobs")), _names(facts.get("lacks", [])), _names(facts.get("keeps", [])), sealed.payload,
    )  # fmt: skip


def _blobs(value: object) -> tuple[Sent, ...]:
    if not isinstance(value, list):
        raise Broken("blobs")
    found = []
    for one in value:
        if not isinstance(one, list) or len(one) != 3:
            raise Broken("blobs")
        name, sha, size = one
        if not _is(_HEX64, name) or not _is(_HEX64, sha) or not _whole(size, 0) or size > MOST_BYTES:
            raise Broken("blobs")
        found.append(Sent(name, sha, size))
    if len({one.sha256 for one in found}) < len(found) or len(found) > MOST_BLOBS:
        raise Broken("the same file twice, or too many")
    return tuple(found)


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST_NAMES or not all(_is(_HEX64, name) for name in value):
        raise Broken("names of files")
    return tuple(value)


def _have(value: object) -> Holds:
    if not isinstance(value, dict):
        raise Broken("have")
    found: Holds = {}
    for id_, place in value.items():
        if not _is(_HEX32, id_) or not isinstance(place, list) or len(place) != 2:
            raise Broken("have")
        seq, h = place
        if not _whole(seq) or not _is(_HEX32, h):
            raise Broken("have")
        found[bytes.fromhex(id_)] = (seq, bytes.fromhex(h))
    return found


def _vouched(value: object) -> Vouched:
    if not isinstance(value, list) or len(value) != 2:
        raise Broken("cards")
    return Vouched(read_card(_text(value[0])), read_envelope(_text(value[1])))


def _text(value: object) -> bytes:
    if not isinstance(value, str):
        raise Broken("no text")
    return value.encode()


def _is(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and bool(pattern.fullmatch(value))


def _whole(value: object, least: int = 1) -> bool:
    return type(value) is int and least <= value <= MAX_INT


assert HASH == 16, "the patterns above say 32 hex digits"
