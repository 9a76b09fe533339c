"""A chart among the blocks of a page: the same strokes as on screen, set in our type, told apart without colour."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cpdesk.charts import Chart, describe, layout
from cpdesk.charts.shapes import TYPE, Box, Drawing, Label, Mark, Role, Shape, Stroke, corners, cut, hatch
from cpdesk.printing.typeset.canvas import Colour, Look, Sheet, number
from cpdesk.printing.typeset.flow import Block
from cpdesk.printing.typeset.typeface import house

UNIT = 0.73  # points: what is 13 units on screen is the size of a table's cells on paper
_CARD: Colour = (1.0, 1.0, 1.0)
# Chosen so that a grey copy keeps them apart from the paper and, with their hatches, from one another.
_COLOURS: dict[str, Colour] = {
    "ink": (0.0, 0.0, 0.0),
    "muted": (0.34, 0.37, 0.42),
    "line": (0.78, 0.80, 0.84),
    "card": _CARD,
    "sunken": (0.975, 0.98, 0.985),
    "track": (0.93, 0.94, 0.955),
    "accent": (0.09, 0.35, 0.55),
    "soft": (0.75, 0.83, 0.89),
    "good": (0.10, 0.44, 0.27),
    "fair": (0.25, 0.50, 0.70),
    "warning": (0.74, 0.40, 0.05),
    "bad": (0.71, 0.14, 0.09),
    "neutral": (0.34, 0.37, 0.42),
    "none": (0.80, 0.82, 0.85),
}
_CIRCLE = 0.5523  # of the radius: how far a curve's handles reach for a quarter of a circle
_DASHES = {"": "[] 0 d", "dash": "[4 2.5] 0 d", "dot": "[1 1.6] 0 d"}


class ChartBlock(Block):
    """A chart as wide as the page. Rows and heat tables are cut between their rows, others stand whole.

    `tall` is the height in points that columns and lines fill. A voice reads the chart in words.
    """

    marks_itself = True

    def __init__(self, chart: Chart, before: float = 4.0, after: float = 6.0, tall: float | None = None) -> None:
        self.before, self.after = before, after
        self._chart: Chart | None = chart
        self._tall = tall / UNIT if tall else None
        self._laid: tuple[float, Drawing] | None = None
        self._told = describe(chart)
        self._origin: object = self

    def drawing(self, width: float) -> Drawing:
        """The strokes at a width in points."""
        if self._laid is None or self._laid[0] != width:
            assert self._chart is not None  # a part that was cut off knows its drawing
            self._laid = (width, layout(self._chart, width / UNIT, _measure, self._tall, hatched=True))
        return self._laid[1]

    def height(self, width: float) -> float:
        return self.drawing(width).height * UNIT

    def split(self, width: float, room: float, forced: bool) -> tuple[Block, Block] | None:  # noqa: ARG002
        drawing = self.drawing(width)
        at = max((one for one in drawing.cuts if one * UNIT <= room), default=None)
        if at is None:
            return None
        upper, lower = cut(drawing, at)
        return self._part(width, upper, 0.0), self._part(width, lower, self.after)

    def _part(self, width: float, drawing: Drawing, after: float) -> ChartBlock:
        part = ChartBlock.__new__(ChartBlock)
        part.before, part.after = 0.0, after
        part._chart, part._tall, part._laid = None, None, (width, drawing)
        part._told, part._origin = self._told, self._origin
        return part

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        sides = (x, top - self.height(width), x + width, top)
        with sheet.marked(sheet.tags.figure(self._told, sides, self._origin)):
            sheet.raw("q 0 J 1 j")
            for shape in self.drawing(width).shapes:
                _paint(sheet, shape, x, top)
            sheet.raw("Q")


class SideBySide(Block):
    """Blocks beside one another, `gap` points between them; they stand whole."""

    marks_itself = True

    def __init__(self, blocks: tuple[Block, ...], gap: float = 18.0, before: float = 4.0, after: float = 6.0) -> None:
        self._blocks, self._gap = blocks, gap
        self.before, self.after = before, after

    def _room(self, width: float) -> float:
        return (width - self._gap * (len(self._blocks) - 1)) / len(self._blocks)

    def height(self, width: float) -> float:
        return max(block.height(self._room(width)) for block in self._blocks)

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        room = self._room(width)
        for place, block in enumerate(self._blocks):
            block.painted(sheet, x + place * (room + self._gap), top, room)


class Stack(Block):
    """Blocks one under another that stay together, as a heading and its chart in a column."""

    marks_itself = True

    def __init__(self, *blocks: Block) -> None:
        self._blocks = blocks

    def height(self, width: float) -> float:
        return sum(block.height(width) + block.after for block in self._blocks)

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        for block in self._blocks:
            block.painted(sheet, x, top, width)
            top -= block.height(width) + block.after


class Over(Block):
    """Two columns of blocks that share their place, each where the other leaves it free."""

    with_next = True
    marks_itself = True

    def __init__(self, *columns: Sequence[Block]) -> None:
        self._stacks = [Stack(*column) for column in columns]

    def height(self, width: float) -> float:
        return max(stack.height(width) for stack in self._stacks)

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        for stack in self._stacks:
            stack.paint(sheet, x, top, width)


@lru_cache(maxsize=16)
def _look(role: Role, tone: str = "ink") -> Look:
    size, bold = TYPE[role]
    return Look(house().bold if bold else house().body, size * UNIT, _COLOURS[tone])


def _measure(text: str, role: Role) -> float:
    return _look(role).width(text) / UNIT


def _mixed(tone: str, mix: float) -> Colour:
    red, green, blue = (own * mix + paper * (1 - mix) for own, paper in zip(_COLOURS[tone], _CARD, strict=True))
    return red, green, blue


def _paint(sheet: Sheet, shape: Shape, x: float, top: float) -> None:
    if isinstance(shape, Box):
        _paint_box(sheet, shape, x, top)
    elif isinstance(shape, Stroke):
        points = [_at(point, x, top) for point in shape.points]
        path = " ".join(f"{point} {'l' if n else 'm'}" for n, point in enumerate(points))
        weight = number(shape.weight * UNIT * 0.8)
        sheet.raw(f"{_pen(_COLOURS[shape.tone])} {weight} w {_DASHES[shape.dash]} {path} S [] 0 d")
    elif isinstance(shape, Mark):
        fill = "{} {} {} rg".format(*map(number, _COLOURS[shape.tone]))
        sheet.raw(f"{fill} {_mark(shape, x, top)} f")
    else:
        _paint_label(sheet, shape, x, top)


def _at(point: tuple[float, float], x: float, top: float) -> str:
    return f"{number(x + point[0] * UNIT)} {number(top - point[1] * UNIT)}"


def _pen(colour: Colour) -> str:
    return "{} {} {} RG".format(*map(number, colour))


def _mark(mark: Mark, x: float, top: float) -> str:
    if mark.form != "circle":
        return " ".join(f"{_at(p, x, top)} {'l' if n else 'm'}" for n, p in enumerate(corners(mark))) + " h"
    half = mark.size / 2
    round_box = Box(mark.x - half, mark.y - half, mark.size, mark.size, mark.tone, radius=half)
    return _outline(round_box, x, top)


def _outline(box: Box, x: float, top: float) -> str:
    """The path of a box, its corners round where it says so."""
    left, high = x + box.x * UNIT, top - box.y * UNIT
    wide, tall = box.width * UNIT, box.height * UNIT
    radius = min(box.radius * UNIT, wide / 2, tall / 2)
    low, right = high - tall, left + wide
    if radius <= 0:
        return f"{number(left)} {number(low)} {number(wide)} {number(tall)} re"
    far = radius * (1 - _CIRCLE)

    def line(a: float, b: float) -> str:
        return f"{number(a)} {number(b)} l"

    def turn(*handles: float) -> str:
        return " ".join(map(number, handles)) + " c"

    return " ".join(
        (
            f"{number(left + radius)} {number(low)} m",
            line(right - radius, low),
            turn(right - far, low, right, low + far, right, low + radius),
            line(right, high - radius),
            turn(right, high - far, right - far, high, right - radius, high),
            line(left + radius, high),
            turn(left + far, high, left, high - far, left, high - radius),
            line(left, low + radius),
            turn(left, low + far, left + far, low, left + radius, low),
            "h",
        )
    )


def _paint_box(sheet: Sheet, box: Box, x: float, top: float) -> None:
    outline = _outline(box, x, top)
    ground = _CARD if box.pattern != "solid" else _mixed(box.tone, box.mix)
    sheet.raw("{} {} {} rg {} f".format(*map(number, ground), outline))
    if box.pattern != "solid":
        lines = " ".join(f"{_at(start, x, top)} m {_at(end, x, top)} l" for start, end in hatch(box))
        if lines:
            sheet.raw(f"{_pen(_COLOURS[box.tone])} 0.7 w [] 0 d {lines} S")
    if box.edge:
        dash = "[2 2] 0 d" if box.dashed else "[] 0 d"
        sheet.raw(f"{_pen(_COLOURS[box.edge])} 0.5 w {dash} {outline} S [] 0 d")


def _paint_label(sheet: Sheet, label: Label, x: float, top: float) -> None:
    look = _look(label.role, label.tone)
    face = look.typeface.face
    baseline = top - label.y * UNIT - (face.ascent + face.descent) / 2 * look.size
    sheet.show(x + label.x * UNIT, baseline, label.text, look, label.anchor)
