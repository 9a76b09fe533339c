"""Receiving: a place to drop packages, what they would change, the merge with its progress, what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QProgressBar, QWidget

from cpdesk import logs
from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import Progress, exchange
from ui import drives, icons, messages, tokens
from ui.context import Context
from ui.dialogs.package_review import PackageReview
from ui.dialogs.preview import Paper, show_preview
from ui.jobs import Job
from ui.pages.exchange_words import contents, office_name
from ui.widgets.buttons import Button, IconButton
from ui.widgets.surfaces import Card, Chip, clear_out, column, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from cpdesk.tasks.exchange import Inspected, Merged

STATUS_TONES = {"merged": "good", "nothing new": "neutral", "refused": "bad"}


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Files as they are, folders (a whole stick) by the packages in them; each once."""
    found: dict[Path, None] = {}
    for path in paths:
        for file in drives.packages_on(path) if path.is_dir() else [path]:
            found[file] = None
    return list(found)


class DropArea(Card):
    """Takes files and folders by drop or by button: `offered(paths)`. What lies on a stick: `merge_wanted(paths)`."""

    offered = Signal(object)
    merge_wanted = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, meant_for_us: Callable[[list[Path]], list[Path]]) -> None:
        super().__init__("drop", role="drop", margin=14)
        self.setAcceptDrops(True)
        self._meant_for_us = meant_for_us
        self._on_stick: list[Path] = []
        across = row(spacing=tokens.L)
        picture = QLabel()
        picture.setPixmap(icons.pixmap("usb", "accent", 28))
        across.addWidget(picture)
        words = column(spacing=0)
        self.title = Text(_("Drop packages here, or plug in a stick"), "strong")
        self.found = Text("", "small", name="drop_found")
        words.addWidget(self.title)
        words.addWidget(self.found)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.bar.hide()
        words.addWidget(self.bar)
        across.addLayout(words, 1)
        self.pick = Button(_("Choose files…"), icon="folder-open", name="drop_pick", run=self._choose)
        self.look = Button(_("Look first"), icon="file-search", name="drop_look", run=self._look)
        self.all = Button("", kind="primary", name="drop_merge", run=lambda: self.merge_wanted.emit(self._on_stick))
        self.cancel = Button(_("Cancel"), name="drop_cancel", run=self.cancel_wanted.emit)
        for button in (self.pick, self.look, self.all, self.cancel):
            across.addWidget(button)
        self.body.addLayout(across)
        self.cancel.hide()
        self.show_drives([])
        self.set_busy("")

    def show_drives(self, found: Sequence[drives.Drive]) -> None:
        """Say which packages lie on the sticks; those to other offices, as on a stick that goes round, are passed
        over."""
        there = [path for drive in found for path in drives.packages_on(drive.path)]
        self._on_stick = self._meant_for_us(there)
        n, others = len(self._on_stick), len(there) - len(self._on_stick)
        if not found:
            said = _("Any number of packages at once, or the folder they lie in. Nothing is changed before you agree.")
        else:
            names = ", ".join(drive.name for drive in found)
            said = (
                ngettext("Stick “{name}” holds {count} package", "Stick “{name}” holds {count} packages", n)
                if n
                else _("Stick “{name}” holds no package for this office")
                if others
                else _("Stick “{name}” holds no package")
            ).format(name=names, count=digits.count(n))
        if others:
            more = ngettext("{count} for another office", "{count} for other offices", others)
            said = f"{said} · {more.format(count=digits.count(others))}"
        self.found.setText(said)
        word = ngettext("Merge {count} package", "Merge {count} packages", n).format(count=digits.count(n))
        self.all.set_text(word)
        if self.cancel.isHidden():
            self.look.setVisible(n > 0)
            self.all.setVisible(n > 0)

    def set_busy(self, title: str) -> None:
        """Show the progress instead of the buttons; an empty title ends it."""
        busy = bool(title)
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy)
        self.found.setVisible(not busy)
        self.title.setText(title or _("Drop packages here, or plug in a stick"))
        had = self.window().focusWidget() in (self.pick, self.look, self.all, self.cancel)
        if busy:
            self.cancel.show()
            if had:
                self.cancel.setFocus()  # before what had it is hidden
        self.pick.setVisible(not busy)
        self.look.setVisible(not busy and bool(self._on_stick))
        self.all.setVisible(not busy and bool(self._on_stick))
        if not busy:
            if had:
                self._first().setFocus()
            self.cancel.hide()
        self.setAcceptDrops(not busy)

    def set_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(1, total // 1024))
        self.bar.setValue(done // 1024)

    def begin(self) -> None:
        """Stand on the first thing to press."""
        (self._first() if self.cancel.isHidden() else self.cancel).setFocus()

    def _first(self) -> Button:
        return self.pick if self.look.isHidden() else self.look

    def _choose(self) -> None:
        picked, _filter = QFileDialog.getOpenFileNames(self.window(), _("Choose packages"), "", "*.cpsync")
        if picked:
            self.offered.emit([Path(name) for name in picked])

    def _look(self) -> None:
        self.offered.emit(self._on_stick)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self.set_chosen(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.set_chosen(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.set_chosen(False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.offered.emit(paths)


class Results(Card):
    """What became of each package, until it is closed. `receipt_wanted(result)` for the one who brought it."""

    receipt_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("merge_results", margin=14)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(tokens.M)
        self._rows.setVerticalSpacing(tokens.XS)
        self._rows.setColumnStretch(1, 1)
        head = row()
        self.title = Text("", "title", name="results_title")
        head.addWidget(self.title, 1)
        head.addWidget(IconButton("x", _("Close this list"), name="results_close", run=self.hide))
        self.body.addLayout(head)
        self.body.addLayout(self._rows)
        self.hide()

    def show_results(self, found: Sequence[Merged]) -> None:
        clear_out(self._rows)
        fresh = sum(r.changes for r in found)
        files = sum(r.files for r in found)
        words = _("Merged: {changes}").format(changes=contents(fresh, files))
        self.title.setText(words if fresh or files else _("Nothing was new"))
        top = Qt.AlignmentFlag.AlignTop
        for at, result in enumerate(found):
            tone = "warning" if result.conflicts else STATUS_TONES[result.status]
            self._rows.addWidget(Chip(_status(result), tone), at, 0, top | Qt.AlignmentFlag.AlignLeft)
            self._rows.addWidget(Text(_told(result)), at, 1, top)
            if result.number is not None and not result.why:
                run = partial(self.receipt_wanted.emit, result)
                name = f"receipt_{result.office}_{result.number}"
                self._rows.addWidget(Button(_("Receipt"), kind="link", icon="printer", name=name, run=run), at, 2, top)
        self.show()


def _status(result: Merged) -> str:
    if result.conflicts:
        n = result.conflicts
        return ngettext("{count} differs", "{count} differ", n).format(count=digits.count(n))
    return {"merged": _("Merged"), "nothing new": _("Nothing new"), "refused": _("Refused")}[result.status]


def _told(result: Merged) -> str:
    name = office_name(result.office) if result.office else result.package.name
    parts = [name]
    if result.number is not None:
        parts.append(_("Package {number}").format(number=digits.count(result.number)))
    if result.why:
        parts.append(result.why)
    elif result.changes or result.files:
        parts.append(contents(result.changes, result.files))
    return " · ".join(parts)


class Receiving(QWidget):
    """The drop area and the results, and the work behind them. `card_offered(path)` when a card was dropped,
    `merged(what became of each package)` after a merge."""

    card_offered = Signal(object)
    merged = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.review: PackageReview | None = None
        self.job: Job | None = None
        box = column(self, spacing=tokens.M)
        self.drop = DropArea(lambda paths: exchange.meant_for(context.desk, paths))
        self.results = Results()
        box.addWidget(self.drop)
        box.addWidget(self.results)
        self.results.receipt_wanted.connect(self.print_receipt)
        self.drop.offered.connect(self.offer)
        self.drop.merge_wanted.connect(self.merge)
        self.drop.cancel_wanted.connect(self.cancel)

    def begin(self) -> None:
        """Stand on what is next: to look at what the stick holds, or to choose files."""
        self.drop.begin()

    def offer(self, paths: Sequence[Path]) -> None:
        """Look into packages (files, folders) and show what they would change."""
        cards = [path for path in paths if path.suffix.lower() == ".cpcard"]
        if cards:
            self.card_offered.emit(cards[0])
        files = files_of(path for path in paths if path not in cards)
        if not files:
            if not cards:
                self.context.say(_("There is no package in it."), "warning")
            return

        def look(desk: Desk, progress: Progress) -> list[Inspected]:
            found = []
            for n, file in enumerate(files):
                progress(n, len(files))
                found.append(exchange.inspect(desk, file))
            return found

        self._run(look, _("Looking into the packages"), self._review)

    def _review(self, found: list[Inspected]) -> None:
        self.review = PackageReview(self.window(), found)
        self.review.merge_wanted.connect(self.merge)
        self.review.open()

    def merge(self, paths: Sequence[Path]) -> None:
        """Merge them in the worker, after a backup."""
        files = files_of(paths)
        self._run(lambda desk, progress: exchange.merge(desk, files, progress=progress), _("Merging"), self._merged)

    def _merged(self, found: list[Merged]) -> None:
        for one in found:
            logs.note("package", status=one.status, office=one.office, number=one.number, changes=one.changes)
        self.results.show_results(found)
        self.merged.emit(found)
        self.context.touched()

    def print_receipt(self, result: Merged) -> None:
        """What whoever brought the package takes home."""
        came = [one for one in exchange.packages(self.context.desk) if one.office == result.office]
        found = [one for one in came if one.number == result.number]
        if found:
            show_preview(self.context, Paper("receipt", str(found[-1].package)), self.window())

    def cancel(self) -> None:
        if self.job is not None:
            self.job.cancel()

    def _run(self, work: object, title: str, done: object) -> None:
        if self.job is not None:
            return
        self.drop.set_busy(title)
        job = self.context.jobs.run(work, title=title, done=done, failed=self._failed)  # type: ignore[arg-type]
        self.job = job
        job.progress.connect(self.drop.set_progress)
        job.cancelled.connect(self._cancelled)
        job.finished.connect(self._finished)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        messages.show(self.window(), error)

    def _cancelled(self) -> None:
        self.context.say(_("Stopped. Packages that were finished stay merged; the others left no trace."), "accent")
        self.context.touched()

    def _finished(self) -> None:
        self.job = None
        self.drop.set_busy("")
