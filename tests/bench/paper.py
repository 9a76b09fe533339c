"""Paper: cpdesk beside ReportLab's own paragraphs, Qt, Typst and WeasyPrint on the same pages, each in fresh processes.

Prints a table of its own: pages a second by the clock and of processors' time (which a busy machine lengthens less),
memory, size, and how right the pages are (`paper_judge`). Typst and
WeasyPrint live in `.venv-bench` (`make peers`), away from the program; without it they are left out.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cpdesk.paths import ROOT
from tests.bench import paper_jobs
from tests.bench.measure import Line, shown
from tests.bench.paper_judge import words_copied, words_drawn
from tests.bench.paper_peers import _SIZE

APART = ("Typst", "WeasyPrint")
ALL = ("cpdesk", "ReportLab", "Qt", *APART)
VENV = ROOT / ".venv-bench" / "bin" / "python"
_PAGES_A_SECOND, _MEMORY = 100, 80  # the goals; MB
_AGAIN = 9  # more times that one process sets the minutes


@dataclass
class Found:
    """What one program did with one job; times of the first turn of each process, and of later ones."""

    document: bytes = b""
    first: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    peak: float = 0.0

    @property
    def pages(self) -> int:
        import pypdfium2

        with pypdfium2.PdfDocument(self.document) as pdf:
            return len(pdf)

    @property
    def page(self) -> float:
        """Seconds of a page, everything new."""
        return statistics.median(self.first) / self.pages

    @property
    def size(self) -> str:
        return f"{len(self.document) / 1024:.0f} KB"


def run(folder: Path, _records: int, rounds: int) -> Iterator[Line]:
    jobs = {"minutes": paper_jobs.minutes(), "report": paper_jobs.report()}
    words = paper_jobs.words()
    alone: list[paper_jobs.Block] = [("text", word) for word in words]
    tries = {"words": alone, "prose": paper_jobs.prose()}
    for name, blocks in {**jobs, **tries}.items():
        paper_jobs.write(blocks, folder / f"{name}.json")
    names = [name for name in ALL if name not in APART or VENV.exists()]
    found = {(name, job): Found() for name in names for job in (*jobs, *tries)}
    for _round in range(max(rounds, 1)):
        for name in names:
            for job in jobs:
                _turn(folder, name, job, found[name, job])
    for name in names:
        for job in tries:
            _turn(folder, name, job, found[name, job])
    rows = [_row(name, found, tries["prose"], words) for name in names]
    print(_table([("", *_HEADS), *rows]), end="\n\n", flush=True)
    for lacking in sorted(set(ALL) - set(names)):
        print(f"{lacking} is left out: `make peers` brings it.")
    ours = found["cpdesk", "report"]
    busy = f"{ours.pages / statistics.median(ours.busy):.0f} of processors' time"
    note = f"{1 / ours.page:.0f} pages a second, {busy}; {ours.peak:.0f} MB of {_MEMORY}"
    yield Line("a page of a report of 100", ours.page, "the limit", 1 / _PAGES_A_SECOND, note)
    for name in names[1:]:
        yield Line("a page of a report of 100", ours.page, name, found[name, "report"].page)
    for name in names[1:]:
        once, other = (statistics.median(found[one, "minutes"].later) for one in ("cpdesk", name))
        yield Line("minutes of a page, one after another", once, name, other)


def _turn(folder: Path, name: str, job: str, found: Found) -> None:
    """One process of the program `name`."""
    out = folder / "out.pdf"
    turns = 1 + (_AGAIN if job == "minutes" else 0)
    command = [VENV if name in APART else sys.executable, "-P", ROOT / "tests/bench/paper_peers.py"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*map(str, command), name, str(folder / f"{job}.json"), str(out), str(turns)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    if done.returncode:
        raise SystemExit(f"{name} cannot set {job}:\n{done.stderr[-2000:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    found.document = out.read_bytes()
    found.first.append(told["seconds"][0])
    found.busy.append(told["busy"])
    found.later += told["seconds"][1:]
    found.peak = max(found.peak, told["peak"])


_READERS = ("pdfium", "pypdf", "poppler")
_HEADS = ("minutes", "size", "report", "pages", "pages/s", "of CPU", "size", "memory", "drawn", *_READERS)


def _row(
    name: str, found: dict[tuple[str, str], Found], prose: Sequence[paper_jobs.Block], words: Sequence[str]
) -> tuple[str, ...]:
    short, long = found[name, "minutes"], found[name, "report"]
    drawn = words_drawn(found[name, "words"].document, words, _SIZE)
    copied = words_copied(found[name, "prose"].document, prose)
    return (
        name,
        shown(statistics.median(short.later)),
        short.size,
        shown(statistics.median(long.first)),
        str(long.pages),
        f"{1 / long.page:.0f}",
        f"{long.pages / statistics.median(long.busy):.0f}",
        long.size,
        f"{long.peak:.0f} MB",
        f"{drawn:.1%}",
        *(f"{copied[reader]:.1%}" if reader in copied else "–" for reader in _READERS),
    )


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    drawn = ["| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |" for row in rows]
    drawn.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join(drawn)
