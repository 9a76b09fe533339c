"""Numbers are read as they were meant, in either digits, or refused; what is written reads back equal."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk import i18n
from cpdesk.khmer import digits

LANGUAGES = st.sampled_from(i18n.LANGUAGES)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4)


@pytest.mark.parametrize(
    ("value", "km", "en"),
    [
        (0, "០", "0"),
        (12_500_000, "១២.៥០០.០០០", "12,500,000"),
        (-1234, "-១.២៣៤", "-1,234"),
        (Decimal("1234.5"), "១.២៣៤,៥", "1,234.5"),
        (Decimal("1.125"), "១,១២៥០", "1.1250"),
        (Decimal("1E+3"), "១.០០០", "1,000"),
    ],
)
def test_numbers_are_grouped_as_officials_write(value: int | Decimal, km: str, en: str) -> None:
    assert digits.number(value, "km") == km
    assert digits.number(value, "en") == en


def test_display_follows_the_language() -> None:
    assert digits.number(5000) == "៥.០០០"
    with i18n.using("en"):
        assert digits.number(5000) == "5,000"
        assert digits.count(2022) == "2022"
    assert digits.count(2022) == "២០២២"


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_not_written(value: Decimal) -> None:
    with pytest.raises(ValueError, match="no number"):
        digits.number(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("១២.៥០០.០០០", "12500000"),
        ("12,500,000", "12500000"),
        ("12 500 000", "12500000"),
        ("12\u00a0500\u202f000", "12500000"),
        ("12.5", "12.5"),
        ("១២,៥", "12.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567,89", "1234567.89"),
        ("12 500,5", "12500.5"),
        ("0.125", "0.125"),
        ("1234.567", "1234.567"),
        ("១.១២៥", "1125"),  # Khmer digits: the dot groups
        ("\u22125", "-5"),
        ("+ 5", "5"),
        ("\u200b៥ ", "5"),
        ("007", "7"),
    ],
)
def test_decimals_are_read(text: str, value: str) -> None:
    assert digits.parse_decimal(text, lang="km") == Decimal(value)


def test_one_separator_before_three_digits_is_read_by_the_language_or_the_figure_or_not_at_all() -> None:
    assert digits.parse_decimal("12.500", lang="km") == 12500
    assert digits.parse_decimal("12,500", lang="en") == 12500
    unclear = [
        *(("12,500", "km"), ("១២,៥០០", "en"), ("12.500", "en")),
        *(("12 500.000", "km"), ("12 500,000", "en")),
    ]
    for text, lang in unclear:
        with pytest.raises(ValueError, match="អាចជាខ្ទង់ពាន់ ឬខ្ទង់ក្រោយក្បៀស"):
            digits.parse_decimal(text, lang=lang)
    for text in ("12.500", "12,500", "១២.៥០០", "១២,៥០០"):
        assert digits.parse_decimal(text, places=2) == 12500
        assert digits.parse_int(text) == 12500


def test_the_number_of_decimals_is_kept_to() -> None:
    assert digits.parse_decimal("12,34", places=2) == Decimal("12.34")
    for text, places in (("12.3456", 2), ("0.125", 2), ("12.5", 0)):
        with pytest.raises(ValueError):
            digits.parse_decimal(text, places=places)


NONSENSE = [
    *("", " ", "-", "abc", "1.2.3", "1.23.456", "1,2345,678", "1 23"),
    *("12.5.", ".5", "5,", "1e5", "NaN", "١٢", "1.234.56,7", "--5", "1,234.567,8"),
]


@pytest.mark.parametrize("text", [*NONSENSE, "9" * 41, "9" * 100_000])
def test_nonsense_is_refused(text: str) -> None:
    for parse in (digits.parse_decimal, digits.parse_int, digits.money):
        with pytest.raises(ValueError):
            parse(text)


@pytest.mark.parametrize("text", ["12.5", "1.234,5", "1,50"])
def test_a_whole_number_has_no_decimals(text: str) -> None:
    with pytest.raises(ValueError, match="whole"):
        digits.parse_int(text)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("១២.៥០០.០០០ ៛", "12500000", "KHR"),
        ("៥០០០រៀល", "5000", "KHR"),
        ("12.500 khr", "12500", "KHR"),
        ("$1,200.50", "1200.50", "USD"),
        ("US$ 20", "20", "USD"),
        ("២០ ដុល្លារអាមេរិក", "20", "USD"),
        ("-5$", "-5", "USD"),
        ("២,៥ លានរៀល", "2500000", "KHR"),
        ("១០ពាន់លានរៀល", "10000000000", "KHR"),
        ("12.500", "12500", None),
        ("0", "0", None),
    ],
)
def test_money_is_read_with_its_currency(text: str, amount: str, currency: str | None) -> None:
    assert digits.money(text) == (Decimal(amount), currency)


@pytest.mark.parametrize("text", ["៛5$", "1.5 ៛", "5 EUR", "$", "៛", "12.345,678 $", "5 $ $"])
def test_money_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        digits.money(text)


@given(st.text())
def test_digits_change_sides_and_come_back(text: str) -> None:
    assert digits.to_ascii(digits.to_khmer(text)) == digits.to_ascii(text)


@given(DECIMALS, st.integers(0, 4), LANGUAGES)
def test_a_written_number_reads_back_in_its_language(value: Decimal, places: int, lang: str) -> None:
    value = round(value, places)
    assert digits.parse_decimal(digits.number(value, lang), lang=lang) == value


@given(st.integers(-(10**18), 10**18), LANGUAGES, LANGUAGES)
def test_a_written_whole_number_reads_back_in_any_language(value: int, lang: str, other: str) -> None:
    with i18n.using(other):
        assert digits.parse_int(digits.number(value, lang)) == value
        assert digits.parse_int(digits.count(value, lang)) == value
        assert digits.money(digits.number(value, lang) + " ៛") == (value, "KHR")


@given(st.text(alphabet="0123456789០១២៣.,- ៛$\u200b", max_size=14), LANGUAGES)
def test_any_typing_gives_a_number_or_a_refusal(text: str, lang: str) -> None:
    try:
        value = digits.parse_decimal(text, lang=lang)
    except ValueError:
        return
    assert digits.parse_decimal(digits.number(value, lang), lang=lang) == value
