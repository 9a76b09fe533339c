"""The window beside an empty one of the same toolkit, and a long list beside an empty table."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import Line, in_turns, seconds

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cpdesk.tasks import Desk
    from ui.lists.record_list import RecordList

MEETINGS = 100_000
FILTER = "កុមារ"
STARTS = 9  # starts are short and uneven; more of them cost little
ROOT = Path(__file__).resolve().parents[2]

# Each prints the moment at which its window had been painted once, then ends.
EMPTY = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, done)

def done():
    print(time.time(), flush=True)
    app.quit()

app = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""
OURS = """
import sys, time
from pathlib import Path
from ui import __main__ as entry, app
from PySide6.QtWidgets import QApplication

def done(program, path):
    print(time.time(), flush=True)
    program.window.close()
    QApplication.quit()

app.Program._after = done
entry.main(Path(sys.argv[1]), speak=True)
"""


def started(script: str, *arguments: str) -> float:
    """Seconds from calling Python to the first painted window."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.time()
    call = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1]) - begun


def run(folder: Path, records: int, rounds: int) -> Iterator[Line]:
    yield _start(folder, rounds)
    yield from _Lists(folder, rounds).lines()


def _start(folder: Path, rounds: int) -> Line:
    """With the catalogue compiled, as `make` leaves it."""
    from cpdesk.i18n import compile_catalogue
    from cpdesk.paths import TRANSLATIONS
    from cpdesk.tasks.demo import build

    (TRANSLATIONS / "km.mo").write_bytes(compile_catalogue(TRANSLATIONS / "km"))
    desk = build(folder / "story").desks[0]
    for script, arguments in ((EMPTY, ()), (OURS, (str(desk),))):  # bytecode and disk cache are warm for both
        started(script, *arguments)
    times = in_turns(max(rounds, STARTS), ours=lambda: started(OURS, str(desk)), empty=lambda: started(EMPTY))
    return Line("start to the painted home page", times["ours"], "an empty PySide6 window", times["empty"])


class _Lists:
    """A list of many meetings, and an empty table of the toolkit."""

    def __init__(self, folder: Path, rounds: int) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from cpdesk.tasks import records
        from cpdesk.tasks.undo import Undo
        from ui.app import application
        from ui.context import Context
        from ui.jobs import Jobs

        self.app = application()
        self.rounds = max(rounds, 5)
        self.desk = meetings(folder)
        records.index(self.desk)
        self.context = Context(self.desk, Jobs(self.desk.other), Undo(self.desk))
        self.total = records.count(self.desk, "meeting")

    def lines(self) -> Iterator[Line]:
        what = f"{self.total:,} meetings"
        first = in_turns(self.rounds, ours=lambda: self._seen(self._list), empty=lambda: self._seen(self._empty))
        yield Line(f"{what}: first paint", first["ours"], "an empty table", first["empty"])
        made = self._list()
        made.resize(1000, 700)
        made.show()
        while made.table.rowCount() < self.total:
            self.app.processEvents()
        times = in_turns(
            self.rounds,
            jump=lambda: self._jump(made),
            key=lambda: self._key(made),
            frame=lambda: seconds(made.grab),
        )
        yield Line(f"{what}: jump to the end", times["jump"], "painting the list once", times["frame"])
        yield Line(f"{what}: a key in the filter", times["key"], "painting the list once", times["frame"])
        made.close()
        self.context.jobs.close()
        self.desk.close()

    def _list(self) -> RecordList:
        from ui.lists.record_list import RecordList, RecordTable, field_column

        columns = [field_column(self.context, "meeting", name, 2) for name in ("subject", "date", "state")]
        table = RecordTable(self.context, "meeting", columns)
        made = RecordList(table)
        table.setParent(made)
        table.show()
        return made

    def _empty(self) -> QWidget:
        from PySide6.QtWidgets import QTableWidget

        return QTableWidget(0, 3)

    def _seen(self, make: Callable[[], QWidget]) -> float:
        """From nothing to the first picture; what the worker reads afterwards is waited for, untimed."""
        start = time.perf_counter()
        made = make()
        made.resize(1000, 700)
        made.show()
        made.grab()
        spent = time.perf_counter() - start
        while self.context.jobs.is_busy():
            self.app.processEvents()
        made.close()
        made.deleteLater()
        self.app.processEvents()
        return spent

    def _jump(self, made: RecordList) -> float:
        made.setCurrentIndex(made.table.index(0, 0))
        made.scrollToTop()
        self.app.processEvents()
        start = time.perf_counter()
        made.setCurrentIndex(made.table.index(self.total - 1, 0))
        made.grab()
        return time.perf_counter() - start

    def _key(self, made: RecordList) -> float:
        """The list of those with one more letter, as the person sees it; then all of them again, untimed."""
        start = time.perf_counter()
        made.table.show({}, FILTER)
        made.grab()
        spent = time.perf_counter() - start
        made.table.show()
        while made.table.rowCount() < self.total:
            self.app.processEvents()
        return spent


def meetings(folder: Path) -> Desk:
    """A desk with that many meetings, made of changes as a merge brings them."""
    from cpdesk.tasks.desk import open_desk
    from tests.bench.merging import filled

    with filled(folder, MEETINGS * 63 // 25) as desk:  # two records in five are meetings
        return open_desk(desk.path)
