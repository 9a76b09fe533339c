"""The three cards over the list: per cent by objective, planned against spent, people reached."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from cpdesk.i18n import _
from cpdesk.tasks.progress import Review
from ui import tokens
from ui.pages.progress_parts import charts
from ui.pages.progress_parts.words import short_riel
from ui.widgets.chart import ChartView
from ui.widgets.surfaces import Card, SectionHeader
from ui.widgets.text import ElidedText, Text

PLOT = 176  # pixels of the columns at text scale 1


class ChartCard(Card):
    """A chart under its head, with small print at the right of the head, or a sentence where there is no chart yet."""

    def __init__(self, name: str, heading: str, *, height: float | None = None) -> None:
        super().__init__(name, margin=18)
        self.body.setSpacing(tokens.S)
        self.head = SectionHeader(heading, line=False)
        self.aside = ElidedText("", "small", name=f"{name}_aside")
        self.head.add_action(self.aside)
        self.chart = ChartView(name=f"{name}_chart", height=height)
        self.chart.setAccessibleName(heading)
        self.empty = Text("", "muted", name=f"{name}_empty")
        self.note = Text("", "small", name=f"{name}_note")
        self.note.hide()
        self.add(self.head, self.chart, self.empty, self.note)
        self.body.addStretch(1)

    def say(self, words: str) -> None:
        """Show `words` in place of the chart; the chart again where they are empty."""
        self.empty.setText(words)
        self.empty.setVisible(bool(words))
        self.chart.setVisible(not words)

    def add_note(self, words: str) -> None:
        """Small print under the chart."""
        self.note.setText(words)
        self.note.setVisible(bool(words))


class Overview(QWidget):
    """Side by side, or one under the other where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("overview")
        self.objectives = ChartCard("by_objective", _("By objective"))
        self.money = ChartCard("money", _("Plan and spending"), height=PLOT)
        self.people = ChartCard("reached", _("People reached"))
        self._cards = (self.objectives, self.money, self.people)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(14)
        self._across = 0
        self.set_across(3)

    def set_across(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // across, number % across, 1, 2 if across == 2 and number == 2 else 1)
        for number in range(3):
            self._grid.setColumnStretch(number, 1 if number < across else 0)

    def show_review(self, review: Review) -> None:
        rows = charts.by_objective(review)
        self.objectives.chart.show_chart(rows)
        self.objectives.aside.setText(_("of the year's targets"))
        none = not any(one.achievement.wanted for one in review.objectives)
        self.objectives.say(
            _("Give the activities indicators with a target for this year, and their per cent stands here.")
            if none
            else ""
        )
        self.money.chart.show_chart(charts.money(review))
        unknown = all(one.planned is None and one.spent is None for one in review.quarters)
        self.money.say(_("Neither a budget for this year nor spending is known yet.") if unknown else "")
        self.money.add_note("" if unknown else to_date(review))
        self.people.chart.show_chart(charts.people(review.reached))
        self.people.aside.setText(_("in this quarter"))
        nobody = charts.nobody(review.reached)
        self.people.say(_("The reports of this quarter name no girls, boys, women or men yet.") if nobody else "")


def to_date(review: Review) -> str:
    """Spent against what was meant to be spent until the quarter's end; that some of it cannot be told in riel."""
    planned, spent = review.planned_to_date, review.spending.spent.known
    if review.spending.planned.unknown or review.spending.spent.unknown:
        return _("Some amounts are in dollars, and neither the plan nor the office has a rate.")
    if planned is None or spent is None:
        return ""
    words = (
        _("Planned until this quarter: {planned}; {amount} of it not spent.")
        if spent <= planned
        else _("Planned until this quarter: {planned}; {amount} more were spent.")
    )
    return words.format(planned=short_riel(planned), amount=short_riel(abs(planned - spent)))
