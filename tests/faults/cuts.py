"""Simulated power cuts: a day at the desk is recorded once, and looked at as the cut at any moment could have left it.

At each image: all that was acknowledged before is there; what was under way is there as a whole or not at all; every
file that bears a final name is whole; the desk's own check finds nothing; and the next save works.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from cpdesk.store import Desk, Record, care, exchange
from cpdesk.tasks import desk as desks
from cpdesk.tasks import exchange as packages
from cpdesk.tasks import records
from tests.faults import locks, machine, sweep
from tests.faults.disk import MARK, Disk, Entry, entries

ALL, NOTHING = "all", "nothing"
OLD_COPY, COPY, NEW, BACK = "old.bak", sweep.COPY, "new.cpdesk", "back.cpdesk"
FIRST = "the first day on a new computer"
State = Callable[["Place"], str]


@dataclass
class Place:
    """A folder with desks, opened at first need."""

    folder: Path
    opened: dict[str, Desk] = field(default_factory=dict)
    facts: dict[str, int | str] = field(default_factory=dict)  # what was found out already

    def desk(self, name: str = "p.cpdesk") -> Desk:
        if name not in self.opened:
            self.opened[name] = locks.opened_somehow(self.folder / name)
        return self.opened[name]

    def there(self, name: str) -> bool:
        return (self.folder / name).exists()

    def close(self) -> None:
        while self.opened:
            self.opened.popitem()[1].close()


@dataclass(frozen=True)
class Step:
    """`do` returns when it is acknowledged; `state` says "all", "nothing", or what is torn."""

    name: str
    do: Callable[[Place], object]
    state: State


def _held(desk: Desk, *venues: str) -> list[Record]:
    """The meetings there, deleted since or not."""
    rows = records.find(desk, "meeting") + records.find(desk, "meeting", deleted=True)
    return [row for row in rows if row["venue"] in venues]


def _meetings(*venues: str, desk: str = "p.cpdesk") -> Step:
    """Saved at once: every one whole, all of them or none."""

    def do(place: Place) -> object:
        rows = [("meeting", {**sweep.MEETING, "venue": venue}, None) for venue in venues]
        return records.save_many(place.desk(desk), rows)

    def state(place: Place) -> str:
        if not place.there(desk):
            return NOTHING
        found = _held(place.desk(desk), *venues)
        if any(row["subject"] != sweep.MEETING["subject"] for row in found):
            return "a meeting without its subject"
        return {0: NOTHING, len(venues): ALL}.get(len(found), f"{len(found)} of {len(venues)} meetings")

    return Step(f"save {', '.join(venues)}", do, state)


def _delete(place: Place) -> object:
    (row,) = records.find(place.desk(), "meeting", {"venue": "មួយ"})
    return records.delete(place.desk(), row.id)


def _deleted(place: Place) -> str:
    return ALL if records.find(place.desk(), "meeting", {"venue": "មួយ"}, deleted=True) else NOTHING


def _merged(place: Place) -> str:
    state = sweep.merged(place.desk(), place.folder)
    kept = list((place.folder / "home" / "backups").glob("*.cpdesk"))
    return "merged without a copy from before" if state == ALL and not kept else state


def _came(place: Place) -> str:
    """Whether the package is said to be in; what of it lies in the bin since is for who took it back to say."""
    return ALL if packages.packages(place.desk()) else NOTHING


def _exported(place: Place) -> str:
    """A whole package of a number that will not be given again."""
    state = sweep.exported(place.desk(), place.folder)
    number = packages.inspect(place.desk(), place.folder / sweep.OUT).number or 0
    given = max(row.number for row in exchange.sent(place.desk().db))
    return f"package {number}, but the desk remembers {given}" if number > given else state


def _copied(name: str, venue: str) -> State:
    """A copy is whole under its final name; it is the one meant if it holds that meeting."""

    def state(place: Place) -> str:
        if not place.there(name):
            return NOTHING
        target = place.folder / f"{name} {venue}"
        desks.restore(place.folder / name, target)
        with desks.open_desk(target) as copy:
            wrong = care.check(copy).problems
            found = _held(copy, venue)
        return f"copy: {wrong}" if wrong else ALL if found else NOTHING

    return state


def _made(name: str) -> State:
    def state(place: Place) -> str:
        if not place.there(name):
            return NOTHING
        wrong = care.check(place.desk(name)).problems
        return f"{name}: {wrong}" if wrong else ALL if desks.office(place.desk(name)).text("seat") else "no office"

    return state


def _create(place: Place) -> object:
    place.opened[NEW] = desks.create(place.folder / NEW, "0802", "ស្រុក")
    return NEW


CLOSE = Step("close", lambda place: place.close(), lambda _place: ALL)
DAYS: dict[str, tuple[Step, ...]] = {
    "at the desk": (
        _meetings("មួយ"),
        Step("backup", lambda place: desks.backup(place.desk(), place.folder / COPY), _copied(COPY, "មួយ")),
        Step("export", lambda place: sweep.export(place.desk(), place.folder), _exported),
        Step(
            "attach",
            lambda place: sweep.attach(place.desk(), place.folder),
            lambda place: sweep.attached(place.desk(), place.folder),
        ),
        _meetings("ពីរ", "បី", "បួន"),
        Step("merge", lambda place: sweep.merge(place.desk(), place.folder), _merged),
        CLOSE,
        Step("delete", _delete, _deleted),
        _meetings("ប្រាំ"),
        Step("second backup", lambda place: desks.backup(place.desk(), place.folder / COPY), _copied(COPY, "ប្រាំ")),
        CLOSE,
    ),
    "what came is taken back": (
        Step("merge", lambda place: sweep.merge(place.desk(), place.folder), _came),
        Step(
            "undo",
            lambda place: sweep.undo(place.desk(), place.folder),
            lambda place: sweep.undone(place.desk(), place.folder),
        ),
        CLOSE,
    ),
    "back from a copy": (
        Step("restore", lambda place: desks.restore(place.folder / OLD_COPY, place.folder / BACK), _made(BACK)),
        _meetings("ក្នុងច្បាប់ចម្លង", desk=BACK),
        CLOSE,
    ),
    FIRST: (
        Step("create", _create, _made(NEW)),
        _meetings("ថ្មី", desk=NEW),
        Step("backup", lambda place: desks.backup(place.desk(NEW), place.folder / COPY), _copied(COPY, "ថ្មី")),
        CLOSE,
    ),
}


def world(folder: Path) -> Path:
    """The sweep's, with a copy of its desk."""
    sweep.world(folder)
    with desks.open_desk(folder / "p.cpdesk") as desk:
        desks.backup(desk, folder / OLD_COPY)
    return folder


