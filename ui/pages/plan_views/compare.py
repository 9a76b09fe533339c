"""Two versions of the plan, a version and now, or two plans, side by side: what changed is marked cell by cell.

F8 goes to the next change and Shift+F8 to the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cpdesk import records as kinds
from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks import compare, records
from ui import tokens
from ui.actions import Action
from ui.context import Context
from ui.pages.plan_views import PlanPart
from ui.pages.plan_views.sheets import FittedSheet, Line, Table, numbered, words_cell
from ui.widgets.buttons import Button, IconButton, Segments
from ui.widgets.editors.choice import Combo
from ui.widgets.notices import InlineMessage
from ui.widgets.sheet import Band, Cell, SheetColumn
from ui.widgets.surfaces import Chip, EmptyState, column, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks.compare import Comparison, Pair, PairCell

SIGNS = {"same": "", "changed": "≠", "added": "+", "removed": "−"}
AT_ONCE = 200  # activities of the desk that are compared within the blink of an eye
TONES = {"changed": "warning", "added": "good", "removed": "bad"}


def state_words(state: str) -> str:
    return {
        "same": _("unchanged"), "changed": _("changed"), "added": _("added"), "removed": _("taken out"),
    }[state]  # fmt: skip


class CompareView(PlanPart):
    name = "compare"
    kinds = frozenset({
        "plan", "objective", "output", "activity", "indicator", "target", "budget_line", "priority", "swot",
        "plan_version", "body", "person",
    })  # fmt: skip

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.found: Comparison | None = None
        self._asked: tuple[str, str] | None = None  # the sides that are being compared in the worker
        whole = column(self, spacing=tokens.M)
        whole.addWidget(self._choosing())
        whole.addWidget(self._summary())
        self.problem = InlineMessage(name="compare_problem")
        whole.addWidget(self.problem)
        self.model = Table()
        self.sheet = FittedSheet(
            self.model, name="compare_sheet", label=_("Compare"), frozen=2, memory_name="plan_compare", snug=True
        )
        whole.addWidget(self.sheet, 100)
        self.none = Text("", "muted", name="compare_none")
        whole.addWidget(self.none)
        self.empty = EmptyState(
            "history",
            _("Once the plan was approved, each later change is shown here beside what was approved."),
            example=_("Two plans can be compared as well, once there are two."),
            name="empty_compare",
        )
        whole.addWidget(self.empty, 1)
        whole.addStretch(1)

    def _choosing(self) -> QWidget:
        self.top = QWidget()
        across = row(self.top, spacing=10)
        self.left, self.right = Combo(), Combo()
        for combo, name, word in ((self.left, "compare_left", _("Before")), (self.right, "compare_right", _("After"))):
            combo.setObjectName(name)
            combo.setAccessibleName(word)
            combo.setMinimumContentsLength(18)
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.activated.connect(lambda _at: self._compare())
        swap = IconButton("arrow-up-down", _("Change sides"), name="compare_swap", run=self.swap)
        across.addWidget(Text(_("Before"), "label", wrap=False))
        across.addWidget(self.left, 1)
        across.addWidget(swap)
        across.addWidget(Text(_("After"), "label", wrap=False))
        across.addWidget(self.right, 1)
        return self.top

    def _summary(self) -> QWidget:
        self.foot = QWidget()
        across = row(self.foot, spacing=10)
        self.only = Segments((("changes", _("Only changes")), ("all", _("Everything"))), name="compare_only")
        self.only.chosen.connect(lambda _key: self._show_lines())
        across.addWidget(self.only)
        self.chips = {state: Chip("", tone, name=f"compare_{state}") for state, tone in TONES.items()}
        for chip in self.chips.values():
            across.addWidget(chip)
        across.addStretch(1)
        self.next = Button(_("Next change"), icon="chevron-down", name="compare_next", tip="F8", run=self.go_next)
        across.addWidget(self.next)
        return self.foot

    # what a view is asked

    def show_plan(self, plan: str) -> None:
        other = plan != self.plan
        self.plan = plan
        sides = compare.sides(self.context.desk, plan)
        usual = compare.usual(self.context.desk, plan)
        chosen = (self.left.currentData(), self.right.currentData())
        for combo, was, first in zip((self.left, self.right), chosen, usual or (plan, plan), strict=True):
            combo.clear()
            for side in sides:
                combo.addItem(side.title, side.key)
            kept = combo.findData(was) if not other else -1
            combo.setCurrentIndex(kept if kept >= 0 else max(0, combo.findData(first)))
        there = len(sides) > 1
        self.top.setVisible(there)
        self.foot.setVisible(there)
        self.empty.setVisible(not there)
        if there:
            self._compare()
        else:
            self._asked = None
            self.found = None
            self.problem.say("")
            self.none.hide()
            self.sheet.hide()

    def _compare(self) -> None:
        """Compare at once, or beside the work where the plans are large."""
        left, right = str(self.left.currentData()), str(self.right.currentData())
        if records.count(self.context.desk, "activity") <= AT_ONCE:
            self._asked = None
            try:
                self._arrived(compare.compare(self.context.desk, left, right))
            except UserError as error:
                self._refused(error)
            return
        if self._asked == (left, right):
            return  # under way
        asked = self._asked = (left, right)
        self.found = None
        self._show_lines()
        self.problem.say(_("Comparing…"), "accent")

        def done(found: Comparison) -> None:
            if isValid(self) and self._asked == asked:
                self._asked = None
                self._arrived(found)

        def failed(error: BaseException) -> None:
            if not isinstance(error, UserError):
                raise error
            if isValid(self) and self._asked == asked:
                self._asked = None
                self._refused(error)

        def stopped() -> None:
            if isValid(self) and self._asked == asked:
                self._asked = None
                self.problem.say(_("Stopped. Choose the sides again to compare them."), "neutral")

        work = lambda desk, progress: compare.compare(desk, left, right, progress)  # noqa: E731
        job = self.context.jobs.run(work, title=_("Comparing…"), done=done, failed=failed)
        job.cancelled.connect(stopped)

    def _arrived(self, found: Comparison) -> None:
        self.found = found
        self.problem.say("")
        self._show_lines()

    def _refused(self, error: UserError) -> None:
        self.found = None
        self.problem.say(str(error), "bad")
        self._show_lines()

    def _show_lines(self) -> None:
        found = self.found
        self.sheet.setVisible(found is not None)
        if found is None:
            self.none.hide()
            self.next.setEnabled(False)
            return
        only = self.only.current() == "changes"
        lines = [line for pair in found.pairs if not only or pair.state != "same" for line in _lines(found, pair, only)]
        self.model.fill(self._columns(), lines)
        counts = found.counts
        for state, chip in self.chips.items():
            chip.setText(f"{SIGNS[state]} {state_words(state)} {digits.count(counts[state])}")
            chip.setVisible(counts[state] > 0)
        self.sheet.setVisible(bool(lines))
        self.next.setEnabled(sum(counts.values()) > counts["same"])
        self.none.setText("" if lines else _("Both sides say the same."))
        self.none.setVisible(not lines)

    def _columns(self) -> list[SheetColumn]:
        return [
            SheetColumn("sign", "", width=32, hideable=False),
            SheetColumn("field", _("Field"), width=150, hideable=False),
            SheetColumn("left", self.left.currentText(), width=200, stretch=1, hideable=False),
            SheetColumn("right", self.right.currentText(), width=200, stretch=1, hideable=False),
        ]

    # going about

    def swap(self) -> None:
        """The left side becomes the right one."""
        left, right = self.left.currentIndex(), self.right.currentIndex()
        self.left.setCurrentIndex(right)
        self.right.setCurrentIndex(left)
        self._compare()

    def go_next(self, step: int = 1) -> None:
        """To the next cell that differs, round from the end to the beginning."""
        here, _column = self.sheet.current()
        count = self.model.rows()
        for n in range(1, count + 1):
            at = (here + n * step) % count
            line = self.model.line(at)
            if line is not None and line.band is None and line.cells[0].text:
                self.sheet.set_current(at, 3)
                self.sheet.setFocus()
                return

    def begin(self) -> None:
        (self.sheet if not self.sheet.isHidden() else self.left).setFocus()

    def commands(self) -> list[Action]:
        def there() -> bool:
            return self.found is not None and self.next.isEnabled()

        back = lambda: self.go_next(-1)  # noqa: E731
        return [
            Action("next_change", _("Next change"), self.go_next, "chevron-down", shortcut="F8", enabled=there),
            Action("last_change", _("Change before"), back, "chevron-up", shortcut="Shift+F8", enabled=there),
            Action("swap_sides", _("Change sides"), self.swap, "arrow-up-down", enabled=lambda: self.found is not None),
        ]

    def state(self) -> dict[str, object]:
        return {
            "left": self.left.currentData(), "right": self.right.currentData(), "only": self.only.current(),
        }  # fmt: skip

    def restore(self, state: dict[str, object]) -> None:
        if state.get("only") in ("all", "changes"):
            self.only.set_current(str(state["only"]))
        left, right = state.get("left"), state.get("right")
        if state.get("part") == "plan_version" and isinstance(state.get("focus"), str):
            left, right = state["focus"], self.plan
        for combo, key in ((self.left, left), (self.right, right)):
            at = combo.findData(key) if isinstance(key, str) else -1
            if at >= 0:
                combo.setCurrentIndex(at)
        if self.left.count() > 1:
            self._compare()


def _lines(found: Comparison, pair: Pair, only: bool) -> list[Line]:
    """A line of the plan as a heading with its cells under it; of what was added or taken out only what it held."""
    lines = [Line((pair.line.id, ""), band=_band(pair))]
    for cell in pair.cells:
        if only and cell.state == "same":
            continue
        lines.append(Line((pair.line.id, cell.key), cells=_cells(found.labels[cell.key], cell)))
    return lines


def _band(pair: Pair) -> Band:
    line = pair.line
    words = {
        "plan": kinds.kind("plan").label,
        "objective": _("Objective {number}").format(number=numbered(line.code)),
        "output": _("Output {number}").format(number=numbered(line.code)),
        "activity": numbered(line.code),
        "priority": kinds.kind("priority").label,
        "swot": kinds.kind("swot").label,
    }[line.kind]
    sign = f"{SIGNS[pair.state]} " if pair.state in ("added", "removed") else ""
    told = f" ({state_words(pair.state)})" if sign else ""
    return Band(f"{sign}{words} · {line.words}{told}", 0 if line.kind in ("plan", "objective") else 1)


def _cells(label: str, cell: PairCell) -> tuple[Cell, ...]:
    state = cell.state
    if state == "same":
        return words_cell(""), words_cell(label, ink="muted"), words_cell(cell.left), words_cell(cell.right)
    gone, new = ("bad_soft" if cell.left else ""), ("good_soft" if cell.right else "")
    return (
        Cell(SIGNS[state], bold=True, align="center", ink=TONES[state], read_only=True),
        words_cell(label, bold=True),
        words_cell(cell.left, ground=gone),
        words_cell(cell.right, ground=new),
    )
