"""Sums that know what is missing, totals against their parts, values that stand out."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from cpdesk.analysis import figures
from cpdesk.analysis.figures import ALL, PARTS, TOTAL, Slice
from cpdesk.i18n import using
from cpdesk.kinds import NOT_COLLECTED, SUPPRESSED, Value

FEMALE, MALE = Slice("female"), Slice("male")
counts = st.integers(0, 5000)
values: st.SearchStrategy[Value] = st.one_of(st.none(), st.just(NOT_COLLECTED), st.just(SUPPRESSED), counts.map(str))


@given(st.lists(values, max_size=20))
@settings(deadline=None)
def test_a_sum_counts_numbers_alone(held: list[Value]) -> None:
    numbers = [int(one) for one in held if isinstance(one, str) and one.isdigit()]
    found = figures.add(figures.number(one) for one in held)
    assert (found.counted, found.of) == (len(numbers), len(held))
    assert found.total == (sum(numbers) if numbers else None)
    assert found.whole == (len(numbers) == len(held))


def test_four_states_are_four_things() -> None:
    assert figures.number("0") == 0
    assert [figures.number(one) for one in (None, NOT_COLLECTED, SUPPRESSED)] == [None] * 3
    assert figures.add([Decimal(0), None]).total == 0
    assert figures.add([None, None]).total is None
    assert figures.sum_of([NOT_COLLECTED, NOT_COLLECTED]) == NOT_COLLECTED
    assert figures.sum_of([NOT_COLLECTED, SUPPRESSED]) is None
    assert figures.sum_of([NOT_COLLECTED, "3", None]) == "3"


@given(values, values, values)
@settings(deadline=None)
def test_a_blank_total_is_both_sexes_if_both_are_known(total: Value, girls: Value, boys: Value) -> None:
    known = figures.known({TOTAL: total, FEMALE: girls, MALE: boys})
    if total is not None:
        assert known == figures.number(total)
    elif figures.number(girls) is not None and figures.number(boys) is not None:
        assert known == figures.number(girls) + figures.number(boys)  # type: ignore[operator]
    else:
        assert known is None


@given(counts, st.lists(st.one_of(st.none(), counts), min_size=2, max_size=2))
@settings(deadline=None)
def test_sexes_against_their_total(total: int, parts: list[int | None]) -> None:
    """By the rule in words: known parts must not exceed the total, and make it up where all are known."""
    cells: dict[Slice, Value] = {TOTAL: str(total)}
    cells |= {Slice(sex): str(n) for sex, n in zip(PARTS["sex"], parts, strict=True) if n is not None}
    known = [n for n in parts if n is not None]
    wrong = bool(known) and (sum(known) > total or (len(known) == 2 and sum(known) != total))
    found = figures.mismatches(cells)
    assert [one.dimension for one in found] == (["sex"] if wrong else [])
    if wrong:
        assert (found[0].total, found[0].parts, found[0].complete) == (total, sum(known), len(known) == 2)
        with using("en"):
            assert found[0].words() == f"Girls and boys are {sum(known):,} together, the total says {total:,}."


@given(st.integers(0, 2000), st.integers(-50, 50), st.booleans())
@settings(deadline=None)
def test_ages_make_up_a_total_of_children_only(total: int, off: int, children: bool) -> None:
    ages = [total // 4, total // 4, total // 4, max(0, total - 3 * (total // 4) + off)]
    cells: dict[Slice, Value] = {TOTAL: str(total)}
    cells |= {Slice(ALL, age): str(n) for age, n in zip(PARTS["age_group"], ages, strict=True)}
    found = figures.mismatches(cells, ages_add_up=children)
    assert bool(found) == (sum(ages) > total or (children and sum(ages) != total))


def test_each_total_is_checked_against_its_own_parts() -> None:
    cells: dict[Slice, Value] = {
        TOTAL: "10",
        FEMALE: "6",
        MALE: "4",
        Slice("female", ALL, "with"): "2",
        Slice("female", ALL, "without"): "3",
        Slice("male", "a0_5"): SUPPRESSED,
    }
    (found,) = figures.mismatches(cells)
    assert (found.cell, found.dimension, found.parts) == (FEMALE, "disability", 5)


def test_a_suppressed_part_never_contradicts() -> None:
    assert figures.mismatches({TOTAL: "10", FEMALE: "6", MALE: SUPPRESSED}) == []
    assert figures.mismatches({TOTAL: SUPPRESSED, FEMALE: "6", MALE: "9"}) == []
    assert figures.mismatches({TOTAL: "10", FEMALE: "11", MALE: SUPPRESSED})[0].complete is False


def test_values_that_stand_out() -> None:
    def why(value: int, before: int | None = None, base: int | None = None) -> list[str]:
        told = [None if n is None else Decimal(n) for n in (before, base)]
        return [one.why for one in figures.odd(Decimal(value), *told)]

    assert why(340, 34) == ["jump"] == why(34, 340), "a nought too many, or one lost"
    assert why(60, 30) == [], "small counts double by chance"
    assert why(1200, 1100) == []
    assert why(5, 0) == [] and why(40, 0) == ["jump"]
    assert why(12, base=10) == ["base"] and why(10, base=10) == []
    assert figures.odd(None, Decimal(9)) == []


def test_far_from_what_is_usual_nearby() -> None:
    def far(value: int, others: list[int]) -> bool:
        numbers = [Decimal(n) for n in (*others, value)]
        return figures.far(Decimal(value), figures.usual(numbers)) is not None

    assert far(340, [23, 41, 50, 7, 43, 89, 64])
    assert not far(188, [9, 60, 31, 73, 26, 67, 144]), "the communes of a district do differ"
    assert not far(340, [23, 41]), "too few to tell"
    assert far(90, [10] * 8) and not far(13, [10] * 8), "and where all are alike, by chance alone"


@given(st.lists(st.integers(0, 500), min_size=6, max_size=30), st.integers(2, 50))
@settings(deadline=None)
def test_what_stands_out_does_not_depend_on_the_order(held: list[int], turn: int) -> None:
    numbers = [Decimal(n) for n in held]
    turned = numbers[turn % len(numbers) :] + numbers[: turn % len(numbers)]
    assert figures.usual(numbers) == figures.usual(turned)


def test_rates() -> None:
    assert figures.rate(Decimal(5), Decimal(200)) == Decimal("2.5")
    assert figures.rate(Decimal(0), Decimal(200)) == 0
    assert figures.rate(Decimal(5), Decimal(0)) is None is figures.rate(None, Decimal(3))
    assert figures.rate(Decimal(3), None) is None
