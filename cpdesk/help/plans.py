"""The plan, from the first objective to the quarter's report."""

from __future__ import annotations

from cpdesk.help.model import Picture, Topic
from cpdesk.i18n import _


def write() -> Topic:
    return Topic(
        "plan",
        _("Write a plan"),
        _("Objectives, the outputs expected of them, and the activities that bring them about, in one table."),
        (
            _("On the page “Plans” press Ctrl+N; give the plan its title and years."),
            _("Write the objective, press Enter, and write the outputs and activities under it."),
            _("Press F2 to write in a cell, Ctrl+E to fill in all fields of a line at the side."),
            _("Say for each activity who is responsible, in which quarters, and in which investment plan it stands."),
            _("At the side the thread shows which meeting and which input an activity came from."),
        ),
        "",
        (Picture("plan", _("The plan as a table: objectives, outputs, activities, and the line in hand at the side")),),
    )


def excel() -> Topic:
    return Topic(
        "excel",
        _("Take in a table from Excel"),
        _("A plan or figures that lie in an Excel file need not be typed again."),
        (
            _("In the plan press “From Excel” and choose the file."),
            _("See what each column is taken for. What is not understood is set right once, and then remembered."),
            _("Cells that cannot be read are marked; the arrows go from one to the next."),
            _("Press “Import”. All of it is one step, which Ctrl+Z takes back."),
        ),
        _("“To Excel” writes the plan as a table that can be sent, changed and taken in again."),
        (Picture("excel", _("A table before it is taken in: what its columns hold, and what becomes of its rows")),),
    )


def thread() -> Topic:
    return Topic(
        "thread",
        _("Priorities and the thread"),
        _("Why is this activity here, and what came of it? The desk keeps both ends tied."),
        (
            _("In the plan, under “Priorities”, write what must change first; Enter opens a line for its reasons."),
            _("Choose figures and inputs as reasons, and the activities that answer the priority."),
            _("Under “Strong and weak points”, choose for each weak point the activity that answers it."),
            _("Beside the table, “Thread” shows where the line came from and what came of it; each step is one click."),
            _("In a meeting, open a row and press Ctrl+T to see what came of what was said."),
            _("“The whole thread of the plan” tells all of it on one page."),
        ),
        "",
        (
            Picture("priorities", _("Priorities with their reasons, and the activities that answer them")),
            Picture("thread", _("The whole thread of a plan, from figures to progress")),
        ),
    )


def approval() -> Topic:
    return Topic(
        "approval",
        _("Approve a plan, and start the next"),
        _("What was approved stays as it was approved; whoever goes on writing writes the next version."),
        (
            _("“Hand over for review” at the head of the plan tells that it is ready to be read."),
            _("Somebody who did not write it presses “Approve…”; the content's code is printed with the plan."),
            _("Under “Compare”, F8 goes from change to change between two versions, or between two plans."),
            _("In the list of plans, “Start the next plan from this one” takes along what is not finished."),
        ),
        _("Indicators go along, with what was reached last as their new baseline."),
        (Picture("compare", _("Two plans side by side, with what was added, changed and taken out")),),
    )


def progress() -> Topic:
    return Topic(
        "progress",
        _("Report progress, quarter by quarter"),
        _("What was done of each activity, for whom, for how much, and what stood in the way."),
        (
            _("Choose the quarter with Ctrl+Page Up and Ctrl+Page Down. What owes its report stands on top."),
            _("Open a row with Enter. One key from 1 to 6 says how the activity stands; a report must say no more."),
            _("Fill in what the indicators reached, whom you reached and what was spent, and attach the evidence."),
            _("Ctrl+Enter goes on to the next activity that owes its report."),
            _("F5 shows the quarter in large type for the meeting room, F11 on the whole screen; Ctrl+P prints it."),
        ),
        _("What nobody filled in is missing and counts as missing, never as 0."),
        (Picture("progress", _("The progress of a quarter, activity by activity")),),
    )


def checks() -> Topic:
    return Topic(
        "checks",
        _("What is left to settle"),
        _("The desk looks beside your work for what is missing, overdue or contradicts itself."),
        (
            _("The number beside “To settle” says how much there is."),
            _("Go through the lines with the arrows; Enter leads to the place where it is put right."),
            _("Esc comes back to the same line. A line goes by itself when it is settled."),
            _("Suggestions at the end may be wrong and are not counted. On two that look alike, → leads to the other."),
        ),
        _("F5 looks through the whole desk once more."),
        (Picture("checks", _("What is left to settle, sort by sort, each line with where it leads")),),
    )
