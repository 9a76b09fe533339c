"""What waits today: follow-ups, meetings, the plan, the package. Each card reads the desk by `show(today)`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget
from shiboken6 import isValid

from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import dates, digits
from cpdesk.tasks import Desk, Record, meetings, records
from ui import theme, tokens
from ui.context import Context
from ui.jobs import Progress
from ui.pages.meeting_parts.ticks import FollowUpTick
from ui.pages.meeting_parts.words import meeting_facts, month_words, paper_title
from ui.widgets.buttons import Button, IconButton
from ui.widgets.guards import focus_kept, stops, tab_through
from ui.widgets.surfaces import Card, Chip, Divider, SectionHeader, clear_out, column, row
from ui.widgets.text import ElidedText, Text

if TYPE_CHECKING:
    from cpdesk.tasks.due import Standing

FIRST_FOLLOW_UPS, MOST_FOLLOW_UPS = 3, 100  # shown at first, and where all are asked for; the paper has them all
NEXT_MEETINGS = 2


def has_page(name: str) -> bool:
    """Whether the program has that page."""
    from ui.pages import PAGES

    return any(spec.name == name for spec in PAGES)


class HomeCard(Card):
    """A card with a head and rows that are made anew at each look."""

    def __init__(self, context: Context, name: str, heading: str, link: str, run: Callable[[], object]) -> None:
        super().__init__(name)
        self.context = context
        self.head = SectionHeader(heading)
        self.link = Button(link, kind="link", name=f"{name}_all", run=run)
        self.head.add_action(self.link)
        self.add(self.head)
        self.inner = column(spacing=tokens.XS)
        self.body.addLayout(self.inner)
        self.body.addStretch(1)
        self.body.setSpacing(tokens.S)

    def line_up(self) -> None:
        """Tab goes on from the head to the rows, though they are made anew."""
        tab_through(stops(self))

    def nothing(self, words: str) -> None:
        """What the card is for, while it holds nothing."""
        self.inner.addWidget(Text(words, "muted"))

    def line(self, words: str, under: str, *at_right: QWidget) -> None:
        """A row: words, smaller words under them, and what can be done."""
        across = row(spacing=tokens.M)
        both = column(spacing=0)
        both.addWidget(Text(words))
        if under:
            both.addWidget(Text(under, "small"))
        across.addLayout(both, 1)
        for widget in at_right:
            across.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.inner.addLayout(across)


class FollowUpsCard(HomeCard):
    """What was decided and is not done: the most pressing first, each with a box to tick."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "home_follow_ups", _("Follow-ups"), "", self._toggle)
        self.due = Chip("", "warning", name="follow_ups_due")
        self.head.add_chip(self.due)
        word = _("Print the follow-up list")
        self.print_button = IconButton("printer", word, name="print_follow_ups", run=self.print_all)
        self.head.add_action(self.print_button)
        self._all = False
        self._today = date.today()
        self._shown: tuple[object, ...] = ()

    def show_day(self, today: date) -> None:
        """Read the desk for that day."""
        found = meetings.waiting(self.context.desk)
        first = [row.id for row in found[: MOST_FOLLOW_UPS if self._all else FIRST_FOLLOW_UPS]]
        there = records.some(self.context.desk, "follow_up", first)
        shown = [there[id_] for id_ in first]
        now = (today, self._all, found, [str(record.values) for record in shown])
        if now == self._shown:
            return
        self._shown, self._today = now, today
        with focus_kept(self, self._stay):
            clear_out(self.inner)
            for number, record in enumerate(shown, 1):
                self.inner.addWidget(FollowUpTick(self.context, record, line=number < len(shown), link=True))
        if not found:
            self.nothing(_("Nothing is open. What a meeting decides stands here until it is done."))
        near = meetings.near(today).isoformat()
        due = sum("" < row.due <= near for row in found)
        self.due.setText(_("{count} due").format(count=digits.count(due)))
        self.due.setVisible(bool(due))
        self.print_button.setVisible(bool(found))
        self.link.setVisible(len(found) > FIRST_FOLLOW_UPS)
        words = _("Fewer") if self._all else _("All {count}").format(count=digits.count(len(found)))
        self.link.set_text(words)
        self.line_up()

    def _stay(self) -> None:
        """What was ticked has gone: the hands are on what is to be done next."""
        first = self.inner.itemAt(0)
        following = first.widget() if first is not None else None
        if isinstance(following, FollowUpTick):
            following.box.setFocus()

    def print_all(self) -> None:
        """What is open of all meetings, as a paper."""
        from cpdesk.tasks.papers import ALL
        from ui.dialogs.preview import Paper, show_preview

        show_preview(self.context, Paper("follow_ups", ALL), self)

    def _toggle(self) -> None:
        self._all = not self._all
        self.show_day(self._today)


