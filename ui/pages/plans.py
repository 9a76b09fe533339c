"""The plans of the desk: their years, how far they are agreed, how much is in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import plans, records
from ui import messages, theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.jobs import Progress
from ui.navigation import ScrollPage
from ui.pages.plan import STATE_TONES, span, suggested_title
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Card, Chip, EmptyState, clear_out, column, restyle, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks import Desk, Record
    from ui.pages.progress_parts.standing import Standing


@dataclass(frozen=True)
class State:
    """What a plan costs in one short line ("" where no amount is known), and how many activities stand how (by status,
    None: never reported; empty before the first report)."""

    money: str
    standings: Mapping[str | None, int]


class PlanCard(Card):
    """One plan to press: `opened` by a click or Enter; Up and Down go to its neighbours (`step_wanted`).

    `next_wanted` asks for the plan that follows it.
    """

    opened = Signal()
    next_wanted = Signal()
    step_wanted = Signal(int)
    spoken_as = QAccessible.Role.ListItem

    def __init__(self, desk: Desk, plan: Record) -> None:
        super().__init__(f"plan_{plan.id}", margin=14)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(plan.title)
        across = row(spacing=tokens.L)
        years = Text(span(plan["first_year"], plan["last_year"]) or "—", "title", wrap=False)
        years.setMinimumWidth(theme.scaled(104))
        across.addWidget(years, 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=0)
        words.addWidget(Text(plan.title, "strong"))
        words.addWidget(Text(_facts(desk, plan), "small"))
        self._money = Text("", "small", name=f"money_{plan.id}")
        self._money.hide()
        words.addWidget(self._money)
        self._standing: Standing | None = None
        self._words = words
        across.addLayout(words, 1)
        if plan["state"] is not None:
            chip = Chip(plan.label("state"), STATE_TONES.get(plan.text("state"), "neutral"))
            across.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        self.next = Button(_("Start the next plan from this one"), kind="link", name=f"next_{plan.id}",
                           run=self.next_wanted.emit)  # fmt: skip
        self.next.setAccessibleName(f"{plan.title}: {self.next.accessibleName()}")
        across.addWidget(self.next, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the words have it; the menu still leads to the next plan."""
        super().resizeEvent(event)
        self.next.setVisible(event.size().width() >= theme.scaled(620))

    def show_state(self, found: State) -> None:
        """What it costs, and how its activities stand once somebody reported on one."""
        self._money.setText(found.money)
        self._money.setVisible(bool(found.money))
        if found.standings and self._standing is None:
            from ui.pages.progress_parts.standing import Standing

            self._standing = Standing(name=f"standing_{self.objectName()}")
            self._words.addSpacing(tokens.S)
            self._words.addWidget(self._standing)
        if self._standing is not None:
            self._standing.show_counts(found.standings)
            self._standing.setVisible(bool(found.standings))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step_wanted.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        restyle(self, "state", "chosen")

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        restyle(self, "state", "")


