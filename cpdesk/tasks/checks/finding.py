"""The checks, each with its words, and what one of them found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits

PLANS, MEETINGS, FIGURES, PEOPLE = "plans", "meetings", "figures", "people"


@dataclass(frozen=True)
class Check:
    """One check. `family` is what it belongs to; `settle` says how its findings are put right; `field` is the field to
    fill in, where it is one.
    """

    key: str
    family: str
    title: Callable[[], str]
    settle: Callable[[], str]
    field: str = ""
    suggested: bool = False


@dataclass(frozen=True)
class Finding:
    """What a check found at one record. `title` are the record's words, `plan` the plan it is in.

    `other` is the second of two that look alike; `values` fill the sentence; `year` and `quarter` say where to look.
    """

    check: str
    record: str
    title: str
    plan: str = ""
    other: str = ""
    values: dict[str, str] = field(default_factory=dict)
    count: int = 0
    year: int | None = None
    quarter: int | None = None

    @property
    def sentence(self) -> str:
        """What is not right, in the language of the moment."""
        words = _SENTENCES.get(self.check)
        if words is None:
            return check(self.check).title()
        return words(self).format(**self.values, count=digits.count(self.count))


def check(key: str) -> Check:
    """The check of that key; KeyError where there is none."""
    return _BY_KEY[key]


CHECKS: tuple[Check, ...] = (
    Check(
        "quarter_no_progress", PLANS,
        lambda: _("Quarters without a report"),
        lambda: _("Open the quarter: the activities that owe a report stand first."),
    ),
    Check(
        "follow_up_overdue", MEETINGS,
        lambda: _("Follow-ups that are overdue"),
        lambda: _("Tick it off, or agree on another day."),
        "due",
    ),
    Check(
        "priority_no_activity", PLANS,
        lambda: _("Priorities that no activity answers"),
        lambda: _("Link an activity to it, or add one."),
    ),
    Check(
        "weakness_no_answer", PLANS,
        lambda: _("Weak points that nothing answers"),
        lambda: _("Link the activity that answers it."),
        "answered_by",
    ),
    Check(
        "budget_outside", PLANS,
        lambda: _("Budget outside the plan's years"),
        lambda: _("Move it into one of the plan's years, or lengthen the plan."),
        "year",
    ),
    Check(
        "no_responsible", PLANS,
        lambda: _("Activities for which nobody is responsible"),
        lambda: _("Say which body or person carries it."),
        "responsible",
    ),
    Check(
        "no_indicator", PLANS,
        lambda: _("Activities without an indicator"),
        lambda: _("Say by what one will see that it was done."),
    ),
    Check(
        "no_target", PLANS,
        lambda: _("Activities without a target"),
        lambda: _("Set a target for at least one year."),
    ),
    Check(
        "no_budget", PLANS,
        lambda: _("Activities without a budget"),
        lambda: _("Write what it costs, by year and source."),
    ),
    Check(
        "no_investment", PLANS,
        lambda: _("Activities without an investment line"),
        lambda: _("Write the line of the investment programme, for the integration workshop."),
        "investment_line",
    ),
    Check(
        "activity_no_priority", PLANS,
        lambda: _("Activities that answer no priority"),
        lambda: _("Choose the priority that it answers."),
        "priority",
    ),
    Check(
        "sex_sums", FIGURES,
        lambda: _("Totals by sex that do not add up"),
        lambda: _("Look up the count and correct the one that is wrong."),
        "value",
    ),
    Check(
        "figure_twice", FIGURES,
        lambda: _("The same figure with two values"),
        lambda: _("Keep the right one and put the other into the bin."),
        "value",
    ),
    Check(
        "same_person", PEOPLE,
        lambda: _("Perhaps one person entered twice"),
        lambda: _("If they are two, fill in body and position of both. If it is one, join them."),
        suggested=True,
    ),
    Check(
        "same_body", PEOPLE,
        lambda: _("Perhaps one body entered twice"),
        lambda: _("If they are two, fill in the place or the sort of both. If it is one, join them."),
        suggested=True,
    ),
    Check(
        "joined_reference", PEOPLE,
        lambda: _("References to what was joined into another"),
        lambda: _("Lead them on to the record that stands."),
    ),
    Check(
        "same_number", MEETINGS,
        lambda: _("Minutes with the same number"),
        lambda: _("If one of the numbers is a slip, correct it. If it is one meeting entered twice, join them."),
        "number",
        suggested=True,
    ),
    Check(
        "same_letter", MEETINGS,
        lambda: _("Letters with the same number"),
        lambda: _("Two computers gave it while they were apart. Make one of them void, say why, and number it anew."),
        "number",
        suggested=True,
    ),
    Check(
        "paper_twice", MEETINGS,
        lambda: _("Papers with two numbers"),
        lambda: _("Make the number void under which the paper did not go out, and say why."),
        "number",
        suggested=True,
    ),
)  # fmt: skip
_BY_KEY = {one.key: one for one in CHECKS}

_SENTENCES: dict[str, Callable[[Finding], str]] = {
    "quarter_no_progress": lambda f: ngettext(
        "{count} activity owes a report", "{count} activities owe a report", f.count
    ),
    "follow_up_overdue": lambda f: ngettext("{count} day late", "{count} days late", f.count),
    "budget_outside": lambda _f: _("{amount} stands in {year}; the plan goes from {first} to {last}"),
    "figure_twice": lambda _f: _("{one} and {other}"),
    "sex_sums": lambda _f: "{told}",
    "same_person": lambda _f: _("Looks like “{other}”"),
    "same_body": lambda _f: _("Looks like “{other}”"),
    "joined_reference": lambda _f: _("{field}: “{gone}” was joined into “{other}”"),
    "same_number": lambda _f: _("Number {number} also stands on “{other}”"),
    "same_letter": lambda _f: _("Number {number} also stands on “{other}”"),
    "paper_twice": lambda _f: _("Number {number}, and also {other}"),
}
