"""Timing side by side, and the table that tells it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One row of the table. `ratio` is against `beside`; both times in seconds."""

    what: str
    ours: float
    beside: str
    theirs: float
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs if self.theirs else float("inf")


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(rounds: int, **jobs: Callable[[], float]) -> Mapping[str, float]:
    """The median of each job's own seconds, the jobs taken in turns."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _round in range(rounds):
        for name, job in jobs.items():
            taken[name].append(job())
    return {name: statistics.median(times) for name, times in taken.items()}


def shown(value: float) -> str:
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


def table(lines: list[Line]) -> str:
    """The lines as a Markdown table."""
    rows = [("work", "cpdesk", "beside", "its time", "ratio", "note")]
    rows += [(x.what, shown(x.ours), x.beside, shown(x.theirs), f"{x.ratio:.2f}", x.note) for x in lines]
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    drawn = ["| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |" for row in rows]
    drawn.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join(drawn)
