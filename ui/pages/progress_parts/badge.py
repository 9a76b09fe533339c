"""How many reports are owed now, for the sidebar: counted anew only where something changed that it depends on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject

from cpdesk.tasks import progress
from ui.context import Context

KINDS = frozenset({"plan", "objective", "output", "activity", "progress"})


class Owed(QObject):
    """Belongs to a context."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("owed")
        self._context = context
        self._known: tuple[date, int] | None = None
        context.changed.connect(self._changed)

    def count(self) -> int:
        today = date.today()
        if self._known is None or self._known[0] != today:
            self._known = (today, progress.owed_now(self._context.desk, today))
        return self._known[1]

    def _changed(self, kinds: frozenset[str]) -> None:
        if not kinds or kinds & KINDS:
            self._known = None


def owed(context: Context) -> int:
    """How many activities owe a report of the plan that is reported on now."""
    found = context.findChild(QObject, "owed")
    return (found if isinstance(found, Owed) else Owed(context)).count()
