"""The meeting of 23 June 2022, as its secretary would have kept it.

From the public report: the day and that it was morning, the subject, who chaired, which bodies came, what the chair
asked for (vulnerability data for priorities, attention to each presentation, activities that agree with the investment
plans of districts and province), that the national team presented, that every body gave its inputs, that officers of
the district committees came to know the province's plan, that strong and weak points were discussed. The sentences are
our own; hours, hall, single inputs, due dates and who else was there are made up to fill the form.
"""

from __future__ import annotations

from cpdesk.tasks.demo.book import Row

SUBJECT = "ពិនិត្យវឌ្ឍនភាពនៃការអនុវត្តផែនការកិច្ចការពារកុមារ ឆ្នាំ២០២១-២០២២ និងរៀបចំផែនការកិច្ចការពារកុមារ រយៈពេល៣ឆ្នាំ (២០២៣-២០២៥)"

MEETING: Row = (
    "meeting",
    "meeting",
    {
        "subject": SUBJECT,
        "sort": "consultation",
        "date": "2022-06-23",
        "start": "08:00",
        "end": "11:30",
        "venue": "សាលប្រជុំសាលាខេត្ត",
        "place": "08",
        "organiser": "@committee",
        "chair": "@chair",
        "secretary": "@secretary",
        "plan": "@plan23",
        "state": "planned",
    },
)

AGENDA: tuple[Row, ...] = tuple(
    ("agenda_item", key, {"meeting": "@meeting", "title": title, **more})
    for key, title, more in (
        ("i1", "មតិបើកកិច្ចប្រជុំ", {"presenter": "@chair"}),
        ("i2", "វឌ្ឍនភាពនៃការអនុវត្តផែនការ ឆ្នាំ២០២១-២០២២", {"presenter": "@group_head"}),
        ("i3", "របៀបរៀបចំផែនការ រយៈពេល៣ឆ្នាំ", {"presenter": "@p_national"}),
        ("i4", "ទិន្នន័យភាពងាយរងគ្រោះរបស់កុមារ និងអាទិភាព", {"presenter": "@h_social"}),
        ("i5", "ធាតុចូលរបស់អង្គភាព និងអង្គការដៃគូ ចំណុចខ្លាំង និងចំណុចខ្សោយ", {"presenter": "@group_head"}),
        ("i6", "សេចក្តីសន្និដ្ឋាន និងការងារបន្ត", {"presenter": "@chair"}),
    )
)


def _came(key: str, person: str, status: str = "present", **more: object) -> Row:
    values = {"meeting": "@meeting", "person": f"@{person}", "invited": True, "status": status, **more}
    return "attendance", key, values


def _guest(key: str, name: str, sex: str, position: str, body: str) -> Row:
    values = {"name": name, "sex": sex, "position": position, "body": body}
    return "attendance", key, {"meeting": "@meeting", "invited": True, "status": "present", **values}


ATTENDANCE: tuple[Row, ...] = (
    _came("t1", "chair"),
    _came("t2", "h_women"),
    _came("t3", "h_social"),
    _came("t4", "h_education"),
    _came("t5", "h_health", "late", arrived="08:20"),
    _came("t6", "h_labour", "apology"),
    _came("t7", "h_planning"),
    _came("t8", "h_police"),
    _came("t9", "secretary"),
    _came("t10", "group_head"),
    _guest("t11", "សមាជិកក្រុមការងារ ទី១", "female", "សមាជិក", "ក្រុមការងារកិច្ចការពារកុមារខេត្ត"),
    _guest("t12", "សមាជិកក្រុមការងារ ទី២", "male", "សមាជិក", "ក្រុមការងារកិច្ចការពារកុមារខេត្ត"),
    _guest("t13", "សមាជិកក្រុមការងារ ទី៣", "female", "សមាជិក", "ក្រុមការងារកិច្ចការពារកុមារខេត្ត"),
    _came("t14", "p_national"),
    _guest("t15", "អ្នកបង្ហាញថ្នាក់ជាតិ", "female", "មន្ត្រីបច្ចេកទេស", "ក្រុមការងារថ្នាក់ជាតិ"),
    _guest("t16", "មន្ត្រី គ.ក.ស.ក ក្រុងតាខ្មៅ", "female", "មន្ត្រី", "គ.ក.ស.ក ក្រុងតាខ្មៅ"),
    _guest("t17", "មន្ត្រី គ.ក.ស.ក ស្រុកកៀនស្វាយ", "male", "មន្ត្រី", "គ.ក.ស.ក ស្រុកកៀនស្វាយ"),
    _guest("t18", "មន្ត្រី គ.ក.ស.ក ស្រុកកណ្ដាលស្ទឹង", "female", "មន្ត្រី", "គ.ក.ស.ក ស្រុកកណ្ដាលស្ទឹង"),
    _came("t19", "p_unicef"),
    _came("t20", "p_save"),
    _came("t21", "p_usaid"),
    _guest("t22", "តំណាងអង្គការដៃគូ", "female", "តំណាង", "អង្គការដៃគូផ្សេងទៀត"),
)

