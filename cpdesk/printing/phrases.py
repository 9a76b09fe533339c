"""The fixed words of official forms, as a template that an office may change.

Forms are written in Khmer whatever language the window speaks. Names in braces are filled in; a phrase whose
value is missing is left out whole. The wording follows minutes of provincial and district administrations;
offices differ, so none of it is law.
"""

from __future__ import annotations

import string
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Phrases:
    """Every fixed phrase of the forms."""

    motto: tuple[str, ...] = ("ព្រះរាជាណាចក្រកម្ពុជា", "ជាតិ សាសនា ព្រះមហាក្សត្រ")
    number: str = "លេខ៖ {number}"
    page: str = "ទំព័រ {page} នៃ {pages}"
    place_date: str = "{place} {date}"
    date_by_hand: str = "ថ្ងៃទី{dots} ខែ{dots} ឆ្នាំ{dots}"
    meeting: str = "កិច្ចប្រជុំ"
    about: str = "ស្តីពី {subject}"
    person: str = "{title} {name} {position}"
    people: str = "{count}នាក់"

    minutes: str = "កំណត់ហេតុ"
    held_on: str = "នៅ{date}"
    held_at: str = "វេលាម៉ោង {time}"
    held_in: str = "នៅ{venue}"
    held: str = "បានបើក{sort}"
    held_by: str = "{organiser} បានរៀបចំ{sort}"
    held_for: str = "ក្នុងក្របខ័ណ្ឌនៃ{plan}"
    held_under: str = "ក្រោមអធិបតីភាព {chair}"
    end_of_sentence: str = "។"

    section_people: str = "សមាសភាពចូលរួម"
    section_agenda: str = "របៀបវារៈ"
    section_opening: str = "មតិបើកកិច្ចប្រជុំ"
    section_proceedings: str = "ដំណើរការកិច្ចប្រជុំ"
    section_presentations: str = "បទបង្ហាញ"
    section_inputs: str = "មតិយោបល់ និងធាតុចូល"
    section_decisions: str = "សេចក្តីសម្រេច និងការងារត្រូវអនុវត្តបន្ត"
    section_closing: str = "មតិបិទកិច្ចប្រជុំ"

    chaired_by: str = "អធិបតី៖ {chair}"
    recorded_by: str = "អ្នកធ្វើកំណត់ហេតុ៖ {secretary}"
    came: str = "អ្នកចូលរួមសរុប {total}"
    came_women: str = "ស្រី {women}"
    quorum_members: str = "សមាជិកសរុប {members} មានវត្តមាន {present}"
    quorum_reached: str = "គ្រប់កូរ៉ុមតាមការកំណត់"
    quorum_missed: str = "មិនគ្រប់កូរ៉ុមតាមការកំណត់"
    annexed: str = "បញ្ជីវត្តមានមានជូនក្នុងឧបសម្ព័ន្ធ"
    annex: str = "ឧបសម្ព័ន្ធ៖ បញ្ជីវត្តមាន"
    excused: str = "អវត្តមានមានច្បាប់៖ {names}"
    missing: str = "អវត្តមានឥតច្បាប់៖ {names}"
    represents: str = "តំណាង {who}"
    said: str = "{who} បានមានប្រសាសន៍ដូចតទៅ៖"
    adopted: str = "អង្គប្រជុំបានអនុម័តលើកំណត់ហេតុនៃកិច្ចប្រជុំលើកមុន។"
    not_adopted: str = "អង្គប្រជុំមិនទាន់បានអនុម័តលើកំណត់ហេតុនៃកិច្ចប្រជុំលើកមុននៅឡើយទេ។"
    point: str = "ចំណុចទី{number}៖ {title}"
    presented_by: str = "ធ្វើបទបង្ហាញដោយ៖ {presenter}"
    led_by: str = "ដឹកនាំដោយ៖ {presenter}"
    presentation: str = "បទបង្ហាញ «{title}»"
    presentation_by: str = "ដោយ {presenter}"
    inputs_follow: str = "មតិយោបល់របស់អង្គប្រជុំ៖"
    input_about: str = "ពាក់ព័ន្ធនឹង៖ {about}"
    input_result: str = "លទ្ធផលពិភាក្សា៖ {result}"
    open: str = "បន្តពិចារណា"
    accepted: str = "ទទួលយក"
    adapted: str = "ទទួលយកដោយកែសម្រួល"
    noted: str = "កត់ត្រាទុក"
    declined: str = "មិនទទួលយក"
    decision: str = "សេចក្តីសម្រេច"
    task: str = "ការងារ"
    recommendation: str = "អនុសាសន៍"
    ended: str = "អង្គប្រជុំបានបិទនៅវេលាម៉ោង {time} នាថ្ងៃ ខែ ឆ្នាំដដែល ក្រោមបរិយាកាសស្និទ្ធស្នាល និងការទទួលខុសត្រូវខ្ពស់។"

    secretary: tuple[str, ...] = ("អ្នកធ្វើកំណត់ហេតុ",)
    chair: tuple[str, ...] = ("បានឃើញ និងឯកភាព", "ប្រធានអង្គប្រជុំ")

    attendance: str = "បញ្ជីវត្តមាន"
    attendance_of: str = "អ្នកចូលរួម{subject}"
    prepared_by: tuple[str, ...] = ("អ្នករៀបចំបញ្ជី",)
    seen_by: tuple[str, ...] = ("បានឃើញ និងពិនិត្យត្រឹមត្រូវ", "ប្រធានអង្គប្រជុំ")
    date_time_place: str = "{when} {hour} {where}"

    col_number: str = "ល.រ"
    col_name: str = "នាម និងគោត្តនាម"
    col_sex: str = "ភេទ"
    col_position: str = "តួនាទី"
    col_body: str = "ស្ថាប័ន"
    col_phone: str = "លេខទូរស័ព្ទ"
    col_signature: str = "ហត្ថលេខា"
    col_decision: str = "ខ្លឹមសារ"
    col_responsible: str = "អ្នកទទួលខុសត្រូវ"
    col_due: str = "កាលកំណត់"
    female: str = "ស្រី"
    male: str = "ប្រុស"
    apology: str = "សុំច្បាប់"
    absent: str = "អវត្តមាន"
    totals: str = "សរុប"

    to_superior: str = "សូមគោរពជូន"
    to_equal: str = "គោរពជូន"
    to_inferior: str = "ជូន"
    opening_superior: str = (
        "សេចក្តីដូចមានក្នុងកម្មវត្ថុខាងលើ ខ្ញុំសូមគោរពជម្រាបជូន {address} មេត្តាជ្រាបដ៏ខ្ពង់ខ្ពស់ថា៖"
    )
    opening_equal: str = "តបតាមកម្មវត្ថុខាងលើ ខ្ញុំសូមជម្រាបជូន {address} ជ្រាបថា៖"
    opening_inferior: str = "តបតាមកម្មវត្ថុខាងលើ ខ្ញុំសូមជូនដំណឹងដល់ {address} ឱ្យបានជ្រាបថា៖"
    closing_superior: str = (
        "អាស្រ័យហេតុនេះ សូម {address} មេត្តាពិនិត្យ និងសម្រេចដោយក្តីអនុគ្រោះ។\n"
        "សូម {address} មេត្តាទទួលនូវការគោរពដ៏ខ្ពង់ខ្ពស់អំពីខ្ញុំ។"
    )
    closing_equal: str = (
        "អាស្រ័យហេតុនេះ សូម {address} មេត្តាជ្រាប និងចាត់ចែងតាមការគួរ។\n"
        "សូម {address} ទទួលនូវការរាប់អានដ៏ស្មោះអំពីខ្ញុំ។"
    )
    closing_inferior: str = "អាស្រ័យហេតុនេះ សូម {address} ជ្រាប និងចាត់ចែងអនុវត្តឱ្យបានល្អប្រសើរ។"
    copies: str = "ចម្លងជូន៖"


OFFICIAL = Phrases()


def misfits(words: Any) -> list[str]:
    """Names of the phrases (of `Phrases` or `ReportPhrases`) that an office changed so that they can no longer be
    filled in."""
    official = type(words)()
    return [
        field.name
        for field in fields(words)
        if not fits(_text(getattr(words, field.name)), _text(getattr(official, field.name)))
    ]


def _text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def fits(text: str, official: str) -> bool:
    """Whether `text` can be read as a template and has no blank that `official` lacks."""
    try:
        return blanks(text) <= blanks(official)
    except ValueError:
        return False


def blanks(text: str) -> set[str]:
    """The names in braces. ValueError where the braces are no such names."""
    found = set()
    for _before, name, form, turn in string.Formatter().parse(text):
        if form or turn:
            raise ValueError(text)
        if name is not None:
            found.add(name)
    return found
