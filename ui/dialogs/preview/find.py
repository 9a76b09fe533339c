"""Searching in the text of a paper: a line over the pages, every place marked, one after the other with Enter."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cpdesk.i18n import _
from cpdesk.khmer import digits
from ui import tokens
from ui.widgets.buttons import IconButton
from ui.widgets.editors.line import Line
from ui.widgets.paper_view import PaperView
from ui.widgets.paper_words import Hit, PageWords, page_words, search
from ui.widgets.surfaces import row
from ui.widgets.text import Text

WAIT_MS = 150


class FindBar(QWidget):
    """Hidden until `begin`. Enter and Shift+Enter go on and back, Esc closes it."""

    def __init__(self, view: PaperView) -> None:
        super().__init__()
        self.setObjectName("find")
        self.view = view
        self.hits: list[Hit] = []
        self._at = -1
        self._of: bytes | None = None  # whose words these are
        self._words: list[PageWords] = []
        bar = row(self, spacing=tokens.S)
        bar.setContentsMargins(tokens.L, 0, tokens.L, tokens.S)
        self.line = Line()
        self.line.setObjectName("find_line")
        self.line.setAccessibleName(_("Search in the text"))
        self.line.setPlaceholderText(_("Search in the text"))
        self.line.setClearButtonEnabled(True)
        bar.addWidget(self.line, 1)
        self.count = Text("", "muted", wrap=False, name="find_count")
        bar.addWidget(self.count)
        for icon, word, name, step in (
            ("chevron-up", _("Previous place (Shift+Enter)"), "find_previous", -1),
            ("chevron-down", _("Next place (Enter)"), "find_next", 1),
        ):
            bar.addWidget(IconButton(icon, word, name=name, colour="ink", run=partial(self.step, step)))
        bar.addWidget(IconButton("x", _("Close the search"), name="find_close", colour="ink", run=self.end))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAIT_MS)
        self._soon.timeout.connect(self._search)
        self.line.textEdited.connect(self._typed)
        self.hide()

    def _typed(self, _text: str) -> None:
        self._soon.start()

    def begin(self) -> None:
        """Come up, ready to be typed into."""
        self.show()
        self.line.setFocus()
        self.line.selectAll()
        self._search()

    def end(self) -> None:
        """Go, and take the marks away."""
        self._soon.stop()
        self.hide()
        self.view.show_hits((), None)
        self.view.setFocus()

    def renew(self) -> None:
        """The pages are others now: search again in them."""
        if self.isVisible():
            self._search(stay=True)

    def step(self, step: int) -> None:
        """To the next place, or the one before; from the last to the first."""
        if self._soon.isActive():
            self._soon.stop()
            self._search()
        elif self.hits:
            self._at = (self._at + step) % len(self.hits)
            self._show()

    def _search(self, *, stay: bool = False) -> None:
        pdf = self.view.pdf
        if pdf == self._of:
            self._found(stay)
        elif pdf:
            done = partial(self._read, pdf, stay=stay)
            self.view.context.jobs.run(lambda _desk, _progress: page_words(pdf), done=done)

    def _read(self, pdf: bytes, words: list[PageWords], *, stay: bool) -> None:
        if isValid(self) and pdf == self.view.pdf:
            self._of, self._words = pdf, words
            self._found(stay)

    def _found(self, stay: bool) -> None:
        self.hits = search(self._words, self.line.text())
        here = self.view.page()
        if not stay:
            self._at = next((n for n, hit in enumerate(self.hits) if hit.page >= here), 0)
        self._at = min(self._at, len(self.hits) - 1)
        self._show(follow=not stay)

    def _show(self, *, follow: bool = True) -> None:
        chosen = self.hits[self._at] if self.hits else None
        self.view.show_hits(self.hits, chosen if follow else None)
        if not self.line.text().strip():
            words = ""
        elif chosen is None:
            words = _("Not found")
        else:
            words = _("{at} of {count}").format(at=digits.count(self._at + 1), count=digits.count(len(self.hits)))
        self.count.setText(words)
        self.line.setAccessibleDescription(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.key() == Qt.Key.Key_F3:
            self.step(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)
