"""A part of the meeting that is a list: painted rows, the row that is worked on as a form, and a line for the next one.

The line at the foot is a form like any other: what is typed in it is saved as typed, and becomes a row with Enter or
when one leaves it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from cpdesk.i18n import _
from cpdesk.kinds import Text as TextType
from cpdesk.kinds import Value
from cpdesk.tasks import Record, records
from ui import icons, tokens
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.lists.rows import Face, RowList, Slot
from ui.widgets.buttons import Button, IconButton
from ui.widgets.editors import Editor, TextEditor
from ui.widgets.surfaces import Card, SectionHeader, column, row

Fields = Sequence[tuple[str, int]]
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DraftLine(RecordForm):
    """The line for a new row.

    `entered` when it became one; `passed` when Enter, and `raised` when Up was pressed in it while empty.
    """

    entered = Signal()
    passed = Signal()
    raised = Signal()

    def __init__(
        self, context: Context, kind: str, fields: Fields, defaults: Callable[[], dict[str, Value]], parent: QWidget
    ) -> None:
        super().__init__(context, kind, parent=parent)
        self.setObjectName(f"draft_{kind}")
        self._make_defaults = defaults
        self._order = [name for name, _share in fields]
        frame = QFrame(self)
        frame.setProperty("role", "tile")
        across = row(frame, spacing=tokens.S)
        across.setContentsMargins(10, 6, 10, 6)
        plus = QLabel()
        plus.setPixmap(icons.pixmap("plus", "accent"))
        across.addWidget(plus, 0, Qt.AlignmentFlag.AlignVCenter)
        for name, share in fields:
            field = self.kind.field(name)
            own = TextEditor(name, field.label, type_=field.type) if isinstance(field.type, TextType) else None
            editor = self.add_editor(name, own)
            editor.set_placeholder(field.label)
            editor.control.installEventFilter(self)
            across.addWidget(editor, share, Qt.AlignmentFlag.AlignTop)
        self._box.addWidget(frame)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.open(None)

    def begin(self) -> None:
        """Put the cursor in the first field."""
        self.editors[self._order[0]].focus()

    def is_empty(self) -> bool:
        """Nothing was typed since the last row."""
        return self.record is None and not self._dirty

    def finish(self) -> bool:
        """Make a row of what stands here. False where something in it was not understood, and it stays."""
        if not self.flush():
            return False
        if self.record is not None:
            self.open(None)
            self.entered.emit()
        return True

    def _keep(self, values: dict[str, Value]) -> None:
        if self.record is None:
            self._defaults = self._make_defaults()
        super()._keep(values)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        gone = old is not None and self.isAncestorOf(old) and new is not None and not self.isAncestorOf(new)
        if gone and new is not None and new.window() is self.window() and self.record is not None:
            self.finish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on: to the first field that must be filled, or makes the row. Up goes to the rows.

        While the line is empty there is nothing in it to undo, so Ctrl+Z is the page's.
        """
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.is_empty():
            if event.matches(QKeySequence.StandardKey.Undo):
                event.ignore()
                return True
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._enter(watched)
            return True
        if event.key() == Qt.Key.Key_Up and self.is_empty():
            self.raised.emit()
            return True
        return False

    def _enter(self, watched: QObject) -> None:
        self.flush()
        if self.is_empty():
            self.passed.emit()
            return
        for name in self._order:
            editor = self.editors[name]
            if self.kind.field(name).required and not self._has(editor) and editor.control is not watched:
                editor.focus()
                return
        if self.finish():
            self.begin()

    @staticmethod
    def _has(editor: Editor) -> bool:
        try:
            return editor.value() is not None
        except ValueError:
            return True


class RowForm(QFrame):
    """The open row: its fields, and under them move, delete and done. Esc or Ctrl+Enter closes it."""

    closed = Signal()

    def __init__(self, context: Context, kind: str, lines: Sequence[Fields], act: Mapping[str, Callable[[], object]]
                 ) -> None:  # fmt: skip
        super().__init__()
        self.setObjectName(f"open_{kind}")
        self.setProperty("role", "tile")
        box = column(self, spacing=tokens.M)
        box.setContentsMargins(tokens.M, tokens.M, tokens.M, tokens.S)
        self.form = RecordForm(context, kind)
        for line in lines:
            self.form.line(*line)
        box.addWidget(self.form)
        foot = row(spacing=tokens.XS)
        foot.addWidget(IconButton("chevron-up", _("Move up"), name="row_up", run=act["up"]))
        foot.addWidget(IconButton("chevron-down", _("Move down"), name="row_down", run=act["down"]))
        foot.addWidget(Button(_("Delete this row"), kind="quiet", icon="trash-2", name="row_delete", run=act["delete"]))
        foot.addStretch(1)
        foot.addWidget(Button(_("Done"), icon="check", name="row_done", run=self.closed.emit))
        box.addLayout(foot)

    def show_fields(self, names: Sequence[str], shown: bool) -> None:
        """Show or hide the boxes of these fields."""
        for name in names:
            box = self.findChild(QWidget, f"box_{name}")
            if isinstance(box, QWidget):
                box.setVisible(shown)

    def event(self, event: QEvent) -> bool:
        """Esc is ours before it is the window's way back."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (held and event.key() in ENTER):
            self.closed.emit()
            return
        super().keyPressEvent(event)


class PartSection(Card):
    """A card over the records of `kind` that are parts of the meeting.

    `ensure()` gives the id of the meeting and makes it where it is still new. Subclasses say what a row shows.
    """

    kind: ClassVar[str] = ""
    slots: ClassVar[Sequence[Slot]] = (Slot(36), Slot(share=1), Slot(130))
    draft_fields: ClassVar[Fields] = ()
    form_lines: ClassVar[Sequence[Fields]] = ()
    passed = Signal()  # Enter in the empty line: go on to the next part

    def __init__(self, context: Context, ensure: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(f"part_{self.kind}", parent=parent)
        self.context = context
        self.ensure = ensure
        self.meeting: str | None = None
        self._listed: list[Record] = []
        self.head = SectionHeader(self.heading(), name=f"head_{self.kind}")
        self.add(self.head)
        self.rows = RowList(self.column_slots(), name=f"rows_{self.kind}")
        self._row_form: RowForm | None = None
        self.add_before_rows()
        self.add(self.rows)
        self.draft: DraftLine | None = None
        if self.draft_fields:
            self.draft = DraftLine(context, self.kind, self.draft_fields, self.defaults, self)
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
            self._row_form = RowForm(self.context, self.kind, self.form_lines, act)
            self._row_form.closed.connect(lambda: self.close_row(focus=True))
        self.close_row()
        self._row_form.form.open(id_)
        self.suit(self._row_form, records.get(self.context.desk, id_))
        self.rows.open_row(id_, self._row_form)
        self._row_form.form.editors[self.first_field(id_)].focus()

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
