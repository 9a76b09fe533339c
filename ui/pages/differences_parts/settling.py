"""One difference and the choice: the values, who and when, the value before, both together, another; and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from cpdesk import records as kinds
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.kinds import Value
from cpdesk.tasks import exchange
from cpdesk.tasks.wording import Span
from ui import messages, tokens
from ui.context import Context
from ui.forms.sources import source
from ui.pages.differences_parts import words
from ui.pages.differences_parts.marked import Marked, legend
from ui.pages.differences_parts.words import DELETED, SHORT
from ui.pages.exchange_words import office_name, place_of
from ui.pages.plan_side import clear
from ui.widgets.buttons import Button
from ui.widgets.editors import Editor, editor_for
from ui.widgets.editors.line import Line
from ui.widgets.guards import stops, tab_through
from ui.widgets.surfaces import Card, clear_out, column, row, scrolling
from ui.widgets.text import ElidedText, Text

if TYPE_CHECKING:
    from cpdesk.tasks.exchange import Conflict, Span

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LATER = ("l", "L", "ល")  # one key on a Latin and on a Khmer keyboard


class Choice(Card):
    """A value to press: whose it is, the value, who and when. Enter on the one that is picked is `agreed`."""

    picked = Signal()
    agreed = Signal()
    spoken_as = QAccessible.Role.RadioButton

    def __init__(
        self, head: str, value: str, foot: str, *, name: str, hint: str = "", marked: list[Span] | None = None
    ) -> None:
        super().__init__(name, margin=12)
        self.body.setSpacing(0)
        self.value: Value = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._spoken = f"{head}: {words.spoken(marked) if marked else value}" + (f", {foot}" if foot else "")
        self._picked = False
        if head:
            top = row()
            top.addWidget(Text(head, "small"), 1)
            if hint:
                top.addWidget(Text(hint, "small", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(top)
        self.add(Marked(marked) if marked else Text(value, "title" if len(value) <= SHORT else "text"))
        if foot:
            self.add(Text(foot, "small"))
        self.body.addStretch(1)
        self.set_chosen(False)

    def name_it(self, words_: str) -> None:
        """Say it in other words to who listens."""
        self._spoken = words_
        self.setAccessibleName(words_)

    def set_chosen(self, chosen: bool) -> None:
        super().set_chosen(chosen)
        self._picked = chosen
        self.setAccessibleName(self._spoken)
        self.setAccessibleDescription(_("chosen") if chosen else "")

    def is_chosen(self) -> bool:
        return self._picked

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus()
            self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ENTER and self._picked:
            self.agreed.emit()
        elif key in (*ENTER, Qt.Key.Key_Space):
            self.picked.emit()
        else:
            super().keyPressEvent(event)


class Settling(QWidget):
    """`settled(conflict)` after a decision, `later_wanted` to leave it, `many_wanted(conflict)` for all alike.

    Digits pick a value, Enter settles, L leaves it for later; `key` takes them from a list beside it too. `titled`: the
    field is named over it, and there is room to offer that all alike are settled.
    """

    settled = Signal(object)
    later_wanted = Signal()
    many_wanted = Signal(object)

    def __init__(self, context: Context, *, titled: bool = False) -> None:
        super().__init__()
        self.context = context
        self._titled = titled
        self.waiting: Conflict | None = None
        self.choices: list[Choice] = []
        self.editor: Editor | None = None
        self._value: Value = None
        self._wide = False
        self._plain = False
        self._alike = 1
        box = column(self, spacing=tokens.M)
        self.inner = QWidget()
        self._box = column(self.inner, spacing=tokens.M)
        area = scrolling(self.inner, "settle_scroll")
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # it takes what there is
        clear(area)
        box.addWidget(area, 1)
        self._foot = QWidget()
        box.addWidget(self._foot)
        self._build_foot(column(self._foot, spacing=tokens.S))

    def _build_foot(self, box: QBoxLayout) -> None:
        self._own = QWidget()
        self._own_box = column(self._own, spacing=tokens.XS)
        box.addWidget(self._own)
        self.reason = Line()
        self.reason.setObjectName("settle_reason")
        self.reason.setAccessibleName(_("Why"))
        self.reason.setPlaceholderText(_("Why, in a few words: the other offices read it too"))
        self.reason.returnPressed.connect(self.settle)
        box.addWidget(self.reason)
        buttons = row()
        self.take = Button(_("Take this value"), kind="primary", name="settle_take", run=self.settle)
        self.write = Button(_("Write another"), name="settle_write", run=self.write_own)
        self.many = Button("", kind="link", name="settle_many", run=self._many)
        for button in (self.take, self.write, self.many):
            buttons.addWidget(button)
        buttons.addStretch(1)
        box.addLayout(buttons)

    def set_wide(self, wide: bool) -> None:
        """Whether there is room for the values beside each other."""
        if wide != self._wide:
            self._wide = wide
            self._draw()

    def height_wanted(self) -> int:
        """Pixels in which nothing of it has to scroll."""
        return self.inner.sizeHint().height() + self._foot.sizeHint().height() + tokens.M

    def show_conflict(self, waiting: Conflict | None, alike: int = 1) -> None:
        """Show it; `alike` says how many of its sort wait. The same one once more leaves the choice as it is."""
        same = waiting is not None and waiting == self.waiting and bool(self.choices)
        self.waiting, self._alike = waiting, alike
        if not same:
            self._plain = False
            self.reason.clear()
            self._draw()
        words_ = ngettext("Settle {count} alike at once…", "Settle {count} alike at once…", alike)
        self.many.set_text(words_.format(count=digits.count(alike)))
        self.many.setVisible(self._titled and alike > 1)

    def _draw(self) -> None:
        clear_out(self._box)
        clear_out(self._own_box)
        self._own.hide()
        self.choices, self.editor = [], None
        waiting = self.waiting
        self._foot.setVisible(waiting is not None)
        if waiting is None:
            return
        self._heading(waiting)
        self._values(waiting)
        self._box.addStretch(1)
        kind = kinds.KINDS.get(waiting.kind)
        self.write.setVisible(kind is not None and kind.has(waiting.field))
        tab_through(self.stops())
        self._pick(0)

    def _heading(self, waiting: Conflict) -> None:
        desk = self.context.desk
        tools = row()
        if self._titled:
            tools.addWidget(ElidedText(words.record_words(desk, waiting), "muted", name="settle_what"), 1)
        else:
            self._box.addWidget(Text(words.whole_words(desk, waiting), "muted", name="settle_what"))
        spot = place_of(desk, waiting.id)
        if spot is not None:
            page, record, part = spot
            run = lambda: self.context.go(page, record, chosen=part, focus=part)  # noqa: E731
            tools.addWidget(Button(_("Open where it stands"), kind="link", name="settle_open", run=run))
        if not self._titled:
            tools.addStretch(1)
        self._box.addLayout(tools)
        if waiting.field == DELETED:
            self._box.addWidget(Text(words.delete_words(desk, waiting), name="settle_story"))
        self._comparable = words.can_compare(waiting)
        if self._comparable:
            self._comparing()

    def _comparing(self) -> None:
        """What the marks mean, and the way to do without them."""
        line: QBoxLayout = row() if self._titled else column(spacing=tokens.XS)
        if not self._plain:
            line.addWidget(legend(), 1)
        word = _("Show what was changed") if self._plain else _("Show the plain words")
        line.addWidget(Button(word, kind="link", name="settle_compare", run=self._toggle))
        if self._plain:
            line.addStretch(1)
        self._box.addLayout(line)

    def stops(self) -> list[QWidget]:
        """Where Tab goes, from top to bottom."""
        return [*stops(self.inner), *stops(self._own), self.reason, self.take, self.write, self.many]

    def _toggle(self) -> None:
        self._plain = not self._plain
        self._draw()
        again = self.inner.findChild(Button, "settle_compare")
        if isinstance(again, Button):
            again.setFocus()

    def _values(self, waiting: Conflict) -> None:
        told = exchange.wordings(waiting) if self._comparable and not self._plain else []
        sides = self._line()
        for at, side in enumerate(waiting.values):
            marked = words.flow(told[at]) if told else None
            self._choice(sides, office_name(side.office), side.value, words.who_words(side), marked)
        if waiting.field == DELETED:
            return
        more = self._line()
        self._choice(more, _("The value before"), waiting.before, "")
        if exchange.can_take_both(waiting):
            self._choice(more, _("Both together"), exchange.both(waiting), "")

    def _line(self) -> QBoxLayout:
        line: QBoxLayout = row(spacing=tokens.M) if self._wide else column(spacing=tokens.M)
        self._box.addLayout(line)
        return line

    def _choice(self, into: QBoxLayout, head: str, value: Value, foot: str, marked: list[Span] | None = None) -> None:
        assert self.waiting is not None
        at = len(self.choices)
        shown = words.value_words(self.context.desk, self.waiting, value)
        choice = Choice(head, shown, foot, name=f"choice_{at}", hint=digits.count(at + 1), marked=marked)
        choice.value = value
        choice.picked.connect(lambda: self._pick(at))
        choice.agreed.connect(self.settle)
        self.choices.append(choice)
        into.addWidget(choice, 1)

    def _pick(self, at: int) -> None:
        if self.waiting is None or at >= len(self.choices):
            return
        for n, choice in enumerate(self.choices):
            choice.set_chosen(n == at)
        self._value = self.choices[at].value
        self._own.hide()
        if self.editor is not None:
            self.editor.set_value(self._value)
        self._name_take(at)

    def _name_take(self, at: int) -> None:
        assert self.waiting is not None
        if self.waiting.field == DELETED:
            self.take.set_text(words.value_words(self.context.desk, self.waiting, self._value))
        else:
            self.take.set_text(_("Take both") if at > len(self.waiting.values) else _("Take this value"))

    def write_own(self) -> None:
        """An editor of the field, begun with the chosen value."""
        waiting = self.waiting
        if waiting is None or self.write.isHidden():
            return
        if self.editor is None:
            field = kinds.kind(waiting.kind).field(waiting.field)
            self.editor = editor_for(field, lambda type_: source(self.context, type_))
            self._own_box.addWidget(Text(field.label, "label"))
            self._own_box.addWidget(self.editor)
            tab_through(self.stops())
        self.editor.set_value(self._value)
        self._own.show()
        for choice in self.choices:
            choice.set_chosen(False)
        self.take.set_text(_("Take this value"))
        self.editor.focus()

    def key(self, event: QKeyEvent) -> bool:
        """What a key does that was pressed here or in the list beside; whether it did."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        typed = digits.to_ascii(event.text())
        if len(typed) == 1 and typed in "123456789" and int(typed) <= len(self.choices):
            self._pick(int(typed) - 1)
        elif event.text() in LATER or event.key() == Qt.Key.Key_L:
            self.later_wanted.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.write_own()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.key(event):
            super().keyPressEvent(event)

    def settle(self) -> None:
        """Let the chosen or written value stand for all."""
        waiting = self.waiting
        if waiting is None:
            return
        value, reason = self._value, self.reason.text().strip()
        if self.editor is not None and not self._own.isHidden():
            try:
                value = self.editor.value()
            except ValueError as why:
                self.editor.show_problem(str(why))
                return
        said = words.whole_words(self.context.desk, waiting)
        with messages.shown(self.window()):
            self.context.undo.decide(
                lambda desk: exchange.resolve(desk, waiting.id, waiting.field, value, reason), said
            )
            self.choices = []
            self.context.say(_("Settled. The next package tells it to the others."))
            self.settled.emit(waiting)
            self.context.touched()

    def _many(self) -> None:
        if self.waiting is not None:
            self.many_wanted.emit(self.waiting)
