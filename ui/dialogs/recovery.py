"""The pages of the door: the password, and what a recovery code leads to. The ways round are in `recovery_ways`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.errors import UserError
from cpdesk.i18n import _
from ui import tokens
from ui.dialogs.first_steps import Options
from ui.dialogs.password_choice import PasswordChoice
from ui.dialogs.password_field import PasswordField
from ui.dialogs.recovery_code import RecoveryCode
from ui.jobs import Progress
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import column
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from ui.dialogs.unlock import Unlock

Officers = Sequence[tuple[str, str]]  # record, name


class Page(QWidget):
    """One page of the door. `edited` when what was said of it holds no more; `tries`: its answer may be refused."""

    edited = Signal()
    is_first: ClassVar[bool] = False
    tries: ClassVar[bool] = False

    def __init__(self, door: Unlock) -> None:
        super().__init__()
        self.door = door
        self.box = column(self, spacing=tokens.M)

    def title(self) -> str:
        raise NotImplementedError

    def go_word(self) -> str:
        """On the button that goes on; "" where there is none."""
        return ""

    def before(self) -> Callable[[], Page] | None:
        """The page to which one goes back."""
        return lambda: AskPage(self.door)

    def again(self) -> Page:
        """The same page in another language."""
        return type(self)(self.door)

    def begin(self) -> None:
        """Put the focus where one answers."""

    def next(self) -> None:
        """Go on."""

    def refused(self, error: UserError) -> None:
        self.door.say(" ".join(part for part in (error.what, error.todo) if part))


class AskPage(Page):
    """The password, or the recovery code."""

    is_first = True
    tries = True

    def __init__(self, door: Unlock) -> None:
        super().__init__(door)
        if door.why:
            self.box.addWidget(InlineMessage(door.why, "neutral", name="unlock_why"))
        self.box.addWidget(Text(_("Password or recovery code"), "label"))
        self.field = PasswordField("unlock_secret", _("Password or recovery code"))
        self.field.edited.connect(self.edited.emit)
        self.field.entered.connect(door.next)
        self.box.addWidget(self.field)
        words = _("Capital letters, blanks and the order in which vowels were typed do not matter.")
        self.box.addWidget(Text(words, "small"))
        self.box.addStretch(1)

    def title(self) -> str:
        return _("This desk is locked")

    def go_word(self) -> str:
        return _("Open the desk")

    def before(self) -> Callable[[], Page] | None:
        return None

    def begin(self) -> None:
        self.field.setFocus()

    def next(self) -> None:
        from cpdesk.tasks import keys

        secret = self.field.text()
        if not secret.strip():
            self.door.say(_("Type your password."))
            self.begin()
        elif keys.is_code(secret):
            ask_code(self.door, secret)
        else:
            open_with(self.door, secret)

    def refused(self, error: UserError) -> None:
        from cpdesk.tasks.keys import WhoIsIt

        if isinstance(error, WhoIsIt):
            self.door.show_page(WhoPage(self.door, self.field.text(), error.names))
            return
        super().refused(error)
        self.field.line.selectAll()
        self.begin()


def open_with(door: Unlock, secret: str, who: str = "") -> None:
    """Try that password."""
    from cpdesk.tasks import keys

    def work(progress: Progress) -> Desk:
        desk = keys.unlock(door.path, secret, progress, who=who)
        desk.close()
        return desk

    door.run(work, door.opened)


def ask_code(door: Unlock, code: str) -> None:
    """Try that recovery code; then the officers of the desk are asked who has used it."""
    from cpdesk.tasks import keys

    door.run(
        lambda _progress: keys.by_code(door.path, code),
        lambda found: door.show_page(NewPasswordPage(door, code, found.officers)),
    )


class WhoPage(Page):
    """Two officers have the same words."""

    tries = True

    def __init__(self, door: Unlock, secret: str, names: Officers) -> None:
        super().__init__(door)
        self._secret, self._names = secret, names
        self.box.addWidget(Text(_("Several officers have chosen the same password.")))
        self.options = Options([(id_, name, "") for id_, name in names], names[0][0], "unlock_who")
        self.box.addWidget(self.options)
        self.box.addStretch(1)

    def again(self) -> Page:
        return WhoPage(self.door, self._secret, self._names)

    def title(self) -> str:
        return _("Who are you?")

    def go_word(self) -> str:
        return _("Open the desk")

    def begin(self) -> None:
        self.options.focus()

    def next(self) -> None:
        open_with(self.door, self._secret, self.options.current())


class CodePage(Page):
    """The recovery code, or the one that the province reads out."""

    tries = True

    def __init__(self, door: Unlock, words: str = "") -> None:
        super().__init__(door)
        self._words = words
        self.box.addWidget(Text(words or _("Five groups of five letters and digits, as they stand on the paper:")))
        self.field = PasswordField("unlock_code", _("Recovery code"), in_sight=True)
        self.field.edited.connect(self.edited.emit)
        self.field.entered.connect(door.next)
        self.box.addWidget(self.field)
        words = _("Digits and capital letters; the letters I, L, O and U do not occur. Strokes do not matter.")
        self.box.addWidget(Text(words, "small"))
        self.box.addStretch(1)

    def again(self) -> Page:
        return CodePage(self.door, self._words)

    def title(self) -> str:
        return _("Recovery code")

    def go_word(self) -> str:
        return _("Next")

    def before(self) -> Callable[[], Page]:
        from ui.dialogs.recovery_ways import ForgottenPage

        return lambda: ForgottenPage(self.door)

    def begin(self) -> None:
        self.field.setFocus()

    def next(self) -> None:
        ask_code(self.door, self.field.text())


class NewPasswordPage(Page):
    """Who has used the code, and their new password."""

    tries = True

    def __init__(self, door: Unlock, code: str, officers: Officers) -> None:
        super().__init__(door)
        self._code, self._officers = code, officers
        self.options: Options | None = None
        if len(officers) > 1:
            self.box.addWidget(Text(_("Who are you?"), "label"))
            self.options = Options([(id_, name, "") for id_, name in officers], officers[0][0], "unlock_officer")
            self.box.addWidget(self.options)
        elif officers:
            self.box.addWidget(Text(officers[0][1], "strong"))
        self.choice = PasswordChoice("unlock_new", self._name)
        self.choice.changed.connect(self.edited.emit)
        self.choice.entered.connect(door.next)
        self.box.addWidget(self.choice)
        self.box.addStretch(1)

    def _who(self) -> str:
        if self.options is not None:
            return self.options.current()
        return self._officers[0][0] if self._officers else ""

    def _name(self) -> str:
        return dict(self._officers).get(self._who(), "")

    def again(self) -> Page:
        return NewPasswordPage(self.door, self._code, self._officers)

    def title(self) -> str:
        return _("A new password")

    def go_word(self) -> str:
        return _("Set this password")

    def begin(self) -> None:
        if self.options is not None:
            self.options.focus()
        else:
            self.choice.begin()

    def next(self) -> None:
        from cpdesk.tasks import keys

        problem = self.choice.problem()
        if problem:
            self.door.say(problem)
            self.choice.begin()
            return
        code, who, password = self._code, self._who(), self.choice.password()

        def work(progress: Progress) -> tuple[Desk, str]:
            desk, fresh = keys.recover(self.door.path, code, who, password, progress)
            desk.close()
            return desk, fresh

        self.door.run(work, lambda found: self.door.show_page(NotedPage(self.door, *found)))


class NotedPage(Page):
    """The new recovery code; the desk opens once it is noted."""

    def __init__(self, door: Unlock, desk: Desk, code: str) -> None:
        super().__init__(door)
        self._desk, self._code = desk, code
        self.shown = RecoveryCode(code, door.path, self._office)
        self.shown.confirmed.connect(lambda _on: self.edited.emit())
        self.box.addWidget(self.shown)

    def _office(self) -> str:
        from ui.app import office_lines

        with self._desk.other() as desk:
            return office_lines(desk)[0]

    def again(self) -> Page:
        return NotedPage(self.door, self._desk, self._code)

    def title(self) -> str:
        return _("Your new recovery code")

    def go_word(self) -> str:
        return _("Open the desk")

    def before(self) -> Callable[[], Page] | None:
        return None

    def begin(self) -> None:
        self.shown.begin()

    def next(self) -> None:
        if self.shown.is_confirmed():
            self.door.opened(self._desk)
        else:
            self.door.say(_("First print the code or write it down, and tick that you did."))
