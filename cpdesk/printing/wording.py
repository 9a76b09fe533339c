"""Phrases of forms with values in them."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Collection

from cpdesk.khmer import dates
from cpdesk.printing.model import Person
from cpdesk.printing.phrases import Phrases
from cpdesk.printing.typeset.canvas import Look
from cpdesk.printing.typeset.paragraph import Run


def dots(ems: float) -> str:
    """A dotted line of about `ems` ems, for the pen."""
    return "." * round(ems * 4)


def hour(at: dt.time) -> str:
    """The hour as it is said: ៨:៣០ ព្រឹក, ២:០០ រសៀល."""
    part = "ព្រឹក" if at.hour < 12 else "រសៀល" if at.hour < 17 else "ល្ងាច" if at.hour < 19 else "យប់"
    if at.hour == 12:
        part = "ថ្ងៃត្រង់"
    return f"{dates.clock(at.replace(hour=at.hour % 12 or 12), 'km')} {part}"


def fill(template: str, bold: Look | None = None, marked: Collection[str] = (), **values: str) -> list[Run]:
    """`template` with its names replaced; those of `marked` in the look `bold`. Values are never read as templates."""
    runs = []
    for literal, name, _spec, _conversion in string.Formatter().parse(template):
        runs.append(Run(literal))
        if name is not None:
            runs.append(Run(values[name], bold if name in marked else None))
    return [run for run in runs if run.text]


def joined(*texts: str) -> str:
    """The texts that are not blank, a space between them."""
    return " ".join(text.strip() for text in texts if text.strip())


def whole_name(person: Person | None, phrases: Phrases) -> str:
    """Address, name and position of `person`; blank where nobody is named."""
    if person is None or not person.name.strip():
        return ""
    parts = fill(phrases.person, title=person.title, name=person.name, position=person.position)
    return " ".join("".join(run.text for run in parts).split())
