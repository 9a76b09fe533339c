"""Nothing is lost: undo, history, bin; backups."""

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


def backups() -> Topic:
    return Topic(
        "backups",
        _("Backups, and bringing a desk back"),
        _("A laptop can break or be stolen. A backup brings the desk back."),
        (
            _("Under “Settings”, “Backups”, choose when copies are made by themselves: hourly, daily, or at the end."),
            _("Once a week press “To another folder…” and choose a stick that is then kept in another place."),
            _("“Check the desk now” looks at every change and says whether anything is missing."),
            _("The way back is “Bring back from a backup…”, under “Settings” or when the program starts."),
            _("You see what a backup holds before anything changes, and the present desk is kept beside it."),
        ),
        _(
            "The desk's key lies in your account on this computer. Keep the account; without it neither desk nor "
            "backup opens."
        ),
        (Picture("backup", _("Backups in the settings: when, where to, and the way back")),),
    )
