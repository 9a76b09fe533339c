"""Figures for Kandal's communes. Every number is made up, by rule and the same each time, and says so in its source.

The province keeps 2020 and 2021 for all its communes; in 2022 three districts send their own. There is some of each
thing that real figures have: what was not collected, what is hidden, a true nought, a gap, a sum that does not add up,
and one figure that two offices entered differently.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from cpdesk import gazetteer
from cpdesk.tasks.demo.old_plan import SAMPLE
from cpdesk.tasks.figures import Entry, boundary
from cpdesk.tasks.figures.measures import start_id

SOURCE = f"{SAMPLE} មិនមែនទិន្នន័យពិត"
YEARS = (2020, 2021, 2022)
_ALL = ("all", "all", "all")
# key: (what it is a part of, per thousand of it on average, how much it grows from year to year in per cent)
_MEASURES = {
    "dropout": ("age6_17", 31, 6),
    "child_labour": ("age6_17", 14, -4),
    "violence": ("children", 4, 5),
    "migration": ("children", 96, 9),
    "disability": ("children", 13, 1),
    "poor": ("families", 128, -3),
}
KEPT = {start_id(key) for key in (*_MEASURES, "children", "age6_17", "families")}
"""The measures that the committee chose from the starter list."""
_SPLIT = ("dropout", "violence", "disability")  # counted by sex too
_AGES = {"a0_5": 0, "a6_11": 18, "a12_14": 47, "a15_17": 100}  # the share of dropouts up to that age


def _dice(*what: object) -> int:
    """0 to 999, the same each time for the same thing."""
    return int.from_bytes(hashlib.sha256(repr(what).encode()).digest()[:4], "big") % 1000


def _bases(place: str, year: int) -> dict[str, int]:
    children = (1400 + 4 * _dice(place, "size")) * (100 + year - 2020) // 100
    return {"children": children, "age6_17": children * 63 // 100, "families": children * 41 // 100}


def number(place: str, measure: str, year: int) -> int:
    """How many of a measure live there in that year: a rate of the place, and a little chance."""
    base, rate, growth = _MEASURES[measure]
    local = 30 + _dice(place, measure) * 140 // 1000 + _dice(place, measure, year) * 20 // 1000
    trend = 100 + growth * (year - 2020)
    return _bases(place, year)[base] * rate * local * trend // 10_000_000


def communes(district: str, year: int) -> list[str]:
    return [one.code for one in gazetteer.children(district, boundary(year))]


def districts(year: int) -> list[str]:
    return [one.code for one in gazetteer.children("08", boundary(year))]


def entries(district: str, year: int) -> Iterator[Entry]:
    """A district's figures of a year, commune by commune."""
    for nth, place in enumerate(communes(district, year)):
        for base, n in _bases(place, year).items():
            yield _entry(base, place, year, *_ALL, n)
        for measure in _MEASURES:
            yield from _measured(place, measure, year, nth)


def _measured(place: str, measure: str, year: int, nth: int) -> Iterator[Entry]:
    odd = _dice(place, measure, year, "odd")
    if year == 2022 and odd < 25:  # a gap: nothing was entered yet
        return
    if odd > 975:
        yield _entry(measure, place, year, *_ALL, "-")
        return
    n = 0 if measure == "violence" and nth % 7 == 5 else number(place, measure, year)
    if measure == "violence" and 0 < n < 5:  # so few that a child could be told from it
        yield _entry(measure, place, year, *_ALL, "*")
        return
    yield _entry(measure, place, year, *_ALL, n)
    if year == 2022 and measure in _SPLIT:
        girls = n * (440 + _dice(place, measure, "girls") // 8) // 1000
        yield _entry(measure, place, year, "female", "all", "all", girls)
        boys = n - girls + (2 if (measure, nth) == ("dropout", 3) else 0)  # one sum in each district is wrong
        yield _entry(measure, place, year, "male", "all", "all", boys)
    if year == 2022 and measure == "dropout":
        before = 0
        for group, share in _AGES.items():
            upto = n * share // 100
            yield _entry(measure, place, year, "all", group, "all", upto - before)
            before = upto


def _entry(measure: str, place: str, year: int, sex: str, age: str, disability: str, n: int | str) -> Entry:
    return Entry(start_id(measure), place, year, sex, age, disability, str(n))


def second_count(place: str) -> tuple[str, dict[str, object]]:
    """What the province's department of education counted for a commune that its district has counted too."""
    n = number(place, "dropout", 2022) + 9
    values: dict[str, object] = {"measure": start_id("dropout"), "place": place, "year": 2022, "value": str(n)}
    return "figure", values | {"sex": "all", "age_group": "all", "disability": "all", "source": f"EMIS ({SAMPLE})"}
