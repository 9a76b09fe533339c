"""Minutes and attendance sheets of a meeting."""

from __future__ import annotations

from typing import Any, cast

from cpdesk.printing import attendance, minutes, model
from cpdesk.printing.document import Document
from cpdesk.store import Desk, Record
from cpdesk.tasks import meetings, records
from cpdesk.tasks.papers.choices import Choices
from cpdesk.tasks.papers.common import letterhead
from cpdesk.tasks.papers.letters import meeting_words
from cpdesk.tasks.papers.people import attendee, counts, day_of, hour_of, person, title_of, whole_phones

_SPARE = 5  # rows beyond those who are expected
_LEAST_ROWS = 30  # of a sheet for the pen


def _agenda_numbers(items: list[Record]) -> dict[object, int]:
    return {item.id: n for n, item in enumerate(items, 1)}


def minutes_of(desk: Desk, id_: str, _choices: Choices) -> Document:
    """The minutes (កំណត់ហេតុ)."""
    m = records.get(desk, id_)
    items = records.children(desk, "agenda_item", id_)
    number = _agenda_numbers(items)
    data = model.MinutesData(
        letterhead=letterhead(desk, m.text("number")),
        subject=m.text("subject"),
        date=day_of(m, "date"),
        sort=f"កិច្ចប្រជុំ{m.label('sort')}" if m["sort"] and m["sort"] != "other" else "",
        number=m.text("number"),
        start=hour_of(m, "start"),
        end=hour_of(m, "end"),
        venue=m.text("venue"),
        organiser=title_of(desk, m["organiser"]),
        plan=title_of(desk, m["plan"]),
        chair=person(desk, m["chair"], id_),
        secretary=person(desk, m["secretary"], id_),
        opening=m.text("opening"),
        attendance=tuple(attendee(desk, a) for a in meetings.attendees(desk, id_)),
        counts=counts(desk, id_),
        previous_adopted=cast("bool | None", m["previous_minutes_adopted"]),
        agenda=tuple(
            model.AgendaEntry(i.text("title"), title_of(desk, i["presenter"], id_), i.text("minutes")) for i in items
        ),
        presentations=tuple(
            model.PresentationEntry(
                p.text("title"), title_of(desk, p["presenter"], id_), p.text("summary"), number.get(p["agenda_item"], 0)
            )
            for p in records.children(desk, "presentation", id_)
        ),
        inputs=tuple(_input(desk, i, number) for i in records.children(desk, "input", id_)),
        follow_ups=tuple(
            model.FollowUpEntry(
                f.text("text"), title_of(desk, f["responsible"], id_), day_of(f, "due"), cast(Any, f.text("sort"))
            )
            for f in records.children(desk, "follow_up", id_)
        ),
        closing=m.text("closing"),
    )
    return minutes.minutes(data)


def _input(desk: Desk, i: Record, number: dict[object, int]) -> model.InputEntry:
    who, body = title_of(desk, i["person"], i.text("meeting")), title_of(desk, i["body"])
    return model.InputEntry(
        who=who or body,
        text=i.text("text"),
        body=body if who else "",
        disposition=cast(Any, i.text("disposition")),
        reason=i.text("reason"),
        about=title_of(desk, i["about"]),
        agenda=number.get(i["agenda_item"], 0),
    )


def attendance_of(desk: Desk, id_: str, choices: Choices) -> Document:
    """The attendance sheet (បញ្ជីវត្តមាន) with everybody who is on it; until the meeting was held, with rows for those
    whom nobody expected."""
    held = records.get(desk, id_)["state"] in ("held", "minutes_approved")
    whole = whole_phones(desk, choices)
    people = tuple(attendee(desk, a, whole) for a in meetings.attendees(desk, id_))
    phones = choices.phones.strip() if whole else ""
    return _attendance_sheet(desk, id_, people, (0 if held else _SPARE) if people else _LEAST_ROWS, phones)


def blank_attendance(desk: Desk, id_: str, _choices: Choices) -> Document:
    """The same for the pen, with rows for more than are expected."""
    expected = len(meetings.attendees(desk, id_))
    return _attendance_sheet(desk, id_, (), max(_LEAST_ROWS, expected + _SPARE))


def _attendance_sheet(
    desk: Desk, id_: str, people: tuple[model.Attendee, ...], spare: int, phones: str = ""
) -> Document:
    m = records.get(desk, id_)
    data = model.AttendanceData(
        letterhead=letterhead(desk),
        subject=meeting_words(m),
        date=day_of(m, "date"),
        start=hour_of(m, "start"),
        venue=m.text("venue"),
        chair=person(desk, m["chair"], id_),
        secretary=person(desk, m["secretary"], id_),
        attendees=people,
        counts=counts(desk, id_) if people else model.Counts(),
        spare_rows=spare,
        phones_for=phones,
    )
    return attendance.attendance(data)
