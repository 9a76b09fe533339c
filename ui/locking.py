"""Locking the desk: after idle minutes, after sleep, on demand. What was typed is kept, and nothing stays readable.

How long nobody was there is measured by the clock that nobody sets. Sleep is noticed by a tick that comes late, or by
the wall clock that jumped ahead of the other. What the system could tell of itself (that the lid goes down, that the
session is locked) is not asked for: the first tick after it is at most a second late.
"""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QThread, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from cpdesk import logs, settings
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from ui import messages
from ui.navigation import Location

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.app import Program
    from ui.dialogs.unlock import Unlock
    from ui.main_window import MainWindow

TICK_MS = 1000
JUMP = 30.0  # seconds: the computer slept
POLL_MS = 30
OUTERMOST = 1  # the program's own loop; a dialog that waits for an answer runs in one above it
_HANDS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    }
)


class Watch(QObject):
    """`due(why)` when a desk that has a password should be locked. `clock` never goes back, `wall` is what people set.

    It begins with the first paint: until then nothing is to be slowed down.
    """

    due = Signal(str)

    def __init__(
        self,
        parent: QObject,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("idle_watch")
        self._clock, self._wall = clock, wall
        self._touched = self._ticked = clock()
        self._ahead = wall() - clock()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    def begin(self) -> None:
        """From now on, as if somebody had just touched the computer."""
        app = QApplication.instance()
        if not self._timer.isActive() and app is not None:
            app.installEventFilter(self)
        self._touched = self._ticked = self._clock()
        self._ahead = self._wall() - self._clock()
        self._timer.start()

    def is_on(self) -> bool:
        return self._timer.isActive()

    def end(self) -> None:
        """Nobody is watched while there is nothing to lock."""
        app = QApplication.instance()
        self._timer.stop()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _HANDS:
            self._touched = self._clock()
        return False

    def tick(self) -> None:
        """Look at both clocks."""
        now, ahead = self._clock(), self._wall() - self._clock()
        slept = now - self._ticked > JUMP or abs(ahead - self._ahead) > JUMP
        self._ticked, self._ahead = now, ahead
        idle = now - self._touched
        minutes = settings.load().lock_minutes if slept or idle >= 60 * min(settings.LOCK_MINUTES) else 0
        if slept:
            self._touched = now
            self.due.emit(_("The computer slept, and the desk was locked."))
        elif minutes and idle >= 60 * minutes:
            self._touched = now
            words = ngettext(
                "Nobody was here for {count} minute, and the desk was locked.",
                "Nobody was here for {count} minutes, and the desk was locked.",
                minutes,
            )
            self.due.emit(words.format(count=digits.count(minutes)))


@dataclass(frozen=True)
class Stood:
    """Where an officer stood when the desk was locked, for when the same one comes back."""

    who: str
    at: Location | None


class Locking(QObject):
    """One locking, from the cover to the closed desk; `closed` then. The window is out of sight at once."""

    closed = Signal()

    def __init__(self, window: MainWindow, door: Unlock) -> None:
        super().__init__(door)
        self._window, self._door = window, door
        self.stood = Stood("", None)
        self._rounds = 0
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Keep what was typed, cover everything, and close what is open; what is under way is waited for."""
        window = self._window
        desk = window.context.desk
        here = window.history.current()
        self.stood = Stood(desk.who or "", here)
        try:
            self._keep_typed(desk.who or "", here)
        except Exception as error:  # whatever went wrong: the desk is locked, and the fault is reported
            messages.report_quietly(error)
        self._cover()
        if settings.load().backup_when == "close":
            self._back_up()
        job = window.context.jobs.waited_for()
        self._door.hold(job.title if job is not None else _("The desk is being locked…"), job)
        self._door.setModal(True)  # before it is seen: later on nobody would ask
        self._door.show()
        self._timer.start()

    def _keep_typed(self, who: str, here: Location | None) -> None:
        from cpdesk.tasks import drafts as kept
        from ui import drafts

        page = self._window.page()
        if page is not None:
            page.leave()
            if here is not None:
                here.state = page.state()
        place = drafts.place_of(here.page, here.record) if here is not None else ""
        kept.keep(self._window.context.desk, who, place, drafts.gather(self._window))

    def _cover(self) -> None:
        """Nothing can be read from here on: windows, menus, tool tips, what was copied here."""
        self._close_others()
        QToolTip.hideText()
        self._window.hide()
        clipboard = QApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()

    def _close_others(self) -> None:
        """Every other window: what still asks something is answered with no."""
        others = [w for w in QApplication.topLevelWidgets() if w not in (self._window, self._door) and w.isVisible()]
        first = QApplication.activeModalWidget()
        for widget in sorted(others, key=lambda one: one is not first):
            _close(widget, firmly=self._rounds > 2)

    def _back_up(self) -> None:
        """For who wants a backup when they close the program: this is the last moment of this desk."""
        from cpdesk.tasks import backups

        context = self._window.context
        if backups.is_due(context.desk, closing=True):
            context.jobs.run(
                lambda desk, progress: backups.make(desk, progress=progress),
                title=_("Backing up…"),
                failed=lambda error: logs.note("backup failed", kind=type(error).__name__),
            )

    def _go_on(self) -> None:
        """Once no dialog waits any more and nothing is under way, the window goes and the desk with it."""
        self._rounds += 1
        self._close_others()
        if self._window.context.jobs.waited_for() is not None or QThread.currentThread().loopLevel() > OUTERMOST:
            return
        self._timer.stop()
        del self._window
        self.closed.emit()


def _close(widget: QWidget, *, firmly: bool) -> None:
    if isinstance(widget, QDialog):
        QDialog.reject(widget) if firmly else widget.reject()
    else:
        widget.close()


class Lockup(QObject):
    """Locks the desk of a program when it is due or asked for, and stands at the door until somebody comes back."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._watch = Watch(self)
        self._watch.due.connect(self.lock)
        self._locking = False

    def watch(self) -> None:
        """Watch over the desk from now on."""
        if not self._watch.is_on():
            self._watch.begin()

    def lock(self, why: str = "") -> None:
        """Lock the desk now; `why` is told at the door."""
        from ui.dialogs.unlock import Unlock

        program = self._program
        if program.window is None or self._locking:
            return
        if program.door is not None:  # that of another desk, over this one
            program.door.reject()
            QTimer.singleShot(POLL_MS, self, lambda: self.lock(why))
            return
        self._locking = True
        self._watch.end()
        QApplication.setQuitOnLastWindowClosed(False)  # the door comes, and the next window
        program.door = door = Unlock(program.window.context.desk.path, why)
        locking = Locking(program.window, door)
        locking.closed.connect(lambda: self._stand(door, locking.stood))
        locking.begin()

    def _stand(self, door: Unlock, stood: Stood) -> None:
        """Everything is covered and nothing is under way: close the desk, forget its key, and wait for somebody."""
        from cpdesk.tasks import attachments

        program = self._program
        program.leave()
        self._locking = False
        attachments.forget_copies()  # what another program was to show lies in the plain
        logs.note("locked")
        for widget in QApplication.topLevelWidgets():  # forms that were laid out in pieces belong to no window
            if widget is not door:
                widget.deleteLater()
        gc.unfreeze()  # what was made at the start is among what nobody holds any more
        for _turn in range(2):  # what a worker said last is delivered, and may have held something
            QApplication.sendPostedEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            gc.collect()
        door.let_in()
        try:
            passed = program.ask(door)
            if isinstance(passed, Path):
                program.open(passed)
            elif passed is not None:
                program.show_desk(passed, passed.path, stood)
        finally:
            QApplication.setQuitOnLastWindowClosed(True)
        if program.window is None:
            QApplication.quit()
