"""The smallest groups of a place's children, which all that was counted of it are sums of.

Where a place was counted in parts that cross, such as girls by age beside girls by disability, and not every part of
every kind is there, a number can be computed back through a sum that nobody wrote down: no boy is without disability,
no child is with one, so no age has boys. Sums of what is written are then not enough to tell which tables there can
be, and the smallest groups are reckoned with themselves: girls of 6 to 11 with disability, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product

from cpdesk.analysis.figures import ALL, PARTS, TOTAL, Slice

OLDER = "older"
"""The part by age of those who are no children, in measures that count people of all ages."""
_PATIENCE = 4000  # guesses, after which there may be such a table or not
_Shape = frozenset[str]


def hide_sums(cells: Iterable[Slice]) -> bool:
    """Whether there are sums over parts of these that no sum of these themselves shows."""
    found = set(cells)
    shapes = {_shape(cell) for cell in found}
    used: _Shape = frozenset().union(*shapes)
    if len(used) < 2 or (TOTAL in found and all(len(shape) < 2 for shape in shapes)):
        return False
    pairs = [frozenset(pair) for pair in combinations(sorted(used), 2)]
    if len(used) == 3 and used not in shapes and shapes.issuperset(pairs):
        return True  # three tables of two ways each have no table of three ways that can be written down from them
    below = {frozenset(some) for shape in shapes for n in range(len(shape) + 1) for some in combinations(shape, n)}
    return not found.issuperset(cell for shape in below for cell in _all(shape))


def _shape(cell: Slice) -> _Shape:
    return frozenset(name for name in PARTS if getattr(cell, name) != ALL)


def _all(shape: _Shape) -> list[Slice]:
    return [Slice(*keys) for keys in product(*(PARTS[name] if name in shape else (ALL,) for name in PARTS))]


def inside(group: Slice, cell: Slice) -> bool:
    """Whether a group is counted in a cell."""
    return all(key in (ALL, mine) for key, mine in zip(cell, group, strict=True))


def smallest(numbers: Mapping[Slice, int], *, ages_add_up: bool) -> dict[Slice, int] | None:
    """The groups that the numbers tell apart, with counts of which they are the sums; None where there are no such.

    Which of many such tables does not matter: whoever computes back does not know it either.
    """
    used = frozenset().union(*map(_shape, numbers))
    ages = PARTS["age_group"] if ages_add_up else (*PARTS["age_group"], OLDER)
    keys = ((ages if name == "age_group" else PARTS[name]) if name in used else (ALL,) for name in PARTS)
    groups = [one for one in (Slice(*leaf) for leaf in product(*keys)) if any(inside(one, cell) for cell in numbers)]
    sums = [([n for n, one in enumerate(groups) if inside(one, cell)], total) for cell, total in numbers.items()]
    counts = _Counts(len(groups), sums).found()
    return None if counts is None else dict(zip(groups, counts, strict=True))


class _Counts:
    """Looks for counts with given sums: each number in turn is taken as even as may be, and what follows is drawn."""

    def __init__(self, unknowns: int, sums: Sequence[tuple[list[int], int]]) -> None:
        self._sums = sums
        self._of: list[list[int]] = [[] for _one in range(unknowns)]
        for at, (some, _total) in enumerate(sums):
            for one in some:
                self._of[one].append(at)
        self._left = _PATIENCE

    def found(self) -> list[int] | None:
        most = max((total for _some, total in self._sums), default=0)
        return self._go_on([0] * len(self._of), [most] * len(self._of), range(len(self._sums)))

    def _go_on(self, low: list[int], high: list[int], changed: Iterable[int]) -> list[int] | None:
        if not self._drawn(low, high, changed):
            return None
        waiting = [n for n, (least, most) in enumerate(zip(low, high, strict=True)) if least < most]
        if not waiting:
            return low
        one = min(waiting, key=lambda n: (high[n] - low[n], n))
        share = low[one] + min(
            (total - sum(low[n] for n in self._sums[at][0])) // sum(low[n] < high[n] for n in self._sums[at][0])
            for at in self._of[one]
            for total in (self._sums[at][1],)
        )
        for guess in dict.fromkeys((max(low[one], min(share, high[one])), low[one], high[one])):
            if self._left <= 0:
                return None
            self._left -= 1
            lower, higher = list(low), list(high)
            lower[one] = higher[one] = guess
            counts = self._go_on(lower, higher, self._of[one])
            if counts is not None:
                return counts
        return None

    def _drawn(self, low: list[int], high: list[int], changed: Iterable[int]) -> bool:
        """Bring the bounds closer together as far as each sum tells; whether there is still room for all."""
        waiting = dict.fromkeys(changed)
        while waiting:
            at = next(iter(waiting))
            del waiting[at]
            some, total = self._sums[at]
            least, most = sum(low[n] for n in some), sum(high[n] for n in some)
            if not least <= total <= most:
                return False
            for n in some:
                lower, higher = total - most + high[n], total - least + low[n]
                if lower > low[n] or higher < high[n]:
                    low[n], high[n] = max(low[n], lower), min(high[n], higher)
                    if low[n] > high[n]:
                        return False
                    waiting |= dict.fromkeys(self._of[n])
                    least, most = sum(low[m] for m in some), sum(high[m] for m in some)
        return True
