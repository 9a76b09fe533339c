"""From the changes of one record to what it holds now: a pure function, whatever order they came in.

The *heads* of a field are the values that no other change has replaced (*b hides a's value of f iff b sets f and a is a
parent of b*). One head is the value; several unequal ones are a difference, of which the highest (hlc, stream, seq, h)
is shown until a person settles it. A delete hides a record only if every other head was seen by a standing delete.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cpdesk.kinds import Value

DELETED = "_deleted"
REDACTED = "_redacted"  # the names of changes whose content was taken out (`redaction`)


class Change(NamedTuple):
    """One op of a record, as far as its state depends on it. Sorting by the first four tells which head is shown."""

    hlc: int
    stream: bytes
    seq: int
    h: bytes
    kind: str
    sets: dict[str, Value]  # empty once redacted
    parents: tuple[bytes, ...]
    scope: str


class Head(NamedTuple):
    change: Change
    value: Value


@dataclass(slots=True)
class State:
    kind: str
    scope: str
    values: dict[str, Value]
    deleted: bool = False
    waiting: bool = False  # a parent has not arrived yet
    removed: bool = False  # deleted, and all that was ever written in it taken out for good
    differences: dict[str, list[Head]] = field(default_factory=dict)  # shown value first


def heads_of(changes: Sequence[Change]) -> dict[str, list[Head]]:
    """For each field its standing values, the shown one first. Redacted content stands for nothing."""
    return {name: [Head(c, c.sets[name]) for c in those] for name, those in _standing(changes).items()}


def _standing(changes: Sequence[Change]) -> dict[str, list[Change]]:
    """For each field the changes whose value of it no other has replaced, the shown one first."""
    replaced: dict[bytes, set[str]] = {}
    for c in changes:
        for parent in c.parents:
            replaced.setdefault(parent, set()).update(c.sets)
    standing: dict[str, list[Change]] = {}
    for c in sorted(changes, reverse=True):
        gone = replaced.get(c.h, ())
        for name in c.sets:
            if name not in gone:
                standing.setdefault(name, []).append(c)
    return standing


def project(changes: Sequence[Change]) -> State:
    """The state of the record that all `changes` (at least one, no repeats) belong to."""
    first = min(changes, key=lambda c: c.h)
    state = State(first.kind, scope_of(changes), {})
    standing = _standing(changes)
    deletes = standing.pop(DELETED, [])
    for name, those in standing.items():
        if not name.startswith("_"):
            value = state.values[name] = those[0].sets[name]
            if len(those) > 1 and any(not same(c.sets[name], value) for c in those[1:]):
                state.differences[name] = [Head(c, c.sets[name]) for c in those]
    if deletes:
        _bury(state, deletes, standing)
    here = {c.h for c in changes}
    state.waiting = any(parent not in here for c in changes for parent in c.parents)
    state.removed = state.deleted and not state.values and REDACTED in standing
    return state


def _bury(state: State, deletes: list[Change], standing: dict[str, list[Change]]) -> None:
    buried = [c for c in deletes if c.sets[DELETED] is True]
    if not buried:
        return
    seen = {parent for c in buried for parent in c.parents}
    unseen = [c for name in state.values for c in standing[name] if c.h not in seen]
    revived = [c for c in deletes if c.sets[DELETED] is not True]
    if unseen or revived:
        edits = {c.h: Head(c, False) for c in (*revived, *unseen)}
        state.differences[DELETED] = [*(Head(c, True) for c in buried), *(edits[h] for h in sorted(edits))]
    else:
        state.deleted = True


def same(a: Value, b: Value) -> bool:
    """Equal as JSON: true is not 1."""
    return type(a) is type(b) and a == b


def scope_of(changes: Sequence[Change]) -> str:
    """The scope a record was made in. What is private (ends in "!") yields to what is shared."""
    scopes = {c.scope for c in changes}
    return min(scopes, key=lambda scope: (scope.endswith("!"), scope))
