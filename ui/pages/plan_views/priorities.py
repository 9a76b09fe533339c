"""The priorities of a plan by rank: why each is one, which activities answer it, and which activities answer none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk import records as kinds
from cpdesk.errors import NotFound
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.kinds import Refs, Value
from cpdesk.tasks import Record, plans, points, records
from cpdesk.tasks.thread.knots import Tying, digits_of
from cpdesk.tasks.thread.one import why
from ui import messages, theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.lists.rows import Face, Piece, Row, RowHead, Slot
from ui.pages.meeting_parts.row_forms import Fields
from ui.pages.plan_thread import ThreadPanel
from ui.pages.plan_views import PlanPart
from ui.pages.plan_views.choosing import plan_activities, reasons
from ui.pages.plan_views.lines import Lines, keys_line
from ui.pages.plan_views.loose import Loose, shortened
from ui.widgets.editors import Editor, RefsEditor
from ui.widgets.surfaces import Card, Chip, EmptyState, column, row, scrolling
from ui.widgets.text import Text

NARROW = 900
SIDE = 288
MOST = 3  # reasons and answers in a row; all of them stand in the thread beside it
_SLOTS = (Slot(44), Slot(share=5), Slot(share=4), Slot(share=5))


class Ranked(Lines):
    """The priorities, numbered from 1."""

    kind = "priority"
    slots = _SLOTS
    form_lines: ClassVar[tuple[Fields, ...]] = ((("text", 1),), (("why", 3), ("places", 2)), (("reason", 1),))
    answered = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context, "priorities", _("Priorities"))
        self.answers: dict[str, list[str]] = {}
        self._tying = Tying(context.desk)
        self.count = Chip("", "accent", name="count_priorities")
        self.head.add_chip(self.count)
        self.heads = RowHead((
            Slot(44), Slot(share=5, title=kinds.kind("priority").label), Slot(share=4, title=_("Why")),
            Slot(share=5, title=_("Answered by")),
        ))  # fmt: skip
        self.body.insertWidget(1, self.heads)
        self.empty = EmptyState(
            "star",
            _("Priorities say what the plan must change first, and why: figures and what was said in meetings."),
            button=_("Write the first priority"),
            run=self.draft.begin,
            example=_("For example: Children out of school in the communes along the border"),
            name="empty_priorities",
        )
        self.body.insertWidget(1, self.empty)
        self.draft.editors["text"].set_placeholder(_("Write a priority and press Enter"))
        self._answering: RefsEditor | None = None

    def listed(self, plan: str) -> list[Record]:
        found = points.priorities(self.context.desk, plan)
        self.answers = _answers(self.context, plan)
        self._tying = Tying(self.context.desk, plan)
        self.count.setText(digits.count(len(found)))
        for widget in (self.count, self.heads):
            widget.setVisible(bool(found))
        self.empty.setVisible(not found)
        return found

    def defaults(self) -> dict[str, Value]:
        assert self.plan is not None
        return {"plan": self.plan, "rank": points.next_rank(self.context.desk, self.plan)}

    def own_editors(self) -> Mapping[str, Editor]:
        field = kinds.kind("priority").field("why")
        assert isinstance(field.type, Refs)
        return {"why": RefsEditor("why", field.label, source=reasons(self.context), type_=field.type)}

    def add_to_form(self, box: QVBoxLayout, at: int) -> None:
        """Which activities answer it: that stands in the activities, and is chosen here all the same."""
        source = plan_activities(self.context, lambda: self.plan)
        self._answering = RefsEditor("answers", _("Answered by"), source=source, type_=Refs(("activity",)))
        self._answering.finished.connect(self._answered)
        holder = QWidget()
        inner = column(holder, spacing=2)
        inner.addWidget(Text(_("Answered by"), "label", wrap=False))
        inner.addWidget(self._answering)
        box.insertWidget(at, holder)

    def opened_on(self, record: Record) -> None:
        if self._answering is not None and not self._answering.is_busy():
            ids = [one.id for one in points.answers(self.context.desk, record.id)]
            self._answering.set_value(" ".join(ids) or None)

    def _answered(self) -> None:
        id_ = self.rows.open_id
        if self._answering is None or not id_:
            return
        try:
            chosen = self._answering.value()
        except ValueError as why:
            self._answering.show_problem(str(why))
            return
        self._answering.show_problem(None)
        with messages.shown(self.window()):
            ids = chosen.split() if isinstance(chosen, str) else []
            if points.answer(self.context.undo, id_, ids):
                self.context.touched("activity")
                self.answered.emit()

    def remove(self, id_: str) -> None:
        points.remove_and_close_ranks(self.context.undo, id_)

    def face(self, record: Record, number: int) -> Face:
        answers = [Piece(words) for words in self.answers.get(record.id, [])[:MOST]]
        if not answers:
            answers = [Piece(_("No activity answers it"), "warning")]
        more = len(self.answers.get(record.id, [])) - MOST
        if more > 0:
            answers.append(Piece(_("…and {count} more").format(count=digits.count(more)), "small"))
        words = [Piece(record.text("text"), "strong")]
        if record["reason"]:
            words.append(Piece(shortened(record.text("reason")), "small"))
        rank = record.label("rank") or digits.count(number)
        return Face(record.id, ((Piece(rank, "strong"),), tuple(words), self._why(record), tuple(answers)))

    def _why(self, record: Record) -> tuple[Piece, ...]:
        knots = why(self._tying, record)
        told = [Piece(shortened(" · ".join(p for p in (k.words, k.day()) if p)), "small") for k in knots[:MOST]]
        if len(knots) > MOST:
            told.append(Piece(_("…and {count} more").format(count=digits.count(len(knots) - MOST)), "small"))
        return tuple(told)


def _answers(context: Context, plan: str) -> dict[str, list[str]]:
    """By priority the activities that answer it, as number and words, in the plan's order."""
    tree = plans.tree(context.desk, plan)
    codes = plans.codes(context.desk, plan, tree)
    found: dict[str, list[str]] = {}
    for group in (group for o in tree for group in (o.activities, *(n.activities for n in o.outputs))):
        for one in group:
            words = f"{digits_of(codes[one.id])} · {shortened(one.title)}"
            found.setdefault(one.text("priority"), []).append(words)
    return found


