"""Tables of other programs in and out of the desk: any kind, a plan's matrix, figures.

An import goes in three steps, so that a person sees it before it happens: `read` a file, `preview` what it would do,
`take` it all or not at all. An export is one step.
"""

from __future__ import annotations

from cpdesk.tables.cells import Cell, Sheet, text_of
from cpdesk.tables.read import read
from cpdesk.tasks.tables.preview import Column, Done, Key, Preview, Refused, RowView, take

__all__ = ["Cell", "Column", "Done", "Key", "Preview", "Refused", "RowView", "Sheet", "read", "take", "text_of"]
