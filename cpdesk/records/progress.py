"""What came of a plan, quarter by quarter: what was done for each activity, what each indicator reached."""

from __future__ import annotations

from cpdesk.i18n import _
from cpdesk.kinds import Amount, Count, Date, Field, Kind, Ref, Text, Values, Year, choice
from cpdesk.records.plan_parts import CURRENCY_FIELD


def _money_has_a_currency(values: Values) -> tuple[str, str] | None:
    if values.get("spent") is not None and values.get("currency") is None:
        return "currency", _("In which currency was it spent?")
    return None


def _quarter() -> tuple[Field, Field]:
    return (
        Field("year", Year(), "ឆ្នាំ", "Year", required=True),
        Field("quarter", Count(1, 4), "ត្រីមាសទី", "Quarter", required=True),
    )


PROGRESS = Kind(
    "progress",
    "វឌ្ឍនភាព",
    "Progress",
    (
        Field("activity", Ref(("activity",)), "សកម្មភាព", "Activity", required=True),
        *_quarter(),
        Field(
            "status",
            choice(
                not_started=("មិនទាន់ចាប់ផ្តើម", "Not started"),
                on_track=("តាមផែនការ", "On track"),
                at_risk=("មានហានិភ័យ", "At risk"),
                late=("យឺត", "Late"),
                done=("រួចរាល់", "Done"),
                dropped=("បោះបង់", "Dropped"),
            ),
            "ស្ថានភាព",
            "Status",
        ),
        Field("summary", Text(long=True), "លទ្ធផលសង្ខេប", "Summary"),
        Field("spent", Amount(), "ចំណាយ", "Spent"),
        CURRENCY_FIELD,
        Field("girls", Count(), "កុមារី", "Girls"),
        Field("boys", Count(), "កុមារា", "Boys"),
        Field("women", Count(), "ស្ត្រី", "Women"),
        Field("men", Count(), "បុរស", "Men"),
        Field(
            "with_disability",
            Count(),
            "ក្នុងនោះ មានពិការភាព",
            "Of these, with disability",
        ),
        Field("difficulty", Text(long=True), "បញ្ហាប្រឈម", "Difficulty"),
        Field("solution", Text(long=True), "ដំណោះស្រាយ", "Solution"),
        Field("next_step", Text(long=True), "ទិសដៅបន្ត", "Next step"),
        Field("reported_by", Ref(("person",)), "អ្នករាយការណ៍", "Reported by"),
        Field("reported_on", Date(), "រាយការណ៍នៅថ្ងៃ", "Reported on"),
    ),
    title=("summary",),
    parent="activity",
    order=("year", "quarter"),
    rules=(_money_has_a_currency,),
)

ACTUAL = Kind(
    "actual",
    "លទ្ធផលសម្រេចបាន",
    "Actual",
    (
        Field("indicator", Ref(("indicator",)), "សូចនាករ", "Indicator", required=True),
        *_quarter(),
        Field("value", Amount(), "តម្លៃ", "Value"),
    ),
    title=("value",),
    parent="indicator",
    order=("year", "quarter"),
)

KINDS = (PROGRESS, ACTUAL)
