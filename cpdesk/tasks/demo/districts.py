"""What each of the three districts kept on its own desk: a meeting before, and what it did with the province's plan.

Ta Khmau and Kien Svay both change when activity 1.2.1 takes place, without seeing each other's change: the story's one
true difference. All else that they touch merges by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cpdesk.tasks.demo.book import Row

Edit = tuple[str, str, dict[str, Any]]
"""(kind, key in the story, new values)"""


@dataclass(frozen=True)
class District:
    code: str
    file: str
    name: str
    level: str
    officer: str
    date: str
    told: tuple[str, ...]
    tasks: tuple[tuple[str, str, str], ...]
    edits: tuple[Edit, ...] = ()
    later: str = ""
    guests: tuple[str, ...] = field(default=("មន្ត្រីសង្គមកិច្ច", "មន្ត្រីអប់រំ", "មន្ត្រីសុខាភិបាល", "តំណាងនគរបាល"))

    @property
    def key(self) -> str:
        return f"d{self.code}"

    @property
    def committee(self) -> str:
        return f"@committee{self.code}"


DISTRICTS = (
    District(
        "0811",
        "ta-khmau",
        "ក្រុងតាខ្មៅ",
        "ក្រុង",
        "មន្ត្រី គ.ក.ស.ក ក្រុងតាខ្មៅ",
        "2022-05-19",
        (
            "អង្គប្រជុំបានពិនិត្យការងារកិច្ចការពារកុមារក្នុងសង្កាត់ទាំងអស់នៃក្រុង។",
            "អង្គប្រជុំបានលើកឡើងអំពីតម្រូវការវគ្គបណ្ដុះបណ្ដាលសម្រាប់មន្ត្រីសង្កាត់។",
        ),
        (("ប្រមូលតួលេខសរុបកុមារងាយរងគ្រោះពីសង្កាត់នីមួយៗ។", "2022-06-10", "done"),
         ("រៀបចំសំណើវគ្គបណ្ដុះបណ្ដាលដាក់ជូនខេត្ត។", "2022-07-08", "in_progress")),
        (
            ("activity", "a1.2.1", {"year_quarters": ["2023Q1", "2023Q2"]}),
            ("activity", "a3.1.1", {"investment_line": "រដ្ឋបាល៖ ការរៀបចំផែនការ (ក្រុងតាខ្មៅ ២០២៣)"}),
            (
                "follow_up",
                "f4",
                {"state": "done", "done_on": "2022-07-20", "result": "សកម្មភាពទាំងអស់មានក្នុងផែនការវិនិយោគក្រុង។"},
            ),
        ),
        "2022-07-21",
    ),
    District(
        "0802",
        "kien-svay",
        "ស្រុកកៀនស្វាយ",
        "ស្រុក",
        "មន្ត្រី គ.ក.ស.ក ស្រុកកៀនស្វាយ",
        "2022-05-25",
        (
            "អង្គប្រជុំបានស្ដាប់របាយការណ៍របស់ឃុំអំពីកុមារដែលប្រឈមនឹងការបោះបង់ការសិក្សា។",
            "អង្គប្រជុំបានឯកភាពបន្តការផ្សព្វផ្សាយអំពីការចិញ្ចឹមកូនដោយគ្មានអំពើហិង្សា។",
        ),
        (("ផ្ញើតួលេខសរុបសិស្សបោះបង់ការសិក្សាទៅការិយាល័យអប់រំ។", "2022-06-15", "done"),
         ("រៀបចំកាលវិភាគផ្សព្វផ្សាយតាមឃុំ។", "2022-07-15", "open")),
        (
            ("activity", "a1.2.1", {"year_quarters": ["2023Q3", "2023Q4"], "group": "កុមាររងគ្រោះ រួមទាំងកុមារមានពិការភាព"}),
            ("activity", "a2.2.2", {"investment": "pledged"}),
            ("follow_up", "f5", {"state": "in_progress"}),
        ),
        "2022-07-26",
    ),
    District(
        "0801",
        "kandal-stueng",
        "ស្រុកកណ្ដាលស្ទឹង",
        "ស្រុក",
        "មន្ត្រី គ.ក.ស.ក ស្រុកកណ្ដាលស្ទឹង",
        "2022-05-31",
        (
            "អង្គប្រជុំបានពិនិត្យការសម្របសម្រួលរវាងឃុំ ប៉ុស្តិ៍នគរបាល និងមណ្ឌលសុខភាព។",
            "អង្គប្រជុំបានកត់សម្គាល់ថា ឃុំមួយចំនួនមិនទាន់ផ្ញើទិន្នន័យ។",
        ),
        (("រំលឹកឃុំដែលមិនទាន់ផ្ញើទិន្នន័យ។", "2022-06-17", "open"),),
        (
            ("activity", "a1.2.2", {"group": "កុមាររងអំពើហិង្សា និងកុមារធ្វើចំណាកស្រុក"}),
            ("follow_up", "f6", {"state": "in_progress", "result": "បានប្រជុំជាមួយក្រុមការងាររៀបចំផែនការស្រុកម្ដង។"}),
        ),
        "2022-07-29",
    ),
)  # fmt: skip


def before(one: District) -> list[Row]:
    """The district's own meeting of May, with the people it needs."""
    head = f"ប្រធាន គ.ក.ស.ក {one.name}"  # by office: the report names nobody of the districts
    person = {"position": f"អភិបាលរង{one.level}", "body": one.committee, "sex": "female"}
    rows: list[Row] = [
        ("person", f"{one.key}chair", {"name_km": head, **person}),
        (
            "person",
            f"{one.key}sec",
            {"name_km": one.officer, "position": "លេខាធិការ", "body": one.committee, "sex": "male"},
        ),
        (
            "membership",
            f"{one.key}m1",
            {"body": one.committee, "person": f"@{one.key}chair", "role": "chair"},
        ),
        (
            "membership",
            f"{one.key}m2",
            {"body": one.committee, "person": f"@{one.key}sec", "role": "secretary"},
        ),
    ]
    rows += _meeting(one, "may", one.date, "ប្រជុំប្រចាំខែ គ.ក.ស.ក", one.told)
    rows += [
        (
            "follow_up",
            f"{one.key}f{n}",
            {
                "meeting": f"@{one.key}may", "text": text, "sort": "task", "due": due, "state": state,
                "responsible": f"@{one.key}sec", "done_on": due if state == "done" else None,
            },
        )
        for n, (text, due, state) in enumerate(one.tasks)
    ]  # fmt: skip
    return rows


