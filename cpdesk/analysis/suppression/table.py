"""The figures of one measure in one year as cells and sums, now and as earlier copies told them.

Cells are places (villages, communes, districts, the province) by parts of the children (sex, age, disability). What
can be worked out is a cell too, whether or not it is in any copy: with 10 children and 8 without disability, the 2 with
disability are as good as told.

A figure that was corrected between two copies is two cells, and so is every sum above it; all others are one and the
same cell in both copies, so that whoever lays the copies beside each other is reckoned with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cpdesk.analysis.figures import ALL, PARTS, Slice, part
from cpdesk.analysis.suppression.groups import OLDER, hide_sums, inside, smallest
from cpdesk.analysis.suppression.system import FEW, OPEN, SMALL, TOLD, Span, System

Key = tuple[str, Slice]
"""A place and a part of its children."""
Numbers = Mapping[str, Mapping[Slice, int]]
LESS = "-"
"""In the name of a sum of only some of a place's parts: 0802-080203 is district 0802 without its commune 080203."""
_ByPlace = dict[str, dict[Slice, int]]


@dataclass(frozen=True)
class Telling:
    """The figures at the time of a copy, and what it told of them.

    `parts`: the places that a place's number is the sum of; `wholes`: the numbers that none of these can exceed
    (children under 18, for a measure that counts some of them).
    """

    numbers: Numbers
    parts: Mapping[str, tuple[str, ...]]
    told: frozenset[Key] = frozenset()
    hidden: frozenset[Key] = frozenset()
    wholes: Mapping[Key, int] = field(default_factory=dict)


@dataclass
class Table:
    """A system with the cells of the figures as they are now by name. `out` were told by an earlier copy although they
    are small, `rests` are hidden because of what they leave of their base.
    """

    system: System
    cells: dict[Key, int]
    out: set[int]
    rests: set[int]


def closed(cells: Mapping[Slice, int], *, ages_add_up: bool) -> dict[Slice, int]:
    """With every part that follows from the others: all less the boys are the girls."""
    found = dict(cells)
    grown = True
    while grown:
        grown = False
        for cell in sorted(found):
            for dimension in PARTS:
                if getattr(cell, dimension) != ALL or (dimension == "age_group" and not ages_add_up):
                    continue
                parts = [part(cell, dimension, key) for key in PARTS[dimension]]
                missing = [one for one in parts if one not in found]
                rest = found[cell] - sum(found.get(one, 0) for one in parts)
                if len(missing) == 1 and rest >= 0:
                    found[missing[0]] = rest
                    grown = True
    return found


def summed(telling: Telling) -> dict[Key, int]:
    """Every number of a telling, with the sums of places."""
    found: dict[str, dict[Slice, int]] = {place: dict(cells) for place, cells in telling.numbers.items()}
    for place in sorted(telling.parts, key=_from_below):
        if place not in telling.numbers:
            mine = found.setdefault(place, {})
            for one in telling.parts[place]:
                for cell, number in found.get(one, {}).items():
                    mine[cell] = mine.get(cell, 0) + number
    return {(place, cell): number for place, cells in found.items() for cell, number in cells.items()}


def table(
    now: Telling,
    earlier: Iterable[Telling],
    asked: Iterable[Key],
    *,
    ages_add_up: bool,
    least: Mapping[Key, int] | None = None,
) -> Table:
    """What a copy that is asked to tell `asked` has to reckon with. `least`: numbers that cannot be exceeded by those
    of the measures that count a part of these.

    What an earlier copy hid stays hidden as long as it is not corrected: who prints twice prints the same.
    """
    system = System()
    maker = _Maker(system, ages_add_up)
    told, hidden = set[int](), set[int]()
    for one in earlier:
        cells = maker.version(one)
        told |= {cells[key] for key in one.told if key in cells}
        hidden |= {cells[key] for key in one.hidden if key in cells}
    cells = maker.version(now)
    for key in asked:
        if key in cells:
            cell = cells[key]
            system.state[cell] = OPEN
            system.cost[cell] = _cost(key, system.values[cell])
    for cell in told:
        system.state[cell] = TOLD
    system.tell_what_follows()
    system.protect_small()
    for cell in maker.supposed:
        system.spans.pop(cell, None)
    rests = maker.rests()
    for key, low in (least or {}).items():
        if key in cells and system.values[cells[key]] >= low:
            system.least[cells[key]] = low
    out = {cell for cell in system.spans if system.state[cell] == TOLD}
    for cell in out:
        del system.spans[cell]
    system.before = {cell for cell in hidden if system.state[cell] != TOLD}
    system.hidden |= {cell for cell in hidden if system.state[cell] == OPEN}
    for cell, span in system.spans.items():
        if system.state[cell] == OPEN or cell in system.before:
            system.guessed[cell] = SMALL if 0 < system.values[cell] < FEW else span
    return Table(system, cells, out, rests - out)


_LEVEL = 15


def _cost(key: Key, value: int) -> int:
    """What a reader loses: more with a sum than with what it is the sum of, more with many children than with few."""
    place, cell = key
    wide = sum(one == ALL for one in cell)
    return 4 + 5 * wide + _LEVEL * max(0, 6 - len(place)) + value.bit_length() + (6 if not value else 0)


def _from_below(place: str) -> tuple[bool, int, str]:
    """Parts before what they are parts of; sums that leave out some places, which no other sum is made of, last."""
    return LESS in place, -len(place), place


