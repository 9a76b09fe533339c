"""Figures on children's vulnerability: counts by place, year, sex, age and disability. Never a child's name."""

from __future__ import annotations

from cpdesk.kinds import Amount, Choice, Date, Field, Figure, Kind, Order, Ref, Text, Year, choice

ALL = "all"
DISABILITY: Choice = choice(
    all=("សរុប", "All"),
    **{"with": ("មានពិការភាព", "With disability"), "without": ("គ្មានពិការភាព", "Without disability")},
)

MEASURE = Kind(
    "measure",
    "សូចនាករភាពងាយរងគ្រោះ",
    "Measure",
    (
        Field("name_km", Text(), "ឈ្មោះជាភាសាខ្មែរ", "Name in Khmer", required=True),
        Field("name_en", Text(), "ឈ្មោះជាភាសាអង់គ្លេស", "Name in English"),
        Field("short", Text(), "ឈ្មោះខ្លី", "Short name", help_km="សម្រាប់ក្បាលតារាង", help_en="For the head of a table."),
        Field("order", Order(), "លំដាប់", "Order"),
        Field("definition", Text(long=True), "និយមន័យ", "Definition"),
        Field("unit", Text(), "ឯកតា", "Unit"),
        Field(
            "sort",
            choice(
                population=("ប្រជាជន", "Population"),
                education=("អប់រំ", "Education"),
                protection=("ការពារ", "Protection"),
                family=("គ្រួសារ", "Family"),
                health=("សុខភាព", "Health"),
                other=("ផ្សេងៗ", "Other"),
            ),
            "ប្រភេទ",
            "Sort",
        ),
        Field(
            "weight",
            Amount(),
            "ទម្ងន់",
            "Weight",
            help_km="សម្រាប់ចំណាត់ថ្នាក់ឃុំ សង្កាត់; ទទេ ឬ ០ មិនរាប់បញ្ចូល",
            help_en="For the ranking of communes; blank or 0 leaves it out.",
        ),
        Field(
            "direction",
            choice(
                worse=("ច្រើនគឺកាន់តែងាយរងគ្រោះ", "More is worse"),
                better=("ច្រើនគឺកាន់តែល្អ", "More is better"),
            ),
            "អត្ថន័យ",
            "Direction",
        ),
        Field(
            "base",
            Ref(("measure",)),
            "ធៀបនឹង",
            "Compared with",
            help_km="ឧ. ចំនួនកុមារសរុប ដើម្បីគណនាអត្រា",
            help_en="Such as all children, so that a rate can be told.",
        ),
    ),
    title=("name_km", "name_en"),
    order=("order",),
)

FIGURE = Kind(
    "figure",
    "ទិន្នន័យ",
    "Figure",
    (
        Field("measure", Ref(("measure",)), "សូចនាករ", "Measure", required=True),
        Field("place", Ref(("place",)), "ទីកន្លែង", "Place", required=True),
        Field("year", Year(), "ឆ្នាំ", "Year", required=True),
        Field(
            "sex",
            choice(all=("សរុប", "All"), female=("ស្រី", "Female"), male=("ប្រុស", "Male")),
            "ភេទ",
            "Sex",
        ),
        Field(
            "age_group",
            choice(
                all=("គ្រប់អាយុ", "All ages"),
                a0_5=("០–៥ ឆ្នាំ", "Age 0–5"),
                a6_11=("៦–១១ ឆ្នាំ", "Age 6–11"),
                a12_14=("១២–១៤ ឆ្នាំ", "Age 12–14"),
                a15_17=("១៥–១៧ ឆ្នាំ", "Age 15–17"),
            ),
            "អាយុ",
            "Age group",
        ),
        Field("disability", DISABILITY, "ពិការភាព", "Disability"),
        Field("value", Figure(), "តម្លៃ", "Value"),
        Field("source", Text(), "ប្រភព", "Source"),
        Field("collected_on", Date(), "ប្រមូលនៅថ្ងៃ", "Collected on"),
    ),
    title=("value",),
    order=("year",),
    index=("year", "measure", "place"),
)

KINDS = (MEASURE, FIGURE)
