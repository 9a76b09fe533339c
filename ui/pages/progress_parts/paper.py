"""The report on paper: of the quarter in sight, of its semester, of its year."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.tasks import Record, forms
from cpdesk.tasks.progress import Period, Span
from ui.context import Context
from ui.dialogs.preview import Paper, show_preview

FORM = "progress_report"


def has_paper() -> bool:
    """Whether there is a form for it."""
    return FORM in forms.FORMS


def spans(period: Period) -> tuple[Span, Span, Span]:
    """What can be reported on from a quarter: itself, its semester, its year."""
    half = (period.quarter + 1) // 2 * 2
    return Span(period), Span(Period(period.year, half), 2), Span(Period(period.year, 4), 4)


def print_report(context: Context, plan: Record, span: Span, parent: QWidget) -> None:
    """Preview the report of that quarter, semester or year, to be read, kept as a file or printed."""
    title = _("Progress report, {quarter}").format(quarter=span.title())
    show_preview(context, Paper(FORM, f"{plan.id}/{span.key}", title=title), parent)
