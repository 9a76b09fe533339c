"""What papers about meetings share: days, names, people and how many they were."""

from __future__ import annotations

from datetime import date, time
from typing import Any, cast

from cpdesk.printing import model
from cpdesk.printing.document import Person
from cpdesk.store import Desk, Record
from cpdesk.tasks import meetings, records


def day_of(record: Record, name: str) -> date | None:
    """A field that is a day."""
    value = record[name]
    return date.fromisoformat(value) if isinstance(value, str) else None


def hour_of(record: Record, name: str) -> time | None:
    """A field that is a time of day."""
    value = record[name]
    return time.fromisoformat(value) if isinstance(value, str) else None


def title_of(desk: Desk, value: object) -> str:
    """How the record of that id is called; blank where there is none."""
    return records.title(desk, value) if isinstance(value, str) else ""


def person(desk: Desk, value: object) -> Person | None:
    """The person of that id as they are named on paper."""
    if not isinstance(value, str):
        return None
    who = records.get(desk, value)
    return Person(who.title, who.text("title"), who.text("position"), records.show(desk, who, "body"))


def attendee(desk: Desk, a: meetings.Attendee) -> model.Attendee:
    """A row of the attendance. Who is on the list without a tick is not said to have come."""
    return model.Attendee(
        name=a.name,
        title=a.title,
        sex=cast(Any, a.sex),
        position=a.position,
        body=a.body,
        phone=a.phone,
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
