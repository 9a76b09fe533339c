"""What an officer's roles do not reach: seen, greyed, and told why. The rules are the core's (`cpdesk.tasks.roles`);
whatever slips by here is refused there, in words.
"""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.widgets.tips import tip

FORBIDDEN = "forbidden"


def forbid(widget: QWidget, reason: str) -> None:
    """Grey `widget` and tell why by its tip and to screen readers; a blank reason gives it back."""
    had = widget.property(FORBIDDEN)
    if reason:
        widget.setProperty(FORBIDDEN, reason)
        widget.setEnabled(False)
        widget.setToolTip(tip(reason))
        widget.setAccessibleDescription(reason)
    elif had:
        widget.setProperty(FORBIDDEN, None)
        widget.setEnabled(True)
        widget.setToolTip("")
        widget.setAccessibleDescription("")


def is_forbidden(widget: QAbstractButton) -> bool:
    return bool(widget.property(FORBIDDEN))
