"""One phrase in hand: its words, the blanks that may stand in them, what ships, and why it is not used, if so."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.kinds import Text as TextKind
from cpdesk.kinds import Value
from cpdesk.records.paperwork import PHRASE, own_id
from cpdesk.tasks import records
from cpdesk.tasks.differences import conflicts
from cpdesk.tasks.paperwork import blanks
from cpdesk.tasks.paperwork.templates import PhraseRow, put_phrase
from ui import tokens
from ui.context import Context
from ui.forms.form import DiffersChip, Form
from ui.forms.sources import source
from ui.pages.papers_parts.fields import WAIT_MS
from ui.pages.papers_parts.section import snug
from ui.widgets.buttons import Button
from ui.widgets.editors import LongTextEditor
from ui.widgets.flow import FlowLayout
from ui.widgets.guards import takes_esc
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Card, PressChip, row
from ui.widgets.text import Text


class PhraseForm(Card):
    """`kept()` after each save; `closed()` by Esc or “Done”."""

    kept = Signal()
    closed = Signal()

    def __init__(self, context: Context, shown: PhraseRow, heading: str) -> None:
        super().__init__("phrase_form", role="tile", margin=tokens.M)
        self.context = context
        self.row = shown
        self.body.setSpacing(tokens.S)
        self._head = row(spacing=tokens.S)
        self._head.addWidget(Text(heading or _("Our words"), "label", wrap=False))
        self._head.addStretch(1)
        self.back = Button(_("Back to usual"), kind="link", icon="rotate-ccw", name="phrase_back", run=self.give_back)
        self._head.addWidget(self.back)
        self.done = Button(_("Done"), kind="link", icon="check", name="phrase_done", run=self.closed.emit)
        self._head.addWidget(self.done)
        self.body.addLayout(self._head)
        self.form = Form(PHRASE, self._keep, lambda type_: source(context, type_), wait_ms=WAIT_MS)
        self.editor = LongTextEditor("phrase", heading or _("Our words"), type_=TextKind(long=True), lines=2)
        self.form.add_editor("text", self.editor)
        self.body.addWidget(self.editor)
        self.problem = InlineMessage("", "warning", name="phrase_problem")
        self.body.addWidget(self.problem)
        if shown.blanks:
            self.body.addWidget(self._blanks(shown.blanks))
        self._shipped = snug(Text("", "small", selectable=True, name="phrase_shipped"))
        self.body.addWidget(self._shipped)
        self.body.addWidget(self.form)  # nothing to see but what it has to say
        self._differs: DiffersChip | None = None
        self.show_row(shown)

    def _blanks(self, names: tuple[str, ...]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=tokens.XS)
        flow.addWidget(Text(_("Filled in by the program:"), "small", wrap=False))
        for name, shown in zip(names, blanks.named(names), strict=True):
            chip = PressChip(shown, "accent", partial(self._insert, shown), name=f"blank_{name}")
            chip.setToolTip(_("Press to put it where the cursor stands"))
            flow.addWidget(chip)
        return holder

    def _insert(self, text: str) -> None:
        self.editor.box.insertPlainText(text)
        self.editor.focus()

    def show_row(self, shown: PhraseRow) -> None:
        """Show what stands; what is being typed stays."""
        self.row = shown
        words = shown.typed if shown.typed is not None else shown.now
        self.form.load({"text": blanks.shown(words) or None})
        self.back.setVisible(shown.typed is not None)
        self.problem.say(blanks.shown(shown.problem), "warning")
        self.editor.set_placeholder(_("Left out") if shown.typed is not None else "")
        usual = "" if shown.typed is None and not shown.source else blanks.shown(shown.shipped)
        self._shipped.setText(_("As it ships: {words}").format(words=usual) if usual else "")
        self._shipped.setVisible(bool(usual))
        self._show_difference()

    def _show_difference(self) -> None:
        record = own_id(PHRASE, self.context.desk.office, self.row.key)
        there = records.get_if_here(self.context.desk, record)
        waits = there is not None and bool(there.differences and conflicts(self.context.desk, record))
        if waits and self._differs is None:
            go = lambda: self.context.go("exchange", view="receive", difference=record)  # noqa: E731
            self._differs = DiffersChip(PHRASE.field("text"), go)
            self._head.insertWidget(1, self._differs)
        if self._differs is not None:
            self._differs.setVisible(waits)

    def _keep(self, values: dict[str, Value]) -> None:
        text = blanks.stored(str(values["text"] or ""))
        same = text.strip() == self.row.usual.strip()
        put_phrase(self.context.undo, self.row.key, None if same else text)
        self.kept.emit()

    def give_back(self) -> None:
        """This office says nothing of its own any more."""
        self.form.flush()
        put_phrase(self.context.undo, self.row.key, None)
        self.kept.emit()
        self.editor.focus()

    def flush(self) -> None:
        self.form.flush()

    def begin(self) -> None:
        self.editor.focus()

    def event(self, event: QEvent) -> bool:
        return takes_esc(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
