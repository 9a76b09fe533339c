"""The foot of the window: what was saved when, what is under way, and the language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from cpdesk.i18n import _, language
from ui import theme, tokens
from ui.jobs import Job
from ui.widgets.buttons import Button
from ui.widgets.job_row import JobRow, uncounted
from ui.widgets.surfaces import row
from ui.widgets.text import ElidedText, Text

BAR_WIDTH = 140
GAP = 22
GIVE_WAY = ("received", "sent", "backup")  # on a narrow window, in this order: each is told on a page too
LANGUAGES = (("km", "ខ្មែរ"), ("en", "English"))


class StatusLine(QFrame):
    """Named notes from left to right in the order they were first set.

    `language_wanted(lang)` when one is pressed.
    """

    language_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setProperty("role", "status")
        self.setMinimumHeight(max(tokens.STATUS_HEIGHT, theme.scaled(24) + 6))
        box = row(self, spacing=tokens.S)
        box.setContentsMargins(tokens.XL, 0, tokens.XL, 0)
        self._notes: dict[str, ElidedText | Button] = {}
        self._left = row(spacing=GAP)
        box.addLayout(self._left)
        box.addStretch(1)
        self._job = JobRow("job", bar_width=BAR_WIDTH)
        box.addWidget(self._job)
        for number, (lang, word) in enumerate(LANGUAGES):
            if number:
                box.addWidget(Text("·", "small", wrap=False))
            if lang == language():
                box.addWidget(Text(word, "small", wrap=False, name=f"language_{lang}"))
                continue
            button = Button(word, kind="link", name=f"language_{lang}", run=partial(self.language_wanted.emit, lang))
            button.setAccessibleName(_("Language: {name}").format(name=word))
            box.addWidget(button)

    def note(self, name: str, text: str, run: Callable[[], object] | None = None) -> None:
        """Say `text` in the slot `name`, to be pressed where it has a `run`; an empty text clears it."""
        if name not in self._notes:
            if not text:
                return
            made: ElidedText | Button = ElidedText("", "small", name=f"note_{name}")
            if run is not None:
                made = Button("", kind="link", name=f"note_{name}", run=run)
            self._notes[name] = made
            self._left.addWidget(made)
        label = self._notes[name]
        (label.set_text if isinstance(label, Button) else label.setText)(text)
        self._fit()

    def _fit(self) -> None:
        """Show what has room as a whole."""
        wanted = {name: label for name, label in self._notes.items() if label.text()}
        box = self.layout()
        room = self.width() - (box.sizeHint().width() - self._left.sizeHint().width() if box is not None else 0)
        taken = sum(label.sizeHint().width() + GAP for label in wanted.values())
        for name in GIVE_WAY:
            if taken > room and name in wanted:
                taken -= wanted.pop(name).sizeHint().width() + GAP
        for name, label in self._notes.items():
            label.setVisible(name in wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def notes(self) -> dict[str, str]:
        return {name: label.text() for name, label in self._notes.items() if label.text()}

    def follow(self, job: Job) -> None:
        """Show how far `job` is, with a way to cancel it; jobs without a title are too short to show."""
        if job.title:
            self._job.follow(job, job.title, uncounted)
            job.finished.connect(self._fit)  # its row is gone by then
            self._fit()
