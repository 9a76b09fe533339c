"""The thread of any record: where it came from, what came of it, and the way to each by one click.

`ThreadPanel` stands beside a plan's table, beside priorities, in a dialog. It can be walked along: each knot shows its
own thread in the same place, and the way back stays at its head.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QWidget

from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.tasks import plans, records
from cpdesk.tasks.thread import Knot, Thread, knots, thread
from ui import icons, tokens
from ui.context import Context
from ui.navigation import Location
from ui.pages.places import ICONS, place
from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.surfaces import Chip, column, row
from ui.widgets.text import Text

STATE_TONES = {
    # how an input was settled
    "accepted": "good", "adapted": "accent", "declined": "bad",
    # how a follow-up or an activity stands
    "open": "warning", "in_progress": "accent", "done": "good", "on_track": "good", "at_risk": "warning", "late": "bad",
    # where the money comes from
    "ongoing": "good", "pledged": "accent", "not_pledged": "bad",
}  # fmt: skip
_ICONS = {
    knots.CARRIED_FROM: "history", knots.CARRIED_TO: "history", knots.PREVIOUS: "history", knots.NEXT: "arrow-right",
    knots.INVESTMENT: "landmark",
}  # fmt: skip
_WALKED = frozenset({
    "activity", "objective", "output", "priority", "swot", "input", "follow_up", "meeting", "figure", "measure",
    "presentation", "agenda_item", "progress", "plan", "indicator",
})  # fmt: skip
_SIZE = 20


class Step(QWidget):
    """One knot: an icon on the thread, what it is, its words, and ways on. `last` ends the thread below it."""

    def __init__(
        self,
        icon: str,
        label: str,
        words: str,
        *,
        chip: tuple[str, str] | None = None,
        links: tuple[tuple[str, str, Callable[[], object]], ...] = (),
        name: str = "",
        last: bool = True,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setMinimumWidth(1)  # its height is asked for at the width that it has
        across = row(self, spacing=10)
        across.addLayout(self._spine(icon, last))
        box = column(spacing=0)
        box.addWidget(Text(label, "small"))
        if words:
            box.addWidget(Text(words, selectable=True))
        foot = FlowLayout(spacing=tokens.XS)
        if chip is not None and chip[0]:
            foot.addWidget(Chip(*chip))
        for key, word, run in links:
            button = Button(word, kind="link", name=f"{name}_{key}", run=run)
            button.setAccessibleName(f"{word}: {words or label}")
            foot.addWidget(button)
        if foot.count():
            box.addLayout(foot)
        box.addSpacing(tokens.M)
        across.addLayout(box, 1)

    @staticmethod
    def _spine(icon: str, last: bool) -> QLayout:
        spine = column(spacing=tokens.XS)
        picture = QLabel()
        picture.setPixmap(icons.pixmap(icon, "accent", _SIZE))
        spine.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        if last:
            spine.addStretch(1)
        else:
            line = QFrame()
            line.setProperty("role", "divider")
            line.setFixedWidth(2)
            spine.addWidget(line, 1, Qt.AlignmentFlag.AlignHCenter)
        return spine


def knot_label(knot: Knot) -> str:
    """What the knot is, and what tells it from others: "Input · 23/06/2022 · Save the Children"."""
    return " · ".join(part for part in (knot.label, knot.day(), knot.who, knot.plan) if part)


def knot_icon(knot: Knot) -> str:
    return _ICONS.get(knot.relation) or ICONS.get(knot.kind, "circle-question-mark")


def knot_chip(knot: Knot) -> tuple[str, str] | None:
    return (knot.standing, STATE_TONES.get(knot.state, "neutral")) if knot.standing else None


def where(context: Context, knot: Knot) -> Location | None:
    """The place where the knot's record is shown; None where no page of this program shows it."""
    from ui.pages import PAGES

    if knot.record is None:
        return None
    there = place(context.desk, knot.record)
    if there is None or all(spec.name != there.page for spec in PAGES):
        return None
    if knot.relation == knots.INVESTMENT:
        there.state["view"] = "alignment"
    return there


def _open_words(page: str) -> str:
    return {
        "meeting": _("Open the meeting"),
        "plan": _("Open the plan"),
        "progress": _("Open the report"),
        "figures": _("Open the figures"),
    }.get(page) or _("Open")


