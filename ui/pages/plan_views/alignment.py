"""How the plan agrees with the investment programmes, line by line, and what the integration workshop still lacks.

State, programme and line are written in place, since this is the table that one fills at the workshop.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cpdesk import records as kinds
from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Choice
from cpdesk.tasks import alignment, budgets
from cpdesk.tasks.alignment import Aligned, Alignment, StateSum
from ui import theme, tokens
from ui.context import Context
from ui.lists.plan_rows import short_name
from ui.pages.plan_views import PlanPart
from ui.pages.plan_views.sheets import FittedSheet, Mark, Swatch, numbered, words_cell
from ui.widgets.buttons import Segments
from ui.widgets.sheet import Cell, Change, FootRow, Refusal, SheetColumn, SheetModel, Suggestion
from ui.widgets.surfaces import Card, EmptyState, column, row
from ui.widgets.text import ElidedText, Text

TONES = {"ongoing": "good", "pledged": "accent", "not_pledged": "bad", "none": "neutral"}
_SWATCHES = {"ongoing": "chart_good", "pledged": "accent", "not_pledged": "chart_bad", "none": "chart_none"}
KEYS = ("code", "text", "responsible", "investment", "investment_programme", "investment_line", "amount", "missing")
WRITTEN = ("investment", "investment_programme", "investment_line")


class AlignmentModel(SheetModel):
    """The activities that the filter lets through."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.lines: list[Aligned] = []
        self._who: dict[str, str] = {}
        self._whole: Alignment | None = None

    def show(self, found: Alignment, lines: list[Aligned]) -> None:
        before = [line.activity.id for line in self.lines]
        self._whole, self.lines = found, lines
        if before == [line.activity.id for line in lines]:
            self.changed()  # what is chosen stays chosen
        else:
            self.reset()

    def columns(self) -> Sequence[SheetColumn]:
        label = {field.name: field.label for field in kinds.kind("activity").fields}
        return (
            SheetColumn("code", label["code"], width=60, hideable=False),
            SheetColumn("text", kinds.kind("activity").label, width=190, stretch=2, hideable=False),
            SheetColumn("responsible", label["responsible"], width=118),
            SheetColumn("investment", label["investment"], width=156),
            SheetColumn("investment_programme", label["investment_programme"], width=134),
            SheetColumn("investment_line", label["investment_line"], width=120, stretch=1),
            SheetColumn("amount", _("In riel"), width=112, align="right"),
            SheetColumn("missing", _("Still missing"), width=130, stretch=1),
        )

    def rows(self) -> int:
        return len(self.lines)

    def key(self, row: int) -> Hashable:
        return self.lines[row].activity.id

    def cell(self, row: int, column: int) -> Cell:
        one, key = self.lines[row], KEYS[column]
        if key == "code":
            return words_cell(numbered(one.code), ink="muted")
        if key == "responsible":
            return words_cell(self._name(one.activity.text("responsible")))
        if key == "investment":
            return Cell(one.activity.label(key), look="chip", tone=TONES.get(one.state, "neutral"))
        if key == "amount":
            return _amount(one)
        if key == "missing":
            return words_cell(missing_words(one.missing), ink="warning")
        shown = one.activity.label(key)
        return Cell(shown, read_only=key not in WRITTEN)

    def _name(self, id_: str) -> str:
        if id_ not in self._who:
            self._who[id_] = short_name(self.context.desk, id_)
        return self._who[id_]

    def foot(self) -> Sequence[FootRow]:
        if self._whole is None or not self.lines:
            return []
        sums = [one.amount.known for one in self.lines if one.amount.known is not None]
        shown = digits.number(sum(sums[1:], sums[0])) if sums else ""
        words = ngettext("{count} activity", "{count} activities", len(self.lines))
        return [FootRow(words.format(count=digits.count(len(self.lines))),
                        {"amount": Cell(shown, align="right", bold=True)})]  # fmt: skip

    def suggest(self, _row: int, column: int, text: str) -> list[Suggestion]:
        type_ = kinds.kind("activity").field(KEYS[column]).type if KEYS[column] in WRITTEN else None
        if not isinstance(type_, Choice):
            return []
        return [Suggestion(option.label) for option in type_.options if fold(text) in fold(option.label)]

    def apply(self, changes: list[Change]) -> list[Refusal]:
        drafts: list[tuple[str, dict[str, object]]] = []
        for line, at, text in changes:
            if KEYS[at] not in WRITTEN:
                continue
            try:
                value = kinds.kind("activity").field(KEYS[at]).type.parse(text.strip())
            except ValueError as why:
                return [Refusal(line, at, str(why))]
            drafts.append((self.lines[line].activity.id, {KEYS[at]: value}))
        try:
            with self.context.undo.together():
                for id_, values in drafts:
                    self.context.undo.save("activity", values, id_)
        except UserError as error:
            return [Refusal(changes[0][0], changes[0][1], str(error))]
        self.context.touched("activity", "plan")
        return []


def _amount(one: Aligned) -> Cell:
    if one.amount.lines and one.amount.known is None:
        why = _("Not all of it can be told in riel: a rate or a currency is missing.")
        return Cell("?", align="right", read_only=True, problem=why)
    known = one.amount.known
    return Cell("" if known is None else digits.number(known), align="right", read_only=True)


