"""Whether the desk is locked, who may open it and do what, and what helps when a password is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cpdesk import settings
from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.records import kind
from cpdesk.settings import LOCK_MINUTES
from cpdesk.tasks import keys, officers
from ui import messages, tokens
from ui.context import Context
from ui.pages.settings_parts.rows import SettingCard, SettingRow
from ui.rights import forbid
from ui.widgets.buttons import Button, Segments
from ui.widgets.flow import FlowLayout
from ui.widgets.guards import focus_kept
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Chip, Divider, clear_out, column, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks.officers import Officer


class OfficersCard(SettingCard):
    """Only keepers press the buttons about others; who else looks reads why not."""

    def __init__(self, context: Context) -> None:
        super().__init__("officers", _("Passwords"))
        self.context = context
        self.stands = InlineMessage("", "neutral", name="settings_locked")
        self.add(self.stands)
        self.add_row(self._own_row())
        self.add_row(self._idle_row())
        self.people = self._people_row()
        self.add_row(self.people)
        self.add_row(self._help_row())

    def _own_row(self) -> SettingRow:
        self.first_password = Button(
            _("Lock it with a password…"), icon="lock", name="settings_first_password", run=self._first
        )
        self.own = Button(_("Change my password…"), icon="lock", name="settings_own_password", run=self._own)
        self.open = Button(_("Leave it open…"), kind="link", name="settings_leave_open", run=self._leave_open)
        self.first = self.first_password
        words = _("Four words are offered; Khmer or Latin, in whatever order the vowels are typed.")
        return SettingRow("password", _("Your password"), words, self.first_password, self.own, self.open)

    def _idle_row(self) -> SettingRow:
        options = [(str(n), _minutes(n)) for n in LOCK_MINUTES]
        self.idle = Segments(options, name="settings_idle")
        self.idle.set_current(str(settings.load().lock_minutes))
        self.idle.chosen.connect(lambda minutes: settings.change(lock_minutes=int(minutes)))
        words = _("So long nobody touched keys or mouse; after sleep it is locked in any case, and by Ctrl+L at once.")
        return SettingRow("idle", _("Lock by itself after"), words, self.idle)

    def _people_row(self) -> QWidget:
        holder = QWidget()
        holder.setObjectName("setting_people")
        box = column(holder, spacing=tokens.S)
        box.addWidget(Text(_("Officers of this desk"), "strong"))
        words = _("Each has a name, a password and roles. Who wrote a plan never approves it, whatever the roles.")
        box.addWidget(Text(words, "small"))
        self._list = column(spacing=tokens.S)
        box.addLayout(self._list)
        self.enter = Button(_("One more officer…"), icon="user-plus", name="settings_add_officer", run=self._add)
        box.addWidget(self.enter)
        return holder

    def _help_row(self) -> SettingRow:
        self.code = Button(_("New recovery code…"), icon="printer", name="settings_new_code", run=self._new_code)
        words = _(
            "It opens the desk when a password is forgotten. One is valid at a time; keep it on paper in a drawer."
        )
        line = SettingRow("recovery", _("When a password is forgotten"), words, self.code)
        self.helps = Text("", "small", name="settings_helps")
        line.add_under(self.helps)
        return line

    # how it stands

    def refresh(self) -> None:
        desk = self.context.desk
        locked = desk.who is not None
        try:
            state = keys.state(desk.path)
        except UserError:  # the stick with the desk is out: what else is asked of it says so
            return
        if locked:
            said = _("This desk is locked: it opens with a password only, and so do its backups.")
            self.stands.say(said, "good")
        else:
            said = _("This desk is open: whoever can use your account on this computer can read it.")
            self.stands.say(said, "warning")
        self.first_password.setVisible(not locked)
        self.own.setVisible(locked)
        everybody = officers.officers(desk)
        self.open.setVisible(locked and sum(not one.left for one in everybody) == 1)
        self.first = self.own if locked else self.first_password
        self.people.setVisible(locked)
        reason = self.context.why_not("keys")
        for button in (self.enter, self.code, self.open):
            forbid(button, reason)
        code = _("A recovery code is valid.") if state.code else _("There is no recovery code yet.")
        office = (
            _("The office above can help too.")
            if state.office
            else _("The office above can help once its card was taken, under “Send and receive”.")
        )
        self.helps.setText(f"{code} {office}")
        with focus_kept(self, self.enter.setFocus):
            clear_out(self._list)
            for officer in everybody if locked else ():
                self._list.addWidget(self._row(officer, reason))
                self._list.addWidget(Divider())

    def _row(self, officer: Officer, reason: str) -> QWidget:
        holder = QWidget()
        holder.setObjectName(f"officer_{officer.id}")
        whole = column(holder, spacing=tokens.XS)
        head = row(spacing=tokens.S)
        head.addWidget(Text(officer.name, "muted" if officer.left else "strong"), 1)
        if officer.is_me:
            head.addWidget(Chip(_("You"), "accent"))
        if officer.left:
            head.addWidget(Chip(_("Has left"), "neutral"))
        elif not officer.has_password:
            head.addWidget(Chip(_("No password"), "warning"))
        whole.addLayout(head)
        roles = ", ".join(kind("officer").field(role).label for role in officer.roles)
        whole.addWidget(Text(roles, "small"))
        ways = FlowLayout()
        for name, word, run in self._ways(officer):
            button = Button(word, kind="link", name=f"{name}_{officer.id}", run=run)
            button.setAccessibleName(f"{officer.name}: {word}")
            forbid(button, reason)
            ways.addWidget(button)
        whole.addLayout(ways)
        return holder

    def _ways(self, officer: Officer) -> list[tuple[str, str, Callable[[], object]]]:
        if officer.left:
            return [("back", _("Works here again…"), lambda: self._password(officer, comes_back=True))]
        found: list[tuple[str, str, Callable[[], object]]] = [
            ("change", _("Name and roles…"), lambda: self._change(officer)),
        ]
        if not officer.is_me:
            found.append(("password", _("New password…"), lambda: self._password(officer)))
            found.append(("leave", _("Has left…"), lambda: self._leave(officer)))
        return found

    # what one does

    def _first(self) -> None:
        from ui.dialogs.password import FirstPassword

        FirstPassword(self.context, self.window()).open()

    def _own(self) -> None:
        from ui.dialogs.password import OwnPassword

        OwnPassword(self.context, self.window()).open()

    def _leave_open(self) -> None:
        from ui.dialogs.password import LeaveOpen

        LeaveOpen(self.context, self.window()).open()

    def _new_code(self) -> None:
        from ui.dialogs.password import ask_new_code

        ask_new_code(self.context, self.window())

    def _add(self) -> None:
        from ui.dialogs.officers import OfficerDialog

        OfficerDialog(self.context, None, self.window()).open()

    def _change(self, officer: Officer) -> None:
        from ui.dialogs.officers import OfficerDialog

        OfficerDialog(self.context, officer, self.window()).open()

    def _password(self, officer: Officer, *, comes_back: bool = False) -> None:
        from ui.dialogs.officers import NewPassword

        NewPassword(self.context, officer, self.window(), comes_back=comes_back).open()

    def _leave(self, officer: Officer) -> None:
        from ui.dialogs.officers import changed

        question = _("Has {name} left?").format(name=officer.name)
        detail = _("Their password opens nothing any more. What they wrote stays, with their name.")
        if messages.ask(self.window(), question, detail, yes=_("{name} has left").format(name=officer.name)):
            with messages.shown(self.window()):
                officers.leave(self.context.desk, officer.id)
                changed(self.context)


def _minutes(count: int) -> str:
    return ngettext("{count} minute", "{count} minutes", count).format(count=digits.count(count))
