"""Progress of a plan, one quarter at a time: what is owed first, each report written in the place of its row."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.records import kind as kind_of
from cpdesk.tasks import Record, progress, records
from cpdesk.tasks.progress import Period, Review, Span
from ui import theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.navigation import Crumb, Location, ScrollPage
from ui.pages.progress_parts.board import Board
from ui.pages.progress_parts.compute import read_review
from ui.pages.progress_parts.head import ProgressHead, plan_words
from ui.pages.progress_parts.indicators import IndicatorsBox
from ui.pages.progress_parts.overview import Overview
from ui.pages.progress_parts.paper import has_paper, print_report, spans
from ui.pages.progress_parts.report_card import ReportCard
from ui.pages.undoing import undo_actions
from ui.widgets.surfaces import Card, EmptyState, SectionHeader

NARROW = 900  # of the page: below it the list has fewer columns
LOW = 560


class ProgressPage(ScrollPage):
    """Opened on a plan, or on the one that is reported on now. `restore` knows `year`, `quarter` and `chosen`."""

    name: ClassVar[str] = "progress"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"plan", "objective", "output", "activity", "indicator", "target", "budget_line", "progress", "actual"}
        | {"attachment", "office", "body", "person"}
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.plan: Record | None = None
        self.period: Period | None = None
        self.review: Review | None = None
        self._card: ReportCard | None = None
        self._narrow = False
        self._wanted = ""  # the report to open once the quarter is read
        self.body.setSpacing(14)
        self.head = ProgressHead(context)
        self.head.picker.picked.connect(self.show_period)
        self.head.plan_wanted.connect(lambda plan: context.go("progress", plan))
        self.head.owed_wanted.connect(self.next_owed)
        self.head.room_wanted.connect(self._to_room)
        self.head.paper_wanted.connect(self._print)
        self.body.addWidget(self.head)
        self.overview = Overview()
        self.body.addWidget(self.overview)
        self.board = Board()
        self.board.opened.connect(self.open_report)
        self.body.addWidget(self.board)
        self.higher = Card("higher", margin=18)
        self.higher.add(SectionHeader(_("Indicators of objectives and outputs")))
        self.higher_lines = IndicatorsBox(context, name="higher_indicators")
        self.higher.add(self.higher_lines)
        self.body.addWidget(self.higher)
        self.empty = EmptyState(
            "chart-column",
            _("Here the activities of a plan are reported quarter by quarter: what was done, for whom, for how much."),
            button=_("Begin a plan"),
            run=lambda: context.go("plans"),
            example=_("For example: 12 of 12 committees trained, 482 children reached, 61% of the budget spent"),
            name="empty_progress",
        )
        self.bare = EmptyState(
            "list-tree",
            _("This plan does not say its years or its activities yet; the reports follow from them."),
            button=_("Open the plan"),
            run=lambda: context.go("plan", self.plan.id if self.plan is not None else None),
            button_icon="arrow-right",
            name="bare_plan",
        )
        for state in (self.empty, self.bare):
            self.body.addWidget(state, 1)
        self.body.addStretch(1)

    # what Page asks

    def title(self) -> str:
        return self.period.title() if self.period is not None else kind_of("progress").label

    def breadcrumb(self) -> list[Crumb]:
        if self.period is None:
            return []
        found = [Crumb(kind_of("progress").label, Location("progress"))]
        if self.plan is not None and self.record is not None:
            found.append(Crumb(plan_words(self.plan), Location("plan", self.plan.id)))
        return found

    def open(self, record: str | None) -> None:
        self.leave()
        now = progress.current(self.context.desk, date.today())
        wanted = record or (now[0] if now is not None else None)
        other = wanted is None or self.plan is None or self.plan.id != wanted
        if other:
            self.close_report()
        self.record = record
        self.plan = self._read(wanted) if wanted is not None else None
        periods = progress.periods(self.context.desk, self.plan.id) if self.plan is not None else []
        if not periods:
            self.period = None
        elif other or self.period not in periods:
            first = now[1] if now is not None and now[0] == wanted else Period.of(date.today()).previous()
            self.period = min(max(first, periods[0]), periods[-1])
        self.refresh()

    def _read(self, plan: str) -> Record:
        found = records.get(self.context.desk, plan)
        if found.deleted or found.kind.name != "plan":
            raise NotFound(_("There is no plan {id} on this desk.").format(id=plan[:80]))
        return found

    def refresh(self) -> None:
        if self.plan is None or self.period is None:
            self.review = None
            self._show_parts()
            return
        self.plan = records.get(self.context.desk, self.plan.id)
        read_review(self.context, self.plan.id, self.period, self, self._arrived)
        if not self._is_here():  # it is being read beside the work: what stands here is of another quarter
            self.head.picker.show_period(self.period, progress.periods(self.context.desk, self.plan.id))
            self._rest(True)

    def _arrived(self, review: Review) -> None:
        if self.plan is None or (review.plan, review.period) != (self.plan.id, self.period):
            return  # one went on meanwhile
        self._rest(False)
        self._show(review)
        self._show_parts()
        chosen, self._wanted = self._wanted, ""
        if chosen:
            self.open_report(chosen)

    def _rest(self, resting: bool) -> None:
        for part in (self.overview, self.board, self.higher):
            part.setEnabled(not resting)

    def _show_parts(self) -> None:
        full = self.review is not None and self.period is not None and bool(self.review.rows)
        self.head.setVisible(self.period is not None)
        for part in (self.overview, self.board):
            part.setVisible(full)
        self.higher.setVisible(full and bool(self.higher_lines.lines()))
        self.empty.setVisible(self.plan is None)
        self.bare.setVisible(self.plan is not None and not full)
        self.retitled.emit()

    def _show(self, review: Review) -> None:
        assert self.plan is not None
        self.review = review
        self.head.show_review(self.plan, review, progress.periods(self.context.desk, self.plan.id))
        self.overview.show_review(review)
        self.board.show_review(review)
        own = [one for objective in review.objectives for one in objective.indicators]
        self.higher_lines.show_indicators(own, review.period)
        if self._card is not None and self.board.open_id:
            found = self.board.found(self.board.open_id)
            if found is not None:
                self._card.show_report(found, review.period)

    def leave(self) -> None:
        if self._card is not None:
            self._card.flush()
        self.higher_lines.flush()

    def state(self) -> dict[str, object]:
        found = super().state() | {"chosen": self.board.open_id or self.board.focused(), "open": self.board.open_id}
        if self.period is not None:
            found |= {"year": self.period.year, "quarter": self.period.quarter}
        return found

    def restore(self, state: dict[str, object]) -> None:
        year, quarter, chosen = state.get("year"), state.get("quarter"), state.get("chosen")
        if isinstance(year, int) and isinstance(quarter, int) and 1 <= quarter <= 4:
            self.show_period(Period(year, quarter))
        if isinstance(chosen, str) and chosen:
            # Who comes from elsewhere wants the report; who comes back stands where they stood.
            if state.get("open", chosen):
                self._wanted = "" if self._is_here() else chosen
                self.open_report(chosen)
            else:
                self.board.focus(chosen)
        super().restore(state)

    def begin(self) -> None:
        empty = next((one for one in (self.empty, self.bare) if one.isVisible()), None)
        if empty is not None and empty.button is not None:
            empty.button.setFocus()
        elif self._card is not None and self.board.open_id:
            self._card.begin()
        elif not self.board.focused() and not self.board.focus_first():
            self.head.picker.button.setFocus()

    def commands(self) -> list[Action]:
        there = lambda: self.period is not None  # noqa: E731
        return [
            Action(
                "next_owed", _("Next that is owed"), self.next_owed, "arrow-right", "Ctrl+Return", enabled=there,
            ),
            *self.head.picker.commands(),
            Action("room", _("For the meeting room"), self._to_room, "presentation", "F5", enabled=there),
            *self._papers(),
            *undo_actions(self.context),
        ]  # fmt: skip

    def _is_here(self) -> bool:
        """Whether what is shown is of the plan and quarter that are wanted."""
        there = self.review is not None and self.plan is not None
        return there and (self.review.plan, self.review.period) == (self.plan.id, self.period)  # type: ignore[union-attr]

    # the quarter

    def show_period(self, period: object) -> None:
        """Another quarter of the plan; one beyond its years is passed over."""
        if not isinstance(period, Period) or self.plan is None or period == self.period:
            return
        if period not in progress.periods(self.context.desk, self.plan.id):
            return
        self.leave()
        self.close_report()
        self.period = period
        self.refresh()
        if not self.head.isAncestorOf(self.focusWidget() or self):
            self.board.focus_first()

    # one report

    def open_report(self, activity: str) -> None:
        """Write the report of that activity in the place of its row."""
        if self.board.found(activity) is None or self.period is None or not self._is_here():
            return
        self.close_report()
        found = self.board.found(activity)
        assert found is not None
        if self._card is None:
            self._card = ReportCard(self.context, self._narrow)
            self._card.closed.connect(lambda: self.close_report(focus=True))
            self._card.next_wanted.connect(self.next_owed)
        self._card.show_report(found, self.period)
        self._card.next.setVisible(bool(self.board.next_owed(activity)))
        if self.board.open_row(activity, self._card):
            self._card.begin()
            QTimer.singleShot(0, self._card, self._into_sight)

    def _into_sight(self) -> None:
        """The card's head at the top, where it is taller than the page."""
        if self._card is None or not self.board.open_id:
            return
        content = self.area.widget()
        assert content is not None
        top = self._card.mapTo(content, self._card.rect().topLeft()).y() - tokens.M
        bar, room = self.area.verticalScrollBar(), self.area.viewport().height()
        if top < bar.value() or top + self._card.height() > bar.value() + room:
            bar.setValue(top if self._card.height() > room - 2 * tokens.M else top + self._card.height() - room + 24)

    def close_report(self, *, focus: bool = False) -> None:
        """Keep what was typed and show the row again, among its like."""
        if self._card is not None and self.board.open_id:
            self._card.flush()
            id_ = self.board.close_row()
            if focus:
                self.board.focus(id_)

    def next_owed(self) -> None:
        """On to the next activity that owes its report; said where there is none left."""
        here, focused = self.board.open_id, self.board.focused()
        if self._card is not None:
            self._card.flush()
        found = self.board.found(focused)
        id_ = focused if not here and found is not None and found.owed else self.board.next_owed(here or focused)
        if id_:
            self.open_report(id_)
        else:
            self.close_report(focus=True)
            self.context.say(_("Every activity of this quarter has its report."))

    # elsewhere

    def _to_room(self) -> None:
        if self.plan is not None and self.period is not None:
            self.leave()
            self.context.go("review", self.plan.id, year=self.period.year, quarter=self.period.quarter)

    def _papers(self) -> list[Action]:
        """The report of the quarter in sight, of its semester and of its year."""
        if not has_paper():
            return []
        said = (
            ("print", _("Print the report")),
            ("print_semester", _("Print the report of the semester")),
            ("print_year", _("Print the report of the year")),
        )
        there = lambda: self.period is not None  # noqa: E731
        return [
            Action(id_, words, partial(self._print_one, n), "printer", enabled=there)
            for n, (id_, words) in enumerate(said)
        ]

    def _print_one(self, which: int) -> None:
        """0: the quarter, 1: its semester, 2: its year."""
        if self.period is not None:
            self._print(spans(self.period)[which])

    def _print(self, span: Span) -> None:
        if self.plan is not None:
            self.leave()
            print_report(self.context, self.plan, span, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.scaled(NARROW)
        self.overview.set_across(2 if event.size().width() < theme.scaled(700) else 3)
        at = 2 if event.size().height() < theme.scaled(LOW) else 1
        if self.body.indexOf(self.overview) != at:
            self.body.insertWidget(at, self.overview)  # behind the work where there is no room for both
        if narrow != self._narrow:
            self._narrow = narrow
            self.head.set_narrow(narrow)
            open_ = self.board.open_id
            self.close_report()
            self._card = None
            self.board.set_narrow(narrow)
            if open_:
                self.open_report(open_)
