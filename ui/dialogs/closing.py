"""A backup before the program ends, for those who want it then: how far it is, and a way not to wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk import logs
from cpdesk.i18n import _
from cpdesk.tasks import backups
from ui import messages
from ui.backing_up import noted
from ui.dialogs.base import Dialog
from ui.jobs import Jobs, Progress
from ui.widgets.job_row import JobRow, uncounted

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from cpdesk.tasks.backups import Made


class ClosingBackup(Dialog):
    """Ends by itself once the backup is made. What goes wrong is said, and the desk is safe in any case."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(None, _("The desk is backed up before the program closes."), name="closing", icon="download")
        self._jobs = Jobs(desk.other, self)
        self.row = JobRow("closing_job")
        self.body.addWidget(self.row)
        self._error: BaseException | None = None
        job = self._jobs.run(_make, done=self._done, failed=self._failed)
        self.row.follow(job, _("Backing up…"), uncounted)
        self.row.cancel.set_text(_("Close without it"))
        job.finished.connect(self.accept)

    def _done(self, made: Made) -> None:
        noted(made)

    def _failed(self, error: BaseException) -> None:
        logs.note("backup failed", kind=type(error).__name__)
        self._error = error

    def reject(self) -> None:
        """Esc: close without it."""
        self.row.cancel.click()

    def wait(self) -> BaseException | None:
        """Until it is made or given up; what went wrong, else None."""
        self.exec()
        self._jobs.close()
        return self._error


def _make(desk: Desk, progress: Progress) -> Made:
    return backups.make(desk, progress=progress)


def back_up(desk: Desk) -> None:
    """Make it and wait for it."""
    dialog = ClosingBackup(desk)
    error = dialog.wait()
    dialog.deleteLater()
    if error is not None:
        messages.show(None, error).exec()
