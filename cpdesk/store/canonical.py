"""The canonical form of a change: what is hashed, signed and carried in packages.

An op is one save of one record. Its *head* names everything but the content; the content hides behind a salted digest,
so that it can be taken out later and the chain still verifies.

    head   = [1, seq, "prev", hlc, "who", "kind", "record", "digest", ["parent", …]]   canonical JSON, UTF-8
    digest = sha256(salt ‖ sets)                      sets = canonical JSON of {field: value}
    h      = sha256(stream id ‖ head)[:16]            names the op
    line   = [head, "salt", {sets}]                   or [head, null, null] once the content was redacted

Canonical JSON: keys sorted by code point, no spaces, no floats, no nesting in `sets`, UTF-8 as it is.
"""

from __future__ import annotations

import hashlib
import re
from binascii import unhexlify
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import orjson

from cpdesk.kinds import MAX_INT, Value

FORMAT = 1
HASH = 16
ZERO = bytes(HASH)
MAX_LINE = 4 << 20


class Malformed(ValueError):
    """A line that is no canonical op. The text is for the log, not for people."""


def canon(value: object) -> bytes:
    """Canonical JSON of what JSON can hold."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def stream_id(office: str, scope: str, nonce: bytes) -> bytes:
    """Names a stream: one installation's changes within one scope."""
    return hashlib.sha256(canon([office, scope, nonce.hex()])).digest()[:HASH]


@dataclass(frozen=True)
class Op:
    """One change as it stands in the log. `sets` is canonical JSON text; `salt` and `sets` are None once redacted."""

    stream: bytes
    seq: int
    prev: bytes
    hlc: int
    who: str
    kind: str
    record: bytes
    parents: bytes  # 16 bytes each, sorted
    digest: bytes
    salt: bytes | None
    sets: bytes | None

    @cached_property
    def head(self) -> bytes:
        p = self.parents.hex()
        parents = ",".join(f'"{p[i : i + 32]}"' for i in range(0, len(p), 32))
        return (
            f'[{FORMAT},{self.seq},"{self.prev.hex()}",{self.hlc},'.encode()
            + canon(self.who)
            + b","
            + canon(self.kind)
            + f',"{self.record.hex()}","{self.digest.hex()}",[{parents}]]'.encode()
        )

    @cached_property
    def h(self) -> bytes:
        return hashlib.sha256(self.stream + self.head).digest()[:HASH]

    def line(self) -> bytes:
        """The op as it travels, without a line end."""
        if self.salt is None or self.sets is None:
            return b"[" + self.head + b",null,null]"
        return b"[" + self.head + b',"' + self.salt.hex().encode() + b'",' + self.sets + b"]"


def digest_of(salt: bytes, sets: bytes) -> bytes:
    return hashlib.sha256(salt + sets).digest()


Row = tuple[int, bytes, bytes, int, str, str, bytes, bytes, bytes, bytes | None, bytes | None]
"""seq, h, prev, hlc, who, kind, record, parents, digest, salt, sets: an op as the log's table holds it."""

# The one way to write an op down. What it captures needs no second writing to be known as canonical, but for the hex,
# the names and the content.
_LINE = re.compile(
    rb'\[(\[1,([1-9]\d{0,15}),"([^"]{32})",(0|[1-9]\d{0,18}),("[^"\\]*(?:\\.[^"\\]*)*"),("[^"\\]*(?:\\.[^"\\]*)*"),'
    rb'"([^"]{32})","([^"]{64})",\[((?:"[^"]{32}"(?:,"[^"]{32}")*)?)\]\]),(?:"([^"]{32})",(\{.+\})|null,null)\]',
    re.DOTALL,
)
_HEX = b"0123456789abcdef"
# A flat object, told without a parser: guards against small text that unfolds into large structures.
_FLAT = re.compile(
    rb'\{(?:"[^"\\]*(?:\\.[^"\\]*)*":(?:"[^"\\]*(?:\\.[^"\\]*)*"|-?[0-9]{1,16}|true|false|null)[,}])+', re.DOTALL
)
_LONG = 1 << 16
_NUL = b"\\u0000"
_EASY = {str, bool, type(None)}
_NAMES: set[str] = set()  # names of fields that were found well formed
_MANY = 10_000


