"""Who takes part in the story: bodies, people, the committee's members.

Named in the public report of the meeting of 23 June 2022 (Kandal provincial administration): the deputy governor, the
heads of departments, the working group, the national team, the committees of districts, UNICEF, Save the Children,
USAID and partners. Whom it does not name is here by office alone; sexes and presence of those are made up.
"""

from __future__ import annotations

from cpdesk.tasks.demo.book import Row

PROVINCE = "ខេត្តកណ្ដាល"
WCCC = "គណៈកម្មាធិការពិគ្រោះយោបល់កិច្ចការស្ត្រី និងកុមារ"


def _body(key: str, name_km: str, name_en: str, sort: str, **more: str) -> Row:
    return "body", key, {"name_km": name_km, "name_en": name_en, "sort": sort, **more}


BODIES: tuple[Row, ...] = (
    _body("hall", f"រដ្ឋបាល{PROVINCE}", "Kandal Provincial Administration", "other", place="08"),
    _body(
        "committee",
        f"{WCCC}{PROVINCE}",
        "Kandal Women and Children Consultative Committee",
        "committee",
        short="គ.ក.ស.ក ខេត្ត",
        place="08",
    ),
    _body(
        "group",
        "ក្រុមការងារកិច្ចការពារកុមារខេត្ត",
        "Provincial Child Protection Working Group",
        "working_group",
        place="08",
        parent="@committee",
    ),
    _body("national", "ក្រុមការងារថ្នាក់ជាតិ", "National team", "working_group"),
    _body(
        "social",
        "មន្ទីរសង្គមកិច្ច អតីតយុទ្ធជន និងយុវនីតិសម្បទាខេត្ត",
        "Department of Social Affairs, Veterans and Youth Rehabilitation",
        "department",
        place="08",
    ),
    _body("women", "មន្ទីរកិច្ចការនារីខេត្ត", "Department of Women's Affairs", "department", place="08"),
    _body(
        "education",
        "មន្ទីរអប់រំ យុវជន និងកីឡាខេត្ត",
        "Department of Education, Youth and Sport",
        "department",
        place="08",
    ),
    _body("health", "មន្ទីរសុខាភិបាលខេត្ត", "Department of Health", "department", place="08"),
    _body(
        "labour",
        "មន្ទីរការងារ និងបណ្ដុះបណ្ដាលវិជ្ជាជីវៈខេត្ត",
        "Department of Labour and Vocational Training",
        "department",
        place="08",
    ),
    _body("planning", "មន្ទីរផែនការខេត្ត", "Department of Planning", "department", place="08"),
    _body("police", "ស្នងការដ្ឋាននគរបាលខេត្ត", "Provincial Police Commissariat", "other", place="08"),
    _body("unicef", "អង្គការយូនីសេហ្វ", "UNICEF", "un_agency", short="UNICEF"),
    _body("save", "អង្គការសង្គ្រោះកុមារ", "Save the Children", "ngo", short="Save the Children"),
    _body("usaid", "ទីភ្នាក់ងារសហរដ្ឋអាមេរិកសម្រាប់ការអភិវឌ្ឍអន្តរជាតិ", "USAID", "donor", short="USAID"),
    _body("partners", "អង្គការដៃគូផ្សេងទៀត", "Other partner organisations", "ngo"),
    _body(
        "committee0811",
        f"{WCCC}ក្រុងតាខ្មៅ",
        "Ta Khmau Women and Children Consultative Committee",
        "committee",
        short="គ.ក.ស.ក តាខ្មៅ",
        place="0811",
        parent="@committee",
    ),
    _body(
        "committee0802",
        f"{WCCC}ស្រុកកៀនស្វាយ",
        "Kien Svay Women and Children Consultative Committee",
        "committee",
        short="គ.ក.ស.ក កៀនស្វាយ",
        place="0802",
        parent="@committee",
    ),
    _body(
        "committee0801",
        f"{WCCC}ស្រុកកណ្ដាលស្ទឹង",
        "Kandal Stueng Women and Children Consultative Committee",
        "committee",
        short="គ.ក.ស.ក កណ្ដាលស្ទឹង",
        place="0801",
        parent="@committee",
    ),
)


def _head(key: str, name: str, sex: str, body: str, position: str = "ប្រធានមន្ទីរ") -> Row:
    return "person", key, {"name_km": name, "sex": sex, "position": position, "body": f"@{body}"}


PEOPLE: tuple[Row, ...] = (
    (
        "person",
        "chair",
        {
            "name_km": "ហ៊ុន កុសនី",
            "title": "លោកជំទាវ",
            "sex": "female",
            "position": "អភិបាលរងខេត្ត",
            "body": "@hall",
        },
    ),
    _head("secretary", "មន្ត្រីលេខាធិការដ្ឋាន", "female", "committee", "លេខាធិការ គ.ក.ស.ក ខេត្ត"),
    _head("h_social", "ប្រធានមន្ទីរសង្គមកិច្ច", "male", "social"),
    _head("h_women", "ប្រធានមន្ទីរកិច្ចការនារី", "female", "women"),
    _head("h_education", "ប្រធានមន្ទីរអប់រំ", "male", "education"),
    _head("h_health", "ប្រធានមន្ទីរសុខាភិបាល", "male", "health"),
    _head("h_labour", "ប្រធានមន្ទីរការងារ", "male", "labour"),
    _head("h_planning", "ប្រធានមន្ទីរផែនការ", "female", "planning"),
    _head("h_police", "តំណាងស្នងការដ្ឋាននគរបាល", "male", "police", "តំណាង"),
    _head("group_head", "ប្រធានក្រុមការងារកិច្ចការពារកុមារខេត្ត", "female", "group", "ប្រធានក្រុមការងារ"),
    _head("p_unicef", "តំណាងអង្គការយូនីសេហ្វ", "female", "unicef", "តំណាង"),
    _head("p_save", "តំណាងអង្គការសង្គ្រោះកុមារ", "male", "save", "តំណាង"),
    _head("p_usaid", "តំណាង USAID", "female", "usaid", "តំណាង"),
    _head("p_national", "អ្នកសម្របសម្រួលថ្នាក់ជាតិ", "male", "national", "អ្នកសម្របសម្រួល"),
)

MEMBERS: tuple[Row, ...] = tuple(
    ("membership", f"m_{person}", {"body": "@committee", "person": f"@{person}", "role": role})
    for person, role in (
        ("chair", "chair"),
        ("h_social", "permanent_member"),
        ("h_women", "vice_chair"),
        ("h_education", "member"),
        ("h_health", "member"),
        ("h_labour", "member"),
        ("h_planning", "member"),
        ("h_police", "member"),
        ("secretary", "secretary"),
    )
)
