"""What a screen reader is told of widgets that we paint ourselves, and that Qt therefore takes for empty areas.

A class says what it is by `spoken_as`; its name and description it sets like any widget. Asked for only where a
screen reader listens.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Role = QAccessible.Role

_installed = False


def install() -> None:
    """Let screen readers ask our own widgets what they are; once for the program."""
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_interface)


def say(widget: QWidget, text: str) -> None:
    """Have `text` read aloud now, where somebody listens."""
    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def _interface(_key: str, thing: QObject) -> QAccessibleInterface | None:
    role = getattr(thing, "spoken_as", None)
    if isinstance(role, Role) and isinstance(thing, QWidget):
        return QAccessibleWidget(thing, role)
    return None
