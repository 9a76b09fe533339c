"""How long the window does not answer while the longest commands run: the longest gap between two turns of its event
loop, from the key to the end of the work, on a desk with a large plan. Beside it stands half a second, after which a
person thinks that the program hangs."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import Line, shown

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from cpdesk.tasks import Desk
    from ui.main_window import MainWindow

ACTIVITIES = 1000
MEETINGS = 20_000
LIMIT = 0.5
TURNS = 20  # of the event loop without anything to do, after which a command has ended
LONGEST = 300.0  # seconds that a command may take in all


@dataclass(frozen=True)
class Watched:
    gap: float
    whole: float


def run(folder: Path, _records: int, _rounds: int) -> Iterator[Line]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    place = folder / "gaps"
    place.mkdir()
    bench = _Bench(place)
    try:
        for what, begin in bench.commands():
            found = bench.watch(begin)
            yield Line(what, found.gap, "half a second", LIMIT, f"{shown(found.whole)} in all")
    finally:
        bench.close()


class _Bench:
    """A district's window on a desk with a plan of a thousand activities and twenty thousand meetings."""

    def __init__(self, folder: Path) -> None:
        from cpdesk.store.connection import immediate
        from cpdesk.tasks import desk as desks
        from cpdesk.tasks import exchange, records
        from cpdesk.tasks.undo import Undo
        from tests.bench.matrix import filled
        from ui.app import application
        from ui.context import Context
        from ui.jobs import Jobs
        from ui.main_window import MainWindow
        from ui.pages import PAGES

        self.folder = folder
        self.app: QApplication = application()
        self.desk: Desk = desks.create(folder / "0802.cpdesk", "0802", "សុខ")
        with desks.create(folder / "08.cpdesk", "08", "ដារ៉ា") as upper:
            exchange.write_card(upper, folder / "08.cpcard")
            exchange.write_card(self.desk, folder / "0802.cpcard")
            exchange.join(self.desk, folder / "08.cpcard")
            exchange.enrol(upper, folder / "0802.cpcard")
            with immediate(upper.db):
                for n in range(MEETINGS):
                    records.save(upper, "meeting", {"subject": f"កិច្ចប្រជុំ {n}", "date": "2025-06-23"})
            exchange.export(upper, folder / "in.cpsync", "0802")
        self.plan, _activities = filled(self.desk, ACTIVITIES)
        records.save(self.desk, "plan", {"state": "in_review"}, self.plan)
        context = Context(self.desk, Jobs(self.desk.other), Undo(self.desk))
        self.window: MainWindow = MainWindow(context, PAGES)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.start()
        self.context = context

    def watch(self, begin: Callable[[], object]) -> Watched:
        """Do it, and go on until nothing is under way any more."""
        start = last = time.perf_counter()
        gap = 0.0
        begin()
        quiet = 0
        while quiet < TURNS:
            self.app.processEvents()
            now = time.perf_counter()
            gap, last = max(gap, now - last), now
            quiet = 0 if self.context.jobs.is_busy() else quiet + 1
            assert now - start < LONGEST, "it does not end"
            time.sleep(0.002)
        return Watched(gap, last - start)

    def commands(self) -> Iterator[tuple[str, Callable[[], object]]]:
        from cpdesk.tasks import backups, exchange, records, versions
        from ui.dialogs.carry_over import CarryDialog
        from ui.dialogs.palette import Palette
        from ui.dialogs.preview import Paper, show_preview
        from ui.pages.settings import SettingsPage

        jobs, go = self.context.jobs, self.context.go
        yield "the word index", lambda: jobs.run(lambda desk, _progress: records.index(desk))
        yield "a large plan", lambda: go("plan", self.plan)
        for view in ("quarters", "budget", "approval"):
            yield f"a large plan: {view}", lambda view=view: go("plan", self.plan, view=view)  # type: ignore[misc]
        yield "its paper", lambda: show_preview(self.context, Paper("plan_matrix", self.plan), self.window)
        self._close_dialogs()
        person = records.save(self.desk, "person", {"name_km": "ដារ៉ា"}).id
        yield (
            "approving it",
            lambda: jobs.run(lambda desk, _progress: versions.approve(desk, self.plan, person, "2025-06-23")),
        )
        yield "its next version", lambda: versions.next_version(self.context.undo, self.plan)
        yield "two versions compared", lambda: go("plan", self.plan, view="compare")
        carry = CarryDialog(self.window, self.context, self.plan)
        carry.show()
        yield "the next plan from it", carry.make
        yield "progress", lambda: go("progress", self.plan)
        yield "the thread", lambda: go("thread", self.plan)
        yield "search", lambda: Palette(self.window).open()
        self._close_dialogs()
        yield (
            "a package written",
            lambda: jobs.run(
                lambda desk, progress: exchange.export(desk, self.folder / "out.cpsync", "08", True, progress)
            ),
        )
        package = [self.folder / "in.cpsync"]
        yield "a package looked into", lambda: jobs.run(lambda desk, _progress: exchange.inspect(desk, package[0]))
        yield (
            "a package merged",
            lambda: jobs.run(lambda desk, progress: exchange.merge(desk, package, progress=progress)),
        )
        yield "everything shown anew", self.context.touched
        go("settings")
        page = self.window.page()
        assert isinstance(page, SettingsPage)
        yield "the desk checked", page.desk.check
        yield "a backup", lambda: jobs.run(lambda desk, progress: backups.make(desk, progress=progress))

    def _close_dialogs(self) -> None:
        from PySide6.QtWidgets import QDialog

        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        self.app.processEvents()

    def close(self) -> None:
        self.window.close()
        self.desk.close()
        self.app.processEvents()
