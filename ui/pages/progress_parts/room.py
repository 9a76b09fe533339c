"""A quarter on one sheet in large type, to be read across a room: how far, how much, for whom, what is stuck."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from cpdesk.charts import in_large_units
from cpdesk.i18n import _
from cpdesk.tasks import Record
from cpdesk.tasks.progress import ActivityRow, Review
from ui import theme, tokens
from ui.pages.progress_parts import charts
from ui.pages.progress_parts.standing import Standing
from ui.pages.progress_parts.words import coded, label, number, per_cent, status_word, tone
from ui.widgets.chart import ChartView
from ui.widgets.surfaces import Card, Chip, Divider, SectionHeader, clear_out, column, row
from ui.widgets.text import Text

ZOOM, MOST = 1.3, 2.4  # of the window's text
PLOT = 150


class Tile(QFrame):
    """One number with its word and a line of small print."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "card")
        box = column(self, spacing=0)
        box.setContentsMargins(18, 10, 18, 10)
        self.value = Text("", "figure", wrap=False, name=f"{name}_value")
        self.words = Text(words, "small", name=f"{name}_words")
        self.note = Text("", "small", name=f"{name}_note")
        for text in (self.words, self.note):
            text.setMinimumHeight(1)
        for text in (self.words, self.value, self.note):
            box.addWidget(text)
        box.addStretch(1)

    def show_value(self, value: str, note: str = "") -> None:
        self.value.setText(value)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.setAccessibleName(" · ".join(part for part in (self.words.plain(), value, note) if part))


