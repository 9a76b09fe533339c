"""Sums of riel and dollars: what cannot be converted is never counted as nothing."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cpdesk.analysis.money import Money, add, in_riel, percent

AMOUNTS = st.decimals(0, 10**12, places=2)
CURRENCIES = st.sampled_from(["KHR", "USD", None, "EUR"])
RATES = st.none() | st.decimals(1, 10_000, places=2)


def test_in_riel() -> None:
    assert in_riel(Decimal("12.5"), "USD", Decimal(4100)) == 51_250
    assert in_riel(Decimal("12500000"), "KHR", None) == 12_500_000
    assert in_riel(Decimal("0.5"), "KHR", None) == 1, "half a riel is rounded up"
    for amount, currency, rate in ((None, "KHR", None), (Decimal(5), "USD", None), (Decimal(5), None, Decimal(4000))):
        assert in_riel(amount, currency, rate) is None


def test_nothing_is_not_zero() -> None:
    assert add([], None) == Money() and add([], None).known is None
    assert add([(None, "KHR")], None).lines == 0
    assert add([(Decimal(0), "KHR")], None).known == 0
    assert add([(Decimal(7), "KHR"), (Decimal(1), "USD")], None).known is None, "a dollar without a rate is not nothing"


@given(st.lists(st.tuples(st.none() | AMOUNTS, CURRENCIES), max_size=12), RATES)
def test_a_sum_is_the_sum_of_its_parts(amounts: list[tuple[Decimal | None, str | None]], rate: Decimal | None) -> None:
    got = add(amounts, rate)
    there = [(a, c) for a, c in amounts if a is not None]
    each = [in_riel(a, c, rate) for a, c in there]
    assert got.lines == len(there) and got.unknown == each.count(None)
    assert got.total == sum((one for one in each if one is not None), Decimal(0))
    assert got.riel == sum((a for a, c in there if c == "KHR"), Decimal(0))
    assert got.dollar == sum((a for a, c in there if c == "USD"), Decimal(0))


def test_percent() -> None:
    assert percent(Decimal(1), Decimal(3)) == Decimal("33.3")
    assert percent(Decimal(0), Decimal(3)) == 0
    for part, whole in ((None, Decimal(3)), (Decimal(3), None), (Decimal(3), Decimal(0))):
        assert percent(part, whole) is None
