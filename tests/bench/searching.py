"""Search as typed: every key press of lines as people type them, in a desk of many mixed records, beside FTS5 alone.

A key is what the palette does for it but for painting: the records, names first, what they are part of, where in them
it was found, and the place that each leads to. FTS5 alone finds the newest rows with all the words, and its own
`snippet` of each; words that are too short for it are looked for with `instr` in all rows.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from pathlib import Path

from cpdesk.khmer.spelling import loose
from cpdesk.store import Desk
from cpdesk.tasks import records
from tests.bench.measure import Line, seconds
from tests.bench.searching_desk import mixed

LEAST = 100_000
LIMIT_MS = 100
MOST = 20
SNIPPET = "SELECT rowid, snippet(search_index, 0, '[', ']', '…', 30) FROM search_index"
TYPED = {
    "Khmer words": "ការពារកុមារ ឃុំ",
    "a long Khmer line": "គណៈកម្មាធិការពិគ្រោះយោបល់ស្ត្រី",
    "words in any order": "ផែនការ កុមារ ថវិកា",
    "a name": "សុខ វណ្ណា",
    "Latin": "sophea ratana",
    "a day": "២៣ មិថុនា ២០២៤",
    "a day in figures": "23/6/2024",
    "a letter that is rare": "ឆ ឡ ឍ",
    "what nothing holds": "ឆ្នេរសមុទ្រក្រុងព្រះសីហនុ",
    "one wrong letter": "គណៈកម្មាធិកាន",
    "Latin that nothing holds": "xylophone qq zz",
    "one letter, then a number": "ក 1234",
}


def run(folder: Path, records_: int, rounds: int) -> Iterator[Line]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    count = max(records_, LEAST)
    with mixed(folder, count) as desk:
        took = seconds(lambda: records.index(desk))
        yield from lines(desk, f"{count:,} records, index made once in {took:.0f} s", rounds)


def lines(desk: Desk, what: str, rounds: int) -> Iterator[Line]:
    """A line for what was typed each time, and one for the worst key of all."""
    worst, theirs = 0.0, 0.0
    for name, text in TYPED.items():
        keys = [_key(desk, text[: n + 1], rounds) for n in range(len(text))]
        ours = [key[0] for key in keys]
        beside = [key[1] for key in keys]
        slowest = max(range(len(keys)), key=lambda n: ours[n])
        if ours[slowest] > worst:
            worst, theirs = ours[slowest], beside[slowest]
        note = f"worst key {ours[slowest] * 1000:.0f} ms at “{text[: slowest + 1]}”"
        yield Line(f"a key of {name}", statistics.median(ours), "FTS5 alone", statistics.median(beside), note)
    limit = LIMIT_MS / 1000
    note = f"{what}; FTS5 alone {theirs * 1000:.1f} ms"
    yield Line("the worst key of all", worst, f"the limit of {LIMIT_MS} ms", limit, note)


def _key(desk: Desk, text: str, rounds: int) -> tuple[float, float]:
    """The median of a key's seconds, and of FTS5's alone."""
    from ui.dialogs.palette_entries import look_up

    sql, values = _plainly(loose(text).split())
    ours, beside = [], []
    for _round in range(rounds):
        ours.append(seconds(lambda: look_up(desk, text)))
        beside.append(seconds(lambda: desk.db.execute(sql, values).fetchall()))
    return statistics.median(ours), statistics.median(beside)


def _plainly(words: list[str]) -> tuple[str, list[str]]:
    long = ['"{}"'.format(word.replace('"', '""')) for word in words if len(word) > 2]
    short = [word for word in words if len(word) <= 2]
    within = " AND ".join(["instr(text, ?)"] * len(short)) or "1"
    if not long:
        return f"SELECT id, substr(text, 1, 100) FROM search_text WHERE {within} ORDER BY id DESC LIMIT {MOST}", short
    match = " AND ".join(long)
    return f"{SNIPPET} WHERE search_index MATCH ? AND {within} ORDER BY rowid DESC LIMIT {MOST}", [match, *short]
