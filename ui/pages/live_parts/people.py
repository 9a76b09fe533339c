"""A line that finds somebody by two letters, and the ways in which a person comes to speak or to be there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from cpdesk.khmer import names
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.kinds import Value
from cpdesk.tasks import live, records
from ui.context import Context
from ui.pages.meeting_parts.row_forms import ENTER
from ui.widgets.editors import Source
from ui.widgets.editors.reference import Picker
from ui.widgets.guards import takes_esc


class PersonLine(Picker):
    """Two letters, then Enter: who stands first is taken. Ctrl+Enter makes somebody new of what was typed.

    `picked(id)` tells who it is; `done` that the hand goes on: Enter with nothing new in the line, or Esc. What stood
    in the line before (`shown`) comes back with Esc.
    """

    done = Signal()

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self.shown = ""

    def show_name(self, name: str) -> None:
        """Let that name stand in the line as the one that was taken."""
        self.shown = name
        self._popup.hide()
        self.setText(name)
        self.setCursorPosition(0)

    def typed(self) -> str:
        """What was typed and not taken yet; empty where nothing waits."""
        text = without_zwsp(self.text()).strip()
        return "" if text == self.shown.strip() else text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in ENTER and held and self.typed():
            self._make_new()
        elif event.key() in ENTER and not self._popup.isVisible():
            self._enter()
        elif event.key() == Qt.Key.Key_Escape and not self._popup.isVisible():
            self.show_name(self.shown)
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if self.typed():
            self.offer(self.typed())  # one letter, or a list that was closed: who is meant is asked, not guessed
        else:
            self.done.emit()

    def _make_new(self) -> None:
        name = self.typed()
        self._popup.hide()
        made = self.source.create(name) if self.source.create is not None else None
        if made is not None:
            self.picked.emit(made)

    def event(self, event: QEvent) -> bool:
        """Esc and Ctrl+Enter are the line's own while one types in it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in ENTER
            and self.typed()
        ):
            event.accept()
            return True
        return takes_esc(event) or super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed replaces who stands there."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.selectAll()


class People:
    """What comes of a name in this meeting. `meeting()` gives its id, `now()` the hour."""

    def __init__(self, context: Context, meeting: Callable[[], str], now: Callable[[], datetime]) -> None:
        self.context = context
        self.meeting = meeting
        self.now = now

    def new_person(self, name: str) -> str:
        """A person of the desk of what was typed: "លោក ម៉ៅ សុវណ្ណ" is a title, a name, and a man."""
        parts = names.said(name)
        saved = self.context.undo.save("person", {"name_km": parts.name, "title": parts.title, "sex": parts.sex})
        self.context.touched("person")
        return saved.id

    def speaker(self, id_: str) -> str:
        """The person who speaks; a guest of the list becomes a person of the desk, so that their words have a name."""
        row = records.get(self.context.desk, id_)
        if row.kind.name != "attendance":
            return id_
        with self.context.undo.together():
            made = self.context.undo.save("person", live.person_of(row)).id
            self.context.undo.save("attendance", {"person": made}, row.id)
        self.context.touched("person", "attendance")
        return made

    def arrived(self, id_: str) -> str:
        """Tick somebody who comes in, by person or by row; the id of the row."""
        return self._tick(id_, live.arrival(records.get(self.context.desk, self.meeting()), self.now()))

    def guest(self, name: str) -> str:
        """Somebody comes in whom the desk does not know; the id of the row."""
        parts = names.said(name)
        values = live.arrival(records.get(self.context.desk, self.meeting()), self.now())
        return self._add({"name": parts.name, "title": parts.title, "sex": parts.sex, **values})

    def spoke(self, person: str) -> bool:
        """Who speaks is there: put them on the list where nobody did. Whether that was so."""
        row = live.row_of(self.context.desk, self.meeting(), person)
        if row is not None and row["status"]:
            return False
        self._tick(person, {"status": "present"})
        return True

    def _tick(self, id_: str, values: dict[str, Value]) -> str:
        row = live.row_of(self.context.desk, self.meeting(), id_)
        if row is None:
            return self._add({"person": id_, **values})
        if row["status"] not in ("present", "late"):
            self.context.undo.save("attendance", values, row.id)
            self.context.touched("attendance")
        return row.id

    def _add(self, values: dict[str, Value]) -> str:
        meeting = self.meeting()
        order = records.next_order(self.context.desk, "attendance", meeting)
        saved = self.context.undo.save("attendance", {"meeting": meeting, "order": order, **values})
        self.context.touched("attendance")
        return saved.id