def knot_step(context: Context, knot: Knot, *, walk: Callable[[str], object] | None = None, last: bool = True) -> Step:
    """The knot as a row with its ways on; `walk(id)` shows the thread of its record."""
    links: list[tuple[str, str, Callable[[], object]]] = []
    there = where(context, knot)
    if there is not None:
        links.append(("open", _open_words(there.page), lambda: context.wanted.emit(there)))
    record = knot.record
    if walk is not None and record is not None and record.kind.name in _WALKED and knot.relation != knots.INVESTMENT:
        links.append(("walk", _("Thread"), lambda: walk(record.id)))
    name = f"step_{record.id if record is not None and knot.relation != knots.INVESTMENT else knot.relation}"
    return Step(
        knot_icon(knot), knot_label(knot), knot.words, chip=knot_chip(knot), links=tuple(links), name=name, last=last
    )


class ThreadPanel(QWidget):
    """Fills itself anew by `show_thread(id)`, for a record of any kind."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("thread")
        self.context = context
        self._asked: str | None = None
        self._walked: list[str] = []
        self._shown: tuple[object, ...] = ()
        self._box = column(self, spacing=0)

    def show_thread(self, id_: str | None) -> None:
        """Tell the thread of that record; None empties the panel. Where one walked on from it stays."""
        if id_ != self._asked:
            self._walked.clear()
        self._asked = id_
        self._draw()

    def walk(self, id_: str) -> None:
        """Go on to the thread of another record, in the same place."""
        self._walked.append(id_)
        self._draw()
        self._focus("thread_back")

    def walk_back(self) -> None:
        """One knot back."""
        left = self._walked.pop() if self._walked else ""
        self._draw()
        self._focus(f"step_{left}_walk")

    def _focus(self, name: str) -> None:
        """Give the focus to a button that was drawn just now: the layout would show it a moment too late."""
        for button in self.findChildren(Button, name):
            holder = button.parentWidget()
            if holder is not None and (holder is self or holder.parentWidget() is self):
                if holder is not self:
                    holder.show()
                button.show()
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def at(self) -> str | None:
        """The record whose thread is told now."""
        return self._walked[-1] if self._walked else self._asked

    def _draw(self) -> None:
        told = self._told()
        now = (self.at(), told)
        if now == self._shown:
            return  # nothing has changed: the focus stays where it is
        self._shown = now
        _clear(self._box)
        if told is None:
            return
        if self._walked:
            self._head(told)
        self._part(_("Where it came from"), "thread_from", told.back)
        self._part(_("What came of it"), "thread_on", told.on)
        if told.empty:
            self._box.addWidget(Text(_nothing(told.record.kind.name), "small", name="thread_empty"))
        self._whole(told)
        self._box.addStretch(1)

    def _whole(self, told: Thread) -> None:
        """The way to the whole thread of the plan that the record stands in."""
        if told.record.kind.name not in ("plan", "objective", "output", "activity", "priority", "swot"):
            return
        plan = plans.plan_of(self.context.desk, told.record.id)
        if plan is not None:
            link = Button(
                _("The whole thread of the plan"), kind="link", icon="link", name="thread_whole",
                run=lambda: self.context.go("thread", plan.id),
            )  # fmt: skip
            self._box.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _told(self) -> Thread | None:
        """The thread of where one is; of where one came from, where that is gone."""
        while (id_ := self.at()) is not None:
            try:
                return thread(self.context.desk, id_)
            except NotFound:
                if not self._walked:
                    return None
                self._walked.pop()
        return None

    def _head(self, told: Thread) -> None:
        back = Button(_("Back"), kind="link", icon="chevron-left", name="thread_back", run=self.walk_back)
        self._box.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        record = told.record
        words = record.text("text") if record.kind.has("text") else records.named(self.context.desk, record)
        self._box.addWidget(Text(record.kind.label, "small"))
        self._box.addWidget(Text(words or record.title, "strong", name="thread_of"))
        self._box.addSpacing(tokens.M)

    def _part(self, title: str, name: str, found: list[Knot]) -> None:
        if not found:
            return
        self._box.addWidget(Text(title, "strong", name=name))
        self._box.addSpacing(tokens.S)
        for number, knot in enumerate(found, 1):
            self._box.addWidget(knot_step(self.context, knot, walk=self.walk, last=number == len(found)))


def _clear(box: QLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.setParent(None)
            old.deleteLater()


def _nothing(kind: str) -> str:
    """What ties such a record to others, while nothing does."""
    told = {
        "activity": _(
            "No meeting's input leads here yet. In a meeting, choose this activity beside an input or a follow-up, "
            "and both ends can be reached from each other."
        ),
        "priority": _("Say under “Why” which figures and inputs make it a priority, and which activities answer it."),
        "swot": _("Choose the activities that answer this point."),
        "figure": _("No priority rests on this figure yet."),
        "measure": _("No priority rests on this measure yet."),
    }
    return told.get(kind) or _("No meeting has spoken of this part yet. In a meeting, choose it beside an input.")
