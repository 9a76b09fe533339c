"""What a paper about a plan is made of: headings, words, tables and charts in their order, as plain values.

As in `model`, all text is plain and a blank is left out. Whoever prints fills a `ReportData`; `report` lays it out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from cpdesk.charts import Chart
from cpdesk.printing.model import Letterhead, Person
from cpdesk.printing.phrases import OFFICIAL, Phrases

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True)
class Heading:
    """`level` 1 is named in the document's outline."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True)
class Words:
    """A paragraph; `lead` stands before it in bold. A bullet has its mark in the margin."""

    text: str
    look: Literal["body", "plain", "small", "bullet"] = "body"
    lead: str = ""


@dataclass(frozen=True)
class Cell:
    """`note` is small print under the text; `items` are paragraphs with their notes in place of one text.

    A `marked` cell has a grey ground, so that it is found at a glance.
    """

    text: str = ""
    note: str = ""
    align: Align | None = None
    bold: bool = False
    marked: bool = False
    items: tuple[tuple[str, str], ...] = ()


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
    """A table; `size` in points of its type. Where no column has a head there is no row of heads."""

    columns: tuple[ListColumn, ...]
    lines: tuple[Line, ...]
    size: float = 8.5


@dataclass(frozen=True)
class Picture:
    """Charts beside one another, each under its title; `tall` in points for those that take any height."""

    charts: tuple[tuple[str, Chart], ...]
    tall: float | None = None


@dataclass(frozen=True)
class Turn:
    """From here on another page, on paper of this shape."""

    landscape: bool
    large: bool = False


@dataclass(frozen=True)
class Signed:
    """The date lines and two signature blocks. Without a day the date is left to the pen."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    day: dt.date | None = None
    left_by: Person | None = None
    right_by: Person | None = None


Part = Heading | Words | Listing | Picture | Turn | Signed


@dataclass(frozen=True)
class ReportData:
    """The whole paper. `subtitles` stand under the title, a line each."""

    letterhead: Letterhead
    title: str
    subtitles: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    landscape: bool = False
    large: bool = False
    phrases: Phrases = OFFICIAL
