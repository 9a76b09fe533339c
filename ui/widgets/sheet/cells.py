"""What a sheet shows, as plain data: cells, columns, bands, totals, and what is asked of a model.

Colours are tokens of `ui.tokens.Colours` ("ink", "accent_soft") or "#rrggbb".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "right", "center"]
Look = Literal["text", "chip", "squares", "hatch"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `edit` is what the hand writes on (None: the text shown), `copy` what goes to the clipboard (None: the
    same as `edit`); so an amount may be shown with its currency and copied as a bare number.

    `problem` puts a red corner, `note` a quiet one; both are told as a tip. `look`: plain text, a chip in `tone`,
    `marks` as small squares (filled or not), or a hatched ground for what is hidden.
    """

    text: str = ""
    edit: str | None = None
    copy: str | None = None
    align: Align = "left"
    ink: str = "ink"
    ground: str = ""
    bold: bool = False
    read_only: bool = False
    problem: str = ""
    note: str = ""
    look: Look = "text"
    tone: str = "neutral"
    marks: tuple[bool, ...] = ()

    @property
    def to_edit(self) -> str:
        return self.text if self.edit is None else self.edit

    @property
    def to_copy(self) -> str:
        return self.to_edit if self.copy is None else self.copy


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column. `key` tells it from others for good (what a person hid or widened is kept by it); columns of one
    `group` that stand side by side have one head above theirs. Widths are pixels at text scale 1; a column that has
    `stretch` takes its share of the room that is left. `hideable` columns may be put away by a person, and those that
    are `shown` False are away until asked for.
    """

    key: str
    title: str
    group: str = ""
    width: int = 110
    align: Align = "left"
    stretch: int = 0
    hideable: bool = True
    shown: bool = True
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A row that is one wide cell: a heading among the rows. `level` 0 stands out most and each next one is set in.
    `text` is shown, `edit` is what is written on; None means that it is only read.
    """

    text: str
    level: int = 0
    edit: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FootRow:
    """A row of totals that stays in sight: words at the left and cells by the key of their column."""

    text: str
    cells: dict[str, Cell] = field(default_factory=dict)
    bold: bool = True


BAND = -1  # the column of a change to a band
Change = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change that could not be taken, and why in a sentence."""

    row: int
    column: int
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What might be meant: `text` takes the place of all that is in the box; `hint` tells it from its namesakes."""

    text: str
    label: str = ""
    hint: str = ""
