"""Somebody who types in the view of a running meeting without a pause, in a process of its own, until it is killed.

`python -m tests.ui.typist DESK MEETING` tells after each letter how many there are.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from cpdesk.tasks.desk import open_desk
from cpdesk.tasks.undo import Undo
from tests.ui.hands import press, write
from ui.app import application
from ui.context import Context
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.pages import PAGES

WORDS = "អង្គប្រជុំបានឯកភាពលើការប្រមូលទិន្នន័យកុមារងាយរងគ្រោះតាមឃុំសង្កាត់ជារៀងរាល់ត្រីមាស "
LETTERS_A_SECOND = 40
SPEAKER = "ពិសិដ្ឋ"


def text(letters: int) -> str:
    """What stands there after so many letters."""
    return (WORDS * (letters // len(WORDS) + 1))[:letters]


def main(desk_path: Path, meeting: str) -> None:
    app = application()
    desk = open_desk(desk_path)
    context = Context(desk, Jobs(desk.other), Undo(desk))
    window = MainWindow(context, PAGES)
    window.resize(1024, 600)
    window.show()
    window.activateWindow()
    while not window.isActiveWindow():
        QApplication.processEvents()
    window.start()
    context.go("live", meeting)
    press("F5", "F8", "F6")
    write(SPEAKER)
    press("Return")
    typed = 0

    def type_on() -> None:
        nonlocal typed
        write(text(typed + 1)[-1])
        typed += 1
        print(typed, flush=True)

    timer = QTimer()
    timer.timeout.connect(type_on)
    timer.start(1000 // LETTERS_A_SECOND)
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
