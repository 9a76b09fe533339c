"""The proof that a cell cannot be told: other whole tables, checked by adding up and by nothing else."""

from __future__ import annotations

from typing import NamedTuple

from cpdesk.analysis.suppression.search import Shift
from cpdesk.analysis.suppression.system import System

Step = tuple[Shift, int, int]
"""A shift, 1 or -1 for which way round, and how many times."""


class Proof(NamedTuple):
    """Steps that lead from the true table to tables with the cell as high, and as low, as it has to be able to be.

    Every table on the way counts too, since a step changes the cell by one at a time.
    """

    up: tuple[Step, ...]
    down: tuple[Step, ...]


def holds(system: System, cell: int, proof: Proof, sound: dict[int, bool] | None = None) -> bool:
    """Whether the proof shows what it claims. `sound` remembers shifts that were looked at, by their identity."""
    span, value = system.spans[cell], system.values[cell]
    seen = {} if sound is None else sound
    high, low = (_walk(system, cell, steps, seen) for steps in proof)
    return high is not None and low is not None and value + high >= span.high and value + low <= span.low


def moves(system: System, cell: int, step: Step, sound: dict[int, bool] | None = None) -> bool:
    """Whether the step leads to a table in which the cell is another number, within what one may guess."""
    return bool(_walk(system, cell, (step,), {} if sound is None else sound, guessed=True))


def _walk(
    system: System, cell: int, steps: tuple[Step, ...], sound: dict[int, bool], guessed: bool = False
) -> int | None:
    """By how much the cell has moved at the end; None where a table on the way is none."""
    moved: Shift = {}
    for shift, turned, times in steps:
        if abs(shift.get(cell, 0)) != 1 or times < 1:
            return None
        if id(shift) not in sound:
            sound[id(shift)] = _sound(system, shift)
        if not sound[id(shift)]:
            return None
        for one, by in shift.items():
            moved[one] = now = moved.get(one, 0) + by * turned * times
            low, high = system.bounds(one, guessed)
            if not low <= system.values[one] + now <= high:
                return None
    return moved.get(cell, 0)


def _sound(system: System, shift: Shift) -> bool:
    """Whether a shift touches nothing that is known and keeps every relation."""
    if any(system.is_known(one) for one in shift):
        return False
    touched = {relation for one in shift for relation, _side in system.within(one)}
    for relation in touched:
        whole, *parts = system.relations[relation]
        if shift.get(whole, 0) != sum(shift.get(part, 0) for part in parts):
            return False
    return True
