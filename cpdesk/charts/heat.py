"""A table whose ground tells at a glance where a number is large, and whose numbers tell it exactly."""

from __future__ import annotations

from decimal import Decimal

from cpdesk.charts.model import HIDDEN, Heat, HeatRow
from cpdesk.charts.shapes import Box, Drawing, Label, Measure, Role, Shape, Stroke, leading
from cpdesk.charts.text import shown, wrapped

_LINE = leading("small")
_PAD = 8.0
DARKEST = 0.5  # of the tone: beyond it ink can no longer be read on it, in either scheme
LIGHTEST = 0.05


def draw(chart: Heat, width: float, measure: Measure) -> Drawing:
    """Heads over columns of one width, names at the left."""
    longest = max((measure(row.label, "small") for row in chart.rows), default=0.0)
    names = min(longest + _PAD, width * 0.34)
    wide = (width - names) / max(len(chart.columns), 1)
    shapes: list[Shape] = []
    y = head = _heads(shapes, chart, names, wide, measure)
    warm, cuts = heats(chart), []
    for number, row in enumerate(chart.rows):
        if number and not row.strong:  # sums stay with the last of what they are the sums of
            cuts.append(y - 0.1)
        y = _row(shapes, row, number, warm[number], (names, wide, y), measure)
    shapes.append(Stroke(((0, y), (width, y)), "line"))
    if chart.note:
        y += 4
        for text in wrapped(chart.note, "small", width, measure, 3):
            shapes.append(Label(0, y + _LINE / 2, text, "small", tone="muted"))
            y += _LINE
    return Drawing(width, y, tuple(shapes), tuple(cuts), head - 0.1)


def _heads(shapes: list[Shape], chart: Heat, names: float, wide: float, measure: Measure) -> float:
    """The heads, all as high as the highest; where the rows begin."""
    texts = [wrapped(column, "small", wide - 6, measure, 4) for column in chart.columns]
    lines = max((len(one) for one in texts), default=1)
    for at, one in enumerate(texts):
        for n, text in enumerate(one):
            y = (lines - len(one) + n + 0.5) * _LINE
            shapes.append(Label(names + (at + 0.5) * wide, y, text, "small", "centre", "muted"))
    if chart.corner:
        corner = wrapped(chart.corner, "small", names - 4, measure, 1)[0]
        shapes.append(Label(0, (lines - 0.5) * _LINE, corner, "small", tone="muted"))
    return lines * _LINE + 4


def heats(chart: Heat) -> list[list[float]]:
    """How dark each cell is, 0 to 1: its part of the largest of its column, or of the table."""
    count = len(chart.columns)
    largest = [Decimal(0)] * count
    for row in chart.rows:
        if not row.strong:
            for at, value in enumerate(row.values[:count]):
                largest[at] = max(largest[at], Decimal(value or 0))
    if chart.together:
        largest = [max(largest, default=Decimal(0))] * count
    return [
        [
            float(Decimal(value) / largest[at]) if value is not None and value > 0 and largest[at] else 0.0
            for at, value in enumerate(row.values[:count])
        ]
        for row in chart.rows
    ]


def _row(
    shapes: list[Shape],
    row: HeatRow,
    number: int,
    heats: list[float],
    place: tuple[float, float, float],
    measure: Measure,
) -> float:
    """One row at `place` (width of names, of a column, top); where it ends."""
    names, wide, y = place
    role: Role = "value" if row.strong else "small"
    texts = wrapped(row.label, "small", names - _PAD, measure)
    height = len(texts) * _LINE + 6
    shapes.append(Stroke(((0, y), (names + wide * len(heats), y)), "line"))
    for n, text in enumerate(texts):
        shapes.append(Label(0, y + 3 + (n + 0.5) * _LINE, text, "small"))
    for at, value in enumerate(row.values[: len(heats)]):
        x, own = names + at * wide, row.text(at)
        if own == HIDDEN:
            shapes.append(Box(x, y, wide, height, "track", "rising", item=number))
        elif value is not None and not row.strong:
            mix = LIGHTEST + (DARKEST - LIGHTEST) * heats[at]
            shapes.append(Box(x, y, wide, height, "accent", mix=mix, edge="card", item=number))
        tone = "muted" if value is None else "ink"
        shapes.append(Label(x + wide - _PAD, y + height / 2, shown(value, text=own), role, "right", tone))
    return y + height
