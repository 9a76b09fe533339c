"""Agenda, presentations, inputs and follow-ups of a meeting."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from PySide6.QtWidgets import QWidget

from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import Value
from cpdesk.tasks import Record, meetings, records
from ui.context import Context
from ui.lists.rows import Face, Piece, Slot
from ui.pages.meeting_parts.points import UnderPoints
from ui.pages.meeting_parts.section import PartSection
from ui.pages.meeting_parts.ticks import FollowUpTick
from ui.pages.meeting_parts.words import due_chip, numbered, one_line
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Chip, clear_out, column
from ui.widgets.text import Text

MOST_BEFORE = 30  # of earlier meetings' follow-ups that are shown at the head of the agenda
DISPOSITION_TONES = {"open": "warning", "accepted": "good", "adapted": "good", "noted": "neutral", "declined": "bad"}


class AgendaSection(PartSection):
    """What is to be talked about, under what the last meetings left open."""

    kind = "agenda_item"
    draft_fields = (("title", 3), ("presenter", 2))
    form_lines = ((("title", 3), ("presenter", 2)), (("minutes", 1),))
    slots = (Slot(36), Slot(share=1))

    def __init__(self, context: Context, ensure: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(context, ensure, parent)
        self._shown_before: tuple[object, ...] = ()

    def heading(self) -> str:
        return _("Agenda")

    def add_before_rows(self) -> None:
        self._before = QWidget()
        self._before.setObjectName("left_from_before")
        self._before_box = column(self._before, spacing=0)
        self._before.hide()
        self.add(self._before)

    def face(self, record: Record, number: int) -> Face:
        who = self.named(record, "presenter")
        words = (Piece(record.title, "strong"), Piece(who, "small"), Piece(record.text("minutes"), "text"))
        return Face(record.id, (numbered(number), words))

    def refresh(self) -> None:
        super().refresh()
        self._show_before()

    def _show_before(self) -> None:
        desk = self.context.desk
        waiting: list[str] = []
        if self.meeting:
            with suppress(NotFound):
                waiting = meetings.open_before(desk, self.meeting)
        there = records.some(desk, "follow_up", waiting[:MOST_BEFORE])
        found = [there[id_] for id_ in waiting[:MOST_BEFORE]]
        now = (len(waiting), *(f"{f.id}{f.values}" for f in found))
        if now == self._shown_before:
            return
        self._shown_before = now
        clear_out(self._before_box)
        self._before.setVisible(bool(found))
        if found:
            words = _("Still open from earlier meetings")
            self._before_box.addWidget(Text(f"{words} ({digits.count(len(waiting))})", "small"))
        for follow_up in found:
            self._before_box.addWidget(FollowUpTick(self.context, follow_up))
        if len(waiting) > len(found):
            more = _("{count} more stand on the home page.").format(count=digits.count(len(waiting) - len(found)))
            self._before_box.addWidget(Text(more, "small"))


class PresentationSection(UnderPoints):
    kind = "presentation"
    draft_fields = (("agenda_item", 0), ("title", 3), ("presenter", 2))
    form_lines = ((("title", 3), ("presenter", 2)), (("agenda_item", 1),), (("summary", 1),))
    slots = (Slot(36), Slot(share=1))

    def heading(self) -> str:
        return _("Presentations")

    def face(self, record: Record, number: int) -> Face:
        who = self.named(record, "presenter")
        under = Piece(one_line(self.point(record), who), "small")
        words = (Piece(record.title, "strong"), under, Piece(record.text("summary"), "text"))
        return Face(record.id, (numbered(number), words))


class InputSection(UnderPoints):
    """Who said what under which point, what became of it, and which part of the plan it is about."""

    kind = "input"
    draft_fields = (("agenda_item", 0), ("person", 2), ("text", 4))
    form_lines = (
        (("text", 1),),
        (("agenda_item", 1),),
        (("person", 1), ("body", 1)),
        (("disposition", 1), ("reason", 2)),
        (("about", 1), ("became", 1)),
    )

    def heading(self) -> str:
        return _("Inputs and remarks")

    def own_defaults(self) -> dict[str, Value]:
        return {"disposition": "open"}

    def face(self, record: Record, number: int) -> Face:
        links = tuple(
            Piece(f"{record.kind.field(field).label}៖ {self.named(record, field)}", "small")
            for field in ("about", "became")
            if record[field]
        )
        who = Piece(one_line(self.point(record), self.named(record, "person"), self.named(record, "body")), "small")
        words = (who, Piece(record.text("text") or "—"), *links)
        tone = DISPOSITION_TONES.get(record.text("disposition"), "neutral")
        said = (Piece(record.label("disposition"), tone), Piece(record.text("reason"), "small"))
        return Face(record.id, (numbered(number), words, said))


class FollowUpSection(PartSection):
    """What was decided, who does it, and by when."""

    kind = "follow_up"
    draft_fields = (("text", 5), ("responsible", 4), ("due", 3))
    form_lines = (
        (("text", 1),),
        (("sort", 3), ("responsible", 4), ("due", 3)),
        (("state", 3), ("done_on", 3), ("about", 4)),
        (("result", 1),),
    )

    def __init__(self, context: Context, ensure: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(context, ensure, parent)
        self._open_count = Chip("", "warning", name="follow_ups_open")
        self.head.add_chip(self._open_count)
        self.head.add_action(
            Button(_("All follow-ups"), kind="link", name="follow_ups_home", run=lambda: context.go("home"))
        )

    def heading(self) -> str:
        return _("Decisions and follow-ups")

    def short(self) -> str:
        return _("Decisions")

    def own_defaults(self) -> dict[str, Value]:
        return {"sort": "decision", "state": "open"}

    def refresh(self) -> None:
        super().refresh()
        waiting = sum((f.text("state") or "open") in meetings.OPEN for f in self._listed)
        self._open_count.setText(_("{count} open").format(count=digits.count(waiting)))
        self._open_count.setVisible(bool(waiting))

    def face(self, record: Record, number: int) -> Face:
        who = self.named(record, "responsible")
        words = (
            Piece(record.text("text") or "—"),
            Piece(one_line(record.label("sort"), who, self.named(record, "about")), "small"),
            Piece(record.text("result"), "small"),
        )
        return Face(record.id, (numbered(number), words, (due_chip(record, date.today()),)))
