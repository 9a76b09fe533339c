"""How cells of a workbook look, and how much room their text takes.

A workbook cannot bring its fonts along, so it names those that offices have: Khmer OS Battambang and Muol Light. They
are drawn wider than ours, so body text is set a little smaller and measured a little wider. Excel makes no row higher
for a merged cell, and LibreOffice none whose height is said: every row gets its height here, from the same shaping and
line breaks as the PDF. Lengths in points.

LibreOffice takes from no workbook the name of a font that has Khmer and neither Hebrew, Arabic nor Thai: there Khmer
stands in the font that its settings name for complex script, with the sizes and the bold of the workbook.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from cpdesk.printing.typeset.canvas import Look
from cpdesk.printing.typeset.paragraph import Paragraph, Run, Style
from cpdesk.printing.typeset.typeface import house, plain

BODY, TITLE = "Khmer OS Battambang", "Khmer OS Muol Light"
_SMALLER = 0.92  # Khmer OS Battambang at this part of our size looks like ours
_WIDER, _WIDER_TITLE = 1.17, 1.05  # how much wider it is drawn at the same size, with something to spare
_LINE = 1.9  # a line's height over the size; Excel and LibreOffice take the font's own, which is 1.87
_PAD_X, _PAD_Y = 6.0, 3.0  # what a cell keeps free, both sides together
INDENT = 9.0  # what one step of indent takes


class Type(NamedTuple):
    """How letters look; `size` is that of our paper."""

    size: float = 11.0
    bold: bool = False
    title: bool = False
    colour: str = ""
    underline: bool = False

    @property
    def points(self) -> float:
        """The size in the workbook, in half points."""
        return self.size if self.title else round(self.size * _SMALLER * 2) / 2

    def look(self) -> Look:
        """Ours that takes as much room."""
        faces = house()
        if self.title:
            return Look(faces.title, self.points * _WIDER_TITLE)
        return Look(faces.bold if self.bold else faces.body, self.points * _WIDER)


class Fragment(NamedTuple):
    """Letters in one look."""

    text: str
    type: Type


Content = tuple[tuple[Fragment, ...], ...]  # paragraphs


class Ground(NamedTuple):
    """How a cell stands. `lines` are its sides with a line: t, b, l, r."""

    align: str = "left"
    stands: Literal["top", "middle", "bottom"] = "top"
    fill: str = ""
    lines: str = ""
    colour: str = ""
    indent: int = 0


PLAIN, BARE = Type(8.5), Ground()


def content(text: str, type_: Type) -> Content:
    """A text in one look; each line of it is a paragraph."""
    text = plain(text)
    return tuple((Fragment(line, type_),) for line in text.split("\n")) if text else ()


def written(paragraphs: Content) -> str:
    """The letters alone."""
    return "\n".join("".join(one.text for one in paragraph) for paragraph in paragraphs)


def height(paragraphs: Content, width: float, indent: int = 0) -> float:
    """What the text takes in a cell of that width."""
    room = max(width - _PAD_X - indent * INDENT, 6.0)
    return sum(_lines(one, room) * _line_height(one) for one in paragraphs) + _PAD_Y if paragraphs else 0.0


def line_height(type_: Type) -> float:
    return math.ceil(type_.points * _LINE)


def _line_height(paragraph: Sequence[Fragment]) -> float:
    return max(line_height(one.type) for one in paragraph)


def _lines(paragraph: Sequence[Fragment], width: float) -> int:
    runs = [Run(one.text, one.type.look()) for one in paragraph if one.text]
    if not runs:
        return 1
    look = runs[0].look or paragraph[0].type.look()
    return max(len(Paragraph(runs, Style(look, look.size)).lines(width)), 1)


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._cells: dict[tuple[Type, Ground, str], Any] = {}
        self._types: dict[Type, Any] = {}

    def cell(self, type_: Type, ground: Ground, number: str = "") -> Any:
        key = (type_, ground, number)
        if key not in self._cells:
            look: dict[str, object] = _font(type_) | {
                "text_wrap": True,
                "align": {"centre": "center", "even": "left"}.get(ground.align, ground.align),
                "valign": {"middle": "vcenter"}.get(ground.stands, ground.stands),
            }
            if ground.fill:
                look["bg_color"] = f"#{ground.fill}"
            if ground.indent:
                look["indent"] = ground.indent
            if number:
                look["num_format"] = number
            if number not in ("", "@"):  # a number is never wrapped: too wide, it would be shown as ###
                look |= {"text_wrap": False, "shrink": True}
            for side, name in (("t", "top"), ("b", "bottom"), ("l", "left"), ("r", "right")):
                if side in ground.lines:
                    look |= {name: 1, f"{name}_color": f"#{ground.colour}"}
            self._cells[key] = self._book.add_format(look)
        return self._cells[key]

    def fragment(self, type_: Type) -> Any:
        if type_ not in self._types:
            self._types[type_] = self._book.add_format(_font(type_))
        return self._types[type_]


def _font(type_: Type) -> dict[str, object]:
    found: dict[str, object] = {
        "font_name": TITLE if type_.title else BODY,
        "font_size": type_.points,
        "bold": type_.bold and not type_.title,
        "underline": 1 if type_.underline else 0,
    }
    if type_.colour:
        found["font_color"] = f"#{type_.colour}"
    return found
