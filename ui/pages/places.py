"""Where a record is shown: the page, the record that the page is opened on, and where on it.

Search, history and the bin lead there; a part leads to its whole, with the part in sight.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from cpdesk.errors import NotFound
from cpdesk.kinds import Kind, Value
from cpdesk.tasks import Desk, Record, records
from ui.navigation import Location

# Kinds that have a page of their own, and the icon of each kind.
PAGES = {
    "meeting": "meeting",
    "plan": "plan",
    "person": "people",
    "body": "people",
    "office": "settings",
    "officer": "settings",
}
ICONS = {
    "meeting": "calendar-days",
    "agenda_item": "list",
    "attendance": "users",
    "presentation": "presentation",
    "input": "message-square",
    "follow_up": "flag",
    "plan": "list-tree",
    "objective": "target",
    "output": "target",
    "activity": "clipboard-list",
    "person": "contact",
    "body": "landmark",
    "membership": "users",
    "office": "landmark",
    "place": "map-pin",
    "plan_version": "history",
    "indicator": "trending-up",
    "target": "target",
    "budget_line": "landmark",
    "priority": "star",
    "swot": "scale",
    "progress": "chart-column",
    "actual": "trending-up",
    "measure": "chart-column",
    "figure": "chart-column",
    "public_copy": "table-2",
    "attachment": "paperclip",
    "letter": "list",
    "number_gap": "list",
    "series": "list",
    "paper": "file-text",
    "phrase": "file-text",
    "document": "file-text",
    "officer": "lock",
    "deed": "history",
}
VIEWS = {"priority": "priorities", "swot": "swot", "plan_version": "compare"}  # of the plan's page
LINES = ("activity", "output", "objective")  # what has a line of its own in a plan's table
PAPERS = ("letter", "number_gap", "series", "paper", "phrase", "document")  # what the page on papers shows
MOST_STEPS = 8  # attachment, actual, indicator, activity, output, objective, plan: nothing lies deeper


class Change(Protocol):
    """One value that was once written in a field (`tasks.records.history`)."""

    @property
    def field(self) -> str: ...
    @property
    def value(self) -> Value: ...
    @property
    def office(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def by(self) -> str: ...
    @property
    def standing(self) -> bool: ...
    @property
    def decided(self) -> str: ...


def icon(kind: Kind) -> str:
    return ICONS.get(kind.name, "file-text")


Known = dict[str, Record]
"""Records that were read already, by id: many parts of a few wholes are asked about at once."""


def way(desk: Desk, record: Record, known: Known | None = None) -> list[Record]:
    """The record and what it is a part of, the whole last."""
    known = {} if known is None else known
    found = [record]
    while len(found) < MOST_STEPS and found[-1].kind.parent:
        above = found[-1].values.get(found[-1].kind.parent)
        if not isinstance(above, str):
            break
        if above not in known:
            try:
                known[above] = records.get(desk, above)
            except NotFound:  # not received yet
                break
        found.append(known[above])
    return found


def place(desk: Desk, record: Record, known: Known | None = None) -> Location | None:
    """Where that record is shown; None where no page shows it (a place of the gazetteer, a part without its whole)."""
    if record.kind.name in ("measure", "figure", "public_copy"):
        return _figure(record)
    if record.kind.name in PAPERS:
        return _papers(desk, record)
    steps = way(desk, record, known)
    whole = steps[-1]
    page = PAGES.get(whole.kind.name)
    if page is None:
        return Location("home") if whole.kind.name == "follow_up" else None
    if page == "settings":
        return Location(page)
    if whole is record:
        return Location(page, record.id)
    if page == "plan":
        return _in_plan(steps)
    state: dict[str, object] = {"part": steps[-2].kind.name, "focus": record.id, "chosen": record.id}
    return Location(page, whole.id, state)


def _in_plan(steps: list[Record]) -> Location:
    """The line of a plan's table that a part hangs on, its own view, or the quarter that it reports."""
    record, whole = steps[0], steps[-1]
    line = next((step.id for step in steps if step.kind.name in LINES), record.id)
    report = next((step for step in steps if step.kind.name in ("progress", "actual")), None)
    if report is not None:
        when: dict[str, object] = {"year": report["year"], "quarter": report["quarter"], "chosen": line}
        return Location("progress", whole.id, when)
    state: dict[str, object] = {"part": record.kind.name, "focus": record.id, "chosen": line}
    return Location("plan", whole.id, state | {"view": VIEWS.get(record.kind.name, "matrix")})


def _figure(record: Record) -> Location:
    if record.kind.name == "measure":
        return Location("figures", None, {"measure": record.id})
    if record.kind.name == "public_copy":
        return Location("figures", None, {"year": record["year"], "area": record["place"]})
    return Location("figures", None, {name: record[name] for name in ("year", "measure", "place", "sex")})


def _papers(desk: Desk, record: Record) -> Location | None:
    """The part of the page on papers; what was changed on one paper is shown where the paper is about. None for what
    another office says there."""
    if record.kind.name == "document":
        about = records.get_if_here(desk, record.text("about").partition("/")[0])
        return place(desk, about) if about is not None and about.kind.name != "document" else None
    if record["office"] != desk.office:
        return None
    kind = record.kind.name
    if kind == "paper":
        return Location("papers", None, {"section": "forms", "form": record["form"]})
    if kind == "phrase":
        return Location("papers", None, {"section": "phrases", "phrase": record["key"]})
    if kind == "series":
        return Location("papers", None, {"section": "registers", "series": record["key"]})
    row = f"gap {record['first']}" if kind == "number_gap" else record.id
    where: dict[str, object] = {"section": "registers", "series": record["series"], "year": record["year"], "row": row}
    return Location("papers", None, where)


def context_of(desk: Desk, record: Record) -> str:
    """A quieter line beside a record's title: its kind, and the whole it is part of or what tells it from others."""
    return " · ".join(part for part in (record.kind.label, about(desk, record)) if part)


def about(desk: Desk, record: Record, known: Known | None = None) -> str:
    """The whole that a record is part of, or what tells it from others of its kind."""
    whole = way(desk, record, known)[-1]
    parts = [] if whole is record else [records.named(desk, whole)]
    names = {"meeting": ("date",), "person": ("position", "body"), "body": ("short",), "plan": ("first_year",)}
    parts += [records.show(desk, whole, name) for name in names.get(whole.kind.name, ())]
    return " · ".join(part for part in parts if part)
