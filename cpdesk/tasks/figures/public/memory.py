"""What earlier public copies told, kept as records (`public_copy`) and read again.

    content  {"cells": {measure: {year: {"told": {place: {part: number}}, "hidden": {place: {part: why}}}}}}
    exact    {measure: {year: {place: {part: number}}}}     every number of the desk at that time
    kept as  base64 of the deflated JSON

A part of the children is named by sex, age and disability with dots between and blank for all: "female..with".
Places may be sums with some places left out ("0802-080203").
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from cpdesk import records as kinds
from cpdesk.analysis.figures import ALL, Slice
from cpdesk.analysis.suppression import LESS, Key, Telling, summed
from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.store import Desk, Record, find
from cpdesk.tasks import records
from cpdesk.tasks.figures.public.numbers import About, ByPlace, Known, arranged, only
from cpdesk.tasks.plan_content import pack, unpack

KIND = "public_copy"
_WRONG = (ValueError, KeyError, TypeError, AttributeError, AssertionError, InvalidOperation, RecursionError)
"""What reading content that is not as it should be ends in."""


@dataclass(frozen=True)
class Kept:
    """A copy that was given out. `exact` is None where the desk does not have the numbers behind it."""

    id: str
    number: int
    place: str
    communes: bool
    year: int
    given_out: date | None
    told: Mapping[About, Mapping[Key, Decimal]]
    hidden: Mapping[About, Mapping[Key, str]]
    exact: Mapping[About, ByPlace] | None


def spelt(cell: Slice) -> str:
    return ".".join("" if key == ALL else key for key in cell).rstrip(".")


@lru_cache(maxsize=256)
def cell_of(text: str) -> Slice:
    """ValueError where it names no part of the children."""
    keys = [key or ALL for key in text.split(".")]
    if len(keys) > len(Slice._fields):
        raise ValueError(text)
    return Slice(*keys)


def kept(desk: Desk, area: str) -> list[Kept]:
    """All copies that the desk knows of, oldest first, also those in the bin: they were told all the same.

    UserError where one of `area`, or of a place that it holds or lies in, cannot be read (a newer program's, a damaged
    one): beside what nobody knows nothing can be told safely. One that lies in the bin is then taken as never told,
    so that a damaged record does not stop an office for ever.
    """
    kind = kinds.kind(KIND)
    found = []
    for record in find.rows(desk.db, kind) + find.rows(desk.db, kind, deleted=True):
        one = _read(record)
        if one is not None:
            found.append(one)
        elif not record.deleted and _touch(record.text("place"), area):
            raise _unreadable(desk, record)
    return sorted(found, key=lambda one: (one.given_out or date.min, one.number, one.id))


def _touch(one: str, other: str) -> bool:
    """Whether one place lies in the other."""
    return one.startswith(other) or other.startswith(one)


def _unreadable(desk: Desk, record: Record) -> UserError:
    return UserError(
        _("What the public copy {name} told cannot be read, so it is not known what can be told beside it.").format(
            name=records.title(desk, record.id)
        ),
        _("Nothing was given out, and the copy stays as it is."),
        _("Use the newest cpdesk. If that copy never left the office, delete it, and make this one again."),
    )


def _read(record: Record) -> Kept | None:
    number, year, day = record["number"], record["year"], record["given_out"]
    try:
        told, hidden = _cells(json.loads(unpack(record.text("content"))))
    except _WRONG:
        return None
    return Kept(
        record.id,
        number if isinstance(number, int) else 0,
        record.text("place"),
        bool(record["communes"]),
        year if isinstance(year, int) else 0,
        date.fromisoformat(day) if isinstance(day, str) else None,
        told,
        hidden,
        _behind(record),
    )


def _behind(record: Record) -> Mapping[About, ByPlace] | None:
    """The numbers behind a copy; where they cannot be read it is as if another office had given it out."""
    exact = record.text("exact") or record.text("exact_here")
    try:
        return _exact(json.loads(unpack(exact))) if exact else None
    except _WRONG:
        return None


def _cells(content: Mapping[str, object]) -> tuple[dict[About, dict[Key, Decimal]], dict[About, dict[Key, str]]]:
    told: dict[About, dict[Key, Decimal]] = {}
    hidden: dict[About, dict[Key, str]] = {}
    cells = content["cells"]
    assert isinstance(cells, dict)
    for measure, years in cells.items():
        for year, both in years.items():
            about = (measure, int(year))
            told[about] = {(p, cell_of(s)): Decimal(n) for p, some in both["told"].items() for s, n in some.items()}
            hidden[about] = {(p, cell_of(s)): str(w) for p, some in both["hidden"].items() for s, w in some.items()}
    return told, hidden


def _exact(content: Mapping[str, Mapping[str, Mapping[str, Mapping[str, int]]]]) -> dict[About, ByPlace]:
    return {
        (measure, int(year)): {p: {cell_of(s): int(n) for s, n in some.items()} for p, some in places.items()}
        for measure, years in content.items()
        for year, places in years.items()
    }


def _nested(cells: Mapping[Key, object]) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for (place, cell), value in cells.items():
        found.setdefault(place, {})[spelt(cell)] = value
    return found


def _packed(content: object) -> str:
    return pack(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def keep(
    desk: Desk,
    number: int,
    area: tuple[str, bool, int],
    day: date,
    told: Mapping[About, Mapping[Key, Decimal]],
    hidden: Mapping[About, Mapping[Key, str]],
    exact: Mapping[About, Known],
) -> str:
    """Remember a copy that is given out; `area` is place, by all communes or not, year. The id of its record."""
    cells: dict[str, dict[str, object]] = {}
    for about in sorted({*told, *hidden}):
        numbers = {key: format(n, "f") for key, n in told.get(about, {}).items()}
        both = {"told": _nested(numbers), "hidden": _nested(hidden.get(about, {}))}
        cells.setdefault(about[0], {})[str(about[1])] = both
    behind: dict[str, dict[str, object]] = {}
    for (measure, year), found in exact.items():
        flat = {(place, cell): n for place, some in found.numbers.items() for cell, n in some.items()}
        behind.setdefault(measure, {})[str(year)] = _nested(flat)
    place, communes, year = area
    values: dict[str, object] = {
        "number": number,
        "place": place,
        "communes": communes,
        "year": year,
        "given_out": day,
        "hidden": sum(map(len, hidden.values())),
        "content": _packed({"cells": cells}),
        _field_of_exact(desk): _packed(behind),
    }
    return records.save(desk, KIND, values).id


def _field_of_exact(desk: Desk) -> str:
    """An office with offices under it keeps the exact numbers to itself."""
    return "exact" if len(desk.office) > 2 else "exact_here"


# --- what later copies have to reckon with --------------------------------------------------------------------------
def tellings(copies: Iterable[Kept], about: About, now: Known, base: About) -> list[Telling]:
    """What the copies told of a measure in a year, and what they hid. `base` is what the measure counts a part of.

    Where the desk does not have the numbers behind a copy, because another office gave it out, it is taken as if it
    had told of the figures as they are now: what it told and still holds is known, what it hid stays hidden.
    """
    found: list[Telling] = []
    for one in copies:
        told, hidden = one.told.get(about, {}), one.hidden.get(about, {})
        if not told and not hidden:
            continue
        names = {place for place, _cell in (*told, *hidden) if LESS in place}
        if one.exact is not None and about in one.exact:
            wholes = summed(telling(arranged(one.exact[base]))) if base in one.exact else {}
            found.append(telling(arranged(one.exact[about]), names, told, hidden, wholes))
            continue
        numbers = summed(telling(now, names))
        found.append(telling(now, names, [key for key, n in told.items() if numbers.get(key) == n], hidden))
    return found


def telling(
    then: Known,
    names: Iterable[str] = (),
    told: Iterable[Key] = (),
    hidden: Iterable[Key] = (),
    wholes: Mapping[Key, int] | None = None,
) -> Telling:
    """`names`: sums with some places left out."""
    parts = {**then.parts, **{name: only(then, name) for name in names}}
    return Telling(then.numbers, parts, frozenset(told), frozenset(hidden), wholes or {})
