"""A month to pick a day from, as a calendar on the wall shows it: each day with its day of the moon, holy days by the
shape of the moon, holidays in red and by name.

Qt's own calendar takes its words from the system's locale, has no Khmer digits and no moon. The week begins on Sunday,
as CLDR has it for Cambodia.
"""

from __future__ import annotations

import time
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from cpdesk.i18n import _, language
from cpdesk.khmer import dates, digits, holidays, lunar
from cpdesk.khmer.breaks import with_zwsp
from ui import spoken, theme, tokens
from ui.widgets.buttons import Button, IconButton
from ui.widgets.surfaces import column, row
from ui.widgets.text import Text

FIRST, LAST = date(lunar.FIRST_YEAR, 1, 1), date(lunar.LAST_YEAR, 12, 31)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_SHORT_KM = ("ច", "អ", "ព", "ព្រ", "សុ", "ស", "អា")
_WIDE = 54  # of a day at usual size: ១៥កើត and the air around it
_TYPING_SECONDS = 1.2  # a second figure within that goes with the first
_MOON = 7  # pixels across


def month_grid(year: int, month: int) -> list[date]:
    """The 42 days, Sunday first, that show a month whole."""
    first = date(year, month, 1).toordinal()
    start = first - date(year, month, 1).isoweekday() % 7
    return [date.fromordinal(start + n) for n in range(42)]


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def moon_words(day: date) -> str:
    """The day of the moon in words: ៩រោច ខែជេស្ឋ, and whether it is kept holy; "" where that calendar does not reach."""
    if not FIRST <= day <= LAST:
        return ""
    said = f"{lunar.short(day)} ខែ{lunar.month(day)}" if language() == "km" else lunar.short(day)
    holy = _("holy day")
    return f"{said} · {holy}" if lunar.holy(day) else said


def day_words(day: date) -> str:
    """All that is known of a day, in one line: its name, its date, its moon, and what is celebrated."""
    return " · ".join(
        part for part in (dates.day_name(day), dates.long(day), moon_words(day), holidays.named(day)) if part
    )


