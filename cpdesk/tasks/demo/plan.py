"""The plan that the meeting prepared (2023–2025), carried over from the one that ends (`old_plan`) and made fuller.

That its years are these, and what it is for, is the real meeting's; activities and numbers are made up.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from cpdesk.tasks.demo.book import Row
from cpdesk.tasks.demo.old_plan import DISTRICTS
from cpdesk.tasks.demo.people import PROVINCE

YEARS = (2023, 2024, 2025)
TITLE = f"ផែនការកិច្ចការពារកុមារ{PROVINCE} រយៈពេល៣ឆ្នាំ (២០២៣-២០២៥)"
EVERY_QUARTER = tuple(f"{year}Q{quarter}" for year in (2023, 2024, 2025) for quarter in (1, 2, 3, 4))


def _activity(
    output: str, code: str, text: str, responsible: str, partners: tuple[str, ...], quarters: tuple[str, ...],
    investment: str, programme: str, line: str, group: str, **more: object,
) -> Row:  # fmt: skip
    return (
        "activity",
        f"a{code}",
        {
            "output": f"@{output}",
            "code": code,
            "text": text,
            "responsible": f"@{responsible}",
            "partners": tuple(f"@{one}" for one in partners),
            "places": DISTRICTS,
            "year_quarters": quarters,
            "investment": investment,
            "investment_programme": programme,
            "investment_line": line,
            "group": group,
            **more,
        },
    )


CARRIED = {
    "old1": "o1",
    "old2": "o2",
    "old3": "o3",
    "old1.1": "o1.1",
    "old1.2": "o1.2",
    "old2.1": "o2.1",
    "old2.2": "o2.2",
    "old3.1": "o3.1",
    "old1.1.1": "a1.1.1",
    "old1.1.2": "a1.2.1",
    "old1.2.2": "a1.2.3",
    "old2.1.1": "a2.1.1",
    "old2.2.1": "a2.2.1",
    "old2.2.2": "a2.2.2",
    "old3.1.2": "a3.1.1",
}
"""What comes over from the plan before, and as what; an activity brings its indicator along."""

NEW_PLAN: tuple[Row, ...] = (
    (
        "plan",
        "plan23",
        {
            "title": TITLE,
            "first_year": 2023,
            "last_year": 2025,
            "sort": "child_protection",
            "office": "08",
            "body": "@committee",
            "rate": "4100",
            "state": "draft",
            "version": 1,
        },
    ),
    (
        "objective",
        "o1",
        {"plan": "@plan23", "text": "កុមារ និងគ្រួសារងាយរងគ្រោះ ត្រូវបានរកឃើញទាន់ពេល និងទទួលបានសេវាគាំពារសមស្រប"},
    ),
    ("output", "o1.1", {"objective": "@o1", "text": "ទិន្នន័យភាពងាយរងគ្រោះរបស់កុមារមានគ្រប់ក្រុង ស្រុក ហើយប្រើសម្រាប់កំណត់អាទិភាព"}),
    _activity(
        "o1.1", "1.1.1", "ប្រមូល និងធ្វើបច្ចុប្បន្នភាពទិន្នន័យសរុបអំពីភាពងាយរងគ្រោះរបស់កុមារ តាមឃុំ សង្កាត់ ជារៀងរាល់ឆ្នាំ",
        "social", ("unicef",), ("2023Q1", "2024Q1", "2025Q1"), "ongoing", "pip", "សេវាសង្គម៖ ទិន្នន័យកុមារ",
        "កុមារងាយរងគ្រោះទាំងអស់",
    ),
    _activity(
        "o1.1", "1.1.2", "វិភាគទិន្នន័យ និងដាក់ជូនគណៈកម្មាធិការនូវបញ្ជីអាទិភាពប្រចាំឆ្នាំ",
        "planning", ("unicef", "usaid"), ("2023Q2", "2024Q2", "2025Q2"), "pledged", "pip", "ផែនការ និងស្ថិតិ",
        "កុមារងាយរងគ្រោះទាំងអស់",
    ),
    ("output", "o1.2", {"objective": "@o1", "text": "ករណីកុមារត្រូវការការការពារ ត្រូវបានបញ្ជូន និងតាមដានតាមនីតិវិធី"}),
    _activity(
        "o1.2", "1.2.1", "បណ្ដុះបណ្ដាលមន្ត្រី គ.ក.ស.ក ក្រុង ស្រុក និងឃុំ សង្កាត់ អំពីការគ្រប់គ្រងករណី",
        "group", ("save", "unicef"), ("2023Q2",), "pledged", "dip", "សេវាសង្គម៖ សមត្ថភាពមន្ត្រី",
        "កុមាររងគ្រោះ និងប្រឈមនឹងហានិភ័យ",
    ),
    _activity(
        "o1.2", "1.2.2", "រៀបចំបណ្ដាញបញ្ជូនសេវារវាងប៉ុស្តិ៍នគរបាល មណ្ឌលសុខភាព សាលារៀន និងឃុំ សង្កាត់",
        "police", ("partners",), ("2023Q3", "2023Q4"), "not_pledged", "cip", "សណ្ដាប់ធ្នាប់ និងសេវាសង្គម",
        "កុមាររងអំពើហិង្សា",
    ),
    _activity(
        "o1.2", "1.2.3", "គាំទ្រការថែទាំកុមារក្នុងគ្រួសារ និងសហគមន៍ ជំនួសឱ្យការដាក់ក្នុងមជ្ឈមណ្ឌល",
        "social", ("save",), ("2023Q2", "2024Q2", "2025Q2"), "pledged", "pip", "សេវាសង្គម៖ ការថែទាំជំនួស",
        "កុមារបែកចេញពីគ្រួសារ",
    ),
    ("objective", "o2", {"plan": "@plan23", "text": "អំពើហិង្សា ការកេងប្រវ័ញ្ច និងការធ្វេសប្រហែសលើកុមារ ត្រូវបានបង្ការ"}),
    ("output", "o2.1", {"objective": "@o2", "text": "ឪពុកម្ដាយ អ្នកថែទាំ និងសាលារៀន អប់រំកុមារដោយគ្មានអំពើហិង្សា"}),
    _activity(
        "o2.1", "2.1.1", "រៀបចំវគ្គអប់រំឪពុកម្ដាយអំពីការចិញ្ចឹមកូនជាវិជ្ជមាន តាមភូមិ",
        "women", ("save", "partners"), ("2023Q1", "2023Q3", "2024Q1", "2024Q3"), "ongoing", "cip",
        "សេវាសង្គម៖ ស្ត្រី និងកុមារ", "កុមារអាយុក្រោម ១៨ឆ្នាំ",
    ),
    _activity(
        "o2.1", "2.1.2", "ធ្វើយុទ្ធនាការបង្ការអំពើហិង្សា និងសុវត្ថិភាពលើអ៊ីនធឺណិត នៅតាមសាលារៀន",
        "education", ("unicef",), ("2023Q4", "2024Q4", "2025Q4"), "pledged", "pip", "អប់រំ៖ សាលារៀនមានសុវត្ថិភាព",
        "សិស្សានុសិស្ស",
    ),
    ("output", "o2.2", {"objective": "@o2", "text": "កុមារប្រឈមនឹងពលកម្ម និងការបោះបង់ការសិក្សា ទទួលបានការគាំទ្រ"}),
    _activity(
        "o2.2", "2.2.1", "ចុះត្រួតពិនិត្យ និងណែនាំម្ចាស់សហគ្រាសអំពីការហាមឃាត់ពលកម្មកុមារ",
        "labour", ("usaid",), ("2023Q2", "2023Q4", "2024Q2", "2024Q4"), "not_pledged", "pip", "ការងារ៖ អធិការកិច្ច",
        "កុមារធ្វើពលកម្ម",
    ),
    _activity(
        "o2.2", "2.2.2", "តាមដាន និងឧបត្ថម្ភសិស្សក្រីក្រដែលប្រឈមនឹងការបោះបង់ការសិក្សា",
        "education", ("partners",), ("2023Q4", "2024Q4", "2025Q4"), "none", "dip", "អប់រំ៖ អាហារូបករណ៍",
        "សិស្សមកពីគ្រួសារក្រីក្រ",
    ),
    (
        "objective",
        "o3",
        {"plan": "@plan23", "text": "ផែនការកិច្ចការពារកុមារ និងផែនការវិនិយោគនៃថ្នាក់នីមួយៗ ស៊ីសង្វាក់គ្នា"},
    ),
    ("output", "o3.1", {"objective": "@o3", "text": "សកម្មភាពកិច្ចការពារកុមារមានក្នុងកម្មវិធីវិនិយោគក្រុង ស្រុក និងខេត្ត"}),
    _activity(
        "o3.1", "3.1.1", "រៀបចំសិក្ខាសាលាធ្វើសមាហរណកម្មសកម្មភាពកិច្ចការពារកុមារទៅក្នុងកម្មវិធីវិនិយោគ",
        "planning", ("unicef",), ("2023Q3", "2024Q3", "2025Q3"), "pledged", "dip", "រដ្ឋបាល៖ ការរៀបចំផែនការ",
        "កុមារទាំងអស់ក្នុងខេត្ត",
    ),
    _activity(
        "o3.1", "3.1.2", "ណែនាំបច្ចេកទេសដល់ គ.ក.ស.ក ក្រុង ស្រុក ក្នុងការរៀបចំផែនការប្រចាំឆ្នាំ",
        "group", ("national", "unicef"), ("2023Q1", "2024Q1", "2025Q1"), "ongoing", "dip", "រដ្ឋបាល៖ ការរៀបចំផែនការ",
        "កុមារទាំងអស់ក្នុងខេត្ត",
    ),
    ("output", "o3.2", {"objective": "@o3", "text": "ការអនុវត្តផែនការត្រូវបានតាមដានជាប្រចាំ និងកែតម្រូវទាន់ពេល"}),
    _activity(
        "o3.2", "3.2.1", "ប្រជុំប្រចាំត្រីមាសពិនិត្យវឌ្ឍនភាពនៃការអនុវត្តផែនការ",
        "committee", ("partners",), EVERY_QUARTER, "ongoing", "pip", "រដ្ឋបាល៖ កិច្ចប្រជុំ",
        "កុមារទាំងអស់ក្នុងខេត្ត",
    ),
    _activity(
        "o3.2", "3.2.2", "វាយតម្លៃពាក់កណ្ដាលអាណត្តិនៃផែនការ រួមជាមួយអង្គការដៃគូ",
        "group", ("usaid", "save", "unicef"), ("2024Q2",), "not_pledged", "pip", "រដ្ឋបាល៖ ការវាយតម្លៃ",
        "កុមារទាំងអស់ក្នុងខេត្ត",
    ),
)  # fmt: skip

_MEASURES = {
    "1.1.1": ("ចំនួនឃុំ សង្កាត់ដែលមានទិន្នន័យប្រចាំឆ្នាំ", "ឃុំ", False, (110, 122, 127)),
    "1.1.2": ("ចំនួនបញ្ជីអាទិភាពដែលបានដាក់ជូន", "បញ្ជី", True, (1, 1, 1)),
    "1.2.1": ("ចំនួនមន្ត្រីបានទទួលការបណ្ដុះបណ្ដាល", "នាក់", True, (150, None, None)),
    "1.2.2": ("ចំនួនឃុំ សង្កាត់ក្នុងបណ្ដាញបញ្ជូនសេវា", "ឃុំ", False, (40, None, None)),
    "1.2.3": ("ចំនួនកុមារបានវិលទៅគ្រួសារ ឬគ្រួសារថែទាំ", "នាក់", True, (40, 45, 50)),
    "2.1.1": ("ចំនួនឪពុកម្ដាយបានបញ្ចប់វគ្គ", "នាក់", True, (360, 400, None)),
    "2.1.2": ("ចំនួនសាលារៀនបានធ្វើយុទ្ធនាការ", "សាលា", True, (30, 40, 40)),
    "2.2.1": ("ចំនួនទីតាំងបានចុះពិនិត្យ", "ទីតាំង", True, (36, 40, None)),
    "2.2.2": ("ចំនួនសិស្សបានទទួលការឧបត្ថម្ភ", "នាក់", True, (200, 220, 240)),
    "3.1.1": ("ភាគរយនៃក្រុង ស្រុកដែលមានសកម្មភាពក្នុងកម្មវិធីវិនិយោគ", "%", False, (80, 90, 100)),
    "3.1.2": ("ចំនួន គ.ក.ស.ក ក្រុង ស្រុក ដែលបានទទួលការណែនាំ", "ក្រុង ស្រុក", False, (11, 11, 11)),
    "3.2.1": ("ចំនួនកិច្ចប្រជុំបានធ្វើ", "លើក", True, (4, 4, 4)),
}
_BUDGETS: dict[str, tuple[tuple[str, str, str, tuple[int | None, int | None, int | None]], ...]] = {
    "1.1.1": (
        ("state", "", "KHR", (26_000_000, 27_000_000, 28_000_000)),
        ("un", "unicef", "USD", (6_000, 6_000, 4_000)),
    ),
    "1.1.2": (("un", "unicef", "USD", (2_500, 2_500, 2_500)),),
    "1.2.1": (("ngo", "save", "USD", (9_500, None, None)),),
    "1.2.2": (("sub_national", "", "KHR", (14_000_000, None, None)),),
    "1.2.3": (("ngo", "save", "USD", (15_000, 16_000, 17_000)),),
    "2.1.1": (
        ("ngo", "save", "USD", (10_000, 10_000, None)),
        ("sub_national", "", "KHR", (9_000_000, 9_000_000, None)),
    ),
    "2.1.2": (("un", "unicef", "USD", (9_000, 9_000, 9_000)),),
    "2.2.1": (("donor", "usaid", "USD", (5_500, 5_500, None)),),
    "3.1.1": (("sub_national", "", "KHR", (6_000_000, 6_000_000, 6_000_000)),),
    "3.1.2": (("state", "", "KHR", (7_500_000, 7_500_000, 7_500_000)),),
    "3.2.1": (("state", "", "KHR", (8_000_000, 8_000_000, 8_000_000)),),
    "3.2.2": (("donor", "usaid", "USD", (None, 18_000, None)),),
}
"""One activity without an indicator and one without a budget are left: the checks have something to find."""


def hung(known: Container[str]) -> Iterator[Row]:
    """Indicators, targets and budgets of the new plan; what came over as an indicator is only brought up to date."""
    for code, (text, unit, adds_up, targets) in _MEASURES.items():
        key = f"a{code}i"
        if key not in known:
            yield "indicator", key, {"of": f"@a{code}", "text": text, "unit": unit, "cumulative": adds_up}
        for year, value in zip(YEARS, targets, strict=True):
            if value is not None:
                yield "target", f"a{code}t{year}", {"indicator": f"@{key}", "year": year, "value": value}
    for code, lines in _BUDGETS.items():
        for n, (source, payer, currency, amounts) in enumerate(lines):
            for year, amount in zip(YEARS, amounts, strict=True):
                if amount is not None:
                    line: dict[str, object] = {"activity": f"@a{code}", "year": year, "source": source}
                    line |= {"amount": amount, "currency": currency}
                    yield "budget_line", f"a{code}b{n}{year}", line | ({"donor": f"@{payer}"} if payer else {})


PRIORITIES: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("priority1", "កុមារបោះបង់ការសិក្សា ត្រូវបានគាំទ្រឱ្យត្រឡប់ទៅសាលារៀន", "dropout", "n3", ("2.2.2",)),
    ("priority2", "កុមារដែលឪពុកម្ដាយធ្វើចំណាកស្រុក មានអ្នកថែទាំសមស្រប", "migration", "n9", ("1.2.3",)),
    ("priority3", "អំពើហិង្សាលើកុមារក្នុងគ្រួសារ និងសាលារៀនត្រូវបានបង្ការ", "violence", "n2", ("2.1.1", "2.1.2", "1.2.2")),
    ("priority4", "កុមារមានពិការភាព ទទួលបានអត្តសញ្ញាណប័ណ្ណពិការភាព និងសេវា", "disability", "", ()),
)
"""(key, text, the measure that speaks for it, the input that asked for it, the activities that answer it)."""

SWOT: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("strength", "មានបណ្ដាញពីថ្នាក់ខេត្តដល់ឃុំ សង្កាត់", ("1.2.2",)),
    ("strength", "ថ្នាក់ដឹកនាំខេត្តតាមដានការងារកុមារជាប្រចាំ", ()),
    ("weakness", "ទិន្នន័យកុមារងាយរងគ្រោះនៅរាយប៉ាយ", ("1.1.1", "1.1.2")),
    ("weakness", "សកម្មភាពមួយចំនួនមិនទាន់មានថវិកា", ("3.1.1",)),
    ("weakness", "ខ្វះគ្រួសារថែទាំបណ្ដោះអាសន្ន", ()),
    ("opportunity", "អង្គការដៃគូបន្តគាំទ្រដល់ឆ្នាំ ២០២៥", ("1.2.1", "2.1.2")),
    ("opportunity", "ឃុំ សង្កាត់មានថវិកាសេវាសង្គម", ("2.1.1",)),
    ("threat", "ឪពុកម្ដាយធ្វើចំណាកស្រុកកើនឡើង", ("1.2.3",)),
    ("threat", "ហានិភ័យលើអ៊ីនធឺណិតចំពោះកុមារកើនឡើង", ("2.1.2",)),
)
