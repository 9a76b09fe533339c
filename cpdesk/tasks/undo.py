"""Undo and redo of one's own edits. Undoing is itself a change in the log: nothing typed is lost by it.

What somebody else wrote meanwhile, or what waits for a decision, is never overwritten by it: such a field stays as it
is, and is told (`Undo.turned`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TypeVar

from cpdesk import records
from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.store import Desk, find, log
from cpdesk.store.connection import immediate
from cpdesk.store.projection import same
from cpdesk.store.writer import Saved
from cpdesk.tasks import records as tasks
from cpdesk.tasks import reopening, roles
from cpdesk.tasks.roles import Act

Made = TypeVar("Made")
JOIN_SECONDS = 2.0
DEPTH = 200


@dataclass(frozen=True)
class Spot:
    """Where something was taken back or done again: a field of a record, or all of it."""

    record: str
    field: str = ""


@dataclass(frozen=True)
class Turned:
    """What the last undo or redo did: `words` name the step, `spots` are where it shows, `kept` names what stays as
    somebody else wrote it meanwhile; `whole` is False where nothing but that was left to do.
    """

    words: str
    spots: tuple[Spot, ...] = ()
    kept: tuple[str, ...] = ()
    whole: bool = True


@dataclass
class _Edit:
    """What happened to one record."""

    kind: str
    record: str
    before: dict[str, Value] = field(default_factory=dict)
    after: dict[str, Value] = field(default_factory=dict)
    made: bool = False  # undoing takes the whole record away
    deleted: bool = False
    from_bin: bool = False  # made once more, out of the bin
    since: int = 0  # the log's last number when it came out of the bin: what others wrote before was seen then
    rewinding: bool = False  # written by the undo of a text box itself
    along: bool = False  # nobody asked for it by itself: an approved plan became a draft of its next version

    def back(self, desk: Desk) -> list[str]:
        """Take it back; the words of what stays because others wrote there."""
        return self._turn(desk, self.made, self.deleted, self.before, self.after)

    def again(self, desk: Desk) -> list[str]:
        return self._turn(desk, self.deleted, self.made, self.after, self.before)

    def _turn(
        self, desk: Desk, away: bool, here: bool, values: dict[str, Value], expected: dict[str, Value]
    ) -> list[str]:
        if away:
            if find.written_elsewhere(desk.db, self.record, self.since):
                return [tasks.title(desk, self.record)]
            tasks.delete(desk, self.record)
        elif here:
            tasks.undelete(desk, self.record)
            self.since = log.last_n(desk.db)
        else:
            return self._write(desk, values, expected)
        return []

    def _write(self, desk: Desk, values: dict[str, Value], expected: dict[str, Value]) -> list[str]:
        now = tasks.get(desk, self.record)
        waiting = {one.field for one in find.differences(desk.db, self.record)} if now.differences else set()
        free = {
            name: value
            for name, value in values.items()
            if name not in waiting and same(now.values.get(name), expected.get(name))
        }
        if free:
            tasks.save(desk, self.kind, free, self.record)
        left = [name for name, value in values.items() if name not in free and not same(now.values.get(name), value)]
        return [now.kind.field(name).label for name in left if now.kind.has(name)]

    def concerns(self, ids: Collection[str]) -> bool:
        return self.record in ids

    def spots(self) -> list[Spot]:
        if self.along:
            return []
        whole = self.made or self.deleted
        return [Spot(self.record)] if whole else [Spot(self.record, name) for name in self.after]

    def words(self) -> str:
        whole = records.kind(self.kind)
        if self.from_bin:
            return _("bring back {kind}").format(kind=whole.label)
        if self.made:
            return _("add {kind}").format(kind=whole.label)
        if self.deleted:
            return _("delete {kind}").format(kind=whole.label)
        return ", ".join(whole.field(name).label for name in self.after if whole.has(name))


@dataclass
class _Decision(_Edit):
    """A difference settled, records joined: taken back as a whole, so that both sides stand there again."""

    taken: reopening.Taken | None = None

    def back(self, desk: Desk) -> list[str]:
        assert self.taken is not None
        reopening.take_back(desk, self.taken)
        return []

    def again(self, desk: Desk) -> list[str]:
        assert self.taken is not None
        reopening.take_again(desk, self.taken)
        return []

    def concerns(self, ids: Collection[str]) -> bool:
        return self.taken is not None and any(record.hex() in ids for record in self.taken.saves)

    def spots(self) -> list[Spot]:
        return []

    def words(self) -> str:
        return self.taken.said if self.taken else ""


@dataclass
class _Step:
    """What a person did at once: taken back and done again as a whole. `said` names it where the edits would not;
    `act` is what it was, where it was more than writing: who takes it back must be one who may do it.
    """

    edits: list[_Edit]
    said: str = ""
    act: str = ""
    at: float = field(default_factory=time.monotonic)

    def words(self) -> str:
        return self.said or next((edit for edit in self.edits if not edit.along), self.edits[0]).words()

    def writes_on(self, later: _Step) -> bool:
        """Whether the later one is but the same hand going on in the same fields."""
        edits = (*self.edits, *later.edits)
        whole = any(edit.made or edit.deleted or isinstance(edit, _Decision) for edit in edits)
        plain = len(edits) == 2 and not whole and self.act == later.act
        return plain and edits[0].record == edits[1].record and edits[0].after.keys() == edits[1].after.keys()


class Undo:
    """Remembers what was done through it. Edits of the same fields within two seconds are one step."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._gathered: list[_Edit] | None = None  # while a step of several edits is under way
        self.turned: Turned | None = None

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def save(
        self, kind: str, values: Mapping[str, object], record: str | None = None, *, rewinding: bool = False
    ) -> Saved:
        """Keep these fields. `rewinding`: a text box took back by itself what was typed in it, which is no step of its
        own but shortens the one before.
        """
        with self._with_what_follows():
            saved = tasks.save(self.desk, kind, values, record)
            if record is None or saved.changed:
                edit = _Edit(kind, saved.id, saved.before, self._after(saved), record is None, rewinding=rewinding)
                self._remember(edit)
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

    def bring_back(self, record: str) -> tuple[str, ...]:
        """Take a record out of the bin; the ids that came back."""
        kind = tasks.get(self.desk, record).kind.name
        with self._with_what_follows():
            back = tasks.undelete(self.desk, record).ids
            if back:
                since = log.last_n(self.desk.db)
                self._remember(_Edit(kind, record, made=True, from_bin=True, since=since))
        return back

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

    def forget(self, ids: Collection[str]) -> None:
        """Know nothing any more of what was done to these records: their content is gone for good."""
        gone = set(ids)
        for steps in (self._done, self._undone):
            for step in steps:
                step.edits[:] = [edit for edit in step.edits if not edit.concerns(gone)]
            steps[:] = [step for step in steps if step.edits]

    def _remember(self, edit: _Edit) -> None:
        if self._gathered is not None:
            self._gathered.append(edit)
        else:
            self._push(_Step([edit]))

    def _push(self, step: _Step) -> None:
        step.act = step.act or self.desk.acting
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last and last.writes_on(step):
            edit, new = last.edits[0], step.edits[0]
            if new.rewinding or step.at - last.at < JOIN_SECONDS:
                edit.after, last.at = new.after, step.at
                if new.rewinding and edit.after == edit.before:
                    self._done.pop()
                return
        self._done.append(step)
        del self._done[:-DEPTH]

    def undo(self) -> str | None:
        """Take back the last step; what it was, or None where there is none. `turned` tells more."""
        return self._turn(self._done, self._undone, back=True)

    def redo(self) -> str | None:
        return self._turn(self._undone, self._done, back=False)

    def _turn(self, source: list[_Step], target: list[_Step], *, back: bool) -> str | None:
        self.turned = None
        if not source:
            return None
        step = source.pop()
        kept: list[str] = []
        stayed = 0
        with self._as_it_was_done(step), immediate(self.desk.db):
            for edit in reversed(step.edits) if back else step.edits:
                left = edit.back(self.desk) if back else edit.again(self.desk)
                stayed += len(left) >= max(1, len(edit.after))
                kept += left
        if stayed < len(step.edits):
            target.append(step)
        spots = tuple(spot for edit in step.edits for spot in edit.spots())
        self.turned = Turned(step.words(), spots, tuple(dict.fromkeys(kept)), stayed < len(step.edits))
        return step.words()

    def _as_it_was_done(self, step: _Step) -> AbstractContextManager[None]:
        return roles.acting(self.desk, Act(step.act)) if step.act else nullcontext()
