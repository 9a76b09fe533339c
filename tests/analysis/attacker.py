"""One who computes hidden counts back: an integer program over whole tables, and nothing of our own arithmetic.

It is told all that papers tell, and more than a reader could know: which figures were entered, which of them were not
corrected between two copies, which hidden counts are hidden because they are small, and the exact base. What it does
not know are the counts themselves: of every place one number for each sex in each age group with and without
disability, whole and not below 0, of which all that is told is a sum.

Problems of many tables are put into one: they share nothing, so the best of all together is the best of each.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import pulp

from cpdesk.analysis.figures import ALL, PARTS, Slice

Key = tuple[str, Slice]
Terms = Counter[int]
"""A sum of unknowns by their number, each so many times."""
FEW = 5
OLDER = "older"  # of measures that count people of all ages: the age that no age group holds
TOGETHER = 20  # tables in one problem
MOST = 9999  # children in one place and part: without an end there is no table with the most


@dataclass(frozen=True)
class Seen:
    """A copy as it lies before a reader. `entered`: the figures that were there; `parts`: what places are made of;
    `small`: hidden because they are few, with the least and most that they can be; `most`: what cannot be exceeded.
    """

    entered: Mapping[str, Mapping[Slice, int]]
    parts: Mapping[str, Sequence[str]]
    told: Mapping[Key, int]
    hidden: Mapping[Key, int]
    small: Mapping[Key, tuple[int, int]] = field(default_factory=dict)
    most: Mapping[Key, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """A hidden cell of one of the copies, and between what it must lie."""

    copy: int
    key: Key
    value: int
    least: int
    most: int

    @property
    def recovered(self) -> bool:
        return self.least == self.most


class Attack:
    """What one attacker makes of successive copies of one table: unknowns, and what is known of sums of them."""

    def __init__(self, name: str, copies: Sequence[Seen], *, ages_add_up: bool, informed: bool) -> None:
        self.name = name
        self.copies = copies
        self.ages = PARTS["age_group"] if ages_add_up else (*PARTS["age_group"], OLDER)
        self.known: list[tuple[Terms, int, int]] = []
        self.targets: list[tuple[int, Key, int, Terms]] = []
        self.variables = 0
        self._at: dict[tuple[str, int], dict[tuple[str, str, str], int]] = {}
        for number, copy in enumerate(copies):
            self._places(number, copy)
            self._reads(number, copy, informed)

    def _places(self, number: int, copy: Seen) -> None:
        for place, cells in copy.entered.items():
            before = self.copies[number - 1].entered.get(place) if number else None
            if before == cells:
                self._at[place, number] = self._at[place, number - 1]
                continue
            self._at[place, number] = self._fresh(place)
            for cell in cells:
                for other in range(number):
                    if self.copies[other].entered.get(place, {}).get(cell) == cells[cell]:
                        same = self._of(place, cell, number)
                        same.subtract(self._of(place, cell, other))
                        self.known.append((same, 0, 0))

    def _fresh(self, place: str) -> dict[tuple[str, str, str], int]:
        """Unknown counts of a place, split by what any copy splits them by."""
        used = [cell for copy in self.copies for cell in copy.entered.get(place, {})]
        sexes, ages, disabilities = (
            (PARTS[name] if name != "age_group" else self.ages) if any(cell[n] != ALL for cell in used) else (ALL,)
            for n, name in enumerate(PARTS)
        )
        leaves = {leaf: n for n, leaf in enumerate(product(sexes, ages, disabilities), self.variables)}
        self.variables += len(leaves)
        return leaves

    def _of(self, place: str, cell: Slice, number: int) -> Terms:
        """What was entered for a place itself."""
        leaves = self._at[place, number]
        return Counter(
            one for leaf, one in leaves.items() if all(key in (ALL, mine) for key, mine in zip(cell, leaf, strict=True))
        )

    def _sum(self, place: str, cell: Slice, number: int) -> Terms:
        """A place's number on paper: its own, or the sum of its parts that have one."""
        copy = self.copies[number]
        if cell in copy.entered.get(place, {}):
            return self._of(place, cell, number)
        return sum((self._sum(one, cell, number) for one in copy.parts.get(place, ())), Counter())

    def _reads(self, number: int, copy: Seen, informed: bool) -> None:
        for (place, cell), value in copy.told.items():
            self.known.append((self._sum(place, cell, number), value, value))
        for (place, cell), most in copy.most.items():
            if cell in copy.entered.get(place, {}):
                self.known.append((self._of(place, cell, number), 0, most))
        for place, cells in copy.entered.items():  # what no copy was asked for may be computed all the same
            for cell, value in cells.items():
                if 0 < value < FEW and (place, cell) not in copy.told and (place, cell) not in copy.hidden:
                    self.targets.append((number, (place, cell), value, self._of(place, cell, number)))
        for key, value in copy.hidden.items():
            unknown = self._sum(*key, number)
            self.targets.append((number, key, value, unknown))
            if informed and key in copy.small:
                self.known.append((unknown, *copy.small[key]))


