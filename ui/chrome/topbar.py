"""Back, forward, where one stands, and the search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from cpdesk.i18n import _
from ui import icons, theme, tokens
from ui.navigation import Crumb, Location
from ui.widgets.buttons import Button, IconButton
from ui.widgets.surfaces import clear_out, row
from ui.widgets.text import ElidedText, KeyHint, Text


class SearchBox(QPushButton):
    """Looks like a search box and opens the search, which has a window of its own."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setProperty("role", "searchbox")
        self.setAccessibleName(_("Search"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(300)
        box = row(self)
        box.setContentsMargins(11, 0, 11, 0)
        picture = QLabel()
        picture.setPixmap(icons.pixmap("search", "muted", 16))
        box.addWidget(picture)
        box.addWidget(ElidedText(_("Search…"), "muted"), 1)
        self._keys = KeyHint(keys.replace("+", " "))
        box.addWidget(self._keys)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the word has it."""
        super().resizeEvent(event)
        self._keys.setVisible(event.size().width() >= theme.scaled(150))

    def sizeHint(self) -> QSize:
        return QSize(300, theme.line_height() + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, theme.line_height() + 8)


class TopBar(QFrame):
    """Signals: `back`, `forward`, `search`, and `went(Location)` when a step of the path is pressed."""

    back = Signal()
    forward = Signal()
    search = Signal()
    went = Signal(object)

    def __init__(self, search_keys: str = "Ctrl+K", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setProperty("role", "topbar")
        self.setMinimumHeight(max(tokens.TOPBAR_HEIGHT, theme.line_height() + 12))
        box = row(self, spacing=tokens.XS)
        box.setContentsMargins(20, 0, tokens.XL, 0)
        self._back = IconButton("chevron-left", _("Back"), name="back", colour="ink", size=22, run=self.back.emit)
        self._forward = IconButton(
            "chevron-right", _("Forward"), name="forward", colour="ink", size=22, run=self.forward.emit
        )
        self._path = row(spacing=6)
        self._title = ElidedText("", "strong", name="title")
        self.menu = QMenu(self)
        self.menu.setObjectName("menu")
        more = IconButton("menu", _("Commands"), name="commands", colour="ink", size=20)
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(self.menu)
        box.addWidget(self._back)
        box.addWidget(self._forward)
        box.addSpacing(tokens.S)
        box.addLayout(self._path)
        box.addWidget(self._title, 1)
        box.addSpacing(tokens.L)
        search = SearchBox(search_keys)
        search.clicked.connect(lambda: self.search.emit())
        box.addWidget(search)
        box.addSpacing(tokens.XS)
        box.addWidget(more)

    def show_path(self, crumbs: Sequence[Crumb], title: str) -> None:
        """The steps that lead here, and where one is."""
        clear_out(self._path)
        before: QWidget = self._forward
        for number, crumb in enumerate(crumbs):
            step = self._step(number, crumb)
            self._path.addWidget(step)
            self._path.addWidget(Text("▸ ", "small", wrap=False))
            if isinstance(step, Button):
                self.setTabOrder(before, step)
                before = step
        self._title.setText(title)

    def _step(self, number: int, crumb: Crumb) -> QWidget:
        location = crumb.location
        if not isinstance(location, Location):
            return Text(crumb.text, "muted", wrap=False)
        return Button(crumb.text, kind="crumb", name=f"crumb_{number}", run=lambda: self.went.emit(location))

    def set_history(self, back: bool, forward: bool) -> None:
        self._back.setEnabled(back)
        self._forward.setEnabled(forward)
