"""What a secretary does with a meeting: who is there, are they enough, what stays open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from cpdesk import records as kinds
from cpdesk import settings
from cpdesk.i18n import _, language
from cpdesk.khmer import digits
from cpdesk.khmer.names import TITLES
from cpdesk.kinds import Value
from cpdesk.store import Desk, Record, many
from cpdesk.store.connection import immediate
from cpdesk.store.writer import Saved
from cpdesk.tasks import records

HERE = ("present", "late", "represented")
OPEN = ("open", "in_progress")


@dataclass(frozen=True)
class Counts:
    """Who is here. Of `unsaid` nobody said whether they are women or men, so that `women` may be too few."""

    total: int
    women: int
    unsaid: int = 0


@dataclass(frozen=True)
class Quorum:
    """Members of the organising committee who are here; more than half must be."""

    present: int
    members: int

    @property
    def reached(self) -> bool:
        return self.present * 2 > self.members


@dataclass(frozen=True)
class Attendee:
    """Who is on the list: a person of the desk, or a guest as typed."""

    record: Record
    name: str
    title: str
    sex: str
    position: str
    body: str
    phone: str
    status: str

    @property
    def here(self) -> bool:
        return self.status in HERE


def attendees(desk: Desk, meeting: str) -> list[Attendee]:
    """The list in its order. What was typed in the row goes before what the person's record says."""
    rows = records.children(desk, "attendance", meeting)
    people = records.some(desk, "person", sorted({row.text("person") for row in rows if row["person"]}))
    bodies = records.some(desk, "body", sorted({person.text("body") for person in people.values() if person["body"]}))
    return [_attendee(row, people.get(row.text("person")), bodies) for row in rows]


def _attendee(row: Record, person: Record | None, bodies: Mapping[str, Record]) -> Attendee:
    def said(name: str) -> str:
        typed = row.text(name)
        return typed or (person.text(name) if person else "")

    name = row.text("name") or (person.title if person else _("(not received yet)") if row["person"] else "")
    body = row.text("body") or (_title_of(person["body"], bodies) if person else "")
    phone = person.text("phone") if person else ""
    title = said("title")
    sex = said("sex") or TITLES.get(title.strip(), "")
    return Attendee(row, name, title, sex, said("position"), body, phone, row.text("status"))


def _title_of(id_: Value, there: Mapping[str, Record]) -> str:
    if id_ is None:
        return ""
    return there[str(id_)].title if id_ in there else _("(not received yet)")


def attendance_counts(desk: Desk, meeting: str) -> Counts:
    return counts_of(attendees(desk, meeting))


def counts_of(people: Iterable[Attendee]) -> Counts:
    here = [p for p in people if p.here]
    return Counts(len(here), sum(p.sex == "female" for p in here), sum(not p.sex for p in here))


def counts_line(counts: Counts) -> str:
    """As officials write it: "សរុប ១១៣នាក់ ស្រី ៤៩នាក់". Women are left out where nobody's sex is known."""
    if counts.total and counts.unsaid == counts.total:
        return _("Total {total} people").format(total=digits.count(counts.total))
    if language() == "km":
        return f"សរុប {digits.count(counts.total)}នាក់ ស្រី {digits.count(counts.women)}នាក់"
    return _("Total {total}, women {women}").format(total=counts.total, women=counts.women)


def quorum(desk: Desk, meeting: str) -> Quorum | None:
    """Of the organiser's standing members on the day of the meeting; None where it has none."""
    held = records.get(desk, meeting)
    organiser = held["organiser"]
    if not isinstance(organiser, str):
        return None
    day = held.text("date")
    members = {str(m["person"]) for m in records.children(desk, "membership", organiser) if _stands(m, day)}
    if not members:
        return None
    present = [row for row in records.children(desk, "attendance", meeting) if row["status"] in HERE]
    here = {row[name] for row in present for name in ("person", "represents")}
    return Quorum(len(members & here), len(members))


def _stands(membership: Record, day: str) -> bool:
    start, end = membership.text("from"), membership.text("until")
    return not day or ((not start or start <= day) and (not end or day <= end))


