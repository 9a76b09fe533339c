"""Backups in the window: by themselves in a worker of their own, by hand with a word about it, and how they stand.

A backup that could not be made (the stick is out, the disk is full) is told at the foot of the window and tried again;
it holds up nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from cpdesk import logs
from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import dates, digits
from cpdesk.tasks import backups
from ui import messages
from ui.jobs import Jobs, Progress

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from cpdesk.tasks.backups import Last, Made
    from ui.context import Context

LOOK_MS = 5 * 60 * 1000
FIRST_LOOK_MS = 20 * 1000  # the first minute belongs to the person


def run(context: Context, parent: QWidget, folder: Path | None, then: Callable[[Made], object] | None = None) -> None:
    """A backup now, with its progress at the foot of the window: into that folder, or into the chosen one."""

    def work(desk: Desk, progress: Progress) -> Made:
        if folder is None:
            return backups.make(desk, progress=progress)
        return backups.by_hand(desk, by_hand_name(desk, folder, datetime.now()), progress)

    def done(made: Made) -> None:
        noted(made)
        words = _("Backed up: {records} records in “{file}”.")
        context.say(words.format(records=digits.number(made.records), file=made.file.name))
        context.backed_up.emit()
        if then is not None:
            then(made)

    def failed(error: BaseException) -> None:
        messages.show(parent, error)

    context.jobs.run(work, title=_("Backing up…"), done=done, failed=failed)


def noted(made: Made) -> None:
    logs.note("backup made", records=made.records, thinned=made.thinned)


def by_hand_name(desk: Desk, folder: Path, now: datetime) -> Path:
    """The desk's own name with the day and the time, so that backups stand in order and none replaces another."""
    return folder / f"{desk.path.stem}-{now:%Y-%m-%d-%H%M%S}.cpbackup"


@dataclass(frozen=True)
class Look:
    """What a look found: the backup that was made, why none could be, and how the desk stands now."""

    made: Made | None
    problem: UserError | None
    stands: Last


def look(desk: Desk, progress: Progress) -> Look:
    """Make a backup where one is due."""
    made, problem = None, None
    try:
        if backups.is_due(desk):
            made = backups.make(desk, progress=progress)
    except UserError as why:
        problem = why
    return Look(made, problem, backups.last(desk))


class SelfBackup(QObject):
    """Looks from time to time whether a backup is due, and makes it beside the work. Belongs to the keeper of a window.

    `changed(look)` after each look.
    """

    changed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("self_backup")
        self._context = context
        self._jobs: Jobs | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        QTimer.singleShot(FIRST_LOOK_MS, self, self.look)
        context.backed_up.connect(self._told)

    def look(self) -> None:
        """Look now; not while a backup is being made."""
        if self._jobs is None:
            self._jobs = Jobs(self._context.desk.other, self)
        if not self._jobs.is_busy():
            self._jobs.run(look, done=self._looked, failed=self._failed)

    def _looked(self, found: Look) -> None:
        if found.made is not None:
            noted(found.made)
            self._context.backed_up.emit()
        elif found.problem is not None:
            logs.note("backup failed", kind=type(found.problem).__name__)
        self.changed.emit(found)

    def _failed(self, error: BaseException) -> None:
        """A desk that is busy, or gone with its stick: the next look asks again. A fault of ours is reported."""
        if not isinstance(error, UserError):
            raise error

    def _told(self) -> None:
        """One was made by hand."""
        if not self.is_busy():
            self.look()

    def is_busy(self) -> bool:
        return self._jobs is not None and self._jobs.is_busy()

    def close(self) -> None:
        """Stop a copy that is under way, and make none any more."""
        self._timer.stop()
        if self._jobs is not None:
            self._jobs.close()


def last_words(stands: Last) -> str:
    """How a desk stands with its backups, in a sentence or two."""
    said = _("This desk has no backup yet.")
    if stands.at is not None and stands.file is not None:
        folder = stands.file.parent
        said = _("Last backup: {day}, in “{folder}”.").format(day=moment_words(stands.at), folder=folder)
        if stands.fresh:
            said += " " + _("Nothing was written since.")
    if not stands.folder_there:
        said += " " + _("The folder is not there now: plug in the stick, and the next backup is made by itself.")
    return said


def note_words(found: Look) -> str:
    """The same at the foot of the window, in few words; "" where there is nothing to tell."""
    stands = found.stands
    if not stands.folder_there:
        return _("Backup: the folder is not there")
    if found.problem is not None:
        return _("Backup: it could not be made")
    if stands.at is None:
        return _("No backup yet") if stands.overdue else ""
    return _("Backup: {day}").format(day=moment_words(stands.at))


def moment_words(at: datetime) -> str:
    """Today at 10:24, yesterday, or the day."""
    days = (datetime.now().astimezone().date() - at.astimezone().date()).days
    clock = dates.clock(at.astimezone().time())
    if days == 0:
        return _("today at {time}").format(time=clock)
    if days == 1:
        return _("yesterday at {time}").format(time=clock)
    if 1 < days < 7:
        return ngettext("{count} day ago", "{count} days ago", days).format(count=digits.count(days))
    return dates.short(at.astimezone().date())
