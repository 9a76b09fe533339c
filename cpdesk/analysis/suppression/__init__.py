"""Public copies of figures: what has to be hidden so that no small count can be computed back from what is told."""

from cpdesk.analysis.suppression.protect import Outcome, protect
from cpdesk.analysis.suppression.system import FEW, OPEN, SHUT, SMALL, TOLD, Span, System
from cpdesk.analysis.suppression.table import LESS, Key, Table, Telling, summed, table

__all__ = [
    "FEW",
    "LESS",
    "OPEN",
    "SHUT",
    "SMALL",
    "TOLD",
    "Key",
    "Outcome",
    "Span",
    "System",
    "Table",
    "Telling",
    "protect",
    "summed",
    "table",
]
