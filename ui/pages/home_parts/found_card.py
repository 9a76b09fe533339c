"""What the checks found, the most frequent first; each line leads to its place on the page of the checks."""

from __future__ import annotations

from collections import Counter
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from cpdesk.i18n import _
from cpdesk.khmer import digits
from ui import icons, tokens
from ui.checking import watch
from ui.context import Context
from ui.pages.home_parts.cards import HomeCard
from ui.widgets.buttons import Button
from ui.widgets.guards import focus_kept
from ui.widgets.surfaces import Chip, clear_out, row
from ui.widgets.text import Text

MOST = 3


class Lead(Button):
    """A row that is pressed as a whole: words, a number, and an arrow."""

    def __init__(self, words: str, count: int, tone: str, *, name: str, run: object) -> None:
        super().__init__("", kind="item", name=name, run=run if callable(run) else None)
        self.setAccessibleName(f"{words}: {digits.count(count)}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        across = row(self, spacing=tokens.S)
        across.setContentsMargins(tokens.XS, 2, 0, 2)
        arrow = QLabel()
        arrow.setPixmap(icons.pixmap("chevron-right", "muted", 16))
        for widget, share in ((Text(words, "small"), 1), (Chip(digits.count(count), tone), 0), (arrow, 0)):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            across.addWidget(widget, share)


class FoundCard(HomeCard):
    """Reads what the watch over the desk found last, and asks it to look where it never did."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "home_found", _("To settle"), _("Look"), self._go)
        self.link.setObjectName("home_checks")
        self.link.setAccessibleName(_("Look at what there is to settle"))
        self.count = Chip("", "warning", name="found_count")
        self.head.add_chip(self.count)
        self.count.hide()
        self._watch = watch(context)
        self._watch.changed.connect(self._show)
        self._shown: tuple[object, ...] = ()

    def show_day(self, _today: date) -> None:
        """Show what is known now; the rest comes by itself."""
        self._show()

    def look(self) -> None:
        """Have it looked up, after what is quicker to tell."""
        self._watch.ask()

    def _show(self) -> None:
        from cpdesk.tasks import checks

        found = self._watch.found
        wait = [one.check for one in found or () if not checks.check(one.check).suggested]
        now = (found is None, tuple(sorted(Counter(wait).items())))
        if now == self._shown:
            return
        self._shown = now
        self.count.setText(digits.count(len(wait)))
        self.count.setVisible(bool(wait))
        with focus_kept(self, self.link.setFocus):
            clear_out(self.inner)
            for key, count in Counter(wait).most_common(MOST):
                check = checks.check(key)
                self.inner.addWidget(
                    Lead(check.title(), count, "warning", name=f"found_{key}", run=lambda key=key: self._go(key))
                )
            if found is None:
                self.nothing(_("Looking at what does not fit together…"))
            elif not wait:
                self.inner.addWidget(Text(_("Everything fits together."), "muted"))
        self.line_up()

    def _go(self, key: str = "") -> None:
        self.context.go("checks", group=key)
