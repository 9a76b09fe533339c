"""The merge beside the least that SQLite must do for the same rows, and beside a merge that throws history away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from cpdesk.kinds import Value
from cpdesk.store import Desk, state, union
from cpdesk.store.canonical import loads_sets, parse_line
from cpdesk.store.connection import immediate
from tests.bench.measure import Line, in_turns, seconds
from tests.make_ops import Maker, Writer

Lines = dict[Writer, list[bytes]]
DISTRICTS = 13


def lines(records: int, seed: int = 0) -> tuple[Lines, Lines]:
    """(what thirteen districts wrote, what one of them wrote later: some 500 changes), as lines of packages."""
    whole: Lines = {}
    late: Lines = {}
    for district in range(1, DISTRICTS + 1):
        maker = Maker(f"08{district:02d}", seed)
        for writer, op in maker.ops(records // DISTRICTS):
            whole.setdefault(writer, []).append(op.line())
        if district == 1:
            for writer, op in maker.ops(310):
                late.setdefault(writer, []).append(op.line())
    return whole, late


def merge(desk: Desk, some: Lines) -> None:
    with union.merging(desk) as merging:
        for writer, found in some.items():
            stream = merging.stream(writer.id, writer.office, writer.scope, writer.nonce)
            merging.add(stream, (parse_line(writer.id, line) for line in found))
        merging.project()


def plain_copy(desk: Desk) -> None:
    """The same log rows into a table of the same shape: the least that any merge writes."""
    db = desk.db
    with immediate(db):
        (sql,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'op'").fetchone()
        db.execute("DROP TABLE IF EXISTS plain")
        db.execute(sql.replace("TABLE op", "TABLE plain", 1))
        db.execute("CREATE INDEX plain_record ON plain(record)")
        db.execute("INSERT INTO plain SELECT * FROM op")


def upserts(desk: Desk, changes: list[tuple[str, bytes, dict[str, Value]]]) -> None:
    """Whole records, last one wins, a row at a time: no history, no differences, losers gone."""
    db = desk.db
    for kind in ("meeting", "activity"):
        with immediate(db):
            names = ", ".join(f'"{f.name}"' for f in state.STORED[kind].fields)
            db.execute(f"DROP TABLE IF EXISTS lww_{kind}")
            db.execute(f"CREATE TABLE lww_{kind}(record BLOB PRIMARY KEY, {names})")
    with immediate(db):
        for kind, record, values in changes:
            db.table(f"lww_{kind}").upsert({"record": record, **values}, pk="record")


def run(folder: Path, records: int, rounds: int) -> Iterator[Line]:
    whole, late = lines(records)
    total = sum(len(found) for found in whole.values())
    changes = [
        (op.kind, op.record, {n: v for n, v in loads_sets(op.sets or b"{}").items() if not n.startswith("_")})
        for writer, found in whole.items()
        for op in (parse_line(writer.id, line) for line in found)
    ]
    numbers = iter(range(10_000))

    def fresh() -> Desk:
        return Desk.create(folder / f"merge{next(numbers)}.cpdesk", "08", "bench")

    def merged() -> float:
        with fresh() as desk:
            return seconds(lambda: merge(desk, whole))

    with fresh() as full:
        merge(full, whole)
        times = in_turns(
            rounds,
            ours=merged,
            plain=lambda: seconds(lambda: plain_copy(full)),
            upserts=lambda: _with(fresh, lambda desk: upserts(desk, changes)),
        )
        yield Line(f"merge {total:,} changes", times["ours"], "INSERT … SELECT of the log rows", times["plain"])
        yield Line(
            f"merge {total:,} changes", times["ours"], "row upserts, last one wins", times["upserts"], "losers gone"
        )
        few = sum(len(found) for found in late.values())
        yield _late(full, late, few, total)


def _with(fresh: Callable[[], Desk], work: Callable[[Desk], None]) -> float:
    with fresh() as desk:
        return seconds(lambda: work(desk))


def _late(full: Desk, late: Lines, few: int, total: int) -> Line:
    """A small package into a full desk and into an empty one: cost follows the package, not the desk."""

    def rehearsed(desk: Desk) -> float:
        def work() -> None:
            with union.merging(desk, rehearse=True) as merging:
                for writer, found in late.items():
                    stream = merging.stream(writer.id, writer.office, writer.scope, writer.nonce)
                    merging.add(stream, (parse_line(writer.id, line) for line in found))
                merging.project()

        return seconds(work)

    with Desk.create(full.path.with_name("empty.cpdesk"), "08", "bench") as empty:
        times = in_turns(7, full=lambda: rehearsed(full), empty=lambda: rehearsed(empty))
    return Line(f"merge {few} changes into {total:,}", times["full"], "the same into an empty desk", times["empty"])


def filled(folder: Path, records: int) -> Desk:
    """A desk with that many meetings and activities."""
    desk = Desk.create(folder / f"filled{records}.cpdesk", "08", "bench")
    merge(desk, lines(records)[0])
    return desk
