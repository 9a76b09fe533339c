"""Who works on the desk, and what keeps others out of it; and the recovery code, once the desk is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cpdesk.i18n import _
from cpdesk.khmer.breaks import without_zwsp
from ui import tokens
from ui.dialogs.first_steps import Step
from ui.dialogs.password_choice import NONE, PasswordChoice
from ui.dialogs.recovery_code import RecoveryCode
from ui.widgets.editors.line import Line
from ui.widgets.surfaces import column
from ui.widgets.text import Text


class OfficerStep(Step):
    """The name that stands beside each change, and the password: four words that are offered, one's own, or none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        box = column(self, spacing=tokens.S)
        box.addWidget(Text(_("Your name"), "label"))
        self.line = Line()
        self.line.setObjectName("first_officer")
        self.line.setAccessibleName(_("Your name"))
        self.line.setPlaceholderText(_("Such as សុខ សុភា"))
        self.line.setText(name)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        box.addWidget(self.line)
        box.addWidget(Text(_("It stands beside each change that you make, so that others know whom to ask."), "small"))
        box.addSpacing(tokens.S)
        box.addWidget(Text(_("Your password"), "label"))
        self.choice = PasswordChoice("first_password", self.name, none=True)
        self.choice.changed.connect(self.changed.emit)
        box.addWidget(self.choice)
        box.addStretch(1)

    def title(self) -> str:
        return _("Your name and password")

    def name(self) -> str:
        return " ".join(without_zwsp(self.line.text()).split())

    def problem(self) -> str:
        return self.choice.problem() if self.name() else _("Type the name that shall stand beside each change.")

    def begin(self) -> None:
        if self.name():
            self.choice.begin()
        else:
            self.line.setFocus()

    def has_password(self) -> bool:
        return self.choice.way() != NONE


class CodeStep(Step):
    """The recovery code of the desk that was just made. Only who has noted it goes on."""

    def __init__(self, code: str, path: Path, office: Callable[[], str]) -> None:
        super().__init__()
        self.shown = RecoveryCode(code, path, office)
        self.shown.confirmed.connect(lambda _on: self.changed.emit())
        column(self).addWidget(self.shown)

    def title(self) -> str:
        return _("Your recovery code")

    def problem(self) -> str:
        if self.shown.is_confirmed():
            return ""
        return _("First print the code or write it down, and tick that you did.")

    def begin(self) -> None:
        self.shown.begin()
