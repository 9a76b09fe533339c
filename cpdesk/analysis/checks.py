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


def figures(rows: Iterable[Counted], not_sums: frozenset[Value] = frozenset()) -> tuple[list[Twice], list[
    tuple[str, Mismatch]
]]:  # fmt: skip
    """The figures that are there twice with two values, and the totals (by id) that both sexes together contradict.

    `not_sums` are the measures that are no counts: of two rates there is no sum.
    """
    twice: list[Twice] = []
    groups: dict[tuple[Value, ...], dict[str, tuple[str, str]]] = defaultdict(dict)
    for one in sorted(rows, key=lambda one: one.id):
        if not isinstance(one.value, str):
            continue
        key = (one.measure, one.place, one.year, one.age_group or ALL, one.disability or ALL)
        sexes, sex = groups[key], str(one.sex or ALL)
        before = sexes.get(sex)
        if before is None:
            sexes[sex] = (one.id, one.value)
        elif before[1] != one.value:
            twice.append(Twice(before[0], one.id, (before[1], one.value)))
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
