"""A decision of this desk taken back: a difference that was settled waits again, two records that were joined are two.

It is what `takeback` does with an import, for a few saves that were written here: ordinary saves that say again what
stood before (`restoring`), so that both sides of a difference come back with their words. Nothing is erased. It is
refused where something later stands on the decision.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from cpdesk.store import decisions, log, state
from cpdesk.store.database import Database
from cpdesk.store.desk import Desk
from cpdesk.store.pen import Pen
from cpdesk.store.referring import referring
from cpdesk.store.restoring import dependents, is_only_ours, restoring

Saves = Mapping[bytes, Collection[bytes]]  # record → names of its saves


def written_since(db: Database, n: int) -> dict[bytes, set[bytes]]:
    """What was written here behind that local number."""
    found: dict[bytes, set[bytes]] = {}
    for record, h in db.execute("SELECT record, h FROM op NOT INDEXED WHERE n > ? AND package IS NULL", [n]):
        found.setdefault(record, set()).add(h)
    return found


def take_back(desk: Desk, saves: Saves) -> bytes | None:
    """Write what takes these saves back, inside a write transaction; the record on which something later stands, and
    then the caller rolls back, or None where it is done."""
    pen, start = Pen(desk, decisions.marks(decisions.UNDONE)), log.last_n(desk.db)
    binned: list[tuple[bytes, str]] = []
    for record, gone in saves.items():
        changes = log.changes_of(desk.db, record)
        if any(change.h not in gone for change in dependents(changes, gone)):
            return record
        if is_only_ours(changes, gone):
            binned.append((record, changes[0].kind))
        pen.write(record, changes, restoring(changes, gone, pen.reach))
    pen.finish()
    state.project_since(desk.db, start)
    return next((one.to for one in referring(desk.db, binned)), None)
