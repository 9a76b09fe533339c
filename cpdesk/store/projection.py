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
    differences: dict[str, list[Head]] = field(default_factory=dict)  # shown value first


def heads_of(changes: Sequence[Change]) -> dict[str, list[Head]]:
    """For each field its standing values, the shown one first. Redacted content stands for nothing."""
    replaced = {(name, parent) for c in changes for parent in c.parents for name in c.sets}
    heads: dict[str, list[Head]] = {}
    for change in sorted(changes, reverse=True):
        for name, value in change.sets.items():
            if (name, change.h) not in replaced:
                heads.setdefault(name, []).append(Head(change, value))
    return heads


def project(changes: Sequence[Change]) -> State:
    """The state of the record that all `changes` (at least one, no repeats) belong to."""
    first = min(changes, key=lambda c: c.h)
    state = State(first.kind, scope_of(changes), {})
    heads = heads_of(changes)
    deletes = heads.pop(DELETED, [])
    heads = {name: standing for name, standing in heads.items() if not name.startswith("_")}
    for name, standing in heads.items():
        state.values[name] = standing[0].value
        if len(standing) > 1 and any(not same(head.value, standing[0].value) for head in standing[1:]):
            state.differences[name] = standing
    _bury(state, deletes, heads)
    here = {c.h for c in changes}
    state.waiting = any(parent not in here for c in changes for parent in c.parents)
    return state


def _bury(state: State, deletes: list[Head], heads: dict[str, list[Head]]) -> None:
    standing = [head for head in deletes if head.value is True]
    if not standing:
        return
    seen = {parent for head in standing for parent in head.change.parents}
    unseen = [head for those in heads.values() for head in those if head.change.h not in seen]
    revived = [head for head in deletes if head.value is not True]
    if unseen or revived:
        edits = {head.change.h: Head(head.change, False) for head in (*revived, *unseen)}
        state.differences[DELETED] = [*standing, *(edits[h] for h in sorted(edits))]
    else:
        state.deleted = True


def same(a: Value, b: Value) -> bool:
    """Equal as JSON: true is not 1."""
    return type(a) is type(b) and a == b


def scope_of(changes: Sequence[Change]) -> str:
    """The scope a record was made in. What is private (ends in "!") yields to what is shared."""
    return min((c.scope.endswith("!"), c.scope) for c in changes)[1]
