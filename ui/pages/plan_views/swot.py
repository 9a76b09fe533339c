"""Strong and weak points of a plan as four quarters on one page, each line tied to the activities that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from cpdesk import records as kinds
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.kinds import Refs, Value
from cpdesk.tasks import Record, forms, plans, points
from cpdesk.tasks.thread.knots import digits_of
from ui import theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.lists.rows import Face, Piece, Slot
from ui.pages.meeting_parts.row_forms import Fields
from ui.pages.plan_views import PlanPart
from ui.pages.plan_views.choosing import plan_activities
from ui.pages.plan_views.lines import Lines, keys_line
from ui.widgets.editors import Editor, RefsEditor
from ui.widgets.surfaces import Chip, column, scrolling
from ui.widgets.text import Text

NARROW = 760
PAPER = "swot"
SHORT = 90
# Strong beside weak, what helps beside what harms; both upper ones are the committee's own.
TONES = {"strength": "good", "weakness": "warning", "opportunity": "accent", "threat": "bad"}


def _about(sort: str) -> str:
    return {
        "strength": _("What the committee does well and can build on"),
        "weakness": _("What is missing in the committee itself; an activity should answer it"),
        "opportunity": _("What outside helps the plan"),
        "threat": _("What outside may harm it; an activity should answer it"),
    }[sort]


class Quarter(Lines):
    """The points of one sort."""

    kind = "swot"
    slots = (Slot(34), Slot(share=1))
    form_lines: ClassVar[tuple[Fields, ...]] = ((("text", 1),), (("answered_by", 3),), (("sort", 1),))

    def __init__(self, context: Context, sort: str) -> None:
        self.sort = sort
        super().__init__(context, f"swot_{sort}", kinds.kind("swot").field("sort").type.show(sort))
        self.codes: dict[str, str] = {}
        self.count = Chip("", TONES[sort], name=f"count_{sort}")
        self.head.add_chip(self.count)
        self.body.insertWidget(1, Text(_about(sort), "small", name=f"about_{sort}"))
        self.body.addStretch(1)
        self.draft.editors["text"].set_placeholder(_("Write a point and press Enter"))

    def listed(self, plan: str) -> list[Record]:
        found = points.swot(self.context.desk, plan, self.sort)
        self.count.setText(digits.count(len(found)))
        self.count.setVisible(bool(found))
        return found

    def defaults(self) -> dict[str, Value]:
        assert self.plan is not None
        order = points.next_place(self.context.desk, self.plan, self.sort)
        return {"plan": self.plan, "sort": self.sort, "order": order}

    def own_editors(self) -> Mapping[str, Editor]:
        field = kinds.kind("swot").field("answered_by")
        assert isinstance(field.type, Refs)
        source = plan_activities(self.context, lambda: self.plan)
        return {"answered_by": RefsEditor("answered_by", field.label, source=source, type_=field.type)}

    def face(self, record: Record, number: int) -> Face:
        pieces = [Piece(record.text("text"))]
        answers = [id_ for id_ in record.text("answered_by").split() if id_ in self.codes]
        pieces += [Piece(f"→ {self.codes[id_]}", "small") for id_ in answers]
        if not answers and self.sort in points.TO_ANSWER:
            pieces.append(Piece(_("Nothing answers it"), "warning"))
        return Face(record.id, ((Piece(digits.count(number), "muted"),), tuple(pieces)))


class SwotView(PlanPart):
    name = "swot"
    kinds = frozenset({"swot", "activity"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        content = QWidget()
        whole = column(content, spacing=tokens.M)
        self.sum = Text("", "muted", wrap=False, name="swot_sum")
        whole.addLayout(keys_line(self.sum, "swot_keys"))
        self._grid = QGridLayout()
        self._grid.setSpacing(tokens.L)
        self.quarters = {sort: Quarter(context, sort) for sort in points.SORTS}
        for number, quarter in enumerate(self.quarters.values()):
            quarter.passed.connect(lambda step, at=number: self._pass_on(at, step))
        self._stood = ""  # the line that one comes back to
        self._across = 0
        self._arrange(2)
        whole.addLayout(self._grid)
        whole.addStretch(1)
        self.area = scrolling(content, "swot_scroll")
        column(self).addWidget(self.area)

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for number, quarter in enumerate(self.quarters.values()):
            self._grid.addWidget(quarter, number // across, number % across)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if across == 2 else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(2 if event.size().width() >= theme.scaled(NARROW) else 1)
        super().resizeEvent(event)

    def show_plan(self, plan: str) -> None:
        self.plan = plan
        desk = self.context.desk
        tree = plans.tree(desk, plan)
        codes = plans.codes(desk, plan, tree)
        groups = [group for o in tree for group in (o.activities, *(n.activities for n in o.outputs))]
        named = {one.id: _named(digits_of(codes[one.id]), one) for group in groups for one in group}
        bare = 0
        for sort, quarter in self.quarters.items():
            quarter.codes = named
            quarter.show_lines(plan)
            found = points.swot(desk, plan, sort) if sort in points.TO_ANSWER else []
            bare += sum(not set(one.text("answered_by").split()) & named.keys() for one in found)
        words = ngettext(
            "{count} point waits for an activity that answers it.",
            "{count} points wait for an activity that answers them.",
            bare,
        )
        self.sum.setText(words.format(count=digits.count(bare)) if bare else "")

    def leave(self) -> None:
        for quarter in self.quarters.values():
            quarter.leave()

    def begin(self) -> None:
        stood, self._stood = self._stood, ""
        if not any(quarter.choose(stood) for quarter in self.quarters.values()):
            self.quarters["strength"].begin()

    def commands(self) -> list[Action]:
        found = [Action("new", _("New point"), self._new, "plus")]
        if PAPER in forms.FORMS:
            found.append(Action("print", _("Print"), self._print, "printer"))
        return found

    def state(self) -> dict[str, object]:
        chosen = next((id_ for quarter in self.quarters.values() if (id_ := quarter.current())), None)
        return {"chosen": chosen}

    def restore(self, state: dict[str, object]) -> None:
        for key in ("focus", "chosen"):
            id_ = state.get(key)
            if isinstance(id_, str) and any(quarter.choose(id_) for quarter in self.quarters.values()):
                self._stood = id_
                return

    def _new(self) -> None:
        """A new one where one stands."""
        here = next((quarter for quarter in self.quarters.values() if quarter.current()), None)
        (here or self.quarters["strength"]).draft.begin()

    def _pass_on(self, at: int, step: int) -> None:
        quarters = list(self.quarters.values())
        if 0 <= at + step < len(quarters):
            other = quarters[at + step]
            if step < 0:
                other.draft.begin()
            else:
                other.begin()

    def _print(self) -> None:
        from ui.dialogs.preview import Paper, show_preview

        plan = self.plan
        if plan is not None:
            title = kinds.kind("swot").label
            show_preview(self.context, Paper(PAPER, plan, title=title), self)


def _named(code: str, activity: Record) -> str:
    words = activity.title
    return f"{code} · {words if len(words) <= SHORT else words[:SHORT].rstrip() + '…'}"
