"""What an office says of itself: its name, its letterhead, the committee it serves. One record an office."""

from __future__ import annotations

import hashlib

from cpdesk.kinds import Amount, Count, Field, Flag, Kind, Ref, Text, choice

OFFICE = Kind(
    "office",
    "រដ្ឋបាល",
    "Office",
    (
        Field("code", Ref(("place",)), "កូដ", "Code", required=True),
        Field("name_km", Text(), "ឈ្មោះ", "Name in Khmer", required=True),
        Field("name_en", Text(), "ឈ្មោះជាអក្សរឡាតាំង", "Name in Latin"),
        Field(
            "issuer",
            Text(long=True),
            "ក្បាលលិខិត",
            "Letterhead",
            help_km="បន្ទាត់ខាងឆ្វេងនៃក្បាលលិខិត មួយបន្ទាត់ម្តង",
            help_en="The lines at the left of a letter's head, one a line.",
        ),
        Field("seat", Text(), "ទីកន្លែងចុះហត្ថលេខា", "Place of signing", help_km="ឧ. តាខ្មៅ", help_en="Such as តាខ្មៅ."),
        Field("committee", Ref(("body",)), "គណៈកម្មាធិការ", "Committee"),
        Field(
            "rate",
            Amount(),
            "អត្រាប្តូរប្រាក់",
            "Exchange rate",
            help_km="ចំនួនរៀលក្នុងមួយដុល្លារ សម្រាប់ផែនការថ្មី",
            help_en="Riel for one dollar, for new plans.",
        ),
        Field(
            "shares_papers",
            Flag(),
            "ចែករំលែកគំរូឯកសារ",
            "Shares its paper templates",
            help_km="រដ្ឋបាលថ្នាក់ក្រោមប្រើពាក្យ និងគំរូរបស់យើងជាគោល លើកលែងតែអ្វីដែលខ្លួនបានកែ",
            help_en="Offices under this one start from its words and templates, except where they changed them.",
        ),
        Field(
            "packages_every",
            choice(month=("រាល់ខែ", "Every month"), quarter=("រាល់ត្រីមាស", "Every quarter")),
            "កញ្ចប់ទិន្នន័យត្រូវផ្ញើ",
            "Packages are due",
            help_km="រដ្ឋបាលថ្នាក់ក្រោមត្រូវផ្ញើកញ្ចប់មួយ ក្រោយពេលនីមួយៗ។ ទុកទទេ បើមិនកំណត់",
            help_en="Offices under this one hand in a package after each. Blank where nothing is asked.",
        ),
        Field(
            "packages_day",
            Count(1, 31),
            "ត្រឹមថ្ងៃទី",
            "Until day",
            help_km="ថ្ងៃទីប៉ុន្មាននៃខែបន្ទាប់ (ធម្មតា ១០)",
            help_en="Day of the month that follows (10 where blank).",
        ),
        Field(
            "reports_day",
            Count(1, 31),
            "របាយការណ៍វឌ្ឍនភាពត្រឹមថ្ងៃទី",
            "Progress is reported until day",
            help_km="ថ្ងៃទីប៉ុន្មាននៃខែបន្ទាប់ពីចុងត្រីមាស។ ទុកទទេ បើមិនកំណត់",
            help_en="Day of the month after a quarter. Blank where nothing is asked.",
        ),
    ),
    title=("name_km",),
)


def office_record_id(code: str) -> str:
    """The id of an office's own record: the same on all its computers, so that they agree on one."""
    return hashlib.sha256(b"cpdesk office " + code.encode()).hexdigest()[:32]


KINDS = (OFFICE,)
