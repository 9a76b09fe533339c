"""The grid of one year: places × measures, with every part of the children that was counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from cpdesk import gazetteer
from cpdesk import records as kinds
from cpdesk.analysis import figures as sums
from cpdesk.analysis.figures import ALL, TOTAL, Mismatch, Odd, Slice, Sum, Usual
from cpdesk.kinds import Value
from cpdesk.store import Desk, log, many
from cpdesk.tasks.figures import places
from cpdesk.tasks.figures.measures import Measure, listed
from cpdesk.tasks.figures.places import Row

Own = dict[tuple[str, str], dict[Slice, Value]]
"""(place, measure) → part of the children → value."""


@dataclass
class Grid:
    """What was read. Values of summed lines are worked out when they are asked for.

    `ids` names the record behind each cell; `twice` the cells that two records give different values; `sources` where
    the figures come from, most first; `before` last year's totals by place and measure.
    """

    area: str
    year: int
    rows: tuple[Row, ...]
    measures: tuple[Measure, ...]
    own: Own = field(default_factory=dict)
    ids: dict[tuple[str, str, Slice], str] = field(default_factory=dict)
    twice: set[tuple[str, str, Slice]] = field(default_factory=set)
    before: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    _summed: Own = field(default_factory=dict, repr=False)
    _numbers: dict[tuple[str, str], dict[Slice, Decimal | None]] = field(default_factory=dict, repr=False)
    _usual: dict[tuple[str, Slice], Usual | None] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._row = {row.place: row for row in self.rows}
        self._measure = {one.id: one for one in self.measures}

    def forget(self, pairs: Iterable[tuple[str, str]]) -> None:
        """What was worked out of these places' figures of these measures, and of them together with others."""
        measures = set[str]()
        for place, measure in pairs:
            self._numbers.pop((place, measure), None)
            measures.add(measure)
        touched = self.with_those_told_of(measures)
        self._summed = {key: cells for key, cells in self._summed.items() if key[1] not in measures}
        self._usual = {key: found for key, found in self._usual.items() if key[0] not in touched}

    def with_those_told_of(self, measures: Iterable[str]) -> set[str]:
        """These measures and all that are compared with one of them."""
        named = set(measures)
        return named | {one.id for one in self.measures if one.base in named}

    def _leaf(self, leaf: str, measure: str, cell: Slice) -> Decimal | None:
        """The number of a place of its own."""
        numbers = self._numbers.setdefault((leaf, measure), {})
        if cell not in numbers:
            numbers[cell] = sums.known(self.own.get((leaf, measure), {}), cell)
        return numbers[cell]

    def row(self, place: str) -> Row:
        return self._row[place]

    def measure(self, id_: str) -> Measure:
        return self._measure[id_]

    def has(self, measure: str) -> bool:
        return measure in self._measure

    def cells(self, place: str, measure: str) -> dict[Slice, Value]:
        """All that is known of a measure in a line; empty where nothing was entered."""
        row = self._row[place]
        if not row.summed:
            return self.own.get((place, measure), {})
        key = (place, measure)
        if key not in self._summed:
            self._summed[key] = self._sum(row, measure)
        return self._summed[key]

    def _sum(self, row: Row, measure: str) -> dict[Slice, Value]:
        """What its parts add up to; where none of them has anything, what was entered for the whole itself."""
        below = [self.own.get((leaf, measure), {}) for leaf in row.leaves]
        if not any(below):
            return self.own.get((row.place, measure), {})
        if not self._measure[measure].adds_up:
            return {}
        told = {cell for one in below for cell in one} | {TOTAL}
        found: dict[Slice, Value] = {}
        for cell in told:
            total = sums.add(self._leaf(leaf, measure, cell) for leaf in row.leaves).total
            value = sums.sum_of([one.get(cell) for one in below]) if total is None else format(total, "f")
            if value is not None:
                found[cell] = value
        return found

    def value(self, place: str, measure: str, cell: Slice = TOTAL) -> Value:
        """What was entered there (or its sum, for a summed line)."""
        return self.cells(place, measure).get(cell)

    def known(self, place: str, measure: str, cell: Slice = TOTAL) -> Decimal | None:
        """The number there, worked out from both sexes where the total was left blank."""
        if not self._row[place].summed:
            return self._leaf(place, measure, cell)
        return sums.known(self.cells(place, measure), cell)

    def rate(self, place: str, measure: str, cell: Slice = TOTAL) -> Decimal | None:
        """Of a hundred, where the measure has a base that is known there, of the same part of the children."""
        base = self._measure[measure].base
        if base is None or base not in self._measure:
            return None
        if not self._row[place].summed:
            return sums.rate(self.known(place, measure, cell), self.known(place, base, cell))
        together = self._rate_of(self._row[place].leaves, measure, base, cell)
        if together is None:
            return sums.rate(self.known(place, measure, cell), self.known(place, base, cell))
        return together

    def rate_of_all(self, measure: str, cell: Slice = TOTAL) -> Decimal | None:
        """The rate of all lines together."""
        base = self._measure[measure].base
        if base is None or base not in self._measure:
            return None
        return self._rate_of([leaf for row in self.rows for leaf in row.leaves], measure, base, cell)

    def _rate_of(self, leaves: Iterable[str], measure: str, base: str, cell: Slice) -> Decimal | None:
        """The rate of several places together: of those where both number and base are known."""
        over, under = Decimal(0), Decimal(0)
        for leaf in leaves:
            value, whole = self._leaf(leaf, measure, cell), self._leaf(leaf, base, cell)
            if value is not None and whole is not None:
                over, under = over + value, under + whole
        return sums.rate(over, under)

    def comparable(self, place: str, measure: str, cell: Slice = TOTAL) -> Decimal | None:
        """What places are compared by: the rate where the measure has a base, else the number itself."""
        base = self._measure[measure].base
        if base is not None and base in self._measure:
            return self.rate(place, measure, cell)
        return self.known(place, measure, cell)

    def counted(self, place: str, measure: str, cell: Slice = TOTAL) -> Sum:
        """How many of a line's parts are in its sum."""
        leaves = self._row[place].leaves
        return sums.add(self._leaf(leaf, measure, cell) for leaf in leaves)

    def total(self, measure: str, cell: Slice = TOTAL) -> Sum:
        """Of all lines, counted by the places below them; no total where places must not be summed."""
        leaves = [leaf for row in self.rows for leaf in row.leaves]
        found = sums.add(self._leaf(leaf, measure, cell) for leaf in leaves)
        if self._measure[measure].adds_up:
            return found
        return Sum(None, found.counted, found.of)

    # what deserves a second look

    def mismatches(self, place: str, measure: str) -> list[Mismatch]:
        """Totals of a place that its parts contradict."""
        if self._row[place].summed:
            return []
        return sums.mismatches(self.cells(place, measure), ages_add_up=self._measure[measure].of_children)

    def odd(self, place: str, measure: str, cell: Slice = TOTAL) -> list[Odd]:
        """Why a place's number stands out: against last year, its base, the other places."""
        value = None if self._row[place].summed else self.known(place, measure, cell)
        if value is None:
            return []
        whole = self._measure[measure].base
        base = self.known(place, whole, cell) if whole and whole in self._measure else None
        found = sums.odd(value, self.before.get((place, measure)) if cell == TOTAL else None, base)
        key = (measure, cell)
        if key not in self._usual:
            numbers = (self.comparable(row.place, measure, cell) for row in self.rows)
            self._usual[key] = sums.usual([n for n in numbers if n is not None])
        stands_out = sums.far(self.comparable(place, measure, cell), self._usual[key])
        if stands_out is None:
            return found
        return [*found, replace(stands_out, unit="%" if whole and whole in self._measure else "")]