def missing_words(missing: Sequence[str]) -> str:
    return ", ".join(missing_word(what) for what in missing)


def missing_word(what: str) -> str:
    if what == "budget":
        return kinds.kind("budget_line").label
    return kinds.kind("activity").field(what).label


class StateTile(Card):
    """How many activities stand so, and how much money that is."""

    def __init__(self, state: str) -> None:
        super().__init__(f"alignment_{state or 'unsaid'}", margin=10)
        self.body.setSpacing(0)
        word = alignment.label(state) or _("investment not said")
        head = row()
        head.addWidget(Swatch(Mark(_SWATCHES.get(state, "chart_warning"), "", word)), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Text(word, "small"), 1)
        self.body.addLayout(head)
        self.body.addStretch(1)
        self.count = Text("", "title", wrap=False)
        self.amount = Text("", "small", wrap=False)
        sums = row(spacing=10)
        sums.addWidget(self.count)
        sums.addWidget(self.amount)
        sums.addStretch(1)
        self.body.addLayout(sums)

    def show_sum(self, one: StateSum) -> None:
        self.count.setText(digits.count(one.activities))
        known = one.amount.known
        self.amount.setText("?" if one.amount.unknown else budgets.shown(known, "KHR") if known is not None else "—")


class AlignmentView(PlanPart):
    name = "alignment"
    kinds = frozenset({"plan", "objective", "output", "activity", "budget_line", "body", "person"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.found: Alignment | None = None
        whole = column(self, spacing=tokens.M)
        self._top = QWidget()
        across = row(self._top, spacing=tokens.M)
        self.tiles = {state: StateTile(state) for state in (*alignment.states_in_order(), "")}
        for tile in self.tiles.values():
            across.addWidget(tile, 1)
        whole.addWidget(self._top)
        self.filter = Segments(
            (("all", _("All activities")), ("missing", _("Not ready for the workshop")), ("ready", _("Ready"))),
            name="alignment_filter",
        )
        self.lacks = ElidedText("", "small", name="alignment_lacks")
        line = row(spacing=tokens.L)
        line.addWidget(self.filter)
        line.addWidget(self.lacks, 1)
        whole.addLayout(line)
        self.model = AlignmentModel(context)
        self.sheet = FittedSheet(
            self.model, name="alignment_sheet", label=_("Investment alignment"), frozen=2,
            memory_name="plan_alignment", snug=True,
        )  # fmt: skip
        whole.addWidget(self.sheet, 100)
        self.empty = EmptyState(
            "scale",
            _("Line by line one sees here which activities stand in an investment programme, and with what money."),
            example=_("Write the activities in the table first."),
            name="empty_alignment",
        )
        self.none = Text("", "muted", name="alignment_none")
        whole.addWidget(self.none)
        whole.addWidget(self.empty, 1)
        whole.addStretch(1)
        self.filter.chosen.connect(self._filter)
        self.sheet.refused.connect(lambda refusals: self.context.say(refusals[0].reason, "warning"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_top()

    def _fit_top(self) -> None:
        """On a low screen with large letters the sheet has the room; its foot says how many there are."""
        there = self.found is not None and bool(self.found.lines)
        self._top.setVisible(there and self.height() >= theme.scaled(300))

    def show_plan(self, plan: str) -> None:
        if self.sheet.is_writing():
            return
        self.plan = plan
        found = self.found = alignment.alignment(self.context.desk, plan)
        there = bool(found.lines)
        for widget in (self.filter, self.lacks):
            widget.setVisible(there)
        self._fit_top()
        self.empty.setVisible(not there)
        for one in found.states:
            tile = self.tiles[one.state]
            tile.show_sum(one)
            tile.setVisible(bool(one.activities) or bool(one.state))
        lacking = [f"{missing_word(what)} {digits.count(n)}" for what, n in found.missing.items() if n]
        words = _("Missing for the integration workshop: {what}").format(what=" · ".join(lacking))
        self.lacks.setText(words if lacking else _("Nothing is missing for the integration workshop."))
        self._show_lines(found)

    def _show_lines(self, found: Alignment) -> None:
        wanted = self.filter.current()
        lines = [one for one in found.lines if wanted == "all" or bool(one.missing) == (wanted == "missing")]
        self.model.show(found, lines)
        self.sheet.setVisible(bool(lines))
        self.none.setText("" if lines or not found.lines else _("No activity is so."))
        self.none.setVisible(bool(self.none.plain()))

    def _filter(self, _key: str) -> None:
        if self.found is not None:
            self._show_lines(self.found)

    def leave(self) -> None:
        self.sheet.keep()

    def begin(self) -> None:
        self.sheet.setFocus()

    def state(self) -> dict[str, object]:
        row_at, _column = self.sheet.current()
        chosen = self.model.key(row_at) if 0 <= row_at < self.model.rows() else None
        return {"chosen": chosen, "filter": self.filter.current()}

    def restore(self, state: dict[str, object]) -> None:
        wanted = state.get("filter")
        if wanted in ("all", "missing", "ready"):
            self.filter.set_current(str(wanted))
            self._filter(str(wanted))
        chosen = state.get("chosen")
        if isinstance(chosen, str):
            self.sheet.choose(chosen)
