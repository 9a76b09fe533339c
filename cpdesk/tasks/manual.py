"""The help as a book: title page, contents, a section for each topic with its pictures, the list of keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cpdesk.files import write_whole
from cpdesk.help import Topic, chapters, picture_file
from cpdesk.i18n import _, language, using
from cpdesk.khmer import digits
from cpdesk.printing.document import Cell as TableCell
from cpdesk.printing.document import (
    Contents,
    Document,
    Heading,
    Letterhead,
    Line,
    ListColumn,
    Listing,
    Part,
    Photo,
    Turn,
    Words,
)
from cpdesk.printing.phrases import Phrases
from cpdesk.tasks.forms import FileType, laid_out

TALLEST = 225.0  # points that a picture takes of a page


@dataclass(frozen=True)
class Keys:
    """A table of the list of keys: its title, and for each command its words and its keys as the system writes them.

    The window knows its keys; the core is told.
    """

    title: str
    rows: tuple[tuple[str, str], ...]


def render(keys: Sequence[Keys] = (), to: FileType = "pdf", lang: str = "") -> bytes:
    """The manual as a file, in the present language where none is said."""
    with using(lang or language()):
        return laid_out((manual(keys),), to)


def save(path: Path, keys: Sequence[Keys] = (), to: FileType = "pdf", lang: str = "") -> None:
    """Write it, whole or not at all."""
    write_whole(path, render(keys, to, lang))


def manual(keys: Sequence[Keys] = ()) -> Document:
    """The manual in the present language."""
    parts: list[Part] = [Turn(), Words(_("Contents"), look="address"), Contents()]
    number = 0
    for number, chapter in enumerate(chapters(), 1):
        parts += [Turn(), Heading(f"{digits.count(number)}. {chapter.title}")]
        for within, one in enumerate(chapter.topics, 1):
            parts += _section(one, f"{digits.count(number)}.{digits.count(within)}")
    if keys:
        parts += [Turn(), Heading(f"{digits.count(number + 1)}. {_('Keys')}")]
        parts += [part for one in keys for part in _keys(one)]
    fixed = Phrases()
    if language() != "km":  # the manual is no official paper: it speaks the language of whoever asks for it
        fixed = replace(fixed, page=_("Page {page} of {pages}"))
    return Document(
        Letterhead(),
        _("Manual of the CPC Desk"),
        (_("Meetings, plans and their follow-up, for the committee for women and children"),),
        tuple(parts),
        phrases=fixed,
        official=False,
        language=language(),
    )


def _section(one: Topic, number: str) -> list[Part]:
    found: list[Part] = [
        Heading(f"{number} {one.title}", level=2),
        Words(one.what, look="plain", keep=True),
        *(Words(step, look="point", label=f"{digits.count(n)}.") for n, step in enumerate(one.steps, 1)),
    ]
    if one.rows:
        found += [_table(one.rows)]
    if one.good:
        found.append(Words(one.good, look="indented", lead=_("Good to know:")))
    for picture in one.pictures:
        file = picture_file(picture.name)
        if file.is_file():
            found += [Photo(file.read_bytes(), picture.words, tallest=TALLEST, keep=True)]
            found += [Words(picture.words, look="small")]
    return found


def _table(rows: Sequence[tuple[str, str]]) -> Listing:
    columns = (ListColumn("", 1.2), ListColumn("", 2.0))
    return Listing(
        columns, tuple(Line((TableCell(left, bold=True), TableCell(right))) for left, right in rows), size=10.0
    )


def _keys(one: Keys) -> list[Part]:
    columns = (ListColumn("", 3.0), ListColumn("", 1.2))
    lines = tuple(Line((TableCell(words), TableCell(key, bold=True))) for words, key in one.rows)
    return [Heading(one.title, level=2), Listing(columns, lines, size=10.0)]
