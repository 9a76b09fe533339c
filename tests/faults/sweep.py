"""One fault at a time: copy a small world, do something there while the machine fails, look at what is left.

After each: nothing that was acknowledged is lost, nothing is torn, a package bears its name only if it is whole, a
merge came as a whole or not at all, the same session goes on when the disk does, and so does the next one.
"""

from __future__ import annotations

import logging
import os
import pickle
import secrets
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from cpdesk.errors import UserError
from cpdesk.store import Desk, blobs, care
from cpdesk.tasks import attachments, exchange, records
from cpdesk.tasks import desk as desks
from cpdesk.tasks.attachments import Attachment
from cpdesk.tasks.paperwork import register
from tests.faults import machine
from tests.faults.machine import Fault
from tests.tasks.roles_world import quick

MEETING = {"subject": "កិច្ចប្រជុំ", "date": "2022-06-23", "sort": "ordinary"}
ACKNOWLEDGED, REFUSED = "acknowledged", "refused, then done"
IN, OUT, COPY, CARD, SCAN = "in.cpsync", "out.cpsync", "copy.bak", "own.cpcard", "scan.pdf"


@dataclass(frozen=True)
class Action:
    """`do` gives what was acknowledged; `holds` says whether the desk shows all or nothing of it, and which. `ready` is
    done before, while the machine is well."""

    name: str
    do: Callable[[Desk, Path], object]
    holds: Callable[[Desk, Path], str]
    verified: bool = False  # reads back what it wrote, so that even a disk that lies does it no harm
    ready: Callable[[Desk, Path], object] = lambda _desk, _folder: None


def _save(desk: Desk, _folder: Path) -> object:
    return records.save(desk, "meeting", {**MEETING, "venue": "ថ្មី"}).id


def _saved(desk: Desk, _folder: Path) -> str:
    found = records.find(desk, "meeting", {"venue": "ថ្មី"})
    return "all" if found and all(r["subject"] == MEETING["subject"] for r in found) else "nothing"


def merge(desk: Desk, folder: Path) -> object:
    (one,) = exchange.merge(desk, [folder / IN])
    if one.status == "refused":
        raise UserError(str(one.why))
    return one.status


def merged(desk: Desk, _folder: Path) -> str:
    rows = exchange.packages(desk)
    count = records.count(desk, "meeting", {"venue": "ស្រុក"})
    (ops,) = desk.db.execute("SELECT count(*) FROM op WHERE package IS NOT NULL").fetchone()
    files = sum(one.here for one in _files(desk, "ស្រុក"))
    whole = {(0, 0, 0, 0): "nothing", (1, 12, 14, 1): "all"}
    seen = (len(rows), count, ops, files)
    return whole.get(seen, f"torn: {len(rows)} packages, {count} meetings, {ops} changes, {files} files")


def _files(desk: Desk, venue: str) -> list[Attachment]:
    """The files of the meetings there, those whose bytes are not what was attached left out."""
    found = [one for row in records.find(desk, "meeting", {"venue": venue}) for one in attachments.of(desk, row.id)]
    return [one for one in found if not one.here or blobs.is_whole(desk.db, one.record.text("sha256"))]


def attach(desk: Desk, folder: Path) -> object:
    first = records.find(desk, "meeting", {"venue": "ខេត្ត"})[0]
    return attachments.attach(desk, first.id, folder / SCAN).id


def attached(desk: Desk, folder: Path) -> str:
    data = (folder / SCAN).read_bytes()
    found = [one for one in _files(desk, "ខេត្ត") if one.size == len(data)]
    if not found:
        return "nothing"
    return "all" if len(found) == 1 and found[0].here else f"torn: {len(found)} files, here: {found[0].here}"


def export(desk: Desk, folder: Path) -> object:
    return exchange.export(desk, folder / OUT, "0801").number


def exported(desk: Desk, folder: Path) -> str:
    """The older package of that name stays until the new one is whole."""
    seen = exchange.inspect(desk, folder / OUT)
    if seen.status == "refused":
        return f"torn: {seen.why}"
    return "all" if seen.number and seen.number > 1 else "nothing"


