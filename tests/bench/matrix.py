"""The matrix of a plan of 5,000 activities, and the sheet while one scrolls and writes in 500 × 40 of its cells."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import Line, in_turns, seconds

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollBar

    from cpdesk.tasks import Desk
    from ui.pages.plan_views.matrix import MatrixView

ACTIVITIES = 5000
SCROLLED = 500
COLUMNS = 40
FRAME = 0.1  # seconds in which a key is answered
SOURCES = ("state", "ngo")
YEARS = (2023, 2024, 2025)


def run(folder: Path, _records: int, rounds: int) -> Iterator[Line]:
    """`rounds` of each; every activity has an indicator, three targets and six budget lines."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    yield from _Large(folder / "large", ACTIVITIES, rounds).lines()
    yield from _Large(folder / "small", SCROLLED, rounds).hands()


class _Large:
    def __init__(self, folder: Path, count: int, rounds: int) -> None:
        from cpdesk.tasks import desk as desks
        from ui.app import application

        folder.mkdir(parents=True, exist_ok=True)
        self.app = application()
        self.rounds = max(rounds, 3)
        self.count = count
        self.desk = desks.create(folder / "plan.cpdesk", "0802", "សុខ")
        self.plan, self.activities = filled(self.desk, count)

    def lines(self) -> Iterator[Line]:
        """Reading, showing, writing one cell and making the sums anew."""
        from cpdesk.tasks import matrix, records
        from cpdesk.tasks.undo import Undo

        what = f"{self.count:,} activities"
        times = in_turns(
            self.rounds,
            read=lambda: seconds(lambda: matrix.read(self.desk, self.plan)),
            bare=lambda: seconds(lambda: [records.find(self.desk, kind) for kind in ("activity", "indicator")]),
        )
        yield Line(f"{what}: the matrix read", times["read"], "their activities and indicators read", times["bare"])
        found, undo = matrix.read(self.desk, self.plan), Undo(self.desk)
        sums = matrix.Sums(found.rows, found.rate)
        turn = iter(range(1, 1 << 30))

        def one_cell() -> None:
            matrix.write(undo, found, [(self.activities[7], "budget.2023.state", str(next(turn) * 1000))])
            matrix.again(self.desk, found, [self.activities[7]])
            sums.update(found.by_id[self.activities[7]])
            sums.totals()

        times = in_turns(
            self.rounds * 3,
            cell=lambda: seconds(one_cell),
            save=lambda: seconds(lambda: undo.save("activity", {"group": str(next(turn))}, self.activities[8])),
        )
        yield Line(f"{what}: a cell kept, read again, all sums", times["cell"], "one field saved", times["save"])
        view, opened = self._view()
        yield Line(f"{what}: from nothing to the painted matrix", opened, "reading it", _median(
            [seconds(lambda: matrix.read(self.desk, self.plan)) for _n in range(self.rounds)]
        ))  # fmt: skip
        yield Line(f"{what}: a cell typed to its painted sums", self._typed(view), "the limit of a frame", FRAME)
        self._close(view)

    def hands(self) -> Iterator[Line]:
        """Every column in sight: scrolling by a page, moving, writing and pasting, each to the painted sheet."""
        view, _opened = self._view()
        view.sheet.show_columns([column.key for column in view.model.columns()], True)
        shown = len(view.sheet.columns.order)
        assert shown >= COLUMNS, shown
        what = f"{self.count} × {shown} cells"
        up, across = view.sheet.verticalScrollBar(), view.sheet.horizontalScrollBar()

        def painted(bar: QScrollBar, value: int) -> float:
            def work() -> None:
                bar.setValue(value)
                view.sheet.grab()

            return seconds(work)

        def page(step: int) -> float:
            return painted(up, up.value() + up.pageStep() * step)

        def sideways() -> float:
            return painted(across, (across.value() + 160) % across.maximum())

        up.setValue(0)
        yield Line(f"{what}: a page not seen before", max(page(1) for _n in range(20)), "the limit of a frame", FRAME)
        yield Line(f"{what}: a page seen before", max(page(-1) for _n in range(20)), "the limit of a frame", FRAME)
        times = max(sideways() for _n in range(20))
        yield Line(f"{what}: a step to the side", times, "the limit of a frame", FRAME)
        yield Line(f"{what}: an arrow key", self._arrows(view), "the limit of a frame", FRAME)
        yield Line(f"{what}: a cell typed to its painted sums", self._typed(view), "the limit of a frame", FRAME)
        self._close(view)

    def _view(self) -> tuple[MatrixView, float]:
        """A matrix on the plan, and how long it took to be painted."""
        from cpdesk.tasks.undo import Undo
        from ui.context import Context
        from ui.jobs import Jobs
        from ui.pages.plan_views.matrix import MatrixView

        context = Context(self.desk, Jobs(self.desk.other), Undo(self.desk))
        made: list[MatrixView] = []

        def build() -> None:
            view = MatrixView(context)
            view.resize(1100, 640)
            view.show_plan(self.plan)
            view.show()
            view.grab()
            made.append(view)

        spent = seconds(build)
        return made[0], spent

    def _typed(self, view: MatrixView) -> float:
        """The median of writing amounts, each until it is kept and painted with its sums."""
        keys = [column.key for column in view.model.columns()]
        view.sheet.show_column("budget.2024.state", True)
        column = keys.index("budget.2024.state")

        def once(turn: int) -> None:
            view.sheet.set_current(3 + turn, column)
            view.sheet.write(str(1000 * (turn + 1)))
            assert view.sheet.keep()
            self.app.processEvents()
            view.sheet.grab()

        return _median([seconds(lambda n=n: once(n)) for n in range(self.rounds * 3)])  # type: ignore[misc]

    def _arrows(self, view: MatrixView) -> float:
        def work() -> None:
            view.sheet.step(1, 1)
            view.sheet.grab()

        view.sheet.go(0, 0)
        return max(seconds(work) for _n in range(30))

    def _close(self, view: MatrixView) -> None:
        view.close()
        view.context.jobs.close()
        view.deleteLater()
        self.app.processEvents()
        self.desk.close()


