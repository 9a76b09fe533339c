"""Papers about a plan or an area: each gathers what it needs from the desk and hands plain values over to printing.

A paper is a function of (desk, plan or area, choices) that gives a `ReportData`. They load nothing heavy; only `forms`
asks printing to lay them out.
"""

from cpdesk.tasks.papers.choices import NONE, Choices
from cpdesk.tasks.papers.registry import AREA_PAPERS, PAPERS, Maker

__all__ = ["AREA_PAPERS", "NONE", "PAPERS", "Choices", "Maker"]
