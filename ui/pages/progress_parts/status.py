"""How an activity stands, as six buttons with an icon each: one press, or one key from 1 to 6."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cpdesk.khmer import digits
from cpdesk.kinds import Choice, Value
from ui import icons
from ui.pages.progress_parts.words import TONES
from ui.widgets.buttons import Button
from ui.widgets.editors import Editor
from ui.widgets.flow import FlowLayout

_ICONS = {
    "not_started": "clock",
    "on_track": "trending-up",
    "at_risk": "triangle-alert",
    "late": "circle-alert",
    "done": "circle-check",
    "dropped": "x",
}


class StatusEditor(Editor):
    """Pressing the one that is on takes the answer back; arrows go from one to the next, Tab passes by."""

    def __init__(self, name: str, label: str = "", *, type_: Choice, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self._value: Value = None
        self._buttons: dict[str, Button] = {}
        holder = QWidget()
        flow = FlowLayout(holder, 6)
        for number, option in enumerate(type_.options, 1):
            button = Button(option.label, kind="segment", name=f"{name}_{option.key}", tip=digits.count(number))
            button.setCheckable(True)
            colour = TONES.get(option.key, "neutral")
            button.setIcon(icons.icon(_ICONS[option.key], "muted" if colour == "neutral" else colour, 16, gap=5))
            button.setIconSize(QSize(21, 16))
            button.setAccessibleName(f"{label}: {option.label}")
            button.clicked.connect(partial(self._pressed, option.key))
            button.installEventFilter(self)
            flow.addWidget(button)
            self._buttons[option.key] = button
        first = next(iter(self._buttons.values()))
        self.use(first, frame=holder)
        first.setObjectName(f"{name}_{next(iter(self._buttons))}")
        first.setAccessibleName(f"{label}: {type_.options[0].label}")
        self._show()

    def value(self) -> Value:
        return self._value

    def set_value(self, value: Value) -> None:
        self._value = value
        self._show()

    def focus(self) -> None:
        self._standing().setFocus(Qt.FocusReason.OtherFocusReason)

    def button(self, key: str) -> Button:
        return self._buttons[key]

    def _standing(self) -> Button:
        """The button that Tab comes to: the one that is on, or the first."""
        return self._buttons.get(str(self._value)) or next(iter(self._buttons.values()))

    def _show(self) -> None:
        standing = self._standing()
        for key, button in self._buttons.items():
            button.setChecked(key == self._value)
            stop = Qt.FocusPolicy.StrongFocus if button is standing else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(stop)
        self.setFocusProxy(standing)

    def _pressed(self, key: str) -> None:
        self._value = None if key == self._value else key
        self._show()
        self.edited.emit()
        self.finished.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        buttons = list(self._buttons.values())
        step = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1,
        }.get(Qt.Key(event.key()))  # fmt: skip
        typed = digits.to_ascii(event.text())
        if step and isinstance(watched, Button):
            at = (buttons.index(watched) + step) % len(buttons)
            buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if typed.isdecimal() and 1 <= int(typed) <= len(buttons):
            key = list(self._buttons)[int(typed) - 1]
            if key != self._value:
                self._pressed(key)
            self._standing().setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False
