"""What papers about meetings share: days, names, people and how many they were."""

from __future__ import annotations

from datetime import date, time
from typing import Any, cast

from cpdesk.khmer.masking import masked
from cpdesk.printing import model
from cpdesk.printing.document import Person
from cpdesk.store import Desk, Record
from cpdesk.tasks import meetings, records
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.purposes import may_see
from cpdesk.tasks.roles import Act, need


def day_of(record: Record, name: str) -> date | None:
    """A field that is a day."""
    value = record[name]
    return date.fromisoformat(value) if isinstance(value, str) else None


def hour_of(record: Record, name: str) -> time | None:
    """A field that is a time of day."""
    value = record[name]
    return time.fromisoformat(value) if isinstance(value, str) else None


def title_of(desk: Desk, value: object, meeting: str = "") -> str:
    """How the record of that id is called, on the list of that `meeting` if it was removed since; blank where there is
    none."""
    listed = _as_listed(desk, value, meeting) if meeting else None
    if listed is not None:
        return " ".join(filter(None, (listed.title, listed.name)))
    return records.title(desk, value) if isinstance(value, str) else ""


def person(desk: Desk, value: object, meeting: str = "") -> Person | None:
    """The person of that id as they are named on paper, on the list of that `meeting` if they were removed since."""
    if not isinstance(value, str):
        return None
    listed = _as_listed(desk, value, meeting) if meeting else None
    if listed is not None:
        return listed
    who = records.get(desk, value)
    return Person(who.title, who.text("title"), who.text("position"), records.show(desk, who, "body"))


def _as_listed(desk: Desk, value: object, meeting: str) -> Person | None:
    """Somebody who was removed, as the signed list of that meeting goes on naming them."""
    who = records.get_if_here(desk, value) if isinstance(value, str) else None
    if who is None or not who.removed:
        return None
    rows = records.find(desk, "attendance", {"meeting": meeting, "person": who.id})
    named = next((row for row in rows if row["name"]), None)
    if named is None:
        return None
    return Person(named.text("name"), named.text("title"), named.text("position"), named.text("body"))


def whole_phones(desk: Desk, choices: Choices) -> bool:
    """Whether phone numbers are printed whole: somebody said what for. `NotAllowed` for who may not see them."""
    if not choices.phones.strip() or choices.public:
        return False
    if not may_see(desk):
        need(desk, Act.DRAFT)
    return True


def attendee(desk: Desk, a: meetings.Attendee, whole: bool = False) -> model.Attendee:
    """A row of the attendance, its phone number masked unless it is asked for. Who is on the list without a tick is not
    said to have come."""
    return model.Attendee(
        name=a.name,
        title=a.title,
        sex=cast(Any, a.sex),
        position=a.position,
        body=a.body,
        phone=a.phone if whole else masked(a.phone),
        status=cast(Any, a.status or "unsaid"),
        represents=title_of(desk, a.record["represents"]),
    )


def counts(desk: Desk, meeting: str) -> model.Counts:
    """How many came, and the quorum."""
    counted, quorum = meetings.attendance_counts(desk, meeting), meetings.quorum(desk, meeting)
    if not counted.total:
        return model.Counts()
    told = counted.unsaid < counted.total
    return model.Counts(
        counted.total,
        counted.women if told else None,
        quorum.members if quorum else None,
        quorum.present if quorum else None,
        quorum.reached if quorum else None,
        counted.unsaid if told else 0,
    )
