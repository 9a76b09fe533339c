"""Terms of packages: which is over, until when its package is in time, who is late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.analysis.due import MONTH, QUARTER, Term, running, standing, term


@pytest.mark.parametrize(
    ("every", "today", "wanted"),
    [
        (MONTH, date(2026, 11, 28), Term(date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 10))),
        (MONTH, date(2026, 1, 1), Term(date(2025, 12, 1), date(2025, 12, 31), date(2026, 1, 10))),
        (MONTH, date(2026, 11, 30), Term(date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 10))),
        (QUARTER, date(2022, 6, 23), Term(date(2022, 1, 1), date(2022, 3, 31), date(2022, 4, 10))),
        (QUARTER, date(2022, 12, 31), Term(date(2022, 10, 1), date(2022, 12, 31), date(2023, 1, 10))),
    ],
)
def test_the_term_that_is_over(every: str, today: date, wanted: Term) -> None:
    assert term(every, 10, today) == wanted


def test_a_day_that_a_short_month_lacks_is_its_last() -> None:
    assert term(MONTH, 31, date(2023, 2, 5)).due == date(2023, 2, 28)


def test_in_time_late_and_delivered() -> None:
    june = term(QUARTER, 10, date(2022, 7, 1))
    assert not standing(june, None, date(2022, 7, 10)).late
    assert standing(june, date(2022, 6, 29), date(2022, 7, 11)).late, "that package does not tell of the quarter's end"
    on_the_last_day = standing(june, date(2022, 6, 30), date(2022, 9, 1))
    assert on_the_last_day.delivered and not on_the_last_day.late
    assert standing(june, None, date(2022, 7, 12)).days == -2


@given(st.sampled_from([MONTH, QUARTER]), st.integers(1, 31), st.dates(date(2000, 1, 1), date(2099, 12, 1)))
def test_terms_follow_one_another_without_a_gap(every: str, day: int, today: date) -> None:
    now, following = term(every, day, today), running(every, day, today)
    assert now.first <= now.last <= today
    assert following.first == now.last + timedelta(days=1)
    assert following.last > today, "what runs is not over"
    assert now.last < now.due <= now.last + timedelta(days=31)
