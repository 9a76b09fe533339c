"""The lunar calendar agrees with what offices printed and with the feasts that everyone remembers."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from cpdesk.khmer import lunar

# Date lines on letters that Cambodian administrations published: weekday, lunar day, month, animal, sak,
# Buddhist year.
PRINTED = [
    (date(2022, 8, 16), "ថ្ងៃអង្គារ ៤រោច ខែស្រាពណ៍ ឆ្នាំខាល ចត្វាស័ក ព.ស. ២៥៦៦"),
    (date(2020, 10, 8), "ថ្ងៃព្រហស្បតិ៍ ៦រោច ខែអស្សុជ ឆ្នាំជូត ទោស័ក ព.ស. ២៥៦៤"),
    (date(2018, 1, 17), "ថ្ងៃពុធ ១កើត ខែមាឃ ឆ្នាំរកា នព្វស័ក ព.ស. ២៥៦១"),
    (date(2025, 5, 15), "ថ្ងៃព្រហស្បតិ៍ ៤រោច ខែពិសាខ ឆ្នាំម្សាញ់ សប្តស័ក ព.ស. ២៥៦៩"),
    (date(2021, 4, 30), "ថ្ងៃសុក្រ ៤រោច ខែពិសាខ ឆ្នាំឆ្លូវ ត្រីស័ក ព.ស. ២៥៦៥"),
    (date(2023, 5, 8), "ថ្ងៃចន្ទ ៤រោច ខែពិសាខ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧"),
]
# Public holidays: the first day of New Year and Visak Bochea.
NEW_YEARS = [
    *(date(2016, 4, 13), date(2018, 4, 14), date(2020, 4, 13)),
    *(date(2022, 4, 14), date(2024, 4, 13), date(2025, 4, 14)),
]
VISAK = [
    *(date(2019, 5, 18), date(2020, 5, 6), date(2021, 4, 26)),
    *(date(2022, 5, 15), date(2023, 5, 4), date(2024, 5, 22)),
]


@pytest.mark.parametrize(("day", "line"), PRINTED)
def test_lines_that_officials_printed(day: date, line: str) -> None:
    assert lunar.line(day) == line


@pytest.mark.parametrize("first", NEW_YEARS)
def test_new_year_begins_on_the_public_holiday(first: date) -> None:
    feast = lunar.new_year(first.year)
    assert feast.first == first
    assert feast.enters.date() == first
    assert feast.leung_sak == first + timedelta(days=feast.days - 1)
    before, after = lunar.lunar(first - timedelta(days=1)), lunar.lunar(first)
    assert lunar.ANIMALS.index(after.animal) == (lunar.ANIMALS.index(before.animal) + 1) % 12
    assert lunar.SAKS.index(after.sak) == (lunar.SAKS.index(before.sak) + 1) % 10


@pytest.mark.parametrize("day", VISAK)
def test_the_buddhist_year_goes_up_after_visak_bochea(day: date) -> None:
    assert lunar.visak_bochea(day.year) == day
    moon = lunar.lunar(day)
    assert (moon.day, moon.phase, moon.month, moon.be) == (15, "កើត", "ពិសាខ", day.year + 543)
    assert lunar.lunar(day + timedelta(days=1)).be == day.year + 544


def test_each_day_from_1950_to_2050_follows_the_day_before() -> None:
    day = date(1950, 1, 1)
    before = lunar.lunar(day)
    while day < date(2050, 12, 31):
        day += timedelta(days=1)
        moon = lunar.lunar(day)
        if moon.month == before.month:
            assert _number(moon) == _number(before) + 1, day
        else:
            assert moon.day == 1 and moon.phase == "កើត", day
            assert _number(before) in (29, 30), day
            assert moon.month in _following(before.month), day
        assert moon.be - before.be in (0, 1)
        before = moon


def test_a_lunar_year_has_one_of_three_lengths_and_keeps_pace_with_the_sun() -> None:
    days = [lunar.visak_bochea(year) for year in range(lunar.FIRST_YEAR, lunar.LAST_YEAR + 1)]
    lengths = {(after - before).days for before, after in pairwise(days)}
    assert lengths <= {354, 355, 384}
    assert all((4, 15) <= (day.month, day.day) <= (5, 31) for day in days)


def test_a_leap_month_doubles_asadh() -> None:
    months = {lunar.lunar(date(2023, 6, 1) + timedelta(days=n)).month for n in range(100)}
    assert {"បឋមាសាឍ", "ទុតិយាសាឍ"} <= months and "អាសាឍ" not in months


def test_an_office_corrects_a_day() -> None:
    day = date(2022, 6, 23)
    known = lunar.LunarDay(10, "រោច", "ជេស្ឋ", "ខាល", "ចត្វាស័ក", 2566)
    assert lunar.line(day) == "ថ្ងៃព្រហស្បតិ៍ ៩រោច ខែជេស្ឋ ឆ្នាំខាល ចត្វាស័ក ព.ស. ២៥៦៦"
    assert lunar.line(day, {day: known}) == "ថ្ងៃព្រហស្បតិ៍ ១០រោច ខែជេស្ឋ ឆ្នាំខាល ចត្វាស័ក ព.ស. ២៥៦៦"
    assert lunar.lunar(day + timedelta(days=1), {day: known}) == lunar.lunar(day + timedelta(days=1))


def test_the_whole_range_answers_and_nothing_beyond_it() -> None:
    for day in (date(1900, 1, 1), date(2100, 12, 31)):
        assert 1 <= lunar.lunar(day).day <= 15
    for day in (date(1899, 12, 31), date(2101, 1, 1)):
        with pytest.raises(ValueError, match="1900"):
            lunar.line(day)


def _number(moon: lunar.LunarDay) -> int:
    return moon.day + (15 if moon.phase == "រោច" else 0)


def _following(month: str) -> set[str]:
    """The months that may come after `month`: one, but before Asadh, where a leap month may stand."""
    if month == "ជេស្ឋ":
        return {"អាសាឍ", "បឋមាសាឍ"}
    if month == "បឋមាសាឍ":
        return {"ទុតិយាសាឍ"}
    if month == "ទុតិយាសាឍ":
        return {"ស្រាពណ៍"}
    return {lunar.MONTHS[(lunar.MONTHS.index(month) + 1) % 12]}
