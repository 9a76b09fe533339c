"""The code of a paper receipt, typed in and compared with the log of this desk."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.tasks import log_codes
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.widgets.editors.line import Line
from ui.widgets.notices import InlineMessage


class LogCodeDialog(Dialog):
    """Stays open, so that the next receipt can be typed."""

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(parent, _("Compare a receipt with the log"), name="log_code", icon="file-search")
        self._context = context
        self.say(
            _(
                "The receipt that the office above gave for a package bears a code of 20 digits. It says how far that"
                " office held the log of this desk, and what stood in it."
            )
        )
        self.line = Line()
        self.line.setObjectName("log_code_line")
        self.line.setAccessibleName(_("Code on the receipt"))
        self.line.setPlaceholderText("00000 00000 00000 00000")
        self.body.addWidget(self.line)
        self.outcome = InlineMessage(name="log_code_outcome", parent=self)
        self.outcome.say("")
        self.body.addWidget(self.outcome)
        self.tall = 300
        self.add_button(_("Close"), self.reject, name="log_code_close")
        self.add_button(_("Compare"), self.compare, kind="primary", name="log_code_compare")
        self.line.setFocus()

    def compare(self) -> None:
        """Look for it in the log, and say what was found."""
        try:
            found = log_codes.match(self._context.desk, self.line.text())
        except UserError as why:
            self.outcome.say(str(why), "warning")
            return
        self.outcome.say(log_codes.told(found), "good" if found.holds else "bad")
