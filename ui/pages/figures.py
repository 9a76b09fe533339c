"""Figures on children's vulnerability: a year's grid, written like a spreadsheet, with what follows from it beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import figures
from cpdesk.tasks.figures import Entry, Grid, Ranking, Row
from ui import messages, tokens
from ui.actions import Action
from ui.context import Context
from ui.navigation import Crumb, Location, Page
from ui.pages.figures_parts import papers
from ui.pages.figures_parts.doubts import Doubts
from ui.pages.figures_parts.facts import CellFacts, Legend, told
from ui.pages.figures_parts.model import Across, FiguresModel, View
from ui.pages.figures_parts.side import PrioritiesCard, RankingCard, TrendCard
from ui.pages.figures_parts.source import SourceLine
from ui.pages.figures_parts.tools import WhereAndWhen, WhichChildren
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button
from ui.widgets.sheet import SheetView
from ui.widgets.surfaces import Chip, EmptyState, column, row, scrolling

if TYPE_CHECKING:
    from cpdesk.tasks.tables.targets import Target

NARROW = 900
SIDE = 300


class FiguresPage(Page):
    name = "figures"
    kinds = frozenset({"figure", "measure", "priority", "plan", "activity"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.grid: Grid | None = None
        self.ranking: Ranking | None = None
        self._narrow = False
        whole = column(self, spacing=tokens.M)
        whole.setContentsMargins(tokens.XL, 16, tokens.XL, tokens.L)
        self.model = FiguresModel(self._write)
        self.sheet = SheetView(
            self.model, name="figures_sheet", label=_("Figures on children"), memory_name="figures", snug=True
        )
        self.stack = QStackedWidget()
        self.empty = self._empty()
        self.content = QWidget()
        inside = column(self.content, spacing=tokens.M)
        inside.addLayout(self._tools())
        inside.addLayout(self._views())
        across = row(spacing=14)
        across.addLayout(self._left(), 1)
        across.addWidget(self._side())
        inside.addLayout(across, 1)
        self.stack.addWidget(self.content)
        self.stack.addWidget(self.empty)
        whole.addWidget(self.stack)
        self._connect()

    def _connect(self) -> None:
        self.where.changed.connect(self._elsewhere)
        self.which.changed.connect(self._seen_otherwise)
        self.sheet.moved.connect(self._moved)
        self.sheet.refused.connect(self._refused)
        self.sheet.passed_over.connect(self._passed_over)
        self.ranks.picked.connect(self._picked)
        self.priorities.make_wanted.connect(self.make_priority)

    def _tools(self) -> QHBoxLayout:
        tools = row(spacing=10)
        self.where = WhereAndWhen(self.context)
        self.doubts = Doubts(self.model)
        self.doubts.clicked.connect(self.next_doubt)
        self.side_button = Button("", icon="chart-column", name="figures_side", run=self.toggle_side)
        self.measures_button = Button(_("Measures"), icon="list", name="measures", run=self.edit_measures)
        self.excel = Button("Excel", icon="file-spreadsheet", name="figures_excel", run=self.to_excel)
        self.print_button = Button(_("Profile"), icon="printer", name="figures_print", run=self.choose_paper)
        self.source = SourceLine(self.context, self._source_said)
        tools.addWidget(self.where)
        tools.addSpacing(tokens.S)
        tools.addWidget(self.source, 1)
        for button in (self.doubts, self.side_button, self.measures_button, self.excel, self.print_button):
            tools.addWidget(button)
        return tools

    def _views(self) -> QHBoxLayout:
        views = row(spacing=tokens.L)
        self.which = WhichChildren()
        self.promise = Chip(_("Counts only, never a child's name"), name="figures_promise")
        views.addWidget(self.which)
        views.addWidget(self.promise)
        views.addStretch(1)
        return views

    def _left(self) -> QVBoxLayout:
        left = column(spacing=tokens.S)
        left.addWidget(self.sheet, 100)
        self.facts = CellFacts()
        self.legend = Legend()
        for widget in (self.facts, self.legend):
            left.addWidget(widget)
        left.addStretch(1)
        return left

    def _side(self) -> QWidget:
        inside = QWidget()
        cards = column(inside, spacing=14)
        self.ranks = RankingCard(lambda: self.edit_measures("weight"))
        self.trend = TrendCard(self.context)
        self.priorities = PrioritiesCard(self.context)
        for card in (self.ranks, self.priorities, self.trend):
            cards.addWidget(card)
        cards.addStretch(1)
        self.side = scrolling(inside, "figures_side_scroll")
        self.side.setFixedWidth(SIDE)
        return self.side

    def _empty(self) -> EmptyState:
        return EmptyState(
            "chart-column",
            _("Here the committee keeps how many children are at risk, commune by commune. Counts only: no names."),
            button=_("Begin with the starter list of measures"),
            run=self.start,
            example=_("For example: children out of school, child labour, violence, parents who migrated"),
            name="empty_figures",
        )

    # what Page asks

    def title(self) -> str:
        return f"{self.where.title()} {digits.count(self.where.year)}".strip()

    def breadcrumb(self) -> list[Crumb]:
        return [Crumb(_("Figures on children"), Location("figures"))]

    def refresh(self) -> None:
        self.where.read()
        self.grid = figures.grid(self.context.desk, self.where.year, self.where.area)
        self.stack.setCurrentWidget(self.content if self.grid.measures else self.empty)
        self._arrange()
        first = not self.model.rowCount()
        self.model.show(self.grid, self.which.view())
        if first or (self._here()[0] is None and self.model.place(1) is not None):
            self.sheet.set_current(0 if self.model.place(0) is not None else 1, 1)
        self._follow()
        self.priorities.show_plans(self.where.year)
        self.retitled.emit()

    def leave(self) -> None:
        self.sheet.keep()
        self.source.keep()

    def state(self) -> dict[str, object]:
        view, (at, column) = self.which.view(), self.sheet.current()
        place, across = self.model.place(at), self.model.across(column)
        return {
            "area": self.where.area,
            "year": self.where.year,
            "sex": view.sex,
            "by": view.by,
            "rates": view.rates,
            "place": place.place if place else None,
            "measure": across.measure.id if across else None,
        }

    def restore(self, state: dict[str, object]) -> None:
        area, year, sex, by = (state.get(key) for key in ("area", "year", "sex", "by"))
        place, measure = state.get("place"), state.get("measure")
        now = self.which.view()
        self.which.set_view(
            View(
                str(sex) if sex in ("all", "female", "male") else now.sex,
                str(by) if by in ("", "age_group", "disability") else now.by,
                bool(state.get("rates", now.rates)),
            )
        )
        wanted = area if isinstance(area, str) else ""
        if not wanted and isinstance(place, str):
            wanted = figures.area_with(self.context.desk, place, year if isinstance(year, int) else self.where.year)
        self.where.go(wanted, year if isinstance(year, int) else 0)
        self.refresh()
        self.choose(place if isinstance(place, str) else "", measure if isinstance(measure, str) else "")

    def begin(self) -> None:
        if self.grid is not None and self.grid.measures:
            row, column = self.sheet.current()
            if column < 1:
                self.sheet.set_current(max(row, 0), 1)  # the first that can be written, not the place's name
            self.sheet.setFocus()
        elif self.empty.button is not None:
            self.empty.button.setFocus()

    def commands(self) -> list[Action]:
        def there() -> bool:
            return self.grid is not None and bool(self.grid.measures)

        return [
            Action("new", _("New measure"), lambda: self.edit_measures("", new=True), "plus"),
            Action("measures", _("Measures and weights"), lambda: self.edit_measures("weight"), "scale"),
            Action("year_before", _("The year before"), lambda: self.where.step(-1), "chevron-left", "Alt+PgUp"),
            Action("year_after", _("The year after"), lambda: self.where.step(1), "chevron-right", "Alt+PgDown"),
            Action("doubt", _("Next value to check"), self.next_doubt, "triangle-alert", "F8", enabled=there),
            Action("priority", _("Make it a priority"), self.make_priority, "flag", "Ctrl+E", enabled=there),
            Action("columns", _("Columns"), self.sheet.choose_columns, "list", enabled=there),
            Action("excel", "Excel", self.to_excel, "file-spreadsheet", enabled=there),
            *papers.actions(self.print_profile, there),
            *undo_actions(self.context),
        ]

    # writing

    def _write(self, entries: list[Entry]) -> str:
        """Keep what was typed; only what it touches is read again."""
        if self.grid is None:
            return ""
        try:
            figures.write(self.context.undo, entries, source=self.source.text() or None)
        except UserError as why:
            return str(why)
        places, measures = {one.place for one in entries}, {one.measure for one in entries}
        figures.reread(self.context.desk, self.grid, places, measures)
        self.model.refresh(measures)
        behind = self.stale
        self.context.touched("figure")
        self.stale = behind  # of what was written here, all is shown already
        self._follow()
        return ""

    def _refused(self, refusals: object) -> None:
        if isinstance(refusals, list) and refusals:
            n = len(refusals)
            said = ngettext("{count} cell cannot be read", "{count} cells cannot be read", n)
            self.context.say(
                f"{said.format(count=digits.count(n))}: {refusals[0].reason} {_('Nothing was changed.')}", "bad"
            )

    def _passed_over(self, _count: int) -> None:
        self.context.say(_("What is worked out from other figures was left as it is."), "warning")

    def _source_said(self, source: str) -> None:
        """The source of all that is in sight."""
        if self.grid is None:
            return
        ids = [id_ for (place, measure, _cell), id_ in self.grid.ids.items() if self.grid.has(measure) and place]
        with messages.shown(self.window()):
            if figures.set_source(self.context.undo, ids, source):
                self.context.touched("figure")

    def start(self) -> None:
        """The starter list of measures."""
        with messages.shown(self.window()):
            made = figures.start_measures(self.context.undo)
            self.context.touched("measure")
            self.context.say(_("{count} measures were added.").format(count=digits.count(len(made))))
            self.refresh()
            self.begin()

    # showing

    def _elsewhere(self) -> None:
        self.sheet.keep()
        area, name = self.where.area, self.where.title()
        self.refresh()
        if self.where.area != area:
            words = _("{place} was not yet there in {year}, or not any more.")
            self.context.say(words.format(place=name, year=digits.count(self.where.year)), "warning")

    def _seen_otherwise(self) -> None:
        self.sheet.keep()
        if self.grid is not None:
            view = self.which.view()
            self.sheet.choose_memory("figures" if not view.by else f"figures_{view.by}")
            self.model.show(self.grid, view)
            self._follow()

    def _follow(self) -> None:
        """What stands around the sheet, after figures came or changed."""
        if self.grid is None:
            return
        self.ranking = figures.ranked(self.grid)
        place = self._here()[0]
        self.ranks.show_ranking(self.ranking, place.place if place else "")
        self.source.show_sources(self.grid.sources)
        self.trend.forget()
        self._moved()
        self.doubts.look()

    def _here(self) -> tuple[Row | None, Across | None]:
        at, column = self.sheet.current()
        return self.model.place(at), self.model.across(column)

    def _moved(self) -> None:
        place, across = self._here()
        if self.grid is None:
            return
        if place is not None:
            self.ranks.show_place(place.place)
        if place is None or across is None:
            self.facts.show_cell("", "")
        else:
            remarks = [] if self.which.view().rates else [one for one in self.model.remarks(place, across) if one]
            self.facts.show_cell(told(self.grid, place, across), "\n".join(remarks))
        self.trend.show_trend(self.grid, across, place)

    def _picked(self, place: str) -> None:
        self.sheet.choose(place)
        self.sheet.setFocus()

    def choose(self, place: str, measure: str) -> None:
        """Go to that cell, where it is in sight."""
        at = self.model.find(place) if place else -1
        found = next((n for n in range(1, self.model.columnCount()) if self._is(n, measure)), None)
        row_, column_ = self.sheet.current()
        if at >= 0 or found is not None:
            self.sheet.set_current(at if at >= 0 else row_, found if found is not None else column_)

    def _is(self, column: int, measure: str) -> bool:
        across = self.model.across(column)
        return across is not None and across.measure.id == measure

    def next_doubt(self) -> None:
        """The next value that does not add up or stands out."""
        at = self.doubts.next(self.sheet.current())
        if at is None:
            self.context.say(_("Nothing stands out here."))
            return
        self.sheet.set_current(*at)
        self.sheet.setFocus()

    # dialogs

    def edit_measures(self, field: str = "", *, new: bool = False) -> None:
        from ui.pages.figures_parts.measures_dialog import MeasuresDialog

        self.leave()
        dialog = MeasuresDialog(self.window(), self.context, field or "name_km")
        dialog.finished.connect(lambda _result: self.refresh())
        dialog.open()
        if new:
            dialog.begin()

    def make_priority(self) -> None:
        """Of the chosen cells, or of the worst place's first reason where none is chosen."""
        from ui.pages.figures_parts.priority_dialog import PriorityDialog

        plan = self.priorities.plan
        if self.grid is None or self.ranking is None:
            return
        if plan is None:
            messages.tell(self.window(), _("Priorities belong to a plan. Begin one under “Plans”."))
            return
        self.leave()
        rows = [found for at in self.sheet.selection.rows() if (found := self.model.place(at)) is not None]
        columns = (self.model.across(column) for column in self.sheet.chosen_columns())
        across = [one for one in columns if one is not None]
        measures = list({one.measure.id: one.measure for one in across}.values())
        if not measures and rows:
            placed = next(one for one in self.ranking.places if one.place == rows[0].place)
            measures = [self.grid.measure(part.measure) for part in placed.parts[:1]]
        if not rows or not measures:
            messages.tell(self.window(), _("Choose the figure that speaks for the priority first."))
            return
        reason = "\n".join(
            [self.ranking.explain(one.place) for one in rows] + [told(self.grid, rows[0], one) for one in across[:1]]
        )
        PriorityDialog(self.window(), self.context, self.grid, measures, rows, plan, reason).open()

    def choose_paper(self) -> None:
        """Which of the year's papers: exact, for the public, or what that one hides."""
        if self.grid is not None and self.grid.measures:
            self.leave()
            papers.choose(self, self.print_button, self.print_profile)

    def print_profile(self, which: str = papers.INSIDE) -> None:
        """Preview the area's profile of the year: the ranking with its reasons, every figure, trends."""
        if self.grid is not None and self.grid.measures:
            self.leave()
            papers.show(self.context, which, self.where.area, self.where.year, self.title(), self)

    def table_target(self) -> Target | None:
        there = self.grid is not None and bool(self.grid.measures)
        return ("figures", self.where.year, self.where.area.removesuffix("*")) if there else None

    def to_excel(self) -> None:
        from ui.pages.figures_parts.excel import choose

        self.leave()
        choose(self, self.context, self.where.year, self.where.area, self.excel)

    def toggle_side(self) -> None:
        self.side.setVisible(self.side.isHidden())

    def _arrange(self) -> None:
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.side.setVisible(not narrow)
        self.side_button.setVisible(narrow)
        self.promise.setVisible(self.width() >= 1000)
        for button, word in (
            (self.side_button, _("Ranking")),
            (self.measures_button, _("Measures")),
            (self.excel, "Excel"),
            (self.print_button, _("Profile")),
        ):
            button.set_text("" if narrow else word)
            button.setAccessibleName(word)
            button.setToolTip(word)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
