"""Saving: every save of a record is one change in the log, and the state follows in the same transaction."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from cpdesk.errors import BadInput, DeskProblem
from cpdesk.i18n import _
from cpdesk.kinds import Kind, Ref, Value
from cpdesk.store import clock, log, state
from cpdesk.store.canonical import HASH, MAX_LINE, Op, canon, digest_of
from cpdesk.store.connection import immediate
from cpdesk.store.desk import Desk
from cpdesk.store.projection import DELETED, Change, heads_of, same, scope_of
from cpdesk.store.scopes import PRIVATE, is_private

_A_WHILE = 60_000  # ms; ids that run ahead of the clock by more belong to a clock that was set back
WITH = "_with"  # the record whose deletion took this one along


@dataclass(frozen=True)
class Saved:
    """What a save did: the fields that changed, and what they held before."""

    id: str
    changed: tuple[str, ...]
    before: dict[str, Value]


class _LastId:
    ms = 0


def new_id(desk: Desk) -> bytes:
    return new_id_for(desk.office)


def new_id_for(office: str) -> bytes:
    """4 bytes of the office's hash (its records lie together in every index), 6 of milliseconds, 6 random: a UUIDv8.

    Of two that are made in one millisecond the second gets the next one, so that what was made first stands first.
    """
    now = clock.wall() & (1 << 48) - 1
    _LastId.ms = _LastId.ms + 1 if 0 <= _LastId.ms - now < _A_WHILE else now
    raw = bytearray(
        hashlib.sha256(office.encode()).digest()[:4] + _LastId.ms.to_bytes(6, "big") + secrets.token_bytes(6)
    )
    raw[6] = raw[6] & 0x0F | 0x80
    raw[8] = raw[8] & 0x3F | 0x80
    return bytes(raw)


def save(desk: Desk, kind: Kind, values: Mapping[str, Value], record: str | None = None) -> Saved:
    """Keep `values` (already checked) in a new record or an existing one. Equal values write nothing."""
    with immediate(desk.db):
        id_ = bytes.fromhex(record) if record else new_id(desk)
        changes = log.changes_of(desk.db, id_)
        heads = heads_of(changes)
        changed = {
            name: value
            for name, value in values.items()
            if not all(same(head.value, value) for head in heads.get(name, []))
            or (name not in heads and value is not None)
        }
        scope = scope_of(changes) if changes else _scope_for_new(desk, kind, values)
        private = {name for name in changed if is_private(scope) or _is_private(kind, name)}
        shared = {name: value for name, value in changed.items() if name not in private}
        if not changes and not shared and not is_private(scope):
            shared = {kind.fields[0].name: None}
        if shared:
            append(desk, id_, kind.name, shared, changes, scope)
        if private:
            own = scope if is_private(scope) else desk.office + PRIVATE
            append(desk, id_, kind.name, {name: changed[name] for name in private}, changes, own)
        if shared or private:
            state.show(desk.db, id_, changes)
        before = {name: heads[name][0].value if name in heads else None for name in changed}
        return Saved(id_.hex(), tuple(changed), before)


def delete(desk: Desk, record: str, along_with: str | None = None) -> None:
    """Hide a record: a change that has seen all its values. What it did not see keeps it visible."""
    _mark(desk, record, {DELETED: True, WITH: along_with})


def undelete(desk: Desk, record: str) -> None:
    _mark(desk, record, {DELETED: False, WITH: None})


def _mark(desk: Desk, record: str, mark: dict[str, Value]) -> None:
    """A mark in every stream that the record lives in: what leaves the desk must not speak of what stays on it."""
    with immediate(desk.db):
        id_ = bytes.fromhex(record)
        changes = log.changes_of(desk.db, id_)
        scope = scope_of(changes)
        append(desk, id_, changes[0].kind, mark, changes, scope)
        if not is_private(scope) and any(c.scope == desk.office + PRIVATE for c in changes):
            append(desk, id_, changes[0].kind, mark, changes, desk.office + PRIVATE)
        state.show(desk.db, id_, changes)


def deleted_with(desk: Desk, record: str) -> str | None:
    """The record whose deletion took this one along, if any did."""
    heads = heads_of(log.changes_of(desk.db, bytes.fromhex(record)))
    value = heads[WITH][0].value if WITH in heads else None
    return value if isinstance(value, str) else None


def _is_private(kind: Kind, name: str) -> bool:
    return kind.has(name) and kind.field(name).private


def _scope_for_new(desk: Desk, kind: Kind, values: Mapping[str, Value]) -> str:
    """A part lives where its whole lives, so that whoever sees a shared meeting sees all of it."""
    if kind.private:
        return desk.office + PRIVATE
    whole = values.get(kind.parent) if kind.parent else None
    if isinstance(whole, str) and kind.parent and isinstance(kind.field(kind.parent).type, Ref):
        row = desk.db.execute(
            "SELECT s.scope FROM op o JOIN stream s USING(sid) WHERE o.record = ? ORDER BY s.scope GLOB '*!', s.scope",
            [bytes.fromhex(whole)],
        ).fetchone()
        if row:
            return str(row[0])
    return desk.office


def append(desk: Desk, record: bytes, kind: str, sets: Mapping[str, Value], changes: list[Change], scope: str) -> None:
    """Append one change to the log and to `changes`; it replaces what it has seen on its side of what is private."""
    desk.check_pen()
    if not desk.path.exists():
        raise _taken_away(desk)
    heads = heads_of(changes)
    seen = heads if sets.get(DELETED) is True else {name: heads.get(name, []) for name in sets}
    parents = {head.change.h for standing in seen.values() for head in standing if _same_side(head.change.scope, scope)}
    stream = desk.stream(scope)
    seq, prev, own_last = log.newest(desk.db, stream.sid)
    hlc = clock.next_hlc(clock.wall(), own_last, max((c.hlc for c in changes), default=0))
    said = {**desk.marks, **sets}
    salt, content = secrets.token_bytes(HASH), canon(said)
    op = Op(
        stream.id, seq + 1, prev, hlc, desk.officer, kind, record, b"".join(sorted(parents)),
        digest_of(salt, content), salt, content,
    )  # fmt: skip
    if len(op.line()) > MAX_LINE:
        raise BadInput(_("This text is too long to be kept in one piece."), todo=_("Split it into several parts."))
    before = log.last_n(desk.db)
    log.append(desk.db, [log.row_of(stream.sid, op, None)])
    log.advance(desk.db, before)
    changes.append(Change(hlc, stream.id, op.seq, op.h, kind, said, tuple(sorted(parents)), scope))


def _same_side(a: str, b: str) -> bool:
    return is_private(a) == is_private(b)


def _taken_away(desk: Desk) -> DeskProblem:
    """Some systems let an open file be deleted and written on: what is saved then is lost when the program ends."""
    return DeskProblem(
        _("The desk's file “{file}” is not there any more.").format(file=desk.path),
        _("What was saved before is still in this window, and what you typed last was not saved."),
        _("Put the file back, or save a copy of the desk under Settings before you close the window."),
    )
