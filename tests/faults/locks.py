"""What is done to the lock of a desk, while the machine fails: before and after each there is something that opens it.

Each change has two sides. On the old one the desk opens with what opened it before, on the new one with what shall open
it from then on; never with both, and never with nothing. What was saved before is there on either side.
"""

from __future__ import annotations

import os
import random
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cpdesk.errors import Locked, UserError
from cpdesk.store import Desk, care, keyfile
from cpdesk.tasks import desk as desks
from cpdesk.tasks import drafts, helping, keys, officers, offices, records, tries
from tests.faults import machine, sweep
from tests.faults.machine import Fault
from tests.tasks.roles_world import quick

OPEN, SHUT, UPPER, NEW = "open.cpdesk", "shut.cpdesk", "upper.cpdesk", "new.cpdesk"
ANSWER, CODES = "answer.cplock", "codes"
FIRST, SECOND = "ស្វាយ ចន្ទី ដូង ម្នាស់", "ត្រី អណ្តើក ក្តាម បង្គា"
NAME, OTHER, OTHERS = "សុខ សុភា", "ច័ន្ទ ធារី", "mango river stone lamp"
NONE = ""  # what opens an open desk
SAVED = 3
TYPED: drafts.Half = {"page": {"venue 1": "សាល"}}


def world(folder: Path) -> Path:
    """An open desk, a locked one with two officers and a code, and the office above both, which helps."""
    os.environ["CPDESK_HOME"] = str(folder / "home")
    quick(pytest.MonkeyPatch())
    with (
        desks.create(folder / OPEN, "0802", NAME) as loose,
        desks.create(folder / SHUT, "0801", NAME, FIRST) as shut,
        desks.create(folder / UPPER, "08", NAME) as upper,
    ):
        offices.write_card(upper, folder / "upper.cpcard")
        offices.join(shut, folder / "upper.cpcard")
        officers.add(shut, OTHER, ["officer"], OTHERS)
        for desk in (loose, shut):
            for n in range(SAVED):
                records.save(desk, "meeting", {**sweep.MEETING, "number": str(n)})
        helping.write_request(shut.path, folder / "request")
        answered = helping.answer(upper, folder / "request.cplock", folder / ANSWER)
        (folder / CODES).write_text(f"{shut.recovery_code}\n{answered}", "ascii")
    return folder


def codes(folder: Path) -> tuple[str, str]:
    """The code that was printed, and that of the province's answer."""
    printed, answered = (folder / CODES).read_text("ascii").split()
    return printed, answered


def opened(path: Path, secret: str) -> Desk | None:
    """The desk, if that opens it; a code is no way to open it for work, and is asked for elsewhere."""
    try:
        salt = keyfile.salt_of(path)
        if secret == NONE:
            return desks.open_desk(path) if keyfile.is_kept(salt) else None
        if keyfile.is_kept(salt) or not any(lock.open(secret) for lock in keys.locks(path, salt)):
            return None  # sooner than by opening a desk
        tries.forget(salt)
        return desks.open_desk(path, password=secret)
    except Locked:
        return None


def opened_somehow(path: Path) -> Desk:
    """The desk, by whatever of all this opens it; `Locked` where nothing does."""
    desk = next(filter(None, (opened(path, secret) for secret in (NONE, FIRST, SECOND, OTHERS))), None)
    if desk is None:
        raise Locked(f"nothing opens {path.name}")
    return desk


def opens(path: Path, secret: str) -> bool:
    if keys.is_code(secret):
        salt = keyfile.salt_of(path)
        if not keys.locks(path, salt):
            return False
        try:
            tries.forget(salt)
            return bool(keys.by_code(path, secret).officers)
        except Locked:
            return False
    desk = opened(path, secret)
    if desk is None:
        return False
    desk.close()
    return True


def next_code() -> str:
    """The code that will be drawn next: by lot, but the same lot for who looks afterwards."""
    secrets.choice = random.Random(7).choice
    from cpdesk.store import keyring

    code = keyring.new_code()
    secrets.choice = random.Random(7).choice
    return code


