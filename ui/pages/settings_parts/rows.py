"""How a setting looks: its name and what it does, and beside it, or under it where there is less room, the choice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme, tokens
from ui.pages.settings_parts import titles
from ui.widgets.surfaces import Card, Divider, SectionHeader, column, row
from ui.widgets.text import Text

WIDE = 620  # pixels of a row at text scale 1 from which the choice stands beside its words
WORDS, CHOICE = 5, 6  # shares of the width


class SettingRow(QWidget):
    """One setting. `wide`: the choice is a field that takes the width there is."""

    def __init__(self, name: str, title: str, explained: str, *choices: QWidget, wide: bool = False) -> None:
        super().__init__()
        self.setObjectName(f"setting_{name}")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.XL)
        self._grid.setVerticalSpacing(tokens.S)
        self._words = QWidget()
        words = column(self._words, spacing=0)
        words.addWidget(Text(title, "strong"))
        self.explained = Text(explained, "small", name=f"setting_{name}_words")
        words.addWidget(self.explained)
        words.addStretch(1)
        self._choice = QWidget()
        across = row(spacing=tokens.S)
        for choice in choices:
            across.addWidget(choice, 1 if wide else 0, Qt.AlignmentFlag.AlignTop)
            if not choice.accessibleDescription():
                choice.setAccessibleDescription(explained)
        if not wide:
            across.addStretch(1)
        self._choice_box = column(spacing=tokens.XS)
        self._choice_box.addLayout(across)
        whole = column(self._choice)
        whole.addLayout(self._choice_box)
        whole.addStretch(1)
        self._beside: bool | None = None
        self._arrange(True)

    def add_under(self, widget: QWidget) -> None:
        """Something more under the choice."""
        self._choice_box.addWidget(widget)

    def _arrange(self, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        self._grid.removeWidget(self._words)
        self._grid.removeWidget(self._choice)
        self._grid.addWidget(self._words, 0, 0)
        self._grid.addWidget(self._choice, 0 if beside else 1, 1 if beside else 0)
        self._grid.setColumnStretch(0, WORDS)
        self._grid.setColumnStretch(1, CHOICE if beside else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(event.size().width() >= theme.scaled(WIDE))
        super().resizeEvent(event)


class SettingCard(Card):
    """A part of the page: its heading, and rows with lines between them. `first` is where the focus goes."""

    def __init__(self, key: str, short: str = "") -> None:
        super().__init__(f"settings_{key}")
        self.key, self.title = key, titles()[key]
        self.short = short or self.title  # in the index
        self.first: QWidget | None = None
        self._rows = 0
        self.body.setSpacing(tokens.M)
        self.add(SectionHeader(self.title))

    def add_row(self, line: QWidget) -> None:
        if self._rows:
            self.add(Divider())
        self._rows += 1
        self.add(line)

    def begin(self) -> None:
        """Put the focus on the first thing that can be chosen."""
        if self.first is not None:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def rows(self) -> Sequence[SettingRow]:
        return self.findChildren(SettingRow)
