"""What the office has on a person: shown to them, printed for them, put right, and removed when they ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cpdesk import records as kinds
from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.khmer import dates, digits
from cpdesk.tasks import records
from ui import messages, tokens
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.dialogs.preview import Paper, show_preview
from ui.forms.record_form import RecordForm
from ui.pages.exchange_words import office_name
from ui.pages.places import ICONS, place
from ui.pages.plan_side import clear
from ui.pages.plan_thread import Step
from ui.widgets.surfaces import Card, SectionHeader, column, row, scrolling
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks.personal import About, Place

MOST = 12  # places of one sort; all of them stand on paper
WIDE, HIGH, LEAST = 760, 680, 110  # pixels; of what is scrolled, with large letters on a small screen


class PersonalData(Dialog):
    """Looked up in the worker: nothing but the whole desk can tell where somebody is named."""

    def __init__(self, context: Context, person: str, parent: QWidget | None) -> None:
        record = records.get(context.desk, person)
        title = _("What the office has on {name}").format(name=records.named(context.desk, record))
        super().__init__(parent, title, name="personal_data", icon="shield")
        self.context, self.person = context, person
        self.setMaximumWidth(WIDE + 100)
        self.purpose = Text("", "strong", name="personal_purpose")
        self.body.addWidget(self.purpose)
        inner = QWidget()
        self._box = column(inner, spacing=tokens.M)
        self._box.setContentsMargins(0, 0, tokens.M, 0)
        self._found = column(spacing=tokens.M)
        self._box.addLayout(self._found)
        self.looking = Text(_("Looking through the whole desk…"), "muted", name="personal_looking")
        self._found.addWidget(self.looking)
        self._add_objection()
        self._box.addStretch(1)
        area = scrolling(inner, "personal_scroll")
        clear(area)
        self.body.addWidget(area, 1)
        self.let_body_grow()
        self.add_button(_("Remove on request…"), self.remove, kind="danger", name="personal_remove", icon="user-x")
        self.add_button(_("Put right…"), self.correct, name="personal_correct", icon="pencil")
        self.add_button(_("Print for the person"), self.print_copy, name="personal_print", icon="printer")
        self.add_button(_("Close"), self.accept, kind="primary", name="personal_close")
        room = parent.window().size() if parent is not None else QSize(WIDE, HIGH)
        area.setMinimumHeight(LEAST)
        self.tall = min(HIGH, room.height() - 60)
        self.resize(min(WIDE, room.width() - 60), self.tall)
        self._look()

    def _add_objection(self) -> None:
        """What the person says of it, kept as it is typed."""
        field = kinds.kind("person").field("objection")
        self._box.addWidget(SectionHeader(field.label))
        self.form = RecordForm(self.context, "person")
        self.form.line(("objection", 1))
        self.form.open(self.person)
        self._box.addWidget(self.form)

    # what there is

    def _look(self) -> None:
        from cpdesk.tasks import personal

        self.context.jobs.run(
            lambda desk, _progress: personal.about(desk, self.person), done=self._show, failed=self._failed
        )

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        messages.show(self if isValid(self) else None, error)

    def _show(self, found: About) -> None:
        if not isValid(self):
            return
        self.looking.hide()
        self.purpose.setText(_("Kept as: {purpose}").format(purpose=found.purpose.words()))
        facts = Card("personal_facts", role="tile", margin=12)
        facts.body.setSpacing(tokens.XS)
        for _name, label, value in found.facts:
            facts.add(_pair(label, value))
        self._found.addWidget(facts)
        self._add_places(found)
        self._found.addWidget(SectionHeader(_("Who wrote it")))
        for hand in found.hands:
            days = " – ".join(dict.fromkeys((dates.short(hand.began.date()), dates.short(hand.ended.date()))))
            self._found.addWidget(Text(f"{hand.who} · {office_name(hand.office)} · {days}"))
        self._found.addWidget(SectionHeader(_("Who else has it")))
        for holder in found.holders:
            words = _("{office} has it.") if holder.sure else _("It was sent to {office}.")
            self._found.addWidget(Text(words.format(office=holder.name)))
        if not found.holders:
            self._found.addWidget(Text(_("No other office was sent this record."), "small"))

    def _add_places(self, found: About) -> None:
        if not found.places:
            self._found.addWidget(Text(_("They are named nowhere else on this desk."), "small"))
        for sort in found.sorts:
            those = found.of(sort)
            title = kinds.KINDS[sort].label if sort in kinds.KINDS else _("Texts that mention the name")
            self._found.addWidget(SectionHeader(f"{title} · {digits.count(len(those))}"))
            for one in those[:MOST]:
                self._found.addWidget(self._step(one))
            if len(those) > MOST:
                words = _("and {count} more, which stand on the printed copy")
                self._found.addWidget(Text(words.format(count=digits.count(len(those) - MOST)), "small"))

    def _step(self, one: Place) -> Step:
        label = _("written by {name}, {day}").format(name=one.by, day=dates.short(one.at.date()))
        words = " · ".join(filter(None, (one.title, one.words)))
        links = (("show", _("Show"), lambda: self.go(one.id)),)
        return Step(ICONS.get(one.kind, "file-text"), label, words, links=links, name=f"personal_{one.id}")

    # what is done with it

    def go(self, record: str) -> None:
        """To where that record is shown."""
        where = place(self.context.desk, records.get(self.context.desk, record))
        if where is not None:
            self.accept()
            self.context.wanted.emit(where)

    def correct(self) -> None:
        """To the person's own fields, where what is wrong is written right."""
        self.accept()
        self.context.go("people", self.person, part="facts")

    def print_copy(self) -> None:
        self.form.flush()
        show_preview(self.context, Paper("personal_data", self.person), self)

    def remove(self) -> None:
        from ui.dialogs.personal_remove import RemovePerson

        self.form.flush()
        self.asked = RemovePerson(self.context, (self.person,), self)
        self.asked.removed.connect(lambda _ids: self.accept())
        self.asked.open()

    def done(self, result: int) -> None:
        self.form.flush()
        super().done(result)


def _pair(label: str, value: str) -> QWidget:
    holder = QWidget()
    across = row(holder, spacing=tokens.M)
    head = Text(label, "small")
    across.addWidget(head, 2)
    across.addWidget(Text(value, selectable=True), 3)
    return holder
