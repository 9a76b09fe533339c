"""Whatever field of whatever kind: figures are typed in either set, mixed, and with the marks of either manner."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk import gazetteer
from cpdesk.i18n import LANGUAGES, using
from cpdesk.khmer import digits
from cpdesk.kinds import Amount, Count, Date, Field, Figure, Quarters, Ref, Text, Time, Type, Value
from cpdesk.records import KINDS
from cpdesk.tasks import records
from cpdesk.tasks.figures import writing
from cpdesk.tasks.matrix.columns import Column
from cpdesk.tasks.matrix.names import Names
from cpdesk.tasks.matrix.words import parse
from cpdesk.tasks.tables import generic
from cpdesk.tasks.tables.names import Names as TableNames
from tests import desks


def fields() -> list[tuple[str, Field]]:
    return [(f"{kind.name}.{field.name}", field) for kind in KINDS.values() for field in kind.fields]


def mixed(text: str) -> str:
    """Every second figure in Khmer, as happens where two people share a keyboard."""
    return "".join(digits.to_khmer(letter) if n % 2 else letter for n, letter in enumerate(text))


def written(type_: Type) -> dict[str, Value]:
    """What a person may type into a field of that type, in Latin digits, and what it means."""
    if isinstance(type_, Count):
        if type_.least > 12500 or type_.most < 12500:
            middle = min(max(type_.least, 4), type_.most)
            return {str(middle): middle}
        return {"12500": 12500, "12.500": 12500, "12,500": 12500, "12 500": 12500}
    if isinstance(type_, Amount):
        return {"0": "0", "12500": "12500", "1.234,5": "1234.5", "1,234.5": "1234.5", "12.500.000": "12500000",
                "12,500,000": "12500000", "12 500 000": "12500000", "0,5": "0.5", "7.25": "7.25"}  # fmt: skip
    if isinstance(type_, Date):
        return {
            "23/6/2022": "2022-06-23",
            "23-06-22": "2022-06-23",
            "2022-06-23": "2022-06-23",
            "23 មិថុនា 2022": "2022-06-23",
        }
    if isinstance(type_, Time):
        return {"8:30": "08:30", "0830": "08:30", "14h05": "14:05", "2:30 រសៀល": "14:30"}
    if isinstance(type_, Quarters):
        return {
            "2023Q1": "2023Q1",
            "Q1 2023": "2023Q1",
            "ត្រីមាសទី1 ឆ្នាំ2023": "2023Q1",
            "2023: 1, 2 · 2024: 3": "2023Q1 2023Q2 2024Q3",
        }
    if isinstance(type_, Ref) and type_.kinds == ("place",):
        return {"0802": "0802", "08": "08"}
    return {}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("name", "field"), fields(), ids=lambda one: one if isinstance(one, str) else "")
def test_every_field_reads_both_digits(name: str, field: Field, lang: str) -> None:
    with using(lang):
        for latin, meant in written(field.type).items():
            for typed in (latin, digits.to_khmer(latin), mixed(latin)):
                assert field.type.parse(typed) == meant, f"{name}: {typed}"
            shown = field.type.show(meant)
            if not isinstance(field.type, Ref):
                assert field.type.parse(shown) == meant, f"{name} shows {shown}"
                assert lang != "km" or not any(letter in digits.ASCII for letter in shown), f"{name} shows {shown}"
        if isinstance(field.type, Text) and field.type.name == "text":
            assert field.type.parse("០១២ 345") == "០១២ 345", "what is text is kept as it was typed"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.2.3", "1.2.3៖ ចន្លោះសញ្ញាពីរត្រូវមានលេខបីខ្ទង់ ដូចជា ១២.៥០០.០០០។"),
        ("១២,៣៤,៥៦", "ចន្លោះសញ្ញាពីរត្រូវមានលេខបីខ្ទង់"),
        ("0.12345", "0.12345 មានខ្ទង់ក្រោយក្បៀសលើសពី ២។"),
        ("១,៥ ៛", "ប្រាក់រៀលគ្មានចំណែកតូចជាងមួយរៀលទេ"),
        ("$5 រៀល", "មានរូបិយប័ណ្ណពីរ"),
        ("ប្រាំ", "មិនមែនជា ចំនួនទឹកប្រាក់ ទេ"),
    ],
)
def test_what_is_unclear_is_refused_with_a_reason(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Amount().parse(typed)


def test_a_number_out_of_bounds_is_told_them_in_its_digits() -> None:
    with pytest.raises(ValueError, match="លេខត្រូវតែ ០ ឬច្រើនជាង។"):
        Count().parse("-5")
    with pytest.raises(ValueError, match="ចន្លោះពី ១ ដល់ ៤។"):
        Count(1, 4).parse("5")
    with pytest.raises(ValueError, match="មិនមែនជា ចំនួន ទេ"):
        Figure().parse("ប្រាំ")


def test_a_code_of_a_place_is_found_and_kept_in_one_form() -> None:
    assert Ref(("place",)).check("០៨០២") == "0802"
    assert gazetteer.search("០៨០២")[0].code == gazetteer.search("0802")[0].code == "0802"


@given(
    st.sets(st.tuples(st.integers(1900, 2199), st.integers(1, 4)), min_size=1, max_size=12), st.sampled_from(LANGUAGES)
)
def test_quarters_read_back_as_they_are_shown(chosen: set[tuple[int, int]], lang: str) -> None:
    stored = " ".join(sorted(f"{year}Q{quarter}" for year, quarter in chosen))
    with using(lang):
        assert Quarters().parse(Quarters().show(stored)) == stored


def spellings(latin: str) -> tuple[str, ...]:
    return (latin, digits.to_khmer(latin), mixed(latin))


def test_cells_of_the_plan_s_matrix_read_both_digits(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        names = Names(desk, records.save(desk, "plan", {"title": "ផែនការ"}).id)
        for sort, latin, meant in (
            ("money", "12.500.000 ៛", (Decimal(12500000), "KHR")),
            ("money", "$1,200.50", (Decimal("1200.50"), "USD")),
            ("amount", "75%", "75"),
            ("amount", "1.234,5", "1234.5"),
            ("year", "2023", 2023),
            ("quarters", "1, 3-4", frozenset("134")),
            ("places", "080201", "080201"),
        ):
            for typed in spellings(latin):
                assert parse(names, Column("x", "x", sort=sort), typed) == meant, typed  # type: ignore[arg-type]


def test_cells_of_the_figures_read_both_digits() -> None:
    for latin in ("0", "12500", "1.234", "1,234.5", "12 500"):
        assert {writing.refusal(typed) for typed in spellings(latin)} == {""}
    assert all(writing.refusal(typed) for typed in (*spellings("-5"), *spellings("1.2.3")))


def test_cells_of_somebody_s_table_read_both_digits(tmp_path: Path) -> None:
    """Every field of every kind, as Excel and CSV bring it: typed as text."""
    with desks.make(tmp_path) as desk:
        names = TableNames(desk)
        for name, field in fields():
            for latin, meant in written(field.type).items():
                for typed in spellings(latin):
                    assert generic.value_of(names, field, typed) == meant, f"{name}: {typed}"
