"""The strokes that a chart is made of, and the geometry of hatches.

Lengths are in chart units: on a screen at text scale 1 a unit is a pixel. `x` grows to the right, `y` downwards from
the upper left corner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

Point = tuple[float, float]
Role = Literal["label", "small", "value", "figure", "tick"]
Pattern = Literal["solid", "rising", "falling", "level", "dots", "empty"]
Anchor = Literal["left", "centre", "right"]
Form = Literal["circle", "square", "diamond", "triangle"]
Dash = Literal["", "dash", "dot"]
Measure = Callable[[str, Role], float]

# Size of type in chart units, and whether it is bold.
TYPE: dict[Role, tuple[float, bool]] = {
    "label": (13, False),
    "small": (12, False),
    "value": (13, True),
    "figure": (22, True),
    "tick": (11, False),
}
LEADING = 1.75  # of the size of type: what Khmer needs so that nothing touches the next line
# What a tone may be; whoever paints has a colour for each.
TONES = (
    "ink",
    "muted",
    "line",
    "card",
    "sunken",
    "track",
    "accent",
    "soft",
    "good",
    "fair",
    "warning",
    "bad",
    "neutral",
    "none",
)
# Side by side, a pale column before a full one; lines have no pale one, which would be lost on white.
COLUMN_TONES = ("soft", "accent", "warning", "good", "bad", "muted")
LINE_TONES = ("accent", "warning", "good", "bad", "muted", "fair")
SERIES_PATTERNS: tuple[Pattern, ...] = ("solid", "solid", "rising", "dots", "falling", "level")
SERIES_FORMS: tuple[Form, ...] = ("circle", "square", "diamond", "triangle", "circle", "square")
SERIES_DASHES: tuple[Dash, ...] = ("", "dash", "dot", "", "dash", "dot")
# How tones are told apart where there is no colour.
TONE_PATTERNS: dict[str, Pattern] = {"fair": "rising", "soft": "rising", "warning": "dots", "bad": "falling"}
_STEP = 4.0


def leading(role: Role) -> float:
    """From one line of type to the next."""
    return TYPE[role][0] * LEADING


@dataclass(frozen=True)
class Box:
    """A rectangle. `mix` is how much of the tone there is, the rest is the ground; `edge` the tone of its outline, none
    where blank. `item` is the number of the thing that it stands for, -1 for none.
    """

    x: float
    y: float
    width: float
    height: float
    tone: str
    pattern: Pattern = "solid"
    mix: float = 1.0
    radius: float = 0.0
    edge: str = ""
    dashed: bool = False
    item: int = -1


@dataclass(frozen=True)
class Stroke:
    """A line through points."""

    points: tuple[Point, ...]
    tone: str
    weight: float = 1.0
    dash: Dash = ""


@dataclass(frozen=True)
class Mark:
    """A point of a line; `size` across."""

    x: float
    y: float
    form: Form
    tone: str
    size: float = 8.0


@dataclass(frozen=True)
class Label:
    """One line of text; `y` is the middle of its line, `x` its left end, middle or right end."""

    x: float
    y: float
    text: str
    role: Role = "label"
    anchor: Anchor = "left"
    tone: str = "ink"


Shape = Box | Stroke | Mark | Label


@dataclass(frozen=True)
class Drawing:
    """Everything to paint, back to front, in a field of `width` × `height`. `cuts` are the heights at which a page may
    end; what stands above `head` is said again on the next one.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    cuts: tuple[float, ...] = ()
    head: float = 0.0


def moved(shape: Shape, down: float) -> Shape:
    """The shape so much lower."""
    if isinstance(shape, Stroke):
        return replace(shape, points=tuple((x, y + down) for x, y in shape.points))
    return replace(shape, y=shape.y + down)


def cut(drawing: Drawing, at: float) -> tuple[Drawing, Drawing]:
    """The drawing above the height `at`, one of its `cuts`, and the rest with the head over it."""
    up = at - drawing.head
    above = tuple(shape for shape in drawing.shapes if middle(shape) < at)
    below = tuple(moved(shape, -up) for shape in drawing.shapes if middle(shape) >= at)
    head = tuple(shape for shape in above if middle(shape) < drawing.head)
    later = tuple(one - up for one in drawing.cuts if one > at)
    return (
        Drawing(drawing.width, at, above, tuple(one for one in drawing.cuts if one < at), drawing.head),
        Drawing(drawing.width, drawing.height - up, head + below, later, drawing.head),
    )


def middle(shape: Shape) -> float:
    """The height of the middle of a shape."""
    if isinstance(shape, Stroke):
        return sum(y for _x, y in shape.points) / len(shape.points)
    return shape.y + shape.height / 2 if isinstance(shape, Box) else shape.y


def hatch(box: Box) -> Iterator[tuple[Point, Point]]:
    """The lines that fill a hatched box, cut at its edges; dots are very short lines."""
    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    if box.pattern == "level":
        for n in range(1, ceil(box.height / _STEP)):
            yield (left, top + n * _STEP), (right, top + n * _STEP)
    elif box.pattern == "dots":
        for row in range(int(box.height / _STEP) + 1):
            y = top + _STEP / 2 + row * _STEP
            x = left + _STEP / 2 + (row % 2) * _STEP / 2
            while x < right - 0.5 and y < bottom - 0.5:
                yield (x - 0.4, y), (x + 0.4, y)
                x += _STEP
    elif box.pattern in ("rising", "falling"):
        for n in range(1, ceil((box.width + box.height) / _STEP)):
            at = n * _STEP  # where the slope would meet the lower edge, from the left
            start = (left + max(0.0, at - box.height), bottom - min(at, box.height))
            end = (left + min(at, box.width), bottom - max(0.0, at - box.width))
            if box.pattern == "rising":  # mirrored from top to bottom
                start = (start[0], top + bottom - start[1])
                end = (end[0], top + bottom - end[1])
            yield start, end


def corners(mark: Mark) -> tuple[Point, ...]:
    """The corners of a mark that is no circle."""
    half = mark.size / 2
    if mark.form == "square":
        half *= 0.88
        return tuple((mark.x + a * half, mark.y + b * half) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1)))
    if mark.form == "diamond":
        half *= 1.15
        return tuple((mark.x + a * half, mark.y + b * half) for a, b in ((0, -1), (1, 0), (0, 1), (-1, 0)))
    return tuple((mark.x + a * half, mark.y + b * half) for a, b in ((0, -1.1), (1.05, 0.8), (-1.05, 0.8)))