def parse_row(stream: bytes, line: bytes) -> Row:
    """The op of a package's line as a row of the log. `Malformed` unless canonical to the byte and its digest fits."""
    found = _LINE.fullmatch(line) if len(line) <= MAX_LINE else None
    if not found:
        raise Malformed("not canonical, or too long")
    head, seq, prev, hlc, who, kind, record, digest, parents, salt, sets = found.groups()
    number, at = int(seq), int(hlc)
    if number > MAX_INT or at >= 1 << 63:
        raise Malformed("seq or hlc out of range")
    if (prev + record + digest + (salt or b"")).translate(None, _HEX):
        raise Malformed("hex")
    mark = unhexlify(digest)
    grains = None
    if salt is not None:
        grains = unhexlify(salt)
        _check_sets(sets)
        if digest_of(grains, sets) != mark:
            raise Malformed("digest")
    name = _name(kind)
    if not 0 < len(name) <= 64:
        raise Malformed("kind")
    return (
        number, hashlib.sha256(stream + head).digest()[:HASH], unhexlify(prev), at, _name(who), name,
        unhexlify(record), _parents(parents) if parents else b"", mark, grains, sets,
    )  # fmt: skip


def parse_line(stream: bytes, line: bytes) -> Op:
    """As `parse_row`, for those who want an `Op`."""
    seq, _h, prev, hlc, who, kind, record, parents, digest, salt, sets = parse_row(stream, line)
    return Op(stream, seq, prev, hlc, who, kind, record, parents, digest, salt, sets)


def _parents(text: bytes) -> bytes:
    if len(text) > 2 * HASH + 2:
        each = text.split(b",")
        if any(a >= b for a, b in pairwise(each)):
            raise Malformed("parents")
    together = text.translate(None, b'",')
    if together.translate(None, _HEX):
        raise Malformed("hex")
    return unhexlify(together)


def _name(text: bytes) -> str:
    return _short_name(text) if len(text) <= 512 else _any_name(text)


def _any_name(text: bytes) -> str:
    try:
        name = orjson.loads(text)
    except ValueError as why:
        raise Malformed(str(why)) from None
    if not isinstance(name, str) or canon(name) != text or "\0" in name:
        raise Malformed("who or kind")
    return name


_short_name = lru_cache(maxsize=1024)(_any_name)  # few people write many lines


def _check_sets(text: bytes) -> None:
    """`Malformed` unless canonical JSON of {field: value}."""
    if len(text) > _LONG and not _FLAT.fullmatch(text):
        raise Malformed("sets")
    try:
        sets = orjson.loads(text)
        if orjson.dumps(sets, option=orjson.OPT_SORT_KEYS) != text:
            raise Malformed("not canonical")
    except (ValueError, TypeError, RecursionError) as why:
        raise Malformed(str(why)) from None
    if (not _EASY.issuperset(map(type, sets.values())) or _NUL in text) and not all(map(is_value, sets.values())):
        raise Malformed("value")
    if not _NAMES.issuperset(sets):
        _check_names(sets)


def _check_names(sets: dict[str, Value]) -> None:
    for name in sets:
        if not 0 < len(name) <= 128 or "\0" in name:
            raise Malformed("field name")
        if len(_NAMES) < _MANY:
            _NAMES.add(name)


def is_value(value: object) -> bool:
    """What a field may hold: null, bool, int below 2^53 in size, text without U+0000."""
    if isinstance(value, str):
        return "\0" not in value
    if isinstance(value, int):
        return -MAX_INT <= value <= MAX_INT
    return value is None


def loads_sets(sets: bytes | str) -> dict[str, Value]:
    found: dict[str, Value] = orjson.loads(sets)
    return found
