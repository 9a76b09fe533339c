"""What hangs on a line of a plan, written in full beside the table: all its indicators with their targets, all its
budget lines. The table shows the first indicator and one sum a source; here nothing is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk import records as kinds
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import Value
from cpdesk.tasks import Record, records
from ui import tokens
from ui.context import Context
from ui.forms.form import FieldBox
from ui.forms.record_form import RecordForm
from ui.widgets.buttons import Button, IconButton
from ui.widgets.surfaces import Divider, column, row
from ui.widgets.text import Text

_FIELDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "indicator": (("text",), ("unit", "baseline"), ("baseline_year", "cumulative"), ("source",)),
    "budget_line": (("year", "source"), ("amount", "currency"), ("donor",)),
}


class PartsBox(QWidget):
    """`show_line(id, sort, years)` follows the table; `leave()` keeps what was typed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plan_parts")
        self.context = context
        self._line: str | None = None
        self._years: tuple[int, ...] = ()
        self._shown: tuple[str, ...] = ()
        self._forms: list[RecordForm] = []
        self._content: QWidget | None = None
        self._box = column(self, spacing=0)

    def show_line(self, line: str, sort: str, years: Sequence[int]) -> None:
        """The parts of that objective, output or activity."""
        wanted = ("indicator", "budget_line") if sort == "activity" else ("indicator",)
        found = {kind: records.children(self.context.desk, kind, line) for kind in wanted}
        ids = tuple(record.id for those in found.values() for record in those)
        if (line, tuple(years), ids) == (self._line, self._years, self._shown):
            for form in self._forms:
                form.refresh()
            return
        self.leave()
        self._line, self._years, self._shown = line, tuple(years), ids
        self._draw(found)

    def leave(self) -> None:
        for form in self._forms:
            form.flush()

    def _draw(self, found: dict[str, list[Record]]) -> None:
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._forms = []
        self._content = QWidget(self)
        box = column(self._content, spacing=tokens.S)
        for kind, those in found.items():
            box.addWidget(Divider())
            head = row()
            head.addWidget(Text(kinds.kind(kind).label, "strong", wrap=False))
            head.addStretch(1)
            words = _("Add an indicator") if kind == "indicator" else _("Add a budget line")
            head.addWidget(Button(words, kind="link", icon="plus", name=f"add_{kind}", run=partial(self.add, kind)))
            box.addLayout(head)
            for n, record in enumerate(those, 1):
                box.addWidget(self._part(kind, record, n))
        self._box.addWidget(self._content)
        self._content.show()

    def _part(self, kind: str, record: Record, number: int) -> QWidget:
        holder = QWidget()
        box = column(holder, spacing=tokens.S)
        head = row()
        head.addWidget(Text(f"{kinds.kind(kind).label} {digits.count(number)}", "small", wrap=False))
        head.addStretch(1)
        run = partial(self.remove, record.id)
        head.addWidget(IconButton("trash-2", _("Put into the bin"), name=f"remove_{kind}", size=16, run=run))
        box.addLayout(head)
        form = RecordForm(self.context, kind)
        for fields in _FIELDS[kind]:
            form.line(*((name, 1) for name in fields))
        form.open(record.id)
        self._forms.append(form)
        box.addWidget(form)
        if kind == "indicator":
            self._targets(record, box.addWidget)
        return holder

    def _targets(self, indicator: Record, add: object) -> None:
        """A box for each year; what has no value yet is no target."""
        assert callable(add)
        there = {r["year"]: r.id for r in records.children(self.context.desk, "target", indicator.id)}
        for year in self._years:
            form = RecordForm(self.context, "target")
            form.line(("value", 1))
            form.setObjectName(f"target_{year}")
            defaults: dict[str, Value] = {"indicator": indicator.id, "year": year}
            form.open(there.get(year), defaults)
            box = form.editors["value"].parentWidget()
            label = box.findChild(Text) if isinstance(box, FieldBox) else None
            if label is not None:
                label.setText(f"{kinds.kind('target').label} {digits.count(year)}")
            self._forms.append(form)
            add(form)

    def add(self, kind: str) -> None:
        """A new indicator or budget line, with the focus in its first box."""
        if self._line is None:
            return
        self.leave()
        values: dict[str, Value] = {"activity": self._line, "currency": "KHR"}
        if kind == "indicator":
            order = records.next_order(self.context.desk, kind, self._line)
            values = {"of": self._line, "order": order}
        elif self._years:
            values["year"] = self._years[0]
        made = self.context.undo.save(kind, values).id
        self.context.touched(kind)
        self.show_line(self._line, self._sort(), self._years)
        form = next(form for form in self._forms if form.record == made)
        form.editors["text" if kind == "indicator" else "amount"].focus()

    def _sort(self) -> str:
        return records.get(self.context.desk, str(self._line)).kind.name

    def remove(self, part: str) -> None:
        """Put an indicator or a budget line into the bin."""
        if self._line is None:
            return
        kind = records.get(self.context.desk, part).kind.name
        self.context.undo.delete(part)
        self.context.touched(kind, "target")
        self.show_line(self._line, self._sort(), self._years)
        self.context.say(_("It lies in the bin. Ctrl+Z brings it back."))
