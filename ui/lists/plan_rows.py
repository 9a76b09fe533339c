"""What is said of a plan's lines in more than one place, and where a new line belongs. Free of Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.tasks import records
from cpdesk.tasks.matrix import Row, RowSort, number

if TYPE_CHECKING:
    from cpdesk.tasks import Desk

__all__ = ["TONES", "draft", "heading", "number", "short_name"]

TONES = {"ongoing": "good", "pledged": "accent", "not_pledged": "bad", "none": "neutral"}


def heading(row: Row) -> str:
    """What a band says: "Objective 1 · …"."""
    code = number(row.code)
    word = (_("Objective {number}") if row.sort == "objective" else _("Output {number}")).format(number=code).strip()
    return f"{word} · {row.text}" if row.text else word


def short_name(desk: Desk, id_: str) -> str:
    """A person or a body as a table has room for: a body by its short name where it has one. Nobody is empty."""
    if not id_:
        return ""
    try:
        there = records.get(desk, id_)
    except NotFound:
        return records.title(desk, id_)
    return (there.text("short") if there.kind.name == "body" else "") or records.named(desk, there)


def draft(rows: list[Row], at: int, sort: str, plan: str) -> tuple[int, Row] | None:
    """Where a new line of that sort belongs when one stands on line `at` (-1: nowhere), and the line itself.

    Behind the line of its own sort that one stands on or in, else at the end of what holds it. None where nothing can
    hold it: an output before the first objective, an activity before that.
    """
    if sort == "objective":
        return len(rows), Row("objective", None, plan, "", after=_last(rows, "objective", plan))
    new: RowSort = "output" if sort == "output" else "activity"
    here = rows[at] if 0 <= at < len(rows) else (rows[-1] if rows else None)
    if here is None:
        return None
    if here.sort == sort:
        return _end(rows, rows.index(here)), Row(new, None, here.parent, "", after=here.id)
    holder = _holder(rows, rows.index(here), sort)
    if holder is None:
        return None
    last = _last(rows, sort, str(holder.id))
    behind = next((n for n, row in enumerate(rows) if row.id == last), -1) if last else rows.index(holder)
    return (_end(rows, behind) if last else behind + 1), Row(new, None, str(holder.id), "", after=last)


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
