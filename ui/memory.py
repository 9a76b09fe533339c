"""Where the window stood when it was closed: its place on the screen, the page, and what was lately looked at.

Kept in the settings beside the choices of the person; what does not fit any more (a smaller screen, a record that went)
is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication

from cpdesk import settings
from ui.navigation import Location

if TYPE_CHECKING:
    from ui.main_window import MainWindow

DESKS = 8
SEEN = 12
WIDTH, HEIGHT = 1366, 768


@dataclass(frozen=True)
class Recent:
    """A desk that was used: its file, and what its office was called then."""

    path: Path
    office: str

    @property
    def name(self) -> str:
        return self.office or self.path.stem

    def is_there(self) -> bool:
        """Whether the file can be reached now: it may lie on a stick that is out."""
        try:
            return self.path.is_file()
        except OSError:
            return False


def recent(but: Path | None = None) -> list[Recent]:
    """The desks last used, newest first, without the one that is open. Touches none of them."""
    kept = settings.load()
    here = str(but.resolve()) if but is not None else ""
    desks = kept.others.get("desks")
    known = desks if isinstance(desks, dict) else {}
    found = []
    for one in kept.recent:
        told = known.get(one)
        office = told.get("office") if isinstance(told, dict) else None
        if one != here:
            found.append(Recent(Path(one), office if isinstance(office, str) else ""))
    return found


class Memory:
    """What is remembered for the window over the desk at `path`."""

    def __init__(self, window: MainWindow, path: Path) -> None:
        self._window = window
        self._desk = str(path.resolve())
        others = settings.load().others
        self._place = others.get("window")
        desks = others.get("desks")
        kept = desks.get(self._desk) if isinstance(desks, dict) else None
        self._kept: dict[str, Any] = kept if isinstance(kept, dict) else {}
        seen = self._kept.get("seen")
        window.seen = [one for one in seen if isinstance(one, str)][:SEEN] if isinstance(seen, list) else []

    def place(self) -> None:
        """Stand where the window stood, or in the middle of a first screen as large as it may be."""
        if isinstance(self._place, str):
            raw = QByteArray.fromBase64(self._place.encode("ascii", "ignore"))
            if self._window.restoreGeometry(raw):
                return
        room = QGuiApplication.primaryScreen().availableGeometry()
        self._window.resize(min(WIDTH, room.width()), min(HEIGHT, room.height()))
        if room.width() <= WIDTH:
            self._window.setWindowState(Qt.WindowState.WindowMaximized)

    def last_page(self) -> Location | None:
        """The page that was in sight, where the window still has it."""
        page, record = self._kept.get("page"), self._kept.get("record")
        if not isinstance(page, str) or not self._window.has_page(page):
            return None
        return Location(page, record if isinstance(record, str) else None)

    def note_office(self) -> None:
        """Write down at once how the office is called, for the list of desks."""
        if self._kept.get("office") != self._office():
            self._kept = {**self._kept, "office": self._office()}
            self._write(self._kept, settings.load().others.get("window"))

    def _office(self) -> str:
        """Blank for a desk with a password: what lies outside of it names nobody."""
        return " · ".join(self._window.office()) if self._window.context.desk.who is None else ""

    def keep(self) -> None:
        """Write it down; a disk that says no is passed over."""
        here = self._window.history.current()
        mine: dict[str, Any] = {"seen": self._window.seen[:SEEN], "office": self._office()}
        if here is not None:
            mine |= {"page": here.page, "record": here.record}
        self._write(mine, bytes(self._window.saveGeometry().toBase64().data()).decode())

    def _write(self, mine: dict[str, Any], place: object) -> None:
        now = settings.load()
        desks = now.others.get("desks")
        others = {key: value for key, value in desks.items() if key != self._desk} if isinstance(desks, dict) else {}
        kept = {**dict(list(others.items())[1 - DESKS :]), self._desk: mine}
        settings.save(replace(now, others={**now.others, "window": place, "desks": kept}))
