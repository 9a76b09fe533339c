"""Help without a network: how the daily work is done, in a few sentences, and every key. F1 opens the part for the
page one stands on.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from ui import actions, theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.navigation import Page
from ui.pages.help_texts import TOPIC_OF_PAGE, Topic, topics
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Card, Divider, SectionHeader, clear_out, column, row, scrolling
from ui.widgets.text import KeyHint, Text

KEYS = "keys"


class HelpPage(Page):
    """The topics at the left, the chosen one beside them."""

    name: ClassVar[str] = "help"
    kinds: ClassVar[frozenset[str]] = frozenset({"-"})  # nothing of the desk changes it

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._topics = {topic.key: topic for topic in topics()}
        self.chosen = next(iter(self._topics))
        self.about = ""
        across = row(self, spacing=tokens.L)
        across.setContentsMargins(tokens.XL, 20, 0, 0)
        self._buttons: dict[str, Button] = {}
        across.addWidget(self._index())
        self._content = QWidget()
        self._box = column(self._content, spacing=tokens.L)
        self._box.setContentsMargins(0, 0, tokens.XL, tokens.XL)
        self.area = scrolling(self._content, "scroll_help")
        across.addWidget(self.area, 1)

    def _index(self) -> QWidget:
        content = QWidget()
        content.setFixedWidth(theme.scaled(250))
        box = column(content, spacing=4)
        entries = [(key, topic.title) for key, topic in self._topics.items()] + [(KEYS, _("Keys"))]
        for key, words in entries:
            button = Button(words, kind="item", name=f"help_{key}", run=partial(self.choose, key))
            button.setCheckable(True)
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            self._buttons[key] = button
            box.addWidget(button)
        box.addStretch(1)
        return content

    def title(self) -> str:
        return _("Help")

    def choose(self, key: str) -> None:
        """Show a topic, or the keys."""
        self.chosen = key if key in self._buttons else next(iter(self._topics))
        for name, button in self._buttons.items():
            button.setChecked(name == self.chosen)
        clear_out(self._box)
        topic = self._topics.get(self.chosen)
        self._box.addWidget(self._told(topic) if topic is not None else self._keys())
        self._box.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    def _told(self, topic: Topic) -> QWidget:
        card = Card(f"topic_{topic.key}")
        card.add(SectionHeader(topic.title), Text(topic.what, "muted"))
        for number, step in enumerate(topic.steps, 1):
            line = row(spacing=tokens.M)
            mark = Text(digits.count(number), "strong", wrap=False)
            mark.setFixedWidth(theme.scaled(22))
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Text(step, selectable=True), 1)
            card.body.addLayout(line)
        if topic.good:
            card.add(Divider(), Text(topic.good, "small"))
        return card

    # keys

    def _keys(self) -> QWidget:
        holder = QWidget()
        box = column(holder, spacing=tokens.L)
        for title, rows in self._tables():
            card = Card()
            card.add(SectionHeader(title))
            grid = QGridLayout()
            grid.setHorizontalSpacing(tokens.XL)
            grid.setVerticalSpacing(tokens.S)
            grid.setColumnStretch(0, 1)
            for number, (words, keys) in enumerate(rows):
                grid.addWidget(Text(words), number, 0)
                line = row(spacing=tokens.XS)
                for key in keys:
                    line.addWidget(KeyHint(key))
                line.addStretch(1)
                grid.addLayout(line, number, 1)
            card.body.addLayout(grid)
            box.addWidget(card)
        return holder

    def _tables(self) -> list[tuple[str, list[tuple[str, list[str]]]]]:
        """Each command with its keys, as it was declared: everywhere, on each page, and on the page one came from."""
        from ui.main_window import MainWindow

        window = self.window()
        if not isinstance(window, MainWindow):
            return []
        general = [(a.text, a.all_keys_shown()) for a in window.actions_.general() if a.shortcuts()]
        shared = [
            (words, Action(key, words, lambda: None).all_keys_shown()) for key, words in actions.page_words().items()
        ]
        page = window.built_page(self.about)
        own = [
            (a.text, a.all_keys_shown())
            for a in (page.commands() if page is not None else ())
            if a.shortcuts() and a.id not in actions.page_words()
        ]
        tables = [(_("Everywhere"), general), (_("On each page"), shared)]
        if page is not None and own:
            tables.append((_("On the page “{page}”").format(page=page.title()), own))
        return tables

    # the page

    def open(self, record: str | None) -> None:
        super().open(record)
        self.choose(self.chosen)

    def state(self) -> dict[str, object]:
        return {"topic": self.chosen, "scroll": self.area.verticalScrollBar().value()}

    def restore(self, state: dict[str, object]) -> None:
        about, topic = state.get("about"), state.get("topic")
        if isinstance(about, str) and about != self.name:
            self.about = about
            topic = TOPIC_OF_PAGE.get(about, self.chosen)
        if isinstance(topic, str):
            self.choose(topic)

    def begin(self) -> None:
        self._buttons[self.chosen].setFocus()
