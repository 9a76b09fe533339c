"""Everything about other offices in one place: cards, packages out, packages in, differences.

The window and the command line call these; the work is in the modules named here.
"""

from cpdesk.tasks.differences import Conflict, Side, conflicts, resolve
from cpdesk.tasks.offices import CardInfo, OfficeRow, enrol, join, offices, own_card, read_card, revoke, write_card
from cpdesk.tasks.receiving import Inspected, Merged, PackageRow, inspect, merge, packages
from cpdesk.tasks.review import FieldChange, KindCount, RecordChange, Voice
from cpdesk.tasks.sending import Exported, Pending, export, last_sent, pending
from cpdesk.tasks.undoing_imports import Obstacle, Undone, UndoPreview, can_undo, redo_import, undo_import

__all__ = [
    "CardInfo",
    "Conflict",
    "Exported",
    "FieldChange",
    "Inspected",
    "KindCount",
    "Merged",
    "Obstacle",
    "OfficeRow",
    "PackageRow",
    "Pending",
    "RecordChange",
    "Side",
    "UndoPreview",
    "Undone",
    "Voice",
    "can_undo",
    "conflicts",
    "enrol",
    "export",
    "inspect",
    "join",
    "last_sent",
    "merge",
    "offices",
    "own_card",
    "packages",
    "pending",
    "read_card",
    "redo_import",
    "resolve",
    "revoke",
    "undo_import",
    "write_card",
]
