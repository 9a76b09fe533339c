"""What cpdesk makes of the job of `merging_peers`: `python -m tests.bench.merging_ours make|merge FOLDER`.

Its packages are signed and locked, its desk is encrypted, and a verified copy is kept before each merge: as in life.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from cpdesk.store import Desk, union
from cpdesk.store import exchange as tables
from cpdesk.store.canonical import parse_line
from cpdesk.store.connection import immediate
from cpdesk.tasks import desk as desks
from cpdesk.tasks import exchange
from tests.bench.merging_desk import keep
from tests.bench.merging_peers import peak
from tests.make_ops import Writer

Lines = list[tuple[str, str, str]]  # office, scope, line


def make(folder: Path) -> None:
    with desks.create(folder / "p.cpdesk", "08", "bench") as province:
        exchange.write_card(province, folder / "p.cpcard")
        for path in sorted(folder.glob("lines-*.json")):
            code = path.stem.partition("-")[2]
            with desks.create(folder / f"{code}.cpdesk", code, "bench") as district:
                exchange.join(district, folder / "p.cpcard")
                exchange.write_card(district, folder / f"{code}.cpcard")
                exchange.enrol(province, folder / f"{code}.cpcard")
                for half, lines in json.loads(path.read_text("utf-8")).items():
                    write(district, lines)
                    exchange.export(district, folder / f"cpdesk-{code}.{half}")
                    holds(district, exchange.own_card(province).fingerprint)


def holds(desk: Desk, other: str) -> None:
    """As if that card's receipt had come for all that was written so far."""
    with immediate(desk.db):
        tables.set_holds(desk.db, other, union.held(desk))


def write(desk: Desk, lines: Lines) -> None:
    found = []
    for office, scope, line in lines:
        writer = Writer(office, scope)
        found.append((writer, parse_line(writer.id, line.encode())))
    keep(desk, found)


def merge(folder: Path) -> dict[str, float]:
    own = json.loads((folder / "own-lines.json").read_text("utf-8"))
    with desks.open_desk(folder / "p.cpdesk") as desk:
        before = peak()
        started = time.perf_counter()
        packages = 0
        for half in ("1", "2"):
            paths = sorted(folder.glob(f"cpdesk-*.{half}"))
            for merged in exchange.merge(desk, paths):
                assert merged.status == "merged", merged.why
            write(desk, own[half])
            packages += sum(path.stat().st_size for path in paths)
        desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        seconds = time.perf_counter() - started
        memory = (peak() - before) / 1024
        waiting = {(c.id, c.field) for c in exchange.conflicts(desk)}
    contested = json.loads((folder / "province.json").read_text("utf-8"))["contested"]
    lost = sum(len(values) for record, field, values in contested if (record, field) not in waiting)
    size = (folder / "p.cpdesk").stat().st_size
    return {"seconds": seconds, "memory": memory, "packages": packages, "desk": size, "lost": lost, "cloned": 0}


if __name__ == "__main__":
    place = Path(sys.argv[2])
    os.environ["CPDESK_HOME"] = str(place / "home")
    if sys.argv[1] == "make":
        make(place)
    else:
        print(json.dumps(merge(place)))
