"""Every paper of a meeting in one place: looked at one by one; or several, printed together or kept in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QWidget
from shiboken6 import isValid

from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import paper_batch, records
from cpdesk.tasks.forms import FileType
from cpdesk.tasks.paper_batch import Batch
from cpdesk.tasks.papers.titles import title
from ui import drives, messages, tokens
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.dialogs.preview import Paper, printing, show_preview
from ui.dialogs.preview.bar import file_words
from ui.jobs import Job, Progress
from ui.pages.meeting_parts.words import paper_title
from ui.widgets.buttons import Button
from ui.widgets.job_row import JobRow
from ui.widgets.notices import InlineMessage
from ui.widgets.paper import page_sizes
from ui.widgets.surfaces import clear_out, column, row
from ui.widgets.text import Text, literal

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from cpdesk.tasks import Desk

POLL_MS = 2000
A4 = (595.0, 842.0)


class MeetingPapers(Dialog):
    """The papers of one meeting. What is wanted most likely is ticked already."""

    def __init__(self, context: Context, meeting: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Papers of the meeting"), name="meeting_papers", icon="printer")
        self.context = context
        self.meeting = meeting
        self.resize(640, 520)
        self.say(records.get(context.desk, meeting).title, "muted")
        self.ticks: dict[str, QCheckBox] = {}
        self._savers: list[Button] = []
        self.body.addLayout(self._papers())
        self.body.addLayout(self._types())
        self._spots = column()
        self.body.addLayout(self._spots)
        self.row = JobRow("papers_job")
        self.body.addWidget(self.row)
        self.said = InlineMessage("", "good", name="papers_result")
        self.body.addWidget(self.said)
        self.add_button(_("Close"), self.reject, name="papers_close")
        self.print_button = self.add_button(
            _("Print the ticked…"), self.ask_and_print, kind="primary", name="papers_print", icon="printer"
        )
        self._drives: list[drives.Drive] | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._look_for_sticks)
        self._poll.start()
        self._look_for_sticks()
        self._count()

    # building

    def _papers(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.M)
        grid.setVerticalSpacing(tokens.XS)
        grid.setColumnStretch(0, 1)
        for n, offer in enumerate(paper_batch.of_meeting(self.context.desk, self.meeting)):
            tick = QCheckBox(literal(offer.title))
            tick.setObjectName(f"tick_{offer.form}")
            tick.setAccessibleName(offer.title)
            tick.setChecked(offer.wanted)
            tick.toggled.connect(self._count)
            run = lambda form=offer.form: self.look(form)  # noqa: E731
            look = Button(_("Look at it"), kind="link", icon="file-search", name=f"look_{offer.form}", run=run)
            look.setAccessibleName(f"{offer.title}: {_('Look at it')}")
            grid.addWidget(tick, n, 0)
            grid.addWidget(look, n, 1)
            self.ticks[offer.form] = tick
        return grid

    def _types(self) -> QGridLayout:
        """As which files they are kept: PDF at any rate."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.L)
        grid.addWidget(Text(_("Keep as"), "label", wrap=False), 0, 0)
        self.types: dict[FileType, QCheckBox] = {}
        for n, (to, words) in enumerate(file_words().items(), 1):
            tick = QCheckBox(words)
            tick.setObjectName(f"keep_{to}")
            tick.setAccessibleName(_("Save as {program}").format(program=words))
            tick.setChecked(to == "pdf")
            tick.toggled.connect(self._count)
            grid.addWidget(tick, 0, n)
            self.types[to] = tick
        grid.setColumnStretch(len(self.types) + 1, 1)
        return grid

    def _look_for_sticks(self) -> None:
        found = drives.removable()
        if self._drives is None or [d.path for d in found] != [d.path for d in self._drives]:
            self.show_drives(found)

    def show_drives(self, found: Sequence[drives.Drive]) -> None:
        """Offer these sticks, and any folder."""
        self._drives = list(found)
        clear_out(self._spots)
        line = row()
        self._savers = []
        for drive in found:
            run = lambda path=drive.path: self.save_all(path)  # noqa: E731
            words = _("Save all on the stick “{name}”").format(name=drive.name)
            button = Button(words, icon="usb", name="papers_stick", run=run)
            button.setProperty("writable", not drive.read_only)
            self._savers.append(button)
        folder = Button(_("Save all in a folder…"), icon="folder-open", name="papers_folder", run=self._choose)
        self._savers.append(folder)
        for button in self._savers:
            line.addWidget(button)
        line.addStretch(1)
        self._spots.addLayout(line)
        self._count()

    # what is ticked

    def wanted(self) -> list[str]:
        return [form for form, tick in self.ticks.items() if tick.isChecked()]

    def _chosen_types(self) -> list[FileType]:
        return [to for to, tick in self.types.items() if tick.isChecked()]

    def _count(self) -> None:
        some, idle = bool(self.wanted()), not self.row.is_busy()
        self.print_button.setEnabled(some and idle)
        for button in self._savers:
            writable = button.property("writable") is not False
            button.setEnabled(some and idle and writable and bool(self._chosen_types()))

    # one

    def look(self, form: str) -> None:
        """That paper in the preview."""
        name = paper_title(title(form), records.get(self.context.desk, self.meeting))
        show_preview(self.context, Paper(form, self.meeting, title=name), self)

    # many into a folder

    def _choose(self) -> None:
        picked = QFileDialog.getExistingDirectory(self, _("Where shall the papers lie?"))
        if picked:
            self.save_all(Path(picked))

    def save_all(self, folder: Path) -> Job:
        """What is ticked, in a new folder of its own in `folder`."""
        meeting, wanted, types = self.meeting, self.wanted(), self._chosen_types()

        def work(desk: Desk, progress: Progress) -> Batch:
            return paper_batch.save_all(desk, meeting, wanted, folder, types, progress)

        return self._run(work, _("Saving papers"), self._saved)

    def _saved(self, made: Batch) -> None:
        self.context.touched("letter")
        count = len(made.files)
        written = ngettext("{count} file lies in “{folder}”.", "{count} files lie in “{folder}”.", count)
        told = [written.format(count=digits.count(count), folder=made.folder.name)] if count else []
        if made.left:
            names = ", ".join(title(form) for form in made.left)
            told.append(_("Not written: {names}.").format(names=names))
        if made.problem:
            told.append(made.problem)
        elif made.stopped:
            told.append(_("Stopped."))
        elif self._on_stick(made.folder):
            told.append(_("The stick can be taken out now."))
        tone = "bad" if made.problem else "warning" if made.stopped else "good"
        self._tell(" ".join(told), tone)

    def _on_stick(self, path: Path) -> bool:
        return any(path.is_relative_to(drive.path) for drive in self._drives or ())

    # many to a printer

    def ask_and_print(self) -> None:
        """Let a printer be chosen once for all of them."""
        printer = printing.prepared(records.get(self.context.desk, self.meeting).title, A4, 0)
        if printing.ask(printer, self, pages=0, current=False):
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> Job:
        """Send what is ticked, one paper after the other."""
        papers = [Paper(form, self.meeting) for form in self.wanted()]

        def work(desk: Desk, progress: Progress) -> tuple[int, int]:
            pages = []
            for paper in papers:
                progress(0, 0)
                paper.give_out(desk)
                pdf = paper.render(desk)
                sizes = tuple(page_sizes(pdf))
                pages.append(printing.Pages(pdf, sizes, tuple(range(len(sizes)))))
            return len(pages), printing.print_pages(printer, pages, progress)

        def done(counts: tuple[int, int]) -> None:
            self.context.touched("letter")
            words = _("{papers} papers, {pages} pages sent to the printer.")
            self._tell(words.format(papers=digits.count(counts[0]), pages=digits.count(counts[1])), "good")

        return self._run(work, _("Printing…"), done)

    # work under way

    def _run(self, work: object, words: str, done: object) -> Job:
        self.said.say("")
        job = self.context.jobs.run(work, title=words, done=done, failed=self._failed)  # type: ignore[arg-type]
        self.row.follow(job, words)
        job.cancelled.connect(self._cancelled)
        job.finished.connect(self._count)
        self._count()
        return job

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        messages.show(self if isValid(self) else None, error)

    def _cancelled(self) -> None:
        self._tell(_("Stopped. Pages that had gone to the printer are printed."), "warning")

    def _tell(self, words: str, tone: str) -> None:
        """Where the person looks: here, or at the foot of the window once this is closed."""
        if isValid(self) and self.isVisible():
            self.said.say(words, tone)
        else:
            self.context.say(words, tone)