def after(one: District) -> list[Row]:
    """The meeting of July, where the district speaks about the province's plan."""
    told = (
        "មន្ត្រីដែលបានចូលរួមកិច្ចប្រជុំខេត្ត ថ្ងៃទី២៣ ខែមិថុនា ឆ្នាំ២០២២ បានពន្យល់អំពីសេចក្តីព្រាងផែនការ ២០២៣-២០២៥។",
        f"អង្គប្រជុំបានពិនិត្យសកម្មភាពដែលពាក់ព័ន្ធនឹង{one.name} និងផែនការវិនិយោគ{one.level}។",
    )
    return _meeting(one, "july", one.later, "ប្រជុំពិនិត្យផែនការកិច្ចការពារកុមារ គ.ក.ស.ក", told)


def _meeting(one: District, key: str, day: str, subject: str, told: tuple[str, ...]) -> list[Row]:
    meeting = f"{one.key}{key}"
    rows: list[Row] = [
        (
            "meeting",
            meeting,
            {
                "subject": f"{subject} {one.name}", "sort": "ordinary", "date": day, "start": "08:30", "end": "10:30",
                "venue": f"សាលា{one.name}", "place": one.code, "organiser": one.committee, "chair": f"@{one.key}chair",
                "secretary": f"@{one.key}sec", "state": "held",
            },
        )
    ]  # fmt: skip
    rows += [
        ("agenda_item", f"{meeting}i{n}", {"meeting": f"@{meeting}", "title": title, "minutes": text})
        for n, (title, text) in enumerate(zip(("ស្ថានភាព និងវឌ្ឍនភាព", "ការពិភាក្សា"), told, strict=True))
    ]
    present = {"meeting": f"@{meeting}", "status": "present"}
    rows += [
        ("attendance", f"{meeting}t{n}", {**present, "person": f"@{one.key}{who}"})
        for n, who in enumerate(("chair", "sec"))
    ]
    rows += [
        (
            "attendance",
            f"{meeting}g{n}",
            {**present, "name": f"{guest}{one.level}", "sex": ("female", "male")[n % 2], "position": "សមាជិក",
             "body": f"រដ្ឋបាល{one.name}"},
        )
        for n, guest in enumerate(one.guests)
    ]  # fmt: skip
    return rows
