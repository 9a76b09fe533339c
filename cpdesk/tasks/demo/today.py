"""The sample to play with, brought up to today: the story is of 2022, and a desk whose last follow-up is years late
teaches nothing. `cpdesk demo` builds the story without this.

What was left of the story is done; a meeting a while ago left three follow-ups that are about due, and the next one
stands in the coming week, with its agenda and those who are invited. Made up like all that is not of the public report.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from cpdesk.store import Desk
from cpdesk.tasks import meetings, records
from cpdesk.tasks.demo.book import Book, Row
from cpdesk.tasks.demo.meeting import MEETING
from cpdesk.tasks.desk import open_desk

AGO, AHEAD = 12, 6  # days from today to the last meeting and to the next one
SATURDAY = 5


def bring_up_to(path: Path, today: date) -> None:
    """Do it to the province's desk of the story; nothing where its next meeting is still ahead."""
    with open_desk(path) as desk:
        days = [record.text("date") for record in records.find(desk, "meeting")]
        if any(day >= today.isoformat() for day in days):
            return
        _finish(desk, today)
        told = next(one for one in records.find(desk, "meeting") if one["date"] == MEETING[2]["date"])
        book = Book()
        for field in ("organiser", "chair", "secretary", "plan"):
            book.know(field, str(told[field]))
        book.write(desk, _last(workday(today - timedelta(AGO), -1)))
        book.write(desk, _next(workday(today + timedelta(AHEAD), 1)))
        book.write(desk, _left(today))
        for meeting in ("last", "next"):
            meetings.invite_committee(desk, book[meeting], book["organiser"])
        for row in records.find(desk, "attendance", where={"meeting": book["last"]}):
            records.save(desk, "attendance", {"status": "present"}, row.id)


def workday(day: date, step: int) -> date:
    """That day, or the nearest weekday after (1) or before it (-1)."""
    while day.weekday() >= SATURDAY:
        day += timedelta(step)
    return day


def _finish(desk: Desk, today: date) -> None:
    """What the story left open was done in time."""
    for record in meetings.open_follow_ups(desk):
        due = record.text("due") or today.isoformat()
        if due < today.isoformat():
            records.save(desk, "follow_up", {"state": "done", "done_on": due}, record.id)


def _meeting(key: str, day: date, subject: str, state: str) -> Row:
    values = {
        "subject": subject,
        "sort": "ordinary",
        "date": day.isoformat(),
        "start": "08:30",
        "venue": "សាលប្រជុំសាលាខេត្ត",
        "place": "08",
        "organiser": "@organiser",
        "chair": "@chair",
        "secretary": "@secretary",
        "plan": "@plan",
        "state": state,
    }
    return "meeting", key, values


def _agenda(meeting: str, *titles: str) -> tuple[Row, ...]:
    return tuple(
        ("agenda_item", f"{meeting}{n}", {"meeting": f"@{meeting}", "title": title}) for n, title in enumerate(titles)
    )


def _last(day: date) -> tuple[Row, ...]:
    return (
        _meeting("last", day, "ប្រជុំប្រចាំខែ ស្តីពីការប្រមូលទិន្នន័យកុមារងាយរងគ្រោះ", "held"),
        *_agenda("last", "មតិបើកកិច្ចប្រជុំ", "ស្ថានភាពទិន្នន័យតាមក្រុង ស្រុក", "ការងារបន្ត"),
    )


def _next(day: date) -> tuple[Row, ...]:
    return (
        _meeting("next", day, "ប្រជុំប្រចាំត្រីមាស ស្តីពីវឌ្ឍនភាពផែនការការពារកុមារ", "planned"),
        *_agenda(
            "next",
            "មតិបើកកិច្ចប្រជុំ",
            "វឌ្ឍនភាពនៃការអនុវត្តសកម្មភាពក្នុងត្រីមាស",
            "បញ្ហាប្រឈម និងដំណោះស្រាយ",
            "ទិសដៅត្រីមាសបន្ទាប់ និងការងារបន្ត",
        ),
    )


def _left(today: date) -> tuple[Row, ...]:
    tasks = (
        ("ផ្ញើលិខិតរំលឹកដល់ក្រុង ស្រុក ដែលមិនទាន់ផ្ញើទិន្នន័យ", "secretary", -2),
        ("ពិនិត្យ និងបញ្ចូលទិន្នន័យឃុំ សង្កាត់ ដែលទើបទទួលបាន", "secretary", 2),
        ("រៀបចំសេចក្តីព្រាងរបាយការណ៍វឌ្ឍនភាពប្រចាំត្រីមាស", "organiser", 5),
    )
    return tuple(
        (
            "follow_up",
            f"left{n}",
            {
                "meeting": "@last",
                "sort": "task",
                "text": text,
                "responsible": f"@{who}",
                "due": (today + timedelta(days)).isoformat(),
                "state": "open",
            },
        )
        for n, (text, who, days) in enumerate(tasks)
    )
