"""An import taken back: every record stands as if the package had never come, whatever was written by whom.

The oracle is the projection over the other changes. Histories are those of `test_merge`: people who see some of each
other's changes, clocks that jump, a copied desk, deletes, kinds and fields of a newer version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.kinds import Value
from cpdesk.store import Desk, care, exchange, find, log, takeback
from cpdesk.store.canonical import Op, canon
from cpdesk.store.decisions import UNDONE, marks
from cpdesk.store.projection import Change, State, project
from cpdesk.store.restoring import restoring
from cpdesk.store.takeback import Outcome
from cpdesk.store.union import Merge
from tests.store.test_merge import Writer, as_new, histories, quick, whole

History = Sequence[tuple[Writer, Op]]
QUIET = lambda _done, _total: None  # noqa: E731


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.create(tmp_path / "p.cpdesk", "08", "ខេត្ត") as made:
        yield made


def receive(desk: Desk, ops: History) -> int:
    """Those ops as one package; its local number."""
    facts = exchange.Received(0, str(exchange.received(desk.db)), "card", "0801", "s", 1, "", "", "", 0, 0, 0, 0, 1)
    package = exchange.note_received(desk.db, facts)
    merge = Merge(desk, package)
    for writer, op in ops:
        merge.add(merge.stream(writer.id, writer.office, writer.scope, writer.nonce), [op])
    fresh = merge.fresh()
    exchange.note_merged(desk.db, package, len(ops), fresh, merge.project(), merge.start)
    return package


def take_back(desk: Desk, package: int, again: bool = False) -> Outcome:
    start = log.last_n(desk.db)
    outcome = takeback.take_back(desk, package, again, marks(UNDONE, "ខុស"), QUIET)
    if not outcome.obstacles:
        takeback.settle(desk, package, again, start, outcome)
    return outcome


def facts(found: State) -> tuple[object, ...]:
    """What of a state tells anything: a blank field is one that nobody set."""
    values = {name: value for name, value in found.values.items() if value is not None}
    sides = {name: {canon(head.value) for head in heads} for name, heads in found.differences.items()}
    return values, found.deleted, sides


def stands_as(desk: Desk, record: bytes, others: Iterable[Change]) -> None:
    there, rest = log.changes_of(desk.db, record), list(others)
    now = project(there)
    told = [any(name[0] != "_" for name in c.sets) for c in there]
    if len(rest) < len(there) and (not rest or any(told)) and not any(n[0] != "_" for c in rest for n in c.sets):
        assert now.deleted and "_deleted" not in now.differences
    else:
        assert facts(now) == facts(project(rest))


def touched(ops: History) -> set[bytes]:
    return {op.record for _writer, op in ops}


def replaced_later(desk: Desk, mine: set[bytes]) -> bool:
    """Said otherwise than the product says it: some other change takes the place of one of the package's values."""
    for record in {r for (r,) in desk.db.execute("SELECT DISTINCT record FROM op").fetchall()}:
        changes = {c.h: c for c in log.changes_of(desk.db, record)}
        others = [c for h, c in changes.items() if h not in mine]
        told = {c.h for c in changes.values() if any(name[0] != "_" for name in c.sets)}
        only_marks = bool(told) and told <= mine
        for change in others:
            delete = change.sets.get("_deleted") is True
            for parent in mine & set(change.parents) & set(changes):
                if delete and only_marks:
                    continue
                if delete or set(change.sets) & set(changes[parent].sets):
                    return True
    return False


@quick
@given(histories(), st.data())
def test_as_if_the_package_had_never_come(desk: Desk, history: History, data: st.DataObject) -> None:
    turns = data.draw(st.lists(st.integers(0, 2), min_size=len(history), max_size=len(history)))
    before, mine, after = ([one for one, turn in zip(history, turns, strict=True) if turn == n] for n in range(3))
    with as_new(desk):
        receive(desk, before)
        package = receive(desk, mine)
        receive(desk, after)
        hs = {op.h for _writer, op in mine}
        there = {record: log.changes_of(desk.db, record) for record in touched(history)}
        stood = whole(desk)
        replaced = replaced_later(desk, hs)
        outcome = take_back(desk, package)
        assert bool(outcome.obstacles) == replaced
        if outcome.obstacles:
            return
        for record in touched(history):
            stands_as(desk, record, [c for c in there[record] if c.h not in hs])
        assert care.check(desk).problems == []
        # the same package again says nothing new and brings nothing back
        gone = whole(desk)
        receive(desk, mine)
        assert whole(desk) == gone
        # and the undo is itself taken back
        take_back(desk, package, again=True)
        for record in touched(history):
            assert facts(project(log.changes_of(desk.db, record))) == facts(project(there[record]))
        take_back(desk, package)
        for record in touched(history):
            stands_as(desk, record, [c for c in there[record] if c.h not in hs])
        assert len(stood) == len(gone)


