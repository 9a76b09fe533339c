"""A national desk of as many changes as one likes, made in minutes: for what must not depend on how much is there.

Thirteen districts of one province are written op by op (`tests.make_ops`) and merged as always. Then their rows are
copied by plain SQL as those of other provinces, under other codes, ids of records and ids of streams. The copies keep
the hashes of the originals: no chain of theirs would pass `check`, and nothing that is measured here asks.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from cpdesk.store import Desk, log, state, union
from cpdesk.store.canonical import Op
from cpdesk.store.connection import immediate
from tests.make_ops import Maker, Writer

DISTRICTS = 13
PROVINCES = [f"{n:02d}" for n in range(1, 18) if n != 8]  # beside 08, whose districts are the originals
CHANGES = 1.61  # what the maker writes for a record
KINDS = ("meeting", "activity")


def build(path: Path, changes: int) -> tuple[Desk, list[Maker]]:
    """The desk, about that full, and those who wrote its originals and can go on."""
    desk = Desk.create(path, "00", "bench")
    makers = [Maker(f"08{n:02d}") for n in range(1, DISTRICTS + 1)]
    originals = changes / (len(PROVINCES) + 1)
    for maker in makers:
        keep(desk, [*maker.ops(round(originals / CHANGES / DISTRICTS))])
    for province in PROVINCES:
        for n in range(1, DISTRICTS + 1):
            with immediate(desk.db):
                _copy(desk, f"08{n:02d}", f"{province}{n:02d}")
    with immediate(desk.db):
        desk.db.execute("DELETE FROM search_pending")  # the index of words is made while nobody waits
    desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return desk, makers


def keep(desk: Desk, ops: list[tuple[Writer, Op]]) -> None:
    """Ops taken in as by a merge."""
    found: dict[Writer, list[Op]] = {}
    for writer, op in ops:
        found.setdefault(writer, []).append(op)
    with union.merging(desk) as merging:
        for writer, those in found.items():
            merging.add(merging.stream(writer.id, writer.office, writer.scope, writer.nonce), those)
        merging.project()


def _copy(desk: Desk, old: str, new: str) -> None:
    """All that there is of one district once more, as another's."""
    db = desk.db
    low, high, other = (_prefix(office) + end for office, end in ((old, b"\0"), (old, b"\xff" * 13), (new, b"")))
    moved = "CAST(?1 || substr(record, 5) AS BLOB)"
    for stream in log.streams(db):
        if stream.scope == old:
            office = new if stream.office == old else new[:2]
            id_ = hashlib.sha256(stream.id + new.encode()).digest()[:16]
            sid = log.add_stream(db, id_, office, new, stream.nonce).sid
            db.execute(
                "INSERT INTO op(sid, seq, h, prev, hlc, who, kind, record, parents, digest, salt, sets, package)"
                f" SELECT ?2, seq, h, prev, hlc, who, kind, {moved}, parents, digest, salt, sets, package"
                " FROM op WHERE sid = ?3 ORDER BY seq, h",
                [other, sid, stream.sid],
            )
            facts = [stream.upto, stream.tip, int(stream.forked), sid]
            db.execute("UPDATE stream SET upto = ?, tip = ?, forked = ? WHERE sid = ?", facts)
    for name in KINDS:
        values = ", ".join(f'"{field.name}"' for field in state.STORED[name].fields)
        db.execute(
            f"INSERT INTO {state.table(name)} SELECT {moved}, {values}, _deleted, _differences, ?2, _sort"
            f" FROM {state.table(name)} WHERE record BETWEEN ?3 AND ?4",
            [other, new, low, high],
        )
    db.execute(
        f"INSERT INTO difference SELECT {moved}, field FROM difference WHERE record BETWEEN ?2 AND ?3",
        [other, low, high],
    )


def _prefix(office: str) -> bytes:
    """With what the ids of an office's records begin; see `writer.new_id`."""
    return hashlib.sha256(office.encode()).digest()[:4]
