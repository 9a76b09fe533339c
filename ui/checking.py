"""Keeps an eye on the desk: runs the checks beside the work, a moment after each change that may touch them.

One `Watch` a context, made when the window stands or somebody asks. Only the families of checks that a change may touch
run again; what was found before stands until then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from cpdesk.errors import UserError
from cpdesk.i18n import language
from ui.context import Context
from ui.jobs import Job, Progress

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from cpdesk.tasks.checks import Finding

WAIT_MS = 1500


class Watch(QObject):
    """`found` are the findings in the order of the families; None until they were looked up once.

    `context.findings` counts those that wait to be settled. `changed` follows each look that found something else.
    """

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("watch")
        self._context = context
        self._by_family: dict[str, list[Finding]] = {}
        self._stale: set[str] = set()
        self._spoken: tuple[str, date] | None = None  # in which language and on which day it was looked up
        self._job: Job | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAIT_MS)
        self._soon.timeout.connect(self.look)
        context.changed.connect(self._touched)

    @property
    def found(self) -> list[Finding] | None:
        """Everything found at the last look."""
        from cpdesk.tasks.checks import FAMILIES

        if self._spoken is None:
            return None
        return [one for family in FAMILIES for one in self._by_family.get(family, [])]

    def ask(self) -> None:
        """Look where nobody has yet, or where the findings are of another day or worded in another language."""
        if self._job is None and self._spoken != _now():
            self.look()

    def look_again(self) -> None:
        """Look at everything, now."""
        from cpdesk.tasks.checks import FAMILIES

        self._stale.update(FAMILIES)
        self.look()

    def look(self) -> None:
        """Look now at what may have changed, at everything where that was never done."""
        from cpdesk.tasks.checks import FAMILIES

        if self._job is not None:
            self._soon.start()
            return
        spoken = _now()
        wanted = frozenset(FAMILIES if self._spoken != spoken else self._stale)
        self._stale.clear()
        if not wanted:
            return
        self._job = self._context.jobs.run(
            lambda desk, progress: _look(desk, progress, wanted),
            done=lambda found: self._found(found, spoken),
            failed=lambda error: self._failed(error, wanted),
        )
        self._job.finished.connect(self._finished)

    def _touched(self, kinds: Iterable[str]) -> None:
        from cpdesk.tasks.checks import families_of

        self._stale |= families_of(kinds)
        if self._stale:
            self._soon.start()

    def _found(self, found: dict[str, list[Finding]], spoken: tuple[str, date]) -> None:
        from cpdesk.tasks.checks import counted

        before, self._spoken = (self._spoken, dict(self._by_family)), spoken
        self._by_family.update(found)
        self._context.findings = counted(self.found or [])
        if before != (spoken, self._by_family):
            self.changed.emit()

    def _failed(self, error: BaseException, wanted: frozenset[str]) -> None:
        """A desk that is busy is asked again with the next change; a fault of ours is told."""
        self._stale.update(wanted)
        if not isinstance(error, UserError):
            raise error

    def _finished(self) -> None:
        self._job = None


def watch(context: Context) -> Watch:
    """The watch over that context's desk, made where there is none yet."""
    there = context.findChild(Watch, "watch")
    return there if isinstance(there, Watch) else Watch(context)


def _now() -> tuple[str, date]:
    return language(), date.today()


def _look(desk: Desk, progress: Progress, families: frozenset[str]) -> dict[str, list[Finding]]:
    from cpdesk.tasks.checks import run_some

    return run_some(desk, date.today(), families, progress)
