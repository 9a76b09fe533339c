"""One field saved as typed beside one commit of SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cpdesk.store import Desk
from cpdesk.tasks import records
from tests.bench.measure import Line, in_turns, seconds


def run(folder: Path, _records: int, rounds: int) -> Iterator[Line]:
    with Desk.create(folder / "save.cpdesk", "0801", "bench") as desk:
        yield _save(desk, rounds)


def _save(desk: Desk, rounds: int) -> Line:
    meeting = records.save(desk, "meeting", {"subject": "ប្រជុំ"}).id
    db = desk.db
    db.execute("CREATE TABLE one(id INTEGER PRIMARY KEY, text TEXT)")
    n = iter(range(1_000_000))

    def ours() -> float:
        return seconds(lambda: records.save(desk, "meeting", {"venue": f"សាលាខេត្តកណ្តាល {next(n)}"}, meeting))

    def theirs() -> float:
        return seconds(lambda: db.execute("INSERT INTO one(text) VALUES(?)", [f"សាលាខេត្តកណ្តាល {next(n)}"]))

    times = in_turns(40 * rounds, ours=ours, theirs=theirs)
    return Line("save one field", times["ours"], "one commit of SQLite", times["theirs"])
