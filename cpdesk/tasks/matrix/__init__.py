"""A plan as the matrix that officials write: bands for objectives and outputs, a line for each activity, columns for
who, where, when, indicator, targets and money. Read for the window, for Excel and for paper; written all or none.
"""

from __future__ import annotations

from cpdesk.store import Desk
from cpdesk.tasks.matrix import rows as _rows
from cpdesk.tasks.matrix.columns import KEYS, SOURCES, UNSAID, Column
from cpdesk.tasks.matrix.names import Meant, Names
from cpdesk.tasks.matrix.rows import PARENT_OF, Line, Matrix, Row, RowSort, again, read
from cpdesk.tasks.matrix.totals import Sums, Totals, totals
from cpdesk.tasks.matrix.words import Typed, Words, money, number, parse, plain, quarters, total, words
from cpdesk.tasks.matrix.write import Refused, Written, add_line, move_lines, write

__all__ = [
    "KEYS", "PARENT_OF", "SOURCES", "UNSAID", "Column", "Line", "Matrix", "Meant", "Names", "Refused", "Row", "RowSort",
    "Sums", "Totals",
    "Typed", "Words", "Written", "add_line", "again", "columns", "money", "move_lines", "number", "parse", "plain",
    "quarters", "read", "rows", "total", "totals", "words", "write",
]  # fmt: skip


def columns(desk: Desk, plan: str) -> list[Column]:
    """The columns of a plan's matrix."""
    return read(desk, plan).columns


def rows(desk: Desk, plan: str) -> list[Row]:
    """The rows of a plan's matrix; what stands in their cells tells `words`."""
    return _rows.read(desk, plan).rows
