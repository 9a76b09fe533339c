"""Meetings: before, during, after, on paper."""

from __future__ import annotations

from cpdesk.help.model import Picture, Topic
from cpdesk.i18n import _


def record() -> Topic:
    return Topic(
        "meeting",
        _("Record a meeting"),
        _("One page from the agenda to the decisions, in the order of the meeting itself. Type while people speak."),
        (
            _("On the page “Meetings” press Ctrl+N, and write the subject and the date."),
            _("Agenda: write a line and press Enter; the next line is ready."),
            _(
                "Participants: “Invite the committee” fills the list. For others type two letters of the name, then "
                "Enter."
            ),
            _(
                "On a name press 1 for present, 2 late, 3 apology, 4 absent, 5 represented. The counts follow by "
                "themselves."
            ),
            _(
                "Write inputs and remarks under the agenda item; choose the activity of the plan that an input speaks "
                "of."
            ),
            _("Decisions: write who does what and by which day. They stay on the home page until they are done."),
            _("Ctrl+P shows the minutes as they will be printed."),
        ),
        _("Alt and a number jump to a part of the page: Alt+1 for the agenda, Alt+2 for the next part, and so on."),
        (
            Picture("meeting", _("A meeting: its parts at the left, what is typed in the middle, the minutes beside")),
            Picture("participants", _("Participants, each ticked by one key; the counts stand in the head")),
        ),
    )


def live() -> Topic:
    return Topic(
        "live",
        _("While the meeting runs"),
        _("A page for the hours of the meeting itself: what is spoken about, who speaks, and what they say."),
        (
            _("In the meeting press Ctrl+Shift+M. F5 notes the hour when it begins."),
            _("The agenda stands at the side. F8 goes to the next point, Shift+F8 to the one before."),
            _("F6, two letters of the speaker's name, Enter; then write what they say. Enter keeps the line."),
            _("Mark what somebody shall carry out and press Ctrl+Enter: it becomes a follow-up."),
            _("Somebody comes in: F7, two letters of the name, Enter. How many are there, and the quorum, is counted."),
            _("F5 notes the hour of the end. Esc leads back to the meeting, where all of it stands in its place."),
        ),
        _("All is kept as you type, half a sentence too: if the lid closes or the power goes, nothing is lost."),
        (Picture("live", _("The running meeting: agenda, who speaks, what was said, who is there")),),
    )


def follow() -> Topic:
    return Topic(
        "follow",
        _("Follow up decisions"),
        _("The home page shows what is due and what is late until it is done."),
        (
            _("The most urgent stands on top; the red or yellow word beside it says how late it is, or when due."),
            _("Tick what is done. Ctrl+Z takes the tick back."),
            _("The blue words below lead to the meeting where it was decided."),
            _("The printer beside the heading prints the list for those who carry it out."),
        ),
        _("The other cards show the next meeting, the plan, and the package that is due; each row leads on."),
        (Picture("home", _("The home page: follow-ups, meetings, the plan, and packages")),),
    )


def printing() -> Topic:
    return Topic(
        "print",
        _("Print minutes and lists"),
        _("Official layout in Khmer, seen before it is printed."),
        (
            _("Open the meeting and press Ctrl+P, or choose the attendance sheet beside the participants."),
            _(
                "Look through the pages: Page Up and Page Down turn them, Ctrl with + or − makes them larger or "
                "smaller."
            ),
            _("Press “Print…” for paper, or “Save as…” for a file that can be sent and searched."),
            _("“Papers…” in the meeting makes all its papers at once, from the invitations to the report."),
        ),
        _(
            "Name, number and place of signing come from “Settings”. What is still missing on the paper is left "
            "as dots."
        ),
        (Picture("preview", _("The minutes in the preview, as they will be printed")),),
    )
