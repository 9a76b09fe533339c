"""Five short tips, each beside the control that it speaks of; shown once, and again by a command.

The tip floats over the window and holds nothing up: whoever goes on working lets it stand, Esc puts it away for good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from cpdesk import settings
from cpdesk.i18n import _
from cpdesk.khmer import digits
from ui import theme, tokens
from ui.widgets.buttons import Button, IconButton
from ui.widgets.surfaces import column, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from ui.main_window import MainWindow

SEEN = "tips_seen"  # in the settings
WIDE = 340
ARROW = 9  # how far the point reaches out of the card
AWAY = 6  # between the point and what it points at
AFTER_MS = 900  # the window is looked at first


@dataclass(frozen=True)
class Tip:
    """`at` are the names of the controls it may point at: the first that is in sight."""

    at: tuple[str, ...]
    title: str
    text: str


def tips() -> tuple[Tip, ...]:
    """The five, in the present language."""
    return (
        Tip(
            ("search",),
            _("Find anything: Ctrl+K"),
            _("Some letters of a name, a meeting or a command are enough, in Khmer or Latin letters."),
        ),
        Tip(
            ("note_saved", "status"),
            _("Nothing to save"),
            _("What you type is kept at once; the foot of the window says when. Ctrl+Z takes the last step back."),
        ),
        Tip(
            ("start_meeting", "new_meeting", "nav_meetings"),
            _("A new meeting: Ctrl+N"),
            _("Agenda, who came, what was said and decided. The minutes grow beside it while you type."),
        ),
        Tip(
            ("nav_exchange",),
            _("Send and receive by USB stick"),
            _("One button writes the package for the province. Whatever comes in is shown before it changes anything."),
        ),
        Tip(
            ("nav_help",),
            _("Help for where you are: F1"),
            _("Short steps with pictures, on every page and in every dialog. The manual can be printed there too."),
        ),
    )


def offer(window: MainWindow) -> None:
    """The tips, where nobody on this computer has seen them."""
    if not settings.load().others.get(SEEN):
        QTimer.singleShot(AFTER_MS, window, lambda: show(window, asked=False))


def show(window: MainWindow, *, asked: bool = True) -> Tour:
    """The tips from the first one on. They take the focus, unless nobody `asked` and somebody is typing already."""
    for old in window.findChildren(Tour):
        old.put_away()
    tour = Tour(window)
    tour.begin(take=asked or not isinstance(window.focusWidget(), (QLineEdit, QPlainTextEdit)))
    return tour


class Tour(QFrame):
    """One tip at a time. Enter or Right goes on, Left back, Esc puts it away."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("tour")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.at = 0
        self._window = window
        self._ring = Ring(window)
        self._point = QPoint()
        self._side = "below"
        self._whole: QWidget | None = None
        self._box = column(self, margin=ARROW)
        self._build()
        window.installEventFilter(self)
        window.rebuilt.connect(self._anew)
        window.stack.currentChanged.connect(self._later)
        self.hide()

    # building

    def _build(self) -> None:
        """All of it anew, in the present language and size."""
        if self._whole is not None:
            self._whole.hide()
            self._whole.deleteLater()
        self._whole = QWidget()
        box = column(self._whole, spacing=tokens.S, margin=tokens.L)
        head = row()
        self.title = Text("", "title", name="tour_title")
        head.addWidget(self.title, 1)
        head.addWidget(
            IconButton("x", _("Put the tips away"), name="tour_close", size=16, run=self.put_away),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        box.addLayout(head)
        self.text = Text("", name="tour_text")
        box.addWidget(self.text)
        box.addStretch(1)
        foot = row(spacing=tokens.S)
        self.count = Text("", "small", wrap=False, name="tour_count")
        foot.addWidget(self.count)
        foot.addStretch(1)
        self.back = Button(_("Back"), kind="quiet", name="tour_back", run=lambda: self.step(-1))
        self.next = Button("", kind="primary", name="tour_next", run=lambda: self.step(1))
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        box.addLayout(foot)
        self._box.addWidget(self._whole)

    def _anew(self) -> None:
        self._window.stack.currentChanged.connect(self._later)
        self._build()
        self._show()
        self._later()

    # going on

    def begin(self, *, take: bool = True) -> None:
        self._show()
        if take:
            self.setFocus(Qt.FocusReason.PopupFocusReason)

    def step(self, step: int) -> None:
        """The next tip (1) or the one before (-1); after the last one they are put away."""
        if self.at + step >= len(tips()):
            self.put_away()
            return
        self.at = max(0, self.at + step)
        self._show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def put_away(self) -> None:
        """Never to be shown by itself again; the focus goes where it was."""
        kept = settings.load()
        settings.save(replace(kept, others={**kept.others, SEEN: True}))
        self._window.removeEventFilter(self)
        had_focus = self.isAncestorOf(self._window.focusWidget()) or self.hasFocus()
        for gone in (self._ring, self):
            gone.hide()
        QTimer.singleShot(0, self, self._go)  # not while one of its own keys is being handled
        page = self._window.page()
        if had_focus and page is not None:
            page.begin()

    def _go(self) -> None:
        for gone in (self._ring, self):
            gone.setParent(None)
            gone.deleteLater()

    def _show(self) -> None:
        tip = tips()[self.at]
        self.title.setText(tip.title)
        self.text.setText(tip.text)
        count = {"number": digits.count(self.at + 1), "count": digits.count(len(tips()))}
        self.count.setText(_("Tip {number} of {count}").format(**count))
        self.back.setVisible(self.at > 0)
        self.next.set_text(_("Next") if self.at + 1 < len(tips()) else _("Begin"))
        self.setAccessibleName(f"{tip.title}. {tip.text}")
        self.place()
        self._ring.show()
        self.show()
        self._ring.raise_()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    # the place

    def anchor(self) -> QWidget:
        """What the tip points at."""
        for name in tips()[self.at].at:
            found = self._window.findChild(QWidget, name)
            if found is not None and not found.visibleRegion().isEmpty():  # scrolled away is not in sight
                return found
        return self._window.topbar

    def _later(self) -> None:
        QTimer.singleShot(0, self, self.place)

    def place(self) -> None:
        """Beside the control: right of the sections, under what stands above, over what stands below."""
        anchor = self.anchor()
        at = QRect(anchor.mapTo(self._window, QPoint(0, 0)), anchor.size())
        if anchor is self._window.status:  # its left end, where it says what was saved
            at.setWidth(min(at.width(), theme.scaled(260)))
        wide = min(theme.scaled(WIDE), self._window.width() - 2 * tokens.L)
        size = QSize(wide, self.heightForWidth(wide))
        window = self._window.rect().adjusted(tokens.S, tokens.S, -tokens.S, -tokens.S)
        if at.right() < self._window.sidebar.width():
            self._side = "right"
            left, top = at.right() + AWAY, at.center().y() - size.height() // 2
        else:
            self._side = "below" if at.center().y() < window.center().y() else "above"
            left = at.center().x() - size.width() // 2
            top = at.bottom() + AWAY if self._side == "below" else at.top() - AWAY - size.height()
        left = max(window.left(), min(left, window.right() - size.width()))
        top = max(window.top(), min(top, window.bottom() - size.height()))
        self.setGeometry(left, top, size.width(), size.height())
        self._point = at.center() - self.pos()
        self._ring.setGeometry(at.adjusted(-4, -4, 4, 4))
        self.update()

    def heightForWidth(self, width: int) -> int:
        """As high as the words ask."""
        return max(self._box.totalHeightForWidth(width), self._box.totalMinimumSize().height())

    # events

    def event(self, event: QEvent) -> bool:
        """Its keys are its own while it has the focus, before the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._way(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = self._way(event)
        if way is not None:
            way()
        else:
            super().keyPressEvent(event)

    def _way(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        ways: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Return: lambda: self.step(1),
            Qt.Key.Key_Enter: lambda: self.step(1),
            Qt.Key.Key_Right: lambda: self.step(1),
            Qt.Key.Key_Left: lambda: self.step(-1),
            Qt.Key.Key_Escape: self.put_away,
        }
        return ways.get(Qt.Key(event.key()))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._later()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A card with a point towards the control."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(ARROW, ARROW, -ARROW, -ARROW)
        shape = QPainterPath()
        shape.addRoundedRect(card, tokens.RADIUS_CARD, tokens.RADIUS_CARD)
        low, high = tokens.RADIUS_CARD + ARROW, -tokens.RADIUS_CARD - ARROW
        x = min(max(float(self._point.x()), card.left() + low), card.right() + high)
        y = min(max(float(self._point.y()), card.top() + low), card.bottom() + high)
        tip, one, two = {
            "right": (
                QPointF(card.left() - ARROW, y),
                QPointF(card.left(), y - ARROW),
                QPointF(card.left(), y + ARROW),
            ),
            "below": (QPointF(x, card.top() - ARROW), QPointF(x - ARROW, card.top()), QPointF(x + ARROW, card.top())),
            "above": (
                QPointF(x, card.bottom() + ARROW),
                QPointF(x - ARROW, card.bottom()),
                QPointF(x + ARROW, card.bottom()),
            ),
        }[self._side]
        arrow = QPainterPath(one)
        arrow.lineTo(tip)
        arrow.lineTo(two)
        arrow.closeSubpath()
        painter.setPen(QPen(theme.colour("accent"), 1.5))
        painter.setBrush(theme.colour("card"))
        painter.drawPath(shape.united(arrow))
        painter.end()


class Ring(QWidget):
    """A line around the control that a tip speaks of; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)
        painter.end()
