"""The window of the preview. The form is made and its pages are drawn in the worker, as they come into sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QProgressBar, QWidget
from shiboken6 import isValid

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks.attachments import safe_name
from cpdesk.tasks.forms import FileType
from cpdesk.tasks.own_lines import OwnLines, own_lines
from ui import messages, theme, tokens
from ui.context import Context
from ui.dialogs.preview import printing
from ui.dialogs.preview.bar import PreviewBar, file_words
from ui.dialogs.preview.find import FindBar
from ui.dialogs.preview.own_panel import OwnPanel
from ui.dialogs.preview.paper import Paper
from ui.helping import with_help
from ui.jobs import Job, Progress
from ui.widgets.job_row import Count, JobRow, one_of
from ui.widgets.notices import Toast
from ui.widgets.paper import page_sizes
from ui.widgets.paper_view import PAGE, WIDTH, PaperView, page_of
from ui.widgets.surfaces import column, row

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from cpdesk.tasks import Desk

ROOMY = 1060  # of the dialog: from here on its buttons have words


@dataclass(frozen=True)
class Made:
    """What the worker made of a paper."""

    pdf: bytes
    sizes: list[tuple[float, float]]
    lines: OwnLines | None


def show_preview(context: Context, paper: Paper, parent: QWidget | None = None) -> PreviewDialog:
    """Open the preview of that paper. Does not wait for its end."""
    dialog = PreviewDialog(context, paper, parent or QApplication.activeWindow())
    dialog.open()
    return dialog


class PreviewDialog(QDialog):
    """Pages from top to bottom, tools over them, the paper's own lines at their side where they are wanted."""

    def __init__(self, context: Context, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.setWindowTitle(paper.name)
        self.setModal(True)
        with_help(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self.paper = paper
        self._made: Made | None = None
        self._asked = 0
        self._build()
        self._bind_keys()
        space = parent.window().size() if parent is not None else QSize(1366, 768)
        self.resize(min(1280, space.width() - 20), max(480, space.height() - 20))
        self._make()

    # building

    def _build(self) -> None:
        whole = column(self, spacing=0)
        self.view = PaperView(self.context, "preview_scroll")
        self.bar = PreviewBar(
            self.paper.name,
            find=self.search,
            own=self._show_own,
            save=self.ask_and_save,
            print_=self.ask_and_print,
            close=self.reject,
        )
        self.find_bar = FindBar(self.view)
        self.own = OwnPanel(self.context, self.paper)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 0)
        self._progress.setAccessibleName(_("Progress"))
        kept = self._progress.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(kept)
        self.row = JobRow("preview_job")
        self.row.setContentsMargins(tokens.L, 0, tokens.L, tokens.XS)
        across = row(spacing=0)
        across.addWidget(self.view, 1)
        across.addWidget(self.own)
        for widget in (self.bar, self.find_bar, self.row, self._progress):
            whole.addWidget(widget)
        whole.addLayout(across, 1)
        self.bar.page_wanted.connect(self._go)
        self.bar.turn_wanted.connect(self.view.turn)
        self.bar.step_wanted.connect(self.view.zoom_by)
        self.bar.zoom_wanted.connect(self.view.set_zoom)
        self.view.turned.connect(self._turned)
        self.view.zoomed.connect(lambda: self.bar.show_zoom(self.view.zoom(), self.view.scale()))
        self.own.changed.connect(self._make)
        self.view.setFocus()

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+F": self.search,
            "F3": lambda: self.find_bar.step(1),
            "Shift+F3": lambda: self.find_bar.step(-1),
            "Ctrl+G": self._to_page_box,
            "Ctrl++": lambda: self.view.zoom_by(1),
            "Ctrl+=": lambda: self.view.zoom_by(1),
            "Ctrl+-": lambda: self.view.zoom_by(-1),
            "Ctrl+0": lambda: self.view.set_zoom(PAGE),
            "Ctrl+1": lambda: self.view.set_zoom(1.0),
            "Ctrl+2": lambda: self.view.set_zoom(WIDTH),
            "Ctrl+E": self._toggle_own,
            "Ctrl+S": self.ask_and_save,
            "Ctrl+Shift+S": self.bar.save.open_menu,
            "Ctrl+P": self.ask_and_print,
            "Ctrl+PgDown": lambda: self.view.turn(1),
            "Ctrl+PgUp": lambda: self.view.turn(-1),
        }
        for key, run in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(lambda run=run: run())

    # the paper

    @property
    def pdf(self) -> bytes:
        """What is shown; nothing until it is made."""
        return self._made.pdf if self._made is not None else b""

    def _make(self) -> None:
        """Make it again; the old pages stay until the new are there."""
        paper = self.paper
        self._asked += 1
        asked = self._asked
        self._progress.show()

        def work(desk: Desk, progress: Progress) -> Made | None:
            if asked != self._asked:
                return None
            progress(0, 0)
            pdf = paper.render(desk)
            return Made(pdf, page_sizes(pdf), own_lines(desk, paper.form, paper.id_, paper.choices))

        def done(made: Made | None) -> None:
            if made is not None and isValid(self) and asked == self._asked:
                self._show(made)

        self.context.jobs.run(work, done=done, failed=self._failed)

    def _show(self, made: Made) -> None:
        self._made = made
        self._progress.hide()
        self.view.show_pdf(made.pdf, made.sizes)
        self.bar.be_ready(not self.row.is_busy())
        self.bar.own.setVisible(made.lines is not None)
        if made.lines is not None:
            self.own.show_lines(made.lines)
        self.bar.show_zoom(self.view.zoom(), self.view.scale())
        self.find_bar.renew()

    def _failed(self, error: BaseException) -> None:
        if not isValid(self):
            return
        self._progress.hide()
        if self._made is not None:
            messages.show(self, error)
            return
        parent = self.parentWidget()
        self.reject()
        messages.show(parent, error)

    # moving

    def page(self) -> int:
        """The page in sight, from 0."""
        return self.view.page()

    def turn(self, step: int) -> None:
        """Go `step` pages on."""
        self.view.turn(step)

    def _go(self, page: int) -> None:
        self.view.go(page)
        self.view.setFocus()

    def _turned(self, page: int) -> None:
        self.bar.show_place(page, len(self.view.sizes))
        self.view.setAccessibleDescription(page_of(page, len(self.view.sizes)))

    def _to_page_box(self) -> None:
        self.bar.page.setFocus()
        self.bar.page.selectAll()

    def search(self) -> None:
        """Look for words in the paper."""
        self.find_bar.begin()

    def _toggle_own(self) -> None:
        if self.bar.own.isVisible():
            self.bar.own.click()

    def _show_own(self) -> None:
        on = self.bar.own.isChecked()
        self.own.flush()
        self.own.setVisible(on)
        if on:
            self.own.begin()
        else:
            self.view.setFocus()

    # keeping and printing

    def ask_and_save(self, to: FileType = "pdf") -> None:
        """Ask where the file shall lie, and write it there."""
        if self._made is None or self.row.is_busy():
            return
        self.own.flush()
        proposed = documents_folder() / safe_name(f"{self.paper.name}.{to}")
        dialog = QFileDialog(self, _("Save as {program}").format(program=file_words()[to]), str(proposed))
        dialog.setObjectName("save_as")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter(f"{file_words()[to]} (*.{to})")
        dialog.setDefaultSuffix(to)
        dialog.selectFile(str(proposed))
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.selectedFiles():
            self.save(Path(dialog.selectedFiles()[0]), to)

    def save(self, path: Path, to: FileType = "pdf") -> Job:
        """Write it to `path` in the worker, whole or not at all, with the number that it then has."""
        paper, context, window = self.paper, self.context, self.parentWidget()
        words = _("Saved as {name}").format(name=path.name)

        def work(desk: Desk, progress: Progress) -> None:
            progress(0, 0)
            paper.save(desk, path, to)

        def done(_nothing: object) -> None:
            context.touched("letter")
            if isValid(self):
                Toast(self, words)
                self._make()
            else:
                context.say(words)

        job = self.context.jobs.run(
            work, done=done, failed=lambda error: messages.show(self if isValid(self) else window, error)
        )
        self._follow(job, _("Saving {name}").format(name=path.name))
        return job

    def _follow(self, job: Job, words: str, count: Count = one_of) -> None:
        """Show it at work; until it ends nothing else can be begun."""
        self.row.follow(job, words, count)
        self.bar.be_ready(False)
        job.finished.connect(self.bar.be_ready)

    def ask_and_print(self) -> None:
        """Let a printer be chosen, and print there."""
        if self._made is None or self.row.is_busy():
            return
        self.own.flush()
        printer = printing.prepared(self.paper.name, self._made.sizes[0], len(self._made.sizes))
        if printing.ask(printer, self, pages=len(self._made.sizes)):
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> Job:
        """Send the pages to `printer` in the worker, one by one, so that a long form can be stopped. The preview closes
        when they are there, and stays where they are not."""
        assert self._made is not None
        paper, current, context, window = self.paper, self.page(), self.context, self.parentWidget()

        def work(desk: Desk, progress: Progress) -> int:
            paper.give_out(desk)
            pdf = paper.render(desk)
            sizes = tuple(page_sizes(pdf))
            numbers = printing.chosen_pages(printer, len(sizes), current)
            return printing.print_pages(printer, [printing.Pages(pdf, sizes, numbers)], progress)

        def done(count: int) -> None:
            context.touched("letter")
            context.say(_("{count} pages sent to the printer").format(count=digits.count(count)))
            if isValid(self):
                self.accept()

        def stopped() -> None:
            words = _("Stopped. Pages that had gone to the printer are printed.")
            context.touched("letter")
            if isValid(self) and self.isVisible():
                Toast(self, words, "warning")
                self._make()
            else:
                context.say(words, "warning")

        job = self.context.jobs.run(
            work,
            title=_("Printing…"),
            done=done,
            failed=lambda error: messages.show(self if isValid(self) else window, error),
        )
        job.cancelled.connect(stopped)
        self._follow(job, _("Printing…"), printing.which_page)
        return job

    # the window

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.let_grow(self.width() >= theme.scaled(ROOMY))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.own.flush()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Close; what the worker has not yet drawn is not wanted any more, but what is being saved is finished."""
        self.own.flush()
        self._asked += 1
        self.view.forget()
        super().done(result)


def documents_folder() -> Path:
    """Where a person looks for papers; their own folder where the system has no such place."""
    place = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return place if place.is_dir() else Path.home()
