"""The agenda of a running meeting: the point that is talked about in large letters, and the list of all."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.tasks import Record, records
from ui import tokens
from ui.context import Context
from ui.lists.rows import Face, Piece, RowList, Slot
from ui.pages.live_parts.words import duration
from ui.pages.meeting_parts.points import point_words
from ui.pages.meeting_parts.row_forms import ENTER
from ui.pages.meeting_parts.words import numbered
from ui.widgets.buttons import IconButton
from ui.widgets.editors.line import Line
from ui.widgets.guards import takes_esc
from ui.widgets.surfaces import Card, SectionHeader, column, row
from ui.widgets.text import ElidedText, Text


class PointLine(Line):
    """A line for one more point of the agenda: `entered(title)` by Enter, `done` by Enter in it while empty, or Esc."""

    entered = Signal(str)
    done = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        title = without_zwsp(self.text()).strip()
        if event.key() in ENTER and title:
            self.clear()
            self.entered.emit(title)
        elif event.key() in ENTER or event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: object) -> bool:
        return takes_esc(event) or super().event(event)  # type: ignore[arg-type]


class Agenda(Card):
    """All points, the present one marked. `chosen(id)` by Enter or a click on a point."""

    chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("live_agenda", margin=14, parent=parent)
        self.context = context
        self.meeting = ""
        self.items: list[Record] = []
        self.body.setSpacing(tokens.S)
        self.add(SectionHeader(_("Agenda")))
        self.nothing = Text(_("No agenda yet. Write its first point here, or begin with what is said."), "muted")
        self.add(self.nothing)
        self.rows = RowList((Slot(34), Slot(share=1)), name="live_points")
        self.rows.setAccessibleName(_("Agenda"))
        self.rows.opened.connect(self.chosen)
        self.add(self.rows)
        self.line = PointLine()
        self.line.setObjectName("point_input")
        self.line.setAccessibleName(_("Add a point to the agenda"))
        self.line.setPlaceholderText(_("One more point (Ctrl+N)"))
        self.line.entered.connect(self._add)
        self.line.left.connect(self._show_line)
        self.add(self.line)

    def show_meeting(self, meeting: str, present: str) -> None:
        """Read the points; `present` is the id of the one that is talked about."""
        self.meeting = meeting
        self.items = records.children(self.context.desk, "agenda_item", meeting)
        faces = []
        for number, item in enumerate(self.items, 1):
            here = item.id == present
            who = records.show(self.context.desk, item, "presenter") if here else ""
            words = (Piece(item.title, "strong" if here else "text"), Piece(who, "small"))
            faces.append(Face(item.id, (numbered(number), words)))
        self.rows.show_faces(faces)
        self.rows.setVisible(bool(faces))
        self.rows.choose(present)
        self.nothing.setVisible(not faces)
        self._show_line()

    def begin_point(self) -> None:
        """Where one more point is written; the line is there while one is in it, and where nothing else is."""
        self.line.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_line(self) -> None:
        self.line.setVisible(not self.items or self.line.hasFocus() or bool(self.line.text()))

    def number(self, id_: object) -> int:
        """The number of a point, from 1; 0 where it is not on the agenda."""
        return next((number for number, item in enumerate(self.items, 1) if item.id == id_), 0)

    def neighbour(self, id_: str, step: int) -> str:
        """The point after (1) or before (-1) that one; empty at the end."""
        at = self.number(id_) - 1 + step
        return self.items[at].id if 0 <= at < len(self.items) else ""

    def _add(self, title: str) -> None:
        order = records.next_order(self.context.desk, "agenda_item", self.meeting)
        self.context.undo.save("agenda_item", {"meeting": self.meeting, "order": order, "title": title})
        self.context.touched("agenda_item")


class Present(QFrame):
    """The point that is talked about, large, its number and since when, and the way to the next."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("live_present")
        self.setProperty("role", "card")
        across = row(self, spacing=tokens.M)
        across.setContentsMargins(tokens.L, tokens.S, tokens.M, tokens.S)
        self.title = Text("", "large", name="present_title")
        across.addWidget(self.title, 1)
        self.short = ElidedText("", "large", name="present_short")
        across.addWidget(self.short, 1)
        self._told = told = column(spacing=0)
        self.number = Text("", "small", wrap=False, name="present_number")
        self.since = Text("", "small", wrap=False, name="present_since")
        for label in (self.number, self.since):
            told.addWidget(label, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        across.addLayout(told)
        self.back = IconButton("chevron-up", _("The point before (Shift+F8)"), name="point_back",
                               run=lambda: self.stepped.emit(-1))  # fmt: skip
        self.on = IconButton("chevron-down", _("The next point (F8)"), name="point_on", colour="accent",
                             run=lambda: self.stepped.emit(1))  # fmt: skip
        across.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        across.addWidget(self.on, 0, Qt.AlignmentFlag.AlignVCenter)

    def be_low(self, low: bool) -> None:
        """In one line, whatever its length, or with as many as it needs."""
        self.title.setVisible(not low)
        self.short.setVisible(low)
        self._told.setDirection(QBoxLayout.Direction.LeftToRight if low else QBoxLayout.Direction.TopToBottom)
        self._told.setSpacing(tokens.M if low else 0)

    def show_point(self, agenda: Agenda, id_: str) -> None:
        """Show that point; where there is none, that nothing is on the agenda."""
        number = agenda.number(id_)
        self.setVisible(bool(agenda.items))
        self.number.setText(
            _("{point} of {count}").format(point=point_words(number), count=digits.count(len(agenda.items)))
            if number
            else _("Under no point of the agenda")
        )
        title = agenda.items[number - 1].title if number else _("F8 goes to the first point")
        self.title.setText(title)
        self.short.setText(title)
        self.back.setEnabled(number > 1)
        self.on.setEnabled(number < len(agenda.items))

    def tick(self, since: timedelta | None) -> None:
        """Since when it is talked about."""
        words = _("for {time}").format(time=duration(since)) if since is not None else ""
        if self.since.plain() != words:
            self.since.setText(words)
        self.since.setVisible(bool(words))
