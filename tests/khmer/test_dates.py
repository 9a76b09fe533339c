"""Dates and hours read as people type them, and shown as officials write them."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk import i18n
from cpdesk.khmer import dates, digits
from cpdesk.kinds import Date

MEETING = date(2022, 6, 23)
TODAY = date(2022, 6, 20)
DAYS = st.dates(date(dates.FIRST_YEAR, 1, 1), date(dates.LAST_YEAR, 12, 31))
LANGUAGES = st.sampled_from(i18n.LANGUAGES)


def test_the_forms_of_a_date() -> None:
    assert dates.official(MEETING) == "ថ្ងៃទី២៣ ខែមិថុនា ឆ្នាំ២០២២"
    assert dates.short(date(2022, 6, 3)) == "០៣/០៦/២០២២"
    assert dates.short(date(2022, 6, 3), "en") == "03/06/2022"
    assert dates.day_month(MEETING) == "២៣ មិថុនា"
    assert dates.day_month(MEETING, "en") == "23 June"
    assert dates.month_year(MEETING) == "មិថុនា ២០២២"
    assert dates.long(MEETING) == dates.official(MEETING)
    assert dates.long(MEETING, "en") == "23 June 2022"
    assert dates.weekday(MEETING) == "ព្រហស្បតិ៍"
    with i18n.using("en"):
        assert dates.weekday(MEETING) == "Thursday"
        assert dates.month(MEETING) == "June"


@pytest.mark.parametrize(
    "text",
    [
        *("២៣/៦/២២", "23-06-2022", "23.6.2022", "២០២២-០៦-២៣", "23 6 2022"),
        *("2022/6/23", "23 / 06 / 2022", "23/6"),
        *("ថ្ងៃទី២៣ ខែមិថុនា ឆ្នាំ២០២២", "ថ្ងៃទី ២៣ ខែ មិថុនា ឆ្នាំ ២០២២", "ថ្ងៃទី២៣ខែមិថុនាឆ្នាំ២០២២", "ទី២៣ ខែ៦ ឆ្នាំ២០២២"),
        *("ថ្ងៃព្រហស្បតិ៍ ទី២៣ ខែមិថុនា ឆ្នាំ២០២២", "២៣ មិថុនា", "២៣ មិថុ\u200bនា ២០២២"),
        *("23 June 2022", "23 jun", "Thursday, 23 June 2022", "23-Jun-2022", "23 Jun 22", "June 23, 2022", "jun 23"),
        *("ថ្ងៃ២៣ មិថុនា", "២៣ មិថុនា ២២", "23rd June 2022"),
    ],
)
def test_the_meeting_s_date_is_read_however_it_is_typed(text: str) -> None:
    assert dates.parse(text, TODAY) == MEETING


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ថ្ងៃនេះ", 20),
        ("Today", 20),
        ("ស្អែក", 21),
        ("ថ្ងៃស្អែក", 21),
        ("tomorrow", 21),
        ("ខានស្អែក", 22),
        ("ម្សិលមិញ", 19),
        ("yesterday", 19),
        ("ម្សិលម្ង៉ៃ", 18),
    ],
)
def test_days_around_today(text: str, day: int) -> None:
    assert dates.parse(text, TODAY) == date(2022, 6, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("ថ្ងៃសុក្រ", 24), ("Friday", 24), ("ថ្ងៃចន្ទ", 20), ("អាទិត្យ", 26), ("on wed", 22)),
        *(("ចន្ទក្រោយ", 27), ("ថ្ងៃច័ន្ទក្រោយ", 27), ("next Monday", 27), ("ចន្ទ អាទិត្យក្រោយ", 27)),
        *(("សុក្រមុន", 17), ("last Friday", 17), ("សៅរ៍នេះ", 25), ("+7", 27), ("-3", 17), ("៧ថ្ងៃទៀត", 27)),
        *(("៧ ថ្ងៃ ទៀត", 27), ("in 3 days", 23), ("១សប្តាហ៍ទៀត", 27), ("1 week ago", 13), ("៥ថ្ងៃមុន", 15)),
    ],
)
def test_days_told_from_today(text: str, day: int) -> None:
    assert dates.parse(text, TODAY) == date(2022, 6, day)


def test_a_month_on_is_the_same_day_or_the_last() -> None:
    assert dates.parse("១ខែទៀត", date(2023, 1, 31)) == date(2023, 2, 28)
    assert dates.parse("in 14 months", TODAY) == date(2023, 8, 20)
    assert dates.parse("2 months ago", TODAY) == date(2022, 4, 20)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31/2/2022", "គ្មានថ្ងៃទី៣១ ទេ៖ ខែកុម្ភៈ ២០២២ មាន ២៨ ថ្ងៃ។"),
        ("6/23/2022", "គ្មានខែទី២៣ ទេ"),
        ("២៣/៦/២៥៦៦", "២៥៦៦ ជាពុទ្ធសករាជ។ សូមវាយគ្រិស្តសករាជ ២០២២ ឬ ២០២៣។"),
        ("23/6/1022", "ឆ្នាំ១០២២ ឆ្ងាយពេក"),
        ("in 9999 months", "ឆ្នាំ២៨៥៥ ឆ្ងាយពេក"),
    ],
)
def test_what_is_understood_and_is_no_day_says_why(text: str, said: str) -> None:
    with pytest.raises(dates.Refused, match=re.escape(said)):
        dates.parse(text, TODAY)
    with pytest.raises(ValueError, match="." if "month" in text else re.escape(said)):
        Date().parse(text)


@given(DAYS, st.integers(-9999, 9999))
def test_days_counted_from_today_read_back(day: date, days: int) -> None:
    try:
        assert (dates.parse(f"{days:+d}", day) - day).days == days
    except dates.Refused:
        assert not dates.FIRST_YEAR <= (day + timedelta(days)).year <= dates.LAST_YEAR


@given(st.dates(date(1901, 1, 1), date(2099, 12, 1)), st.dates(date(1901, 1, 1), date(2099, 12, 1)), LANGUAGES)
def test_the_name_of_a_day_is_the_next_such_day(day: date, today: date, lang: str) -> None:
    read = dates.parse(dates.day_name(day, lang), today)
    assert read.weekday() == day.weekday() and 0 <= (read - today).days < 7


def test_a_year_of_two_digits_is_the_nearest() -> None:
    assert [dates.parse(f"1/1/{year}", TODAY).year for year in ("22", "42", "43", "99", "00")] == [
        *(2022, 2042, 1943, 1999, 2000)
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("", "abc", "2022", "31/2/2022", "0/1/2022", "1/13/2022"),
        *("23/6-2022", "23/6/2566", "23/6/1022", "23/6/222"),
        *("៣១ មិថុនា ២០២២", "២៣ ខែអ្វី", "23 June 2022 or so", "23/6/2022" + " " * 200, "/", "--", "1" * 100_000),
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        dates.parse(text, TODAY)


@given(DAYS, LANGUAGES, st.dates())
def test_every_form_with_a_year_reads_back(day: date, lang: str, today: date) -> None:
    iso = day.isoformat()
    for text in (dates.short(day, lang), dates.long(day, lang), iso, digits.to_khmer(iso)):
        assert dates.parse(text, today) == day


@given(DAYS, LANGUAGES)
def test_a_day_and_month_reads_back_in_its_year(day: date, lang: str) -> None:
    assert dates.parse(dates.day_month(day, lang), day) == day


@given(st.text(max_size=30))
def test_any_typing_gives_a_date_or_a_refusal(text: str) -> None:
    try:
        day = dates.parse(text, TODAY)
    except ValueError:
        return
    assert dates.FIRST_YEAR <= day.year <= dates.LAST_YEAR


@pytest.mark.parametrize(
    ("text", "at"),
    [
        *((text, time(8, 30)) for text in ("8:30", "៨.៣០", "0830", "830", "8h30", "08:30 am")),
        *((text, time(8, 30)) for text in ("ម៉ោង ៨:៣០ ព្រឹក", "ម៉ោង៨:៣០")),
        *((text, time(8, 30)) for text in ("ម៉ោង៨និង៣០នាទីព្រឹក", "៨ និង ៣០នាទី", "៨កន្លះ", "ម៉ោង ៨ កន្លះ ព្រឹក")),
        *((text, time(14, 0)) for text in ("14", "ម៉ោង២រសៀល", "2 PM", "ម៉ោង ១៤", "14:00")),
        ("៨យប់", time(20)),
        ("១ យប់", time(1)),
        ("១២ យប់", time(0)),
        ("12 am", time(0)),
        ("១២ ថ្ងៃត្រង់", time(12)),
        ("5:15 ល្ងាច", time(17, 15)),
    ],
)
def test_hours_are_read(text: str, at: time) -> None:
    assert dates.parse_time(text) == at


@pytest.mark.parametrize(
    "text", ["", "abc", "25:00", "8:75", "14 am", "0 pm", "8:30:15:2", "8:30កន្លះ", "ម៉ោង", "8" * 300]
)
def test_what_is_no_hour_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        dates.parse_time(text)


@given(st.times(), LANGUAGES)
def test_a_shown_hour_reads_back(at: time, lang: str) -> None:
    assert dates.parse_time(dates.clock(at, lang)) == at.replace(second=0, microsecond=0)


@given(st.times(), LANGUAGES)
def test_a_spoken_hour_reads_back(at: time, lang: str) -> None:
    assert dates.parse_time(dates.hour_words(at, lang)) == at.replace(second=0, microsecond=0)


def test_hours_are_said_with_their_part_of_the_day() -> None:
    hours = (time(0, 5), time(4), time(8, 30), time(12), time(14, 30), time(17), time(19))
    said = " ".join(dates.hour_words(at).removeprefix("ម៉ោង ") for at in hours)
    assert said == "១២:០៥ យប់ ៤:០០ ព្រឹក ៨:៣០ ព្រឹក ១២:០០ ថ្ងៃត្រង់ ២:៣០ រសៀល ៥:០០ ល្ងាច ៧:០០ យប់"
    assert dates.hour_words(time(14, 30), "en") == "2:30 pm"


def test_the_clock_has_khmer_digits() -> None:
    assert dates.clock(time(8, 30)) == "៨:៣០"
    assert dates.clock(time(14, 5), "en") == "14:05"
