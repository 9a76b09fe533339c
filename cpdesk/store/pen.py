"""Writing very many saves with parents of one's own choosing; the bookkeeping is done once for all of them.

For undoings and joinings: `writer` writes what a person types, in place of all that stands.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from cpdesk.kinds import Value
from cpdesk.store import clock, log
from cpdesk.store.canonical import HASH, Op, canon, digest_of
from cpdesk.store.desk import Desk
from cpdesk.store.projection import Change, scope_of
from cpdesk.store.restoring import Write
from cpdesk.store.scopes import PRIVATE, is_private

_BATCH = 2000


class Pen:
    """Saves of this desk, stream by stream, each with `marks` beside its values. Inside a write transaction; `finish`
    at the end, and then the state is to be brought up to date. `reach`: the highest hlc that a save can surpass."""

    def __init__(self, desk: Desk, marks: Mapping[str, Value]) -> None:
        desk.check_pen()
        self._desk, self._marks = desk, marks
        self._streams: dict[str, tuple[log.Stream, int, bytes, int]] = {}
        self._rows: list[tuple[object, ...]] = []
        self.start = log.last_n(desk.db)
        self.reach = (clock.wall() << 16) + clock.DAY

    def write(self, record: bytes, changes: Sequence[Change], writes: Sequence[Write]) -> None:
        """Saves of one record, which has these changes."""
        scope = scope_of(changes)
        own = scope if is_private(scope) else self._desk.office + PRIVATE
        seen = max((c.hlc for c in changes if c.hlc <= self.reach), default=0)
        names: list[bytes] = []
        for write in writes:
            parents = sorted(write.parents | {names[at] for at in write.after})
            op = self._op(own if write.private else scope, record, changes[0].kind, write, parents, seen)
            seen = max(seen, op.hlc)
            names.append(op.h)

    def _op(self, scope: str, record: bytes, kind: str, write: Write, parents: Sequence[bytes], seen: int) -> Op:
        if scope not in self._streams:
            stream = self._desk.stream(scope)
            self._streams[scope] = (stream, *log.newest(self._desk.db, stream.sid))
        stream, seq, prev, last = self._streams[scope]
        salt, content = secrets.token_bytes(HASH), canon({**self._marks, **write.sets})
        hlc = clock.next_hlc(clock.wall(), last, seen)
        op = Op(
            stream.id, seq + 1, prev, hlc, self._desk.officer, kind, record, b"".join(parents),
            digest_of(salt, content), salt, content,
        )  # fmt: skip
        self._streams[scope] = (stream, op.seq, op.h, hlc)
        self._rows.append(log.row_of(stream.sid, op, None))
        if len(self._rows) >= _BATCH:
            self._flush()
        return op

    def _flush(self) -> None:
        log.append(self._desk.db, self._rows)
        self._rows.clear()

    def finish(self) -> None:
        """Nothing more comes."""
        self._flush()
        log.advance(self._desk.db, self.start)
