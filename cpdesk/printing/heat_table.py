"""A heat table as a table of cells, for files that have tables: its numbers can be read, copied and reckoned with."""

from __future__ import annotations

from dataclasses import dataclass

from cpdesk.charts import HIDDEN, Heat, shown
from cpdesk.charts.heat import DARKEST, LIGHTEST, heats
from cpdesk.printing.document import Cell, Line, ListColumn, Listing

_ACCENT = (0.09, 0.35, 0.55)
_NAMES = 2.4  # widths of a column that the names take
SIZE = 8.5
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class HeatTable:
    """`fills` are the grounds of cells, by row and column from 0."""

    listing: Listing
    fills: dict[tuple[int, int], Colour]


def table(heat: Heat) -> HeatTable:
    """Names at the left, numbers on grounds that are the darker the larger they are."""
    columns = (ListColumn(heat.corner, _NAMES), *(ListColumn(column, 1.0, "right") for column in heat.columns))
    lines, fills = [], {}
    for at, (row, warm) in enumerate(zip(heat.rows, heats(heat), strict=True)):
        cells = [Cell(row.label, bold=row.strong)]
        for n in range(len(heat.columns)):
            value = row.values[n] if n < len(row.values) else None
            own = row.text(n)
            text = shown(value, text=own).strip()
            cells.append(Cell(text, bold=row.strong, marked=own == HIDDEN, value=None if own else value))
            if value is not None and not row.strong and own != HIDDEN:
                fills[at, n + 1] = _ground(warm[n])
        lines.append(Line(tuple(cells)))
    return HeatTable(Listing(columns, tuple(lines), SIZE, middle=True), fills)


def _ground(heat: float) -> Colour:
    mix = LIGHTEST + (DARKEST - LIGHTEST) * heat
    red, green, blue = (own * mix + 1 - mix for own in _ACCENT)
    return red, green, blue
