"""One plan: its facts in a line, and its views in turn: the matrix, the quarters, the budget and the others."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from cpdesk.i18n import _, language, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import Record, records
from ui import tokens
from ui.actions import Action
from ui.context import Context
from ui.dialogs import plan_papers
from ui.forms.record_form import RecordForm
from ui.navigation import Crumb, Location, Page
from ui.pages.plan_views import VIEWS, PlanPart, ViewSpec
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button, Segments
from ui.widgets.guards import stops, tab_through
from ui.widgets.surfaces import Card, Chip, column, row
from ui.widgets.text import ElidedText, Text

if TYPE_CHECKING:
    from cpdesk.tasks.tables.targets import Target

STATE_TONES = {"draft": "warning", "in_review": "accent", "approved": "good"}
NARROW = 900
APPROVAL = "ui.pages.plan_views.approval"
EXCEL = "ui.dialogs.import_table"


class Approval(Protocol):
    """The bar that hands a plan over for review and approves it."""

    done: Signal

    def show_plan(self, plan: str) -> None: ...


def span(first: object, last: object) -> str:
    """The years of a plan: ២០២៣–២០២៥."""
    shown = [digits.count(year) for year in (first, last) if isinstance(year, int)]
    return "–".join(dict.fromkeys(shown))


def views_here() -> list[ViewSpec]:
    """The views whose module this program has."""
    return [spec for spec in VIEWS if find_spec(spec.load.partition(":")[0]) is not None]


class PlanPage(Page):
    name = "plan"
    kinds = frozenset({
        "plan", "objective", "output", "activity", "indicator", "target", "budget_line", "priority", "swot",
        "plan_version", "input", "follow_up", "meeting", "body", "person", "progress", "actual", "attachment",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._suggested = ""
        self._stood: tuple[str, str, str] | None = None  # plan, state and version as they were last shown
        self.specs = views_here()
        self._parts: dict[str, PlanPart] = {}
        self._holders: dict[str, QWidget] = {}
        whole = column(self, spacing=tokens.M)
        whole.setContentsMargins(tokens.XL, 14, tokens.XL, tokens.L)
        whole.addLayout(self._head())
        whole.addWidget(self._facts())
        whole.addLayout(self._switch())
        self.stack = QStackedWidget()
        whole.addWidget(self.stack, 1)

    # building

    def _head(self) -> QHBoxLayout:
        head = row(spacing=10)
        self.years = Text("", "title", wrap=False, name="plan_years")
        self.state_chip = Chip("", name="plan_state")
        self.version_chip = Chip("", name="plan_version")
        self.counts = ElidedText("", "small", name="plan_counts")
        for widget in (self.years, self.state_chip, self.version_chip):
            head.addWidget(widget)
        head.addWidget(self.counts, 9)
        head.addStretch(1)
        self.approval = self._approval()
        if self.approval is not None:
            head.addWidget(self.approval)
        self.facts_button = Button(_("About the plan"), icon="info", name="plan_facts", run=self.toggle_facts)
        self.excel_buttons: list[Button] = []
        if find_spec(EXCEL) is not None:
            for key, words, icon in _excel_ways():
                button = Button(words, icon=icon, name=f"plan_{key}")
                button.clicked.connect(lambda _on=False, key=key: self.excel(key))
                self.excel_buttons.append(button)
                head.addWidget(button)
        self.print_button = Button(_("Print"), icon="printer", name="plan_print", run=self.print)
        head.addWidget(self.print_button)
        head.addWidget(self.facts_button)
        return head

    def _approval(self) -> QWidget | None:
        if find_spec(APPROVAL) is None:
            return None
        made = import_module(APPROVAL).ApprovalBar(self.context)
        assert isinstance(made, QWidget)
        return made

    def _switch(self) -> QHBoxLayout:
        across = row(spacing=10)
        self.views = Segments([(spec.name, spec.title()) for spec in self.specs], name="plan_view")
        self.views.chosen.connect(self.show_view)
        across.addWidget(self.views)
        across.addStretch(1)
        self._tool_box = row(spacing=tokens.S)
        across.addLayout(self._tool_box)
        return across

    def _facts(self) -> Card:
        self.facts = Card("facts", margin=14)
        self.form = RecordForm(self.context, "plan")
        self.form.line(("title", 6), ("first_year", 1), ("last_year", 1), ("state", 2))
        self.form.line(("sort", 2), ("body", 3), ("rate", 1), ("version", 1), ("approved_by", 2), ("approved_on", 2))
        self.facts.add(self.form)
        self.facts.hide()
        self.form.saved.connect(self._facts_saved)
        return self.facts

    # views

    def part(self, name: str = "") -> PlanPart:
        """A view, built when it is first asked for; without a name the one in sight."""
        wanted = name or self.views.current()
        found = self._parts.get(wanted)
        if found is None:
            spec = next(spec for spec in self.specs if spec.name == wanted)
            found = self._parts[wanted] = spec.build(self.context)
            found.retitled.connect(self.retitled)
            self.stack.addWidget(found)
            self._tool_box.addWidget(self._tools_of(wanted, found))
        return found

    def _tools_of(self, name: str, part: PlanPart) -> QWidget:
        """The tools of a view, shown and hidden as one."""
        holder = self._holders[name] = QWidget(self)
        box = row(holder)
        for tool in part.tools():
            box.addWidget(tool)
        tab_through([stops(self.views)[-1], *stops(holder)])
        return holder

    def show_view(self, name: str) -> None:
        """Turn to another view; what was typed in the one in sight is kept first."""
        if name not in {spec.name for spec in self.specs}:
            return
        shown = self.stack.currentWidget()
        part = self.part(name)
        if isinstance(shown, PlanPart) and shown is not part:
            shown.leave()
        self.views.set_current(name)
        self.stack.setCurrentWidget(part)
        self._show_tools(part)
        if self.record is not None:
            part.show_plan(self.record)
        self._fit_switch()
        self.print_button.setEnabled(any(action.id == "print" for action in self.commands()))
        self.retitled.emit()

    def _fit_switch(self) -> None:
        shown = self.stack.currentWidget()
        if isinstance(shown, PlanPart):
            shown.fit_tools(self.width() - 2 * tokens.XL - self.views.sizeHint().width() - 10)

    def _show_tools(self, part: PlanPart) -> None:
        for name, holder in self._holders.items():
            holder.setVisible(self._parts[name] is part)

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
        self.form.refresh()
        self._show_head()
        if self.stack.currentWidget() is None:
            self.show_view(self.specs[0].name)
        else:
            self.part().show_plan(self.record)

    def leave(self) -> None:
        self.form.flush()
        for part in self._parts.values():
            part.leave()

    def state(self) -> dict[str, object]:
        return {**self.part().state(), "view": self.views.current(), "facts": not self.facts.isHidden()}

    def restore(self, state: dict[str, object]) -> None:
        self.facts.setVisible(bool(state.get("facts")))
        view = state.get("view")
        if isinstance(view, str) and view != self.views.current():
            self.show_view(view)
        self.part().restore(state)

    def begin(self) -> None:
        if not self.facts.isHidden():
            self.form.editors["title"].focus()
        else:
            self.part().begin()

    def commands(self) -> list[Action]:
        views = [
            Action(f"view_{spec.name}", spec.title(), self._turner(spec.name), "eye", shortcut=f"Alt+{n}")
            for n, spec in enumerate(self.specs, 1)
        ]
        excel = [
            Action(f"plan_{key}", words, self._exceller(key), icon)
            for key, words, icon in _excel_ways()
            if self.excel_buttons
        ]
        return [
            *self.part().commands(),
            *self._papers(),
            Action("thread", _("The whole thread of the plan"), self._to_thread, "link", "Ctrl+T"),
            *(views if len(views) > 1 else []),
            *excel,
            Action("facts", _("About the plan"), self.toggle_facts, "info"),
            *undo_actions(self.context),
        ]

    def _papers(self) -> list[Action]:
        """The print commands of the view in sight."""
        view = self.views.current()
        own = {action.id for action in self.part().commands()}
        found = plan_papers.actions(self.context, view, lambda: self.record, lambda: self.part().state(), self)
        return [action for action in found if action.id not in own]

    def print(self) -> None:
        """What Ctrl+P does in the view in sight."""
        self.part().leave()
        run = next((action.run for action in self.commands() if action.id == "print"), None)
        if run is not None:
            run()

    def _to_thread(self) -> None:
        self.context.go("thread", self.record)

    def _turner(self, name: str) -> Callable[[], None]:
        def turn() -> None:
            self.show_view(name)
            self.part().begin()

        return turn

    def _exceller(self, key: str) -> Callable[[], None]:
        return lambda: self.excel(key)

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
        if self.approval is not None:
            cast(Approval, self.approval).show_plan(plan.id)
        self._note_next_version(plan)
        self._show_counts(plan.id)

    def _note_next_version(self, plan: Record) -> None:
        """An edit of an approved plan opened its next version: said once, when it happens."""
        stands = (plan.id, plan.text("state"), plan.text("version"))
        before, self._stood = self._stood, stands
        if before is None or before[0] != plan.id or before[1] not in ("approved", "closed"):
            return
        if stands[1] == "draft" and stands[2] != before[2]:
            number = digits.count(int(stands[2])) if stands[2].isdecimal() else stands[2]
            self.context.say(
                _("The approved version stays as it is. What you change from now on is version {number}.").format(
                    number=number
                ),
                "accent",
            )

    def _show_counts(self, plan: str) -> None:
        """How much the plan holds, in the words of its bands."""
        desk = self.context.desk
        objectives = set(records.ids(desk, "objective", {"plan": plan}))
        outputs = {id_ for id_, *whole in records.columns(desk, "output", ("objective",)) if whole[0] in objectives}
        holders = objectives | outputs
        a = sum(whole[0] in holders for _id, *whole in records.columns(desk, "activity", ("output",)))
        o, p = len(objectives), len(outputs)
        counts = (
            ngettext("{count} objective", "{count} objectives", o).format(count=digits.count(o)),
            ngettext("{count} output", "{count} outputs", p).format(count=digits.count(p)),
            ngettext("{count} activity", "{count} activities", a).format(count=digits.count(a)),
        )
        self.counts.setText(" · ".join(counts))

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

    def excel(self, way: str) -> None:
        """`import` or `export` of this plan's matrix."""
        if self.record is None:
            return
        self.part().leave()
        module = import_module(EXCEL)
        run = module.run_import if way == "import" else module.run_export
        run(self.window(), self.context, ("plan", self.record))

    def table_target(self) -> Target | None:
        return ("plan", self.record) if self.record is not None else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.counts.setMaximumWidth(0 if narrow else 1 << 20)
        across = self.views.layout()
        if across is not None:
            across.setSpacing(5 if narrow else 10)
        self._fit_switch()
        for button in (self.print_button, self.facts_button, *self.excel_buttons):
            button.setText("" if narrow else button.accessibleName())
            button.setToolTip(button.accessibleName())


def _excel_ways() -> tuple[tuple[str, str, str], ...]:
    return ("import", _("From Excel"), "upload"), ("export", _("To Excel"), "file-spreadsheet")


def suggested_title(first: object, last: object) -> str:
    return _("Child protection plan {years}").format(years=span(first, last)).strip()
