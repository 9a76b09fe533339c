"""The lines of the paper in sight, at the side of its pages: changed by hand, and given back to the program."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from cpdesk.i18n import _
from cpdesk.kinds import Field, Text, Value
from cpdesk.records.paperwork import DOCUMENT
from cpdesk.tasks.own_lines import OwnLines
from cpdesk.tasks.paperwork import own
from ui import theme, tokens
from ui.context import Context
from ui.dialogs.preview.paper import Paper
from ui.forms.form import FieldBox, Form
from ui.forms.sources import source
from ui.widgets.buttons import Button
from ui.widgets.editors import Editor
from ui.widgets.surfaces import clear_out, column, scrolling
from ui.widgets.text import Text as Label

WAIT_MS = 400
WIDE = 340


class LineBox(FieldBox):
    """A line under its name, and where it was changed the way back to what the program says."""

    def __init__(self, field: Field, editor: Editor, back: Callable[[], object]) -> None:
        super().__init__(field, editor)
        words = _("Back to computed")
        self.back = Button(words, kind="link", icon="rotate-ccw", name=f"back_{field.name}", run=back)
        self.back.setAccessibleName(f"{field.label}: {words}")
        self._head.addWidget(self.back)
        self.back.hide()


class OwnPanel(QFrame):
    """`changed()` when a line was kept. `show_lines` fills it again after each new making of the paper.

    A line that nobody changed shows what the program says; to change that is to take the line into one's own hands.
    """

    changed = Signal()

    def __init__(self, context: Context, paper: Paper) -> None:
        super().__init__()
        self.setObjectName("own_panel")
        self.setAccessibleName(_("This paper"))
        self.context = context
        self.paper = paper
        self.boxes: dict[str, LineBox] = {}
        self.form: Form | None = None
        self._lines: OwnLines | None = None
        self.setFixedWidth(theme.scaled(WIDE))
        content = QWidget()
        self._box = column(content, spacing=tokens.M)
        self._box.setContentsMargins(tokens.L, tokens.S, tokens.M, tokens.L)
        whole = column(self, spacing=0)
        self.area = scrolling(content, "own_scroll")
        whole.addWidget(self.area)
        self.hide()

    def show_lines(self, lines: OwnLines) -> None:
        """Show these; what is being typed stays."""
        self._lines = lines
        if self.form is None or list(self.boxes) != list(lines.usual):
            self._build(lines)
        assert self.form is not None
        self.form.load({name: self._shown(name) for name in lines.usual})
        for name, box in self.boxes.items():
            box.back.setVisible(name in lines.typed)
            box.editor.set_placeholder(self._placeholder(name))
        self._show_signers()

    def _build(self, lines: OwnLines) -> None:
        self.flush()
        clear_out(self._box)
        self.boxes = {}
        self.form = Form(DOCUMENT, self._keep, lambda type_: source(self.context, type_), wait_ms=WAIT_MS)
        self._box.addWidget(Label(_("This paper"), "title"))
        hint = _("What you change here is kept for this paper alone. The others stay as the office has them.")
        self._box.addWidget(Label(hint, "small"))
        self._box.addWidget(self.form)
        whole = self.form.layout()
        assert whole is not None
        for name in lines.usual:
            editor = self.form.add_editor(name)
            box = LineBox(DOCUMENT.field(name), editor, partial(self._give_back, name))
            self.boxes[name] = box
            whole.addWidget(box)
        self._box.addStretch(1)

    def _shown(self, name: str) -> Value:
        assert self._lines is not None
        value = self._lines.typed.get(name, self._lines.usual[name])
        return value or None

    def _placeholder(self, name: str) -> str:
        """What an empty line means."""
        assert self._lines is not None
        if name == "number" and self._lines.next_number:
            return _("{number} when it is given out").format(number=self._lines.next_number)
        if name in self._lines.typed:
            return _("Left out")
        return ""

    def _show_signers(self) -> None:
        """Who signs, as a hint beside the choice of somebody else."""
        assert self._lines is not None
        for n, name in enumerate(self._lines.signers, 1):
            if (box := self.boxes.get(f"person_{n}")) is not None:
                box.editor.set_placeholder(name)

    def _keep(self, values: dict[str, Value]) -> None:
        """What equals the program's own words is no change; an empty line in place of words leaves them out."""
        assert self._lines is not None
        told: dict[str, object] = {}
        for name, value in values.items():
            usual = self._lines.usual[name]
            typed = value if value is not None else "" if isinstance(DOCUMENT.field(name).type, Text) else None
            told[name] = None if (value or "") == usual else typed
        self._put(told)

    def _put(self, told: dict[str, object]) -> None:
        assert self._lines is not None
        own.put_many(self.context.undo, self.paper.form, self._lines.about, told)
        typed = {name: value for name, value in self._lines.typed.items() if name not in told}
        typed |= {name: value for name, value in told.items() if value is not None}  # type: ignore[misc]
        self._lines = OwnLines(
            self._lines.about, self._lines.usual, typed, self._lines.next_number, self._lines.signers
        )
        for name in told:
            self.boxes[name].back.setVisible(name in typed)
        self.context.touched("document")
        self.changed.emit()

    def _give_back(self, name: str) -> None:
        """The program says that line again."""
        assert self._lines is not None and self.form is not None
        self.form.flush()
        self._put({name: None})
        self.form.load({name: self._lines.usual[name] or None})
        self.boxes[name].editor.focus()

    def flush(self) -> None:
        """Keep what was typed and waits."""
        if self.form is not None:
            self.form.flush()

    def begin(self) -> None:
        """Put the hand on the first line."""
        if self.boxes:
            next(iter(self.boxes.values())).editor.focus()
