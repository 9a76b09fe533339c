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
    from cpdesk.tasks.backups import Last
    from cpdesk.tasks.due import Standing

FIRST_FOLLOW_UPS, MOST_FOLLOW_UPS = 3, 100  # shown at first, and where all are asked for; the paper has them all
NEXT_MEETINGS = 2
SHEET, MINUTES = "attendance_blank", "minutes"  # what is printed before a meeting, and after it


def has_page(name: str) -> bool:
    """Whether the program has that page."""
    from ui.pages import PAGES

    return any(spec.name == name for spec in PAGES)


class HomeCard(Card):
    """A card with a head and rows that are made anew at each look."""

    def __init__(self, context: Context, name: str, heading: str, link: str, run: Callable[[], object]) -> None:
        super().__init__(name, margin=14)
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

    def line(self, words: str, under: str, *at_right: QWidget, name: str = "") -> None:
        """A row: words, smaller words under them (`name`d), and what can be done."""
        across = row(spacing=tokens.M)
        both = column(spacing=0)
        both.addWidget(Text(words))
        if under:
            both.addWidget(Text(under, "small", name=name))
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
        for number, meeting in enumerate(around.ahead[:NEXT_MEETINGS]):
            self._meeting(meeting, _near(meeting, today), *(() if number else (_("Attendance sheet"), SHEET)))
        if not around.ahead:
            self.nothing(_("No meeting is planned."))
        if around.last is not None:
            self.inner.addSpacing(tokens.XS)
            self.inner.addWidget(Divider())
            self.inner.addSpacing(tokens.XS)
            self._meeting(around.last, _("Last meeting"), _("Minutes"), MINUTES)
        self.line_up()

    def _meeting(self, meeting: Record, near: str, paper: str = "", form: str = "") -> None:
        """A meeting with what there is to print of it; without, it takes less room."""
        across = row(spacing=tokens.M)
        across.addWidget(DayBlock(meeting["date"]), 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=0)
        head = row(spacing=tokens.S)
        head.addWidget(ElidedText(meeting.title, "strong"))
        if near:
            head.addWidget(Chip(near, "neutral" if form == MINUTES else "accent", name=f"near_{meeting.id}"))
        head.addStretch(1)
        words.addLayout(head)
        words.addWidget(Text(meeting_facts(self.context, meeting), "small"))
        buttons = row(spacing=tokens.S)
        if meeting["date"] == self._today.isoformat() and _goes_on(meeting):
            run = lambda: self.context.go("live", meeting.id)  # noqa: E731
            buttons.addWidget(Button(_("During the meeting"), icon="clock", name=f"live_{meeting.id}", run=run))
        if form:
            run = lambda: self._print(meeting, form)  # noqa: E731
            buttons.addWidget(Button(paper, icon="printer", name=f"print_{form}_{meeting.id}", run=run))
        open_ = Button(
            _("Open"), kind="link", name=f"open_{meeting.id}", run=lambda: self.context.go("meeting", meeting.id)
        )
        open_.setAccessibleName(_("Open: {title}").format(title=meeting.title))
        if buttons.count():
            buttons.addWidget(open_)
            buttons.addStretch(1)
            words.addSpacing(tokens.XS)
            words.addLayout(buttons)
        words.addStretch(1)
        across.addLayout(words, 1)
        if not buttons.count():
            across.addWidget(open_, 0, Qt.AlignmentFlag.AlignVCenter)
        self.inner.addLayout(across)

    def _print(self, meeting: Record, form: str) -> None:
        from ui.dialogs.preview import Paper, show_preview

        title = paper_title(_("Minutes") if form == MINUTES else _("Attendance sheet"), meeting)
        show_preview(self.context, Paper(form, meeting.id, title=title), self)


def _near(meeting: Record, today: date) -> str:
    """How far off a meeting of this week is, in a word."""
    day = meeting["date"]
    days = (date.fromisoformat(day) - today).days if isinstance(day, str) else -1
    if days in (0, 1):
        return _("tomorrow") if days else _("today")
    if not 0 < days <= 7:
        return ""
    return ngettext("in {count} day", "in {count} days", days).format(count=digits.count(days))


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
    differences: int
    owed: Standing | None = None
    late: int = 0
    backup: Last | None = None


class PackageCard(HomeCard):
    """What is not yet handed in, what needs a decision, and the last backup. Counted in the worker, since it reads the
    keys and looks at the disk."""

    def __init__(self, context: Context) -> None:
        go = lambda: context.go("exchange")  # noqa: E731
        super().__init__(context, "home_package", _("Data package"), _("Send and receive"), go)
        self.link.setVisible(has_page("exchange"))
        self.due = Chip("", "warning", name="package_due")
        self.head.add_chip(self.due)
        self.due.hide()
        self._asked = 0
        self.waiting: Waiting | None = None
        context.backed_up.connect(self._backed_up)

    def show_day(self, _today: date) -> None:
        self._asked += 1
        asked = self._asked

        def done(found: Waiting) -> None:
            if isValid(self) and asked == self._asked and found != self.waiting:
                self.waiting = found
                self._show(found)

        self.context.jobs.run(_look, done=done)

    def _backed_up(self) -> None:
        if self.isVisible():
            self.show_day(date.today())

    def _show(self, found: Waiting) -> None:
        with focus_kept(self, self.link.setFocus):
            clear_out(self.inner)
            self._show_due(found)
            self._show_package(found)
            self._show_backup(found.backup)
        self.line_up()

    def _show_package(self, found: Waiting) -> None:
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
            self.line(words.format(count=digits.count(found.changes)), "", *self._go(_("Write to USB"), "write"))
        else:
            self.line(_("Everything is handed in."), "")

    def _show_backup(self, stands: Last | None) -> None:
        """When the desk was backed up last, and by one key a backup now."""
        if stands is None:
            return
        from cpdesk.tasks import backups
        from ui import backing_up

        self.inner.addWidget(Divider())
        words = _("No backup yet")
        if stands.at is not None:
            words = _("Backup: {day}").format(day=backing_up.moment_words(stands.at))
        own = stands.folder == backups.default_folder(self.context.desk)
        where = _("beside the desk") if own else stands.folder.name
        under = _("Nothing was written since.") if stands.fresh else where
        if not stands.folder_there:
            under = _("The folder is not there now.")
        button = Button(_("Back up now"), name="home_backup", run=self._back_up)
        if not stands.folder_there:
            go = lambda: self.context.go("settings", part="backups")  # noqa: E731
            button = Button(_("Settings"), kind="link", name="home_backup", run=go)
        self.line(words, under, button, name="home_backup_folder")

    def _back_up(self) -> None:
        from ui import backing_up

        backing_up.run(self.context, self, None)

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
    from cpdesk.tasks import backups, due, exchange

    today = date.today()
    backup = backups.last(desk)
    differences = len(exchange.conflicts(desk))
    late = sum(stands is not None and stands.late for stands in due.below(desk, today).values())
    owed = due.own(desk, today)
    try:
        pending = exchange.pending(desk)
    except UserError:
        return Waiting(None, differences, owed, late, backup)
    return Waiting(pending.changes, differences, owed, late, backup)
