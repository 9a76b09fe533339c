"""The first day, people, search, settings."""

from __future__ import annotations

from cpdesk.help.model import Picture, Topic
from cpdesk.i18n import _


def first_day() -> Topic:
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
        (
            Picture("office", _("The second of the four first questions: the office, found by some letters")),
            Picture("begin", _("The home page of a new desk, with the first three steps")),
        ),
    )


def people() -> Topic:
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
        (Picture("people", _("The list of people, and one of them with name, title and position")),),
    )


def dates() -> Topic:
    return Topic(
        "dates",
        _("Dates, hours and numbers"),
        _("Write them as you would on paper. The desk understands, and shows what it understood."),
        (
            _("A date: 23/6/2022, ២៣-៦-២២, 23 June, “today”, “tomorrow”, “next Monday”, “in 7 days”."),
            _("While you type, the whole date stands under the line, with its day of the moon."),
            _("Alt+Down opens the calendar: moon, holy days and holidays. The arrows choose, Enter takes the day."),
            _("Holidays are reckoned by rule. The government’s sub-decree of each year goes before what stands there."),
            _("Khmer and Latin digits are read in every line, whichever keyboard is on."),
        ),
        _("A meeting on a holiday or a weekend is told by a quiet line; it stops nobody."),
        (Picture("calendar", _("The calendar with moon, holy days and holidays")),),
    )


def search() -> Topic:
    return Topic(
        "search",
        _("Search everything"),
        _("One box finds every record and every command of the desk."),
        (
            _("Press Ctrl+K on any page, and type some letters: Khmer from the middle of a word, or Latin letters."),
            _("Go down with the arrows; Enter opens what is chosen. Before you type, what you saw last stands there."),
            _("Type a word of a command, such as “print”, and press Enter to run it; its keys stand beside it."),
            _("Ctrl and a number lead to a section: Ctrl+1 to the home page, Ctrl+2 to the meetings. Esc goes back."),
        ),
        _("Spaces between Khmer words, and other ways to write the same word, make no difference."),
        (Picture("search", _("The search with some letters typed: records that hold them, and commands")),),
    )


def settings() -> Topic:
    return Topic(
        "settings",
        _("Set up the desk"),
        _("Language, size of the letters, your name, the office and its papers, all on one page."),
        (
            _("Under “Language and look” choose Khmer or English, the size of the letters, and light or dark."),
            _("Check your name: it stands beside each change that you make."),
            _("Check the office's name in Khmer and in English: it stands on every paper."),
            _("“Letterhead, forms, letter numbers…” leads to all that stands on official papers."),
            _("Choose the committee: its members are proposed for each meeting, and the quorum is counted by them."),
            _("Under “Due dates” say from when on a follow-up counts as due, and when packages and reports are due."),
        ),
        _("On any page Ctrl with + or − makes the letters larger or smaller, and Ctrl+Shift+L changes the language."),
        (Picture("settings", _("The settings: language and look, your name, the office")),),
    )
