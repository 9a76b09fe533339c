"""Papers about a plan: each gathers what it needs from the desk and hands it over to printing as plain values.

A paper is a function of (desk, plan, choices) that gives a `ReportData`. They load nothing heavy; only `forms` asks
printing to lay them out.
"""

from cpdesk.tasks.papers.choices import NONE, Choices
from cpdesk.tasks.papers.registry import PAPERS, Maker

__all__ = ["NONE", "PAPERS", "Choices", "Maker"]
