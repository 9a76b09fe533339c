"""Typing while people speak: a key, a line that is kept, and the opening, in pages that hold 200 lines already.

A key is answered when its letter is painted. Beside each stands the limit: a frame of a screen, or a blink.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import Line

if TYPE_CHECKING:
    from ui.pages.live import LivePage
    from ui.pages.meeting import MeetingPage

POINTS, REMARKS = 40, 160
FRAME, BLINK = 0.016, 0.250
KEPT = 0.100
WORDS = "គួរប្រមូលទិន្នន័យកុមារមានពិការភាពតាមឃុំ សង្កាត់ ជារៀងរាល់ត្រីមាស ដើម្បីកំណត់អាទិភាពឱ្យបានត្រឹមត្រូវ។"


def run(folder: Path, records: int, rounds: int) -> Iterator[Line]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    yield from _Typing(folder, max(rounds, 5)).lines()


class _Typing:
    """The window over a desk with one long meeting."""

    def __init__(self, folder: Path, rounds: int) -> None:
        from cpdesk.tasks.undo import Undo
        from tests.ui import consultation
        from ui.app import application
        from ui.context import Context
        from ui.jobs import Jobs
        from ui.main_window import MainWindow
        from ui.pages import PAGES

        self.app = application()
        self.rounds = rounds
        self.made = consultation.consultation(folder / "typing")
        self._fill()
        self.context = Context(self.made.desk, Jobs(self.made.desk.other), Undo(self.made.desk))
        self.window = MainWindow(self.context, PAGES)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self._settle(self.window.isActiveWindow)
        self.window.start()
        self._settle()

    def _fill(self) -> None:
        """200 lines: points of the agenda, and what was said under them."""
        from cpdesk.tasks import records

        desk, meeting = self.made.desk, self.made.meeting
        own = {"meeting": meeting, "disposition": "open", "text": WORDS}
        items = [
            records.save(desk, "agenda_item", {"meeting": meeting, "order": (n + 9) * 1024, "title": WORDS}).id
            for n in range(POINTS)
        ]
        for n in range(REMARKS):
            said = {"order": (n + 9) * 1024, "person": self.made.people[n % 7], "agenda_item": items[n % POINTS]}
            records.save(desk, "input", own | said)

    def lines(self) -> Iterator[Line]:
        for name, what in (("meeting", "the meeting page"), ("live", "during the meeting")):
            first = self._open(name)
            again = statistics.median(self._open(name) for _round in range(self.rounds))
            yield Line(f"{what}, 200 lines: the first opening", first, "a blink", BLINK)
            yield Line(f"{what}, 200 lines: opened again", again, "a blink", BLINK)
            keys, kept = self._type(name)
            half, slow = statistics.median(keys), max(keys)
            yield Line(f"{what}: a key, painted", half, "a frame", FRAME, f"the slowest {slow * 1000:.1f} ms")
            yield Line(f"{what}: Enter keeps the line", kept, "the limit", KEPT)
        self.window.close()
        self.context.jobs.close()
        self.made.desk.close()

    def _open(self, name: str) -> float:
        """From another page to this one, painted; what the worker draws beside it is waited for, untimed."""
        from ui.navigation import Location

        self.window.go(Location("meetings"))
        self._settle()
        start = time.perf_counter()
        self.window.go(Location(name, self.made.meeting))
        self.window.grab()
        spent = time.perf_counter() - start
        self._settle()
        return spent

    def _type(self, name: str) -> tuple[list[float], float]:
        """The seconds of every key while lines are typed, and of the Enter that ends one in the median."""
        page = self.window.built_page(name)
        assert page is not None
        begin, enter = self._meeting(page) if name == "meeting" else self._live(page)  # type: ignore[arg-type]
        keys: list[float] = []
        ends: list[float] = []
        for _round in range(self.rounds):
            begin()
            self._settle()
            keys += [self._key(letter) for letter in WORDS]
            start = time.perf_counter()
            enter()
            self.app.processEvents()
            ends.append(time.perf_counter() - start)
            self._settle()
        return keys, statistics.median(ends)

    def _meeting(self, page: MeetingPage) -> tuple[Callable[[], object], Callable[[], object]]:
        draft = page.inputs.draft
        assert draft is not None
        return draft.editors["text"].focus, draft.finish

    def _live(self, page: LivePage) -> tuple[Callable[[], object], Callable[[], object]]:
        return page.entry.focus, page.say

    def _key(self, letter: str) -> float:
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtGui import QKeyEvent

        where = self.app.focusWidget()
        assert where is not None
        start = time.perf_counter()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self.app.sendEvent(where, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        self.app.processEvents()
        return time.perf_counter() - start

    def _settle(self, also: Callable[[], bool] = lambda: True) -> None:
        while self.context.jobs.is_busy() or not also():
            self.app.processEvents()
        self.app.processEvents()
