"""Undo and redo of one's own edits. Undoing is itself a change in the log: nothing typed is lost by it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from cpdesk import records
from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.store import Desk
from cpdesk.store.connection import immediate
from cpdesk.store.writer import Saved
from cpdesk.tasks import records as tasks
from cpdesk.tasks import reopening

Made = TypeVar("Made")
JOIN_SECONDS = 2.0
DEPTH = 200


@dataclass
class _Edit:
    """What happened to one record."""

    kind: str
    record: str
    before: dict[str, Value] = field(default_factory=dict)
    after: dict[str, Value] = field(default_factory=dict)
    made: bool = False  # undoing takes the whole record away
    deleted: bool = False
    along: bool = False  # nobody asked for it by itself: an approved plan became a draft of its next version

    def back(self, desk: Desk) -> None:
        self._turn(desk, self.made, self.deleted, self.before)

    def again(self, desk: Desk) -> None:
        self._turn(desk, self.deleted, self.made, self.after)

    def _turn(self, desk: Desk, away: bool, here: bool, values: dict[str, Value]) -> None:
        if away:
            tasks.delete(desk, self.record)
        elif here:
            tasks.undelete(desk, self.record)
        else:
            tasks.save(desk, self.kind, values, self.record)

    def words(self) -> str:
        whole = records.kind(self.kind)
        if self.made:
            return _("add {kind}").format(kind=whole.label)
        if self.deleted:
            return _("delete {kind}").format(kind=whole.label)
        return ", ".join(whole.field(name).label for name in self.after if whole.has(name))


@dataclass
class _Decision(_Edit):
    """A difference settled, records joined: taken back as a whole, so that both sides stand there again."""

    taken: reopening.Taken | None = None

    def back(self, desk: Desk) -> None:
        assert self.taken is not None
        reopening.take_back(desk, self.taken)

    def again(self, desk: Desk) -> None:
        assert self.taken is not None
        reopening.take_again(desk, self.taken)

    def words(self) -> str:
        return self.taken.said if self.taken else ""


@dataclass
class _Step:
    """What a person did at once: taken back and done again as a whole. `said` names it where the edits would not."""

    edits: list[_Edit]
    said: str = ""
    at: float = field(default_factory=time.monotonic)

    def words(self) -> str:
        return self.said or next((edit for edit in self.edits if not edit.along), self.edits[0]).words()

    def writes_on(self, later: _Step) -> bool:
        """Whether the later one is but the same hand going on in the same fields."""
        edits = (*self.edits, *later.edits)
        whole = any(edit.made or edit.deleted or isinstance(edit, _Decision) for edit in edits)
        plain = len(edits) == 2 and not whole
        return plain and edits[0].record == edits[1].record and edits[0].after.keys() == edits[1].after.keys()


class Undo:
    """Remembers what was done through it. Edits of the same fields within two seconds are one step."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._gathered: list[_Edit] | None = None  # while a step of several edits is under way

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def save(self, kind: str, values: Mapping[str, object], record: str | None = None) -> Saved:
        with self._with_what_follows():
            saved = tasks.save(self.desk, kind, values, record)
            if record is None or saved.changed:
                self._remember(_Edit(kind, saved.id, saved.before, self._after(saved), made=record is None))
        return saved

    def _after(self, saved: Saved) -> dict[str, Value]:
        now = tasks.get(self.desk, saved.id).values
        return {name: now[name] for name in saved.changed}

    @contextmanager
    def _with_what_follows(self) -> Iterator[None]:
        """One step with the plans that the change inside made drafts of their next version.

        They stand before it in the step, so that they are approved again only after it was taken back.
        """
        outer = self._gathered
        edits = self._gathered = list[_Edit]()
        try:
            with immediate(self.desk.db), tasks.along_with() as opened:
                yield
        finally:
            self._gathered = outer
        edits[:0] = [_Edit("plan", one.id, one.before, self._after(one), along=True) for one in opened]
        if outer is not None:
            outer += edits
        elif edits:
            self._push(_Step(edits))

    def delete(self, record: str) -> tuple[str, ...]:
        """The ids that went to the bin."""
        kind = tasks.get(self.desk, record).kind.name
        with self._with_what_follows():
            gone = tasks.delete(self.desk, record).ids
            if gone:
                self._remember(_Edit(kind, record, deleted=True))
        return gone

    def decide(self, run: Callable[[Desk], Made], words: str) -> Made:
        """Run a task that settles or joins, as one step; `words` name it."""
        made, taken = reopening.take(self.desk, run, words)
        if taken.saves:
            self._remember(_Decision("", "", taken=taken))
        return made

    def move(self, record: str, after: str | None) -> None:
        """Put a part behind its sibling `after`, or first."""
        moved = tasks.get(self.desk, record)
        whole = moved.values.get(moved.kind.parent) if moved.kind.parent else None
        with self.parts(moved.kind.name, whole, _("move {kind}").format(kind=moved.kind.label)):
            tasks.move(self.desk, record, after)

    @contextmanager
    def together(self, words: str = "") -> Iterator[None]:
        """One step, all of it or none; named by `words`, else after what came first. An inner group joins the outer."""
        if self._gathered is not None:
            yield
            return
        edits = self._gathered = list[_Edit]()
        try:
            with immediate(self.desk.db):
                yield
        finally:
            self._gathered = None
        if edits:
            self._push(_Step(edits, words))

    @contextmanager
    def parts(self, kind: str, whole: Value, words: str = "") -> Iterator[None]:
        """One step of whatever a task does in here to the parts of that kind of a record: made, changed, deleted."""
        with self.together(words), self._with_what_follows():
            before = self._parts_of(kind, whole)
            yield
            now = self._parts_of(kind, whole)
            for id_, values in now.items():
                was = before.get(id_, {})
                changed = [name for name, value in values.items() if id_ not in before or value != was[name]]
                if changed:
                    old, new = ({name: side.get(name) for name in changed} for side in (was, values))
                    self._remember(_Edit(kind, id_, old, new, made=id_ not in before))
            for id_ in before.keys() - now.keys():
                self._remember(_Edit(kind, id_, deleted=True))

    def _parts_of(self, kind: str, whole: Value) -> dict[str, dict[str, Value]]:
        found = tasks.children(self.desk, kind, whole) if isinstance(whole, str) else []
        return {record.id: record.values for record in found}

    def made(self, kind: str, ids: Iterable[str]) -> None:
        """Remember new records that a task made itself: very many in one go, or under ids alike on every desk."""
        with self.together():
            for id_ in ids:
                self._remember(_Edit(kind, id_, made=True))

    def take_over(self, other: Undo) -> None:
        """What was done through another undo of this desk (a worker's, beside the window) as done through this one."""
        for step in other._done:
            self._push(step)
        other._done.clear()

    def _remember(self, edit: _Edit) -> None:
        if self._gathered is not None:
            self._gathered.append(edit)
        else:
            self._push(_Step([edit]))

    def _push(self, step: _Step) -> None:
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last and step.at - last.at < JOIN_SECONDS and last.writes_on(step):
            last.edits[0].after, last.at = step.edits[0].after, step.at
            return
        self._done.append(step)
        del self._done[:-DEPTH]

    def undo(self) -> str | None:
        """Take back the last step; what it was, or None where there is none."""
        if not self._done:
            return None
        step = self._done.pop()
        with immediate(self.desk.db):
            for edit in reversed(step.edits):
                edit.back(self.desk)
        self._undone.append(step)
        return step.words()

    def redo(self) -> str | None:
        if not self._undone:
            return None
        step = self._undone.pop()
        with immediate(self.desk.db):
            for edit in step.edits:
                edit.again(self.desk)
        self._done.append(step)
        return step.words()
