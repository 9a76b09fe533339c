"""Two states of a plan side by side: which lines are the same, which changed in which cells, which came and went.

Pure: it is given the parts of either side and knows nothing of where they were kept. Lines are matched by who they are
(the same record), by whom they were carried from, by their code and by their words, in that order; what hangs on a line
(indicators, targets, budgets) is already part of the line's cells when it comes here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Value

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"


@dataclass(frozen=True)
class Part:
    """One record as a side holds it: only fields that are not blank."""

    id: str
    kind: str
    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Line:
    """A line of a plan with its cells as people read them, keyed alike on both sides."""

    id: str
    kind: str
    code: str
    words: str
    cells: Mapping[str, str]
    carried_from: str = ""
    above: str = ""  # the line that it stands under


@dataclass(frozen=True)
class Cell:
    """One field of a line on both sides; "" where a side has nothing there."""

    key: str
    left: str
    right: str

    @property
    def state(self) -> str:
        if self.left == self.right:
            return SAME
        if not self.left:
            return ADDED
        return CHANGED if self.right else REMOVED


@dataclass(frozen=True)
class Pair:
    """A line on both sides, or on one. `cells` are those of either side, in the order of the keys."""

    left: Line | None
    right: Line | None
    cells: tuple[Cell, ...] = field(default=())

    @property
    def state(self) -> str:
        if self.left is None:
            return ADDED
        if self.right is None:
            return REMOVED
        return CHANGED if any(cell.state != SAME for cell in self.cells) else SAME

    @property
    def line(self) -> Line:
        """The newer of the two."""
        found = self.right or self.left
        assert found is not None
        return found


def compare(left: Sequence[Line], right: Sequence[Line], keys: Sequence[str]) -> list[Pair]:
    """Both sides in one order: that of the right, with what is gone behind the line that it once followed."""
    partner = match(left, right)
    taken = set(partner.values())
    by_id = {line.id: line for line in left}
    gone: dict[str, list[Line]] = {}
    follows = {old: new for new, old in partner.items()}
    last = ""
    for line in left:
        if line.id in taken:
            last = follows[line.id]
        else:
            gone.setdefault(last, []).append(line)
    found = [_pair(line, None, keys) for line in gone.get("", [])]
    for line in right:
        found.append(_pair(by_id.get(partner.get(line.id, "")), line, keys))
        found += [_pair(old, None, keys) for old in gone.get(line.id, [])]
    return found


def _pair(left: Line | None, right: Line | None, keys: Sequence[str]) -> Pair:
    cells = []
    for key in keys:
        a, b = (side.cells.get(key, "") if side else "" for side in (left, right))
        if a or b:
            cells.append(Cell(key, a, b))
    return Pair(left, right, tuple(cells))


def match(left: Sequence[Line], right: Sequence[Line]) -> dict[str, str]:
    """right id → left id. Each line is matched once, and only with its own kind."""
    found: dict[str, str] = {}
    ways: tuple[tuple[Callable[[Line], str], Callable[[Line], str]], ...] = (
        (lambda new: new.id, lambda old: old.id),
        (lambda new: new.carried_from, lambda old: old.id),
        (lambda new: new.id, lambda old: old.carried_from),
        (_whole, _whole),
        (lambda new: fold(new.words), lambda old: fold(old.words)),
        (_place, _place),
    )
    for mine, theirs in ways:
        taken = set(found.values())
        free = _by_key((line for line in left if line.id not in taken), theirs)
        for line in right:
            key = mine(line)
            if line.id in found or not key:
                continue
            waiting = free.get((line.kind, key))
            if waiting:
                found[line.id] = waiting.pop(0)
    return found


def _whole(line: Line) -> str:
    return f"{line.code}\n{fold(line.words)}" if line.words else ""


def _place(line: Line) -> str:
    """By the code that people gave it, where a line was written anew under it; a plan is a plan whatever its title."""
    return "plan" if line.kind == "plan" else line.cells.get("code", "")


def _by_key(lines: Iterable[Line], key: Callable[[Line], str]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        if key(line):
            found.setdefault((line.kind, key(line)), []).append(line.id)
    return found


def counts(pairs: Iterable[Pair]) -> dict[str, int]:
    """How many lines are same, changed, added, removed."""
    found = dict.fromkeys((SAME, CHANGED, ADDED, REMOVED), 0)
    for pair in pairs:
        found[pair.state] += 1
    return found
