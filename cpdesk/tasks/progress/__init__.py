"""Progress of a plan, quarter by quarter: what was reported, what is owed, how far it has come.

A report is owed for each quarter in which an activity was to run, and for each later one while its last report says
that it is neither done nor dropped. One that says no status is still owed.
"""

from cpdesk.analysis.progress import Period, Reached, Span, Spending, pace
from cpdesk.tasks.progress.lines import Line, Outline, outline
from cpdesk.tasks.progress.reporting import (
    OVER,
    actual,
    current,
    last_actual,
    latest,
    of_quarter,
    owed,
    owed_now,
    periods,
    report,
    reports,
    target,
    year_value,
)
from cpdesk.tasks.progress.reviewing import ActivityRow, IndicatorRow, ObjectiveRow, QuarterRow, Review, review
from cpdesk.tasks.progress.writing import put_actual, put_report

__all__ = [
    "OVER",
    "ActivityRow",
    "IndicatorRow",
    "Line",
    "ObjectiveRow",
    "Outline",
    "Period",
    "QuarterRow",
    "Reached",
    "Review",
    "Span",
    "Spending",
    "actual",
    "current",
    "last_actual",
    "latest",
    "of_quarter",
    "outline",
    "owed",
    "owed_now",
    "pace",
    "periods",
    "put_actual",
    "put_report",
    "report",
    "reports",
    "review",
    "target",
    "year_value",
]
