"""Backups that are made by themselves, thinned as they grow old, and told of.

A backup is a verified copy in a folder that the person chose, at the times that they chose (`settings.backup_folder`,
`settings.backup_when`). Its name says office, desk, day and time, so that backups stand in order; of ours, and only of
ours, the old ones are thinned (`thinned`). What was last copied, when and where to, is noted in the desk itself. The
home page, the foot of the window and the settings read it by `last(desk)`.

A desk whose content did not change since the last backup needs none. `bringing_back` is the way back.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cpdesk import settings
from cpdesk.errors import DiskProblem, UserError
from cpdesk.files import disk_troubles, is_full
from cpdesk.paths import make_folder
from cpdesk.store import Desk, care, copies, keyfile
from cpdesk.store.clock import moment
from cpdesk.store.connection import troubles
from cpdesk.tasks import Progress, audit, no_progress

SUFFIX = ".cpbackup"
HOUR, LATE, LATE_OFF = timedelta(hours=1), timedelta(days=2), timedelta(days=7)
MANY = (10, 7, 5, 12)  # the newest copies that stay, and of how many days, weeks and months one stays
FEW = (2, 2, 2, 2)  # where these fill the disk
OLD_PART = 24 * 3600  # seconds after which a part of a copy belongs to nobody any more

_NOTE = "backup"  # in the desk's own facts
NAME = re.compile(r"cpdesk-(\d{2,8})-([0-9a-f]{8})-(\d{4}-\d{2}-\d{2}-\d{6})\.cpbackup")
STAMP = "%Y-%m-%d-%H%M%S"


@dataclass(frozen=True)
class Last:
    """How a desk stands with its backups.

    `at` and `file` of the last one, None where there was none; `fresh`: nothing was written since. `overdue`: there is
    something to back up, and for days nothing was. `folder` is where the next goes, `folder_there` whether it can be
    reached now (a stick may be out); `when` is one of `settings.BACKUP_TIMES`.
    """

    at: datetime | None
    file: Path | None
    fresh: bool
    overdue: bool
    folder: Path
    folder_there: bool
    when: str


@dataclass(frozen=True)
class Made:
    """A backup that was just written: where, of how many records, and how many old ones went for it."""

    file: Path
    records: int
    thinned: int
    at: datetime


# --- when ----------------------------------------------------------------------------------------------------------
def last(desk: Desk, now: datetime | None = None) -> Last:
    """How this desk stands with its backups. Reads a few rows and looks whether the folder is there."""
    now = now or datetime.now().astimezone()
    with troubles(desk.db):
        at, file, mark = _noted(desk)
        fresh = at is not None and mark == copies.mark(desk.db)
        since = at or _first_change(desk)
    chosen = settings.load().backup_when
    overdue = not fresh and since is not None and now - since > (LATE_OFF if chosen == "off" else LATE)
    folder = folder_of(desk)
    return Last(at, file, fresh, overdue, folder, _there(folder), chosen)


def is_due(desk: Desk, now: datetime | None = None, *, closing: bool = False) -> bool:
    """Whether a backup shall be made now by itself; `closing`: the program is about to end."""
    now = now or datetime.now().astimezone()
    when = settings.load().backup_when
    if when == "off" or (when == "close") != closing:
        return False
    with troubles(desk.db):
        at, _file, mark = _noted(desk)
        if at is not None and mark == copies.mark(desk.db):
            return False
    if at is None or closing or at > now:  # a clock that was set back must not end all backups
        return True
    return at.date() != now.date() if when == "day" else now - at >= HOUR


def folder_of(desk: Desk) -> Path:
    """Where backups of this desk go: the folder that was chosen, else one beside the desk."""
    chosen = settings.load().backup_folder
    return Path(chosen) if chosen else default_folder(desk)


def default_folder(desk: Desk) -> Path:
    return desk.path.parent / "backups"


def _there(folder: Path) -> bool:
    """A folder of the house is made when it is needed; a chosen one is there or not."""
    chosen = settings.load().backup_folder
    try:
        return folder.is_dir() if chosen else folder.is_dir() or folder.parent.is_dir()
    except OSError:
        return False


def _noted(desk: Desk) -> tuple[datetime | None, Path | None, str]:
    try:
        note = json.loads(desk.meta(_NOTE, "{}"))
        return datetime.fromisoformat(note["at"]).astimezone(), Path(note["file"]), str(note["mark"])
    except (ValueError, KeyError, TypeError, OverflowError, OSError):
        return None, None, ""


def _note(desk: Desk, at: datetime, file: Path, mark: str) -> None:
    with suppress(UserError):  # the copy is whole; that it cannot be noted costs another one, no more
        desk.set_meta(_NOTE, json.dumps({"at": at.isoformat(), "file": str(file), "mark": mark}))


def _first_change(desk: Desk) -> datetime | None:
    row = desk.db.execute("SELECT hlc FROM op ORDER BY n LIMIT 1").fetchone()
    return moment(int(row[0])) if row else None


# --- making --------------------------------------------------------------------------------------------------------
def make(desk: Desk, now: datetime | None = None, progress: Progress = no_progress) -> Made:
    """A backup in the chosen folder, and the old ones there thinned. `DiskProblem` where the folder is not there (a
    stick that is out is no reason to make a folder in its place) or has no room even when of our own old copies only a
    few stay: what else lies there stays as it was."""
    now = now or datetime.now().astimezone()
    folder = folder_of(desk)
    with disk_troubles(folder):
        if not settings.load().backup_folder:
            make_folder(folder)
        _sweep_parts(folder, desk.salt)
    target = folder / name_of(desk, now)
    try:
        records = _copied(desk, target, now, progress)
    except DiskProblem as why:
        if not is_full(why) or not _thin(folder, desk, target, FEW):
            raise
        records = _copied(desk, target, now, progress)  # a stick that our own old copies have filled
    return Made(target, records, _thin(folder, desk, target), now)


def by_hand(desk: Desk, target: Path, progress: Progress = no_progress) -> Made:
    """A backup under a name of one's own, which is never thinned."""
    now = datetime.now().astimezone()
    records = _copied(desk, target, now, progress)
    audit.note(desk, "backed_up", target.name)
    return Made(target, records, 0, now)


