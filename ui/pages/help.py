"""Help without a network: how the daily work is done, with pictures, and every key. F1 opens the part for the page one
stands on; a line at the top finds words in all of it.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from cpdesk.help import chapters, topic_of_page
from cpdesk.i18n import _
from cpdesk.khmer.spelling import fold
from ui import actions, icons, theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.navigation import Page
from ui.widgets.buttons import Button
from ui.widgets.editors.line import Line
from ui.widgets.surfaces import Card, SectionHeader, clear_out, column, row, scrolling
from ui.widgets.text import KeyHint, Text, literal
from ui.widgets.topic import TopicCard

KEYS = "keys"
INDEX = 310  # at most


class TopicButton(Button):
    """An entry of the index. Up and Down go to the next one and show it."""

    def __init__(self, page: HelpPage, key: str, words: str) -> None:
        super().__init__(words, kind="item", name=f"help_{key}", run=partial(page.choose, key))
        self._page, self._words = page, words
        self._wish = super().sizeHint()
        self.setCheckable(True)
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._page.step(step)

    def nextCheckState(self) -> None:
        """Only the page says which one is on."""

    def sizeHint(self) -> QSize:
        """As wide as all its words, whatever of them is shown."""
        return self._wish

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._wish.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for all its words, the tip tells them."""
        super().resizeEvent(event)
        room = event.size().width() - 2 * tokens.L
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(literal(shown))
        self.setToolTip(self._words if shown != self._words else "")


