"""What was said so far, the newest at the foot."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QScrollArea, QWidget

from cpdesk.i18n import _
from cpdesk.tasks import Record, records
from ui import tokens
from ui.context import Context
from ui.lists.rows import Face, Piece, RowList, Slot
from ui.pages.live_parts.agenda import Agenda
from ui.pages.meeting_parts.points import point_words
from ui.pages.meeting_parts.words import one_line
from ui.widgets.surfaces import EmptyState, column


class Stream(QWidget):
    """The remarks in their order. Enter works on one, Delete puts it into the bin, Alt+Up and Alt+Down move it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setObjectName("live_stream")
        self._listed: dict[str, Record] = {}
        box = column(self, spacing=0)
        self.nothing = EmptyState(
            "message-square",
            _("Write what people say; every line is kept as you type."),
            example=_("F6, two letters of a name, Enter; then what they say, and Enter again."),
            name="live_empty",
        )
        box.addWidget(self.nothing)
        self.rows = RowList((Slot(share=1),), name="live_said")
        self.rows.setAccessibleName(_("What was said"))
        box.addWidget(self.rows)
        box.addSpacing(tokens.XS)

    def show_meeting(self, meeting: str, agenda: Agenda) -> None:
        """Read what was said; who and under which point stand over the words."""
        found = records.children(self.context.desk, "input", meeting)
        self._listed = {record.id: record for record in found}
        names: dict[object, str] = {None: ""}
        faces = []
        for record in found:
            speaker = record["person"] or record["body"]
            if speaker not in names:
                names[speaker] = records.title(self.context.desk, str(speaker))
            number = agenda.number(record["agenda_item"])
            who = Piece(one_line(names[speaker], point_words(number) if number else ""), "muted")
            faces.append(Face(record.id, ((who, Piece(record.text("text") or "—", "large")),)))
        self.rows.show_faces(faces)
        self.rows.setVisible(bool(faces))
        self.nothing.setVisible(not faces)

    def focused(self) -> Record | None:
        """The remark that has the focus."""
        return next((self._listed[id_] for id_ in self.rows.ids() if self._has_focus(id_)), None)

    def _has_focus(self, id_: str) -> bool:
        row = self.rows.row(id_)
        return row is not None and row.hasFocus()

    def after_move(self, id_: str, step: int) -> str | None:
        """Behind which remark that one stands after a step; "" is before all, None where it cannot go."""
        ids = self.rows.ids()
        at = ids.index(id_) + step
        if not 0 <= at < len(ids):
            return None
        others = [other for other in ids if other != id_]
        return others[at - 1] if at else ""


class AtTheEnd(QObject):
    """Keeps a scrolling area at its end while rows come and the room changes, unless one has gone up in it."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._bar = area.verticalScrollBar()
        self._bar.rangeChanged.connect(lambda _least, most: self._grown(most))
        self._bar.valueChanged.connect(self._moved)
        self._most = self._bar.maximum()
        self._here = True

    def go(self) -> None:
        """To the end, and stay there."""
        self._here = True
        self._bar.setValue(self._bar.maximum())

    def _grown(self, most: int) -> None:
        self._most = most
        if self._here:
            self._bar.setValue(most)

    def _moved(self, at: int) -> None:
        if self._bar.maximum() == self._most:  # a person's doing, and not the range's
            self._here = at >= self._most - tokens.L
