"""Undo and redo of one's own edits. Undoing is itself a change in the log: nothing typed is lost by it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from cpdesk import records
from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.store import Desk
from cpdesk.store.writer import Saved
from cpdesk.tasks import records as tasks

JOIN_SECONDS = 2.0
DEPTH = 200


@dataclass
class _Step:
    kind: str
    record: str
    before: dict[str, Value] = field(default_factory=dict)
    after: dict[str, Value] = field(default_factory=dict)
    made: bool = False  # undoing takes the whole record away
    deleted: bool = False
    at: float = 0.0

    def words(self) -> str:
        whole = records.kind(self.kind)
        if self.made:
            return _("add {kind}").format(kind=whole.label)
        if self.deleted:
            return _("delete {kind}").format(kind=whole.label)
        return ", ".join(whole.field(name).label for name in self.after if whole.has(name))


class Undo:
    """Remembers what was saved and deleted through it. Edits of the same fields within two seconds are one step."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def save(self, kind: str, values: Mapping[str, object], record: str | None = None) -> Saved:
        saved = tasks.save(self.desk, kind, values, record)
        if record is None or saved.changed:
            now = tasks.get(self.desk, saved.id).values
            after = {name: now[name] for name in saved.changed}
            self._remember(_Step(kind, saved.id, saved.before, after, made=record is None, at=time.monotonic()))
        return saved

    def delete(self, record: str) -> tuple[str, ...]:
        """The ids that went to the bin."""
        kind = tasks.get(self.desk, record).kind.name
        gone = tasks.delete(self.desk, record).ids
        if gone:
            self._remember(_Step(kind, record, deleted=True, at=time.monotonic()))
        return gone

    def _remember(self, step: _Step) -> None:
        self._undone.clear()
        last = self._done[-1] if self._done else None
        plain = last and not (last.made or last.deleted or step.made or step.deleted)
        same = last and plain and last.record == step.record and last.after.keys() == step.after.keys()
        if last and same and step.at - last.at < JOIN_SECONDS:
            last.after, last.at = step.after, step.at
            return
        self._done.append(step)
        del self._done[:-DEPTH]

    def undo(self) -> str | None:
        """Take back the last step; what it was, or None where there is none."""
        if not self._done:
            return None
        step = self._done.pop()
        if step.made:
            tasks.delete(self.desk, step.record)
        elif step.deleted:
            tasks.undelete(self.desk, step.record)
        else:
            tasks.save(self.desk, step.kind, step.before, step.record)
        self._undone.append(step)
        return step.words()

    def redo(self) -> str | None:
        if not self._undone:
            return None
        step = self._undone.pop()
        if step.made:
            tasks.undelete(self.desk, step.record)
        elif step.deleted:
            tasks.delete(self.desk, step.record)
        else:
            tasks.save(self.desk, step.kind, step.after, step.record)
        self._done.append(step)
        return step.words()
