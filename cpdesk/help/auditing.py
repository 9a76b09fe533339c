"""Who did what: the log, what other offices hold of it, and the code on a receipt."""

from __future__ import annotations

from cpdesk.help.model import Picture, Topic
from cpdesk.i18n import _


def who_did_what() -> Topic:
    return Topic(
        "audit",
        _("Who did what"),
        _("Every change bears the name of who made it and the time. Nothing of it can be taken away unseen."),
        (
            _("Ctrl+Shift+A, or “Look at who did what” under “Settings”, shows all of it, the newest first."),
            _("Choose by name, by time, or only deeds: packages, backups, passwords, cards."),
            _("The line in hand shows below what stood before and after; Enter leads to the record."),
            _("Ctrl+P prints it for the file, with how much each officer did."),
            _(
                "Other offices say with each package what they hold of the log. Where an end is missing or other words"
                " stand in it, the home page and the board say so, in plain words."
            ),
            _("A paper receipt bears a code: “Compare a receipt…” says whether the log still holds it."),
        ),
        _("A desk that was brought back from a backup says so by itself; it is no fault of anybody."),
        (Picture("audit", _("Who did what: the newest first, and what a change replaced")),),
    )
