"""The smallest groups of a place's children, which all that was counted of it are sums of.

Where a place was counted in parts that cross, such as girls by age beside girls by disability, and not every part of
every kind is there, a number can be computed back through a sum that nobody wrote down: no boy is without disability,
no child is with one, so no age has boys. Sums of what is written are then not enough to tell which tables there can
be, and the smallest groups are reckoned with themselves: girls of 6 to 11 with disability, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import lcm
from random import Random

from cpdesk.analysis.figures import ALL, PARTS, TOTAL, Slice

OLDER = "older"
"""The part by age of those who are no children, in measures that count people of all ages."""
_FEW_GUESSES = 12
_TOTAL = -1  # among the unknowns of a row: what they come to
_STARTS, _PATIENCE = 40, 100
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


_Equation = tuple[dict[int, int], int]
"""By the number of an unknown how often it counts, which may be less than never; and what they come to together."""


class _Counts:
    """Looks for counts with given sums: each number in turn is taken as even as may be, and what follows is drawn; from
    the sums, and from what they make of each other when one is taken off the other.
    """

    def __init__(self, unknowns: int, sums: Sequence[tuple[list[int], int]]) -> None:
        given = [(dict.fromkeys(some, 1), total) for some, total in sums]
        self._equations: list[_Equation] = [*given, *_reduced(given)]
        self._of: list[list[int]] = [[] for _one in range(unknowns)]
        for at, (terms, _total) in enumerate(self._equations):
            for one in terms:
                self._of[one].append(at)
        self._most = max((total for _some, total in sums), default=0)
        self._chance: Random | None = None
        self._left = 0

    def found(self) -> list[int] | None:
        """None where there are none, or where no start leads to any."""
        low, high = [0] * len(self._of), [self._most] * len(self._of)
        if not self._drawn(low, high, range(len(self._equations))):
            return None
        for start in range(_STARTS):
            self._chance, self._left = Random(start) if start else None, _PATIENCE
            found = self._go_on(list(low), list(high), ())
            if found is not None:
                return found
        return None

    def _go_on(self, low: list[int], high: list[int], changed: Iterable[int]) -> list[int] | None:
        if not self._drawn(low, high, changed):
            return None
        waiting = [n for n, (least, most) in enumerate(zip(low, high, strict=True)) if least < most]
        if not waiting:
            return low
        chance = self._chance.random if self._chance else lambda: 0.0
        one = min(waiting, key=lambda n: ((high[n] - low[n]) * (1 + chance()), n))
        for guess in self._guesses(low[one], high[one]):
            if self._left <= 0:
                return None
            self._left -= 1
            lower, higher = list(low), list(high)
            lower[one] = higher[one] = guess
            counts = self._go_on(lower, higher, self._of[one])
            if counts is not None:
                return counts
        return None

    def _guesses(self, least: int, most: int) -> list[int]:
        """What a number may be, the middle first, or some other; where it may be much, some of that."""
        first = self._chance.randint(least, most) if self._chance else (least + most) // 2
        if most - least <= _FEW_GUESSES:
            return sorted(range(least, most + 1), key=lambda guess: abs(guess - first))
        near = range(max(least, first - 2), min(most, first + 2) + 1)
        return list(dict.fromkeys((first, *near, least, most)))

    def _drawn(self, low: list[int], high: list[int], changed: Iterable[int]) -> bool:
        """Bring the bounds closer together as far as each equation tells; whether there is still room for all."""
        waiting = dict.fromkeys(changed)
        while waiting:
            at = next(iter(waiting))
            del waiting[at]
            terms, total = self._equations[at]
            least = total - sum(by * (high[n] if by > 0 else low[n]) for n, by in terms.items())
            most = total - sum(by * (low[n] if by > 0 else high[n]) for n, by in terms.items())
            if least > 0 or most < 0:
                return False
            for n, by in terms.items():  # what is left for it when all others are as high, or as low, as they can be
                start, end = (high[n], low[n]) if by > 0 else (low[n], high[n])
                ends = (by * start + least, by * end + most)
                lower, higher = (-(-ends[0] // by), ends[1] // by) if by > 0 else (-(-ends[1] // by), ends[0] // by)
                if lower > low[n] or higher < high[n]:
                    low[n], high[n] = max(low[n], lower), min(high[n], higher)
                    if low[n] > high[n]:
                        return False
                    waiting |= dict.fromkeys(self._of[n])
        return True


def _reduced(equations: Sequence[_Equation]) -> list[_Equation]:
    """The same said with as few unknowns each as elimination leads to, in whole numbers."""
    rows: dict[int, dict[int, Fraction]] = {}  # by an unknown that stands in no other row
    for terms, total in equations:
        row = {n: Fraction(by) for n, by in terms.items()} | {_TOTAL: Fraction(total)}
        for known in rows.keys() & row.keys():
            _take_off(row, rows[known], known)
        pivot = min((n for n in row if n != _TOTAL), default=_TOTAL)
        if pivot == _TOTAL:
            if row.get(_TOTAL):
                return [({}, 1)]  # the sums contradict each other
            continue
        first = row[pivot]
        row = {n: by / first for n, by in row.items()}
        for other in rows.values():
            if pivot in other:
                _take_off(other, row, pivot)
        rows[pivot] = row
    found = []
    for row in rows.values():
        scale = lcm(*(by.denominator for by in row.values()))
        whole = {n: int(by * scale) for n, by in row.items()}
        found.append(({n: by for n, by in whole.items() if n != _TOTAL}, whole.get(_TOTAL, 0)))
    return found


def _take_off(row: dict[int, Fraction], other: Mapping[int, Fraction], pivot: int) -> None:
    times = row[pivot]
    for n, by in other.items():
        row[n] = row.get(n, Fraction(0)) - times * by
        if not row[n]:
            del row[n]
