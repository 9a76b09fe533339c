"""What is done to a package to see whether anything but a clear refusal comes of it.

Outside: bytes of the finished file. Inside: what was signed, zipped and locked is changed first, and all that stands
around it is made to fit, so that only the content is hostile. Everything is drawn from one seeded `Random`.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cpdesk.kinds import MAX_INT
from cpdesk.store.canonical import Op, canon, digest_of, parse_line, stream_id
from cpdesk.sync import manifest
from cpdesk.sync.keys import MANIFEST
from tests.packages.forge import Package, gzip

NASTY: list[Any] = [
    None, True, False, 0, -1, 1, MAX_INT, MAX_INT + 1, 1 << 63, (1 << 63) - 1, 1 << 64, 1.5, "", "0" * 32, "f" * 64,
    "08", "0801", "0801!", "00", "x", "\0", "\ud800", "a" * 129, "ក" * 5000, [], {}, [[]], [1, "0" * 32], {"": 1},
    "_deleted", "../../x", "NaN",
]  # fmt: skip
TEXTS = [
    b"\0", b"\n", b'"', b"\\", b"[", b"]", b"{", b"}", b",", b":", b"null", b"NaN", b"1e999", b"-0", b"\xff",
    b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b"PK\3\4", b"PK\1\2", b"\r\n", b"9" * 30,
]  # fmt: skip
FIELDS = (
    "_deleted", "_with", "_redacted", "_decided", "_reason", "_package", "_joined", "subject", "date", "order", "of",
    "sha256", "bytes", "meeting", "parent", "state", "sort", "office", "code", "name_km",
)  # fmt: skip
KINDS = ("meeting", "activity", "attachment", "office", "person", "x", "", "k" * 65)


def mutated(r: random.Random, data: bytes, most: int = 4) -> bytes:
    """A few bytes changed, taken away, doubled, moved."""
    found = bytearray(data)
    for _n in range(r.randint(1, most)):
        at = r.randrange(len(found) + 1)
        some = r.randint(1, min(64, len(found) + 1))
        match r.randrange(7):
            case 0 if at < len(found):
                found[at] ^= 1 << r.randrange(8)
            case 1:
                found[at : at + 1] = r.randbytes(1)
            case 2:
                del found[at : at + some]
            case 3:
                found[at:at] = found[at : at + some]
            case 4:
                found[at:at] = r.choice(TEXTS)
            case 5:
                found[at : at + 4] = r.choice((0, 1, 0xFFFF, 0xFFFFFFFE, 0xFFFFFFFF, len(found))).to_bytes(4, "little")
            case _:
                other = r.randrange(len(found) + 1)
                found[at : at + some] = found[other : other + some]
    return bytes(found)


def twisted(r: random.Random, value: Any) -> Any:
    """The same JSON with one part of it another."""
    if isinstance(value, dict) and value and r.random() < 0.9:
        name = r.choice(list(value))
        match r.randrange(6):
            case 0:
                return {key: one for key, one in value.items() if key != name}
            case 1:
                return {**value, r.choice(FIELDS): r.choice(NASTY)}
            case _:
                return {**value, name: twisted(r, value[name])}
    if isinstance(value, list) and value and r.random() < 0.9:
        at = r.randrange(len(value))
        match r.randrange(6):
            case 0:
                return value[:at] + value[at + 1 :]
            case 1:
                return [*value[:at], value[at], *value[at:]]
            case 2:
                return r.sample(value, len(value))
            case _:
                return [*value[:at], twisted(r, value[at]), *value[at + 1 :]]
    if isinstance(value, str) and value and r.random() < 0.5:
        return mutated(r, value.encode("utf-8", "surrogatepass"), 1).decode("utf-8", "replace")
    return r.choice(NASTY)


def text_of(value: Any) -> bytes:
    """As JSON, canonical where it can be."""
    try:
        return canon(value)
    except TypeError:
        return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


# --- one way each -----------------------------------------------------------------------------------------------------
def outside(r: random.Random, package: Package) -> bytes:
    return mutated(r, package.file())


def header(r: random.Random, package: Package) -> bytes:
    """Another header, about which the manifest agrees."""
    other = twisted(r, package.header)
    package.outside = other if isinstance(other, dict) else {r.choice([*package.header]): other}
    return package.file()


def told(r: random.Random, package: Package) -> bytes:
    """Something else in the manifest, well signed."""
    said = twisted(r, package.told())
    return package.file(package.first(_sealed(package, text_of(said))) + package.body)


def told_bytes(r: random.Random, package: Package) -> bytes:
    """No manifest any more, and still signed."""
    return package.file(package.first(_sealed(package, mutated(r, canon(package.told())))) + package.body)


def first(r: random.Random, package: Package) -> bytes:
    return package.file(mutated(r, package.first()) + package.body)


def body(r: random.Random, package: Package) -> bytes:
    """Other bytes in the lines; counts and hash are those of the other bytes."""
    package.lines = mutated(r, package.body.removesuffix(b"\n")).split(b"\n")
    return package.file()


def ops(r: random.Random, package: Package) -> bytes:
    """Another op in its place: digest, chain and the signature under its end are made to fit, most times."""
    made = _ops(package)
    for _n in range(r.randint(1, 3)):
        at = r.randrange(len(made))
        made[at] = _another(r, made[at], made)
    package.lines, package.tips = _chained(r, package, made)
    return package.file()


def lines(r: random.Random, package: Package) -> bytes:
    """Lines doubled, moved, left out; parts of one another."""
    package.lines = [text_of(one) for one in twisted(r, [json.loads(line) for line in package.lines])]
    return package.file()


def zipped(r: random.Random, package: Package) -> bytes:
    return package.file(zipped=mutated(r, gzip(package.inside())))


def locked(r: random.Random, package: Package) -> bytes:
    return package.file(locked=mutated(r, package.locked(gzip(package.inside()))))


def files(r: random.Random, package: Package) -> bytes:
    """The attached files are others than the manifest says, or twice, or none."""
    if not package.blobs:
        return outside(r, package)
    package.facts = {"blobs": twisted(r, package.told()["blobs"])}
    if r.random() < 0.5:
        package.__dict__["locked_blobs"] = [mutated(r, one) for one in package.locked_blobs]
    return package.file()


def heavy(r: random.Random, package: Package) -> bytes:
    """As much of something as a reader will look at, and a little more."""
    few = r.choice((10, 1_000, 30_000))
    hex64 = f"{r.getrandbits(256):064x}"
    tip = package.tips[0].decode()
    match r.randrange(9):
        case 0:
            package.lines = [*package.lines, r.choice(TEXTS) * r.choice((1 << 20, 3 << 20))]
        case 1:
            package.lines = [*package.lines] * few
        case 2:
            package.lines = [*package.lines, *[b""] * 100 * few]
        case 3:
            package.facts = {"have": {f"{n:032x}": [1, "0" * 32] for n in range(few)}}
        case 4:
            package.facts = {"tips": [tip] * min(few, 8_000)}
        case 5:
            package.facts = {"cards": [package.sender.vouches(package.sender)] * min(few, 1_500)}
        case 6:
            package.facts = {r.choice(("lacks", "keeps", "revoked")): [hex64] * few}
        case 7:
            return package.file(zipped=gzip(package.inside() + bytes(few << 10)))
        case _:
            return package.file(r.choice((b"[", b'{"card":', b'{"card":{"payload":"')) * 1000 * few)
    return package.file()


WAYS: list[Callable[[random.Random, Package], bytes]] = [
    outside, outside, header, told, told, told_bytes, first, body, body, ops, ops, ops, ops, lines, zipped, locked,
    files,
]  # fmt: skip


def _sealed(package: Package, payload: bytes) -> bytes:
    sign = package.sender.keys
    said = b"DSSEv1 %d %b %d %b" % (len(MANIFEST), MANIFEST.encode(), len(payload), payload)
    sig = base64.b64encode(sign.signing.sign(said)).decode()
    body = base64.b64encode(payload).decode()
    return canon({"payload": body, "payloadType": MANIFEST, "signatures": [{"keyid": sign.sign, "sig": sig}]})


def _ops(package: Package) -> list[Op]:
    found, id_ = [], b""
    for line in package.lines:
        if line.startswith(b'["S"'):
            _mark, office, scope, nonce = json.loads(line)
            id_ = stream_id(office, scope, bytes.fromhex(nonce))
        else:
            found.append(parse_line(id_, line))
    return found


def _another(r: random.Random, op: Op, others: list[Op]) -> Op:
    if op.sets is None:
        return op
    match r.randrange(7):
        case 0:
            return replace(op, hlc=r.choice((0, 1, (1 << 63) - 1, 1 << 63, op.hlc)))
        case 1:
            return replace(op, kind=r.choice(KINDS))
        case 2:
            known = [o.h for o in others] + [r.randbytes(16)]
            chosen = r.sample(known, r.randint(0, min(3, len(known))))
            return replace(op, parents=b"".join(sorted(chosen) if r.random() < 0.9 else chosen))
        case 3:
            return replace(op, record=r.choice([o.record for o in others] + [r.randbytes(16), bytes(16)]))
        case 4:
            return replace(op, who=str(r.choice(("", "<b>x</b>", "\n", "ក" * 400, "\u202e"))))
        case 5:
            return replace(op, salt=None, sets=None)
        case _:
            content = text_of(twisted(r, json.loads(op.sets)))
            digest = digest_of(op.salt or b"", content) if r.random() < 0.95 else op.digest
            return replace(op, sets=content, digest=digest)


def _chained(r: random.Random, package: Package, made: list[Op]) -> tuple[list[bytes], list[bytes]]:
    """The lines again, each op behind the one before it, and the signatures under their ends."""
    heads = [line for line in package.lines if line.startswith(b'["S"')]
    lines: list[bytes] = []
    tips: list[bytes] = []
    streams = list(dict.fromkeys(op.stream for op in made))
    for head, stream in zip(heads, streams, strict=False):
        lines.append(head)
        last: Op | None = None
        for op in (o for o in made if o.stream == stream):
            fitting = replace(op, prev=last.h, seq=last.seq + 1) if last and r.random() < 0.97 else op
            lines.append(fitting.line())
            last = fitting
        if last and r.random() < 0.97:
            tips.append(manifest.tip(package.sender.keys, stream, last.seq, last.h).text)
    return lines, tips
