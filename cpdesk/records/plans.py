"""Plans: objective ► output ► activity, and the versions that were approved. What hangs on them: `plan_parts`."""

from __future__ import annotations

from cpdesk.i18n import _
from cpdesk.kinds import (
    Amount,
    Count,
    Date,
    Field,
    Kind,
    Order,
    Packed,
    Quarters,
    Ref,
    Refs,
    Text,
    Values,
    Year,
    choice,
)


def _years_in_order(values: Values) -> tuple[str, str] | None:
    first, last = values.get("first_year"), values.get("last_year")
    if isinstance(first, int) and isinstance(last, int) and last < first:
        return "last_year", _("The plan's last year lies before its first.")
    return None


PLAN = Kind(
    "plan",
    "ផែនការ",
    "Plan",
    (
        Field("title", Text(), "ចំណងជើង", "Title", required=True),
        Field("first_year", Year(), "ចាប់ពីឆ្នាំ", "First year", required=True),
        Field("last_year", Year(), "ដល់ឆ្នាំ", "Last year", required=True),
        Field(
            "sort",
            choice(
                child_protection=("កិច្ចការពារកុមារ", "Child protection"),
                annual_operational=("ប្រតិបត្តិប្រចាំឆ្នាំ", "Annual operational"),
                other=("ផ្សេងៗ", "Other"),
            ),
            "ប្រភេទ",
            "Sort",
        ),
        Field("office", Ref(("place",)), "រដ្ឋបាល", "Office", required=True),
        Field("body", Ref(("body",)), "ស្ថាប័នរៀបចំ", "Body"),
        Field("previous", Ref(("plan",)), "ផែនការមុន", "Previous plan"),
        Field(
            "state",
            choice(
                draft=("ពង្រាង", "Draft"),
                in_review=("កំពុងពិនិត្យ", "In review"),
                approved=("បានអនុម័ត", "Approved"),
                closed=("បានបិទ", "Closed"),
            ),
            "ស្ថានភាព",
            "State",
        ),
        Field(
            "rate",
            Amount(),
            "អត្រាប្តូរប្រាក់",
            "Exchange rate",
            help_km="ចំនួនរៀលក្នុងមួយដុល្លារ",
            help_en="Riel for one dollar.",
        ),
        Field("version", Count(1), "ជំនាន់", "Version"),
        Field("approved_by", Ref(("person",)), "អ្នកអនុម័ត", "Approved by"),
        Field("approved_on", Date(), "អនុម័តនៅថ្ងៃ", "Approved on"),
        Field("approved_hash", Text(), "កូដសម្គាល់ខ្លឹមសារ", "Approved content hash"),
    ),
    title=("title",),
    order=("first_year",),
    rules=(_years_in_order,),
)

OBJECTIVE = Kind(
    "objective",
    "គោលបំណង",
    "Objective",
    (
        Field("plan", Ref(("plan",)), "ផែនការ", "Plan", required=True),
        Field("order", Order(), "លំដាប់", "Order"),
        Field("text", Text(long=True), "ខ្លឹមសារ", "Text", required=True),
        Field("carried_from", Ref(("objective",)), "បន្តពីគោលបំណង", "Carried from"),
    ),
    title=("text",),
    parent="plan",
    order=("order",),
)

OUTPUT = Kind(
    "output",
    "លទ្ធផលរំពឹងទុក",
    "Output",
    (
        Field("objective", Ref(("objective",)), "គោលបំណង", "Objective", required=True),
        Field("order", Order(), "លំដាប់", "Order"),
        Field("text", Text(long=True), "ខ្លឹមសារ", "Text", required=True),
        Field("carried_from", Ref(("output",)), "បន្តពីលទ្ធផល", "Carried from"),
    ),
    title=("text",),
    parent="objective",
    order=("order",),
)

ACTIVITY = Kind(
    "activity",
    "សកម្មភាព",
    "Activity",
    (
        Field("output", Ref(("output", "objective")), "លទ្ធផល", "Output", required=True),
        Field("order", Order(), "លំដាប់", "Order"),
        Field("code", Text(), "កូដ", "Code"),
        Field("text", Text(long=True), "ខ្លឹមសារ", "Text", required=True),
        Field("responsible", Ref(("body", "person")), "អ្នកទទួលខុសត្រូវ", "Responsible"),
        Field("partners", Refs(("body",)), "ដៃគូ", "Partners"),
        Field("places", Refs(("place",)), "ទីកន្លែងអនុវត្ត", "Places"),
        Field("group", Text(), "ក្រុមកុមារគោលដៅ", "Children it serves"),
        Field("year_quarters", Quarters(), "ត្រីមាសអនុវត្ត", "Quarters"),
        Field("priority", Ref(("priority",)), "ឆ្លើយតបអាទិភាព", "Priority"),
        Field("carried_from", Ref(("activity",)), "បន្តពីសកម្មភាព", "Carried from"),
        Field(
            "investment",
            choice(
                none=("មិនទាន់មាន", "None"),
                ongoing=("កំពុងដំណើរការ", "Ongoing"),
                pledged=("មានការសន្យាគាំទ្រ", "Pledged"),
                not_pledged=("មិនទាន់មានការសន្យាគាំទ្រ", "Not pledged"),
            ),
            "ការវិនិយោគ",
            "Investment",
        ),
        Field(
            "investment_programme",
            choice(
                pip=("កម្មវិធីវិនិយោគខេត្ត", "Provincial programme"),
                dip=("កម្មវិធីវិនិយោគក្រុង ស្រុក", "District programme"),
                cip=("កម្មវិធីវិនិយោគឃុំ សង្កាត់", "Commune programme"),
            ),
            "កម្មវិធីវិនិយោគ",
            "Investment programme",
        ),
        Field("investment_line", Text(), "ជំពូកវិនិយោគ", "Investment line"),
    ),
    title=("text",),
    parent="output",
    order=("order",),
)

PLAN_VERSION = Kind(
    "plan_version",
    "ជំនាន់ផែនការ",
    "Plan version",
    (
        Field("plan", Ref(("plan",)), "ផែនការ", "Plan", required=True),
        Field("version", Count(1), "ជំនាន់", "Version", required=True),
        Field("approved_by", Ref(("person",)), "អ្នកអនុម័ត", "Approved by"),
        Field("approver", Text(), "ឈ្មោះអ្នកអនុម័ត", "Name of who approved"),  # where their own record was removed
        Field("approved_on", Date(), "អនុម័តនៅថ្ងៃ", "Approved on"),
        Field("hash", Text(), "កូដសម្គាល់ខ្លឹមសារ", "Content hash"),
        Field("content", Packed(), "ខ្លឹមសារ", "Content"),
    ),
    title=("version",),
    parent="plan",
    order=("version",),
)

KINDS = (PLAN, OBJECTIVE, OUTPUT, ACTIVITY, PLAN_VERSION)
