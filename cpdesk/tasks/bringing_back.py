"""The way back from a backup: which there are, what lies in one, and a desk made of it in place of the present one.

Nothing is lost on the way: the backup is only read, and the present desk stays beside the new one under another name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cpdesk import settings
from cpdesk.files import disk_troubles, flush_folder
from cpdesk.paths import home
from cpdesk.store import Desk, copies, keyring
from cpdesk.store.clock import moment
from cpdesk.store.connection import in_use, troubles
from cpdesk.store.keyfile import DeskKey
from cpdesk.tasks import Progress, no_progress, roles
from cpdesk.tasks.backups import NAME, STAMP, SUFFIX, files_in, is_of, time_in
from cpdesk.tasks.desk import brought_back
from cpdesk.tasks.roles import Act

DESK = ".cpdesk"
_BEFORE = re.compile(r"(before-[a-z]+)-(\d{2,8})-([0-9a-f]{8})-(\d{8}-\d{6})-\d+\.cpdesk")


@dataclass(frozen=True)
class Found:
    """A backup that lies in a folder. `why`: "" for one made by time or by hand, else "before-merge", "before-undo"…"""

    file: Path
    at: datetime
    bytes: int
    why: str = ""


@dataclass(frozen=True)
class Inside:
    """What a backup holds beside what the present desk holds, kind → how many records; and its last change."""

    office: str
    records: int
    counts: dict[str, int]
    newest: datetime | None


def found(folders: Iterable[Path], salt: bytes = b"") -> list[Found]:
    """The backups that lie there, newest first; with the desk's `salt` (its file's first bytes) only those of that
    desk. Their names and first bytes are read, no more."""
    every: dict[Path, Found] = {}
    for folder in folders:
        for file in files_in(folder):
            known = _known(file)
            if known is not None and (not salt or is_of(file, salt)):
                every[file.resolve()] = known
    return sorted(every.values(), key=lambda one: (one.at, one.file.name), reverse=True)


def folders(desk_path: Path) -> list[Path]:
    """Where backups of the desk at that path may lie: the chosen folder, beside it, and the person's own folder, where
    copies are kept before a merge."""
    chosen = settings.load().backup_folder
    places = [Path(chosen)] if chosen else []
    return [*places, desk_path.parent / "backups", desk_path.parent, home() / "backups"]


def _known(file: Path) -> Found | None:
    """A backup by its name; one that a person named themselves by its ending and the file's own time."""
    try:
        facts = file.stat()
    except OSError:
        return None
    why, at = "", None
    if named := NAME.fullmatch(file.name):
        at = time_in(named[3], STAMP)
    elif named := _BEFORE.fullmatch(file.name):
        why, at = named[1], time_in(named[4], "%Y%m%d-%H%M%S")
    elif file.suffix.lower() != SUFFIX:
        return None
    with suppress(ValueError, OverflowError, OSError):
        return Found(file, at or datetime.fromtimestamp(facts.st_mtime), facts.st_size, why)
    return None


def copy_at(file: Path) -> datetime | None:
    """When a copy of a desk was made: by its name, else by the file's own time; None where it is named like none."""
    if (known := _known(file)) is not None:
        return known.at.astimezone()
    with suppress(ValueError, OverflowError, OSError):
        if file.suffix.lower() == DESK:
            return datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    return None


def look_into(file: Path, key: DeskKey | None = None) -> Inside:
    """What a backup holds. `DeskProblem` where it is damaged, or its key is not on this computer; `Locked` where it
    wants a password, and then `key` is what that opens (`keys.key_of`)."""
    return _inside(copies.contents(file, key))


def holds(desk: Desk) -> Inside:
    """The same of the present desk, to set beside it."""
    with troubles(desk.db):
        return _inside(copies.contents_of(desk.db))


def _inside(held: copies.Contents) -> Inside:
    return Inside(held.office, held.records, held.counts, moment(held.newest) if held.newest else None)


def over(desk: Desk) -> Path:
    """The place of the desk that is open, for whoever may let another one take it."""
    roles.need(desk, Act.KEYS)
    return desk.path


def prepare(
    copy: Path, desk_path: Path, progress: Progress = no_progress, key: DeskKey | None = None
) -> Path:  # fmt: skip
    """A whole desk made of that backup, beside the desk whose place it shall take, under a name of its own."""
    beside = free(desk_path.with_name(f"{desk_path.stem}-back.cpdesk"))
    brought_back(copy, beside, progress, key)
    return beside


def drop(prepared: Path) -> None:
    """Take away a prepared desk that is not wanted after all; the backup is still there."""
    for file in (prepared, keyring.beside(prepared)):
        with suppress(OSError):
            file.unlink(missing_ok=True)


def put_in_place(prepared: Path, desk_path: Path, now: datetime | None = None) -> Path | None:
    """Let the prepared desk take the place of the present one, which must be closed. The present one stays beside it
    under the name that is returned (None where none lay there).

    At no moment is there no desk: it gets its second name first, where the disk can do that. Each takes its lock along;
    until that is done the copy in the person's folder serves.
    """
    with disk_troubles(desk_path):
        if not desk_path.exists():
            prepared.replace(desk_path)
            flush_folder(desk_path.parent)
            _move_lock(prepared, desk_path)
            return None
        if any(Path(f"{desk_path}{end}").exists() for end in ("-wal", "-journal")):
            raise in_use(desk_path)  # somebody has it open: what they write would end in the wrong file
        stamp = f"{now or datetime.now():%Y-%m-%d-%H%M%S}"
        aside = free(desk_path.with_name(f"{desk_path.stem}-until-{stamp}.cpdesk"))
        linked = _linked(desk_path, aside)
        try:
            prepared.replace(desk_path)
        except OSError:
            if linked:
                aside.unlink()
            else:
                aside.replace(desk_path)
            raise
        flush_folder(desk_path.parent)
        _move_lock(desk_path, aside)
        _move_lock(prepared, desk_path)
        return aside


def _move_lock(old: Path, new: Path) -> None:
    """A desk that was moved has its lock beside it again; one that was left open has none."""
    lock = keyring.beside(old)
    if lock.exists():
        lock.replace(keyring.beside(new))


def _linked(file: Path, name: Path) -> bool:
    """A second name for the file; where the disk knows none the file is renamed, and False."""
    try:
        os.link(file, name)
    except OSError:
        file.replace(name)
        return False
    return True


def free(path: Path) -> Path:
    """That name, or the next one with a number that is not taken."""
    number, wanted = 2, path
    while wanted.exists():
        wanted = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return wanted
