"""Attached files in packages that are damaged, swapped, forged or made to hurt: refused whole, the desk as it was."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.store import blobs
from cpdesk.store.canonical import ZERO, Op, canon, digest_of
from cpdesk.sync import container, problems, send
from cpdesk.sync.keys import Keys
from cpdesk.sync.manifest import Header
from cpdesk.tasks import attachments
from cpdesk.tasks import exchange as tasks
from tests.sync.test_damage import Liar, _sha, refused, signed, stream
from tests.sync.worlds import World, content, lock, lock_plain, province_and_district, wrap

AT = "2026-01-01T00:00:00+07:00"
SMALL = b"a small scan"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = province_and_district(tmp_path)
    yield made
    made.close()


class FileLiar(Liar):
    """A district that also sends files, and of them what it likes."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.line, self.id = stream()

    def op(self, sha256: str, size: int) -> Op:
        salt = bytes(16)
        sets = canon({"bytes": size, "file_name": "x.pdf", "of": "0" * 31 + "1", "order": 1, "sha256": sha256})
        return Op(self.id, 1, ZERO, 1, "w", "attachment", bytes(15) + b"\1", b"", digest_of(salt, sets), salt, sets)

    def send(
        self,
        *locked: bytes,
        told: object = None,
        name: str = _sha(SMALL),
        header: Header | None = None,
        **facts: object,
    ) -> Path:
        """A package with those locked bytes; `told`: what the manifest says of them, honest where nothing is given."""
        header = header or Header(1, "0801", "08", AT, 2, 2)
        if told is None:
            told = [[_sha(one), name, len(SMALL)] for one in locked]
        op = self.op(name, len(SMALL))
        lines = [self.line, op.line()]
        plain = {container.README: _sha(send.README), container.HEADER: _sha(header.text())}
        told_all = self.manifest(lines, **header.facts(), files=plain, blobs=told, **facts,
                                 tips=[tip.decode() for tip in signed(self, op)])  # fmt: skip
        inside = self.first(told_all) + b"".join(line + b"\n" for line in lines)
        return wrap(self.path, send.README, header.text(), lock(inside, self.to.age), locked)

    def locked(self, data: bytes = SMALL) -> bytes:
        return lock_plain(data, self.to.age)


def test_the_honest_liar_is_merged(world: World) -> None:
    liar = FileLiar(world)
    merged = world.merge("p", liar.send(liar.locked()))
    assert (merged.status, merged.changes, merged.files) == ("merged", 1, 1), merged.why
    assert blobs.every(world["p"].db) == [blobs.Blob(_sha(SMALL), len(SMALL))]


def honest(world: World) -> Path:
    meeting = world.meeting("a")
    kept = attachments.keep_bytes(world["a"], "x.txt", SMALL)
    attachments.attach_kept(world["a"], meeting, kept)
    return world.package("a")


def test_every_byte_of_a_file_counts(world: World) -> None:
    """In its local header, its lock, its content, and in the directory."""
    path = honest(world)
    whole = path.read_bytes()
    start, end = whole.index(b"PK\3\4", whole.index(b"header.json")), whole.index(b"data.age") - 30
    before = content(world["p"])
    damaged = str(problems.damaged())
    directory = whole.index(b"PK\1\2")
    for at in (*range(start, end), *range(directory, len(whole))):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << at % 8
        path.write_bytes(flipped)
        (merged,) = tasks.merge(world["p"], [path])
        assert (merged.status, merged.why) == ("refused", damaged), at
    assert content(world["p"]) == before
    path.write_bytes(whole)
    assert world.merge("p", path).files == 1


def test_cut_anywhere_in_a_file(world: World) -> None:
    path = honest(world)
    whole = path.read_bytes()
    before = content(world["p"])
    for length in range(whole.index(b"blobs/") - 30, whole.index(b"data.age"), 3):
        path.write_bytes(whole[:length])
        assert world.merge("p", path).status == "refused", length
    assert content(world["p"]) == before