def grid(desk: Desk, year: int, area: str | None = None, measures: Sequence[str] | None = None) -> Grid:
    """The figures of a year in an area (`areas`; by default the office's own), of all measures or those named."""
    chosen = area or places.area_of(desk)
    shown = [one for one in listed(desk) if measures is None or one.id in measures]
    found = Grid(chosen, year, tuple(places.rows(chosen, year)), tuple(shown))
    leaves = list(dict.fromkeys(leaf for row in found.rows for leaf in (*row.leaves, row.place)))
    _read(desk, found, leaves, [one.id for one in found.measures])
    _read_before(desk, found, leaves)
    return found


def reread(desk: Desk, found: Grid, places: Iterable[str], measures: Iterable[str]) -> None:
    """Bring these places' figures of these measures in a grid up to date, after some of them were written."""
    leaves, wanted = list(places), list(measures)
    pairs = [(place, measure) for place in leaves for measure in wanted]
    for key in pairs:
        for cell in found.own.pop(key, {}):
            found.ids.pop((*key, cell), None)
            found.twice.discard((*key, cell))
    _read(desk, found, leaves, wanted)
    found.forget(pairs)


def _codes(leaves: Iterable[str]) -> dict[str, str]:
    """Every code that the places ever had, to the one that the grid shows: a figure under another is the same one."""
    return {code: leaf for leaf in leaves for code in gazetteer.codes(leaf)}


