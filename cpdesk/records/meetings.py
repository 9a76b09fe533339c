"""Meetings, and all that is said and decided in them."""

from __future__ import annotations

from cpdesk.i18n import _
from cpdesk.kinds import Date, Field, Flag, Kind, Order, Ref, Text, Time, Values, choice
from cpdesk.records.bodies import SEX

PLAN_PARTS = ("plan", "objective", "output", "activity")


def _ends_after_start(values: Values) -> tuple[str, str] | None:
    start, end = values.get("start"), values.get("end")
    if isinstance(start, str) and isinstance(end, str) and end < start:
        return "end", _("The meeting ends before it begins.")
    return None


def _someone_attends(values: Values) -> tuple[str, str] | None:
    if not values.get("person") and not values.get("name"):
        return "person", _("Choose a person, or type the guest's name.")
    return None


def _done_has_a_day(values: Values) -> tuple[str, str] | None:
    if values.get("state") == "done" and not values.get("done_on"):
        return "done_on", _("On which day was it done?")
    return None


def _part(label_km: str = "កិច្ចប្រជុំ") -> Field:
    return Field("meeting", Ref(("meeting",)), label_km, "Meeting", required=True)


AGENDA_ITEM_REF = Field("agenda_item", Ref(("agenda_item",)), "របៀបវារៈ", "Agenda item")

MEETING = Kind(
    "meeting",
    "កិច្ចប្រជុំ",
    "Meeting",
    (
        Field("subject", Text(), "កម្មវត្ថុ", "Subject", required=True),
        Field(
            "sort",
            choice(
                consultation=("ពិគ្រោះយោបល់", "Consultation"),
                ordinary=("សាមញ្ញ", "Ordinary"),
                extraordinary=("វិសាមញ្ញ", "Extraordinary"),
                working_group=("ក្រុមការងារ", "Working group"),
                integration_workshop=("សិក្ខាសាលាសមាហរណកម្ម", "Integration workshop"),
                training=("វគ្គបណ្តុះបណ្តាល", "Training"),
                other=("ផ្សេងៗ", "Other"),
            ),
            "ប្រភេទ",
            "Sort",
        ),
        Field("number", Text(), "លេខ", "Number", help_km="លេខកំណត់ហេតុ", help_en="Number of the minutes."),
        Field("date", Date(), "កាលបរិច្ឆេទ", "Date", required=True),
        Field("start", Time(), "ម៉ោងចាប់ផ្តើម", "Start"),
        Field("end", Time(), "ម៉ោងបញ្ចប់", "End"),
        Field("venue", Text(), "ទីកន្លែង", "Venue"),
        Field("place", Ref(("place",)), "ខេត្ត ស្រុក ឃុំ", "Place"),
        Field("organiser", Ref(("body",)), "អ្នករៀបចំ", "Organiser"),
        Field("chair", Ref(("person",)), "អធិបតី", "Chair"),
        Field("secretary", Ref(("person",)), "លេខាធិការ", "Secretary"),
        Field("plan", Ref(("plan",)), "ផែនការ", "Plan"),
        Field(
            "state",
            choice(
                planned=("គ្រោងទុក", "Planned"),
                held=("បានប្រជុំ", "Held"),
                minutes_approved=("កំណត់ហេតុបានអនុម័ត", "Minutes approved"),
                cancelled=("បានលុបចោល", "Cancelled"),
            ),
            "ស្ថានភាព",
            "State",
        ),
        Field("opening", Text(long=True), "ពាក្យបើក", "Opening"),
        Field("closing", Text(long=True), "ពាក្យបិទ", "Closing"),
        Field("previous_minutes_adopted", Flag(), "បានអនុម័តកំណត់ហេតុមុន", "Previous minutes adopted"),
    ),
    title=("subject",),
    order=("date",),
    rules=(_ends_after_start,),
)

AGENDA_ITEM = Kind(
    "agenda_item",
    "របៀបវារៈ",
    "Agenda item",
    (
        _part(),
        Field("order", Order(), "លំដាប់", "Order"),
        Field("title", Text(), "ខ្លឹមសារ", "Title", required=True),
        Field("presenter", Ref(("person",)), "អ្នកធ្វើបទបង្ហាញ", "Presenter"),
        Field("minutes", Text(long=True), "សេចក្តីកត់ត្រា", "Minutes"),
    ),
    title=("title",),
    parent="meeting",
    order=("order",),
)

