"""Writes the vectors of FORMAT.md: `python -m tests.packages.vectors FOLDER`. Kept for ever once they are committed.

One file for each thing that a reader must be able to take (here), and one for each way to be wrong (`wrong`);
`manifest.json` says of each by which desk it is read, after which others, and what must come of it. Locks and keys are
random, so that a second run writes other bytes with the same meaning: new vectors go into a new folder.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cpdesk.kinds import MAX_INT
from cpdesk.sync.keys import MANIFEST
from tests.packages import reader
from tests.packages.forge import HOUR, Package, Stream, sha
from tests.packages.offices import (
    COMMUNE,
    DISTRICT,
    GONE,
    NEIGHBOUR,
    OTHER,
    PROVINCE,
    SECOND,
    SUBJECT,
    Vector,
    mine,
    plain,
    up,
)
from tests.packages.wrong import bad


def valid() -> Iterator[Vector]:
    first = up(plain()).file()
    yield Vector("plain", "two meetings, one of them edited", first)
    yield Vector("again", "the same file once more brings nothing new", first, after=("plain",))
    stream = plain()
    stream.write(2, {"venue": "សាលាឃុំ"}, stream.ops[1])
    tail = [stream.line, stream.ops[-1].line()]
    yield Vector("later", "goes on where the last ended", Package(DISTRICT, PROVINCE, tail, stream.tips(), 2).file(),
                 after=("plain",))  # fmt: skip
    yield Vector("later-alone", "the same before the package that it goes on from: a parent waits",
                 Package(DISTRICT, PROVINCE, tail, stream.tips(), 2).file())  # fmt: skip
    yield Vector("empty", "no changes: a receipt only", up().file())
    yield from _forks()
    yield from _values()
    yield from _deletes()
    yield from _redactions()
    yield from _files()
    yield from _others()


def _forks() -> Iterator[Vector]:
    stream = mine()
    first = stream.write(1, {"subject": SUBJECT, "venue": "ដើម"})
    left = stream.write(1, {"venue": "ឆ្វេង"}, first)
    right = stream.write(1, {"venue": "ស្តាំ", "number": "៥"}, first, after=first)
    yield Vector("fork", "a copied computer wrote twice at one place: both are kept, and differ", up(stream).file())
    stream.write(1, {"venue": "ស្តាំ"}, left, right, after=left)
    yield Vector("two-parents", "an op with two parents settles it", up(stream).file())
    shared, own = Stream(DISTRICT, "08"), mine()
    root = shared.write(7, {"subject": SUBJECT}, hlc=5 * HOUR)
    shared.write(7, {"subject": SUBJECT}, root, hlc=HOUR)
    own.write(8, {"subject": OTHER}, hlc=0)
    own.write(8, {"subject": SUBJECT}, hlc=(1 << 63) - 1)
    yield Vector("two-streams", "a shared record and an own one; clocks that jump decide nothing but ties",
                 up(shared, own).file())  # fmt: skip
    stream = mine()
    stream.write(1, {"venue": "ក"})
    stream.write(1, {"venue": "ក"})
    yield Vector("equal", "equal values side by side are no difference", up(stream).file())


def _values() -> Iterator[Vector]:
    stream = mine()
    odd = {
        "from_a_newer_version": "ក", "a" * 128: 1, "ឈ្មោះ": "Khmer", "escapes": '"\\/\b\t\n\f\r\x01\x1f\x7f',
        "far": "🙂\u2028\uffff",
        "least": -MAX_INT, "most": MAX_INT, "no": False, "yes": True, "nothing": None, "empty": "", "zero": 0,
    }  # fmt: skip
    stream.write(1, odd)
    stream.write(2, {"x": "y"}, kind="kind_of_a_newer_version")
    stream.write(3, {"x": "y"}, kind="ប្រភេទ", who="")
    yield Vector(
        "values", "kinds and fields of a newer version, blanks, the ends of what a value can be", up(stream).file()
    )
    stream = mine()
    stream.write(1, {"subject": SUBJECT})
    stream.write(1, {"subject": None}, stream.ops[0])
    yield Vector("blank", "emptied is a value", up(stream).file())
    stream = mine()
    stream.write(1, {"subject": "x" * 1_000_000})
    yield Vector("long", "a megabyte of text", up(stream).file())


def _deletes() -> Iterator[Vector]:
    stream = mine()
    first = stream.write(1, {"subject": SUBJECT, "venue": "ក"})
    stream.write(1, {"_deleted": True, "_with": None}, first)
    edit = stream.write(2, {"subject": OTHER})
    stream.write(2, {"_deleted": True}, edit)
    stream.write(2, {"venue": "ខ"}, edit)
    yield Vector(
        "deleted", "hidden where the delete saw every value; an edit that it had not seen differs", up(stream).file()
    )
    stream.write(1, {"_deleted": False}, stream.ops[1])
    yield Vector("undeleted", "and brought back", up(stream).file())


def _redactions() -> Iterator[Vector]:
    stream = mine()
    first = stream.write(1, {"subject": "ឈ្មោះដែលត្រូវលុប"})
    old = up(stream).file()
    gone = stream.write(1, {"_deleted": True}, first)
    stream.write(1, {"_redacted": first.h.hex()}, gone)
    whole = stream.ops[0]
    stream.ops[0] = replace(whole, salt=None, sets=None)
    yield Vector("redacted", "content that its owner took out", up(stream, number=2).file())
    yield Vector("redacted-old", "an older package does not bring it back", old, after=("redacted",))
    stream.ops[0] = whole
    yield Vector("redacted-late", "the word and what it takes out in one", up(stream, number=2).file())
    above = Stream(DISTRICT, "0801", 9)
    above.write(5, {"_redacted": "0" * 32, "subject": "x"})
    yield Vector("redacted-nothing", "a word that names what nobody has", up(above).file())


def _files() -> Iterator[Vector]:
    stream, scan = mine(), "បញ្ជីវត្តមានមានហត្ថលេខា\n".encode()
    stream.write(1, {"subject": SUBJECT})
    for n, data in enumerate((scan, b"")):
        facts = {"bytes": len(data), "file_name": "x.txt", "of": f"{1:032x}", "order": n, "sha256": sha(data)}
        stream.write(10 + n, facts, kind="attachment")
    yield Vector("files", "format 2: two attached files, one of them empty", up(stream, blobs=[scan, b""]).file())
    yield Vector("files-later", "files that are named and have not come: in format 1", up(stream).file())
    yield Vector("files-more", "a file that nobody names is checked and thrown away",
                 up(plain(), blobs=[b"nobody's"]).file())  # fmt: skip


def _others() -> Iterator[Vector]:
    ahead = {"format": 7, "reader": 2}
    yield Vector("newer-readable", "a newer format that says it can be read", up(plain(), outside=ahead).file())
    facts = {"from_a_newer_version": [1, {"a": None}], "lacks": [], "have": {"0" * 32: [3, "1" * 32]}}
    yield Vector("newer-facts", "keys of the manifest that a reader does not know", up(plain(), facts=facts).file())
    old = up(plain())
    told = {key: value for key, value in old.told().items() if key not in ("lacks", "keeps")}
    yield Vector("older-facts", "a manifest of the first days: neither lacks nor keeps",
                 old.file(old.first(DISTRICT.keys.seal(told, MANIFEST)) + old.body))  # fmt: skip
    theirs = Stream(COMMUNE, "080101")
    theirs.write(1, {"subject": SUBJECT})
    vouched = {"cards": [DISTRICT.vouches(COMMUNE)]}
    yield Vector("vouched", "what a commune wrote, brought by its district", up(theirs, facts=vouched).file())
    theirs = Stream(NEIGHBOUR, "0802")
    theirs.write(1, {"subject": SUBJECT})
    yield Vector(
        "carried", "another district's, known here: it is signed by its owner, whoever brings it", up(theirs).file()
    )
    down = Stream(PROVINCE, "08")
    down.write(1, {"subject": SUBJECT})
    relayed = Stream(NEIGHBOUR, "08")
    relayed.write(1, {"venue": "ខ"}, down.ops[0])
    facts = {"cards": [PROVINCE.vouches(NEIGHBOUR), PROVINCE.vouches(DISTRICT)], "revoked": [GONE.card.fingerprint]}
    yield Vector("down", "from the province: its own, and what another district wrote in it",
                 Package.of(PROVINCE, DISTRICT, down, relayed, facts=facts).file(), desk="district")  # fmt: skip
    second = Stream(SECOND, "0801")
    second.write(1, {"subject": SUBJECT})
    word = PROVINCE.vouches(SECOND)[1].encode()
    yield Vector("sibling", "from the office's second computer, which the province certified",
                 Package.of(SECOND, DISTRICT, second, certificate=word).file(), desk="district")  # fmt: skip
    locks = (PROVINCE.keys.age, DISTRICT.keys.age, SECOND.keys.age)
    yield Vector("many-locks", "locked for several computers", up(plain(), locks=locks).file())
    yield Vector("readme", "other plain words in it", up(plain(), readme="សួស្តី".encode()).file())


DESKS: dict[str, dict[str, object]] = {
    "province": {"office": "08", "key": "province.key", "lower": ["district.cpcard", "neighbour.cpcard", "gone.cpcard"],
                 "upper": [], "withdrawn": ["gone.cpcard"]},
    "district": {"office": "0801", "key": "district.key", "lower": [], "upper": ["province.cpcard"], "withdrawn": []},
}  # fmt: skip


def write(folder: Path) -> None:
    for office, name in ((PROVINCE, "province"), (DISTRICT, "district"), (NEIGHBOUR, "neighbour"), (GONE, "gone")):
        (folder / f"{name}.cpcard").write_bytes(office.card.text + b"\n")
    for office, name in ((PROVINCE, "province"), (DISTRICT, "district")):
        (folder / f"{name}.key").write_bytes(office.keys.dump()[1] + b"\n")
    found: list[dict[str, object]] = []
    read: dict[str, bytes] = {}
    for vector in (*valid(), *bad()):
        kind = "valid" if vector.outcome == "taken" else "bad"
        path = folder / kind / f"{vector.name}.cpsync"
        path.parent.mkdir(exist_ok=True)
        assert not path.exists(), vector.name
        path.write_bytes(vector.data)
        read[vector.name] = vector.data
        after = [f"valid/{name}.cpsync" for name in vector.after]
        told: dict[str, object] = {"file": f"{kind}/{path.name}", "about": vector.about, "desk": vector.desk,
                                   "after": after, "outcome": vector.outcome}  # fmt: skip
        if vector.outcome == "taken":
            desk = reader.desk_of(folder, DESKS[vector.desk])
            for name in vector.after:
                desk.read(read[name])
            told["fresh"] = desk.read(vector.data)
            told["state"] = sha(reader.canon(reader.state(desk.ops)))
        found.append(told)
    text = json.dumps({"desks": DESKS, "vectors": found}, ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
