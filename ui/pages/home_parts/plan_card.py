"""The plan that is reported on now: how its activities stand, which reports are owed, what does not fit together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import progress, records
from cpdesk.tasks.progress import ActivityRow, Period, Review
from ui.checking import watch
from ui.context import Context
from ui.pages.home_parts.cards import HomeCard, has_page
from ui.pages.meeting_parts.words import one_line
from ui.pages.progress_parts.compute import read_review
from ui.pages.progress_parts.standing import Standing
from ui.pages.progress_parts.words import coded, owed
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Chip, Divider, clear_out
from ui.widgets.text import ElidedText


class PlanCard(HomeCard):
    """Drawn anew at each look; a large plan is read beside the work and what stood here stays until then."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "home_plan", _("Plan"), _("See the progress"), self._open)
        self._now: tuple[str, Period] | None = None
        self._day = date.today()
        watch(context).changed.connect(self._looked)

    def show_day(self, today: date) -> None:
        """Read the desk for that day."""
        self._day = today
        self._now = progress.current(self.context.desk, today)
        if self._now is None:
            self._show_none()
            return
        read_review(self.context, *self._now, self, self._show)

    def _looked(self) -> None:
        """The checks found something else."""
        if self.isVisible():
            self.show_day(self._day)

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
        self.line(plan.title, _facts(review), *state, open_)
        if review.rows:
            standing = Standing(name="home_standing")
            standing.show_counts(review.standings)
            self.inner.addSpacing(2)
            self.inner.addWidget(standing)
        self._show_owed(review)
        self._show_late(review)
        self._show_findings()
        self.line_up()

    def _show_owed(self, review: Review) -> None:
        count = len(review.owed)
        if not count:
            return
        words = _("{what} of {quarter}").format(what=owed(count), quarter=review.period.title())
        self._step(words, Button(_("Fill in now"), name="home_owed", run=lambda: self._report(review.owed[0])))

    def _show_late(self, review: Review) -> None:
        late = review.late
        if not late:
            return
        words = ngettext("{count} activity is late", "{count} activities are late", len(late))
        self._step(words.format(count=digits.count(len(late))))
        first = late[0]
        text = f"{coded(first.line.code)} · {first.line.text}"
        names = ElidedText(text if len(late) == 1 else _("{first} and others").format(first=text), "small")
        self.inner.addWidget(names)

    def _show_findings(self) -> None:
        count = self.context.findings
        if count and has_page("checks"):
            words = ngettext("{count} thing does not fit together", "{count} things do not fit together", count)
            look = Button(_("Look"), kind="link", name="home_checks", run=lambda: self.context.go("checks"))
            self._step(words.format(count=digits.count(count)), look)

    def _step(self, words: str, *at_right: QWidget) -> None:
        self.inner.addWidget(Divider())
        self.line(words, "", *at_right)

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


def _facts(review: Review) -> str:
    def many(count: int, words: Callable[[int], str]) -> str:
        return words(count).format(count=digits.count(count))

    return one_line(
        many(len(review.objectives), lambda n: ngettext("{count} objective", "{count} objectives", n)),
        many(len(review.rows), lambda n: ngettext("{count} activity", "{count} activities", n)),
    )