ATTENDANCE = Kind(
    "attendance",
    "វត្តមាន",
    "Attendance",
    (
        _part(),
        Field("order", Order(), "លំដាប់", "Order"),
        Field("person", Ref(("person",)), "បុគ្គល", "Person"),
        Field("name", Text(), "ឈ្មោះភ្ញៀវ", "Guest's name"),
        Field("title", Text(), "គោរមងារ", "Title"),
        Field("sex", SEX, "ភេទ", "Sex"),
        Field("position", Text(), "តួនាទី", "Position"),
        Field("body", Text(), "ស្ថាប័នរបស់ភ្ញៀវ", "Guest's body"),
        Field("invited", Flag(), "បានអញ្ជើញ", "Invited"),
        Field(
            "status",
            choice(
                present=("មានវត្តមាន", "Present"),
                late=("មកយឺត", "Late"),
                apology=("សុំច្បាប់", "Apology"),
                absent=("អវត្តមាន", "Absent"),
                represented=("មានអ្នកតំណាង", "Represented"),
            ),
            "វត្តមាន",
            "Status",
        ),
        Field("represents", Ref(("person",)), "តំណាងឱ្យ", "Represents"),
        Field("arrived", Time(), "មកដល់ម៉ោង", "Arrived"),
    ),
    title=("name",),
    parent="meeting",
    order=("order",),
    rules=(_someone_attends,),
)

PRESENTATION = Kind(
    "presentation",
    "បទបង្ហាញ",
    "Presentation",
    (
        _part(),
        AGENDA_ITEM_REF,
        Field("order", Order(), "លំដាប់", "Order"),
        Field("presenter", Ref(("person", "body")), "អ្នកធ្វើបទបង្ហាញ", "Presenter"),
        Field("title", Text(), "ប្រធានបទ", "Title", required=True),
        Field("summary", Text(long=True), "ខ្លឹមសារសង្ខេប", "Summary"),
    ),
    title=("title",),
    parent="meeting",
    order=("order",),
)

INPUT = Kind(
    "input",
    "ធាតុចូល/មតិយោបល់",
    "Input",
    (
        _part(),
        AGENDA_ITEM_REF,
        Field("order", Order(), "លំដាប់", "Order"),
        Field("person", Ref(("person",)), "អ្នកផ្តល់មតិ", "Person"),
        Field("body", Ref(("body",)), "ស្ថាប័នផ្តល់មតិ", "Body"),
        Field("text", Text(long=True), "ខ្លឹមសារ", "Text", required=True),
        Field("about", Ref(PLAN_PARTS), "អំពី", "About"),
        Field(
            "disposition",
            choice(
                open=("មិនទាន់សម្រេច", "Open"),
                accepted=("បានទទួលយក", "Accepted"),
                adapted=("បានកែសម្រួល", "Adapted"),
                noted=("បានកត់ត្រា", "Noted"),
                declined=("មិនទទួលយក", "Declined"),
            ),
            "ការសម្រេច",
            "Disposition",
        ),
        Field("reason", Text(), "មូលហេតុ", "Reason"),
        Field("became", Ref(("activity",)), "ក្លាយជាសកម្មភាព", "Became"),
    ),
    title=("text",),
    parent="meeting",
    order=("order",),
)

FOLLOW_UP = Kind(
    "follow_up",
    "ការងារត្រូវអនុវត្តបន្ត",
    "Follow-up",
    (
        Field("text", Text(long=True), "ខ្លឹមសារ", "Text", required=True),
        Field(
            "sort",
            choice(
                decision=("សេចក្តីសម្រេច", "Decision"),
                task=("កិច្ចការ", "Task"),
                recommendation=("អនុសាសន៍", "Recommendation"),
            ),
            "ប្រភេទ",
            "Sort",
        ),
        Field("meeting", Ref(("meeting",)), "កិច្ចប្រជុំ", "Meeting"),
        Field("order", Order(), "លំដាប់", "Order"),
        Field("responsible", Ref(("person", "body")), "អ្នកទទួលខុសត្រូវ", "Responsible"),
        Field("due", Date(), "ត្រឹមថ្ងៃ", "Due"),
        Field(
            "state",
            choice(
                open=("មិនទាន់ធ្វើ", "Open"),
                in_progress=("កំពុងធ្វើ", "In progress"),
                done=("រួចរាល់", "Done"),
                dropped=("បោះបង់", "Dropped"),
            ),
            "ស្ថានភាព",
            "State",
        ),
        Field("done_on", Date(), "រួចរាល់ថ្ងៃ", "Done on"),
        Field("result", Text(long=True), "លទ្ធផល", "Result"),
        Field("about", Ref(("activity",)), "អំពីសកម្មភាព", "About activity"),
    ),
    title=("text",),
    parent="meeting",
    order=("order", "due"),
    rules=(_done_has_a_day,),
)

KINDS = (MEETING, AGENDA_ITEM, ATTENDANCE, PRESENTATION, INPUT, FOLLOW_UP)
