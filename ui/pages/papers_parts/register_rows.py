"""A number of the register in hand: to look at its paper, to make it void with a reason, to explain a gap."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.kinds import Text as TextKind
from cpdesk.tasks import records
from cpdesk.tasks.papers import FORMS
from cpdesk.tasks.paperwork import register
from cpdesk.tasks.paperwork.register import Entry, Gap
from ui import tokens
from ui.context import Context
from ui.dialogs.preview import Paper, show_preview
from ui.pages.papers_parts.section import snug
from ui.pages.places import place
from ui.widgets.buttons import Button
from ui.widgets.editors import LongTextEditor
from ui.widgets.guards import takes_esc
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Card, row
from ui.widgets.text import Text


class RowForm(Card):
    """`kept()` after something was written; `closed()` by Esc or “Done”."""

    kept = Signal()
    closed = Signal()

    def __init__(self, context: Context, id_: str, heading: str) -> None:
        super().__init__("register_form", role="tile", margin=tokens.M)
        self.context = context
        self.id = id_
        self.body.setSpacing(tokens.S)
        head = row(spacing=tokens.S)
        head.addWidget(Text(heading, "strong", wrap=False))
        head.addStretch(1)
        head.addWidget(Button(_("Done"), kind="link", icon="check", name="register_done", run=self.closed.emit))
        self.body.addLayout(head)
        self.problem = InlineMessage("", "bad", name="register_problem")

    def flush(self) -> None:
        """Keep what was typed."""

    def begin(self) -> None:
        """Put the hand into it."""

    def event(self, event: QEvent) -> bool:
        return takes_esc(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class EntryForm(RowForm):
    """A letter: what it was about, its paper, and the way to make its number void."""

    def __init__(self, context: Context, entry: Entry) -> None:
        super().__init__(context, entry.id, entry.shown)
        self.entry = entry
        for text in (entry.subject, entry.to):
            if text:
                self.add(snug(Text(text, selectable=True)))
        self.reason = LongTextEditor("void_reason", _("Why it is void"), type_=TextKind(long=True), lines=1)
        across = row(spacing=tokens.S)
        self.paper = Button(_("See the paper"), icon="eye", name="entry_paper", run=self._see)
        self.source = Button(_("Go to its record"), icon="arrow-right", name="entry_record", run=self._go)
        across.addWidget(self.paper)
        across.addWidget(self.source)
        across.addStretch(1)
        known = records.get_if_here(context.desk, entry.about.partition("/")[0])
        self._there = place(context.desk, known) if known is not None and not known.deleted else None
        if self._there is None:
            self.source.hide()
        if entry.form not in FORMS or (known is not None and known.deleted):
            self.paper.hide()
        if entry.voided:
            self.add(snug(Text(_("Void: {reason}").format(reason=entry.reason), "muted")))
        else:
            hint = _("To make the number void, say why. It stays in the register, and nobody gets it again.")
            self.add(snug(Text(hint, "small")))
            self.add(self.reason)
            self.void = Button(_("Make the number void"), kind="danger", icon="x", name="entry_void", run=self._void)
            across.addWidget(self.void)
        self.add(self.problem)
        self.body.addLayout(across)

    def _see(self) -> None:
        show_preview(self.context, Paper(self.entry.form, self.entry.about), self.window())

    def _go(self) -> None:
        if self._there is not None:
            self.context.wanted.emit(self._there)

    def _void(self) -> None:
        try:
            register.void(self.context.undo, self.entry.id, str(self.reason.value() or ""))
        except UserError as error:
            self.problem.say(str(error), "bad")
            self.reason.focus()
            return
        self.context.say(_("Number {number} is void. Ctrl+Z brings it back.").format(number=self.entry.shown))
        self.kept.emit()
        self.closed.emit()

    def begin(self) -> None:
        (self.paper if self.paper.isVisibleTo(self) else self.reason).setFocus()


class GapForm(RowForm):
    """Numbers that no letter bears, and why."""

    def __init__(self, context: Context, id_: str, gap: Gap) -> None:
        super().__init__(context, id_, _("Why were these numbers skipped?"))
        self.gap = gap
        self.reason = LongTextEditor("gap_reason", _("Why"), type_=TextKind(long=True), lines=1)
        self.reason.set_value(gap.reason or None)
        self.reason.set_placeholder(_("For example: given in the paper register before"))
        self.reason.finished.connect(self.flush)
        self.add(self.reason, self.problem)

    def flush(self) -> None:
        text = str(self.reason.value() or "").strip()
        if text == self.gap.reason:
            return
        register.explain(self.context.undo, self.gap, text or None)
        self.gap = Gap(self.gap.series, self.gap.year, self.gap.first, self.gap.last, text)
        self.kept.emit()

    def begin(self) -> None:
        self.reason.focus()
