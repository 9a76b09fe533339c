"""Which sticks are plugged in, and which files a person brings.

Qt does not tell removable volumes from others, so the system is asked.

Windows: GetDriveTypeW says 2 for removable. Linux: `/sys/block/<disk>/removable`, and any volume mounted under `/media`
or `/run/media`, since many sticks call themselves fixed. Elsewhere: volumes under `/Volumes` but the system's own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QStorageInfo, QTimer, Signal

OURS = (".cpsync", ".cpcard", ".cpdesk", ".cpbackup")  # what a person drops on the window or double-clicks
TABLES = (".xlsx", ".xlsm", ".csv", ".tsv")  # what a page may take in
POLL_MS = 2000  # the system tells nobody that a stick came
_REMOVABLE = 2
_MEDIA = ("/media/", "/run/media/", "/Volumes/")


@dataclass(frozen=True)
class Drive:
    """A volume one can carry away: what it is called, where it is, bytes free, whether it can be written to."""

    name: str
    path: Path
    free: int
    read_only: bool


def removable() -> list[Drive]:
    """The sticks that are ready now, by name."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        if volume.isValid() and volume.isReady() and not volume.isRoot() and is_removable(volume):
            path = Path(volume.rootPath())
            name = volume.name() or path.name or str(path)
            found.append(Drive(name, path, volume.bytesAvailable(), volume.isReadOnly()))
    return sorted(found, key=lambda drive: drive.name)


def is_removable(volume: QStorageInfo) -> bool:
    root = volume.rootPath()
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\"))) == _REMOVABLE
    return root.startswith(_MEDIA) or _says_removable(bytes(volume.device().data()).decode(errors="replace"))


def _says_removable(device: str, block: Path = Path("/sys/block")) -> bool:
    """Whether the disk of a partition (`/dev/sdb1` → sdb) calls itself removable."""
    name = Path(device).name
    for disk in (name, name.rstrip("0123456789")):
        flag = block / disk / "removable"
        if disk and flag.exists():
            return flag.read_text().strip() == "1"
    return False


class Sticks(QObject):
    """Looks from time to time which sticks are `plugged` in, from `start` to `stop` or to the end of its parent.

    `changed(sticks)` at the first look, and whenever one came, went, or can be written to or no more; `revisited` where
    they are the same, but other files may lie on them.
    """

    changed = Signal(list)
    revisited = Signal(list)

    def __init__(self, parent: QObject, plugged: Callable[[], list[Drive]] = removable) -> None:
        super().__init__(parent)
        self._plugged = plugged
        self._seen: list[tuple[Path, bool]] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now and from now on."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        self._timer.stop()

    def look(self, *, again: bool = False) -> None:
        """Look now; `again`: somebody may have copied files meanwhile."""
        found = self._plugged()
        seen = [(drive.path, drive.read_only) for drive in found]
        if seen != self._seen:
            self._seen = seen
            self.changed.emit(found)
        elif again and found:
            self.revisited.emit(found)


def packages_on(folder: Path) -> list[Path]:
    """The packages in a folder and in the folders right inside it; unreadable ones are passed over."""
    return _found_on(folder, ".cpsync")


def cards_on(folder: Path) -> list[Path]:
    """The cards of offices in a folder and in the folders right inside it."""
    return _found_on(folder, ".cpcard")


def _found_on(folder: Path, suffix: str, most: int = 200) -> list[Path]:
    found: list[Path] = []
    try:
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.suffix.lower() == suffix:
                found.append(path)
            elif path.is_dir() and not path.name.startswith("."):
                found += sorted(p for p in path.glob(f"*{suffix}") if p.is_file())
            if len(found) >= most:
                break
    except OSError:
        return found[:most]
    return found[:most]


def paths_in(data: QMimeData) -> list[Path]:
    """The files and folders that are dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def is_ours(data: QMimeData) -> bool:
    """Whether packages, cards, desks, or folders that may hold some are dragged, and nothing else."""
    paths = paths_in(data)
    return bool(paths) and all(path.suffix.lower() in OURS or path.is_dir() for path in paths)


def is_table(data: QMimeData) -> bool:
    """Whether one table is dragged, and nothing else."""
    paths = paths_in(data)
    return len(paths) == 1 and paths[0].suffix.lower() in TABLES
