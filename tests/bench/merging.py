"""The merge beside the least that SQLite must do for the same rows, and beside others that merge.

With `make bench-merging` also SQLite's sessions, Loro and pycrdt take part, which live in `.venv-bench`. `--ops` says
how full the desk is into which few changes come late, and out of which few go.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from cpdesk.paths import ROOT
from cpdesk.store import Desk, union
from cpdesk.store.canonical import Row, loads_sets, parse_row
from cpdesk.store.connection import immediate
from cpdesk.tasks import exchange
from tests.bench import merging_desk, merging_ours
from tests.bench.measure import Line, in_turns, seconds, shown
from tests.make_ops import FIELDS, Maker, Writer
from tests.sync.model import Op as ModelOp
from tests.sync.model import heads

Lines = dict[Writer, list[bytes]]
DISTRICTS = 13
BLOCK = 370  # lines that a package's reader hands on at once
LATE = 310  # records, some 500 changes
VENV = ROOT / ".venv-bench" / "bin" / "python"
APART = ("sessions", "Loro", "pycrdt")


def lines(records: int, seed: int = 0) -> Lines:
    """What thirteen districts wrote, as lines of packages."""
    whole: Lines = {}
    for district in range(1, DISTRICTS + 1):
        for writer, op in Maker(f"08{district:02d}", seed).ops(records // DISTRICTS):
            whole.setdefault(writer, []).append(op.line())
    return whole


def run(folder: Path, records: int, rounds: int, ops: int = 300_000) -> Iterator[Line]:
    yield from _rows(folder, records, rounds)
    yield from _packages(folder / "job", records)
    desk, makers = merging_desk.build(folder / "nation.cpdesk", ops)
    with desk:
        yield from late(desk, makers[0], 7 * rounds)


# --- beside the least that there is to do -----------------------------------------------------------------------------
def merge(desk: Desk, some: Lines) -> None:
    """All that a merge does but for unlocking: read, union, projection, commit."""
    with union.merging(desk) as merging:
        for writer, found in some.items():
            stream = merging.stream(writer.id, writer.office, writer.scope, writer.nonce)
            for at in range(0, len(found), BLOCK):
                merging.add_rows(stream, [parse_row(writer.id, line) for line in found[at : at + BLOCK]])
        merging.project()


def _merge_rows(desk: Desk, some: dict[Writer, list[Row]]) -> None:
    """The same once the lines are read: union, projection, commit."""
    with union.merging(desk) as merging:
        for writer, found in some.items():
            stream = merging.stream(writer.id, writer.office, writer.scope, writer.nonce)
            for at in range(0, len(found), BLOCK):
                merging.add_rows(stream, found[at : at + BLOCK])
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


def _rows(folder: Path, records: int, rounds: int) -> Iterator[Line]:
    whole = lines(records)
    total = sum(len(found) for found in whole.values())
    rows = {writer: [parse_row(writer.id, line) for line in found] for writer, found in whole.items()}
    numbers = iter(range(10_000))

    def into_new(work: Callable[[Desk], None]) -> float:
        with Desk.create(folder / f"merge{next(numbers)}.cpdesk", "08", "bench") as desk:
            took = seconds(lambda: work(desk))
        desk.path.unlink()
        return took

    with Desk.create(folder / "full.cpdesk", "08", "bench") as full:
        merge(full, whole)
        times = in_turns(
            rounds,
            whole=lambda: into_new(lambda desk: merge(desk, whole)),
            rows=lambda: into_new(lambda desk: _merge_rows(desk, rows)),
            plain=lambda: seconds(lambda: plain_copy(full)),
        )
        reading = in_turns(
            rounds,
            read=lambda: seconds(lambda: [parse_row(w.id, line) for w, found in whole.items() for line in found]),
            again=lambda: seconds(lambda: merge(full, whole)),
        )
    what, least = f"merge {total:,} changes", "INSERT … SELECT of the log rows"
    yield Line(f"{what}, lines read", times["rows"], least, times["plain"], "union, projection, commit")
    yield Line(what, times["whole"], least, times["plain"], "with reading and checking the lines")
    yield Line(f"{what} again", reading["again"], "reading them", reading["read"])


# --- a full desk ------------------------------------------------------------------------------------------------------
def late(full: Desk, maker: Maker, rounds: int) -> Iterator[Line]:
    """A few changes into a full desk and into an empty one, and out of them: cost follows the package, not the desk."""
    (total,) = full.db.execute("SELECT count(*) FROM op").fetchone()
    with Desk.create(full.path.with_name("empty.cpdesk"), "00", "bench") as empty:
        counts: list[int] = []
        beginner = Maker(maker.district.office, seed=1)  # no desk lacks what it wrote before, or all of it would go out

        def into(desk: Desk, ops: list[tuple[Writer, object]]) -> float:
            return seconds(lambda: merging_desk.keep(desk, ops))  # type: ignore[arg-type]

        times: dict[str, list[float]] = {"full": [], "empty": []}
        for _round in range(rounds):
            ops = [*maker.ops(LATE)]
            counts.append(len(ops))
            times["full"].append(into(full, ops))  # type: ignore[arg-type]
            times["empty"].append(into(empty, [*beginner.ops(LATE)]))  # type: ignore[arg-type]
        few = round(statistics.median(counts))
        middle = {name: statistics.median(found) for name, found in times.items()}
        spread = f"{shown(min(times['full']))} to {shown(max(times['full']))} on a busy machine; the goal is 100 ms"
        yield Line(f"merge {few} changes into {total:,}", middle["full"], "into an empty desk", middle["empty"], spread)
        out = {"full": _export(full, maker, rounds), "empty": _export(empty, beginner, rounds)}
    yield Line(f"export {few} changes out of {total:,}", out["full"], "out of an empty desk", out["empty"])


def _export(desk: Desk, maker: Maker, rounds: int) -> float:
    """The median time of a package for a province that has all but the last changes."""
    folder = desk.path.with_suffix("")
    folder.mkdir()
    with Desk.create(folder / "p.cpdesk", "08", "bench") as province:
        exchange.write_card(desk, folder / "n.cpcard")
        exchange.join(province, folder / "n.cpcard")
        exchange.write_card(province, folder / "p.cpcard")
        other = exchange.enrol(desk, folder / "p.cpcard").fingerprint
    found = []
    for n in range(rounds):
        merging_ours.holds(desk, other)
        merging_desk.keep(desk, [*maker.ops(LATE)])
        path = folder / f"{n}.cpsync"
        found.append(seconds(lambda path=path: exchange.export(desk, path, "08")))  # type: ignore[misc]
        path.unlink()
    return statistics.median(found)


# --- beside others that merge -----------------------------------------------------------------------------------------
def _packages(folder: Path, records: int) -> Iterator[Line]:
    """Each in processes of its own; a table of its own, and the times beside ours."""
    folder.mkdir()
    write_job(folder, records)
    names = ["cpdesk", "upserts", *(name for name in APART if VENV.exists())]
    found = {}
    for name in names:
        _step(folder, name, "make")
        found[name] = json.loads(_step(folder, name, "merge").splitlines()[-1])
        for made in folder.glob(f"{name}-*"):
            made.unlink()
    print(f"{DISTRICTS} districts × {records // DISTRICTS:,} records, two packages each:\n")
    heads = ("", "seconds", "memory", "packages", "desk", "values lost", "edits of a copied laptop lost")
    table = [heads, *(_told(name, found[name]) for name in names)]
    widths = [max(len(row[n]) for row in table) for n in range(len(heads))]
    for row in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    left_out = sorted(set(APART) - set(names))
    print(f"\n{', '.join(left_out)}: left out, `make bench-merging` brings them\n" if left_out else "")
    for name in names[1:]:
        yield Line("packages of three years", found["cpdesk"]["seconds"], name, found[name]["seconds"],
                   f"{found[name]['lost']} values lost")  # fmt: skip


def _told(name: str, of: dict[str, float]) -> tuple[str, ...]:
    mega = [f"{of[key] / (1 << 20):.1f} MB" for key in ("packages", "desk")]
    return name, f"{of['seconds']:.2f}", f"{of['memory']:.0f} MB", *mega, str(of["lost"]), f"{of['cloned']} of 2"


def _step(folder: Path, name: str, step: str) -> str:
    if name == "cpdesk":
        command = [sys.executable, "-m", "tests.bench.merging_ours", step, str(folder)]
    else:
        python = VENV if name in APART else sys.executable
        command = [str(python), "-P", str(ROOT / "tests/bench/merging_peers.py"), name, step, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"{name} cannot {step} its packages:\n{done.stderr[-2000:]}")
    return done.stdout


def write_job(folder: Path, records: int) -> None:
    """What `merging_peers` and `merging_ours` read."""
    districts: dict[str, dict[str, list[object]]] = {}
    own: dict[str, list[object]] = {"1": [], "2": []}
    own_lines: dict[str, list[object]] = {"1": [], "2": []}
    contested: list[object] = []
    for n in range(1, DISTRICTS + 1):
        code = f"08{n:02d}"
        maker, theirs = Maker(code), {"1": list[object](), "2": list[object]()}
        edits: dict[str, list[object]] = {"1": [], "2": []}
        ops: list[ModelOp] = []
        for half in ("1", "2"):
            for writer, op in maker.ops(records // DISTRICTS // 2):
                sets = loads_sets(op.sets or b"{}")
                edit, line = (op.record.hex(), op.kind, sets), (writer.office, writer.scope, op.line().decode())
                mine = writer.office == code
                (edits if mine else own)[half].append(edit)
                (theirs if mine else own_lines)[half].append(line)
                parents = frozenset(op.parents[i : i + 16] for i in range(0, len(op.parents), 16))
                ops.append(ModelOp(op.hlc, op.stream, op.seq, op.h, op.record.hex(), sets, parents, code, code))
        districts[code] = edits
        contested += _contested(ops)
        (folder / f"lines-{code}.json").write_text(json.dumps(theirs), "utf-8")
    fields = {kind: [*names, "_deleted", "_with"] for kind, names in FIELDS.items()}
    (folder / "own-lines.json").write_text(json.dumps(own_lines), "utf-8")
    (folder / "province.json").write_text(json.dumps({**own, "fields": fields, "contested": contested}), "utf-8")
    (folder / "job.json").write_text(json.dumps({"districts": districts, "fields": fields}), "utf-8")


def _contested(ops: list[ModelOp]) -> Iterator[tuple[str, str, list[object]]]:
    """(record, field, the unequal values that stand side by side)"""
    records: dict[str, list[ModelOp]] = {}
    for op in ops:
        records.setdefault(op.record, []).append(op)
    for record, those in records.items():
        for field, standing in heads(those).items() if len(those) > 1 else ():
            values = list(dict.fromkeys(op.sets[field] for op in standing))
            if len(values) > 1 and not field.startswith("_"):
                yield record, field, values


def filled(folder: Path, records: int) -> Desk:
    """A desk with that many meetings and activities."""
    desk = Desk.create(folder / f"filled{records}.cpdesk", "08", "bench")
    merge(desk, lines(records))
    return desk
