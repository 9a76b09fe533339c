"""Other tables that would look the same: what can move without moving anything that is told.

A *shift* is a small vector of +1 and -1 over cells that keeps every relation: one child less here and one more there,
in all the sums that count the two. Added to the true table once or several times it makes another table that agrees
with all that is told, as long as it touches hidden cells alone and no count falls below 0. A shift is found by repair:
move the cell in question, then mend each relation that no longer holds by moving another of its cells, first the
relation that leaves least choice, the cheapest cell first, until all hold again. What one order of trying does not
find another often does at once, so a search soon gives up and begins again with the cells a little shuffled, the same
way every time.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from cpdesk.analysis.suppression.system import OPEN, TOLD, System

Shift = dict[int, int]
_TRIED = 5  # ways to mend a relation that are tried before an earlier choice is taken back
_LOOKED_AT = 8  # broken relations among which the one with least choice is mended first
_ROOMY = 20  # more room than this is no better
_AWAY = 40  # what a relation that is newly broken weighs against the cost of hiding a cell
_SHUFFLE = 60  # and how far chance may move a cell in the order


class Effort(NamedTuple):
    """How many repairs a search makes before it begins again, and how often it begins, from which start on. `thrifty`:
    what is cheap to hide is taken first; otherwise whatever leads to few cells.
    """

    repairs: int
    starts: int
    thrifty: bool
    first: int = 0


class Search:
    """Looks for shifts in one system; what it hides is for the caller to say. `wasted`: repairs that led nowhere."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._within = [system.within(cell) for cell in range(len(system.values))]
        both = [[system.bounds(cell, guessed) for cell in range(len(system.values))] for guessed in (False, True)]
        self._anyone, self._guessed = both
        self._bounds = self._anyone
        self._fixed = [state == TOLD for state in system.state]
        self.wasted = 0
        self._left = 0
        self._thrifty = True
        self._chance: Random | None = None
        self._shift: Shift = {}
        self._broken: dict[int, int] = {}

    def find(
        self, cell: int, sign: int, step: int, moved: Shift, effort: Effort, guessed: bool = False
    ) -> Shift | None:
        """A shift that moves `cell` by `sign` and leaves room for `step` times itself in the table that `moved` has
        already made of the true one, within what anyone knows or, `guessed`, what one may guess; None where none was
        found.
        """
        self._bounds, self._thrifty = self._guessed if guessed else self._anyone, effort.thrifty
        if not self._room(cell, sign, step, moved):
            return None
        for start in range(effort.first, effort.first + effort.starts):
            self._chance = Random(start) if start else None
            self._left, self._shift, self._broken = effort.repairs, {}, {}
            self._move(cell, sign)
            if self._mend(step, moved):
                return dict(self._shift)
            self.wasted += effort.repairs - self._left
        return None

    def _room(self, cell: int, sign: int, step: int, moved: Shift) -> bool:
        low, high = self._bounds[cell]
        return low <= self.system.values[cell] + moved.get(cell, 0) + step * sign <= high

    def _move(self, cell: int, sign: int) -> None:
        self._shift[cell] = sign
        self._unsettle(cell, sign)

    def _back(self, cell: int, sign: int) -> None:
        del self._shift[cell]
        self._unsettle(cell, -sign)

    def _unsettle(self, cell: int, sign: int) -> None:
        broken = self._broken
        for relation, side in self._within[cell]:
            now = broken.get(relation, 0) + side * sign
            if now:
                broken[relation] = now
            else:
                del broken[relation]

    def _mend(self, step: int, moved: Shift) -> bool:
        """Mend what is broken; whether all holds."""
        if not self._broken:
            return True
        if self._left <= 0:
            return False
        self._left -= 1
        for _score, _value, cell, sign in self._least_choice(step, moved):
            self._move(cell, sign)
            if self._mend(step, moved):
                return True
            self._back(cell, sign)
            if self._left <= 0:
                return False
        return False

    def _least_choice(self, step: int, moved: Shift) -> list[tuple[int, int, int, int]]:
        """The ways to mend one of the broken relations, the one that has fewest."""
        found: list[tuple[int, int, int, int]] | None = None
        for looked_at, relation in enumerate(self._broken):
            if found is not None and (len(found) < 2 or looked_at == _LOOKED_AT):
                break
            ways = self._ways(relation, step, moved)
            if found is None or len(ways) < len(found):
                found = ways
        return sorted(found or [])[:_TRIED]

    def _ways(self, relation: int, step: int, moved: Shift) -> list[tuple[int, int, int, int]]:
        """The cells that could mend a relation, by what is best when sorted: those that mend others too and need not be
        hidden anew, then those with most room.
        """
        system, broken, shift, chance = self.system, self._broken, self._shift, self._chance
        values, bounds, within = system.values, self._bounds, self._within
        wanted = -1 if broken[relation] > 0 else 1
        found = []
        for at, cell in enumerate(system.relations[relation]):
            if self._fixed[cell] or cell in shift:
                continue
            sign = wanted if at == 0 else -wanted
            low, high = bounds[cell]
            value = values[cell]
            if not low <= value + moved.get(cell, 0) + step * sign <= high:
                continue
            score = self._price(cell)
            for other, side in within[cell]:
                if other in broken and broken[other] * side * sign < 0:
                    score -= _AWAY
                else:
                    score += _AWAY
            if chance is not None:
                score += int(chance.random() * _SHUFFLE)
            found.append((score, -value if value < _ROOMY else -_ROOMY, cell, sign))
        return found

    def _price(self, cell: int) -> int:
        system = self.system
        if self._thrifty and system.state[cell] == OPEN and cell not in system.hidden:
            return system.cost[cell]
        return 0
