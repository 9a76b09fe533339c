"""Differences beside the board, one at a time; the view of differences shows all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from ui.context import Context
from ui.pages.differences_parts.settling import Choice, Settling
from ui.widgets.buttons import Button
from ui.widgets.editors import Editor
from ui.widgets.guards import tab_through
from ui.widgets.surfaces import Card, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks.exchange import Conflict

WIDTH = 344
HEAD = 90  # what stands over the difference
LEAST = 320  # pixels in which a person can still settle one
MOST = 1 << 20


class SettlePanel(Card):
    """`show_conflicts` takes all that wait and stays with the one in sight; `settled` after each decision, `all_wanted`
    where a person wants the list."""

    settled = Signal()
    all_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("settle", margin=16)
        self.context = context
        self.setFixedWidth(WIDTH)
        self._waiting: list[Conflict] = []
        self._at = 0
        self._grown = False
        self._room = LEAST
        head = row()
        self.title = Text("", "title", wrap=False, name="settle_title")
        head.addWidget(self.title)
        head.addStretch(1)
        self.later = Button(_("Leave for later"), kind="link", name="settle_later", run=self.next)
        head.addWidget(self.later)
        self.body.addLayout(head)
        self.one = Settling(context)
        self.one.settled.connect(lambda _one: self.settled.emit())
        self.one.later_wanted.connect(self.next)
        self.body.addWidget(self.one, 1)
        self.all = Button(_("See all of them"), kind="link", name="settle_all", run=self.all_wanted.emit)
        self.body.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def choices(self) -> list[Choice]:
        return self.one.choices

    @property
    def editor(self) -> Editor | None:
        return self.one.editor

    @property
    def take(self) -> Button:
        return self.one.take

    def show_conflicts(self, waiting: Sequence[Conflict]) -> None:
        here = self.current()
        self._waiting = list(waiting)
        same = [n for n, c in enumerate(self._waiting) if here and (c.id, c.field) == (here.id, here.field)]
        self._at = same[0] if same else min(self._at, max(0, len(self._waiting) - 1))
        self.setVisible(bool(self._waiting))
        self._draw()

    def let_grow(self) -> None:
        """Take the width there is and the height it needs, below what it stood beside."""
        self._grown = True
        self.setMinimumWidth(0)
        self.setMaximumSize(MOST, MOST)
        self._fit()

    def stand_beside(self, room: int) -> None:
        """Be as narrow as a panel again, and `room` pixels high: what settles it is in sight without scrolling."""
        self._grown = False
        self._room = max(LEAST, room)
        self.setFixedWidth(WIDTH)
        self._fit()

    def _fit(self) -> None:
        self.one.set_wide(self._grown)
        if self._grown:
            self.setMinimumHeight(self.one.height_wanted() + HEAD)
        else:
            self.setFixedHeight(self._room)

    def show_difference(self, id_: str) -> None:
        """Look at the difference of that record, where one waits."""
        at = next((n for n, waiting in enumerate(self._waiting) if waiting.id == id_), self._at)
        if at != self._at:
            self._at = at
            self._draw()

    def current(self) -> Conflict | None:
        return self._waiting[self._at] if self._at < len(self._waiting) else None

    def next(self) -> None:
        """Leave this one as it is and look at the next."""
        if self._waiting:
            self._at = (self._at + 1) % len(self._waiting)
            self._draw()

    def write_own(self) -> None:
        self.one.write_own()

    def settle(self) -> None:
        self.one.settle()

    def _draw(self) -> None:
        self.one.show_conflict(self.current())
        n = len(self._waiting)
        said = ngettext("{count} difference", "{count} differences", n).format(count=digits.count(n))
        if n > 1:
            said = f"{said} · {digits.count(self._at + 1)}/{digits.count(n)}"
        self.title.setText(said)
        self.later.setVisible(n > 1)
        tab_through(self.stops())
        self._fit()

    def stops(self) -> list[QWidget]:
        """Where Tab goes, from top to bottom."""
        return [self.later, *self.one.stops(), self.all]
