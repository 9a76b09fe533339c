"""Desks with as much on them as a test wants, for papers that must hold it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cpdesk.kinds import Packed, Text
from cpdesk.records import kind as kind_of
from cpdesk.store import Desk
from cpdesk.tasks import desk as desks
from cpdesk.tasks import figures, records
from tests.tasks.plan_world import World

TODAY = date(2023, 5, 20)
AT_LENGTH = "ចុះត្រួតពិនិត្យ និងគាំទ្របច្ចេកទេសដល់គណៈកម្មាធិការទទួលបន្ទុកកិច្ចការនារី និងកុមារឃុំ សង្កាត់ អំពីការគ្រប់គ្រងករណីកុមាររងគ្រោះ "
TYPED = (
    "office", "body", "person", "meeting", "agenda_item", "attendance", "presentation", "input", "follow_up", "plan",
    "objective", "output", "activity", "indicator", "priority", "swot", "progress",
)  # fmt: skip
UNTYPED = ("approved_hash",)


def crowded(desk: Desk, people: int = 113, activities: int = 100, follow_ups: int = 60) -> World:
    """A meeting and a plan with so much of everything; of every fifth person nobody said the sex."""
    w = World(desk)
    office = desks.office(desk)
    records.save(desk, "office", {"name_km": "រដ្ឋបាលស្រុក", "issuer": "រដ្ឋបាលស្រុក", "seat": "កៀនស្វាយ"}, office.id)
    w.ids["desk"] = office.id
    w.put("committee", "body", name_km="គណៈកម្មាធិការ", sort="committee")
    w.put("the chair", "person", name_km="ហ៊ុន កុសនី", title="លោកជំទាវ", sex="female", position="អភិបាលរង", body="committee")
    w.put("the secretary", "person", name_km="ចាន់ សុភា", title="លោកស្រី", position="លេខាធិការ", phone="012 345 678")
    w.put("the member", "membership", body="committee", person="the chair", role="chair")
    records.save(desk, "office", {"committee": w.ids["committee"]}, office.id)
    w.put("old", "plan", title="ផែនការមុន", first_year=2021, last_year=2022, office=desk.office)
    w.put("plan", "plan", title="ផែនការ ២០២៣–២០២៥", first_year=2023, last_year=2025, office=desk.office, rate="4100")
    w.put(
        "meeting", "meeting", subject="ពិនិត្យវឌ្ឍនភាព", date="2023-03-20", start="08:00", end="11:30", venue="សាលាស្រុក",
        sort="ordinary", plan="plan", chair="the chair", secretary="the secretary", organiser="committee", state="held",
        opening=AT_LENGTH, closing=AT_LENGTH, previous_minutes_adopted=True,
    )  # fmt: skip
    _talk(w, people, follow_ups)
    _plan(w, activities)
    _figures(w)
    return w


def _talk(w: World, people: int, follow_ups: int) -> None:
    for n in range(people):
        sex = (None, "female", "male", "female", "male")[n % 5]
        guest = {"name": f"ភ្ញៀវ ទី{n}", "sex": sex, "position": "តំណាង", "body": "អង្គការដៃគូអភិវឌ្ឍន៍ក្នុងខេត្ត"}
        w.put(f"guest {n}", "attendance", meeting="meeting", order=n, invited=True, status="present", **guest)
    w.put("present", "attendance", meeting="meeting", order=people, person="the secretary", status="present")
    for n in range(9):
        w.put(f"item {n}", "agenda_item", meeting="meeting", order=n, title=f"{n} {AT_LENGTH}", minutes=AT_LENGTH * 3)
    said = {"meeting": "meeting", "agenda_item": "item 1"}
    w.put("shown", "presentation", **said, order=1, presenter="the secretary", title="លទ្ធផល", summary=AT_LENGTH)
    for n in range(12):
        who = None if n else "the chair"
        words = {"text": f"{n} {AT_LENGTH}", "disposition": "accepted", "reason": "សមស្រប"}
        w.put(f"input {n}", "input", **said, order=n, person=who, **words)
    for n in range(follow_ups):
        state = ("open", "in_progress", "done")[n % 3]
        w.put(
            f"task {n}", "follow_up", meeting="meeting", order=n, sort="task" if n % 2 else "decision", state=state,
            text=f"ការងារ {n} {AT_LENGTH}", due=f"2023-0{3 + n % 5}-15", result=AT_LENGTH if state == "done" else None,
            responsible="the chair" if n % 7 else None,
        )  # fmt: skip


def _plan(w: World, activities: int) -> None:
    for n in range(3):
        w.put(f"objective {n}", "objective", plan="plan", order=n, text=f"គោលបំណង {n}")
        w.put(f"output {n}", "output", objective=f"objective {n}", order=n, text=f"លទ្ធផល {n}")
    w.put("old objective", "objective", plan="old", order=1, text="គោលបំណងចាស់")
    w.put("priority", "priority", plan="plan", rank=1, text="អាទិភាព", reason=AT_LENGTH, why="input 0")
    for n, sort in enumerate(("strength", "weakness", "opportunity", "threat")):
        w.put(sort, "swot", plan="plan", sort=sort, order=n, text=f"{sort} {AT_LENGTH}")
    for n in range(activities):
        name = f"activity {n}"
        w.put(
            name, "activity", output=f"output {n % 3}", order=n, text=f"{n} {AT_LENGTH}", responsible="committee",
            partners=["committee"], places=f"{w.desk.office}01 {w.desk.office}02", group="កុមារងាយរងគ្រោះ",
            year_quarters="2023Q1 2023Q2 2024Q1", investment=("pledged", "ongoing", None)[n % 3],
            investment_programme="dip", investment_line=f"ជំពូក {n}", priority="priority",
        )  # fmt: skip
        w.put(f"{name} i", "indicator", of=name, order=1, text=f"ចំនួន {n}", unit="នាក់", baseline="10", source="របាយការណ៍")
        w.put(f"{name} t", "target", indicator=f"{name} i", year=2023, value=str(100 + n))
        w.put(f"{name} b", "budget_line", activity=name, year=2023, source="state", amount=f"{n}500000", currency="KHR")
        w.put(
            f"{name} p", "progress", activity=name, year=2023, quarter=1, status=("on_track", "late", "done")[n % 3],
            summary=f"បានធ្វើ {n}", girls=n, difficulty=AT_LENGTH if n % 10 == 0 else None,
            solution=AT_LENGTH if n % 10 == 0 else None, next_step="បន្ត" if n % 10 == 0 else None,
        )  # fmt: skip


def _figures(w: World) -> None:
    w.put("measure", "measure", name_km="កុមារបោះបង់ការសិក្សា", short="បោះបង់", unit="នាក់", weight="1")
    places = [f"{w.desk.office}0{n}" for n in range(1, 5)]
    figures.write(w.desk, [(w.ids["measure"], one, 2022, "all", "all", "all", "30") for one in places], "មូលដ្ឋានទិន្នន័យ")


def say_everywhere(desk: Desk, say: Callable[[str, str], str]) -> None:
    """Put `say(kind, field)` into every text that a person can type into records which papers tell."""
    for name in TYPED:
        texts = [f.name for f in kind_of(name).fields if isinstance(f.type, Text) and not isinstance(f.type, Packed)]
        for record in records.find(desk, name):
            records.save(desk, name, {one: say(name, one) for one in texts if one not in UNTYPED}, record.id)
