"""The thread of a part of a plan: what led to it, what came of it, and the way to each.

Inputs of meetings, follow-ups, the activity of the last plan that it carries on, its line in the investment programme.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.khmer import dates
from cpdesk.tasks import plans, records
from ui import icons, tokens
from ui.context import Context
from ui.lists.plan_rows import TONES, short_name
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Chip, column, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks import Record

_STATE_TONES = {"done": "good", "in_progress": "accent", "dropped": "neutral"}
_DISPOSITION_TONES = {"accepted": "good", "adapted": "accent", "declined": "bad"}


class Step(QWidget):
    """One knot of the thread: an icon, what it is, its words, and a way on."""

    def __init__(
        self,
        icon: str,
        label: str,
        words: str,
        *,
        chip: tuple[str, str] | None = None,
        link: str = "",
        run: Callable[[], object] | None = None,
        name: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        across = row(self, spacing=10)
        picture = QLabel()
        picture.setPixmap(icons.pixmap(icon, "accent", 20))
        across.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        box = column(spacing=0)
        box.addWidget(Text(label, "small"))
        if words:
            box.addWidget(Text(words, selectable=True))
        foot = row(spacing=tokens.XS)
        if chip is not None and chip[0]:
            foot.addWidget(Chip(*chip))
        if link and run is not None:
            foot.addWidget(Button(link, kind="link", name=f"{name}_open", run=run))
        foot.addStretch(1)
        if foot.count() > 1:
            box.addLayout(foot)
        across.addLayout(box, 1)


class ThreadPanel(QWidget):
    """Fills itself anew by `show_thread(id)` for a plan, objective, output or activity."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("thread")
        self.context = context
        self._box = column(self, spacing=tokens.M)

    def show_thread(self, id_: str | None) -> None:
        while (item := self._box.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if id_ is None:
            return
        try:
            record = records.get(self.context.desk, id_)
        except NotFound:
            return
        steps = self._steps(record)
        for step in steps:
            self._box.addWidget(step)
        if not steps:
            self._box.addWidget(Text(_nothing(record.kind.name), "small", name="thread_empty"))
        self._box.addStretch(1)

    def _steps(self, record: Record) -> list[Step]:
        desk = self.context.desk
        if record.kind.name != "activity":
            pointing = [source for source, _field in records.pointing_at(desk, record.id)]
            meetings = [self.meeting(source) for source in pointing if source.kind.name == "meeting"]
            return meetings + [self.input(source) for source in pointing if source.kind.name == "input"]
        thread = plans.thread(desk, record.id)
        steps = [self.input(source) for source in thread.inputs]
        steps += [self.follow_up(source) for source in thread.follow_ups]
        if thread.carried_from is not None:
            steps.append(self._activity(thread.carried_from, _("Carried on from")))
        steps += [self._activity(later, _("Carried on in")) for later in thread.carried_to]
        if record["investment_programme"] or record["investment_line"] or record["investment"]:
            steps.append(self._investment(record))
        return steps

    def to_meeting(self, source: Record) -> tuple[str, Callable[[], object] | None]:
        """The link to the meeting of a part, where it is here."""
        meeting = source["meeting"]
        if not isinstance(meeting, str):
            return "", None
        return _("Open the meeting"), lambda: self.context.go(
            "meeting", meeting, part=source.kind.name, focus=source.id
        )

    def _day(self, source: Record) -> str:
        """The day of the meeting that a part belongs to; empty where it is not known."""
        try:
            day = records.get(self.context.desk, source.text("meeting")).text("date")
        except NotFound:
            return ""
        return dates.short(date.fromisoformat(day)) if day else ""

    def input(self, source: Record) -> Step:
        who = short_name(self.context.desk, source.text("person") or source.text("body"))
        label = " · ".join(part for part in (_("Input"), self._day(source), who) if part)
        link, run = self.to_meeting(source)
        tone = _DISPOSITION_TONES.get(source.text("disposition"), "neutral")
        chip = (source.label("disposition"), tone)
        name = f"step_{source.id}"
        return Step("message-square", label, source.text("text"), chip=chip, link=link, run=run, name=name)

    def follow_up(self, source: Record) -> Step:
        who = short_name(self.context.desk, source.text("responsible"))
        label = " · ".join(part for part in (source.kind.label, self._day(source), who) if part)
        link, run = self.to_meeting(source)
        chip = (source.label("state"), _STATE_TONES.get(source.text("state"), "warning"))
        return Step("flag", label, source.text("text"), chip=chip, link=link, run=run, name=f"step_{source.id}")

    def meeting(self, meeting: Record) -> Step:
        day = meeting.label("date")
        label = " · ".join(part for part in (meeting.kind.label, day) if part)
        return Step(
            "calendar-days", label, meeting.title, link=_("Open the meeting"),
            run=lambda: self.context.go("meeting", meeting.id), name=f"step_{meeting.id}",
        )  # fmt: skip

    def _activity(self, other: Record, label: str) -> Step:
        plan = plans.plan_of(self.context.desk, other.id)
        words = " · ".join(part for part in (other.text("code"), other.title) if part)
        if plan is None:
            return Step("history", label, words, name=f"step_{other.id}")
        return Step(
            "history", f"{label} · {plan.title}", words, link=_("Open the plan"),
            run=lambda: self.context.go("plan", plan.id, chosen=other.id), name=f"step_{other.id}",
        )  # fmt: skip

    @staticmethod
    def _investment(record: Record) -> Step:
        label = record.label("investment_programme") or record.kind.field("investment").label
        chip = (record.label("investment"), TONES.get(record.text("investment"), "neutral"))
        return Step("landmark", label, record.text("investment_line"), chip=chip, name="step_investment")


def _nothing(kind: str) -> str:
    if kind == "activity":
        return _(
            "No meeting's input leads here yet. In a meeting, choose this activity beside an input or a follow-up, "
            "and both ends can be reached from each other."
        )
    return _("No meeting has spoken of this part yet. In a meeting, choose it beside an input.")
