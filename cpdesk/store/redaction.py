"""Taking content out for good, when a person asks to be removed: the place in the chain and its hash stay, what was
written goes from every desk.

A redaction is an ordinary change of the record with one field, `_redacted`: the names of the changes whose content must
go, parted by spaces. It counts for those whose scope is that of the office that wrote it or lies under it. Redactions
themselves are never emptied, so that whoever receives an emptied change receives the word that emptied it too; an
emptied change without such a word is a forgery. An old package that still holds the content does not bring it back.
An attached file goes with the last change that named it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cpdesk.kinds import Value
from cpdesk.store import blobs, log, state, writer
from cpdesk.store.canonical import loads_sets
from cpdesk.store.connection import immediate
from cpdesk.store.database import Database
from cpdesk.store.desk import Desk
from cpdesk.store.projection import DELETED, REDACTED, Change, heads_of, scope_of
from cpdesk.store.scopes import PRIVATE, covers, is_private

FIELD = REDACTED
_BEGINS = '{"_redacted":*'
WORD = b'"_redacted":'  # stands in every such change
_NAMES = re.compile(r"[0-9a-f]{32}( [0-9a-f]{32})*")


def redact(desk: Desk, record: str) -> int:
    """Delete a record and take out all that was ever written in it; how many changes lost their content.

    Only its present office or one above may ask; elsewhere nothing is taken out. There is no way back, and no copy is
    made before, as before other risky work: it would keep what must go. Copies that hold it already are told by
    `tasks.backups.older_than`.
    """
    with immediate(desk.db):
        start, id_ = log.last_n(desk.db), bytes.fromhex(record)
        writer.delete(desk, record)
        changes = log.changes_of(desk.db, id_)
        return _take_out(desk, id_, changes, changes, start)


def rewrite(desk: Desk, record: str, sets: Mapping[str, Value]) -> int:
    """Say once more all that stands in a record, with `sets` in it, and take out every change that said it before; how
    many lost their content. What the record held in former times goes along, and who wrote it."""
    with immediate(desk.db):
        start, id_ = log.last_n(desk.db), bytes.fromhex(record)
        changes = log.changes_of(desk.db, id_)
        before = list(changes)
        heads = heads_of(changes)
        scope, kind = scope_of(changes), changes[0].kind
        for side in _sides(desk, scope):
            standing = {
                name: sets.get(name, those[0].value)
                for name, those in heads.items()
                if not name.startswith("_") and is_private(those[0].change.scope) == is_private(side)
            }
            if standing:
                writer.append(desk, id_, kind, standing, changes, side)
        return _take_out(desk, id_, changes, before, start)


def _take_out(desk: Desk, record: bytes, changes: list[Change], those: Sequence[Change], start: int) -> int:
    """Say that the content of `those` must go, on either side of what is private, and obey at once."""
    scope, kind = scope_of(changes), changes[0].kind
    for side in _sides(desk, scope):  # what leaves the desk must not speak of what stays on it
        names = [c.h.hex() for c in those if is_private(c.scope) == is_private(side) and not _is_mark(c)]
        if names:
            writer.append(desk, record, kind, {FIELD: " ".join(sorted(names))}, changes, side)
    emptied = apply(desk.db, start)
    state.show(desk.db, record, log.changes_of(desk.db, record))
    return emptied


def _sides(desk: Desk, scope: str) -> set[str]:
    return {scope, desk.office + PRIVATE}


def unfinished(db: Database, start: int = 0) -> list[str]:
    """The records that were taken out as a whole, and in which somebody wrote who had not seen it: what came behind
    local number `start`."""
    rows = db.execute(
        "SELECT DISTINCT r.record FROM redacted r JOIN op o ON o.record = r.record"
        " WHERE o.n > ? AND o.sets IS NOT NULL AND o.sets NOT GLOB ?",
        [start, _BEGINS],
    ).fetchall()
    found = []
    for (record,) in rows:
        changes = log.changes_of(db, record)
        if _was_whole(changes) and not all(map(_is_mark, changes)):
            found.append(record.hex())
    return found


def _was_whole(changes: Sequence[Change]) -> bool:
    """Whether a deletion of which nothing is left but its place says that all was taken out, and not only former words
    of a record that was put in the bin later."""
    here = {c.h: c for c in changes}
    buried = [c for c in changes if c.sets.get(DELETED) is True]
    emptied = any(all(_is_mark(here[p]) for p in c.parents if p in here) for c in buried)
    return emptied and any(FIELD in c.sets for c in changes)


def _is_mark(change: Change) -> bool:
    """Deleted, with what, redacted: these tell nothing about anybody. The reason of a decision might."""
    return change.sets.keys() <= {DELETED, writer.WITH, FIELD}


def apply(db: Database, start: int, words: bool = True) -> int:
    """Obey the redactions behind local number `start`, if there may be `words` of one, and older ones that speak of
    changes behind it."""
    fresh = db.execute(
        "SELECT record, sets FROM op NOT INDEXED WHERE n > ? AND sets GLOB ?",
        [start if words else log.last_n(db), _BEGINS],
    ).fetchall()
    for record, sets in fresh:
        db.conn.executemany(
            "INSERT INTO redacted(h, record) VALUES(?, ?) ON CONFLICT DO NOTHING",
            [(h, record) for h in _named(sets)],
        )
    if db.execute("SELECT 1 FROM redacted LIMIT 1").fetchone() is None:
        return 0
    concerned = db.execute(
        "SELECT DISTINCT record FROM op NOT INDEXED WHERE n > ? AND kind = ?"
        " AND record IN (SELECT record FROM redacted)",
        [start, blobs.KIND],
    ).fetchall()
    files = blobs.of_records(db, (record for (record,) in concerned))
    full = db.execute(
        "SELECT o.n, o.record, o.h, s.scope FROM op o JOIN stream s USING(sid)"
        " WHERE o.record IN (SELECT record FROM op NOT INDEXED WHERE n > ?)"
        " AND o.record IN (SELECT record FROM redacted) AND o.sets IS NOT NULL AND o.sets NOT GLOB ?",
        [start, _BEGINS],
    ).fetchall()
    gone = [(n,) for n, record, h, scope in full if _is_taken_out(db, record, h, scope)]
    db.conn.executemany("UPDATE op SET salt = NULL, sets = NULL WHERE n = ?", gone)
    if files:
        blobs.drop(db, files - blobs.ever_named(db))
    return len(gone)


def _named(sets: str) -> list[bytes]:
    """The changes that a word names; none where it is no list of names."""
    names = loads_sets(sets).get(FIELD)
    if not isinstance(names, str) or not _NAMES.fullmatch(names):
        return []
    return [bytes.fromhex(name) for name in names.split(" ")]


def _is_taken_out(db: Database, record: bytes, h: bytes, scope: str) -> bool:
    """Whether a word of who may say so takes that change's content out."""
    if db.execute("SELECT 1 FROM redacted WHERE h = ? AND record = ?", [h, record]).fetchone() is None:
        return False
    words = db.execute(
        "SELECT o.sets, s.office FROM op o JOIN stream s USING(sid) WHERE o.record = ? AND o.sets GLOB ?",
        [record, _BEGINS],
    )
    return any(covers(office, scope.rstrip(PRIVATE)) and h in _named(sets) for sets, office in words)


def unexplained(db: Database, start: int) -> bool:
    """Whether a change behind `start` came without its content and without the word that took it out."""
    bare = db.execute(
        "SELECT o.record, o.h, s.scope FROM op o NOT INDEXED JOIN stream s USING(sid) WHERE o.n > ? AND o.sets IS NULL",
        [start],
    ).fetchall()
    return not all(_is_taken_out(db, record, h, scope) for record, h, scope in bare)
