"""Hands for the tests: a window over a desk, and keys that go where a keyboard's keys would go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

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
            if isinstance(key, str):
                QTest.keySequence(target(), key)
            else:
                QTest.keyClick(target(), key)
            QApplication.processEvents()


def write(text: str) -> None:
    """Type `text` as a keyboard with a Khmer layout does: one key event for each letter."""
    for letter in text:
        where = target()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(where, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    QApplication.processEvents()


def settle(qtbot: QtBot, made: MainWindow, also: Callable[[], bool] = lambda: True) -> None:
    """Wait until the worker has nothing left and `also` holds."""
    qtbot.waitUntil(lambda: not made.context.jobs.is_busy() and also(), timeout=20_000)
    QApplication.processEvents()


def read(widget: QWidget) -> str:
    """What stands on it, a label a line."""
    QApplication.processEvents()  # what was just added is shown by the next turn of the loop
    labels = [label for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return "\n".join(label.plain() if isinstance(label, Text) else label.text() for label in labels)
