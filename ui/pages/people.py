"""People and bodies: two lists with a search as one types, and all about the chosen one beside them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.records import kind as kind_of
from cpdesk.tasks import records
from ui import icons, messages, theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.lists.printing import list_paper, print_list, print_record
from ui.lists.record_list import Column, RecordList, RecordTable, field_column
from ui.navigation import Page
from ui.pages.people_side import NARROW_WIDTH, WIDTH, PeopleSide
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button, IconButton, Segments
from ui.widgets.editors.line import Line
from ui.widgets.surfaces import EmptyState, column, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks import Record
    from cpdesk.tasks.tables.targets import Target

KINDS = ("person", "body")
NARROW = 900
MOST_SCALE = 1.4  # of the side: with larger letters than that its lines wrap, so that the list keeps some room


class People(QWidget):
    """One view: the list of a kind and its side. What is chosen survives a refresh."""

    def __init__(self, context: Context, kind: str) -> None:
        super().__init__()
        self.context = context
        self.kind = kind
        self.table = RecordTable(context, kind, self._columns())
        self.list = RecordList(self.table, name=f"list_{kind}")
        if kind == "body":
            self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # committees differ in the last word
        self.side = PeopleSide(context, kind)
        self.nothing = Text(_("Nothing is called so. Try fewer letters."), "muted", name=f"nothing_{kind}")
        self.nothing.hide()
        box = row(self, spacing=14)
        left = column(spacing=tokens.S)
        left.addWidget(self.nothing)
        left.addWidget(self.list, 1)
        box.addLayout(left, 1)
        box.addWidget(self.side)
        self.list.current_changed.connect(self._chosen)
        self.list.opened.connect(lambda _id: self.side.begin())
        self.table.completed.connect(self._completed)
        self.side.created.connect(self._created)
        self._wanted: str | None = None
        self.begun = False  # a new one is being written, and stands in no list yet

    def _columns(self, narrow: bool = False) -> list[Column]:
        """What the list says of each; in a narrow window only what tells them apart."""
        if self.kind == "person":
            name = Column(_("Name"), lambda r: records.named(self.context.desk, r), 5)
            position = field_column(self.context, "person", "position", 4)
            if narrow:
                return [name, position]
            sex = Column(kind_of("person").field("sex").label, lambda r: r.label("sex"), pixels=theme.scaled(76))
            return [name, sex, position, Column(_("Body"), self._body, 5)]
        name = Column(_("Name"), lambda r: r.title, 6)
        members = Column(_("Members"), self._members, pixels=theme.scaled(90), right=True)
        if narrow:
            return [name, members]
        short, sort = (field_column(self.context, "body", field, 4) for field in ("short", "sort"))
        return [name, short, sort, members]

    def set_narrow(self, narrow: bool) -> None:
        """Make do with less width."""
        self.side.setFixedWidth(round((NARROW_WIDTH if narrow else WIDTH) * min(theme.current().scale, MOST_SCALE)))
        columns = self._columns(narrow)
        if len(columns) != len(self.table.columns):
            here = self.list.current_id()
            self.table.beginResetModel()
            self.table.columns = columns
            self.table.endResetModel()
            self.list._spread()
            self.list.set_current(here)

    def _body(self, person: Record) -> str:
        id_ = person.text("body")
        return (records.get(self.context.desk, id_).text("short") if id_ else "") or records.show(
            self.context.desk, person, "body"
        )

    def _members(self, body: Record) -> str:
        count = records.count(self.context.desk, "membership", {"body": body.id})
        return digits.count(count) if count else "—"

    def search(self, text: str) -> None:
        self.table.show({}, text.strip())

    def choose(self, id_: str) -> None:
        """Select a record, also one that is listed only once the list is complete."""
        self._wanted = id_
        self._completed()

    def new(self) -> None:
        self.side.leave()
        self.begun = True
        self.list.clearSelection()
        self.list.setCurrentIndex(self.table.index(-1, -1))
        self.side.show()
        self.side.show_record(None)
        self.side.begin()

    def refresh(self) -> None:
        shown = self.side.record
        if shown is not None and records.get(self.context.desk, shown).deleted:
            self.side.show_record(None)  # it went to the bin, or its making was undone
        elif shown is not None:
            self._wanted = shown
        self.table.refresh()

    def _completed(self) -> None:
        if self._wanted and self.list.set_current(self._wanted):
            self.side.show_record(self._wanted)
            self._wanted = None
        elif not self.list.current_id() and self.table.rowCount() and not self._writing_new():
            self.list.set_current(str(self.table.id_at(0)))
        self.nothing.setVisible(not self.table.rowCount())

    def _writing_new(self) -> bool:
        """Whether a person stands in the form of one that is not kept yet."""
        focus = self.window().focusWidget()
        return self.side.record is None and focus is not None and self.side.form.isAncestorOf(focus)

    def _chosen(self, id_: str) -> None:
        if id_ and id_ != self.side.record:
            self.begun = False
            self.side.leave()
            self.side.show_record(id_)

    def _created(self, id_: str) -> None:
        self.begun = False
        self._wanted = id_


class PeoplePage(Page):
    name = "people"
    kinds = frozenset({"person", "body", "membership", "input", "follow_up", "presentation", "attendance", "meeting"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        whole = column(self, spacing=tokens.M)
        whole.setContentsMargins(tokens.XL, 16, tokens.XL, tokens.L)
        whole.addWidget(self._tools())
        self.stack = QStackedWidget()
        self._views: dict[str, People] = {}  # each made when it is first looked at
        self._empties = {kind: self._empty(kind) for kind in KINDS}
        for empty in self._empties.values():
            self.stack.addWidget(empty)
        whole.addWidget(self.stack, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(80)
        self._soon.timeout.connect(self._search)
        self.search_line.textEdited.connect(lambda _text: self._soon.start())
        self.segments.chosen.connect(self.show_view)

    def _tools(self) -> QWidget:
        holder = QWidget()
        tools = row(holder, spacing=tokens.M)
        self.segments = Segments((("person", _("People")), ("body", _("Bodies"))), name="people_view")
        self.search_line = Line()
        self.search_line.setObjectName("people_search")
        self.search_line.setPlaceholderText(_("Search by name, in Khmer or Latin letters"))
        self.search_line.setAccessibleName(_("Search"))
        self.search_line.setMaximumWidth(340)
        self.search_line.addAction(icons.icon("search", "muted", 16), Line.ActionPosition.LeadingPosition)
        self.count = Text("", "small", wrap=False, name="people_count")
        self.new_button = Button(_("New person"), kind="primary", icon="plus", name="new_record", run=self.new)
        tools.addWidget(self.segments)
        tools.addWidget(self.search_line, 1)
        tools.addWidget(self.count)
        tools.addStretch(1)
        word = _("Print this list")
        self.print_button = IconButton("printer", word, name="print_list", run=self.print_list)
        tools.addWidget(self.print_button)
        tools.addWidget(self.new_button)
        return holder

    def _empty(self, kind: str) -> EmptyState:
        if kind == "person":
            return EmptyState(
                "users",
                _("Here stand the people you work with, so that their names need to be typed only once."),
                button=_("Add the first person"),
                run=self.new,
                example=_("For example: the members of your committee, partners who come to meetings"),
                name="empty_person",
            )
        return EmptyState(
            "landmark",
            _("Committees, offices, departments and partners: who leads an activity, who sits in a committee."),
            button=_("Add the first body"),
            run=self.new,
            example=_("For example: the consultative committee for women and children of your district"),
            name="empty_body",
        )

    def title(self) -> str:
        return _("People and bodies")

    def view(self) -> People:
        """The view in sight."""
        kind = self.segments.current()
        if kind not in self._views:
            made = People(self.context, kind)
            made.set_narrow(self.width() < NARROW)
            self._views[kind] = made
            self.stack.addWidget(made)
            made.search("")
        return self._views[kind]

    def open(self, record: str | None) -> None:
        self.leave()
        for view in self._views.values():
            view.begun = False
        if record is not None:
            kind = records.get(self.context.desk, record).kind.name
            if kind in KINDS:
                self.search_line.clear()
                self.segments.set_current(kind)
                self.view().search("")
                self.view().choose(record)
        self.record = record
        self.refresh()

    def table_target(self) -> Target | None:
        return ("kind", "person")

    def refresh(self) -> None:
        for kind, view in self._views.items():
            if kind == self.segments.current():
                view.refresh()
        self._show()

    def leave(self) -> None:
        for view in self._views.values():
            view.side.leave()

    def state(self) -> dict[str, object]:
        return {"view": self.segments.current(), "search": self.search_line.text(), "chosen": self.view().side.record}

    def restore(self, state: dict[str, object]) -> None:
        view, search, chosen = state.get("view"), state.get("search"), state.get("chosen")
        if view in KINDS and self.record is None:
            self.segments.set_current(str(view))
        if isinstance(search, str) and search:
            self.search_line.setText(search)
            self._search()
        if isinstance(chosen, str) and self.record is None:
            self.view().choose(chosen)
        if state.get("part") == "facts":
            self.view().side.begin("facts")
        self._show()

    def begin(self) -> None:
        self.search_line.setFocus()

    def commands(self) -> list[Action]:
        new = _("New person") if self.segments.current() == "person" else _("New body")
        return [
            Action("new", new, self.new, "plus"),
            Action("find", _("Search in this list"), self.search_line.setFocus, "search", shortcut="Ctrl+F"),
            Action("print", _("Print this list"), self.print_list, "printer", enabled=self._has_any),
            Action(
                "print_record",
                _("Print this sheet"),
                self.print_record,
                "file-text",
                "Ctrl+Shift+P",
                enabled=self._has_one,
            ),
            *self._part_actions(),
            *self._personal_actions(),
            *undo_actions(self.context),
            Action(
                "delete",
                _("Put into the bin"),
                self.delete,
                "trash-2",
                enabled=self._has_one,
            ),
        ]

    def _part_actions(self) -> list[Action]:
        """To the parts of the chosen one, by their numbers as on other pages."""
        seat = _("Sits in") if self.segments.current() == "person" else _("Members")
        parts = (("facts", _("Facts"), "list"), ("links", _("Thread"), "link"), ("members", seat, "users"))
        return [
            Action(part, words, partial(self._begin, part), icon, f"Alt+{n}", enabled=self._has_one, menu=False)
            for n, (part, words, icon) in enumerate(parts, 1)
        ]

    def _personal_actions(self) -> list[Action]:
        """What is somebody's own: shown to them, printed for a purpose, kept no longer than needed."""
        if self.segments.current() != "person":
            return []
        data = _("What the office has on this person…")
        phones = _("Print this list with phone numbers…")
        unused = _("Data that are needed no more…")
        return [
            Action("personal", data, lambda: self.view().side.show_data(), "shield", enabled=self._has_one),
            Action("phones", phones, self.print_phones, "printer", enabled=self._has_any),
            Action("unneeded", unused, self.show_unneeded, "clock", enabled=self._has_any),
        ]

    def print_phones(self) -> None:
        """The list in sight on paper with whole numbers, where somebody says what for."""
        from ui.dialogs.personal_phones import PhonePurpose

        self.leave()
        paper = list_paper("person", search=self.search_line.text())
        self.asked = PhonePurpose(self.context, paper, self)
        self.asked.open()

    def show_unneeded(self) -> None:
        from ui.dialogs.personal_unneeded import Unused

        self.leave()
        self.unused = Unused(self.context, self)
        self.unused.open()

    def _has_one(self) -> bool:
        return self.view().side.record is not None

    def _begin(self, part: str) -> None:
        self.view().side.leave()
        self.view().side.begin(part)

    def show_view(self, kind: str) -> None:
        """`person` or `body`."""
        self.leave()
        self.segments.set_current(kind)
        self._search()
        self._show()
        self.retitled.emit()

    def new(self) -> None:
        """A blank form; the record comes into being with its first words."""
        self.search_line.clear()
        self.view().search("")
        self.view().new()
        self._show()
        self.view().side.begin()

    def delete(self) -> None:
        view = self.view()
        id_ = view.side.record
        if id_ is None:
            return
        title = records.title(self.context.desk, id_)
        with messages.shown(self.window()):
            view.side.leave()
            self.context.undo.delete(id_)
            view.side.show_record(None)
            self.context.touched(view.kind, "membership")
            self.context.say(_("“{title}” lies in the bin. Ctrl+Z brings it back.").format(title=title))

    def print_list(self) -> None:
        """The list in sight on paper, as the search narrows it."""
        self.leave()
        print_list(self.context, self.segments.current(), self, search=self.search_line.text())

    def print_record(self) -> None:
        """All about the chosen person or body on paper."""
        id_ = self.view().side.record
        if id_ is not None:
            self.leave()
            print_record(self.context, id_, self)

    def _has_any(self) -> bool:
        return records.count(self.context.desk, self.segments.current()) > 0

    def _search(self) -> None:
        self.view().search(self.search_line.text())
        self._show()

    def _show(self) -> None:
        kind = self.segments.current()
        count = records.count(self.context.desk, kind)
        view = self.view()
        self.stack.setCurrentWidget(view if count or view.begun else self._empties[kind])
        word = (
            ngettext("{count} person", "{count} people", count)
            if kind == "person"
            else ngettext("{count} body", "{count} bodies", count)
        )
        self.count.setText(word.format(count=digits.count(count)) if count else "")
        self.search_line.setVisible(bool(count))
        self.new_button.set_text(_("New person") if kind == "person" else _("New body"))
        self.new_button.setVisible(bool(count))
        self.print_button.setVisible(bool(count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for view in self._views.values():
            view.set_narrow(self.width() < NARROW)
