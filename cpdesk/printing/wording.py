"""Phrases of forms with values in them."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Collection

from cpdesk.khmer import dates, lunar
from cpdesk.printing.document import Letterhead, Person, Signature, Signed, Span, plain
from cpdesk.printing.phrases import Phrases


def dots(ems: float) -> str:
    """A dotted line of about `ems` ems, for the pen."""
    return "." * round(ems * 4)


def hour(at: dt.time) -> str:
    """The hour as it is said: ៨:៣០ ព្រឹក, ២:០០ រសៀល."""
    part = "ព្រឹក" if at.hour < 12 else "រសៀល" if at.hour < 17 else "ល្ងាច" if at.hour < 19 else "យប់"
    if at.hour == 12:
        part = "ថ្ងៃត្រង់"
    return f"{dates.clock(at.replace(hour=at.hour % 12 or 12), 'km')} {part}"


def fill(template: str, bold: Collection[str] = (), **values: str) -> tuple[Span, ...]:
    """`template` with its names replaced; those of `bold` in bold. Values are never read as templates."""
    found = []
    for literal, name, _spec, _conversion in string.Formatter().parse(template):
        found.append(Span(literal))
        if name is not None:
            found.append(Span(values[name], bold=name in bold))
    return tuple(span for span in found if span.text)


def joined(*texts: str) -> str:
    """The texts that are not blank, a space between them."""
    return " ".join(text.strip() for text in texts if text.strip())


def whole_name(person: Person | None, phrases: Phrases) -> str:
    """Address, name and position of `person`; blank where nobody is named."""
    if person is None or not person.name.strip():
        return ""
    parts = fill(phrases.person, title=person.title, name=person.name, position=person.position)
    return " ".join(plain(parts).split())


def number_line(head: Letterhead, phrases: Phrases) -> str:
    """The line of the letter's number; dots where it has none yet."""
    return plain(fill(phrases.number, number=head.number or dots(9)))


def date_lines(end: Signed, head: Letterhead, phrases: Phrases) -> list[str]:
    """The lunar line, left out where the calendar is not known; place and solar date, dots where there is none."""
    if not end.dated:
        return []
    moon = end.lunar
    if not moon and end.day is not None and lunar.FIRST_YEAR <= end.day.year <= lunar.LAST_YEAR:
        moon = lunar.line(end.day)
    date = dates.official(end.day) if end.day else phrases.date_by_hand.format(dots=dots(3))
    sun = end.place_date or joined(plain(fill(phrases.place_date, place=head.place, date=date)))
    return [line for line in (moon, sun) if line]


def signer_name(one: Signature) -> str:
    """The name under a signature; blank where nobody is named."""
    return joined(one.by.title, one.by.name) if one.by is not None and one.by.name.strip() else ""
