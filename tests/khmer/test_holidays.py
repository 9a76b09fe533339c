"""Holidays by rule agree with the lists that were published; holy days follow the moon."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk import i18n
from cpdesk.khmer import holidays, lunar

DAYS = st.dates(date(lunar.FIRST_YEAR, 1, 1), date(lunar.LAST_YEAR, 12, 31))

# As published (sources: the module's docstring), "month.day" and "month.first-last".
PUBLISHED = {
    2019: "1.1 1.7 2.19 3.8 4.14-16 5.1 5.13-15 5.18 5.20 5.22 6.1 6.18 9.24 9.27-29 10.15 10.23 10.29 11.9-12 12.10",
    2021: "1.1 1.7 3.8 4.14-16 4.26 4.30 5.1 5.14 6.18 9.24 10.5-7 10.15 10.29 11.9 11.18-20",
    2022: "1.1 1.7 3.8 4.14-16 5.1 5.14 5.15 5.19 6.18 9.24-26 10.15 10.29 11.7-9",
    2023: "1.1 1.7 3.8 4.14-16 5.1 5.4 5.8 5.14 6.18 9.24 10.13-15 10.29 11.9 11.26-28",
    2024: "1.1 1.7 3.8 4.13-16 5.1 5.14 5.22 5.26 6.18 9.24 10.1-3 10.15 10.29 11.9 11.14-16",
    2025: "1.1 1.7 3.8 4.14-16 5.1 5.11 5.14 5.15 6.18 9.21-23 9.24 10.15 10.29 11.4-6 11.9 12.29",
}


def days_of(year: int) -> set[date]:
    found = set()
    for part in PUBLISHED[year].split():
        month, _dot, span = part.partition(".")
        first, _dash, last = span.partition("-")
        found |= {date(year, int(month), day) for day in range(int(first), int(last or first) + 1)}
    return found


@pytest.mark.parametrize("year", PUBLISHED)
def test_a_year_has_the_days_that_were_published(year: int) -> None:
    assert set(holidays.of_year(year)) == days_of(year)


def test_the_year_of_four_days_of_new_year_counts_22_days() -> None:
    """The sub-decree for 2020 counts 22: of the 28 of 2019 five feasts and two days of the King's were struck, and one
    day of New Year was added."""
    days = holidays.of_year(2020)
    assert sum(len(feasts) for feasts in days.values()) == 22
    assert [day.day for day in days if day.month == 4] == [13, 14, 15, 16]


def test_feasts_have_names_in_both_languages() -> None:
    assert holidays.named(date(2024, 5, 22)) == "ពិធីបុណ្យវិសាខបូជា"
    with i18n.using("en"):
        assert holidays.named(date(2022, 9, 24)) == "Constitution Day · Pchum Ben"
        assert holidays.named(date(2022, 11, 8)) == "Water Festival"
        assert holidays.named(date(2022, 9, 23)) == ""


def test_weekends_and_feasts_are_days_off() -> None:
    assert holidays.off(date(2022, 6, 25)) == "ថ្ងៃសៅរ៍"
    assert holidays.off(date(2022, 6, 23)) == ""
    assert holidays.off(date(2022, 1, 1)) == "ទិវាចូលឆ្នាំសកល"  # a Saturday, too


@given(DAYS)
def test_every_day_answers(day: date) -> None:
    assert holidays.on(day) == holidays.of_year(day.year).get(day, ())
    assert 17 <= len(holidays.of_year(day.year)) <= 34


def test_beyond_the_calendar_there_is_none() -> None:
    assert holidays.of_year(lunar.LAST_YEAR + 1) == {} and holidays.on(date(1812, 1, 1)) == ()


@given(st.dates(date(1900, 3, 1), date(2100, 11, 1)))
def test_holy_days_are_four_of_a_month(day: date) -> None:
    moon = lunar.lunar(day)
    tomorrow = lunar.lunar(day + timedelta(days=1))
    quarter = lunar.holy(day)
    assert (quarter == 4) == (tomorrow.phase == lunar.WAXING and tomorrow.day == 1)
    assert (quarter in (1, 3)) == (moon.day == 8)
    assert (quarter == 2) == (moon.phase == lunar.WAXING and moon.day == 15)


def test_the_day_of_the_moon_is_told_short() -> None:
    assert lunar.short(date(2022, 6, 23)) == "៩រោច" and lunar.month(date(2022, 6, 23)) == "ជេស្ឋ"
    assert lunar.short(date(2022, 6, 14), "en") == "15 koeut" and lunar.short(date(2022, 6, 15), "en") == "1 roch"
