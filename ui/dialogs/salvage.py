"""What can be read of a damaged desk is saved into a new one, and what came along and what is lost is said.

`made` is the new desk, once it was saved and the person wants to go on with it.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.tasks import salvaging
from cpdesk.tasks.salvaging import Outcome
from ui import messages, theme, tokens
from ui.dialogs.base import Dialog
from ui.dialogs.password_field import PasswordField
from ui.jobs import Jobs, Progress
from ui.widgets.job_row import JobRow, uncounted
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import column, scrolling
from ui.widgets.text import Text

WIDTH, ROOM = 640, 300


class SalvageDialog(Dialog):
    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Save what can be read"), name="salvage", icon="file-search")
        self.made: Path | None = None
        self._path, self._target = path, salvaging.free_name(path)
        self._outcome: Outcome | None = None
        self._jobs = Jobs(None, self)
        self.setMinimumWidth(min(theme.scaled(WIDTH), self.screen().availableGeometry().width() - 40))
        self.setMaximumWidth(theme.scaled(WIDTH))
        how = _("The damaged file is only read. What can be read of it goes into a new desk beside it.")
        beside = _(
            "A backup is complete up to its day; this may hold what was written since. You can do both and compare."
        )
        name = _("The new desk: {file}").format(file=self._target.name)
        self._intro = [Text(how), Text(beside, "muted"), Text(name, "strong", selectable=True)]
        for words in self._intro:
            self.body.addWidget(words)
        self.password: PasswordField | None = None
        if salvaging.wants_password(path):
            self.password = PasswordField("salvage_password", _("Password or recovery code"))
            self.password.entered.connect(self.save)
            self._intro.append(Text(_("Password or recovery code"), "label"))
            self.body.addWidget(self._intro[-1])
            self.body.addWidget(self.password)
            self.password.line.setFocus()
        self.row = JobRow("salvage_job")
        self.body.addWidget(self.row)
        self._leave = self.add_button(_("Leave it as it is"), self.reject, name="salvage_no")
        self.yes = self.add_button(_("Save what can be read"), self.save, kind="primary", name="salvage_yes")
        self.finished.connect(lambda _how: self._jobs.close())

    def save(self) -> None:
        if self.row.is_busy() or self._outcome is not None:
            return
        path, target = self._path, self._target
        password = self.password.text() if self.password is not None else None

        def work(_desk: object, progress: Progress) -> Outcome:
            return salvaging.salvaged(path, target, progress, password)

        def failed(error: BaseException) -> None:
            if isValid(self):
                self.yes.setEnabled(True)
                messages.show(self, error)

        self.yes.setEnabled(False)
        job = self._jobs.run(work, done=self._show, failed=failed)
        self.row.follow(job, _("Reading what can be read…"), uncounted)
        job.cancelled.connect(lambda: self.yes.setEnabled(True))

    def _show(self, outcome: Outcome) -> None:
        """What came of it, in place of what was asked."""
        if not isValid(self):
            return
        self._outcome = outcome
        for widget in (*self._intro, self.row, self.password):
            if widget is not None:
                widget.hide()
        self.heading.setText(_("What could be read is saved"))
        self.body.addWidget(InlineMessage(outcome.came, "good", name="salvage_came"))
        inner = QWidget()
        box = column(inner, spacing=tokens.S)
        for sentence in outcome.lost:
            box.addWidget(Text(sentence, selectable=True))
        for title, names in ((_("Incomplete records"), outcome.incomplete), (_("Lost attached files"), outcome.files)):
            if names:
                box.addWidget(Text(title, "label"))
                box.addWidget(Text("\n".join(names), "small", selectable=True))
        box.addStretch(1)
        area = scrolling(inner, "salvage_lost")
        area.setMinimumHeight(min(theme.scaled(ROOM), self.screen().availableGeometry().height() // 3))
        self.body.addWidget(area, 1)
        self.let_body_grow()
        self._leave.hide()
        self.yes.hide()
        self.add_button(_("Write this down…"), self._write, name="salvage_report", icon="file-text")
        self.add_button(_("Open the new desk"), self._open, kind="primary", name="salvage_open").setFocus()

    def _write(self) -> None:
        assert self._outcome is not None
        proposed = self._target.with_suffix(".txt")
        name, _filter = QFileDialog.getSaveFileName(self, _("Write this down…"), str(proposed), _("Text files (*.txt)"))
        if name:
            try:
                salvaging.write_report(self._outcome, Path(name))
            except UserError as error:
                messages.show(self, error)

    def _open(self) -> None:
        self.made = self._target
        self.accept()


def salvaged(parent: QWidget | None, path: Path) -> Path | None:
    """A desk made of what can be read of the one at `path`; None where the person left it."""
    dialog = SalvageDialog(path, parent)
    made = dialog.made if dialog.exec() else None
    dialog.deleteLater()
    return made
