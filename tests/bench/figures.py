"""A province's figures: 130 communes × 50 measures × 3 years × 12 parts of the children, some 230,000 records.

Beside each: the least that the work asks of SQLite or of Python on the same figures.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import Line, in_turns, seconds

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from ui.pages.figures import FiguresPage

YEARS = (2023, 2024, 2025)
MEASURES = 50
SEXES = ("all", "female", "male")
AGES = ("all", "a0_5", "a6_11", "a12_14")


def run(folder: Path, _records: int, rounds: int) -> Iterator[Line]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    desk, written, count = filled(folder)
    yield Line(f"write {count:,} figures of a year", written, "a plain INSERT of the same rows", inserted(folder, desk))
    yield from _reading(desk, rounds)
    yield from _Window(desk, rounds).lines()
    desk.close()


def filled(folder: Path) -> tuple[Desk, float, int]:
    """The desk, the median seconds a year's figures took to write, and how many they were."""
    from cpdesk.tasks import desk as desks
    from cpdesk.tasks import figures, records

    desk = desks.create(folder / "figures.cpdesk", "08", "ម")
    figures.start_measures(desk)
    chance = random.Random(1)
    for n in range(MEASURES - len(figures.listed(desk))):
        records.save(desk, "measure", {"name_km": f"សូចនាករ {n}", "order": 10**6 + n, "weight": "1"})
    ids = [one.id for one in figures.listed(desk)]
    took = []
    for year in YEARS:
        places = [leaf for row in figures.grid(desk, year, "08*").rows for leaf in row.leaves]
        entries = []
        for measure in ids:
            for place in places:
                usual = random.Random(measure + place).randint(20, 400)
                for sex in SEXES:
                    for age in AGES:
                        part = usual if sex == "all" else usual // 2
                        value = max(0, (part if age == "all" else part // 4) + chance.randint(-3, 3))
                        entries.append((measure, place, year, sex, age, "all", str(value)))
        took.append(seconds(lambda entries=entries: figures.write(desk, entries)))  # type: ignore[misc]
    return desk, sorted(took)[1], len(entries)


def inserted(folder: Path, desk: Desk) -> float:
    """The same rows into a bare encrypted table with the same index, one commit."""
    from cpdesk import records as kinds
    from cpdesk.store import keyfile, many
    from cpdesk.store.connection import connect, immediate

    fields = ("measure", "place", "year", "sex", "age_group", "disability", "value")
    rows = many.within(desk.db, kinds.kind("figure"), fields, {"year": [YEARS[1]]})
    db = connect(folder / "bare.db", keyfile.new())
    db.execute("CREATE TABLE f(id TEXT PRIMARY KEY, m TEXT, p TEXT, y INTEGER, s TEXT, a TEXT, d TEXT, v TEXT)")
    db.execute("CREATE INDEX k ON f(y, m, p)")

    def work() -> None:
        with immediate(db):
            db.conn.executemany("INSERT INTO f VALUES(?, ?, ?, ?, ?, ?, ?, ?)", rows)

    try:
        return seconds(work)
    finally:
        db.conn.close()


def _reading(desk: Desk, rounds: int) -> Iterator[Line]:
    from cpdesk import records as kinds
    from cpdesk.store import many
    from cpdesk.tasks import figures

    fields = ("place", "measure", "sex", "age_group", "disability", "value", "source")
    year = YEARS[-1]
    whole = figures.grid(desk, year, "08*")
    codes = [row.place for row in whole.rows]

    def bare() -> object:
        return many.within(desk.db, kinds.kind("figure"), fields, {"year": [year]})

    def sums() -> object:
        return [sum(int(str(c["value"])) for c in cells) for cells in by_measure.values()]

    by_measure: dict[str, list[dict[str, object]]] = {}
    for (_place, measure), held in whole.own.items():
        by_measure.setdefault(measure, []).append({"value": next(iter(held.values()))})
    work: dict[str, Callable[[], object]] = {
        "all": lambda: figures.grid(desk, year, "08*"),
        "district": lambda: figures.grid(desk, year, "0802"),
        "bare": bare,
        "totals": lambda: [whole.total(one.id) for one in whole.measures],
        "ranking": lambda: figures.ranked(whole),
        "trend": lambda: figures.trend(desk, whole.measures[0].id, whole.rows),
        "sums": sums,
    }
    times = in_turns(max(rounds, 3), **{name: (lambda job=job: seconds(job)) for name, job in work.items()})  # type: ignore[misc]
    select = "one SELECT of the year's rows"
    yield Line(f"open a year, {len(codes)} communes × {MEASURES} measures", times["all"], select, times["bare"])
    yield Line("open a district's year", times["district"], select, times["bare"])
    yield Line("all totals", times["totals"], "summing the numbers in Python", times["sums"])
    yield Line("ranking of all communes", times["ranking"], "summing the numbers in Python", times["sums"])
    yield Line("a measure over three years", times["trend"], select, times["bare"])


class _Window:
    """The page over that desk: a figure typed in the largest grid, a step of the arrows, a picture."""

    def __init__(self, desk: Desk, rounds: int) -> None:
        from cpdesk.tasks.undo import Undo
        from ui.app import application
        from ui.context import Context
        from ui.jobs import Jobs
        from ui.pages.figures import FiguresPage

        self.app = application()
        self.rounds = max(rounds, 5)
        self.context = Context(desk, Jobs(desk.other), Undo(desk))
        self.page: FiguresPage = FiguresPage(self.context)
        self.typed = 0

    def lines(self) -> Iterator[Line]:
        page = self.page
        page.resize(1088, 680)
        page.show()
        page.where.go("08*", YEARS[-1])
        page.refresh()
        while page.doubts.is_looking():
            self.app.processEvents()
        times = in_turns(self.rounds, typed=self._type, moved=self._move, frame=lambda: seconds(page.grab))
        yield Line("type a figure, totals and ranking follow", times["typed"], "painting the page", times["frame"])
        yield Line("an arrow key to the next measure", times["moved"], "painting the page", times["frame"])
        page.close()
        self.context.jobs.close()

    def _type(self) -> float:
        self.typed += 1
        row = self.page.model.find("080206")
        start = time.perf_counter()
        refused = self.page.model.apply([(row, 3, str(100 + self.typed))])
        self.page.grab()
        assert not refused
        return time.perf_counter() - start

    def _move(self) -> float:
        self.page.sheet.set_current(5, 1 + self.typed % 20)
        start = time.perf_counter()
        self.page.sheet.step(0, 1)
        self.page.grab()
        return time.perf_counter() - start
