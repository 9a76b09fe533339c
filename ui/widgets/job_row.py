"""What is under way, in a row of the window that waits for it or at its foot: a word, how far, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from ui import tokens
from ui.jobs import Job
from ui.widgets.buttons import Button
from ui.widgets.surfaces import row
from ui.widgets.text import ElidedText, Text

Count = Callable[[int, int], str]


def one_of(done: int, total: int) -> str:
    """Which of how many is being done, `done` being those that are."""
    return _("{at} of {count}").format(at=digits.count(min(done + 1, total)), count=digits.count(total))


def uncounted(_done: int, _total: int) -> str:
    """Only the bar tells how far."""
    return ""


class JobRow(QWidget):
    """Hidden but while a job is followed. `bar_width` in pixels; without it the bar takes the room that there is."""

    def __init__(self, name: str = "job_row", *, bar_width: int = 0) -> None:
        super().__init__()
        self.setObjectName(name)
        self._job: Job | None = None
        self._say_count: Count = one_of
        box = row(self, spacing=tokens.S if bar_width else tokens.M)
        self._words = ElidedText("", "small", name=f"{name}_words")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        if bar_width:
            self._bar.setFixedWidth(bar_width)
        self.count = Text("", "small", wrap=False, name=f"{name}_count")
        self.cancel = Button(_("Cancel"), kind="link", name=f"{name}_cancel", run=self._cancel)
        box.addWidget(self._words, 1)
        box.addWidget(self._bar, 0 if bar_width else 2, Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(self.count)
        box.addWidget(self.cancel)
        self.hide()

    def follow(self, job: Job, words: str, count: Count = one_of) -> None:
        """Show how far `job` is until it ends; `count` says it where there is more than one thing to do."""
        self._job = job
        self._say_count = count
        self.say(words)
        self.count.setText("")
        self.count.setVisible(count is not uncounted)
        self._bar.setRange(0, 0)
        job.progress.connect(self._progress)
        job.finished.connect(self._finished)
        self.cancel.setEnabled(True)
        self.show()

    def say(self, words: str) -> None:
        """What is being done now."""
        self._words.setText(words)
        self._bar.setAccessibleDescription(words)

    def is_busy(self) -> bool:
        return self._job is not None

    def _progress(self, done: int, total: int) -> None:
        if self.sender() is not self._job:
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.count.setText(self._say_count(done, total) if total > 1 else "")

    def _finished(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.hide()

    def _cancel(self) -> None:
        if self._job is not None:
            self.cancel.setEnabled(False)
            self._job.cancel()
