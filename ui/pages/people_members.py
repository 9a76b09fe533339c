"""Who sits in a body, as what, since when; and where a person sits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cpdesk import records as kinds
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import Choice, Ref
from cpdesk.tasks import records
from ui import messages, tokens
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.forms.sources import source
from ui.widgets.buttons import IconButton
from ui.widgets.editors.reference import Picker
from ui.widgets.surfaces import Divider, SectionHeader, clear_out, column, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks import Record


class MemberRow(QWidget):
    """One membership: who (or where), role and days; a form with the three opens below."""

    def __init__(self, context: Context, membership: Record, names: str) -> None:
        super().__init__()
        self.setObjectName(f"member_{membership.id}")
        self.context = context
        self.membership = membership
        self._form: RecordForm | None = None
        self._box = column(self, spacing=tokens.XS)
        across = row(spacing=tokens.XS)
        words = column(spacing=0)
        other = membership.text(names)
        name = records.title(context.desk, other)
        words.addWidget(Text(name))
        words.addWidget(Text(_facts(membership), "small"))
        across.addLayout(words, 1)
        go_on = _("Show {name}").format(name=name)
        across.addWidget(IconButton("arrow-right", go_on, name="member_open", run=lambda: context.go("people", other)))
        across.addWidget(IconButton("pencil", _("Change role and days"), name="member_edit", run=self.toggle))
        across.addWidget(IconButton("x", _("Take from the list"), name="member_remove", run=self.remove))
        self._box.addLayout(across)

    def toggle(self) -> None:
        """Open or close the form."""
        if self._form is None:
            self._form = RecordForm(self.context, "membership")
            self._form.line(("role", 1))
            self._form.line(("from", 1), ("until", 1))
            self._form.open(self.membership.id)
            self._box.addWidget(self._form)
            self._form.editors["role"].focus()
        else:
            self._form.flush()
            self._form.setVisible(self._form.isHidden())

    def is_open(self) -> bool:
        return self._form is not None and not self._form.isHidden()

    def flush(self) -> None:
        if self._form is not None:
            self._form.flush()

    def remove(self) -> None:
        with messages.shown(self.window()):
            self.context.undo.delete(self.membership.id)
            self.context.touched("membership")
            self.context.say(_("Taken from the list. Ctrl+Z brings it back."))


class Members(QWidget):
    """The list for a body (with a line to add people by two letters) or for a person (read)."""

    def __init__(self, context: Context, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("members")
        self.context = context
        self.kind = kind
        self._id: str | None = None
        box = column(self, spacing=tokens.S)
        self.head = SectionHeader(_("Members") if kind == "body" else _("Sits in"), name="members_head")
        box.addWidget(self.head)
        self._rows_box = column(spacing=tokens.XS)
        box.addLayout(self._rows_box)
        self.rows: list[MemberRow] = []
        self.picker = Picker(source(context, Ref(("person",) if kind == "body" else ("body",))))
        self.picker.setObjectName("member_add")
        hint = _("Type two letters of a name to add a member") if kind == "body" else _("Type two letters of a body")
        self.picker.setPlaceholderText(hint)
        self.picker.setAccessibleName(hint)
        self.picker.picked.connect(self.add)
        box.addWidget(self.picker)

    def show_of(self, id_: str) -> None:
        """List the memberships of that body or person. An open form stays open."""
        open_ = {r.membership.id for r in self.rows if r.is_open()} if id_ == self._id else set()
        self._id = id_
        self.flush()
        clear_out(self._rows_box)
        self.rows = []
        found = sorted(records.find(self.context.desk, "membership", {self.kind: id_}), key=_rank)
        title = _("Members") if self.kind == "body" else _("Sits in")
        self.head.title.setText(f"{title} · {digits.count(len(found))}" if found else title)
        self.head.setVisible(bool(found))
        for membership in found:
            line = MemberRow(self.context, membership, "person" if self.kind == "body" else "body")
            if self.rows:
                self._rows_box.addWidget(Divider())
            self._rows_box.addWidget(line)
            self.rows.append(line)
            if membership.id in open_:
                line.toggle()

    def flush(self) -> None:
        for line in self.rows:
            line.flush()

    def add(self, other: str) -> None:
        """Make the picked one a member from today on, unless they stand on the list."""
        self.picker.clear()
        if self._id is None:
            return
        ends = {self.kind: self._id, ("person" if self.kind == "body" else "body"): other}
        there = [m for m in records.find(self.context.desk, "membership", ends) if not m["until"]]
        if there:
            self.context.say(_("{name} is on the list already.").format(name=records.title(self.context.desk, other)))
            return
        with messages.shown(self.window()):
            values = {**ends, "role": "member", "from": date.today().isoformat()}
            self.context.undo.save("membership", values)
            self.context.touched("membership", "person", "body")


def _facts(membership: Record) -> str:
    """Role and days: "Chair · from 15/01/2021"."""
    parts = [membership.label("role")]
    if membership["from"] and membership["until"]:
        parts.append(f"{membership.label('from')} – {membership.label('until')}")
    elif membership["from"]:
        parts.append(_("from {day}").format(day=membership.label("from")))
    elif membership["until"]:
        parts.append(_("until {day}").format(day=membership.label("until")))
    return " · ".join(part for part in parts if part) or _("role not said")


def _rank(membership: Record) -> tuple[bool, int]:
    """Those who sit there now first, in the order of their roles."""
    type_ = kinds.kind("membership").field("role").type
    assert isinstance(type_, Choice)
    keys = [option.key for option in type_.options]
    role = membership.text("role")
    past = bool(membership["until"]) and membership.text("until") < date.today().isoformat()
    return past, keys.index(role) if role in keys else len(keys)
