"""An import taken back as a whole, or taken in again: what that would change, what stands in its way, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cpdesk import logs
from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import exchange
from ui import messages, tokens
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.dialogs.package_review import ChangeList, Fold
from ui.jobs import Progress
from ui.pages.exchange_words import kind_counts, office_name
from ui.widgets.editors.line import Line
from ui.widgets.job_row import JobRow
from ui.widgets.surfaces import Card, column, scrolling
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from cpdesk.tasks.exchange import PackageRow, Undone, UndoPreview

ROOM = 220


class TakeBack(Dialog):
    """`taken(undone)` once it was done. It looks first, in the worker: nothing changes before the person agrees."""

    taken = Signal(object)

    def __init__(self, context: Context, package: PackageRow, parent: QWidget | None, *, again: bool) -> None:
        title = _("Take this import in again?") if again else _("Take this import back?")
        super().__init__(parent, title, name="take_back", icon="rotate-ccw")
        self.context, self.package, self.again = context, package, again
        self.resize(640, 420)
        words = _("Package {number} from {office}")
        self.say(words.format(number=digits.count(package.number), office=office_name(package.office)), "strong")
        self._found = QWidget()
        self._box = column(self._found, spacing=tokens.S)
        self.body.addWidget(self._found, 1)
        self.let_body_grow()
        self.row = JobRow("take_back_job")
        self.body.addWidget(self.row)
        self.reason = Line()
        self.reason.setObjectName("take_back_reason")
        self.reason.setAccessibleName(_("Why"))
        self.reason.setPlaceholderText(_("Why, in a few words: the other offices read it too"))
        self.body.addWidget(self.reason)
        self.add_button(_("Leave it as it is"), self.reject, name="take_back_no")
        word = _("Take it in again") if again else _("Take it back")
        self.yes = self.add_button(word, self.take, kind="primary", name="take_back_yes", icon="rotate-ccw")
        self.yes.setEnabled(False)
        self._look()

    def _look(self) -> None:
        number = self.package.package
        job = self.context.jobs.run(
            lambda desk, progress: exchange.can_undo(desk, number, progress), done=self._show, failed=self._failed
        )
        self.row.follow(job, _("Looking at what it would change"))

    def _show(self, found: UndoPreview) -> None:
        if not isValid(self):
            return
        self.yes.setEnabled(found.possible)
        self.reason.setVisible(found.possible)
        if not found.possible:
            self._in_the_way(found)
            return
        count = ngettext("{count} record changes.", "{count} records change.", found.records)
        self._box.addWidget(Text(count.format(count=digits.count(found.records)), "strong", name="take_back_count"))
        for line in kind_counts(found.by_kind):
            self._box.addWidget(Text(line, "small"))
        if found.redacted:
            kept = ngettext(
                "{count} record stays as it is: its content was taken out on request.",
                "{count} records stay as they are: their content was taken out on request.", found.redacted,
            )  # fmt: skip
            self._box.addWidget(Text(kept.format(count=digits.count(found.redacted)), "small"))
        told = _("A copy of the desk is kept first. Nothing is erased: this can be undone, and the others are told.")
        self._box.addWidget(Text(told, "small"))
        if found.items:
            inner = QWidget()
            box = column(inner)
            box.addWidget(Fold(_("See every value"), lambda: ChangeList(found.items), name="fold_take_back"))
            box.addStretch(1)
            area = scrolling(inner, "take_back_scroll")
            area.setMinimumHeight(ROOM)
            self._box.addWidget(area, 1)
        self.reason.setFocus()

    def _in_the_way(self, found: UndoPreview) -> None:
        """Why it cannot be done, and what would clear the way."""
        self._box.addWidget(Text(_("It cannot be taken back now: something later stands on it."), "problem"))
        tile = Card("take_back_obstacles", role="tile", margin=12)
        for one in found.obstacles[:5]:
            tile.add(Text(one.sentence))
        rest = len(found.obstacles) - 5 + found.others
        if rest > 0:
            tile.add(Text(_("and {count} more").format(count=digits.count(rest)), "small"))
        self._box.addWidget(tile)
        if found.first:
            numbers = ", ".join(map(digits.count, found.first))
            todo = _("Take back these imports first, in this order: {numbers}.").format(numbers=numbers)
        else:
            todo = _("Correct the values one by one instead, or change what stands on it first.")
        self._box.addWidget(Text(todo))
        self._box.addStretch(1)

    def take(self) -> None:
        """Do it, in the worker."""
        number, reason, again = self.package.package, self.reason.text().strip(), self.again

        def work(desk: Desk, progress: Progress) -> Undone:
            return (exchange.redo_import if again else exchange.undo_import)(desk, number, reason, progress)

        def done(undone: Undone) -> None:
            logs.note("import taken in again" if again else "import taken back", number=undone.package)
            self.context.touched()
            words = _("Import {number} is taken in again.") if again else _("Import {number} is taken back.")
            self.context.say(words.format(number=digits.count(undone.package)))
            if isValid(self):
                self.taken.emit(undone)
                self.accept()

        self.yes.setEnabled(False)
        job = self.context.jobs.run(work, title=self.windowTitle(), done=done, failed=self._failed)
        self.row.follow(job, _("Taking it in again") if again else _("Taking it back"))
        job.cancelled.connect(lambda: self.yes.setEnabled(True))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        messages.show(self if isValid(self) else None, error)
