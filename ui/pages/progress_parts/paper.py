"""The quarter's report on paper, where the program can print it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.tasks import Record, forms
from cpdesk.tasks.progress import Period
from ui.context import Context
from ui.dialogs.preview import Paper, show_preview

FORM = "progress_report"


def has_paper() -> bool:
    """Whether there is a form for it."""
    return FORM in forms.FORMS


def print_report(context: Context, plan: Record, period: Period, parent: QWidget) -> None:
    """Preview the report of that quarter, to be read, kept as a file or printed."""
    title = _("Progress report, {quarter}").format(quarter=period.title())
    show_preview(context, Paper(FORM, f"{plan.id}/{period.key}", title=title), parent)
