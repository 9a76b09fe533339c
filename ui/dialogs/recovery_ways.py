"""The ways round a password that was forgotten, and to another desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from cpdesk.errors import UserError
from cpdesk.i18n import _
from ui import messages, tokens
from ui.dialogs.recovery import CodePage, Page
from ui.widgets.buttons import Button
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import column
from ui.widgets.text import Text

if TYPE_CHECKING:
    from ui.dialogs.unlock import Unlock


class ForgottenPage(Page):
    """The three ways round, in the order in which they are the least trouble."""

    def __init__(self, door: Unlock) -> None:
        super().__init__(door)
        from cpdesk.tasks import keys

        try:
            stands = keys.state(door.path)
            code, office = stands.code, stands.office
        except UserError:
            code, office = True, True
        self._first: Button | None = None
        words = _("The keeper of this desk gives you a new password, under “Settings”, “Officers and passwords”.")
        self._way(_("1. Another officer"), words)
        words = _("It lies on paper in a locked drawer. It gives you a new password and is replaced by another code.")
        if code:
            self._way(_("2. The recovery code"), words, ("code", _("Type the recovery code…"), "lock", self._code))
        else:
            self._way(_("2. The recovery code"), _("This desk has none."))
        if office:
            words = _("Carry a request to the province on a stick. It gives an answer back, and reads a code to you.")
            self._way(
                _("3. The province"), words,
                ("request", _("Write the request…"), "usb", self._request),
                ("answer", _("Take the answer…"), "download", self._answer),
            )  # fmt: skip
        else:
            self._way(_("3. The province"), _("Its help was not asked for on this desk."))
        self.said = InlineMessage("", "good", name="unlock_said")
        self.box.addWidget(self.said)
        self.box.addStretch(1)

    def _way(self, title: str, words: str, *buttons: tuple[str, str, str, Callable[[], object]]) -> None:
        held = QWidget()
        inner = column(held, spacing=tokens.XS)
        inner.addWidget(Text(title, "strong"))
        inner.addWidget(Text(words, "small"))
        for name, word, icon, run in buttons:
            button = Button(word, icon=icon, name=f"unlock_{name}", run=run)
            inner.addWidget(button)
            self._first = self._first or button
        self.box.addWidget(held)

    def title(self) -> str:
        return _("Three ways to a new password")

    def begin(self) -> None:
        (self._first or self.door.back_button).setFocus()

    def _code(self) -> None:
        self.door.show_page(CodePage(self.door))

    def _request(self) -> None:
        from ui.drives import removable

        sticks = removable()
        start = str(sticks[0].path if sticks else Path.home())
        folder = QFileDialog.getExistingDirectory(self.door, _("In which folder shall the request lie?"), start)
        if folder:
            self.write_request(Path(folder))

    def write_request(self, folder: Path) -> None:
        """The lock of this desk as a file: it names nobody and opens nothing without the province."""
        from cpdesk.tasks import helping

        with messages.shown(self.door):
            file = helping.write_request(self.door.path, folder / self.door.path.stem)
            words = _("The request lies in “{file}”. Carry it to the province; it says nothing of your records.")
            self.said.say(words.format(file=file.name), "good")

    def _answer(self) -> None:
        kinds = ";;".join((_("Answers (*.cplock)"), _("All files (*)")))
        name, _filter = QFileDialog.getOpenFileName(self.door, _("Choose the answer of the province"), "", kinds)
        if name:
            self.take_answer(Path(name))

    def take_answer(self, file: Path) -> None:
        """Let the province's lock be this desk's; then its code is asked for."""
        from cpdesk.tasks import helping

        with messages.shown(self.door):
            helping.take_answer(self.door.path, file)
            self.door.show_page(CodePage(self.door, _("The answer is taken. Call the province: it reads the code.")))


class OtherPage(Page):
    """Another desk in place of this one."""

    def __init__(self, door: Unlock) -> None:
        super().__init__(door)
        from ui.dialogs.opening import recent_desks

        ways = [
            ("open", _("Choose another desk…"), "folder-open"),
            *((str(one), _("Open “{name}”").format(name=one.stem), "file-text") for one in recent_desks(door.path)),
            ("restore", _("Bring back from a backup…"), "rotate-ccw"),
            ("new", _("Make a new desk…"), "plus"),
        ]
        self._first: Button | None = None
        for answer, words, icon in ways:
            run = lambda answer=answer: door.take(answer)  # noqa: E731
            button = Button(words, kind="quiet", icon=icon, name=f"unlock_{Path(answer).stem}", run=run)
            self.box.addWidget(button)
            self._first = self._first or button
        self.box.addStretch(1)

    def title(self) -> str:
        return _("Another desk")

    def begin(self) -> None:
        if self._first is not None:
            self._first.setFocus()
