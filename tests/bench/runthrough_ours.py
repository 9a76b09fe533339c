"""The story's meeting in our own window, by keyboard alone, from the first person on a new desk to the papers as files.

Whoever knows nobody yet begins with `first_day`, once for all meetings: seven people, their offices, their committee.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import consultation, hands, meeting_hands
from tests.ui.consultation import PEOPLE
from tests.ui.hands import Tally, come_to_front, counting, press, settle, write
from tests.ui.meeting_hands import ENTER, TAB, pick
from ui.app import application
from ui.dialogs.meeting_papers import MeetingPapers
from ui.main_window import MainWindow

COMMITTEE = "គណៈកម្មាធិការពិគ្រោះយោបល់កិច្ចការស្ត្រី និងកុមារខេត្ត"


class Waits:
    """The two things that `hands` want of a test: to keep a window, and to wait until something holds."""

    def __init__(self) -> None:
        self.windows: list[tuple[QWidget, Callable[[QWidget], None]]] = []

    def addWidget(self, widget: QWidget, *, before_close_func: Callable[[QWidget], None]) -> None:
        self.windows.append((widget, before_close_func))

    def waitUntil(self, holds: Callable[[], bool | None], *, timeout: int = 20_000) -> None:
        end = time.monotonic() + timeout / 1000
        while holds() is False:
            if time.monotonic() > end:
                raise TimeoutError
            QApplication.processEvents()
            time.sleep(0.002)

    def close(self) -> None:
        for widget, end in self.windows:
            end(widget)
            widget.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # while there is somebody to take them apart
        QApplication.processEvents()


@contextmanager
def window(folder: Path) -> Iterator[tuple[QtBot, MainWindow]]:
    """An empty desk of Kandal, at home; papers go into `folder`/Documents."""
    folder.mkdir()
    os.environ["HOME"] = str(folder)
    (folder / "Documents").mkdir()
    application()
    waits = Waits()
    bot = cast(QtBot, waits)
    yield bot, hands.window(bot, consultation.empty_desk(folder))
    waits.close()


def first_day() -> None:
    """People as they are said, with function, office and seat in the committee, which come into being when named."""
    press("Ctrl+6")
    known: set[str] = set()
    for title, name, _sex, position, body in PEOPLE:
        press("Ctrl+N")
        write(f"{title} {name}")
        press(TAB, TAB, TAB)
        write(position)
        press(TAB)
        _named(body, known)
        press("Alt+3")
        _named(COMMITTEE, known)


def _named(body: str, known: set[str]) -> None:
    """Its name in full, or its first letters where it is known."""
    if body in known:
        pick(body[:4])
    else:
        write(body)
        press(ENTER)
        known.add(body)


def papers(bot: QtBot, shown: MainWindow) -> list[Path]:
    """Minutes, attendance sheet and list of follow-ups, which are ticked already, into the folder that is proposed."""
    press("Ctrl+Shift+P")
    dialog = shown.findChild(MeetingPapers)
    assert dialog is not None and dialog.wanted() == ["attendance", "minutes", "follow_ups"]
    come_to_front(bot, dialog)
    press(TAB)

    def take_the_folder() -> None:
        asked, here = QApplication.activeModalWidget(), QApplication.focusWidget()
        if isinstance(asked, QFileDialog) and here is not None and asked.isAncestorOf(here):
            press(ENTER)
            return
        if isinstance(asked, QFileDialog):
            asked.activateWindow()
        QTimer.singleShot(5, take_the_folder)

    QTimer.singleShot(5, take_the_folder)
    press(ENTER)
    bot.waitUntil(lambda: not dialog.outcome.row.is_busy() and bool(_written()), timeout=20_000)
    return _written()


def _written() -> list[Path]:
    return sorted((Path(os.environ["HOME"]) / "Documents").rglob("*.pdf"))


PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "facts": ("Ctrl+N", meeting_hands.facts),
    "agenda": ("Alt+1", meeting_hands.agenda),
    "people": ("Alt+2", meeting_hands.people),
    "presentation": ("Return", meeting_hands.presentation),
    "remarks": ("Return", meeting_hands.inputs),
    "follow-ups": ("Return", meeting_hands.follow_ups),
    "words": ("Return", meeting_hands.words),
}  # each begins with the key that leads to it


def run(folder: Path) -> tuple[dict[str, Tally], list[Path]]:
    """Keys of each part, the first day's among them, and the PDFs of the three papers."""
    done: dict[str, Tally] = {}
    with window(folder) as (bot, shown):
        with counting() as done["first day"]:
            first_day()
        settle(bot, shown)
        press("Ctrl+1")
        for name, (keys, part) in PARTS.items():
            with counting() as done[name]:
                press(keys)
                part()
            settle(bot, shown)
        with counting() as done["papers"]:
            files = papers(bot, shown)
        settle(bot, shown)
    return done, files
