"""Two records that are one: beside each other, which stands, which value of each field, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QSizePolicy, QWidget

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.kinds import Value
from cpdesk.tasks import joining, records
from cpdesk.tasks.joining import DIFFERS, FILLED, SAME, JoinField
from ui import messages, tokens
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.pages.differences_parts.settling import Choice
from ui.pages.plan_side import clear
from ui.widgets.editors.line import Line
from ui.widgets.surfaces import clear_out, column, restyle, scrolling
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks.joining import Joined, Joining

ROOM = 160  # what a screen 600 high still has
LABEL = 150
INSET = 13  # where the words in a card begin


class Side(Choice):
    """A value, or a whole record, at the left or the right; arrows go over to the other side."""

    def __init__(self, head: str, value: str, foot: str, *, name: str) -> None:
        super().__init__(head, value, foot, name=name)
        self.other: Side | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.other is not None:
            self.other.setFocus()
            self.other.picked.emit()
            return
        super().keyPressEvent(event)


class JoinRecords(Dialog):
    """`joined(what became of them)`. Nothing changes before the person agrees; it is one step to take back.

    Where both say something else no value is proposed: two names that look alike are no reason to trust either.
    """

    joined = Signal(object)

    def __init__(self, context: Context, one: str, other: str, parent: QWidget | None) -> None:
        super().__init__(parent, _("Are these two one?"), name="join_records", icon="users")
        self.setMaximumWidth(980)
        self.resize(860, 560)
        self.context, self.ids = context, (one, other)
        self.values: dict[str, Value] = {}
        self.sides: dict[str, tuple[Side, Side]] = {}
        self._labels: dict[str, str] = {}
        self._picks: dict[str, int] = {}  # field: which of `ids`, also while the other is to stand
        self.say(
            _("Choose which of the two stands, and its values. The other goes to the bin; nothing in it is lost."),
            "muted",
        )
        inner = QWidget()
        self._box = column(inner, spacing=tokens.S)
        self._area = area = scrolling(inner, "join_scroll")
        clear(area)
        area.setMinimumHeight(ROOM)
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.body.addWidget(area, 1)
        self.note = Text("", "small", name="join_note")
        self.to_choose = Text("", "small", name="join_to_choose")
        self.problem = Text("", "problem", name="join_problem")
        self.body.addWidget(self.note)
        self.body.addWidget(self.to_choose)
        self.body.addWidget(self.problem)
        self.reason = Line()
        self.reason.setObjectName("join_reason")
        self.reason.setAccessibleName(_("Why"))
        self.reason.setPlaceholderText(_("Why, in a few words: the other offices read it too"))
        self.body.addWidget(self.reason)
        self.add_button(_("They are two"), self.reject, name="join_no")
        self.yes = self.add_button(_("Join them"), self.join, kind="primary", name="join_yes")
        whole = self.layout()
        if isinstance(whole, QBoxLayout):
            whole.setStretchFactor(self.body, 99)
        looked = [joining.look(context.desk, one, other), joining.look(context.desk, other, one)]
        self._at = 1 if looked[0].problem and not looked[1].problem else 0
        self._show(focus=True)

    @property
    def keep(self) -> str:
        """The record that would stand."""
        return self.ids[self._at]

    @property
    def gone(self) -> str:
        return self.ids[1 - self._at]

    def _show(self, *, focus: bool = False) -> None:
        """Draw it anew for the record that is to stand."""
        found = joining.look(self.context.desk, self.keep, self.gone)
        self.values.clear()
        self.sides.clear()
        clear_out(self._box)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.M)
        grid.setVerticalSpacing(tokens.S)
        grid.setColumnMinimumWidth(0, LABEL)
        for at, share in enumerate((2, 4, 4)):
            grid.setColumnStretch(at, share)
        heads = [self._head(at, found) for at in (0, 1)]
        _pair(*heads)
        for at, head in enumerate(heads):
            grid.addWidget(head, 0, at + 1)
        for n, field in enumerate(self._told(found), 1):
            self._field(grid, n, field)
        self._box.addLayout(grid)
        self._box.addStretch(1)
        self._notes(found)
        self._say_to_choose()
        if focus:
            heads[self._at].setFocus()

    def _told(self, found: Joining) -> list[JoinField]:
        """What differs first, then what is filled; blank in both tells nothing."""
        order = (DIFFERS, FILLED, "kept", SAME)
        there = [field for field in found.fields if field.keep is not None or field.gone is not None]
        return sorted(there, key=lambda field: order.index(field.state))

    def _head(self, at: int, found: Joining) -> Side:
        stands = at == self._at
        words = _("This one stands") if stands else _("Goes into the other")
        if found.third:
            words = _("Goes into a new record")
        head = Side(words, records.title(self.context.desk, self.ids[at]), "", name=f"stands_{at}")
        head.set_chosen(stands and not found.third)
        head.picked.connect(lambda: self._stand(at))
        head.agreed.connect(self._on)
        return head

    def _stand(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self._show(focus=True)

    def _field(self, grid: QGridLayout, n: int, field: JoinField) -> None:
        label = Text(field.label, "label")
        grid.addWidget(label, n, 0, Qt.AlignmentFlag.AlignTop)
        shown = [field.keep_shown, field.gone_shown]
        values: list[Value] = [field.keep, field.gone]
        if self._at == 1:
            shown.reverse()
            values.reverse()
        if field.state != DIFFERS:
            for at, words in enumerate(shown):
                cell = Text(words or "—", "text" if words else "muted")
                cell.setContentsMargins(INSET, 0, 0, 0)
                grid.addWidget(cell, n, at + 1, Qt.AlignmentFlag.AlignTop)
            return
        pair = (self._value(field, 0, shown[0], values[0]), self._value(field, 1, shown[1], values[1]))
        _pair(*pair)
        self.sides[field.field], self._labels[field.field] = pair, field.label
        for at, side in enumerate(pair):
            grid.addWidget(side, n, at + 1)
        if field.field in self._picks:
            self._pick(field.field, self._picks[field.field])

    def _value(self, field: JoinField, at: int, shown: str, value: Value) -> Side:
        side = Side("", shown or _("(blank)"), "", name=f"join_{field.field}_{at}")
        side.name_it(f"{field.label}: {shown or _('(blank)')}")
        side.value = value
        side.picked.connect(lambda: self._pick(field.field, at))
        side.agreed.connect(self._on)
        return side

    def _pick(self, field: str, at: int) -> None:
        pair = self.sides[field]
        for n, side in enumerate(pair):
            side.set_chosen(n == at)
        self.values[field], self._picks[field] = pair[at].value, at
        self._say_to_choose()

    def undecided(self) -> list[str]:
        """The fields in which both say something else and nothing was chosen yet, from above."""
        return [field for field in self.sides if field not in self.values]

    def _say_to_choose(self) -> None:
        names = ", ".join(self._labels[field] for field in self.undecided())
        self.to_choose.setText(_("Still to choose: {fields}").format(fields=names) if names else "")
        self.to_choose.setVisible(bool(names) and self.yes.isEnabled())
        restyle(self.to_choose, "role", "small")

    def _on(self) -> bool:
        """To the first value that is still to be chosen, else to the button; whether one was."""
        undecided = self.undecided()
        if not undecided:
            self.yes.setFocus()
            return False
        side = self.sides[undecided[0]][self._at]
        side.setFocus()
        self._area.ensureWidgetVisible(side)
        return True

    def _notes(self, found: Joining) -> None:
        said = []
        if found.third:
            said.append(_("They belong to two offices: both go into a new record that both offices will see."))
        if found.references:
            words = ngettext(
                "{count} place that names the other will name the one that stands.",
                "{count} places that name the other will name the one that stands.", found.references,
            )  # fmt: skip
            said.append(words.format(count=digits.count(found.references)))
        self.note.setText(" ".join(said))
        self.note.setVisible(bool(said))
        self.problem.setText(found.problem)
        self.problem.setVisible(bool(found.problem))
        self.yes.setEnabled(not found.problem)

    def join(self) -> None:
        """Do it, as one step that Ctrl+Z takes back; what is still to be chosen comes first."""
        if self._on():
            restyle(self.to_choose, "role", "problem")
            return
        keep, gone, chosen, reason = self.keep, self.gone, dict(self.values), self.reason.text().strip()
        title = records.title(self.context.desk, gone)
        done: list[Joined] = []
        with messages.shown(self):
            said = _("joining “{title}”").format(title=title)
            done.append(self.context.undo.decide(lambda desk: joining.join(desk, keep, gone, chosen, reason), said))
        if done:
            self.context.say(_("“{title}” is joined. Ctrl+Z takes it back.").format(title=title))
            self.context.touched()
            self.joined.emit(done[0])
            self.accept()


def _pair(one: Side, other: Side) -> None:
    one.other, other.other = other, one
