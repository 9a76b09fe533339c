"""One's own password: the first one, which locks an open desk, another one, and none again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from cpdesk.errors import UserError
from cpdesk.i18n import _
from ui import theme, tokens
from ui.dialogs.base import Dialog
from ui.dialogs.password_choice import PasswordChoice
from ui.dialogs.password_field import PasswordField
from ui.dialogs.recovery_code import CodeDialog
from ui.widgets.surfaces import column, scrolling
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from ui.context import Context

WIDTH, FRAME = 560, 240  # of the dialog; of what stands over and under what is asked


class SecretDialog(Dialog):
    """Asks for secrets and does its work with them beside the window; `work` gives what `then` is called with. What is
    refused is said, and what was typed stays."""

    def __init__(self, context: Context, title: str, name: str, word: str, parent: QWidget | None) -> None:
        super().__init__(parent, title, name=name, icon="lock")
        self.context = context
        self.setMinimumWidth(WIDTH)
        self.inner = QWidget()
        self.fields = column(self.inner, spacing=tokens.XS)
        self.area = scrolling(self.inner, f"{name}_scroll")
        self.body.addWidget(self.area, 1)
        self.let_body_grow()
        self.said = Text("", "problem", name=f"{name}_problem")
        self.said.hide()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(_("Progress"))
        self.bar.hide()
        self.body.addWidget(self.said)
        self.body.addWidget(self.bar)
        self.no = self.add_button(_("Cancel"), self.reject, name=f"{name}_no")
        self.yes = self.add_button(word, self.take, kind="primary", name=f"{name}_yes")

    def showEvent(self, event: QShowEvent) -> None:
        """As high as what is asked, where the screen is; else it is scrolled."""
        wide = self.width() - 2 * tokens.XL
        wanted = max(self.inner.sizeHint().height(), self.inner.heightForWidth(wide))
        self.area.setMinimumHeight(min(wanted, self.screen().availableGeometry().height() - theme.scaled(FRAME)))
        super().showEvent(event)

    def ask(self, name: str, label: str) -> PasswordField:
        """A field for a password that exists."""
        field = PasswordField(name, label)
        field.edited.connect(lambda: self.tell(""))
        field.entered.connect(self.take)
        self.fields.addWidget(Text(label, "label"))
        self.fields.addWidget(field)
        return field

    def choose(self, name: str, whose: Callable[[], str]) -> PasswordChoice:
        """A new password."""
        choice = PasswordChoice(name, whose)
        choice.changed.connect(lambda: self.tell(""))
        choice.entered.connect(self.take)
        self.fields.addWidget(choice)
        return choice

    def tell(self, problem: str) -> None:
        self.said.setText(problem)
        self.said.setVisible(bool(problem))

    def problem(self) -> str:
        """What is missing."""
        return ""

    def work(self) -> Callable[[Desk], object]:
        """What is to be done with the worker's desk."""
        raise NotImplementedError

    def then(self, _result: object) -> None:
        """It is done."""

    def take(self) -> None:
        if self.bar.isVisible():
            return
        problem = self.problem()
        self.tell(problem)
        if problem:
            return
        work = self.work()

        def done(result: object) -> None:
            self._set_busy(False)
            self.accept()
            self.then(result)

        def failed(error: BaseException) -> None:
            self._set_busy(False)
            if not isinstance(error, UserError):
                raise error
            self.tell(" ".join(part for part in (error.what, error.todo) if part))

        self._set_busy(True)
        self.context.jobs.run(lambda desk, _progress: work(desk), done=done, failed=failed)

    def _set_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        for one in (self.yes, self.no):
            one.setEnabled(not busy)

    def reject(self) -> None:
        if not self.bar.isVisible():
            super().reject()


# --- the first one, another one, none again ---------------------------------------------------------------------------
class FirstPassword(SecretDialog):
    """Locks an open desk; the recovery code follows."""

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(context, _("Lock this desk with a password"), "first_password", _("Lock it"), parent)
        words = _(
            "From now on the desk opens only with your password: nobody else who uses this computer can read it, and "
            "a stolen laptop tells nothing."
        )
        self.fields.addWidget(Text(words))
        self.fields.addSpacing(tokens.S)
        self.choice = self.choose("first_secret", lambda: context.desk.officer)
        self.choice.begin()

    def problem(self) -> str:
        return self.choice.problem()

    def work(self) -> Callable[[Desk], object]:
        from cpdesk.tasks import keys

        password = self.choice.password()
        return lambda desk: keys.set_password(desk, password)

    def then(self, code: object) -> None:
        from cpdesk.tasks import officers

        desk = self.context.desk
        officers.enter(desk, officers.first(desk))
        self.context.touched("officer")
        show_code(self.context, str(code), self.parentWidget())


class OwnPassword(SecretDialog):
    """Another password in place of one's own."""

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(context, _("Change my password"), "own_password", _("Change it"), parent)
        self.old = self.ask("own_old", _("Your present password"))
        self.choice = self.choose("own_new", lambda: context.desk.officer)
        self.old.setFocus()

    def problem(self) -> str:
        return self.choice.problem() if self.old.text().strip() else _("Type your present password.")

    def work(self) -> Callable[[Desk], object]:
        from cpdesk.tasks import keys

        old, password = self.old.text(), self.choice.password()
        return lambda desk: keys.set_password(desk, password, old)

    def then(self, _result: object) -> None:
        self.context.touched("officer")
        self.context.say(_("From now on the desk opens with your new password."))


class LeaveOpen(SecretDialog):
    """No password any more."""

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(
            context, _("Leave the desk open, without a password?"), "leave_open", _("Leave it open"), parent
        )
        words = _(
            "Its key will lie in your account on this computer: whoever can use your account can open the desk. The "
            "recovery code stays valid."
        )
        self.fields.addWidget(Text(words))
        self.fields.addSpacing(tokens.S)
        self.password = self.ask("leave_open_password", _("Your password"))
        self.password.setFocus()

    def problem(self) -> str:
        return "" if self.password.text().strip() else _("Type your password.")

    def work(self) -> Callable[[Desk], object]:
        from cpdesk.tasks import keys

        password = self.password.text()
        return lambda desk: keys.leave_open(desk, password)

    def then(self, _result: object) -> None:
        self.context.desk.who = None
        self.context.touched("officer")
        self.context.say(_("The desk is open: it asks for no password any more."), "warning")


def ask_first_password(context: Context, parent: QWidget | None) -> FirstPassword:
    """Offer to lock an open desk. Does not wait for the answer."""
    dialog = FirstPassword(context, parent)
    dialog.open()
    return dialog


def show_code(context: Context, code: str, parent: QWidget | None) -> CodeDialog:
    """The recovery code, to be noted before one goes on."""
    from ui.app import office_lines

    dialog = CodeDialog(parent, code, context.desk.path, lambda: office_lines(context.desk)[0])
    dialog.open()
    return dialog


def ask_new_code(context: Context, parent: QWidget | None) -> None:
    """Another recovery code in place of the present one."""
    from cpdesk.tasks import keys
    from ui import messages

    question = _("Make a new recovery code?")
    detail = _("The code on the old paper opens nothing any more. Destroy that paper.")
    if messages.ask(parent, question, detail, yes=_("Make a new code")):
        context.jobs.run(
            lambda desk, _progress: keys.new_code(desk),
            done=lambda code: show_code(context, code, parent),
            failed=lambda error: messages.show(parent, error),
        )
