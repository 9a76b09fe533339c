"""The plan that ends (2021–2022) and the one that the meeting prepared (2023–2025), as the story has them."""

from __future__ import annotations

from cpdesk.tasks.demo.book import Row
from cpdesk.tasks.demo.people import PROVINCE

DISTRICTS = ("0801", "0802", "0811")
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


OLD_PLAN: tuple[Row, ...] = (
    (
        "plan",
        "plan21",
        {
            "title": f"ផែនការកិច្ចការពារកុមារ{PROVINCE} ឆ្នាំ២០២១-២០២២",
            "first_year": 2021,
            "last_year": 2022,
            "sort": "child_protection",
            "office": "08",
            "body": "@committee",
            "state": "approved",
        },
    ),
    ("objective", "old1", {"plan": "@plan21", "text": "កុមារងាយរងគ្រោះនៅក្នុងខេត្តទទួលបានសេវាគាំពារ"}),
    ("output", "old1.1", {"objective": "@old1", "text": "មន្ត្រីមូលដ្ឋានស្គាល់កុមារងាយរងគ្រោះ និងបញ្ជូនទៅសេវាដែលត្រឹមត្រូវ"}),
    *(
        (
            "activity",
            f"old{code}",
            {
                "output": "@old1.1",
                "code": code,
                "text": text,
                "responsible": responsible,
                "places": DISTRICTS,
                "year_quarters": quarters,
                "investment": "ongoing",
            },
        )
        for code, text, responsible, quarters in (
            ("1.1.1", "រៀបចំបញ្ជីស្ថិតិកុមារងាយរងគ្រោះតាមឃុំ សង្កាត់", "@social", ("2021Q2", "2022Q1")),
            ("1.1.2", "បណ្ដុះបណ្ដាលមន្ត្រីមូលដ្ឋានអំពីជំហាននៃការបញ្ជូនករណី", "@group", ("2021Q4", "2022Q3")),
            ("1.1.3", "ផ្សព្វផ្សាយអំពីសិទ្ធិកុមារតាមភូមិ", "@women", ("2021Q3", "2022Q2")),
        )
    ),
)

NEW_PLAN: tuple[Row, ...] = (
    (
        "plan",
        "plan23",
        {
            "title": f"ផែនការកិច្ចការពារកុមារ{PROVINCE} រយៈពេល៣ឆ្នាំ (២០២៣-២០២៥)",
            "first_year": 2023,
            "last_year": 2025,
            "sort": "child_protection",
            "office": "08",
            "body": "@committee",
            "previous": "@plan21",
            "state": "draft",
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
        "កុមារងាយរងគ្រោះទាំងអស់", carried_from="@old1.1.1",
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
        "កុមាររងគ្រោះ និងប្រឈមនឹងហានិភ័យ", carried_from="@old1.1.2",
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
