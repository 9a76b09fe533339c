"""The next plan from the last: which activities go on, what comes along with them, for which years."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QWidget

from cpdesk import records as kinds
from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks import Desk, Progress, carry, plans, records
from cpdesk.tasks.carry import Carried
from cpdesk.tasks.undo import Undo
from ui import theme, tokens
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.jobs import Job
from ui.pages.plan import suggested_title
from ui.pages.plan_views.sheets import Line, Table, TickSheet, band_of, numbered, words_cell
from ui.widgets.buttons import Button
from ui.widgets.editors import TextEditor, YearEditor
from ui.widgets.flow import FlowLayout
from ui.widgets.job_row import JobRow
from ui.widgets.notices import InlineMessage
from ui.widgets.sheet import Cell, SheetColumn
from ui.widgets.surfaces import column, row
from ui.widgets.text import Text, literal

REST = 440  # how tall all but the sheet is
ON, OFF = "☑", "☐"
TONES = {"done": "good", "on_track": "accent", "at_risk": "warning", "late": "bad", "dropped": "neutral"}
OPTIONS = ("priorities", "swot", "quarters", "targets", "budget")
CHANGED = ("plan", "objective", "output", "activity", "indicator", "target", "budget_line", "priority", "swot")


class ChoiceSheet(TickSheet):
    """As tall as its rows where the window has that room."""

    room = 300

    def sizeHint(self) -> QSize:
        return QSize(600, max(theme.scaled(120), min(self.content_height() + 2, self.room)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def tickable(self, row: int, _column: int) -> bool:
        return self.sheet.band(row) is None


class CarryDialog(Dialog):
    """`made` is the new plan with what became of what; None where the person thought better of it."""

    def __init__(self, parent: QWidget | None, context: Context, plan: str) -> None:
        super().__init__(parent, _("Start the next plan from this one"), name="carry", icon="arrow-right")
        self.setMinimumSize(theme.scaled(900), theme.scaled(400))
        self.setMaximumWidth(980)
        self.context, self.plan = context, plan
        self.made: Carried | None = None
        self._busy = False
        self.choices = {one.record.id: one for one in carry.choices(context.desk, plan)}
        self.wanted = {id_ for id_, one in self.choices.items() if not one.finished}
        old = records.get(context.desk, plan)
        self.body.addWidget(Text(_("From: {title}").format(title=old.title), "small", name="carry_from"))
        self._facts(old.values.get("first_year"), old.values.get("last_year"))
        self._activities()
        self._options()
        self.problem = InlineMessage(name="carry_problem")
        self.body.addWidget(self.problem)
        self.row = JobRow("carry_job")
        self.body.addWidget(self.row)
        self._job: Job | None = None
        self.add_button(_("Cancel"), self.reject, name="carry_no")
        self.add_button(_("Make the plan"), self.make, kind="primary", name="carry_yes")
        self._show()

    def _facts(self, first: object, last: object) -> None:
        """As many years as the last plan had, right behind it, and a title that says so until one writes another."""
        kind = kinds.kind("plan")
        begin = last + 1 if isinstance(last, int) else None
        end = (
            begin + (last - first)
            if isinstance(begin, int) and isinstance(last, int) and isinstance(first, int)
            else None
        )
        self.title = TextEditor("title", kind.field("title").label, type_=kind.field("title").type)
        self.first = YearEditor("first_year", kind.field("first_year").label, type_=kind.field("first_year").type)
        self.last = YearEditor("last_year", kind.field("last_year").label, type_=kind.field("last_year").type)
        self._suggested = suggested_title(begin, end)
        across = row(spacing=tokens.M)
        facts = (self.title, self._suggested, 6), (self.first, begin, 1), (self.last, end, 1)
        for editor, value, share in facts:
            name = editor.objectName()
            editor.set_value(value)
            box = column(spacing=2)
            box.addWidget(Text(kind.field(name).label, "label", wrap=False))
            box.addWidget(editor)
            across.addLayout(box, share)
        self.first.edited.connect(self._years_typed)
        self.last.edited.connect(self._years_typed)
        self.body.addLayout(across)

    def _activities(self) -> None:
        head = row(spacing=tokens.M)
        self.count = Text("", "strong", wrap=False, name="carry_count")
        head.addWidget(self.count)
        head.addStretch(1)
        unfinished = {id_ for id_, one in self.choices.items() if not one.finished}
        for name, words, ids in (
            ("unfinished", _("Only what is not finished"), unfinished),
            ("all", _("All"), set(self.choices)),
            ("none", _("None"), set()),
        ):
            head.addWidget(Button(words, kind="link", name=f"carry_{name}", run=partial(self._choose, ids)))
        self.body.addLayout(head)
        self.model = Table()
        self.sheet = ChoiceSheet(self.model, name="carry_sheet", label=_("Activities that go on"), frozen=1)
        window = self.parentWidget()
        self.sheet.room = (window.height() if window is not None else 768) - theme.scaled(REST)
        self.sheet.ticked.connect(self._turn)
        self.body.addWidget(self.sheet, 1)

    def _options(self) -> None:
        words = {
            "priorities": _("Priorities"),
            "swot": _("Strong and weak points"),
            "quarters": _("Quarters, moved to the new years"),
            "targets": _("Targets, moved to the new years"),
            "budget": _("Budgets, moved to the new years"),
        }
        holder = QWidget()
        flow = FlowLayout(holder, spacing=tokens.L)
        flow.addWidget(Text(_("Comes along:"), "label", wrap=False))
        self.options: dict[str, QCheckBox] = {}
        for key in OPTIONS:
            tick = QCheckBox(literal(words[key]))
            tick.setObjectName(f"carry_with_{key}")
            tick.setAccessibleName(words[key])
            tick.setChecked(key == "priorities")
            flow.addWidget(tick)
            self.options[key] = tick
        self.body.addWidget(holder)
        told = _("Indicators go with their lines; what was reached last is their new baseline.")
        self.body.addWidget(Text(told, "small"))

    # which activities

    def _show(self) -> None:
        columns = (
            SheetColumn("on", "", width=38, align="center", hideable=False),
            SheetColumn("code", kinds.kind("activity").field("code").label, width=64, hideable=False),
            SheetColumn("text", kinds.kind("activity").label, width=240, stretch=1, hideable=False),
            SheetColumn("status", _("Last report"), width=130, hideable=False),
        )
        lines: list[Line] = []
        codes = plans.codes(self.context.desk, self.plan)
        for node in plans.tree(self.context.desk, self.plan):
            lines.append(Line(node.record.id, band=band_of(node.record, codes[node.record.id])))
            lines += [self._line(one.id, codes[one.id]) for one in node.activities]
            for output in node.outputs:
                lines.append(Line(output.record.id, band=band_of(output.record, codes[output.record.id])))
                lines += [self._line(one.id, codes[one.id]) for one in output.activities]
        self.model.fill(columns, lines)
        self.sheet.setVisible(bool(lines))
        words = _("{count} of {all} activities go on")
        self.count.setText(words.format(count=digits.count(len(self.wanted)), all=digits.count(len(self.choices))))

    def _line(self, id_: str, code: str) -> Line:
        one, on = self.choices[id_], id_ in self.wanted
        ink = "ink" if on else "muted"
        told = kinds.kind("progress").field("status").type.show(one.status) or _("no report")
        tick, tick_ink = (ON, "accent") if on else (OFF, "muted")
        return Line(id_, cells=(
            Cell(tick, copy="X" if on else "", align="center", ink=tick_ink, read_only=True),
            words_cell(numbered(code), ink="muted"),
            words_cell(one.record.text("text"), ink=ink),
            Cell(told, look="chip", tone=TONES.get(one.status or "", "neutral"), read_only=True),
        ))  # fmt: skip

    def _turn(self, cells: list[tuple[int, int]]) -> None:
        ids = [str(self.model.key(at)) for at, _column in cells]
        all_on = set(ids) <= self.wanted
        self._choose(self.wanted - set(ids) if all_on else self.wanted | set(ids))

    def _choose(self, ids: set[str]) -> None:
        self.wanted = set(ids)
        self._show()

    # making it

    def _years_typed(self) -> None:
        """A title that was only proposed follows the years."""
        try:
            new = suggested_title(self.first.value(), self.last.value())
        except ValueError:
            return
        if self.title.value() == self._suggested:
            self.title.set_value(new)
            self._suggested = new

    def make(self) -> None:
        """Make it; what stands in the way is said in the dialog."""
        try:
            title, first, last = self.title.value(), self.first.value(), self.last.value()
        except ValueError as why:
            self.problem.say(str(why), "bad")
            return
        if not isinstance(title, str) or not isinstance(first, int) or not isinstance(last, int):
            self.problem.say(_("The new plan needs a title, a first and a last year."), "warning")
            return
        on = {key: tick.isChecked() for key, tick in self.options.items()}
        wanted = set(self.wanted)

        def work(desk: Desk, progress: Progress) -> tuple[Carried, Undo]:
            undo = Undo(desk)
            made = carry.carry_over(
                undo, self.plan, title=title, first_year=first, last_year=last, activities=wanted,
                with_priorities=on["priorities"], with_swot=on["swot"], with_quarters=on["quarters"],
                with_targets=on["targets"], with_budget=on["budget"], progress=progress,
            )  # fmt: skip
            return made, undo

        self._set_busy(True)
        words = _("The plan is being made…")
        self._job = self.context.jobs.run(work, title=words, done=self._made, failed=self._failed)
        self._job.cancelled.connect(self._stopped)
        self.row.follow(self._job, words)

    def _made(self, result: tuple[Carried, Undo]) -> None:
        self.made, undo = result
        self.context.undo.take_over(undo)
        self._set_busy(False)
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._set_busy(False)
        if not isinstance(error, UserError):
            raise error
        self.problem.say(str(error), "bad")

    def _stopped(self) -> None:
        """Nothing of the plan was kept."""
        self._set_busy(False)

    def _set_busy(self, on: bool) -> None:
        """A large plan takes some seconds, beside the window; until then the dialog stays."""
        self._busy = on
        for button in self.findChildren(Button):
            if button is not self.row.cancel:
                button.setEnabled(not on)
        self.problem.say("")

    def reject(self) -> None:
        """While the plan is being made, that is stopped first."""
        if self._busy:
            self.row.cancel.click()
        else:
            super().reject()


def start_next(window: QWidget | None, context: Context, plan: str) -> str | None:
    """Ask what goes on, make the plan and open it; its id, None where the person thought better of it."""
    dialog = CarryDialog(window, context, plan)
    made = dialog.made if dialog.exec() else None
    dialog.deleteLater()
    if made is None:
        return None
    context.touched(*CHANGED)
    context.say(_("The next plan is there. Ctrl+Z takes all of it back."))
    context.go("plan", made.plan)
    return made.plan
