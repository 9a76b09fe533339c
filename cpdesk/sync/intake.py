"""From a package's lines to rows of the log: whose they are, whether they are well formed, and who signed their end."""

from __future__ import annotations

from typing import Protocol

import orjson

from cpdesk.store.canonical import HASH, Malformed, Row, canon, parse_row, stream_id
from cpdesk.sync.cards import is_office
from cpdesk.sync.manifest import Tip
from cpdesk.sync.problems import Broken


class Log(Protocol):
    """Where the rows go."""

    def stream(self, id_: bytes, office: str, scope: str, nonce: bytes) -> None:
        """The rows that come next are of this stream. `PackageProblem` where they must not come this way."""

    def rows(self, rows: list[Row]) -> None:
        """Some ops of that stream, not yet proved to be its owner's."""

    def end(self, id_: bytes, office: str, seq: int, h: bytes, tip: Tip | None, /) -> None:
        """A chain of those ops ends here. `PackageProblem` unless the stream's owner said so."""


class Intake:
    """Takes the lines of one package, in any portions; `finish` when all were taken."""

    def __init__(self, log: Log, tips: tuple[Tip, ...]) -> None:
        self._log = log
        self._tips = {(tip.stream, tip.seq, tip.h): tip for tip in tips}
        self._id = b""
        self._office = ""
        self._last = (0, b"")
        self._ends: dict[bytes, int] = {}
        self.ops = 0

    def lines(self, lines: list[bytes]) -> None:
        rows: list[Row] = []
        id_, last, ends = self._id, self._last, self._ends
        for line in lines:
            if line.startswith(b'["S"'):
                self._flush(rows, last)
                rows = []
                self._begin(line)
                id_, last, ends = self._id, self._last, self._ends
                continue
            if not id_:
                raise Malformed("an op of no stream")
            row = parse_row(id_, line)
            place = row[:2]
            if place <= last:
                raise Malformed("out of order")
            last = place
            ends.pop(row[2], None)
            ends[row[1]] = row[0]
            rows.append(row)
        self._flush(rows, last)

    def _flush(self, rows: list[Row], last: tuple[int, bytes]) -> None:
        self._last = last
        if rows:
            self.ops += len(rows)
            self._log.rows(rows)

    def _begin(self, line: bytes) -> None:
        try:
            if len(line) > 200:
                raise Broken("stream")
            mark, office, scope, nonce = orjson.loads(line)
            raw = bytes.fromhex(nonce)
        except (ValueError, TypeError) as why:
            raise Broken("stream") from why
        if canon([mark, office, scope, raw.hex()]) != line or mark != "S" or len(raw) != HASH:
            raise Broken("stream")
        if not is_office(office) or not is_office(scope):
            raise Broken("a stream's office or scope")
        id_ = stream_id(office, scope, raw)
        if id_ <= self._id:
            raise Broken("streams out of order")
        self._close()
        self._id, self._office, self._last, self._ends = id_, office, (0, b""), {}
        self._log.stream(id_, office, scope, raw)

    def _close(self) -> None:
        for h, seq in self._ends.items():
            self._log.end(self._id, self._office, seq, h, self._tips.get((self._id, seq, h)))

    def finish(self) -> None:
        self._close()
        self._ends = {}
