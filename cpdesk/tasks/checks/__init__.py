"""What does not fit together on a desk, as a list that leads to each place. Nothing is dismissed: a finding goes when
what it found is put right. Suggestions (`Check.suggested`) may be wrong and are counted for nobody.
"""

from cpdesk.tasks.checks.finding import CHECKS, Check, Finding, check
from cpdesk.tasks.checks.run import FAMILIES, counted, families_of, run, run_some

__all__ = ["CHECKS", "FAMILIES", "Check", "Finding", "check", "counted", "families_of", "run", "run_some"]
