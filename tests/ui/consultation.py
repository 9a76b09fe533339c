"""The consultation at Kandal of 23 June 2022 as records, for the tests of the window and for the eye.

Names other than the chair's are made up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cpdesk.store import Desk
from cpdesk.tasks import desk as desks
from cpdesk.tasks import records

DAY = date(2022, 6, 23)
SUBJECT = (
    "ពិគ្រោះយោបល់ដើម្បីពិនិត្យលើវឌ្ឍនភាពនៃការអនុវត្តផែនការកិច្ចការពារកុមារ ឆ្នាំ២០២១-២០២២ "
    "និងការរៀបចំផែនការកិច្ចការពារកុមារ រយៈពេល៣ឆ្នាំ (ឆ្នាំ២០២៣-២០២៥)"
)
PEOPLE = (
    ("លោកជំទាវ", "ហ៊ុន កុសនី", "female", "អភិបាលរងខេត្ត", "រដ្ឋបាលខេត្តកណ្តាល"),
    ("លោក", "សុខ វណ្ណា", "male", "ប្រធានការិយាល័យ", "មន្ទីរសង្គមកិច្ច អតីតយុទ្ធជន និងយុវនីតិសម្បទា"),
    ("លោកស្រី", "ចាន់ សុភាព", "female", "មន្ត្រីកម្មវិធី", "យូនីសេហ្វ"),
    ("លោក", "គឹម ពិសិដ្ឋ", "male", "អ្នកសម្របសម្រួល", "អង្គការសង្គ្រោះកុមារ"),
    ("លោកស្រី", "នួន ស្រីមុំ", "female", "មន្ត្រី", "មន្ទីរអប់រំ យុវជន និងកីឡា"),
    ("លោក", "ហេង ដារ៉ា", "male", "អនុប្រធានមន្ទីរ", "មន្ទីរផែនការ"),
    ("លោកស្រី", "សុខា ចន្ធី", "female", "លេខាធិការ", "រដ្ឋបាលខេត្តកណ្តាល"),
)
AGENDA = (
    ("ពិនិត្យវឌ្ឍនភាពនៃការអនុវត្តផែនការ ឆ្នាំ២០២១-២០២២", 1, "អង្គប្រជុំបានពិនិត្យសកម្មភាពទាំង ៣៨ ក្នុងនោះរួចរាល់ ១៨។"),
    ("ការប្រមូល និងវិភាគទិន្នន័យភាពងាយរងគ្រោះរបស់កុមារ", 2, ""),
    ("ការរៀបចំផែនការកិច្ចការពារកុមារ រយៈពេល៣ឆ្នាំ (២០២៣-២០២៥)", 5, ""),
    ("ផ្សេងៗ", None, ""),
)
INPUTS = (
    (2, "ស្នើសុំដាក់បញ្ចូលសកម្មភាពគាំទ្រគ្រួសារងាយរងគ្រោះ ទៅក្នុងផែនការវិនិយោគស្រុក។", "accepted"),
    (3, "គួរប្រមូលទិន្នន័យកុមារមានពិការភាពតាមឃុំ សង្កាត់ ជារៀងរាល់ត្រីមាស ដើម្បីកំណត់អាទិភាពឱ្យបានត្រឹមត្រូវ។", "adapted"),
    (5, "ថវិកាសម្រាប់ការចុះតាមដានមិនទាន់គ្រប់គ្រាន់។", "noted"),
)
FOLLOW_UPS = (
    ("ប្រមូលទិន្នន័យកុមារងាយរងគ្រោះតាមឃុំ", 1, "2022-07-15", "decision"),
    ("បញ្ជូនសកម្មភាពទៅកម្មវិធីវិនិយោគស្រុក", 5, "2022-07-30", "task"),
    ("ផ្ញើរបាយការណ៍ត្រីមាសទី២ ទៅខេត្ត", 6, "2022-06-30", "task"),
)


@dataclass
class Consultation:
    """Ids of what was built."""

    desk: Desk
    meeting: str = ""
    committee: str = ""
    people: list[str] = field(default_factory=list)
    follow_ups: list[str] = field(default_factory=list)


def empty_desk(folder: Path) -> Desk:
    return desks.create(folder / "consultation.cpdesk", "08", "សុខា ចន្ធី")


def people(desk: Desk) -> Consultation:
    """The desk with its committee and who sits on it."""
    made = Consultation(desk)
    bodies: dict[str, str] = {}
    made.committee = records.save(
        desk, "body", {"name_km": "គណៈកម្មាធិការពិគ្រោះយោបល់កិច្ចការស្ត្រី និងកុមារខេត្ត", "sort": "committee"}
    ).id
    for title, name, sex, position, body in PEOPLE:
        bodies[body] = bodies.get(body) or records.save(desk, "body", {"name_km": body}).id
        values = {"title": title, "name_km": name, "sex": sex, "position": position, "body": bodies[body]}
        made.people.append(records.save(desk, "person", values).id)
    for number, person in enumerate(made.people):
        role = "chair" if number == 0 else "member"
        records.save(desk, "membership", {"body": made.committee, "person": person, "role": role})
    return made


def consultation(folder: Path, day: date = DAY) -> Consultation:
    """The whole consultation, held on `day`."""
    made = people(empty_desk(folder))
    facts = {
        "subject": SUBJECT, "sort": "consultation", "number": "១២៣/២២", "date": day.isoformat(), "start": "08:00",
        "end": "11:30", "venue": "សាលប្រជុំសាលាខេត្តកណ្តាល", "place": "0808", "organiser": made.committee,
        "chair": made.people[0], "secretary": made.people[6], "state": "held",
        "opening": "លោកជំទាវ អភិបាលរងខេត្ត បានថ្លែងស្វាគមន៍ និងបានរំលឹកពីតួនាទីរបស់ក្រុមការងារកិច្ចការពារកុមារ។",
    }  # fmt: skip
    made.meeting = records.save(made.desk, "meeting", facts).id
    _parts(made)
    return made


def _parts(made: Consultation) -> None:
    def add(kind: str, number: int, **values: object) -> str:
        own = {"meeting": made.meeting, "order": number * 1024}
        return records.save(made.desk, kind, own | values).id

    for number, (title, who, minutes) in enumerate(AGENDA, 1):
        add("agenda_item", number, title=title, presenter=None if who is None else made.people[who], minutes=minutes)
    for number, person in enumerate(made.people, 1):
        add("attendance", number, person=person, invited=True, status=("present", "late", "represented")[number == 4])
    add("attendance", 20, name="ម៉ៅ សុវណ្ណ", sex="male", body="USAID", position="ទីប្រឹក្សា", status="apology")
    summary = "ក្រុមការងារថ្នាក់ជាតិបានណែនាំជំហាននៃការរៀបចំផែនការ។"
    add("presentation", 1, title="របៀបរៀបចំផែនការកិច្ចការពារកុមារ", presenter=made.people[3], summary=summary)
    for number, (who, text, disposition) in enumerate(INPUTS, 1):
        add("input", number, person=made.people[who], text=text, disposition=disposition)
    for number, (text, who, due, sort) in enumerate(FOLLOW_UPS, 1):
        made.follow_ups.append(
            add("follow_up", number, text=text, responsible=made.people[who], due=due, sort=sort, state="open")
        )
