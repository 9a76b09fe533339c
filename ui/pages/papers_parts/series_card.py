"""What the numbers of a register look like, with an example that follows what is typed; and which register it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.kinds import Text as TextKind
from cpdesk.kinds import Value
from cpdesk.records.paperwork import SERIES, own_id
from cpdesk.tasks.paperwork import blanks, register, standing
from cpdesk.tasks.paperwork.series import LETTERS, every_series, format_problem, new_key, put_series, series
from ui import tokens
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.pages.papers_parts.fields import StandingForm
from ui.widgets.buttons import Button
from ui.widgets.editors import TextEditor
from ui.widgets.editors.choice import Combo
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Card, SectionHeader, column, row
from ui.widgets.text import Text

ROWS = (
    (("name", 4), ("suffix", 3), ("format", 5)),
    (("width", 1), ("first", 1), ("first_year", 1)),
)


class SeriesCard(Card):
    """`chosen(key)` when another register is picked; `kept()` after a change of one."""

    chosen = Signal(str)
    kept = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("series_card")
        self.context = context
        self.key = LETTERS
        self.year = date.today().year
        self._fields: Mapping[str, standing.Standing] = {}
        head = SectionHeader(_("Register"))
        self.picker = Combo()
        self.picker.setObjectName("series_picker")
        self.picker.setAccessibleName(_("Register"))
        self.picker.activated.connect(lambda _at: self.choose(self.picker.currentData(), tell=True))
        head.add_chip(self.picker)
        head.add_action(Button(_("New register…"), kind="link", icon="plus", name="series_new", run=self.ask_new))
        self.add(head)
        self.form = StandingForm(context, SERIES, self._keep, self._back, with_blanks=("format",), small=True)
        for fields in ROWS:
            across = row(spacing=tokens.M)
            for name, share in fields:
                across.addWidget(self.form.box(name), share)
            self.body.addLayout(across)
        self.problem = InlineMessage("", "warning", name="format_problem")
        self.add(self.problem, self.form, self._example())

    def _example(self) -> QWidget:
        holder = QWidget()
        box = column(holder, spacing=0)
        line = row(spacing=tokens.S)
        line.addWidget(Text(_("The next letter gets number"), "small", wrap=False))
        self.example = Text("", "strong", wrap=False, name="series_example")
        line.addWidget(self.example)
        line.addStretch(1)
        box.addLayout(line)
        hint = _("In the format stand {blanks}. A first number with a year counts for that year alone.")
        names = blanks.named(("number", "year", "year2", "suffix"))
        box.addWidget(Text(hint.format(blanks=", ".join(names)), "small"))
        return holder

    def choose(self, key: str, *, tell: bool = False) -> None:
        """Show another register."""
        self.flush()
        self.key = key
        self.refresh()
        if tell:
            self.chosen.emit(key)

    def set_year(self, year: int) -> None:
        """The year of which the register is shown."""
        self.year = year
        self._show_example()

    def refresh(self) -> None:
        found = every_series(self.context.desk)
        if self.key not in {one.key for one in found}:
            self.key = LETTERS
        if [(self.picker.itemData(n), self.picker.itemText(n)) for n in range(self.picker.count())] != [
            (one.key, one.name) for one in found
        ]:
            self.picker.clear()
            for one in found:
                self.picker.addItem(one.name, one.key)
        self.picker.setCurrentIndex(self.picker.findData(self.key))
        self.picker.setVisible(len(found) > 1)
        self._fields = standing.series(self.context.desk, self.key)
        self.form.show_fields(self._fields, own_id(SERIES, self.context.desk.office, self.key))
        self._show_example()

    def _show_example(self) -> None:
        shown = self._fields.get("format")
        now = str(shown.now or "") if shown is not None else ""
        self.problem.say(blanks.shown(format_problem(now)) if now else "", "warning")
        at = series(self.context.desk, self.key)
        self.example.setText(at.shown(register.next_in(self.context.desk, at, self.year), self.year))

    def _keep(self, values: dict[str, Value]) -> Mapping[str, standing.Standing]:
        self._fields = standing.put_series(self.context.undo, self.key, self._fields, values)
        self._show_example()
        self.kept.emit()
        return self._fields

    def _back(self, name: str) -> None:
        put_series(self.context.undo, self.key, {name: None})
        self.refresh()
        self.kept.emit()

    def flush(self) -> None:
        self.form.flush()

    def begin(self) -> None:
        self.form.editors["suffix"].focus()

    # another register

    def ask_new(self) -> None:
        """Ask for its name."""
        NewRegister(self).open()

    def add_register(self, name: str) -> None:
        """A register of its own, under that name. `BadInput` where there is one."""
        key = new_key(self.context.desk, name)
        put_series(self.context.undo, key, {"name": " ".join(name.split())})
        self.kept.emit()
        self.choose(key, tell=True)


class NewRegister(Dialog):
    """Asks for the name of a new register."""

    def __init__(self, card: SeriesCard) -> None:
        super().__init__(card.window(), _("New register"), name="new_register", icon="list")
        self._card = card
        self.say(_("Its letters are counted by themselves. Under “Forms” choose which papers take their number there."))
        self.name = TextEditor("register_name", _("Name"), type_=TextKind())
        self.name.set_placeholder(_("For example: Decisions"))
        self.name.box.entered.connect(self._make)
        self._problem = InlineMessage("", "bad", name="register_name_problem")
        self.body.addWidget(self.name)
        self.body.addWidget(self._problem)
        self.add_button(_("Cancel"), self.reject, name="register_cancel")
        self.add_button(_("Make the register"), self._make, kind="primary", name="register_make")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.name.focus()

    def _make(self) -> None:
        try:
            self._card.add_register(str(self.name.value() or ""))
        except UserError as error:
            self._problem.say(str(error), "bad")
            return
        self.accept()
        self._card.begin()
