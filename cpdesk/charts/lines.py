"""Lines over years or quarters: what rises, what falls, where nobody counted."""

from __future__ import annotations

from cpdesk.charts import plot
from cpdesk.charts.model import Lines, Series, Value
from cpdesk.charts.shapes import (
    SERIES_DASHES,
    SERIES_FORMS,
    Drawing,
    Label,
    Mark,
    Measure,
    Point,
    Shape,
    Stroke,
    leading,
    moved,
)
from cpdesk.charts.text import shown

_HEIGHT, _LEAST = 150.0, 80.0
_NUMBER = leading("tick")


def draw(chart: Lines, width: float, measure: Measure, height: float | None) -> Drawing:
    """One line has its numbers at its points; several have theirs in a table under the plot."""
    low, high = plot.extent(chart.series)
    ticks = plot.steps(low, high)
    marks = [shown(tick, chart.unit) for tick in ticks]
    axis = max(measure(text, "tick") for text in marks) + 8
    slot = (width - axis) / max(len(chart.groups), 1)
    wide = max(measure(text, "tick") for row in [*plot.numbers(chart), ["0"]] for text in row)
    on_points = len(chart.series) == 1 and wide + 4 <= slot
    names = 0.0 if on_points else plot.names_width(chart.series, width, measure, line=True)
    tabled = not on_points and plot.table_fits(chart, max(axis, names), width, measure)
    left = max(axis, names) if tabled else axis
    under: list[Shape] = []
    end = plot.group_names(under, chart.groups, left, 2, width - left, measure) + 4
    if on_points:
        end = plot.legend(under, chart.series, end, width, measure, line=True)
    elif tabled:
        end = plot.table(under, chart, left, end, width, measure, line=True)
    else:
        end = plot.listing(under, chart, end, width, measure, line=True)
    shapes: list[Shape] = []
    top = plot.unit(shapes, chart.unit, width) + (_NUMBER if on_points else 6)
    tall = max(_LEAST, (height - top - end) if height else _HEIGHT)
    lowest, span = float(ticks[0]), float(ticks[-1] - ticks[0])
    for tick, text in zip(ticks, marks, strict=True):
        y = top + tall - (float(tick) - lowest) / span * tall
        shapes.append(Stroke(((left, y), (width, y)), "muted" if tick == 0 else "line"))
        shapes.append(Label(left - 6, y, text, "tick", "right", "muted"))
    slot = (width - left) / max(len(chart.groups), 1)
    for number, series in enumerate(chart.series):
        points = _points(series.values, left, slot, top + tall, tall / span, lowest)
        _line(shapes, series, number, points)
        if on_points:
            _say(shapes, chart, points)
    base = top + tall
    return Drawing(width, base + end, (*shapes, *(moved(shape, base) for shape in under)))


def _points(
    values: tuple[Value, ...], left: float, slot: float, base: float, scale: float, lowest: float
) -> list[Point | None]:
    """Where each value stands, None where there is none."""
    return [
        None if value is None else (left + (at + 0.5) * slot, base - (float(value) - lowest) * scale)
        for at, value in enumerate(values)
    ]


def _line(shapes: list[Shape], series: Series, number: int, points: list[Point | None]) -> None:
    """Solid between neighbours, broken over what is missing."""
    own, dash = plot.tone(series, number, line=True), SERIES_DASHES[number % len(SERIES_DASHES)]
    part: list[Point] = []
    for point in [*points, None]:
        if point is not None:
            part.append(point)
            continue
        if len(part) > 1:
            shapes.append(Stroke(tuple(part), own, 2, dash))
        part = []
    form = SERIES_FORMS[number % len(SERIES_FORMS)]
    shapes.extend(Mark(*point, form, own) for point in points if point is not None)


def _say(shapes: list[Shape], chart: Lines, points: list[Point | None]) -> None:
    """The numbers over the points of the only line."""
    texts = plot.numbers(chart)[0]
    for point, text in zip(points, texts, strict=True):
        if point is not None:
            shapes.append(Label(point[0], point[1] - _NUMBER / 2 - 4, text, "tick", "centre"))
