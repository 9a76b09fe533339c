"""What must always hold of a merge, whatever was written by whom, and however it was delivered.

A small history is invented: people on several computers who see some of each other's changes, clocks that jump, a
copied desk, deletes, kinds and fields of a newer version. Then it comes in any order, grouping, repetition.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdesk.kinds import Value
from cpdesk.store import Desk, care, exchange, find, log, state
from cpdesk.store.canonical import ZERO, Op, canon, digest_of, loads_sets, stream_id
from cpdesk.store.connection import immediate
from cpdesk.store.union import Merge

RECORDS = [bytes([n]) * 16 for n in (1, 2, 3)]
FIELDS = ("subject", "venue", "number", "from_a_newer_version")
KINDS = {RECORDS[0]: "meeting", RECORDS[1]: "meeting", RECORDS[2]: "kind_of_a_newer_version"}
quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass
class Writer:
    """A computer: its stream, what it has written, what it has seen."""

    office: str
    nonce: bytes
    scope: str = "08"
    seq: int = 0
    tip: bytes = ZERO
    hlc: int = 0

    @property
    def id(self) -> bytes:
        return stream_id(self.office, self.scope, self.nonce)


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[Writer, Op]]:
    """Every op once, each with its stream. Two writers share a stream from some moment on: a copied desk."""
    writers = [Writer("08", b"p" * 16), Writer("0801", b"a" * 16), Writer("0802", b"b" * 16)]
    seen: list[set[bytes]] = [set() for _w in writers]
    ops: dict[bytes, tuple[Writer, Op]] = {}
    for _step in range(draw(st.integers(1, 14))):
        n = draw(st.integers(0, len(writers) - 1))
        writer = writers[n]
        match draw(st.sampled_from(["set", "set", "set", "set", "delete", "undelete", "learn", "learn", "copy"])):
            case "learn":
                seen[n] |= seen[draw(st.integers(0, len(writers) - 1))]
            case "copy":
                if len(writers) < 5:
                    writers.append(Writer(writer.office, writer.nonce, writer.scope, writer.seq, writer.tip))
                    seen.append(set(seen[n]))
            case action:
                record = draw(st.sampled_from(RECORDS))
                known = [ops[h][1] for h in seen[n] if ops[h][1].record == record]
                if action == "set":
                    sets: dict[str, Value] = draw(_sets)
                else:
                    sets = {"_deleted": action == "delete"}
                op = _op(writer, record, sets, known, draw(st.integers(0, 40)))
                ops[op.h] = (writer, op)
                seen[n].add(op.h)
    return list(ops.values())


_sets = st.dictionaries(
    st.sampled_from(FIELDS), st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from(["ក", "ខ"]), min_size=1
)


def _op(writer: Writer, record: bytes, sets: dict[str, Value], known: list[Op], hlc: int) -> Op:
    """As a desk writes it: in place of all values that it saw standing. The clock says anything."""
    standing = heads(known)
    replaced = standing if sets.get("_deleted") is True else {name: standing.get(name, []) for name in sets}
    parents = sorted({h for those in replaced.values() for h, _value in those})
    content, salt = canon(sets), bytes([hlc]) * 16
    op = Op(
        writer.id, writer.seq + 1, writer.tip, hlc, "អ្នកសរសេរ", KINDS[record], record, b"".join(parents),
        digest_of(salt, content), salt, content,
    )  # fmt: skip
    writer.seq, writer.tip = op.seq, op.h
    return op


# --- the model: said once more, in other words than the product's -----------------------------------------------------
def heads(ops: Sequence[Op]) -> dict[str, list[tuple[bytes, Value]]]:
    found: dict[str, list[tuple[bytes, Value]]] = {}
    for op in sorted(ops, key=lambda o: (o.hlc, o.stream, o.seq, o.h), reverse=True):
        for name, value in loads_sets(op.sets or b"{}").items():
            if not any(op.h in log.split(o.parents) and name in loads_sets(o.sets or b"{}") for o in ops):
                found.setdefault(name, []).append((op.h, value))
    return found


def model(ops: Sequence[Op]) -> tuple[dict[str, Value], bool, set[str], bool]:
    """(values, hidden, fields that differ, waiting) of one record."""
    standing = heads(ops)
    deletes = standing.pop("_deleted", [])
    by_h = {op.h: op for op in ops}
    cover = {p for h, value in deletes if value is True for p in log.split(by_h[h].parents)}
    unseen = {h for those in standing.values() for h, _value in those} - cover
    differ = {name for name, those in standing.items() if len({canon(value) for _h, value in those}) > 1}
    wish = [value is True for _h, value in deletes]
    hidden = bool(wish) and all(wish) and not unseen
    if any(wish) and not hidden:
        differ.add("_deleted")
    return (
        {name: those[0][1] for name, those in standing.items()}, hidden, differ,
        any(p not in by_h for op in ops for p in log.split(op.parents)),
    )  # fmt: skip


# --- a desk that is as new for every example --------------------------------------------------------------------------
class Undo(Exception):
    """Ends an example."""


@contextlib.contextmanager
def as_new(desk: Desk) -> Iterator[None]:
    with contextlib.suppress(Undo), immediate(desk.db):
        yield
        raise Undo


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.create(tmp_path / "p.cpdesk", "08", "ខេត្ត") as made:
        yield made


def deliver(desk: Desk, package: Sequence[tuple[Writer, Op]]) -> int:
    merge = Merge(desk, None)
    for writer, op in package:
        merge.add(merge.stream(writer.id, writer.office, writer.scope, writer.nonce), [op])
    fresh = merge.fresh()
    merge.project()
    return fresh


def whole(desk: Desk) -> list[object]:
    """All that a person can come to see, and the set of changes; without local numbers."""
    tables = [f"SELECT * FROM {state.table(kind)} ORDER BY 1" for kind in state.STORED.values()]
    return [
        desk.db.execute(sql).fetchall()
        for sql in (
            *tables,
            "SELECT record, field FROM difference ORDER BY 1, 2",
            "SELECT record FROM waiting ORDER BY 1",
            "SELECT s.id, o.seq, o.h, o.sets FROM op o JOIN stream s USING(sid) ORDER BY 1, 2, 3",
        )
    ]


def differences(desk: Desk) -> list[object]:
    return [(d.record, d.field, [(s.value, s.h) for s in d.sides], d.before) for d in find.differences(desk.db)]


def against_model(desk: Desk, ops: Sequence[Op]) -> None:
    marked = set(desk.db.execute("SELECT record, field FROM difference").fetchall())
    waiting = {record for (record,) in desk.db.execute("SELECT record FROM waiting").fetchall()}
    for record in {op.record for op in ops}:
        values, hidden, differ, waits = model([op for op in ops if op.record == record])
        assert {field for r, field in marked if r == record} == differ
        assert (record in waiting) == waits
        row = find.row(desk.db, record.hex())
        if KINDS[record] == "meeting":
            assert row and row.deleted == hidden and row.differences == len(differ)
            for name in ("subject", "venue"):
                text = values.get(name)
                assert row[name] == (text if isinstance(text, str) else None)
        else:
            assert row is None


@quick
@given(histories(), st.data())
def test_any_order_grouping_and_repetition(desk: Desk, history: list[tuple[Writer, Op]], data: st.DataObject) -> None:
    with as_new(desk):
        assert deliver(desk, history) == len(history)
        together, apart = whole(desk), differences(desk)
        forked = {s.id for s in log.streams(desk.db) if s.forked}
        against_model(desk, [op for _writer, op in history])
    shuffled = data.draw(st.permutations(history))
    repeated = data.draw(st.lists(st.sampled_from(history), max_size=6)) if history else []
    with as_new(desk):
        come: dict[bytes, Op] = {}
        queue = [*shuffled[: len(shuffled) // 2], *repeated, *shuffled]
        while queue:
            size = data.draw(st.integers(1, 4))
            package, queue = queue[:size], queue[size:]
            new = {op.h for _writer, op in package} - set(come)
            assert deliver(desk, package) == len(new)
            come |= {op.h: op for _writer, op in package}
            against_model(desk, list(come.values()))
        assert whole(desk) == together
        assert differences(desk) == apart
        assert {s.id for s in log.streams(desk.db) if s.forked} == forked


@quick
@given(histories())
def test_nothing_typed_is_missing_from_history(desk: Desk, history: list[tuple[Writer, Op]]) -> None:
    with as_new(desk):
        deliver(desk, history)
        for record in RECORDS:
            told = {(w.h, w.field, canon(w.value)) for w in find.history(desk.db, record.hex())}
            typed = {
                (op.h.hex(), name, canon(value))
                for _writer, op in history
                if op.record == record
                for name, value in loads_sets(op.sets or b"{}").items()
            }
            assert told == typed


@quick
@given(histories())
def test_lines_travel_on_byte_for_byte(desk: Desk, history: list[tuple[Writer, Op]]) -> None:
    """Also those of kinds and fields that this version does not know."""
    with as_new(desk):
        deliver(desk, history)
        parts = [(stream, 0) for stream in log.streams(desk.db)]
        lines = list(exchange.lines(desk.db, parts))
        assert sorted(line for line in lines if not line.startswith(b'["S"')) == sorted(op.line() for _w, op in history)
        assert len({line for line in lines if line.startswith(b'["S"')}) == len({w.id for w, _op in history})


@quick
@given(histories())
def test_a_copied_desk_forks_its_stream(desk: Desk, history: list[tuple[Writer, Op]]) -> None:
    with as_new(desk):
        deliver(desk, history)
        places: dict[tuple[bytes, int], set[bytes]] = {}
        for writer, op in history:
            places.setdefault((writer.id, op.seq), set()).add(op.h)
        forked = {id_ for (id_, _seq), hs in places.items() if len(hs) > 1}
        assert {s.id for s in log.streams(desk.db) if s.forked} == forked
        leaves = {h: s.id for s in log.streams(desk.db) for _seq, h, _own in exchange.leaves(desk.db, s, 0)}
        followed = {op.prev for _writer, op in history}
        assert set(leaves) == {op.h for _writer, op in history} - followed


@quick
@given(histories(), st.data())
def test_rebuilding_from_the_log_changes_nothing(
    desk: Desk, history: list[tuple[Writer, Op]], data: st.DataObject
) -> None:
    with as_new(desk):
        for one in data.draw(st.permutations(history)):
            deliver(desk, [one])
        before = whole(desk)
        assert care.check(desk).problems == []
        state.rebuild(desk.db)
        assert whole(desk) == before
