"""The first start: four short questions, then a desk, and its recovery code where it has a password. No mouse is
needed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QStackedWidget, QWidget

from cpdesk import paths, settings
from cpdesk.i18n import _
from cpdesk.khmer import digits
from ui import icons, look, messages, theme, tokens
from ui.dialogs.base import FRAME
from ui.dialogs.first_officer import CodeStep, OfficerStep
from ui.dialogs.first_side import StepsSide
from ui.dialogs.first_steps import FileStep, LanguageStep, OfficeStep, Step, default_file
from ui.helping import with_help
from ui.jobs import Jobs, Progress
from ui.widgets.buttons import Button
from ui.widgets.editors.place import title as place_title
from ui.widgets.surfaces import column, row, scrolling
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks import Desk

STEPS = 4
WIDE, HIGH = 860, 660
ROOMY = 700  # of the dialog: from here on the steps stand beside the question
SAMPLE = "08-kandal.cpdesk"


class FirstRun(QDialog):
    """`made` is the desk to open once it was accepted; `opens` the same where its password is known by now, closed, to
    be opened by `other()`. Esc goes a step back, on the first step it closes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("first_run")
        with_help(self)
        self.setWindowIcon(icons.of_the_program())
        room = self.screen().availableGeometry().size()
        most = room.width() - FRAME, room.height() - FRAME
        self.setMinimumSize(min(theme.scaled(560), most[0]), min(theme.scaled(440), most[1]))
        self.resize(min(theme.scaled(WIDE), most[0]), min(theme.scaled(HIGH), most[1]))
        self.made: Path | None = None
        self.opens: Desk | None = None
        self.code = ""
        self.officer = ""
        self._password, self._recovery = "", ""
        self.path: Path | None = None
        self.sample = False
        self.at = 0
        self._jobs = Jobs(parent=self)
        self._box = column(self, spacing=0)
        self._whole: QWidget | None = None
        self._build()

    # building

    def _build(self) -> None:
        """All of it anew, in the present language."""
        if self._whole is not None:
            self._box.removeWidget(self._whole)
            self._whole.hide()
            self._whole.deleteLater()
        self.setWindowTitle(_("CPC Desk"))
        self._whole = QWidget()
        across = row(self._whole, spacing=0)
        self.side = StepsSide()
        across.addWidget(self.side)
        self.side.setVisible(self.width() >= theme.scaled(ROOMY))
        box = column(spacing=tokens.L, margin=28)
        across.addLayout(box, 1)
        self.count = Text("", "small", wrap=False, name="first_count")
        self.heading = Text("", "heading", name="first_heading")
        asked = column(spacing=tokens.XS)
        asked.addWidget(self.count)
        asked.addWidget(self.heading)
        box.addLayout(asked)
        self.stack = QStackedWidget()
        self.area = scrolling(self.stack, "first_scroll")
        box.addWidget(self.area, 1)
        self.said = Text("", "problem", name="first_problem")
        box.addWidget(self.said)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.bar.hide()
        box.addWidget(self.bar)
        foot = row(spacing=10)
        self.back_button = Button(_("Back"), icon="chevron-left", name="first_back", run=self.back)
        self.next_button = Button("", kind="primary", name="first_next", run=self.next)
        self.next_button.setDefault(True)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.next_button)
        box.addLayout(foot)
        self._box.addWidget(self._whole)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setVisible(event.size().width() >= theme.scaled(ROOMY))

    def step(self) -> Step:
        shown = self.stack.currentWidget()
        assert isinstance(shown, Step)
        return shown

    def _make_step(self) -> Step:
        if self.at == 0:
            asked = LanguageStep()
            asked.spoken.connect(self._speak)
            return asked
        if self.at == 1:
            return OfficeStep(self.code)
        if self.at == 2:
            return OfficerStep(self.officer)
        if self.at == STEPS:
            assert self.made is not None
            return CodeStep(self._recovery, self.made, lambda: place_title(self.code))
        return FileStep(self.path or default_file(self.code), self.sample, self.code)

    def _show(self) -> None:
        """The question in turn."""
        old = self.stack.currentWidget()
        step = self._make_step()
        step.changed.connect(lambda: self.said.setText(""))
        self.stack.addWidget(step)
        self.stack.setCurrentWidget(step)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        self.heading.setText(step.title())
        self.side.show_step(self.at)
        self.said.setText("")
        count = _("Step {number} of {steps}").format(number=digits.count(self.at + 1), steps=digits.count(STEPS))
        self.count.setText(count if self.at < STEPS else _("The desk is made."))
        self.back_button.setVisible(0 < self.at < STEPS)
        self.next_button.set_text(_("Open the desk") if self.at >= STEPS - 1 else _("Next"))
        QTimer.singleShot(0, step, step.begin)

    # going on

    def _speak(self, lang: str) -> None:
        if look.use_language(lang):
            QTimer.singleShot(0, self, self._build)  # the button that asked for it goes too

    def next(self) -> None:
        """The next question, or the desk."""
        problem = self.step().problem()
        self.said.setText(problem)
        if problem:
            self.step().begin()
            return
        self._take()
        if self.at == STEPS - 1:
            self._make()
            return
        if self.at == STEPS:
            self._finish()
            return
        self.at += 1
        self._show()

    def back(self) -> None:
        self._take()
        self.at = max(0, self.at - 1)
        self._show()

    def _take(self) -> None:
        """Note the answer of this step."""
        step = self.step()
        if isinstance(step, OfficeStep):
            if step.code != self.code:
                self.path = None
            self.code = step.code
        elif isinstance(step, OfficerStep):
            self.officer, self._password = step.name(), step.choice.password()
        elif isinstance(step, FileStep):
            self.path, self.sample = step.path(), step.sample()

    def reject(self) -> None:
        if self.bar.isVisible():
            return
        if self.at == STEPS:
            self.said.setText(self.step().problem())
        elif self.at:
            self.back()
        else:
            super().reject()

    def _make(self) -> None:
        """Make the desk, in the worker: a password takes its time."""
        from cpdesk.tasks.desk import create

        path, code, officer, password = self.path, self.code, self.officer, self._password
        assert path is not None

        def work(_desk: object, _progress: Progress) -> Desk:
            with create(path, code, officer, password) as desk:
                return desk

        def made(desk: Desk) -> None:
            self._set_busy(False)
            settings.used(path)
            self.made, self.opens = path, desk
            self._password, self._recovery = "", desk.recovery_code
            if self._recovery:
                self.at = STEPS
                self._show()
            else:
                self._finish()

        def failed(error: BaseException) -> None:
            self._set_busy(False)
            messages.show(self, error)

        self._set_busy(True)
        self._jobs.run(work, done=made, failed=failed)

    def _finish(self) -> None:
        self._recovery = ""
        if self.sample:
            self._make_sample()
        else:
            self.accept()

    def _set_busy(self, busy: bool) -> None:
        for one in (self.next_button, self.back_button, self.stack):
            one.setEnabled(not busy)
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy)

    # the sample

    def _make_sample(self) -> None:
        folder, made = sample_folder()
        from cpdesk.tasks.demo import build, today

        self._set_busy(True)
        self.said.setText("")
        self.heading.setText(_("The sample is being made…"))

        def work(_desk: object, progress: Progress) -> Path:
            desk = folder / "desks" / SAMPLE if made else build(folder, progress).desks[0]
            today.bring_up_to(desk, date.today())
            return desk

        job = self._jobs.run(work, done=self._sampled, failed=self._not_sampled)
        job.progress.connect(self._progress)

    def _progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def _sampled(self, desk: Path) -> None:
        from ui import sample

        assert self.made is not None
        sample.made(desk, self.made)
        self.made, self.opens = desk, None
        self.bar.hide()
        self.accept()

    def _not_sampled(self, error: BaseException) -> None:
        """The person's own desk is there; it is opened in place of the sample."""
        self.bar.hide()
        messages.show(self, error).finished.connect(lambda _result: self.accept())

    def done(self, result: int) -> None:
        self._jobs.close()
        super().done(result)


def sample_folder() -> tuple[Path, bool]:
    """Where the sample lies or shall lie, and whether it is there already."""
    above = paths.default_desks()
    for n in range(1, 1000):
        folder = above / ("sample" if n == 1 else f"sample-{n}")
        if (folder / "desks" / SAMPLE).is_file():
            return folder, True
        if not folder.exists() or not any(folder.iterdir()):
            return folder, False
    return above / "sample", False
