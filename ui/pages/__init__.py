"""The pages of the window, in the order of the sidebar; the first is home.

A new page is a module here and a line in `PAGES`.
"""

from __future__ import annotations

from cpdesk.i18n import _
from cpdesk.records import kind
from ui.context import Context
from ui.registry import PageSpec


def _owed(context: Context) -> int:
    from ui.pages.progress_parts.badge import owed  # not before the window is there

    return owed(context)


PAGES: tuple[PageSpec, ...] = (
    PageSpec("home", lambda: _("Home"), "house", "ui.pages.home:HomePage"),
    PageSpec("meetings", lambda: _("Meetings"), "calendar-days", "ui.pages.meetings:MeetingsPage"),
    PageSpec("plans", lambda: _("Plans"), "list-tree", "ui.pages.plans:PlansPage"),
    PageSpec(
        "progress",
        lambda: kind("progress").label,
        "chart-column",
        "ui.pages.progress:ProgressPage",
        badge=lambda context: _owed(context),
    ),
    PageSpec("figures", lambda: _("Figures on children"), "table-2", "ui.pages.figures:FiguresPage"),
    PageSpec("people", lambda: _("People and bodies"), "users", "ui.pages.people:PeoplePage"),
    PageSpec(
        "exchange",
        lambda: _("Send and receive"),
        "arrow-up-down",
        "ui.pages.exchange:ExchangePage",
        badge=lambda context: context.waiting,
    ),
    PageSpec(
        "checks",
        lambda: _("To settle"),
        "circle-check",
        "ui.pages.checks:ChecksPage",
        badge=lambda context: context.findings,
    ),
    PageSpec("meeting", lambda: _("Meeting"), "contact", "ui.pages.meeting:MeetingPage", "inner", under="meetings"),
    PageSpec("live", lambda: _("During the meeting"), "clock", "ui.pages.live:LivePage", "inner", under="meetings"),
    PageSpec("plan", lambda: _("Plan"), "list-tree", "ui.pages.plan:PlanPage", "inner", under="plans"),
    PageSpec("thread", lambda: _("Thread of the plan"), "link", "ui.pages.thread:ThreadPage", "inner", under="plans"),
    PageSpec("review", lambda: _("Review"), "presentation", "ui.pages.review:ReviewPage", "inner", under="progress"),
    PageSpec(
        "papers",
        lambda: _("Official papers"),
        "file-text",
        "ui.pages.papers:PapersPage",
        "inner",
        under="settings",
        listed=True,
    ),
    PageSpec(
        "audit",
        lambda: _("Who did what"),
        "history",
        "ui.pages.audit:AuditPage",
        "inner",
        under="settings",
        listed=True,
    ),
    PageSpec("bin", lambda: _("Bin"), "trash-2", "ui.pages.bin:BinPage", "foot"),
    PageSpec(
        "settings", lambda: _("Settings"), "settings", "ui.pages.settings:SettingsPage", "foot", shortcut="Ctrl+,"
    ),
    PageSpec("help", lambda: _("Help"), "circle-question-mark", "ui.pages.help:HelpPage", "foot", shortcut="F1"),
)