class MonthGrid(QWidget):
    """The days of a month. Arrows move, Page Up and Down turn months and with Ctrl years, Home and End go to its first
    and last day, T to today, figures to that day of the month; Enter or a click picks.
    """

    picked = Signal(str)
    moved = Signal(object)
    spoken_as = QAccessible.Role.Table

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("month_grid")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._day = min(max(day, FIRST), LAST)
        self._chosen: date | None = None
        self._typed, self._typed_at = "", 0.0
        self._room = 0  # for its height, where the screen is low
        scale = theme.current().scale
        self._figures = theme.font(scale=scale)
        self._small = theme.font(tokens.SMALL - 1, scale=scale)
        self._head = theme.font(tokens.SMALL, bold=True, scale=scale)
        self._say()

    def day(self) -> date:
        """The day under the cursor."""
        return self._day

    def go(self, day: date) -> None:
        """Stand on that day, or on the calendar's first or last."""
        self._day = min(max(day, FIRST), LAST)
        self._say()
        self.moved.emit(self._day)
        self.update()

    def mark(self, day: date | None) -> None:
        """The day that the editor holds now."""
        self._chosen = day

    def fit(self, height: int) -> None:
        """Take no more than `height` pixels: days lose their moon first, then some of their air."""
        self._room = height
        self.updateGeometry()

    def _say(self) -> None:
        self.setAccessibleName(day_words(self._day))
        spoken.say(self, day_words(self._day))

    def _rows(self) -> tuple[int, int, int]:
        """How tall are the head, the figures of a day, and its moon (0 where there is no room for it)."""
        head, figure, moon = (QFontMetrics(font).height() for font in (self._head, self._figures, self._small))
        if self._room and head + 6 * (figure + moon + 2) > self._room:
            moon, figure = 0, min(figure + 6, (self._room - head) // 6)
        return head + 2, figure, moon

    def _cell(self) -> QSize:
        _head, figure, moon = self._rows()
        return QSize(theme.scaled(_WIDE), figure + moon + 2)

    def sizeHint(self) -> QSize:
        cell = self._cell()
        return QSize(cell.width() * 7, self._rows()[0] + cell.height() * 6)

    minimumSizeHint = sizeHint

    def _at(self, spot: QPoint) -> date | None:
        """The day at a place."""
        cell = self._cell()
        line, place = (spot.y() - self._rows()[0]) // cell.height(), spot.x() // cell.width()
        if not (0 <= line < 6 and 0 <= place < 7 and spot.y() >= self._rows()[0]):
            return None
        day = month_grid(self._day.year, self._day.month)[line * 7 + place]
        return day if FIRST <= day <= LAST else None

    # drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell, head = self._cell(), self._rows()[0]
        days = month_grid(self._day.year, self._day.month)
        painter.setFont(self._head)
        for n, day in enumerate(days[:7]):
            painter.setPen(theme.colour("bad" if n == 0 else "muted"))
            rect = QRectF(n * cell.width(), 0, cell.width(), head)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _weekday_letter(day))
        for n, day in enumerate(days):
            if FIRST <= day <= LAST:
                x, y = n % 7 * cell.width(), head + n // 7 * cell.height()
                self._paint_day(painter, QRectF(x, y, cell.width(), cell.height()), day)
        painter.end()

    def _paint_day(self, painter: QPainter, rect: QRectF, day: date) -> None:
        here, feast = day == self._day, bool(holidays.on(day))
        other = day.month != self._day.month
        ground = self._ground(day, feast and not other)
        painter.setPen(Qt.PenStyle.NoPen)
        if ground:
            painter.setBrush(theme.colour(ground))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
        if day == date.today() and not here:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("accent"))
            painter.drawRoundedRect(rect.adjusted(1.5, 1.5, -1.5, -1.5), tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
        red = feast or day.weekday() == 6
        ink = "on_accent" if here else "faint" if other else "bad" if red else "ink"
        figure, moon = self._rows()[1:]
        painter.setPen(theme.colour(ink))
        painter.setFont(_bold(self._figures) if feast and not other else self._figures)
        top = rect.adjusted(0, 1, 0, -moon - 1)
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, digits.count(day.day))
        if moon:
            painter.setFont(self._small)
            painter.setPen(theme.colour("on_accent" if here else "faint" if other else "muted"))
            under = QRectF(rect.x(), rect.y() + figure, rect.width(), moon)
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, lunar.short(day))
        self._paint_moon(painter, QPointF(rect.right() - 9, rect.y() + 9), day, ink if here or other else "warning")

    def _ground(self, day: date, feast: bool) -> str:
        if day == self._day:
            return "accent"
        return "accent_soft" if day == self._chosen else "bad_soft" if feast else ""

    def _paint_moon(self, painter: QPainter, middle: QPointF, day: date, colour: str) -> None:
        """A holy day by the moon it has: half, full, the other half, none."""
        quarter = lunar.holy(day)
        if not quarter:
            return
        half = theme.scaled(_MOON) / 2
        disc = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
        painter.setPen(theme.colour(colour))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        if quarter != 4:
            painter.setBrush(theme.colour(colour))
            start, span = {1: (-90, 180), 2: (0, 360), 3: (90, 180)}[quarter]
            painter.drawPie(disc, start * 16, span * 16)

    # keys, pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, figure = Qt.Key(event.key()), digits.to_ascii(event.text())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _STEPS:
            self.go(date.fromordinal(self._day.toordinal() + _STEPS[key]))
        elif key in _PAGES:
            self.go(add_months(self._day, _PAGES[key] * (12 if control else 1)))
        elif key == Qt.Key.Key_Home:
            self.go(self._day.replace(day=1))
        elif key == Qt.Key.Key_End:
            self.go(add_months(self._day.replace(day=1), 1) - timedelta(days=1))
        elif key == Qt.Key.Key_T:
            self.go(date.today())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self._day.isoformat())
        elif len(figure) == 1 and figure.isdecimal():
            self._type(figure)
        else:
            super().keyPressEvent(event)

    def _type(self, figure: str) -> None:
        """2, then 3: the second, then the twenty-third of the month."""
        now = time.monotonic()
        before = self._typed if now - self._typed_at < _TYPING_SECONDS else ""
        self._typed_at = now
        last = (add_months(self._day.replace(day=1), 1) - timedelta(days=1)).day
        self._typed = next((typed for typed in (before + figure, figure) if 1 <= int(typed) <= last), figure)
        if 1 <= int(self._typed) <= last:
            self.go(self._day.replace(day=int(self._typed)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._at(event.position().toPoint())
        if day is not None:
            self.picked.emit(day.isoformat())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self._at(event.pos())
            QToolTip.showText(event.globalPos(), with_zwsp(day_words(day)) if day else "", self)
            return True
        return super().event(event)


def _weekday_letter(day: date) -> str:
    return _SHORT_KM[day.weekday()] if language() == "km" else dates.weekday(day)[:3]


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made


class CalendarPopup(QFrame):
    """The month with its turning buttons, what the day is, today, and blank. `picked` tells an ISO day, or None."""

    picked = Signal(object)

    def __init__(self, value: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("calendar")
        self.setProperty("role", "card")
        self.setAccessibleName(_("Calendar"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = date.fromisoformat(value) if value else None
        self.grid = MonthGrid(chosen or date.today())
        self.grid.mark(chosen)
        self._title = Text("", "title", wrap=False, name="calendar_month")
        self._months = Text("", "small", wrap=False, name="calendar_moons")
        self._moon = Text("", "text", wrap=False, name="calendar_day")
        self._feast = Text("", "problem", wrap=True, name="calendar_feast")
        self._build(column(self, margin=tokens.M, spacing=6))
        self.grid.picked.connect(self._pick)
        self.grid.moved.connect(self._show)
        self._show(self.grid.day())

    def _build(self, box: QVBoxLayout) -> None:
        head, middle = row(spacing=tokens.XS), column(spacing=0)
        for label in (self._title, self._months):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            middle.addWidget(label)
        for icon, word, name, months in (
            ("chevron-left", _("The month before (Page Up)"), "month_before", -1),
            ("chevron-right", _("The next month (Page Down)"), "month_next", 1),
        ):
            head.addWidget(IconButton(icon, word, name=name, run=partial(self._turn, months)))
        head.insertStretch(1, 1)
        head.insertLayout(2, middle)
        head.insertStretch(3, 1)
        foot = row()
        foot.addWidget(Button(_("Today"), kind="link", name="today", run=lambda: self._pick(date.today().isoformat())))
        foot.addStretch(1)
        foot.addWidget(Button(_("Leave blank"), kind="link", name="blank", run=lambda: self._pick(None)))
        box.addLayout(head)
        box.addWidget(self.grid)
        words = column(spacing=0)
        words.setContentsMargins(tokens.XS, 0, tokens.XS, 0)
        words.addWidget(self._moon)
        words.addWidget(self._feast)
        box.addLayout(words)
        box.addLayout(foot)
        two = 2 * QFontMetrics(theme.font(tokens.SMALL, scale=theme.current().scale)).lineSpacing()
        self._feast.setFixedHeight(two)  # the longest feast: nothing jumps from day to day
        self._feast.setAlignment(Qt.AlignmentFlag.AlignTop)

    def open_under(self, widget: QWidget) -> None:
        """Show below `widget`, or above it where the screen ends."""
        area = widget.screen().availableGeometry()
        self.ensurePolished()
        self.adjustSize()
        if self.height() > area.height():
            self.grid.fit(self.grid.sizeHint().height() - (self.height() - area.height()))
            self.adjustSize()
        below = widget.mapToGlobal(QPoint(0, widget.height() + 2))
        if below.y() + self.height() > area.bottom():
            below = widget.mapToGlobal(QPoint(0, -self.height() - 2))
        below.setX(max(area.left(), min(below.x(), area.right() - self.width())))
        below.setY(max(area.top(), below.y()))
        self.move(below)
        self.show()
        self.grid.setFocus(Qt.FocusReason.PopupFocusReason)

    def _turn(self, months: int) -> None:
        self.grid.go(add_months(self.grid.day(), months))
        self.grid.setFocus()

    def _show(self, day: object) -> None:
        if isinstance(day, date):
            self._title.setText(dates.month_year(day))
            self._months.setText(_moons(day))
            self._moon.setText(f"{dates.day_name(day)} · {moon_words(day)}")
            self._feast.setText(holidays.named(day))

    def _pick(self, value: str | None) -> None:
        self.picked.emit(value)
        self.close()


def _moons(day: date) -> str:
    """The months of the moon that a month of the sun lies in, and the year: ជេស្ឋ – អាសាឍ · ឆ្នាំខាល · ព.ស. ២៥៦៦."""
    first = day.replace(day=1)
    last = add_months(first, 1) - timedelta(days=1)
    months = list(dict.fromkeys(lunar.month(first + timedelta(days=n)) for n in range((last - first).days + 1)))
    moon = lunar.lunar(day)
    if language() != "km":
        return _("year of the Buddha {year}").format(year=moon.be)
    return f"{' – '.join((months[0], months[-1]))} · ឆ្នាំ{moon.animal} {moon.sak} · ព.ស. {digits.count(moon.be)}"
