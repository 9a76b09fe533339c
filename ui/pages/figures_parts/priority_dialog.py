"""Making a priority of what the figures show: whose plan, in which words, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cpdesk import records as kinds
from cpdesk.i18n import _
from cpdesk.tasks import figures, records
from cpdesk.tasks.figures import Grid, Measure, Row
from ui import messages
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.widgets.editors.choice import Combo
from ui.widgets.editors.long_text import LongText
from ui.widgets.text import Text


class PriorityDialog(Dialog):
    """`made` is the new priority's id once it was kept."""

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        grid: Grid,
        measures: Sequence[Measure],
        places: Sequence[Row],
        plan: str,
        reason: str,
    ) -> None:
        super().__init__(parent, _("Make it a priority"), name="priority_dialog", icon="flag")
        self.setMinimumWidth(560)
        self.context, self.grid = context, grid
        self.measures, self.places = list(measures), list(places)
        self.made: str | None = None
        kind = kinds.kind("priority")
        self.plan = Combo()
        for one in records.find(context.desk, "plan", descending=True):
            self.plan.addItem(one.title, one.id)
        self.plan.setCurrentIndex(max(0, self.plan.findData(plan)))
        self.text = LongText(2, 6)
        self.text.set_plain(", ".join(one.name for one in self.measures))
        self.reason = LongText(2, 6)
        self.reason.set_plain(reason)
        for name, widget in (("plan", self.plan), ("text", self.text), ("reason", self.reason)):
            widget.setObjectName(f"priority_{name}")
            widget.setAccessibleName(kind.field(name).label)
            self.body.addWidget(Text(kind.field(name).label, "label"))
            self.body.addWidget(widget)
        where = ", ".join(one.title for one in self.places)
        self.say(_("Places: {places}").format(places=where), "small")
        self.say(_("The figures of these places stay linked: from the priority one comes back to them."), "small")
        self.add_button(_("Cancel"), self.reject, name="priority_cancel")
        self.add_button(_("Make it a priority"), self.keep, kind="primary", name="priority_keep", icon="flag")
        self.text.selectAll()
        self.text.setFocus()

    def keep(self) -> None:
        with messages.shown(self):
            self.made = figures.make_priority(
                self.context.undo,
                str(self.plan.currentData()),
                self.grid,
                [one.id for one in self.measures],
                [one.place for one in self.places],
                self.text.plain(),
                self.reason.plain(),
            )
            self.context.touched("priority")
            self.accept()
