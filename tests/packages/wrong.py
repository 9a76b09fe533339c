"""One package for each way to be wrong; see `vectors`."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace

from cpdesk.kinds import MAX_INT
from cpdesk.store.canonical import canon
from cpdesk.sync.keys import MANIFEST
from tests.packages.forge import Office, Package, Stream, gzip, lines_of, sha
from tests.packages.offices import (
    COMMUNE,
    DISTRICT,
    GONE,
    NEIGHBOUR,
    PROVINCE,
    SECOND,
    STRANGER,
    SUBJECT,
    Vector,
    mine,
    plain,
    up,
)


def bad() -> Iterator[Vector]:
    yield from _outside()
    yield from _first_line()
    yield from _manifests()
    for name, about, lines in _lines():
        signed = mine()
        signed.write(1, {"subject": "x"})
        yield Vector(name, about, Package(DISTRICT, PROVINCE, lines, signed.tips()).file(), "damaged")
    yield from _trust()
    yield from _bad_files()


def _outside() -> Iterator[Vector]:
    good = up(plain()).file()
    yield Vector("not-a-package", "some other file", b"PK\5\6" + bytes(18), "no package")
    yield Vector("nothing", "no bytes at all", b"", "no package")
    yield Vector("cut", "cut short by one byte", good[:-1], "damaged")
    yield Vector("behind", "one byte behind its end", good + b"\0", "damaged")
    data = good.index(b"data.age") + 28
    for name, at in (("flip-readme", 45), ("flip-header", good.index(b'"at"')), ("flip-lock-head", data + 30),
                     ("flip-lock", data + 400), ("flip-directory", good.index(b"PK\1\2") + 12)):  # fmt: skip
        yield Vector(name, "one bit is another", good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :], "damaged")
    for old, new in ((b"data.age", b"data.agx"), (b"header.json", b"../../../ab"), (b"README.txt", b"README.TXT")):
        outcome = "no package" if old.startswith(b"README") else "damaged"
        yield Vector(
            f"name-{new.decode().strip('./')}", "another member's name, or a path", good.replace(old, new), outcome
        )
    second = good.index(b"PK\3\4", 4)
    yield Vector("twice", "a member twice", good[:second] + good, "damaged")
    swapped = (
        good[second : good.index(b"PK\3\4", second + 4)] + good[:second] + good[good.index(b"PK\3\4", second + 4) :]
    )
    yield Vector("swapped", "members in another order", swapped, "no package")
    for name, at, value in (("zip-flags", 6, 8), ("zip-method", 8, 8), ("zip-date", 12, 34), ("zip-version", 4, 63)):
        bent = bytearray(good)
        struct.pack_into("<H", bent, second + at, value)
        yield Vector(name, "flags, method, date, version are fixed", bytes(bent), "damaged")
    bent = bytearray(good)
    struct.pack_into("<2Q", bent, data - 16, 1 << 40, 1 << 40)
    yield Vector("zip-size", "a size that is no file's", bytes(bent), "damaged")
    newer = {"format": 3, "reader": 3}
    yield Vector("newer", "for a newer reader", up(plain(), outside=newer).file(), "newer")
    yield Vector("newer-damaged", "for a newer reader, and nothing else of it can be understood",
                 up(outside=newer).file(locked=b"another lock"), "newer")  # fmt: skip
    for name, outside in (("header-spaces", b'{"at": 1}'), ("header-list", b"[]"), ("header-long", b" " * 20_000)):
        yield Vector(name, "the header is canonical JSON of a few facts", _with_header(outside), "damaged")
    yield Vector(
        "header-float",
        "a number with a point",
        _with_header(canon(up().header).replace(b":1,", b":1.0,", 1)),
        "damaged",
    )
    yield Vector("for-another", "locked for another office",
                 Package.of(DISTRICT, NEIGHBOUR, plain()).file(), "for another")  # fmt: skip
    again = Package.of(DISTRICT, NEIGHBOUR, plain(), locks=(PROVINCE.keys.age,))
    yield Vector("relocked", "for another office, locked again for this one", again.file(), "for another")
    yield Vector("no-lock", "not locked", up().file(locked=gzip(up(plain()).inside())), "damaged")
    yield Vector(
        "cut-lock", "the lock cut, the ZIP whole", up().file(locked=up().locked(bytes(70_000))[:-20]), "damaged"
    )
    yield Vector(
        "long-lock",
        "a lock with far too many readers",
        up(locks=[DISTRICT.keys.age] * 180 + [PROVINCE.keys.age]).file(),
        "damaged",
    )


def _with_header(text: bytes) -> bytes:
    """A package whose header is that text, said as it should be elsewhere."""
    good = up(plain())
    whole, honest = good.file(), canon(good.header)
    at = whole.index(b"header.json") + 11
    bent = bytearray(whole[:at] + text + whole[at + len(honest) :])
    struct.pack_into("<3I", bent, at - 27, zlib.crc32(text), len(text), len(text))
    more = len(text) - len(honest)
    end = struct.unpack_from("<I", whole, len(whole) - 6)[0] + more
    struct.pack_into("<I", bent, len(bent) - 6, end)
    header = bent.index(b"PK\1\2", end + 1)
    struct.pack_into("<3I", bent, header + 16, zlib.crc32(text), len(text), len(text))
    data = bent.index(b"PK\1\2", header + 1)
    struct.pack_into("<I", bent, data + 42, struct.unpack_from("<I", bent, data + 42)[0] + more)
    return bytes(bent)


def _first_line() -> Iterator[Vector]:
    good = up(plain())
    inside, first = good.inside(), good.first()
    for name, about, text in (
        ("gzip-cut", "the gzip has no end", None), ("gzip-more", "something behind the gzip's end", None),
        ("no-first", "nothing inside", b""), ("no-line", "a first line without an end", inside.partition(b"\n")[0]),
        ("first-spaces", "a space", inside.replace(b'"card":{', b'"card": {', 1)),
        ("first-more", "one more key", inside.replace(b',"manifest"', b',"extra":1,"manifest"', 1)),
        ("first-order", "keys in another order", inside.replace(b'{"card"', b'{"manifest":1,"card"', 1)),
        ("first-deep", "five thousand brackets", b"[" * 5_000 + b"\n"),
        ("first-wide", "a million brackets", b"[" + b"[]," * 1_000_000 + b"[]]\n"),
        ("first-long", "a first line of five megabytes", b'{"card":"' + b"x" * (5 << 20) + b'"}\n'),
    ):  # fmt: skip
        packed = gzip(inside)
        zipped = {"gzip-cut": packed[:-4], "gzip-more": packed + b"x"}.get(name) or gzip(text or b"")
        yield Vector(name, about, good.file(zipped=zipped), "damaged")
    sealed = DISTRICT.keys.seal(good.told(), MANIFEST)
    twice = sealed[:-2] + b"," + sealed[sealed.index(b"[") + 1 : -2] + b"]}"
    for name, about, other in (
        ("signature", "a signature with one letter changed", _bent(sealed, b'"sig":"')),
        ("payload", "a payload with one letter changed", _bent(sealed, b'"payload":"')),
        ("signer", "signed by another key", STRANGER.keys.seal(good.told(), MANIFEST)),
        ("sort", "signed as something else", DISTRICT.keys.seal(good.told(), MANIFEST.replace("manifest", "tip"))),
        ("two-signatures", "two signatures", twice),
        ("base64", "base64 without its padding", sealed.replace(b'==","payloadType', b'","payloadType')),
    ):  # fmt: skip
        if other != sealed:
            yield Vector(name, about, good.file(good.first(other) + good.body), "damaged")
    yield Vector(
        "card", "a card with one letter changed", good.file(_bent(first, b'"payload":"') + good.body), "damaged"
    )
    for name, zipped in (("bomb", gzip(bytes(40 << 20))), ("bomb-lines", gzip(first + b"\n" * (80 << 20)))):
        yield Vector(name, "a few kilobytes that unpack to very many", good.file(zipped=zipped), "damaged")
    claim = up(facts={"bytes": 1 << 40, "lines": 1 << 30})
    yield Vector("bomb-said", "says that it unpacks to a terabyte", claim.file(), "too large")


def _bent(text: bytes, behind: bytes) -> bytes:
    at = text.index(behind) + len(behind) + 8
    return text[:at] + (b"A" if text[at : at + 1] != b"A" else b"B") + text[at + 1 :]


def _manifests() -> Iterator[Vector]:
    hex32, hex64 = "0" * 32, "0" * 64
    lies: dict[str, dict[str, object]] = {
        "lines-less": {"lines": 3}, "lines-more": {"lines": 5}, "bytes-less": {"bytes": 1},
        "bytes-more": {"bytes": 10_000},
        "hash": {"sha256": hex64}, "number": {"number": 2}, "number-0": {"number": 0}, "from": {"from": "0802"},
        "at": {"at": "2027-01-01T08:00:00+07:00"}, "site": {"site": ""}, "through": {"through": 1 << 63},
        "have": {"have": {"x": [1, "y"]}}, "have-seq": {"have": {hex32: [0, hex32]}}, "tips": {"tips": [5]},
        "tips-text": {"tips": ["{}"]}, "cards": {"cards": [["a", "b"]]}, "revoked": {"revoked": ["x"]},
        "plain-hash": {"files": {"README.txt": hex64, "header.json": hex64}}, "blobs": {"blobs": ["x"]},
        "lacks": {"lacks": [hex64] * 5_001}, "format-text": {"format": "1"},
        "files-in-1": {"blobs": [[hex64, hex64, 1]]},
        "to": {"to": "0802"}, "reader": {"reader": 2},
    }  # fmt: skip
    for name, facts in lies.items():
        yield Vector(f"says-{name}", "the manifest lies or says nonsense", up(plain(), facts=facts).file(), "damaged")
    good = up(plain())
    text = canon(good.told())
    for name, other in (
        ("twice", text.replace(b'{"at"', b'{"at":"x","at"', 1)), ("spaces", text.replace(b'"at":', b'"at": ', 1)),
        ("nan", text.replace(b'"bytes":', b'"bytes":NaN,"c":', 1)), ("list", b"[]"),
    ):  # fmt: skip
        told = good.file(good.first(_seal_text(other)) + good.body)
        yield Vector(f"says-{name}", "the manifest is canonical JSON", told, "damaged")


def _seal_text(payload: bytes) -> bytes:
    """Signed whatever it is."""
    signed = b"DSSEv1 %d %b %d %b" % (len(MANIFEST), MANIFEST.encode(), len(payload), payload)
    sig = base64.b64encode(DISTRICT.keys.signing.sign(signed)).decode()
    body = base64.b64encode(payload).decode()
    return canon({"payload": body, "payloadType": MANIFEST, "signatures": [{"keyid": DISTRICT.keys.sign, "sig": sig}]})


def _lines() -> Iterator[tuple[str, str, list[bytes]]]:
    stream = mine()
    good = stream.write(1, {"subject": "x"})
    line, text = stream.line, good.line()
    contents = {
        "key-twice": b'{"a":1,"a":2}', "nan": b'{"a":NaN}', "2-63": b'{"a":9223372036854775808}',
        "2-53": b'{"a":9007199254740992}', "float": b'{"a":1.5}', "float-whole": b'{"a":1.0}', "exponent": b'{"a":1e3}',
        "plus": b'{"a":+1}', "leading-0": b'{"a":01}', "minus-0": b'{"a":-0}', "surrogate": b'{"a":"\\ud800"}',
        "surrogate-raw": b'{"a":"\xed\xa0\x80"}', "nul": b'{"a":"\\u0000"}', "nul-name": b'{"a\\u0000":1}',
        "utf-8": b'{"a":"\xff"}', "escaped": b'{"a":"\\u0061"}', "escape-case": b'{"a":"\\u001F"}',
        "slash": b'{"a":"\\/"}', "spaces": b'{"a": 1}', "unsorted": b'{"b":1,"a":1}', "nested": b'{"a":{"b":1}}',
        "list": b"[1]", "no-field": b"{}", "no-name": b'{"":1}', "long-name": b'{"' + b"a" * 129 + b'":1}',
        "deep": b'{"a":' + b"[" * 5_000 + b"]" * 5_000 + b"}", "wide": b'{"a":[' + b"[]," * 1_000_000 + b"[]]}",
        "long": b'{"a":"' + b"x" * (5 << 20) + b'"}',
    }  # fmt: skip
    for name, sets in contents.items():
        yield f"content-{name}", "content that is not canonical, or no value", [line, mine().write(1, sets).line()]
    yield "digest", "content that its digest does not fit", [line, text.replace(b'"x"', b'"y"')]
    yield "no-stream", "an op of no stream", [text]
    second = stream.write(2, {"subject": "y"})
    yield "order", "ops out of order", [line, second.line(), text]
    yield "op-twice", "an op twice", [line, text, text]
    yield "stream-twice", "a stream twice", [line, text, line, second.line()]
    one, other = sorted((mine(number=1), mine(number=2)), key=lambda s: s.id)
    yield "streams-order", "streams out of order", [other.line, one.line]
    heads: dict[str, dict[str, object]] = {
        "seq-0": {"seq": 0}, "seq-far": {"seq": MAX_INT + 1}, "hlc-far": {"hlc": 1 << 63}, "who-nul": {"who": "a\0"},
        "kind-long": {"kind": "k" * 65}, "kind-none": {"kind": ""}, "parents-twice": {"parents": bytes(32)},
    }  # fmt: skip
    for name, facts in heads.items():
        op = mine().write(1, {"subject": "x"}, **facts)  # type: ignore[arg-type]
        yield f"op-{name}", "a part of the head that must not be", [line, op.line()]
    yield "op-hlc-minus", "a time before all times", [line, text.replace(b",%d," % good.hlc, b",-1,", 1)]
    yield "op-version", "a version of ops that does not exist", [line, text.replace(b"[[1,", b"[[2,", 1)]
    yield (
        "op-upper",
        "hex in capitals",
        [line, text.replace(good.digest.hex().encode(), good.digest.hex().upper().encode())],
    )
    yield "op-short", "hex too short", [line, text.replace(b'"%b"' % (b"0" * 32), b'"%b"' % (b"0" * 31), 1)]
    yield "op-spaces", "a space in the head", [line, text.replace(b"[[1,", b"[[1, ", 1)]
    yield "op-more", "one more part", [line, text[:-1] + b",null]"]
    yield "op-half", "content without salt", [line, b"[%b,null,%b]" % (good.head, good.sets)]
    yield "op-empty", "an empty line", [line, b""]
    yield "op-return", "a line ended as elsewhere", [line, text + b"\r"]
    private = Stream(DISTRICT, "0801!")
    yield "private", "what must never travel", [private.line, private.write(1, {"subject": "x"}).line()]
    yield "stream-office", "an office that is no code", [canon(["S", "x", "0801", "0" * 32])]
    yield "stream-nonce", "a nonce too short", [canon(["S", "0801", "0801", "00"])]


def _trust() -> Iterator[Vector]:
    yield Vector("stranger", "from an office whose card nobody took", Package.of(STRANGER, PROVINCE).file(), "stranger")
    yield Vector("withdrawn", "from a card that was withdrawn", Package.of(GONE, PROVINCE).file(), "withdrawn")
    own = PROVINCE.vouches(SECOND)[1].encode()
    yield Vector("sibling-elsewhere", "the certificate makes it a sibling of its own office alone",
                 Package.of(SECOND, PROVINCE, certificate=own).file(), "stranger")  # fmt: skip
    self_made = SECOND.vouches(SECOND)[1].encode()
    yield Vector("sibling-forged", "a second computer that certified itself",
                 Package.of(SECOND, DISTRICT, certificate=self_made).file(), "stranger", "district")  # fmt: skip
    good, lines = plain(), lines_of(plain())
    commune, far, twin = Stream(COMMUNE, "080101"), Office("0809"), Office("080101", keys=DISTRICT.keys)
    for name, about, package in (
        ("no-tip", "nobody signed the end", Package(DISTRICT, PROVINCE, lines)),
        ("tip-key", "another key signed the end", Package(DISTRICT, PROVINCE, lines, good.tips(STRANGER.keys))),
        ("tip-other", "another end is signed", Package(DISTRICT, PROVINCE, lines, _named(mine(number=5)).tips())),
        ("anothers-stream", "in another district's stream", _in_the_name_of(NEIGHBOUR)),
        ("as-province", "in the province's name", _in_the_name_of(PROVINCE)),
        ("anothers-scope", "in another district's scope", up(_named(Stream(DISTRICT, "0802")))),
        ("vouched-self", "for a card that vouches for itself",
         up(_named(commune), facts={"cards": [COMMUNE.vouches(COMMUNE)]})),
        ("vouched-not", "by an office whose card did not come along", up(_named(Stream(far, "0809")))),
        ("vouched-beyond", "for a card that does not stand under it",
         up(_named(Stream(far, "0809")), facts={"cards": [DISTRICT.vouches(far)]})),
        ("vouched-twice", "one key on two cards", up(facts={"cards": [DISTRICT.vouches(twin)]})),
        ("no-content", "content taken out and no word that says so", up(_bare(mine()))),
        ("no-content-word", "a word of another record", up(_bare(mine(), word=2))),
    ):  # fmt: skip
        yield Vector(name, about, package.file(), "forged")
    neighbour = Stream(NEIGHBOUR, "0802")
    neighbour.write(1, {"subject": "x"})
    given = Package.of(PROVINCE, DISTRICT, neighbour, facts={"cards": [PROVINCE.vouches(NEIGHBOUR)]})
    yield Vector("not-to-be-seen", "what a district may not see", given.file(), "forged", "district")
    stream = plain()
    stream.ops[-1] = replace(stream.ops[-1], prev=b"\1" * 16)
    yield Vector(
        "prev",
        "an op that hangs on another than it signs",
        Package(DISTRICT, PROVINCE, lines_of(stream), plain().tips()).file(),
        "forged",
    )
    yield Vector(
        "second-signer", "a stream that goes on under another key", _second_signer(), "forged", after=("plain",)
    )
    down = Stream(PROVINCE, "08")
    first = down.write(1, {"subject": SUBJECT})
    word = Stream(NEIGHBOUR, "08")
    word.write(1, {"_redacted": first.h.hex()})
    down.ops[0] = replace(first, salt=None, sets=None)
    facts = {"cards": [PROVINCE.vouches(NEIGHBOUR)]}
    yield Vector("no-content-lower", "a district's word on what the province wrote",
                 Package.of(PROVINCE, DISTRICT, down, word, facts=facts).file(), "forged", "district")  # fmt: skip


def _in_the_name_of(office: Office) -> Package:
    stream = _named(Stream(office, office.code))
    return Package(DISTRICT, PROVINCE, lines_of(stream), stream.tips(DISTRICT.keys))


def _named(stream: Stream) -> Stream:
    stream.write(1, {"subject": "x"})
    return stream


def _bare(stream: Stream, word: int = 0) -> Stream:
    first = stream.write(1, {"subject": "x"})
    if word:
        stream.write(word, {"_redacted": first.h.hex()})
    stream.ops[0] = replace(first, salt=None, sets=None)
    return stream


def _second_signer() -> bytes:
    stream = plain()
    stream.write(2, {"venue": "ខ"}, stream.ops[1])
    lines = [stream.line, stream.ops[-1].line()]
    facts = {"cards": [DISTRICT.vouches(SECOND)]}
    return Package(DISTRICT, PROVINCE, lines, stream.tips(SECOND.keys), 2, facts).file()


def _bad_files() -> Iterator[Vector]:
    scan = b"a small scan"
    good = up(_attached(scan), blobs=[scan])
    locked = good.locked_blobs[0]
    name, content, size = sha(locked), sha(scan), len(scan)
    others = Package(DISTRICT, PROVINCE, blobs=[b"other bytes!"])
    stranger = Package(DISTRICT, PROVINCE, blobs=[scan], locks=(STRANGER.keys.age,)).locked_blobs[0]
    for what, about, blobs, told in (
        ("unsaid", "a file that the manifest does not tell", [locked], []),
        ("lacking", "a file that is not there", [], [[name, content, size]]),
        ("other", "another file in its place", others.locked_blobs, [[name, content, size]]),
        ("content", "another content", others.locked_blobs, [[sha(others.locked_blobs[0]), content, size]]),
        ("longer", "longer than it is", [locked], [[name, content, size + 1]]),
        ("shorter", "shorter than it is", [locked], [[name, content, size - 1]]),
        ("order", "in another order", [locked, *others.locked_blobs],
         [[sha(others.locked_blobs[0]), sha(b"other bytes!"), 12], [name, content, size]]),
        ("hurt", "its lock hurt, and well signed", [locked[:-1] + b"x"], [[sha(locked[:-1] + b"x"), content, size]]),
        ("locked-for-another", "locked for somebody else", [stranger], [[sha(stranger), content, size]]),
        ("huge", "more than a file may have", [locked], [[name, content, (64 << 20) + 1]]),
        ("same", "the same content twice", [locked], [[name, content, size]] * 2),
    ):  # fmt: skip
        package = up(_attached(scan), outside={"format": 2, "reader": 2}, facts={"blobs": told})
        package.__dict__["locked_blobs"] = blobs
        package.blobs = [b""] * len(blobs)
        yield Vector(f"file-{what}", about, package.file(), "damaged")
    whole = good.file()
    wrong = up(_attached(scan), blobs=[scan], facts={"blobs": [["0" * 64, content, size]]})
    yield Vector("file-name", "a name that is not that of the bytes", wrong.file(), "damaged")
    yield Vector("file-path", "a path for a name", whole.replace(name.encode(), b"../" + name.encode()[3:]), "damaged")


def _attached(data: bytes) -> Stream:
    stream = mine()
    stream.write(
        1, {"bytes": len(data), "file_name": "x", "of": f"{2:032x}", "order": 1, "sha256": sha(data)}, kind="attachment"
    )
    return stream
