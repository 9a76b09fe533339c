"""Beside the table of a plan: the thread of the selected line, and the form with all its fields."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from cpdesk.i18n import _
from cpdesk.tasks.matrix import Row, number
from ui import tokens
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.pages.plan_parts import PartsBox
from ui.pages.plan_thread import ThreadPanel
from ui.widgets.buttons import Segments
from ui.widgets.editors import QuartersEditor
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Card, column, restyle, row, scrolling
from ui.widgets.text import Text

WIDTH = 288
_LINES = {
    "objective": ("text",),
    "output": ("text",),
    "activity": (
        "text", "responsible", "partners", "places", "group", "year_quarters", "priority", "investment",
        "investment_programme", "investment_line", "code", "carried_from",
    ),
}  # fmt: skip


def clear(area: QScrollArea) -> None:
    """Let the card show through an area that scrolls in it."""
    restyle(area, "role", "")
    area.viewport().setAutoFillBackground(False)
    content = area.widget()
    assert content is not None
    restyle(content, "role", "")
    content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
    content.setAutoFillBackground(False)


class PlanSide(Card):
    """`show_row(plan, row)` follows the table; `leave()` keeps what was typed in the form."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("plan_side", margin=14, parent=parent)
        self.setFixedWidth(WIDTH)
        self.context = context
        self._plan: str | None = None
        self._row: Row | None = None
        self._years: list[int] = []
        self._forms: dict[str, RecordForm] = {}
        self.title = Text("", "strong", name="side_title")
        self.views = Segments((("thread", _("Thread")), ("edit", _("Fill in"))), name="side_view")
        head = row()
        head.addWidget(self.views)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self.title)
        self.differs = InlineMessage(
            _("Two people wrote different things here; one has to be chosen."),
            "warning",
            name="line_differs",
            button=_("Decide"),
            run=self._decide,
            parent=self,
        )
        self.differs.hide()
        self.body.addWidget(self.differs)
        self.steps = ThreadPanel(context)
        self._holder = QWidget()
        self._holder_box = column(self._holder, spacing=tokens.M)
        self._holder_box.addWidget(self.steps)
        self.parts = PartsBox(context)
        self._holder_box.addWidget(self.parts)
        area = scrolling(self._holder, "side_scroll")
        clear(area)
        self.body.addWidget(area, 1)
        self.views.chosen.connect(self.show_view)

    def show_row(self, plan: str, row_: Row | None, years: list[int]) -> None:
        """Follow the table to that line; None shows the plan as a whole."""
        self._plan, self._row = plan, row_
        self._years = years
        self.views.setVisible(row_ is not None)
        self._draw()

    def show_view(self, key: str, field: str = "") -> None:
        """`thread` or `edit`; `field` takes the focus in the form."""
        if self._row is None and key == "edit":
            return
        self.views.set_current(key)
        self._draw()
        form = self._forms.get(self._row.sort) if self._row is not None else None
        if field and form is not None and field in form.editors:
            form.editors[field].focus()

    def _decide(self) -> None:
        if self._row is not None:
            self.context.go("exchange", view="receive", difference=self._row.id)

    def leave(self) -> None:
        for form in self._forms.values():
            form.flush()
        self.parts.leave()

    def _draw(self) -> None:
        editing = self._row is not None and self.views.current() == "edit"
        self.title.setText(self._heading())
        self.differs.setVisible(self._row is not None and self._row.differences > 0)
        for sort, form in self._forms.items():
            form.setVisible(editing and self._row is not None and sort == self._row.sort)
        self.steps.setVisible(not editing)
        self.parts.setVisible(editing)
        if not editing:
            self.steps.show_thread(self._row.id if self._row is not None else self._plan)
        elif self._row is not None:
            self._show_form(self._row)

    def _heading(self) -> str:
        if self._row is None:
            return _("What was said about this plan")
        return {
            "objective": _("Objective {number}"), "output": _("Output {number}"), "activity": _("Activity {number}"),
        }[self._row.sort].format(number=number(self._row.code)).strip()  # fmt: skip

    def _show_form(self, row_: Row) -> None:
        form = self._forms.get(row_.sort)
        if form is None:
            form = RecordForm(self.context, row_.sort)
            for name in _LINES[row_.sort]:
                form.line((name, 1))
            self._forms[row_.sort] = form
            self._holder_box.insertWidget(self._holder_box.indexOf(self.parts), form)
        quarters = form.editors.get("year_quarters")
        if isinstance(quarters, QuartersEditor) and self._years:
            quarters.set_years(self._years[0], self._years[-1])
        if form.record == row_.id:
            form.refresh()
        else:
            form.open(row_.id)
        form.show()
        self.parts.show_line(str(row_.id), row_.sort, self._years)