def _copied(desk: Desk, target: Path, now: datetime, progress: Progress) -> int:
    with troubles(desk.db):
        mark = copies.mark(desk.db)  # before the copy: what is written meanwhile asks for another one
    records = care.copy(desk, target, progress)
    _note(desk, now, target, mark)
    return records


def name_of(desk: Desk, at: datetime) -> str:
    """Office, desk, day and time."""
    return f"cpdesk-{desk.office}-{desk.salt.hex()[:8]}-{at:{STAMP}}{SUFFIX}"


# --- thinning ------------------------------------------------------------------------------------------------------
def thinned(times: Iterable[datetime], stay: tuple[int, int, int, int] = MANY) -> set[datetime]:
    """Which of these stay: the newest ten, and the newest of each of the last seven days, five weeks and twelve months
    from which there is one (or as many as `stay` says).

    By what is there and not by today: a desk that lay in a drawer for a year loses nothing, and a clock that is wrong
    for a day does not sweep the folder.
    """
    ordered = sorted(set(times), reverse=True)
    newest, days, weeks, months = stay
    kept = set(ordered[:newest])
    ways: tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...] = (
        (days, lambda at: (at.year, at.month, at.day)),
        (weeks, lambda at: tuple(at.isocalendar())[:2]),
        (months, lambda at: (at.year, at.month)),
    )
    for count, stretch in ways:
        seen: set[tuple[int, ...]] = set()
        for at in ordered:
            if len(seen) == count:
                break
            if stretch(at) not in seen:
                seen.add(stretch(at))
                kept.add(at)
    return kept


def _thin(folder: Path, desk: Desk, newest: Path, stay: tuple[int, int, int, int] = MANY) -> int:
    """Take away what need not stay, but never the one just made, nor what is not wholly ours by name and by content."""
    there = {at: file for file in files_in(folder) if (at := _ours(file, desk)) is not None}
    kept = thinned(there, stay)
    gone = 0
    for at, file in there.items():
        if at not in kept and file != newest and is_of(file, desk.salt):
            with suppress(OSError):  # a locked file stays until the next time
                file.unlink()
                gone += 1
    return gone


def files_in(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.is_file() and not file.is_symlink())
    except OSError:
        return []


def _ours(file: Path, desk: Desk) -> datetime | None:
    """The time in the name of a backup of that desk; None for any other file."""
    named = NAME.fullmatch(file.name)
    if named is None or named[1] != desk.office or named[2] != desk.salt.hex()[:8]:
        return None
    return time_in(named[3], STAMP)


def time_in(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None


def is_of(file: Path, salt: bytes) -> bool:
    with suppress(UserError):
        return keyfile.salt_of(file) == salt
    return False


def older_than(desk: Desk, at: datetime) -> list[Path]:
    """Every other copy of this desk, from before that moment, in the places where the program puts them (the backups,
    what was kept before a merge or an upgrade, a desk whose place a backup took), oldest first.

    What was taken out of the desk for good at that moment lies in them still, until they are thinned or thrown away;
    copies that a person carried elsewhere nobody here knows of. Reads names and first bytes.
    """
    from cpdesk.tasks.bringing_back import copy_at, folders

    there = {file.resolve() for folder in folders(desk.path) for file in files_in(folder)} - {desk.path.resolve()}
    made = {file: when for file in there if (when := copy_at(file)) is not None and when < at.astimezone()}
    return sorted((file for file in made if is_of(file, desk.salt)), key=lambda file: (made[file], file))


def _sweep_parts(folder: Path, salt: bytes) -> None:
    """What a program that was killed left of a copy of this desk."""
    for part in folder.glob(".*.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > OLD_PART and is_of(part, salt):
                part.unlink()
