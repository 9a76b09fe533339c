"""What columns and lines share: the scale, the legend, and the numbers in a table under the plot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cpdesk.charts.model import Columns, Lines, Series
from cpdesk.charts.shapes import (
    COLUMN_TONES,
    LINE_TONES,
    SERIES_DASHES,
    SERIES_FORMS,
    SERIES_PATTERNS,
    Box,
    Label,
    Mark,
    Measure,
    Shape,
    Stroke,
    leading,
)
from cpdesk.charts.text import shown, wrapped
from cpdesk.khmer import breaks

_SWATCH, _GAP = 10.0, 6.0
_NAMES = 0.2  # of the width: longer names stand in a legend
LINE = leading("small")


def tone(series: Series, number: int, line: bool = False) -> str:
    """The series' own tone, or the one of its place."""
    usual = LINE_TONES if line else COLUMN_TONES
    return series.tone or usual[number % len(usual)]


def named(series: Series) -> str:
    """The name of a series with its note."""
    return f"{series.label} {series.note}".strip()


def extent(series: Iterable[Series]) -> tuple[float, float]:
    """The lowest and the highest value, with 0 between them; never of no height."""
    known = [float(value) for one in series for value in one.values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    return (low, high) if high > low else (0.0, 1.0)


def steps(low: float, high: float, most: int = 4) -> list[Decimal]:
    """Round numbers from at or below `low` to at or above `high`, `most` intervals or fewer."""
    rough = (high - low) / most
    power = Decimal(1)
    while rough >= float(power) * 10:
        power *= 10
    while rough < float(power):
        power /= 10
    step = next(power * n for n in (1, 2, Decimal("2.5"), 5, 10) if float(power * n) >= rough * 0.999)
    at = (Decimal(low) // step) * step
    if at > Decimal(low):
        at -= step
    found = [at]
    while float(found[-1]) < high:
        found.append(found[-1] + step)
    return [one.quantize(Decimal(1)) if one == one.to_integral_value() else one for one in found]


def swatch(shapes: list[Shape], x: float, y: float, series: Series, number: int, line: bool) -> None:
    """The sign of a series, its middle at the height `y`."""
    own = tone(series, number, line)
    if line:
        dash = SERIES_DASHES[number % len(SERIES_DASHES)]
        shapes.append(Stroke(((x - 4, y), (x + _SWATCH + 4, y)), own, 2, dash))
        shapes.append(Mark(x + _SWATCH / 2, y, SERIES_FORMS[number % len(SERIES_FORMS)], own, 7))
    else:
        pattern = SERIES_PATTERNS[number % len(SERIES_PATTERNS)]
        shapes.append(Box(x, y - _SWATCH / 2, _SWATCH, _SWATCH, own, pattern, edge="muted"))


def legend(
    shapes: list[Shape], series: Sequence[Series], y: float, width: float, measure: Measure, line: bool = False
) -> float:
    """Sign and name of each series, side by side and on in the next line; where it ends."""
    x, lead = 4.0 if line else 0.0, 4.0 if line else 0.0
    for number, one in enumerate(series):
        text = wrapped(named(one), "small", width - _SWATCH - _GAP - lead, measure, 1)[0]
        wide = _SWATCH + _GAP + lead + measure(text, "small")
        if x > lead and x + wide > width:
            x, y = lead, y + LINE
        swatch(shapes, x, y + LINE / 2, one, number, line)
        shapes.append(Label(x + _SWATCH + _GAP + lead, y + LINE / 2, text, "small", tone="muted"))
        x += wide + 18
    return y + LINE if series else y


def unit(shapes: list[Shape], name: str, width: float) -> float:
    """The unit of all the numbers, at the upper right; how much room it took."""
    if not name or name == "%":
        return 0.0
    shapes.append(Label(width, LINE / 2, name, "small", "right", "muted"))
    return LINE


def numbers(chart: Columns | Lines) -> list[list[str]]:
    """The numbers of each series as they are written."""
    return [[shown(value, chart.unit, one.text(at)) for at, value in enumerate(one.values)] for one in chart.series]


def names_width(series: Sequence[Series], width: float, measure: Measure, line: bool = False) -> float:
    """The room before a table of numbers: for names and signs, or for signs alone where names would take the plot's."""
    sign = _SWATCH + _GAP + (16 if line else 4)
    longest = max((measure(named(one), "small") for one in series), default=0.0)
    return sign + longest + 10 if longest <= width * _NAMES else sign


def table_fits(chart: Columns | Lines, left: float, width: float, measure: Measure) -> bool:
    """Whether the numbers fit under their groups, from `left` on."""
    room = (width - left) / max(len(chart.groups), 1) - 6
    return all(measure(text, "small") <= room for row in numbers(chart) for text in row)


def table(
    shapes: list[Shape], chart: Columns | Lines, left: float, y: float, width: float, measure: Measure, line: bool
) -> float:
    """The numbers of each series under the groups, with their signs at the left, and their names too where `left` has
    the room; else a legend follows. Where it ends.
    """
    room = (width - left) / max(len(chart.groups), 1)
    named_here = left > _SWATCH + _GAP + 24
    for number, (one, row) in enumerate(zip(chart.series, numbers(chart), strict=True)):
        shapes.append(Stroke(((0, y), (width, y)), "line"))
        texts = wrapped(named(one), "small", left - _SWATCH - _GAP, measure) if named_here else []
        height = max(len(texts) * LINE, LINE) + 2
        swatch(shapes, 4 if line else 0, y + height / 2, one, number, line)
        for n, text in enumerate(texts):
            at = y + height / 2 + (n - (len(texts) - 1) / 2) * LINE
            shapes.append(Label(_SWATCH + _GAP + (8 if line else 0), at, text, "small", tone="muted"))
        for at, text in enumerate(row):
            shapes.append(Label(left + (at + 0.5) * room, y + height / 2, text, "small", "centre"))
        y += height
    return y if named_here else legend(shapes, chart.series, y + 2, width, measure, line)


def listing(shapes: list[Shape], chart: Columns | Lines, y: float, width: float, measure: Measure, line: bool) -> float:
    """The numbers turned round, a line for each group, where there are too many groups to stand side by side."""
    rows = numbers(chart)
    wide = max((measure(text, "small") for row in rows for text in row), default=0.0) + 16
    names = max(width - wide * len(rows), 0.0)
    if names < width * 0.2:
        return _long_listing(shapes, chart, y, width, measure, line)
    y = legend(shapes, chart.series, y, width, measure, line) + 2
    for at, group in enumerate(chart.groups):
        shapes.append(Stroke(((0, y), (width, y)), "line"))
        shapes.append(Label(0, y + LINE / 2, wrapped(group, "small", names - 8, measure, 1)[0], "small", tone="muted"))
        for number, row in enumerate(rows):
            shapes.append(Label(names + (number + 1) * wide, y + LINE / 2, row[at], "small", "right"))
        y += LINE
    return y


def _long_listing(
    shapes: list[Shape], chart: Columns | Lines, y: float, width: float, measure: Measure, line: bool
) -> float:
    """Each number in a line of its own: long numbers of many series."""
    rows = numbers(chart)
    for at, group in enumerate(chart.groups):
        shapes.append(Stroke(((0, y), (width, y)), "line"))
        shapes.append(Label(0, y + LINE / 2, wrapped(group, "small", width, measure, 1)[0], "small"))
        y += LINE
        for number, one in enumerate(chart.series):
            left = _SWATCH + _GAP + (8 if line else 0)
            room = width - left - measure(rows[number][at], "small") - 12
            swatch(shapes, 4 if line else 0, y + LINE / 2, one, number, line)
            name = wrapped(one.label, "small", room, measure, 1)[0]
            shapes.append(Label(left, y + LINE / 2, name, "small", tone="muted"))
            shapes.append(Label(width, y + LINE / 2, rows[number][at], "small", "right"))
            y += LINE
    return y


def group_names(
    shapes: list[Shape], groups: Sequence[str], left: float, y: float, width: float, measure: Measure
) -> float:
    """The names of the groups under the plot; where many stand close, every second or third. Where they end."""
    room = width / max(len(groups), 1)
    every = 1
    widest = max((measure(piece.rstrip(), "small") for group in groups for piece in breaks.pieces(group)), default=0.0)
    while room * every - 9 < widest and every < len(groups):
        every += 1
    most = 0
    for at in range(0, len(groups), every):
        texts = wrapped(groups[at], "small", room * every - 5.5, measure)
        most = max(most, len(texts))
        for n, text in enumerate(texts):
            half = measure(text, "small") / 2
            x = max(left + half, min(left + (at + 0.5) * room, left + width - half))
            shapes.append(Label(x, y + (n + 0.5) * LINE, text, "small", "centre", "muted"))
    return y + most * LINE
