"""Every number that the desk has of some measures in some years, in or out of any copy.

Who computes back does not stop at the edge of the paper, so what a copy has to reckon with reaches from the villages up
to the office's own area.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from cpdesk import gazetteer
from cpdesk import records as kinds
from cpdesk.analysis import figures as sums
from cpdesk.analysis.figures import ALL, Slice
from cpdesk.analysis.suppression import LESS
from cpdesk.kinds import Value
from cpdesk.store import Desk, many
from cpdesk.tasks.figures.grid import later
from cpdesk.tasks.figures.places import boundary

About = tuple[str, int]
"""A measure and a year."""
ByPlace = dict[str, dict[Slice, int]]
VILLAGE, COMMUNE, DISTRICT = 8, 6, 4  # digits of their codes


@dataclass
class Known:
    """The numbers of one measure in one year by place. `parts` says what a place's number is the sum of: a district's
    of its communes that were counted, a province's of all districts' communes; a commune is counted for itself, and
    its villages beside it.
    """

    numbers: ByPlace = field(default_factory=dict)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)


def known(desk: Desk, root: str, measures: Sequence[str], years: Iterable[int]) -> dict[About, Known]:
    """All numbers under `root`, a gazetteer code, each place under the code of that year's boundaries."""
    found: dict[About, dict[str, dict[Slice, tuple[str, Value]]]] = {}
    shown: dict[tuple[str, int], str] = {}
    fields = ("measure", "year", "place", "sex", "age_group", "disability", "value")
    where: dict[str, Sequence[Value]] = {"year": list(years), "measure": list(measures)}
    for row in many.within(desk.db, kinds.kind("figure"), fields, where):
        id_, measure, year, code, value = str(row[0]), str(row[1]), int(str(row[2])), str(row[3]), row[7]
        place = shown.get((code, year))
        if place is None:
            place = shown[code, year] = gazetteer.at(code, boundary(year)).code
        if not place.startswith(root):
            continue
        cell = Slice(*(str(key or ALL) for key in row[4:7]))
        cells = found.setdefault((measure, year), {}).setdefault(place, {})
        if cell not in cells or later(desk, (id_, value), cells[cell]):
            cells[cell] = (id_, value)
    return {
        about: arranged({place: numbers for place, cells in places.items() if (numbers := _numbers(cells))})
        for about, places in found.items()
    }


def _numbers(cells: dict[Slice, tuple[str, Value]]) -> dict[Slice, int]:
    """The whole numbers among the values, and totals that were left blank."""
    values = {cell: value for cell, (_id, value) in cells.items()}
    asked = {*values, *(sums.part(cell, "sex", ALL) for cell in values)}
    told = {cell: sums.known(values, cell) for cell in asked}
    return {cell: whole(n) for cell, n in told.items() if n is not None}


def whole(number: Decimal) -> int:
    """A count is whole; of what is none, the part before the comma, but less than one is not nobody."""
    return int(number) or int(number > 0)


def arranged(numbers: ByPlace) -> Known:
    """With what each place is made of; what was entered for a district is no number where its communes have some."""
    below: dict[str, list[str]] = {}
    for place in sorted(numbers):
        if len(place) > DISTRICT:
            below.setdefault(place[:-2], []).append(place)
    for district in {place[:DISTRICT] for place in below}:
        if district in below and len(district) == DISTRICT:
            below.setdefault(district[:2], []).append(district)
    kept = {place: cells for place, cells in numbers.items() if len(place) > DISTRICT or place not in below}
    return Known(kept, {place: tuple(sorted(parts)) for place, parts in below.items()})


def only(found: Known, name: str) -> tuple[str, ...]:
    """The places that a sum with some left out is made of; `name` as in `LESS`."""
    area, *without = name.split(LESS)
    return tuple(leaf for leaf in leaves(found, area) if leaf not in without)


def leaves(found: Known, area: str) -> tuple[str, ...]:
    """The counted places under an area: communes, or a commune's villages."""
    if len(area) >= DISTRICT:
        return found.parts.get(area, ())
    return tuple(leaf for part in found.parts.get(area, ()) for leaf in found.parts.get(part, ()))