class MeetingsCard(HomeCard):
    """The next meetings with the sheet to sign, and the last one with its counts."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "home_meetings", _("Next meeting"), _("All meetings"), lambda: context.go("meetings"))

    def show_day(self, today: date) -> None:
        self._today = today
        clear_out(self.inner)
        around = meetings.around(self.context.desk, today)
        for meeting in around.ahead[:NEXT_MEETINGS]:
            self._meeting(meeting, _("Attendance sheet"), "attendance_blank")
        if not around.ahead:
            self.nothing(_("No meeting is planned."))
        if around.last is not None:
            self.inner.addSpacing(tokens.XS)
            self.inner.addWidget(Divider())
            self.inner.addWidget(Text(_("Last meeting"), "small"))
            self._meeting(around.last, _("Minutes"), "minutes")
        self.line_up()

    def _meeting(self, meeting: Record, paper: str, form: str) -> None:
        across = row(spacing=tokens.M)
        across.addWidget(DayBlock(meeting["date"]), 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=0)
        words.addWidget(ElidedText(meeting.title, "strong"))
        words.addWidget(Text(meeting_facts(self.context, meeting), "small"))
        buttons = row(spacing=tokens.S)
        print_ = Button(
            paper, icon="printer", name=f"print_{form}_{meeting.id}", run=lambda: self._print(meeting, form)
        )
        open_ = Button(
            _("Open"), kind="link", name=f"open_{meeting.id}", run=lambda: self.context.go("meeting", meeting.id)
        )
        open_.setAccessibleName(_("Open: {title}").format(title=meeting.title))
        if meeting["date"] == self._today.isoformat() and _goes_on(meeting):
            live = Button(_("During the meeting"), icon="clock", name=f"live_{meeting.id}",
                          run=lambda: self.context.go("live", meeting.id))  # fmt: skip
            buttons.addWidget(live)
        buttons.addWidget(print_)
        buttons.addWidget(open_)
        buttons.addStretch(1)
        words.addSpacing(tokens.XS)
        words.addLayout(buttons)
        across.addLayout(words, 1)
        self.inner.addLayout(across)

    def _print(self, meeting: Record, form: str) -> None:
        from ui.dialogs.preview import Paper, show_preview

        title = paper_title(_("Minutes") if form == "minutes" else _("Attendance sheet"), meeting)
        show_preview(self.context, Paper(form, meeting.id, title=title), self)


def _goes_on(meeting: Record) -> bool:
    """Whether a meeting of today is still to be followed."""
    from cpdesk.tasks import live

    return live.phase(meeting, datetime.now()) != live.OVER


class DayBlock(QFrame):
    """A day as a small block: number and month."""

    def __init__(self, day: object) -> None:
        super().__init__()
        self.setProperty("role", "date")
        box = column(self, spacing=0)
        box.setContentsMargins(8, 3, 8, 3)
        when = date.fromisoformat(day) if isinstance(day, str) else None
        for words, role in (
            (digits.count(when.day) if when else "—", "heading"),
            (month_words(when) if when else "", "small"),
        ):
            label = QLabel(words)
            label.setProperty("role", role)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMinimumWidth(theme.scaled(44))
            label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            box.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(dates.day_month(when) if when else "")


@dataclass(frozen=True)
class Waiting:
    """What the exchange has to tell: changes not yet sent (None: no office to send to), differences to settle, how this
    desk stands with its own package, and how many offices under it are late with theirs."""

    changes: int | None
    records: int
    differences: int
    owed: Standing | None = None
    late: int = 0


class PackageCard(HomeCard):
    """What is not yet handed in, and what needs a decision. Counted in the worker, since it reads the keys."""

    def __init__(self, context: Context) -> None:
        go = lambda: context.go("exchange")  # noqa: E731
        super().__init__(context, "home_package", _("Data package"), _("Send and receive"), go)
        self.link.setVisible(has_page("exchange"))
        self.due = Chip("", "warning", name="package_due")
        self.head.add_chip(self.due)
        self.due.hide()
        self._asked = 0
        self.waiting: Waiting | None = None

    def show_day(self, _today: date) -> None:
        self._asked += 1
        asked = self._asked

        def done(found: Waiting) -> None:
            if isValid(self) and asked == self._asked and found != self.waiting:
                self.waiting = found
                self._show(found)

        self.context.jobs.run(_look, done=done)

    def _show(self, found: Waiting) -> None:
        clear_out(self.inner)
        self._show_due(found)
        if found.differences:
            words = ngettext(
                "{count} difference waits for a decision", "{count} differences wait for a decision", found.differences
            )
            self.line(words.format(count=digits.count(found.differences)), "", *self._go(_("Decide"), "decide"))
            self.inner.addWidget(Divider())
        if found.changes is None:
            self.line(
                _("This desk does not know another office yet."),
                _("Exchange cards with the province once, by stick; then one button hands the package in."),
            )
        elif found.changes:
            words = ngettext(
                "{count} change is not handed in yet", "{count} changes are not handed in yet", found.changes
            )
            under = ngettext("in {count} record", "in {count} records", found.records)
            self.line(
                words.format(count=digits.count(found.changes)),
                under.format(count=digits.count(found.records)),
                *self._go(_("Write to USB"), "write"),
            )
        else:
            self.line(_("Everything is handed in."), "")
        self.line_up()

    def _show_due(self, found: Waiting) -> None:
        """Until when the office above wants our package, and how many under us are late with theirs."""
        owed = found.owed
        self.due.setVisible(owed is not None and not owed.delivered)
        if owed is not None and not owed.delivered:
            count = digits.count(abs(owed.days))
            words = ngettext("{count} day late", "{count} days late", abs(owed.days)).format(count=count)
            self.due.setText(words if owed.late else _("Due in {days} days").format(days=count))
            self.due.set_tone("bad" if owed.late else "warning" if owed.days <= 3 else "neutral")
        if found.late:
            words = ngettext("{count} office is late with its package", "{count} offices are late with their packages",
                             found.late)  # fmt: skip
            self.line(words.format(count=digits.count(found.late)), "", *self._go(_("See who"), "late"))
            self.inner.addWidget(Divider())

    def _go(self, words: str, name: str) -> list[QWidget]:
        if not has_page("exchange"):
            return []
        return [Button(words, name=f"home_{name}", run=lambda: self.context.go("exchange"))]


def _look(desk: Desk, _progress: Progress) -> Waiting:
    from cpdesk.tasks import due, exchange

    today = date.today()
    differences = len(exchange.conflicts(desk))
    late = sum(stands is not None and stands.late for stands in due.below(desk, today).values())
    owed = due.own(desk, today)
    try:
        pending = exchange.pending(desk)
    except UserError:
        return Waiting(None, 0, differences, owed, late)
    return Waiting(pending.changes, pending.records, differences, owed, late)
