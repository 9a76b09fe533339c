"""Today: what is due, what comes next, what waits. Each row leads on."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget

from cpdesk.i18n import _, language
from cpdesk.khmer import dates, digits, holidays, lunar
from cpdesk.tasks import records
from ui import theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.navigation import ScrollPage
from ui.pages.home_parts.cards import FollowUpsCard, MeetingsCard, PackageCard, has_page
from ui.pages.home_parts.found_card import FoundCard
from ui.pages.home_parts.plan_card import PlanCard
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button
from ui.widgets.guards import stops, tab_through
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Card, Chip, column, restyle, row
from ui.widgets.text import ElidedText, Text

# From which width of the page on the cards stand in which rows, each with its share of the width; what shares a place
# stands one above the other.
Rows = tuple[tuple[tuple[int, tuple[str, ...]], ...], ...]
ARRANGED: tuple[tuple[int, Rows], ...] = (
    (960, (((5, ("follow_ups",)), (4, ("meetings",))), ((14, ("plan",)), (8, ("found",)), (9, ("package",))))),
    (700, (((5, ("follow_ups",)), (4, ("meetings",))), ((5, ("plan",)), (4, ("found", "package"))))),
    (0, (((1, ("follow_ups", "meetings", "plan", "found", "package")),),)),
)


class HomePage(ScrollPage):
    """`today` is asked anew at each look, so that a window left open over night tells the right day."""

    name: ClassVar[str] = "home"
    kinds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        head = row(spacing=18)
        self.day = Text("", "heading", wrap=False, name="today")
        self.lunar = ElidedText("", "muted", name="today_lunar")
        self.holy, self.feast = Chip("", "warning", name="today_holy"), ElidedText("", "chip", name="today_feast")
        restyle(self.feast, "tone", "bad")
        head.addWidget(self.day)
        head.addWidget(self.lunar)
        head.addWidget(self.holy)
        head.addWidget(self.feast)
        head.addStretch(1)
        self.new = Button(_("New meeting"), kind="primary", icon="plus", name="new_meeting", run=self._new)
        head.addWidget(self.new)
        self.body.setContentsMargins(tokens.XL, tokens.M, tokens.XL, tokens.M)
        self.body.addLayout(head)
        go = lambda: context.go("audit")  # noqa: E731
        self.news = InlineMessage(name="log_news", button=_("Look at who did what"), run=go)
        self.body.addWidget(self.news)
        self.start = StartCard(context)
        self.body.addWidget(self.start)
        self.follow_ups, self.meetings = FollowUpsCard(context), MeetingsCard(context)
        self.plan, self.found, self.package = PlanCard(context), FoundCard(context), PackageCard(context)
        self._cards = (self.follow_ups, self.meetings, self.plan, self.found, self.package)
        self._rows = column(spacing=tokens.L)
        self._arranged: Rows = ()
        self._arrange(ARRANGED[0][1])
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        content = self.body.parentWidget()
        assert content is not None
        content.setMinimumHeight(1)  # so that the height which its width asks for counts, not a guess

    def _arrange(self, rows: Rows) -> None:
        """The cards side by side, or one under the other where they would not fit."""
        if rows == self._arranged:
            return
        self._arranged = rows
        _take_apart(self._rows)
        for places in rows:
            across = row(spacing=tokens.L)
            for share, names in places:
                stack = column(spacing=tokens.L)
                for name in names:
                    stack.addWidget(getattr(self, name), 1)
                across.addLayout(stack, share)
            self._rows.addLayout(across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = event.size().width()
        self._arrange(next(rows for least, rows in ARRANGED if wide >= theme.scaled(least)))
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
        self.show_moon(today)
        empty = self.start.show_steps()
        for card in self._cards:
            card.setVisible(not empty)
        self.new.setVisible(not empty)
        if not empty:
            self.follow_ups.show_day(today)
            self.meetings.show_day(today)
        self.context.jobs.when_seen(self._refresh_rest)

    def _refresh_rest(self) -> None:
        """What a window that has just opened shows a moment later: it asks more of the desk."""
        if not self.plan.isHidden():
            for card in (self.plan, self.found, self.package):
                card.show_day(date.today())
        self._tell_news()
        self.found.look()
        tab_through([self.new, *(one for card in self._cards for one in stops(card))])

    def _tell_news(self) -> None:
        """What a package showed of a log, until somebody says that they have read it."""
        from cpdesk.tasks import proof

        news = proof.news(self.context.desk)
        if not news:
            self.news.say("")
            return
        from cpdesk.tasks import proof_words  # seldom

        self.news.say(proof_words.headline(news[0]), "accent" if news[0].act == proof.OLD else "warning")

    def show_moon(self, today: date) -> None:
        """The day by the moon, and whether it is kept: holy, or a holiday."""
        self.lunar.setText(lunar.line(today) if language() == "km" else lunar.line_en(today))
        self.holy.setText(_("Holy day"))
        self.holy.setVisible(bool(lunar.holy(today)))
        self.feast.setText(holidays.named(today))
        self.feast.setVisible(bool(holidays.on(today)))

    def begin(self) -> None:
        (self.start.first if self.start.isVisible() and self.start.first else self.new).setFocus()

    def _new(self) -> None:
        self.context.go("meeting")


def _take_apart(layout: QLayout) -> None:
    """Take all out of a layout, and leave the widgets as they are."""
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        if inner is not None:
            _take_apart(inner)


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
        done = {kind: bool(records.find(self.context.desk, kind, limit=1)) for kind in ("person", "meeting", "plan")}
        new = not done["meeting"] and not done["plan"]
        for chip, kind in zip(self._chips, ("person", "meeting", "plan"), strict=True):
            chip.set_tone("good" if done[kind] else "accent")
        self.setVisible(new)
        return new