class RoomSheet(QWidget):
    """`show_review` fills it. `zoom` says how much larger than the window's own its type is."""

    def __init__(self, zoom: float = ZOOM, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("room_sheet")
        self._zoom = 0.0
        whole = column(self, spacing=tokens.M)
        self.heading = Text("", "room", name="room_quarter")
        self.plan = Text("", "muted", name="room_plan")
        self.heading.setWordWrap(False)
        self.plan.setMinimumHeight(1)
        head = row(spacing=tokens.L)
        head.addWidget(self.heading, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.plan, 1, Qt.AlignmentFlag.AlignBottom)
        whole.addLayout(head)
        self.tiles = {
            "reports": Tile("tile_reports", _("Reports received")),
            "late": Tile("tile_late", _("Late or at risk")),
            "spent": Tile("tile_spent", _("Spent of the budget")),
            "people": Tile("tile_people", _("People reached")),
        }
        tiles = row(spacing=tokens.L)
        for tile in self.tiles.values():
            tiles.addWidget(tile, 1)
        whole.addLayout(tiles)
        card = Card("room_standing", margin=14)
        self.standing = Standing(name="room_counts", role="text")
        card.add(self.standing)
        whole.addWidget(card)
        whole.addLayout(self._charts())
        self._lists = QGridLayout()
        self._lists.setSpacing(tokens.L)
        self.stuck = ListCard("room_stuck", _("Late or at risk"), _("Nothing is late or at risk."))
        hard = _("Difficulties and what is done about them")
        self.hard = ListCard("room_hard", hard, _("No difficulty is reported."))
        self._across = 0
        self.set_across(2)
        whole.addLayout(self._lists)
        whole.addStretch(1)
        self.set_zoom(zoom)

    def set_zoom(self, zoom: float) -> None:
        """So many times the window's own type from now on."""
        zoom = round(min(MOST, max(1.0, zoom)), 2)
        if zoom == self._zoom:
            return
        self._zoom = zoom
        self.setStyleSheet(_large(zoom))
        for chart in (self.by_objective, self.money, self.people):
            chart.set_zoom(zoom)

    def _charts(self) -> QGridLayout:
        self.by_objective = ChartView(name="room_by_objective")
        self.money = ChartView(name="room_money", height=PLOT)
        self.people = ChartView(name="room_people")
        self._grid = QGridLayout()
        self._grid.setSpacing(tokens.L)
        self._cards = []
        for name, words, chart in (
            ("room_objectives", _("By objective"), self.by_objective),
            ("room_spending", _("Plan and spending"), self.money),
            ("room_reached", _("People reached"), self.people),
        ):
            card = Card(name, margin=18)
            chart.setAccessibleName(words)
            card.add(SectionHeader(words, line=False), chart)
            card.body.addStretch(1)
            self._cards.append(card)
        return self._grid

    def set_across(self, across: int) -> None:
        """How many stand side by side: lists by `across`, charts one more where there is room for two lists."""
        if across == self._across:
            return
        self._across = across
        for number_, card in enumerate((self.stuck, self.hard)):
            self._lists.addWidget(card, number_ // across, number_ % across)
        side = 3 if across == 2 else 1
        for number_, chart in enumerate(self._cards):
            self._grid.addWidget(chart, number_ // side, number_ % side)
        for grid, count in ((self._lists, 2), (self._grid, 3)):
            for at in range(count):
                grid.setColumnStretch(at, 1 if across == 2 or at == 0 else 0)

    def show_review(self, plan: Record, review: Review) -> None:
        self.plan.setText(plan.title)
        self.heading.setText(review.period.title())
        due = [found for found in review.rows if found.planned or found.owed or found.report is not None]
        told = sum(found.status is not None for found in due)
        owed = len(review.owed)
        note = _("{count} not reported yet").format(count=number(owed)) if owed else _("All reports are here")
        self.tiles["reports"].show_value(f"{number(told)} / {number(told + owed)}", note)
        late, risk = len(review.late), len(review.at_risk)
        words = _("{late} late, {risk} at risk").format(late=number(late), risk=number(risk))
        self.tiles["late"].show_value(number(late + risk), words)
        self.tiles["spent"].show_value(per_cent(review.spending.percent), _spent(review))
        year = review.reached_year.everybody
        self.tiles["people"].show_value(
            number(review.reached.everybody),
            "" if year is None else _("this year so far: {count}").format(count=number(year)),
        )
        self.standing.show_counts(review.standings)
        self.by_objective.show_chart(charts.by_objective(review))
        self.money.show_chart(charts.money(review))
        self.people.show_chart(charts.people(review.reached))
        stuck = {found.line.id: found for found in (*review.late, *review.at_risk)}
        self.stuck.show_rows([_stuck(found) for found in stuck.values()])
        self.hard.show_rows([_hard(found) for found in review.difficulties])


def _spent(review: Review) -> str:
    """Spent of planned, both in one unit."""
    (spent, planned), unit = in_large_units([review.spending.spent.known, review.spending.planned.known])
    if spent is None and planned is None:
        return ""
    return f"{number(spent)} / {number(planned)} {unit}"


def _heading(found: ActivityRow) -> str:
    return f"{coded(found.line.code)} · {found.line.text}"


def _stuck(found: ActivityRow) -> tuple[str, tuple[str, str], list[str]]:
    """(activity, chip, lines)."""
    standing = (status_word(found.standing), tone(found.standing))
    if found.late and (found.status or found.before) != "late":
        standing = (_("its time is over"), "bad")
    return _heading(found), standing, [found.summary] if found.summary else []


def _hard(found: ActivityRow) -> tuple[str, tuple[str, str], list[str]]:
    lines = [
        _("{field}: {words}").format(field=label(name), words=text)
        for name, text in (
            ("difficulty", found.difficulty),
            ("solution", found.solution),
            ("next_step", found.next_step),
        )
        if text
    ]
    return _heading(found), ("", "neutral"), lines


class ListCard(Card):
    """Activities with what is said of them, one under the other; a sentence where there are none."""

    def __init__(self, name: str, heading: str, nothing: str) -> None:
        super().__init__(name, margin=18)
        self._nothing = nothing
        self.add(SectionHeader(heading))
        self._inner = column(spacing=tokens.S)
        self.body.addLayout(self._inner)
        self.body.addStretch(1)

    def show_rows(self, rows: list[tuple[str, tuple[str, str], list[str]]]) -> None:
        clear_out(self._inner)
        for number_, (heading, (word, colour), lines) in enumerate(rows):
            if number_:
                self._inner.addWidget(Divider())
            across = row(spacing=tokens.M)
            words = column(spacing=0)
            for text, role in ((heading, "strong"), *((line, "text") for line in lines)):
                label_ = Text(text, role)
                label_.setMinimumHeight(1)
                words.addWidget(label_)
            across.addLayout(words, 1)
            if word:
                across.addWidget(Chip(word, colour), 0, Qt.AlignmentFlag.AlignTop)
            self._inner.addLayout(across)
        if not rows:
            self._inner.addWidget(Text(self._nothing, "muted"))


def _large(zoom: float) -> str:
    """The type of the sheet, so many times the window's own."""

    def px(size: float) -> int:
        return round(size * zoom * theme.current().scale)

    return f"""
    QLabel {{ font-size: {px(tokens.TEXT)}px; }}
    QLabel[role="small"], QLabel[role="chip"] {{ font-size: {px(tokens.SMALL)}px; }}
    QLabel[role="title"] {{ font-size: {px(tokens.TITLE)}px; }}
    QLabel[role="figure"] {{ font-size: {px(26)}px; }}
    QLabel[role="room"] {{ font-size: {px(24)}px; font-weight: bold; }}
    """
