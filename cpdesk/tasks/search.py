"""Search as a person types it: what is found, and where in it.

Words stand in any order and anywhere in a record, inside Khmer words too, however they were typed. Days and numbers are
read as people write them. Where nothing holds all words, those of a line without spaces are told apart; and where still
nothing does, one letter may be another, missing or too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from cpdesk.khmer import breaks, dates
from cpdesk.khmer.spelling import loose, spread
from cpdesk.kinds import Field, Text
from cpdesk.store import Desk, Record, words
from cpdesk.tasks import records

Term = tuple[str, ...]
"""Forms of a word, one of which must be there."""
MOST = 20
_CANDIDATES = 1200  # records that are compared letter by letter, allowing one that is wrong
_SHORTEST, _WIDEST = 4, 48  # letters of a word in which one may be wrong
_WORDS = 8  # of a line without spaces
_LONGEST = 400  # letters that are looked for
_BEFORE, _AFTER = 32, 160  # letters that are shown before and behind what was found
_SHOWN, _TITLE = 48, 200  # letters of a title that are surely seen, and that are seen at most
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_MONTHS = {loose(name) for name in (*dates.MONTHS, *dates.MONTHS_EN)}
_LEAD = re.compile("(?:" + "|".join(map(loose, ("ថ្ងៃទី", "ទី", "ថ្ងៃ", "ខែ", "ឆ្នាំ"))) + ")(.+)")


@dataclass(frozen=True)
class Part:
    """A stretch of what is shown; `found` where it is what was looked for."""

    text: str
    found: bool = False


@dataclass(frozen=True)
class Hit:
    """A record that was found. `title` names it; `field` and `around` say where in it, unless the title does."""

    record: Record
    title: tuple[Part, ...]
    field: str = ""
    around: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Found:
    """`near`: nothing holds it to the letter, and these differ in one. `all_read`: none waits to be read for it."""

    hits: tuple[Hit, ...] = ()
    near: bool = False
    all_read: bool = True


def look_up(desk: Desk, text: str, kinds: Sequence[str] | None = None, limit: int = MOST) -> Found:
    """What is found for `text`, best first, within a tenth of a second however many records there are."""
    wanted = terms(text[:_LONGEST])
    if not wanted:
        return Found()
    all_read = words.index_lately(desk.db)
    return replace(_look_up(desk, text, wanted, kinds, limit), all_read=all_read)


def _look_up(desk: Desk, text: str, wanted: list[Term], kinds: Sequence[str] | None, limit: int) -> Found:
    there = _on_a_day(desk, text, kinds, limit)
    seen = {record.id for record in there}
    there += [record for record in words.search(desk.db, wanted, kinds, limit) if record.id not in seen]
    if not there:
        apart = _told_apart(text)
        there = words.search(desk.db, apart, kinds, limit) if apart else []
        wanted = apart if there else wanted
    if there:
        marks = [re.compile("|".join(map(re.escape, _longest_first(forms)))) for forms in wanted]
        day = _day(text)
        marks = [re.compile(re.escape(f"{day}")), *marks] if day else marks
        return Found(tuple(hit(desk, record, marks) for record in there[:limit]))
    return _near(desk, wanted, kinds, limit)


def terms(text: str) -> list[Term]:
    """The words of `text`, each with the other forms in which it may stand: 12,500 as 12500, 23/6/22 as the day."""
    return [_forms(word) for word in dict.fromkeys(loose(text).split())]


def _forms(word: str) -> Term:
    found = [word]
    if _GROUPED.fullmatch(word):
        found.append(re.sub("[.,]", "", word))
    if re.search(r"\d[-/.]\d", word) and (day := _day(word)):
        found.append(str(day))
    lead = _LEAD.fullmatch(word)
    if lead and (lead[1].isdigit() or lead[1] in _MONTHS):
        found.append(lead[1])
    return tuple(found)


def _longest_first(forms: Term) -> list[str]:
    return sorted(forms, key=len, reverse=True)


def _day(text: str) -> date | None:
    try:
        return dates.parse(text, date.today())
    except ValueError:
        return None


def _on_a_day(desk: Desk, text: str, kinds: Sequence[str] | None, limit: int) -> list[Record]:
    """The records of the day that the whole of `text` says."""
    day = _day(text)
    return words.search(desk.db, [(str(day),)], kinds, limit) if day else []


def _told_apart(text: str) -> list[Term]:
    """The words of a line in which Khmer stands without spaces; none where it is but one."""
    parts = [loose(piece) for piece in breaks.pieces(text[:_LONGEST])]
    found = list(dict.fromkeys(part for part in parts if len(part) > 1))
    return [(part,) for part in found[:_WORDS]] if len(found) > 1 else []


# --- one letter that is wrong -----------------------------------------------------------------------------------------
def _near(desk: Desk, wanted: Sequence[Term], kinds: Sequence[str] | None, limit: int) -> Found:
    """What holds all words but for one letter of the one that nothing holds."""
    asked = kinds is None and len(wanted) == 1  # and was not found: asking again takes as long again
    unknown = [t for t in wanted if len(t[0]) >= _SHORTEST and (asked or not words.known(desk.db, t[0]))]
    word = unknown[0][0] if len(unknown) == 1 else ""
    if not word or word.isdecimal() or len(word) > _WIDEST:  # another number is no slip of the hand
        return Found()
    cut = len(word) // 2
    others = [term for term in wanted if term not in unknown and all(len(form) >= words.TRIGRAM for form in term)]
    whole = words.whole(desk.db, (word[:cut], word[cut:]))  # one half is as it should be
    if not whole:
        return Found()
    wrong = re.compile(one_wrong(word))
    allowed = None if kinds is None else set(kinds)
    hits = [
        (record, kind)
        for record, kind, text in words.candidates(desk.db, [*others, whole], _CANDIDATES)
        if (allowed is None or kind in allowed) and wrong.search(text)
    ]
    there = words.read(desk.db, hits[: 3 * limit])
    there.sort(key=lambda record: not wrong.search(loose(record.title)))
    marks = [wrong, *(re.compile("|".join(map(re.escape, forms))) for forms in others)]
    return Found(tuple(hit(desk, record, marks) for record in there[:limit]), near=True)


def one_wrong(word: str) -> str:
    """A pattern of all that `word` is when one of its letters is another, missing, too much, or behind the next."""
    cut = len(word) // 2
    head, tail = re.escape(word[:cut]), re.escape(word[cut:])
    return f"{head}(?:{'|'.join(_variants(word[cut:]))})|(?:{'|'.join(_variants(word[:cut]))}){tail}"


def _variants(part: str) -> Iterator[str]:
    for n, letter in enumerate(part):
        before, behind = re.escape(part[:n]), re.escape(part[n + 1 :])
        yield f"{before}.?{behind}"
        yield f"{before}.{re.escape(letter)}{behind}"
        if behind:
            yield f"{before}{re.escape(part[n + 1])}{re.escape(letter)}{re.escape(part[n + 2 :])}"


# --- where it was found -----------------------------------------------------------------------------------------------
def hit(desk: Desk, record: Record, marks: Sequence[re.Pattern[str]]) -> Hit:
    """`record` with what of it shows why it was found."""
    title = records.called(desk, record)[:_TITLE]
    form, places = spread(title)
    missing = [mark for mark in marks if (at := mark.search(form)) is None or at.start() > _SHOWN]
    shown = marked(title, form, places, marks)
    if not missing:
        return Hit(record, shown)
    best: tuple[int, Field, str] | None = None
    for field in record.kind.fields:
        value = record.values.get(field.name)
        if value is None or not words.searched(field):
            continue
        held = loose(words.words_of(field, value))
        count = sum(mark.search(held) is not None for mark in missing)
        if count and (best is None or count > best[0]):
            best = count, field, str(value)
    if best is None:
        return Hit(record, shown)
    return Hit(record, shown, best[1].label, _around(best[1], record, marks))


def _around(field: Field, record: Record, marks: Sequence[re.Pattern[str]]) -> tuple[Part, ...]:
    """What stands in a field around what was found; a day or a choice as a whole."""
    value = record.values[field.name]
    text = " ".join(field.show(value).split())
    if not isinstance(field.type, Text) or field.personal:
        return (Part(text, found=True),)
    form, places = spread(text)
    found = [at for mark in marks if (at := mark.search(form))]
    if not found:  # over the end of a line
        return (Part(text[: _BEFORE + _AFTER]),)
    at = min(found, key=lambda one: one.start())
    start, end = _cut(text, places[at.start()], places[at.end()])
    inner = text[start:end]
    parts = marked(inner, *spread(inner), marks)
    head, tail = ("…" if start else ""), ("…" if end < len(text) else "")
    return (*((Part(head),) if head else ()), *parts, *((Part(tail),) if tail else ()))


def _cut(text: str, begins: int, ends: int) -> tuple[int, int]:
    """Where to cut out what stands around a place, between words."""
    low, high = max(0, begins - 3 * _BEFORE), min(len(text), ends + _AFTER + _BEFORE)
    borders = [low]
    for piece in breaks.pieces(text[low:high]):
        borders.append(borders[-1] + len(piece))
    usable = [border for border in borders if border in (0, len(text)) or low < border < high]
    start = max((b for b in usable if b <= max(0, begins - _BEFORE)), default=None)
    if start is None:
        start = min((b for b in usable if b <= begins), default=begins)
    return start, max((b for b in usable if ends <= b <= ends + _AFTER), default=ends)


def marked(text: str, form: str, places: Sequence[int], marks: Sequence[re.Pattern[str]]) -> tuple[Part, ...]:
    """`text` in parts, with all that any of `marks` finds in its `form`, whole clusters of letters each."""
    inside = [False] * (len(text) + 1)
    for mark in marks:
        for at in mark.finditer(form):
            if at.end() > at.start():
                last = places[at.end() - 1]
                end = next(place for place in places[at.end() :] if place > last) if last < len(text) else last
                inside[places[at.start()] : end] = [True] * (end - places[at.start()])
    found: list[Part] = []
    start = 0
    for is_found, letters in groupby(inside[: len(text)]):
        stop = start + sum(1 for _letter in letters)
        found.append(Part(text[start:stop], is_found))
        start = stop
    return tuple(found)
