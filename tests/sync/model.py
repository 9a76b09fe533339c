"""What a merge comes to, in a few lines that share nothing with the program: a desk is a set of changes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple


class Op(NamedTuple):
    """One save of one record. Ops sort by the first four, which no two share."""

    hlc: int
    stream: bytes
    seq: int
    h: bytes
    record: str
    sets: dict[str, Any]
    parents: frozenset[bytes]
    office: str
    scope: str


class View(NamedTuple):
    """`values`: the shown one of each field; `differs`: all that stand where they part, the shown one first;
    `contested`: deleted by one who had not seen everything."""

    values: dict[str, Any]
    differs: dict[str, list[Any]]
    hidden: bool
    contested: bool
    waits: bool


def heads(ops: Collection[Op]) -> dict[str, list[Op]]:
    """For each field the ops whose value nobody replaced, the highest first."""
    gone = {(name, parent) for op in ops for parent in op.parents for name in op.sets}
    found: dict[str, list[Op]] = {}
    for op in sorted(ops, reverse=True):
        for name in op.sets:
            if (name, op.h) not in gone:
                found.setdefault(name, []).append(op)
    return found


def view(ops: Collection[Op]) -> View:
    """What a record's ops come to."""
    standing = heads(ops)
    marks = standing.get("_deleted", [])
    sides = {name: [op.sets[name] for op in those] for name, those in standing.items() if name[0] != "_"}
    seen = {parent for op in marks if op.sets["_deleted"] is True for parent in op.parents}
    says = {op.sets["_deleted"] for op in marks}
    hidden = says == {True} and all(op.h in seen for name in sides for op in standing[name])
    differs = {name: those for name, those in sides.items() if len({(type(one), one) for one in those}) > 1}
    waits = not {parent for op in ops for parent in op.parents} <= {op.h for op in ops}
    return View({name: those[0] for name, those in sides.items()}, differs, hidden, True in says and not hidden, waits)


def merged(here: dict[bytes, Op], came: dict[bytes, Op], office: str) -> dict[bytes, Op]:
    """The union with what that office may see, without what a word of who may say so has taken out."""
    together = {**{h: op for h, op in came.items() if sees(office, op.scope)}, **here}
    words = [op for op in together.values() if "_redacted" in op.sets]
    gone = {
        h
        for word in words
        for h in (bytes.fromhex(name) for name in word.sets["_redacted"].split(" "))
        if h in together and together[h].record == word.record and stands_above(word.office, together[h].scope)
    }
    return {h: op._replace(sets={}) if h in gone and op not in words else op for h, op in together.items()}


def stands_above(upper: str, lower: str) -> bool:
    return upper == "00" or lower.startswith(upper)


def sees(office: str, scope: str) -> bool:
    return scope[-1] != "!" and (stands_above(scope, office) or stands_above(office, scope))