class PlansPage(ScrollPage):
    name = "plans"
    kinds = frozenset({"plan", "objective", "output", "activity", "body", "budget_line", "progress"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        head = row()
        self.summary = Text("", "muted", wrap=False, name="plans_summary")
        head.addWidget(self.summary)
        head.addStretch(1)
        self.new_button = Button(_("New plan"), kind="primary", icon="plus", name="new_plan", run=self.new)
        head.addWidget(self.new_button)
        self.body.addLayout(head)
        self.list = QWidget()
        self._list_box = column(self.list, spacing=10)
        self.body.addWidget(self.list)
        self.empty = EmptyState(
            "list-tree",
            _("A plan says what the committee wants to reach for children, and who does what, where and when."),
            button=_("Begin a plan"),
            run=self.new,
            example=_("For example: Child protection plan 2023–2025"),
            name="empty_plans",
        )
        self.body.addWidget(self.empty, 1)
        self.body.addStretch(0)
        self._cards: dict[str, PlanCard] = {}
        self._asked = 0

    def title(self) -> str:
        return _("Plans")

    def commands(self) -> list[Action]:
        return [
            Action("new", _("New plan"), self.new, "plus"),
            Action(
                "next_plan",
                _("Start the next plan from this one"),
                self._next_of_chosen,
                "arrow-right",
                enabled=lambda: self._chosen() is not None,
            ),
            *self._ways(),
            *undo_actions(self.context),
        ]

    def _ways(self) -> list[Action]:
        """Straight into a view of the plan on which one stands, by the keys that turn to it there."""
        from ui.pages.plan_views import VIEWS

        def to(page: str, **state: object) -> Callable[[], None]:
            return lambda: self.context.go(page, self._chosen() or next(iter(self._cards)), **state)

        here = lambda: bool(self._cards)  # noqa: E731
        views = [
            Action(f"view_{spec.name}", spec.title(), to("plan", view=spec.name), "eye", f"Alt+{n}", enabled=here)
            for n, spec in enumerate(VIEWS, 1)
        ]
        words = _("The whole thread of the plan")
        return [*views, Action("thread", words, to("thread"), "link", "Ctrl+T", enabled=here)]

    def _chosen(self) -> str | None:
        """The plan on whose card one stands; the only one where there is but one."""
        for id_, card in self._cards.items():
            if card.hasFocus() or card.next.hasFocus() or len(self._cards) == 1:
                return id_
        return None

    def _next_of_chosen(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.start_next(chosen)

    def start_next(self, plan: str) -> None:
        """Ask what goes on of that plan, and make the one that follows it."""
        from ui.dialogs.carry_over import start_next

        start_next(self.window(), self.context, plan)

    def refresh(self) -> None:
        found = records.find(self.context.desk, "plan", descending=True)
        clear_out(self._list_box)
        self._cards.clear()
        for plan in found:
            card = PlanCard(self.context.desk, plan)
            card.opened.connect(lambda id_=plan.id: self.context.go("plan", id_))
            card.next_wanted.connect(lambda id_=plan.id: self.start_next(id_))
            self._list_box.addWidget(card)
            card.step_wanted.connect(lambda step, id_=plan.id: self._step(id_, step))
            self._cards[plan.id] = card
        self.summary.setText(
            ngettext("{count} plan", "{count} plans", len(found)).format(count=digits.count(len(found)))
        )
        for widget in (self.list, self.new_button, self.summary):
            widget.setVisible(bool(found))
        self.empty.setVisible(not found)
        if found:
            self._asked += 1
            asked = self._asked
            self.context.jobs.run(_states, done=lambda states: self._show_states(states, asked))

    def _show_states(self, states: Mapping[str, State], asked: int) -> None:
        if not isValid(self) or asked != self._asked:
            return
        for id_, card in self._cards.items():
            if id_ in states:
                card.show_state(states[id_])

    def _step(self, plan: str, step: int) -> None:
        """To the card above or below."""
        ids = list(self._cards)
        at = ids.index(plan) + step
        if 0 <= at < len(ids):
            self._cards[ids[at]].setFocus()

    def begin(self) -> None:
        first = next(iter(self._cards.values()), None)
        if first is not None:
            first.setFocus()
        elif self.empty.button is not None:
            self.empty.button.setFocus()

    def new(self) -> None:
        """Make the next plan, with years behind the last one and a title that a person can change, and open it."""
        desk = self.context.desk
        last = max((p for p in records.find(desk, "plan") if isinstance(p["last_year"], int)),
                   key=lambda p: int(p["last_year"] or 0), default=None)  # fmt: skip
        first = int(last["last_year"] or 0) + 1 if last is not None else date.today().year + 1
        values: dict[str, object] = {
            "title": suggested_title(first, first + 2),
            "first_year": first,
            "last_year": first + 2,
            "office": desk.office,
            "sort": "child_protection",
            "state": "draft",
            "previous": last.id if last is not None else None,
        }
        with messages.shown(self.window()):
            made = self.context.undo.save("plan", values)
            self.context.touched("plan")
            self.context.go("plan", made.id, facts=True)


def _facts(desk: Desk, plan: Record) -> str:
    tree = plans.tree(desk, plan.id)
    outputs = [n for o in tree for n in o.outputs]
    activities = sum(len(o.activities) for o in tree) + sum(len(n.activities) for n in outputs)
    parts = [
        records.show(desk, plan, "body") or records.show(desk, plan, "office"),
        ngettext("{count} objective", "{count} objectives", len(tree)).format(count=digits.count(len(tree))),
        ngettext("{count} output", "{count} outputs", len(outputs)).format(count=digits.count(len(outputs))),
        ngettext("{count} activity", "{count} activities", activities).format(count=digits.count(activities)),
    ]
    return " · ".join(part for part in parts if part)


def _states(desk: Desk, _progress: Progress) -> dict[str, State]:
    """Of every plan, read beside the work."""
    from cpdesk.tasks import progress

    found = {}
    for plan in records.find(desk, "plan"):
        last, standings = plan["last_year"], {}
        if isinstance(last, int):
            review = progress.review(desk, plan.id, progress.Period(last, 4))
            if any(row.status or row.before for row in review.rows):
                standings = review.standings
        found[plan.id] = State(_money(desk, plan), standings)
    return found


def _money(desk: Desk, plan: Record) -> str:
    from cpdesk.tasks import budgets

    budget = budgets.budget(desk, plan.id)
    total = budget.total.total
    if not total.lines:
        return ""
    parts = [budgets.told(total)]
    bare = len(budget.without)
    if bare:
        words = ngettext("{count} activity has no budget yet.", "{count} activities have no budget yet.", bare)
        parts.append(words.format(count=digits.count(bare)))
    return _("Budget {amount}").format(amount=" · ".join(parts))
