"""Cambodia's provinces, districts, communes and villages with their official codes, so that nobody types a
place by hand.

A code tells the level by its length (2, 4, 6, 8 digits) and the parent by its first digits: 0802 lies in
08. Above the provinces stands the national level, 00, in no table and nobody's parent. The tables and where
they come from: `resources/gazetteer`. Down to communes they are read on first use; villages, which few
screens need, when one is asked for.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from heapq import nsmallest

from cpdesk.errors import NotFound
from cpdesk.i18n import _, language
from cpdesk.khmer.digits import to_ascii
from cpdesk.khmer.spelling import fold
from cpdesk.paths import RESOURCES

TABLES = RESOURCES / "gazetteer"
# Kind of unit: what stands before the name in Khmer, and after it in English.
TYPES: dict[str, tuple[str, str]] = {
    "nation": ("ថ្នាក់", "Level"),
    "province": ("ខេត្ត", "Province"),
    "capital": ("រាជធានី", "Capital"),
    "municipality": ("ក្រុង", "Municipality"),
    "district": ("ស្រុក", "District"),
    "khan": ("ខណ្ឌ", "Khan"),
    "commune": ("ឃុំ", "Commune"),
    "sangkat": ("សង្កាត់", "Sangkat"),
    "village": ("ភូមិ", "Village"),
}
# What is neither a letter, a digit nor a Khmer mark.
_BETWEEN = re.compile("[^\\w\u17b6-\u17d3\u17dd]+")

PROVINCES = frozenset({"province", "capital"})
DISTRICTS = frozenset({"municipality", "district", "khan"})
COMMUNES = frozenset({"commune", "sangkat"})
VILLAGES = frozenset({"village"})


@dataclass(frozen=True, slots=True)
class Place:
    """One unit. `level` is a key of `TYPES`; `parent` is None for provinces and the nation; the dates bound
    the days on which it exists, both included, None where it is not known to begin or end.
    """

    code: str
    level: str
    name_km: str
    name_en: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None

    def name(self, lang: str | None = None) -> str:
        return self.name_km if (lang or language()) == "km" else self.name_en

    def title(self, lang: str | None = None) -> str:
        """The name with its kind: ស្រុកកៀនស្វាយ, Kien Svay District."""
        before, after = TYPES[self.level]
        if (lang or language()) != "km":
            return f"{self.name_en} {after}"
        return self.name_km if self.name_km.startswith(before) else before + self.name_km

    def exists(self, on: date | None = None) -> bool:
        """Whether the unit is one on that day; without a day, whether it has not been ended."""
        if on is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


NATION = "00"
_NATION = Place(NATION, "nation", "ជាតិ", "National", None, None, None)


def get(code: str) -> Place:
    """The place with an official code, in either digits, ended ones included; `NotFound` when there is
    none.
    """
    plain = to_ascii(code).strip()
    if plain == NATION:
        return _NATION
    place = _villages().get(plain) if len(plain) == 8 else _place(plain)
    if place is None:
        raise NotFound(
            _("No place of Cambodia has the code “{code}”.").format(code=code[:20]),
            todo=_("Choose the place from the list: type a part of its name in Khmer or Latin letters."),
        )
    return place


def children(code: str | None = None, on: date | None = None) -> list[Place]:
    """What lies directly in a place (in the country for None and for the nation), by code; units of the day
    `on`, or those not ended.
    """
    if code is not None:
        code = get(code).code
    code = None if code == NATION else code
    table = _children_of_communes() if code is not None and len(code) == 6 else _children()
    return [place for place in table.get(code, ()) if place.exists(on)]


def path(code: str) -> list[Place]:
    """From the province down to the place itself."""
    last = get(code).code
    return [get(last[:length]) for length in range(2, len(last) + 1, 2)]


def codes(code: str) -> tuple[str, ...]:
    """All codes that a unit has had, oldest first: a commune that goes to another district gets a new one."""
    plain = get(code).code
    return _lives().get(plain, (plain,))


def at(code: str, on: date) -> Place:
    """The same unit under the code that it had on that day; under the one that was asked for where it had none then."""
    for one in codes(code):
        place = get(one)
        if place.exists(on):
            return place
    return get(code)


def search(text: str, levels: Collection[str] | None = None, limit: int = 20, on: date | None = None) -> list[Place]:
    """Places whose name, Khmer or Latin, holds `text`, best first: whole names, beginnings, then inside.

    Spelling variants, spaces and capitals do not matter; the kind may stand with the name (ក្រុងតាខ្មៅ); a
    code finds its place. Villages are searched only if `levels` names them. At equal rank the larger unit
    comes first, then the code.
    """
    wanted = _squeezed(text)
    if not wanted:
        return []
    chosen = frozenset(TYPES if levels is None else levels)
    indexes = [_index()]
    if levels is not None and "village" in chosen:
        indexes.append(_village_index())
    found: list[tuple[int, int, str, Place]] = []
    for index in indexes:
        for words, place in index:
            if wanted in words and place.level in chosen and place.exists(on):
                found.append((_rank(wanted, words), len(place.code), place.code, place))
    return [place for *_rest, place in nsmallest(limit, found)]


def _rank(wanted: str, words: str) -> int:
    """0 for a whole name or code, 1 for its beginning, 2 for a beginning with the kind, 3 inside.

    `words` holds code, names, a line feed, titles, each between two tabs.
    """
    if f"\t{wanted}\t" in words:
        return 0
    at = words.find("\t" + wanted)
    if at < 0:
        return 3
    return 1 if at < words.index("\n") else 2


def _words(place: Place) -> str:
    names = [place.code, _squeezed(place.name_km), _squeezed(place.name_en)]
    before, after = _squeezed_types()[place.level]
    return "".join(f"\t{word}\t" for word in (*names, "\n", before + names[1], names[2] + after))


@cache
def _squeezed_types() -> dict[str, tuple[str, str]]:
    return {level: (_squeezed(before), _squeezed(after)) for level, (before, after) in TYPES.items()}


def _squeezed(text: str) -> str:
    """Letters, marks and digits alone: Siem Reap, siemreap; S'ang, sang."""
    return _BETWEEN.sub("", fold(text))