class _Bounds:
    """What is known so far of each target of an attack: the least and the most that were reached."""

    def __init__(self, attack: Attack) -> None:
        self.attack = attack
        self.least = [value for _copy, _key, value, _terms in attack.targets]
        self.most = list(self.least)
        self.asked: set[tuple[int, int]] = set()

    def note(self, table: Sequence[int]) -> None:
        """Take in another table, once it is seen to be one."""
        assert min(table, default=0) >= 0
        assert all(low <= _value(terms, table) <= high for terms, low, high in self.attack.known)
        for n, (_copy, _key, _true, terms) in enumerate(self.attack.targets):
            now = _value(terms, table)
            self.least[n], self.most[n] = min(self.least[n], now), max(self.most[n], now)

    def next(self, every: bool) -> Terms | None:
        """The next question: how far down, or up, one number can go. `every`: also of those that are free already."""
        for n, (_copy, _key, _true, terms) in enumerate(self.attack.targets):
            for sign in (1, -1):
                if (n, sign) not in self.asked and (every or self.least[n] == self.most[n]):
                    self.asked.add((n, sign))
                    return Counter({one: by * sign for one, by in terms.items()})
        return None

    def push(self, chance: random.Random, sign: int) -> Terms:
        """All at once, each some way."""
        goal: Terms = Counter()
        for *_told, terms in self.attack.targets:
            by = sign * chance.choice((1, -1)) * chance.randint(1, 9)
            goal.update({one: by * n for one, n in terms.items()})
        return goal

    def found(self) -> Iterator[Found]:
        for n, (copy, key, value, _terms) in enumerate(self.attack.targets):
            yield Found(copy, key, value, self.least[n], self.most[n])


def _value(terms: Terms, table: Sequence[int]) -> int:
    return sum(table[one] * by for one, by in terms.items())


def computed(attacks: Sequence[Attack], seed: int = 0, *, every: bool = False) -> dict[str, list[Found]]:
    """By the attack's name all targets with their bounds.

    Exact for a number that is recovered; of one that is not, at least two values that it can have, and with `every` its
    very bounds. The true table is known to fit, so a number is recovered just where no other value of it does.
    """
    found: dict[str, list[Found]] = {}
    for start in range(0, len(attacks), TOGETHER):
        some = [_Bounds(one) for one in attacks[start : start + TOGETHER]]
        _solve(some, seed, every)
        found |= {one.attack.name: list(one.found()) for one in some}
    return found


def _solve(all_bounds: Sequence[_Bounds], seed: int, every: bool) -> None:
    for sign in (1, -1):  # most numbers turn out to be free at once
        _ask([(one, one.push(random.Random(seed), sign)) for one in all_bounds])
    while asked := [(one, goal) for one in all_bounds if (goal := one.next(every)) is not None]:
        _ask(asked)


def _ask(asked: Sequence[tuple[_Bounds, Terms]]) -> None:
    """For each attack a table in which its goal is least."""
    problem = pulp.LpProblem("tables", pulp.LpMinimize)
    unknowns = []
    goals = []
    for n, (bounds, goal) in enumerate(asked):
        mine = [problem.add_variable(f"x{n}_{one}", 0, MOST, "Integer") for one in range(bounds.attack.variables)]
        unknowns.append(mine)
        goals += [(mine[one], by) for one, by in goal.items()]
        for terms, low, high in bounds.attack.known:
            expression = pulp.LpAffineExpression([(mine[one], by) for one, by in terms.items() if by])
            if low == high:
                problem += expression == low
            else:
                problem += expression >= low
                problem += expression <= high
    problem += pulp.LpAffineExpression(goals)
    status = problem.solve(pulp.COIN_CMD(path=pulp.PULP_CBC_CMD.pulp_cbc_path, msg=False, threads=1))
    assert pulp.LpStatus[status] == "Optimal", f"the true table does not fit: {pulp.LpStatus[status]}"
    for (bounds, _goal), mine in zip(asked, unknowns, strict=True):
        bounds.note([round(one.varValue or 0) for one in mine])