PRESENTATIONS: tuple[Row, ...] = (
    (
        "presentation",
        "s1",
        {
            "meeting": "@meeting",
            "agenda_item": "@i2",
            "presenter": "@group",
            "title": "លទ្ធផលនៃការអនុវត្តផែនការ ឆ្នាំ២០២១-២០២២",
            "summary": ("ក្រុមការងារបានរាយការណ៍អំពីសកម្មភាពដែលបានអនុវត្តរួច សកម្មភាពដែលកំពុងបន្ត និងសកម្មភាពដែលត្រូវលើកទៅផែនការថ្មី។"),
        },
    ),
    (
        "presentation",
        "s2",
        {
            "meeting": "@meeting",
            "agenda_item": "@i3",
            "presenter": "@national",
            "title": "ជំហាននៃការរៀបចំផែនការកិច្ចការពារកុមារ",
            "summary": (
                "ក្រុមការងារថ្នាក់ជាតិបានពន្យល់ពីជំហានរៀបចំផែនការ ចាប់ពីទិន្នន័យ អាទិភាព គោលបំណង លទ្ធផលរំពឹងទុក រហូតដល់សកម្មភាព "
                "និងការភ្ជាប់សកម្មភាពទៅកម្មវិធីវិនិយោគ។\nអ្នកចូលរួមបានសាកល្បងបំពេញតារាងផែនការតាមអង្គភាពរៀងៗខ្លួន។"
            ),
        },
    ),
    (
        "presentation",
        "s3",
        {
            "meeting": "@meeting",
            "agenda_item": "@i4",
            "presenter": "@social",
            "title": "ការប្រមូល និងវិភាគទិន្នន័យភាពងាយរងគ្រោះរបស់កុមារ",
            "summary": "មន្ទីរបានបង្ហាញប្រភពទិន្នន័យដែលមាន និងចន្លោះដែលត្រូវបំពេញ ដើម្បីកំណត់អាទិភាពសម្រាប់ផែនការ៣ឆ្នាំ។",
        },
    ),
)


def _input(
    key: str, body: str, text: str, disposition: str, became: str = "", person: str = "", reason: str = ""
) -> Row:
    values: dict[str, object] = {"body": f"@{body}", "text": text, "disposition": disposition}
    if became:
        values |= {"about": f"@a{became}", "became": f"@a{became}"}
    if person:
        values["person"] = f"@{person}"
    if reason:
        values["reason"] = reason
    return "input", key, {"meeting": "@meeting", "agenda_item": "@i5", **values}


