"""Packages that are damaged, cut, swapped, forged or made to hurt: one clear sentence, and the desk as it was."""

from __future__ import annotations

import json
import struct
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from cpdesk.i18n import using
from cpdesk.store import Desk, exchange
from cpdesk.store.canonical import ZERO, Op, canon, digest_of, stream_id
from cpdesk.sync import cards, container, manifest, problems, send
from cpdesk.sync.cards import Card
from cpdesk.sync.keys import MANIFEST, Keys
from cpdesk.sync.manifest import Header, Manifest
from cpdesk.tasks import exchange as tasks
from cpdesk.tasks.offices import identity
from tests.sync.worlds import World, content, lock, plain, province_and_district, wrap

SECONDS, MEMORY = 3, 100 << 20
NONCE = bytes(range(16))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = province_and_district(tmp_path)
    yield made
    made.close()


def refused(desk: Desk, path: Path) -> str:
    """The sentence of the refusal; fails where the desk changed, or where it took long or much."""
    before = content(desk)
    tracemalloc.start()
    started = time.perf_counter()
    (merged,) = tasks.merge(desk, [path])
    took, (_now, peak) = time.perf_counter() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert merged.status == "refused" and merged.why and "\n" not in merged.why
    assert took < SECONDS and peak < MEMORY
    assert content(desk) == before
    return merged.why


class Liar:
    """Somebody with the keys of the district, or with none, who writes what he likes."""

    def __init__(self, world: World, keys: Keys | None = None, office: str = "0801") -> None:
        own, card, _certificate = identity(world["a"])
        self.keys = keys or own
        self.card = cards.make(self.keys, office, "ក", "00000001", "2026-01-01T00:00:00+07:00") if keys else card
        self.to = identity(world["p"])[1]
        self.path = world.folder / "lie.cpsync"

    def manifest(self, lines: list[bytes], **facts: object) -> dict[str, object]:
        body = b"".join(line + b"\n" for line in lines)
        header = Header(1, self.card.office, "08", "2026-01-01T00:00:00+07:00")
        drafted = send.draft(header, "00000001", 1, {}, [], [], [])
        honest = Manifest(header, "00000001", 1, len(lines), len(body), _sha(body), {}, drafted.files)
        found: dict[str, object] = orjson.loads(cards.read_envelope(honest.seal(self.keys)).payload)
        return {**found, **facts}

    def first(self, facts: dict[str, object], **parts: bytes) -> bytes:
        pieces = {"card": self.card.text, "manifest": self.keys.seal(facts, MANIFEST), "certificate": b"null", **parts}
        return b'{"card":%b,"certificate":%b,"manifest":%b}\n' % (
            pieces["card"], pieces["certificate"], pieces["manifest"],
        )  # fmt: skip

    def wrap(self, inside: bytes, header: bytes | None = None, *ages: str, zipped: bytes | None = None) -> Path:
        outside = header or Header(1, self.card.office, "08", "2026-01-01T00:00:00+07:00").text()
        return wrap(self.path, send.README, outside, lock(inside, *(ages or (self.to.age,)), zipped=zipped))

    def write(self, lines: list[bytes], tips: list[bytes] | None = None, **facts: object) -> Path:
        told = self.manifest(lines, tips=[tip.decode() for tip in tips or []], **facts)
        return self.wrap(self.first(told) + b"".join(line + b"\n" for line in lines))


