"""Figures on children, and what of them may be told to everybody."""

from __future__ import annotations

from cpdesk.help.model import Picture, Topic
from cpdesk.i18n import _


def enter() -> Topic:
    return Topic(
        "figures",
        _("Enter figures and rank places"),
        _("How many children are at risk, commune by commune and year by year. Counts only, no child's name."),
        (
            _("Begin with the starter list of measures, or write your own under “Measures”."),
            _("Type numbers as in a spreadsheet, or paste a block from Excel. Alt+Page Down goes to the next year."),
            _("Where there is no number, say why: - was not collected, * is hidden, empty was not entered yet."),
            _(
                "F8 goes to what does not add up or stands out. Give the measures weights and see which place is "
                "worst off."
            ),
            _("Ctrl+E makes the chosen figures a priority of a plan; from the priority one comes back to them."),
        ),
        _("0 is a number: it says that somebody counted and found nobody. What is missing is never added up as 0."),
        (Picture("figures", _("Figures of a year, place by place, with the ranking at the side")),),
    )


def public() -> Topic:
    return Topic(
        "public",
        _("Figures for the public"),
        _("A paper for readers outside hides counts so small that a child could be recognised by them."),
        (
            _("On the page “Figures on children” press “Profile” and choose “For the public: small counts hidden”."),
            _("Counts from 1 to 4 are hidden, and with them whatever would give them away by adding and subtracting."),
            _("Look through the pages, then print or save them. What was given out is remembered for the next copy."),
            _("“What the public copy hides, and why” is the list for the office itself. It stays in the office."),
        ),
        _("Exact figures are for the committee. Give readers outside the public copy only."),
        (Picture("public", _("A public copy in the preview: small counts are hidden")),),
    )
