"""Money of a plan by year, source and objective; and what the integration workshop still lacks. Missing is never 0."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cpdesk.i18n import using
from cpdesk.tasks import alignment, budgets, plans, records
from tests.ui import story


@pytest.fixture
def told(tmp_path: Path) -> Iterator[story.Story]:
    made = story.tell(tmp_path / "plan.cpdesk")
    records.save(made.desk, "plan", {"rate": "4000"}, made.plan)
    yield made
    made.desk.close()


def pay(told: story.Story, at: int, year: int | None, source: str | None, amount: str | None, currency: str) -> None:
    values = {"activity": told.activities[at], "year": year, "source": source, "amount": amount, "currency": currency}
    records.save(told.desk, "budget_line", values)


def some(told: story.Story) -> None:
    pay(told, 0, 2023, "state", "6000000", "KHR")
    pay(told, 0, 2023, "un", "500", "USD")
    pay(told, 1, 2024, "state", "1000000", "KHR")
    pay(told, 5, 2025, "ngo", "250.5", "USD")
    pay(told, 6, 2023, "ngo", None, "KHR")


def test_by_source_and_year(told: story.Story) -> None:
    some(told)
    found = budgets.budget(told.desk, told.plan)
    assert found.years == (2023, 2024, 2025) and found.outside == ()
    assert [row.key for row in found.sources] == ["state", "ngo", "un"], "in the order in which they are declared"
    state, ngo, un = found.sources
    assert (state.years[2023].riel, state.years[2024].riel, state.years[2025].lines) == (
        Decimal(6000000),
        Decimal(1000000),
        0,
    )
    assert (un.total.riel, un.total.dollar, un.total.total) == (Decimal(0), Decimal(500), Decimal(2000000))
    assert ngo.total.total == 1002000 and ngo.total.lines == 1, "a blank amount is no amount"
    assert found.total.total.total == 10002000
    assert (found.total.total.riel, found.total.total.dollar) == (Decimal(7000000), Decimal("750.5"))
    assert [row.share for row in found.sources] == [Decimal("70.0"), Decimal("10.0"), Decimal("20.0")]


def test_by_objective(told: story.Story) -> None:
    some(told)
    found = budgets.budget(told.desk, told.plan)
    assert [row.total.total for row in found.objectives] == [9000000, 1002000]
    assert found.without == tuple(told.activities[n] for n in (2, 3, 4, 6))


def test_without_a_rate_dollars_are_not_guessed(told: story.Story) -> None:
    some(told)
    records.save(told.desk, "plan", {"rate": None}, told.plan)
    found = budgets.budget(told.desk, told.plan)
    assert found.rate is None
    assert found.total.total.known is None and found.total.total.unknown == 2
    assert found.sources[0].share is None, "a part of what nobody knows is not known"
    assert found.total.total.dollar == Decimal("750.5")


def test_years_outside_of_the_plan_are_shown_as_such(told: story.Story) -> None:
    pay(told, 0, 2022, "state", "1", "KHR")
    pay(told, 0, None, None, "2", "KHR")
    found = budgets.budget(told.desk, told.plan)
    assert found.years == (2022, 2023, 2024, 2025, None) and found.outside == (2022, None)
    assert found.sources[-1].key == "" and found.sources[-1].total.riel == 2


def test_another_plan_pays_for_itself(told: story.Story) -> None:
    some(told)
    other = records.save(
        told.desk, "plan", {"title": "ផ្សេង", "first_year": 2023, "last_year": 2023, "office": "0802"}
    ).id
    found = budgets.budget(told.desk, other)
    assert found.total.total.lines == 0 and found.sources == () and found.total.total.known is None


def test_amounts_in_words(told: story.Story) -> None:
    assert budgets.shown(Decimal("12500000"), "KHR") == "១២.៥០០.០០០ ៛"
    assert budgets.shown(Decimal("500"), "USD") == "$៥០០"
    with using("en"):
        assert budgets.shown(Decimal("1200.5"), None) == "1,200.5"


def test_alignment_line_by_line(told: story.Story) -> None:
    some(told)
    found = alignment.alignment(told.desk, told.plan)
    assert [line.activity.id for line in found.lines] == told.activities
    assert [line.code for line in found.lines][:3] == ["1.1.1", "1.1.2", "1.1.3"]
    by_state = {one.state: (one.activities, int(one.amount.total)) for one in found.states}
    assert by_state == {
        "ongoing": (2, 9002000), "pledged": (2, 1000000), "not_pledged": (1, 0), "none": (1, 0), "": (1, 0),
    }  # fmt: skip
    assert found.lines[1].missing == (), "pledged, with programme, line, money and somebody responsible"
    assert found.lines[4].missing == ("budget",)
    assert found.lines[2].missing == ("investment", "investment_programme", "investment_line", "budget")
    assert found.missing == {
        "investment": 1, "investment_programme": 5, "investment_line": 5, "budget": 4, "responsible": 0,
    }  # fmt: skip
    assert found.ready == 1


def test_sums_of_the_states_are_the_sum_of_the_plan(told: story.Story) -> None:
    some(told)
    whole = budgets.budget(told.desk, told.plan).total.total
    states = alignment.alignment(told.desk, told.plan).states
    assert sum(one.amount.total for one in states) == whole.total
    assert sum(one.activities for one in states) == len(plans.activities(told.desk, told.plan))
