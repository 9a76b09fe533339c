"""What is under way, in a row of the window that waits for it: a word, how far, and a way to stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from cpdesk.i18n import _
from ui import tokens
from ui.jobs import Job
from ui.widgets.buttons import Button
from ui.widgets.surfaces import row
from ui.widgets.text import ElidedText


class JobRow(QWidget):
    """Hidden but while a job is followed."""

    def __init__(self, name: str = "job_row") -> None:
        super().__init__()
        self.setObjectName(name)
        self._job: Job | None = None
        box = row(self, spacing=tokens.M)
        self._words = ElidedText("", "small", name=f"{name}_words")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        self.cancel = Button(_("Cancel"), kind="link", name=f"{name}_cancel", run=self._cancel)
        box.addWidget(self._words, 1)
        box.addWidget(self._bar, 2)
        box.addWidget(self.cancel)
        self.hide()

    def follow(self, job: Job, words: str) -> None:
        """Show how far `job` is until it ends."""
        self._job = job
        self.say(words)
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
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _finished(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.hide()

    def _cancel(self) -> None:
        if self._job is not None:
            self.cancel.setEnabled(False)
            self._job.cancel()
