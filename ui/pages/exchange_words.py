"""The words of sending and receiving, free of Qt: what is in a package, how an office stands, where a record is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from cpdesk import records
from cpdesk.errors import NotFound
from cpdesk.i18n import _, language, ngettext
from cpdesk.khmer import dates, digits
from cpdesk.tasks import plans
from cpdesk.tasks import records as reading
from cpdesk.tasks.attachments import size_text
from cpdesk.tasks.board import office_name as office_name
from cpdesk.tasks.exchange import Inspected, KindCount

if TYPE_CHECKING:
    from cpdesk.tasks import Desk

_PAGES = {"meeting": "meeting", "plan": "plan", "person": "people", "body": "people"}


def full_name(name: str | None, code: str) -> str:
    """An office as its card names it; cards are written in Khmer, so in English by its place."""
    return name if name and language() == "km" else office_name(code)


def day(at: datetime | None) -> str:
    """The day of a moment where one is, without the year when it is this one's."""
    if at is None:
        return "—"
    here = at.astimezone().date()
    return dates.day_month(here) if here.year == datetime.now().year else dates.short(here)


def moment(at: datetime) -> str:
    here = at.astimezone()
    return f"{day(at)} {dates.clock(here.time())}"


def changes(n: int) -> str:
    return ngettext("{count} change", "{count} changes", n).format(count=digits.number(n))


def files(n: int, size: int = 0) -> str:
    """Attached files, with what they weigh where that is known."""
    words = ngettext("{count} attached file", "{count} attached files", n).format(count=digits.number(n))
    return f"{words} ({size_text(size)})" if size else words


def contents(n_changes: int, n_files: int) -> str:
    """What came in or goes out: changes, attached files, or both."""
    parts = [changes(n_changes)] if n_changes or not n_files else []
    return " · ".join([*parts, files(n_files)] if n_files else parts)


def of_kinds(by_kind: Mapping[str, int]) -> list[tuple[str, str]]:
    """(count, kind's word) of what a package would hold, in the order of the declarations."""
    order = list(records.KINDS)
    known = sorted(by_kind, key=lambda k: order.index(k) if k in order else len(order))
    return [(digits.number(by_kind[k]), records.KINDS[k].label if k in records.KINDS else k) for k in known]


def kind_counts(counts: Iterable[KindCount]) -> list[str]:
    """ "Meeting: 2 new, 1 changed" for each kind that a package touches."""
    said = []
    for c in counts:
        parts = [
            text.format(count=digits.count(n))
            for n, text in (
                (c.new, _("{count} new")),
                (c.changed, _("{count} changed")),
                (c.deleted, _("{count} deleted")),
            )
            if n
        ]
        said.append(f"{c.label}{_colon()} {', '.join(parts)}")
    return said


def _colon() -> str:
    return "៖" if language() == "km" else ":"


def summary(seen: Inspected) -> tuple[str, str]:
    """(sentence, tone) on what a merge of that package would do."""
    if seen.why:
        return seen.why, "bad"
    if not seen.changes and not seen.files:
        return _("Nothing new: all of it is here already."), "neutral"
    new = sum(c.new for c in seen.by_kind)
    changed = sum(c.changed for c in seen.by_kind)
    deleted = sum(c.deleted for c in seen.by_kind)
    parts = [
        text.format(count=digits.count(n))
        for n, text in (
            (new, _("{count} new")),
            (changed, _("{count} changed")),
            (deleted, _("{count} deleted")),
            (seen.conflicts, _("{count} need your decision")),
        )
        if n
    ]
    if seen.files:
        parts.append(files(seen.files))
    return ", ".join(parts), "warning" if seen.conflicts else "good"


def place_of(desk: Desk, id_: str) -> tuple[str, str, str] | None:
    """(page, its record, what to point at) where a record is shown; None where no page shows it."""
    try:
        record = reading.get(desk, id_)
    except NotFound:
        return None
    while record.kind.name not in _PAGES:
        above = record.values.get(record.kind.parent) if record.kind.parent else None
        if record.kind.name in ("objective", "output", "activity"):
            plan = plans.plan_of(desk, record.id)
            return ("plan", plan.id, id_) if plan is not None else None
        if not isinstance(above, str):
            return None
        try:
            record = reading.get(desk, above)
        except NotFound:
            return None
    return _PAGES[record.kind.name], record.id, id_