@quick
@given(histories(), st.data())
def test_also_where_clocks_ran_far_ahead(desk: Desk, history: History, data: st.DataObject) -> None:
    """No save of ours can surpass a clock that is over a day ahead; what is shown is right all the same."""
    turns = data.draw(st.lists(st.booleans(), min_size=len(history), max_size=len(history)))
    mine = [one for one, turn in zip(history, turns, strict=True) if turn]
    with as_new(desk), pytest.MonkeyPatch.context() as patch:
        patch.setattr("cpdesk.store.clock.wall", lambda: 0)
        patch.setattr("cpdesk.store.clock.DAY", 20)  # of 0 to 40
        receive(desk, [one for one, turn in zip(history, turns, strict=True) if not turn])
        package = receive(desk, mine)
        hs = {op.h for _writer, op in mine}
        there = {record: log.changes_of(desk.db, record) for record in touched(history)}
        if not take_back(desk, package).obstacles:
            for record in touched(history):
                stands_as(desk, record, [c for c in there[record] if c.h not in hs])


def test_a_value_behind_a_clock_far_ahead_is_shown_again() -> None:
    """Both values wait, the one of the clock that ran further ahead shown; a save of ours comes after neither."""

    def change(name: bytes, hlc: int, value: Value, *parents: bytes) -> Change:
        return Change(hlc, b"stream", 1, name * 16, "meeting", {"venue": value}, tuple(p * 16 for p in parents), "08")

    there = [change(b"a", 100, "ក"), change(b"b", 50, "ខ")]
    came = change(b"x", 10, "គ", b"a")
    saves = restoring([*there, came], {came.h}, reach=20)
    written = [
        Change(21 + n, b"ours", n, bytes([n]) * 16, "meeting", save.sets, tuple(save.parents), "08")
        for n, save in enumerate(saves)
    ]
    assert facts(project([*there, came, *written])) == facts(project(there))
    assert project(there).values == {"venue": "ក"}


@quick
@given(histories(), st.data())
def test_several_packages_one_after_the_other(desk: Desk, history: History, data: st.DataObject) -> None:
    """Whatever is taken back and in again, in whatever order it is allowed: what is off counts for nothing."""
    turns = data.draw(st.lists(st.integers(0, 3), min_size=len(history), max_size=len(history)))
    parts = [[one for one, turn in zip(history, turns, strict=True) if turn == n] for n in range(4)]
    with as_new(desk):
        packages = [receive(desk, part) for part in parts]
        there = {record: log.changes_of(desk.db, record) for record in touched(history)}
        off: set[int] = set()
        for n in data.draw(st.lists(st.integers(0, 3), max_size=6)):
            start = log.last_n(desk.db)
            outcome = take_back(desk, packages[n], again=n in off)
            if outcome.obstacles:
                desk.db.execute("DELETE FROM op WHERE n > ?", [start])
                desk.db.execute("UPDATE stream SET upto = 0, tip = zeroblob(16) WHERE mine = 1")
                log.advance(desk.db, 0)
                continue
            off ^= {n}
            gone = {op.h for m in off for _writer, op in parts[m]}
            for record in touched(history):
                stands_as(desk, record, [c for c in there[record] if c.h not in gone])


@quick
@given(histories(), st.data())
def test_all_desks_come_to_show_the_same(desk: Desk, history: History, data: st.DataObject) -> None:
    """What the undo writes is ordinary changes: in any order with all others they give one state."""
    turns = data.draw(st.lists(st.booleans(), min_size=len(history), max_size=len(history)))
    with as_new(desk):
        receive(desk, [one for one, turn in zip(history, turns, strict=True) if not turn])
        package = receive(desk, [one for one, turn in zip(history, turns, strict=True) if turn])
        if take_back(desk, package).obstacles:
            return
        stood = {record: facts(project(log.changes_of(desk.db, record))) for record in touched(history)}
        every = [
            (Writer(s.office, s.nonce, s.scope), op)
            for s in log.streams(desk.db)
            for op in log.ops_after(desk.db, s, 0)
        ]
    with as_new(desk):
        queue = data.draw(st.permutations(every))
        while queue:
            size = data.draw(st.integers(1, 5))
            some, queue = queue[:size], queue[size:]
            receive(desk, some)
        for record, wanted in stood.items():
            assert facts(project(log.changes_of(desk.db, record))) == wanted


@quick
@given(histories(), st.data())
def test_nothing_typed_is_missing_afterwards(desk: Desk, history: History, data: st.DataObject) -> None:
    mine = data.draw(st.lists(st.sampled_from(history), unique_by=lambda one: one[1].h)) if history else []
    hs = {op.h for _writer, op in mine}
    with as_new(desk):
        receive(desk, [one for one in history if one[1].h not in hs])
        package = receive(desk, mine)
        if take_back(desk, package).obstacles:
            return
        for record in touched(history):
            told = {(w.h, w.field, canon(w.value)) for w in find.history(desk.db, record.hex())}
            typed: set[tuple[str, str, bytes]] = {
                (c.h.hex(), name, canon(value))
                for c in log.changes_of(desk.db, record)
                for name, value in c.sets.items()
                if name[0] != "_" or name == "_deleted"
            }
            assert told == typed
        assert {op.h for _w, op in history} <= {h for (h,) in desk.db.execute("SELECT h FROM op")}
