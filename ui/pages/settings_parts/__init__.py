"""The parts of the settings, a card each."""

from __future__ import annotations

from cpdesk.i18n import _


def titles() -> dict[str, str]:
    """Part → its title, in the order of the page. `context.go("settings", part=…)` leads to one."""
    return {
        "look": _("Language and look"),
        "person": _("Your name"),
        "officers": _("Officers and passwords"),
        "office": _("The office and its letterhead"),
        "committee": _("The committee"),
        "due": _("Due dates"),
        "backups": _("Backups"),
        "desk": _("The desk on this computer"),
    }
