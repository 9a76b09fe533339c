"""A review as charts: per cent by objective, planned against spent, people reached. Shared with the meeting room."""

from __future__ import annotations

from cpdesk.charts import Bar, Columns, Part, Rows, Series, Split, in_large_units
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks.progress import ObjectiveRow, Reached, Review, pace
from ui.pages.progress_parts.words import PEOPLE, coded, label, number, per_cent


def by_objective(review: Review) -> Rows:
    """Reached of the year's targets. The tone goes by how much of the year is over, the number says the rest."""
    return Rows(tuple(_objective(one, review.period.quarter) for one in review.objectives), maximum=100, unit="%")


def _objective(one: ObjectiveRow, quarter: int) -> Bar:
    found = one.achievement
    tone = pace(found.percent, quarter)
    return Bar(
        f"{coded(one.heading.code)} · {one.heading.text}",
        found.percent,
        note=_told(found.told, found.wanted),
        tone="accent" if tone == "none" else tone,
    )


def _told(told: int, wanted: int) -> str:
    """From how many indicators the per cent was made, where it was not from all of them."""
    if not wanted:
        return _("no target for this year")
    if told == wanted:
        return ""
    return ngettext("from {told} of {wanted} indicator", "from {told} of {wanted} indicators", wanted).format(
        told=digits.count(told), wanted=digits.count(wanted)
    )


def money(review: Review) -> Columns:
    """Planned and spent by quarter, with the year's sums in the legend."""
    quarters = review.quarters
    values = [*(one.planned for one in quarters), *(one.spent for one in quarters)]
    whole = [review.spending.planned.known, review.spending.spent.known]
    scaled, unit = in_large_units([*values, *whole])
    count = len(quarters)
    planned, spent = scaled[:count], scaled[count : 2 * count]
    in_plan, so_far = scaled[2 * count], scaled[2 * count + 1]
    share = review.spending.percent
    note = number(so_far) if share is None else f"{number(so_far)} · {per_cent(share)}"
    return Columns(
        tuple(one.period.short() for one in quarters),
        (
            Series(_("Planned"), tuple(planned), "soft", note="" if in_plan is None else number(in_plan)),
            Series(label("spent"), tuple(spent), "accent", note="" if so_far is None else note),
        ),
        unit,
    )


def people(reached: Reached) -> Split:
    """Girls, boys, women, men; how many of them with a disability."""
    parts = tuple(Part(label(name), getattr(reached, name)) for name in PEOPLE)
    note = ""
    if reached.with_disability is not None:
        note = _("Of these, {count} with disability").format(count=digits.number(reached.with_disability))
    return Split(parts, note)


def nobody(reached: Reached) -> bool:
    return reached.everybody is None and reached.with_disability is None
