"""What goes on beside the work: the word index, the number of differences that wait, backups, what stands at the foot.

All of it runs in the worker, a moment after the last change, so that typing never waits for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import dates, digits
from ui.backing_up import Look, SelfBackup, note_words
from ui.checking import watch
from ui.jobs import Job, Progress

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from ui.main_window import MainWindow

WAIT_MS = 900


@dataclass(frozen=True)
class News:
    """What was found: differences that wait, and when a package last went out and came in."""

    waiting: int
    sent: datetime | None
    received: datetime | None


def look(desk: Desk, progress: Progress) -> News:
    """Bring the word index up to date, wipe what was taken out and is still owed, and count what waits."""
    from cpdesk.tasks import exchange, personal, records

    records.index(desk, progress)
    personal.tidy(desk)
    received = max((package.received_at for package in exchange.packages(desk)), default=None)
    return News(len(exchange.conflicts(desk)), exchange.last_sent(desk), received)


class Keeper(QObject):
    """Belongs to a window and ends with it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("keeper")
        self._window = window
        self._news: News | None = None
        self._job: Job | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAIT_MS)
        self._soon.timeout.connect(self.look)
        window.context.changed.connect(lambda _kinds: self._soon.start())
        window.context.jobs.started.connect(self._give_way)
        window.rebuilt.connect(self._show)
        self._watch = watch(window.context)
        self._watch.changed.connect(window.count)
        self.backup = SelfBackup(window.context, self)
        self.backup.changed.connect(self._backed_up)
        self._backup: Look | None = None
        window.closing.connect(self.backup.close)
        self._watch.ask()
        window.count()  # what home had looked up already

    def look(self) -> None:
        """Look now; once more afterwards where something changed meanwhile."""
        if self._job is not None:
            self._soon.start()
            return
        self._job = self._window.context.jobs.run(look, done=self._found, failed=self._failed)
        self._job.finished.connect(self._finished)

    def _give_way(self, other: Job) -> None:
        """After a merge the word index takes a while: nobody's print waits for it, it goes on afterwards."""
        if self._job is not None and other is not self._job:
            self._job.cancel()
            self._soon.start()

    def _found(self, news: News) -> None:
        self._news = news
        self._window.context.waiting = news.waiting
        self._show()

    def _failed(self, _error: BaseException) -> None:
        """A desk that is busy, or gone with its stick: the next change asks again, and the change itself says why."""

    def _finished(self) -> None:
        self._job = None

    def _backed_up(self, found: Look) -> None:
        self._backup = found
        self._show_backup()

    def _show_backup(self) -> None:
        if self._backup is not None:
            go = lambda: self._window.context.go("settings", part="backups")  # noqa: E731
            self._window.status.note("backup", note_words(self._backup), run=go)

    def _show(self) -> None:
        self._show_backup()
        news = self._news
        if news is None:
            return
        status = self._window.status
        if news.sent is not None:
            status.note("sent", _("Package last written on {day}").format(day=_day(news.sent)))
        if news.received is not None:
            status.note("received", _("Package last received on {day}").format(day=_day(news.received)))
        words = ngettext(
            "{count} difference waits for a decision", "{count} differences wait for a decision", news.waiting
        )
        status.note(
            "differences",
            words.format(count=digits.count(news.waiting)) if news.waiting else "",
            run=lambda: self._window.context.go("exchange"),
        )
        self._window.count()


def _day(at: datetime) -> str:
    return dates.short(at.astimezone().date())
