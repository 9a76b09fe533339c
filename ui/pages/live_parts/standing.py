"""How the meeting stands: the hour, how long it has been going on, who is there, whether they may decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import dates
from cpdesk.tasks import Record, live, records
from ui import tokens
from ui.context import Context
from ui.pages.live_parts.people import People, PersonLine
from ui.pages.live_parts.words import counts_words, duration, hits, quorum_words
from ui.widgets.buttons import Button
from ui.widgets.editors import Hit, Source
from ui.widgets.flow import FlowLayout
from ui.widgets.surfaces import Card, Chip, restyle, row
from ui.widgets.text import Text


class Standing(Card):
    """The clock, the counts and the line for who comes in. `turn()` begins or ends the meeting, as F5 does, `print_()`
    prints its minutes.
    """

    def __init__(
        self,
        context: Context,
        people: People,
        turn: Callable[[], object],
        print_: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("live_standing", margin=14, parent=parent)
        self.context = context
        self.people = people
        self._box = row(spacing=tokens.S)
        self.body.addLayout(self._box)
        hours = row(spacing=tokens.M)
        self.clock = Text("", "clock", wrap=False, name="live_clock")
        hours.addWidget(self.clock)
        hours.addStretch(1)
        self.begin_button = Button(_("Begin the meeting"), kind="primary", icon="clock", name="live_begin", tip="F5",
                                   run=turn)  # fmt: skip
        self.end_button = Button(_("End the meeting"), icon="check", name="live_end", tip="F5", run=turn)
        self.print_button = Button(_("Print"), icon="printer", name="live_print", tip="Ctrl+P", run=print_)
        for button in (self.begin_button, self.end_button, self.print_button):
            hours.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._box.addLayout(hours)
        self.elapsed = Text("", "muted", wrap=False, name="live_elapsed")
        self._box.addWidget(self.elapsed, 0, Qt.AlignmentFlag.AlignVCenter)
        chips = QWidget()
        flow = FlowLayout(chips, spacing=tokens.S)
        self.counts = Chip("", "accent", name="live_counts")
        self.quorum = Chip("", "good", name="live_quorum")
        flow.addWidget(self.counts)
        flow.addWidget(self.quorum)
        self._box.addWidget(chips, 0, Qt.AlignmentFlag.AlignVCenter)
        self.line = PersonLine(Source(self._search, lambda id_: id_, self._new))
        self.line.setObjectName("arrival_input")
        self.line.setAccessibleName(_("Who comes in"))
        self.line.setPlaceholderText(_("F7 · Who comes in"))
        self.line.picked.connect(self._picked)
        self.line.left.connect(lambda: self._show_line(False))
        self._box.addWidget(self.line, 0, Qt.AlignmentFlag.AlignVCenter)
        self._shape = ""
        self.lie("")

    def lie(self, shape: str) -> None:
        """How there is room: "" under one another, "flat" side by side, "low" side by side and only what must be seen:
        begin and end keep their key, and the line for who comes in shows while one is in it."""
        flat = bool(shape)
        self._shape = shape
        way = QBoxLayout.Direction.LeftToRight if flat else QBoxLayout.Direction.TopToBottom
        self._box.setDirection(way)
        self._box.setStretch(self._box.indexOf(self.line), 2 if flat else 0)
        self._box.setStretch(2, 3 if flat else 0)
        edge = tokens.XS if flat else 14
        self.body.setContentsMargins(tokens.M, edge, tokens.M, edge)
        restyle(self.clock, "role", "heading" if flat else "clock")
        self._show_line(self.line.hasFocus())

    def _show_line(self, wanted: bool) -> None:
        self.line.setVisible(wanted or self._shape != "low")

    def show_meeting(self, meeting: Record) -> None:
        """Read who is there, and what the clock says."""
        room = live.room(self.context.desk, meeting.id)
        self.counts.setText(counts_words(room))
        words = quorum_words(room)
        self.quorum.setText(words)
        self.quorum.setVisible(bool(words))
        self.quorum.set_tone("good" if room.quorum is not None and room.quorum.reached else "warning")
        self.tick(meeting, self.people.now())

    def tick(self, meeting: Record, now: datetime) -> None:
        """What the clock says."""
        _say(self.clock, dates.clock(now.time()))
        phase = live.phase(meeting, now)
        going = live.elapsed(meeting, now)
        if going is not None:
            _say(self.elapsed, _("Going on for {time}").format(time=duration(going)))
        elif phase == live.OVER:
            ends = " – ".join(_hour(meeting, name) for name in ("start", "end") if meeting[name])
            _say(self.elapsed, _("Over: {hours}").format(hours=ends or "—"))
        else:
            _say(self.elapsed, _("Not begun yet"))
        self.begin_button.setVisible(phase == live.AHEAD)
        self.end_button.setVisible(phase == live.RUNNING and self._shape != "low")
        self.print_button.setVisible(phase == live.OVER and self._shape != "low")

    # who comes in

    def focus_line(self) -> None:
        self._show_line(True)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _search(self, text: str) -> list[Hit]:
        return hits(live.arrivals(self.context.desk, self.people.meeting(), text))

    def _new(self, name: str) -> str:
        return self.people.guest(name)

    def _picked(self, id_: str) -> None:
        """Tick them, say so, and be ready for who comes behind them."""
        row_id = self.people.arrived(id_)
        self.line.show_name("")
        came = records.get(self.context.desk, row_id)
        how = " ".join(part for part in (came.label("status"), came.label("arrived")) if part)
        self.context.say(f"{records.named(self.context.desk, came)} · {how}")


def _hour(meeting: Record, name: str) -> str:
    return dates.clock(time.fromisoformat(meeting.text(name)))


def _say(label: Text, words: str) -> None:
    """Only what changed is drawn anew."""
    if label.plain() != words:
        label.setText(words)