def add_attendee(desk: Desk, meeting: str, **values: Value) -> Saved:
    """A row at the end of the list: `person`, or `name`, `sex`, `position`, `body` of a guest. Present unless said."""
    row = {"meeting": meeting, "order": records.next_order(desk, "attendance", meeting), "status": "present"}
    return records.save(desk, "attendance", row | values)


def standing_members(desk: Desk, body: str, day: str) -> list[Record]:
    """Who sits in a body on a day (on any where it is blank), by memberships: the chair first."""
    members = sorted(records.children(desk, "membership", body), key=_rank)
    return [member for member in members if member["person"] and _stands(member, day)]


def invite_committee(desk: Desk, meeting: str, body: str) -> int:
    """Put the body's standing members on the list who are not on it yet; how many they were."""
    day = records.get(desk, meeting).text("date")
    on_list = {row["person"] for row in records.children(desk, "attendance", meeting)}
    with immediate(desk.db):
        new = 0
        for member in standing_members(desk, body, day):
            if member["person"] not in on_list:
                add_attendee(desk, meeting, person=member["person"], invited=True, status=None)
                on_list.add(member["person"])
                new += 1
    return new


def _rank(membership: Record) -> int:
    roles = ("chair", "vice_chair", "permanent_member", "secretary", "member")
    role = membership.text("role")
    return roles.index(role) if role in roles else len(roles)


class Waiting(NamedTuple):
    """A follow-up that is not done: until when, and what decided it ("" where it is not said)."""

    due: str
    id: str
    meeting: str


def waiting(desk: Desk) -> list[Waiting]:
    """All that is not done, what is due first on top, without a day last; their words stay in the desk, where there may
    be very many.
    """
    found = many.within(desk.db, kinds.kind("follow_up"), ("due", "meeting"), {"state": (*OPEN, None)})
    rows = [Waiting(str(due or ""), str(id_), str(meeting or "")) for id_, due, meeting in found]
    return sorted(rows, key=lambda row: (not row.due, row))


def open_follow_ups(desk: Desk) -> list[Record]:
    """The same as records."""
    return _read(desk, [row.id for row in waiting(desk)])


def _read(desk: Desk, ids: list[str]) -> list[Record]:
    there = records.some(desk, "follow_up", ids)
    return [there[id_] for id_ in ids]


def near(today: date) -> date:
    """The last day that counts as due today: so many days ahead as the person wants to be told (their own choice)."""
    return today + timedelta(days=settings.load().due_days)


def open_before(desk: Desk, meeting: str) -> list[str]:
    """The ids of what earlier meetings decided and is not done, the most pressing first."""
    day = records.get(desk, meeting).text("date") or date.max.isoformat()
    rows = [row for row in waiting(desk) if row.meeting and row.meeting != meeting]
    held = records.some(desk, "meeting", sorted({row.meeting for row in rows}))
    earlier = {one.id for one in held.values() if not one.deleted and one.text("date") < day}
    return [row.id for row in rows if row.meeting in earlier]


def left_from_before(desk: Desk, meeting: str) -> list[Record]:
    """The same as records: they stand at the head of the agenda."""
    return _read(desk, open_before(desk, meeting))


@dataclass(frozen=True)
class Around:
    """The meetings about a day: those ahead, the next first, and the last one before it."""

    ahead: list[Record]
    last: Record | None


def around(desk: Desk, today: date, most: int = 60) -> Around:
    """What comes next and what was last; cancelled meetings are passed over. Looks at the `most` latest meetings only,
    so that ten years of them cost nothing."""
    day = today.isoformat()
    latest = [m for m in records.find(desk, "meeting", descending=True, limit=most) if m["state"] != "cancelled"]
    ahead = [m for m in latest if m.text("date") >= day and m["state"] in (None, "planned")]
    last = next((m for m in latest if m not in ahead and m["date"] and m.text("date") <= day), None)
    return Around(ahead[::-1], last)


def finish(desk: Desk, follow_up: str, today: date) -> Saved:
    """Tick a follow-up off."""
    return records.save(desk, "follow_up", {"state": "done", "done_on": today.isoformat()}, follow_up)