def _median(times: list[float]) -> float:
    return statistics.median(times)


def filled(desk: Desk, count: int) -> tuple[str, list[str]]:
    """A plan with so many activities, ten an output, five outputs an objective, written in one transaction."""
    from cpdesk.store.connection import immediate
    from cpdesk.tasks import records

    def save(kind: str, **values: object) -> str:
        return records.save(desk, kind, values).id

    found: list[str] = []
    with immediate(desk.db):
        years = {"first_year": YEARS[0], "last_year": YEARS[-1], "office": "0802", "rate": "4000"}
        plan = save("plan", title="ផែនការធំ", state="draft", **years)
        body = save("body", name_km="ការិយាល័យសង្គមកិច្ច", short="ការិ. សង្គមកិច្ច")
        for n in range(count):
            if n % 50 == 0:
                objective = save("objective", plan=plan, order=n + 1, text=f"កាត់បន្ថយអំពើហិង្សាលើកុមារ {n // 50 + 1}")
            if n % 10 == 0:
                output = save("output", objective=objective, order=n + 1, text="គ.ក.ន.ក ឃុំមានសមត្ថភាពឆ្លើយតប")
            words = f"បណ្តុះបណ្តាលគណៈកម្មាធិការឃុំស្តីពីការគ្រប់គ្រងករណី លើកទី {n + 1}"
            told: dict[str, object] = {"year_quarters": "2023Q1 2024Q2 2025Q4", "places": "080201 080202 080203"}
            found.append(
                save("activity", output=output, order=n + 1, text=words, responsible=body, investment="pledged", **told)
            )
            indicator = save("indicator", of=found[-1], order=1, text="ចំនួនឃុំ", unit="ឃុំ", baseline=str(n))
            for year in YEARS:
                save("target", indicator=indicator, year=year, value=str(n + year))
                for source in SOURCES:
                    money = {"amount": str(1000 * (n + 1)), "currency": "KHR" if source == "state" else "USD"}
                    save("budget_line", activity=found[-1], year=year, source=source, **money)
    return plan, found
