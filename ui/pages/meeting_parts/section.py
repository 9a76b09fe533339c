"""A part of the meeting that is a list: painted rows, the one that is worked on as a form, a line for the next one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.tasks import Record, records
from ui import tokens
from ui.context import Context
from ui.lists.rows import Face, RowList, Slot
from ui.pages.meeting_parts.row_forms import DraftLine, Fields, RowForm
from ui.widgets.editors import Editor
from ui.widgets.surfaces import Card, SectionHeader


class PartSection(Card):
    """A card over the records of `kind` that are parts of the meeting.

    `ensure()` gives the id of the meeting and makes it where it is still new. Subclasses say what a row shows.
    """

    kind: ClassVar[str] = ""
    slots: ClassVar[Sequence[Slot]] = (Slot(36), Slot(share=1), Slot(130))
    draft_fields: ClassVar[Fields] = ()
    form_lines: ClassVar[Sequence[Fields]] = ()
    carried: ClassVar[Sequence[str]] = ()  # what the next line takes over from the last
    passed = Signal()  # Enter in the empty line: go on to the next part

    def __init__(self, context: Context, ensure: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(f"part_{self.kind}", parent=parent)
        self.setMinimumWidth(1)  # so that its height is asked for at the width that it has, on a small screen too
        self.context = context
        self.ensure = ensure
        self.meeting: str | None = None
        self._titles: dict[str, str] = {}
        self._listed: list[Record] = []
        self.head = SectionHeader(self.heading(), name=f"head_{self.kind}")
        self.add(self.head)
        self.rows = RowList(self.column_slots(), name=f"rows_{self.kind}")
        self._row_form: RowForm | None = None
        self.add_before_rows()
        self.add(self.rows)
        self.draft: DraftLine | None = None
        if self.draft_fields:
            own = self.own_editors(True)
            self.draft = DraftLine(
                context, self.kind, self.draft_fields, self.defaults, self, own=own, carried=self.carried
            )
            self.draft.entered.connect(self.refresh)
            self.draft.passed.connect(self.passed)
            self.draft.raised.connect(lambda: self.rows.focus_row(-1))
            self.add(self.draft)
        self.body.setSpacing(tokens.S)
        self.rows.opened.connect(self.open_row)
        self.rows.deleted.connect(self.delete_row)
        self.rows.moved.connect(self.move_row)
        self.rows.left.connect(self._left_rows)

    # what a subclass says

    def heading(self) -> str:
        raise NotImplementedError

    def short(self) -> str:
        """The heading as it stands in the index."""
        return self.heading()

    def face(self, record: Record, number: int) -> Face:
        """What the row of a record shows."""
        raise NotImplementedError

    def own_defaults(self) -> dict[str, Value]:
        """What a new row has from the start."""
        return {}

    def own_editors(self, _short: bool) -> Mapping[str, Editor]:
        """New editors for fields that need another than their type's; short ones for the line of the next row."""
        return {}

    def column_slots(self) -> Sequence[Slot]:
        return self.slots

    def add_before_rows(self) -> None:
        """Widgets between the head and the rows."""

    # showing

    def open(self, meeting: str | None) -> None:
        """Show the rows of a meeting; None: of one that is still to be made."""
        self.flush()
        self.close_row()
        self.meeting = meeting
        self.refresh()

    def refresh(self) -> None:
        """Read the rows again."""
        here = records.children(self.context.desk, self.kind, self.meeting) if self.meeting else []
        if self.draft is not None and self.draft.record and self.draft.record not in {record.id for record in here}:
            self.draft.open(None)  # undone, or deleted elsewhere
        draft = self.draft.record if self.draft is not None else None
        self._listed = [record for record in here if record.id != draft]
        self._titles.clear()
        self.rows.show_faces([self.face(record, number) for number, record in enumerate(self._listed, 1)])
        self.rows.setVisible(bool(self._listed))
        if self._row_form is not None and self.rows.open_id:
            self._row_form.form.refresh()

    def flush(self) -> None:
        """Keep what was typed."""
        if self.draft is not None:
            self.draft.finish()
        if self._row_form is not None and self.rows.open_id:
            self._row_form.form.flush()

    def defaults(self) -> dict[str, Value]:
        self.meeting = self.ensure()
        order = records.next_order(self.context.desk, self.kind, self.meeting)
        return {"meeting": self.meeting, "order": order, **self.own_defaults()}

    def begin(self) -> None:
        """Put the cursor where the next row is typed."""
        if self.draft is not None:
            self.draft.begin()

    # one row

    def open_row(self, id_: str) -> None:
        """Make a form of that row and put the cursor in it."""
        if self._row_form is None:
            act = {
                "up": lambda: self.move_row(self.rows.open_id, -1),
                "down": lambda: self.move_row(self.rows.open_id, 1),
                "delete": lambda: self.delete_row(self.rows.open_id),
            }
            self._row_form = RowForm(self.context, self.kind, self.form_lines, act, self.own_editors(False))
            self._row_form.closed.connect(lambda: self.close_row(focus=True))
        self.close_row()
        self._row_form.form.open(id_)
        self.suit(self._row_form, records.get(self.context.desk, id_))
        self.rows.open_row(id_, self._row_form)
        self._row_form.form.editors[self.first_field(id_)].focus()

    def named(self, record: Record, field: str) -> str:
        """A reference by its title, which is looked up once for all rows: the same few people say most of it."""
        id_ = record[field]
        if not isinstance(id_, str):
            return ""
        if id_ not in self._titles:
            self._titles[id_] = records.title(self.context.desk, id_)
        return self._titles[id_]

    def suit(self, form: RowForm, record: Record) -> None:
        """Show in the form what matters for that record."""

    def first_field(self, _id: str) -> str:
        """Where the cursor goes when a row opens."""
        return self.form_lines[0][0][0]

    def close_row(self, *, focus: bool = False) -> None:
        """Save and paint the row again."""
        id_ = self.rows.open_id
        if not id_ or self._row_form is None:
            return
        self._row_form.form.flush()
        self.rows.close_row()
        self.refresh()
        if focus:
            self.rows.focus(id_)

    def delete_row(self, id_: str) -> None:
        """Put a row into the bin; undo brings it back."""
        if self.rows.open_id == id_:
            self.close_row(focus=True)
        self.context.undo.delete(id_)
        self.refresh()
        if not self.rows.ids():
            self.begin()
        self.context.touched(self.kind)
        self.context.say(_("Deleted. Ctrl+Z brings it back."))

    def move_row(self, id_: str, step: int) -> None:
        """One place up (-1) or down (1)."""
        ids = self.rows.ids()
        at = ids.index(id_) + step
        if not 0 <= at < len(ids):
            return
        others = [other for other in ids if other != id_]
        self.context.undo.move(id_, others[at - 1] if at else None)
        self.refresh()
        self.context.touched(self.kind)

    def _left_rows(self, step: int) -> None:
        if step > 0:
            self.begin()
