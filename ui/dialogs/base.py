"""The one shape of a dialog: a title, what it is about, buttons at the foot with the safe one first under Esc."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from ui import icons, tokens
from ui.helping import with_help
from ui.widgets.buttons import Button
from ui.widgets.surfaces import column, row
from ui.widgets.text import Text

FRAME = 48  # pixels of the screen that the title over a dialog takes, and some air


class Dialog(QDialog):
    """Fill `body`; add buttons from left to right, the one that goes on last. Esc closes without a change."""

    def __init__(self, parent: QWidget | None, title: str, *, name: str, icon: str = "", tone: str = "accent") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(440)
        self.setMaximumWidth(680)
        self._main: Button | None = None
        self.still = False  # its words stay as they are while it is shown
        self.tall = 0  # pixels that it takes at least, where the screen has them: for what comes while it is shown
        whole = column(self, spacing=tokens.L, margin=tokens.XL)
        head = row(spacing=tokens.M)
        if icon:
            picture = QLabel()
            picture.setPixmap(icons.pixmap(icon, tone, 24))
            head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        self.heading = Text(title, "title", name=f"{name}_title")
        self.heading.setAlignment(Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.heading, 1)
        self.body: QVBoxLayout = column(spacing=tokens.M)
        self._foot: QHBoxLayout = row(spacing=10)
        self._foot.addStretch(1)
        whole.addLayout(head)
        whole.addLayout(self.body)
        whole.addStretch(1)
        whole.addLayout(self._foot)
        with_help(self)

    def say(self, text: str, role: str = "text") -> None:
        """A paragraph of plain text in the body, which can be selected and copied."""
        if text:
            self.body.addWidget(Text(text, role, selectable=True))

    def add_button(
        self, text: str, run: Callable[[], object], *, kind: str = "secondary", name: str = "", icon: str = ""
    ) -> Button:
        button = Button(text, kind=kind, name=name, icon=icon, run=run)
        self._foot.addWidget(button)
        if kind == "primary":
            button.setDefault(True)
            self._main = button
        return button

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its words ask at this width, where the screen is; Enter goes on, where nothing is to be typed."""
        super().showEvent(event)
        whole = self.layout()
        if whole is not None and whole.hasHeightForWidth() and not event.spontaneous():
            most = self.screen().availableGeometry().height() - FRAME
            wanted = min(max(whole.heightForWidth(self.width()), self.tall), most)
            if self.still:  # Qt asks for the height that words take where they stand in the narrowest column
                whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
                self.setMinimumHeight(wanted)
            self.resize(self.width(), wanted if self.still else max(self.minimumSizeHint().height(), wanted))
        if self._main is not None and isinstance(self.focusWidget() or self._main, (Button, Text)):
            self._main.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_body_grow(self) -> None:
        """All height that is to spare goes to the body, as where a list is scrolled in it."""
        whole = self.layout()
        if isinstance(whole, QVBoxLayout):
            whole.setStretchFactor(self.body, 99)

    def add_line(self) -> None:
        line = QFrame()
        line.setProperty("role", "divider")
        line.setFixedHeight(1)
        self.body.addWidget(line)
