"""What encryption costs: the same work on the desk as it ships, and on the same file of the same library with no key.

Where there is no key, SQLCipher is SQLite. The product has no such switch: the step that gives a connection its key is
taken out here, for the time of a connection's making.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cpdesk.store import Desk, care, connection, keyfile
from cpdesk.store.keyring import Lock
from cpdesk.tasks import records, search
from tests.bench.measure import Line, in_turns, seconds
from tests.bench.merging_desk import keep
from tests.bench.searching_desk import mixed
from tests.make_ops import Maker

CHANGES = 6_000
PASSWORD = "ស្វាយ ចន្ទី ដូង ម្នាស់"
PLAIN = "the same without a key"


class _Keyless:
    """A connection that hears everything but its key."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def execute(self, sql: str) -> object:
        return None if sql.startswith("PRAGMA key") else self._raw.execute(sql)


@contextmanager
def keyless() -> Iterator[None]:
    """Connections that are made inside read and write plain files."""
    prepare = connection._prepare

    def without(raw: Any, key: keyfile.DeskKey) -> None:
        prepare(_Keyless(raw), key)

    connection._prepare = without
    try:
        yield
    finally:
        connection._prepare = prepare


@contextmanager
def keyed() -> Iterator[None]:
    yield


@dataclass
class Side:
    """One of the two, with its desk and how connections to it are made."""

    path: Path
    key: keyfile.DeskKey
    ways: Callable[[], Any]

    def open(self) -> Desk:
        with self.ways():
            return Desk.open(self.path, key=self.key)


def run(folder: Path, records_: int, rounds: int) -> Iterator[Line]:
    made = []
    for name, ways in (("cipher", keyed), ("plain", keyless)):
        place = folder / name
        place.mkdir()
        with ways(), mixed(place, records_) as desk:
            records.index(desk)
            made.append(Side(desk.path, desk.key, ways))
    ours, theirs = made
    assert theirs.path.read_bytes()[:15] == b"SQLite format 3" != ours.path.read_bytes()[:15]
    sizes = [side.path.stat().st_size for side in made]
    yield from _opening(ours, theirs, rounds, f"files of {sizes[0] / 1e6:.0f} and {sizes[1] / 1e6:.0f} MB")
    with ours.open() as shut, theirs.open() as loose:
        yield from _at_the_desk(shut, loose, rounds)
    yield from _copies(ours, theirs, folder, rounds)
    yield _merge(folder, rounds)


def _pair(what: str, rounds: int, ours: Callable[[], float], theirs: Callable[[], float], note: str = "") -> Line:
    times = in_turns(rounds, ours=ours, theirs=theirs)
    return Line(what, times["ours"], PLAIN, times["theirs"], note)


def _opening(ours: Side, theirs: Side, rounds: int, note: str) -> Iterator[Line]:
    def opened(side: Side) -> float:
        desk: list[Desk] = []
        took = seconds(lambda: desk.append(side.open()))
        desk[0].close()
        return took

    def read_cold(side: Side) -> float:
        with side.open() as desk:
            return seconds(lambda: desk.db.execute("SELECT sum(length(sets)) FROM op").fetchone())

    lock = Lock.new(ours.key.salt).with_password(ours.key, "a" * 32, PASSWORD)
    yield _pair("open the desk", 30 * rounds, lambda: opened(ours), lambda: opened(theirs), note)
    times = in_turns(3 * rounds, unlock=lambda: seconds(lambda: lock.open(PASSWORD)), open=lambda: opened(ours))
    yield Line("unlock it (Argon2id, 64 MiB)", times["unlock"], "opening it", times["open"], "before opening, once")
    yield _pair("read every change", rounds, lambda: read_cold(ours), lambda: read_cold(theirs), "no page in memory")


def _at_the_desk(shut: Desk, loose: Desk, rounds: int) -> Iterator[Line]:
    meetings = {desk: records.save(desk, "meeting", {"subject": "ប្រជុំ"}).id for desk in (shut, loose)}
    numbers, listed = iter(range(1_000_000)), records.ids(shut, "input")

    def save(desk: Desk) -> float:
        words = f"សាលាខេត្តកណ្តាល {next(numbers)}"
        return seconds(lambda: records.save(desk, "meeting", {"venue": words}, meetings[desk]))

    def page(desk: Desk) -> float:
        at = next(numbers) * 137 % (len(listed) - 100)
        return seconds(lambda: records.some(desk, "input", listed[at : at + 100]))

    def find(desk: Desk) -> float:
        return seconds(lambda: search.look_up(desk, "ការពារកុមារ ឃុំ"))

    for what, work, times in (
        ("save one field", save, 40),
        ("a page of 100", page, 40),
        ("search two words", find, 10),
    ):
        yield _pair(what, times * rounds, lambda work=work: work(shut), lambda work=work: work(loose))  # type: ignore[misc]


def _copies(ours: Side, theirs: Side, folder: Path, rounds: int) -> Iterator[Line]:
    def copied(side: Side) -> float:
        target = folder / "copy.cpbackup"
        with side.open() as desk, side.ways():
            took = seconds(lambda: care.copy(desk, target))
        target.unlink()
        return took

    yield _pair("back up, and read back", rounds, lambda: copied(ours), lambda: copied(theirs))


def _merge(folder: Path, rounds: int) -> Line:
    maker = Maker("0801")
    ops = [*maker.ops(round(CHANGES / 1.61))]
    numbers = iter(range(10_000))

    def merged(ways: Callable[[], Any]) -> float:
        place = folder / f"merge{next(numbers)}"
        with ways(), Desk.create(place / "08.cpdesk", "08", "bench") as desk:
            took = seconds(lambda: keep(desk, ops))
        shutil.rmtree(place)
        return took

    return _pair(f"merge {len(ops):,} changes", rounds, lambda: merged(keyed), lambda: merged(keyless))
