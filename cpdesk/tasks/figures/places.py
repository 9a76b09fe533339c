"""Which places a grid shows: the communes of a district, or a province's districts summed from their communes, in the
boundaries of the figures' year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cpdesk import gazetteer
from cpdesk.i18n import _
from cpdesk.store import Desk
from cpdesk.store.scopes import NATION

ALL = "*"  # behind a province's code: all its communes, each in a line of its own
FIRST_PROVINCE = "01"


@dataclass(frozen=True)
class Area:
    """What one can choose to see. `key` is a gazetteer code, with `ALL` behind it for all communes of a province."""

    key: str
    title: str

    @property
    def code(self) -> str:
        return self.key.removesuffix(ALL)


@dataclass(frozen=True)
class Row:
    """A line of the grid. `leaves` are the places whose figures are summed; where it is but the place itself, one can
    type into it. `band` is the district under whose head it stands, "" where there are no heads.
    """

    place: str
    title: str
    leaves: tuple[str, ...]
    band: str = ""

    @property
    def summed(self) -> bool:
        return self.leaves != (self.place,)


def boundary(year: int) -> date:
    """The day whose boundaries a year's figures keep: its middle. What was made in December counts from the next."""
    return date(year, 6, 30)


def area_of(desk: Desk) -> str:
    """The area that an office looks at first."""
    return FIRST_PROVINCE if desk.office == NATION else desk.office


def areas(desk: Desk, year: int) -> list[Area]:
    """What the office can look at in that year, the widest first."""
    on = boundary(year)
    provinces = gazetteer.children(None) if desk.office == NATION else [gazetteer.get(desk.office)]
    found = []
    for place in provinces:
        if len(place.code) > 2:
            found.append(Area(place.code, place.title()))
            continue
        found.append(Area(place.code, _("{place}, by district").format(place=place.title())))
        found.append(Area(place.code + ALL, _("{place}, all communes").format(place=place.title())))
        found += [Area(one.code, one.title()) for one in gazetteer.children(place.code, on)]
    return found


def area_with(desk: Desk, place: str, year: int) -> str:
    """The area in which a place has a line of its own; "" where the office has none that shows it."""
    shown = gazetteer.at(place, boundary(year)).code
    keys = [one.key for one in areas(desk, year)]
    return next((key for key in (shown[:-2], shown[:2], desk.office) if key in keys), "")


def rows(area: str, year: int) -> list[Row]:
    """The lines of an area in the boundaries of that year."""
    on = boundary(year)
    code = area.removesuffix(ALL)
    inside = gazetteer.children(code, on)
    if len(code) != 2:
        return [Row(one.code, one.name(), (one.code,)) for one in inside]
    if area.endswith(ALL):
        return [
            Row(one.code, one.name(), (one.code,), district.title())
            for district in inside
            for one in gazetteer.children(district.code, on)
        ]
    return [Row(one.code, one.name(), tuple(part.code for part in gazetteer.children(one.code, on))) for one in inside]
