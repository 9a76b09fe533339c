"""A month to pick a day from, with Khmer names, digits and the lunar date of the day under the pointer.

Qt's own calendar takes its words from the system's locale and has no Khmer digits.
"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import dates, digits
from ui import theme, tokens
from ui.widgets.buttons import Button, IconButton
from ui.widgets.surfaces import column, row
from ui.widgets.text import Text

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


def month_grid(year: int, month: int) -> list[date]:
    """The 42 days, Monday first, that show a month whole."""
    first = date(year, month, 1)
    start = first - timedelta(days=first.weekday())
    return [start + timedelta(days=n) for n in range(42)]


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


class MonthGrid(QWidget):
    """The days of a month; arrows move, Page Up and Down turn months, Enter or a click picks."""

    picked = Signal(str)
    moved = Signal(object)

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("month_grid")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._day = day
        self._chosen: date | None = None
        self._say()

    def day(self) -> date:
        """The day under the cursor."""
        return self._day

    def go(self, day: date) -> None:
        self._day = day
        self._say()
        self.moved.emit(day)
        self.update()

    def mark(self, day: date | None) -> None:
        """The day that the editor holds now."""
        self._chosen = day

    def _say(self) -> None:
        self.setAccessibleName(dates.short(self._day))

    def _cell(self) -> QSize:
        return QSize(theme.scaled(40), theme.line_height() + 7)

    def sizeHint(self) -> QSize:
        cell = self._cell()
        return QSize(cell.width() * 7, cell.height() * 7)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = self._cell()
        days = month_grid(self._day.year, self._day.month)
        painter.setFont(theme.font(tokens.SMALL, bold=True, scale=theme.current().scale))
        painter.setPen(theme.colour("muted"))
        for n, day in enumerate(days[:7]):
            rect = QRectF(n * cell.width(), 0, cell.width(), cell.height())
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _weekday_letter(day))
        painter.setFont(theme.font(scale=theme.current().scale))
        for n, day in enumerate(days):
            self._paint_day(
                painter, QRectF(n % 7 * cell.width(), (n // 7 + 1) * cell.height(), cell.width(), cell.height()), day
            )
        painter.end()

    def _paint_day(self, painter: QPainter, rect: QRectF, day: date) -> None:
        inner = rect.adjusted(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = "ink" if day.month == self._day.month else "faint"
        if day == self._day:
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(inner, tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
            colour = "on_accent"
        elif day in (self._chosen, date.today()):
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(inner, tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
            colour = "accent"
        painter.setPen(theme.colour(colour))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, digits.count(day.day))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.go(self._day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go(add_months(self._day, -1 if key == Qt.Key.Key_PageUp else 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self._day.isoformat())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell()
        line = event.position().toPoint().y() // cell.height() - 1
        place = event.position().toPoint().x() // cell.width()
        if 0 <= line < 6 and 0 <= place < 7:
            self.picked.emit(month_grid(self._day.year, self._day.month)[line * 7 + place].isoformat())


def _weekday_letter(day: date) -> str:
    name = dates.weekday(day)
    return name[:3] if name.isascii() else _SHORT_KM[day.weekday()]


_SHORT_KM = ("ច", "អ", "ព", "ព្រ", "សុ", "ស", "អា")


class CalendarPopup(QFrame):
    """The month with its turning buttons, today, and blank. `picked` tells an ISO day, or None for blank."""

    picked = Signal(object)

    def __init__(self, value: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("calendar")
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = date.fromisoformat(value) if value else None
        self.grid = MonthGrid(chosen or date.today())
        self.grid.mark(chosen)
        self._title = Text("", "title", wrap=False)
        self._lunar = Text("", "small", wrap=False)
        self._build(column(self, margin=tokens.M, spacing=6))
        self.grid.picked.connect(self._pick)
        self.grid.moved.connect(self._show)
        self._show(self.grid.day())

    def _build(self, box: QVBoxLayout) -> None:
        head = row(spacing=tokens.XS)
        head.addWidget(
            IconButton("chevron-left", _("The month before"), name="month_before", run=lambda: self._turn(-1))
        )
        head.addStretch(1)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(IconButton("chevron-right", _("The next month"), name="month_next", run=lambda: self._turn(1)))
        foot = row()
        foot.addWidget(Button(_("Today"), kind="link", name="today", run=lambda: self._pick(date.today().isoformat())))
        foot.addStretch(1)
        foot.addWidget(Button(_("Leave blank"), kind="link", name="blank", run=lambda: self._pick(None)))
        box.addLayout(head)
        box.addWidget(self.grid)
        box.addWidget(self._lunar, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addLayout(foot)

    def open_under(self, widget: QWidget) -> None:
        """Show below `widget`, or above it where the screen ends."""
        self.adjustSize()
        below = widget.mapToGlobal(QPoint(0, widget.height() + 2))
        area = widget.screen().availableGeometry()
        if below.y() + self.height() > area.bottom():
            below = widget.mapToGlobal(QPoint(0, -self.height() - 2))
        below.setX(max(area.left(), min(below.x(), area.right() - self.width())))
        self.move(below)
        self.show()
        self.grid.setFocus(Qt.FocusReason.PopupFocusReason)

    def _turn(self, months: int) -> None:
        self.grid.go(add_months(self.grid.day(), months))

    def _show(self, day: object) -> None:
        if isinstance(day, date):
            from cpdesk.khmer import lunar

            moon = lunar.lunar(day)
            self._title.setText(f"{dates.month(day)} {digits.count(day.year)}")
            self._lunar.setText(lunar.line(day) if moon else "")

    def _pick(self, value: str | None) -> None:
        self.picked.emit(value)
        self.close()
