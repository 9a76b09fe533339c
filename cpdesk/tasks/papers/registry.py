"""Every paper about a plan by the name that the command line and the window call it by."""

from __future__ import annotations

from collections.abc import Callable

from cpdesk.printing.report_model import ReportData
from cpdesk.store import Desk
from cpdesk.tasks.papers import progress_report
from cpdesk.tasks.papers.choices import Choices

Maker = Callable[[Desk, str, Choices], ReportData]

PAPERS: dict[str, Maker] = {
    "progress_report": progress_report.paper,
}
