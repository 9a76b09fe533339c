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
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def default_desks() -> Path:
    """Where the first-run wizard proposes to put a desk."""
    return platformdirs.user_documents_path() / "cpdesk"
