"""A second start hands its files to the first window and ends: one window a person, whatever they double-click.

By a lock and a folder in the person's own place, so that nothing listens on any wire. The first window holds the lock;
the second one leaves a note in the folder and waits until it is taken away. A note that nobody takes is taken back.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, QTimer, Signal

from cpdesk.paths import make_folder

PATIENCE = 4.0  # seconds that a second start waits for the first window
_POLL_MS = 1000  # beside the system's own word, which some disks never give
_NOTE = ".json"


class Handover(QObject):
    """`came(files)` in the first window when somebody started the program again; no files: it was merely started."""

    came = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        make_folder(folder)
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)  # stands as long as its process lives
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._watcher.directoryChanged.connect(self.look)
        self._timer.timeout.connect(self.look)

    def is_first(self) -> bool:
        """Whether this is the first window; from then on it is, until it ends. Notes of days gone by are cleared."""
        if not self._lock.isLocked():
            if not self._lock.tryLock(0):
                return False
            for note in self._notes():
                note.unlink(missing_ok=True)
        return True

    def listen(self) -> None:
        """Tell of files from now on."""
        if self._timer.isActive():
            return
        self._watcher.addPath(str(self.folder))
        self._timer.start()
        self.look()

    def hand(self, files: Sequence[Path], patience: float = PATIENCE) -> bool:
        """Leave the files to the first window; False where it did not take them."""
        note = self.folder / f"{time.time_ns()}-{uuid.uuid4().hex}{_NOTE}"
        draft = note.with_suffix(".part")
        draft.write_text(json.dumps([str(file.resolve()) for file in files]), "utf-8")
        draft.replace(note)  # the first window never sees half of it
        until = time.monotonic() + patience
        while note.exists():
            if time.monotonic() > until:
                with suppress(FileNotFoundError):
                    note.unlink()
                    return False
                return True  # taken in this very moment
            time.sleep(0.03)
        return True

    def look(self) -> None:
        """Take the notes that lie there."""
        for note in self._notes():
            files = _read(note)
            note.unlink(missing_ok=True)
            if files is not None:
                self.came.emit(files)

    def _notes(self) -> list[Path]:
        return sorted(self.folder.glob(f"*{_NOTE}"))

    def close(self) -> None:
        """This window ends; the next start is the first."""
        self._timer.stop()
        self._lock.unlock()


def _read(note: Path) -> list[Path] | None:
    """The files of a note; None for what is none, or was taken by another in this moment."""
    try:
        told = json.loads(note.read_bytes())
    except (OSError, ValueError):
        return None
    return [Path(one) for one in told] if isinstance(told, list) and all(isinstance(one, str) for one in told) else None
