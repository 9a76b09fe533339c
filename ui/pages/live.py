"""The meeting while it runs: the agenda, who speaks, what they say, what is decided. Nothing else is in sight.

What is typed is kept letter by letter (`tasks.live.Note`) and becomes a record with Enter, or when one leaves.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.khmer import dates
from cpdesk.kinds import Value
from cpdesk.tasks import Record, live, records
from ui import messages, tokens
from ui.actions import Action
from ui.context import Context
from ui.navigation import Crumb, Location, Page
from ui.pages.live_parts.agenda import Agenda, Present
from ui.pages.live_parts.decided import Decided, DecisionForm
from ui.pages.live_parts.entry import Entry
from ui.pages.live_parts.frame import Frame
from ui.pages.live_parts.people import People
from ui.pages.live_parts.said import Stream
from ui.pages.live_parts.standing import Standing
from ui.pages.meeting_parts.words import paper_title
from ui.pages.undoing import undo_actions
from ui.widgets.surfaces import column

TICK_MS = 1000


class LivePage(Page):
    """Opened on a meeting."""

    name: ClassVar[str] = "live"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"meeting", "agenda_item", "attendance", "input", "follow_up", "person", "body", "membership"}
    )
    alone: ClassVar[bool] = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.note = self._kept = live.Note()  # as it is now, as it was written down
        self.people = People(context, self._meeting, datetime.now)
        self.standing = Standing(context, self.people, self.turn, self.print_minutes)
        self.agenda = Agenda(context)
        self.decided = Decided(context)
        self.present = Present()
        self.stream = Stream(context)
        self.decision = DecisionForm(context, self.people)
        self.decision.hide()
        self.entry = Entry(context, self.people)
        self.entry.keep = self._keep
        beside = (self.standing, self.agenda, self.decided)
        self.frame = Frame(beside, self.present, self.stream, self.decision, self.entry)
        self.frame.shaped.connect(self._tick)
        column(self, spacing=0).addWidget(self.frame)
        self.agenda.chosen.connect(self.go_to)
        self.agenda.line.done.connect(self.entry.focus)
        self.present.stepped.connect(self.step)
        self.standing.line.done.connect(self.entry.focus)
        self.stream.rows.opened.connect(self.work_on)
        self.stream.rows.deleted.connect(self._delete)
        self.stream.rows.moved.connect(self._move)
        self.stream.rows.left.connect(lambda step: self.entry.focus() if step > 0 else None)
        for rows in (self.stream.rows, self.decided.rows, self.agenda.rows):
            rows.on_key = self._typed_on_row
        self.decided.opened.connect(self.open_decision)
        self.decided.deleted.connect(self._delete)
        self.decision.closed.connect(self._decided)
        self.entry.wanted.connect(self.say)
        self.entry.box.raised.connect(lambda: self.stream.rows.focus_row(-1))
        self.entry.box.escaped.connect(self.say)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)

    # what the window asks

    def title(self) -> str:
        return self._record().title if self.record is not None else _("During the meeting")

    def breadcrumb(self) -> list[Crumb]:
        return [Crumb(_("Meetings"), Location("meetings")), Crumb(_("During the meeting"))]

    def commands(self) -> list[Action]:
        running = self.record is not None and live.phase(self._record(), self.people.now()) == live.RUNNING
        turn = _("End the meeting") if running else _("Begin the meeting")
        return [
            Action("turn", turn, self.turn, "clock", shortcut="F5"),
            Action("who", _("Who speaks"), self.entry.focus_who, "message-square", shortcut="F6"),
            Action("arrival", _("Who comes in"), self.standing.focus_line, "user-plus", shortcut="F7"),
            Action("point_on", _("The next point of the agenda"), partial(self.step, 1), "chevron-down", shortcut="F8"),
            Action("point_back", _("The point before"), partial(self.step, -1), "chevron-up", shortcut="Shift+F8"),
            Action("decide", _("A decision of the marked words, or of the line"), self.decide, "flag",
                   shortcut="Ctrl+Enter"),
            Action("new", _("One more point of the agenda"), self.agenda.begin_point, "plus"),
            Action("print", _("Print the minutes"), self.print_minutes, "printer"),
            Action("whole", _("The whole meeting"), lambda: self.context.go("meeting", self.record), "calendar-days",
                   shortcut="Ctrl+Shift+M"),
            *undo_actions(self.context),
        ]  # fmt: skip

    def open(self, record: str | None) -> None:
        meeting = records.get(self.context.desk, record) if record is not None else None
        if meeting is None or meeting.deleted or meeting.kind.name != "meeting":
            raise NotFound(_("There is no meeting to follow here."), todo=_("Open a meeting first."))
        self.record = meeting.id
        self.note = self._kept = live.note(self.context.desk, meeting.id)
        self.decision.hide()
        text, going_on = live.unfinished(self.context.desk, meeting.id, self.note)
        self.entry.show_speaker(self._speaker(going_on))
        self.entry.begin(text, going_on, typed=bool(text) and (going_on is None or going_on.text("text") != text))
        self.refresh()
        self.frame.end.go()

    def _speaker(self, going_on: Record | None) -> str | None:
        """Who spoke last, where the desk still knows them."""
        known = (self.note.who, going_on.text("person") if going_on is not None else "")
        found = (records.get_if_here(self.context.desk, id_) for id_ in known if id_)
        return next((one.id for one in found if one is not None and not one.deleted), None)

    def refresh(self) -> None:
        meeting = self._record()
        if meeting.deleted:
            self.context.go("meetings")
            return
        self.agenda.show_meeting(meeting.id, self.note.item)
        self.present.show_point(self.agenda, self.note.item)
        self.decided.show_meeting(meeting.id)
        self.standing.show_meeting(meeting)
        self.stream.show_meeting(meeting.id, self.agenda)
        self._refresh_entry()
        if self.decision.record() is not None:
            if records.get(self.context.desk, str(self.decision.record())).deleted:
                self.decision.hide()
            else:
                self.decision.form.refresh()
        self.frame.make_room()
        self._tick()

    def _refresh_entry(self) -> None:
        """The remark that is worked on may have changed elsewhere, or gone with an undo."""
        if self.entry.record is not None:
            now = records.get(self.context.desk, self.entry.record.id)
            if now.deleted:
                changed = self.entry.is_changed()
                self.entry.begin(self.entry.text() if changed else "", typed=changed)
                self._keep()
            elif not self.entry.is_changed() and now.text("text") != self.entry.text():
                self.entry.begin(now.text("text"), now)
        self.stream.rows.choose(self.entry.record.id if self.entry.record is not None else "")

    def leave(self) -> None:
        """What is half typed becomes a record, too, so that the minutes have it; the line goes on with it later."""
        if self.record is None:
            return
        self.entry.rest()
        with messages.shown(self):
            self._keep()
            self.decision.form.flush()
            if self.entry.is_changed() and self.entry.text():
                speaker = self.entry.who if not self.entry.line.typed() else None
                saved = self._save({"text": self.entry.text(), "person": speaker})
                self.entry.begin(self.entry.text(), records.get(self.context.desk, saved))
                self._keep()

    def begin(self) -> None:
        if self.entry.who is None and not self.entry.text():
            self.entry.focus_who()
        else:
            self.entry.focus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()
        super().hideEvent(event)

    # the meeting

    def _meeting(self) -> str:
        assert self.record is not None
        return self.record

    def _record(self) -> Record:
        return records.get(self.context.desk, self._meeting())

    def _tick(self) -> None:
        if self.record is None:
            return
        now = self.people.now()
        meeting = self._record()
        self.standing.tick(meeting, now)
        talked_about = self.agenda.number(self.note.item) and live.phase(meeting, now) != live.OVER
        self.present.tick(self.note.item_since(now) if talked_about else None)

    def turn(self) -> None:
        """Begin the meeting; end it where it runs."""
        now = self.people.now()
        phase = live.phase(self._record(), now)
        if phase == live.OVER:
            return
        if phase == live.RUNNING and not self.say():
            return
        values = live.ending(now) if phase == live.RUNNING else live.beginning(now)
        with messages.shown(self):
            self.context.undo.save("meeting", values, self.record)
            if phase == live.AHEAD:
                first = self.agenda.items[0].id if self.agenda.items else ""
                self.note = self.note.at(self.note.item or first, now)
            self._keep()
            hour = dates.clock(now.time())
            ended = _("The meeting ended at {hour}. Ctrl+P prints the minutes.").format(hour=hour)
            self.context.say(ended if phase == live.RUNNING else _("The meeting began at {hour}.").format(hour=hour))
        self.context.touched("meeting")
        self.retitled.emit()
        self.entry.focus()

    def step(self, by: int) -> None:
        """To the next point of the agenda, or to the one before."""
        here = self.note.item if self.agenda.number(self.note.item) else ""
        wanted = self.agenda.neighbour(here, by) if here else next((item.id for item in self.agenda.items), "")
        if wanted:
            self.go_to(wanted)
        elif by > 0:
            self.context.say(_("This was the last point of the agenda."), "accent")

    def go_to(self, item: str) -> None:
        """Talk about that point from now on. What stands in the line was said under the one before."""
        if self.entry.record is None and not self.say():
            return
        if item != self.note.item:
            self.note = self.note.at(item, self.people.now())
            with messages.shown(self):
                self._keep()
        self.refresh()
        self.entry.focus()

    # what is said

    def _keep(self) -> None:
        """Write down where the meeting stands and what is being typed."""
        going_on = self.entry.record
        now = replace(
            self.note,
            who=self.entry.who or "",
            text=self.entry.box.plain() if self.entry.is_changed() else "",
            record=going_on.id if going_on is not None else "",
            base=going_on.text("text") if going_on is not None else "",
        )
        if now != self._kept:
            live.keep(self.context.desk, self._meeting(), now)
        self.note = self._kept = now

    def say(self) -> bool:
        """Keep the line as a remark and begin the next. False where it is not clear yet who speaks."""
        if not self.entry.text():
            self._leave_empty()
            return True
        values = self.entry.values()
        if values is None:
            return False
        with messages.shown(self):
            self._save(values)
            self.entry.begin()
            self._keep()
            self.frame.end.go()
            self.entry.focus()
            return True
        return False

    def _leave_empty(self) -> None:
        """A remark of before of which nothing is left goes to the bin."""
        gone = self.entry.record
        if gone is not None:
            self.entry.begin()
            with messages.shown(self):
                self._keep()
            self._delete(gone.id)
            self.entry.focus()

    def _save(self, values: dict[str, Value]) -> str:
        """A new remark or the one that is worked on; who speaks is in the room."""
        undo, going_on = self.context.undo, self.entry.record
        if going_on is None:
            order = records.next_order(self.context.desk, "input", self._meeting())
            item = self.note.item if self.agenda.number(self.note.item) else None
            values = {"meeting": self._meeting(), "agenda_item": item, "order": order, "disposition": "open", **values}
        with undo.together():
            saved = undo.save("input", values, going_on.id if going_on is not None else None)
            person = values.get("person")
            if isinstance(person, str) and self.people.spoke(person):
                name = records.title(self.context.desk, person)
                self.context.say(_("{name} was put on the list.").format(name=name), "accent")
        self.context.touched("input")
        return saved.id

    def _typed_on_row(self, id_: str, event: QKeyEvent) -> bool:
        """Letters belong into the line, wherever the focus is; Space on a point of the agenda goes to it."""
        letters = event.text()
        if letters == " " and self.agenda.number(id_):
            self.go_to(id_)
        elif letters.strip() and letters.isprintable():
            self.entry.focus()
            self.entry.box.insertPlainText(letters)
        else:
            return False
        return True

    def work_on(self, id_: str) -> None:
        """Bring a remark of before back into the line; what stands there is kept first."""
        if (self.entry.record is None or self.entry.record.id != id_) and self.say():
            record = records.get(self.context.desk, id_)
            self.entry.show_speaker(record.text("person") or None)
            self.entry.begin(record.text("text"), record)
            self.stream.rows.choose(id_)
            with messages.shown(self):
                self._keep()
        self.entry.focus()

    def _delete(self, id_: str) -> None:
        with messages.shown(self):
            kind = records.get(self.context.desk, id_).kind.name
            self.context.undo.delete(id_)
            self.refresh()
            self.context.touched(kind)
            self.context.say(_("Deleted. Ctrl+Z brings it back."))
        if not (self.stream.rows if kind == "input" else self.decided.rows).ids():
            self.entry.focus()

    def _move(self, id_: str, step: int) -> None:
        after = self.stream.after_move(id_, step)
        if after is not None:
            self.context.undo.move(id_, after or None)
            self.refresh()
            self.context.touched("input")

    # what is decided

    def decide(self) -> None:
        """A decision of the words that are marked, of the whole line, or of the remark that has the focus."""
        focus = QApplication.focusWidget()
        if focus is not None and self.decision.isAncestorOf(focus):
            self.decision.close_form()
            return
        remark = self.stream.focused()
        marked = self.entry.box.marked()
        text = remark.text("text") if remark is not None else marked or self.entry.text()
        if not text:
            self.context.say(_("Write what was decided first, then Ctrl+Enter."), "accent")
            return
        order = records.next_order(self.context.desk, "follow_up", self._meeting())
        values = {"meeting": self._meeting(), "order": order, "text": text, "sort": "decision", "state": "open"}
        with messages.shown(self):
            made = self.context.undo.save("follow_up", values).id
            self.context.touched("follow_up")
            if remark is None and not marked and self.entry.record is None:
                self.entry.begin()  # the line is the decision now
            self._keep()
            self.refresh()
            self.open_decision(made)

    def open_decision(self, id_: str) -> None:
        """Ask who does it and by when. On a small screen that takes the place of the line."""
        self.decision.open(id_)
        self.frame.make_room()

    def _decided(self) -> None:
        self.frame.make_room()
        self.frame.side.ensureWidgetVisible(self.decided, 0, tokens.S)
        self.entry.focus()

    def print_minutes(self) -> None:
        """The minutes in the preview."""
        from ui.dialogs.preview import Paper, show_preview

        self.leave()
        show_preview(
            self.context, Paper("minutes", self._meeting(), title=paper_title(_("Minutes"), self._record())), self
        )
