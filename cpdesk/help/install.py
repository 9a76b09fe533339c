"""A stick with the program: installing, upgrading; and the same work by commands."""

from __future__ import annotations

from cpdesk.help.model import Topic
from cpdesk.i18n import _


def install() -> Topic:
    return Topic(
        "install",
        _("Install the program, or a newer one"),
        _("From a stick, without an administrator and without the internet. A newer one goes over the older."),
        (
            _("Make a backup by “Back up now”, and close the program."),
            _(
                "Windows: double-click the file on the stick whose name begins with “cpdesk” and ends in “.exe”. "
                "Linux: open a terminal in the folder on the stick and type: sh install.sh"
            ),
            _("Start the program and open your desk: it is made ready for the newer program by itself."),
            _("“cpdesk --self-test” in a terminal tries all parts of the program, and leaves nothing behind."),
        ),
        _(
            "Desks, settings, keys and backups are not touched. An older program refuses a desk that a newer one has "
            "made, and changes nothing in it: install the newer one there too."
        ),
    )


def commands() -> Topic:
    return Topic(
        "commands",
        _("For IT staff: the same by commands"),
        _("All that the window does with desks can be typed, on a computer without a screen too."),
        (
            _("In a terminal type cpdesk --help; each command tells more with --help, and --json is for programs."),
            _("The desk is the one last used, or say which: cpdesk --desk FILE COMMAND."),
            _(
                "Passwords and codes are asked for and not shown. A script puts them into CPDESK_PASSWORD, "
                "CPDESK_NEW_PASSWORD or CPDESK_CODE; they are never typed behind a command, where others can read them."
            ),
        ),
        _("Commands ask for roles as the window does, and everything is noted with who did it."),
        (),
        (
            (_("Lock the desk, change a password"), "cpdesk password"),
            (_("Four random words"), "cpdesk password --suggest"),
            (_("A new recovery code"), "cpdesk code"),
            (_("Another key, where a password was betrayed"), "cpdesk renew-key"),
            (_("A password is forgotten, the code is there"), "cpdesk recover"),
            (_("The code is lost too: ask the province"), "cpdesk lock-request FILE"),
            (_("At the province: answer"), "cpdesk lock-answer REQUEST FILE"),
            (_("Take its answer, then recover"), "cpdesk lock-take FILE"),
            (_("Who works on this desk"), "cpdesk officers"),
            (_("One more officer"), "cpdesk officer NAME --add --role officer"),
            (_("Who forgot their password"), "cpdesk officer NAME --new-password"),
            (_("Who has left"), "cpdesk officer NAME --leave"),
            (_("Is the desk whole?"), "cpdesk check"),
            (_("A backup"), "cpdesk backup FILE"),
            (_("A desk again from a backup"), "cpdesk restore BACKUP FILE"),
            (_("What a damaged desk still holds"), "cpdesk salvage DESK NEW"),
            (_("A new desk, locked"), "cpdesk init FILE --office CODE --name NAME --locked"),
            (_("Our card, and the card of the office above"), "cpdesk card FILE, cpdesk join CARD"),
            (_("A new laptop in place of a lost one"), "cpdesk enrol CARD --replaces NUMBER"),
            (_("What a lost computer had"), "cpdesk held NUMBER"),
            (_("Withdraw a computer's card"), "cpdesk revoke OFFICE --fingerprint NUMBER"),
        ),
    )
