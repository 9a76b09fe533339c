"""A chart in the window: what `cpdesk.charts` worked out, painted in the theme's colours.

    view = ChartView(name="by_objective")
    view.show_chart(Rows(...))

It is as wide as its place and as high as the chart needs at that width. Its words are those that a screen reader reads
too; the pointer over a bar tells the bar's whole label.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cpdesk.charts import Chart, describe, layout
from cpdesk.charts.shapes import TYPE, Box, Drawing, Label, Mark, Role, Shape, Stroke, corners, hatch
from cpdesk.khmer.breaks import with_zwsp
from ui import theme

_TOKENS = {"track": "chart_none", "good": "chart_good", "fair": "chart_fair", "warning": "chart_warning"}
_TOKENS |= {"bad": "chart_bad", "none": "chart_none", "neutral": "muted"}
_SOFT = 0.34  # of the accent: a pale column beside a full one
_DASHES = {"dash": [4.0, 3.0], "dot": [1.0, 2.0]}
_NARROWEST = 160


class ChartView(QWidget):
    """Shows one chart; `height` (in pixels at text scale 1) is what columns and lines fill where it is given. `zoom`
    makes all of it larger than the text around, for a room that reads from afar.
    """

    spoken_as = QAccessible.Role.Chart

    def __init__(
        self, *, name: str = "chart", height: float | None = None, zoom: float = 1.0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._zoom = zoom
        self.setObjectName(name)
        self._chart: Chart | None = None
        self._height = height
        self._laid: tuple[float, float, Drawing] | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chart(self, chart: Chart, title: str = "") -> None:
        """Show `chart`; `title` names it to a screen reader where no heading stands beside it."""
        self._chart = chart
        self._laid = None
        if title:
            self.setAccessibleName(title)
        self.setAccessibleDescription(describe(chart))
        self.updateGeometry()
        self.update()

    def chart(self) -> Chart | None:
        """What is shown."""
        return self._chart

    def drawing(self, width: float) -> Drawing:
        """The strokes at a width in pixels; nothing where no chart is shown."""
        scale = self.scale()
        if self._laid is None or self._laid[:2] != (width, scale):
            room = width / scale
            made = layout(self._chart, room, _measure, self._height) if self._chart else Drawing(room, 0, ())
            self._laid = (width, scale, made)
        return self._laid[2]

    def set_zoom(self, zoom: float) -> None:
        """So many times as large as the text around from now on."""
        self._zoom = zoom
        self._laid = None
        self.updateGeometry()
        self.update()

    def scale(self) -> float:
        """Pixels of one unit of the chart."""
        return theme.current().scale * self._zoom

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return ceil(self.drawing(max(width, _NARROWEST)).height * self.scale())

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(max(self.width(), 320)))

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, self.heightForWidth(max(self.width(), _NARROWEST)))

    def resizeEvent(self, _event: object) -> None:
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self._laid = None
            self.updateGeometry()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = self.said_at(event.pos().x(), event.pos().y())
            if said:
                QToolTip.showText(event.globalPos(), with_zwsp(said), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def said_at(self, x: float, y: float) -> str:
        """The line of the description about the bar at that point; blank where there is none."""
        scale = self.scale()
        lines = [line for line in self.accessibleDescription().splitlines() if ": " in line]
        for shape in self.drawing(self.width()).shapes:
            if isinstance(shape, Box) and shape.item >= 0 and shape.item < len(lines):
                area = QRectF(shape.x, shape.y - 4, shape.width, shape.height + 8)
                if area.contains(x / scale, y / scale):
                    return lines[shape.item]
        return ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.scale()
        for shape in self.drawing(self.width()).shapes:
            _paint(painter, shape, scale)
        painter.end()


def _font(role: Role, scale: float) -> QFont:
    size, bold = TYPE[role]
    return theme.font(round(size), bold=bold, scale=scale)


def _measure(text: str, role: Role) -> float:
    scale = theme.current().scale
    return QFontMetricsF(_font(role, scale)).horizontalAdvance(text) / scale


def _colour(tone: str, mix: float = 1.0) -> QColor:
    """The theme's colour for a tone of the charts."""
    if tone == "soft":
        tone, mix = "accent", _SOFT
    full, ground = theme.colour(_TOKENS.get(tone, tone)), theme.colour("card")
    if mix >= 1:
        return full
    parts = ((getattr(full, one)(), getattr(ground, one)()) for one in ("red", "green", "blue"))
    return QColor(*(round(a * mix + b * (1 - mix)) for a, b in parts))


def _paint(painter: QPainter, shape: Shape, scale: float) -> None:
    if isinstance(shape, Box):
        _paint_box(painter, shape, scale)
    elif isinstance(shape, Stroke):
        pen = QPen(_colour(shape.tone), shape.weight * scale)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if shape.dash:
            pen.setDashPattern(_DASHES[shape.dash])
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([QPointF(x * scale, y * scale) for x, y in shape.points]))
    elif isinstance(shape, Mark):
        painter.setPen(QPen(_colour("card"), 1))
        painter.setBrush(_colour(shape.tone))
        if shape.form == "circle":
            half = shape.size * scale / 2
            painter.drawEllipse(QPointF(shape.x * scale, shape.y * scale), half, half)
        else:
            painter.drawPolygon(QPolygonF([QPointF(x * scale, y * scale) for x, y in corners(shape)]))
    else:
        _paint_label(painter, shape, scale)


def _paint_box(painter: QPainter, box: Box, scale: float) -> None:
    area = QRectF(box.x * scale, box.y * scale, box.width * scale, box.height * scale)
    hatched = box.pattern != "solid"
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_colour("card") if hatched else _colour(box.tone, box.mix))
    painter.drawRoundedRect(area, box.radius * scale, box.radius * scale)
    if hatched:
        painter.setPen(QPen(_colour(box.tone), 1.2 * scale))
        for start, end in hatch(box):
            painter.drawLine(QPointF(start[0] * scale, start[1] * scale), QPointF(end[0] * scale, end[1] * scale))
    if box.edge:
        pen = QPen(_colour(box.edge), 1)
        if box.dashed:
            pen.setDashPattern([3.0, 3.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), box.radius * scale, box.radius * scale)


def _paint_label(painter: QPainter, label: Label, scale: float) -> None:
    font = _font(label.role, scale)
    metrics = QFontMetricsF(font)
    x = label.x * scale
    if label.anchor != "left":
        x -= metrics.horizontalAdvance(label.text) * (0.5 if label.anchor == "centre" else 1.0)
    painter.setFont(font)
    painter.setPen(_colour(label.tone))
    painter.drawText(QPointF(x, label.y * scale + (metrics.ascent() - metrics.descent()) / 2), label.text)