class PrioritiesView(PlanPart):
    name = "priorities"
    kinds = frozenset({"priority", "activity", "figure", "measure", "input"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        across = row(self, spacing=14)
        content = QWidget()
        left = column(content, spacing=tokens.L)
        left.setContentsMargins(0, 0, 4, 0)
        self.ranked = Ranked(context)
        self.loose = Loose(context)
        self.sum = Text("", "muted", wrap=False, name="priorities_sum")
        left.addLayout(keys_line(self.sum, "priorities_keys"))
        left.addWidget(self.ranked)
        left.addWidget(self.loose)
        left.addStretch(1)
        self.area = scrolling(content, "priorities_scroll")
        across.addWidget(self.area, 1)
        self.side = Card("priority_side", margin=14)
        self.side.setFixedWidth(SIDE)
        self.side_title = Text("", "strong", name="priority_side_title")
        self.panel = ThreadPanel(context)
        inner = scrolling(self.panel, "priority_side_scroll")
        for widget in (inner, self.panel):
            widget.setProperty("role", "")
            widget.setAutoFillBackground(False)
        inner.viewport().setAutoFillBackground(False)
        self.side.add(self.side_title, inner)
        across.addWidget(self.side)
        self._chosen: str | None = None
        self._stood = ""  # the line that one comes back to
        self.ranked.stood_on.connect(self._show_thread)
        self.ranked.answered.connect(self._again)
        self.ranked.passed.connect(self._pass_on)
        self.loose.linked.connect(self._again)
        self.loose.rows.left.connect(self._left_loose)

    def show_plan(self, plan: str) -> None:
        if plan != self.plan:
            self._chosen = None
        self.plan = plan
        self.ranked.show_lines(plan)
        self.loose.show_plan(plan)
        ids = self.ranked.rows.ids()
        bare = sum(id_ not in self.ranked.answers for id_ in ids)
        words = ngettext(
            "{count} priority waits for an activity that answers it.",
            "{count} priorities wait for an activity that answers them.",
            bare,
        )
        self.sum.setText(words.format(count=digits.count(bare)) if bare else "")
        self._show_thread(self._chosen if self._chosen in ids else (ids[0] if ids else None))

    def _show_thread(self, id_: str | None) -> None:
        self._chosen = id_
        record = None
        if id_ is not None:
            try:
                record = records.get(self.context.desk, id_)
            except NotFound:
                self._chosen = None
        words = _("Priority {number}").format(number=record.label("rank")) if record is not None else ""
        self.side_title.setText(_("Thread of {what}").format(what=words) if words else "")
        self.panel.show_thread(self._chosen)
        self._fit()

    def _fit(self) -> None:
        self.side.setVisible(self._chosen is not None and self.width() >= theme.scaled(NARROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _again(self) -> None:
        if self.plan is not None:
            self.show_plan(self.plan)

    def leave(self) -> None:
        self.ranked.leave()

    def begin(self) -> None:
        stood, self._stood = self._stood, ""
        if not (self.ranked.choose(stood) or self.loose.rows.focus(stood)):
            self.ranked.begin()

    def commands(self) -> list[Action]:
        return [Action("new", _("New priority"), self.ranked.draft.begin, "plus")]

    def state(self) -> dict[str, object]:
        focus = self.focusWidget()
        loose = focus.face.id if isinstance(focus, Row) and self.loose.isAncestorOf(focus) else None
        return {"chosen": loose or self._chosen}

    def restore(self, state: dict[str, object]) -> None:
        for key in ("focus", "chosen"):
            id_ = state.get(key)
            if isinstance(id_, str) and (self.ranked.choose(id_) or self.loose.rows.focus(id_)):
                self._stood = id_
                return

    def _pass_on(self, step: int) -> None:
        if step > 0 and self._is_shown(self.loose):
            self.loose.rows.focus_row(0)

    def _left_loose(self, step: int) -> None:
        if step < 0:
            self.ranked.draft.begin()

    @staticmethod
    def _is_shown(widget: QWidget) -> bool:
        return not widget.isHidden()
