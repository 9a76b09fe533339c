"""Beside the list: the form of a person or a body, where they sit, what they said and have to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.khmer import names
from cpdesk.tasks import records
from cpdesk.tasks.purposes import may_see, purpose
from ui import tokens
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.lists.printing import print_record
from ui.pages.people_links import Links
from ui.pages.people_members import Members
from ui.pages.plan_side import clear
from ui.widgets.buttons import IconButton, Segments
from ui.widgets.editors.masked import MaskedEditor
from ui.widgets.surfaces import Card, column, row, scrolling
from ui.widgets.text import Text

WIDTH = 388
NARROW_WIDTH = 320
_LINES: dict[str, tuple[tuple[tuple[str, int], ...], ...]] = {
    "person": (
        (("title", 2), ("name_km", 3)),
        (("name_latin", 3), ("sex", 2)),
        (("position", 1),),
        (("body", 1),),
    ),
    "body": (
        (("name_km", 1),),
        (("name_en", 1),),
        (("short", 1), ("sort", 1)),
        (("place", 1),),
        (("parent", 1),),
    ),
}


class PersonForm(RecordForm):
    """Somebody is written as they are said, "លោកជំទាវ ហ៊ុន កុសនី": title and sex go into their own fields. A title that
    stands there already is not replaced, and a name that nobody typed in is left alone."""

    _typed = False  # in the name, since it was last taken apart

    def _edited(self, name: str) -> None:
        self._typed = self._typed or name == "name_km"
        super()._edited(name)

    def _finished(self, name: str) -> None:
        if name == "name_km" and self._typed:
            self._typed = False
            self._take_apart()
        super()._finished(name)

    def _take_apart(self) -> None:
        typed = self.editors["name_km"].value()
        parts = names.said(typed) if isinstance(typed, str) else None
        if parts is None or parts.title is None or self.editors["title"].value() not in (None, parts.title):
            return
        apart = {"name_km": parts.name, "title": parts.title, "sex": self.editors["sex"].value() or parts.sex}
        for field, value in apart.items():
            self.editors[field].set_value(value)
            self._dirty.add(field)


class PeopleSide(Card):
    """One person or one body. `created(id)` follows the first words of a new one."""

    created = Signal(str)

    def __init__(self, context: Context, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(f"side_{kind}", margin=0, parent=parent)
        self.context = context
        self.kind = kind
        self.record: str | None = None
        self.setFixedWidth(WIDTH)
        inner = QWidget()
        box = column(inner, spacing=tokens.L, margin=16)
        head = row(spacing=tokens.S)
        self.title = Text("", "title", name=f"{kind}_title")
        head.addWidget(self.title, 1)
        self.print_button = IconButton("printer", _("Print this sheet"), name=f"print_{kind}", run=self._print)
        data = _("What the office has on this person…")
        self.data_button = IconButton("shield", data, name="person_data", run=self.show_data)
        for button in (self.data_button, self.print_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        top = column(spacing=2)
        top.addLayout(head)
        self.kept_as = Text("", "small", name="person_kept_as")
        top.addWidget(self.kept_as)
        box.addLayout(top)
        seat = _("Members") if kind == "body" else _("Sits in")
        self.parts = Segments((("facts", _("Facts")), ("links", _("Thread")), ("members", seat)), name=f"{kind}_parts")
        self.parts.chosen.connect(self.show_part)
        box.addWidget(self.parts)
        self.form = PersonForm(context, kind) if kind == "person" else RecordForm(context, kind)
        for line in _LINES[kind]:
            self.form.line(*line)
        self.phone: MaskedEditor | None = None
        if kind == "person":
            self._add_phone()
        box.addWidget(self.form)
        self.members = Members(context, kind)
        box.addWidget(self.members)
        self.links = Links(context)
        box.addWidget(self.links)
        box.addStretch(1)
        area = scrolling(inner, f"scroll_{kind}")
        clear(area)
        self.body.addWidget(area)
        self.form.created.connect(self._created)

    def _add_phone(self) -> None:
        field = self.form.kind.field("phone")
        self.phone = MaskedEditor("phone", field.label, type_=field.type, may_show=may_see(self.context.desk))
        self.form.add_editor("phone", self.phone)
        holder = QWidget()
        box = column(holder, spacing=2)
        box.addWidget(Text(field.label, "label"))
        box.addWidget(self.phone)
        box.addWidget(Text(field.help, "small"))
        layout = self.form.layout()
        assert layout is not None
        layout.addWidget(holder)
        self.form.line(("purpose_noted", 1))
        self.form.line(("purpose", 3), ("purpose_since", 2))

    def show_data(self) -> None:
        """All that is kept of the person in sight."""
        if self.record is not None and self.kind == "person":
            from ui.dialogs.personal import PersonalData

            self.leave()
            self.shown = PersonalData(self.context, self.record, self)
            self.shown.open()

    def show_record(self, id_: str | None) -> None:
        """Show that record, or a blank form for a new one."""
        if self.phone is not None and id_ != self.record:
            self.phone.cover()
        other = id_ != self.record or id_ is None
        self.record = id_
        if other:
            self.form.open(id_)
        else:
            self.form.refresh()
        self.data_button.setVisible(self.kind == "person" and id_ is not None)
        self.kept_as.setVisible(self.kind == "person" and id_ is not None)
        if self.kind == "person" and id_ is not None:
            told = purpose(self.context.desk, records.get(self.context.desk, id_))
            self.kept_as.setText(_("Kept as: {purpose}").format(purpose=told.words()))
        self.parts.setVisible(id_ is not None)
        self.print_button.setVisible(id_ is not None)
        self.title.setText(records.title(self.context.desk, id_) if id_ else self._new_title())
        self.show_part(self.parts.current() if id_ is not None else "facts")
        if id_ is not None:
            self.members.show_of(id_)

    def show_part(self, part: str) -> None:
        """`facts`, `links` or `members`."""
        self.parts.set_current(part)
        self.form.setVisible(part == "facts")
        self.links.setVisible(part == "links")
        if part == "links" and self.record is not None:
            self.links.show_links(self.record)
        self.members.setVisible(part == "members")

    def begin(self, part: str = "facts") -> None:
        """Show that part, and put the hands in it."""
        self.show_part(part)
        if part == "facts":
            self.form.editors["name_km"].focus()
        elif part == "members":
            self.members.picker.setFocus()
        else:
            self.parts.setFocus()

    def leave(self) -> None:
        self.form.flush()
        self.members.flush()

    def _print(self) -> None:
        if self.record is not None:
            self.leave()
            print_record(self.context, self.record, self)

    def _new_title(self) -> str:
        return _("New person") if self.kind == "person" else _("New body")

    def _created(self, id_: str) -> None:
        self.record = id_
        self.created.emit(id_)