class HelpPage(Page):
    """The topics at the left, chapter by chapter, the chosen one beside them."""

    name: ClassVar[str] = "help"
    kinds: ClassVar[frozenset[str]] = frozenset({"-"})  # nothing of the desk changes it

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._chapters = chapters()
        self._topics = {topic.key: topic for chapter in self._chapters for topic in chapter.topics}
        self.chosen = next(iter(self._topics))
        self.about = ""
        self._buttons: dict[str, TopicButton] = {}
        self._heads: list[tuple[Text, tuple[str, ...]]] = []
        across = row(self, spacing=tokens.L)
        across.setContentsMargins(tokens.XL, 20, 0, 0)
        across.addWidget(self._index())
        self._content = QWidget()
        self._box = column(self._content, spacing=tokens.L)
        self._box.setContentsMargins(0, 0, tokens.XL, tokens.XL)
        self.area = scrolling(self._content, "scroll_help")
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # to be read on by the arrows
        self.area.setProperty("kind", "paper")  # so that its focus is seen
        self.area.setAccessibleName(_("What the help says"))
        across.addWidget(self.area, 1)

    # the index

    def _index(self) -> QWidget:
        holder = self._side = QWidget()
        whole = column(holder, spacing=tokens.M)
        self.line = Line()
        self.line.setObjectName("help_filter")
        self.line.setAccessibleName(_("Search in the help"))
        self.line.setPlaceholderText(_("Search in the help"))
        self.line.setClearButtonEnabled(True)
        self.line.addAction(icons.icon("search", "muted", 16), Line.ActionPosition.LeadingPosition)
        self.line.textChanged.connect(lambda _text: self._filter())
        self.line.installEventFilter(self)
        whole.addWidget(self.line)
        content = QWidget()
        box = column(content, spacing=2)
        for chapter in self._chapters:
            self._chapter(box, chapter.title, {one.key: one.title for one in chapter.topics})
        self._chapter(box, _("Keys"), {KEYS: _("All keys")})
        self.nothing = Text(_("The help says nothing of it. Try fewer letters, or another word."), "small")
        self.nothing.hide()
        box.addWidget(self.nothing)
        box.addStretch(1)
        self._list = scrolling(content, "scroll_help_index")
        whole.addWidget(self._list, 1)
        print_ = Button(_("Print the manual"), icon="printer", name="help_print", run=self.print)
        whole.addWidget(print_)
        whole.addSpacing(tokens.L)
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The index takes what its words need, and two fifths of the page at most."""
        super().resizeEvent(event)
        widest = max(button.sizeHint().width() for button in self._buttons.values()) + 2 * tokens.XL
        self._side.setFixedWidth(min(widest, theme.scaled(INDEX), event.size().width() * 2 // 5))

    def _chapter(self, box: object, title: str, entries: dict[str, str]) -> None:
        from PySide6.QtWidgets import QVBoxLayout

        assert isinstance(box, QVBoxLayout)
        if self._heads:
            box.addSpacing(tokens.S)
        head = Text(title, "label")
        head.setContentsMargins(tokens.M, 0, 0, 0)
        box.addWidget(head)
        for key, words in entries.items():
            self._buttons[key] = TopicButton(self, key, words)
            box.addWidget(self._buttons[key])
        self._heads.append((head, tuple(entries)))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """In the search line Down and Up go through what is found; Esc empties it before it leads back."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            key = Qt.Key(event.key())
            if key == Qt.Key.Key_Escape and self.line.text():
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self.line.clear()
                return True
            if event.type() == QEvent.Type.KeyPress and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.step(1 if key == Qt.Key.Key_Down else -1, focus=False)
                return True
        return False

    def found(self) -> list[str]:
        """The topics that hold what is searched, in their order; all where nothing is."""
        wanted = self.line.text().strip()
        found = [key for key, topic in self._topics.items() if not wanted or topic.holds(wanted)]
        return [*found, KEYS] if not wanted or self._keys_hold(wanted) else found

    def _keys_hold(self, wanted: str) -> bool:
        texts = [fold(" ".join((words, *keys))) for _title, rows in self.tables() for words, keys in rows]
        return any(all(fold(word) in text for word in wanted.split()) for text in texts)

    def _filter(self) -> None:
        found = self.found()
        for key, button in self._buttons.items():
            button.setVisible(key in found)
        for head, keys in self._heads:
            head.setVisible(any(key in found for key in keys))
        self.nothing.setVisible(not found)
        if found and self.chosen not in found:
            self.choose(found[0])

    def step(self, step: int, *, focus: bool = True) -> None:
        """Show the next topic (1) of those found, or the one before (-1)."""
        found = self.found()
        if not found:
            return
        at = found.index(self.chosen) + step if self.chosen in found else 0
        self.choose(found[min(max(0, at), len(found) - 1)])
        if focus:
            self._buttons[self.chosen].setFocus(Qt.FocusReason.TabFocusReason)

    def title(self) -> str:
        return _("Help")

    def commands(self) -> list[Action]:
        return [Action("print", _("Print the manual"), self.print, "printer")]

    def print(self) -> None:
        """All of it as a book, in the preview."""
        from ui.dialogs.manual import show_manual

        show_manual(self.context, self.tables(), self)

    def choose(self, key: str) -> None:
        """Show a topic, or the keys."""
        self.chosen = key if key in self._buttons else next(iter(self._topics))
        for name, button in self._buttons.items():
            button.setChecked(name == self.chosen)  # one stop of Tab for all of them
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == self.chosen else Qt.FocusPolicy.ClickFocus)
        clear_out(self._box)
        topic = self._topics.get(self.chosen)
        self._box.addWidget(TopicCard(topic) if topic is not None else self._keys())
        self._box.addStretch(1)
        self.area.verticalScrollBar().setValue(0)
        self._list.ensureWidgetVisible(self._buttons[self.chosen], 0, tokens.XL)
        self._list.horizontalScrollBar().setValue(0)

    # keys

    def _keys(self) -> QWidget:
        holder = QWidget()
        box = column(holder, spacing=tokens.L)
        for title, rows in self.tables():
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

    def tables(self) -> list[tuple[str, list[tuple[str, list[str]]]]]:
        """Each command with its keys, as it was declared: everywhere, on each page, and on the page one came from."""
        from ui.main_window import MainWindow

        window = self.window()
        if not isinstance(window, MainWindow):
            return []
        tables = actions.tables(window.actions_.general())
        page = window.built_page(self.about)
        own = [
            (a.text, a.all_keys_shown())
            for a in (page.commands() if page is not None else ())
            if a.shortcuts() and a.id not in actions.page_words()
        ]
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
            shown = state.get("shown")
            topic = topic_of_page(about, shown if isinstance(shown, dict) else {})
            self.line.clear()
        if isinstance(topic, str):
            self.choose(topic)

    def begin(self) -> None:
        self._buttons[self.chosen].setFocus()
