"""What every page is given, so that nothing in the window has to be reached through a global."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cpdesk.i18n import _
from ui.jobs import Jobs

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from cpdesk.tasks.undo import Undo
    from ui.navigation import Location


class Context(QObject):
    """The open desk, its worker, its undo, and the ways to other pages.

    Who changes records calls `touched` with the kinds it changed: the page in sight refreshes if it shows one of them,
    the others when they are next opened, and the foot of the window says when it was saved. `waiting` counts the
    differences that wait for a person, `findings` what the checks found, as they were last looked up beside the work.
    """

    changed = Signal(object)  # frozenset of kinds; empty: anything may have changed
    wanted = Signal(object)  # navigation.Location that somebody asks for
    said = Signal(str, str)  # a sentence and its tone, shown for a few seconds
    renamed = Signal()  # the office goes by another name
    backed_up = Signal()  # a backup was made
    spotted = Signal(str, str)  # a record and a field, to be shown where the page in sight has them
    language_wanted = Signal(str)
    desk_wanted = Signal(str)  # "new", "open", "restore", or the path of another desk
    lock_wanted = Signal()

    def __init__(self, desk: Desk, jobs: Jobs, undo: Undo) -> None:
        super().__init__()
        self.desk = desk
        self.jobs = jobs
        self.undo = undo
        self.here: Location | None = None  # the place in sight
        self.waiting = 0
        self.findings = 0

    def touched(self, *kinds: str) -> None:
        self.changed.emit(frozenset(kinds))

    def may(self, act: str) -> bool:
        """Whether the officer's roles reach that far (`tasks.roles.Act`); on an open desk they reach everywhere."""
        if self.desk.who is None:
            return True
        from cpdesk.tasks import roles

        return roles.may(self.desk, roles.Act(act))

    def why_not(self, act: str) -> str:
        """Why the officer may not do it, and whom to ask; "" where they may."""
        if self.may(act):
            return ""
        from cpdesk.tasks import roles

        return _("For this one needs another role: {roles}.").format(roles=", ".join(roles.with_act(roles.Act(act))))

    def go(self, page: str, record: str | None = None, **state: object) -> None:
        """Show a page, on a record where it has one; `state` is handed to the page's `restore`."""
        from ui.navigation import Location as At

        self.wanted.emit(At(page, record, dict(state)))

    def say(self, text: str, tone: str = "good") -> None:
        """A word in passing at the foot of the window."""
        self.said.emit(text, tone)

    def want_desk(self, wanted: str | Path) -> None:
        """Ask for another desk: "new", "open" and "restore" ask the person which."""
        self.desk_wanted.emit(str(wanted))
