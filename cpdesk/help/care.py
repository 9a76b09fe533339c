"""Nothing is lost: undo, history, bin; power cuts, backups, a damaged desk."""

from __future__ import annotations

from cpdesk.help.model import Picture, Topic
from cpdesk.i18n import _


def undo() -> Topic:
    return Topic(
        "undo",
        _("Undo, history, and the bin"),
        _("Nothing that was typed is ever lost."),
        (
            _("Ctrl+Z takes the last step back, Ctrl+Shift+Z does it again."),
            _("What was deleted lies in the bin; “Bring back” restores it with all its parts."),
            _(
                "“History of this record…” in the menu shows every value that was ever written, by whom and when; "
                "“Back to this” brings one back."
            ),
        ),
        "",
        (Picture("history", _("The history of a meeting: every value, by whom and when")),),
    )


def power() -> Topic:
    return Topic(
        "power",
        _("The power went"),
        _("What you typed is saved while you type. At most the last second is missing."),
        (
            _("Start the computer and the program again, and open the desk with your password."),
            _("Go to where you were: Ctrl+K shows what you saw last. Read the last line, and type on."),
            _("Was a package or a backup being written? Write it again; what was half written is no file."),
            _("“Check the desk now”, under “Settings”, says whether all of it is whole."),
        ),
        _("If the program says that it ended by itself, “Save it to a stick…” keeps a report without your records."),
    )


def backups() -> Topic:
    return Topic(
        "backups",
        _("Backups"),
        _("A laptop can break or be stolen. A backup brings the desk back."),
        (
            _("Under “Settings”, “Backups”, choose when copies are made by themselves: hourly, daily, or at the end."),
            _("Once a week press “To another folder…” and choose a stick that is then kept in another place."),
            _("The foot of the window and the home page say when the last backup was made."),
            _("“Check the desk now” looks at every change and says whether anything is missing."),
        ),
        _(
            "The backup of a locked desk opens on every computer, with the passwords and the recovery code of its day. "
            "That of an open desk opens only in your account on this computer: print a code for it by “New recovery "
            "code…”."
        ),
        (Picture("backup", _("Backups in the settings: when, where to, and the way back")),),
    )


def bring_back() -> Topic:
    return Topic(
        "bring_back",
        _("Bring a desk back"),
        _("After a mistake, on a new laptop, or where the desk does not open: a desk again from a backup."),
        (
            _("Press “Bring back from a backup…”, under “Settings”, or where the program asks for a desk."),
            _("Choose a backup by its day, or “Another file…” on a stick; your password opens it, or that of its day."),
            _("Look at what it holds beside what the desk holds now. Nothing has been changed yet."),
            _("Press “Bring this back”. The present desk stays beside it, under another name."),
            _("Hand the province a package and take its own: what you had handed in since that day comes back too."),
        ),
        _(
            "A backup is only read. The desk brought back opens with the passwords that hold on this computer; on "
            "another one with those of the backup's day."
        ),
        (Picture("bring_back", _("Backups by their days, and what one of them holds")),),
    )


def damaged() -> Topic:
    return Topic(
        "damaged",
        _("The desk is damaged"),
        _("An old disk forgets, a stick breaks. The program notices it and writes nothing on top."),
        (
            _("Copy the desk's file to another disk or a stick, as it is, before anything else."),
            _("Is there a backup of the last days? “Bring back from a backup…”, and you are done."),
            _("Else press “Save what can be read…” where the program says that the desk is damaged."),
            _("Read what is lost, keep the list by “Write this down…”, and write it anew where somebody knows it."),
            _("Hand the province a package and take its own: what you had handed in comes back from there."),
            _("Work on in the new desk, by “Open the new desk”. Do not use that disk or stick any more."),
        ),
        _("Salvaging takes each change only if it is exactly what was written; nothing is made up."),
        (Picture("bring_back", _("Backups by their days, and what one of them holds")),),
    )
