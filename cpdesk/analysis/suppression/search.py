"""Other tables that would look the same: what can move without moving anything that is told.

A *shift* is a small vector of +1 and -1 over cells that keeps every relation: one child less here and one more there,
in all the sums that count the two. Added to the true table once or several times it makes another table that agrees
with all that is told, as long as it touches hidden cells alone and no count falls below 0. A shift is found by repair:
move the cell in question, then mend each relation that no longer holds by moving another of its cells, the cheapest
first, until all hold again.
"""

from __future__ import annotations

from cpdesk.analysis.suppression.system import OPEN, TOLD, System

Shift = dict[int, int]
_TRIED = 5  # ways to mend a relation that are tried before an earlier choice is taken back
_ROOMY = 20  # more room than this is no better
_AWAY = 40  # what a relation that is newly broken weighs against the cost of hiding a cell


class Search:
    """Looks for shifts in one system; what it hides is for the caller to say."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._within = [system.within(cell) for cell in range(len(system.values))]
        self._left = 0
        self._thrifty = True
        self._shift: Shift = {}
        self._broken: dict[int, int] = {}

    def find(self, cell: int, sign: int, step: int, moved: Shift, budget: int, thrifty: bool = True) -> Shift | None:
        """A shift that moves `cell` by `sign` and leaves room for `step` times itself in the table that `moved` has
        already made of the true one; None where none was found within the budget. `thrifty`: what is cheap to hide is
        taken first; otherwise whatever leads to few cells.
        """
        if not self._room(cell, sign, step, moved):
            return None
        self._left, self._thrifty, self._shift, self._broken = budget, thrifty, {}, {}
        self._move(cell, sign)
        return dict(self._shift) if self._mend(step, moved) else None

    def _room(self, cell: int, sign: int, step: int, moved: Shift) -> bool:
        system = self.system
        now = system.values[cell] + moved.get(cell, 0)
        if sign < 0:
            return now - step >= system.least[cell]
        most = system.most[cell]
        return most is None or now + step <= most

    def _move(self, cell: int, sign: int) -> None:
        self._shift[cell] = sign
        broken = self._broken
        for relation, side in self._within[cell]:
            now = broken.get(relation, 0) + side * sign
            if now:
                broken[relation] = now
            else:
                del broken[relation]

    def _back(self, cell: int, sign: int) -> None:
        del self._shift[cell]
        broken = self._broken
        for relation, side in self._within[cell]:
            now = broken.get(relation, 0) - side * sign
            if now:
                broken[relation] = now
            else:
                broken.pop(relation, None)

    def _mend(self, step: int, moved: Shift) -> bool:
        """Mend what is broken, the oldest first; whether all holds."""
        if not self._broken:
            return True
        if self._left <= 0:
            return False
        self._left -= 1
        relation = next(iter(self._broken))
        for _score, _value, cell, sign in self._ways(relation, step, moved):
            self._move(cell, sign)
            if self._mend(step, moved):
                return True
            self._back(cell, sign)
            if self._left <= 0:
                return False
        return False

    def _ways(self, relation: int, step: int, moved: Shift) -> list[tuple[int, int, int, int]]:
        """The cells that could mend a relation, best first: those that mend others too and need not be hidden anew,
        then those with most room.
        """
        system, broken, shift = self.system, self._broken, self._shift
        state, hidden, cost, within = system.state, system.hidden, system.cost, self._within
        wanted = -1 if broken[relation] > 0 else 1
        found = []
        for at, cell in enumerate(system.relations[relation]):
            if state[cell] == TOLD or cell in shift:
                continue
            sign = wanted if at == 0 else -wanted
            if not self._room(cell, sign, step, moved):
                continue
            score = cost[cell] if self._thrifty and state[cell] == OPEN and cell not in hidden else 0
            for other, side in within[cell]:
                off = broken.get(other, 0) * side * sign
                score += -_AWAY if off < 0 else _AWAY
            found.append((score, -min(system.values[cell], _ROOMY), cell, sign))
        found.sort()
        return found[:_TRIED]
