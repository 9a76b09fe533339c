"""Random tables of realistic shape, told to the public twice, with corrections between."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from cpdesk.analysis.figures import ALL, PARTS, TOTAL, Slice, part
from cpdesk.analysis.suppression import FEW, Key, Outcome, Table, Telling, protect, summed, table
from tests.analysis.attacker import OLDER, Attack, Seen

Numbers = dict[str, dict[Slice, int]]
Leaves = dict[str, dict[Slice, int]]
TOTALS = (TOTAL, Slice("female"), Slice("male"), Slice(disability="with"))
SPLITS = ((), ("sex",), ("sex", "disability"), ("sex", "age_group"), tuple(PARTS))


@dataclass(frozen=True)
class Time:
    """What was known at the time of a copy. `asked`: what the copy is to tell; `wholes`: what none exceeds."""

    numbers: Mapping[str, Mapping[Slice, int]]
    parts: Mapping[str, tuple[str, ...]]
    asked: frozenset[Key]
    wholes: Mapping[Key, int] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    name: str
    ages_add_up: bool
    times: tuple[Time, ...]


@dataclass(frozen=True)
class Given:
    """A copy that was given out."""

    time: Time
    table: Table
    outcome: Outcome
    told: dict[Key, int]
    hidden: dict[Key, int]

    @property
    def telling(self) -> Telling:
        return Telling(
            self.time.numbers, self.time.parts, frozenset(self.told), frozenset(self.hidden), self.time.wholes
        )

    @property
    def seen(self) -> Seen:
        most = {key: n for key, n in self.time.wholes.items() if n >= max(FEW, self._value(key))}  # fewer are hidden
        small = {key: bounds for key, n in self.hidden.items() if (bounds := _few(n, most.get(key)))}
        if self.outcome.withheld:  # of which nothing is told, and so neither which of its counts are few
            small = {}
        return Seen(self.time.numbers, self.time.parts, self.told, self.hidden, small, most)

    def _value(self, key: Key) -> int:
        return self.time.numbers.get(key[0], {}).get(key[1], 0)


def _few(number: int, whole: int | None) -> tuple[int, int] | None:
    """What one knows of a number that is hidden because it, or what it leaves of its base, is 1 to 4."""
    if 0 < number < FEW:
        return 1, FEW - 1
    if whole is not None and 0 < whole - number < FEW:
        return whole - FEW + 1, whole - 1
    return None


def give(world: World) -> list[Given]:
    """The world's copies, one after the other."""
    given: list[Given] = []
    for time in world.times:
        given.append(copy(time, [one.telling for one in given], ages_add_up=world.ages_add_up))
    return given


def copy(time: Time, earlier: list[Telling], *, ages_add_up: bool) -> Given:
    now = Telling(time.numbers, time.parts, wholes=time.wholes)
    made = table(now, earlier, sorted(time.asked), ages_add_up=ages_add_up)
    outcome = protect(made.system)
    numbers = summed(now)
    told, hidden = dict[Key, int](), dict[Key, int]()
    for key in time.asked:
        if key in made.cells:
            cell = made.cells[key]
            assert made.system.values[cell] == numbers[key]
            is_told = made.system.is_known(cell) and cell not in made.out
            (told if is_told else hidden)[key] = numbers[key]
    return Given(time, made, outcome, told, hidden)


def attack(world: World, given: list[Given], *, informed: bool) -> Attack:
    return Attack(world.name, [one.seen for one in given], ages_add_up=world.ages_add_up, informed=informed)


# --- chance ---------------------------------------------------------------------------------------------------------
def world(seed: int) -> World:
    """The world of that seed: a district, or a province of a few; two copies, of the same area or of another."""
    return _Chance(seed).world()


