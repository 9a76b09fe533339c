"""Upright bars in groups: planned against spent, quarter by quarter."""

from __future__ import annotations

from cpdesk.charts import plot
from cpdesk.charts.model import Columns
from cpdesk.charts.shapes import SERIES_PATTERNS, Box, Drawing, Label, Measure, Shape, Stroke, leading, moved

_HEIGHT, _LEAST, _BETWEEN, _WIDEST = 130.0, 70.0, 4.0, 34.0
_NUMBER = leading("tick")


def draw(chart: Columns, width: float, measure: Measure, height: float | None) -> Drawing:
    """The plot with its numbers on the bars, or in a table under it where they would touch."""
    slot = width / max(len(chart.groups), 1)
    across = slot * 0.9 / max(len(chart.series), 1)
    wide = max(measure(text, "tick") for row in [*plot.numbers(chart), ["0"]] for text in row)
    on_bars = wide + 3 <= across
    left = 0.0 if on_bars else plot.names_width(chart.series, width, measure)
    tabled = not on_bars and plot.table_fits(chart, left, width, measure)
    if not tabled:
        left = 0.0
    under: list[Shape] = []
    end = plot.group_names(under, chart.groups, left, 2, width - left, measure) + 4
    if on_bars:
        end = plot.legend(under, chart.series, end, width, measure)
    elif tabled:
        end = plot.table(under, chart, left, end, width, measure, line=False)
    else:
        end = plot.listing(under, chart, end, width, measure, line=False)
    shapes: list[Shape] = []
    top = plot.unit(shapes, chart.unit, width)
    tall = max(_LEAST, (height - top - end) if height else _HEIGHT + _NUMBER)
    _bars(shapes, chart, left, top, width, tall, wide if on_bars else 0.0)
    base = top + tall
    return Drawing(width, base + end, (*shapes, *(moved(shape, base) for shape in under)))


def _bars(
    shapes: list[Shape], chart: Columns, left: float, top: float, width: float, tall: float, number: float
) -> None:
    """The bars between `top` and `top` + `tall`; `number` is the width that a number over a bar takes, 0 for none."""
    low, high = plot.extent(chart.series)
    head = _NUMBER if number else 4.0
    foot = head if low < 0 else 0.0
    scale = (tall - head - foot) / (high - low)
    zero = top + head + high * scale
    slot = (width - left) / max(len(chart.groups), 1)
    count = max(len(chart.series), 1)
    # Room between groups tells them apart: it is given up only as far as the numbers ask for it.
    step = max(min(_WIDEST + _BETWEEN, slot * 0.72 / count), number + 3 if number else 0.0)
    bar = min(step * 0.86 if step > 12 else step * 0.95, _WIDEST)
    texts = plot.numbers(chart)
    for at in range(len(chart.groups)):
        start = left + (at + 0.5) * slot - step * count / 2
        for n, series in enumerate(chart.series):
            value = series.values[at] if at < len(series.values) else None
            middle = start + (n + 0.5) * step
            end = zero if value is None else zero - float(value) * scale
            if value:
                pattern = SERIES_PATTERNS[n % len(SERIES_PATTERNS)]
                tone = plot.tone(series, n)
                upper, size = min(zero, end), max(abs(end - zero), 1.0)
                shapes.append(Box(middle - bar / 2, upper, bar, size, tone, pattern, edge="muted", item=at))
            if number:
                y = end + _NUMBER / 2 if value is not None and value < 0 else end - _NUMBER / 2
                role_tone = "muted" if value is None else "ink"
                shapes.append(Label(middle, y, texts[n][at], "tick", "centre", role_tone))
            elif value is None:
                shapes.append(Label(middle, zero - _NUMBER / 2, "—", "tick", "centre", "muted"))
    shapes.append(Stroke(((left, zero), (width, zero)), "muted"))
