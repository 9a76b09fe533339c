"""The columns of a plan's matrix, in the order in which officials draw it. Their keys are the contract of the window,
of Excel and of the command line; see `KEYS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import Choice, Kind
from cpdesk.records import kind

Sort = Literal[
    "text", "name", "names", "places", "priority", "line", "quarters", "choice", "amount", "year", "money", "total"
]
SOURCES = ("state", "sub_national", "ngo", "un", "donor")
UNSAID = "unsaid"  # a budget whose source nobody wrote down
# The columns that stand once; those of each year are quarters.2023, target.2023, budget.2023.state … and budget.2023.
KEYS = (
    "code", "text", "responsible", "partners", "places", "group", "priority", "carried_from", "investment",
    "investment_programme", "investment_line", "indicator.text", "indicator.unit", "indicator.baseline",
    "indicator.baseline_year", "indicator.source", "budget.total",
)  # fmt: skip
_SORTS: dict[str, Sort] = {
    "responsible": "name", "partners": "names", "places": "places", "priority": "priority", "carried_from": "line",
    "investment": "choice", "investment_programme": "choice",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """`field` is the field of the activity, or of its indicator; `year` and `source` tell a budget, a target or the
    quarters of a year. A column that is not `editable` is reckoned from others or told elsewhere.
    """

    key: str
    title: str
    group: str = ""
    sort: Sort = "text"
    field: str = ""
    year: int = 0
    source: str = ""
    editable: bool = True

    @property
    def of_indicator(self) -> bool:
        return self.key.startswith(("indicator.", "target."))

    def choice(self) -> Choice | None:
        """The keys that the cell can hold, where it is one of a few."""
        found = _ACTIVITY.field(self.field).type if self.sort == "choice" else None
        return found if isinstance(found, Choice) else None


_ACTIVITY: Kind = kind("activity")
_INDICATOR: Kind = kind("indicator")
_BUDGET: Kind = kind("budget_line")


def columns(years: Sequence[int], unsaid: Sequence[int] = ()) -> list[Column]:
    """All columns of a matrix over these years; in the years of `unsaid` there are budgets without a source."""
    found = [_plain(name) for name in ("code", "text", "responsible", "partners", "places", "group")]
    found += [
        Column(f"quarters.{y}", digits.count(y), _("Quarters"), "quarters", "year_quarters", year=y) for y in years
    ]
    found += [_plain(name) for name in ("priority", "carried_from")]
    found += [_plain(name) for name in ("investment", "investment_programme", "investment_line")]
    found += _indicator_columns()
    found += [Column(f"target.{y}", digits.count(y), kind("target").label, "amount", "value", year=y) for y in years]
    for year in years:
        found += _budget_columns(year, year in unsaid)
    return [*found, Column("budget.total", _("Budget in all"), sort="total", editable=False)]


def _plain(name: str) -> Column:
    short = {
        "text": _("Activity"),
        "responsible": _("Responsible"),
        "places": _("Places"),
        "investment": _("Investment"),
    }
    title = short.get(name) or _ACTIVITY.field(name).label
    return Column(name, title, sort=_SORTS.get(name, "text"), field=name, editable=name != "carried_from")


def _indicator_columns() -> list[Column]:
    sorts: dict[str, Sort] = {"baseline": "amount", "baseline_year": "year"}
    titles = {"text": _INDICATOR.label}
    return [
        Column(
            f"indicator.{name}",
            titles.get(name, _INDICATOR.field(name).label),
            _INDICATOR.label,
            sorts.get(name, "text"),
            name,
        )
        for name in ("text", "unit", "baseline", "baseline_year", "source")
    ]


def _budget_columns(year: int, unsaid: bool) -> list[Column]:
    group = _("Budget {year}").format(year=digits.count(year))
    sources = _BUDGET.field("source").type
    found = [
        Column(f"budget.{year}.{source}", sources.show(source), group, "money", "amount", year, source)
        for source in SOURCES
    ]
    if unsaid:
        found.append(
            Column(f"budget.{year}.{UNSAID}", _("Source not said"), group, "money", "amount", year, UNSAID, False)
        )
    return [*found, Column(f"budget.{year}", _("Total"), group, "total", year=year, editable=False)]
