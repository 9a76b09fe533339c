"""Places, bodies, people, and who sits where."""

from __future__ import annotations

from cpdesk.i18n import _
from cpdesk.kinds import Date, Field, Kind, Ref, Text, Values, choice

SEX = choice(female=("ស្រី", "Female"), male=("ប្រុស", "Male"))


def _ends_after_start(values: Values) -> tuple[str, str] | None:
    start, end = values.get("from"), values.get("until")
    if isinstance(start, str) and isinstance(end, str) and end < start:
        return "until", _("The last day lies before the first.")
    return None


PLACE = Kind(
    "place",
    "ទីតាំង",
    "Place",
    (
        Field("code", Text(), "កូដ", "Code", required=True),
        Field(
            "level",
            choice(
                nation=("ជាតិ", "Nation"),
                province=("ខេត្ត", "Province"),
                capital=("រាជធានី", "Capital"),
                municipality=("ក្រុង", "Municipality"),
                district=("ស្រុក", "District"),
                khan=("ខណ្ឌ", "Khan"),
                commune=("ឃុំ", "Commune"),
                sangkat=("សង្កាត់", "Sangkat"),
                village=("ភូមិ", "Village"),
            ),
            "ថ្នាក់",
            "Level",
        ),
        Field("name_km", Text(), "ឈ្មោះជាភាសាខ្មែរ", "Name in Khmer"),
        Field("name_en", Text(), "ឈ្មោះជាអក្សរឡាតាំង", "Name in Latin"),
        Field("parent", Ref(("place",)), "ស្ថិតក្នុង", "Part of"),
        Field("valid_from", Date(), "មានពីថ្ងៃ", "Valid from"),
        Field("valid_to", Date(), "រហូតដល់ថ្ងៃ", "Valid until"),
    ),
    title=("name_km", "name_en"),
    built_in=True,
)

BODY = Kind(
    "body",
    "ស្ថាប័ន/អង្គភាព",
    "Body",
    (
        Field("name_km", Text(), "ឈ្មោះ", "Name in Khmer", required=True),
        Field("name_en", Text(), "ឈ្មោះជាអក្សរឡាតាំង", "Name in Latin"),
        Field("short", Text(), "ឈ្មោះកាត់", "Short name"),
        Field(
            "sort",
            choice(
                committee=("គណៈកម្មាធិការ", "Committee"),
                working_group=("ក្រុមការងារ", "Working group"),
                department=("មន្ទីរ", "Department"),
                office=("ការិយាល័យ", "Office"),
                ngo=("អង្គការក្រៅរដ្ឋាភិបាល", "NGO"),
                un_agency=("ទីភ្នាក់ងារសហប្រជាជាតិ", "UN agency"),
                donor=("ម្ចាស់ជំនួយ", "Donor"),
                other=("ផ្សេងៗ", "Other"),
            ),
            "ប្រភេទ",
            "Sort",
        ),
        Field("place", Ref(("place",)), "ទីតាំង", "Place"),
        Field("parent", Ref(("body",)), "ស្ថាប័នលើ", "Part of"),
    ),
    title=("name_km", "name_en"),
    order=("name_km",),
)

PERSON = Kind(
    "person",
    "បុគ្គល",
    "Person",
    (
        Field("name_km", Text(), "នាម និងគោត្តនាម", "Name in Khmer", required=True),
        Field("name_latin", Text(), "ឈ្មោះជាអក្សរឡាតាំង", "Name in Latin"),
        Field(
            "title",
            Text(),
            "គោរមងារ",
            "Title",
            help_km="ឯកឧត្តម លោកជំទាវ លោក លោកស្រី…",
            help_en="As it is said before the name: ឯកឧត្តម, លោកជំទាវ, លោក, លោកស្រី…",
        ),
        Field("sex", SEX, "ភេទ", "Sex"),
        Field("position", Text(), "តួនាទី", "Position"),
        Field("body", Ref(("body",)), "ស្ថាប័ន", "Body"),
        Field(
            "phone",
            Text(),
            "លេខទូរស័ព្ទ",
            "Phone",
            help_km="រក្សាទុកតែក្នុងកុំព្យូទ័រនេះ មិនផ្ញើចេញទេ",
            help_en="Kept on this computer only, never sent.",
            private=True,
            personal=True,
        ),
        Field(
            "purpose_noted",
            Text(),
            "មូលហេតុដែលរក្សាទុកលេខ",
            "Why the number is kept",
            help_km="ហេតុអ្វីបានជាត្រូវរក្សាទុកលេខទូរស័ព្ទ",
            help_en="Why the phone number is kept.",
            private=True,
        ),
        Field(
            "purpose",
            choice(
                member=("សមាជិកគណៈកម្មាធិការ ឬក្រុមការងារ", "Member of a committee or working group"),
                invited=("ត្រូវបានអញ្ជើញចូលរួមប្រជុំ", "Invited to meetings"),
                partner=("អ្នកទំនាក់ទំនងរបស់ស្ថាប័នដៃគូ", "Contact of a partner"),
                officer=("មន្ត្រីអនុវត្តផែនការ", "Officer who carries out the plan"),
                other=("គោលបំណងផ្សេង", "Another purpose"),
            ),
            "គោលបំណងនៃការរក្សាទុក",
            "Purpose",
            help_km="ហេតុអ្វីបានជាការិយាល័យរក្សាទុកទិន្នន័យរបស់បុគ្គលនេះ",
            help_en="Why the office keeps what it knows of this person.",
        ),
        Field("purpose_since", Date(), "រក្សាទុកតាំងពីថ្ងៃ", "Kept since"),
        Field(
            "objection",
            Text(long=True),
            "ពាក្យរបស់សាមីខ្លួន",
            "What the person says of it",
            help_km="បើសាមីខ្លួនមិនយល់ស្របនឹងអ្វីដែលបានកត់ត្រា ពាក្យរបស់គាត់ត្រូវរក្សាទុកជាមួយ",
            help_en="Where the person disagrees with what is written, their words are kept with it.",
        ),
    ),
    title=("name_km", "name_latin"),
    order=("name_km",),
)

MEMBERSHIP = Kind(
    "membership",
    "សមាជិកភាព",
    "Membership",
    (
        Field("body", Ref(("body",)), "ស្ថាប័ន", "Body", required=True),
        Field("person", Ref(("person",)), "បុគ្គល", "Person", required=True),
        Field(
            "role",
            choice(
                chair=("ប្រធាន", "Chair"),
                vice_chair=("អនុប្រធាន", "Vice-chair"),
                permanent_member=("សមាជិកអចិន្ត្រៃយ៍", "Permanent member"),
                member=("សមាជិក", "Member"),
                secretary=("លេខាធិការ", "Secretary"),
            ),
            "តួនាទីក្នុងគណៈកម្មាធិការ",
            "Role",
        ),
        Field("from", Date(), "ចាប់ពីថ្ងៃ", "From"),
        Field("until", Date(), "ដល់ថ្ងៃ", "Until"),
    ),
    title=("role", "from"),
    parent="body",
    rules=(_ends_after_start,),
)

KINDS = (PLACE, BODY, PERSON, MEMBERSHIP)
