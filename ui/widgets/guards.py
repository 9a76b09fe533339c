"""Keeps keys and wheel with whom they are meant for.

A combo or spin box under the pointer takes the wheel while a person only means to scroll the page; Esc closes a form
that stands open before it is the window's way back; what is built anew keeps the focus of what it replaces, and its
place in the order of Tab.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


class NoWheel(QObject):
    """Hands wheel events of the widgets it watches on to what lies behind them."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False


def no_wheel(widget: QWidget) -> None:
    """Let `widget` ignore the wheel, for good."""
    app = QApplication.instance()
    guard = app.findChild(NoWheel, "no_wheel") if app else None
    if guard is None:
        guard = NoWheel(app)
        guard.setObjectName("no_wheel")
    widget.installEventFilter(guard)


def takes_esc(event: QEvent) -> bool:
    """Whether Esc was pressed and looks for somebody who takes it before the window's shortcut; then it is taken."""
    if (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_Escape
    ):
        event.accept()
        return True
    return False


def undo_key(event: QKeyEvent) -> str:
    """ "undo" or "redo" where a key means that, on any system; else ""."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    if event.key() == Qt.Key.Key_Z and held == ctrl:
        return "undo"
    again = (event.key() == Qt.Key.Key_Z and held == ctrl | shift) or (event.key() == Qt.Key.Key_Y and held == ctrl)
    return "redo" if again else ""


@contextmanager
def focus_kept(holder: QWidget, otherwise: Callable[[], object] | None = None) -> Iterator[None]:
    """What is built anew inside `holder` has the focus where what it replaces had it; they know each other by name.
    `otherwise` says where to go when nothing of that name is there any more."""
    had = holder.window().focusWidget()
    name = had.objectName() if had is not None and holder.isAncestorOf(had) else ""
    before = set(holder.findChildren(QWidget, name)) if name else set()
    yield
    after = [one for one in holder.findChildren(QWidget, name) if one not in before] if name else []
    if after:
        after[-1].setFocus()
    elif name and otherwise is not None and had is not None and not had.isVisible():
        otherwise()


def stops(holder: QWidget) -> list[QWidget]:
    """All inside `holder` that can have the focus, in the order in which they were made."""
    return [one for one in holder.findChildren(QWidget) if one.focusPolicy() != Qt.FocusPolicy.NoFocus]


def tab_through(widgets: Iterable[QWidget]) -> None:
    """Tab goes through these in this order, whenever each of them was made; what is in no window yet waits for that."""
    for one, other in pairwise(widgets):
        if one.window() is other.window():
            QWidget.setTabOrder(one, other)
