"""Free texts in which a person is named: found by their name as they were typed, in any spelling of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cpdesk.khmer.spelling import loose, spread
from cpdesk.kinds import Text, Value
from cpdesk.store import Desk, Record, words
from cpdesk.tasks.search import Part, marked

_MOST = 500  # records that hold the words
_LEAST, _LONGEST = 6, 120  # letters of a name of one word, as a shorter one is a word of the language too; of any
_AROUND = 60  # letters before and behind


@dataclass(frozen=True)
class Mention:
    """A text of a record in which the name stands; `around` shows it there."""

    record: Record
    field: str
    around: tuple[Part, ...]

    @property
    def words(self) -> str:
        return "".join(part.text for part in self.around)


def names_of(person: Record) -> list[str]:
    """What a person is called in texts: in Khmer and in Latin letters."""
    found = [" ".join(person.text(name).split()) for name in ("name_km", "name_latin")]
    told = [name for name in found if len(name.split()) > 1 or len(loose(name)) >= _LEAST]
    return [name for name in told if len(name) <= _LONGEST]


def mentions(desk: Desk, person: Record) -> list[Mention]:
    """Every text but the person's own in which one of their names stands, the newest first."""
    names = names_of(person)
    words.index_pending(desk.db)
    found: dict[tuple[str, str], Mention] = {}
    for name in names:
        for record in words.search(desk.db, words.plain(name), limit=_MOST):
            if record.id == person.id or record.kind.name in ("person", "deed"):
                continue
            for field, value in _texts(record):
                if (mention := _mention(record, field, value, names)) is not None:
                    found.setdefault((record.id, field), mention)
    return list(found.values())


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    for field in record.kind.fields:
        value = record.values[field.name]
        if isinstance(field.type, Text) and words.searched(field) and isinstance(value, str):
            yield field.name, value


def _pattern(names: list[str]) -> re.Pattern[str]:
    """The names in the form that is compared; what parts their words may be there or not."""
    return re.compile("|".join(r"\s*".join(map(re.escape, loose(name).split())) for name in names))


def _mention(record: Record, field: str, value: str, names: list[str]) -> Mention | None:
    form, places = spread(value)
    pattern = _pattern(names)
    at = pattern.search(form)
    if at is None:
        return None
    start, end = max(0, places[at.start()] - _AROUND), min(len(value), places[at.end()] + _AROUND)
    cut = " ".join(value[start:end].split())
    parts = marked(cut, *spread(cut), [pattern])
    head, tail = ("…" if start else ""), ("…" if end < len(value) else "")
    ends = ((Part(head),) if head else (), (Part(tail),) if tail else ())
    return Mention(record, field, (*ends[0], *parts, *ends[1]))


def without(value: Value, person: Record, instead: str) -> Value:
    """A text with `instead` wherever it names the person."""
    names = names_of(person)
    if not isinstance(value, str) or not names:
        return value
    form, places = spread(value)
    made, last = [], 0
    for at in _pattern(names).finditer(form):
        start, end = places[at.start()], places[at.end()]
        made += [value[last:start], instead]
        last = end
    return "".join((*made, value[last:]))
