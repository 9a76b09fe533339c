"""Keeping a report and what an indicator reached: one record an activity or indicator and quarter, made when first
something is written in it.
"""

from __future__ import annotations

from collections.abc import Mapping

from cpdesk.analysis.progress import Period
from cpdesk.kinds import Value
from cpdesk.store.writer import Saved
from cpdesk.tasks.progress.reporting import actual, report
from cpdesk.tasks.undo import Undo


def put_report(undo: Undo, activity: str, period: Period, values: Mapping[str, Value]) -> Saved:
    """Keep these fields of the activity's report for that quarter."""
    there = report(undo.desk, activity, period)
    if there is not None:
        return undo.save("progress", values, there.id)
    whole = {"activity": activity, "year": period.year, "quarter": period.quarter}
    return undo.save("progress", {**whole, **values})


def put_actual(undo: Undo, indicator: str, period: Period, value: Value) -> Saved | None:
    """Keep what the indicator reached in that quarter; None where there was nothing and nothing was given."""
    there = actual(undo.desk, indicator, period)
    if there is not None:
        return undo.save("actual", {"value": value}, there.id)
    if value is None:
        return None
    whole = {"indicator": indicator, "year": period.year, "quarter": period.quarter}
    return undo.save("actual", {**whole, "value": value})