def test_files_that_are_not_what_the_manifest_says(world: World) -> None:
    liar = FileLiar(world)
    one, other = liar.locked(), liar.locked(b"other bytes!")
    hurt = bytearray(one)
    hurt[-1] ^= 1
    sha, size = _sha(SMALL), len(SMALL)
    stranger = lock_plain(SMALL, Keys.make().age)
    for locked, told in (
        ([one], []),  # a file that nobody speaks of
        ([], [[_sha(one), sha, size]]),  # one that lacks
        ([other], [[_sha(one), sha, size]]),  # another in its place
        ([other], [[_sha(other), sha, size]]),  # another content
        ([one], [[_sha(one), sha, size + 1]]),  # longer, shorter than it is
        ([one], [[_sha(one), sha, size - 1]]),
        ([one], [[_sha(one), sha, 0]]),
        ([one, other], [[_sha(other), sha, size], [_sha(one), sha, size]]),  # in another order, twice the same
        ([bytes(hurt)], [[_sha(bytes(hurt)), sha, size]]),  # a broken seal, well signed
        ([one[:-20]], [[_sha(one[:-20]), sha, size]]),  # cut, and well signed
        ([one + b"x"], [[_sha(one + b"x"), sha, size]]),  # something behind the end
        ([stranger], [[_sha(stranger), sha, size]]),  # locked for somebody else
        ([b""], [[_sha(b""), sha, size]]),
        ([b"no lock at all"], [[_sha(b"no lock at all"), sha, size]]),
        ([SMALL], [[_sha(SMALL), sha, size]]),  # not locked
    ):
        assert refused(world["p"], liar.send(*locked, told=told)) == str(problems.damaged()), told


@pytest.mark.parametrize(
    "told",
    [
        {}, "x", [5], [[]], [["x", "y", 1]], [["0" * 64, "0" * 64, -1]], [["0" * 64, "0" * 64, 1 << 40]],
        [["0" * 64, "0" * 64, True]], [["0" * 64, "0" * 64]], [["0" * 64, "A" * 64, 1]],
        [["../" + "0" * 61, "0" * 64, 1]], [["0" * 64, "0" * 64, "1"]],
    ],
    ids=str,
)  # fmt: skip
def test_lists_of_files_that_are_none(world: World, told: object) -> None:
    refused(world["p"], FileLiar(world).send(told=told))


@pytest.mark.parametrize(
    "facts",
    [
        {"lacks": 5}, {"lacks": ["x"]}, {"lacks": ["0" * 64] * 5001}, {"keeps": {}}, {"keeps": [1]},
        {"keeps": ["0" * 64] * 5001},
    ],
    ids=lambda facts: str(facts)[:40],
)  # fmt: skip
def test_names_of_files_that_are_none(world: World, facts: dict[str, object]) -> None:
    liar = FileLiar(world)
    refused(world["p"], liar.send(told=[], **facts))  # type: ignore[arg-type]


def test_files_in_a_package_that_says_it_has_none(world: World) -> None:
    """An old program would not know what they are; so the number outside must say so."""
    liar = FileLiar(world)
    assert refused(world["p"], liar.send(liar.locked(), header=Header(1, "0801", "08", AT)))


def test_members_that_must_not_be(world: World) -> None:
    """Paths, other names, the same twice, files behind the data."""
    path = honest(world)
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as inside:
        (name,) = [one.encode() for one in inside.namelist() if one.startswith("blobs/")]
    for bad in (b"../../" + name[6:], b"blobs/" + b"Z" * 64 + b".age", b"blobs\\" + name[6:], name[:-4] + b".exe"):
        path.write_bytes(whole.replace(name, bad))
        refused(world["p"], path)
    liar = FileLiar(world)
    one = liar.locked()
    refused(world["p"], liar.send(one, one, told=[[_sha(one), _sha(SMALL), len(SMALL)]] * 2))
    path.write_bytes(liar.send(one).read_bytes())
    with zipfile.ZipFile(path, "a") as inside:
        inside.writestr("blobs/" + "0" * 64 + ".age", b"more")
    refused(world["p"], path)