INPUTS: tuple[Row, ...] = (
    _input(
        "n1", "social", "សុំឱ្យមានទម្រង់ប្រមូលទិន្នន័យតែមួយសម្រាប់គ្រប់ឃុំ សង្កាត់ ហើយធ្វើបច្ចុប្បន្នភាពរៀងរាល់ឆ្នាំ។",
        "accepted", "1.1.1", "h_social",
    ),
    _input(
        "n2", "women", "ស្នើបន្តវគ្គអប់រំឪពុកម្ដាយនៅតាមភូមិ ដោយបញ្ចូលប្រធានបទអំពីអំពើហិង្សាក្នុងគ្រួសារ។",
        "accepted", "2.1.1", "h_women",
    ),
    _input(
        "n3", "education", "ស្នើឱ្យសាលារៀនជាទីកន្លែងសំខាន់សម្រាប់ផ្សព្វផ្សាយអំពីសុវត្ថិភាពរបស់កុមារលើអ៊ីនធឺណិត។",
        "accepted", "2.1.2", "h_education",
    ),
    _input(
        "n4", "health", "ស្នើឱ្យមណ្ឌលសុខភាពទទួល និងបញ្ជូនករណីកុមាររងគ្រោះក្នុងពេល ២៤ម៉ោង។", "adapted", "1.2.2", "h_health",
        "បញ្ចូលរួមក្នុងបណ្ដាញបញ្ជូនសេវាតែមួយ។",
    ),
    _input(
        "n5", "labour", "ស្នើចុះពិនិត្យសហគ្រាសរួមគ្នាជាមួយអាជ្ញាធរមូលដ្ឋាន ដើម្បីទប់ស្កាត់ពលកម្មកុមារ។", "accepted", "2.2.1",
    ),
    _input(
        "n6", "police", "សុំឱ្យអង្គភាពទាំងអស់រក្សាការសម្ងាត់អត្តសញ្ញាណកុមារក្នុងពេលផ្ដល់ព័ត៌មាន។", "noted", "", "h_police",
    ),
    _input(
        "n7", "planning", "សកម្មភាពនីមួយៗគួរបញ្ជាក់ជំពូកនៃកម្មវិធីវិនិយោគក្រុង ស្រុក ឬខេត្ត ដែលខ្លួនស្ថិតនៅ។",
        "accepted", "3.1.1", "h_planning",
    ),
    _input(
        "n8", "unicef", "អាចគាំទ្របច្ចេកទេសក្នុងការវិភាគទិន្នន័យ និងការកំណត់អាទិភាព។", "accepted", "1.1.2", "p_unicef",
    ),
    _input(
        "n9", "save", "ស្នើឱ្យផ្ដោតលើការថែទាំកុមារក្នុងគ្រួសារ និងសហគមន៍ជាមុន។", "accepted", "1.2.3", "p_save",
    ),
    _input(
        "n10", "usaid", "ស្នើឱ្យមានការវាយតម្លៃផែនការនៅឆ្នាំទី២ ដោយអ្នកវាយតម្លៃខាងក្រៅ។", "adapted", "3.2.2", "p_usaid",
        "ធ្វើការវាយតម្លៃដោយក្រុមការងាររួមជាមួយអង្គការដៃគូ។",
    ),
    _input("n11", "partners", "ស្នើធ្វើផែនទីគម្រោងរបស់អង្គការដៃគូ ដើម្បីកុំឱ្យជាន់គ្នានៅឃុំតែមួយ។", "open"),
    _input(
        "n12", "committee0811", "ស្នើឱ្យខេត្តណែនាំ គ.ក.ស.ក ក្រុង ស្រុក មុនរៀបចំផែនការប្រចាំឆ្នាំ។", "accepted", "3.1.2",
    ),
    _input(
        "n13", "group",
        "ចំណុចខ្លាំង៖ មានបណ្ដាញពីថ្នាក់ខេត្តដល់ឃុំ សង្កាត់ និងមានដៃគូគាំទ្រ។\nចំណុចខ្សោយ៖ ទិន្នន័យនៅរាយប៉ាយ "
        "ហើយសកម្មភាពមួយចំនួនមិនទាន់មានថវិកា។",
        "noted", "", "group_head",
    ),
)  # fmt: skip


def _task(key: str, sort: str, text: str, responsible: str, due: str, about: str = "") -> Row:
    values: dict[str, object] = {"sort": sort, "text": text, "responsible": f"@{responsible}", "due": due}
    if about:
        values["about"] = f"@a{about}"
    return "follow_up", key, {"meeting": "@meeting", "state": "open", **values}