class _Chance(random.Random):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.number = seed
        self.ages_add_up = self.random() < 0.7
        self.split = self.choice(SPLITS)
        self.crossed = self.random() < 0.5
        self.every_way = self.random() < 0.1  # beyond what can be typed: by sex, age and disability at once
        self.deep = self.random() < 0.25
        self.others: dict[str, int] = {}
        self.often = self.choice((0.4, 1.5, 6.0, 40.0))

    def world(self) -> World:
        districts = [f"080{n}" for n in range(1, self.choice((1, 1, 2, 3)) + 1)]
        communes = {one: [f"{one}{n:02}" for n in range(1, self.randint(3, 6) + 1)] for one in districts}
        parts = {one: tuple(some) for one, some in communes.items()}
        if len(districts) > 1 or self.random() < 0.3:
            parts["08"] = tuple(districts)
        everywhere = [one for some in communes.values() for one in some]
        counted = [one for one in everywhere if self.random() < 0.92] or everywhere[:1]
        leaves: Leaves = {one: self._leaves() for one in counted}
        shapes = {one: self._shape() for one in counted}
        first = self._time(leaves, shapes, parts)
        for _n in range(self.choice((0, 1, 1, 2, 3))):
            self._correct(leaves)
        if self.random() < 0.2:
            late = self.choice(everywhere)
            leaves[late], shapes[late] = self._leaves(), self._shape()
        return World(f"w{self.number}", self.ages_add_up, (first, self._time(leaves, shapes, parts)))

    def _leaves(self) -> dict[Slice, int]:
        """Counts of the smallest groups that this world tells apart."""
        ages = PARTS["age_group"] if self.ages_add_up else (*PARTS["age_group"], OLDER)
        keys = [(ages if name == "age_group" else PARTS[name]) if name in self.split else (ALL,) for name in PARTS]
        often = self.often * self.choice((0.3, 1, 1, 2))
        return {Slice(*leaf): self._count(often / (8 if leaf[2] == "with" else 1)) for leaf in product(*keys)}

    def _count(self, often: float) -> int:
        return int(self.expovariate(1 / often) + 0.5)

    def _correct(self, leaves: Leaves) -> None:
        place = self.choice(sorted(leaves))
        leaf = self.choice(sorted(leaves[place]))
        leaves[place] = leaves[place] | {leaf: max(0, leaves[place][leaf] + self.choice((-3, -2, -1, 1, 2, 4)))}

    def _shape(self) -> tuple[Slice, ...]:
        """Which parts of the children a place was counted by."""
        cells = {TOTAL}
        if self.random() < 0.85:
            for name in self.split:
                of = {cell for cell in cells if self.crossed and (self.every_way or cell in (TOTAL, *TOTALS[1:3]))}
                cells |= {part(cell, name, key) for cell in of or {TOTAL} for key in PARTS[name]}
        if self.random() < 0.15:
            cells = {cell for cell in sorted(cells) if cell == TOTAL or self.random() < 0.6}
        return tuple(sorted(cells))

    def _time(
        self, leaves: Leaves, shapes: Mapping[str, tuple[Slice, ...]], parts: Mapping[str, tuple[str, ...]]
    ) -> Time:
        numbers = {
            place: {cell: sum(n for leaf, n in leaves[place].items() if _in(leaf, cell)) for cell in shapes[place]}
            for place in leaves
        }
        held = {area: tuple(one for one in some if one in numbers or one in parts) for area, some in parts.items()}
        held = {area: some for area, some in held.items() if some}
        known = summed(Telling(numbers, held))
        area = "08" if "08" in held and self.random() < 0.6 else self.choice(list(held))
        return Time(numbers, held, frozenset(self._asked(area, held, known)), self._wholes(numbers))

    def _asked(self, area: str, parts: Mapping[str, tuple[str, ...]], known: Mapping[Key, int]) -> Iterator[Key]:
        """What a profile shows, or everything there is."""
        rows = list(parts[area])
        if len(area) == 2 and self.random() < 0.5:
            rows = [leaf for one in rows for leaf in parts.get(one, ())]
        for place, cell in known:
            if place == area and (self.deep or cell in TOTALS):
                yield place, cell
            if place in rows and (self.deep or cell == TOTAL):
                yield place, cell

    def _wholes(self, numbers: Numbers) -> dict[Key, int]:
        """Every third world counts a part of some base that is told."""
        if self.number % 3:
            return {}
        for place in numbers:
            self.others.setdefault(place, self.choice((0, 1, 3, 20, 60)))
        return {(place, TOTAL): cells[TOTAL] + self.others[place] for place, cells in numbers.items()}


def _in(leaf: Slice, cell: Slice) -> bool:
    return all(key in (ALL, mine) for key, mine in zip(cell, leaf, strict=True))
