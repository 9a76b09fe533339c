"""Which figures are looked at: area, year, sex, breakdown, counts or rates."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks import figures
from ui import tokens
from ui.context import Context
from ui.pages.figures_parts.model import View, words
from ui.widgets.buttons import IconButton, Segments
from ui.widgets.editors.choice import Combo
from ui.widgets.surfaces import row

LEAST, MOST = 1900, 2100


class WhereAndWhen(QWidget):
    """Area and year; `changed` when a person picks another."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.area = ""
        self.year = 0
        box = row(self, spacing=tokens.S)
        self.areas = Combo()
        self.areas.setObjectName("figures_area")
        self.areas.setAccessibleName(_("Area"))
        self.years = Combo()
        self.years.setObjectName("figures_year")
        self.years.setAccessibleName(_("Year"))
        self.years.setMinimumContentsLength(5)
        self.years.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.before = IconButton("chevron-left", _("The year before"), name="year_before", run=lambda: self.step(-1))
        self.after = IconButton("chevron-right", _("The year after"), name="year_after", run=lambda: self.step(1))
        box.addWidget(self.areas)
        box.addSpacing(tokens.XS)
        for widget in (self.before, self.years, self.after):
            box.addWidget(widget)
        self.areas.activated.connect(self._area_picked)
        self.years.activated.connect(self._year_picked)

    def read(self) -> None:
        """What the desk has; at first the office's own area in the last year that has figures."""
        known = figures.years(self.context.desk)
        self.year = self.year or (known[-1] if known else date.today().year)
        areas = figures.areas(self.context.desk, self.year)
        if self.area not in [one.key for one in areas]:
            self.area = areas[0].key
        self.areas.clear()
        for one in areas:
            self.areas.addItem(one.title, one.key)
        self.areas.setCurrentIndex(self.areas.findData(self.area))
        self.areas.setVisible(len(areas) > 1)
        self._offer_years(known)

    def _offer_years(self, known: list[int]) -> None:
        """Those that have figures, the one in sight, and one more at each end to begin."""
        there = sorted({*known, self.year})
        offered = [year for year in range(there[0] - 1, there[-1] + 2) if LEAST <= year <= MOST]
        self.years.clear()
        for year in reversed(offered):
            text = digits.count(year)
            self.years.addItem(text if year in known else _("{year} (no figures)").format(year=text), year)
        self.years.setCurrentIndex(self.years.findData(self.year))

    def title(self) -> str:
        """The area in words."""
        return self.areas.currentText()

    def go(self, area: str = "", year: int = 0) -> None:
        """Look at another area or year, without telling `changed`."""
        self.area = area or self.area
        self.year = min(MOST, max(LEAST, year)) if year else self.year

    def step(self, by: int) -> None:
        self.go(year=self.year + by)
        self.changed.emit()

    def _area_picked(self, _index: int) -> None:
        self.go(area=str(self.areas.currentData()))
        self.changed.emit()

    def _year_picked(self, _index: int) -> None:
        self.go(year=int(self.years.currentData()))
        self.changed.emit()


class WhichChildren(QWidget):
    """Sex, breakdown, counts or rates; `changed` when a person picks another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        box = row(self, spacing=tokens.L)
        self.sex = Segments([(key, words("sex", key)) for key in ("all", "female", "male")], name="figures_sex")
        self.by = Segments(
            [("", _("All together")), ("age_group", _("By age")), ("disability", _("By disability"))],
            name="figures_by",
        )
        self.what = Segments([("counts", _("Counts")), ("rates", _("Rates"))], name="figures_what")
        for segments in (self.sex, self.by, self.what):
            segments.chosen.connect(lambda _key: self.changed.emit())
            box.addWidget(segments)

    def view(self) -> View:
        return View(self.sex.current(), self.by.current(), self.what.current() == "rates")

    def set_view(self, view: View) -> None:
        """Without telling `changed`."""
        self.sex.set_current(view.sex)
        self.by.set_current(view.by)
        self.what.set_current("rates" if view.rates else "counts")
