"""Papers: each gathers what it needs from the desk and says it as a `Document`.

A maker is a function of (desk, id, choices). None loads anything heavy; only `forms` asks printing to lay them out.
"""

from cpdesk.tasks.papers.choices import NONE, Choices
from cpdesk.tasks.papers.registry import FORMS, Form

__all__ = ["FORMS", "NONE", "Choices", "Form"]
