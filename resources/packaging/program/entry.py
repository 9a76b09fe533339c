"""Where the packed program begins: the window at once where it is wanted, the command line for everything else.

A double click must not wait for what only commands need: that is two thirds of what there is to load. Where the window
cannot open (no screen, a library of the desktop is missing), the command line says so in plain words.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

DESK = ".cpdesk"
FILES = (DESK, ".cpsync", ".cpcard", ".cpbackup")  # as in cpdesk.cli.base, which takes long to load


def for_the_window(words: Sequence[str]) -> bool:
    """Nothing, or nothing but files that a person double-clicks."""
    return all(Path(word).suffix.lower() in FILES for word in words)


def screen_there() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


def main() -> int:
    words = sys.argv[1:]
    if for_the_window(words) and screen_there():
        try:
            from ui.app import main as window
        except ImportError:
            pass  # the command line tries it again, and tells what is missing
        else:
            files = [Path(word) for word in words]
            desks = [file for file in files if file.suffix.lower() == DESK]
            return window(desks[-1] if desks else None, [file for file in files if file not in desks], speak=True)
    from cpdesk.cli import main as command_line

    command_line()
    return 0


if __name__ == "__main__":
    sys.exit(main())
