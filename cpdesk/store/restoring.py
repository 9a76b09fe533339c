"""Which saves bring a record back to what it would hold if some of its changes had never been written.

Pure: from the record's changes and the names of those that shall count for nothing (`gone`) to a few ordinary saves.
Each replaces only heads that are among `gone`, and says the value that shall stand again; where several values stood
beside each other, several saves say one each, so that the difference comes back as it was. Nothing is erased: what was
written stays in the log, and the saves travel like all others.

The state afterwards is that of `project` over the other changes, with two exceptions that tell nothing: a record of
which nothing else is known lies in the bin with its values, and a value that nothing else set is blank.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from cpdesk.kinds import Value
from cpdesk.store.projection import DELETED, Change, Head, heads_of, project, same
from cpdesk.store.scopes import is_private

WITH = "_with"  # the record whose deletion took this one along
_MARKS = (DELETED, WITH)


@dataclass
class Write:
    """One save to be made, after those before it in the list: these values, in place of what those parents said.

    `after`: places in the list of earlier saves that are parents too. `private`: it must not leave the desk. `alone`:
    its parents say things in other fields that shall stand.
    """

    sets: dict[str, Value]
    parents: set[bytes]
    after: set[int] = field(default_factory=set)
    private: bool = False
    alone: bool = False


Heads = Mapping[str, Sequence[Head]]


def dependents(changes: Sequence[Change], gone: Collection[bytes]) -> list[Change]:
    """The other changes that have replaced, or deleted, what one of `gone` says: they were made on its ground."""
    said = {c.h: c.sets for c in changes if c.h in gone}
    return [c for c in changes if c.h not in gone and any(_replaces(c, said[p]) for p in c.parents if p in said)]


def _replaces(change: Change, said: Mapping[str, Value]) -> bool:
    seen_whole = change.sets.get(DELETED) is True and bool(said)
    return seen_whole or any(name in said for name in change.sets)


def is_only_ours(changes: Sequence[Change], gone: Collection[bytes]) -> bool:
    """Whether all that is known of the record, but for marks (deleted, brought back), comes from `gone`."""
    others = [c for c in changes if c.h not in gone]
    if any(map(_tells, others)):
        return False
    return not others or any(map(_tells, changes))


def _tells(change: Change) -> bool:
    return any(not name.startswith("_") for name in change.sets)


def restoring(changes: Sequence[Change], gone: Collection[bytes], reach: int, along_with: str | None = None
              ) -> list[Write]:  # fmt: skip
    """The saves, first to last; none where nothing has to be done.

    `reach` is the highest hlc that a new save can surpass. A record that only `gone` speaks of goes to the bin, along
    with that other record.
    """
    if is_only_ours(changes, gone):
        return _buried(changes, along_with)
    found: list[Write] = []
    now, was = heads_of(changes), heads_of([c for c in changes if c.h not in gone])
    for name in now:
        if not name.startswith("_"):
            ours = [head for head in now[name] if head.change.h in gone]
            private = any(map(_private, (*ours, *was.get(name, ()))))
            _restore(found, name, ours, now[name], was.get(name, ()), reach, private)
    _restore_deletion(found, now, was, gone, reach)
    hidden = {c.h for c in changes if is_private(c.scope)}
    for write in found:
        if not write.private:  # what leaves the desk must not speak of what stays on it
            write.parents -= hidden
    return found


def _buried(changes: Sequence[Change], along_with: str | None) -> list[Write]:
    if project(changes).deleted:
        return []
    standing = {name: heads for name, heads in heads_of(changes).items() if name in _MARKS or not name.startswith("_")}
    seen = {head.change.h for heads in standing.values() for head in heads if not _private(head)}
    return [Write({DELETED: True, WITH: along_with}, seen)]


def _private(head: Head) -> bool:
    return is_private(head.change.scope)


def _restore(
    found: list[Write],
    name: str,
    ours: Sequence[Head],
    now: Sequence[Head],
    was: Sequence[Head],
    reach: int,
    private: bool,
) -> None:
    """Saves for one field in place of `ours`, the value that shall be shown last."""
    if not ours:
        return
    mine = {head.change.h for head in ours}
    kept = [head for head in now if head.change.h not in mine]
    shown = was[0].value if was else None
    ahead = [head for head in kept if head.change.hlc > reach and not same(head.value, shown)]  # by a clock far ahead
    values: list[Value] = []
    for head in reversed(was):
        stands = any(same(other.value, head.value) for other in kept if other not in ahead)
        if not stands and not same(head.value, shown) and not any(same(value, head.value) for value in values):
            values.append(head.value)
    parents = mine | {head.change.h for head in ahead}
    for write, value in zip(_places(found, len(values) + 1, private, bool(ahead)), [*values, shown], strict=True):
        write.sets[name] = value
        write.parents |= parents


def _places(found: list[Write], count: int, private: bool, alone: bool) -> list[Write]:
    """As many saves of `found`, the last of those that can take another field; new ones stand before them."""
    there = [] if alone else [w for w in found if w.private == private and not w.alone]
    new = [Write({}, set(), private=private, alone=alone) for _n in range(count - len(there))]
    found[:0] = new
    return [*new, *there][-count:]


def _restore_deletion(found: list[Write], now: Heads, was: Heads, gone: Collection[bytes], reach: int) -> None:
    ours = [head for head in now.get(DELETED, ()) if head.change.h in gone]
    along = {head.change.h for head in now.get(WITH, ()) if head.change.h in gone}
    standing = was.get(DELETED, ())
    sides = sorted({_private(head) for head in ours})
    if not any(head.value is True for head in standing):
        parents = along | {head.change.h for head in ours}
        found += [Write({DELETED: False, WITH: None}, set(parents), private=side) for side in sides]
        return
    seen = {parent for head in standing if head.value is True for parent in head.change.parents}
    deletions: list[Write] = []
    for side in sides:
        _restore(deletions, DELETED, [h for h in ours if _private(h) == side], now[DELETED], standing, reach, side)
    covered = {at: write.private for at, write in enumerate(found) if _was_seen(write, was, seen)}
    for side in sorted(set(covered.values())):
        if not any(write.sets[DELETED] is True and write.private == side for write in deletions):
            deletions.append(Write({DELETED: True}, set(), private=side))
    with_ = was[WITH][0].value if was.get(WITH) else None
    kept = {h.change.h for n, heads in now.items() if not n.startswith("_") for h in heads if h.change.h not in gone}
    for write in deletions:
        deletes = write.sets[DELETED] is True
        write.sets[WITH] = with_ if deletes else None
        write.parents |= along
        if deletes:
            write.parents |= kept & seen
            write.after |= {at for at, private in covered.items() if private == write.private}
    found += deletions


def _was_seen(write: Write, was: Heads, seen: Collection[bytes]) -> bool:
    """Whether the deletes that stood had seen all that this save says again."""
    return all(
        head.change.h in seen
        for name, value in write.sets.items()
        for head in was.get(name, ())
        if same(head.value, value)
    )
