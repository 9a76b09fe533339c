"""What is counted and how much it weighs: the committee's list, written in place like any sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks import figures
from ui import messages
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.pages.figures_parts.measures_model import FIELDS, MeasuresModel
from ui.widgets.buttons import Button
from ui.widgets.sheet import SheetView
from ui.widgets.surfaces import row
from ui.widgets.text import Text


class MeasuresDialog(Dialog):
    """Each change is kept at once; the ranking behind it follows."""

    def __init__(self, parent: QWidget | None, context: Context, field: str = "name_km") -> None:
        super().__init__(parent, _("Measures and weights"), name="measures_dialog", icon="scale")
        self.context = context
        self.setMaximumWidth(1 << 20)
        self.model = MeasuresModel(context)
        self.sheet = SheetView(
            self.model, name="measures_sheet", label=_("Measures and weights"), memory_name="measures"
        )
        self.say(
            _(
                "A weight tells how much a measure counts in the ranking; blank or 0 leaves it out. What is compared"
                " with another measure, such as all children, is ranked by its rate."
            ),
            "small",
        )
        self.body.addWidget(self.sheet, 1)
        self.definition = Text("", "small", name="measure_definition", selectable=True)
        self.definition.setMinimumHeight(2 * self.definition.fontMetrics().lineSpacing())
        self.body.addWidget(self.definition)
        tools = row(spacing=10)
        self.new = Button(_("New measure"), icon="plus", name="measure_new", run=self.begin)
        self.start = Button(_("Add the starter list"), name="measures_start", run=self.add_start)
        self.up = Button(_("Move up"), icon="chevron-up", name="measure_up", run=lambda: self.move_line(-1))
        self.down = Button(_("Move down"), icon="chevron-down", name="measure_down", run=lambda: self.move_line(1))
        self.bin = Button(_("Put into the bin"), icon="trash-2", name="measure_bin", run=self.delete)
        for button in (self.new, self.start, self.up, self.down, self.bin):
            tools.addWidget(button)
        tools.addStretch(1)
        self.body.addLayout(tools)
        self.add_button(_("Close"), self.accept, name="measures_close")
        self.sheet.moved.connect(self._moved)
        self.sheet.more_wanted.connect(self.begin)
        self.sheet.move_wanted.connect(self.move_line)
        self.sheet.delete_wanted.connect(self.delete)
        if parent is not None:
            room = parent.window().size()
            self.resize(min(1120, room.width() - 60), min(660, room.height() - 60))
            self.sheet.setFixedHeight(max(180, min(430, room.height() - 410)))
        if self.model.rows():
            self.sheet.set_current(0, FIELDS.index(field))
        self._moved()
        self.sheet.setFocus()

    def _moved(self) -> None:
        found = self.model.record(self.sheet.current()[0])
        self.definition.setText(found.text("definition") if found is not None else "")

    def begin(self) -> None:
        """A new measure, begun by its name."""
        if self.sheet.keep():
            self.sheet.set_current(self.model.begin(), 0)
            self.sheet.setFocus()
            self.sheet.write()

    def add_start(self) -> None:
        with messages.shown(self):
            made = figures.start_measures(self.context.undo)
            self.model.read()
            if made:
                self.context.touched("measure")
            self.context.say(_("{count} measures were added.").format(count=digits.count(len(made))))

    def move_line(self, by: int) -> None:
        at, column = self.sheet.current()
        if self.sheet.keep() and self.model.move(at, by):
            self.sheet.set_current(at + by, column)

    def delete(self) -> None:
        if not self.sheet.keep():
            return
        gone = self.model.delete(list(self.sheet.selection.rows()))
        self.context.say(
            _("{count} measures lie in the bin. Ctrl+Z brings them back.").format(count=digits.count(gone))
        )

    def done(self, result: int) -> None:
        if self.sheet.keep():
            super().done(result)
