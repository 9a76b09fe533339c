"""Every paper about a plan by the name that the command line and the window call it by."""

from __future__ import annotations

from collections.abc import Callable

from cpdesk.printing.report_model import ReportData
from cpdesk.store import Desk
from cpdesk.tasks.papers import (
    alignment_table,
    budget_tables,
    compare_table,
    plan_matrix,
    profile,
    progress_report,
    swot_page,
    thread_report,
)
from cpdesk.tasks.papers.choices import Choices

Maker = Callable[[Desk, str, Choices], ReportData]

PAPERS: dict[str, Maker] = {
    "progress_report": progress_report.paper,
    "plan_matrix": plan_matrix.paper,
    "budget": budget_tables.paper,
    "alignment": alignment_table.paper,
    "compare": compare_table.paper,
    "swot": swot_page.paper,
    "thread": thread_report.paper,
}
# About an area, a gazetteer code, and not about a plan.
AREA_PAPERS: dict[str, Maker] = {"profile": profile.paper}
