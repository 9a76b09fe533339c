"""Who is at the meeting: one line to add people by, a table to tick them in, and the counts as officials write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCursor, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QWidget

from cpdesk.errors import NotFound
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits, names
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.kinds import Choice, Ref, Value
from cpdesk.records import kind as kind_of
from cpdesk.tasks import Record, meetings, records
from cpdesk.tasks.meetings import Attendee
from ui import icons, tokens
from ui.context import Context
from ui.dialogs.preview import Paper, show_preview
from ui.forms.sources import source
from ui.lists.rows import Face, Piece, RowHead, Slot
from ui.pages.meeting_parts.row_forms import ENTER, RowForm
from ui.pages.meeting_parts.section import PartSection
from ui.pages.meeting_parts.words import numbered, one_line, paper_title
from ui.widgets.buttons import Button
from ui.widgets.editors.reference import Picker, Source
from ui.widgets.surfaces import Chip, row
from ui.widgets.text import Text, literal

TONES = {"present": "good", "late": "warning", "apology": "neutral", "absent": "bad", "represented": "accent"}
GUEST_FIELDS = ("name", "title", "sex", "position", "body")


class AddLine(Picker):
    """Two letters of a name, then Enter: a person of the desk, or a guest of that name.

    `guest(name)` for who is not on the desk; `passed` when Enter, and `raised` when Up was pressed in it while empty.
    """

    guest = Signal(str)
    passed = Signal()
    raised = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not self._popup.isVisible():
            name = without_zwsp(self.text()).strip()
            if not name:
                self.passed.emit()
            elif not self.take_first():
                self.guest.emit(name)
            return
        if event.key() == Qt.Key.Key_Up and not self.text():
            self.raised.emit()
            return
        super().keyPressEvent(event)


class AttendanceSection(PartSection):
    """Rows are people in the order of the list. 1 to 5 and Space set who came; Enter opens the row."""

    kind = "attendance"
    form_lines = (
        (("name", 3), ("title", 2), ("sex", 2)),
        (("position", 1), ("body", 1)),
        (("status", 2), ("arrived", 1), ("represents", 2), ("invited", 2)),
    )

    def __init__(self, context: Context, ensure: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(context, ensure, parent)
        self.counts = Chip("", "accent", name="attendance_counts")
        self.quorum = Chip("", "good", name="attendance_quorum")
        self.head.add_chip(self.counts)
        self.head.add_chip(self.quorum)
        self.head.add_action(
            Button(_("Attendance sheet"), kind="link", icon="printer", name="attendance_sheet", run=self.print)
        )
        keys = _("On a row: 1 present · 2 late · 3 apology · 4 absent · 5 represented · Enter opens")
        self._keys = Text(keys, "small")
        self.add(self._keys)
        self.rows.on_key = self._key
        self.rows.on_chip = self._chip
        self._people: dict[str, Attendee] = {}

    def heading(self) -> str:
        return _("Participants")

    def column_slots(self) -> Sequence[Slot]:
        return (
            Slot(44, title=_("No.")),
            Slot(share=5, title=_("Name")),
            Slot(72, title=_("Sex")),
            Slot(share=6, title=_("Position · body")),
            Slot(134, title=_("Came")),
        )

    def add_before_rows(self) -> None:
        frame = QFrame(self)
        frame.setProperty("role", "tile")
        across = row(frame, spacing=tokens.S)
        across.setContentsMargins(10, 6, 10, 6)
        picture = QLabel()
        picture.setPixmap(icons.pixmap("user-plus", "accent"))
        across.addWidget(picture)
        people = source(self.context, Ref(("person",)))
        found = Source(people.search, people.title, create=self._create_guest)
        self.line = AddLine(found)
        self.line.guest.connect(self.add_guest)
        self.line.passed.connect(self.passed)
        self.line.raised.connect(lambda: self.rows.focus_row(-1))
        self.line.setObjectName("attendance_add")
        self.line.setAccessibleName(_("Add a person to the list"))
        self.line.setPlaceholderText(_("Two letters of a name, then Enter"))
        self.line.picked.connect(self.add_person)
        across.addWidget(self.line, 1)
        self._invite = Button(_("Invite the committee"), kind="link", icon="users", name="invite", run=self.invite)
        across.addWidget(self._invite)
        self.add(frame)
        self._table_head = RowHead(self.column_slots())
        self.add(self._table_head)

    def begin(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # showing

    def refresh(self) -> None:
        desk = self.context.desk
        people = meetings.attendees(desk, self.meeting) if self.meeting else []
        self._people = {person.record.id: person for person in people}
        super().refresh()
        self._table_head.setVisible(bool(people))
        self._keys.setVisible(bool(people))
        counts = meetings.counts_of(people)
        self.counts.setText(meetings.counts_line(counts))
        self.counts.setVisible(bool(people))
        self._show_quorum()
        organiser = self._organiser()
        self._invite.setVisible(organiser is not None)

    def _show_quorum(self) -> None:
        found = meetings.quorum(self.context.desk, self.meeting) if self.meeting and self._people else None
        self.quorum.setVisible(found is not None)
        if found is not None:
            numbers = {"present": digits.count(found.present), "members": digits.count(found.members)}
            words = _("Quorum {present}/{members}") if found.reached else _("No quorum yet {present}/{members}")
            self.quorum.setText(words.format(**numbers))
            self.quorum.set_tone("good" if found.reached else "warning")

    def face(self, record: Record, number: int) -> Face:
        person = self._people[record.id]
        status = Piece(record.label("status"), TONES.get(record.text("status"), "neutral"))
        if record["status"] == "late" and record["arrived"]:
            status = Piece(f"{status.text} {record.label('arrived')}", status.role)
        if not status.text:
            status = Piece(_("invited") if record["invited"] else "—", "neutral")
        standing_for = records.show(self.context.desk, record, "represents") if record["represents"] else ""
        extra = Piece(_("for {name}").format(name=standing_for) if standing_for else "", "small")
        name = Piece(one_line(" ".join(part for part in (person.title, person.name) if part)))
        sex = kind_of("attendance").field("sex").type.show(person.sex or None)
        where = one_line(person.position, person.body)
        return Face(record.id, (numbered(number), (name, extra), (Piece(sex),), (Piece(where),), (status,)))

    def suit(self, form: RowForm, record: Record) -> None:
        form.show_fields(GUEST_FIELDS, record["person"] is None)

    def first_field(self, id_: str) -> str:
        return "status" if records.get(self.context.desk, id_)["person"] else "name"

    # adding

    def add_person(self, person: str) -> None:
        """Put a person of the desk on the list as present; who is on it already is ticked."""
        self.line.clear()
        listed = next((r for r in self._listed if r["person"] == person), None)
        if listed is not None:
            self.set_status(listed.id, "present")
            return
        self._add({"person": person})

    def add_guest(self, name: str) -> None:
        """Put somebody on the list whom the desk does not know."""
        self.line.clear()
        parts = names.said(name)
        self._add({"name": parts.name, "title": parts.title, "sex": parts.sex})

    def _create_guest(self, name: str) -> None:
        self.add_guest(name)

    def _add(self, values: dict[str, Value]) -> None:
        self.context.undo.save("attendance", {**self.defaults(), "status": "present", **values})
        self.refresh()
        self.context.touched("attendance")

    def invite(self) -> None:
        """Put all standing members of the organising committee on the list."""
        organiser = self._organiser()
        if organiser is None:
            return
        meeting = self.ensure()
        with self.context.undo.parts("attendance", meeting, _("invite the committee")):
            new = meetings.invite_committee(self.context.desk, meeting, organiser)
        self.refresh()
        self.context.touched("attendance")
        words = ngettext("{count} member invited", "{count} members invited", new)
        self.context.say(words.format(count=digits.count(new)), "good" if new else "accent")

    def _organiser(self) -> str | None:
        """The organising body, where it has members to invite."""
        if not self.meeting:
            return None
        body = records.get(self.context.desk, self.meeting)["organiser"]
        if not isinstance(body, str):
            return None
        return body if records.count(self.context.desk, "membership", {"body": body}) else None

    # ticking

    def set_status(self, id_: str, status: str) -> None:
        """Say how somebody came; who comes late during the meeting gets the time of now."""
        values: dict[str, Value] = {"status": status}
        record = records.get(self.context.desk, id_)
        if status == "late" and not record["arrived"] and self._is_now(record):
            values["arrived"] = datetime.now().strftime("%H:%M")
        self.context.undo.save("attendance", values, id_)
        self.refresh()
        self.context.touched("attendance")

    def _is_now(self, record: Record) -> bool:
        try:
            day = records.get(self.context.desk, record.text("meeting")).text("date")
        except NotFound:
            return False
        return day == datetime.now().date().isoformat()

    def _key(self, id_: str, event: QKeyEvent) -> bool:
        options = _options()
        pressed = digits.to_ascii(event.text())
        if pressed in ("1", "2", "3", "4", "5"):
            self.set_status(id_, options[int(pressed) - 1][0])
            return True
        if event.key() == Qt.Key.Key_Space:
            here = records.get(self.context.desk, id_)["status"] == "present"
            self.set_status(id_, "absent" if here else "present")
            return True
        return False

    def _chip(self, id_: str) -> bool:
        menu = QMenu(self)
        menu.setObjectName("status_menu")
        for key, word in _options():
            action = QAction(literal(word), menu)
            action.triggered.connect(lambda _on=False, key=key: self.set_status(id_, key))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())
        return True

    # paper

    def print(self) -> None:
        """The list as paper: filled where people are on it, else blank lines to sign."""
        meeting = self.ensure()
        form = "attendance" if self._people else "attendance_blank"
        title = paper_title(_("Attendance sheet"), records.get(self.context.desk, meeting))
        show_preview(self.context, Paper(form, meeting, title=title), self)


def _options() -> list[tuple[str, str]]:
    type_ = kind_of("attendance").field("status").type
    assert isinstance(type_, Choice)
    return [(option.key, option.label) for option in type_.options]
