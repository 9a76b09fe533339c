"""Where nothing can be shown yet, because the desk itself is being made ready: how far it is, and a way to stop it.

The desk is opened in the window's own thread, to which its connection belongs; the work tells now and then how far it
is, and then the window breathes.
"""

from __future__ import annotations

import time

from PySide6.QtWidgets import QApplication, QProgressBar, QWidget

from cpdesk.i18n import _
from cpdesk.tasks import Cancelled
from ui.dialogs.base import Dialog
from ui.widgets.text import Text

UNSEEN = 0.4  # seconds: what is over before is not worth a word
A_BREATH = 0.04


class Waiting:
    """Give its `progress` to a task and `close` it afterwards. A person who stops it raises `Cancelled` in the task."""

    def __init__(self, parent: QWidget | None, title: str, words: str = "") -> None:
        self._parent, self._title, self._words = parent, title, words
        self.dialog: WaitingDialog | None = None
        self._begun = self._breathed = time.monotonic()

    def close(self) -> None:
        """It is over, in whatever way."""
        if self.dialog is not None:
            self.dialog.accept()
            self.dialog.deleteLater()
            self.dialog = None

    def progress(self, done: int, total: int) -> None:
        """Show how far it is, once it is worth it."""
        now = time.monotonic()
        if self.dialog is None:
            if now - self._begun < UNSEEN:
                return
            self.dialog = WaitingDialog(self._parent, self._title, self._words)
            self.dialog.show()
        elif now - self._breathed < A_BREATH:
            return
        self._breathed = now
        self.dialog.bar.setRange(0, total)
        self.dialog.bar.setValue(done)
        QApplication.processEvents()
        if self.dialog.stopped:
            raise Cancelled


class WaitingDialog(Dialog):
    """The bar and the button; Esc stops too. Ends with what is waited for."""

    def __init__(self, parent: QWidget | None, title: str, words: str) -> None:
        super().__init__(parent, title, name="waiting", icon="clock")
        self.stopped = False
        if words:
            self.body.addWidget(Text(words))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.body.addWidget(self.bar)
        self.add_button(_("Cancel"), self.reject, name="waiting_stop")

    def reject(self) -> None:
        """Stopped at the next word on how far it is."""
        self.stopped = True