def test_a_name_that_is_not_that_of_the_bytes(world: World) -> None:
    """Whoever checks a stick without keys goes by the names."""
    liar = FileLiar(world)
    one = liar.locked()
    honest = _sha(one)
    path = liar.send(one, told=[["0" * 64, _sha(SMALL), len(SMALL)]])
    path.write_bytes(path.read_bytes().replace(honest.encode(), b"0" * 64))
    assert refused(world["p"], path) == str(problems.damaged())


def test_more_files_than_a_package_may_have(world: World) -> None:
    """Refused by the outer form alone, before anything is unlocked; so is one that stands there twice."""
    liar = FileLiar(world)
    one = liar.locked()
    for locked in ((str(n).encode() for n in range(container.MOST_BLOBS + 1)), (one, one)):
        path = liar.send(*locked, told=[])
        refused(world["p"], path)
        with path.open("rb") as file, pytest.raises(problems.Broken):
            container.read(file)


def test_locks_of_files_made_to_cost_time(world: World) -> None:
    stanza = b"-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\nEmECAEcKN+n/Vs9SbWiV+Hu0r+E8R77DdWYyd83nw7U\n"
    liar = FileLiar(world)
    for count in (150, 20_000):
        refused(world["p"], liar.send(liar.locked().replace(b"-> X25519", stanza * count + b"-> X25519", 1)))


def test_a_file_much_longer_than_it_says(world: World) -> None:
    liar = FileLiar(world)
    long = liar.locked(bytes(30 << 20))
    assert refused(world["p"], liar.send(long, told=[[_sha(long), _sha(SMALL), len(SMALL)]])) == str(problems.damaged())
    wanted = _sha(bytes(40 << 20))
    told = [[_sha(long), wanted, 40 << 20]]
    assert refused(world["p"], liar.send(long, told=told, name=wanted)) == str(problems.damaged())


def test_what_nobody_named_is_not_kept(world: World) -> None:
    """A file beside the records is checked like any other, and thrown away."""
    liar = FileLiar(world)
    merged = world.merge("p", liar.send(liar.locked(), name=_sha(SMALL), told=None))
    assert merged.files == 1
    stray = liar.locked(b"nobody's!!!!")
    told = [[_sha(stray), _sha(b"nobody's!!!!"), 12]]
    assert world.merge("p", liar.send(stray, told=told, header=Header(2, "0801", "08", AT, 2, 2))).files == 0
    assert [blob.sha256 for blob in blobs.every(world["p"].db)] == [_sha(SMALL)]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "x" * 70_000, "0" * 63 + "G", "0" * 64 + "\n"], ids=len)
def test_a_record_that_names_nonsense_asks_for_nothing(world: World, name: str) -> None:
    """What an accepted office writes as a hash is text like any other."""
    assert world.merge("p", FileLiar(world).send(told=[], name=name)).status == "merged"
    assert blobs.lacking(world["p"].db, "0801", 10) == []
    assert world.carry("p", "a").status != "refused"


def test_large_files_cost_little_memory(world: World) -> None:
    """Written, read back, merged in pieces, whatever their size."""
    import tracemalloc

    meeting = world.meeting("a")
    data = os.urandom(1 << 20) * 40
    attachments.attach_kept(world["a"], meeting, attachments.keep_bytes(world["a"], "film.mp4", data))
    sha256 = hashlib.sha256(data).hexdigest()
    del data
    tracemalloc.start()
    path = world.package("a")
    merged = world.merge("p", path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert merged.files == 1 and peak < 24 << 20
    assert blobs.is_whole(world["p"].db, sha256)