def _backup(desk: Desk, folder: Path) -> object:
    return desks.backup(desk, folder / COPY).records


def _backed_up(_desk: Desk, folder: Path) -> str:
    if not (folder / COPY).exists():
        return "nothing"
    target = folder / f"{secrets.token_hex(4)}.cpdesk"
    desks.restore(folder / COPY, target)
    with desks.open_desk(target) as copy:
        wrong = care.check(copy).problems
        return f"torn: {wrong}" if wrong else "all" if records.count(copy, "meeting") == 12 else "a copy that lacks"


def _card(desk: Desk, folder: Path) -> object:
    return exchange.write_card(desk, folder / CARD).fingerprint


def _carded(desk: Desk, folder: Path) -> str:
    if not (folder / CARD).exists():
        return "nothing"
    return "all" if exchange.read_card(folder / CARD) == exchange.own_card(desk) else "torn"


def number(desk: Desk, _folder: Path) -> object:
    return register.reserve(desk, "invitation", "ថ្មី", day=date(2022, 6, 23), subject="កិច្ចប្រជុំ")


def numbered(desk: Desk, _folder: Path) -> str:
    """One number for the paper, however often it was asked for; no number twice and none skipped."""
    given = register.entries(desk)
    if not given:
        return "nothing"
    whole = [(one.number, one.about, one.subject, one.voided) for one in given] == [(1, "ថ្មី", "កិច្ចប្រជុំ", False)]
    return "all" if whole else f"torn: {given}"


def undo(desk: Desk, _folder: Path) -> object:
    (row,) = exchange.packages(desk)
    return row.undone or exchange.undo_import(desk, row.package, "ខុស").records


def undone(desk: Desk, _folder: Path) -> str:
    """All that came lies in the bin, and the package is said to be taken back; or it is all here, and it is not."""
    (row,) = exchange.packages(desk)
    lying = [len(records.find(desk, "meeting", {"venue": "ស្រុក"}, deleted=deleted)) for deleted in (False, True)]
    files = [records.find(desk, "attachment", {"file_name": "a.pdf"}, deleted=deleted) for deleted in (False, True)]
    seen: tuple[object, ...] = (row.undone, *lying, *map(len, files))
    whole: dict[tuple[object, ...], str] = {(False, 12, 0, 2, 0): "nothing", (True, 0, 12, 1, 1): "all"}
    return whole.get(seen, f"torn: {seen}")


ACTIONS = (
    Action("save", _save, _saved),
    Action("number", number, numbered),
    Action("attach", attach, attached),
    Action("merge", merge, merged),
    Action("undo", undo, undone, ready=merge),
    Action("export", export, exported, verified=True),
    Action("backup", _backup, _backed_up, verified=True),
    Action("card", _card, _carded, verified=True),
)


def world(folder: Path) -> Path:
    """A province and what a district sent; all closed, ready to be copied."""
    os.environ["CPDESK_HOME"] = str(folder / "home")
    quick(pytest.MonkeyPatch())
    with (
        desks.create(folder / "p.cpdesk", "08", "ខេត្ត") as province,
        desks.create(folder / "a.cpdesk", "0801", "ស្រុក") as district,
    ):
        for desk, name in ((province, "p"), (district, "a")):
            exchange.write_card(desk, folder / f"{name}.cpcard")
        exchange.join(district, folder / "p.cpcard")
        exchange.enrol(province, folder / "a.cpcard")
        for n in range(12):
            records.save(district, "meeting", {**MEETING, "number": str(n), "venue": "ស្រុក"})
            records.save(province, "meeting", {**MEETING, "number": str(n), "venue": "ខេត្ត"})
        (folder / SCAN).write_bytes(b"%PDF-" + bytes(range(256)) * 100)
        for desk, data in ((district, b"%PDF- district"), (province, b"%PDF- province")):
            (meeting, *_others) = records.find(desk, "meeting")
            attachments.attach_kept(desk, meeting.id, attachments.keep_bytes(desk, "a.pdf", data * 1000))
        exchange.export(district, folder / IN)
        exchange.export(province, folder / OUT, "0801")
    return folder


