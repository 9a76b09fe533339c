"""What a paper is made of: its head, headings, words, tables, charts and signatures in their order, as plain values.

One model for every form and every sort of file: `pdf`, `word` and `excel` each lay out a `Document`, so that all of
them say the same. Text is plain Unicode (no markup is ever interpreted; a line end begins a new line); what is bold,
underlined or a link is said by `Span`s. Digits are printed as they stand. A blank is left out of the page or, where a
form is filled by hand, drawn as a dotted line (`wording.dots`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from cpdesk.charts import Chart
from cpdesk.printing.phrases import Phrases
from cpdesk.printing.spoken import phrases

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True)
class Span:
    """A stretch of text with a look of its own. `link` is an address (https:, http:, mailto:)."""

    text: str
    bold: bool = False
    underline: bool = False
    link: str = ""


Text = str | tuple[Span, ...]


def plain(text: Text) -> str:
    """`text` without its looks."""
    return text if isinstance(text, str) else "".join(span.text for span in text)


def spans(text: Text) -> tuple[Span, ...]:
    """`text` as stretches; none where it is blank."""
    if isinstance(text, str):
        return (Span(text),) if text else ()
    return text


# --- the official frame ---------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Letterhead:
    """The head of an official page.

    `issuer_lines` are the offices at the left, highest first; `number` the letter number without the word លេខ;
    `place` the name of the place that stands before the solar date ("កណ្តាល"); `motto_lines` blank means the Kingdom's
    motto; `emblem` the bytes of a PNG or JPEG of the office's emblem, if it has one.
    """

    issuer_lines: tuple[str, ...] = ()
    number: str = ""
    place: str = ""
    motto_lines: tuple[str, ...] = ()
    emblem: bytes = b""


@dataclass(frozen=True)
class Person:
    """A person as they are named on paper. `title` is the address (ឯកឧត្តម, លោកជំទាវ, លោក, លោកស្រី…)."""

    name: str
    title: str = ""
    position: str = ""
    body: str = ""


@dataclass(frozen=True)
class Signature:
    """One who signs: as what (a line each), and who; dots where nobody is named yet."""

    lines: tuple[str, ...]
    by: Person | None = None


@dataclass(frozen=True)
class Signed:
    """The date lines, and below them signature blocks from left to right; the last one stands under the date.

    Without a day the date is left to the pen. `lunar` and `place_date` blank are computed from the day and the
    letterhead; `dated` False leaves both lines out.
    """

    blocks: tuple[Signature, ...]
    day: dt.date | None = None
    lunar: str = ""
    place_date: str = ""
    dated: bool = True


@dataclass(frozen=True)
class Copies:
    """Who gets a copy (ចម្លងជូន), in small print at the lower left, a line each."""

    title: str
    lines: tuple[str, ...]


# --- words ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Heading:
    """Level 0 is the title of an annex, in the middle; 1 a section, 2 a part of it. All are in the outline."""

    text: str
    level: Literal[0, 1, 2] = 1


@dataclass(frozen=True)
class Words:
    """A paragraph; `lead` stands before it in bold. `label` is a number in the margin of a point.

    body: even margins, first line indented. plain: the same without the indent. bullet: a dash in the margin. point:
    `label` in the margin. indented: a little to the right. remark: small and grey under a bullet. small: small and
    grey. centre: in the middle. address: in the middle and bold (to whom a letter goes). intro: body that stays with
    what follows.
    """

    text: Text
    look: Literal["body", "plain", "small", "bullet", "point", "indented", "remark", "centre", "address", "intro"] = (
        "body"
    )
    lead: str = ""
    label: str = ""
    keep: bool = False  # on the page of what follows


@dataclass(frozen=True)
class Facts:
    """Labels and what they stand for, a row each. `ruled` draws a light table; else as in the head of a letter."""

    rows: tuple[tuple[str, Text], ...]
    ruled: bool = True


# --- tables ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Cell:
    """`note` is small print under the text; `items` are paragraphs with their notes in place of one text.

    `lead` stands before the text in bold. A `marked` cell has a grey ground, so that it is found at a glance. `value`
    is the number that the text writes, for files that reckon with it.
    """

    text: str = ""
    note: str = ""
    align: Align | None = None
    bold: bool = False
    marked: bool = False
    items: tuple[tuple[str, str], ...] = ()
    lead: str = ""
    value: Decimal | int | None = None


@dataclass(frozen=True)
class Line:
    """A row of a table. A band reaches over all columns (or says its `spans`) and stays with the row after it.

    `open_below` are columns, from 0, with no line between this row and the next: cells that the next row goes on with.
    `least` is its height in points at any rate.
    """

    cells: tuple[Cell, ...]
    look: Literal["", "band", "subband", "total"] = ""
    spans: tuple[int, ...] = ()
    open_below: tuple[int, ...] = ()
    least: float = 0.0


@dataclass(frozen=True)
class ListColumn:
    """`share` is its part of the width; columns beside one another with the same `group` stand under one head."""

    head: str
    share: float = 1.0
    align: Align = "left"
    group: str = ""


@dataclass(frozen=True)
class Listing:
    """A table whose heads come again on every page; `size` in points of its type.

    Where no column has a head there is no row of heads. `middle` stands texts in the middle of tall rows.
    """

    columns: tuple[ListColumn, ...]
    lines: tuple[Line, ...]
    size: float = 8.5
    middle: bool = False


@dataclass(frozen=True)
class Picture:
    """Charts beside one another, each under its title; `tall` in points for those that take any height."""

    charts: tuple[tuple[str, Chart], ...]
    tall: float | None = None


@dataclass(frozen=True)
class Photo:
    """A picture made elsewhere (PNG or JPEG), in the middle of the page; `words` say it to who cannot see it.

    `wide` in points, None as wide as the page; it is never taller than `tallest`.
    """

    data: bytes
    words: str
    wide: float | None = None
    tallest: float = 300.0
    keep: bool = False  # on the page of what follows, such as its caption


@dataclass(frozen=True)
class Contents:
    """The headings of levels 1 and 2 that stand after it, each with its page where the file has pages of its own."""


@dataclass(frozen=True)
class Turn:
    """From here on another page, on paper of this shape."""

    landscape: bool = False
    large: bool = False


Part = Heading | Words | Facts | Listing | Picture | Photo | Contents | Turn | Signed | Copies


@dataclass(frozen=True)
class Document:
    """The whole paper. `subtitles` stand under the title, a line each; `topic` is said after the title where the paper
    is named but not on its face. `large` is A3. `phrases` are the fixed words that its layout adds. What is not
    `official` has neither motto nor letterhead: its title stands alone on the first page, as on a book. Pages are
    numbered in the digits of `language`."""

    head: Letterhead
    title: str
    subtitles: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    landscape: bool = False
    large: bool = False
    topic: str = ""
    phrases: Phrases = field(default_factory=phrases)
    official: bool = True
    language: str = "km"

    @property
    def headings(self) -> tuple[Heading, ...]:
        """What a table of contents tells."""
        return tuple(part for part in self.parts if isinstance(part, Heading) and part.level)

    @property
    def name(self) -> str:
        """What the paper is called in a viewer's title bar and at the foot of its pages."""
        return " ".join(text.strip() for text in (self.title, self.topic, *self.subtitles) if text.strip())
