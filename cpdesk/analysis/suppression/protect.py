"""Which cells a public copy hides, beyond those that are small, and the proof that it is enough.

**What is promised.** For each count of 1 to 4, and for each count that leaves 1 to 4 of its base, there are whole
tables that agree with every number told in this copy and in the earlier ones, with every sum, and with counts being
whole and not below 0, in which the count is 1, 2, 3 and 4 (and so with what it leaves of its base). So who computes
back from all that was ever told learns no more than the mark in the hidden cell says by itself.

And for each number that is hidden, small or not, in this copy or in an earlier one, there is another table in which it
is another number, even for one who guesses of all hidden counts which of them are hidden because they are 1 to 4. It
is not promised against one who knows hidden counts from elsewhere, such as a family that knows of its own child.

**How.** The tables are found one by one (`search`): each is the true table and a few shifts. What they move must be
hidden, and that is the choice of what else to hide; nothing is hidden that no such table needs. `proof` then checks
every one of them by plain adding up. A cell for which no tables are found takes all that was asked for in its system
with it: this copy then tells nothing of it beyond what earlier ones did, and adds nothing to what is out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cpdesk.analysis.suppression.proof import Proof, Step, holds, moves
from cpdesk.analysis.suppression.search import Effort, Search, Shift
from cpdesk.analysis.suppression.system import OPEN, System

_EFFORTS = (Effort(16, 1, True), Effort(60, 4, True), Effort(100, 5, True))
_PATIENCE = 25_000  # repairs that lead nowhere before each cell that is left has one last chance
_ROUND = 10  # starts after which a way of several steps begins again
_LAST_EFFORT = Effort(150, 40, False)
"""Each is for the cells where the one before found nothing; by then more is hidden that can be moved."""


@dataclass
class Outcome:
    """`because` names for each cell that is hidden for another's sake which one that is. `proofs` are of the counts
    that are few, `others` of all that is hidden: a shift to another number. `withheld`: no tables were found for the
    cells in `lost`, and so everything that was asked for is hidden.
    """

    because: dict[int, int] = field(default_factory=dict)
    proofs: dict[int, Proof] = field(default_factory=dict)
    others: dict[int, Step] = field(default_factory=dict)
    lost: list[int] = field(default_factory=list)

    @property
    def withheld(self) -> bool:
        return bool(self.lost)

    def needed_for(self, cell: int) -> int | None:
        """A cell whose proof moves this one."""
        for one, proof in self.proofs.items():
            if any(cell in shift for steps in proof for shift, _turned, _times in steps):
                return one
        return next((one for one, step in self.others.items() if one != cell and cell in step[0]), None)


def protect(system: System) -> Outcome:
    """Hide in `system` what has to be hidden; why, and the proof."""
    system.hidden |= {cell for cell in system.spans if system.state[cell] == OPEN}
    work = _Work(system)
    few = sorted(system.spans, key=lambda cell: (-system.cost[cell], -system.values[cell], cell))
    lost = work.tried(few, work.prove) or work.prove_others() or work.unsound()
    if lost:
        kept = system.follows() - system.before - set(system.spans)
        system.hidden = {cell for cell, state in enumerate(system.state) if state == OPEN} - kept
    work.outcome.lost = lost
    return work.outcome


class _Work:
    """Shifts that were found serve every cell that they move."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.search = Search(system)
        self.outcome = Outcome()
        self._best: dict[tuple[int, int], tuple[int, Step]] = {}

    def tried(self, cells: list[int], prove: Callable[[int, Effort], bool]) -> list[int]:
        """Prove the cells, those that are easy first; one that cannot be proven, since then no other matters."""
        for effort in _EFFORTS:
            cells = [cell for cell in cells if self.search.wasted > _PATIENCE or not prove(cell, effort)]
        return next(([cell] for cell in cells if not prove(cell, _LAST_EFFORT)), [])

    def prove(self, cell: int, effort: Effort) -> bool:
        """Find the tables for a count that is few, hiding what they need; whether there are enough."""
        span, value = self.system.spans[cell], self.system.values[cell]
        if not self._other(cell, effort):
            return False
        up = self._way(cell, 1, span.high - value, effort)
        down = self._way(cell, -1, value - span.low, effort) if up is not None else None
        if up is None or down is None:
            return False
        self.outcome.proofs[cell] = Proof(up, down)
        return True

    def prove_others(self) -> list[int]:
        """Find for each number that is hidden another that it may be; those for which there is none."""
        system = self.system
        while waiting := [cell for cell in sorted(system.hidden | system.before) if cell not in self.outcome.others]:
            lost = self.tried(waiting, self._other)
            if lost:
                return lost
        return []

    def unsound(self) -> list[int]:
        """The cells whose proof does not hold when it is added up."""
        system, sound = self.system, dict[int, bool]()
        wrong = [cell for cell, proof in self.outcome.proofs.items() if not holds(system, cell, proof, sound)]
        return wrong + [cell for cell, step in self.outcome.others.items() if not moves(system, cell, step, sound)]

    def _other(self, cell: int, effort: Effort) -> bool:
        """Whether a shift takes the cell to another number, within what one may guess."""
        if cell in self.outcome.others:
            return True
        for sign in (1, -1):
            found = self.search.find(cell, sign, 1, {}, effort, guessed=True)
            if found is not None:
                self._keep(cell, found)
                for one in found:
                    self.outcome.others.setdefault(one, (found, 1, 1))
                return True
        return False

    def _way(self, cell: int, sign: int, far: int, effort: Effort) -> tuple[Step, ...] | None:
        """Steps that take a cell so far, from the true table."""
        if far <= 0:
            return ()
        room, (shift, turned, _times) = self._best.get((cell, sign), (0, ({}, 1, 0)))
        if room >= far:
            return ((shift, turned, far),)
        for first in range(0, effort.starts, _ROUND):
            steps = self._steps(cell, sign, far, effort._replace(first=first))
            if steps is not None:
                return steps
        return None

    def _steps(self, cell: int, sign: int, far: int, effort: Effort) -> tuple[Step, ...] | None:
        """One after the other; where the first leads to a table from which no other goes on, one begins elsewhere."""
        steps: list[Step] = []
        moved: Shift = {}
        while far:
            found = self._shift(cell, sign, far, moved, effort)
            if found is None:
                return None
            times = min(far, self._room(found, 1, moved))
            steps.append((found, 1, times))
            for one, by in found.items():
                moved[one] = moved.get(one, 0) + by * times
            far -= times
        return tuple(steps)

    def _shift(self, cell: int, sign: int, far: int, moved: Shift, effort: Effort) -> Shift | None:
        for step in (far, 1) if far > 1 else (1,):
            once = effort._replace(starts=min(effort.starts, _ROUND) if step == 1 else 1)
            found = self.search.find(cell, sign, step, moved, once)
            if found is not None:
                self._keep(cell, found)
                return found
        return None

    def _keep(self, cell: int, shift: Shift) -> None:
        system = self.system
        for one in shift:
            if system.state[one] == OPEN and one not in system.hidden:
                system.hidden.add(one)
                self.outcome.because[one] = cell
        rooms = {turned: self._room(shift, turned, {}) for turned in (1, -1)}
        for one, by in shift.items():
            if one in system.spans:
                for turned, room in rooms.items():
                    if room > self._best.get((one, by * turned), (0,))[0]:
                        self._best[one, by * turned] = (room, (shift, turned, room))

    def _room(self, shift: Shift, turned: int, moved: Shift) -> int:
        """How many times a shift fits into the table that `moved` made of the true one."""
        system, room = self.system, 1 << 30
        for cell, by in shift.items():
            now = system.values[cell] + moved.get(cell, 0)
            low, high = system.bounds(cell, guessed=False)
            room = min(room, now - low if by * turned < 0 else high - now)
        return max(room, 0)
