"""One meeting on one page, in the order of a real meeting, saved as it is typed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.kinds import Value
from cpdesk.tasks import records
from cpdesk.tasks.papers.titles import title as form_title
from ui import theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.dialogs.meeting_papers import MeetingPapers
from ui.dialogs.preview import Paper, show_preview
from ui.forms.form import FieldBox
from ui.forms.record_form import RecordForm
from ui.navigation import Crumb, Location, Page
from ui.pages.meeting_parts.attendance import AttendanceSection
from ui.pages.meeting_parts.paper import PagePreview
from ui.pages.meeting_parts.rail import Rail
from ui.pages.meeting_parts.section import PartSection
from ui.pages.meeting_parts.sections import AgendaSection, FollowUpSection, InputSection, PresentationSection
from ui.pages.meeting_parts.words import paper_title
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button
from ui.widgets.evidence import EvidenceBox
from ui.widgets.surfaces import Card, SectionHeader, column, row, scrolling
from ui.widgets.tips import tip

WIDE = 1200  # of the window: from here on the page of the minutes stands beside the form
ROOMY = 860  # below it, with large letters on a small screen, the form has all the room; keys and menu lead on
PARTS = ("agenda_item", "attendance", "presentation", "input", "follow_up")
FILES = "attachment"
PAPER = ("document", "letter")  # what a paper says beside the meeting: its own lines, its number


class MeetingPage(Page):
    """`open(None)` is a new meeting: it comes into being with its first value or its first row."""

    name: ClassVar[str] = "meeting"
    kinds: ClassVar[frozenset[str]] = frozenset({"meeting", *PARTS, "person", "body", "membership", FILES, *PAPER})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._changed: set[str] = set()
        self._all_changed = False
        context.changed.connect(self._note_changed)
        across = row(self, spacing=18)
        across.setContentsMargins(tokens.XL, 20, tokens.XL, 0)
        content = QWidget()  # parents before children: a widget that moves under another is styled anew with all in it
        self.area = scrolling(content, "scroll_meeting")
        self.area.setParent(self)
        self._build_form(content)
        across.addLayout(self._left_side())
        cards = column(content, spacing=tokens.L)
        cards.setContentsMargins(0, 0, 0, tokens.XL)
        for card in self._cards.values():
            cards.addWidget(card)
        self._tail = QWidget()  # lets the last part be scrolled to the top
        cards.addWidget(self._tail)
        cards.addStretch(1)  # room to spare is no part of a card
        across.addWidget(self.area, 1)
        self.paper = PagePreview(context, self.print_beside)
        beside = column(spacing=0)
        beside.setContentsMargins(0, 0, 0, 20)
        beside.addWidget(self.paper)
        across.addLayout(beside)
        self.area.verticalScrollBar().valueChanged.connect(lambda _at: self._follow())

    # building

    def _build_form(self, content: QWidget) -> None:
        facts = Card("part_facts", parent=content)
        self.form = RecordForm(self.context, "meeting", parent=facts)
        self.form.line(("subject", 1))
        self.form.line(("date", 4), ("start", 3), ("end", 3), ("state", 4))
        self.form.line(("sort", 4), ("number", 3), ("venue", 7))
        self.form.line(("chair", 1), ("secretary", 1))
        self.form.line(("organiser", 1), ("place", 1))
        self.form.line(("plan", 1), ("previous_minutes_adopted", 1))
        self.form.created.connect(self._created)
        self.form.saved.connect(lambda _names: self.paper.touch())
        facts.body.setSpacing(tokens.S)
        self._differences = Button("", kind="link", icon="scale", name="differences", run=self._settle)
        facts.body.addWidget(self._differences)
        facts.add(self.form)
        self.agenda = AgendaSection(self.context, self.ensure, content)
        self.people = AttendanceSection(self.context, self.ensure, content)
        self.presentations = PresentationSection(self.context, self.ensure, content)
        self.inputs = InputSection(self.context, self.ensure, content)
        self.follow_ups = FollowUpSection(self.context, self.ensure, content)
        self.sections: tuple[PartSection, ...] = (
            self.agenda, self.people, self.presentations, self.inputs, self.follow_ups,
        )  # fmt: skip
        words = Card("part_words", parent=content)
        words.body.setSpacing(tokens.S)
        words.add(SectionHeader(_("Opening and closing words")))
        for name in ("opening", "closing"):
            words.add(FieldBox(self.form.kind.field(name), self.form.add_editor(name)))
        files = Card(f"part_{FILES}", parent=content)
        files.body.setSpacing(tokens.S)
        files.setMinimumWidth(1)
        files.add(SectionHeader(_("Attached files")))
        self.files = EvidenceBox(self.context, self.ensure, name="meeting_files", parent=files)
        files.add(self.files)
        parts = {section.kind: section for section in self.sections}
        self._cards: dict[str, QWidget] = {"facts": facts, **parts, "words": words, FILES: files}
        for section, after in zip(self.sections, self.sections[1:], strict=False):
            section.passed.connect(lambda after=after: self._go_on(after))
        self.follow_ups.passed.connect(lambda: self._jump("words", focus=True))

    def _left_side(self) -> QVBoxLayout:
        words = {
            "facts": _("Facts"),
            **{section.kind: section.short() for section in self.sections},
            "words": _("Opening, closing"),
            FILES: _("Attached files"),
        }
        self.rail = Rail(list(words.items()))
        self.rail.chosen.connect(lambda key: self._jump(key, focus=True))
        side = column(spacing=tokens.L)
        side.addWidget(self.rail)
        self._print = Button(_("Print"), icon="printer", name="print_minutes", run=self.print_minutes)
        self._papers = Button(_("Papers…"), icon="file-text", name="meeting_papers", run=self.show_papers)
        self._papers.setToolTip(tip(_("Invitations, agenda, attendance sheets, minutes, report (Ctrl+Shift+P)")))
        self._live = Button(_("During the meeting"), icon="clock", name="meeting_live", run=self.go_live)
        self._live.setToolTip(_("Large type, for while people speak (Ctrl+Shift+M)"))
        side.addWidget(self._live)
        side.addWidget(self._print)
        side.addWidget(self._papers)
        side.addStretch(1)
        return side

    # what the window asks

    def title(self) -> str:
        if self.record is None:
            return _("New meeting")
        return records.get(self.context.desk, self.record).title

    def breadcrumb(self) -> list[Crumb]:
        return [Crumb(_("Meetings"), Location("meetings"))]

    def commands(self) -> list[Action]:
        saved = lambda: self.record is not None  # noqa: E731
        return [
            Action("new", _("New meeting"), lambda: self.context.go("meeting"), "plus"),
            Action("live", _("During the meeting"), self.go_live, "clock", shortcut="Ctrl+Shift+M"),
            Action("print", _("Print the minutes"), self.print_minutes, "printer", enabled=saved),
            Action("papers", _("Papers of the meeting…"), self.show_papers, "file-text", shortcut="Ctrl+Shift+P"),
            Action("print_people", _("Print the attendance sheet"), self.people.print, "printer", enabled=saved),
            Action(
                "print_phones",
                _("Print the attendance sheet with phone numbers…"),
                self.print_phones,
                "printer",
                enabled=saved,
            ),
            Action("attach", _("Attach files…"), self.attach, "paperclip"),
            Action("delete_meeting", _("Delete the meeting"), self._delete, "trash-2", enabled=saved),
            *(self._jump_action(n, section) for n, section in enumerate(self.sections, 1)),
            *undo_actions(self.context),
        ]

    def _jump_action(self, number: int, section: PartSection) -> Action:
        words = _("To part {number}: {name}").format(number=digits.count(number), name=section.heading())
        run = lambda: self._go_on(section)  # noqa: E731
        return Action(f"jump_{number}", words, run, shortcut=f"Alt+{number}", menu=False)

    def open(self, record: str | None) -> None:
        self.leave()
        self.record = record
        self.form.open(record, None if record else {"date": date.today().isoformat(), "state": "planned"})
        for section in self.sections:
            section.open(record)
        self.files.show_record(record)
        self.area.verticalScrollBar().setValue(0)
        self._show_facts()
        self._show_paper()
        self._changed.clear()
        self._all_changed = False

    def refresh(self) -> None:
        changed = set(self._changed)
        everything = self._all_changed or not changed or bool(changed - {"meeting", *PARTS, FILES, *PAPER})
        self._changed.clear()
        self._all_changed = False
        if self.record is not None and records.get(self.context.desk, self.record).deleted:
            self.context.go("meetings")
            return
        self.form.refresh()
        for section in self.sections:
            if everything or section.kind in changed or (section.kind == "attendance" and "meeting" in changed):
                section.refresh()
        if everything or FILES in changed:
            self.files.refresh()
        self._show_facts()
        self.paper.touch()

    def leave(self) -> None:
        self.form.flush()
        for section in self.sections:
            section.flush()
        self.files.flush()

    def begin(self) -> None:
        if self.record is None:
            self.form.editors["subject"].focus()
        self._follow()

    def state(self) -> dict[str, object]:
        return {"scroll": self.area.verticalScrollBar().value()}

    def restore(self, state: dict[str, object]) -> None:
        part, at = state.get("part"), state.get("scroll")
        bar = self.area.verticalScrollBar()
        if isinstance(part, str) and part in self._cards:
            QTimer.singleShot(0, self, lambda: self._stand(part, state.get("focus")))
        elif isinstance(at, int) and at:
            QTimer.singleShot(0, bar, lambda: bar.setValue(at))

    def _stand(self, part: str, row: object) -> None:
        """On a row of a part, else at its head."""
        self._jump(part)
        if isinstance(row, str):
            from ui.pages.spots import stand_on  # it knows sheets too, which are no part of this page

            stand_on(self, row)

    # the meeting itself

    def ensure(self) -> str:
        """The id of the meeting, which comes into being now if it was new."""
        self.form.flush()
        if self.form.record is None:
            values: dict[str, Value] = {"date": date.today().isoformat(), "state": "planned"}
            made = self.context.undo.save("meeting", values)
            self.form.open(made.id)
            self._created(made.id)
        assert self.form.record is not None
        return self.form.record

    def _created(self, id_: str) -> None:
        self.record = id_
        for section in self.sections:
            section.meeting = id_
        self.files.record = id_
        self.agenda.refresh()
        self._show_paper()
        self.retitled.emit()
        self.became.emit(id_)

    def _delete(self) -> None:
        if self.record is None:
            return
        self.leave()
        self.context.undo.delete(self.record)
        self.context.touched("meeting", *PARTS)
        self.context.say(_("Deleted. Ctrl+Z brings it back."))
        self.context.go("meetings")

    def _settle(self) -> None:
        self.context.go("exchange")

    def _show_facts(self) -> None:
        waiting = records.get(self.context.desk, self.record).differences if self.record else 0
        self._differences.setVisible(bool(waiting))
        self._differences.set_text(
            ngettext("{count} difference waits for a decision", "{count} differences wait for a decision", waiting)
            .format(count=digits.count(waiting))
        )  # fmt: skip

    def _note_changed(self, kinds: frozenset[str]) -> None:
        self._changed |= kinds
        self._all_changed = self._all_changed or not kinds

    def go_live(self) -> None:
        """The view for the time during which people speak."""
        self.leave()
        self.context.go("live", self.ensure())

    # paper

    def print_minutes(self) -> None:
        """The minutes in the preview."""
        self.leave()
        meeting = self.ensure()
        title = paper_title(_("Minutes"), records.get(self.context.desk, meeting))
        show_preview(self.context, Paper("minutes", meeting, title=title), self)

    def print_phones(self) -> None:
        """The attendance sheet with whole numbers, where somebody says what for."""
        from ui.dialogs.personal_phones import PhonePurpose

        if self.record is not None:
            self.leave()
            self.asked = PhonePurpose(self.context, Paper("attendance", self.record), self)
            self.asked.open()

    def show_papers(self) -> None:
        """All papers of the meeting, one by one or together."""
        self.leave()
        MeetingPapers(self.context, self.ensure(), self).open()

    def print_beside(self) -> None:
        """What stands beside the form, in the preview."""
        self.leave()
        meeting, form = self.ensure(), self.paper.form()
        name = paper_title(form_title(form), records.get(self.context.desk, meeting))
        show_preview(self.context, Paper(form, meeting, title=name), self)

    def _show_paper(self) -> None:
        self.paper.show_meeting(self.record)

    # moving

    def _jump(self, key: str, *, focus: bool = False) -> None:
        card = self._cards[key]
        self.area.verticalScrollBar().setValue(card.y())
        self.rail.set_current(key)
        if not focus:
            return
        if isinstance(card, PartSection):
            card.begin()
        elif key == FILES:
            self.files.begin()
        else:
            self.form.editors["subject" if key == "facts" else "opening"].focus()

    def attach(self) -> None:
        """Choose files for the meeting: signed sheets, photos."""
        self._jump(FILES)
        self.files.choose()

    def _go_on(self, section: PartSection) -> None:
        self._jump(section.kind, focus=True)

    def _follow(self) -> None:
        """Mark the part in sight; before the first layout all lie at the top, and that is the first."""
        bar = self.area.verticalScrollBar()
        top = bar.value() + 60
        here = [key for key, card in self._cards.items() if card.y() <= top]
        self.rail.set_current(here[-1] if here and bar.value() else "facts")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.window().width() >= theme.scaled(WIDE)
        self.paper.setVisible(wide)
        roomy = self.window().width() >= theme.scaled(ROOMY)
        self._print.setVisible(roomy and not wide)
        self._papers.setVisible(roomy)
        self.rail.setVisible(roomy)
        self._tail.setFixedHeight(max(0, self.height() - theme.scaled(260)))
