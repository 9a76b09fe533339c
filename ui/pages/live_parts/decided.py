"""What was decided: who does it, and by when, asked as soon as it is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from cpdesk.i18n import _
from cpdesk.kinds import Ref
from cpdesk.records import kind as kind_of
from cpdesk.tasks import live, records
from ui import tokens
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.forms.sources import source
from ui.lists.rows import Face, Piece, RowList, Slot
from ui.pages.live_parts.people import People
from ui.pages.live_parts.words import hits
from ui.pages.meeting_parts.row_forms import ENTER
from ui.pages.meeting_parts.words import due_chip, numbered
from ui.widgets.buttons import Button
from ui.widgets.editors import Hit, RefEditor, Source, TextEditor
from ui.widgets.guards import takes_esc
from ui.widgets.surfaces import Card, Chip, SectionHeader, column, row
from ui.widgets.text import Text

ORDER = ("text", "responsible", "due")  # in which Enter goes through the fields


class Decided(Card):
    """The decisions of the meeting. `opened(id)` by Enter, `deleted(id)` by Delete."""

    opened = Signal(str)
    deleted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("live_decided", margin=14, parent=parent)
        self.context = context
        self.body.setSpacing(tokens.S)
        self.add(SectionHeader(_("Decisions")))
        self.nothing = Text(
            _("Nothing yet. Ctrl+Enter makes a decision of what you wrote, or of the words that you marked in it."),
            "muted",
        )
        self.add(self.nothing)
        self.rows = RowList((Slot(34), Slot(share=1)), name="live_decisions")
        self.rows.setAccessibleName(_("Decisions"))
        self.rows.opened.connect(self.opened)
        self.rows.deleted.connect(self.deleted)
        self.add(self.rows)

    def show_meeting(self, meeting: str) -> None:
        """Read what was decided."""
        today = date.today()
        faces = []
        for number, record in enumerate(records.children(self.context.desk, "follow_up", meeting), 1):
            who = Piece(records.show(self.context.desk, record, "responsible"), "small")
            due = (due_chip(record, today),) if record["due"] else ()
            faces.append(Face(record.id, (numbered(number), (Piece(record.text("text") or "—"), who, *due))))
        self.rows.show_faces(faces)
        self.rows.setVisible(bool(faces))
        self.nothing.setVisible(not faces)


class DecisionForm(QFrame):
    """One decision over the line: Enter goes from who to when, and out. `closed` when the hand goes on."""

    closed = Signal()

    def __init__(self, context: Context, people: People, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("live_decision")
        self.setProperty("role", "card")
        self.context = context
        self.people = people
        box = column(self, spacing=tokens.S, margin=tokens.M)
        head = row(spacing=tokens.S)
        head.addWidget(Chip(_("Decision"), "good"))
        head.addWidget(Text(_("Enter goes on: who does it, by when. Esc leaves it as it is."), "small"), 1)
        head.addWidget(Button(_("Done"), kind="quiet", icon="check", name="decision_done", run=self.close_form))
        box.addLayout(head)
        self.form = RecordForm(context, "follow_up", parent=self)
        kind = kind_of("follow_up")
        self.form.add_editor("text", TextEditor("text", kind.field("text").label, type_=kind.field("text").type))
        self.form.add_editor("responsible", self._responsible())
        self.form.line(("text", 1))
        self.form.line(("responsible", 4), ("due", 2), ("sort", 2))
        box.addWidget(self.form)
        for name in ORDER:
            self.form.editors[name].control.installEventFilter(self)

    def _responsible(self) -> RefEditor:
        field = kind_of("follow_up").field("responsible")
        everybody = source(self.context, Ref(("person", "body")))

        def search(text: str) -> list[Hit]:
            near = [one for one in live.speakers(self.context.desk, self.people.meeting(), text) if _is_person(one.id)]
            known = {one.id for one in near}
            return hits(near) + [hit for hit in everybody.search(text) if hit.id not in known]

        def _is_person(id_: str) -> bool:
            return records.get(self.context.desk, id_).kind.name == "person"

        made = RefEditor("responsible", field.label, source=Source(search, everybody.title, everybody.create),
                         type_=Ref(("person", "body")))  # fmt: skip
        made.picker.picked.connect(lambda _id: self.form.editors["due"].focus())
        return made

    def open(self, id_: str, field: str = "responsible") -> None:
        """Work on that decision, beginning with a field."""
        self.form.open(id_)
        self.show()
        self.form.editors[field].focus()

    def record(self) -> str | None:
        """Which one is worked on; None while the form is closed."""
        return self.form.record if not self.isHidden() else None

    def close_form(self) -> None:
        """Keep what was typed and go. A value that was not understood holds the hand back once, to be mended."""
        told = any(self.form.editors[name].problem() for name in ("responsible", "due"))
        if self.form.flush() or told:
            self.hide()
            self.closed.emit()

    def event(self, event: QEvent) -> bool:
        return takes_esc(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in ENTER:
            return False
        at = next((n for n, name in enumerate(ORDER) if watched is self.form.editors[name].control), -1)
        if at < 0:
            return False
        if at + 1 < len(ORDER):
            self.form.editors[ORDER[at + 1]].focus()
        else:
            self.close_form()
        return True