class _Maker:
    """Makes each cell once, however many copies tell of it."""

    def __init__(self, system: System, ages_add_up: bool) -> None:
        self.system = system
        self.ages_add_up = ages_add_up
        self.supposed: set[int] = set()  # counts that nobody made, and of adults: not for us to protect
        self._made: dict[object, int] = {}
        self._related: set[tuple[int, ...]] = set()
        self._wholes: dict[int, int] = {}

    def version(self, telling: Telling) -> dict[Key, int]:
        """The cells of the figures as a copy knew them, by name.

        What follows from other numbers is summed beside what was entered, since a sum on paper counts only the latter.
        """
        entered: _ByPlace = {}
        implied: _ByPlace = {}
        cells: dict[Key, int] = {}
        for place in sorted({*telling.numbers, *telling.parts}, key=_from_below):
            own = telling.numbers.get(place)
            if own:
                implied[place] = self._own(place, closed(own, ages_add_up=self.ages_add_up))
                entered[place] = {cell: implied[place][cell] for cell in sorted(own)}
            for mine in (implied, entered):
                sums = self._sums(mine, place, telling.parts.get(place, ()))
                if not own:
                    mine[place] = sums
                for cell, made in (sums | mine[place]).items():
                    cells[place, cell] = made
        for key, whole in telling.wholes.items():
            if key in cells and whole >= self.system.values[cells[key]]:
                bounded, whole = cells[key], max(whole, FEW - 1)  # a base of 1 to 4 is hidden too: it may be 4
                self._wholes[bounded] = self.system.most[bounded] = min(whole, self._wholes.get(bounded, whole))
        return cells

    def _cell(self, name: object, value: int) -> int:
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = self.system.cell(value)
        return found

    def _relate(self, whole: int, parts: tuple[int, ...]) -> None:
        if (whole, *parts) not in self._related:
            self._related.add((whole, *parts))
            self.system.relate(whole, parts)

    def _own(self, place: str, numbers: Mapping[Slice, int]) -> dict[Slice, int]:
        """What was entered for a place itself."""
        mine = {cell: self._cell((place, cell, value), value) for cell, value in sorted(numbers.items())}
        groups = smallest(numbers, ages_add_up=self.ages_add_up) if hide_sums(numbers) else None
        grouped = self._groups(place, mine, groups) if groups else {}
        for cell, made in mine.items():
            for dimension, keys in PARTS.items():
                if getattr(cell, dimension) != ALL:
                    continue
                parts = tuple(mine[one] for key in keys if (one := part(cell, dimension, key)) in mine)
                if not parts:
                    continue
                exact = dimension != "age_group" or self.ages_add_up
                if len(parts) < len(keys) or not exact:
                    rest = max(0, numbers[cell] - sum(self.system.values[one] for one in parts))
                    other = self._cell((place, cell, dimension, made, parts), rest)
                    if not exact:
                        self.supposed.add(other)
                    if groups:
                        left = [key for key in (*keys, OLDER) if part(cell, dimension, key) not in mine]
                        self._relate_groups(other, grouped, [part(cell, dimension, key) for key in left])
                    parts = (*parts, other)
                if not groups:
                    self._relate(made, parts)
        return mine

    def _groups(self, place: str, mine: Mapping[Slice, int], groups: Mapping[Slice, int]) -> dict[Slice, int]:
        """The smallest groups as cells, and what was entered as sums of them alone."""
        whole = tuple(sorted(mine.values()))
        found = {}
        for group, count in groups.items():
            if group in mine:
                found[group] = mine[group]
            else:
                found[group] = self._cell((place, group, whole), count)
                self.supposed.add(found[group])
        for cell, made in mine.items():
            if cell not in groups:
                self._relate_groups(made, found, [cell])
        return found

    def _relate_groups(self, whole: int, grouped: Mapping[Slice, int], cells: list[Slice]) -> None:
        parts = [made for group, made in grouped.items() if any(inside(group, cell) for cell in cells)]
        self._relate(whole, tuple(parts))

    def _sums(self, mine: _ByPlace, place: str, parts: tuple[str, ...]) -> dict[Slice, int]:
        """The sums of the places that it is made of; where it has a number of its own, that stands for the sum."""
        below: dict[Slice, list[int]] = {}
        for one in parts:
            for cell, made in mine.get(one, {}).items():
                below.setdefault(cell, []).append(made)
        own, found = mine.get(place, {}), dict[Slice, int]()
        for cell, some in below.items():
            ids = tuple(some)
            whole = own.get(cell)
            if whole is None:
                values = self.system.values
                whole = self._cell((place, cell, ids), sum(values[one] for one in ids))
            rest = self.system.values[whole] - sum(self.system.values[one] for one in ids)
            if rest > 0:  # villages that were not counted
                ids = (*ids, self._cell((place, cell, whole, ids), rest))
            self._relate(whole, ids)
            found[cell] = whole
        return found

    def rests(self) -> set[int]:
        """Protect what leaves 1 to 4 of its base: those few are as small a count as any."""
        found = set[int]()
        for cell, whole in self._wholes.items():
            if whole >= FEW and 0 < whole - self.system.values[cell] < FEW:
                self.system.protect(cell, Span(whole - FEW + 1, whole - 1))
                found.add(cell)
        return found
