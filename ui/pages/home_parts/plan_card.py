"""The plan that is reported on now: how its activities stand, which reports are owed, what is late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import dates, digits
from cpdesk.tasks import records
from ui import tokens
from ui.context import Context
from ui.pages.home_parts.cards import HomeCard
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Chip, Divider, clear_out, row
from ui.widgets.text import ElidedText, Text

if TYPE_CHECKING:
    from cpdesk.tasks.progress import ActivityRow, Period, Review


class PlanCard(HomeCard):
    """Drawn anew at each look; a large plan is read beside the work and what stood here stays until then."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "home_plan", _("Plan"), _("See the progress"), self._open)
        self._now: tuple[str, Period] | None = None
        self._day = date.today()

    def show_day(self, today: date) -> None:
        """Read the desk for that day. What reckons progress is loaded when first asked, behind the first paint."""
        from cpdesk.tasks import progress
        from ui.pages.progress_parts.compute import read_review

        self._day = today
        self._now = progress.current(self.context.desk, today)
        if self._now is None:
            self._show_none()
            return
        read_review(self.context, *self._now, self, self._show)

    def _show_none(self) -> None:
        """No plan yet, or one that does not say its years."""
        clear_out(self.inner)
        found = records.find(self.context.desk, "plan", descending=True, limit=1)
        self.link.set_text(_("All plans"))
        if found:
            run = lambda: self.context.go("plan", found[0].id)  # noqa: E731
            self.line(found[0].title, "", Button(_("Open"), kind="link", name="open_plan", run=run))
        else:
            self.nothing(_("No plan yet. A plan holds objectives, outputs and activities, year by year."))

    def _show(self, review: Review) -> None:
        if (review.plan, review.period) != self._now:
            return
        clear_out(self.inner)
        self.link.set_text(_("See the progress"))
        plan = records.get(self.context.desk, review.plan)
        state = [Chip(plan.label("state"), "accent")] if plan["state"] else []
        open_ = Button(_("Open"), kind="link", name="open_plan", run=lambda: self.context.go("plan", plan.id))
        open_.setAccessibleName(_("Open: {title}").format(title=plan.title))
        title = row(spacing=tokens.M)
        title.addWidget(ElidedText(plan.title), 1)
        for widget in (*state, open_):
            title.addWidget(widget)
        self.inner.addLayout(title)
        if review.rows:
            from ui.pages.progress_parts.standing import Standing

            standing = Standing(name="home_standing")
            standing.show_counts(review.standings)
            self.inner.addSpacing(2)
            self.inner.addWidget(standing)
        self._show_owed(review)
        self._show_late(review)
        self.line_up()

    def _show_owed(self, review: Review) -> None:
        from ui.pages.progress_parts.words import owed

        count = len(review.owed)
        if not count:
            return
        words = _("{what} of {quarter}").format(what=owed(count), quarter=review.period.title())
        fill = Button(_("Fill in now"), name="home_owed", run=lambda: self._report(review.owed[0]))
        self._step(words, fill, under=self._until(review.period))

    def _until(self, period: Period) -> str:
        """Until when the office, or the one above, wants the reports of the quarter that is over."""
        from cpdesk.tasks import due, progress

        day = due.reports_until(self.context.desk, self._day)
        if day is None or period != progress.Period.of(self._day + timedelta(days=1)).previous():
            return ""
        late = (self._day - day).days
        if late > 0:
            return ngettext("{count} day late", "{count} days late", late).format(count=digits.count(late))
        return _("until {day}").format(day=dates.day_month(day))

    def _show_late(self, review: Review) -> None:
        from ui.pages.progress_parts.words import coded

        late = review.late
        if not late:
            return
        words = ngettext("{count} activity is late", "{count} activities are late", len(late))
        first = late[0]
        text = f"{coded(first.line.code)} · {first.line.text}"
        run = lambda: self._report(first)  # noqa: E731
        see = Button(_("Look"), kind="link", name="home_late_activity", run=run)
        see.setAccessibleName(_("Look: {title}").format(title=text))
        self.inner.addWidget(Divider())
        across = row(spacing=tokens.M)
        across.addWidget(Text(words.format(count=digits.count(len(late))), wrap=False))
        across.addWidget(ElidedText(text if len(late) == 1 else _("{first} and others").format(first=text), "small"), 1)
        across.addWidget(see)
        self.inner.addLayout(across)

    def _step(self, words: str, *at_right: QWidget, under: str = "") -> None:
        self.inner.addWidget(Divider())
        self.line(words, under, *at_right)

    def _report(self, found: ActivityRow) -> None:
        if self._now is not None:
            plan, period = self._now
            self.context.go("progress", plan, year=period.year, quarter=period.quarter, chosen=found.line.id)

    def _open(self) -> None:
        if self._now is None:
            self.context.go("plans")
            return
        plan, period = self._now
        self.context.go("progress", plan, year=period.year, quarter=period.quarter)
