"""On the desk of the office above: help a lower one whose passwords are forgotten, by a file and a code on the phone.

Neither opens anything without the other, so the file may lie on any stick.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.tasks import helping
from ui import messages
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.dialogs.recovery_code import code_tile
from ui.drives import removable
from ui.pages.exchange_words import office_name
from ui.widgets.buttons import Button
from ui.widgets.notices import InlineMessage
from ui.widgets.text import Text


class HelpDistrict(Dialog):
    """Choose the request, see whose it is, write the answer, read the code out."""

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(parent, _("Open a lower office's lock"), name="help_district", icon="lock")
        self.context = context
        self._request: Path | None = None
        words = _(
            "A lower office that forgot its passwords brings its request, or one of its backups, on a stick. Call it "
            "before you answer: you give it the way into its desk."
        )
        self.say(words)
        self.choose = Button(_("Choose the request…"), icon="folder-open", name="help_choose", run=self._choose)
        self.body.addWidget(self.choose)
        self.whose = InlineMessage("", "neutral", name="help_whose")
        self.body.addWidget(self.whose)
        self.told = Text("", name="help_told")
        self.told.hide()
        self.body.addWidget(self.told)
        self.add_button(_("Close"), self.reject, name="help_no")
        self.yes = self.add_button(_("Write the answer…"), self._save, kind="primary", name="help_yes")
        self.yes.setEnabled(False)

    def _choose(self) -> None:
        sticks = removable()
        start = str(sticks[0].path if sticks else Path.home())
        kinds = ";;".join((_("Requests and backups (*.cplock *.cpbackup)"), _("All files (*)")))
        name, _filter = QFileDialog.getOpenFileName(self, _("Choose the request"), start, kinds)
        if name:
            self.look(Path(name))

    def look(self, request: Path) -> None:
        """Whose lock that file carries."""
        try:
            office = helping.whose(self.context.desk, request)
        except UserError as error:
            self._request = None
            self.yes.setEnabled(False)
            self.whose.say(str(error), "bad")
            return
        self._request = request
        self.whose.say(_("This is the lock of {office}.").format(office=office_name(office)), "accent")
        self.yes.setEnabled(True)
        self.yes.setFocus()

    def _save(self) -> None:
        if self._request is None:
            return
        start = self._request.with_name(f"{self._request.stem}-answer.cplock")
        name, _filter = QFileDialog.getSaveFileName(self, _("Where shall the answer lie?"), str(start), "*.cplock")
        if name:
            self.answer(Path(name))

    def answer(self, target: Path) -> None:
        """Write the answer, and show the code that belongs to it."""
        if self._request is None:
            return
        with messages.shown(self):
            code = helping.answer(self.context.desk, self._request, target)
            self.choose.hide()
            self.yes.hide()
            self.whose.say(_("The answer lies in “{file}”. Give it to the office.").format(file=target.name), "good")
            words = _("Read this code to the office on the phone. It is shown only now, and is used up by one use.")
            self.told.setText(words)
            self.told.show()
            self.body.addWidget(code_tile(code, "help_code"))
            self.adjustSize()
