"""A form bound to a record of the desk: opened on one, or on one that comes into being with its first value."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.records import kind as kind_of
from cpdesk.tasks import records
from cpdesk.tasks.differences import conflicts
from ui import icons
from ui.context import Context
from ui.forms.form import WAIT_MS, FieldBox, Form
from ui.forms.sources import source
from ui.widgets.editors import Editor


class RecordForm(Form):
    """`open(id)` shows a record; `open(None, defaults)` a new one, made with `defaults` (its meeting, its order) at the
    first value that is typed. What is missing is said under a field once a person has been there.

    `created(id)` follows the first save of a new record; `saved(fields)` every save.
    """

    created = Signal(str)

    def __init__(self, context: Context, kind: str, *, wait_ms: int = WAIT_MS, parent: QWidget | None = None) -> None:
        sources = lambda type_: source(context, type_)  # noqa: E731
        super().__init__(kind_of(kind), self._keep, sources, wait_ms=wait_ms, parent=parent)
        self.context = context
        self.record: str | None = None
        self._defaults: dict[str, Value] = {}
        self._visited: set[str] = set()

    def add_editor(self, name: str, editor: Editor | None = None) -> Editor:
        """Its menu leads to the field's history."""
        made = super().add_editor(name, editor)
        made.form = self
        made.more = lambda menu: self._offer_history(menu, made)
        return made

    def _offer_history(self, menu: QMenu, editor: Editor) -> None:
        live = self.window().findChild(QAction, "action_history")
        if live is None or self.record is None:
            return
        words = _("History of this field…")
        entry = menu.addAction(icons.icon("history"), f"{words}\t{live.shortcut().toString()}")
        entry.triggered.connect(editor.focus)
        entry.triggered.connect(live.trigger)

    def open(self, record: str | None, defaults: Mapping[str, Value] | None = None) -> None:
        """Show a record; `NotFound` where it is not here."""
        values = records.get(self.context.desk, record).values if record else dict(defaults or {})
        self.flush()
        self.record = record
        self._defaults = dict(defaults or {})
        self._visited = {name for name in self.editors if values.get(name) is not None}
        self.reset(values)
        self._judge()

    def refresh(self) -> None:
        """Read the record again; what is being typed stays."""
        if self.record is not None:
            self.load(records.get(self.context.desk, self.record).values)
            self._judge()

    def _keep(self, values: dict[str, Value]) -> None:
        new = self.record is None
        rewinding = not new and all(getattr(self.editors[name].control, "rewinding", False) for name in values)
        whole = self._defaults | values if new else values
        done = self.context.undo.save(self.kind.name, whole, self.record, rewinding=rewinding)
        self.record = done.id
        self._visited.update(values)
        self._judge()
        if new:
            self.created.emit(done.id)
        if new or done.changed:
            self.context.touched(self.kind.name)

    def _judge(self) -> None:
        if self.record is None:
            self.show_problems({})
            self._show_differences(set())
            return
        record = records.get(self.context.desk, self.record)
        waiting = conflicts(self.context.desk, self.record) if record.differences else []
        self._show_differences({one.field for one in waiting})
        found = records.problems(self.context.desk, record)
        self.show_problems({name: why for name, why in found.items() if name in self._visited})

    def _show_differences(self, waiting: set[str]) -> None:
        """Mark the fields whose value waits for a decision; what is typed in one settles it."""
        for name, editor in self.editors.items():
            box = editor.parentWidget()
            if isinstance(box, FieldBox):
                box.show_difference(self._decide if name in waiting else None)

    def _decide(self) -> None:
        self.context.go("exchange", view="receive", difference=self.record)

    def _finished(self, name: str) -> None:
        self._visited.add(name)
        super()._finished(name)
        self._judge()