def _sha(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def stream(office: str = "0801", scope: str = "0801", nonce: bytes = NONCE) -> tuple[bytes, bytes]:
    """(its line, its id)"""
    return canon(["S", office, scope, nonce.hex()]), stream_id(office, scope, nonce)


def op(id_: bytes, sets: bytes = b'{"subject":"x"}', seq: int = 1, prev: bytes = ZERO, **facts: object) -> Op:
    salt = bytes(16)
    made = {"hlc": 1, "who": "w", "kind": "meeting", "record": bytes(15) + b"\1", "parents": b"", **facts}
    return Op(id_, seq, prev, digest=digest_of(salt, sets), salt=salt, sets=sets, **made)  # type: ignore[arg-type]


def signed(liar: Liar, *ops: Op) -> list[bytes]:
    return [manifest.tip(liar.keys, ops[-1].stream, ops[-1].seq, ops[-1].h).text]


def test_the_honest_liar_is_merged(world: World) -> None:
    """What the tests below vary is taken as it stands; else they would prove nothing."""
    liar = Liar(world)
    line, id_ = stream()
    one = op(id_)
    (merged,) = tasks.merge(world["p"], [liar.write([line, one.line()], signed(liar, one))])
    assert (merged.status, merged.changes) == ("merged", 1), merged.why


def test_every_byte_counts(world: World) -> None:
    """Any byte changed, anywhere: outer form, plain text, header, lock, content."""
    world.meeting("a")
    whole = world.package("a").read_bytes()
    path = world.folder / "flipped.cpsync"
    before = content(world["p"])
    sentences = {str(make()) for make in (problems.no_package, problems.damaged)} | {str(problems.for_another("08"))}
    for at in range(len(whole)):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << at % 8
        path.write_bytes(flipped)
        (merged,) = tasks.merge(world["p"], [path])
        assert merged.status == "refused", at
        assert merged.why in sentences, (at, merged.why)
    assert content(world["p"]) == before
    path.write_bytes(whole)
    assert world.merge("p", path).status == "merged"


def test_cut_anywhere_or_with_something_behind(world: World) -> None:
    whole = world.package("a").read_bytes()
    path = world.folder / "cut.cpsync"
    before = content(world["p"])
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert world.merge("p", path).status == "refused", length
    for more in (b"\0", b"PK", whole):
        path.write_bytes(whole + more)
        assert world.merge("p", path).status == "refused"
        path.write_bytes(more + whole)
        assert world.merge("p", path).status == "refused"
    assert content(world["p"]) == before


@pytest.mark.parametrize("lang", ["km", "en"])
def test_what_is_no_package_at_all(world: World, lang: str) -> None:
    path = world.folder / "x.cpsync"
    with using(lang):
        for data in (b"", b"PK", b"\0" * 100, b"not a package", (world.folder / "a.cpdesk").read_bytes()):
            path.write_bytes(data)
            assert refused(world["p"], path) == str(problems.no_package())
        assert world.merge("p", world.folder).status == "refused"


def test_strangers_and_forgers(world: World) -> None:
    stranger = Liar(world, Keys.make())
    assert "0801" in refused(world["p"], stranger.write([]))
    liar = Liar(world)
    facts = liar.manifest([])
    other = Liar(world, Keys.make())
    for first in (
        liar.first(facts, manifest=other.keys.seal(facts, MANIFEST)),  # signed by another key
        liar.first(facts, card=other.card.text),
        liar.first(facts).replace(b'"card":{', b'"card": {'),
        liar.first(facts, manifest=liar.keys.seal(facts, "application/vnd.cpdesk.tip.v1+json")),
    ):
        assert refused(world["p"], liar.wrap(first))
    sealed = liar.keys.seal(facts, MANIFEST)
    for at in range(0, len(sealed), 11):
        swapped = sealed[:at] + (b"A" if sealed[at : at + 1] != b"A" else b"B") + sealed[at + 1 :]
        assert world.merge("p", liar.wrap(liar.first(facts, manifest=swapped))).status == "refused"


def test_swapped_recipient(world: World) -> None:
    """The province's package to one district, unlocked there and locked again for another."""
    world.desk("b", "0802")
    world.enrol("p", "b")
    path = world.package("p", "a")
    readme, header, inside = plain(path, identity(world["a"])[0].receiving)
    again = wrap(world.folder / "swapped.cpsync", readme, header, lock(inside, identity(world["b"])[1].age))
    assert "0801" in refused(world["b"], again)
    outside = header.replace(b'"to":"0801"', b'"to":"0802"')
    assert refused(world["b"], wrap(again, readme, outside, lock(inside, identity(world["b"])[1].age)))
    assert refused(world["a"], wrap(again, readme.replace(b"cpdesk", b"CPDESK"), header, path_data(path)))


def path_data(path: Path) -> bytes:
    with path.open("rb") as file:
        member = container.read(file).data
        file.seek(member.at)
        return file.read(member.size)


def test_nobody_writes_in_anothers_name(world: World) -> None:
    world.desk("b", "0802")
    world.enrol("p", "b")
    world.meeting("b")
    world.carry("b", "p")
    theirs = next(s for s in _streams(world["b"]) if s.scope == "0802")
    liar = Liar(world)
    forged = str(problems.forged())
    line, id_ = canon(["S", theirs.office, theirs.scope, theirs.nonce.hex()]), theirs.id
    more = op(id_, seq=theirs.upto + 1, prev=theirs.tip)
    own_scope_line, own_scope = stream("0801", "0802")
    for lines, ends in (
        ([line, more.line()], [more]),  # in another district's stream
        ([own_scope_line, op(own_scope).line()], [op(own_scope)]),  # in another district's scope
        ([stream("08")[0], op(stream("08")[1]).line()], [op(stream("08")[1])]),  # as the province
        ([stream()[0], op(stream()[1]).line()], []),  # unsigned
        ([stream()[0], op(stream()[1]).line()], [op(stream()[1], seq=2)]),  # signed elsewhere
    ):
        tips = [text for one in ends for text in signed(liar, one)]
        assert refused(world["p"], liar.write(lines, tips)) == forged
    ours = next(s for s in _streams(world["p"]) if s.scope == "08")
    back = op(ours.id, seq=ours.upto + 1, prev=ours.tip)
    lines = [canon(["S", "08", ours.scope, ours.nonce.hex()]), back.line()]
    assert refused(world["p"], liar.write(lines, signed(liar, back))) == forged


def test_a_province_cannot_write_for_its_district(world: World) -> None:
    """Not with its own key, nor with a card it made up for the district."""
    world.meeting("a")
    world.carry("a", "p")
    mine = next(s for s in _streams(world["a"]) if s.scope == "0801")
    more = op(mine.id, seq=mine.upto + 1, prev=mine.tip)
    liar = Liar(world, Keys.make())
    liar.keys, liar.card, _certificate = identity(world["p"])
    liar.to = identity(world["a"])[1]
    made_up = Liar(world, Keys.make())
    card = made_up.card
    certificate = cards.certify(liar.keys, "08", card, "2026-01-01T00:00:00+07:00")
    header = Header(1, "08", "0801", "2026-01-01T00:00:00+07:00")
    lines = [canon(["S", "0801", "0801", mine.nonce.hex()]), more.line()]
    for signer in (liar, made_up):
        facts = liar.manifest(
            lines, to="0801", files={container.README: _sha(send.README), container.HEADER: _sha(header.text())},
            cards=[[card.text.decode(), certificate.decode()]], tips=[t.decode() for t in signed(signer, more)],
        )  # fmt: skip
        inside = liar.first(facts) + b"".join(line + b"\n" for line in lines)
        assert refused(world["a"], liar.wrap(inside, header.text())) == str(problems.forged())


def _streams(desk: Desk) -> list[object]:
    from cpdesk.store import log

    return log.streams(desk.db)  # type: ignore[return-value]


def test_newer_formats_are_told_apart(world: World) -> None:
    newer = str(problems.newer())
    liar = Liar(world)
    facts = {**liar.manifest([]), "format": 3, "reader": 3}
    outside = canon({**orjson.loads(Header(1, "0801", "08", "2026-01-01T00:00:00+07:00").text()), "reader": 3})
    assert refused(world["p"], liar.wrap(liar.first(facts), outside)) == newer
    assert refused(world["p"], liar.wrap(liar.first(facts))) == newer


def test_content_taken_out_without_a_word_that_says_so(world: World) -> None:
    liar = Liar(world)
    bare = Op(stream()[1], 1, ZERO, 1, "w", "meeting", bytes(16), b"", bytes(32), None, None)
    assert refused(world["p"], liar.write([stream()[0], bare.line()], signed(liar, bare))) == str(problems.forged())


def _hostile_lines() -> dict[str, list[bytes]]:
    line, id_ = stream()
    good = op(id_).line()
    deep = op(id_, b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}").line()
    wide = op(id_, b'{"a":[' + b"[]," * 1_000_000 + b"[]]}").line()
    bad = {
        name: [line, op(id_, sets).line()]
        for name, sets in {
            "twice the same key": b'{"a":1,"a":2}',
            "NaN": b'{"a":NaN}',
            "2^63": b'{"a":9223372036854775808}',
            "2^53": b'{"a":9007199254740992}',
            "float": b'{"a":1.5}',
            "float that looks whole": b'{"a":1.0}',
            "lone surrogate": b'{"a":"\\ud800"}',
            "raw surrogate": b'{"a":"\xed\xa0\x80"}',
            "U+0000": b'{"a":"\\u0000"}',
            "U+0000 in a name": b'{"a\\u0000":1}',
            "no utf-8": b'{"a":"\xff"}',
            "escaped": b'{"a":"\\u0061"}',
            "spaces": b'{"a": 1}',
            "unsorted": b'{"b":1,"a":1}',
            "nested": b'{"a":{"b":1}}',
            "list": b"[1]",
            "nothing": b"{}",
            "no name": b'{"":1}',
            "long name": b'{"' + b"a" * 200 + b'":1}',
        }.items()
    }
    other = {
        "digest": [line, good.replace(b'"x"', b'"y"')],
        "no stream": [good],
        "out of order": [line, op(id_, seq=2).line(), good],
        "twice": [line, good, good],
        "stream twice": [line, good, line, good],
        "seq 0": [line, op(id_, seq=0).line()],
        "hlc": [line, op(id_, hlc=1 << 63).line()],
        "kind": [line, op(id_, kind="k" * 65).line()],
        "parents": [line, op(id_, parents=bytes(32)).line()],
        "private scope": [canon(["S", "0801", "0801!", NONCE.hex()]), op(stream_id("0801", "0801!", NONCE)).line()],
        "office": [canon(["S", "x", "0801", NONCE.hex()])],
        "short nonce": [canon(["S", "0801", "0801", "00"])],
        "long line": [b"[" * (5 << 20)],
        "deep": [line, deep],
        "wide": [line, wide],
        "empty": [b""],
    }
    return bad | other


@pytest.mark.parametrize("name", _hostile_lines())
def test_lines_of_an_accepted_office_that_must_not_be(world: World, name: str) -> None:
    liar = Liar(world)
    lines = _hostile_lines()[name]
    _line, id_ = stream()
    why = refused(world["p"], liar.write(lines, signed(liar, op(id_))))
    assert why in {str(problems.damaged()), str(problems.forged())}


@pytest.mark.parametrize(
    "facts",
    [
        {"lines": 0}, {"lines": 3}, {"bytes": 1}, {"bytes": 10**6}, {"bytes": -1}, {"sha256": "0" * 64}, {"number": 0},
        {"from": "0802"}, {"at": "2026-01-02T00:00:00+07:00"}, {"have": []}, {"have": {"x": [1, "y"]}}, {"site": ""},
        {"tips": [5]}, {"tips": ["{}"]}, {"cards": [["a", "b"]]}, {"revoked": ["x"]}, {"blobs": ["x"]}, {"files": {}},
        {"through": True, "have": None}, {"format": "1"}, {"bytes": 10**13},
    ],
    ids=str,
)  # fmt: skip
def test_manifests_that_lie(world: World, facts: dict[str, object]) -> None:
    liar = Liar(world)
    line, id_ = stream()
    one = op(id_)
    told = {**liar.manifest([line, one.line()], tips=[t.decode() for t in signed(liar, one)]), **facts}
    refused(world["p"], liar.wrap(liar.first(told) + line + b"\n" + one.line() + b"\n"))


def test_bombs(world: World) -> None:
    liar = Liar(world)
    first = liar.first(liar.manifest([]))
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    hundreds = b"".join(packed.compress(bytes(1 << 20)) for _n in range(300)) + packed.flush()
    damaged = str(problems.damaged())
    assert refused(world["p"], liar.wrap(b"", zipped=hundreds)) == damaged
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    announced = packed.compress(first)
    announced += b"".join(packed.compress(bytes(1 << 20)) for _n in range(256)) + packed.flush()
    assert refused(world["p"], liar.wrap(b"", zipped=announced)) == damaged
    claims = liar.first({**liar.manifest([]), "bytes": 1 << 40, "lines": 1 << 30})
    assert refused(world["p"], liar.wrap(claims)) == str(problems.too_large())
    for hostile in (b"[" * (3 << 20), b"[" + b"[]," * (1 << 20), b'{"card":' * 400_000):
        assert refused(world["p"], liar.wrap(hostile + b"\n")) == damaged


def test_locks_made_to_cost_time(world: World) -> None:
    """age's reader takes time by the square of its head's length: a megabyte of stanzas is half a minute."""
    stanza = b"-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\nEmECAEcKN+n/Vs9SbWiV+Hu0r+E8R77DdWYyd83nw7U\n"
    liar = Liar(world)
    whole = path_data(liar.write([]))
    for count in (150, 20_000):
        long = whole.replace(b"-> X25519", stanza * count + b"-> X25519", 1)
        header = Header(1, "0801", "08", "2026-01-01T00:00:00+07:00").text()
        assert refused(world["p"], wrap(liar.path, send.README, header, long))


def test_outer_forms_that_lie(world: World) -> None:
    """Sizes, flags, names, overlaps, 64-bit fields: each is one fixed byte string or refused."""
    whole = world.package("a").read_bytes()
    path = world.folder / "zip.cpsync"
    local = [whole.index(b"PK\3\4", at) for at in (0, 30, whole.index(b"header.json"))]
    for start in local:
        for at, value in ((4, 63), (6, 1), (6, 8), (8, 8), (26, 4), (28, 0xFFFF)):  # version, flags, method, lengths
            bent = bytearray(whole)
            struct.pack_into("<H", bent, start + at, value)
            path.write_bytes(bent)
            refused(world["p"], path)
        for at in (14, 18, 22):
            for value in (0, 1, 0xFFFFFFFE, 0xFFFFFFFF):
                bent = bytearray(whole)
                struct.pack_into("<I", bent, start + at, value)
                if bent != whole:
                    path.write_bytes(bent)
                    refused(world["p"], path)
    bent = bytearray(whole)
    extra = local[2] + 30 + len("data.age")
    for value in (0, 1 << 40, (1 << 64) - 1):
        struct.pack_into("<Q", bent, extra + 4, value)
        struct.pack_into("<Q", bent, extra + 12, value)
        path.write_bytes(bent)
        refused(world["p"], path)
    for old, new in ((b"data.age", b"data.agx"), (b"header.json", b"../../../ab"), (b"README.txt", b"header.jso")):
        path.write_bytes(whole.replace(old, new))
        refused(world["p"], path)
    bent = bytearray(whole)
    for crc in (local[2] + 14, whole.rindex(b"data.age") - 46 + 16):  # said wrong in both places
        bent[crc] ^= 1
    path.write_bytes(bent)
    refused(world["p"], path)
    path.write_bytes(whole + whole[local[0] : local[1]])
    refused(world["p"], path)


def test_replay(world: World) -> None:
    """Old packages, again and out of order, bring nothing back and take nothing away."""
    one = world.meeting("a", venue="ចាស់")
    old = world.package("a")
    world.merge("p", old)
    world.carry("p", "a")
    tasks_record = {"venue": "ថ្មី"}
    from cpdesk.tasks import records

    records.save(world["a"], "meeting", tasks_record, one)
    world.carry("a", "p")
    records.delete(world["a"], one)
    world.carry("a", "p")
    state = content_of_records(world["p"])
    for _again in range(3):
        assert world.merge("p", old).status == "nothing new"
    assert content_of_records(world["p"]) == state and records.get(world["p"], one).deleted


def content_of_records(desk: Desk) -> list[object]:
    return (
        desk.db.execute("SELECT * FROM r_meeting ORDER BY 1").fetchall()
        + desk.db.execute("SELECT * FROM op WHERE kind <> 'deed' ORDER BY 1").fetchall()
    )


def test_cards_that_are_none(world: World, tmp_path: Path) -> None:
    whole = world.card("a").read_bytes()
    path = tmp_path / "x.cpcard"
    for at in range(len(whole)):
        bent = bytearray(whole)
        bent[at] ^= 1 << at % 8
        path.write_bytes(bent)
        with pytest.raises((problems.KeyProblem, problems.PackageProblem)):
            tasks.enrol(world["p"], path, tasks.own_card(world["a"]).fingerprint)
    for data in (b"", b"{}", whole[:-20], whole * 2, b"[" * 10000, b"x" * (1 << 20)):
        path.write_bytes(data)
        with pytest.raises(problems.KeyProblem):
            tasks.read_card(path)
    keys = Keys.make()
    for wrong in ({"office": "x"}, {"age": "age1"}, {"name": " "}, {"name": "a\nb"}, {"site": "é"}, {"made": "now"}):
        own = json.loads(cards.read_envelope(whole.strip()).payload)
        path.write_bytes(keys.seal({**own, "sign": keys.sign, **wrong}, "application/vnd.cpdesk.card.v1+json"))
        with pytest.raises(problems.KeyProblem):
            tasks.read_card(path)
    path.write_bytes(keys.seal({**own, "format": 2}, "application/vnd.cpdesk.card.v2+json"))
    with pytest.raises(problems.KeyProblem, match=problems.newer_card().what):
        tasks.read_card(path)


def test_one_key_on_two_cards(world: World, tmp_path: Path) -> None:
    """A copied signing key under another office's name is refused, not entered beside the first."""
    keys, _card, _certificate = identity(world["a"])
    twin: Card = cards.make(keys, "0802", "ក្លែង", "00000001", "2026-01-01T00:00:00+07:00")
    cards.write_file(twin, tmp_path / "twin.cpcard")
    before = exchange.cards(world["p"].db)
    with pytest.raises(problems.KeyProblem):
        tasks.enrol(world["p"], tmp_path / "twin.cpcard")
    assert exchange.cards(world["p"].db) == before
