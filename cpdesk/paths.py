"""Where things lie: what ships with the program, and what belongs to the person who uses it.

One rule serves source tree, installed wheel and packed bundle: the shipped folders are siblings of this package.
`CPDESK_HOME` moves everything personal to one folder, for tests and for a stick.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

ROOT = Path(__file__).resolve().parents[1]
RESOURCES = ROOT / "resources"
FONTS = ROOT / "fonts"
TRANSLATIONS = ROOT / "translations"


def home() -> Path:
    """The person's own folder for settings, keys, logs and backups; made on first use."""
    chosen = os.environ.get("CPDESK_HOME")
    folder = Path(chosen) if chosen else platformdirs.user_data_path("cpdesk", appauthor=False)
    make_folder(folder)
    return folder


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """A folder, and those above it, that a power cut does not take away again with what is then written in it.

    Windows has no such call and needs none. `OSError` where the disk says no.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode, exist_ok=True)
    if os.name != "nt":
        handle = os.open(folder.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def default_desks() -> Path:
    """Where the first-run wizard proposes to put a desk."""
    return platformdirs.user_documents_path() / "cpdesk"
