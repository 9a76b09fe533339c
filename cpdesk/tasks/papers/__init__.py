"""Papers: each gathers what it needs from the desk and says it as a `Document`.

A maker is a function of (desk, id, choices). None loads anything heavy; only `forms` asks printing to lay them out.
"""

from cpdesk.tasks.papers.choices import NONE, Choices
from cpdesk.tasks.papers.follow_up_list import ALL
from cpdesk.tasks.papers.registry import FORMS, Form

__all__ = ["ALL", "FORMS", "NONE", "Choices", "Form"]
