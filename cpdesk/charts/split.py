"""How a whole falls into parts: tiles with large numbers, and under each its share as a bar."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from cpdesk.charts.model import Part, Split
from cpdesk.charts.shapes import TONE_PATTERNS, Box, Drawing, Label, Measure, Shape, leading
from cpdesk.charts.text import shown, wrapped
from cpdesk.i18n import _

_TILE, _GAP, _PAD, _SHARE = 78.0, 8.0, 12.0, 5.0
_NARROW = 96.0  # a tile that is narrower has no room for its number


def draw(chart: Split, width: float, measure: Measure, hatched: bool) -> Drawing:
    """Tiles side by side, in as many rows as the width asks for."""
    count = max(len(chart.parts), 1)
    across = count
    while across > 1 and ((width - (across - 1) * _GAP) / across < _NARROW or count % across):
        across -= 1
    wide = (width - (across - 1) * _GAP) / across
    known = [Decimal(part.value) for part in chart.parts if part.value is not None]
    shapes: list[Shape] = []
    for number, part in enumerate(chart.parts):
        x = (number % across) * (wide + _GAP)
        y = (number // across) * (_TILE + _GAP)
        _tile(shapes, part, number, x, y, wide, sum(known, Decimal(0)), measure, hatched)
    rows = -(-len(chart.parts) // across)
    y = rows * (_TILE + _GAP) - _GAP if rows else 0.0
    if chart.note:
        y += 4
        for text in wrapped(chart.note, "small", width, measure, 3):
            shapes.append(Label(0, y + leading("small") / 2, text, "small", tone="muted"))
            y += leading("small")
    return Drawing(width, y, tuple(shapes))


def _tile(
    shapes: list[Shape],
    part: Part,
    number: int,
    x: float,
    y: float,
    wide: float,
    total: Decimal,
    measure: Measure,
    hatched: bool,
) -> None:
    tone = part.tone or "accent"
    shapes.append(Box(x, y, wide, _TILE, "sunken", radius=8, edge="line", item=number))
    left, room = x + _PAD, wide - 2 * _PAD
    if part.value is None:
        shapes.append(Label(left, y + 22, _("no figure"), "small", tone="muted"))
    else:
        said = shown(part.value)
        fits = measure(said, "figure") <= room
        shapes.append(Label(left, y + 22, said, "figure" if fits else "value"))
    label = wrapped(part.label, "small", room, measure, 1)[0]
    shapes.append(Label(left, y + 50, label, "small", tone="muted"))
    if part.value is None or total <= 0:
        return
    share = Decimal(part.value) / total
    said = shown((share * 100).quantize(Decimal(1), ROUND_HALF_UP), "%")
    if measure(label, "small") + measure(said, "small") + 8 <= room:
        shapes.append(Label(x + wide - _PAD, y + 50, said, "small", "right", "muted"))
    at = y + _TILE - _SHARE - 8
    pattern = TONE_PATTERNS.get(tone, "solid") if hatched else "solid"
    shapes.append(Box(left, at, room, _SHARE, "track", radius=0 if hatched else _SHARE / 2))
    if share > 0:
        wide_part = max(room * float(share), 2.0)
        radius = 0 if hatched else min(_SHARE, wide_part) / 2
        shapes.append(Box(left, at, wide_part, _SHARE, tone, pattern, radius=radius))
