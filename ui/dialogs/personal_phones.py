"""Phone numbers on paper: what for has to be said first, and stands on the paper."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.dialogs.preview import Paper, show_preview
from ui.widgets.editors.line import Line
from ui.widgets.text import Text


class PhonePurpose(Dialog):
    """Asks for one line, and goes on to the preview of `paper` with the numbers whole."""

    def __init__(self, context: Context, paper: Paper, parent: QWidget | None) -> None:
        super().__init__(parent, _("Print with phone numbers"), name="phone_purpose", icon="printer")
        self.context, self.paper = context, paper
        self.say(
            _("Phone numbers are given out only for a purpose. It is printed on the paper, and holds whoever gets it.")
        )
        words = _("What are the numbers for?")
        self.body.addWidget(Text(words, "label"))
        self.purpose = Line()
        self.purpose.setObjectName("phone_purpose_line")
        self.purpose.setAccessibleName(words)
        self.purpose.setPlaceholderText(_("For example: to invite to the meeting of 15 January"))
        self.body.addWidget(self.purpose)
        self.add_button(_("Cancel"), self.reject, name="phone_purpose_no")
        self.yes = self.add_button(_("Preview"), self.go_on, kind="primary", name="phone_purpose_yes")
        self.yes.setEnabled(False)
        self.purpose.textChanged.connect(lambda text: self.yes.setEnabled(bool(text.strip())))
        self.purpose.setFocus()

    def go_on(self) -> None:
        """The paper, which may still be looked at before it is kept or printed."""
        choices = replace(self.paper.choices, phones=self.purpose.text().strip())
        above = self.parentWidget()
        self.accept()
        show_preview(self.context, replace(self.paper, choices=choices), above)
