"""Differences, one at a time: the values beside each other, who and when, the value before, a person's choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from cpdesk import records as kinds
from cpdesk.errors import NotFound
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.kinds import Value
from cpdesk.tasks import exchange, plans, records
from ui import messages, tokens
from ui.context import Context
from ui.forms.sources import source
from ui.lists.plan_rows import number
from ui.pages.exchange_words import moment, office_name, place_of
from ui.pages.plan_side import clear
from ui.widgets.buttons import Button
from ui.widgets.editors import Editor, editor_for
from ui.widgets.surfaces import Card, clear_out, column, row, scrolling
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks.exchange import Conflict

DELETED = "_deleted"
WIDTH = 344
SHORT = 40  # letters up to which a value is written large


class Choice(Card):
    """A value to press: whose it is, the value, who and when."""

    picked = Signal()

    def __init__(self, head: str, value: str, foot: str, *, name: str) -> None:
        super().__init__(name, margin=12)
        self.body.setSpacing(0)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{head}: {value}")
        self.add(Text(head, "small"), Text(value, "title" if len(value) <= SHORT else "text"))
        if foot:
            self.add(Text(foot, "small"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus()
            self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit()
        else:
            super().keyPressEvent(event)


class SettlePanel(Card):
    """`show_conflicts` takes all that wait and stays with the one in sight; `settled` after each decision."""

    settled = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("settle", margin=16)
        self.context = context
        self.setFixedWidth(WIDTH)
        self._waiting: list[Conflict] = []
        self._at = 0
        self._value: Value = None
        self.choices: list[Choice] = []
        self.editor: Editor | None = None
        head = row()
        self.title = Text("", "title", wrap=False, name="settle_title")
        head.addWidget(self.title)
        head.addStretch(1)
        self.later = Button(_("Leave for later"), kind="link", name="settle_later", run=self.next)
        head.addWidget(self.later)
        self.body.addLayout(head)
        self._inner = QWidget()
        self._grown = False
        self._box = column(self._inner, spacing=tokens.M)
        area = scrolling(self._inner, "settle_scroll")
        clear(area)
        self.body.addWidget(area, 1)

    def show_conflicts(self, waiting: Sequence[Conflict]) -> None:
        here = self.current()
        self._waiting = list(waiting)
        same = [n for n, c in enumerate(self._waiting) if here and (c.id, c.field) == (here.id, here.field)]
        unchanged = bool(same) and self._waiting[same[0]] == here
        self._at = same[0] if same else min(self._at, max(0, len(self._waiting) - 1))
        self.setVisible(bool(self._waiting))
        if not (unchanged and self.choices):
            self._draw()
        self._head()

    def let_grow(self) -> None:
        """Take the width there is and the height it needs, below what it stood beside."""
        self._grown = True
        self.setMinimumWidth(0)
        self.setMaximumWidth(1 << 20)
        self._fit()

    def stand_beside(self) -> None:
        """Be as narrow as a panel again."""
        self._grown = False
        self.setFixedWidth(WIDTH)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(self._inner.sizeHint().height() + 90 if self._grown else 0)

    def show_difference(self, id_: str) -> None:
        """Look at the difference of that record, where one waits."""
        at = next((n for n, waiting in enumerate(self._waiting) if waiting.id == id_), self._at)
        if at != self._at:
            self._at = at
            self._draw()
            self._head()

    def current(self) -> Conflict | None:
        return self._waiting[self._at] if self._at < len(self._waiting) else None

    def next(self) -> None:
        """Leave this one as it is and look at the next."""
        if self._waiting:
            self._at = (self._at + 1) % len(self._waiting)
            self._draw()
            self._head()

    def _head(self) -> None:
        n = len(self._waiting)
        said = ngettext("{count} difference", "{count} differences", n).format(count=digits.count(n))
        if n > 1:
            said = f"{said} · {digits.count(self._at + 1)}/{digits.count(n)}"
        self.title.setText(said)
        self.later.setVisible(n > 1)

    def _draw(self) -> None:
        clear_out(self._box)
        self.choices = []
        self.editor = None
        waiting = self.current()
        if waiting is None:
            return
        self._box.addWidget(Text(self._what(waiting), "muted", name="settle_what"))
        spot = place_of(self.context.desk, waiting.id)
        if spot is not None:
            page, record, part = spot
            run = lambda: self.context.go(page, record, chosen=part, focus=part)  # noqa: E731
            link = Button(_("Open where it stands"), kind="link", name="settle_open", run=run)
            self._box.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        for side in waiting.values:
            foot = " · ".join(part for part in (side.by, moment(side.at)) if part)
            self._choice(office_name(side.office), side.value, foot)
        if waiting.field != DELETED:
            self._choice(_("The value before"), waiting.before, "")
        self._buttons(waiting)
        self._box.addStretch(1)
        self._pick(0)
        self._fit()

    def _what(self, waiting: Conflict) -> str:
        """Which field of what: "Activity 1.1.2 · … · Places"."""
        desk = self.context.desk
        known = waiting.kind in kinds.KINDS
        parts = [kinds.KINDS[waiting.kind].label if known else waiting.kind]
        try:
            if waiting.kind in ("objective", "output", "activity"):
                plan = plans.plan_of(desk, waiting.id)
                if plan is not None:
                    parts[0] = f"{parts[0]} {number(plans.codes(desk, plan.id).get(waiting.id, ''))}".strip()
            parts.append(records.title(desk, waiting.id))
        except NotFound:
            parts.append(waiting.id)
        if waiting.field == DELETED:
            parts.append(_("deleted by one, written on by another"))
        elif known and kinds.KINDS[waiting.kind].has(waiting.field):
            parts.append(kinds.KINDS[waiting.kind].field(waiting.field).label)
        else:
            parts.append(waiting.field)
        return " · ".join(parts)

    def _choice(self, head: str, value: Value, foot: str) -> None:
        at = len(self.choices)
        choice = Choice(head, self._shown(value), foot, name=f"choice_{at}")
        choice.setProperty("value", value)
        choice.picked.connect(lambda: self._pick(at))
        self.choices.append(choice)
        self._box.addWidget(choice)

    def _shown(self, value: Value) -> str:
        waiting = self.current()
        assert waiting is not None
        if waiting.field == DELETED:
            return _("Delete it") if value else _("Keep it")
        if waiting.kind not in kinds.KINDS:
            return str(value)
        shown = records.show_value(self.context.desk, kinds.KINDS[waiting.kind], waiting.field, value)
        return shown or _("(blank)")

    def _buttons(self, waiting: Conflict) -> None:
        self._own = QWidget()
        self._own_box = column(self._own)
        self._own.hide()
        self._box.addWidget(self._own)
        foot = row()
        self.take = Button(_("Take this value"), kind="primary", name="settle_take", run=self.settle)
        foot.addWidget(self.take)
        kind = kinds.KINDS.get(waiting.kind)
        if kind is not None and kind.has(waiting.field):
            foot.addWidget(Button(_("Write another"), name="settle_write", run=self.write_own))
        foot.addStretch(1)
        holder = QWidget()
        holder.setLayout(foot)
        self._box.addWidget(holder)

    def _pick(self, at: int) -> None:
        waiting = self.current()
        if waiting is None or at >= len(self.choices):
            return
        for n, choice in enumerate(self.choices):
            choice.set_chosen(n == at)
        self._value = waiting.values[at].value if at < len(waiting.values) else waiting.before
        self._own.hide()
        if self.editor is not None:
            self.editor.set_value(self._value)

    def write_own(self) -> None:
        """An editor of the field, begun with the chosen value."""
        waiting = self.current()
        if waiting is None:
            return
        if self.editor is None:
            field = kinds.kind(waiting.kind).field(waiting.field)
            self.editor = editor_for(field, lambda type_: source(self.context, type_))
            self._own_box.addWidget(Text(field.label, "label"))
            self._own_box.addWidget(self.editor)
        self.editor.set_value(self._value)
        self._own.show()
        for choice in self.choices:
            choice.set_chosen(False)
        self.editor.focus()

    def settle(self) -> None:
        """Let the chosen or written value stand for all."""
        waiting = self.current()
        if waiting is None:
            return
        value = self._value
        if self.editor is not None and not self._own.isHidden():
            try:
                value = self.editor.value()
            except ValueError as why:
                self.editor.show_problem(str(why))
                return
        with messages.shown(self.window()):
            exchange.resolve(self.context.desk, waiting.id, waiting.field, value)
            self.choices = []
            self.context.say(_("Settled. The next package tells it to the others."))
            self.context.touched()
            self.settled.emit()
