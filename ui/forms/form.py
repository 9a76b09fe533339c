"""A form over the fields of one record, saved as typed.

The form follows the declaration of the kind: labels, help, which editor, what is required. It tells its owner what to
save and shows what the owner says is wrong; it knows no store. Nothing a person typed is taken from them:
a value that is not understood stays in its editor with the reason under it, and all others are saved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.kinds import Field, Kind, Value
from cpdesk.tasks import privacy
from ui import rights, theme, tokens
from ui.widgets.editors import Editor, Sources, editor_for
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import PressChip, column, row
from ui.widgets.text import Text
from ui.widgets.tips import tip

WAIT_MS = 600  # of quiet, after which what was typed is kept
MOST_MS = 3000  # for somebody who types without a pause

ROOMY = 1.25  # times the usual size of letters: up to it a row of four fields fits the usual screens


class DiffersChip(PressChip):
    """Says that two people wrote different things, and leads to the decision."""

    def __init__(self, field: Field, decide: Callable[[], object]) -> None:
        super().__init__(_("Differs"), "warning", decide, name=f"differs_{field.name}")
        words = _("Two people wrote different things here; one has to be chosen.")
        self.setToolTip(tip(words))
        self.setAccessibleName(f"{field.label}: {words}")


class FieldBox(QWidget):
    """An editor under its label, which bears a star where the field is required; not `labelled` where it is named
    beside it."""

    def __init__(self, field: Field, editor: Editor, parent: QWidget | None = None, *, labelled: bool = True) -> None:
        super().__init__(parent)
        self.field = field
        self.editor = editor
        self._differs: DiffersChip | None = None
        self.setObjectName(f"box_{field.name}")
        box: QVBoxLayout = column(self, spacing=2)
        label = Text(f"{field.label} *" if field.required else field.label, "label", wrap=False)
        label.setMinimumWidth(0)
        self._head = row(spacing=tokens.S)
        if not labelled:
            label.hide()
        self._head.addWidget(label)
        self._head.addStretch(1)
        box.addLayout(self._head)
        box.addWidget(editor)
        box.addStretch(1)
        if field.help:
            label.setToolTip(tip(field.help))
            editor.setToolTip(tip(field.help))

    def show_difference(self, decide: Callable[[], object] | None) -> None:
        """Say beside the label that the value waits for a decision, to which `decide` leads; None: it does not wait."""
        if self._differs is None and decide is not None:
            self._differs = DiffersChip(self.field, decide)
            self._head.insertWidget(1, self._differs)
            QWidget.setTabOrder(self.editor.control, self._differs)
        if self._differs is not None:
            self._differs.setVisible(decide is not None)


class Form(QWidget):
    """Rows of fields. `save(values)` is called with what changed; it may raise `UserError`.

    Lay out with `line(("subject", 3), ("date", 1))` (field and share of the width), then `load(values)`. `saved`
    follows each save. `flush()` saves at once and belongs into `Page.leave`.
    """

    saved = Signal(object)  # the names of the fields

    def __init__(
        self,
        kind: Kind,
        save: Callable[[dict[str, Value]], object],
        sources: Sources,
        *,
        wait_ms: int = WAIT_MS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"form_{kind.name}")
        self.kind = kind
        self._save = save
        self._sources = sources
        self.editors: dict[str, Editor] = {}
        self._known: dict[str, Value] = {}
        self._dirty: set[str] = set()
        self._unread: set[str] = set()
        self._box = column(self, spacing=tokens.M)
        self._notice = InlineMessage("", "bad", name=f"notice_{kind.name}")
        self._box.addWidget(self._notice)
        self.hint = InlineMessage("", "warning", name=f"hint_{kind.name}", closable=True)
        self._box.addWidget(self.hint)
        self._hinted: dict[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._wait_ms = wait_ms
        self._since = QElapsedTimer()  # the first key that is not kept
        self._timer.timeout.connect(self._pause)

    def line(self, *fields: tuple[str, int]) -> None:
        """A row of fields with their shares of its width; an editor that was added before is laid out as it is. With
        large letters more than two fields take two rows.
        """
        if len(fields) > 2 and theme.current().scale > ROOMY:
            half = (len(fields) + 1) // 2
            self.line(*fields[:half])
            self.line(*fields[half:])
            return
        across = row(spacing=tokens.M)
        for name, share in fields:
            editor = self.editors.get(name) or self.add_editor(name)
            across.addWidget(FieldBox(self.kind.field(name), editor), share)
        self._box.addLayout(across)

    def add_all(self) -> None:
        """Every field that has no editor yet, long ones on a row of their own, the others by twos."""
        short: list[tuple[str, int]] = []
        for field in self.kind.fields:
            if field.name in self.editors or field.name == self.kind.parent or field.type.name == "order":
                continue
            if field.type.facts().get("long"):
                self._pairs(short)
                short = []
                self.line((field.name, 1))
            else:
                short.append((field.name, 1))
        self._pairs(short)

    def _pairs(self, fields: list[tuple[str, int]]) -> None:
        for at in range(0, len(fields), 2):
            self.line(*fields[at : at + 2])

    def add_editor(self, name: str, editor: Editor | None = None) -> Editor:
        """Take an editor (the field's own where none is given) into the form; the caller lays it out."""
        made = editor or editor_for(self.kind.field(name), self._sources)
        made.edited.connect(lambda: self._edited(name))
        made.finished.connect(lambda: self._finished(name))
        self.editors[name] = made
        return made

    def load(self, values: Mapping[str, Value]) -> None:
        """Show these values.

        An editor that a person is typing in, or whose words were not understood, keeps what it has.
        """
        if rights.is_limited():
            self._respect(rights.lacks("draft"))
        for name, editor in self.editors.items():
            value = values.get(name)
            if name in self._dirty or name in self._unread:
                continue
            self._known[name] = value
            editor.set_value(value)

    def _respect(self, why: str) -> None:
        """Who may not write reads, and is told why."""
        for editor in self.editors.values() if why else ():
            editor.set_read_only(True)
            editor.control.setToolTip(tip(why))
            editor.control.setAccessibleDescription(why)

    def reset(self, values: Mapping[str, Value]) -> None:
        """Show another record: save what is left of this one, forget its problems."""
        self.flush()
        self._dirty.clear()
        self._unread.clear()
        self._hinted.clear()
        self.hint.say("")
        self.show_problems({})
        self.load(values)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say under each field what is wrong with its saved value; those not named are right."""
        for name, editor in self.editors.items():
            if name not in self._unread:
                editor.show_problem(problems.get(name))

    def flush(self) -> bool:
        """Save now what waits.

        False where something could not be saved; it stays in the form and is tried again.
        """
        return self._write(patient=False)

    def unsaved(self) -> frozenset[str]:
        """The fields whose words are not saved, such as those that could not be read."""
        return frozenset(self._dirty | self._unread)

    def _pause(self) -> None:
        """Save while a person thinks. A word half typed is no mistake yet: that is said once they leave it."""
        self._write(patient=True)

    def _write(self, patient: bool) -> bool:
        self._timer.stop()
        self._since.invalidate()
        values: dict[str, Value] = {}
        for name in sorted(self._dirty):
            editor = self.editors[name]
            try:
                values[name] = editor.value()
            except ValueError as reason:
                if not (patient and editor.is_busy()):
                    self._unread.add(name)
                    editor.show_problem(str(reason))
        changed = {name: value for name, value in values.items() if value != self._known.get(name)}
        if changed:
            try:
                self._save(changed)
            except UserError as error:
                self._notice.say(str(error), "bad")
                return False
            self._known.update(changed)
        self._notice.say("")
        self._dirty.difference_update(values)
        if changed:
            self._advise(changed)
            self.saved.emit(tuple(changed))
        return not self._dirty

    def _advise(self, changed: Mapping[str, Value]) -> None:
        """Say gently what looks like a named child; it was kept all the same, and goes when the words do."""
        before = dict(self._hinted)
        for name, value in changed.items():
            self._hinted[name] = privacy.hint(self.kind, self.kind.field(name), value)
        if self._hinted != before:
            self.hint.say(next((words for words in self._hinted.values() if words), ""), "warning")

    def _edited(self, name: str) -> None:
        self._dirty.add(name)
        if name in self._unread:
            self._unread.discard(name)
            self.editors[name].show_problem(None)
        if not self._since.isValid():
            self._since.start()
        self._timer.start(max(0, min(self._wait_ms, MOST_MS - self._since.elapsed())))

    def _finished(self, name: str) -> None:
        if name in self._dirty:
            self.flush()