@dataclass(frozen=True)
class Trial:
    action: Action
    fault: Fault
    at: int

    def __str__(self) -> str:
        return f"{self.action.name}, {self.fault.name} at file operation {self.at}"


def trials(template: Path, scratch: Path) -> Iterator[Trial]:
    """Every fault at every file operation."""
    for action in ACTIONS:
        told = in_child(copied(template, scratch), lambda folder, action=action: _counted(folder, action))  # type: ignore[misc]
        assert isinstance(told, int) and told > 3, (action.name, told)
        for fault in (Fault.KILL, Fault.EIO, Fault.FULL, Fault.GONE, *[Fault.LIE] * action.verified):
            for at in range(told):
                yield Trial(action, fault, at)


def _counted(folder: Path, action: Action) -> object:
    with desks.open_desk(folder / "p.cpdesk") as desk:
        action.ready(desk, folder)
        machine.arm(1 << 40, Fault.NOTHING)
        action.do(desk, folder)
        told = machine.count()
        machine.disarm()
        return told


def run(trial: Trial, template: Path, scratch: Path, outcomes: Counter[str]) -> list[str]:
    """What went wrong; nothing is right. `outcomes` counts how the trials ended, to show that the faults bite."""
    folder = copied(template, scratch)
    told = in_child(folder, lambda place: _attempt(place, trial))
    outcomes["killed" if told is None else str(told).partition(":")[0]] += 1
    wrong: list[str] = []
    if isinstance(told, str) and told.startswith("fault of ours"):
        wrong.append(told)
    if told is None and trial.fault is not Fault.KILL:
        wrong.append("the process died")
    try:
        wrong += _aftermath(folder, trial.action, acknowledged=told in (ACKNOWLEDGED, REFUSED))
    except UserError as why:
        wrong.append(f"the next session: {why}")
    return [f"{trial}: {one}" for one in wrong]


def _attempt(folder: Path, trial: Trial) -> object:
    with desks.open_desk(folder / "p.cpdesk") as desk:
        trial.action.ready(desk, folder)
        machine.arm(trial.at, trial.fault)
        try:
            trial.action.do(desk, folder)
        except UserError:
            machine.disarm()
            state = trial.action.holds(desk, folder)
            if state not in ("nothing", "all"):
                return f"fault of ours: {state} after a refusal"
            if trial.fault is not Fault.GONE and list(folder.rglob("*.part*")):
                return "fault of ours: unfinished files stay behind a refusal"
            try:
                trial.action.do(desk, folder)
            except UserError as why:
                return f"fault of ours: the same session does not go on: {why}"
            return REFUSED
        finally:
            machine.disarm()
    return ACKNOWLEDGED


def _aftermath(folder: Path, action: Action, acknowledged: bool) -> list[str]:
    wrong = []
    with desks.open_desk(folder / "p.cpdesk") as desk:
        wrong += care.check(desk).problems
        state = action.holds(desk, folder)
        if state not in ("nothing", "all"):
            wrong.append(state)
        if acknowledged and state != "all":
            wrong.append("acknowledged and lost")
        if records.count(desk, "meeting", {"venue": "ខេត្ត"}) != 12:
            wrong.append("what was there before is gone")
        action.do(desk, folder)
        if action.holds(desk, folder) != "all":
            wrong.append("does not succeed afterwards")
    return wrong


def copied(template: Path, scratch: Path) -> Path:
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(template, scratch)
    os.environ["CPDESK_HOME"] = str(scratch / "home")
    return scratch


def in_child(folder: Path, work: Callable[[Path], object]) -> object:
    """What `work` gives, done by a process of its own; None where that was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        logging.disable()
        try:
            told = work(folder)
        except BaseException as why:
            machine.disarm()
            told = f"fault of ours: {type(why).__name__}: {why}"
        os.write(writer, pickle.dumps(told))
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        data = pipe.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return None if os.WTERMSIG(status) == signal.SIGKILL else f"fault of ours: signal {os.WTERMSIG(status)}"
    return pickle.loads(data)
