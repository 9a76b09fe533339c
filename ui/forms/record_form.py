"""Editors for fields of one record, in rows, saved as typed.

A value is saved a moment after the last key, and at once when a person leaves the editor; what cannot be understood stays
in the editor with the reason beside it, while all else is kept. A new record comes into being with its first value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from cpdesk.errors import BadInput
from cpdesk.kinds import Field, Kind, Value
from cpdesk.tasks import records
from ui import tokens
from ui.context import Context
from ui.forms.sources import source
from ui.widgets.editors import Editor, editor_for
from ui.widgets.surfaces import column, row
from ui.widgets.text import Text

SAVE_AFTER_MS = 700
Cell = str | tuple[str, int]


class FieldBox(QWidget):
    """A field's word above its editor; the star says that it is wanted in the end."""

    def __init__(self, field: Field, editor: Editor, *, label: str | None = None) -> None:
        super().__init__()
        self.editor = editor
        box = column(self, spacing=2)
        words = field.label if label is None else label
        if words:
            self.label = Text(f"{words} *" if field.required else words, "label", name=f"label_{field.name}")
            self.label.setBuddy(editor.control)
            self.label.setToolTip(field.help)
            box.addWidget(self.label)
        box.addWidget(editor)
        box.addStretch(1)
        if field.help:
            editor.control.setToolTip(field.help)


class RecordForm(QWidget):
    """`rows` are rows of field names, each a name or (name, stretch). `labels` replaces field words ("" for none).

    `saved(id)` comes after each save, `created(id)` after the first one of a new record.
    """

    saved = Signal(str)
    created = Signal(str)

    def __init__(
        self,
        context: Context,
        kind: Kind,
        rows: Sequence[Sequence[Cell]],
        *,
        labels: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.kind = kind
        self.record: str | None = None
        self.setObjectName(f"form_{kind.name}")
        self.editors: dict[str, Editor] = {}
        self.boxes: dict[str, FieldBox] = {}
        self._defaults: dict[str, Value] = {}
        self._waiting: set[str] = set()
        self._visited: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        whole = column(self, spacing=tokens.M)
        for cells in rows:
            line = row(spacing=tokens.M)
            for cell in cells:
                name, stretch = cell if isinstance(cell, tuple) else (cell, 1)
                line.addWidget(self._box(kind.field(name), labels or {}), stretch)
            whole.addLayout(line)

    def _box(self, field: Field, labels: Mapping[str, str]) -> FieldBox:
        editor = editor_for(field, lambda type_: source(self.context, type_))
        editor.edited.connect(lambda name=field.name: self._edited(name))
        editor.finished.connect(lambda name=field.name: self._finished(name))
        self.editors[field.name] = editor
        self.boxes[field.name] = FieldBox(field, editor, label=labels.get(field.name))
        return self.boxes[field.name]

    def load(self, record: str | None, defaults: Mapping[str, Value] | None = None) -> None:
        """Show a record; None: a new one, which `defaults` (its meeting, its place in the list) go into when it is made."""
        self.flush()
        self.record = record
        self._defaults = dict(defaults or {})
        self._visited.clear()
        values = records.get(self.context.desk, record).values if record else self._defaults
        for name, editor in self.editors.items():
            editor.set_value(values.get(name))
            editor.show_problem(None)
        if record:
            self._visited.update(name for name in self.editors if values.get(name) is not None)
            self._show_problems()

    def refresh(self) -> None:
        """Read the record again; what is being typed stays."""
        if self.record is None:
            return
        values = records.get(self.context.desk, self.record).values
        for name, editor in self.editors.items():
            if name not in self._waiting and not editor.problem() and self._differs(editor, values.get(name)):
                editor.set_value(values.get(name))
        self._show_problems()

    @staticmethod
    def _differs(editor: Editor, value: Value) -> bool:
        try:
            return editor.value() != value
        except ValueError:
            return False  # half typed: it stays

    def flush(self) -> None:
        """Save what was typed and is not saved yet."""
        self._timer.stop()
        names, self._waiting = self._waiting, set()
        values: dict[str, Value] = {}
        for name in names:
            try:
                values[name] = self.editors[name].value()
            except ValueError as why:
                self.editors[name].show_problem(str(why))
        if values:
            self._save(values)

    def _save(self, values: dict[str, Value]) -> None:
        new = self.record is None
        if new and all(value is None for value in values.values()):
            return
        try:
            done = self.context.undo.save(self.kind.name, self._defaults | values if new else values, self.record)
        except BadInput as why:
            for name in values:
                self.editors[name].show_problem(str(why))
            return
        self.record = done.id
        self._show_problems()
        if new:
            self.created.emit(done.id)
        if new or done.changed:
            self.saved.emit(done.id)
            self.context.touched(self.kind.name)

    def _show_problems(self) -> None:
        if self.record is None:
            return
        found = records.problems(self.context.desk, records.get(self.context.desk, self.record))
        for name, editor in self.editors.items():
            try:
                editor.value()
            except ValueError:
                continue  # its own problem stands there
            editor.show_problem(found.get(name) if name in self._visited else None)

    def _edited(self, name: str) -> None:
        self._waiting.add(name)
        self.editors[name].show_problem(None)
        self._timer.start()

    def _finished(self, name: str) -> None:
        self._visited.add(name)
        self.flush()
        self._show_problems()

    def set_read_only(self, on: bool) -> None:
        for editor in self.editors.values():
            editor.set_read_only(on)
