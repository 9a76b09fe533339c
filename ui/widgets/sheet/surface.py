"""The picture of a sheet: head, frozen columns, what scrolls, foot, and the marks of what is chosen.

`Surface` is the half of the view that knows where things stand and draws them; hands and editing are the other half.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui import theme, tokens
from ui.widgets.sheet import paint
from ui.widgets.sheet.cells import FootRow, SheetColumn
from ui.widgets.sheet.layout import Columns, Rows
from ui.widgets.sheet.model import SheetModel
from ui.widgets.sheet.paint import PAD_X, PAD_Y
from ui.widgets.sheet.selection import Selection

FOOT_SHARE = 0.24  # of the height


class Surface(QAbstractScrollArea):
    """Geometry and painting. Rectangles are those of the viewport."""

    spoken_as = QAccessible.Role.Table

    def __init__(self, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = model
        self.columns = Columns()
        self.lines = Rows(self._row_height)
        self.selection = Selection()
        self.head_height = 0
        self.group_height = 0
        self.foot_heights: list[int] = []
        self._all_columns: Sequence[SheetColumn] = ()
        self._foot: Sequence[FootRow] = ()

    # where things stand

    def _row_height(self, row: int) -> int:
        band = self.sheet.band(row)
        if band is not None:
            return paint.band_height(band, self.viewport().width())
        widths = self.columns.widths
        tallest = paint.line_height() + 2 * PAD_Y
        for column in self.columns.order:
            cell = self.sheet.cell(row, column)
            if cell.text:
                tallest = max(tallest, paint.cell_height(cell, widths[column]))
        return tallest

    def _measure_head(self) -> None:
        """Titles wrap; a line of groups stands over them where one of the columns in sight has one."""
        groups = any(self._all_columns[n].group for n in self.columns.order)
        line = paint.line_height() + 2 * PAD_Y
        self.group_height = 0
        if groups:
            tall = (paint.text_height(name, width - 2 * PAD_X, True) for name, _l, width, _f in self._groups() if name)
            self.group_height = max(tall, default=line) + 2 * PAD_Y
        titles = line
        for n in self.columns.order:
            column = self._all_columns[n]
            need = paint.text_height(column.title, self.columns.widths[n] - 2 * PAD_X, True) + 2 * PAD_Y
            titles = max(titles, need if column.group or not groups else need - self.group_height)
        self.head_height = self.group_height + titles

    def _groups(self) -> Iterator[tuple[str, int, int, bool]]:
        """(title, left, width, frozen) of each run of columns that stand together under one head."""
        order = self.columns.order

        def together(n: int) -> tuple[str, bool, int]:
            group = self._all_columns[n].group
            return group, self.columns.is_frozen(n), -1 if group else n

        for (name, frozen, _alone), run in groupby(order, together):
            members = list(run)
            width = sum(self.columns.widths[n] for n in members)
            yield name, self.columns.lefts[members[0]], width, frozen

    def _measure_foot(self) -> None:
        self.foot_heights = []
        keys = {self._all_columns[n].key: n for n in self.columns.order}
        for foot in self._foot:
            tallest = paint.text_height(foot.text, self._foot_room() - 2 * PAD_X, foot.bold) + 2 * PAD_Y
            for key, cell in foot.cells.items():
                if key in keys:
                    tallest = max(tallest, paint.cell_height(cell, self.columns.widths[keys[key]]))
            self.foot_heights.append(tallest)
        if sum(self.foot_heights) > self.viewport().height() * FOOT_SHARE:
            del self.foot_heights[1:]  # on a low screen the first sums alone, so that there is room for rows

    def _foot_room(self) -> int:
        """How wide the words of the totals may be: up to the first column that has a sum."""
        summed = {key for foot in self._foot for key in foot.cells}
        order = self.columns.order
        first = next((n for n in order if self._all_columns[n].key in summed), None)
        if first is None:
            return self.viewport().width()
        if self.columns.is_frozen(first):
            return self.columns.lefts[first] or self.columns.widths[first]
        return max(120, self.columns.frozen_width)

    def content_height(self) -> int:
        """Head, all rows and totals."""
        return self.head_height + self.lines.whole + self.foot_height

    @property
    def foot_height(self) -> int:
        return sum(self.foot_heights)

    def body(self) -> QRect:
        """Where rows are shown."""
        whole = self.viewport().rect()
        return whole.adjusted(0, self.head_height, 0, -self.foot_height)

    def x_of(self, column: int) -> int:
        left = self.columns.lefts.get(column, 0)
        return left if self.columns.is_frozen(column) else left - self.horizontalScrollBar().value()

    def y_of(self, row: int) -> int:
        return self.head_height + self.lines.top(row) - self.verticalScrollBar().value()

    def cell_rect(self, row: int, column: int) -> QRect:
        """A cell in the viewport, as far as it may lie outside; all of the row where it is a band."""
        if self.sheet.band(row) is not None:
            return QRect(0, self.y_of(row), self.viewport().width(), self.lines.height(row))
        return QRect(self.x_of(column), self.y_of(row), self.columns.widths[column], self.lines.height(row))

    def seen_rows(self) -> range:
        """The rows of which something is in sight."""
        if not len(self.lines):
            return range(0)
        top = self.verticalScrollBar().value()
        return range(self.lines.at(top), self.lines.at(top + max(0, self.body().height() - 1)) + 1)

    def _know_seen(self) -> bool:
        """Measure what is in sight; True where something stands elsewhere now."""
        moved, row = False, self.seen_rows().start
        bottom = self.verticalScrollBar().value() + self.body().height()
        while row < len(self.lines) and self.lines.top(row) < bottom:
            moved = self.lines.know(row) or moved
            row += 1
        return moved

    # drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._know_seen():
            self.place_bars()
        painter = QPainter(self.viewport())
        whole = self.viewport().rect()
        shape = QPainterPath()
        radius = tokens.RADIUS_CARD - 1
        shape.addRoundedRect(QRectF(whole), radius, radius)
        painter.setClipPath(shape)
        painter.fillRect(whole, theme.colour("card"))
        body, split = self.body(), self.columns.frozen_width
        scrolled = self.columns.between(
            self.horizontalScrollBar().value() + split, self.horizontalScrollBar().value() + whole.width()
        )
        self._clipped(painter, shape, QRect(split, body.y(), whole.width() - split, body.height()))
        self._cells(painter, scrolled)
        self._clipped(painter, shape, QRect(0, body.y(), split, body.height()))
        self._cells(painter, self.columns.frozen_ones())
        self._clipped(painter, shape, body)
        self._border(painter, split)
        self._bands(painter)
        self._frames(painter)
        self._head_and_foot(painter, shape, scrolled)
        outside = QPainterPath()
        outside.addRect(QRectF(body))
        painter.setClipPath(shape.subtracted(outside))
        self._border(painter, split)
        painter.end()

    @staticmethod
    def _clipped(painter: QPainter, shape: QPainterPath, rect: QRect) -> None:
        painter.setClipPath(shape)
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)

    def _border(self, painter: QPainter, x: int) -> None:
        """Where the frozen columns end; a shadow says that others lie under them."""
        if not x or x >= self.columns.whole:
            return
        tall = min(self.viewport().height(), self.content_height())
        painter.fillRect(x - 1, 0, 1, tall, theme.colour("line"))
        if not self.horizontalScrollBar().value():
            return
        for n, strength in enumerate((40, 24, 12, 5)):
            shade = theme.colour("ink")
            shade.setAlpha(strength)
            painter.fillRect(x + n, 0, 1, tall, shade)

    def _ground(self, row: int, column: int) -> QColor:
        card = theme.colour("card")
        chosen = self.selection
        place = self.columns.place(column)
        inside = row in chosen.rows() and place in chosen.places(len(self.columns.order))
        if inside and not chosen.is_single() and (row, place) != (chosen.row, chosen.place):
            return paint.mixed(card, theme.colour("accent_soft"))
        return paint.mixed(card, theme.colour("hover")) if row == chosen.row else card

    def _cells(self, painter: QPainter, columns: list[int]) -> None:
        line = theme.colour("line")
        for row in self.seen_rows():
            if self.sheet.band(row) is not None:
                continue
            y, height = self.y_of(row), self.lines.height(row)
            for column in columns:
                rect = QRect(self.x_of(column), y, self.columns.widths[column], height)
                painter.save()
                painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
                paint.cell(painter, rect, self.sheet.cell(row, column), self._ground(row, column))
                painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, line)
                if self._all_columns[column].group:
                    painter.fillRect(rect.right(), rect.y(), 1, rect.height(), line)
                painter.restore()

    def _bands(self, painter: QPainter) -> None:
        for row in self.seen_rows():
            band = self.sheet.band(row)
            if band is None:
                continue
            rect = QRect(0, self.y_of(row), self.viewport().width(), self.lines.height(row))
            ground = paint.band_ground(band)
            if row in self.selection.rows() and not self.selection.is_single():
                ground = paint.mixed(ground, theme.colour("accent_soft"))
            paint.band(painter, rect, band, ground)
            painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line"))

    def _frames(self, painter: QPainter) -> None:
        """A thin frame about what is chosen, a strong one about the current cell."""
        if not len(self.lines) or not self.columns.order:
            return
        chosen = self.selection
        colour = theme.colour("accent" if self.hasFocus() or self.has_box() else "faint")
        column = self.current_column()
        rect = self.cell_rect(chosen.row, column)
        clip = self.body()
        if not self.columns.is_frozen(column) and self.sheet.band(chosen.row) is None:
            clip = clip.adjusted(self.columns.frozen_width, 0, 0, 0)
        painter.save()
        painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if not chosen.is_single():
            painter.setPen(colour)
            painter.drawRect(self._chosen_rect().adjusted(0, 0, -1, -1))
        strong = not self.has_box()  # the open box has a frame of its own
        for side in (
            QRect(rect.x(), rect.y(), rect.width(), 2),
            QRect(rect.x(), rect.bottom() - 1, rect.width(), 2),
            QRect(rect.x(), rect.y(), 2, rect.height()),
            QRect(rect.right() - 1, rect.y(), 2, rect.height()),
        ):
            if strong:
                painter.fillRect(side, colour)
        painter.restore()

    def _chosen_rect(self) -> QRect:
        rows, places = self.selection.rows(), self.selection.places(len(self.columns.order))
        first, last = self.columns.order[places[0]], self.columns.order[places[-1]]
        top, bottom = self.y_of(rows[0]), self.y_of(rows[-1]) + self.lines.height(rows[-1])
        left = self.x_of(first)
        right = self.x_of(last) + self.columns.widths[last]
        return QRect(left, top, max(right, left + 1) - left, bottom - top)

    def _head_and_foot(self, painter: QPainter, shape: QPainterPath, scrolled: list[int]) -> None:
        whole, split = self.viewport().rect(), self.columns.frozen_width
        top, foot = self.head_height, self.foot_height
        for area, columns, frozen in (
            (QRect(split, 0, whole.width() - split, top), scrolled, False),
            (QRect(0, 0, split, top), self.columns.frozen_ones(), True),
        ):
            self._clipped(painter, shape, area)
            painter.fillRect(area, theme.colour("sunken"))
            self._head(painter, columns, frozen)
        below = whole.height() - foot
        for area, columns in (
            (QRect(split, below, whole.width() - split, foot), scrolled),
            (QRect(0, below, split, foot), self.columns.frozen_ones()),
        ):
            self._clipped(painter, shape, area)
            painter.fillRect(area, theme.colour("sunken"))
            self._foot_cells(painter, below, columns)
        self._clipped(painter, shape, QRect(0, below, self._foot_room(), foot))
        y = below
        for row, height in zip(self._foot, self.foot_heights, strict=False):
            rect = QRect(PAD_X, y + PAD_Y, self._foot_room() - 2 * PAD_X, height - 2 * PAD_Y)
            paint.write(painter, rect, row.text, bold=row.bold)
            y += height
        painter.setClipPath(shape)
        painter.fillRect(0, top - 1, whole.width(), 1, theme.colour("line"))
        if foot:
            painter.fillRect(0, below, whole.width(), 1, theme.colour("edge"))

    def _head(self, painter: QPainter, columns: list[int], frozen: bool) -> None:
        line = theme.colour("line")
        for name, left, width, stays in self._groups() if self.group_height else ():
            if name and stays == frozen:
                x = left if stays else left - self.horizontalScrollBar().value()
                rect = QRect(x, 0, width, self.group_height)
                inner = rect.adjusted(PAD_X, PAD_Y, -PAD_X, -PAD_Y)
                paint.write(painter, inner, name, ink="muted", bold=True, align="center", middle=True)
                painter.fillRect(x, self.group_height - 1, width, 1, line)
                painter.fillRect(x + width - 1, 0, 1, self.head_height, line)
        current = self.current_column()
        for n in columns:
            column = self._all_columns[n]
            top = self.group_height if column.group else 0
            rect = QRect(self.x_of(n), top, self.columns.widths[n], self.head_height - top)
            inner = rect.adjusted(PAD_X, PAD_Y, -PAD_X, -PAD_Y)
            ink = "ink" if n == current and len(self.lines) else "muted"
            paint.write(painter, inner, column.title, ink=ink, bold=True, align=column.align, middle=True)
            if column.group:
                painter.fillRect(rect.right(), top, 1, rect.height(), line)

    def _foot_cells(self, painter: QPainter, y: int, columns: list[int]) -> None:
        for row, height in zip(self._foot, self.foot_heights, strict=False):
            for n in columns:
                cell = row.cells.get(self._all_columns[n].key)
                if cell is not None:
                    rect = QRect(self.x_of(n), y, self.columns.widths[n], height)
                    paint.cell(painter, rect, cell, theme.colour("sunken"))
            y += height

    # what the other half says

    def current_column(self) -> int:
        raise NotImplementedError

    def has_box(self) -> bool:
        raise NotImplementedError

    def place_bars(self) -> None:
        raise NotImplementedError
