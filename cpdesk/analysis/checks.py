"""What does not fit together among many records: figures that contradict one another, records that look like the same
thing entered twice. Pure: from plain values to ids.

Suggestions are careful. Two officials may bear one name, so what tells them apart (sex, or both body and position)
silences the suggestion; a slip of one letter counts only within one body.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from cpdesk.analysis.figures import ALL, Mismatch, Slice, number
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Value

SHORT = 8  # letters; in a shorter name one letter makes another name


class Counted(NamedTuple):
    """One figure: its id, what it counts, and its stored value. Blank groups mean all."""

    id: str
    measure: Value
    place: Value
    year: Value
    sex: Value
    age_group: Value
    disability: Value
    value: Value


@dataclass(frozen=True)
class Twice:
    """The same figure with two values."""

    first: str
    other: str
    values: tuple[str, str]


Key = tuple[Value, ...]


def figures(
    rows: Iterable[Counted], not_sums: frozenset[Value] = frozenset()
) -> tuple[list[Twice], list[tuple[str, Mismatch]]]:
    """The figures that are there twice with two values, and the totals (by id) that both sexes together contradict.

    `not_sums` are the measures that are no counts: of two rates there is no sum. Of doubles the one with the lowest id
    counts, so that every desk finds the same.
    """
    groups: dict[Key, dict[str, tuple[str, str]]] = defaultdict(dict)
    doubles: dict[tuple[Key, str], list[tuple[str, str]]] = defaultdict(list)
    for id_, measure, place, year, sex, age_group, disability, value in rows:
        if not isinstance(value, str):
            continue
        key: Key = (measure, place, year, age_group or ALL, disability or ALL)
        sexes, group = groups[key], str(sex or ALL)
        if group not in sexes:
            sexes[group] = (id_, value)
        else:
            doubles[key, group].append((id_, value))
    twice: list[Twice] = []
    for (key, group), others in doubles.items():
        first, *rest = sorted([groups[key][group], *others])
        groups[key][group] = first
        twice += [Twice(first[0], id_, (first[1], value)) for id_, value in rest if value != first[1]]
    wrong = [
        (sexes[ALL][0], found)
        for key, sexes in groups.items()
        if len(sexes) == 3 and key[0] not in not_sums
        for found in _contradicted(key, sexes)
    ]
    return twice, wrong


def _contradicted(key: tuple[Value, ...], sexes: dict[str, tuple[str, str]]) -> Iterator[Mismatch]:
    total, female, male = (number(sexes[sex][1]) if sex in sexes else None for sex in (ALL, "female", "male"))
    if total is not None and female is not None and male is not None and female + male != total:
        yield Mismatch(Slice(ALL, str(key[3]), str(key[4])), "sex", total, Decimal(female + male), True)


class Person(NamedTuple):
    id: str
    name: str
    latin: str = ""
    sex: str = ""
    body: str = ""
    position: str = ""


def same_people(people: Sequence[Person]) -> list[tuple[str, str]]:
    """Pairs that are likely one person entered twice; each person is the second of one pair at most."""
    found: list[tuple[str, str]] = []
    taken: set[str] = set()
    for first, other in _likely(people):
        if other.id not in taken and not _told_apart(first, other):
            taken.add(other.id)
            found.append((first.id, other.id))
    return found


def _likely(people: Sequence[Person]) -> Iterator[tuple[Person, Person]]:
    """Those of one name, in Khmer or in Latin; then those of one body whose names are a letter apart."""
    alike: dict[str, list[Person]] = defaultdict(list)
    near: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for one in people:
        names = {_bare(one.name), _bare(one.latin)} - {""}
        for name in names:
            alike[name].append(one)
            if one.body and len(name) >= SHORT:
                for shorter in _less_a_letter(name):
                    near[one.body, shorter].append(one)
    for group in (*alike.values(), *near.values()):
        for at, other in enumerate(group[1:], 1):
            for first in group[:at]:
                if first.id != other.id:
                    yield first, other


def _bare(name: str) -> str:
    return fold(name).replace(" ", "")


def _less_a_letter(name: str) -> set[str]:
    """The name, and all it becomes by leaving out one letter: two names a letter apart have one of these in common."""
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}


def _told_apart(one: Person, other: Person) -> bool:
    def differ(a: str, b: str) -> bool:
        return bool(a and b) and a != b

    return differ(one.sex, other.sex) or (
        differ(one.body, other.body) and differ(fold(one.position), fold(other.position))
    )


class Body(NamedTuple):
    id: str
    name: str
    latin: str = ""
    sort: str = ""
    place: str = ""


def same_bodies(bodies: Sequence[Body]) -> list[tuple[str, str]]:
    """Pairs of one name, in Khmer or in Latin, that neither sort nor place tells apart; each body is the second of one
    pair at most."""
    alike: dict[str, list[Body]] = defaultdict(list)
    for one in bodies:
        for name in {_bare(one.name), _bare(one.latin)} - {""}:
            alike[name].append(one)
    found: list[tuple[str, str]] = []
    taken: set[str] = set()
    for group in alike.values():
        for at, other in enumerate(group[1:], 1):
            for first in group[:at]:
                pairs = ((first.sort, other.sort), (first.place, other.place))
                apart = any(a and b and a != b for a, b in pairs)
                if other.id not in taken and first.id != other.id and not apart:
                    taken.add(other.id)
                    found.append((first.id, other.id))
    return found


class Letter(NamedTuple):
    """A number of a register, with the year and the office whose register it is."""

    id: str
    number: str
    year: str
    office: str = ""


def same_numbers(letters: Iterable[Letter]) -> list[tuple[str, str]]:
    """Pairs with one number in one register."""
    seen: dict[tuple[str, str, str], str] = {}
    found: list[tuple[str, str]] = []
    for one in letters:
        number_ = _bare(one.number)
        if not number_ or not one.year:
            continue
        key = (number_, one.year, one.office)
        if key in seen:
            found.append((seen[key], one.id))
        seen.setdefault(key, one.id)
    return found
