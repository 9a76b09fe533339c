"""Any record as a sheet of labels and values: the form of everything that has no form of its own."""

from __future__ import annotations

from cpdesk.printing.document import Document, Facts, Heading, Part, Words
from cpdesk.printing.list_sheet import table
from cpdesk.printing.model import RecordData


def record_sheet(data: RecordData) -> Document:
    """The sheet of one record."""
    parts: list[Part] = [Facts(data.rows)]
    for section in data.sections:
        parts += [Heading(section.title), Facts(section.rows)]
    for part in data.lists:
        parts += [Heading(part.title), *table(part)]
    if data.note:
        parts.append(Words(data.note, "small"))
    subtitles = (data.subtitle,) if data.subtitle else ()
    return Document(data.letterhead, data.title, subtitles, tuple(parts), phrases=data.phrases)
