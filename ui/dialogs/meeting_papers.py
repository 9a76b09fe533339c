"""Every paper of a meeting in one place: looked at one by one; or several, printed together or kept in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QMenu, QStackedWidget, QWidget
from shiboken6 import isValid

from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import paper_batch, records
from cpdesk.tasks.forms import FileType
from cpdesk.tasks.paper_batch import Batch, Refused
from cpdesk.tasks.papers.titles import title
from ui import drives, messages, tokens
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.dialogs.batch_outcome import BatchOutcome
from ui.dialogs.preview import Paper, printing, show_preview
from ui.dialogs.preview.bar import file_words
from ui.dialogs.preview.dialog import documents_folder
from ui.jobs import Job, Progress
from ui.pages.meeting_parts.words import paper_title
from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.job_row import Count, one_of
from ui.widgets.paper import page_sizes
from ui.widgets.surfaces import clear_out, column
from ui.widgets.text import ElidedText, Text, literal

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from cpdesk.tasks import Desk

A4 = (595.0, 842.0)
CALLING = 4  # so many of the papers come before the meeting, the others after it


class MeetingPapers(Dialog):
    """The papers of one meeting. What is wanted most likely is ticked already.

    It has two sides: what is wanted, and what is under way or came of it.
    """

    def __init__(self, context: Context, meeting: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Papers of the meeting"), name="meeting_papers", icon="printer")
        self.context = context
        self.meeting = meeting
        self.setMinimumWidth(660)
        self.ticks: dict[str, QCheckBox] = {}
        self.types: dict[FileType, QCheckBox] = {}
        self._savers: list[Button] = []
        self.body.addWidget(ElidedText(records.get(context.desk, meeting).title, "muted"))
        self.sides = QStackedWidget()
        self.body.addWidget(self.sides)
        self.sides.addWidget(self._choosing())
        self.outcome = BatchOutcome("papers")
        self.sides.addWidget(self.outcome)
        self._back = self.add_button(_("Back to the papers"), self._choose_again, name="papers_back")
        self.add_button(_("Close"), self.reject, name="papers_close")
        self.print_button = self.add_button(
            _("Print the ticked…"), self.ask_and_print, kind="primary", name="papers_print", icon="printer"
        )
        self._drives: list[drives.Drive] = []
        self.sticks = drives.Sticks(self)
        self.sticks.changed.connect(self.show_drives)
        self.sticks.start()
        self._turn(0)

    # building

    def _choosing(self) -> QWidget:
        side = QWidget()
        box = column(side, spacing=tokens.M)
        box.addLayout(self._papers())
        box.addLayout(self._types())
        self._spots = FlowLayout()
        box.addLayout(self._spots)
        box.addStretch(1)
        return side

    def _papers(self) -> QGridLayout:
        """Two columns: what calls the meeting, and what came of it."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.S)
        grid.setVerticalSpacing(tokens.XS)
        for at, words in ((0, _("Before the meeting")), (3, _("After the meeting"))):
            grid.addWidget(Text(words, "label", wrap=False), 0, at)
            grid.setColumnStretch(at, 1)
        grid.setColumnMinimumWidth(2, tokens.L)
        for n, offer in enumerate(paper_batch.of_meeting(self.context.desk, self.meeting)):
            tick = QCheckBox(literal(offer.title))
            tick.setObjectName(f"tick_{offer.form}")
            tick.setAccessibleName(offer.title)
            tick.setChecked(offer.wanted)
            tick.toggled.connect(self._count)
            run = partial(self._look_at_letters if offer.form == "invitation" else self.look, offer.form)
            look = Button(_("Look at it"), kind="link", icon="file-search", name=f"look_{offer.form}", run=run)
            look.setAccessibleName(f"{offer.title}: {_('Look at it')}")
            across = 0 if n < CALLING else 3
            grid.addWidget(tick, 1 + n % CALLING, across)
            grid.addWidget(look, 1 + n % CALLING, across + 1)
            self.ticks[offer.form] = tick
        return grid

    def _types(self) -> QGridLayout:
        """All of them or none, and as which files they are kept."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.L)
        self._all = Button("", kind="link", icon="circle-check", name="papers_all", run=self._tick_all)
        grid.addWidget(self._all, 0, 0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Text(_("Keep as"), "label", wrap=False), 0, 2)
        for n, (to, words) in enumerate(file_words().items(), 3):
            tick = QCheckBox(words)
            tick.setObjectName(f"keep_{to}")
            tick.setAccessibleName(_("Save as {program}").format(program=words))
            tick.setChecked(to == "pdf")
            tick.toggled.connect(self._count)
            grid.addWidget(tick, 0, n)
            self.types[to] = tick
        return grid

    def show_drives(self, found: Sequence[drives.Drive]) -> None:
        """Offer these sticks, and any folder."""
        self._drives = list(found)
        clear_out(self._spots)
        self._savers = []
        for drive in found:
            words = _("Save on the stick “{name}”").format(name=drive.name)
            button = Button(words, icon="usb", name="papers_stick", run=partial(self.save_all, drive.path))
            button.setProperty("writable", not drive.read_only)
            self._savers.append(button)
        self._savers.append(
            Button(_("Save in a folder…"), icon="folder-open", name="papers_folder", run=self._choose_folder)
        )
        for button in self._savers:
            self._spots.addWidget(button)
        self._count()

    # what is ticked

    def wanted(self) -> list[str]:
        return [form for form, tick in self.ticks.items() if tick.isChecked()]

    def _chosen_types(self) -> list[FileType]:
        return [to for to, tick in self.types.items() if tick.isChecked()]

    def _tick_all(self) -> None:
        every = len(self.wanted()) < len(self.ticks)
        for tick in self.ticks.values():
            tick.setChecked(every)

    def _count(self) -> None:
        some = bool(self.wanted())
        self._all.set_text(_("Tick all") if len(self.wanted()) < len(self.ticks) else _("Untick all"))
        self.print_button.setEnabled(some)
        for button in self._savers:
            writable = button.property("writable") is not False
            button.setEnabled(some and writable and bool(self._chosen_types()))

    # the two sides

    def _turn(self, side: int) -> None:
        self.sides.setCurrentIndex(side)
        self.print_button.setVisible(side == 0)
        self._back.setVisible(side == 1)
        self._back.setEnabled(not self.outcome.row.is_busy())
        self._count()

    def _choose_again(self) -> None:
        self._turn(0)
        self.print_button.setFocus()

    # one

    def look(self, form: str, of: str = "", name: str = "") -> None:
        """That paper in the preview; `of` is the id of a letter to one person."""
        words = paper_title(" ".join(filter(None, (title(form), name))), records.get(self.context.desk, self.meeting))
        show_preview(self.context, Paper(form, of or self.meeting, title=words), self)

    def _look_at_letters(self, form: str) -> None:
        """All letters, or the one to somebody."""
        found = paper_batch.letters(self.context.desk, self.meeting)
        if len(found) < 2:
            self.look(form)
            return
        menu = QMenu(self)
        menu.setObjectName("letters_menu")
        every = _("All {count} letters").format(count=digits.count(len(found)))
        for of, name, words in (("", "", every), *((of, name, name) for of, name in found)):
            action = QAction(literal(words), menu)
            action.triggered.connect(lambda _on=False, of=of, name=name: self.look(form, of, name))
            menu.addAction(action)
            if not of:
                menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        button = self.findChild(Button, f"look_{form}")
        assert button is not None
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    # many into a folder

    def _choose_folder(self) -> None:
        picked = QFileDialog.getExistingDirectory(self, _("Where shall the papers lie?"), str(documents_folder()))
        if picked:
            self.save_all(Path(picked))

    def save_all(self, folder: Path) -> Job:
        """What is ticked, in a new folder of its own in `folder`."""
        meeting, wanted, types = self.meeting, self.wanted(), self._chosen_types()

        def work(desk: Desk, progress: Progress) -> Batch:
            return paper_batch.save_all(desk, meeting, wanted, folder, types, progress)

        return self._run(work, _("Saving papers"), self._saved, _("Stopped. Nothing was written."), one_of)

    def _saved(self, made: Batch) -> None:
        self.context.touched("letter")
        tone = "bad" if made.problem else "warning" if made.stopped or made.refused else "good"
        self._tell(" ".join(self._outcome_words(made)), tone, made.files)

    def _outcome_words(self, made: Batch) -> Iterator[str]:
        """First what went wrong, then what was written, then what lacks."""
        if made.problem:
            yield made.problem
        elif made.stopped:
            yield _("Stopped.")
        count = len(made.files)
        if count:
            written = ngettext("{count} file lies in “{folder}”.", "{count} files lie in “{folder}”.", count)
            yield written.format(count=digits.count(count), folder=made.folder.name)
        else:
            yield _("Nothing was written.")
        yield from _refusals(made.refused)
        if made.left:
            yield _("Not written: {names}.").format(names=", ".join(map(title, made.left)))
        if count and not made.problem and any(made.folder.is_relative_to(one.path) for one in self._drives):
            yield _("The stick can be taken out now.")

    # many to a printer

    def ask_and_print(self) -> None:
        """Let a printer be chosen once for all of them."""
        printer = printing.prepared(records.get(self.context.desk, self.meeting).title, A4, 0)
        if printing.ask(printer, self, pages=0, current=False):
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> Job:
        """Send what is ticked, one paper after the other."""
        meeting, wanted = self.meeting, self.wanted()

        def work(desk: Desk, progress: Progress) -> tuple[int, int, list[Refused]]:
            made, refused = paper_batch.give_out_all(desk, meeting, wanted, lambda _done, _total: progress(0, 0))
            sizes = [tuple(page_sizes(one.pdf)) for one in made]
            papers = [
                printing.Pages(one.pdf, size, tuple(range(len(size)))) for one, size in zip(made, sizes, strict=True)
            ]
            return len(made), printing.print_pages(printer, papers, progress), refused

        def done(told: tuple[int, int, list[Refused]]) -> None:
            papers, pages, refused = told
            self.context.touched("letter")
            words = _("{papers} papers, {pages} pages sent to the printer.")
            said = words.format(papers=digits.count(papers), pages=digits.count(pages))
            self._tell(" ".join((said, *_refusals(refused))), "warning" if refused else "good")

        stopped = _("Stopped. Pages that had gone to the printer are printed.")
        return self._run(work, _("Printing…"), done, stopped, printing.which_page)

    # work under way

    def _run(
        self,
        work: Callable[[Desk, Progress], Any],
        words: str,
        done: Callable[[Any], object],
        stopped: str,
        count: Count,
    ) -> Job:
        """Follow `work` on the other side; where it is stopped before it could say more, `stopped` is said."""
        self.outcome.clear()
        job = self.context.jobs.run(work, title=words, done=done, failed=self._failed)
        self.outcome.row.follow(job, words, count)
        job.cancelled.connect(lambda: self._tell(stopped, "warning"))
        job.finished.connect(self._ended)
        self._turn(1)
        self.outcome.row.cancel.setFocus()
        return job

    def _ended(self) -> None:
        self._back.setEnabled(True)
        self._back.setFocus()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        if not isValid(self):
            messages.show(None, error)
            return
        self._turn(0)
        messages.show(self, error)

    def _tell(self, words: str, tone: str, files: Sequence[Path] = ()) -> None:
        """Where the person looks: here, or at the foot of the window once this is closed."""
        if isValid(self) and self.isVisible():
            self.outcome.tell(words, tone, files)
        else:
            self.context.say(words, tone)


def _refusals(refused: Sequence[Refused]) -> Iterator[str]:
    """Which could not be made, and why."""
    for one in refused:
        yield _("{paper} could not be made: {why}").format(paper=title(one.form), why=one.why)
