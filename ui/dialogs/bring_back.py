"""Back from a backup: which there are, what the chosen one holds beside the present desk, and only then the change.

A backup of a locked desk wants a password or the code of its day, unless it is of the desk that is open. The desk is
made of the backup in the worker, whole and checked, before the present one is touched. `prepared` is where it lies
then; whoever opened the dialog lets it take the place (`tasks.bringing_back.put_in_place`).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget
from shiboken6 import isValid

from cpdesk.errors import Locked, UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import dates, digits
from cpdesk.records import KINDS
from cpdesk.tasks import backups, bringing_back
from cpdesk.tasks.attachments import size_text
from ui import messages, theme, tokens
from ui.backing_up import moment_words
from ui.dialogs.base import Dialog
from ui.dialogs.password_field import PasswordField
from ui.jobs import Jobs, Progress
from ui.lists.rows import Face, Piece, RowList, Slot
from ui.pages.exchange_words import office_name
from ui.widgets.buttons import Button
from ui.widgets.job_row import JobRow, uncounted
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Card, clear_out, column, restyle, row, scrolling
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from cpdesk.tasks.bringing_back import Found, Inside
    from cpdesk.tasks.keys import DeskKey

MOST_KINDS = 9
UNREADABLE = -1  # how many records a copy holds that cannot be opened
WIDTH, ROOM, FRAME = 860, 360, 260


class BringBack(Dialog):
    """`path` is the desk whose place shall be taken, `present` the same where it is open; `file` a backup that was
    chosen already."""

    def __init__(
        self, path: Path, present: Desk | None, file: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, _("Bring back from a backup"), name="bring_back", icon="rotate-ccw")
        self.prepared: Path | None = None
        self._path, self._present, self._file = path, present, file
        self._now = bringing_back.holds(present) if present is not None else None
        self._office = present.office if present is not None else ""
        self._found = _found(path, present.salt if present is not None else b"")
        self._counts: dict[Path, int] = {}
        self._keys: list[DeskKey] = [present.key] if present is not None else []
        self._jobs = Jobs(None, self)
        self.setMaximumWidth(theme.scaled(WIDTH))
        screen = self.screen().availableGeometry()
        self.setMinimumWidth(min(theme.scaled(WIDTH), screen.width() - 40))
        self.say(_("Nothing is lost: the present desk stays beside the one brought back, under another name."))
        across = row(spacing=tokens.L)
        across.addWidget(self._list(), 4)
        across.addWidget(self._preview(), 5)
        self.body.addLayout(across, 1)
        self.let_body_grow()
        self.row = JobRow("bring_back_job")
        self.body.addWidget(self.row)
        self.add_button(_("Another file…"), self._ask_file, name="bring_back_file", icon="folder-open")
        self.add_button(_("Leave it as it is"), self.reject, name="bring_back_no")
        self.yes = self.add_button(_("Bring this back"), self.take, kind="primary", name="bring_back_yes")
        self.yes.setEnabled(False)
        self.finished.connect(lambda _how: self._jobs.close())
        if file is not None:
            self._look(file)
        elif self._found:
            self.rows.choose(str(self._found[0].file))
            self._look(self._found[0].file)
        else:
            self._say(_("No backup was found. Plug in the stick, or choose the file yourself."))

    # what there is

    def _list(self) -> QWidget:
        self.rows = RowList((Slot(),), name="bring_back_rows")
        self.rows.setAccessibleName(_("Backups"))
        self._show_rows()
        self.rows.opened.connect(lambda id_: self.choose(Path(id_)))
        inner = QWidget()
        box = column(inner)
        box.addWidget(self.rows)
        box.addStretch(1)
        area = scrolling(inner, "bring_back_list")
        area.setMinimumHeight(self._room())
        return area

    def _room(self) -> int:
        """How high list and preview are: as much as a small screen has beside words and buttons."""
        return min(theme.scaled(ROOM), self.screen().availableGeometry().height() - theme.scaled(FRAME))

    def _show_rows(self) -> None:
        self.rows.show_faces([_face(one, self._counts.get(one.file)) for one in self._found])

    def _count_on(self) -> None:
        """How many records the others hold, one after the other, as long as nobody asks for something else."""
        if not isValid(self) or self._jobs.is_busy():
            return
        left = next((one.file for one in self._found if one.file not in self._counts), None)
        if left is None:
            return

        def known(records: int) -> None:
            self._counts[left] = records
            if isValid(self):
                self._show_rows()
                QTimer.singleShot(0, self, self._count_on)

        key = self._key(left)

        def work(_desk: object, _progress: Progress) -> int:
            return bringing_back.look_into(left, key).records

        self._jobs.run(work, done=known, failed=lambda _why: known(UNREADABLE))

    def _preview(self) -> QWidget:
        inner = QWidget()
        box = column(inner, spacing=tokens.S)
        self._words = InlineMessage("", "neutral", name="bring_back_words")
        self._title = Text("", "strong", name="bring_back_title")
        self._facts = Text("", "small", name="bring_back_facts")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.L)
        self._grid.setVerticalSpacing(tokens.XS)
        self._grid.setColumnStretch(0, 1)
        self.secret = PasswordField("bring_back_secret", _("Password or recovery code"))
        self.secret.entered.connect(self.unlock)
        self.open_it = Button(_("Look into it"), icon="lock", name="bring_back_unlock", run=self.unlock)
        for widget in (self._words, self.secret, self.open_it, self._title, self._facts):
            box.addWidget(widget)
        self._ask_secret(False)
        box.addLayout(self._grid)
        box.addStretch(1)
        card = Card("bring_back_preview", margin=14)
        area = scrolling(inner, "bring_back_inside")
        for one in (area, inner):
            restyle(one, "role", "page")  # the card's own ground
        card.add(area)
        return card

    def choose(self, file: Path) -> None:
        """Look into that backup; once more, and the focus goes on to the button."""
        if self.rows.chosen == str(file) and self.yes.isEnabled():
            self.yes.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.rows.choose(str(file))
        self._look(file)

    def _ask_file(self) -> None:
        kinds = ";;".join((_("Backups and desks (*.cpbackup *.cpdesk)"), _("All files (*)")))
        name, _filter = QFileDialog.getOpenFileName(self, _("Choose the backup"), str(self._path.parent), kinds)
        if name:
            self.rows.choose("")
            self._look(Path(name))

    # what opens it

    def _key(self, file: Path) -> DeskKey | None:
        """Of those that are known the one that opens it; None for an open desk's, which is found by itself."""
        return next((key for key in self._keys if backups.is_of(file, key.salt)), None)

    def _ask_secret(self, wanted: bool) -> None:
        self.secret.setVisible(wanted)
        self.open_it.setVisible(wanted)
        if wanted:
            self.secret.setFocus()

    def unlock(self) -> None:
        """Try what was typed at the backup that is looked at."""
        from cpdesk.tasks import keys

        file, secret = self._file, self.secret.text()
        if file is None or not secret.strip() or self._jobs.is_busy():
            return

        def opened(key: DeskKey) -> None:
            if isValid(self):
                self.secret.clear()
                self._keys.append(key)
                self._look(file)

        def refused(error: BaseException) -> None:
            if isValid(self) and self._file == file:
                wrong = _("That does not open it. {todo}").format(todo=getattr(error, "todo", ""))
                self._say(wrong if isinstance(error, keys.WrongPassword) else str(error), "bad")
                self._ask_secret(True)

        self._say(_("Looking into “{file}”…").format(file=file.name))
        self._jobs.run(lambda _desk, _progress: keys.key_of(file, secret), done=opened, failed=refused)

    def _look(self, file: Path) -> None:
        self._file = file
        self.yes.setEnabled(False)
        key = self._key(file)
        self._say(_("Looking into “{file}”…").format(file=file.name))

        def done(inside: Inside) -> None:
            self._counts[file] = inside.records
            if isValid(self) and self._file == file:
                self._show_rows()
                self._show(inside)
                QTimer.singleShot(0, self, self._count_on)

        def failed(error: BaseException) -> None:
            if isValid(self) and self._file == file:
                locked = isinstance(error, Locked)
                words = _("This backup is locked: a password of its day opens it, or the recovery code of that day.")
                self._say(words if locked else str(error), "neutral" if locked else "bad")
                self._ask_secret(locked)

        self._jobs.run(lambda _desk, _progress: bringing_back.look_into(file, key), done=done, failed=failed)

    def _say(self, words: str, tone: str = "neutral") -> None:
        self._ask_secret(False)
        self._words.say(words, tone)
        self._title.setText("")
        self._facts.setText("")
        clear_out(self._grid)

    def _show(self, inside: Inside) -> None:
        self._say("")
        other = bool(self._office) and inside.office != self._office
        if other:
            self._words.say(_("This is the backup of another office."), "warning")
        self._title.setText(office_name(inside.office))
        when = moment_words(inside.newest) if inside.newest is not None else "—"
        count = ngettext("{count} record", "{count} records", inside.records).format(
            count=digits.number(inside.records)
        )
        self._facts.setText(_("{records}, the last change {day}").format(records=count, day=when))
        self._compare(inside)
        self.yes.setEnabled(not other)

    def _compare(self, inside: Inside) -> None:
        """Kind by kind: how many there are in the backup, and now; where they differ first."""
        now = self._now.counts if self._now is not None else {}
        there = {name for name in {*inside.counts, *now} if inside.counts.get(name) or now.get(name)}
        heads = ["", _("in the backup"), *([_("in the desk now")] if self._now is not None else [])]
        for at, words in enumerate(heads):
            self._cell(0, at, words, "small")
        names = sorted(there, key=lambda name: (inside.counts.get(name) == now.get(name), list(KINDS).index(name)))
        for line, name in enumerate(names[:MOST_KINDS], 1):
            self._cell(line, 0, KINDS[name].label, "text")
            self._cell(line, 1, digits.number(inside.counts.get(name, 0)), "text")
            if self._now is not None:
                same = inside.counts.get(name, 0) == now.get(name, 0)
                self._cell(line, 2, digits.number(now.get(name, 0)), "muted" if same else "strong")

    def _cell(self, line: int, at: int, words: str, role: str) -> None:
        text = Text(words, role, wrap=at == 0)
        if at:
            text.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(text, line, at)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.rows.focus(self.rows.chosen)

    # doing it

    def take(self) -> None:
        """Make a desk of it beside the present one."""
        file = self._file
        if file is None or self.row.is_busy():
            return
        try:
            path = bringing_back.over(self._present) if self._present is not None else self._path
        except UserError as error:
            messages.show(self, error)
            return

        key = self._key(file)

        def work(_desk: object, progress: Progress) -> Path:
            return bringing_back.prepare(file, path, progress, key)

        def done(prepared: Path) -> None:
            if isValid(self):
                self.prepared = prepared
                self.accept()

        def failed(error: BaseException) -> None:
            if isValid(self):
                self.yes.setEnabled(True)
                messages.show(self, error)

        self.yes.setEnabled(False)
        job = self._jobs.run(work, done=done, failed=failed)
        self.row.follow(job, _("Bringing it back…"), uncounted)
        job.cancelled.connect(lambda: self.yes.setEnabled(True))


def _found(path: Path, salt: bytes) -> list[Found]:
    """The backups of that desk; of all desks where the present one is not known or none of it lies there."""
    folders = bringing_back.folders(path)
    return (bringing_back.found(folders, salt) if salt else []) or bringing_back.found(folders)


def _why(why: str) -> str:
    words = {
        "before-merge": _("before packages were merged"),
        "before-undo": _("before an import was taken back"),
        "before-upgrade": _("before a new version of the program"),
    }
    return words.get(why, "")


def _face(one: Found, records: int | None) -> Face:
    at: datetime = one.at
    day = f"{dates.short(at.date())} {dates.clock(at.time())}"
    held = [size_text(one.bytes)]
    if records == UNREADABLE:
        held.append(_("cannot be read"))
    elif records is not None:
        held.append(ngettext("{count} record", "{count} records", records).format(count=digits.number(records)))
    where = _why(one.why) or one.file.parent.name
    return Face(str(one.file), ((Piece(day, "strong"), Piece(" · ".join(held), "small"), Piece(where, "small")),))
