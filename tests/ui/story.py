"""A small desk with a committee, a meeting and a plan, made through the tasks, for tests of pages and for the eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.tasks import desk as desks
from cpdesk.tasks import exchange, records
from cpdesk.tasks.undo import Undo
from tests.desks import befriend
from ui.context import Context
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.pages import PAGES
from ui.registry import PageSpec

if TYPE_CHECKING:
    from cpdesk.tasks import Desk

EVEN = "2023Q2 2023Q4 2024Q2 2024Q4 2025Q2"
ALWAYS = "2023Q1 2023Q2 2023Q3 2023Q4 2024Q1 2024Q2 2024Q3 2024Q4"
OBJECTIVES = (
    (
        "កាត់បន្ថយអំពើហិង្សាលើកុមារក្នុងគ្រួសារ និងសហគមន៍",
        (
            (
                "គ.ក.ន.ក ឃុំទាំង ១២ មានសមត្ថភាពឆ្លើយតបទាន់ពេលវេលា",
                (
                    ("បណ្តុះបណ្តាលគណៈកម្មាធិការឃុំស្តីពីការគ្រប់គ្រងករណី", "social", "2023Q1 2023Q2 2024Q1", "ongoing"),
                    ("យុទ្ធនាការផ្សព្វផ្សាយនៅសាលារៀនស្តីពីការការពារកុមារ និងការបោះបង់ការសិក្សា", "school", EVEN, "pledged"),
                    ("ជួបប្រជុំក្រុមការងាររៀងរាល់ត្រីមាស", "committee", ALWAYS, None),
                ),
            ),
            (
                "កុមារងាយរងគ្រោះទទួលបានសេវាទាន់ពេល",
                (
                    ("ប្រមូល និងវិភាគទិន្នន័យកុមារងាយរងគ្រោះតាមឃុំ សង្កាត់", "planning", "2023Q1 2024Q1", "not_pledged"),
                    ("បញ្ជូនករណីទៅសេវាជំនាញ", "social", "2023Q1 2023Q2 2023Q3 2023Q4", "pledged"),
                ),
            ),
        ),
    ),
    (
        "ពង្រឹងការថែទាំកុមារក្នុងគ្រួសារ ជំនួសការថែទាំក្នុងស្ថាប័ន",
        (
            (
                "គ្រួសារងាយរងគ្រោះទទួលបានការគាំទ្រ",
                (
                    ("ចុះសួរសុខទុក្ខគ្រួសារដែលមានហានិភ័យខ្ពស់", "social", "2023Q2 2023Q3", "ongoing"),
                    ("គាំទ្រសម្ភារសិក្សាដល់កុមារក្រីក្រ ២០០ នាក់", "school", "2023Q4 2024Q4 2025Q4", "none"),
                ),
            ),
        ),
    ),
)  # fmt: skip
COMMUNES = "080201 080202 080203 080204 080206 080207 080208 080211"


@dataclass
class Story:
    """What the desk holds, by short names."""

    desk: Desk
    plan: str = ""
    meeting: str = ""
    bodies: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    activities: list[str] = field(default_factory=list)


def tell(path: Path, office: str = "0802", officer: str = "សុខ សុភា") -> Story:
    """A desk at `path` with all of it."""
    story = Story(desks.create(path, office, officer))
    _bodies(story)
    _people(story)
    _plan(story)
    _meeting(story)
    return story


def _bodies(story: Story) -> None:
    for key, name, short, sort in (
        ("committee", "គណៈកម្មាធិការពិគ្រោះយោបល់កិច្ចការស្ត្រី និងកុមារស្រុកកៀនស្វាយ", "គ.ក.ស.ក ស្រុក", "committee"),
        ("social", "ការិយាល័យសង្គមកិច្ច និងសុខុមាលភាពសង្គម", "ការិ. សង្គមកិច្ច", "office"),
        ("school", "ការិយាល័យអប់រំ យុវជន និងកីឡា", "ការិ. អប់រំ", "office"),
        ("planning", "ការិយាល័យផែនការ និងគាំទ្រឃុំ សង្កាត់", "ការិ. ផែនការ", "office"),
        ("save", "អង្គការសង្គ្រោះកុមារ", "Save the Children", "ngo"),
        ("unicef", "អង្គការយូនីសេហ្វ", "UNICEF", "un_agency"),
    ):
        saved = records.save(story.desk, "body", {"name_km": name, "short": short, "sort": sort, "place": "0802"})
        story.bodies[key] = saved.id


def _people(story: Story) -> None:
    for key, title, name, sex, position, body, role in (
        ("chair", "លោកជំទាវ", "ហ៊ុន កុសនី", "female", "អភិបាលរងស្រុក", "committee", "chair"),
        ("vice", "លោក", "សុខ វណ្ណា", "male", "ប្រធានការិយាល័យ", "social", "vice_chair"),
        ("secretary", "លោកស្រី", "ចាន់ សុភា", "female", "មន្ត្រីផែនការ", "planning", "secretary"),
        ("teacher", "លោក", "គឹម សុវណ្ណ", "male", "ប្រធានការិយាល័យអប់រំ", "school", "member"),
        ("partner", "លោកស្រី", "លី ម៉ារីណា", "female", "អ្នកសម្របសម្រួល", "save", None),
    ):
        values: dict[str, object] = {
            "name_km": name, "title": title, "sex": sex, "position": position, "body": story.bodies[body],
        }  # fmt: skip
        if key == "chair":
            values["phone"] = "012 345 678"
        story.people[key] = records.save(story.desk, "person", values).id
        if role:
            member = {"body": story.bodies["committee"], "person": story.people[key], "role": role}
            records.save(story.desk, "membership", member | {"from": "2021-01-15"})


def _plan(story: Story) -> None:
    desk = story.desk
    plan = {
        "title": "ផែនការកិច្ចការពារកុមារ ២០២៣–២០២៥", "first_year": 2023, "last_year": 2025, "office": desk.office,
        "body": story.bodies["committee"], "state": "draft", "version": "3", "sort": "child_protection",
    }  # fmt: skip
    story.plan = records.save(desk, "plan", plan).id
    for i, (objective, outputs) in enumerate(OBJECTIVES, 1):
        above = records.save(desk, "objective", {"plan": story.plan, "order": i * 1024, "text": objective}).id
        for j, (output, activities) in enumerate(outputs, 1):
            inside = records.save(desk, "output", {"objective": above, "order": j * 1024, "text": output}).id
            _activities(story, inside, activities)


def _activities(story: Story, output: str, rows: Sequence[tuple[str, str, str, str | None]]) -> None:
    for k, (text, who, quarters, investment) in enumerate(rows, 1):
        values: dict[str, object] = {
            "output": output, "order": k * 1024, "text": text, "responsible": story.bodies[who],
            "year_quarters": quarters, "investment": investment, "places": COMMUNES if k == 1 else "0802",
        }  # fmt: skip
        if investment == "pledged":
            values |= {"investment_programme": "dip", "investment_line": "ជំពូក ២ ល.រ ១៤"}
        story.activities.append(records.save(story.desk, "activity", values).id)


def _meeting(story: Story) -> None:
    desk = story.desk
    meeting = {
        "subject": "ពិនិត្យវឌ្ឍនភាពផែនការ ២០២១-២០២២ និងរៀបចំផែនការ ២០២៣-២០២៥", "date": "2022-06-23", "start": "08:00",
        "plan": story.plan, "chair": story.people["chair"], "organiser": story.bodies["committee"],
    }  # fmt: skip
    story.meeting = records.save(desk, "meeting", meeting).id
    said = {
        "meeting": story.meeting, "order": 1024, "body": story.bodies["save"], "person": story.people["partner"],
        "text": "ស្នើបន្ថែមសាលារៀន ៣ នៅតាមឃុំជាប់ព្រំប្រទល់", "about": story.activities[1], "disposition": "accepted",
    }  # fmt: skip
    records.save(desk, "input", said)
    task = {
        "meeting": story.meeting, "order": 1024, "text": "ចងក្រងបញ្ជីសាលារៀនគោលដៅ និងផ្ញើមកលេខាធិការ",
        "responsible": story.people["teacher"], "due": "2022-06-30", "state": "open", "about": story.activities[1],
    }  # fmt: skip
    records.save(desk, "follow_up", task)


def window(desk: Desk, specs: Sequence[PageSpec] = PAGES) -> MainWindow:
    """The program's window over that desk."""
    context = Context(desk, Jobs(desk.other), Undo(desk))
    made = MainWindow(context, specs, office=lambda: ("រដ្ឋបាលស្រុកកៀនស្វាយ", "ខេត្តកណ្តាល"))
    made.resize(1366, 768)
    return made


@dataclass
class Exchange:
    """A province and a district that know each other; the province's plan has reached the district."""

    province: Desk
    district: Desk
    folder: Path
    activity: str = ""


def two_offices(folder: Path) -> Exchange:
    """Desks of Kandal and Kien Svay with a plan that both hold, through real packages."""
    made = tell(folder / "province.cpdesk", "08", "លេខា ក្រុមការងារខេត្ត")
    district = desks.create(folder / "district.cpdesk", "0802", "មន្ត្រីផែនការ")
    befriend(made.desk, district, folder)
    exchange.export(made.desk, folder / "plan.cpsync", "0802")
    exchange.merge(district, [folder / "plan.cpsync"])
    return Exchange(made.desk, district, folder, made.activities[1])
