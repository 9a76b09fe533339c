"""What is under way of several files or papers, and what came of it: how far, what was said, which files lie where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from ui import tokens
from ui.widgets.buttons import Button
from ui.widgets.job_row import JobRow
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import column, row, scrolling
from ui.widgets.text import Text


class BatchOutcome(QWidget):
    """`row` follows the work; `tell` says how it ended, with the names of the files that were written."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._folder: Path | None = None
        self.row = JobRow(f"{name}_job")
        self.said = InlineMessage("", "good", name=f"{name}_said")
        self.names = Text("", "small", name=f"{name}_names", selectable=True)
        self.open = Button(_("Open the folder"), kind="link", icon="folder-open", name=f"{name}_open", run=self._open)
        inside = QWidget()
        listed = column(inside)
        listed.addWidget(self.names)
        listed.addStretch(1)
        opener = row()
        opener.addWidget(self.open)
        opener.addStretch(1)
        box = column(self, spacing=tokens.M)
        box.addWidget(self.row)
        box.addWidget(self.said)
        box.addLayout(opener)
        box.addWidget(scrolling(inside, f"{name}_list"), 1)
        self.clear()

    def clear(self) -> None:
        """Nothing is said yet."""
        self.tell("", "good")

    def tell(self, words: str, tone: str, files: Sequence[Path] = ()) -> None:
        self.said.say(words, tone)
        self.names.setText("\n".join(file.name for file in files))
        self._folder = files[0].parent if files else None
        self.open.setVisible(bool(files))

    def _open(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
