"""Looking after a desk while the machine fails: made ready for a new version, what is damaged saved, backups thinned, a
backup in place of the desk. Before and after each there is a desk that opens, and nothing of it is torn."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cpdesk.errors import UserError
from cpdesk.store import care, connection, keyfile, schema
from cpdesk.store.pages import PAGE, Pages
from cpdesk.store.survey import Survey
from cpdesk.tasks import backups, bringing_back, records, salvaging
from cpdesk.tasks import desk as desks
from tests import kept
from tests.faults import cuts, machine, sweep
from tests.faults.cuts import ALL, NOTHING, Place, Step
from tests.faults.machine import Fault

STEP = kept.STEPS[-1]
DESK, OLD, DAMAGED, SAVED, BACK, BESIDE = (
    "p.cpdesk", "old.cpdesk", "damaged.cpdesk", "saved.cpdesk", "old.bak", "p-back.cpdesk",
)  # fmt: skip
NOON = datetime(2026, 11, 28, 12).astimezone()
LATER = "ក្រោយច្បាប់បម្រុង"


def world(folder: Path) -> Path:
    """The one of the cuts; and a desk of the program before, a damaged one, many old backups, one of this morning."""
    cuts.world(folder)
    old_desk(folder)
    with desks.open_desk(folder / DESK) as desk:
        backup = backups.make(desk, NOON).file
        salt, office = desk.salt, desk.office
        records.save(desk, "meeting", {**sweep.MEETING, "venue": LATER})
        desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        shutil.copy(desk.path, folder / DAMAGED)
        key = desk.key
    backup.unlink()
    for n in range(40):  # told by their names and first bytes
        name = f"cpdesk-{office}-{salt.hex()[:8]}-{NOON - timedelta(days=400, minutes=n):{backups.STAMP}}.cpbackup"
        (backup.parent / name).write_bytes(salt + bytes(4080))
    with Pages(folder / DAMAGED, key) as pages:
        lost = Survey(pages).trees["op"].pages[-1]
    data = bytearray((folder / DAMAGED).read_bytes())
    for number in (lost, 1):
        data[number * PAGE - 1] ^= 1
    (folder / DAMAGED).write_bytes(data)
    return folder


def old_desk(folder: Path) -> None:
    kept.desk(STEP, folder, OLD)


def _looked(path: Path, look: Callable[[Path], str]) -> str:
    """What a look finds at a copy of a desk, which it may change; the copy and its log go afterwards."""
    copy = path.with_name(f"look-{path.name}")
    for end in ("", "-wal"):
        if Path(f"{path}{end}").exists():
            shutil.copy(f"{path}{end}", f"{copy}{end}")
    try:
        return look(copy)
    finally:
        for file in copy.parent.glob(f"{copy.name}*"):
            file.unlink()


# --- what is done, and how it stands --------------------------------------------------------------------------------
def migrate(folder: Path) -> None:
    desks.open_desk(folder / OLD).close()


def migrated(folder: Path) -> str:
    """Old, or ready and behind a whole copy of the old one; with all that it showed on either side."""
    path = folder / OLD
    db = connection.connect(path, keyfile.find(path))
    steps = schema.applied(db)
    db.conn.close()
    if wrong := _looked(path, _shows):
        return f"torn: {wrong}"
    if steps == {*kept.said(STEP)["steps"]}:
        return NOTHING
    copies = sorted((folder / "home" / "backups").glob("before-upgrade-08-*.cpdesk"))
    if steps != schema.KNOWN or not copies:
        return f"torn: {sorted(steps)}, {len(copies)} copies"
    wrong = "; ".join(filter(None, (_looked(copy, _shows) for copy in copies)))
    return f"torn: copy: {wrong}" if wrong else ALL


def _shows(path: Path) -> str:
    with desks.open_desk(path) as desk:
        wrong = care.check(desk).problems
        (seen,) = desk.db.execute("SELECT count(DISTINCT record) FROM op").fetchone()
        return "; ".join(wrong) or ("" if seen >= len(kept.said(STEP)["records"]) else f"{seen} records")


def salvage(folder: Path) -> None:
    if not (folder / SAVED).exists():
        salvaging.salvaged(folder / DAMAGED, folder / SAVED)


def salvaged(folder: Path) -> str:
    """A whole desk under that name, or none."""
    if not (folder / SAVED).exists():
        return NOTHING
    with desks.open_desk(folder / SAVED) as desk:
        wrong, count = care.check(desk).problems, records.count(desk, "meeting")
    return ALL if not wrong and 5 < count <= 13 else f"torn: {wrong}, {count} meetings"


def back_up(folder: Path) -> None:
    with desks.open_desk(folder / DESK) as desk:
        backups.make(desk, NOON)


def backed_up(folder: Path) -> str:
    """The newest is whole under its name; and of the old ones those are there that stay even where a disk is full."""
    with desks.open_desk(folder / DESK) as desk:
        names = {file.name for file in (folder / "backups").glob("*.cpbackup")}
        name = backups.name_of(desk, NOON)
    old = {NOON.replace(tzinfo=None) - timedelta(days=400, minutes=n) for n in range(40)}
    stay = backups.thinned(old, backups.FEW)
    if missing := [at for at in stay if not any(f"{at:{backups.STAMP}}" in one for one in names)]:
        return f"torn: {len(missing)} that should stay are gone"
    if name not in names:
        return NOTHING
    wrong = _looked(folder / "backups" / name, lambda copy: _holds(copy, 13))
    return f"torn: {wrong}" if wrong else ALL


def _holds(path: Path, count: int) -> str:
    with desks.open_desk(path) as desk:
        found = records.count(desk, "meeting")
        return "; ".join(care.check(desk).problems) or ("" if found == count else f"{found} meetings")


def bring_back(folder: Path) -> None:
    prepared = bringing_back.prepare(folder / BACK, folder / DESK)
    try:
        bringing_back.put_in_place(prepared, folder / DESK, NOON)
    except UserError:
        bringing_back.drop(prepared)
        raise


def brought_back(folder: Path) -> str:
    """There is a desk at every moment: the present one, or the one from the backup with the present one beside it."""
    if not (folder / DESK).exists():
        return "torn: no desk"
    if not (wrong := _looked(folder / DESK, lambda copy: _holds(copy, 13))):
        return NOTHING
    if wrong != "12 meetings":
        return f"torn: {wrong}"
    beside = sorted(folder.glob("p-until-*.cpdesk"))
    wrong = _looked(beside[0], lambda copy: _holds(copy, 13)) if beside else "the present one is gone"
    return f"torn: {wrong}" if wrong else ALL


@dataclass(frozen=True)
class Care:
    name: str
    do: Callable[[Path], object]
    state: Callable[[Path], str]


CARES = (
    Care("migrate", migrate, migrated),
    Care("salvage", salvage, salvaged),
    Care("back up and thin", back_up, backed_up),
    Care("bring back", bring_back, brought_back),
)


# --- faults ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Trial:
    care: Care
    fault: Fault
    at: int

    def __str__(self) -> str:
        return f"{self.care.name}, {self.fault.name} at file operation {self.at}"


def trials(template: Path, scratch: Path, step: int = 1) -> Iterator[Trial]:
    """Every fault at every file operation, or at each `step`th: there are many, and each takes long to be looked at."""
    for care_ in CARES:
        told = sweep.in_child(sweep.copied(template, scratch), lambda folder, care_=care_: _counted(folder, care_))  # type: ignore[misc]
        assert isinstance(told, int) and told > 3, (care_.name, told)
        for fault in (Fault.KILL, Fault.EIO, Fault.FULL, Fault.GONE):
            for at in range(step // 2, told, step):
                yield Trial(care_, fault, at)


def _counted(folder: Path, care_: Care) -> object:
    machine.arm(1 << 40, Fault.NOTHING)
    care_.do(folder)
    told = machine.count()
    machine.disarm()
    return told


def run(trial: Trial, template: Path, scratch: Path, outcomes: Counter[str]) -> list[str]:
    """What went wrong; nothing is right."""
    folder = sweep.copied(template, scratch)
    damaged = (folder / DAMAGED).read_bytes()
    told = sweep.in_child(folder, lambda place: _attempt(place, trial))
    outcomes["killed" if told is None else str(told).partition(":")[0]] += 1
    wrong = [str(told)] if str(told).startswith("fault of ours") else []
    if told is None and trial.fault is not Fault.KILL:
        wrong.append("the process died")
    try:
        wrong += _aftermath(folder, trial.care, told)
    except (UserError, AssertionError) as why:
        wrong.append(f"the next session: {type(why).__name__}: {why}")
    if (folder / DAMAGED).read_bytes() != damaged:
        wrong.append("the damaged desk was written")
    return [f"{trial}: {one}" for one in wrong]


DONE_ALL_THE_SAME = "refused, but done"


def _attempt(folder: Path, trial: Trial) -> object:
    machine.arm(trial.at, trial.fault)
    try:
        trial.care.do(folder)
        return sweep.ACKNOWLEDGED
    except UserError:
        machine.disarm()
        state = trial.care.state(folder)
        if state not in (ALL, NOTHING):
            return f"fault of ours: {state} after a refusal"
        if trial.fault is not Fault.GONE and list(folder.rglob("*.part*")):
            return "fault of ours: unfinished files stay behind a refusal"
        if state == ALL:
            return DONE_ALL_THE_SAME
        try:
            trial.care.do(folder)
        except UserError as why:
            return f"fault of ours: the same session does not go on: {why}"
        return sweep.REFUSED
    finally:
        machine.disarm()


def _aftermath(folder: Path, care_: Care, told: object) -> list[str]:
    wrong, state = [], care_.state(folder)
    if state not in (ALL, NOTHING):
        wrong.append(state)
    if told in (sweep.ACKNOWLEDGED, sweep.REFUSED, DONE_ALL_THE_SAME) and state != ALL:
        wrong.append("acknowledged and lost")
    if state == NOTHING:
        care_.do(folder)
        if care_.state(folder) != ALL:
            wrong.append("does not succeed afterwards")
    return wrong


# --- power cuts -----------------------------------------------------------------------------------------------------
def _closed(state: Callable[[Path], str]) -> Callable[[Place], str]:
    """Looked at with no desk open."""

    def look(place: Place) -> str:
        place.close()
        return state(place.folder)

    return look


def _step(care_: Care) -> Step:
    def do(place: Place) -> object:
        place.close()
        return care_.do(place.folder)

    return Step(care_.name, do, _closed(care_.state))


DAYS: dict[str, tuple[Step, ...]] = {f"looked after: {one.name}": (_step(one),) for one in CARES}
