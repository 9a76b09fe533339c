"""The arithmetic of progress against an oracle of ten lines that knows nothing of the program's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdesk import i18n
from cpdesk.analysis import money, progress
from cpdesk.analysis.progress import Period, Reached, Spending

quick = settings(deadline=None)
amounts = st.none() | st.decimals(0, 10**12, places=2)
years = st.dictionaries(st.integers(1, 4), amounts)
periods = st.builds(Period, st.integers(1900, 2100), st.integers(1, 4))
lines = st.lists(st.tuples(st.none() | st.decimals(0, 10**10, places=2), st.sampled_from(["KHR", "USD", None])))
people = st.builds(Reached, *[st.none() | st.integers(0, 10**6)] * 5)


def oracle_year(quarters: dict[int, Decimal | None], adds_up: bool) -> Fraction | None:
    known = [Fraction(quarters[q]) for q in (1, 2, 3, 4) if quarters.get(q) is not None]  # type: ignore[arg-type]
    return None if not known else sum(known) if adds_up else known[-1]  # type: ignore[return-value]


def oracle_percent(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    if part is None or not whole:
        return None
    tenths = part * 1000 / whole
    return Fraction((tenths.numerator * 2 + tenths.denominator) // (tenths.denominator * 2), 10)


def as_fraction(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


@quick
@given(years, st.booleans())
def test_a_year_is_the_sum_of_its_quarters_or_the_last(quarters: dict[int, Decimal | None], adds_up: bool) -> None:
    assert as_fraction(progress.year_value(quarters, adds_up)) == oracle_year(quarters, adds_up)


@quick
@given(years, st.booleans(), st.integers(1, 4))
def test_what_comes_later_does_not_count_yet(quarters: dict[int, Decimal | None], adds_up: bool, last: int) -> None:
    known = progress.year_value(progress.up_to(quarters, last), adds_up)
    assert as_fraction(known) == oracle_year({q: v for q, v in quarters.items() if q <= last}, adds_up)


def test_missing_is_not_zero() -> None:
    assert progress.year_value({}, True) is None
    assert progress.year_value({1: None, 2: None}, True) is None
    assert progress.year_value({1: Decimal(0)}, True) == 0
    assert progress.year_value({1: Decimal(5), 2: None}, False) == 5
    assert progress.sum_known([None, None]) is None
    assert Reached().everybody is None
    assert Reached(girls=0).everybody == 0


@quick
@given(lines, lines, st.none() | st.decimals(1, 10_000, places=0))
def test_planned_against_spent(
    planned: list[tuple[Decimal | None, str | None]],
    spent: list[tuple[Decimal | None, str | None]],
    rate: Decimal | None,
) -> None:
    def oracle(amounts: list[tuple[Decimal | None, str | None]]) -> int | None:
        told = [(a, c) for a, c in amounts if a is not None]
        if not told or any(c is None or (c == "USD" and rate is None) for _a, c in told):
            return None
        riel = [Fraction(a) * (Fraction(rate or 0) if c == "USD" else 1) for a, c in told]
        return sum((r.numerator * 2 + r.denominator) // (r.denominator * 2) for r in riel)

    found = Spending(money.add(planned, rate), money.add(spent, rate))
    wanted, gone = oracle(planned), oracle(spent)
    assert found.variance == (None if wanted is None or gone is None else wanted - gone)
    share = oracle_percent(*(None if n is None else Fraction(n) for n in (gone, wanted)))
    assert as_fraction(found.percent) == share


@quick
@given(st.lists(lines), st.none() | st.decimals(1, 10_000, places=0))
def test_sums_add_up_to_the_sum_of_all(
    several: list[list[tuple[Decimal | None, str | None]]], rate: Decimal | None
) -> None:
    parts = [money.add(one, rate) for one in several]
    assert progress.add_up(parts) == money.add([line for one in several for line in one], rate)


@quick
@given(st.integers(0, 10**14), st.sets(st.integers(1, 4)))
def test_a_year_is_spread_to_the_last_riel(total: int, quarters: set[int]) -> None:
    parts = progress.spread(Decimal(total), quarters)
    assert parts.keys() == (quarters or {1, 2, 3, 4})
    assert sum(parts.values()) == total
    assert max(parts.values()) - min(parts.values()) < len(parts)
    assert all(part == int(part) for part in parts.values())


@quick
@given(st.lists(people))
def test_people_reached(several: list[Reached]) -> None:
    found = progress.together(several)
    for name in ("girls", "boys", "women", "men", "with_disability"):
        told = [n for one in several if (n := getattr(one, name)) is not None]
        assert getattr(found, name) == (sum(told) if told else None)
    sides = [n for n in (found.girls, found.boys, found.women, found.men) if n is not None]
    assert found.everybody == (sum(sides) if sides else None)
    assert (found.children is None) == (found.girls is None and found.boys is None)


@quick
@given(st.lists(st.tuples(amounts, st.none() | st.decimals(0, 10**6, places=1))))
def test_how_far_an_objective_has_come(pairs: list[tuple[Decimal | None, Decimal | None]]) -> None:
    counted = [(a, t) for a, t in pairs if t is not None and t > 0]
    told = [min(Fraction(a) / Fraction(t), Fraction(1)) for a, t in counted if a is not None]
    mean = oracle_percent(sum(told), Fraction(len(told))) if told else None  # type: ignore[arg-type]
    found = progress.achieved(pairs)
    assert (found.told, found.wanted) == (len(told), len(counted))
    assert (found.percent is None) == (mean is None)
    # The mean of many shares has 28 digits, an exact half may fall on either side.
    assert mean is None or abs(Fraction(found.percent or 0) - mean) <= Fraction(1, 10)


def test_one_far_beyond_its_target_does_not_hide_one_that_stands_still() -> None:
    found = progress.achieved([(Decimal(500), Decimal(100)), (Decimal(0), Decimal(10)), (None, Decimal(4))])
    assert (found.percent, found.told, found.wanted) == (Decimal("50.0"), 2, 3)


@pytest.mark.parametrize(
    ("reached", "quarter", "tone"),
    [("50", 2, "good"), ("38", 2, "fair"), ("25", 2, "warning"), ("24", 2, "bad"), ("100", 4, "good"), ("0", 1, "bad")],
)
def test_the_pace_goes_by_how_much_of_the_year_is_over(reached: str, quarter: int, tone: str) -> None:
    assert progress.pace(Decimal(reached), quarter) == tone


def test_no_pace_where_nothing_is_known() -> None:
    assert progress.pace(None, 3) == "none"


# --- periods --------------------------------------------------------------------------------------------------------
@quick
@given(periods, st.integers(-40, 40))
def test_periods_go_on_and_back(period: Period, steps: int) -> None:
    there = period.step(steps)
    assert there.step(-steps) == period
    assert (there > period) == (steps > 0)
    assert (there.year * 4 + there.quarter) - (period.year * 4 + period.quarter) == steps
    assert Period.parse(period.key) == period
    assert period.next().previous() == period


@quick
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_lies_in_its_quarter(day: date) -> None:
    months = {1: (1, 2, 3), 2: (4, 5, 6), 3: (7, 8, 9), 4: (10, 11, 12)}
    found = Period.of(day)
    assert found.year == day.year
    assert day.month in months[found.quarter]


@pytest.mark.parametrize("key", ["2022", "2022Q5", "2022Q0", "Q2", "2022q2", "2022Q", ""])
def test_what_is_no_quarter_is_refused(key: str) -> None:
    with pytest.raises(ValueError):
        Period.parse(key)


def test_how_officials_write_a_quarter() -> None:
    with i18n.using("km"):
        assert Period(2022, 2).title() == "ត្រីមាសទី២ ឆ្នាំ២០២២"
        assert Period(2022, 2).short() == "ត្រី២"
    with i18n.using("en"):
        assert Period(2022, 2).title() == "Quarter 2 of 2022"
        assert Period(2022, 2).short() == "Q2"