@dataclass(frozen=True)
class Change:
    """`old` and `new` give what opens the desk on either side: all of the one and none of the other. `stays`: what
    opens it on both. `begin` is done while the machine is well, `do` while it fails."""

    name: str
    desk: str
    begin: Callable[[Path], Desk | None]
    do: Callable[[Desk | None, Path], object]
    old: Callable[[Path], tuple[str, ...]]
    new: Callable[[Path], tuple[str, ...]]
    stays: tuple[str, ...] = ()
    shown: Callable[[Desk], bool] | None = None  # where nothing about opening changes: whether the desk shows it

    def state(self, folder: Path) -> str:
        path = folder / self.desk
        if not path.exists():
            return "nothing" if self.desk == NEW else "torn: no desk"
        if shut := [one for one in self.stays if not opens(path, one)]:
            return f"torn: {len(shut)} of those that stay open it no more"
        if self.shown is not None:
            desk = opened(path, self.stays[0])
            assert desk is not None
            with desk:
                return "all" if self.shown(desk) else "nothing"
        before = [opens(path, one) for one in self.old(folder)]
        after = [opens(path, one) for one in self.new(folder)]
        if all(before) and not any(after):
            return "nothing"
        return "all" if all(after) and not any(before) else f"torn: before {before}, after {after}"


def _by(password: str, name: str = SHUT) -> Callable[[Path], Desk | None]:
    return lambda folder: opened(folder / name, password)


def _alone(folder: Path) -> Desk | None:
    desk = opened(folder / SHUT, FIRST)
    if desk is not None:
        officers.leave(desk, _id(desk, OTHER))
    return desk


def _closed(_folder: Path) -> None:
    return None


def _ways(*secret: str) -> Callable[[Path], tuple[str, ...]]:
    return lambda _folder: secret


def _on(work: Callable[[Desk], object]) -> Callable[[Desk | None, Path], object]:
    def do(desk: Desk | None, _folder: Path) -> object:
        assert desk is not None
        return work(desk)

    return do


def _id(desk: Desk, name: str) -> str:
    return next(one.id for one in officers.officers(desk) if one.name == name)


def _recover(_desk: Desk | None, folder: Path) -> object:
    path, (printed, _answered) = folder / SHUT, codes(folder)
    who = next(id_ for id_, name in keys.by_code(path, printed).officers if name == NAME)
    desk, fresh = keys.recover(path, printed, who, SECOND)
    desk.close()
    return fresh


def _add(desk: Desk) -> object:
    return officers.add(desk, "ហេង ដារា", ["officer"], SECOND)


CHANGES = (
    Change("lock", OPEN, _by(NONE, OPEN), _on(lambda desk: keys.set_password(desk, FIRST)),
           _ways(NONE), _ways(FIRST)),
    Change("leave open", SHUT, _alone, _on(lambda desk: keys.leave_open(desk, FIRST)), _ways(FIRST), _ways(NONE)),
    Change("change password", SHUT, _by(FIRST), _on(lambda desk: keys.set_password(desk, SECOND, FIRST)),
           _ways(FIRST), _ways(SECOND), (OTHERS,)),
    Change("new code", SHUT, _by(FIRST), _on(keys.new_code), lambda folder: codes(folder)[:1],
           lambda _folder: (next_code(),), (FIRST, OTHERS)),
    Change("recover", SHUT, _closed, _recover, lambda folder: (FIRST, codes(folder)[0]),
           lambda _folder: (SECOND, next_code()), (OTHERS,)),
    Change("take answer", SHUT, _closed, lambda _desk, folder: helping.take_answer(folder / SHUT, folder / ANSWER),
           lambda folder: codes(folder)[:1], lambda folder: codes(folder)[1:], (FIRST, OTHERS)),
    Change("officer comes", SHUT, _by(FIRST), _on(_add), _ways(), _ways(SECOND), (FIRST, OTHERS)),
    Change("officer leaves", SHUT, _by(FIRST), _on(lambda desk: officers.leave(desk, _id(desk, OTHER))),
           _ways(OTHERS), _ways(), (FIRST,)),
    Change("reset", SHUT, _by(FIRST), _on(lambda desk: officers.reset(desk, _id(desk, OTHER), SECOND)),
           _ways(OTHERS), _ways(SECOND), (FIRST,)),
    Change("create locked", NEW, _closed, lambda _desk, folder: desks.create(folder / NEW, "0803", NAME, FIRST).close(),
           _ways(), _ways(FIRST)),
    Change("drafts kept", SHUT, _by(FIRST), _on(lambda desk: drafts.keep(desk, desk.who or "", "meeting", TYPED)),
           _ways(), _ways(), (FIRST, OTHERS), lambda desk: drafts.take(desk, desk.who or "")[1] == TYPED),
)  # fmt: skip


