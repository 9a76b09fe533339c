"""A meeting and a plan with made-up values, for pages that show a template while the desk is still empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from cpdesk.store import Desk
from cpdesk.tasks import records

_COMMITTEE = "គណៈកម្មាធិការពិគ្រោះយោបល់កិច្ចការស្ត្រី និងកុមារ"
_SUBJECT = "ពិនិត្យវឌ្ឍនភាពនៃការអនុវត្តផែនការកិច្ចការពារកុមារ និងរៀបចំផែនការបន្ត"
_PEOPLE = (
    ("លោកជំទាវ", "ហ៊ុន កុសនី", "female", "ប្រធានគណៈកម្មាធិការ", "chair"),
    ("លោក", "សុខ វណ្ណា", "male", "ប្រធានការិយាល័យសង្គមកិច្ច", "vice_chair"),
    ("លោកស្រី", "ចាន់ សុភា", "female", "មន្ត្រីផែនការ", "secretary"),
    ("លោក", "គឹម ពិសិដ្ឋ", "male", "ប្រធានការិយាល័យអប់រំ", "member"),
)
_AGENDA = (
    ("ពិនិត្យវឌ្ឍនភាពនៃការអនុវត្តផែនការ", "អង្គប្រជុំបានពិនិត្យ និងវាយតម្លៃលទ្ធផលដែលសម្រេចបាន។"),
    ("ការកំណត់អាទិភាពសម្រាប់ផែនការបន្ត", "អង្គប្រជុំបានឯកភាពលើអាទិភាពចំនួន ៣។"),
    ("ផ្សេងៗ", ""),
)
_ACTIVITIES = ("បណ្តុះបណ្តាលគណៈកម្មាធិការឃុំស្តីពីការគ្រប់គ្រងករណី", "ផ្សព្វផ្សាយស្តីពីការការពារកុមារនៅតាមសាលារៀន")


def meeting(desk: Desk, day: date) -> str:
    """Write the meeting, held on `day`, with its committee, people and plan; its id."""
    body = _new(desk, "body", {"name_km": _COMMITTEE, "sort": "committee", "place": desk.office})
    people: list[str] = []
    for title, name, sex, position, role in _PEOPLE:
        who = {"title": title, "name_km": name, "sex": sex, "position": position, "body": body}
        people.append(_new(desk, "person", who))
        _new(desk, "membership", {"body": body, "person": people[-1], "role": role})
    made = _new(
        desk,
        "meeting",
        {
            "subject": _SUBJECT, "sort": "ordinary", "date": day.isoformat(), "start": "08:00", "end": "11:30",
            "venue": "សាលប្រជុំ", "organiser": body, "chair": people[0], "secretary": people[2], "state": "held",
            "plan": plan(desk, day, body),
        },
    )  # fmt: skip
    for n, who_ in enumerate(people):
        _part(desk, "attendance", made, n, person=who_, invited=True, status="present")
    for n, (point, said) in enumerate(_AGENDA):
        _part(desk, "agenda_item", made, n, title=point, minutes=said, presenter=people[min(n + 1, 2)])
    _part(desk, "input", made, 0, person=people[3], text="ស្នើបន្ថែមសាលារៀនគោលដៅចំនួន ៣។", disposition="accepted")
    due = (day + timedelta(days=14)).isoformat()
    _part(desk, "follow_up", made, 0, text="ចងក្រងបញ្ជីសាលារៀនគោលដៅ", responsible=people[3], due=due, sort="task")
    return made


def plan(desk: Desk, day: date, body: str | None = None) -> str:
    """Write a plan of the three years from the year of `day` on, with two activities; its id."""
    year = day.year
    made = _new(
        desk,
        "plan",
        {
            "title": "ផែនការកិច្ចការពារកុមាររយៈពេលបីឆ្នាំ", "first_year": year, "last_year": year + 2, "office": desk.office,
            "body": body, "sort": "child_protection", "state": "draft", "rate": "4000",
        },
    )  # fmt: skip
    goal = _new(desk, "objective", {"plan": made, "order": 1024, "text": "កាត់បន្ថយអំពើហិង្សាលើកុមារក្នុងសហគមន៍"})
    output = _new(desk, "output", {"objective": goal, "order": 1024, "text": "គណៈកម្មាធិការឃុំមានសមត្ថភាពឆ្លើយតប"})
    quarters = " ".join(f"{year}Q{n}" for n in (1, 2, 3, 4))
    for n, text in enumerate(_ACTIVITIES, 1):
        does = {"output": output, "order": n * 1024, "text": text, "responsible": body, "year_quarters": quarters}
        activity = _new(desk, "activity", does)
        spends = {"activity": activity, "year": year, "source": "sub_national", "amount": "2000000", "currency": "KHR"}
        _new(desk, "budget_line", spends)
    _new(desk, "swot", {"plan": made, "sort": "weakness", "order": 1024, "text": "ខ្វះសមត្ថភាពគ្រប់គ្រងករណី"})
    return made


def _new(desk: Desk, kind: str, values: Mapping[str, object]) -> str:
    return records.save(desk, kind, values).id


def _part(desk: Desk, kind: str, of: str, at: int, **values: object) -> None:
    _new(desk, kind, {"meeting": of, "order": (at + 1) * 1024, **values})
