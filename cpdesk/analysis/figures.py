"""Arithmetic of figures on vulnerability: sums that know what is missing, totals against parts, values that stand out.

A value is what the record holds: text of a number, "not_collected", "suppressed", or None for blank. Only a number
counts; whatever else is missing, and missing is never 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from statistics import median
from typing import NamedTuple

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import Value

ALL = "all"
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
SIGMAS = 5  # how many times its own chance a count has to move before it is worth a question
SPREADS = 9  # how many usual distances from the middle of its neighbours: six standard deviations
TIMES = 2  # and by how much against last year
FAR = 3  # and against the middle of its neighbours
NEIGHBOURS = 6  # fewer tell nothing of what is usual


class Slice(NamedTuple):
    """Which part of the children a figure counts. `Slice()` counts them all."""

    sex: str = ALL
    age_group: str = ALL
    disability: str = ALL


TOTAL = Slice()
# What adds up to the total of its dimension. Ages end at 17: they make up a total of children only.
PARTS: dict[str, tuple[str, ...]] = {
    "sex": ("female", "male"),
    "age_group": ("a0_5", "a6_11", "a12_14", "a15_17"),
    "disability": ("with", "without"),
}
Cells = Mapping[Slice, Value]


def number(value: Value) -> Decimal | None:
    """The number that a stored value is; None for blank, not collected and suppressed."""
    return Decimal(value) if isinstance(value, str) and _NUMBER.match(value) else None


@lru_cache(maxsize=1024)
def part(cell: Slice, dimension: str, key: str) -> Slice:
    """The same part of the children, with one dimension told."""
    return cell._replace(**{dimension: key})


def known(cells: Cells, cell: Slice = TOTAL) -> Decimal | None:
    """The number of a cell: the one that was typed, or the sum of both sexes where it was left blank.

    Where somebody wrote that it was not collected or must not be shown, no sum is put in its place.
    """
    own = cells.get(cell)
    if own is not None or cell.sex != ALL:
        return number(own)
    both = [number(cells.get(part(cell, "sex", sex))) for sex in PARTS["sex"]]
    return None if None in both else sum((n for n in both if n is not None), Decimal(0))


# --- sums -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Sum:
    """A sum of places: `counted` of `of` places had a number. `total` is None where none had, which is not 0."""

    total: Decimal | None
    counted: int
    of: int

    @property
    def whole(self) -> bool:
        return self.counted == self.of


def add(numbers: Iterable[Decimal | None]) -> Sum:
    total, counted, of = Decimal(0), 0, 0
    for one in numbers:
        of += 1
        if one is not None:
            total += one
            counted += 1
    return Sum(total if counted else None, counted, of)


def rate(value: Decimal | None, base: Decimal | None) -> Decimal | None:
    """How many of a hundred; None where one is missing or there is nobody to compare with."""
    return value * 100 / base if value is not None and base else None


def sum_of(values: Sequence[Value]) -> Value:
    """The value that stands for several places together: their sum, or why there is none, where all agree on it."""
    total = add(map(number, values)).total
    if total is not None:
        return format(total, "f")
    told = {value for value in values if value is not None}
    return told.pop() if len(told) == 1 and None not in values else None


# --- totals against parts -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Mismatch:
    """A total that its parts contradict. `complete`: all parts are known; else the known ones alone are too many."""

    cell: Slice
    dimension: str
    total: Decimal
    parts: Decimal
    complete: bool

    def words(self) -> str:
        total, parts = digits.number(self.total), digits.number(self.parts)
        if self.dimension == "sex":
            return _("Girls and boys are {parts} together, the total says {total}.").format(parts=parts, total=total)
        if self.dimension == "age_group":
            return _("The age groups are {parts} together, the total says {total}.").format(parts=parts, total=total)
        return _("With and without disability are {parts} together, the total says {total}.").format(
            parts=parts, total=total
        )


def mismatches(cells: Cells, *, ages_add_up: bool = True) -> list[Mismatch]:
    """The totals among the figures of one measure, place and year that their parts contradict.

    Parts that are missing could be anything from 0 on, so known parts are wrong only once they exceed the total. With
    `ages_add_up` False (people of all ages, families) the ages up to 17 may be fewer.
    """
    found = []
    for cell, value in cells.items():
        total = number(value)
        if total is None:
            continue
        for dimension, keys in PARTS.items():
            if getattr(cell, dimension) != ALL:
                continue
            of = add(number(cells.get(part(cell, dimension, key))) for key in keys)
            if of.total is None:
                continue
            exact = of.whole and (dimension != "age_group" or ages_add_up)
            if of.total > total or (exact and of.total != total):
                found.append(Mismatch(cell, dimension, total, of.total, of.whole))
    return found


# --- values that stand out ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Odd:
    """Why a value is worth a second look: `jump` from last year, far from its `neighbours`, more than its `base`.

    `beside` is what it is compared with; `unit` is "%" where both are rates.
    """

    why: str
    value: Decimal
    beside: Decimal
    unit: str = ""

    def words(self) -> str:
        value, beside = (f"{digits.number(_short(n))}{self.unit}" for n in (self.value, self.beside))
        if self.why == "jump":
            return _("{value} is far from last year's {before}.").format(value=value, before=beside)
        if self.why == "base":
            return _("{value} is more than the {base} that it is a part of.").format(value=value, base=beside)
        return _("{value} is far from what is usual nearby ({usual}).").format(value=value, usual=beside)


def odd(value: Decimal | None, before: Decimal | None = None, base: Decimal | None = None) -> list[Odd]:
    """What makes a value stand out against last year's, or against the whole that it is a part of.

    Counts of events move by about the square root of themselves for no reason; a jump has to be five times that and a
    doubling or halving.
    """
    if value is None:
        return []
    found = []
    if base is not None and value > base:
        found.append(Odd("base", value, base))
    if before is not None and _leapt(value, before):
        found.append(Odd("jump", value, before))
    return found


@dataclass(frozen=True)
class Usual:
    """What is usual among places: the median, and the median distance from it. One wrong number moves neither."""

    middle: Decimal
    spread: Decimal


def usual(numbers: Sequence[Decimal]) -> Usual | None:
    """What is usual of these; None where they are too few to tell."""
    if len(numbers) < NEIGHBOURS:
        return None
    middle = median(numbers)
    return Usual(middle, median(abs(n - middle) for n in numbers))


def far(value: Decimal | None, nearby: Usual | None) -> Odd | None:
    """Whether a value is far from what is usual of the same measure in the same unit in the places around."""
    if value is None or nearby is None:
        return None
    middle = nearby.middle
    times = value > middle * FAR or value * FAR < middle
    beyond = abs(value - middle) > nearby.spread * SPREADS if nearby.spread else _leapt(value, middle)
    return Odd("neighbours", value, middle) if times and beyond else None


def _leapt(value: Decimal, before: Decimal) -> bool:
    high, low = max(value, before), min(value, before)
    return high >= low * TIMES and (high - low) ** 2 > SIGMAS**2 * high


def _short(value: Decimal) -> Decimal:
    """With one decimal at most."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.quantize(Decimal("0.1"))
