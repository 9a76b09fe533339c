"""What a cell of somebody's table can hold, and a sheet of such cells.

A spreadsheet says more than its digits: 0.8 shown as a percentage means 80, 500 shown with a dollar sign is money in
dollars. So a value keeps what its format says, and nothing is a float.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from cpdesk.i18n import _


@dataclass(frozen=True, slots=True)
class Cash:
    """A number whose format names a currency: KHR or USD."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Percent:
    """80 for a cell that shows 80 %."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell with no value to read: Excel's own error, or a formula that no program has worked out yet."""

    text: str = ""

    @property
    def why(self) -> str:
        if self.text:
            return _("Excel shows the error {error} here.").format(error=self.text)
        return _("This formula has no result yet: open the file in Excel, save it and import it again.")


Cell = None | str | bool | Decimal | date | time | Cash | Percent | Broken
_MARKS = {"KHR": "{number} ៛", "USD": "${number}"}


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells, rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """Rows from 0 of cells from 0, rows as long as they are written; `merged` keep their value in the first cell."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[Span] = field(default=())

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def at(self, row: int, column: int) -> Cell:
        """The cell there, None beyond what is written."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else None


def blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: Cell) -> str:
    """The cell as text that reads back as the same value: 12500000, $500, 80%, 2022-06-23."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return plain(cell)
    if isinstance(cell, Cash):
        return _MARKS[cell.currency].format(number=plain(cell.amount))
    if isinstance(cell, Percent):
        return f"{plain(cell.value)}%"
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    return cell.text or "=…" if isinstance(cell, Broken) else cell.isoformat()


def plain(number: Decimal) -> str:
    """Digits and a point, without an empty fraction or an exponent."""
    if not number:
        return "0"
    return format(number.normalize(), "f")
