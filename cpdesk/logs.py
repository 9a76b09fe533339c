"""What the program tells of itself: a log that rotates, reports of crashes, and both together in a file for a stick.

None of it ever holds what a record says. A line of the log is a word of ours with numbers and codes; whatever else
comes near it (a path, a library's complaint, an error's own words, which could quote a record) is cut down to what
cannot. A crash report says where the program stood, by the names of files and functions.
"""

from __future__ import annotations

import faulthandler
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

import cpdesk
from cpdesk.paths import ROOT, home, make_folder

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler

BYTES, FILES = 200_000, 4  # of the log: the newest file and three before it
KEPT_CRASHES = 20
TAIL = 50
LIBRARIES = ("PySide6-Essentials", "sqlcipher3", "cryptography", "pyrage", "pyicu-wheels", "uharfbuzz", "reportlab")

# Compiled when first used: a start has no use for them.
_WORD = r"[A-Za-z0-9_.:+/-]{1,60}"
_HELD = r"\"[^\"\n]*\"|'[^'\n]*'|“[^”]*”|«[^»]*»|‘[^’]*’|\S*[/\\]\S*|[^\x20-\x7e]+"  # quoted, a path, not ASCII
_FRAME = r'File "([^"]+)", line (\d+) in (.+)'
_handler: RotatingFileHandler | None = None
_hard: TextIO | None = None


# --- the log -------------------------------------------------------------------------------------------------------
def folder() -> Path:
    return home() / "logs"


