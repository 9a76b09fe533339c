"""Reading a review: at once for a plan as plans are, beside the work where there are thousands of activities."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cpdesk.tasks import progress, records
from cpdesk.tasks.progress import Period, Review
from ui.context import Context

AT_ONCE = 1000  # activities of the desk that are read within the blink of an eye


def read_review(context: Context, plan: str, period: Period, owner: QWidget, done: Callable[[Review], object]) -> None:
    """Hand the review to `done`, later where the desk is large; never after `owner` is gone."""
    if records.count(context.desk, "activity") <= AT_ONCE:
        done(progress.review(context.desk, plan, period))
        return

    def arrived(review: Review) -> None:
        if isValid(owner):
            done(review)

    context.jobs.run(lambda desk, _progress: progress.review(desk, plan, period), done=arrived)
