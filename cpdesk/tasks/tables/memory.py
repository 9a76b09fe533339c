"""Which column was taken as what: remembered for tables with the same headings, on this computer.

Kept in the settings under the headings' own hash, so that next quarter's file of the same office opens as this one was
set right. What cannot be kept is asked again, no more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cpdesk import settings
from cpdesk.khmer.spelling import fold
from cpdesk.tasks.tables.preview import Column

KEPT = 40  # tables, newest last
_PLACE = "tables"
NOT_TAKEN = ""


def _mark(sort: str, columns: Sequence[Column]) -> str:
    words = "\n".join(f"{column.at} {fold(column.heading)}" for column in columns)
    return hashlib.sha256(f"{sort}\n{words}".encode()).hexdigest()[:24]


def recall(sort: str, columns: Sequence[Column]) -> dict[int, str] | None:
    """Column → key as a person set it for a table with these headings; None where nobody did."""
    tables = settings.load().others.get(_PLACE)
    kept = tables.get(_mark(sort, columns)) if isinstance(tables, dict) else None
    if not isinstance(kept, dict):
        return None
    known = {str(column.at): column.at for column in columns}
    return {known[at]: key for at, key in kept.items() if at in known and isinstance(key, str) and key != NOT_TAKEN}


def remember(sort: str, columns: Sequence[Column], mapping: Mapping[int, str]) -> None:
    """Keep what a person chose; the oldest beyond forty tables go."""
    now = settings.load()
    tables = now.others.get(_PLACE)
    held = dict(tables) if isinstance(tables, dict) else {}
    mark = _mark(sort, columns)
    held.pop(mark, None)
    held[mark] = {str(at): key for at, key in mapping.items()}
    settings.save(replace(now, others={**now.others, _PLACE: dict(list(held.items())[-KEPT:])}))
