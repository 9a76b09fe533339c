"""A plan's matrix in somebody's sheet: what headings mean, where the head is, what each row is, what cells say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.khmer.digits import to_khmer
from cpdesk.tables.cells import Broken, Cash, Cell, Percent, Sheet, Span
from cpdesk.tables.plan import layout as layouts
from cpdesk.tables.plan import lines, values
from cpdesk.tables.plan.headings import Meaning, meaning

YEARS = [2023, 2024, 2025]


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (("ល.រ",), "code"),
        (("សកម្មភាពសំខាន់ៗ",), "text"),
        (("សកម្ម\u200bភាព",), "text"),
        (("គោលបំណងយុទ្ធសាស្ត្រ",), "objective"),
        (("លទ្ធផលរំពឹងទុក",), "output"),
        (("អង្គភាពទទួលខុសត្រូវ",), "responsible"),
        (("ដៃគូ",), "partners"),
        (("ទីតាំងគោលដៅ",), "places"),
        (("សូចនាករ", "មូលដ្ឋាន"), "indicator.baseline"),
        (("Indicator", "Source"), "indicator.source"),
        (("សូចនាករ", "ចំណុចដៅ ២០២៤"), "target.2024"),
        (("ចំណុចដៅ", "ឆ្នាំ២០២៥"), "target.2025"),
        (("គោលដៅ", "ឆ្នាំទី២"), "target.2024"),
        (("កាលវិភាគ ឆ្នាំ២០២៣", "ត្រី៣"), "quarters.2023.3"),
        (("2024", "Q1"), "quarters.2024.1"),
        (("ត្រីមាស ២០២៥", "II"), "quarters.2025.2"),
        (("ត្រីមាស", "២០២៤"), "quarters.2024"),
        (("ថវិកា ឆ្នាំ២០២៣", "ថវិការដ្ឋ"), "budget.2023.state"),
        (("ថវិកា", "២០២៤", "អង្គការ"), "budget.2024.ngo"),
        (("ថវិកា", "២០២៤", "UNICEF"), "budget.2024.un"),
        (("ថវិកា", "២០២៤", "ដៃគូអភិវឌ្ឍន៍"), "budget.2024.donor"),
        (("ថវិកា", "២០២៤", "ថវិកាឃុំ/សង្កាត់"), "budget.2024.sub_national"),
        (("ថវិកា ២០២៣", "សរុប"), "budget.2023"),
        (("ថវិកា ២០២៣", "មិនបញ្ជាក់ប្រភព"), "budget.2023.unsaid"),
        (("ប្រភពថវិកា",), "budget.source"),
        (("ការវិនិយោគ",), "investment"),
        (("កម្មវិធីវិនិយោគ",), "investment_programme"),
        (("ជំពូកវិនិយោគ",), "investment_line"),
        (("ID",), "id"),
    ],
)
def test_what_a_heading_means(path: tuple[str, ...], key: str) -> None:
    found = meaning(path, YEARS)
    assert found is not None and found.key == key


@pytest.mark.parametrize("path", [("ផ្សេងៗ",), ("សរុប",), ("ចំណុចដៅ",), ("ទំព័រ",), ("x" * 500,)])
def test_what_nobody_can_tell_is_left_to_a_person(path: tuple[str, ...]) -> None:
    assert meaning(path, YEARS) is None


@pytest.mark.parametrize(
    ("text", "scale", "currency"),
    [("ថវិកា ២០២៣ (ពាន់រៀល)", 1000, "KHR"), ("ថវិកា ២០២៣ (លានរៀល)", 10**6, "KHR"), ("Budget 2023 (US$)", 1, "USD"),
     ("ថវិកា ២០២៣ (ដុល្លារ)", 1, "USD"), ("ថវិកា ២០២៣", 1, None)],
)  # fmt: skip
def test_what_a_heading_adds_to_its_amounts(text: str, scale: int, currency: str | None) -> None:
    found = meaning([text], YEARS)
    assert found is not None and (found.scale, found.currency) == (scale, currency)


# -------- the head and the rows


def sheet(*rows: tuple[Cell, ...], merged: tuple[Span, ...] = ()) -> Sheet:
    return Sheet("t", rows, merged)


def roles(found: Sheet) -> list[tuple[int, str, str]]:
    layout = layouts.find(found, YEARS)
    return [(line.at, line.role, line.text) for line in lines.lines(found, layout)]


def test_a_head_of_two_rows_that_nobody_merged() -> None:
    found = layouts.find(
        sheet(
            ("ផែនការ ២០២៣-២០២៥",),
            ("ល.រ", "សកម្មភាព", "ចំណុចដៅ", None, None, "អ្នកទទួលខុសត្រូវ"),
            (None, None, "២០២៣", "២០២៤", "២០២៥"),
            ("1", "ក", Decimal(5)),
        ),
        YEARS,
    )
    assert (found.top, found.bottom) == (1, 2)
    assert [found.columns[n].key for n in range(6)] == [
        "code", "text", "target.2023", "target.2024", "target.2025", "responsible",
    ]  # fmt: skip


def test_columns_in_any_order_and_a_sheet_without_a_plan() -> None:
    found = layouts.find(sheet(("ថវិកា ២០២៣", "អ្នកទទួលខុសត្រូវ", "សកម្មភាព")), YEARS)
    assert {at: one.key for at, one in found.columns.items()} == {0: "budget.2023.unsaid", 1: "responsible", 2: "text"}
    assert layouts.find(sheet(("ឈ្មោះ", "អាយុ"), ("សុខ", "១២")), YEARS).top == -1
    assert layouts.find(sheet(), YEARS).columns == {}


def test_bands_by_word_by_code_and_by_merging() -> None:
    head = ("ល.រ", "សកម្មភាព", "អ្នកទទួលខុសត្រូវ", "ទីកន្លែង")
    by_word = sheet(head, ("គោលបំណង ១. ក",), (None, "លទ្ធផលទី១៖ ខ"), ("១", "គ", "ឃ"))
    assert roles(by_word) == [(1, "objective", "ក"), (2, "output", "ខ"), (3, "activity", "គ")]
    by_code = sheet(head, ("1", "ក"), ("1.1", "ខ"), ("1.1.1", "គ", "ឃ"))
    assert roles(by_code) == [(1, "objective", "ក"), (2, "output", "ខ"), (3, "activity", "គ")]
    spans = (Span(1, 0, 1, 3), Span(2, 0, 2, 3))
    assert [role for _at, role, _text in roles(sheet(head, ("ក",), ("ខ",), ("១", "គ", "ឃ"), merged=spans))] == [
        "objective", "output", "activity",
    ]  # fmt: skip


def test_an_activity_that_begins_like_a_band_is_an_activity() -> None:
    head = ("សកម្មភាព", "អ្នកទទួលខុសត្រូវ")
    assert roles(sheet(head, ("លទ្ធផលស្រាវជ្រាវត្រូវផ្សព្វផ្សាយ", None))) == [(1, "activity", "លទ្ធផលស្រាវជ្រាវត្រូវផ្សព្វផ្សាយ")]
    assert roles(sheet(head, ("សរុបរបាយការណ៍ប្រចាំត្រីមាស", "ការិយាល័យ"))) == [(1, "activity", "សរុបរបាយការណ៍ប្រចាំត្រីមាស")]


def test_totals_repeated_heads_and_signatures_are_passed_over() -> None:
    head = ("ល.រ", "សកម្មភាព", "អ្នកទទួលខុសត្រូវ", "ថវិកា ២០២៣")
    found = roles(sheet(head, ("១", "ក", "ខ", Decimal(5)), ("សរុប", None, None, Decimal(5)), head, ("២", "គ", "ឃ", None),
                        (), ("បានឃើញ និងឯកភាព",), (None, "អភិបាលស្រុក")))  # fmt: skip
    assert [role for _at, role, _text in found] == [
        "activity", "passed", "passed", "activity", "passed", "passed", "passed",
    ]  # fmt: skip


def test_a_cell_merged_down_is_of_each_row_but_an_amount_of_the_first_alone() -> None:
    head = ("សកម្មភាព", "អ្នកទទួលខុសត្រូវ", "ថវិកា ២០២៣")
    found = sheet(head, ("ក", "អប់រំ", Decimal(5)), ("ខ", None, None), merged=(Span(1, 1, 2, 1), Span(1, 2, 2, 2)))
    one, two = lines.lines(found, layouts.find(found, YEARS))
    assert one.cells["responsible"][1] == two.cells["responsible"][1] == "អប់រំ"
    assert "budget.2023.unsaid" in one.cells and "budget.2023.unsaid" not in two.cells


# -------- cells

RIEL = Meaning("budget.2023.state")


@pytest.mark.parametrize(
    ("cell", "column", "found"),
    [
        ("១២.៥០០.០០០ ៛", RIEL, [("12500000", "KHR")]),
        ("$500", RIEL, [("500", "USD")]),
        ("២,៥ លានរៀល", RIEL, [("2500000", "KHR")]),
        (Decimal("12.5"), Meaning("b", 10**6, "KHR"), [("12500000", "KHR")]),
        ("12.500", Meaning("b", 1000, "KHR"), [("12500000", "KHR")]),
        ("500", Meaning("b", 1, "USD"), [("500", "USD")]),
        (Cash(Decimal(500), "USD"), RIEL, [("500", "USD")]),
        ("$200 + 500000 ៛", RIEL, [("500000", "KHR"), ("200", "USD")]),
        ("-", RIEL, []),
        ("  ", RIEL, []),
        (Decimal(0), RIEL, [("0", "KHR")]),
    ],
)
def test_amounts(cell: Cell, column: Meaning, found: list[tuple[str, str]]) -> None:
    assert list(values.amounts(cell, column)) == [(Decimal(n), currency) for n, currency in found]


@pytest.mark.parametrize("cell", ["ច្រើន", "5-10", "-500", True, Broken("#REF!"), Broken(), Decimal(-1)])
def test_what_is_no_amount_says_so(cell: Cell) -> None:
    with pytest.raises(ValueError, match=r"."):
        values.amounts(cell, RIEL)


@given(st.decimals(0, 10**12, places=2), st.booleans())
def test_amounts_read_back_what_is_shown(number: Decimal, dollars: bool) -> None:
    found = ((number, "USD"),) if dollars else ((number.quantize(Decimal(1)), "KHR"),)
    assert values.amounts(values.shown(found), RIEL) == found


@pytest.mark.parametrize(
    ("cell", "number", "unit"),
    [
        ("១២ ឃុំ", 12, "ឃុំ"),
        ("80%", 80, "%"),
        (Percent(Decimal(80)), 80, "%"),
        ("១.៥០០ នាក់", 1500, "នាក់"),
        (Decimal("1.5"), "1.5", ""),
    ],
)
def test_numbers_with_their_unit(cell: Cell, number: int | str, unit: str) -> None:
    assert values.number(cell) == (Decimal(number), unit)


@pytest.mark.parametrize("cell", ["ច្រើន", "5-10", "ពីរ ឬ ៣", Broken()])
def test_what_is_no_number_says_so(cell: Cell) -> None:
    with pytest.raises(ValueError, match=r"."):
        values.number(cell)


def test_a_baseline_with_its_year() -> None:
    assert values.baseline("៥០ (២០២២)") == (Decimal(50), "", 2022)
    assert values.baseline("50% [2021]") == (Decimal(50), "%", 2021)
    assert values.baseline(Decimal(7)) == (Decimal(7), "", None)


@pytest.mark.parametrize(
    ("text", "found"),
    [("1,2", "12"), ("១ ២", "12"), ("Q1-Q3", "123"), ("ត្រីមាសទី១ និងទី៤", "14"), ("I, II", "12"), ("ពេញមួយឆ្នាំ", "1234"),
     ("១-៣", "123"), ("4", "4"), ("134", "134"), ("-", "")],
)  # fmt: skip
def test_quarters(text: str, found: str) -> None:
    assert values.quarters(text, 2023) == {f"2023Q{n}" for n in found}


def test_quarters_that_bring_their_year() -> None:
    assert values.quarters("2023Q1 2024Q4", None) == {"2023Q1", "2024Q4"}
    assert values.quarters("២០២៣: ១, ២ · ២០២៤: ១", None) == {"2023Q1", "2023Q2", "2024Q1"}
    with pytest.raises(ValueError, match=r"."):
        values.quarters("1, 2", None)


@given(st.sets(st.integers(1, 4), min_size=1), st.sampled_from([", ", " ", ";"]), st.booleans())
def test_quarters_in_any_writing(chosen: set[int], between: str, khmer: bool) -> None:
    text = between.join(map(str, sorted(chosen)))
    assert values.quarters(to_khmer(text) if khmer else text, 2024) == {f"2024Q{n}" for n in chosen}


@pytest.mark.parametrize("mark", ["x", "X", "✓", "1", "៣", "●", "√", "XX", True])
def test_marks(mark: Cell) -> None:
    assert values.marked(mark)


def test_no_marks() -> None:
    assert not values.marked(None) and not values.marked("-") and not values.marked(Decimal(0))
    with pytest.raises(ValueError, match=r"."):
        values.marked("ប្រហែល")
