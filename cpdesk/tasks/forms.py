"""From records to official paper: what each form needs is gathered here, and printing draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from cpdesk import records as kinds
from cpdesk.errors import BadInput
from cpdesk.files import write_whole
from cpdesk.i18n import _, using
from cpdesk.store import Desk, Record
from cpdesk.tasks import desk as desks
from cpdesk.tasks import meetings, records
from cpdesk.tasks.papers import AREA_PAPERS, NONE, PAPERS, Choices

if TYPE_CHECKING:
    from cpdesk.printing import model

MEETING_FORMS = ("minutes", "attendance", "attendance_blank")
FORMS = (*MEETING_FORMS, *PAPERS, *AREA_PAPERS, "record", "list")


@dataclass(frozen=True)
class Printed:
    file: Path
    pages: int


def print_form(desk: Desk, form: str, id_: str, path: Path, choices: Choices = NONE) -> Printed:
    """The form about that record (for `list`: that kind) as a finished PDF file."""
    data, pages = render(desk, form, id_, choices)
    write_whole(path, data)
    return Printed(path, pages)


def preview(desk: Desk, form: str, id_: str, choices: Choices = NONE) -> bytes:
    """The form as PDF bytes."""
    return render(desk, form, id_, choices)[0]


def render(desk: Desk, form: str, id_: str, choices: Choices = NONE) -> tuple[bytes, int]:
    """(PDF, pages). Official forms are Khmer whatever the language of the window.

    `choices` are for forms about a plan; what matters most of them may stand behind the id: PLAN/2022Q2 for a report,
    PLAN/VERSION for a comparison, PLAN/A3 for larger paper; a profile is about a place: 0802/2022.
    """
    if form not in FORMS:
        raise BadInput(_("There is no form called “{form}”.").format(form=form))
    makers: dict[str, Callable[[Desk, str], bytes]] = {
        "minutes": _minutes,
        "attendance": _attendance,
        "attendance_blank": _attendance_blank,
        "record": _record,
        "list": _list,
    }
    if form in ("record", "list"):
        data = makers[form](desk, id_)
    elif form in PAPERS or form in AREA_PAPERS:
        data = _paper(desk, form, id_, choices)
    else:
        _must_be_meeting(desk, id_)
        with using("km"):
            data = makers[form](desk, id_)
    from cpdesk.printing.typeset.output import page_count

    return data, page_count(data)


def _must_be_meeting(desk: Desk, id_: str) -> None:
    record = records.get(desk, id_)
    if record.kind.name != "meeting":
        raise BadInput(_("This form is about a meeting, and {id} is none.").format(id=id_))


def _paper(desk: Desk, form: str, id_: str, choices: Choices) -> bytes:
    whole, _slash, chosen = id_.partition("/")
    if form in PAPERS and records.get(desk, whole).kind.name != "plan":
        raise BadInput(_("This form is about a plan, and {id} is none.").format(id=whole))
    with using("km"):
        data = {**PAPERS, **AREA_PAPERS}[form](desk, whole, choices.of(chosen))
        from cpdesk.printing.report import render_report

        return render_report(data)


def _letterhead(desk: Desk, number: str = "") -> model.Letterhead:
    from cpdesk.printing import model

    office = desks.office(desk)
    lines = tuple(line for line in (office.text("issuer") or office.text("name_km")).splitlines() if line.strip())
    return model.Letterhead(issuer_lines=lines, number=number, place=office.text("seat"))


def _day(record: Record, name: str) -> date | None:
    value = record[name]
    return date.fromisoformat(value) if isinstance(value, str) else None


def _time(record: Record, name: str) -> time | None:
    value = record[name]
    return time.fromisoformat(value) if isinstance(value, str) else None


def _title_of(desk: Desk, value: object) -> str:
    return records.title(desk, value) if isinstance(value, str) else ""


def _person(desk: Desk, value: object) -> model.Person | None:
    from cpdesk.printing import model

    if not isinstance(value, str):
        return None
    who = records.get(desk, value)
    return model.Person(who.title, who.text("title"), who.text("position"), records.show(desk, who, "body"))


def _attendee(desk: Desk, a: meetings.Attendee) -> model.Attendee:
    from cpdesk.printing import model

    return model.Attendee(
        name=a.name,
        title=a.title,
        sex=cast(Any, a.sex),
        position=a.position,
        body=a.body,
        phone=a.phone,
        status=cast(Any, a.status),
        represents=_title_of(desk, a.record["represents"]),
    )


def _counts(desk: Desk, meeting: str) -> model.Counts:
    from cpdesk.printing import model

    counted, quorum = meetings.attendance_counts(desk, meeting), meetings.quorum(desk, meeting)
    if not counted.total:
        return model.Counts()
    return model.Counts(
        counted.total,
        counted.women,
        quorum.members if quorum else None,
        quorum.present if quorum else None,
        quorum.reached if quorum else None,
    )


def _agenda_numbers(items: list[Record]) -> dict[object, int]:
    return {item.id: n for n, item in enumerate(items, 1)}


def _minutes(desk: Desk, id_: str) -> bytes:
    from cpdesk.printing import minutes, model

    m = records.get(desk, id_)
    items = records.children(desk, "agenda_item", id_)
    number = _agenda_numbers(items)
    data = model.MinutesData(
        letterhead=_letterhead(desk, m.text("number")),
        subject=m.text("subject"),
        date=_day(m, "date"),
        sort=f"កិច្ចប្រជុំ{m.label('sort')}" if m["sort"] and m["sort"] != "other" else "",
        number=m.text("number"),
        start=_time(m, "start"),
        end=_time(m, "end"),
        venue=m.text("venue"),
        organiser=_title_of(desk, m["organiser"]),
        plan=_title_of(desk, m["plan"]),
        chair=_person(desk, m["chair"]),
        secretary=_person(desk, m["secretary"]),
        opening=m.text("opening"),
        attendance=tuple(_attendee(desk, a) for a in meetings.attendees(desk, id_)),
        counts=_counts(desk, id_),
        previous_adopted=cast("bool | None", m["previous_minutes_adopted"]),
        agenda=tuple(
            model.AgendaEntry(i.text("title"), _title_of(desk, i["presenter"]), i.text("minutes")) for i in items
        ),
        presentations=tuple(
            model.PresentationEntry(
                p.text("title"), _title_of(desk, p["presenter"]), p.text("summary"), number.get(p["agenda_item"], 0)
            )
            for p in records.children(desk, "presentation", id_)
        ),
        inputs=tuple(_input(desk, i, number) for i in records.children(desk, "input", id_)),
        follow_ups=tuple(
            model.FollowUpEntry(
                f.text("text"), _title_of(desk, f["responsible"]), _day(f, "due"), cast(Any, f.text("sort"))
            )
            for f in records.children(desk, "follow_up", id_)
        ),
        closing=m.text("closing"),
    )
    return minutes.render_minutes(data)


def _input(desk: Desk, i: Record, number: dict[object, int]) -> model.InputEntry:
    from cpdesk.printing import model

    person, body = _title_of(desk, i["person"]), _title_of(desk, i["body"])
    return model.InputEntry(
        who=person or body,
        text=i.text("text"),
        body=body if person else "",
        disposition=cast(Any, i.text("disposition")),
        reason=i.text("reason"),
        about=_title_of(desk, i["about"]),
        agenda=number.get(i["agenda_item"], 0),
    )


def _attendance(desk: Desk, id_: str) -> bytes:
    return _attendance_sheet(desk, id_, tuple(_attendee(desk, a) for a in meetings.attendees(desk, id_)), 5)


def _attendance_blank(desk: Desk, id_: str) -> bytes:
    return _attendance_sheet(desk, id_, (), 30)


def _attendance_sheet(desk: Desk, id_: str, people: tuple[model.Attendee, ...], spare: int) -> bytes:
    from cpdesk.printing import attendance, model

    m = records.get(desk, id_)
    data = model.AttendanceData(
        letterhead=_letterhead(desk, ""),
        subject=m.text("subject"),
        date=_day(m, "date"),
        start=_time(m, "start"),
        venue=m.text("venue"),
        chair=_person(desk, m["chair"]),
        secretary=_person(desk, m["secretary"]),
        attendees=people,
        counts=_counts(desk, id_) if people else model.Counts(),
        spare_rows=spare,
    )
    return attendance.render_attendance(data)


def _record(desk: Desk, id_: str) -> bytes:
    from cpdesk.printing import model, record_sheet

    record = records.get(desk, id_)
    rows = tuple(
        (f.label, records.show(desk, record, f.name))
        for f in record.kind.fields
        if not f.private and f.type.name != "order"
    )
    data = model.RecordData(
        title=records.named(desk, record), rows=rows, letterhead=_letterhead(desk), subtitle=record.kind.label
    )
    return record_sheet.render_record_sheet(data)


def _list(desk: Desk, kind_name: str) -> bytes:
    from cpdesk.printing import list_sheet, model

    kind = kinds.kind(kind_name)
    fields = [
        f for f in kind.fields if not f.private and f.type.name != "order" and not getattr(f.type, "long", False)
    ][:7]
    rows = tuple(tuple(records.show(desk, record, f.name) for f in fields) for record in records.find(desk, kind_name))
    columns = tuple(
        model.Column(
            f.label,
            share=2.5 if f.name in kind.title else 1.0,
            align="right" if f.type.name in ("count", "amount") else "left",
        )
        for f in fields
    )
    data = model.ListData(
        title=kind.label, columns=columns, rows=rows, letterhead=_letterhead(desk), landscape=len(fields) > 4
    )
    return list_sheet.render_list_sheet(data)
