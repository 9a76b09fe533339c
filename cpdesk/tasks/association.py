"""A double click on our files opens this program: for the person alone, without an administrator, and reversible.

On Linux by what freedesktop.org's Desktop Entry and Shared MIME-info specifications ask for, below the person's own
`~/.local/share`. On Windows the installer writes it into the registry, where it also takes it out again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from cpdesk.errors import UserError
from cpdesk.files import disk_troubles, write_whole
from cpdesk.i18n import _
from cpdesk.paths import RESOURCES, make_folder

PATIENCE = 30  # seconds that the system's own tools may take
_ENTRY, _TYPES, _ICON = (
    "applications/cpdesk.desktop",
    "mime/packages/cpdesk.xml",
    "icons/hicolor/scalable/apps/cpdesk.svg",
)
_TOOLS = (("update-mime-database", "mime"), ("update-desktop-database", "applications"))


def possible() -> bool:
    """Whether this system takes it from the program itself."""
    return sys.platform.startswith("linux")


def is_on() -> bool:
    """Whether a double click opens this very program."""
    try:
        return f"\nExec={_program()} %F\n" in (_share() / _ENTRY).read_text("utf-8")
    except OSError:
        return False


def put_on() -> None:
    """From now on a double click on a desk, a package, a card or a backup opens this program."""
    if not possible():
        raise UserError(
            _("This system takes it from the installer alone."), todo=_("Install the program with its installer.")
        )
    entry = (RESOURCES / "linux" / "cpdesk.desktop").read_text("utf-8").replace("@PROGRAM@", _program())
    written = {
        _ENTRY: entry.encode(),
        _TYPES: (RESOURCES / "linux" / "cpdesk.xml").read_bytes(),
        _ICON: (RESOURCES / "cpdesk.svg").read_bytes(),
    }
    for name, content in written.items():
        path = _share() / name
        with disk_troubles(path):
            make_folder(path.parent)
        write_whole(path, content)
    _tell_the_system()


def take_off() -> None:
    """As it was before; files of others are left alone."""
    for name in (_ENTRY, _TYPES, _ICON):
        path = _share() / name
        with disk_troubles(path):
            path.unlink(missing_ok=True)
    _tell_the_system()


def _share() -> Path:
    chosen = os.environ.get("XDG_DATA_HOME")
    return Path(chosen) if chosen and Path(chosen).is_absolute() else Path.home() / ".local" / "share"


def _program() -> str:
    """How this program is started, quoted as a desktop entry wants it. One that `install.sh` put there is named by the
    link that leads to whichever version stands.
    """
    link = Path(sys.executable).parent.parent / "current"
    if getattr(sys, "frozen", False) and link.is_symlink() and link.resolve() == Path(sys.executable).parent:
        return _quoted(str(link / Path(sys.executable).name))
    beside = Path(sys.executable).with_name("cpdesk")
    if getattr(sys, "frozen", False) or not beside.is_file():
        words = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "cpdesk"]
    else:
        words = [str(beside)]
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    """Within double quotes, in which these four have a backslash; the value as a whole doubles backslashes; % is %%."""
    inner = "".join(f"\\{c}" if c in '"`$\\' else c for c in word)
    return '"' + inner.replace("\\", "\\\\").replace("%", "%%") + '"'


def _tell_the_system() -> None:
    """Let it read what was written. Without its tools it does so when the person logs in again."""
    for tool, folder in _TOOLS:
        found = shutil.which(tool)
        if found and (_share() / folder).is_dir():
            with suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run([found, str(_share() / folder)], capture_output=True, timeout=PATIENCE, check=False)
