"""What the plan costs: by year and source, by objective and year, in riel, in dollars, and all in riel at its rate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtWidgets import QScrollArea, QWidget

from cpdesk import records as kinds
from cpdesk.charts import Bar, Rows
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import budgets, plans, records
from cpdesk.tasks.budgets import Budget, Money, Row
from ui import tokens
from ui.actions import Action
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.pages.plan_views import PlanPart
from ui.pages.plan_views.sheets import Line, Table, WholeSheet, number_cell, numbered, share_text, words_cell
from ui.widgets.chart import ChartView
from ui.widgets.notices import InlineMessage
from ui.widgets.sheet import Cell, FootRow, SheetColumn
from ui.widgets.surfaces import Card, EmptyState, SectionHeader, column, row, scrolling
from ui.widgets.text import Text

UNSURE = "?"


class BudgetView(PlanPart):
    name = "budget"
    kinds = frozenset({"plan", "objective", "output", "activity", "budget_line", "office"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        content = QWidget()
        self._body = column(content, spacing=tokens.L)
        self._body.setContentsMargins(0, 0, 0, tokens.M)
        self.area: QScrollArea = scrolling(content, "budget_scroll")
        column(self, spacing=0).addWidget(self.area)
        self.empty = EmptyState(
            "landmark",
            _("What the activities cost, who pays and in which year is added up here."),
            example=_("Fill in the budget of an activity in the table: ១២.៥០០.០០០ ៛ or $500."),
            name="empty_budget",
        )
        self.warning = InlineMessage(name="budget_warning")
        self._body.addWidget(self.warning)
        self._body.addWidget(self._head())
        self.sources = _Part("sources", _("By year and source"), self._body)
        self.objectives = _Part("objectives", _("By objective and year"), self._body)
        self._body.addWidget(self.empty)
        self._body.addStretch(1)

    def _head(self) -> QWidget:
        self.head = QWidget()
        across = row(self.head, spacing=tokens.L)
        sums = Card("budget_sums", margin=16)
        sums.body.setSpacing(tokens.XS)
        sums.add(Text(_("The whole plan in riel"), "label", wrap=False))
        self.total = Text("", "figure", wrap=False, name="budget_total")
        self.parts = Text("", "small", name="budget_parts")
        self.without = Text("", "small", name="budget_without")
        sums.add(self.total, self.parts, self.without)
        self.form = RecordForm(self.context, "plan")
        self.form.line(("rate", 1))
        sums.add(self.form)
        sums.body.addStretch(1)
        sums.setFixedWidth(300)
        shares = Card("budget_shares", margin=16)
        shares.add(SectionHeader(_("Who pays"), name="budget_shares_head"))
        self.chart = ChartView(name="budget_chart")
        shares.add(self.chart)
        shares.body.addStretch(1)
        across.addWidget(sums)
        across.addWidget(shares, 1)
        return self.head

    # what a view is asked

    def show_plan(self, plan: str) -> None:
        other = plan != self.plan
        self.plan = plan
        if other:
            self.form.open(plan)
        else:
            self.form.refresh()
        found = budgets.budget(self.context.desk, plan)
        there = found.total.total.lines > 0
        for widget in (self.head, self.sources.card, self.objectives.card):
            widget.setVisible(there)
        self.empty.setVisible(not there)
        self._warn(found)
        if there:
            self._show_sums(found)
            self._show_shares(found)
            tables = _Tables(found)
            self.sources.show_rows(kinds.kind("budget_line").field("source").label, tables, found.sources, source_name)
            names = self._objective_names(plan)
            self.objectives.show_rows(kinds.kind("objective").label, tables, found.objectives, names)

    def leave(self) -> None:
        self.form.flush()

    def begin(self) -> None:
        if self.empty.isHidden():
            self.sources.sheet.setFocus()
        else:
            self.setFocus()

    def commands(self) -> list[Action]:
        rate = lambda: self.form.editors["rate"].focus()  # noqa: E731
        return [Action("rate", _("Write the plan's exchange rate"), rate, "landmark")]

    # showing

    def _objective_names(self, plan: str) -> Callable[[str], str]:
        codes = plans.codes(self.context.desk, plan)
        return lambda id_: f"{numbered(codes[id_])} · {records.title(self.context.desk, id_)}"

    def _warn(self, found: Budget) -> None:
        said = []
        if found.total.total.unknown and found.rate is None and found.total.total.dollar:
            said.append(_("Without an exchange rate the dollars cannot be told in riel; write the rate below."))
        elif found.total.total.unknown:
            said.append(_("Some amounts name no currency; they are in no sum."))
        if found.outside:
            years = ", ".join(digits.count(year) if year else "—" for year in found.outside)
            said.append(_("Some amounts lie outside of the plan's years: {years}.").format(years=years))
        self.warning.say(" ".join(said), "warning")

    def _show_sums(self, found: Budget) -> None:
        total = found.total.total
        self.total.setText(_in_riel(total))
        parts = [budgets.shown(total.riel, "KHR")] if total.riel else []
        parts += [budgets.shown(total.dollar, "USD")] if total.dollar else []
        self.parts.setText(" + ".join(parts))
        self.parts.setVisible(bool(total.dollar))
        bare = len(found.without)
        words = ngettext("{count} activity has no budget yet.", "{count} activities have no budget yet.", bare)
        self.without.setText(words.format(count=digits.count(bare)))
        self.without.setVisible(bool(bare))

    def _show_shares(self, found: Budget) -> None:
        bars = tuple(
            Bar(source_name(one.key), one.share, text=f"{share_text(one.share) or UNSURE} · {_in_riel(one.total)}")
            for one in found.sources
        )
        self.chart.show_chart(Rows(bars, maximum=Decimal(100), unit="%"), _("Who pays"))


class _Part:
    """A card with a table of sums."""

    def __init__(self, name: str, title: str, box: object) -> None:
        self.card = Card(f"budget_{name}", margin=16)
        self.card.add(SectionHeader(title, name=f"budget_{name}_head", line=False))
        self.model = Table()
        self.sheet = WholeSheet(
            self.model, name=f"budget_{name}_sheet", label=title, frozen=1, memory_name=f"budget_{name}", snug=True
        )
        self.card.add(self.sheet)
        box.addWidget(self.card)  # type: ignore[attr-defined]

    def show_rows(self, title: str, tables: _Tables, rows: Sequence[Row], name: Callable[[str], str]) -> None:
        lines = [Line(one.key, cells=(words_cell(name(one.key)), *tables.cells(one))) for one in rows]
        columns = [SheetColumn("name", title, width=150, stretch=1, hideable=False), *tables.columns()]
        whole = tables.cells(tables.found.total, bold=True)
        foot = {one.key: cell for one, cell in zip(tables.columns(), whole, strict=True) if cell.text}
        self.model.fill(columns, lines, [FootRow(_("In all"), foot)])


class _Tables:
    """The columns of sums: riel, and dollars beside them only where the plan has any."""

    def __init__(self, found: Budget) -> None:
        self.found = found
        self.dollars = bool(found.total.total.dollar)

    def columns(self) -> list[SheetColumn]:
        made = []
        for year in self.found.years:
            group = digits.count(year) if year is not None else _("no year")
            if not self.dollars:
                made.append(SheetColumn(f"{year}", group, width=116, align="right"))
                continue
            made.append(SheetColumn(f"{year}.riel", "៛", group=group, width=104, align="right"))
            made.append(SheetColumn(f"{year}.dollar", "$", group=group, width=66, align="right"))
        if self.dollars:
            made.append(SheetColumn("total.riel", "៛", group=_("All years"), width=114, align="right"))
            made.append(SheetColumn("total.dollar", "$", group=_("All years"), width=72, align="right"))
        made.append(SheetColumn("total", _("In riel"), width=112, align="right"))
        made.append(SheetColumn("share", "%", width=50, align="right"))
        return made

    def cells(self, one: Row, *, bold: bool = False) -> tuple[Cell, ...]:
        made: list[Cell] = []
        for year in self.found.years:
            made += self._sum(one.years[year], bold)
        if self.dollars:
            made += self._sum(one.total, bold)
        unsure = one.total.lines and one.total.known is None
        whole = Cell(UNSURE, align="right", ink="warning", bold=bold, read_only=True, problem=_why_unsure())
        made.append(whole if unsure else number_cell(one.total.known, bold=True))
        made.append(Cell(share_text(one.share), align="right", ink="muted", read_only=True))
        return tuple(made)

    def _sum(self, money: Money, bold: bool) -> list[Cell]:
        """Nothing known is blank, and never 0."""
        riel = number_cell(money.riel if money.riel or (money.lines and not money.dollar) else None, bold=bold)
        if not self.dollars:
            return [riel]
        return [riel, number_cell(money.dollar if money.dollar else None, bold=bold)]


def _why_unsure() -> str:
    return _("Not all of it can be told in riel: a rate or a currency is missing.")


def _in_riel(money: Money) -> str:
    return UNSURE if money.known is None else budgets.shown(money.known, "KHR")


def source_name(source: str) -> str:
    """The word of a source; of none where it is not said."""
    return kinds.kind("budget_line").field("source").type.show(source or None) or _("source not said")
