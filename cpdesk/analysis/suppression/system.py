"""Cells and the sums between them, as one who wants to compute hidden numbers back sees them."""

from __future__ import annotations

from dataclasses import dataclass, field

SHUT, OPEN, TOLD = "shut", "open", "told"
"""Not in any copy; asked for in this copy; told by an earlier copy, so that hiding it now would hide nothing."""

NO_END = 1 << 40
FEW = 5  # children so few that a child could be told from the number


@dataclass(frozen=True)
class Span:
    """The values, both ends included, each of which must stay possible for a cell."""

    low: int
    high: int

    def with_(self, other: Span | None) -> Span:
        return self if other is None else Span(min(self.low, other.low), max(self.high, other.high))


SMALL = Span(1, FEW - 1)


@dataclass
class System:
    """Cells by number, from 0 on, and relations over them: the first cell is the sum of the others.

    Of a relation only its shape counts and not its values: whoever attacks may even know by how much two numbers that
    should agree disagree, and still learns nothing from tables that differ by what keeps every relation.

    `least` and `most` are bounds that anyone knows (no count is below 0, no part above its whole). `cost` is what the
    reader loses where the cell is hidden. `spans` names the cells to be protected; `guessed` those of them that stand
    on paper as hidden, now or before, with what one may guess of them: that they are few, or leave few. `before` are
    the cells that an earlier copy hid.
    """

    values: list[int] = field(default_factory=list)
    least: list[int] = field(default_factory=list)
    most: list[int | None] = field(default_factory=list)
    cost: list[int] = field(default_factory=list)
    state: list[str] = field(default_factory=list)
    relations: list[tuple[int, ...]] = field(default_factory=list)
    spans: dict[int, Span] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    guessed: dict[int, Span] = field(default_factory=dict)
    before: set[int] = field(default_factory=set)
    _within: list[list[tuple[int, int]]] = field(default_factory=list, repr=False)

    def cell(self, value: int, state: str = SHUT, cost: int = 1) -> int:
        """A new cell; its number."""
        self.values.append(value)
        self.least.append(0)
        self.most.append(None)
        self.cost.append(cost)
        self.state.append(state)
        self._within.append([])
        return len(self.values) - 1

    def relate(self, whole: int, parts: tuple[int, ...]) -> None:
        """`whole` is the sum of `parts`."""
        number = len(self.relations)
        self.relations.append((whole, *parts))
        self._within[whole].append((number, 1))
        for one in parts:
            self._within[one].append((number, -1))

    def within(self, cell: int) -> list[tuple[int, int]]:
        """The relations of a cell, each with 1 where it is the sum and -1 where it is a part."""
        return self._within[cell]

    def protect(self, cell: int, span: Span) -> None:
        self.spans[cell] = span.with_(self.spans.get(cell))

    def protect_small(self) -> None:
        """Every count of 1 to 4: each of the four numbers must stay possible."""
        for cell, value in enumerate(self.values):
            if 0 < value < FEW:
                self.protect(cell, SMALL)

    def bounds(self, cell: int, guessed: bool) -> tuple[int, int]:
        """Between what a cell lies for anyone; `guessed`: for one who guesses of each count that is hidden because it
        is few that it is, and is right.
        """
        most = self.most[cell]
        low, high = self.least[cell], NO_END if most is None else most
        if guessed and cell in self.guessed:
            span = self.guessed[cell]
            return max(low, span.low), min(high, span.high)
        return low, high

    def is_known(self, cell: int) -> bool:
        """Whether the reader of this copy and of the earlier ones sees its number."""
        state = self.state[cell]
        return state == TOLD or (state == OPEN and cell not in self.hidden)

    def tell_what_follows(self) -> None:
        """Count as told what adding up alone makes of what was told: the last part of a known sum, the parts of a sum
        that is 0.
        """
        told = [cell for cell, state in enumerate(self.state) if state == TOLD]
        low = list(self.least)
        high = [NO_END if most is None else most for most in self.most]
        for cell in told:
            low[cell] = high[cell] = self.values[cell]
        waiting = dict.fromkeys(relation for cell in told for relation, _side in self.within(cell))
        while waiting:
            relation = next(iter(waiting))
            del waiting[relation]
            for cell in self._narrowed(relation, low, high):
                waiting |= dict.fromkeys(other for other, _side in self.within(cell))
        for cell, value in enumerate(self.values):
            if low[cell] == high[cell] == value:
                self.state[cell] = TOLD

    def follows(self) -> set[int]:
        """The cells that some combination of sums makes of what earlier copies told, though no sum alone does."""
        by_pivot: dict[int, dict[int, int]] = {}
        for whole, *parts in self.relations:
            row = {cell: 1 for cell in parts if self.state[cell] != TOLD}
            if self.state[whole] != TOLD:
                row[whole] = _PRIME - 1
            for pivot in sorted(by_pivot.keys() & row.keys()):
                _take_off(row, by_pivot[pivot], pivot)
            if not row:
                continue
            pivot = min(row)
            inverse = pow(row[pivot], -1, _PRIME)
            row = {cell: by * inverse % _PRIME for cell, by in row.items()}
            for other in by_pivot.values():
                if pivot in other:
                    _take_off(other, row, pivot)
            by_pivot[pivot] = row
        return {pivot for pivot, row in by_pivot.items() if len(row) == 1}

    def _narrowed(self, relation: int, low: list[int], high: list[int]) -> list[int]:
        """Bring the bounds of a relation's cells closer together, as far as it alone tells; those that it told of."""
        whole, *parts = self.relations[relation]
        off = self.values[whole] - sum(self.values[part] for part in parts)  # what disagrees goes on disagreeing
        least, most = sum(low[part] for part in parts) + off, sum(high[part] for part in parts) + off
        bounds = {whole: (least, most)}
        for part in parts:
            bounds[part] = (low[whole] - most + high[part], high[whole] - least + low[part])
        found = []
        for cell, (lower, higher) in bounds.items():
            if lower > low[cell] or higher < high[cell]:
                low[cell], high[cell] = max(lower, low[cell]), min(higher, high[cell])
                found.append(cell)
        return found


_PRIME = (1 << 61) - 1  # reckoning with remainders instead of fractions: sums of cells are small beside it


def _take_off(row: dict[int, int], other: dict[int, int], pivot: int) -> None:
    """Take as much of `other`, which has 1 at the pivot, off `row` as makes it 0 there."""
    times = row[pivot]
    for cell, by in other.items():
        left = (row.get(cell, 0) - times * by) % _PRIME
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
