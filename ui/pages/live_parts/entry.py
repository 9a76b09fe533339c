"""Who speaks, and what they say. Kept while it is typed, at most half a second behind the hand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.records import kind as kind_of
from cpdesk.tasks import Record, live, privacy, records
from ui import theme, tokens
from ui.context import Context
from ui.pages.live_parts.people import People, PersonLine
from ui.pages.live_parts.words import hits
from ui.pages.meeting_parts.row_forms import ENTER
from ui.widgets.editors import Hit, Source
from ui.widgets.editors.long_text import LongText
from ui.widgets.guards import takes_esc
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Chip, column, restyle, row
from ui.widgets.text import ElidedText, Text

WAIT_MS = 400  # from the first letter that is not kept yet, not from the last: who types without a pause loses no more
AGAIN_MS = 2000  # where the disk said no


class SpokenBox(LongText):
    """The box for what is said: Enter ends the line, Shift+Enter goes on in a new one.

    `said` by Enter, `raised` by Up while empty, `escaped` by Esc in a remark of before.
    """

    hands_on = True
    typed = False  # since the line was begun
    going_on = False  # in a remark of before: Esc leaves it

    said = Signal()
    raised = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__(lines=2, most=6)
        self.setProperty("kind", "large")
        self.setObjectName("said_input")
        self.edited.connect(self._note)

    def begin(self, text: str, *, typed: bool = False) -> None:
        """Let that stand in the box; silent. What was typed before is no longer the box's to take back."""
        self.set_plain(text)
        self._past.clear()
        self._future.clear()
        self._joins_until = 0.0
        self.typed = typed
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.setTextCursor(cursor)

    def set_lines(self, lines: int) -> None:
        """How many lines of room there are before it grows."""
        self._lines = lines
        self._fit()

    def marked(self) -> str:
        """What is selected, without break marks."""
        mime = self.createMimeDataFromSelection() if self.textCursor().hasSelection() else None
        return " ".join(mime.text().split()) if mime is not None else ""

    def _note(self) -> None:
        self.typed = True

    def event(self, event: QEvent) -> bool:
        """Esc leaves a remark of before, not the page."""
        return (self.going_on and takes_esc(event)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.insertPlainText("\n")
            else:
                self.said.emit()
        elif event.key() == Qt.Key.Key_Up and not self.toPlainText():
            self.raised.emit()
        elif event.key() == Qt.Key.Key_Escape and self.going_on:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class Entry(QFrame):
    """The line at the foot of the page. It holds a new remark, or the one (`record`) that is worked on.

    `keep()` writes the note down; it is called while one types and may raise `UserError`. `wanted` asks for what stands
    here to be said: the page saves it and calls `begin`.
    """

    wanted = Signal()

    def __init__(self, context: Context, people: People, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.people = people
        self.setObjectName("live_entry")
        self.setProperty("role", "card")
        self.who: str | None = None
        self.record: Record | None = None
        box = column(self, spacing=tokens.S, margin=tokens.M)
        across = row(spacing=tokens.S)
        label = Text(_("Who speaks"), "label", wrap=False)
        across.addWidget(label)
        self.line = PersonLine(Source(self._search, lambda id_: records.title(context.desk, id_), people.new_person))
        self.line.setObjectName("who_input")
        self.line.setAccessibleName(_("Who speaks"))
        self.line.setPlaceholderText(_("Two letters of a name, then Enter"))
        self.line.setMinimumWidth(theme.scaled(240))
        self.line.setMaximumWidth(theme.scaled(420))
        across.addWidget(self.line, 3)
        self.going_on = Chip("", "accent", name="going_on")
        across.addWidget(self.going_on)
        across.addStretch(1)
        self.keys = ElidedText(_("F6 who · Enter keeps · Ctrl+Enter decides"), "small")
        across.addWidget(self.keys)
        box.addLayout(across)
        self.box = SpokenBox()
        self.box.setAccessibleName(_("What is said"))
        self.box.setPlaceholderText(_("What is said. Enter keeps the line."))
        box.addWidget(self.box)
        self.notice = InlineMessage("", "bad", name="live_notice")
        box.addWidget(self.notice)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._write)
        self.keep = _nothing
        self.line.picked.connect(self._picked)
        self.line.done.connect(self.focus)
        self.box.edited.connect(self._edited)
        self.box.said.connect(self.wanted)

    def be_low(self, low: bool) -> None:
        """Begin with one line of room instead of two; the box grows as one writes."""
        self.box.set_lines(1 if low else 2)
        self.keys.setVisible(not low)

    # what stands here

    def begin(self, text: str = "", record: Record | None = None, *, typed: bool = False) -> None:
        """A new line, or a remark to go on with; `typed`: it stands in no record like this yet."""
        self.rest()
        self.record = record
        self.box.begin(text, typed=typed)
        self.box.going_on = record is not None
        self.going_on.setText(_("An earlier line") if record is not None else "")
        self.going_on.setVisible(record is not None)
        self.notice.say("")

    def text(self) -> str:
        return self.box.plain().strip()

    def is_changed(self) -> bool:
        """Whether what stands here is in no record: other words, or another speaker of a remark of before."""
        if self.record is None:
            return self.box.typed and bool(self.text())
        other = not self.line.typed() and self.who != self.record["person"]
        return other or (self.box.typed and self.text() != self.record.text("text"))

    def show_speaker(self, person: str | None) -> None:
        """Let that person stand as the one who speaks."""
        self.who = person
        self.line.show_name(records.title(self.context.desk, person) if person else "")
        restyle(self.line, "state", "")

    def values(self) -> dict[str, Value] | None:
        """Who and what, to be saved; None where it is not clear who speaks, and that is said."""
        if self.line.typed():
            self.ask_who()
            return None
        return {"person": self.who if self.line.text().strip() else None, "text": self.text()}

    def ask_who(self) -> None:
        """Somebody was typed and not taken: nothing is put into a mouth that may be the wrong one."""
        restyle(self.line, "state", "problem")
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.offer(self.line.typed())

    # the hand

    def focus(self) -> None:
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_who(self) -> None:
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _search(self, text: str) -> list[Hit]:
        return hits(live.speakers(self.context.desk, self.people.meeting(), text))

    def _picked(self, id_: str) -> None:
        self.show_speaker(self.people.speaker(id_))
        self._edited()
        self.focus()

    # kept while typed

    def rest(self) -> None:
        """Nothing waits to be kept any more: who calls this keeps it now."""
        self._timer.stop()

    def _edited(self) -> None:
        if not self._timer.isActive():
            self._timer.start(WAIT_MS)

    def _write(self) -> None:
        try:
            self.keep()
        except UserError as error:
            self.notice.say(str(error), "bad")
            self._timer.start(AGAIN_MS)
            return
        hint = privacy.hint(kind_of("input"), kind_of("input").field("text"), self.text()) if self.box.typed else ""
        self.notice.say(hint, "warning")


def _nothing() -> None:
    """Until a meeting is opened there is nowhere to keep it."""
