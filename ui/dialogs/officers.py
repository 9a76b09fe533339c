"""Officers of the desk: one more, another name or other roles, a new password for who forgot theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from cpdesk.i18n import _
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.records import kind
from cpdesk.records.officers import ROLES
from ui import tokens
from ui.dialogs.password import SecretDialog
from ui.dialogs.password_choice import PasswordChoice
from ui.widgets.editors.line import Line
from ui.widgets.text import Text, literal

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from cpdesk.tasks.officers import Officer
    from ui.context import Context

USUAL = ("officer",)  # of somebody who is entered


class Roles(QWidget):
    """A tick for each role, and what it lets somebody do."""

    def __init__(self, chosen: Sequence[str], changed: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("roles")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.M)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self.ticks: dict[str, QCheckBox] = {}
        for at, name in enumerate(ROLES):
            field = kind("officer").field(name)
            tick = QCheckBox(literal(field.label))
            tick.setObjectName(f"role_{name}")
            tick.setAccessibleName(field.label)
            tick.setAccessibleDescription(field.help)
            tick.setChecked(name in chosen)
            tick.toggled.connect(lambda _on: changed())
            grid.addWidget(tick, at, 0)
            grid.addWidget(Text(field.help, "small"), at, 1)
            self.ticks[name] = tick

    def chosen(self) -> tuple[str, ...]:
        return tuple(name for name, tick in self.ticks.items() if tick.isChecked())


class OfficerDialog(SecretDialog):
    """`officer` is who is changed; None: one more, with a first password."""

    def __init__(self, context: Context, officer: Officer | None, parent: QWidget | None) -> None:
        title = _("One more officer") if officer is None else _("Name and roles")
        word = _("Enter this officer") if officer is None else _("Save")
        super().__init__(context, title, "officer_dialog", word, parent)
        self.officer = officer
        self.line = Line()
        self.line.setObjectName("officer_name")
        self.line.setAccessibleName(_("Name of the officer"))
        self.line.setText(officer.name if officer is not None else "")
        self.line.textEdited.connect(lambda _text: self.tell(""))
        self.fields.addWidget(Text(_("Name of the officer"), "label"))
        self.fields.addWidget(self.line)
        self.fields.addSpacing(tokens.S)
        self.fields.addWidget(Text(_("Roles"), "label"))
        self.roles = Roles(officer.roles if officer is not None else USUAL, lambda: self.tell(""))
        self.fields.addWidget(self.roles)
        self.choice: PasswordChoice | None = None
        if officer is None:
            self.fields.addSpacing(tokens.S)
            self.fields.addWidget(Text(_("First password; they can change it themselves"), "label"))
            self.choice = self.choose("officer_secret", self.name)
        self.line.setFocus()

    def name(self) -> str:
        return " ".join(without_zwsp(self.line.text()).split())

    def problem(self) -> str:
        if not self.name():
            return _("Type the name that shall stand beside each change.")
        if not self.roles.chosen():
            return _("Choose at least one role.")
        return self.choice.problem() if self.choice is not None else ""

    def work(self) -> Callable[[Desk], object]:
        from cpdesk.tasks import officers

        name, roles = self.name(), self.roles.chosen()
        if self.officer is not None:
            id_ = self.officer.id
            return lambda desk: officers.change(desk, id_, name=name, roles=roles)
        password = self.choice.password() if self.choice is not None else ""
        return lambda desk: officers.add(desk, name, roles, password)

    def then(self, _result: object) -> None:
        changed(self.context)


class NewPassword(SecretDialog):
    """For an officer who forgot theirs, or who `comes_back`."""

    def __init__(self, context: Context, officer: Officer, parent: QWidget | None, *, comes_back: bool = False) -> None:
        title = _("A new password for {name}").format(name=officer.name)
        super().__init__(context, title, "officer_password", _("Set this password"), parent)
        self._officer, self._comes_back = officer, comes_back
        self.fields.addWidget(Text(_("Tell it to nobody else. They can change it themselves under “Settings”.")))
        self.fields.addSpacing(tokens.S)
        self.choice = self.choose("officer_secret", lambda: officer.name)
        self.choice.begin()

    def problem(self) -> str:
        return self.choice.problem()

    def work(self) -> Callable[[Desk], object]:
        from cpdesk.tasks import officers

        password, id_ = self.choice.password(), self._officer.id
        act = officers.come_back if self._comes_back else officers.reset
        return lambda desk: act(desk, id_, password)

    def then(self, _result: object) -> None:
        changed(self.context)
        self.context.say(_("{name} has a new password.").format(name=self._officer.name))


def changed(context: Context) -> None:
    """The officers are others now: so may be the name and the roles of who has the desk open."""
    from cpdesk.tasks import officers

    if context.desk.who is not None:
        officers.enter(context.desk, context.desk.who)
    context.touched("officer")
