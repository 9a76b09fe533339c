"""From page to page on a desk of 100,000 mixed records: the first time, when a page is built, and again; and memory."""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import Line

if TYPE_CHECKING:
    from cpdesk.tasks import Desk

RECORDS = 100_000
SIZE = (1366, 768)
ALONE = "in MB, not seconds; ask for this bench alone"
OBJECTIVES, OUTPUTS, ACTIVITIES = 5, 4, 15  # of the plan: 300 activities, as a large province has


def run(folder: Path, records: int, rounds: int) -> Iterator[Line]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.app import application

    application()
    sys.excepthook = sys.__excepthook__  # what goes wrong here is for the terminal, not for a dialog
    before = _resident()
    desk = _large(folder)
    yield from _switches(desk, max(rounds, 5))
    desk.close()
    now = _resident() / 2**20
    yield Line(f"MB of memory, all pages of it seen: {now:.0f}", now, "MB before", before / 2**20, ALONE)


def _resident() -> int:
    """Bytes that the process ever held at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _large(folder: Path) -> Desk:
    from cpdesk.tasks import records
    from cpdesk.tasks.desk import open_desk
    from tests.bench.searching_desk import mixed

    with mixed(folder, RECORDS) as made:
        path = made.path
    desk = open_desk(path)
    plan = records.save(desk, "plan", {"title": "ផែនការ", "first_year": 2023, "last_year": 2025, "state": "draft"}).id
    for _objective in range(OBJECTIVES):
        objective = records.save(desk, "objective", {"plan": plan, "text": "គោលបំណង"}).id
        for _output in range(OUTPUTS):
            output = records.save(desk, "output", {"objective": objective, "text": "លទ្ធផល"}).id
            lines = [
                {"output": output, "text": "បណ្តុះបណ្តាលគណៈកម្មាធិការឃុំ", "year_quarters": "2023Q1 2024Q2"}
                for _ in range(ACTIVITIES)
            ]
            for line in lines:
                records.save(desk, "activity", line)
    records.index(desk)
    return desk


def _switches(desk: Desk, rounds: int) -> Iterator[Line]:
    from PySide6.QtWidgets import QApplication

    from cpdesk.tasks import records
    from cpdesk.tasks.undo import Undo
    from ui.context import Context
    from ui.jobs import Jobs
    from ui.main_window import MainWindow
    from ui.navigation import Location
    from ui.pages import PAGES

    context = Context(desk, Jobs(desk.other), Undo(desk))
    window = MainWindow(context, PAGES)
    context.setParent(window)
    window.resize(*SIZE)
    window.show()
    window.start()

    def quiet() -> None:
        while context.jobs.is_busy():
            QApplication.processEvents()
        QApplication.processEvents()

    def switch(place: Location) -> float:
        start = time.perf_counter()
        window.go(place)
        QApplication.sendPostedEvents()
        window.grab()
        spent = time.perf_counter() - start
        quiet()
        return spent

    quiet()
    kinds = {"meeting": "meeting", "live": "meeting"} | dict.fromkeys(("plan", "progress", "review", "thread"), "plan")
    painted = []
    for _ in range(rounds):
        start = time.perf_counter()
        window.grab()
        painted.append(time.perf_counter() - start)
    frame = statistics.median(painted)
    for spec in PAGES:
        kind = kinds.get(spec.name)
        record = records.find(desk, kind, limit=1)[0].id if kind else None
        place = Location(spec.name, record)
        first = switch(place)
        again = []
        for _ in range(rounds):
            switch(Location("settings" if spec.name != "settings" else "help"))
            again.append(switch(Location(spec.name, record)))
        note = f"{statistics.median(again) * 1000:.0f} ms again"
        yield Line(f"to the page “{spec.name}”, first time", first, "painting home once", frame, note)
    context.jobs.close()
    window.close()