def _read(desk: Desk, found: Grid, leaves: list[str], measures: list[str]) -> None:
    here = _codes(leaves)
    fields = ("place", "measure", "sex", "age_group", "disability", "value", "source")
    where: dict[str, Sequence[Value]] = {
        "year": [found.year],
        "measure": measures,
        "place": list(here),
    }
    sources: dict[Value, int] = {}
    slices: dict[tuple[Value, ...], Slice] = {}
    for row in many.within(desk.db, kinds.kind("figure"), fields, where):
        id_, code, measure, value, source = str(row[0]), row[1], str(row[2]), row[6], row[7]
        cell = slices.get(row[3:6]) or slices.setdefault(row[3:6], Slice(*(str(key or ALL) for key in row[3:6])))
        place = here[str(code)]
        cells = found.own.setdefault((place, measure), {})
        key = (place, measure, cell)
        if cell in cells:
            if None not in (value, cells[cell]) and cells[cell] != value:
                found.twice.add(key)
            if not later(desk, (id_, value), (found.ids[key], cells[cell])):
                continue
        cells[cell] = value
        found.ids[key] = id_
        if value is not None:
            sources[source] = sources.get(source, 0) + 1
    told = tuple(str(one) for one in sorted(sources, key=lambda one: -sources[one]) if one)
    found.sources = tuple(dict.fromkeys((*found.sources, *told)))


def later(desk: Desk, one: tuple[str, Value], other: tuple[str, Value]) -> bool:
    """Of two records (id, value) for the same cell, whether the one is shown: the one made last, but never a blank.

    The log knows which was made last; ids tell it by the millisecond only, and not between two offices.
    """
    if (one[1] is None) != (other[1] is None):
        return one[1] is not None
    return log.begun(desk.db, one[0]) > log.begun(desk.db, other[0])


def _read_before(desk: Desk, found: Grid, leaves: list[str]) -> None:
    """Last year's totals: nothing but what odd values are told by."""
    here = _codes(leaves)
    whole: list[Value] = [ALL, None]
    where: dict[str, Sequence[Value]] = {
        "year": [found.year - 1],
        "measure": [one.id for one in found.measures],
        "place": list(here),
        "age_group": whole,
        "disability": whole,
    }
    cells: Own = {}
    for _id, code, measure, sex, value in many.within(
        desk.db, kinds.kind("figure"), ("place", "measure", "sex", "value"), where
    ):
        if value is not None:
            cells.setdefault((here[str(code)], str(measure)), {})[Slice(str(sex or ALL))] = value
    for key, told in cells.items():
        number = sums.known(told)
        if number is not None:
            found.before[key] = number


def years(desk: Desk) -> list[int]:
    """The years that have figures, oldest first."""
    return [year for year in many.distinct(desk.db, kinds.kind("figure"), "year") if isinstance(year, int)]
