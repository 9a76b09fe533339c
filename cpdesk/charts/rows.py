"""Level bars: per cent by objective, communes in their rank."""

from __future__ import annotations

from decimal import Decimal

from cpdesk.charts.model import Bar, Rows
from cpdesk.charts.shapes import TONE_PATTERNS, Box, Drawing, Label, Measure, Role, Shape, Stroke, leading
from cpdesk.charts.text import shown, wrapped
from cpdesk.i18n import _

_BAR, _GAP, _PAD, _BADGE = 9.0, 10.0, 12.0, 22.0
_LINE = leading("label")


def draw(chart: Rows, width: float, measure: Measure, hatched: bool) -> Drawing:
    """Bar under bar, as high as they need."""
    return (_Beside if chart.beside else _Above)(chart, width, measure, hatched).draw()


class _Bars:
    """What both ways of drawing share: the scale, the bars, the small print."""

    def __init__(self, chart: Rows, width: float, measure: Measure, hatched: bool) -> None:
        self.chart, self.width, self.measure, self.hatched = chart, width, measure, hatched
        self.shapes: list[Shape] = []
        largest = max((Decimal(item.value) for item in chart.items if item.value is not None), default=Decimal(0))
        top = Decimal(chart.maximum) if chart.maximum is not None else largest
        self.mark = top if chart.maximum is not None and largest > top > 0 else None
        self.scale = largest if self.mark else (top if top > 0 else Decimal(1))

    def draw(self) -> Drawing:
        y, cuts = 0.0, []
        for number, item in enumerate(self.chart.items):
            if number:
                cuts.append(y + _GAP / 2)
                y += _GAP
            y = self.item(item, number, y)
        return Drawing(self.width, y, tuple(self.shapes), tuple(cuts))

    def item(self, item: Bar, number: int, y: float) -> float:
        raise NotImplementedError

    def said(self, item: Bar) -> tuple[str, Role]:
        """The number as it is written, and how large."""
        if item.text:
            return item.text, "value"
        return (_("no figure"), "small") if item.value is None else (shown(item.value, self.chart.unit), "value")

    def number(self, item: Bar, y: float) -> None:
        """The number at the right end, in the line around `y`."""
        said, role = self.said(item)
        tone = "muted" if item.value is None else "ink"
        self.shapes.append(Label(self.width, y, said, role, "right", tone))

    def note(self, item: Bar, x: float, y: float) -> float:
        if not item.note:
            return y
        for text in wrapped(item.note, "small", self.width - x, self.measure):
            self.shapes.append(Label(x, y + 2 + leading("small") / 2, text, "small", tone="muted"))
            y += leading("small")
        return y + 2

    def bar(self, item: Bar, number: int, x: float, y: float, length: float) -> None:
        """The track with its filled part: an empty outline where there is no figure, a thin edge where it is 0."""
        if item.value is None:
            self.shapes.append(Box(x, y, length, _BAR, "card", edge="muted", dashed=True, item=number))
            return
        part = min(max(float(Decimal(item.value) / self.scale), 0.0), 1.0) * length
        pattern = TONE_PATTERNS.get(item.tone, "solid") if self.hatched else "solid"
        radius, edge = (0.0, "muted") if self.hatched else (_BAR / 2, "")
        self.shapes.append(Box(x, y, length, _BAR, "track", radius=radius, edge=edge, item=number))
        if part > 0:
            wide = max(part, 2.0 if self.hatched else min(_BAR, length))
            own_edge = item.tone if self.hatched else ""
            self.shapes.append(Box(x, y, wide, _BAR, item.tone, pattern, radius=radius, edge=own_edge))
        else:
            self.shapes.append(Box(x, y - 1, 2, _BAR + 2, item.tone))
        if self.mark is not None:
            at = x + float(self.mark / self.scale) * length
            self.shapes.append(Stroke(((at, y - 2), (at, y + _BAR + 2)), "ink"))


class _Above(_Bars):
    """The label over its bar, the number at the right end of the label's first line."""

    def item(self, item: Bar, number: int, y: float) -> float:
        texts = wrapped(item.label, "label", self.width - self.measure(*self.said(item)) - _PAD, self.measure)
        for n, text in enumerate(texts):
            self.shapes.append(Label(0, y + (n + 0.5) * _LINE, text))
        self.number(item, y + _LINE / 2)
        y += len(texts) * _LINE + 1
        self.bar(item, number, 0, y, self.width)
        return self.note(item, 0, y + _BAR)


class _Beside(_Bars):
    """Ranks and names in columns at the left, numbers at the right, bars between."""

    def __init__(self, chart: Rows, width: float, measure: Measure, hatched: bool) -> None:
        super().__init__(chart, width, measure, hatched)
        self.badge = _BADGE + 10 if any(item.lead for item in chart.items) else 0.0
        numbers = max((measure(*self.said(item)) for item in chart.items), default=0.0)
        longest = max((measure(item.label, "label") for item in chart.items), default=0.0)
        room = width - self.badge - numbers - 2 * _PAD
        self.names = min(longest, max(room * 0.5, room - 240))
        self.x = self.badge + self.names + _PAD
        self.length = max(width - numbers - _PAD - self.x, 20.0)

    def item(self, item: Bar, number: int, y: float) -> float:
        texts = wrapped(item.label, "label", self.names + 0.5, self.measure)
        height = len(texts) * _LINE
        middle = y + height / 2
        if item.lead:
            self.shapes.append(Box(0, middle - _BADGE / 2, _BADGE, _BADGE, item.tone, mix=0.16, radius=5))
            self.shapes.append(Label(_BADGE / 2, middle, item.lead, "small", "centre"))
        for n, text in enumerate(texts):
            self.shapes.append(Label(self.badge, y + (n + 0.5) * _LINE, text))
        self.bar(item, number, self.x, middle - _BAR / 2, self.length)
        self.number(item, middle)
        return self.note(item, self.badge, y + height)
