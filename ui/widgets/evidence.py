"""The files of a record: scans, photos of signed sheets, evidence. The same box wherever a record is shown.

Files come in by the button, by dropping them here, or by Ctrl+V (a copied file, or a picture). Their bytes are taken in
beside the work; attaching is one step that Ctrl+Z takes back. What has not been received yet says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QStandardPaths, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QWidget
from shiboken6 import isValid

from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import attachments
from cpdesk.tasks.attachments import Attachment, Kept
from ui import messages, tokens
from ui.context import Context
from ui.widgets.buttons import Button
from ui.widgets.evidence_row import EvidenceRow
from ui.widgets.surfaces import clear_out, column, restyle, row
from ui.widgets.text import Text

Taken = tuple[list[Kept], list[UserError]]
KIND = "attachment"


class EvidenceBox(QFrame):
    """`show_record(id)` lists that record's files; None: of one that is still to be made, by `ensure()`."""

    def __init__(
        self,
        context: Context,
        ensure: Callable[[], str] | None = None,
        *,
        name: str = "evidence",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.ensure = ensure
        self.record: str | None = None
        self.setObjectName(name)
        self.setProperty("role", "evidence")
        self.setAcceptDrops(True)
        _forget_copies_at_the_end()
        whole = column(self, spacing=tokens.XS)
        self._rows = column(spacing=0)
        self.setMinimumWidth(1)  # its height is asked for at the width that it has
        whole.addLayout(self._rows)
        foot = row(spacing=10)
        self.add = Button(_("Attach files…"), icon="paperclip", name=f"{name}_add", run=self.choose)
        foot.addWidget(self.add)
        self.hint = Text("", "small", name=f"{name}_hint")
        foot.addWidget(self.hint, 1)
        whole.addLayout(foot)
        self.refresh()

    # showing

    def show_record(self, record: str | None) -> None:
        """List the files of another record."""
        self.flush()
        self.record = record
        self.refresh()

    def refresh(self) -> None:
        """Read the list again; what is being typed as a note stays."""
        found = attachments.of(self.context.desk, self.record) if self.record else []
        there = self.rows()
        if [(r.id, r.here) for r in there] != [(a.id, a.here) for a in found]:
            self._build(found)
        else:
            for one, attachment in zip(there, found, strict=True):
                one.show_file(attachment)
        self.hint.setText(_hint(bool(found)))

    def rows(self) -> list[EvidenceRow]:
        """The rows in sight, from top to bottom."""
        items = (self._rows.itemAt(n) for n in range(self._rows.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, EvidenceRow)]

    def flush(self) -> None:
        """Keep the notes that were typed."""
        for one in self.rows():
            one.flush()

    def begin(self, *, last: bool = False) -> None:
        """Put the cursor on the first file or the last one, on the button where there is none."""
        rows = self.rows()
        (rows[-1 if last else 0] if rows else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, found: Sequence[Attachment]) -> None:
        here = [one.id for one in self.rows() if one.hasFocus() or one.isAncestorOf(QApplication.focusWidget() or self)]
        clear_out(self._rows)
        before: QWidget = self
        for attachment in found:
            made = EvidenceRow(attachment, self)
            made.opened.connect(self._open)
            made.saved.connect(self._save)
            made.deleted.connect(self._delete)
            made.noted.connect(self._note)
            made.stepped.connect(lambda step, made=made: self._step(made, step))
            self._rows.addWidget(made)
            made.show()
            for stop in made.stops():
                QWidget.setTabOrder(before, stop)
                before = stop
            if attachment.id in here:
                made.setFocus()
        QWidget.setTabOrder(before, self.add)
        if here and here[0] not in {attachment.id for attachment in found}:
            self.begin(last=True)

    def _step(self, made: EvidenceRow, step: int) -> None:
        rows = self.rows()
        at = rows.index(made) + step
        if at >= len(rows):
            self.add.setFocus()
        elif at >= 0:
            rows[at].setFocus()

    # in

    def attach_files(self, paths: Sequence[Path]) -> None:
        """Attach files as one step. Those that are refused are told, the others come in."""
        wanted = list(paths)

        def take(desk: Any, progress: Callable[[int, int], None]) -> Taken:
            kept, refused = list[Kept](), list[UserError]()
            for n, path in enumerate(wanted):
                progress(n, len(wanted))
                try:
                    kept.append(attachments.keep(desk, path))
                except UserError as why:
                    refused.append(why)
            return kept, refused

        self._run(take)

    def attach_image(self, image: QImage) -> None:
        """Attach a picture that was pasted, as PNG."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        data = bytes(buffer.data().data())
        name = f"{_('Picture')} {datetime.now():%Y-%m-%d %H-%M-%S}.png"
        self._run(lambda desk, _progress: ([attachments.keep_bytes(desk, name, data)], []))

    def take_mime(self, data: QMimeData) -> bool:
        """Attach what was dropped or pasted; False where it holds neither files nor a picture."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        image = data.imageData() if not paths and data.hasImage() else None
        if paths:
            self.attach_files(paths)
        elif isinstance(image, QImage) and not image.isNull():
            self.attach_image(image)
        return bool(paths) or isinstance(image, QImage)

    def _run(self, take: Callable[[Any, Callable[[int, int], None]], Taken]) -> None:
        record = self.record or (self.ensure() if self.ensure else None)
        if record is None:
            return
        if self.record is None:
            self.record = record
        self.add.setEnabled(False)
        job = self.context.jobs.run(
            take, title=_("Attaching…"), done=lambda taken: self._attach(record, taken), failed=self._failed
        )
        job.finished.connect(self._free)

    def _free(self) -> None:
        self.add.setEnabled(True)

    def _attach(self, record: str, taken: Taken) -> None:
        """Also where the page has gone meanwhile: what was promised is done."""
        kept, refused = taken
        window = self.window() if isValid(self) else None
        with messages.shown(window), self.context.undo.together(_("attach a file")):
            for one in kept:
                attachments.attach_kept(self.context.undo, record, one)
        if kept:
            if isValid(self):
                self.refresh()
            self.context.touched(KIND)
            count = len(kept)
            words = ngettext("{count} file was attached.", "{count} files were attached.", count)
            self.context.say(words.format(count=digits.count(count)))
        for why in refused[:1]:
            messages.show(window, why)

    def choose(self) -> None:
        """Ask for files and attach them."""
        names, _filter = QFileDialog.getOpenFileNames(self.window(), _("Attach files"), _pictures())
        if names:
            self.attach_files([Path(name) for name in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            restyle(self, "state", "over")

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        restyle(self, "state", "")

    def dropEvent(self, event: QDropEvent) -> None:
        restyle(self, "state", "")
        if self.take_mime(event.mimeData()):
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self.take_mime(QGuiApplication.clipboard().mimeData()):
            return
        super().keyPressEvent(event)

    # out

    def _open(self, id_: str) -> None:
        self.context.jobs.run(
            lambda desk, _progress: attachments.copy_to_open(desk, id_),
            title=_("Opening…"),
            done=self._show_copy,
            failed=self._failed,
        )

    def _show_copy(self, copy: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            self.context.say(_("No program on this computer opens such a file. Save a copy instead."), "warning")

    def _save(self, id_: str) -> None:
        found = attachments.get(self.context.desk, id_)
        proposed = str(Path(_documents()) / attachments.safe_name(found.name))
        name, _filter = QFileDialog.getSaveFileName(self.window(), _("Save a copy"), proposed)
        if name:
            self.save_to(id_, Path(name))

    def save_to(self, id_: str, path: Path) -> None:
        """A copy of the file under that name."""
        self.context.jobs.run(
            lambda desk, _progress: attachments.save_copy(desk, id_, path),
            title=_("Saving a copy…"),
            done=lambda saved: self.context.say(_("Saved as {name}").format(name=saved.name)),
            failed=self._failed,
        )

    def _delete(self, id_: str) -> None:
        at = next((n for n, one in enumerate(self.rows()) if one.id == id_), 0)
        self.context.undo.delete(id_)
        self.refresh()
        rows = self.rows()
        (rows[min(at, len(rows) - 1)] if rows else self.add).setFocus()
        self.context.touched(KIND)
        self.context.say(_("Deleted. Ctrl+Z brings it back."))

    def _note(self, id_: str, words: str) -> None:
        self.context.undo.save(KIND, {"note": words or None}, id_)
        self.context.touched(KIND)

    def _failed(self, error: BaseException) -> None:
        messages.show(self.window() if isValid(self) else None, error)


def _hint(some: bool) -> str:
    if some:
        return _("Or drop files here; Ctrl+V pastes a picture.")
    limit = attachments.size_text(attachments.MOST)
    return _(
        "Scans and photos of signed sheets, lists and other evidence. Drop files here, or paste a picture with Ctrl+V;"
        " up to {limit} a file."
    ).format(limit=limit)


def _pictures() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


_ends: list[bool] = []


def _forget_copies_at_the_end() -> None:
    """Copies made for other programs go when the program ends, and those of the last time now."""
    app = QApplication.instance()
    if app is not None and not _ends:
        _ends.append(True)
        attachments.forget_copies()
        app.aboutToQuit.connect(attachments.forget_copies)
