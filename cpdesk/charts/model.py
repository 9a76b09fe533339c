"""What a chart says, as plain values. A value is a number or None; None is missing, which is not 0.

A `tone` names a colour by what it means (see `shapes.TONES`); blank takes the next of the series' own. A `text` in
place of a number is shown as it stands ("*" for what may not be told, "—").
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

Value = Decimal | int | None


@dataclass(frozen=True)
class Bar:
    """One bar: `lead` a rank in a small badge, `note` small print under it, `text` in place of the number."""

    label: str
    value: Value
    note: str = ""
    tone: str = "accent"
    lead: str = ""
    text: str = ""


@dataclass(frozen=True)
class Rows:
    """Level bars, one under the other, each as long as its part of `maximum` (of the largest value where None).

    `beside`: the label stands left of its bar, for short names; otherwise above it, for sentences. Where a value is
    beyond `maximum`, all bars are drawn to the largest and a line marks `maximum`.
    """

    items: tuple[Bar, ...]
    maximum: Value = None
    unit: str = ""
    beside: bool = False


@dataclass(frozen=True)
class Series:
    """As many values as the chart has groups; `texts`, where given, are shown in place of the numbers.

    `note` follows the label in the legend, as a total does.
    """

    label: str
    values: tuple[Value, ...]
    tone: str = ""
    note: str = ""
    texts: tuple[str, ...] = ()

    def text(self, at: int) -> str:
        return self.texts[at] if at < len(self.texts) else ""


@dataclass(frozen=True)
class Columns:
    """Upright bars side by side in groups, one for each series."""

    groups: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""


@dataclass(frozen=True)
class Lines:
    """A line for each series over groups that follow one another, as years do. Missing points break the line."""

    groups: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""


@dataclass(frozen=True)
class Part:
    """One tile of a split."""

    label: str
    value: Value
    tone: str = ""


@dataclass(frozen=True)
class Split:
    """How a whole falls into parts (girls, boys, women, men): tiles with their number and share, a `note` below."""

    parts: tuple[Part, ...]
    note: str = ""


HIDDEN = "*"  # the text of a cell of a heat table that is kept back: it is hatched, since it is neither missing nor 0


@dataclass(frozen=True)
class HeatRow:
    """A row of a heat table; `texts` as in `Series`, `strong` for a row of totals, which has no heat."""

    label: str
    values: tuple[Value, ...]
    texts: tuple[str, ...] = ()
    strong: bool = False

    def text(self, at: int) -> str:
        return self.texts[at] if at < len(self.texts) else ""


@dataclass(frozen=True)
class Heat:
    """A table whose ground is the darker the larger a number is: within its column, or in all of the table where
    `together`. `corner` is the head of the names.
    """

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    corner: str = ""
    together: bool = False
    note: str = ""


@dataclass(frozen=True)
class Code:
    """A QR code that a phone reads as `text`; `note` stands under it."""

    text: str
    note: str = ""


Chart = Rows | Columns | Lines | Split | Heat | Code
