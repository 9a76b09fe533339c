"""Keeps a turning wheel from changing what was typed.

A combo or spin box under the pointer takes the wheel while a person only means to scroll the page.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
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
