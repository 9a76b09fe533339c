"""The pages of the window, in the order of the sidebar; the first is home.

A new page is a module here and a line in `PAGES`.
"""

from __future__ import annotations

from cpdesk.i18n import _
from ui.registry import PageSpec

PAGES: tuple[PageSpec, ...] = (
    PageSpec("home", lambda: _("Home"), "house", "ui.pages.home:HomePage"),
    PageSpec("meetings", lambda: _("Meetings"), "calendar-days", "ui.pages.meetings:MeetingsPage"),
    PageSpec("plans", lambda: _("Plans"), "list-tree", "ui.pages.plans:PlansPage"),
    PageSpec("people", lambda: _("People and bodies"), "users", "ui.pages.people:PeoplePage"),
    PageSpec(
        "exchange",
        lambda: _("Send and receive"),
        "arrow-up-down",
        "ui.pages.exchange:ExchangePage",
        badge=lambda context: context.waiting,
    ),
    PageSpec("meeting", lambda: _("Meeting"), "contact", "ui.pages.meeting:MeetingPage", "inner", under="meetings"),
    PageSpec("plan", lambda: _("Plan"), "list-tree", "ui.pages.plan:PlanPage", "inner", under="plans"),
    PageSpec("bin", lambda: _("Bin"), "trash-2", "ui.pages.bin:BinPage", "foot"),
    PageSpec("settings", lambda: _("Settings"), "settings", "ui.pages.settings:SettingsPage", "foot"),
    PageSpec("help", lambda: _("Help"), "circle-question-mark", "ui.pages.help:HelpPage", "foot", shortcut="F1"),
)