FOLLOW_UPS: tuple[Row, ...] = (
    _task(
        "f1", "decision", "យកសេចក្តីព្រាងដែលអង្គប្រជុំបានពិភាក្សា ធ្វើជាមូលដ្ឋាននៃផែនការកិច្ចការពារកុមារ ២០២៣-២០២៥។",
        "committee", "2022-06-30",
    ),
    _task(
        "f2", "task", "ប្រមូល និងវិភាគទិន្នន័យភាពងាយរងគ្រោះរបស់កុមារ ដើម្បីជាមូលដ្ឋានកំណត់អាទិភាព។", "social", "2022-07-29",
        "1.1.1",
    ),
    _task("f3", "task", "មន្ទីរ និងអង្គភាពនីមួយៗ បំពេញសកម្មភាពរបស់ខ្លួនក្នុងផែនការរួម។", "group", "2022-07-15"),
    _task(
        "f4", "task", "គ.ក.ស.ក ក្រុងតាខ្មៅ ពិនិត្យសកម្មភាពឱ្យស៊ីគ្នានឹងផែនការវិនិយោគក្រុង។", "committee0811", "2022-08-12",
        "3.1.1",
    ),
    _task(
        "f5", "task", "គ.ក.ស.ក ស្រុកកៀនស្វាយ ពិនិត្យសកម្មភាពឱ្យស៊ីគ្នានឹងផែនការវិនិយោគស្រុក។", "committee0802", "2022-08-12",
        "3.1.1",
    ),
    _task(
        "f6", "task", "គ.ក.ស.ក ស្រុកកណ្ដាលស្ទឹង ពិនិត្យសកម្មភាពឱ្យស៊ីគ្នានឹងផែនការវិនិយោគស្រុក។", "committee0801",
        "2022-08-12", "3.1.1",
    ),
    _task("f7", "recommendation", "អង្គការដៃគូផ្ដល់ព័ត៌មានអំពីគម្រោងគាំទ្រ ឆ្នាំ២០២៣។", "partners", "2022-07-22"),
    _task("f8", "task", "បូកសរុបសេចក្តីព្រាងចុងក្រោយ និងផ្ញើជូនសមាជិកមុនកិច្ចប្រជុំបន្ទាប់។", "secretary", "2022-08-31"),
)  # fmt: skip

OPENING = (
    "លោកជំទាវអធិបតី បានស្វាគមន៍អ្នកចូលរួម និងបានរំលឹកភារកិច្ចរបស់ក្រុមការងារ ក្នុងការប្រមូល និងវិភាគទិន្នន័យកុមារងាយរងគ្រោះ "
    "ឱ្យក្លាយជាអាទិភាពនៃផែនការ។\n"
    "លោកជំទាវបានស្នើឱ្យតាមដានបទបង្ហាញនីមួយៗ ពិភាក្សាឱ្យស៊ីជម្រៅលើផែនការ ២០២៣-២០២៥ តាមស្ថានភាពជាក់ស្ដែងរបស់ខេត្ត "
    "និងបំពេញសកម្មភាពឱ្យស្របនឹងផែនការវិនិយោគក្រុង ស្រុក និងខេត្ត។"
)
CLOSING = (
    "លោកជំទាវអធិបតី បានវាយតម្លៃថា ទោះពេលវេលាខ្លី កិច្ចប្រជុំសម្រេចបានលទ្ធផលល្អ៖ អ្នកចូលរួមយល់ពីរបៀបរៀបចំផែនការ "
    "អង្គភាពនីមួយៗបានផ្ដល់ធាតុចូល ហើយមន្ត្រី គ.ក.ស.ក ក្រុង ស្រុក បានស្គាល់ផែនការថ្នាក់ខេត្ត។\n"
    "លោកជំទាវបានស្នើឱ្យបន្តអនុវត្តការងារដែលបានសម្រេច ដើម្បីឱ្យផែនការថ្មីទទួលបានជោគជ័យ។"
)
MINUTES = {
    "i1": "លោកជំទាវអធិបតី បានបើកកិច្ចប្រជុំ និងប្រកាសរបៀបវារៈ។",
    "i2": "អង្គប្រជុំបានពិនិត្យវឌ្ឍនភាពនៃផែនការចាស់ និងបានកំណត់សកម្មភាពដែលត្រូវលើកទៅផែនការថ្មី។",
    "i4": "អង្គប្រជុំបានឯកភាពថា ទិន្នន័យត្រូវប្រើជាតួលេខសរុបប៉ុណ្ណោះ ដោយគ្មានឈ្មោះកុមារ។",
    "i5": "អង្គភាព និងអង្គការដៃគូបានផ្ដល់ធាតុចូលម្ដងម្នាក់ ហើយបានពិភាក្សាអំពីចំណុចខ្លាំង និងចំណុចខ្សោយ។",
    "i6": "អង្គប្រជុំបានឯកភាពលើការងារបន្ត អ្នកទទួលខុសត្រូវ និងកាលកំណត់។",
}
