"""Where a secret is typed: hidden or shown, and while it is hidden a word on which letters the keyboard gives."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cpdesk.i18n import _
from cpdesk.khmer.breaks import without_zwsp
from ui import icons
from ui.widgets.buttons import IconButton
from ui.widgets.editors.line import Line
from ui.widgets.surfaces import column, restyle, row
from ui.widgets.text import Text

KHMER = range(0x1780, 0x17FA)


class PasswordField(QWidget):
    """`edited` at each letter, `entered` at Enter. Its input bears `<name>_input`. `in_sight`: shown from the start.
    `goes_on`: Enter leads on within the dialog, which shall not take it for its own."""

    edited = Signal()
    entered = Signal()

    def __init__(self, name: str, label: str, *, in_sight: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self._capitals = self.goes_on = False
        self.line = Line()
        self.line.hands_on = False
        self.line.setObjectName(f"{name}_input")
        self.line.setAccessibleName(label)
        self.line.textEdited.connect(lambda _text: self._edited())
        self.line.returnPressed.connect(self.entered.emit)
        self.line.installEventFilter(self)
        self.eye = IconButton("eye", "", name=f"{name}_eye", run=lambda: self.show_letters(not self.is_shown()))
        self.hint = Text("", "small", wrap=False, name=f"{name}_hint")
        self.hint.setMinimumHeight(self.hint.fontMetrics().lineSpacing())  # nothing moves while one types
        box = column(self, spacing=2)
        across = row(spacing=4)
        across.addWidget(self.line, 1)
        across.addWidget(self.eye)
        box.addLayout(across)
        box.addWidget(self.hint)
        self.setFocusProxy(self.line)
        self.show_letters(in_sight)

    def text(self) -> str:
        return without_zwsp(self.line.text())

    def clear(self) -> None:
        self.line.clear()
        self._tell()

    def is_shown(self) -> bool:
        return self.line.echoMode() == QLineEdit.EchoMode.Normal

    def show_letters(self, shown: bool) -> None:
        """Show what is typed, or dots in its place."""
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        # Qt takes the input method away from hidden fields; Khmer vowels of two signs come through it.
        self.line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        hints = Qt.InputMethodHint
        self.line.setInputMethodHints(hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhNoAutoUppercase)
        word = _("Hide the letters") if shown else _("Show the letters")
        self.eye.setIcon(icons.icon("eye-off" if shown else "eye", "muted"))
        self.eye.setAccessibleName(f"{self.line.accessibleName()}: {word}")
        self.eye.setToolTip(word)
        self._tell()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Capital letters without Shift: Caps Lock is on. Qt does not tell it otherwise."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if self.goes_on and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
            letter = event.text()
            if letter.isalpha() and letter.lower() != letter.upper():
                held = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._capitals = letter.isupper() != held
            elif event.key() == Qt.Key.Key_CapsLock:
                self._capitals = False  # until the next letter tells
                self._tell()
        return False

    def _edited(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        words = "" if self.is_shown() else _letters(self.text())
        if self._capitals and self.text():
            words = _("Caps Lock is on.")
        restyle(self.hint, "role", "problem" if self._capitals and words else "small")
        self.hint.setText(words)
        self.line.setAccessibleDescription(words)


def _letters(text: str) -> str:
    """Which letters were typed, for who cannot see them."""
    khmer = any(ord(letter) in KHMER for letter in text)
    latin = any(letter.isascii() and letter.isalpha() for letter in text)
    if khmer and latin:
        return _("Khmer and Latin letters are mixed.")
    if khmer:
        return _("The keyboard types Khmer letters.")
    return _("The keyboard types Latin letters.") if latin else ""
