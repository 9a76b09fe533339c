"""One page for the meeting room: a quarter of a plan in large type, on the whole screen where one asks for it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.records import kind as kind_of
from cpdesk.tasks import Record, progress, records
from cpdesk.tasks.progress import Period, Review, Span
from ui import theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.helping import with_help
from ui.navigation import Crumb, Location, ScrollPage
from ui.pages.progress_parts.compute import read_review
from ui.pages.progress_parts.head import plan_words
from ui.pages.progress_parts.paper import has_paper, print_report
from ui.pages.progress_parts.picker import PeriodPicker
from ui.pages.progress_parts.room import ZOOM, RoomSheet
from ui.widgets.buttons import Button
from ui.widgets.surfaces import column, row, scrolling

NARROW = 820
WIDE, HIGH = 900, 560  # what the sheet needs at the size of the window's own type


class ReviewPage(ScrollPage):
    """Opened on a plan; `restore` knows `year` and `quarter`."""

    name: ClassVar[str] = "review"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"plan", "objective", "output", "activity", "indicator", "target", "budget_line", "progress", "actual"}
        | {"office"}
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.plan: Record | None = None
        self.period: Period | None = None
        self.review: Review | None = None
        tools = row(spacing=10)
        self.picker = PeriodPicker()
        self.picker.picked.connect(self.show_period)
        tools.addWidget(self.picker)
        tools.addStretch(1)
        self.screen_button = Button(
            _("Whole screen"), icon="presentation", name="review_screen", tip="F11", run=self.whole_screen
        )
        self.paper = Button(_("Report"), icon="printer", name="review_paper", run=self._print)
        tools.addWidget(self.screen_button)
        tools.addWidget(self.paper)
        self.body.addLayout(tools)
        self.paper.setVisible(has_paper())
        self.sheet = RoomSheet(ZOOM)
        self.body.addWidget(self.sheet)
        self.body.addStretch(1)

    def title(self) -> str:
        return self.period.title() if self.period is not None else _("Review")

    def breadcrumb(self) -> list[Crumb]:
        found = [Crumb(kind_of("progress").label, Location("progress"))]
        if self.plan is not None and self.period is not None:
            when: dict[str, object] = {"year": self.period.year, "quarter": self.period.quarter}
            found.append(Crumb(plan_words(self.plan), Location("progress", self.plan.id, when)))
        return found

    def open(self, record: str | None) -> None:
        now = progress.current(self.context.desk, date.today())
        wanted = record or (now[0] if now is not None else None)
        plan = records.get(self.context.desk, wanted) if wanted is not None else None
        if plan is None or plan.deleted or plan.kind.name != "plan":
            raise NotFound(_("There is no plan to review yet."), todo=_("Begin a plan under “Plans”."))
        periods = progress.periods(self.context.desk, plan.id)
        if not periods:
            raise NotFound(_("The plan does not say its years yet."), todo=_("Enter them under “About the plan”."))
        self.record = record
        other = self.plan is None or self.plan.id != plan.id
        self.plan = plan
        if other or self.period not in periods:
            first = now[1] if now is not None and now[0] == plan.id else Period.of(date.today()).previous()
            self.period = min(max(first, periods[0]), periods[-1])
        self.refresh()

    def refresh(self) -> None:
        if self.plan is None or self.period is None:
            return
        self.plan = records.get(self.context.desk, self.plan.id)
        self.picker.show_period(self.period, progress.periods(self.context.desk, self.plan.id))
        read_review(self.context, self.plan.id, self.period, self, self._show)

    def _show(self, review: Review) -> None:
        if self.plan is not None and (review.plan, review.period) == (self.plan.id, self.period):
            self.review = review
            self.sheet.show_review(self.plan, review)
            self.retitled.emit()

    def show_period(self, period: object) -> None:
        """Another quarter of the plan; one beyond its years is passed over."""
        if self.plan is None or not isinstance(period, Period):
            return
        if period in progress.periods(self.context.desk, self.plan.id):
            self.period = period
            self.refresh()

    def state(self) -> dict[str, object]:
        found = super().state()
        if self.period is not None:
            found |= {"year": self.period.year, "quarter": self.period.quarter}
        return found

    def restore(self, state: dict[str, object]) -> None:
        year, quarter = state.get("year"), state.get("quarter")
        if isinstance(year, int) and isinstance(quarter, int) and 1 <= quarter <= 4:
            self.show_period(Period(year, quarter))
        super().restore(state)

    def begin(self) -> None:
        self.screen_button.setFocus()

    def commands(self) -> list[Action]:
        return [
            Action("screen", _("Whole screen"), self.whole_screen, "presentation", "F11"),
            *self.picker.commands(),
            *([Action("print", _("Print the report"), self._print, "printer")] if has_paper() else []),
        ]  # fmt: skip

    def whole_screen(self) -> None:
        """The same sheet on the whole screen, until Esc."""
        if self.plan is not None and self.review is not None:
            room = Room(self.plan, self.review, self)
            room.stepped.connect(self.picker.step)
            follow = self.retitled.connect(lambda: room.follow(self.plan, self.review))
            room.finished.connect(lambda _result: self.retitled.disconnect(follow))
            room.open_on_screen()

    def _print(self) -> None:
        if self.plan is not None and self.period is not None:
            print_report(self.context, self.plan, Span(self.period), self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() / theme.current().scale
        self.sheet.set_across(2 if wide >= NARROW else 1)
        self.sheet.set_zoom(min(ZOOM, wide / WIDE))


class Room(QDialog):
    """The sheet alone on the screen. Left and Right go from quarter to quarter, Esc or F11 back to the window."""

    stepped = Signal(int)

    def __init__(self, plan: Record, review: Review, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("room")
        with_help(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        content = QWidget()
        box = column(content)
        box.setContentsMargins(tokens.XL * 2, tokens.XL, tokens.XL * 2, tokens.XL)
        self.sheet = RoomSheet()
        box.addWidget(self.sheet)
        self.area = scrolling(content, "room_scroll")
        column(self, spacing=0).addWidget(self.area)
        self.follow(plan, review)

    def follow(self, plan: Record | None, review: Review | None) -> None:
        """Show what the page shows now."""
        if plan is not None and review is not None:
            self.setWindowTitle(f"{review.period.title()} · {plan.title}")
            self.sheet.show_review(plan, review)

    def open_on_screen(self) -> None:
        self.showFullScreen()
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As large as the screen lets it be seen at one look."""
        super().resizeEvent(event)
        scale = theme.current().scale
        self.sheet.set_across(2)
        self.sheet.set_zoom(min(event.size().width() / scale / WIDE, event.size().height() / scale / HIGH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.area.verticalScrollBar()
        key = Qt.Key(event.key())
        page, line = bar.pageStep(), theme.line_height() * 2
        scroll = {
            Qt.Key.Key_Down: line, Qt.Key.Key_Up: -line, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Space: page,
        }.get(key)  # fmt: skip
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if key == Qt.Key.Key_F11:
            self.close()
        elif scroll is not None:
            bar.setValue(bar.value() + scroll)
        elif step is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)
