"""What the help says: each topic as what it is for, a few steps, and a word of advice."""

from __future__ import annotations

from dataclasses import dataclass

from cpdesk.i18n import _

# Which topic stands open when help is asked for on a page.
TOPIC_OF_PAGE = {
    "home": "begin",
    "meetings": "meeting",
    "meeting": "meeting",
    "plans": "plan",
    "plan": "plan",
    "progress": "progress",
    "review": "progress",
    "thread": "thread",
    "checks": "checks",
    "figures": "figures",
    "people": "people",
    "exchange": "send",
    "bin": "find",
    "settings": "care",
    "papers": "papers",
}


@dataclass(frozen=True)
class Topic:
    """A how-to. `steps` are done one after the other; `good` is what one should know besides."""

    key: str
    title: str
    what: str
    steps: tuple[str, ...]
    good: str = ""


def topics() -> tuple[Topic, ...]:
    """All of them in the present language."""
    return (
        _begin(),
        _meeting(),
        _print(),
        _papers(),
        _plan(),
        _approval(),
        _progress(),
        _figures(),
        _thread(),
        _checks(),
        _people(),
        _send(),
        _receive(),
        _settle(),
        _find(),
        _care(),
    )


def _begin() -> Topic:
    return Topic(
        "begin",
        _("The first day"),
        _("The desk keeps your committee's meetings, plans and follow-ups in one file on this computer."),
        (
            _(
                "Under “People and bodies”, enter the members of the committee. After that two letters of a name "
                "suffice."
            ),
            _("Under “Settings”, check the office's name and letterhead: they stand on every printed paper."),
            _("Under “Meetings”, begin the first meeting with Ctrl+N."),
            _("If there is a province above you, exchange cards with it once, under “Send and receive”."),
        ),
        _("There is no save button: what you type is kept at once. Ctrl+Z takes the last step back."),
    )


def _meeting() -> Topic:
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
    )


def _print() -> Topic:
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
            _("Press “Print…” for paper, or “Save as PDF…” for a file that can be sent and searched."),
        ),
        _(
            "Name, number and place of signing come from “Settings”. What is still missing on the paper is left "
            "as dots."
        ),
    )


def _papers() -> Topic:
    return Topic(
        "papers",
        _("Official papers and letter numbers"),
        _(
            "What stands on every paper of your office: letterhead, words, who signs, copies, and the register of "
            "letters."
        ),
        (
            _(
                "Under “Letterhead” choose the emblem and write the lines of your office; the paper beside it follows "
                "as you type."
            ),
            _("Under “Forms” choose a form and set its title, opening, closing, signature blocks and copies."),
            _(
                "Under “Phrases” find a phrase by its words (Ctrl+F) and press Enter to change it. What stands in "
                "braces is filled in."
            ),
            _("“Back to usual” brings back what ships, or what the province shares."),
            _(
                "A letter gets its number when it is printed or saved. Under “Letter numbers” make one void, and say "
                "why numbers were skipped."
            ),
        ),
        _("Looking at a preview takes no number. A number that was given is never given again."),
    )


def _plan() -> Topic:
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
    )


def _approval() -> Topic:
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
    )


def _progress() -> Topic:
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
    )


def _thread() -> Topic:
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
    )


def _checks() -> Topic:
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
    )


def _figures() -> Topic:
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
    )


def _people() -> Topic:
    return Topic(
        "people",
        _("People and bodies"),
        _("Each person and each body is entered once, and then found everywhere by two letters."),
        (
            _("Press Ctrl+N for a person; for a body choose “Bodies” first."),
            _("Write the person's title as it is said (ឯកឧត្តម, លោកជំទាវ, លោក, លោកស្រី) and the position."),
            _("Open a committee and add its members with their roles. “Invite the committee” in a meeting takes them."),
        ),
        _("Phone numbers stay on this computer. The program has no place for the name of a child."),
    )


def _send() -> Topic:
    return Topic(
        "send",
        _("Hand the province a package"),
        _("A package holds what changed since the last one. Only the office that it is for can open it."),
        (
            _("Once: save this office's card on a stick, take the province's card, and compare the numbers by phone."),
            _("Plug in the stick and open “Send and receive”."),
            _("See what goes in the package, choose the stick, and press “Write the package”."),
            _("When it says that the package was read back and is whole, the stick can be taken out."),
        ),
        _("If a stick is lost, write the package again: nothing is counted twice, and strangers cannot open it."),
    )


def _receive() -> Topic:
    return Topic(
        "receive",
        _("Receive and settle differences"),
        _("Packages may come late, twice or in any order. Merging overwrites nobody's work."),
        (
            _("Plug in the stick, or drop the packages on the page “Send and receive”."),
            _("Look at what each would change. Nothing has been changed yet."),
            _("Merge. A package that is damaged or foreign is refused, and the reason is said."),
            _(
                "Where two offices wrote different words in one place, both stand side by side: take one, write "
                "another, or leave it for later."
            ),
        ),
        _("The board shows which district has handed in, through which day, and which numbers are missing."),
    )


def _settle() -> Topic:
    return Topic(
        "settle",
        _("Decide where two wrote different things"),
        _("Both values are kept until somebody decides. The decision and its reason reach all who have the record."),
        (
            _("Under “Send and receive” choose “Differences”; group them by record or by office."),
            _("Go through them with the arrows. In longer texts new words are underlined, gone words struck out."),
            _("1, 2, 3 pick a value, F2 writes another, L leaves it for later, Enter settles."),
            _("Say why, in a few words. “Settle … alike at once” takes one office's value, or the newest, in all."),
            _("“Decided” shows what was decided, by whom and why; Enter leads to the record."),
            _("Under “To settle”, Ctrl+J joins two people, bodies or meetings that are one."),
        ),
        _("Ctrl+Z takes a decision back while nobody has gone on from it; later, write the value into the record."),
    )


def _find() -> Topic:
    return Topic(
        "find",
        _("Find, undo, bring back"),
        _("Nothing that was typed is ever lost."),
        (
            _("Ctrl+K searches everything, Khmer inside words and Latin letters too, and knows every command."),
            _("Ctrl+Z takes the last step back, Ctrl+Shift+Z does it again."),
            _("What was deleted lies in the bin; “Bring back” restores it with all its parts."),
            _(
                "“History of this record…” in the menu shows every value that was ever written, by whom and when; "
                "“Back to this” brings one back."
            ),
        ),
    )


def _care() -> Topic:
    return Topic(
        "care",
        _("Take care of the desk"),
        _("A laptop can break or be stolen. A backup brings the desk back."),
        (
            _("Each week press “Back up now…” under “Settings”, and put the backup on a stick that is kept elsewhere."),
            _("“Check the desk now” looks at every change and says whether anything is missing."),
            _("If the file is damaged, choose “Bring back from a backup…” when the program starts."),
        ),
        _(
            "The desk's key lies in your account on this computer. Keep the account; without it neither desk nor "
            "backup opens."
        ),
    )
