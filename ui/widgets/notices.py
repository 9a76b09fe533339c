"""Words that the program says in passing: in the page, or for a few seconds at its foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QWidget

from cpdesk.i18n import _
from ui import icons, tokens
from ui.widgets.buttons import Button, IconButton
from ui.widgets.surfaces import restyle, row
from ui.widgets.text import Text

_ICONS = {
    "neutral": "info",
    "accent": "info",
    "good": "circle-check",
    "warning": "triangle-alert",
    "bad": "circle-alert",
}
_COLOURS = {"neutral": "muted"}


class InlineMessage(QFrame):
    """A sentence on a toned ground with its icon and, where there is something to do, one button."""

    def __init__(
        self,
        text: str = "",
        tone: str = "accent",
        *,
        name: str = "notice",
        button: str = "",
        run: Callable[[], object] | None = None,
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "notice")
        box = row(self, spacing=10)
        box.setContentsMargins(12, 6, 8, 6)
        self._picture = QLabel()
        self._words = Text("", name=f"{name}_text")
        box.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(self._words, 1)
        if button and run is not None:
            box.addWidget(Button(button, kind="link", name=f"{name}_do", run=run))
        if closable:
            box.addWidget(IconButton("x", _("Close this message"), name=f"{name}_close", size=16, run=self.hide))
        self.say(text, tone)

    def say(self, text: str, tone: str = "accent") -> None:
        """Show `text`, or go away where it is empty."""
        restyle(self, "tone", tone)
        restyle(self._words, "state", tone)
        self._picture.setPixmap(icons.pixmap(_ICONS[tone], _COLOURS.get(tone, tone)))
        self._words.setText(text)
        self.setAccessibleName(text)
        if self.parentWidget() is not None or not text:  # else it would be a window for a moment, before it is laid out
            self.setVisible(bool(text))
        if text:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def text(self) -> str:
        return self._words.plain()


class Toast(InlineMessage):
    """The same, floating at the foot of `host` and gone by itself; it never takes the focus."""

    def __init__(
        self,
        host: QWidget,
        text: str,
        tone: str = "good",
        *,
        seconds: float = 5,
        button: str = "",
        run: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(text, tone, name="toast", button=button, run=run, closable=True, parent=host)
        self._host = host
        for inner in self.findChildren(QAbstractButton):
            inner.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        host.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.deleteLater)
        self._timer.start(round(seconds * 1000))
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        width = min(560, self._host.width() - 2 * tokens.XL)
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        self.setGeometry((self._host.width() - width) // 2, self._host.height() - height - tokens.L, width, height)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
