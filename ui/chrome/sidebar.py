"""The sections at the left, each an icon and its word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from ui import icons, theme, tokens
from ui.widgets.buttons import IconButton
from ui.widgets.surfaces import PressChip, column, row
from ui.widgets.text import Text

_GAP = 8
MOST_SCALE = 1.5  # of the letters, where eleven sections must stand on a screen 600 high


@dataclass(frozen=True)
class Entry:
    """A section: its id, word and icon.

    `keys` is shown beside it where it has a shortcut; `foot` sets it at the bottom.
    """

    name: str
    title: str
    icon: str
    keys: str = ""
    foot: bool = False


class NavButton(QPushButton):
    """One section, checked while it is shown. It draws icon, word, number and key itself: eleven of them stand in every
    window before anything else is seen, and a child widget for each part costs more than all the rest of the frame.
    `step_wanted` asks for its neighbour.
    """

    step_wanted = Signal(int)

    def __init__(self, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.count = ""
        self.setObjectName(f"nav_{entry.name}")
        self.setProperty("role", "nav")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(entry.title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_count(self, n: int) -> None:
        """How many things wait there; 0 shows nothing."""
        self.count = digits.count(n) if n else ""
        self.setAccessibleDescription(_("{count} waiting").format(count=self.count) if n else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, theme.line_height() + 13)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, min(theme.line_height(), round(MOST_SCALE * tokens.TEXT * tokens.LINE)) + 2)

    def nextCheckState(self) -> None:
        """Pressing shows the section; only the window says which one is on."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_wanted.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # ground and focus frame, by the style sheet
        on = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.rect().adjusted(11, 0, -6, 0)
        picture = icons.pixmap(self.entry.icon, "accent" if on else "muted")
        painter.drawPixmap(room.x(), (self.height() - tokens.ICON) // 2, picture)
        room.setLeft(room.x() + tokens.ICON + _GAP)
        if self.entry.keys:
            room.setRight(
                self._cap(painter, room, _keys(self.entry.keys), "muted", "sunken", tokens.RADIUS_KEY, "line")
            )
        if self.count:
            room.setRight(self._cap(painter, room, self.count, "bad", "bad_soft", tokens.RADIUS_COUNT))
        fits = (self.height() - 2) / (tokens.TEXT * tokens.LINE)  # on a low screen large letters give way
        font = theme.font(bold=on, scale=min(theme.current().scale, fits))
        painter.setFont(font)
        painter.setPen(theme.colour("accent" if on else "ink"))
        word = painter.fontMetrics().elidedText(self.entry.title, Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(self.entry.title if word != self.entry.title else "")
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, word)
        painter.end()

    def _cap(
        self, painter: QPainter, room: QRect, text: str, ink: str, ground: str, radius: int, line: str = ""
    ) -> int:
        """A few letters on a ground of their own at the right end of `room`; where the room before them ends."""
        scale = theme.current().scale
        painter.setFont(theme.font(tokens.SMALL, bold=not line, scale=scale))
        metrics = painter.fontMetrics()
        wide, high = metrics.horizontalAdvance(text) + 14, metrics.lineSpacing() - 2
        box = QRect(room.right() - wide, (self.height() - high) // 2, wide, high)
        painter.setPen(theme.colour(line) if line else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(box, radius, radius)
        painter.setPen(theme.colour(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return box.left() - _GAP


def _keys(keys: str) -> str:
    """A shortcut as the system writes it."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


class Sidebar(QFrame):
    """Brand, office, sections; `chosen(name)` when a person picks one, `lock` by the button at the foot. Tab stops
    once, Up and Down go on from there."""

    chosen = Signal(str)
    lock = Signal()

    def __init__(self, entries: Sequence[Entry], office: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setProperty("role", "sidebar")
        self.setAccessibleName(_("Sections"))
        self.setFixedWidth(tokens.SIDEBAR_WIDTH)
        box = column(self, spacing=2)
        box.setContentsMargins(12, 18, 12, 16)
        self._top = QWidget()
        head = column(self._top, spacing=0)
        head.setContentsMargins(10, 0, 4, 8)
        head.addWidget(Text(_("CPC Desk"), "brand", wrap=False, name="brand"))
        self._office = Text("\n".join(office), "small", name="office")
        head.addWidget(self._office)
        self._head = head
        box.addWidget(self._top)
        self._buttons: dict[str, NavButton] = {}
        for entry in (e for e in entries if not e.foot):
            box.addWidget(self._button(entry))
        box.addStretch(1)
        foot = [self._button(entry) for entry in entries if entry.foot]
        for button in foot[:-1]:
            box.addWidget(button)
        last = row(spacing=2)  # beside the last section: a row of its own would be too much for a low screen
        for button in foot[-1:]:
            last.addWidget(button, 1)
        word = _("Lock the desk ({keys})").format(keys=_keys("Ctrl+L"))
        last.addWidget(IconButton("lock", word, name="lock_desk", run=self.lock.emit))
        box.addLayout(last)

    def _button(self, entry: Entry) -> NavButton:
        button = NavButton(entry)
        button.clicked.connect(lambda _on=False, name=entry.name: self.chosen.emit(name))
        button.step_wanted.connect(lambda step: self._step(button, step))
        self._buttons[entry.name] = button
        return button

    def _step(self, button: NavButton, step: int) -> None:
        buttons = list(self._buttons.values())
        at = buttons.index(button) + step
        if 0 <= at < len(buttons):
            buttons[at].setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the height does not suffice for all, the sections have it."""
        super().resizeEvent(event)
        sections = sum(button.sizeHint().height() + 2 for button in self._buttons.values())
        room = event.size().height() - sections - 34
        self._top.setVisible(room >= self._top.heightForWidth(self.width() - 24))

    def set_current(self, name: str) -> None:
        """Mark a section as shown; an unknown name marks none."""
        for key, button in self._buttons.items():
            button.setAutoExclusive(name in self._buttons)  # else the one that is on could not be turned off
            button.setChecked(key == name)

    def set_office(self, *lines: str) -> None:
        self._office.setText("\n".join(lines))

    def set_mark(self, word: str, leads: str, run: Callable[[], object]) -> None:
        """A word under the office that says what sort of desk this is; pressed, it `leads` elsewhere."""
        chip = PressChip(word, "warning", run, name="desk_mark")
        chip.setAccessibleName(f"{word}. {leads}")
        chip.setToolTip(leads)
        self._head.addSpacing(tokens.XS)
        self._head.addWidget(chip)

    def set_count(self, name: str, n: int) -> None:
        if name in self._buttons:
            self._buttons[name].set_count(n)

    def set_narrow(self, narrow: bool) -> None:
        """Leave more room to the page on small screens."""
        width = tokens.SIDEBAR_NARROW if narrow else tokens.SIDEBAR_WIDTH
        self.setFixedWidth(max(width, round(width * min(theme.current().scale, 1.4))))