@lru_cache(maxsize=1)
def _text() -> str:
    return (TABLES / "places.tsv").read_text("utf-8")


@lru_cache(maxsize=4096)
def _place(code: str) -> Place | None:
    """One place down to communes: its line alone is read, since a window that opens asks for two of two thousand."""
    text = _text()
    at = text.find(f"\n{code}\t") + 1 if code.isdecimal() else 0
    return _parsed(text[at : text.index("\n", at)]) if at else None


def _parsed(line: str) -> Place:
    code, level, name_km, name_en, since, until = line.rstrip("\n").split("\t")
    return Place(code, level, name_km, name_en, code[:-2] or None, _day(since), _day(until))


def _read(lines: Iterable[str]) -> dict[str, Place]:
    return {place.code: place for place in map(_parsed, lines)}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=1)
def _places() -> dict[str, Place]:
    """All places down to communes, by code."""
    return _read(_text().splitlines()[1:])


@lru_cache(maxsize=1)
def _villages() -> dict[str, Place]:
    with gzip.open(TABLES / "villages.tsv.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        return _read(lines)


@lru_cache(maxsize=1)
def _children() -> dict[str | None, list[Place]]:
    return _by_parent(_places().values())


@lru_cache(maxsize=1)
def _children_of_communes() -> dict[str | None, list[Place]]:
    return _by_parent(_villages().values())


def _by_parent(places: Iterable[Place]) -> dict[str | None, list[Place]]:
    found: dict[str | None, list[Place]] = {}
    for place in places:
        found.setdefault(place.parent, []).append(place)
    return found


@lru_cache(maxsize=1)
def _lives() -> dict[str, tuple[str, ...]]:
    """The codes of units that had more than one: of one name in one province, one ending the day before the next."""
    begun = {(p.name_km, p.code[:2], len(p.code), p.valid_from): p.code for p in _places().values() if p.valid_from}
    found: dict[str, tuple[str, ...]] = {}
    for place in _places().values():
        if place.valid_to is None:
            continue
        after = begun.get((place.name_km, place.code[:2], len(place.code), place.valid_to + timedelta(days=1)))
        if after:
            found[place.code] = found[after] = (place.code, after)
    return found


@lru_cache(maxsize=1)
def _index() -> list[tuple[str, Place]]:
    return [(_words(place), place) for place in (_NATION, *_places().values())]


@lru_cache(maxsize=1)
def _village_index() -> list[tuple[str, Place]]:
    return [(_words(place), place) for place in _villages().values()]
