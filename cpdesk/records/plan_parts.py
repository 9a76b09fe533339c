"""What hangs on the parts of a plan: indicators with targets, budgets, priorities, strong and weak points."""

from __future__ import annotations

from cpdesk.kinds import Amount, Count, Field, Flag, Kind, Order, Ref, Refs, Text, Year, choice

CURRENCY = choice(KHR=("រៀល", "Riel"), USD=("ដុល្លារ", "Dollar"))
CURRENCY_FIELD = Field("currency", CURRENCY, "រូបិយប័ណ្ណ", "Currency")

INDICATOR = Kind(
    "indicator",
    "សូចនាករ",
    "Indicator",
    (
        Field("of", Ref(("objective", "output", "activity")), "របស់", "Of", required=True),
        Field("order", Order(), "លំដាប់", "Order"),
        Field("text", Text(long=True), "ខ្លឹមសារ", "Text", required=True),
        Field("unit", Text(), "ឯកតា", "Unit"),
        Field(
            "cumulative",
            Flag(),
            "បូកត្រីមាសបញ្ចូលគ្នា",
            "Quarters add up",
            help_km="បើទេ តម្លៃចុងក្រោយជាលទ្ធផលប្រចាំឆ្នាំ",
            help_en="If not, the last value is the year's. Blank means that they add up.",
        ),
        Field("baseline", Amount(), "មូលដ្ឋាន", "Baseline"),
        Field("baseline_year", Year(), "ឆ្នាំមូលដ្ឋាន", "Baseline year"),
        Field("source", Text(), "ប្រភពផ្ទៀងផ្ទាត់", "Source"),
        Field("carried_from", Ref(("indicator",)), "បន្តពីសូចនាករ", "Carried from"),
    ),
    title=("text",),
    parent="of",
    order=("order",),
)

TARGET = Kind(
    "target",
    "ចំណុចដៅ",
    "Target",
    (
        Field("indicator", Ref(("indicator",)), "សូចនាករ", "Indicator", required=True),
        Field("year", Year(), "ឆ្នាំ", "Year", required=True),
        Field("value", Amount(), "តម្លៃ", "Value"),
    ),
    title=("year",),
    parent="indicator",
    order=("year",),
)

BUDGET_LINE = Kind(
    "budget_line",
    "ថវិកា",
    "Budget line",
    (
        Field("activity", Ref(("activity",)), "សកម្មភាព", "Activity", required=True),
        Field("year", Year(), "ឆ្នាំ", "Year", required=True),
        Field(
            "source",
            choice(
                state=("ថវិការដ្ឋ", "State"),
                sub_national=("ថវិកាថ្នាក់ក្រោមជាតិ", "Sub-national"),
                ngo=("អង្គការមិនមែនរដ្ឋាភិបាល", "NGO"),
                un=("អង្គការសហប្រជាជាតិ", "UN"),
                donor=("ម្ចាស់ជំនួយ", "Donor"),
            ),
            "ប្រភព",
            "Source",
        ),
        Field("donor", Ref(("body",)), "ស្ថាប័នផ្តល់ថវិកា", "Paid by"),
        Field("amount", Amount(), "ទឹកប្រាក់", "Amount"),
        CURRENCY_FIELD,
    ),
    title=("amount",),
    parent="activity",
    order=("year", "source"),
)

PRIORITY = Kind(
    "priority",
    "អាទិភាព",
    "Priority",
    (
        Field("plan", Ref(("plan",)), "ផែនការ", "Plan", required=True),
        Field("rank", Count(1), "លំដាប់ទី", "Rank"),
        Field("text", Text(long=True), "ខ្លឹមសារ", "Text", required=True),
        Field(
            "why",
            Refs(("figure", "measure", "input")),
            "មូលហេតុ (ទិន្នន័យ ធាតុចូល)",
            "Why (figures, inputs)",
        ),
        Field("reason", Text(long=True), "ការពន្យល់", "Explanation"),
        Field("places", Refs(("place",)), "ទីកន្លែង", "Places"),
    ),
    title=("text",),
    parent="plan",
    order=("rank",),
)

SWOT = Kind(
    "swot",
    "ចំណុចខ្លាំង ចំណុចខ្សោយ",
    "Strong or weak point",
    (
        Field("plan", Ref(("plan",)), "ផែនការ", "Plan", required=True),
        Field(
            "sort",
            choice(
                strength=("ចំណុចខ្លាំង", "Strength"),
                weakness=("ចំណុចខ្សោយ", "Weakness"),
                opportunity=("ឱកាស", "Opportunity"),
                threat=("ការគំរាមកំហែង", "Threat"),
            ),
            "ប្រភេទ",
            "Sort",
            required=True,
        ),
        Field("order", Order(), "លំដាប់", "Order"),
        Field("text", Text(long=True), "ខ្លឹមសារ", "Text", required=True),
        Field("answered_by", Refs(("activity",)), "ឆ្លើយតបដោយសកម្មភាព", "Answered by"),
    ),
    title=("text",),
    parent="plan",
    order=("sort", "order"),
)

KINDS = (INDICATOR, TARGET, BUDGET_LINE, PRIORITY, SWOT)
