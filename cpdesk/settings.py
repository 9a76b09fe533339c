"""What a person chose on this computer: language, the desk last used, size of letters, light or dark.

One small JSON file in the person's own folder, shared by the window and the command line. It is never worth a
refusal: what cannot be read is put aside and the program starts as on its first day; what cannot be kept (a full
disk, a locked folder) is forgotten with the program. Keys of a newer version stay in the file.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from cpdesk import paths
from cpdesk.errors import DiskProblem
from cpdesk.files import write_whole
from cpdesk.i18n import LANGUAGES

THEMES = ("system", "light", "dark")
FONT_SCALES = range(50, 301)  # per cent
DUE_DAYS = range(31)
LOCK_MINUTES = (5, 10, 15, 30)
RETENTION_YEARS = range(1, 31)
BACKUP_TIMES = ("hour", "day", "close", "off")
RECENT = 8  # desks that are remembered


@dataclass(frozen=True)
class Settings:
    """`desk` is the one last used, `recent` it and those before, newest first; `font_scale` in per cent.

    `beside_meeting` is the paper that stands beside what is typed of a meeting. `backup_when` says when the desk is
    backed up by itself, `backup_folder` where to (empty: beside the desk). `due_days`: so many days before its day a
    follow-up counts as due. `lock_minutes`: after so many without a key or the mouse a desk with a password is locked.
    Data of people for whom nothing was written in `retention_years` are told as needed no more.
    """

    language: str = "km"
    desk: str = ""
    recent: tuple[str, ...] = ()
    font_scale: int = 100
    theme: str = "system"
    beside_meeting: str = "minutes"
    backup_when: str = "day"
    backup_folder: str = ""
    due_days: int = 3
    lock_minutes: int = 10
    retention_years: int = 5
    others: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def last_desk(self) -> Path | None:
        """The desk last used, where it still lies there."""
        return Path(self.desk) if self.desk and Path(self.desk).is_file() else None


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "language": lambda value: value in LANGUAGES,
    "desk": lambda value: isinstance(value, str),
    "recent": lambda value: isinstance(value, list | tuple) and all(isinstance(one, str) for one in value),
    "font_scale": lambda value: type(value) is int and value in FONT_SCALES,
    "theme": lambda value: value in THEMES,
    "beside_meeting": lambda value: isinstance(value, str),
    "backup_when": lambda value: value in BACKUP_TIMES,
    "backup_folder": lambda value: isinstance(value, str),
    "due_days": lambda value: type(value) is int and value in DUE_DAYS,
    "lock_minutes": lambda value: type(value) is int and value in LOCK_MINUTES,
    "retention_years": lambda value: type(value) is int and value in RETENTION_YEARS,
}


def path() -> Path:
    return paths.home() / "settings.json"


def load() -> Settings:
    """The settings kept, or those of the first day. A damaged file is put aside as `settings.damaged.json`."""
    file = path()
    try:
        kept = json.loads(file.read_text("utf-8"))
        if not isinstance(kept, dict):
            raise ValueError(type(kept).__name__)
    except FileNotFoundError:
        return Settings()
    except (ValueError, RecursionError):
        with contextlib.suppress(OSError):
            file.replace(file.with_name("settings.damaged.json"))
        return Settings()
    except OSError:
        return Settings()
    good = {name: kept[name] for name, fits in _CHECKS.items() if name in kept and _fits(fits, kept[name])}
    if "recent" in good:
        good["recent"] = tuple(good["recent"][:RECENT])
    return Settings(**good, others={name: value for name, value in kept.items() if name not in _CHECKS})


def _fits(fits: Callable[[Any], bool], value: Any) -> bool:
    try:
        return fits(value)
    except TypeError:  # an unhashable value where a word is wanted
        return False


def save(settings: Settings) -> bool:
    """Keep them, whole or not at all; False where the machine would not. ValueError for values that make no sense."""
    values = asdict(settings)
    others = values.pop("others")
    for name, value in values.items():
        if not _fits(_CHECKS[name], value):
            raise ValueError(f"{name} = {value!r}")
    text = json.dumps({**others, **values}, ensure_ascii=False, indent=1)
    try:
        write_whole(path(), text.encode() + b"\n")
    except (DiskProblem, OSError):
        return False
    return True


def change(**values: Any) -> Settings:
    """Keep these and leave the others as they are; what holds now. Equal values write nothing."""
    before = load()
    after = replace(before, **values)
    if after != before or not path().exists():
        save(after)
    return after


def used(desk: Path) -> Settings:
    """Remember that this desk was opened just now."""
    now = str(desk.resolve())
    others = tuple(one for one in load().recent if one != now)
    return change(desk=now, recent=(now, *others)[:RECENT])


def forget(desk: Path) -> Settings:
    """Take a desk off the list of recent ones; the file itself is left alone."""
    gone = str(desk.resolve())
    before = load()
    return change(
        desk="" if before.desk == gone else before.desk,
        recent=tuple(one for one in before.recent if one != gone),
    )
