"""The door of a locked desk: a window of its own that tells nothing of what lies behind it but the file's name.

Passwords are stretched in a thread, so that the window lives. A desk that was opened there is closed there, and opened
once more on the window's own thread, to which a connection belongs.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QStackedWidget, QWidget

from cpdesk.errors import Damaged, UserError
from cpdesk.i18n import _, language, ngettext
from cpdesk.khmer import digits
from ui import icons, look, messages, theme, tokens
from ui.chrome.statusline import LANGUAGES
from ui.dialogs.base import FRAME
from ui.helping import with_help
from ui.jobs import Job, Jobs, Progress
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Card, column, restyle, row, scrolling
from ui.widgets.text import ElidedText, Text

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from ui.dialogs.recovery import Page

WIDE, HIGH = 600, 640
FACE = 48
TICK_MS = 250


class Unlock(QDialog):
    """`desk` is open once it was accepted, unless `answer` says what is wanted instead: "open", "restore", "new", or a
    path. `why` stands over the field, such as that the desk was locked by itself.

    Esc goes back from a way round a forgotten password; on the first page it closes the program.
    """

    def __init__(self, path: Path, why: str = "") -> None:
        super().__init__()
        self.setObjectName("unlock")
        with_help(self)
        self.setWindowIcon(icons.of_the_program())
        room = self.screen().availableGeometry().size()
        most = room.width() - FRAME, room.height() - FRAME
        self.setMinimumSize(min(theme.scaled(420), most[0]), min(theme.scaled(420), most[1]))
        self.resize(min(theme.scaled(WIDE), most[0]), min(theme.scaled(HIGH), most[1]))
        self.path, self.why = path, why
        self.desk: Desk | None = None
        self.answer = ""
        self.damage: Damaged | None = None
        self.held = ""  # what has to end before anybody is let in
        self._jobs = Jobs(parent=self)
        self._busy = False
        self._countdown = QTimer(self)
        self._countdown.setInterval(TICK_MS)
        self._countdown.timeout.connect(self._count)
        self._box = column(self, spacing=0)
        self._whole: QWidget | None = None
        from ui.dialogs.recovery import AskPage

        self._build(AskPage(self))

    def ask(self) -> Desk | Path | None:
        """Wait for somebody: the desk, another desk to open instead, or None where they went away."""
        accepted = self.exec()
        if self.desk is not None or not accepted:
            return self.desk
        from ui.dialogs.opening import answered, ask_instead

        if self.damage is not None:
            return ask_instead(self.path, self.damage)
        return answered(None, self.answer, self.path) or self.path

    # building

    def _build(self, page: Page) -> None:
        """All of it anew, in the present language."""
        if self._whole is not None:
            self._box.removeWidget(self._whole)
            self._whole.hide()
            self._whole.deleteLater()
        self.setWindowTitle(_("CPC Desk"))
        self._whole = QWidget()
        box = column(self._whole, spacing=tokens.L, margin=tokens.XL)
        box.addLayout(self._head())
        box.addWidget(self._card(), 1)
        box.addLayout(self._foot())
        self._box.addWidget(self._whole)
        self.show_page(page)

    def _head(self) -> QHBoxLayout:
        across = row(spacing=tokens.M)
        face = QLabel()
        face.setPixmap(icons.of_the_program().pixmap(FACE, FACE))
        across.addWidget(face)
        words = column(spacing=0)
        words.addWidget(Text(_("CPC Desk"), "brand", wrap=False))
        words.addWidget(ElidedText(self.path.name, "small", name="unlock_file"))
        across.addLayout(words, 1)
        return across

    def _card(self) -> Card:
        card = Card("unlock_card", margin=tokens.XL)
        self.heading = Text("", "title", name="unlock_heading")
        card.add(self.heading)
        self.stack = QStackedWidget()
        area = scrolling(self.stack, "unlock_scroll")
        for one in (area, self.stack):
            restyle(one, "role", "page")  # the card's own ground
        card.body.addWidget(area, 1)
        self.said = Text("", "problem", name="unlock_problem")
        card.add(self.said)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.bar.hide()
        card.add(self.bar)
        buttons = row(spacing=10)
        self.back_button = Button(_("Back"), icon="chevron-left", name="unlock_back", run=self.back)
        self.main = Button("", kind="primary", name="unlock_go", run=self.next)
        self.main.setDefault(True)
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        buttons.addWidget(self.main)
        card.body.addLayout(buttons)
        return card

    def _foot(self) -> QHBoxLayout:
        from ui.dialogs.recovery_ways import ForgottenPage, OtherPage

        across = row(spacing=tokens.M)
        self.forgotten = Button(
            _("I forgot my password"), kind="link", name="unlock_forgotten",
            run=lambda: self.show_page(ForgottenPage(self)),
        )  # fmt: skip
        self.other = Button(
            _("Another desk…"), kind="link", name="unlock_other", run=lambda: self.show_page(OtherPage(self))
        )
        across.addWidget(self.forgotten)
        across.addWidget(self.other)
        across.addStretch(1)
        for lang, word in LANGUAGES:
            if lang != language():
                button = Button(word, kind="link", name=f"unlock_language_{lang}", run=partial(self._speak, lang))
                button.setAccessibleName(_("Language: {name}").format(name=word))
                across.addWidget(button)
        return across

    def _speak(self, lang: str) -> None:
        if not self._busy and look.use_language(lang):
            QTimer.singleShot(0, self, lambda: self._build(self.page().again()))  # the button that asked goes too

    # pages

    def page(self) -> Page:
        from ui.dialogs.recovery import Page

        shown = self.stack.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def show_page(self, page: Page) -> None:
        """That page in place of the present one, of which nothing stays."""
        old = self.stack.currentWidget()
        page.edited.connect(lambda: self.say(""))
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        self.heading.setText(page.title())
        self.say("")
        self.main.set_text(page.go_word())
        self.main.setVisible(bool(page.go_word()))
        self.back_button.setVisible(page.before() is not None)
        for button in (self.forgotten, self.other):
            button.setVisible(page.is_first)
        self._show_busy()
        self._count()
        QTimer.singleShot(0, page, page.begin)

    def say(self, problem: str) -> None:
        """A sentence under the page; "" takes it away."""
        self.said.setText(problem)
        self.said.setVisible(bool(problem))

    def next(self) -> None:
        if not self._busy and not self.held and self.main.isEnabled():
            self.page().next()

    def back(self) -> None:
        before = self.page().before()
        if before is not None and not self._busy:
            self.show_page(before())

    def reject(self) -> None:
        if self._busy or self.held:
            return
        page = self.page()
        if page.before() is not None:
            self.back()
        elif page.is_first:
            super().reject()
        else:
            self.say(_("First print the code or write it down, and tick that you did."))

    def take(self, answer: str) -> None:
        """Something else is wanted in place of this desk."""
        if not self._busy and not self.held:
            self.answer = answer
            self.accept()

    # work

    def run(self, work: Callable[[Progress], Any], done: Callable[[Any], object]) -> None:
        """Do `work` in the thread, with a bar; what is refused is said, and may have to wait."""

        def failed(error: BaseException) -> None:
            self._set_busy(False)
            if not isinstance(error, UserError):
                raise error
            if isinstance(error, Damaged):  # the password is right, and more than a password is wanted
                self.damage = error
                self.accept()
                return
            self.page().refused(error)
            self._count()

        def finished(result: Any) -> None:
            self._set_busy(False)
            done(result)

        self.say("")
        self._set_busy(True)
        job = self._jobs.run(lambda _desk, progress: work(progress), done=finished, failed=failed)
        job.progress.connect(self._progress)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._show_busy()

    def _show_busy(self) -> None:
        busy = self._busy or bool(self.held)
        if busy and not self.bar.isVisible():
            self.bar.setRange(0, 0)
        self.bar.setVisible(busy)
        self.stack.setEnabled(not busy)
        self.main.setEnabled(not busy and not self._countdown.isActive())
        self.back_button.setEnabled(not busy)

    def _progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def opened(self, closed: Desk) -> None:
        """A desk was opened and closed again in the thread: open it here and let its officer in."""
        with messages.shown(self):
            self.desk = closed.other()
            self.accept()

    # what has to be waited for

    def hold(self, words: str, job: Job | None = None) -> None:
        """Let nobody in while that goes on: what was under way when the desk was locked."""
        self.held = words
        self.say(words)
        restyle(self.said, "role", "small")
        if job is not None:
            job.progress.connect(self._progress)
        self._show_busy()

    def let_in(self) -> None:
        """What was waited for has ended."""
        self.held = ""
        self.say("")
        restyle(self.said, "role", "problem")
        self._show_busy()
        self.page().begin()

    def _count(self) -> None:
        """After several refusals the next try waits, and that is counted down."""
        from cpdesk.tasks import keys

        seconds = 0.0
        if self.page().tries:
            try:
                seconds = keys.wait(self.path)
            except UserError:  # the stick is out: the try itself says so
                seconds = 0.0
        if seconds > 0:
            left = math.ceil(seconds)
            words = ngettext("The next try in {count} second.", "The next try in {count} seconds.", left)
            self.main.set_text(words.format(count=digits.count(left)))
            self._countdown.start()
        elif self._countdown.isActive():
            self._countdown.stop()
            self.main.set_text(self.page().go_word())
        self._show_busy()

    def keyPressEvent(self, event: Any) -> None:
        """Enter is the page's; a field that takes it has done so already."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        self._countdown.stop()
        self._jobs.close()
        super().done(result)
