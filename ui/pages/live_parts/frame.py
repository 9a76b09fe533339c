"""How the parts of the page share the room: beside one another, or over one another on a small screen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui import theme, tokens
from ui.pages.live_parts.agenda import Agenda, Present
from ui.pages.live_parts.decided import Decided, DecisionForm
from ui.pages.live_parts.entry import Entry
from ui.pages.live_parts.said import AtTheEnd, Stream
from ui.pages.live_parts.standing import Standing
from ui.widgets.guards import tab_through
from ui.widgets.surfaces import column, row, scrolling

BESIDE = 900  # wide at text scale 1: from here on clock, agenda and decisions stand beside what is said
HIGH = 420  # and so high, that nothing need be left out
SIDE = 330


class Frame(QWidget):
    """`shaped` when the parts were set into another room."""

    shaped = Signal()

    def __init__(
        self,
        beside: tuple[Standing, Agenda, Decided],
        present: Present,
        stream: Stream,
        decision: DecisionForm,
        entry: Entry,
    ) -> None:
        super().__init__()
        self._shape: str | None = None  # until its room is known
        self.stream = stream
        self.standing, self.agenda, self.decided = self._beside = beside
        self.present, self.decision, self.entry = present, decision, entry
        across = row(self, spacing=tokens.L)
        across.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        side = QWidget()
        self._side = column(side, spacing=tokens.M)
        self._side.addStretch(1)
        self.side = scrolling(side, "scroll_live_side")
        across.addWidget(self.side)
        self._main = column(spacing=tokens.S)
        across.addLayout(self._main, 1)
        content = QWidget()
        self._above = column(content, spacing=tokens.M)
        self._above.addStretch(1)
        self._above.addWidget(stream)
        self.area = scrolling(content, "scroll_live")
        self.area.setMinimumHeight(1)  # where there is little room the line has it
        self.end = AtTheEnd(self.area)
        for widget in (present, self.area, decision, entry):
            self._main.addWidget(widget, 1 if widget is self.area else 0)

    def make_room(self) -> None:
        """On a small screen a decision that is worked on takes the place of the line."""
        crowded = self._shape == "low" and self.decision.record() is not None
        self.entry.setVisible(not crowded)
        self.present.setVisible(bool(self.agenda.items) and not crowded)
        self._tab()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, high = self.width() >= theme.scaled(BESIDE), self.height() >= theme.scaled(HIGH)
        shape = "" if wide else "flat" if high else "low"
        if shape != self._shape:
            self._arrange(shape)
            self.shaped.emit()

    def _arrange(self, shape: str) -> None:
        moves = self._shape is None or bool(shape) != bool(self._shape)
        self._shape = shape
        if moves:
            self.side.setVisible(not shape)
            self.side.setFixedWidth(theme.scaled(SIDE))
        for number, widget in enumerate(self._beside if moves else ()):
            if not shape:
                self._side.insertWidget(number, widget)
            elif widget is self.standing:
                self._main.insertWidget(0, widget)
            else:
                self._above.insertWidget(number - 1, widget)
        self.standing.lie(shape)
        self.entry.be_low(shape == "low")
        self.present.be_low(shape == "low")
        self.make_room()

    def _tab(self) -> None:
        """Tab goes as the eye does: what stands beside, then from the point down to the line. Lists without rows are no
        stop.
        """
        standing, agenda, present = self.standing, self.agenda, self.present
        turns = (standing.begin_button, standing.end_button, standing.print_button)
        beside = (*turns, standing.line, agenda.rows, agenda.line)
        decision = [editor.control for editor in self.decision.form.editors.values()]
        above = (self.decided.rows, present.back, present.on, self.stream.rows)
        stops = (*beside, *above, *decision, self.entry.line, self.entry.box)
        tab_through([one for one in stops if one.focusPolicy() != Qt.FocusPolicy.NoFocus])
