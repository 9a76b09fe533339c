"""What forms are called in the window."""

from __future__ import annotations

from cpdesk.i18n import N_, _

_TITLES = {
    "invitation": N_("Invitation letters"),
    "invitation_list": N_("Invitation with a list"),
    "agenda": N_("Agenda"),
    "attendance_blank": N_("Blank attendance sheet"),
    "attendance": N_("Attendance sheet"),
    "minutes": N_("Minutes"),
    "meeting_report": N_("Meeting report"),
    "follow_ups": N_("Follow-up list"),
    "progress_report": N_("Progress report"),
    "plan_matrix": N_("Plan matrix"),
    "budget": N_("Budget table"),
    "alignment": N_("Investment alignment table"),
    "compare": N_("Comparison of two versions"),
    "swot": N_("Strengths and weaknesses"),
    "thread": N_("The whole thread of the plan"),
    "vulnerability_profile": N_("Vulnerability profile"),
    "hidden_list": N_("What a public copy hides"),
    "package": N_("What a package holds"),
    "receipt": N_("Receipt"),
    "card": N_("Card of an office"),
    "board": N_("Who has handed in what"),
    "letter_register": N_("Letter register"),
    "audit": N_("Who did what"),
    "personal_data": N_("Personal data of a person"),
    "record": N_("Record sheet"),
    "list": N_("List"),
}


def title(form: str) -> str:
    """The name of a form in the language of the window."""
    return _(_TITLES[form])
