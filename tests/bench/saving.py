"""One field saved as typed beside one commit of SQLite, and search beside FTS5 alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cpdesk.khmer.spelling import fold
from cpdesk.store import Desk
from cpdesk.tasks import records
from tests.bench.measure import Line, in_turns, seconds
from tests.bench.merging import filled

PHRASES = ("កុមារ", "ផែនការសកម្មភាព", "អំពើហិង្សា ឃុំ", "គណៈ", "ជុំ", "ក")


def run(folder: Path, records_: int, rounds: int) -> Iterator[Line]:
    with Desk.create(folder / "save.cpdesk", "0801", "bench") as desk:
        yield _save(desk, rounds)
    with filled(folder, records_) as desk:
        took = seconds(lambda: records.index(desk))
        yield from _search(desk, records_, took)


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


def _search(desk: Desk, count: int, indexing: float) -> Iterator[Line]:
    for phrase in PHRASES:
        match = " AND ".join(f'"{word}"' for word in fold(phrase).split())
        if len(fold(phrase)) < 3:
            match = ""

        def theirs(match: str = match, phrase: str = phrase) -> float:
            if not match:
                sql, args = "SELECT id FROM search_text WHERE instr(text, ?) > 0 LIMIT 30", [fold(phrase)]
            else:
                sql, args = "SELECT rowid FROM search_index WHERE search_index MATCH ? LIMIT 30", [match]
            return seconds(lambda: desk.db.execute(sql, args).fetchall())

        times = in_turns(5, ours=lambda phrase=phrase: seconds(lambda: records.search(desk, phrase)), theirs=theirs)
        note = f"index made once in {indexing:.1f} s" if phrase == PHRASES[0] else ""
        yield Line(f"search “{phrase}” in {count:,}", times["ours"], "FTS5 alone" if match else "instr alone",
                   times["theirs"], note)  # fmt: skip
