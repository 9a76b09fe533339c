"""Today: what is due, what comes next, what waits. Each row leads on."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from cpdesk.i18n import _, language
from cpdesk.khmer import dates, digits, lunar
from cpdesk.tasks import records
from ui import theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.navigation import ScrollPage
from ui.pages.home_parts.cards import FollowUpsCard, MeetingsCard, PackageCard, has_page
from ui.pages.home_parts.plan_card import PlanCard
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button
from ui.widgets.guards import stops, tab_through
from ui.widgets.surfaces import Card, Chip, column, row
from ui.widgets.text import ElidedText, Text

NARROW = 780  # of the page: below it the cards stand in one column


class HomePage(ScrollPage):
    """`today` is asked anew at each look, so that a window left open over night tells the right day."""

    name: ClassVar[str] = "home"
    kinds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        head = row(spacing=18)
        self.day = Text("", "heading", wrap=False, name="today")
        self.lunar = ElidedText("", "muted", name="today_lunar")
        head.addWidget(self.day)
        head.addWidget(self.lunar, 1)
        self.new = Button(_("New meeting"), kind="primary", icon="plus", name="new_meeting", run=self._new)
        head.addWidget(self.new)
        self.body.addLayout(head)
        self.start = StartCard(context)
        self.body.addWidget(self.start)
        self._grid = QGridLayout()
        self._grid.setSpacing(tokens.L)
        self.follow_ups, self.meetings = FollowUpsCard(context), MeetingsCard(context)
        self.plan, self.package = PlanCard(context), PackageCard(context)
        self._cards = (self.follow_ups, self.meetings, self.plan, self.package)
        self._across = 0
        self._arrange(2)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        content = self.body.parentWidget()
        assert content is not None
        content.setMinimumHeight(1)  # so that the height which its width asks for counts, not a guess

    def _arrange(self, across: int) -> None:
        """The cards side by side, or one under the other where two would not fit."""
        if across == self._across:
            return
        self._across = across
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // across, number % across)
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(1, 4 if across == 2 else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(2 if event.size().width() >= theme.scaled(NARROW) else 1)
        super().resizeEvent(event)

    def title(self) -> str:
        return _("Home")

    def commands(self) -> list[Action]:
        return [
            Action("new", _("New meeting"), self._new, "plus"),
            Action("print", _("Print the follow-up list"), self.follow_ups.print_all, "printer"),
            *undo_actions(self.context),
        ]

    def refresh(self) -> None:
        today = date.today()
        self.day.setText(dates.long(today))
        self.lunar.setText(lunar.line(today) if language() == "km" else dates.weekday(today))
        empty = self.start.show_steps()
        for card in self._cards:
            card.setVisible(not empty)
            if not empty:
                card.show_day(today)
        self.new.setVisible(not empty)
        tab_through([self.new, *(one for card in self._cards for one in stops(card))])

    def begin(self) -> None:
        (self.start.first if self.start.isVisible() and self.start.first else self.new).setFocus()

    def _new(self) -> None:
        self.context.go("meeting")


class StartCard(Card):
    """The first day on a new desk: what to do, in which order, one button each. Goes once a meeting is there."""

    def __init__(self, context: Context) -> None:
        super().__init__("start", margin=24)
        self.context = context
        self.first: Button | None = None
        self.add(
            Text(_("Welcome. Three steps, and the desk is yours."), "heading"),
            Text(
                _("Everything is saved as you type. You can begin with any of them, and go back at any time."), "muted"
            ),
        )
        self._chips: list[Chip] = []
        steps = (
            (
                "people",
                "person",
                _("Who sits on the committee"),
                _("Members, departments and partners. Then two letters are enough to put somebody on a list."),
                _("Add people"),
            ),
            (
                "meeting",
                "meeting",
                _("The first meeting"),
                _("Agenda, who came, what was said and decided; the minutes print by themselves."),
                _("Record the first meeting"),
            ),
            (
                "plans",
                "plan",
                _("The plan"),
                _("Objectives, outputs and activities, and the inputs that led to each of them."),
                _("Begin a plan"),
            ),
        )
        for number, (page, kind, what, why, button) in enumerate(steps, 1):
            self._step(number, page, kind, what, why, button)

    def _step(self, number: int, page: str, kind: str, what: str, why: str, word: str) -> None:
        across = row(spacing=tokens.L)
        chip = Chip(digits.count(number), "accent", name=f"step_{kind}")
        self._chips.append(chip)
        across.addWidget(chip)
        words = column(spacing=0)
        words.addWidget(Text(what, "title"))
        words.addWidget(Text(why, "muted"))
        across.addLayout(words, 1)
        main = kind == "meeting"
        button = Button(
            word, kind="primary" if main else "secondary", name=f"start_{kind}", run=lambda: self.context.go(page)
        )
        if main:
            self.first = button
        if has_page(page):
            across.addWidget(button)
        self.body.addSpacing(tokens.S)
        self.body.addLayout(across)

    def show_steps(self) -> bool:
        """Show which steps are done; False (and gone) where the desk has its first meeting or plan."""
        done = {kind: records.count(self.context.desk, kind) > 0 for kind in ("person", "meeting", "plan")}
        new = not done["meeting"] and not done["plan"]
        for chip, kind in zip(self._chips, ("person", "meeting", "plan"), strict=True):
            chip.set_tone("good" if done[kind] else "accent")
        self.setVisible(new)
        return new
