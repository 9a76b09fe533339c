"""The rows of a plan's table, as they are read: bands for objectives and outputs, a line for each activity.

Free of Qt, so that what stands in a cell can be tested without a window.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cpdesk.errors import NotFound
from cpdesk.i18n import _, language, ngettext, pick
from cpdesk.khmer import digits
from cpdesk.tasks import plans, records

if TYPE_CHECKING:
    from cpdesk.tasks import Desk, Record

PARENT_OF = {"objective": "plan", "output": "objective", "activity": "output"}
TONES = {"ongoing": "good", "pledged": "accent", "not_pledged": "bad", "none": "neutral"}


@dataclass(frozen=True)
class Row:
    """One line. `id` is None while it is being written for the first time; then `after` is the sibling it will follow.

    `cells` are texts by column; `quarters` the chosen ones, as "2023Q1"; `tone` colours the investment's chip.
    """

    sort: str  # objective, output or activity
    id: str | None
    parent: str
    code: str
    text: str
    cells: dict[str, str] = field(default_factory=dict)
    quarters: frozenset[str] = frozenset()
    tone: str = "neutral"
    differences: int = 0
    after: str | None = None

    @property
    def is_band(self) -> bool:
        return self.sort != "activity"

    def heading(self) -> str:
        """What a band says: "Objective 1 · …"."""
        word = (_("Objective {number}") if self.sort == "objective" else _("Output {number}")).format(number=self.code)
        return f"{word} · {self.text}" if self.text else word


def number(text: str) -> str:
    """1.1.2 in the digits of the language."""
    return digits.to_khmer(text) if language() == "km" else digits.to_ascii(text)


def short_name(desk: Desk, id_: str) -> str:
    """A person or a body as a table has room for: a body by its short name where it has one. Nobody is empty."""
    if not id_:
        return ""
    try:
        there = records.get(desk, id_)
    except NotFound:
        return records.title(desk, id_)
    return (there.text("short") if there.kind.name == "body" else "") or records.named(desk, there)


def build(desk: Desk, plan: str) -> list[Row]:
    """All rows of a plan, from top to bottom."""
    return list(_Builder(desk, plan).rows())


class _Builder:
    """Titles are looked up once each."""

    def __init__(self, desk: Desk, plan: str) -> None:
        self.desk = desk
        self.plan = plan
        self.codes = plans.codes(desk, plan)
        self._short: dict[str, str] = {}

    def rows(self) -> Iterator[Row]:
        for objective in plans.tree(self.desk, self.plan):
            yield self._band(objective.record)
            yield from map(self._activity, objective.activities)
            for output in objective.outputs:
                yield self._band(output.record)
                yield from map(self._activity, output.activities)

    def _band(self, record: Record) -> Row:
        sort = record.kind.name
        return Row(
            sort, record.id, record.text(PARENT_OF[sort]), number(self.codes[record.id]), record.text("text"),
            differences=record.differences,
        )  # fmt: skip

    def _activity(self, record: Record) -> Row:
        chosen = record.text("year_quarters").split()
        cells = {
            "responsible": self._name(record.text("responsible")),
            "places": self._places(record.text("places").split()),
            "investment": record.label("investment"),
            "quarters": record.label("year_quarters"),
        }
        return Row(
            "activity",
            record.id,
            record.text("output"),
            number(self.codes[record.id]),
            record.text("text"),
            cells,
            frozenset(chosen),
            TONES.get(record.text("investment"), "neutral"),
            record.differences,
        )

    def _name(self, id_: str) -> str:
        if id_ and id_ not in self._short:
            self._short[id_] = short_name(self.desk, id_)
        return self._short.get(id_, "")

    def _places(self, codes: list[str]) -> str:
        """One or two by name; more by their number, with the word for their level where it is one."""
        if len(codes) <= 2:
            return ", ".join(records.title(self.desk, code) for code in codes)
        count = digits.count(len(codes))
        levels = {records.get(self.desk, code).label("level") for code in codes if _known(self.desk, code)}
        plain = ngettext("{count} place", "{count} places", len(codes)).format(count=count)
        return pick(f"{count} {levels.pop()}", plain) if len(levels) == 1 else plain


def _known(desk: Desk, code: str) -> bool:
    try:
        records.get(desk, code)
    except NotFound:
        return False
    return True


def years(desk: Desk, plan: str) -> list[int]:
    """The plan's years, and every other year that one of its activities names."""
    record = records.get(desk, plan)
    first, last = record["first_year"], record["last_year"]
    found = {int(q[:4]) for a in plans.activities(desk, plan) for q in a.text("year_quarters").split()}
    if isinstance(first, int) and isinstance(last, int) and 0 <= last - first < 20:
        found.update(range(first, last + 1))
    return sorted(found)


def draft(rows: list[Row], at: int, sort: str, plan: str) -> tuple[int, Row] | None:
    """Where a new line of that sort belongs when one stands on line `at` (-1: nowhere), and the line itself.

    Behind the line of its own sort that one stands on or in, else at the end of what holds it. None where nothing can
    hold it: an output before the first objective, an activity before that.
    """
    if sort == "objective":
        return len(rows), Row(sort, None, plan, "", "", after=_last(rows, "objective", plan))
    here = rows[at] if 0 <= at < len(rows) else (rows[-1] if rows else None)
    if here is None:
        return None
    if here.sort == sort:
        return _end(rows, rows.index(here)), Row(sort, None, here.parent, "", "", after=here.id)
    holder = _holder(rows, rows.index(here), sort)
    if holder is None:
        return None
    last = _last(rows, sort, str(holder.id))
    behind = next((n for n, row in enumerate(rows) if row.id == last), -1) if last else rows.index(holder)
    return (_end(rows, behind) if last else behind + 1), Row(sort, None, str(holder.id), "", "", after=last)


def _holder(rows: list[Row], at: int, sort: str) -> Row | None:
    """What will hold a new line: an objective an output; an output, or an objective without one, an activity."""
    if sort == "output":
        return next((row for row in reversed(rows[: at + 1]) if row.sort == "objective"), None)
    if rows[at].sort == "objective":
        below = rows[at + 1 : _end(rows, at)]
        return next((row for row in below if row.sort == "output"), rows[at])
    return rows[at]


def _last(rows: list[Row], sort: str, parent: str) -> str | None:
    return next((row.id for row in reversed(rows) if row.sort == sort and row.parent == parent), None)


def _end(rows: list[Row], at: int) -> int:
    """The line behind a line and all that it holds."""
    depth = ("objective", "output", "activity")
    mine = depth.index(rows[at].sort)
    return next((n for n in range(at + 1, len(rows)) if depth.index(rows[n].sort) <= mine), len(rows))