@dataclass(frozen=True)
class Trial:
    change: Change
    fault: Fault
    at: int

    def __str__(self) -> str:
        return f"{self.change.name}, {self.fault.name} at file operation {self.at}"


def trials(template: Path, scratch: Path) -> Iterator[Trial]:
    """Every fault at every file operation."""
    for change in CHANGES:
        told = sweep.in_child(sweep.copied(template, scratch), lambda folder, change=change: _counted(folder, change))  # type: ignore[misc]
        assert isinstance(told, int) and told > 3, (change.name, told)
        lies = [Fault.LIE] * (change.desk != NEW)  # a new desk is not read back, it is empty
        for fault in (Fault.KILL, Fault.EIO, Fault.FULL, Fault.GONE, *lies):
            for at in range(told):
                yield Trial(change, fault, at)


def _counted(folder: Path, change: Change) -> object:
    desk = change.begin(folder)
    machine.arm(1 << 40, Fault.NOTHING)
    change.do(desk, folder)
    told = machine.count()
    machine.disarm()
    return told


def run(trial: Trial, template: Path, scratch: Path, outcomes: Counter[str]) -> list[str]:
    """What went wrong; nothing is right."""
    folder = sweep.copied(template, scratch)
    told = sweep.in_child(folder, lambda place: _attempt(place, trial))
    outcomes["killed" if told is None else str(told).partition(":")[0]] += 1
    wrong = [str(told)] if str(told).startswith("fault of ours") else []
    if told is None and trial.fault is not Fault.KILL:
        wrong.append("the process died")
    try:
        wrong += _aftermath(folder, trial.change, told)
    except (UserError, AssertionError) as why:
        wrong.append(f"the next session: {type(why).__name__}: {why}")
    return [f"{trial}: {one}" for one in wrong]


DONE_ALL_THE_SAME = "refused, but done"


def _attempt(folder: Path, trial: Trial) -> object:
    change = trial.change
    desk = change.begin(folder)
    next_code()
    machine.arm(trial.at, trial.fault)
    try:
        change.do(desk, folder)
        return sweep.ACKNOWLEDGED
    except UserError:
        machine.disarm()
        state = change.state(folder)
        if state not in ("nothing", "all"):
            return f"fault of ours: {state} after a refusal"
        if trial.fault is not Fault.GONE and list(folder.rglob("*.part*")):
            return "fault of ours: unfinished files stay behind a refusal"
        if state == "all":
            return DONE_ALL_THE_SAME
        next_code()
        try:
            change.do(desk, folder)
        except UserError as why:
            return f"fault of ours: the same session does not go on: {why}"
        return sweep.REFUSED
    finally:
        machine.disarm()
        if desk is not None:
            desk.close()


def _aftermath(folder: Path, change: Change, told: object) -> list[str]:
    next_code()
    wrong, state = [], change.state(folder)
    if state not in ("nothing", "all"):
        wrong.append(state)
    if told in (sweep.ACKNOWLEDGED, sweep.REFUSED, DONE_ALL_THE_SAME) and state != "all":
        wrong.append("acknowledged and lost")
    if change.desk != NEW:
        wrong += _whole(folder / change.desk)
    if state == "nothing":
        desk = change.begin(folder)
        next_code()
        change.do(desk, folder)
        if desk is not None:
            desk.close()
        if change.state(folder) != "all":
            wrong.append("does not succeed afterwards")
    return wrong


def _whole(path: Path) -> list[str]:
    """What is wrong with the desk; it opens by something, and what was there before is there."""
    with opened_somehow(path) as desk:
        kept = records.count(desk, "meeting") == SAVED
        return [*care.check(desk).problems, *([] if kept else ["what was there before is gone"])]
