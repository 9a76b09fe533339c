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
from dataclasses import dataclass
from functools import cached_property

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


def parse_line(stream: bytes, line: bytes) -> Op:
    """The op of a package's line. `Malformed` unless the line is canonical to the byte and its digest fits."""
    if len(line) > MAX_LINE:
        raise Malformed("line too long")
    try:
        head, salt, sets = orjson.loads(line)
        version, seq, prev, hlc, who, kind, record, digest, parents = head
        op = Op(
            stream,
            seq,
            bytes.fromhex(prev),
            hlc,
            who,
            kind,
            bytes.fromhex(record),
            bytes.fromhex("".join(parents)),
            bytes.fromhex(digest),
            None if salt is None else bytes.fromhex(salt),
            None if sets is None else canon(sets),
        )
        if op.line() != line:
            raise Malformed("not canonical")
    except (ValueError, TypeError, AttributeError) as why:
        raise Malformed(str(why)) from None
    _check_shape(op, version, parents)
    if sets is not None:
        _check_sets(sets)
        if op.salt is None or len(op.salt) != HASH or op.sets is None or digest_of(op.salt, op.sets) != op.digest:
            raise Malformed("digest")
    return op


def _check_shape(op: Op, version: object, parents: list[str]) -> None:
    if version != FORMAT or type(op.seq) is not int or type(op.hlc) is not int:
        raise Malformed("version, seq or hlc")
    if not 0 < op.seq <= MAX_INT or not 0 <= op.hlc < 1 << 63:
        raise Malformed("seq or hlc out of range")
    if not isinstance(op.who, str) or not isinstance(op.kind, str) or not op.kind or len(op.kind) > 64:
        raise Malformed("who or kind")
    if len(op.prev) != HASH or len(op.record) != HASH or len(op.digest) != 32 or (op.salt is None) != (op.sets is None):
        raise Malformed("lengths")
    if any(len(p) != 2 * HASH for p in parents) or parents != sorted(set(parents)):
        raise Malformed("parents")


def _check_sets(sets: object) -> None:
    if not isinstance(sets, dict) or not sets:
        raise Malformed("sets")
    for field, value in sets.items():
        if not field or len(field) > 128:
            raise Malformed("field name")
        if not is_value(value):
            raise Malformed("value")


def is_value(value: object) -> bool:
    """What a field may hold: null, bool, int below 2^53 in size, text without U+0000."""
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, int):
        return -MAX_INT <= value <= MAX_INT
    return isinstance(value, str) and "\0" not in value


def loads_sets(sets: bytes | str) -> dict[str, Value]:
    found: dict[str, Value] = orjson.loads(sets)
    return found
