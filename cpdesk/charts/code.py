"""A QR code: black on white in either theme's ink, since a phone wants the contrast and not the colour."""

from __future__ import annotations

from itertools import groupby

from cpdesk.charts.model import Code
from cpdesk.charts.shapes import Box, Drawing, Label, Measure, Shape, leading
from cpdesk.charts.text import wrapped

LARGEST = 136.0  # units: three and a half centimetres on paper, which a phone reads from a hand's breadth
_QUIET = 4  # modules of white around it, as the standard (ISO/IEC 18004) asks for
_OVERLAP = 0.02  # of a module: rows touch, so that no viewer draws a hair between them


def draw(chart: Code, width: float, measure: Measure) -> Drawing:
    """The code in the middle, as large as there is room for up to `LARGEST`; its note under it."""
    rows = modules(chart.text)
    count = len(rows) + 2 * _QUIET
    size = min(width, LARGEST)
    one, left = size / count, (width - size) / 2
    shapes: list[Shape] = []
    for at, row in enumerate(rows):
        x = _QUIET
        for dark, several in groupby(row):
            wide = len(list(several))
            if dark:
                shapes.append(Box(left + x * one, (at + _QUIET) * one, wide * one, one * (1 + _OVERLAP), "ink"))
            x += wide
    y = size
    for text in wrapped(chart.note, "small", width, measure) if chart.note else ():
        shapes.append(Label(width / 2, y + leading("small") / 2, text, "small", "centre", "muted"))
        y += leading("small")
    return Drawing(width, y, tuple(shapes))


def modules(text: str) -> list[list[bool]]:
    """The squares of the code, row by row, without white around them; a seventh of it may be spoilt."""
    import segno

    return [[bool(square) for square in row] for row in segno.make_qr(text, error="m").matrix]
