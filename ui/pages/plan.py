"""One plan: its facts in a line, the table of its objectives, outputs and activities, the thread of each line."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu

from cpdesk.i18n import _, language, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import records
from ui import tokens
from ui.actions import Action
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.lists.plan_model import PlanModel
from ui.lists.plan_rows import Row, build
from ui.lists.plan_rows import years as years_of
from ui.lists.plan_view import PlanView
from ui.navigation import Crumb, Location
from ui.pages.plan_editing import PlanEditing
from ui.pages.plan_side import PlanSide
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Card, Chip, EmptyState, column, row
from ui.widgets.text import ElidedText, Text

STATE_TONES = {"draft": "warning", "in_review": "accent", "approved": "good"}
NARROW = 900


def span(first: object, last: object) -> str:
    """The years of a plan: ២០២៣–២០២៥."""
    shown = [digits.count(year) for year in (first, last) if isinstance(year, int)]
    return "–".join(dict.fromkeys(shown))


class PlanPage(PlanEditing):
    name = "plan"
    kinds = frozenset({"plan", "objective", "output", "activity", "input", "follow_up", "meeting", "body", "person"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._narrow = False
        self._suggested = ""
        whole = column(self, spacing=tokens.M)
        whole.setContentsMargins(tokens.XL, 16, tokens.XL, tokens.L)
        whole.addLayout(self._tools())
        whole.addWidget(self._facts())
        across = row(spacing=14)
        self.model = PlanModel(self._write)
        self.table = PlanView(self.model)
        left = column(spacing=tokens.S)
        self.total = Text("", "small", wrap=False, name="plan_total")
        self.empty = EmptyState(
            "list-tree",
            _("A plan goes from objectives over the outputs one expects to the activities that bring them about."),
            button=_("Write the first objective"),
            run=lambda: self.begin_line("objective"),
            example=_("For example: Reduce violence against children in families and communities"),
            name="empty_plan",
        )
        left.addWidget(self.table, 100)
        left.addWidget(self.empty)
        self.keys = ElidedText(
            _("Enter writes · Ctrl+Enter adds · Alt+↑↓ moves"),
            "small",
            name="plan_keys",
        )
        foot = row(spacing=tokens.L)
        foot.addWidget(self.total, 1)
        foot.addWidget(self.keys)
        left.addLayout(foot)
        left.addStretch(1)
        across.addLayout(left, 1)
        self.side = PlanSide(context)
        across.addWidget(self.side)
        whole.addLayout(across, 1)
        self._connect()

    def _connect(self) -> None:
        self.table.chosen.connect(self._chosen)
        self.table.new_wanted.connect(self.begin_line)
        self.table.move_wanted.connect(self.move_line)
        self.table.delete_wanted.connect(self.delete)
        self.table.opened.connect(self._open_field)
        self.table.settled.connect(self._settled)
        self.table.menu_wanted.connect(self._menu)

    def _tools(self) -> QHBoxLayout:
        tools = row(spacing=10)
        self.years = Text("", "title", wrap=False, name="plan_years")
        self.state_chip = Chip("", name="plan_state")
        self.version_chip = Chip("", name="plan_version")
        self.counts = ElidedText("", "small", name="plan_counts")
        tools.addWidget(self.years)
        tools.addWidget(self.state_chip)
        tools.addWidget(self.version_chip)
        tools.addWidget(self.counts, 1)
        self.add_buttons: list[Button] = []
        self.facts_button = Button(_("About the plan"), icon="info", name="plan_facts", run=self.toggle_facts)
        self.side_button = Button(_("Thread"), icon="link", name="plan_side_toggle", run=self.toggle_side)
        tools.addWidget(self.side_button)
        tools.addWidget(self.facts_button)
        for sort, word in self._add_words().items():
            kind = "primary" if sort == "activity" else "secondary"
            run = partial(self.begin_line, sort)
            self.add_buttons.append(Button(word, kind=kind, icon="plus", name=f"add_{sort}", run=run))
            tools.addWidget(self.add_buttons[-1])
        return tools

    @staticmethod
    def _add_words() -> dict[str, str]:
        """In the short words that the numbers before them use too."""
        return {
            "objective": _("Objective {number}").format(number="").strip(),
            "output": _("Output {number}").format(number="").strip(),
            "activity": _("Activity {number}").format(number="").strip(),
        }

    def _facts(self) -> Card:
        self.facts = Card("facts", margin=14)
        self.form = RecordForm(self.context, "plan")
        self.form.line(("title", 6), ("first_year", 1), ("last_year", 1), ("state", 2))
        self.form.line(("sort", 2), ("body", 3), ("version", 1), ("approved_by", 2), ("approved_on", 2))
        self.facts.add(self.form)
        self.facts.hide()
        self.form.saved.connect(self._facts_saved)
        return self.facts

    # what Page asks

    def title(self) -> str:
        return records.get(self.context.desk, self.record).title if self.record else ""

    def breadcrumb(self) -> list[Crumb]:
        return [Crumb(_("Plans"), Location("plans"))]

    def open(self, record: str | None) -> None:
        if record is None:
            raise ValueError("a plan is opened by its id")
        self.leave()
        records.get(self.context.desk, record)
        other = record != self.record
        self.record = record
        if other:
            self.facts.hide()
            self.form.open(record)
        self.refresh()

    def refresh(self) -> None:
        if self.record is None:
            return
        if self.table.is_writing():
            self._later = True
            return
        self._later = False
        self.form.refresh()
        self._show_head()
        self._show_rows()

    def leave(self) -> None:
        self.table.keep()
        self.form.flush()
        self.side.leave()

    def state(self) -> dict[str, object]:
        chosen = self.table.current()
        return {
            "chosen": chosen.id if chosen else None,
            "side": self.side.views.current(),
            "facts": not self.facts.isHidden(),
        }

    def restore(self, state: dict[str, object]) -> None:
        self.facts.setVisible(bool(state.get("facts")))
        side = state.get("side")
        if side in ("thread", "edit"):
            self.side.views.set_current(str(side))
        chosen = state.get("chosen")
        if isinstance(chosen, str):
            self.table.choose(chosen)

    def begin(self) -> None:
        if not self.facts.isHidden():
            self.form.editors["title"].focus()
        elif self.model.rowCount():
            self.table.setFocus()
        elif self.empty.button is not None:
            self.empty.button.setFocus()

    def commands(self) -> list[Action]:
        def chosen() -> bool:
            return self.table.current() is not None

        return [
            Action("new", _("New activity"), lambda: self.begin_line("activity"), "plus"),
            Action("new_output", _("New output"), lambda: self.begin_line("output"), "plus", shortcut="Ctrl+Shift+N"),
            Action("new_objective", _("New objective"), lambda: self.begin_line("objective"), "plus"),
            Action("write", _("Write in place"), self.table.write, "pencil", shortcut="F2", enabled=chosen),
            Action("fill_in", _("Fill in all fields"), self._fill_in, "list", shortcut="Ctrl+E", enabled=chosen),
            Action("up", _("Move up"), lambda: self.move_line(-1), "chevron-up", enabled=chosen),
            Action("down", _("Move down"), lambda: self.move_line(1), "chevron-down", enabled=chosen),
            Action("delete", _("Put into the bin"), self.delete, "trash-2", enabled=chosen),
            Action("facts", _("About the plan"), self.toggle_facts, "info"),
            *undo_actions(self.context),
        ]

    # showing

    def _show_head(self) -> None:
        plan = records.get(self.context.desk, str(self.record))
        self.years.setText(span(plan["first_year"], plan["last_year"]))
        self.state_chip.setText(plan.label("state"))
        self.state_chip.set_tone(STATE_TONES.get(plan.text("state"), "neutral"))
        self.state_chip.setVisible(plan["state"] is not None)
        version = plan.text("version")
        shown = digits.to_khmer(version) if language() == "km" else version
        self.version_chip.setText(_("Version {number}").format(number=shown))
        self.version_chip.setVisible(bool(version))
        self._suggested = suggested_title(plan["first_year"], plan["last_year"])

    def _show_rows(self) -> None:
        here = self.table.current()
        rows = build(self.context.desk, str(self.record))
        moved = self.model.show(rows, years_of(self.context.desk, str(self.record)))
        if moved:
            self.table.fit()
            self.table.choose(here.id if here else None)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        for button in self.add_buttons:
            button.setVisible(bool(rows))
        if not rows or not self._narrow:
            self.side.setVisible(bool(rows))
        self._show_total(rows)
        self._follow()

    def _show_total(self, rows: list[Row]) -> None:
        def many(sort: str) -> int:
            return sum(r.sort == sort for r in rows)

        o, p, a = many("objective"), many("output"), many("activity")
        counts = (
            ngettext("{count} objective", "{count} objectives", o).format(count=digits.count(o)),
            ngettext("{count} output", "{count} outputs", p).format(count=digits.count(p)),
            ngettext("{count} activity", "{count} activities", a).format(count=digits.count(a)),
        )
        self.counts.setText(" · ".join(counts))
        by_state: dict[str, int] = {}
        for r in rows:
            if not r.is_band:
                state = r.cells["investment"] or _("investment not said")
                by_state[state] = by_state.get(state, 0) + 1
        parts = [f"{word} {digits.count(n)}" for word, n in by_state.items()]
        self.total.setText(" · ".join([_("In all: {what}").format(what=counts[2]), *parts]))
        self.total.setVisible(a > 0)
        self.keys.setVisible(bool(rows) and not self._narrow)

    def _chosen(self, _row: object) -> None:
        self._follow()

    def _follow(self) -> None:
        """Let the side stand where the table stands."""
        if self.record is None:
            return
        here = self.table.current()
        if here is None or here.id is not None:
            self.side.leave()
            self.side.show_row(self.record, here, self.model.years)

    def _facts_saved(self, fields: object) -> None:
        """A title that was only proposed follows the years."""
        if self.record is None or not isinstance(fields, tuple):
            return
        plan = records.get(self.context.desk, self.record)
        new = suggested_title(plan["first_year"], plan["last_year"])
        if "title" not in fields and plan.text("title") == self._suggested and new != self._suggested:
            self.context.undo.save("plan", {"title": new}, plan.id)
            self.form.refresh()
        self._suggested = new

    # the parts of the page

    def toggle_facts(self) -> None:
        self.facts.setVisible(self.facts.isHidden())
        if not self.facts.isHidden():
            self.form.editors["title"].focus()

    def toggle_side(self) -> None:
        self.side.setVisible(self.side.isHidden())
        self._follow()

    def _fill_in(self) -> None:
        self._open_field("text")

    def _open_field(self, field: str) -> None:
        self.side.show()
        self.side.show_view("edit", {"quarters": "year_quarters"}.get(field, field))

    def _menu(self, at: QPoint) -> None:
        from ui.widgets.text import literal

        menu = QMenu(self)
        for action in self.commands():
            entry = menu.addAction(literal(action.text))
            entry.setEnabled(action.is_enabled())
            entry.triggered.connect(lambda _on=False, run=action.run: run())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.counts.setMaximumWidth(0 if narrow else 1 << 20)
        self.side_button.setVisible(narrow)
        for button in (self.side_button, self.facts_button):
            button.setText("" if narrow else button.accessibleName())
            button.setToolTip(button.accessibleName())
        if narrow != self._narrow:
            self._narrow = narrow
            self.side.setVisible(not narrow and self.model.rowCount() > 0)
            self.keys.setVisible(not narrow)
            self.total.setWordWrap(narrow)
            self.total.setText(self.total.plain())


def suggested_title(first: object, last: object) -> str:
    return _("Child protection plan {years}").format(years=span(first, last)).strip()
