"""A card of lines of one sort in a plan: painted rows, the one that is worked on as a form, a line for the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.tasks import Record, points, records
from ui import messages, tokens
from ui.context import Context
from ui.lists.rows import Face, Row, RowList, Slot
from ui.pages.meeting_parts.row_forms import DraftLine, Fields, RowForm
from ui.widgets.editors import Editor
from ui.widgets.surfaces import Card, SectionHeader, row
from ui.widgets.text import ElidedText


class Rows(RowList):
    """Rows that say which of them one stands on."""

    stood_on = Signal(str)

    def entered(self, row: Row) -> None:
        super().entered(row)
        self.stood_on.emit(row.face.id)


class Lines(Card):
    """`show_lines(plan)` reads them. Subclasses say which records are listed, how a row looks, what a new one has.

    `stood_on(id)` follows the focus; `passed(step)` where an arrow or Enter goes beyond the last line or the first.
    """

    kind: ClassVar[str] = ""
    slots: ClassVar[Sequence[Slot]] = (Slot(share=1),)
    form_lines: ClassVar[Sequence[Fields]] = ()
    stood_on = Signal(str)
    passed = Signal(int)

    def __init__(self, context: Context, name: str, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.context = context
        self.plan: str | None = None
        self._name = name
        self._listed: list[Record] = []
        self._form: RowForm | None = None
        self.head = SectionHeader(heading, name=f"head_{name}")
        self.rows = Rows(self.slots, name=f"rows_{name}", parent=self)
        self.draft = DraftLine(context, self.kind, (("text", 1),), self.defaults, self, own={})
        self.draft.setObjectName(f"draft_{name}")
        for editor in self.draft.editors.values():
            editor.control.setAccessibleName(f"{heading}: {editor.label}")
        self.add(self.head, self.rows, self.draft)
        self.body.setSpacing(tokens.S)
        self.draft.entered.connect(self._entered)
        self.draft.passed.connect(lambda: self.passed.emit(1))
        self.draft.raised.connect(lambda: self.rows.focus_row(-1))
        self.rows.opened.connect(self.open_line)
        self.rows.deleted.connect(self.delete_line)
        self.rows.moved.connect(self.move_line)
        self.rows.left.connect(self._left)
        self.rows.stood_on.connect(self.stood_on)

    # what a subclass says

    def listed(self, plan: str) -> list[Record]:
        """The records, in the order of the rows."""
        raise NotImplementedError

    def face(self, record: Record, number: int) -> Face:
        """What the row of a record shows."""
        raise NotImplementedError

    def defaults(self) -> dict[str, Value]:
        """What a new one has besides its words."""
        raise NotImplementedError

    def own_editors(self) -> Mapping[str, Editor]:
        """Editors of the open row that are not those of the field's type."""
        return {}

    def add_to_form(self, box: QVBoxLayout, at: int) -> None:
        """Put into the open row what is no field of the record."""

    def opened_on(self, record: Record) -> None:
        """The open row shows that record now."""

    # showing

    def show_lines(self, plan: str) -> None:
        """Read the lines of that plan; what one is typing stays."""
        if plan != self.plan:
            self.leave()
            self.close_line()
        self.plan = plan
        here = self.listed(plan)
        if self.draft.record and self.draft.record not in {one.id for one in here}:
            self.draft.open(None)  # undone, or deleted elsewhere
        self._listed = [one for one in here if one.id != self.draft.record]
        self.rows.show_faces([self.face(one, number) for number, one in enumerate(self._listed, 1)])
        self.rows.setVisible(bool(self._listed))
        if self._form is not None and self.rows.open_id:
            self._form.form.refresh()
            self.opened_on(records.get(self.context.desk, self.rows.open_id))

    def leave(self) -> None:
        """Keep what was typed."""
        self.draft.finish()
        if self._form is not None and self.rows.open_id:
            self._form.form.flush()

    def begin(self) -> None:
        """To the first line, or where the first one is typed."""
        if not self.rows.focus_row(0):
            self.draft.begin()

    def choose(self, id_: str) -> bool:
        """Stand on that line; False where it is not here."""
        return self.rows.focus(id_)

    def current(self) -> str | None:
        """The line that one stands on or has open."""
        if self.rows.open_id:
            return self.rows.open_id
        focus = self.rows.focusWidget()
        return focus.face.id if isinstance(focus, Row) and focus.hasFocus() else None

    # one line

    def open_line(self, id_: str) -> None:
        """Make a form of that line and put the cursor in it."""
        if self._form is None:
            self._form = self._make_form()
        self.close_line()
        self._form.form.open(id_)
        self.opened_on(records.get(self.context.desk, id_))
        self.rows.open_row(id_, self._form)
        self._form.form.editors[self.form_lines[0][0][0]].focus()
        self.stood_on.emit(id_)

    def _make_form(self) -> RowForm:
        act = {
            "up": lambda: self.move_line(self.rows.open_id, -1),
            "down": lambda: self.move_line(self.rows.open_id, 1),
            "delete": lambda: self.delete_line(self.rows.open_id),
        }
        made = RowForm(self.context, self.kind, self.form_lines, act, self.own_editors())
        made.setObjectName(f"open_{self._name}")
        made.closed.connect(lambda: self.close_line(focus=True))
        box = made.layout()
        assert isinstance(box, QVBoxLayout)
        self.add_to_form(box, 1)
        return made

    def close_line(self, *, focus: bool = False) -> None:
        """Save and paint the line again."""
        id_ = self.rows.open_id
        if not id_ or self._form is None:
            return
        self._form.form.flush()
        self.rows.close_row()
        if self.plan is not None:
            self.show_lines(self.plan)
        if focus and not self.rows.focus(id_):  # it belongs elsewhere now
            self.draft.begin()

    def delete_line(self, id_: str) -> None:
        """Put a line into the bin; undo brings it back."""
        if self.rows.open_id == id_:
            self.close_line(focus=True)
        with messages.shown(self.window()):
            self.remove(id_)
            self._again()
            if not self.rows.ids():
                self.draft.begin()
            self.context.touched(self.kind)
            self.context.say(_("Deleted. Ctrl+Z brings it back."))

    def remove(self, id_: str) -> None:
        self.context.undo.delete(id_)

    def move_line(self, id_: str, step: int) -> None:
        """One place up (-1) or down (1)."""
        ids = self.rows.ids()
        with messages.shown(self.window()):
            if id_ in ids and points.move(self.context.undo, ids, id_, ids.index(id_) + step):
                self._again()
                self.context.touched(self.kind)

    def _again(self) -> None:
        if self.plan is not None:
            self.show_lines(self.plan)

    def _entered(self) -> None:
        self._again()

    def _left(self, step: int) -> None:
        if step > 0:
            self.draft.begin()
        else:
            self.passed.emit(-1)


def keys_line(beside: QWidget, name: str) -> QHBoxLayout:
    """What the keys do, in small, at the right of what a view says of itself."""
    across = row(spacing=tokens.L)
    across.addWidget(beside)
    keys = ElidedText(_("Enter opens a line · Alt+↑↓ moves it · Ctrl+Z takes back"), "small", name=name)
    keys.setAlignment(Qt.AlignmentFlag.AlignRight)
    across.addWidget(keys, 1)
    return across
