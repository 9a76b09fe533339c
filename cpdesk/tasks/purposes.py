"""Why the office keeps what it knows of a person, and since when: what somebody said, else how the person came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cpdesk import records as kinds
from cpdesk.i18n import _
from cpdesk.khmer import dates
from cpdesk.store import Desk, Record, clock, find, log
from cpdesk.tasks import records
from cpdesk.tasks.roles import Act, may

MEMBER, INVITED, PARTNER, OFFICER = "member", "invited", "partner", "officer"
_PARTNERS = ("ngo", "un_agency", "donor")
_OFFICES = ("department", "office")


@dataclass(frozen=True)
class Purpose:
    """`key` is one of the field's choices, "" where nothing tells; `chosen`: a person said so."""

    key: str
    label: str
    since: date
    chosen: bool

    def words(self) -> str:
        """Member of a committee · since 15/01/2021"""
        since = _("since {day}").format(day=dates.short(self.since))
        return f"{self.label or _('purpose not said yet')} · {since}"


def may_see(desk: Desk) -> bool:
    """Whether who has opened the desk may see phone numbers whole: whoever writes, approves or answers for the keys."""
    return any(may(desk, act) for act in (Act.DRAFT, Act.APPROVE, Act.KEYS))


def purpose(desk: Desk, person: Record) -> Purpose:
    """Why that person's data are kept."""
    chosen = person.text("purpose")
    key = chosen or _came_as(desk, person)
    label = kinds.kind("person").field("purpose").show(key or None)
    return Purpose(key, label, _since(desk, person), bool(chosen))


def _came_as(desk: Desk, person: Record) -> str:
    if records.count(desk, "membership", {"person": person.id}):
        return MEMBER
    body = records.get_if_here(desk, person["body"])
    sort = body.text("sort") if body is not None else ""
    if sort in _PARTNERS:
        return PARTNER
    if sort in _OFFICES:
        return OFFICER
    if records.count(desk, "attendance", {"person": person.id}):
        return INVITED
    return ""


def _since(desk: Desk, person: Record) -> date:
    said = person["purpose_since"]
    if isinstance(said, str):
        return date.fromisoformat(said)
    return clock.moment(log.begun(desk.db, person.id)[0]).astimezone().date()


def last_written(desk: Desk, ids: list[str]) -> dict[str, date]:
    """When each of these records was last written in."""
    return {id_: at.astimezone().date() for id_, (at, _who, _along) in find.last_changes(desk.db, ids).items()}
