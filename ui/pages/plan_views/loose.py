"""The activities of a plan that answer no priority, and how each gets one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks import Record, points, records
from cpdesk.tasks.thread.knots import digits_of
from ui import messages, theme, tokens
from ui.context import Context
from ui.lists.rows import Face, Piece, RowList, Slot
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Card, Chip, SectionHeader
from ui.widgets.text import Text, literal

SHORT = 90  # letters of a text in a row
FIRST = 8  # activities, before “All”


class Loose(Card):
    """The activities that answer none. Enter on one offers the priorities."""

    linked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("loose")
        self.context = context
        self.plan: str | None = None
        self._found: list[tuple[str, Record]] = []
        self._all = False
        head = SectionHeader(_("Activities that answer no priority"), name="head_loose")
        self.count = Chip("", "warning", name="count_loose")
        head.add_chip(self.count)
        self.more = Button("", kind="link", name="all_loose", run=self.toggle)
        head.add_action(self.more)
        self.rows = RowList((Slot(66), Slot(share=1)), name="rows_loose")
        self.rows.opened.connect(self.offer)
        self.hint = Text(_("Enter offers the priorities; choose the one that the activity answers."), "small")
        self.add(head, self.hint, self.rows)
        self.body.setSpacing(tokens.S)

    def show_plan(self, plan: str) -> None:
        self.plan = plan
        ranked = bool(records.count(self.context.desk, "priority", {"plan": plan}))
        self._found = points.loose(self.context.desk, plan) if ranked else []
        self.setVisible(bool(self._found))
        self.count.setText(digits.count(len(self._found)))
        self.more.setVisible(len(self._found) > FIRST)
        every = _("All {count}").format(count=digits.count(len(self._found)))
        self.more.set_text(_("Fewer") if self._all else every)
        shown = self._found if self._all else self._found[:FIRST]
        self.rows.show_faces([
            Face(one.id, ((Piece(digits_of(code), "muted"),), (Piece(one.text("text")),))) for code, one in shown
        ])  # fmt: skip

    def toggle(self) -> None:
        self._all = not self._all
        if self.plan is not None:
            self.show_plan(self.plan)

    def offer(self, activity: str) -> None:
        """The priorities as a menu at that row."""
        at = self.rows.row(activity)
        if at is None or self.plan is None:
            return
        menu = self.menu(activity)
        menu.exec(at.mapToGlobal(QPoint(theme.scaled(66), at.height())))
        menu.deleteLater()

    def menu(self, activity: str) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("offer_priorities")
        for one in points.priorities(self.context.desk, str(self.plan)):
            rank = one.label("rank")
            action = menu.addAction(literal(shortened(f"{rank}. {one.title}" if rank else one.title)))
            action.setObjectName(f"answer_{one.id}")
            action.triggered.connect(lambda _on=False, id_=one.id: self.link(activity, id_))
        menu.addSeparator()
        go = menu.addAction(_("Show it in the plan"))
        go.setObjectName("show_in_plan")
        go.triggered.connect(lambda: self.context.go("plan", self.plan, view="matrix", chosen=activity))
        return menu

    def link(self, activity: str, priority: str) -> None:
        """Let the activity answer that priority."""
        with messages.shown(self.window()):
            self.context.undo.save("activity", {"priority": priority}, activity)
            self.linked.emit()
            self.context.touched("activity")


def shortened(text: str) -> str:
    return text if len(text) <= SHORT else text[:SHORT].rstrip() + "…"
