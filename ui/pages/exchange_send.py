"""Writing a package: to whom, what goes in it in plain words, on which stick, and when that can be taken out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QGridLayout, QProgressBar, QWidget

from cpdesk import logs
from cpdesk.errors import NotFound, UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import exchange
from cpdesk.tasks.attachments import size_text
from ui import drives, messages, tokens
from ui.context import Context
from ui.jobs import Job
from ui.pages.exchange_words import changes, contents, of_kinds, office_name
from ui.pages.exchange_written import Written
from ui.widgets.buttons import Button
from ui.widgets.editors.choice import Combo
from ui.widgets.guards import focus_kept, stops, tab_through
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Card, SectionHeader, clear_out, column, row
from ui.widgets.text import Text
from ui.widgets.tips import tip

if TYPE_CHECKING:
    from cpdesk.tasks.exchange import Exported, OfficeRow, Pending


class SendView(QWidget):
    """`refresh(offices)` fills it; `cards_wanted` when there is no office yet to write to."""

    cards_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._asked = 0
        self._drives: list[drives.Drive] = []
        self.folder: Path | None = None
        self.job: Job | None = None
        self._pressed = False  # by the keyboard or the mouse: the focus was on the button
        box = column(self, spacing=tokens.M)
        self.hint = InlineMessage(
            _(
                "No office above is known on this desk yet. Take its card first; "
                "until then a package is for this office alone."
            ),
            "accent",
            name="no_upper",
            button=_("Take a card"),
            run=self.cards_wanted.emit,
        )
        box.addWidget(self.hint)
        across = row(spacing=tokens.L)
        across.addWidget(self._what(), 5, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self._where(), 4, Qt.AlignmentFlag.AlignTop)
        box.addLayout(across)
        self.result = InlineMessage("", "good", name="sent", closable=True)
        box.addWidget(self.result)
        self.written = Written()
        box.addWidget(self.written)
        box.addStretch(1)

    def _what(self) -> Card:
        card = Card("send_what")
        line = row(spacing=tokens.M)
        line.addWidget(Text(_("Package to"), "title", wrap=False))
        self.to = Combo()
        self.to.setObjectName("send_to")
        self.to.setAccessibleName(_("Package to"))
        self.to.activated.connect(lambda _n: self._ask())
        line.addWidget(self.to, 1)
        card.body.addLayout(line)
        self.amount = Text("", "strong", name="send_amount")
        card.add(self.amount)
        self._table = QWidget()
        self._kinds = QGridLayout(self._table)
        self._kinds.setContentsMargins(0, 0, 0, 0)
        self._kinds.setHorizontalSpacing(tokens.L)
        self._kinds.setVerticalSpacing(0)
        card.add(self._table)
        self.note = Text("", "small", name="send_note")
        card.add(self.note)
        return card

    def _where(self) -> Card:
        card = Card("send_where")
        card.add(SectionHeader(_("Where to")))
        self._spots = QWidget()
        self._spots_box = column(self._spots)
        self._group = QButtonGroup(self)
        card.add(self._spots)
        self.spot = Text("", "small", name="send_spot")
        card.add(self.spot)
        line = row()
        self.write_button = Button(
            _("Write the package"), kind="primary", icon="usb", name="send_write", run=self.write
        )
        line.addWidget(self.write_button)
        self.everything = Button(_("All from the beginning"), kind="segment", name="send_everything")
        self.everything.setCheckable(True)
        words = _("For a computer that lost its data, or a new one: the package holds all changes.")
        self.everything.setToolTip(tip(words))
        line.addWidget(self.everything)
        line.addStretch(1)
        card.body.addLayout(line)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.bar.hide()
        card.add(self.bar)
        self.show_drives([])
        return card

    def begin(self) -> None:
        """Stand on what is next: to write, or to say where to."""
        if self.write_button.isEnabled():
            self.write_button.setFocus()
        else:
            self.other.setFocus()

    # to whom, and what

    def refresh(self, offices: list[OfficeRow]) -> None:
        standing = [o for o in offices if not o.revoked]
        above = [o for o in standing if o.role == "upper"]
        names = list(dict.fromkeys(o.office for o in [*above[::-1], *standing]))
        wanted = self.to.currentData()
        self.to.clear()
        for code in names:
            self.to.addItem(office_name(code), code)
        if not names:
            self.to.addItem(_("This office (a copy to keep)"), None)
        at = self.to.findData(wanted)
        self.to.setCurrentIndex(max(0, at))
        self.hint.setVisible(not names)
        self.written.show_packages(exchange.written(self.context.desk))
        self._ask()

    def _ask(self) -> None:
        """Count in the worker what would go."""
        self._asked += 1
        asked, to = self._asked, self.to.currentData()

        def done(found: Pending) -> None:
            if asked == self._asked:
                self._show(found)

        def failed(error: BaseException) -> None:
            if not isinstance(error, UserError):
                raise error
            if asked == self._asked:
                self.amount.setText(str(error))

        self.context.jobs.run(lambda desk, _progress: exchange.pending(desk, to), done=done, failed=failed)

    def _show(self, found: Pending) -> None:
        clear_out(self._kinds)
        self._table.setVisible(bool(found.changes or found.files))
        if not found.changes and not found.files:
            self.amount.setText(_("Nothing new since the last package that they confirmed."))
            self.note.setText(_("A package written now carries only the receipt of what came from them."))
            return
        records = ngettext("{count} record", "{count} records", found.records).format(
            count=digits.number(found.records)
        )
        self.amount.setText(
            _("{changes} in {records} go in it:").format(changes=changes(found.changes), records=records)
        )
        if not found.changes:
            self.amount.setText(_("Only what they lack goes in it:"))
        lines = of_kinds(found.by_kind)
        if found.files:
            lines.append((digits.number(found.files), _("Files, {size}").format(size=size_text(found.file_bytes))))
        for n, (count, word) in enumerate(lines):
            line, side = divmod(n, 2)
            number = Text(count, "strong", wrap=False)
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._kinds.addWidget(number, line, side * 2)
            self._kinds.addWidget(Text(word), line, side * 2 + 1)
        for at, share in enumerate((0, 1, 0, 1)):
            self._kinds.setColumnStretch(at, share)
        self.note.setText(
            _("Signed by this office, and locked so that only they can open it. Phone numbers stay here.")
        )

    # where to

    def show_drives(self, found: list[drives.Drive]) -> None:
        """Offer these sticks; the first that can be written to is chosen unless a folder is."""
        self._drives = found
        with focus_kept(self._spots):
            clear_out(self._spots_box)
            for drive in found:
                free = digits.count(max(1, drive.free // 1_000_000_000))
                words = _("{name} · {free} GB free").format(name=drive.name, free=free)
                self._spot_button(words, drive.path, "usb", enabled=not drive.read_only)
            self.other = Button(_("Another folder…"), icon="folder-open", name="send_folder", run=self._choose_folder)
            self._spots_box.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        tab_through([self.to, *stops(self._spots), self.write_button, self.everything])
        ready = [drive.path for drive in found if not drive.read_only]
        if self.folder is None and ready:
            self.use_folder(ready[0])
        elif self.folder is not None and not self.folder.exists():
            self.use_folder(ready[0] if ready else None)
        else:
            self.use_folder(self.folder)

    def _spot_button(self, words: str, path: Path, icon: str, *, enabled: bool) -> None:
        button = Button(words, kind="segment", icon=icon, name="send_drive", run=lambda: self.use_folder(path))
        button.setCheckable(True)
        button.setChecked(path == self.folder)
        button.setEnabled(enabled)
        button.setProperty("path", str(path))
        self._group.addButton(button)
        self._spots_box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _choose_folder(self) -> None:
        picked = QFileDialog.getExistingDirectory(self.window(), _("Where shall the package go?"))
        if picked:
            self.use_folder(Path(picked))

    def use_folder(self, folder: Path | None) -> None:
        """Write there."""
        self.folder = folder
        for button in self._group.buttons():
            button.setChecked(button.property("path") == str(folder))
        self.write_button.setEnabled(folder is not None)
        if folder is None:
            self.spot.setText(_("Plug in a stick, and it is shown here by itself."))
        elif folder in [drive.path for drive in self._drives]:
            self.spot.setText("")
        else:
            self.spot.setText(_("In the folder {folder}").format(folder=str(folder)))
        self.spot.setVisible(bool(self.spot.text()))

    def on_stick(self, path: Path) -> bool:
        return any(path.is_relative_to(drive.path) for drive in self._drives)

    # writing

    def write(self) -> None:
        """Write it in the worker; the file has its name only once it was read back whole."""
        if self.folder is None or self.job is not None:
            return
        to, whole = self.to.currentData(), self.everything.isChecked()
        path = free_name(self.folder, self.context.desk.office, to or self.context.desk.office)
        self.result.say("")
        self._pressed = self.write_button.hasFocus()
        self.write_button.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        job = self.context.jobs.run(
            lambda desk, progress: exchange.export(desk, path, to, whole, progress),
            title=_("Writing the package"),
            done=self._written,
            failed=self._failed,
        )
        self.job = job
        job.progress.connect(self._progress)
        job.finished.connect(self._finished)

    def _progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def _finished(self) -> None:
        self.job = None
        self.bar.hide()
        self.write_button.setEnabled(self.folder is not None)
        if self._pressed and self.window().focusWidget() is self.everything:
            self.write_button.setFocus()  # while it could not be pressed, the focus stood on its neighbour

    def _written(self, made: Exported) -> None:
        logs.note("package written", office=made.to, number=made.number, changes=made.changes, bytes=made.bytes)
        facts = _("Package {number} to {office} is written: {changes}, {size} KB, {file}.").format(
            number=digits.count(made.number),
            office=office_name(made.to),
            changes=contents(made.changes, made.files),
            size=digits.number(max(1, made.bytes // 1024)),
            file=made.package.name,
        )
        safe = _("It was read back and is whole. The stick can be taken out now.")
        lies = _("It was read back and is whole.")
        if made.later:
            more = ngettext(
                "{count} more attached file follows with the next package.",
                "{count} more attached files follow with the next packages.",
                made.later,
            )
            facts = f"{facts} {more.format(count=digits.number(made.later))}"
        self.result.say(f"{facts} {safe if self.on_stick(made.package) else lies}", "good")
        self.everything.setChecked(False)
        self.written.show_packages(exchange.written(self.context.desk))
        self._ask()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        if isinstance(error, NotFound):
            self.cards_wanted.emit()
        messages.show(self.window(), error)


def free_name(folder: Path, office: str, to: str) -> Path:
    """A name in `folder` that says from whom, to whom and when, and that no file bears yet."""
    stem = f"{office}-{to}-{date.today().isoformat()}"
    path = folder / f"{stem}.cpsync"
    n = 2
    while path.exists():
        path = folder / f"{stem}-{n}.cpsync"
        n += 1
    return path
