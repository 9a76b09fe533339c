"""Hands for the tests: a window over a desk, and keys that go where a keyboard's keys would go."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.store import Desk
from cpdesk.tasks.undo import Undo
from ui.context import Context
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.pages import PAGES
from ui.registry import PageSpec
from ui.widgets.text import Text


@dataclass
class Tally:
    """How often a hand came down while `counting()` held. There is no mouse among these hands, so no click is counted.

    A shortcut is one key, and so is a letter with Shift, though it takes two fingers.
    """

    letters: int = 0  # what was typed: words, numbers, the first letters of a name
    steps: int = 0  # what led on: Tab, Enter, arrows, shortcuts, keys that choose
    seconds: float = 0.0  # that the program took until each key was done with; waiting for the worker is left out

    @property
    def keys(self) -> int:
        return self.letters + self.steps


_tallies: list[Tally] = []  # those that count now
_depth = 0  # keys that are being answered


@contextmanager
def counting() -> Iterator[Tally]:
    """Count every key that is pressed inside."""
    tally = Tally()
    _tallies.append(tally)
    try:
        yield tally
    finally:
        _tallies.remove(tally)


@contextmanager
def at_most(*, steps: int, letters: int) -> Iterator[Tally]:
    """What is done inside needs no more keys than that."""
    with counting() as tally:
        yield tally
    assert tally.steps <= steps, f"{tally.steps} keys lead on; it went with {steps}"
    assert tally.letters <= letters, f"{tally.letters} letters are typed; it went with {letters}"


@contextmanager
def _noted(letters: int = 0, steps: int = 0) -> Iterator[None]:
    """Note keys; of one pressed in a dialog that another key opened, the time runs already."""
    global _depth
    _depth += 1
    began = time.perf_counter()
    try:
        yield
    finally:
        _depth -= 1
    took = 0.0 if _depth else time.perf_counter() - began
    for tally in _tallies:
        tally.letters += letters
        tally.steps += steps
        tally.seconds += took


def window(
    qtbot: QtBot, desk: Desk, size: tuple[int, int] = (1366, 768), specs: Sequence[PageSpec] = PAGES
) -> MainWindow:
    """The window with the pages of the program, shown, at home. Its worker ends with the test."""
    context = Context(desk, Jobs(desk.other), Undo(desk))
    made = MainWindow(context, specs, office=lambda: ("រដ្ឋបាលខេត្តកណ្តាល",))
    made.resize(*size)

    def end(_window: QWidget) -> None:
        made.close()  # first, as in the program: what is half typed is kept in a desk that is still open
        context.jobs.close()
        with suppress(RuntimeError):
            desk.close()

    qtbot.addWidget(made, before_close_func=end)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.start()
    QApplication.processEvents()
    return made


def target() -> QWidget:
    """Where a key goes now: the open list or menu, or what has the focus."""
    popup = QApplication.activePopupWidget()
    found = (popup.focusWidget() or popup) if popup is not None else QApplication.focusWidget()
    assert found is not None, "nothing has the focus"
    return found


def press(*keys: Qt.Key | str, times: int = 1) -> None:
    """Press keys one after the other: a `Qt.Key`, or a shortcut such as "Ctrl+N"."""
    for _turn in range(times):
        for key in keys:
            with _noted(steps=1):
                if isinstance(key, str):
                    QTest.keySequence(target(), key)
                else:
                    QTest.keyClick(target(), key)
                QApplication.processEvents()


def write(text: str) -> None:
    """Type `text` as a keyboard with a Khmer layout does: one key event for each letter."""
    with _noted(letters=len(text)):
        for letter in text:
            where = target()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(where, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        QApplication.processEvents()


def settle(qtbot: QtBot, made: MainWindow, also: Callable[[], bool] = lambda: True) -> None:
    """Wait until the worker has nothing left and `also` holds."""
    qtbot.waitUntil(lambda: not made.context.jobs.is_busy() and also(), timeout=20_000)
    QApplication.processEvents()


def come_to_front(qtbot: QtBot, widget: QWidget | None) -> None:
    """What a window manager does by itself; there is none here, and the last window goes a moment later."""
    assert widget is not None

    def is_there() -> bool:
        QApplication.processEvents()
        if not widget.isActiveWindow():
            widget.activateWindow()
            return False
        return QApplication.focusWidget() is not None

    qtbot.waitUntil(is_there, timeout=10_000)


def read(widget: QWidget) -> str:
    """What stands on it, a label a line."""
    QApplication.processEvents()  # what was just added is shown by the next turn of the loop
    labels = [label for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return "\n".join(label.plain() if isinstance(label, Text) else label.text() for label in labels)
