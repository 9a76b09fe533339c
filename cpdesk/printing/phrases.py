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
    came_unsaid: str = "(មិនបានបញ្ជាក់ភេទ {count})"
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
    ended: str = "អង្គប្រជុំបានបិទនៅវេលាម៉ោង {time} នាថ្ងៃ ខែ ឆ្នាំដដែល ប្រកបដោយបរិយាកាសស្និទ្ធស្នាល និងការទទួលខុសត្រូវខ្ពស់។"

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
    phones_for: str = "លេខទូរស័ព្ទបង្ហាញពេញលេញសម្រាប់តែ៖ {purpose}"
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
    to_equal: str = "សូមជម្រាបជូន"
    to_inferior: str = "ជូន"
    opening_superior: str = "សេចក្តីដូចមានក្នុង{above} ខ្ញុំសូមគោរពជម្រាបជូន {address} មេត្តាជ្រាបដ៏ខ្ពង់ខ្ពស់ថា៖"
    opening_equal: str = "តបតាម{above} ខ្ញុំសូមជម្រាបជូន {address} ជ្រាបថា៖"
    opening_inferior: str = "តបតាម{above} ខ្ញុំសូមជូនដំណឹងដល់ {address} ឱ្យបានជ្រាបថា៖"
    closing_superior: str = (
        "អាស្រ័យដូចបានគោរពជម្រាបជូនខាងលើ សូម {address} មេត្តាជ្រាប និងពិនិត្យសម្រេចដោយក្តីអនុគ្រោះ។\n"
        "សូម {address} មេត្តាទទួលនូវការគោរពដ៏ខ្ពង់ខ្ពស់អំពីខ្ញុំ។"
    )
    closing_equal: str = (
        "អាស្រ័យហេតុនេះ សូម {address} មេត្តាជ្រាប និងចាត់ចែងអនុវត្តតាមការគួរ។\nសូម {address} ទទួលនូវការរាប់អានដ៏ស្មោះអំពីខ្ញុំ។"
    )
    closing_inferior: str = "អាស្រ័យហេតុនេះ សូម {address} ជ្រាប និងចាត់ចែងអនុវត្តឱ្យបានល្អប្រសើរ។"
    copies: str = "ចម្លងជូន៖"

    # The head of a letter. {above} in openings is what they answer: the subject, or subject and reference.
    letter_to: str = "{to} {address}"
    letter_via: str = "តាមរយៈ៖"
    letter_subject: str = "កម្មវត្ថុ៖"
    letter_reference: str = "យោង៖"
    letter_enclosed: str = "លិខិតភ្ជាប់៖"
    above_subject: str = "កម្មវត្ថុខាងលើ"
    above_reference: str = "កម្មវត្ថុ និងយោងខាងលើ"
    address_man: str = "លោក"
    address_woman: str = "លោកស្រី"
    address_anybody: str = "លោក លោកស្រី"
    address_all: str = "ឯកឧត្តម លោកជំទាវ លោក លោកស្រី"
    weekday: str = "ថ្ងៃ{weekday} {date}"

    # Invitations (លិខិតអញ្ជើញ).
    invitation: str = "លិខិតអញ្ជើញ"
    invitation_subject: str = "ការអញ្ជើញចូលរួម{meeting}"
    invited_by: str = "{organiser} នឹងរៀបចំ{meeting}"
    invited: str = "នឹងមានការរៀបចំ{meeting}"
    invited_under: str = "ក្រោមអធិបតីភាព {chair}"
    invited_on: str = "នៅ{date} វេលាម៉ោង {time}"
    invited_in: str = "នៅ{venue}"
    invited_agenda: str = "កិច្ចប្រជុំនេះមានរបៀបវារៈដូចខាងក្រោម៖"
    invited_agenda_enclosed: str = "របៀបវារៈនៃកិច្ចប្រជុំមានភ្ជាប់ជូនជាមួយនេះ។"
    invited_delegate: str = "ក្នុងករណីជាប់ភារកិច្ចចាំបាច់ សូម {address} មេត្តាចាត់តំណាងដែលអាចសម្រេចការងារបាន មកចូលរួមជំនួស។"
    invited_closing_superior: str = (
        "អាស្រ័យដូចបានគោរពជម្រាបជូនខាងលើ សូម {address} មេត្តាអញ្ជើញចូលរួមតាមកាលបរិច្ឆេទ និងទីកន្លែងខាងលើ ដោយក្តីអនុគ្រោះ។\n"
        "សូម {address} មេត្តាទទួលនូវការគោរពដ៏ខ្ពង់ខ្ពស់អំពីខ្ញុំ។"
    )
    invited_closing_equal: str = (
        "អាស្រ័យដូចបានជម្រាបជូនខាងលើ សូម {address} អញ្ជើញចូលរួមតាមកាលបរិច្ឆេទ និងទីកន្លែងខាងលើ ដោយក្តីអនុគ្រោះ។\n"
        "សូម {address} ទទួលនូវការរាប់អានដ៏ស្មោះអំពីខ្ញុំ។"
    )
    invited_closing_inferior: str = "អាស្រ័យដូចបានជម្រាបខាងលើ សូម {address} អញ្ជើញចូលរួមតាមកាលបរិច្ឆេទ និងទីកន្លែងខាងលើឱ្យបានទៀងទាត់។"
    inviter: tuple[str, ...] = ("ប្រធានគណៈកម្មាធិការ",)
    filed: tuple[str, ...] = ("ដូចកម្មវត្ថុ", "ឯកសារ-កាលប្បវត្តិ")
    invited_list: str = "ដូចមាននាមក្នុងបញ្ជីអ្នកអញ្ជើញភ្ជាប់ជូន"
    invited_list_title: str = "បញ្ជីអ្នកអញ្ជើញ"
    invited_list_of: str = "ចូលរួម{meeting}"
    invited_count: str = "អ្នកអញ្ជើញសរុប {total}"

    # The agenda (របៀបវារៈ).
    agenda: str = "របៀបវារៈ"
    agenda_of: str = "សម្រាប់{meeting}"
    agenda_when: str = "កាលបរិច្ឆេទ៖"
    agenda_where: str = "ទីកន្លែង៖"
    agenda_chair: str = "អធិបតី៖"
    agenda_left: str = "ការងារបន្តពីកិច្ចប្រជុំមុន"
    agenda_points: str = "ខ្លឹមសារនៃកិច្ចប្រជុំ"
    col_point: str = "របៀបវារៈ"
    col_presenter: str = "អ្នកដឹកនាំ/អ្នកធ្វើបទបង្ហាញ"
    agenda_by: tuple[str, ...] = ("អ្នករៀបចំ",)
    agreed_by: tuple[str, ...] = ("បានឃើញ និងឯកភាព", "ប្រធានអង្គប្រជុំ")

    # The report on a meeting (របាយការណ៍ស្តីពីលទ្ធផលកិច្ចប្រជុំ).
    meeting_report: str = "របាយការណ៍"
    meeting_report_of: str = "ស្តីពីលទ្ធផលនៃ{meeting}"
    report_to: str = "អភិបាល នៃគណៈអភិបាល{place}"
    report_to_governor: str = "ឯកឧត្តម"
    report_to_district: str = "លោក"
    meeting_report_subject: str = "របាយការណ៍ស្តីពីលទ្ធផលនៃ{meeting}"
    by_invitation: str = "លិខិតអញ្ជើញលេខ {number}"
    by_invitation_of: str = "លិខិតអញ្ជើញលេខ {number} ចុះ{date}"
    report_purpose: str = "គោលបំណង"
    report_purpose_text: str = "កិច្ចប្រជុំនេះធ្វើឡើងក្នុងគោលបំណង {subject}"
    report_for_plan: str = "ក្នុងក្របខ័ណ្ឌនៃ{plan}"
    report_people: str = "សមាសភាពចូលរួម"
    report_bodies: str = "មានការចូលរួមពី៖ {bodies}"
    report_proceedings: str = "ដំណើរការ"
    report_until: str = "ដល់វេលាម៉ោង {time}"
    report_presentations: str = "អង្គប្រជុំបានស្តាប់បទបង្ហាញដូចខាងក្រោម៖"
    report_results: str = "លទ្ធផលតាមរបៀបវារៈ"
    report_inputs: str = "មតិយោបល់ និងធាតុចូល"
    report_decisions: str = "សេចក្តីសម្រេច និងការងារត្រូវអនុវត្តបន្ត"
    col_who: str = "អ្នកផ្តល់មតិ"
    col_input: str = "មតិយោបល់"
    col_disposition: str = "លទ្ធផលពិភាក្សា"
    reported_by: tuple[str, ...] = ("អ្នកធ្វើរបាយការណ៍",)

    # The follow-up list (តារាងតាមដានការងារ).
    follow_ups: str = "តារាងតាមដានការងារ"
    follow_ups_of: str = "ក្រោយ{meeting}"
    follow_ups_all: str = "ការងារត្រូវអនុវត្តបន្តពីកិច្ចប្រជុំទាំងអស់"
    follow_ups_through: str = "គិតត្រឹម{date}"
    follow_ups_count: str = "ការងារសរុប {total}៖ {states}។"
    follow_ups_state: str = "{state} {count}"
    follow_ups_overdue: str = "ហួសកាលកំណត់ {count}។"
    follow_ups_none: str = "មិនមានការងារត្រូវអនុវត្តបន្តទេ។"
    col_state: str = "ស្ថានភាព"
    col_result: str = "លទ្ធផល"
    col_meeting: str = "កិច្ចប្រជុំ"
    overdue_days: str = "ហួស {days} ថ្ងៃ"
    done_on: str = "រួចនៅ {date}"
    nobody: str = "មិនទាន់មានអ្នកទទួលខុសត្រូវ"
    no_due: str = "មិនបានកំណត់កាលកំណត់"
    overdue_group: str = "ហួសកាលកំណត់"
    counted_group: str = "{name} ({count})"

    # What a package held, and the receipt for it (បង្កាន់ដៃទទួល).
    package: str = "ខ្លឹមសារកញ្ចប់ទិន្នន័យ"
    package_of: str = "កញ្ចប់លេខ {number} របស់{office}"
    receipt: str = "បង្កាន់ដៃទទួលកញ្ចប់ទិន្នន័យ"
    receipt_text: str = "{receiver} បានទទួលកញ្ចប់ទិន្នន័យពី{office} មានព័ត៌មានដូចខាងក្រោម៖"
    package_from: str = "រដ្ឋបាលផ្ញើ"
    package_number: str = "លេខកញ្ចប់"
    package_written: str = "សរសេរកញ្ចប់នៅ"
    package_received: str = "ទទួលបញ្ចូលនៅ"
    package_through: str = "ទិន្នន័យគិតត្រឹម"
    held_day_and_hour: str = "{date} ម៉ោង {time}"
    package_file: str = "ឈ្មោះឯកសារ"
    package_mark: str = "កូដសម្គាល់ឯកសារ"
    package_log: str = "កូដបញ្ជីការផ្លាស់ប្តូរ"
    package_log_code: str = "{code} (ដល់ការផ្លាស់ប្តូរទី {number})"
    package_fingerprint: str = "ស្នាមសម្គាល់រដ្ឋបាលផ្ញើ"
    package_changes: str = "ការផ្លាស់ប្តូរ"
    package_changes_text: str = "ក្នុងកញ្ចប់ {total} ថ្មីសម្រាប់ទីនេះ {fresh} លើកំណត់ត្រា {records}"
    package_late: str = "កញ្ចប់នេះមកដល់ក្រោយកញ្ចប់ដែលមានលេខធំជាង។"
    package_times: str = "បានបញ្ចូលកញ្ចប់នេះ {times} ដង។"
    package_twin: str = "មានកញ្ចប់មួយទៀតដែលមានលេខដូចគ្នា។"
    package_undone: str = "ការបញ្ចូលកញ្ចប់នេះ ត្រូវបានដកវិញទាំងស្រុង។"
    package_by_kind: str = "ចំនួនតាមប្រភេទ"
    package_values: str = "ឧបសម្ព័ន្ធ៖ ខ្លឹមសារដែលបានទទួល"
    package_more: str = "បង្ហាញតែ {shown} ក្នុងចំណោមកំណត់ត្រា {total}។"
    package_nothing: str = "កញ្ចប់នេះមិនមានអ្វីថ្មីសម្រាប់ទីនេះទេ។"
    col_kind: str = "ប្រភេទ"
    col_new: str = "ថ្មី"
    col_changed: str = "កែ"
    col_deleted: str = "លុប"
    col_record: str = "កំណត់ត្រា"
    col_what: str = "អ្វី"
    col_values: str = "តម្លៃ"
    was: str = "មុន៖ {value}"
    field_value: str = "{label}៖ {value}"
    restored: str = "យកមកវិញ"
    given_by: tuple[str, ...] = ("អ្នកប្រគល់",)
    received_by: tuple[str, ...] = ("អ្នកទទួល",)

    # An office's card on paper, for the one that compares it (ប័ណ្ណសម្គាល់).
    card: str = "ប័ណ្ណសម្គាល់រដ្ឋបាល"
    card_about: str = "សម្រាប់ទទួលស្គាល់កញ្ចប់ទិន្នន័យ"
    card_text: str = "ប័ណ្ណនេះបញ្ជាក់ថា កញ្ចប់ទិន្នន័យដែលមានលេខសម្គាល់ខាងក្រោម ពិតជារបស់{office}មែន។ លេខនេះមិនមែនជាការសម្ងាត់ទេ។"
    card_office: str = "រដ្ឋបាល"
    card_fingerprint: str = "លេខសម្គាល់"
    card_made: str = "ប្រើតាំងពី"
    card_scan: str = "ស្កេនដោយទូរស័ព្ទ ដើម្បីអានលេខសម្គាល់"
    card_withdrawn: str = "ប័ណ្ណនេះបានដកចេញ ហើយមិនត្រូវប្រើទៀតទេ។"
    card_steps: tuple[str, ...] = (
        "យកប័ណ្ណជាឯកសារក្នុង USB និងក្រដាសនេះ ទៅជូនរដ្ឋបាលថ្នាក់លើ។",
        "ទាំងពីរភាគី អានលេខសម្គាល់ឱ្យគ្នាស្តាប់តាមទូរស័ព្ទ ឬប្រៀបធៀបជាមួយក្រដាសនេះ។ លេខទាំងអស់ត្រូវដូចគ្នា។",
        "រដ្ឋបាលថ្នាក់លើទទួលយកប័ណ្ណ រួចចុះហត្ថលេខា ហើយប្រគល់ក្រដាសមួយច្បាប់ឱ្យវិញ។",
    )
    card_by: tuple[str, ...] = ("តំណាងរដ្ឋបាលម្ចាស់ប័ណ្ណ",)
    card_compared_by: tuple[str, ...] = ("បានប្រៀបធៀប លេខដូចគ្នា", "តំណាងរដ្ឋបាលថ្នាក់លើ")

    # Who has handed in what (តារាងតាមដានការផ្ញើ).
    board: str = "តារាងតាមដានការផ្ញើកញ្ចប់ទិន្នន័យ"
    board_through: str = "គិតត្រឹម{date}"
    board_due: str = "កញ្ចប់ដែលគិតត្រឹម{last} ត្រូវផ្ញើមកឱ្យដល់ត្រឹម{due}។"
    board_count: str = "រដ្ឋបាល {all}៖ បានផ្ញើ {came} មិនទាន់ផ្ញើ {rest}។"
    board_no_card: str = "មិនទាន់ទទួលប័ណ្ណ៖ {names}។"
    board_nobody: str = "មិនទាន់មានរដ្ឋបាលណាផ្ញើ ឬទទួលកញ្ចប់ជាមួយទីនេះទេ។"
    board_lost: str = "លេខក្នុងវង់ក្រចក [ ] មិនទាន់បានទទួល។"
    col_office: str = "ក្រុង ស្រុក ខណ្ឌ"
    col_packages: str = "លេខកញ្ចប់"
    col_through: str = "ទិន្នន័យគិតត្រឹម"
    col_received: str = "ថ្ងៃទទួល"

    # The register of letters (បញ្ជីលេខលិខិត).
    register: str = "បញ្ជីលេខលិខិត"
    register_of: str = "{name} ឆ្នាំ{year}"
    register_count: str = "លិខិតសរុប {count}"
    register_void_count: str = "លុបចោល {count}"
    register_gap_count: str = "រំលង {count}"
    register_void: str = "លុបចោល"
    register_gap: str = "រំលងលេខ"
    register_why: str = "{what}៖ {why}"
    col_letter: str = "លេខលិខិត"
    col_day: str = "កាលបរិច្ឆេទ"
    col_subject: str = "កម្មវត្ថុ"
    col_to: str = "ជូនចំពោះ"
    col_by: str = "អ្នកចេញលេខ"
    col_remark: str = "ផ្សេងៗ"
    register_by: tuple[str, ...] = ("អ្នកកាន់បញ្ជី",)
    register_seen_by: tuple[str, ...] = ("បានឃើញ និងពិនិត្យត្រឹមត្រូវ",)

    # Who did what, from the log (បញ្ជីតាមដានសកម្មភាព).
    audit: str = "បញ្ជីតាមដានសកម្មភាពលើទិន្នន័យ"
    audit_span: str = "ចាប់ពី{first} ដល់{last}"
    audit_until: str = "គិតត្រឹម{last}"
    audit_count: str = "ការផ្លាស់ប្តូរ និងសកម្មភាពសរុប {count}។"
    audit_nothing: str = "គ្មានការផ្លាស់ប្តូរ ឬសកម្មភាពណាក្នុងរយៈពេលនេះទេ។"
    audit_cut: str = "បង្ហាញតែ {shown} ចុងក្រោយ ក្នុងចំណោម {total}។"
    audit_sums: str = "ចំនួនតាមមន្ត្រី"
    audit_list: str = "សកម្មភាពតាមលំដាប់ពេលវេលា"
    audit_receipts: str = "ការផ្ទៀងផ្ទាត់ជាមួយរដ្ឋបាលដទៃ"
    audit_fits: str = "{office}៖ កាន់ការផ្លាស់ប្តូរ {count} របស់ទីនេះ គិតត្រឹម{day} ដូចគ្នានឹងបញ្ជីទីនេះ។"
    audit_missing: str = "{office}៖ កាន់ការផ្លាស់ប្តូរ {count} ដែលខ្វះក្នុងបញ្ជីទីនេះ។"
    audit_parts: str = "{office}៖ កាន់ខ្លឹមសារខុសពីបញ្ជីទីនេះ។"
    audit_alone: str = "មិនទាន់មានរដ្ឋបាលណា ដែលបានបញ្ជាក់ពីបញ្ជីនេះទេ។"
    audit_came: str = "កញ្ចប់លេខ {number} ពី{office}"
    audit_here: str = "នៅទីនេះ"
    col_saves: str = "ការផ្លាស់ប្តូរ"
    col_records: str = "កំណត់ត្រា"
    col_first: str = "ដំបូង"
    col_last: str = "ចុងក្រោយ"
    col_when: str = "ថ្ងៃ និងម៉ោង"
    col_officer: str = "មន្ត្រី"
    col_did: str = "បានធ្វើ"
    col_on: str = "លើ"
    col_origin: str = "ប្រភព"
    audit_by: tuple[str, ...] = ("អ្នករៀបចំបញ្ជី",)
    audit_seen_by: tuple[str, ...] = ("បានឃើញ និងពិនិត្យត្រឹមត្រូវ",)


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
