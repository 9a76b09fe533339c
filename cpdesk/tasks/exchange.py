"""Everything about other offices in one place: cards, packages out, packages in, differences.

The window and the command line call these; the work is in the modules named here.
"""

from cpdesk.analysis.wording import Compared, Span
from cpdesk.tasks.computers import Held, HeldStream, KnownStream, LaterRecord, held
from cpdesk.tasks.decisions import Decision, Passed
from cpdesk.tasks.decisions import made as decisions
from cpdesk.tasks.differences import (
    BOTH,
    NEWEST,
    OURS,
    Conflict,
    Settled,
    Side,
    alike,
    both,
    can_take_both,
    conflicts,
    resolve,
    resolve_many,
    wordings,
)
from cpdesk.tasks.offices import (
    CardInfo,
    OfficeRow,
    enrol,
    join,
    offices,
    own_card,
    own_computers,
    read_card,
    revoke,
    write_card,
)
from cpdesk.tasks.receiving import Inspected, Merged, PackageRow, inspect, meant_for, merge, packages
from cpdesk.tasks.review import FieldChange, KindCount, RecordChange, Voice
from cpdesk.tasks.sending import Exported, Pending, SentRow, export, last_sent, pending, written
from cpdesk.tasks.undoing_imports import Obstacle, Undone, UndoPreview, can_undo, redo_import, undo_import

__all__ = [
    "BOTH",
    "NEWEST",
    "OURS",
    "CardInfo",
    "Compared",
    "Conflict",
    "Decision",
    "Exported",
    "FieldChange",
    "Held",
    "HeldStream",
    "Inspected",
    "KindCount",
    "KnownStream",
    "LaterRecord",
    "Merged",
    "Obstacle",
    "OfficeRow",
    "PackageRow",
    "Passed",
    "Pending",
    "RecordChange",
    "SentRow",
    "Settled",
    "Side",
    "Span",
    "UndoPreview",
    "Undone",
    "Voice",
    "alike",
    "both",
    "can_take_both",
    "can_undo",
    "conflicts",
    "decisions",
    "enrol",
    "export",
    "held",
    "inspect",
    "join",
    "last_sent",
    "meant_for",
    "merge",
    "offices",
    "own_card",
    "own_computers",
    "packages",
    "pending",
    "read_card",
    "redo_import",
    "resolve",
    "resolve_many",
    "revoke",
    "undo_import",
    "wordings",
    "write_card",
    "written",
]
