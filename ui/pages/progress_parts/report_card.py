"""The report of one activity for one quarter, written in the place of its row: saved as typed, then on to the next.

Beside what is typed stands what it is to be compared with: the last report, targets, the year's budget.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import Choice, Value
from cpdesk.records import kind as kind_of
from cpdesk.tasks import Record, progress, records
from cpdesk.tasks.progress import ActivityRow, Period, Reached
from ui import icons, tokens
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.pages.progress_parts.indicators import IndicatorsBox
from ui.pages.progress_parts.status import StatusEditor
from ui.pages.progress_parts.words import NOTHING, coded, people, per_cent, riel, status_word
from ui.widgets.buttons import Button, IconButton
from ui.widgets.editors import AmountEditor
from ui.widgets.evidence import EvidenceBox
from ui.widgets.guards import takes_esc
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import column, row
from ui.widgets.text import Text

PEOPLE = ("girls", "boys", "women", "men", "with_disability")
RIEL = "KHR"


class ReportForm(RecordForm):
    """The fields of a report. An amount typed with its sign brings its currency along; riel where none was said."""

    def __init__(self, context: Context, narrow: bool) -> None:
        super().__init__(context, "progress")
        status = kind_of("progress").field("status")
        assert isinstance(status.type, Choice)
        self.add_editor("status", StatusEditor("status", status.label, type_=status.type))
        self.line(("status", 1))
        self.indicators = IndicatorsBox(context)
        self._box.addWidget(self.indicators)
        self.line(("summary", 1))
        self.line(*((name, 1) for name in PEOPLE))
        self.people = Text("", "small", name="people_total")
        self._box.addWidget(self.people)
        self.line(("spent", 2), ("currency", 1))
        self.money = Text("", "small", name="money_facts")
        self._box.addWidget(self.money)
        words = ("difficulty", "solution", "next_step")
        for line in [(name,) for name in words] if narrow else [words]:
            self.line(*((name, 1) for name in line))
        self.line(("reported_by", 2), ("reported_on", 1))
        self._said: str | None = None
        spent = self.editors["spent"]
        if isinstance(spent, AmountEditor):
            spent.line.textEdited.connect(self._note_currency)
        for name in PEOPLE:
            self.editors[name].edited.connect(self.show_people)

    def _note_currency(self, text: str) -> None:
        try:
            self._said = digits.money(text)[1]
        except ValueError:
            self._said = None

    def _keep(self, values: dict[str, Value]) -> None:
        currency = self.editors["currency"]
        if values.get("spent") is not None and "currency" not in values and (self._said or currency.value() is None):
            values["currency"] = self._said or RIEL
            currency.set_value(values["currency"])
        self._said = None
        super()._keep(values)

    def show_people(self) -> None:
        """Everybody that is typed so far; a number that is not understood is said under its own line."""
        counts: dict[str, int | None] = {}
        for name in PEOPLE:
            try:
                value = self.editors[name].value()
            except ValueError:
                value = None
            counts[name] = value if isinstance(value, int) else None
        reached = Reached(*(counts[name] for name in PEOPLE))
        words = _("In all: {what}").format(what=people(reached)) if reached.everybody is not None else ""
        if reached.with_disability is not None and reached.with_disability > (reached.everybody or 0):
            words = _("More with disability than were reached in all.")
        self.people.setText(words)
        self.people.setVisible(bool(words))


class ReportCard(QFrame):
    """`show_report(row, period)`; `closed` by Esc or its button, `next_wanted` by its button."""

    closed = Signal()
    next_wanted = Signal()

    def __init__(self, context: Context, narrow: bool = False) -> None:
        super().__init__()
        self.setObjectName("report_card")
        self.setProperty("role", "tile")
        self.context = context
        self._found: ActivityRow | None = None
        self._period: Period | None = None
        box = column(self, spacing=tokens.M)
        box.setContentsMargins(14, 12, 14, 10)
        self._build_head(box.addLayout)
        self.twin = InlineMessage(
            "", "warning", name="report_twin", button=_("Put the other into the bin"), run=self._drop_twin
        )
        box.addWidget(self.twin)
        self.form = ReportForm(context, narrow)
        box.addWidget(self.form)
        box.addWidget(Text(_("Evidence"), "label"))
        self.evidence = EvidenceBox(context, self._ensure, name="report_evidence")
        box.addWidget(self.evidence)
        foot = row(spacing=tokens.S)
        self.open_plan = Button(
            _("Open in the plan"), kind="quiet", icon="list-tree", name="report_plan", run=self._to_plan
        )
        self.next = Button(
            _("Next that is owed"), kind="primary", icon="arrow-right", name="report_next", tip="Ctrl+Enter",
            run=self.next_wanted.emit,
        )  # fmt: skip
        self.delete = Button(
            _("Delete this report"), kind="quiet", icon="trash-2", name="report_delete", run=self._delete
        )
        foot.addWidget(self.open_plan)
        foot.addWidget(self.delete)
        foot.addStretch(1)
        foot.addWidget(Button(_("Done"), icon="check", name="report_done", tip="Esc", run=self.closed.emit))
        foot.addWidget(self.next)
        box.addLayout(foot)
        self.form.created.connect(self._created)
        for words in self.findChildren(Text):
            words.setMinimumHeight(1)  # its height goes by the width it gets, not by a guess

    def _build_head(self, add: Callable[..., object]) -> None:
        head = row(spacing=tokens.M)
        words = column(spacing=0)
        self.heading = Text("", "strong", name="report_heading")
        self.facts = Text("", "small", name="report_facts")
        words.addWidget(self.heading)
        words.addWidget(self.facts)
        head.addLayout(words, 1)
        close = IconButton("x", _("Close the report"), name="report_close", run=self.closed.emit)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        add(head)
        before = row(spacing=tokens.S)
        self._clock = QLabel()
        self._clock.setPixmap(icons.pixmap("history", "muted", 16))
        self.before = Text("", "small", name="report_before")
        before.addWidget(self._clock, 0, Qt.AlignmentFlag.AlignTop)
        before.addWidget(self.before, 1)
        add(before)

    @property
    def activity(self) -> str:
        return self._found.line.id if self._found is not None else ""

    def show_report(self, found: ActivityRow, period: Period) -> None:
        """Write the report of that activity; another one that was open is kept first."""
        other = self._found is None or (self._found.line.id, self._period) != (found.line.id, period)
        if other:
            self.flush()
        self._found, self._period = found, period
        desk = self.context.desk
        activity = records.get(desk, found.line.id)
        self.heading.setText(f"{coded(found.line.code)} · {found.line.text}")
        who = records.show(desk, activity, "responsible")
        self.facts.setText(" · ".join(part for part in (period.title(), who) if part))
        self._show_before()
        if other or self.form.record != found.report:
            self._open(found.report)
        else:
            self.form.refresh()
        self.form.indicators.show_indicators(found.indicators, period)
        self.form.money.setText(_money(found, period))
        self.form.money.setVisible(bool(self.form.money.plain()))
        self.form.show_people()
        self._created(self.form.record)
        self._show_twin()

    def _created(self, report: str | None) -> None:
        self.evidence.show_record(report)
        self.delete.setVisible(report is not None)

    def _twins(self) -> list[Record]:
        """Other reports of the same quarter: two desks may each write one before they hear of one another."""
        if self._found is None or self._period is None:
            return []
        several = progress.of_quarter(self.context.desk, self._found.line.id, self._period)
        return [one for one in several if one.id != self.form.record]

    def _show_twin(self) -> None:
        words = ""
        for other in self._twins():
            said = " · ".join(part for part in (status_word(other.text("status")), other.text("summary")) if part)
            words = _("This quarter was reported twice. The other report says: {words}").format(words=said or NOTHING)
        self.twin.say(words, "warning")

    def _drop_twin(self) -> None:
        for other in self._twins():
            self._bin(other.id)

    def _delete(self) -> None:
        self.flush()
        if self.form.record is not None:
            self._bin(self.form.record)

    def _bin(self, report: str) -> None:
        self.context.undo.delete(report)
        self.context.touched("progress")
        self.context.say(_("Deleted. Ctrl+Z brings it back."))

    def _open(self, report: str | None) -> None:
        assert self._found is not None and self._period is not None
        defaults: dict[str, Value] = {
            "activity": self._found.line.id,
            "year": self._period.year,
            "quarter": self._period.quarter,
        }
        if report is None:
            defaults["reported_on"] = date.today().isoformat()
        self.form.open(report, defaults)

    def _show_before(self) -> None:
        """The last report before this one: what was promised then is asked for now."""
        last = self._last_report()
        words = ""
        if last is not None:
            when = Period(int(str(last["year"])), int(str(last["quarter"])))
            said = [status_word(last.text("status")), last.text("summary")]
            if last["next_step"]:
                said.append(_("next step: {text}").format(text=last.text("next_step")))
            words = _("Before, in {quarter}: {words}").format(
                quarter=when.title(), words=" · ".join(part for part in said if part)
            )
        self.before.setText(words)
        self.before.setVisible(bool(words))
        self._clock.setVisible(bool(words))

    def _last_report(self) -> Record | None:
        assert self._found is not None and self._period is not None
        earlier = [
            one
            for one in progress.reports(self.context.desk, self._found.line.id)
            if isinstance(one["year"], int)
            and isinstance(one["quarter"], int)
            and (one["year"], one["quarter"]) < (self._period.year, self._period.quarter)
        ]
        return earlier[-1] if earlier else None

    def _ensure(self) -> str:
        """The report's record, made where the first thing of it is its evidence."""
        if not self.form.flush() or self.form.record is None:
            assert self._found is not None and self._period is not None
            today: dict[str, Value] = {"reported_on": date.today().isoformat()}
            self._open(progress.put_report(self.context.undo, self._found.line.id, self._period, today).id)
            self.context.touched("progress")
        return str(self.form.record)

    def flush(self) -> bool:
        """Keep what was typed; False where something in it was not understood."""
        self.form.indicators.flush()
        self.evidence.flush()
        return self.form.flush()

    def begin(self) -> None:
        """To the status, the one thing that a report must say."""
        self.form.editors["status"].focus()

    def _to_plan(self) -> None:
        if self._found is None:
            return
        found = records.get(self.context.desk, self._found.line.id)
        from ui.pages.places import place

        there = place(self.context.desk, found)
        if there is not None:
            self.context.wanted.emit(there)

    def event(self, event: QEvent) -> bool:
        """Esc is ours before it is the window's way back."""
        return takes_esc(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _money(found: ActivityRow, period: Period) -> str:
    """The year's budget and what is spent of it."""
    planned, spent = found.spending.planned, found.spending.spent
    parts = []
    if planned.lines:
        year = digits.count(period.year)
        parts.append(_("Budget of {year}: {amount}").format(year=year, amount=riel(planned.known)))
    if spent.lines:
        share = found.spending.percent
        words = _("spent so far: {amount}").format(amount=riel(spent.known))
        parts.append(words if share is None else f"{words} ({per_cent(share)})")
    if planned.unknown or spent.unknown:
        parts.append(_("some of it is in dollars and the plan has no rate"))
    return " · ".join(parts)