def begin() -> None:
    """Write to the log from now on. A disk that says no costs the log, nothing else."""
    global _handler
    if _handler is not None:
        return
    import logging
    from logging.handlers import RotatingFileHandler

    class Careful(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            at = datetime.fromtimestamp(record.created)
            return f"{at:%Y-%m-%d %H:%M:%S} {record.levelname.lower()} {harmless(record.getMessage())}"

    try:
        make_folder(folder())
        handler = RotatingFileHandler(
            folder() / "cpdesk.log", maxBytes=BYTES, backupCount=FILES - 1, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(Careful())
    vars(handler)["handleError"] = lambda _record: None  # a full disk is told by whoever saves
    ours = logging.getLogger("cpdesk")
    ours.setLevel(logging.INFO)
    ours.addHandler(handler)
    _handler = handler


def end() -> None:
    """Close the log."""
    global _handler
    if _handler is not None:
        import logging

        logging.getLogger("cpdesk").removeHandler(_handler)
        _handler.close()
        _handler = None


def note(what: str, **facts: object) -> None:
    """A line of the log, where it was begun: a word of ours, and numbers and codes that belong to it."""
    if _handler is not None:
        import logging

        told = "".join(f" {name}={_told(value)}" for name, value in facts.items())
        logging.getLogger("cpdesk").info("%s%s", what, told)


def complaint(text: str) -> None:
    """A line of the log for what a library says."""
    if _handler is not None:
        import logging

        logging.getLogger("cpdesk").warning("%s", text)


def _told(value: object) -> str:
    text = str(value)
    return text if isinstance(value, bool | int | float) or re.fullmatch(_WORD, text) else "…"


def harmless(text: str) -> str:
    """A line of a library or of the system, without whatever it may quote: what stands in quotes, paths, other letters
    than a programmer's."""
    return re.sub(_HELD, "…", text)[:300]


def tail(count: int = TAIL) -> list[str]:
    """The last lines of the log."""
    try:
        return (folder() / "cpdesk.log").read_text("utf-8", errors="replace").splitlines()[-count:]
    except OSError:
        return []


# --- crashes -------------------------------------------------------------------------------------------------------
def crashes() -> Path:
    return home() / "crashes"


def write_crash(error: BaseException, *, where: str = "", about: Iterable[str] = ()) -> Path:
    """Write where the program stood and give the file; the oldest beyond twenty go. `OSError` where the disk says no.

    `where` is the page in sight, `about` further lines on the program's surroundings.
    """
    return _report(crash_text(error, where=where, about=about))


def _report(text: str) -> Path:
    make_folder(crashes())
    path = crashes() / f"cpdesk-{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
    path.write_text(text, encoding="utf-8")
    for old in sorted(crashes().glob("cpdesk-*.txt"))[:-KEPT_CRASHES]:
        old.unlink(missing_ok=True)
    return path


def crash_text(error: BaseException, *, where: str = "", about: Iterable[str] = ()) -> str:
    """Version, system, the lines of the program that were passed, innermost last, and the end of the log."""
    lines = [*surroundings(), *about, *([f"page: {where}"] if where else [])]
    fault: BaseException | None = error
    while fault is not None:
        code = getattr(fault, "errno", None) or getattr(fault, "sqlite_errorname", None)
        lines += ["", type(fault).__qualname__ + (f" ({code})" if code else ""), *_frames(fault.__traceback__)]
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return "\n".join([*lines, "", *tail()]) + "\n"


def _frames(trace: TracebackType | None) -> list[str]:
    import traceback

    return [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def surroundings() -> list[str]:
    """Versions of the program, of what it stands on, and of the system."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return [
        f"cpdesk {cpdesk.__version__}, {datetime.now():%Y-%m-%d %H:%M:%S}",
        f"Python {platform.python_version()}, {', '.join(found)}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
    ]


def _short(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


# --- crashes that leave no time to say anything ---------------------------------------------------------------------
def watch_for_hard_crashes() -> None:
    """Let the interpreter write where it stood when this process dies. A disk that says no costs that, nothing else."""
    global _hard
    with suppress(OSError):
        make_folder(crashes())
        _hard = _hard_file().open("w", encoding="utf-8")
        faulthandler.enable(_hard)


def _hard_file() -> Path:
    return crashes() / f"died-{os.getpid()}.txt"


def crash_before() -> Path | None:
    """The report of how an earlier process died; None where all of them ended well. For the one that holds the window:
    files of others that are there belong to nobody any more."""
    report = None
    for file in sorted(crashes().glob("died-*.txt")):
        if file == _hard_file():
            continue
        with suppress(OSError):
            told = file.read_text("utf-8", errors="replace")
            if told.strip():
                lines = [*surroundings(), "", *map(_told_of, told.splitlines()), "", *tail()]
                report = _report("\n".join(lines) + "\n")
            file.unlink()
    return report


def _told_of(line: str) -> str:
    """A line of the interpreter's own last words: a place in a file, or something about the process."""
    frame = re.search(_FRAME, line)
    return f"  {_short(frame[1])}:{frame[2]} {frame[3]}" if frame else harmless(line)


def last_words(text: str) -> None:
    """What a library says before it ends the process."""
    if _hard is not None:
        with suppress(OSError, ValueError):
            _hard.write(f"{harmless(text)}\n")
            _hard.flush()


def ended_well() -> None:
    """The process ends because it was asked to: there is nothing to tell of."""
    global _hard
    if _hard is not None:
        faulthandler.disable()
        _hard.close()
        _hard = None
        with suppress(OSError):
            _hard_file().unlink(missing_ok=True)


# --- for a stick ---------------------------------------------------------------------------------------------------
def pack(into: Path) -> Path:
    """The log and all crash reports in one file in that folder, for whoever mends the program. `DiskProblem` where the
    disk says no."""
    import zipfile

    from cpdesk.files import whole_file  # not before it is needed: crashes are told of at every start

    path = into / f"cpdesk-report-{datetime.now():%Y-%m-%d-%H%M%S}.zip"
    with whole_file(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("about.txt", "\n".join([*surroundings(), ""]))
        for one in sorted([*folder().glob("cpdesk.log*"), *crashes().glob("cpdesk-*.txt")]):
            made.write(one, one.name)
    return path
