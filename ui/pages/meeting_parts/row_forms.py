"""The two forms of a part of the meeting: the line in which the next row is typed, and the row that is worked on.

The line is a form like any other: what is typed in it is saved as typed, and becomes a row with Enter or when one
leaves it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from cpdesk.i18n import _
from cpdesk.kinds import Text as TextType
from cpdesk.kinds import Value
from ui import icons, tokens
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.widgets.buttons import Button, IconButton
from ui.widgets.editors import Editor, TextEditor
from ui.widgets.guards import takes_esc
from ui.widgets.surfaces import column, row

Fields = Sequence[tuple[str, int]]
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TIED = ("agenda_item", "presentation", "input", "follow_up")  # what a thread can be told of


class DraftLine(RecordForm):
    """The line for a new row.

    `own`: editors that the section made for some of the fields. `carried`: fields whose value the next line begins
    with, and that alone make no row.

    `entered` when it became one; `passed` when Enter, and `raised` when Up was pressed in it while empty.
    """

    entered = Signal()
    passed = Signal()
    raised = Signal()

    def __init__(
        self,
        context: Context,
        kind: str,
        fields: Fields,
        defaults: Callable[[], dict[str, Value]],
        parent: QWidget,
        *,
        own: Mapping[str, Editor],
        carried: Sequence[str] = (),
    ) -> None:
        super().__init__(context, kind, parent=parent)
        self.setObjectName(f"draft_{kind}")
        self._make_defaults = defaults
        self._carried = carried
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
            line = TextEditor(name, field.label, type_=field.type) if isinstance(field.type, TextType) else None
            editor = self.add_editor(name, own.get(name, line))
            editor.set_placeholder(field.label)
            editor.control.setAccessibleName(f"{self.kind.label}: {field.label}")
            editor.control.installEventFilter(self)
            across.addWidget(editor, share, Qt.AlignmentFlag.AlignTop)
        self._box.addWidget(frame)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.open(None)

    def begin(self) -> None:
        """Put the cursor in the first field that is not carried over."""
        self.editors[next(name for name in self._order if name not in self._carried)].focus()

    def open(self, record: str | None, defaults: Mapping[str, Value] | None = None) -> None:
        super().open(record, (self._kept() | dict(defaults or {})) if record is None else defaults)

    def is_empty(self) -> bool:
        """Nothing was typed since the last row."""
        return self.record is None and not self._dirty

    def finish(self) -> bool:
        """Make a row of what stands here. False where something in it was not understood, and it stays."""
        if not self.flush():
            return False
        if self.record is not None:
            said = self.hint.text()
            self.open(None)
            self.hint.say(said, "warning")  # it speaks of the row that was just made
            self.entered.emit()
        return True

    def _keep(self, values: dict[str, Value]) -> None:
        if self.record is None:
            self._defaults = self._make_defaults() | self._kept()
        super()._keep(values)

    def _kept(self) -> dict[str, Value]:
        return {name: self.editors[name].value() for name in self._carried}

    def _edited(self, name: str) -> None:
        if name not in self._carried or not self.is_empty():
            super()._edited(name)

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
        if any(watched is self.editors[name].control for name in self._carried):
            if event.key() in ENTER:
                self.begin()
            return event.key() in ENTER
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

    def __init__(
        self,
        context: Context,
        kind: str,
        lines: Sequence[Fields],
        act: Mapping[str, Callable[[], object]],
        own: Mapping[str, Editor],
    ) -> None:
        super().__init__()
        self.setObjectName(f"open_{kind}")
        self.setProperty("role", "tile")
        box = column(self, spacing=tokens.M)
        box.setContentsMargins(tokens.M, tokens.M, tokens.M, tokens.S)
        self.form = RecordForm(context, kind)
        for name, editor in own.items():
            self.form.add_editor(name, editor)
        for line in lines:
            self.form.line(*line)
        box.addWidget(self.form)
        foot = row(spacing=tokens.XS)
        foot.addWidget(IconButton("chevron-up", _("Move up"), name="row_up", run=act["up"]))
        foot.addWidget(IconButton("chevron-down", _("Move down"), name="row_down", run=act["down"]))
        foot.addWidget(Button(_("Delete this row"), kind="quiet", icon="trash-2", name="row_delete", run=act["delete"]))
        self._context = context
        if kind in TIED:
            foot.addWidget(Button(_("Thread"), kind="quiet", icon="link", name="row_thread", tip="Ctrl+T",
                                  run=self.show_thread))  # fmt: skip
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
        return takes_esc(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (held and event.key() in ENTER):
            self.closed.emit()
            return
        if held and event.key() == Qt.Key.Key_T:
            self.show_thread()
            return
        super().keyPressEvent(event)

    def show_thread(self) -> None:
        """Where the row's record came from and what came of it."""
        from ui.dialogs.thread import show_thread

        self.form.flush()
        if self.form.record is not None:
            show_thread(self._context, self.form.record, self)
