"""What stands on official papers, and their numbers."""

from __future__ import annotations

from cpdesk.help.model import Picture, Topic
from cpdesk.i18n import _


def looks() -> Topic:
    return Topic(
        "papers",
        _("Letterhead, words and signatures"),
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
        ),
        "",
        (Picture("letterhead", _("The letterhead being written, and the paper beside it that follows")),),
    )


def numbers() -> Topic:
    return Topic(
        "numbers",
        _("Letter numbers and the register"),
        _("Each letter gets the next number of its register, once and for good."),
        (
            _("Under “Official papers” choose “Letter numbers”: there stand the letters of the year with their day."),
            _("A letter gets its number when it is printed or saved as a file."),
            _("A letter that was never sent: press “Void” beside it and say why."),
            _("Where a number was skipped, write the reason, so that the register explains each number."),
            _("“Print the register” makes the list of the year for the file."),
        ),
        _("Looking at a preview takes no number. A number that was given is never given again."),
        (Picture("registers", _("The register of letters of a year")),),
    )
