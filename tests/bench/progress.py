"""Progress of a plan of 5,000 activities with a year of reports: a quarter in review, and what is owed now.

Beside each: SQLite's own reading of the same columns, with nothing made of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import Line, in_turns, seconds

if TYPE_CHECKING:
    from cpdesk.tasks import Desk

ACTIVITIES = 5000
KINDS = {
    "objective": ("order", "text"),
    "output": ("order", "text", "objective"),
    "activity": ("order", "text", "output", "code", "year_quarters"),
    "indicator": ("order", "of", "text", "unit", "cumulative"),
    "target": ("indicator", "value"),
    "actual": ("indicator", "year", "quarter", "value"),
    "budget_line": ("activity", "amount", "currency"),
    "progress": ("activity", "year", "quarter", "status", "spent", "girls", "boys", "women", "men", "summary"),
}


def run(folder: Path, _records: int, rounds: int) -> Iterator[Line]:
    from cpdesk.tasks import progress

    desk, plan = filled(folder)
    count = f"{ACTIVITIES:,} activities"
    took = in_turns(
        rounds,
        review=lambda: seconds(lambda: progress.review(desk, plan, progress.Period(2023, 3))),
        owed=lambda: seconds(lambda: progress.owed_now(desk, date(2023, 12, 1))),
        bare=lambda: seconds(lambda: _read(desk, KINDS)),
        lines=lambda: seconds(lambda: _read(desk, {k: KINDS[k] for k in ("activity", "progress")})),
    )
    yield Line(f"review a quarter of {count}", took["review"], "reading the same columns", took["bare"])
    yield Line(f"count what {count} owe", took["owed"], "reading activities and reports", took["lines"])
    desk.close()


def _read(desk: Desk, kinds: dict[str, tuple[str, ...]]) -> None:
    from cpdesk.tasks import records

    for kind, fields in kinds.items():
        records.columns(desk, kind, fields)


def filled(folder: Path) -> tuple[Desk, str]:
    """A desk with the plan: ten objectives of ten outputs, three quarters of 2023 reported."""
    from cpdesk.tasks import desk as desks
    from cpdesk.tasks import records

    desk = desks.create(folder / "progress.cpdesk", "0802", "ម")
    whole = {"title": "ផែនការ", "first_year": 2023, "last_year": 2025, "office": "0802", "rate": "4000"}
    plan = records.save(desk, "plan", whole).id
    for i in range(10):
        objective = records.save(desk, "objective", {"plan": plan, "order": i, "text": f"គោលបំណង {i}"}).id
        for j in range(10):
            values = {"objective": objective, "order": j, "text": f"លទ្ធផល {j}"}
            output = records.save(desk, "output", values).id
            made = records.save_many(desk, [_activity(output, k) for k in range(ACTIVITIES // 100)])
            _report(desk, [one.id for one in made])
    return desk, plan


def _activity(output: str, number: int) -> tuple[str, dict[str, object], None]:
    quarters = "2023Q1 2023Q2 2023Q3 2023Q4"
    values = {"output": output, "order": number, "text": f"សកម្មភាព {number}", "year_quarters": quarters}
    return "activity", values, None


def _report(desk: Desk, activities: list[str]) -> None:
    """An indicator with its target and values, a budget and three reports of each."""
    from cpdesk.tasks import records

    made = records.save_many(desk, [("indicator", {"of": id_, "text": "ចំនួន"}, None) for id_ in activities])
    parts: list[tuple[str, dict[str, object], None]] = []
    for activity, indicator in zip(activities, (one.id for one in made), strict=True):
        parts.append(("target", {"indicator": indicator, "year": 2023, "value": "12"}, None))
        line: dict[str, object] = {"activity": activity, "year": 2023, "amount": "1200000", "currency": "KHR"}
        parts.append(("budget_line", line, None))
        for quarter in (1, 2, 3):
            when: dict[str, object] = {"year": 2023, "quarter": quarter}
            parts.append(("actual", {"indicator": indicator, "value": "3", **when}, None))
            told = {"activity": activity, "status": "on_track", "spent": "200000", "currency": "KHR", "girls": 4}
            parts.append(("progress", {**told, **when}, None))
    records.save_many(desk, parts)