def _begin(day: str, template: Path, scratch: Path) -> Path:
    folder = sweep.copied(template, scratch)
    if day == FIRST:
        shutil.rmtree(folder)
        folder.mkdir()
    return folder


@dataclass(frozen=True)
class Recorded:
    """`disk` is as it was before, and knows the files by the numbers that the tape calls them."""

    day: str
    disk: Disk
    tape: tuple[Entry, ...]


def record(day: str, template: Path, scratch: Path) -> Recorded:
    """Live through that day once. Fails where the tape does not tell all that happened to the files."""
    folder, tape = _begin(day, template, scratch), scratch.with_name("tape")
    disk, tried = Disk(folder), Disk(folder)
    told = sweep.in_child(folder, lambda place: _live(day, Place(place), tape))
    assert told == ALL, told
    found = Recorded(day, disk, tuple(entries(tape.read_bytes())))
    for entry in found.tape:
        tried.feed(entry)
    seen = scratch.with_name("seen")
    tried.image(seen)
    assert _files(seen) == _files(folder), "the tape lacks something"
    shutil.rmtree(seen)
    return found


def _live(day: str, place: Place, tape: Path) -> object:
    library = machine.library()
    with tape.open("wb") as file:
        library.fault_record(file.fileno())
        for step in DAYS[day]:
            library.fault_mark(f"begin {step.name}".encode())
            step.do(place)
            library.fault_mark(f"done {step.name}".encode())
        library.fault_record(-1)
    return ALL


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith("-shm"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def sweep_cuts(
    count: int, seed: int, template: Path, scratch: Path, outcomes: Counter[str], days: Sequence[str]
) -> Iterator[str]:
    """What is wrong with `count` images, drawn evenly from all moments of these days."""
    for n, day in enumerate(days):
        recorded = record(day, template, scratch)
        share = count // len(days) + (n < count % len(days))
        yield from _cuts(recorded, share, Random(f"{seed} {day}"), scratch, outcomes)


def _cuts(recorded: Recorded, count: int, chance: Random, scratch: Path, outcomes: Counter[str]) -> Iterator[str]:
    moments = Counter(chance.randint(0, len(recorded.tape)) for _image in range(count))
    disk = recorded.disk
    begun: list[str] = []
    done: set[str] = set()
    for moment in range(len(recorded.tape) + 1):
        for image in range(moments[moment]):
            shutil.rmtree(scratch, ignore_errors=True)
            disk.image(scratch, Random(chance.random()))
            steps = [step for step in DAYS[recorded.day] if step.name in begun]
            for wrong in _look(scratch, steps, done, outcomes):
                yield f"{recorded.day}, cut before operation {moment} of {len(recorded.tape)}, image {image}: {wrong}"
        if moment < len(recorded.tape):
            entry = recorded.tape[moment]
            disk.feed(entry)
            if entry.kind == MARK:
                word, _space, name = entry.data.decode().partition(" ")
                begun.append(name) if word == "begin" else done.add(name)


def _look(folder: Path, steps: list[Step], done: set[str], outcomes: Counter[str]) -> list[str]:
    os.environ["CPDESK_HOME"] = str(folder / "home")
    place = Place(folder)
    wrong = []
    try:
        for step in steps:
            state = step.state(place)
            if step is steps[-1]:
                outcomes["between two steps" if step.name in done else f"within a step: {state}"] += 1
            if state not in (ALL, NOTHING):
                wrong.append(f"{step.name}: {state}")
            elif step.name in done and state != ALL:
                wrong.append(f"{step.name}: acknowledged and lost")
        wrong += _goes_on(place)
    except Exception as why:  # whatever the program says of an image is a finding
        wrong.append(f"{type(why).__name__}: {why}")
    finally:
        place.close()
    return wrong


def _goes_on(place: Place) -> list[str]:
    """The next save, and what was there before the day."""
    wrong = []
    name = next((name for name in ("p.cpdesk", NEW) if place.there(name)), None)
    if name:
        records.save(place.desk(name), "meeting", {**sweep.MEETING, "venue": "ក្រោយ"})
        wrong += care.check(place.desk(name)).problems
    if name == "p.cpdesk" and records.count(place.desk(), "meeting", {"venue": "ខេត្ត"}) != 12:
        wrong.append("what was there before is gone")
    copies = (place.folder / "home" / "backups").glob("before-*.cpdesk")
    for copy in (one for one in copies if "upgrade" not in one.name):  # another desk's: `keeping` looks at it
        state = _copied(f"home/backups/{copy.name}", "ខេត្ត")(place)
        wrong += [f"{copy.name}: {state}"] if state != ALL else []
    return wrong
