"""The window beside an empty one of the same toolkit, and a long list beside an empty table."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from tests.bench.measure import Line, in_turns, seconds

MEETINGS = 100_000
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
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1]) - begun


def run(folder: Path, records: int, rounds: int) -> Iterator[Line]:
    yield _start(folder, rounds)
    yield from _lists(folder, rounds)


def _start(folder: Path, rounds: int) -> Line:
    from cpdesk.tasks.demo import build

    desk = build(folder / "story").desks[0]
    for script, arguments in ((EMPTY, ()), (OURS, (str(desk),))):  # bytecode and disk cache are warm for both
        started(script, *arguments)
    times = in_turns(
        max(rounds, STARTS), ours=lambda: started(OURS, str(desk)), empty=lambda: started(EMPTY)
    )
    return Line("start to the painted home page", times["ours"], "an empty PySide6 window", times["empty"])


def _lists(folder: Path, rounds: int) -> Iterator[Line]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QTableWidget, QWidget

    from cpdesk.tasks import records
    from cpdesk.tasks.undo import Undo
    from tests.make_ops import Maker
    from ui.app import application
    from ui.context import Context
    from ui.jobs import Jobs
    from ui.lists.record_list import RecordList, RecordTable, field_column

    app = application()
    desk = _meetings(folder, Maker)
    records.index(desk)
    context = Context(desk, Jobs(desk.other), Undo(desk))
    total = records.count(desk, "meeting")

    def columns() -> list[object]:
        return [field_column(context, "meeting", name, 2) for name in ("subject", "date", "state")]

    def shown(make: Callable[[], QWidget]) -> float:
        made = make()
        made.resize(1000, 700)
        spent = seconds(lambda: (made.show(), app.processEvents(), made.grab()))
        made.close()
        made.deleteLater()
        app.processEvents()
        return spent

    def ours() -> RecordList:
        table = RecordTable(context, "meeting", columns())  # type: ignore[arg-type]
        made = RecordList(table)
        table.setParent(made)
        table.show()
        return made

    def opened() -> float:
        held: list[QWidget] = []
        spent = seconds(lambda: held.append(ours()))
        return spent + shown(lambda: held[0])

    def empty() -> float:
        held: list[QWidget] = []
        spent = seconds(lambda: held.append(QTableWidget(0, 3)))
        return spent + shown(lambda: held[0])

    times = in_turns(max(rounds, 5), ours=opened, empty=empty)
    yield Line(f"{total:,} meetings: first paint", times["ours"], "an empty table", times["empty"])
    shown_list = ours()
    shown_list.resize(1000, 700)
    shown_list.show()
    while context.jobs.is_busy() or shown_list.table.rowCount() < total:
        QTest.qWait(5)
        with suppress(RuntimeError):
            QApplication.processEvents()

    def jumped() -> float:
        shown_list.scrollToTop()
        app.processEvents()
        return seconds(lambda: (QTest.keyClick(shown_list, Qt.Key.Key_End), app.processEvents(), shown_list.grab()))

    def filtered() -> float:
        shown_list.table.show({}, "")
        app.processEvents()
        return seconds(lambda: (shown_list.table.show({}, "កុមារ"), app.processEvents(), shown_list.grab()))

    frame = in_turns(
        max(rounds, 5), jump=jumped, key=filtered, frame=lambda: seconds(lambda: shown_list.grab())
    )
    yield Line(f"{total:,} meetings: jump to the end", frame["jump"], "painting the list once", frame["frame"])
    yield Line(f"{total:,} meetings: a key in the filter", frame["key"], "painting the list once", frame["frame"])
    shown_list.close()
    context.jobs.close()
    desk.close()
