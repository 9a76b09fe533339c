"""Which cells a public copy hides, beyond those that are small, and the proof that it is enough.

**What is promised.** For each count of 1 to 4, and for each count that leaves 1 to 4 of its base, there are whole
tables that agree with every number told in this copy and in the earlier ones, with every sum, and with counts being
whole and not below 0, in which the count is 1, 2, 3 and 4 (and so with what it leaves of its base). So who computes
back from all that was ever told learns no more than the mark in the hidden cell says by itself. It is not promised
against one who knows hidden counts from elsewhere, such as a family that knows of its own child.

**How.** The tables are found one by one (`search`): each is the true table and a few shifts. What they move must be
hidden, and that is the choice of what else to hide; nothing is hidden that no such table needs. `proof` then checks
every one of them by plain adding up. A cell for which no tables are found takes all that was asked for in its system
with it: this copy then tells nothing of it, and adds nothing to what is out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cpdesk.analysis.suppression.proof import Proof, Step, holds
from cpdesk.analysis.suppression.search import Search, Shift
from cpdesk.analysis.suppression.system import OPEN, System

_EFFORTS = ((16, True), (60, True), (400, False), (6000, False))
"""How many repairs a search makes before it gives up, and whether it looks for what is cheap to hide or only for few
cells. Each is for the cells where the one before found nothing; by then more is hidden that can be moved.
"""
Effort = tuple[int, bool]


@dataclass
class Outcome:
    """`because` names for each cell that is hidden for another's sake which one that is. `withheld`: no tables were
    found for the cells in `lost`, and so everything that was asked for is hidden.
    """

    because: dict[int, int] = field(default_factory=dict)
    proofs: dict[int, Proof] = field(default_factory=dict)
    lost: list[int] = field(default_factory=list)

    @property
    def withheld(self) -> bool:
        return bool(self.lost)


def protect(system: System) -> Outcome:
    """Hide in `system` what has to be hidden; why, and the proof."""
    system.hidden |= {cell for cell in system.spans if system.state[cell] == OPEN}
    work = _Work(system)
    order = sorted(system.spans, key=lambda cell: (-system.cost[cell], -system.values[cell], cell))
    for tries in _EFFORTS:
        order = [cell for cell in order if not work.prove(cell, tries)]
    lost = [*order, *(cell for cell in work.outcome.proofs if not work.checks(cell))]
    if lost:
        system.hidden |= {cell for cell, state in enumerate(system.state) if state == OPEN}
    work.outcome.lost = lost
    return work.outcome


class _Work:
    """Shifts that were found serve every cell that they move."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.search = Search(system)
        self.outcome = Outcome()
        self._best: dict[tuple[int, int], tuple[int, Step]] = {}
        self._sound: dict[int, bool] = {}

    def prove(self, cell: int, effort: Effort) -> bool:
        """Find the tables for a cell, hiding what they need; whether there are enough."""
        span, value = self.system.spans[cell], self.system.values[cell]
        up = self._way(cell, 1, span.high - value, effort)
        down = self._way(cell, -1, value - span.low, effort) if up is not None else None
        if up is None or down is None:
            return False
        self.outcome.proofs[cell] = Proof(up, down)
        return True

    def checks(self, cell: int) -> bool:
        return holds(self.system, cell, self.outcome.proofs[cell], self._sound)

    def _way(self, cell: int, sign: int, far: int, effort: Effort) -> tuple[Step, ...] | None:
        """Steps that take a cell so far, from the true table."""
        if far <= 0:
            return ()
        room, (shift, turned, _times) = self._best.get((cell, sign), (0, ({}, 1, 0)))
        if room >= far:
            return ((shift, turned, far),)
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
            found = self.search.find(cell, sign, step, moved, *effort)
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
            if by * turned < 0:
                room = min(room, now - system.least[cell])
            elif (most := system.most[cell]) is not None:
                room = min(room, most - now)
        return max(room, 0)
