"""What stands beside the sheet: who is worst off and why, how the chosen measure went, and the plan's priorities."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from cpdesk.charts import Bar, Lines, Rows, Series
from cpdesk.charts.shapes import Box
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import Record, figures, records
from cpdesk.tasks.figures import Grid, Ranking, Row, Trend
from ui import theme, tokens
from ui.context import Context
from ui.pages.figures_parts.model import Across, words
from ui.widgets.buttons import Button, IconButton
from ui.widgets.chart import ChartView
from ui.widgets.editors.choice import Combo
from ui.widgets.surfaces import Card, Chip, Divider, SectionHeader, clear_out, column, row
from ui.widgets.text import Text

FIRST = 5  # places in the ranking before the rest is asked for
MARGIN = 16


class RankChart(ChartView):
    """Bars that can be clicked, and gone through by Up and Down: `picked` tells which. `at` is the one in hand."""

    picked = Signal(int)
    spoken_as = QAccessible.Role.List

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)
        self.at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif self.at + step >= 0:
            self.picked.emit(self.at + step)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(self._ring(), tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
            painter.end()

    def _ring(self) -> QRect:
        """Around the bar in hand; around all where none is."""
        whole = self.rect().adjusted(1, 1, -1, -1)
        scale = theme.current().scale
        for shape in self.drawing(self.width()).shapes:
            if isinstance(shape, Box) and shape.item == self.at >= 0:
                middle, half = (shape.y + shape.height / 2) * scale, max(shape.height / 2 + 4, 11) * scale
                return QRect(whole.left(), round(middle - half), whole.width(), round(2 * half)).intersected(whole)
        return whole

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().y() / theme.current().scale
        for shape in self.drawing(self.width()).shapes:
            if isinstance(shape, Box) and shape.item >= 0 and shape.y - 8 <= at <= shape.y + shape.height + 8:
                self.picked.emit(shape.item)
                return
        super().mousePressEvent(event)


class RankingCard(Card):
    """The places in their rank, and why the one in hand stands where it stands."""

    picked = Signal(str)

    def __init__(self, weigh: Callable[[], object]) -> None:
        super().__init__("ranking", margin=MARGIN)
        self._ranking: Ranking | None = None
        self._place = ""
        self._all = False
        self.head = SectionHeader(_("Ranking"), line=False)
        self.head.add_action(Button(_("Weights"), kind="link", name="weights", run=weigh))
        self.chart = RankChart(name="ranking_chart")
        self.chart.picked.connect(self._picked)
        self.why = Text("", "small", name="ranking_why", selectable=True)
        self.more = Button("", kind="link", name="ranking_more", run=self._toggle)
        self.add(self.head, self.chart, self.more, self.why)
        self.body.setSpacing(tokens.S)

    def show_ranking(self, ranking: Ranking, place: str) -> None:
        self._ranking = ranking
        self.show_place(place)

    def show_place(self, place: str) -> None:
        """Stand at that place: its bar is marked, its sentence said."""
        ranking = self._ranking
        if ranking is None:
            return
        self._place = place
        self.head.title.setText(_heading(ranking))
        placed = self.shown()
        self.chart.at = next((n for n, one in enumerate(placed) if one.place == place), -1)
        self.chart.setVisible(ranking.any)
        bars = tuple(
            Bar(
                ranking.names[one.place],
                one.score,
                tone="accent",
                lead=digits.count(one.rank) if one.rank is not None else "",
                text=digits.number(one.score.quantize(Decimal(1), ROUND_HALF_UP)) if one.score is not None else "",
            )
            for one in placed
        )
        self.chart.show_chart(Rows(bars, maximum=Decimal(100), beside=True), self.head.title.plain())
        ranked = sum(one.rank is not None for one in ranking.places)
        self.more.setVisible(ranked > FIRST)
        self.more.set_text(_("Fewer") if self._all else _("All {count}").format(count=digits.count(ranked)))
        self.why.setText(self._why(ranking))

    def shown(self) -> list[figures.Placed]:
        """The places that have a bar."""
        if self._ranking is None:
            return []
        ranked = [one for one in self._ranking.places if one.rank is not None]
        return ranked if self._all else ranked[:FIRST]

    def _why(self, ranking: Ranking) -> str:
        if not ranking.any:
            return _("Once figures are entered and measures weighted, the places are ranked here, with the reasons.")
        known = {one.place for one in ranking.places}
        return ranking.explain(self._place if self._place in known else ranking.places[0].place)

    def _picked(self, at: int) -> None:
        placed = self.shown()
        if at < len(placed):
            self.picked.emit(placed[at].place)

    def _toggle(self) -> None:
        self._all = not self._all
        self.show_place(self._place)


def _heading(ranking: Ranking) -> str:
    length = len(ranking.places[0].place) if ranking.places else 6
    if length == 4:
        return _("Ranking of districts")
    return _("Ranking of villages") if length == 8 else _("Ranking of communes")


class TrendCard(Card):
    """The chosen measure over the years, in the chosen place and on average."""

    def __init__(self, context: Context) -> None:
        super().__init__("trend", margin=MARGIN)
        self.context = context
        self._known: tuple[Across, Trend] | None = None
        self.head = SectionHeader(_("Over the years"), line=False)
        self.what = Text("", "small", name="trend_measure")
        self.chart = ChartView(name="trend_chart", height=150)
        self.add(self.head, self.what, self.chart)
        self.body.setSpacing(tokens.S)

    def forget(self) -> None:
        """Figures changed."""
        self._known = None

    def show_trend(self, grid: Grid, across: Across | None, place: Row | None) -> None:
        """Nothing to see before two years are known."""
        self.setVisible(across is not None)
        if across is None:
            return
        if self._known is None or self._known[0] != across:
            self._known = (across, figures.trend(self.context.desk, across.measure.id, grid.rows, across.cell))
        trend = self._known[1]
        part = [words(name, key) for name, key in across.cell._asdict().items() if key != "all"]
        self.what.setText(" · ".join([across.measure.name, *part]))
        self.chart.setVisible(len(trend.years) > 1)
        if len(trend.years) < 2:
            self.what.setText(
                _("{measure}: the line begins with figures of a second year.").format(measure=self.what.plain())
            )
            return
        series = []
        if place is not None:
            series.append(Series(place.title, tuple(trend.places[place.place]), tone="accent"))
        if trend.alike > 1:
            mean = tuple(None if n is None else (n / trend.alike).quantize(Decimal("0.1")) for n in trend.whole)
            label = _("Mean of {count} places").format(count=digits.count(trend.alike))
            series.append(Series(label, mean, tone="neutral"))
        years = tuple(digits.count(year) for year in trend.years)
        self.chart.show_chart(Lines(years, tuple(series), unit=across.measure.counted_in), self.what.plain())


class PrioritiesCard(Card):
    """The priorities of a plan, each with how many activities answer it."""

    make_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("priorities", margin=MARGIN)
        self.setMinimumWidth(1)  # its height is asked for at the width that it has
        self.context = context
        self.plan: str | None = None
        self.head = SectionHeader(_("Priorities"), line=False)
        self.plans = Combo()
        self.plans.setObjectName("priorities_plan")
        self.plans.setAccessibleName(_("Plan"))
        self.plans.setMinimumContentsLength(4)
        self.plans.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.plans.activated.connect(self._chosen)
        self.inner = column(spacing=6)
        self.make = Button(
            _("Make it a priority"), kind="primary", icon="flag", name="make_priority", run=self.make_wanted.emit
        )
        self.add(self.head, self.plans)
        self.body.addLayout(self.inner)
        self.body.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.setSpacing(tokens.S)

    def show_plans(self, year: int) -> None:
        """The plans of the desk; at first the one that figures of that year speak for."""
        found = records.find(self.context.desk, "plan", descending=True)
        ids = [plan.id for plan in found]
        if self.plan not in ids:
            self.plan = suggested(found, year)
        self.plans.clear()
        for plan in found:
            self.plans.addItem(plan.title, plan.id)
        if self.plan is not None:
            self.plans.setCurrentIndex(self.plans.findData(self.plan))
        self.plans.setVisible(len(found) > 1)
        self.make.setEnabled(bool(found))
        self._list()

    def _chosen(self, _index: int) -> None:
        self.plan = self.plans.currentData()
        self._list()

    def _list(self) -> None:
        clear_out(self.inner)
        if self.plan is None:
            self.inner.addWidget(Text(_("Priorities belong to a plan. Begin one under “Plans”."), "small"))
            return
        answered = figures.answered(self.context.desk, self.plan)
        for n, (record, count) in enumerate(answered):
            if n:
                self.inner.addWidget(Divider())
            across = row(spacing=tokens.S)
            told = column(spacing=2)
            told.addWidget(Text(record.text("text") or record.title))
            across.addLayout(told, 1)
            said = ngettext("{count} activity", "{count} activities", count).format(count=digits.count(count))
            tone = "good" if count else "bad"
            told.addWidget(Chip(said if count else _("no activity"), tone), 0, Qt.AlignmentFlag.AlignLeft)
            go = IconButton("arrow-right", _("Show in the plan"), name=f"open_{record.id}")
            go.setAccessibleName(f"{record.title}: {_('Show in the plan')}")
            go.clicked.connect(lambda _on=False, id_=record.id: self._open(id_))
            across.addWidget(go, 0, Qt.AlignmentFlag.AlignVCenter)
            self.inner.addLayout(across)
        if not answered:
            self.inner.addWidget(Text(_("What the figures show becomes a priority of the plan."), "small"))

    def _open(self, priority: str) -> None:
        self.context.go("plan", self.plan, view="priorities", focus=priority)


def suggested(plans: list[Record], year: int) -> str | None:
    """The plan that begins next after that year, else the newest."""

    def first(plan: Record) -> int:
        value = plan["first_year"]
        return value if isinstance(value, int) else 0

    after = [plan for plan in plans if first(plan) > year]
    if after:
        return min(after, key=first).id
    return max(plans, key=first).id if plans else None
