"""The plan that ends (2021–2022): approved, changed once, and reported on for eight quarters.

Its years and that it is reviewed in June 2022 are the real meeting's; activities and every number are made up for the
story and say so where they stand (`SAMPLE`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cpdesk.tasks.demo.book import Row
from cpdesk.tasks.demo.people import PROVINCE

DISTRICTS = ("0801", "0802", "0811")
SAMPLE = "តួលេខគំរូ"
YEARS = (2021, 2022)
RATE = "4100"
QUARTERS = tuple(f"{year}Q{quarter}" for year in YEARS for quarter in (1, 2, 3, 4))


@dataclass(frozen=True)
class Line:
    """One activity of the plan with all that hangs on it.

    `quarters` "....|...." has a letter for each of the eight: `.` not planned, else the status reported (n not
    started, t on track, r at risk, l late, d done; `?` planned and not reported). `budget` is (source, payer, currency,
    amount of 2021, of 2022); `measure` is (text, unit, adds up, baseline, target of 2021, of 2022) and `reached` its
    value in each quarter. `people` are girls, boys, women, men, with disability whom a usual quarter reaches.
    """

    code: str
    text: str
    responsible: str
    partners: tuple[str, ...]
    group: str
    investment: str
    quarters: str
    budget: tuple[tuple[str, str, str, int | None, int | None], ...]
    measure: tuple[str, str, bool, int | None, int | None, int | None]
    reached: tuple[int | None, ...]
    people: tuple[int, int, int, int, int] | None
    done: str
    difficulty: str = ""
    solution: str = ""
    next: str = ""

    @property
    def key(self) -> str:
        return f"old{self.code}"

    @property
    def planned(self) -> list[str]:
        return [quarter for quarter, mark in zip(QUARTERS, self.quarters.replace("|", ""), strict=True) if mark != "."]


STATUS = {"n": "not_started", "t": "on_track", "r": "at_risk", "l": "late", "d": "done"}
_COVID = "វិធានការទប់ស្កាត់ជំងឺកូវីដ-១៩ មិនអនុញ្ញាតឱ្យប្រមូលផ្តុំមនុស្សច្រើន។"
_SMALLER = "រៀបចំជាក្រុមតូចៗ និងតាមទូរស័ព្ទ។"

LINES: tuple[Line, ...] = (
    Line(
        "1.1.1", "រៀបចំបញ្ជីស្ថិតិកុមារងាយរងគ្រោះតាមឃុំ សង្កាត់", "social", ("unicef",), "កុមារងាយរងគ្រោះ", "ongoing",
        ".tr.|rt.t", (("state", "", "KHR", 24_000_000, 26_000_000), ("un", "unicef", "USD", 6_000, 6_000)),
        ("ចំនួនឃុំ សង្កាត់ដែលមានទិន្នន័យប្រចាំឆ្នាំ", "ឃុំ", False, 41, 90, 127),
        (None, 48, 66, None, 79, 96, None, 104), None,
        "ប្រមូលតួលេខសរុបពីឃុំ សង្កាត់ និងបញ្ចូលក្នុងបញ្ជី។",
        "ឃុំមួយចំនួនមិនទាន់មានអ្នកទទួលខុសត្រូវទិន្នន័យ។", "ស្នើ គ.ក.ន.ក ចាត់តាំងមន្ត្រីម្នាក់ក្នុងមួយឃុំ។", "បំពេញឃុំដែលនៅសល់។",
    ),
    Line(
        "1.1.2", "បណ្ដុះបណ្ដាលមន្ត្រីមូលដ្ឋានអំពីជំហាននៃការបញ្ជូនករណី", "group", ("save", "unicef"), "កុមារប្រឈមនឹងហានិភ័យ",
        "pledged", "..lt|.t.r",
        (("ngo", "save", "USD", 9_500, 9_500), ("sub_national", "", "KHR", 12_000_000, 12_000_000)),
        ("ចំនួនមន្ត្រីបានទទួលការបណ្ដុះបណ្ដាល", "នាក់", True, 0, 130, 130),
        (None, None, 24, 68, None, 71, None, 30), (0, 0, 38, 30, 1),
        "បើកវគ្គបណ្ដុះបណ្ដាលសម្រាប់មន្ត្រីឃុំ សង្កាត់។", _COVID, _SMALLER, "បន្តវគ្គសម្រាប់មន្ត្រីថ្មី។",
    ),
    Line(
        "1.1.3", "ផ្សព្វផ្សាយអំពីសិទ្ធិកុមារតាមភូមិ", "women", ("partners",), "កុមារ និងឪពុកម្ដាយ", "ongoing",
        "..rt|.td.", (("sub_national", "", "KHR", 16_000_000, 18_000_000),),
        ("ចំនួនភូមិបានផ្សព្វផ្សាយ", "ភូមិ", True, 120, 200, 240), (None, None, 60, 118, None, 131, 122, None),
        (486, 451, 392, 208, 21), "ផ្សព្វផ្សាយតាមភូមិជាមួយ គ.ក.ន.ក។", _COVID, _SMALLER, "",
    ),
    Line(
        "1.2.1", "ជួយសង្គ្រោះបន្ទាន់កុមាររងគ្រោះ (ស្បៀង ការធ្វើដំណើរ កន្លែងស្នាក់)", "social", ("unicef", "partners"),
        "កុមាររងអំពើហិង្សា និងកុមារគ្មានអ្នកថែទាំ", "ongoing", "tttt|tttd",
        (("state", "", "KHR", 60_000_000, 64_000_000), ("un", "unicef", "USD", 12_000, 12_000)),
        ("ចំនួនកុមារបានទទួលជំនួយបន្ទាន់", "នាក់", True, 214, 260, 280), (58, 71, 66, 70, 63, 74, 70, 76),
        (37, 31, 12, 4, 6), "ផ្តល់ជំនួយបន្ទាន់តាមករណី និងបញ្ជូនទៅសេវា។",
    ),
    Line(
        "1.2.2", "ដាក់កុមារក្នុងការថែទាំតាមគ្រួសារ ជំនួសមជ្ឈមណ្ឌល", "social", ("save",), "កុមារបែកចេញពីគ្រួសារ", "pledged",
        ".n.r|.r.l", (("ngo", "save", "USD", 15_000, 18_000),),
        ("ចំនួនកុមារបានវិលទៅគ្រួសារ ឬគ្រួសារថែទាំ", "នាក់", True, 22, 40, 45), (None, 0, None, 14, None, 11, None, 9),
        (7, 5, 9, 6, 2), "តាមដានគ្រួសារ និងរៀបចំការវិលត្រឡប់។", "គ្រួសារថែទាំមិនទាន់គ្រប់គ្រាន់។",
        "រៀបចំបញ្ជីគ្រួសារថែទាំតាមស្រុក។", "បន្តរកគ្រួសារថែទាំក្នុងឆ្នាំក្រោយ។",
    ),
    Line(
        "2.1.1", "រៀបចំវគ្គអប់រំឪពុកម្ដាយអំពីការចិញ្ចឹមកូនជាវិជ្ជមាន", "women", ("save", "partners"), "កុមារអាយុក្រោម ១៨ឆ្នាំ",
        "ongoing", ".lt.|tt.t",
        (("ngo", "save", "USD", 8_000, 10_000), ("sub_national", "", "KHR", 9_000_000, 9_000_000)),
        ("ចំនួនឪពុកម្ដាយបានបញ្ចប់វគ្គ", "នាក់", True, 160, 300, 360), (None, 40, 122, None, 96, 108, None, 112),
        (0, 0, 84, 24, 3), "បើកវគ្គអប់រំតាមភូមិ ក្រុមមួយ ១៥ នាក់។", _COVID, _SMALLER, "បន្តវគ្គនៅឃុំដែលនៅសល់។",
    ),
    Line(
        "2.1.2", "យុទ្ធនាការបង្ការអំពើហិង្សានៅតាមសាលារៀន", "education", ("unicef",), "សិស្សានុសិស្ស", "pledged",
        "...n|.t.d", (("un", "unicef", "USD", 7_000, 9_000),),
        ("ចំនួនសាលារៀនបានធ្វើយុទ្ធនាការ", "សាលា", True, 12, 30, 40), (None, None, None, 0, None, 22, None, 25),
        (1240, 1186, 64, 41, 33), "រៀបចំយុទ្ធនាការនៅសាលាបឋម និងអនុវិទ្យាល័យ។", "សាលារៀនបិទទ្វារពេញឆ្នាំ ២០២១។",
        "លើកទៅឆ្នាំ ២០២២។",
    ),
    Line(
        "2.2.1", "ចុះត្រួតពិនិត្យពលកម្មកុមារនៅឡឥដ្ឋ និងសហគ្រាស", "labour", ("usaid",), "កុមារធ្វើពលកម្ម", "not_pledged",
        ".t.t|.l.?", (("donor", "usaid", "USD", 5_500, 5_500),),
        ("ចំនួនទីតាំងបានចុះពិនិត្យ", "ទីតាំង", True, 18, 36, 36), (None, 17, None, 15, None, 8, None, None),
        (11, 19, 0, 0, 0), "ចុះពិនិត្យរួមជាមួយអាជ្ញាធរមូលដ្ឋាន។", "ខ្វះមធ្យោបាយធ្វើដំណើរ។",
        "ស្នើថវិកាធ្វើដំណើរក្នុងផែនការវិនិយោគខេត្ត។", "បន្តនៅស្រុកដែលនៅសល់។",
    ),
    Line(
        "2.2.2", "ឧបត្ថម្ភសិស្សក្រីក្រដែលប្រឈមនឹងការបោះបង់ការសិក្សា", "education", ("partners",), "សិស្សមកពីគ្រួសារក្រីក្រ",
        "none", "...r|r..r", (("ngo", "partners", "USD", 6_000, 6_000),),
        ("ចំនួនសិស្សបានទទួលការឧបត្ថម្ភ", "នាក់", True, 85, 200, 200), (None, None, None, 92, 41, None, None, 64),
        (38, 27, 0, 0, 4), "ផ្តល់សម្ភារសិក្សា និងកង់។", "ថវិកាមិនទាន់គ្រប់គ្រាន់ ហើយតម្រូវការកើនឡើង។",
        "ស្វែងរកអង្គការដៃគូបន្ថែម។", "បន្តក្នុងផែនការថ្មី។",
    ),
    Line(
        "3.1.1", "ប្រជុំប្រចាំត្រីមាសរបស់ គ.ក.ស.ក ខេត្ត", "committee", (), "កុមារទាំងអស់ក្នុងខេត្ត", "ongoing",
        "lttt|tttd", (("state", "", "KHR", 8_000_000, 8_000_000),),
        ("ចំនួនកិច្ចប្រជុំបានធ្វើ", "លើក", True, 3, 4, 4), (0, 1, 1, 1, 1, 1, 1, 1), None,
        "ប្រជុំពិនិត្យវឌ្ឍនភាព និងចេញកំណត់ហេតុ។", "កិច្ចប្រជុំត្រីមាសទី១ ឆ្នាំ២០២១ ត្រូវលើកពេល។", "ប្រជុំតាមប្រព័ន្ធវីដេអូ។",
    ),
    Line(
        "3.1.2", "បញ្ចូលសកម្មភាពកិច្ចការពារកុមារទៅក្នុងកម្មវិធីវិនិយោគ ក្រុង ស្រុក", "planning", ("unicef",),
        "កុមារទាំងអស់ក្នុងខេត្ត", "ongoing", "..t.|..r.", (("sub_national", "", "KHR", 5_000_000, 5_000_000),),
        ("ភាគរយនៃក្រុង ស្រុកដែលមានសកម្មភាពក្នុងកម្មវិធីវិនិយោគ", "%", False, 36, 64, 100),
        (None, None, 55, None, None, None, 73, None), None,
        "សិក្ខាសាលាសមាហរណកម្មជាមួយក្រុង ស្រុក។", "ស្រុកមួយចំនួនបានបិទកម្មវិធីវិនិយោគមុនសិក្ខាសាលា។",
        "រៀបចំសិក្ខាសាលាមុនខែកក្កដា។", "បន្តឱ្យគ្រប់ ១១ ក្រុង ស្រុក។",
    ),
)  # fmt: skip

ADDED = Line(
    "3.1.3", "គាំទ្រគ្រួសារមានកុមារដែលរងផលប៉ះពាល់ដោយជំងឺកូវីដ-១៩", "social", ("partners",), "កុមារក្នុងគ្រួសារក្រីក្រ", "pledged",
    "....|td..", (("donor", "usaid", "USD", None, 14_000),),
    ("ចំនួនគ្រួសារបានទទួលការគាំទ្រ", "គ្រួសារ", True, None, None, 350), (None, None, None, None, 188, 174, None, None),
    (212, 197, 231, 148, 17), "ផ្តល់ស្បៀង និងប្រាក់ឧបត្ថម្ភដល់គ្រួសារ។",
)  # fmt: skip
"""What the second version of the plan, of January 2022, brought."""

OBJECTIVES = {
    "1": "កុមារងាយរងគ្រោះនៅក្នុងខេត្តទទួលបានសេវាគាំពារ",
    "2": "អំពើហិង្សា ពលកម្ម និងការបោះបង់ការសិក្សារបស់កុមារ ត្រូវបានបង្ការ",
    "3": "ការងារកិច្ចការពារកុមារ ត្រូវបានសម្របសម្រួល និងមានថវិកា",
}
OUTPUTS = {
    "1.1": "មន្ត្រីមូលដ្ឋានស្គាល់កុមារងាយរងគ្រោះ និងបញ្ជូនទៅសេវាដែលត្រឹមត្រូវ",
    "1.2": "កុមារត្រូវការការការពារ ទទួលបានសេវាតាមករណី",
    "2.1": "ឪពុកម្ដាយ និងសាលារៀនអប់រំកុមារដោយគ្មានអំពើហិង្សា",
    "2.2": "កុមារប្រឈមនឹងពលកម្ម និងការបោះបង់ការសិក្សា ទទួលបានការគាំទ្រ",
    "3.1": "គណៈកម្មាធិការដំណើរការ ហើយសកម្មភាពមានក្នុងកម្មវិធីវិនិយោគ",
}


def plan_rows() -> Iterator[Row]:
    """The plan as it was first approved."""
    yield (
        "plan",
        "plan21",
        {
            "title": f"ផែនការកិច្ចការពារកុមារ{PROVINCE} ឆ្នាំ២០២១-២០២២",
            "first_year": YEARS[0],
            "last_year": YEARS[1],
            "sort": "child_protection",
            "office": "08",
            "body": "@committee",
            "rate": RATE,
            "state": "draft",
            "version": 1,
        },
    )
    for number, text in OBJECTIVES.items():
        yield "objective", f"old{number}", {"plan": "@plan21", "text": text}
    for number, text in OUTPUTS.items():
        yield "output", f"old{number}", {"objective": f"@old{number[0]}", "text": text}
    for line in LINES:
        yield from line_rows(line)


def line_rows(line: Line) -> Iterator[Row]:
    """An activity with its indicator, targets and budget."""
    yield (
        "activity",
        line.key,
        {
            "output": f"@old{line.code[:3]}",
            "code": line.code,
            "text": line.text,
            "responsible": f"@{line.responsible}",
            "partners": tuple(f"@{one}" for one in line.partners),
            "places": DISTRICTS,
            "group": line.group,
            "year_quarters": line.planned,
            "investment": line.investment,
            "investment_programme": "pip",
            "investment_line": f"សេវាសង្គម ល.រ {line.code}",
        },
    )
    text, unit, adds_up, baseline, *targets = line.measure
    indicator: dict[str, object] = {
        "of": f"@{line.key}", "text": text, "unit": unit, "cumulative": adds_up, "source": SAMPLE,
        "baseline": baseline, "baseline_year": 2020 if baseline is not None else None,
    }  # fmt: skip
    yield "indicator", f"{line.key}i", indicator
    for year, value in zip(YEARS, targets, strict=True):
        if value is not None:
            yield "target", f"{line.key}t{year}", {"indicator": f"@{line.key}i", "year": year, "value": value}
    for n, (source, payer, currency, *amounts) in enumerate(line.budget):
        for year, amount in zip(YEARS, amounts, strict=True):
            if amount is not None:
                values = {"activity": f"@{line.key}", "year": year, "source": source, "amount": amount}
                donor = {"donor": f"@{payer}"} if payer else {}
                yield "budget_line", f"{line.key}b{n}{year}", values | donor | {"currency": currency}


def reports(first: str, last: str, lines: tuple[Line, ...] = (*LINES, ADDED)) -> Iterator[Row]:
    """The reports of the quarters from `first` to `last`, both as "2021Q1"."""
    for line in lines:
        marks = line.quarters.replace("|", "")
        for at, (quarter, mark) in enumerate(zip(QUARTERS, marks, strict=True)):
            if first <= quarter <= last and mark in STATUS:
                yield from _report(line, at, quarter, mark)


def _report(line: Line, at: int, quarter: str, mark: str) -> Iterator[Row]:
    when: dict[str, object] = {"year": int(quarter[:4]), "quarter": int(quarter[5])}
    values: dict[str, object] = {"activity": f"@{line.key}", **when, "status": STATUS[mark]}
    values["reported_by"] = "@secretary"
    started = mark != "n"
    trouble = mark in "nrl"
    values |= {
        "summary": line.done if started else None,
        "difficulty": line.difficulty or None if trouble else None,
        "solution": line.solution or None if trouble else None,
        "next_step": line.next or None if mark in "tr" else None,
    }
    if started:
        values |= _spent(line, at, mark)
    if started and line.people:
        share = (85, 100, 92, 110, 96, 105, 88, 114)[at]
        counts = (n * share // 100 for n in line.people)
        values |= dict(zip(("girls", "boys", "women", "men", "with_disability"), counts, strict=True))
    yield "progress", f"{line.key}p{quarter}", values
    reached = line.reached[at]
    if reached is not None:
        yield "actual", f"{line.key}a{quarter}", {"indicator": f"@{line.key}i", **when, "value": reached}


def _spent(line: Line, at: int, mark: str) -> dict[str, object]:
    """What a quarter cost: its share of the year's largest line, less where the work went badly."""
    _source, _payer, currency, *amounts = max(line.budget, key=lambda one: (one[3] or 0) + (one[4] or 0))
    year = amounts[at // 4]
    if year is None:
        return {}
    planned = sum(mark != "." for mark in line.quarters.split("|")[at // 4])
    share = {"t": 96, "d": 102, "r": 64, "l": 41, "x": 0}[mark]
    step = 100_000 if currency == "KHR" else 10
    return {"spent": year * share // (100 * planned) // step * step, "currency": currency}
