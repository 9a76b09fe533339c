"""Reports by quarter: what is owed, what an indicator reached, and a quarter in review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cpdesk.analysis.progress import Period
from cpdesk.store import Desk
from cpdesk.tasks import desk as desks
from cpdesk.tasks import progress, records
from cpdesk.tasks.undo import Undo

Q1, Q2, Q3 = Period(2022, 1), Period(2022, 2), Period(2022, 3)


@dataclass
class World:
    """A plan 2021–2022 with two objectives; `ids` by short names."""

    desk: Desk
    plan: str = ""
    ids: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, kind: str, **values: object) -> str:
        self.ids[name] = records.save(self.desk, kind, values).id
        return self.ids[name]

    def tell(self, activity: str, period: Period, **values: object) -> str:
        whole = {"activity": self.ids[activity], "year": period.year, "quarter": period.quarter}
        return records.save(self.desk, "progress", {**whole, **values}).id

    def reach(self, indicator: str, period: Period, value: str) -> str:
        whole = {"indicator": self.ids[indicator], "year": period.year, "quarter": period.quarter}
        return records.save(self.desk, "actual", {**whole, "value": value}).id

    def owed(self, period: Period) -> list[str]:
        names = {id_: name for name, id_ in self.ids.items()}
        return [names[record.id] for record in progress.owed(self.desk, self.plan, period)]

    def review(self, period: Period) -> progress.Review:
        return progress.review(self.desk, self.plan, period)

    def row(self, name: str, period: Period) -> progress.ActivityRow:
        return next(row for row in self.review(period).rows if row.line.id == self.ids[name])


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(desks.create(tmp_path / "0802.cpdesk", "0802", "សុខ សុភា"))
    made.plan = made.put(
        "plan", "plan", title="ផែនការ", first_year=2021, last_year=2022, office="0802", state="approved", rate="4000"
    )
    first = made.put("o1", "objective", plan=made.plan, order=1024, text="កាត់បន្ថយអំពើហិង្សា")
    second = made.put("o2", "objective", plan=made.plan, order=2048, text="ការថែទាំជំនួស")
    output = made.put("o1.1", "output", objective=first, order=1024, text="សមត្ថភាព")
    made.put("train", "activity", output=output, order=1024, text="បណ្តុះបណ្តាល", year_quarters="2022Q1 2022Q2")
    made.put("meet", "activity", output=output, order=2048, text="ជួបប្រជុំ", year_quarters="2021Q4 2022Q2 2022Q3")
    made.put("visit", "activity", output=second, order=1024, text="ចុះសួរសុខទុក្ខ", year_quarters="2022Q3", code="ខ")
    made.put("other", "activity", output=second, order=2048, text="គ្មានកាលវិភាគ")
    yield made
    made.desk.close()


# --- owed -----------------------------------------------------------------------------------------------------------
def test_an_activity_owes_a_report_for_each_quarter_in_which_it_runs(world: World) -> None:
    assert world.owed(Q1) == ["train"]
    assert world.owed(Q2) == ["train", "meet"]
    assert world.owed(Q3) == ["meet", "visit"]
    assert world.owed(Period(2022, 4)) == []


def test_a_report_settles_what_is_owed_once_it_says_a_status(world: World) -> None:
    report = world.tell("train", Q2, summary="បានចាប់ផ្តើម")
    assert "train" in world.owed(Q2)
    records.save(world.desk, "progress", {"status": "on_track"}, report)
    assert world.owed(Q2) == ["meet"]


def test_what_is_not_done_in_time_owes_on_until_it_is_done_or_dropped(world: World) -> None:
    world.tell("train", Q2, status="late")
    assert world.owed(Q3) == ["train", "meet", "visit"]
    world.tell("train", Q3, status="done")
    assert world.owed(Period(2022, 4)) == []


def test_what_is_done_before_its_time_owes_nothing_more(world: World) -> None:
    world.tell("meet", Period(2021, 4), status="dropped")
    assert world.owed(Q2) == ["train"]


def test_nothing_is_owed_beyond_the_plans_years(world: World) -> None:
    world.tell("train", Q2, status="late")
    assert world.owed(Period(2023, 1)) == []


def test_what_lies_in_the_bin_owes_nothing(world: World) -> None:
    records.delete(world.desk, world.ids["o1.1"])
    assert world.owed(Q2) == []


def test_which_plan_is_reported_on_now(world: World) -> None:
    assert progress.current(world.desk, date(2022, 8, 1)) == (world.plan, Q2)
    assert progress.current(world.desk, date(2020, 8, 1)) == (world.plan, Period(2021, 1))
    assert progress.current(world.desk, date(2026, 8, 1)) == (world.plan, Period(2022, 4))
    later = world.put("next", "plan", title="បន្ទាប់", first_year=2023, last_year=2025, office="0802")
    assert progress.current(world.desk, date(2023, 2, 1)) == (world.plan, Period(2022, 4))
    assert progress.current(world.desk, date(2023, 4, 1)) == (later, Period(2023, 1))
    assert progress.current(world.desk, date(2030, 4, 1)) == (world.plan, Period(2022, 4)), "nobody used the draft"
    other = records.save(world.desk, "objective", {"plan": later, "text": "ក"}).id
    begun = records.save(world.desk, "activity", {"output": other, "text": "ខ"}).id
    told = records.save(world.desk, "progress", {"activity": begun, "year": 2023, "quarter": 1, "status": "late"}).id
    assert progress.current(world.desk, date(2030, 4, 1)) == (later, Period(2025, 4)), "it is reported on"
    records.delete(world.desk, told)
    assert progress.current(world.desk, date(2023, 4, 1)) == (later, Period(2023, 1)), "its years are now"
    world.put("closed", "plan", title="បិទ", first_year=2023, last_year=2029, office="0802", state="closed")
    world.put("theirs", "plan", title="ខេត្ត", first_year=2023, last_year=2029, office="08", state="approved")
    assert progress.current(world.desk, date(2023, 4, 1)) == (later, Period(2023, 1))
    assert progress.owed_now(world.desk, date(2022, 8, 1)) == 2


def test_a_desk_without_a_plan_owes_nothing(world: World) -> None:
    records.delete(world.desk, world.plan)
    assert progress.current(world.desk, date(2022, 8, 1)) is None
    assert progress.owed_now(world.desk, date(2022, 8, 1)) == 0


# --- reports --------------------------------------------------------------------------------------------------------
def test_the_latest_report_is_the_newest_that_says_a_status(world: World) -> None:
    world.tell("train", Q2, status="late")
    newest = world.tell("train", Q3, status="done")
    world.tell("train", Period(2022, 4), summary="គ្មាន")
    found = progress.latest(world.desk, world.ids["train"])
    assert found is not None and found.id == newest
    assert progress.latest(world.desk, world.ids["visit"]) is None


def test_two_reports_of_one_quarter_count_once_and_alike_everywhere(world: World) -> None:
    world.tell("train", Q2, summary="ទទេ", spent="999", currency="KHR", girls=50)
    told = world.tell("train", Q2, status="done", spent="100", currency="KHR", girls=5)
    found = progress.report(world.desk, world.ids["train"], Q2)
    assert found is not None and found.id == told
    review = world.review(Q2)
    assert review.spending.spent.known == 100
    assert review.reached.girls == 5
    assert world.row("train", Q2).report == told
    both = progress.of_quarter(world.desk, world.ids["train"], Q2)
    assert len(both) == 2 and both[0].id == told


def test_writing_a_report_makes_one_record_and_can_be_taken_back(world: World) -> None:
    undo = Undo(world.desk)
    first = progress.put_report(undo, world.ids["train"], Q2, {"status": "late"})
    again = progress.put_report(undo, world.ids["train"], Q2, {"girls": 12})
    assert first.id == again.id
    assert len(progress.reports(world.desk, world.ids["train"])) == 1
    undo.undo()
    undo.undo()
    assert progress.report(world.desk, world.ids["train"], Q2) is None


# --- indicators -----------------------------------------------------------------------------------------------------
def test_quarters_add_up_or_the_last_one_counts(world: World) -> None:
    adding = world.put("adding", "indicator", of=world.ids["train"], text="ចំនួនវគ្គ")
    last = world.put("last", "indicator", of=world.ids["train"], text="ភាគរយ", cumulative=False)
    for name in ("adding", "last"):
        world.reach(name, Q1, "3")
        world.reach(name, Q3, "4")
    assert progress.year_value(world.desk, adding, 2022) == 7
    assert progress.year_value(world.desk, last, 2022) == 4
    assert progress.year_value(world.desk, adding, 2022, 2) == 3
    assert progress.year_value(world.desk, adding, 2021) is None


def test_the_last_actual_is_what_the_last_year_reached(world: World) -> None:
    adding = world.put("adding", "indicator", of=world.ids["train"], text="ចំនួនវគ្គ")
    assert progress.last_actual(world.desk, adding) is None
    world.reach("adding", Period(2021, 4), "9")
    world.reach("adding", Q1, "3")
    world.reach("adding", Q3, "4")
    assert progress.last_actual(world.desk, adding) == (Q3, Decimal(7))


def test_a_value_is_kept_once_a_quarter(world: World) -> None:
    indicator = world.put("adding", "indicator", of=world.ids["train"], text="ចំនួនវគ្គ")
    undo = Undo(world.desk)
    assert progress.put_actual(undo, indicator, Q2, None) is None
    progress.put_actual(undo, indicator, Q2, "5")
    progress.put_actual(undo, indicator, Q2, "6")
    found = progress.actual(world.desk, indicator, Q2)
    assert found is not None and found["value"] == "6"
    assert records.count(world.desk, "actual") == 1
    progress.put_actual(undo, indicator, Q2, None)
    assert progress.year_value(world.desk, indicator, 2022) is None


# --- the review -----------------------------------------------------------------------------------------------------
def test_the_review_tells_how_far_each_objective_has_come(world: World) -> None:
    for name, of, target in (("a", "o1", "10"), ("b", "train", "4"), ("c", "o1.1", None), ("d", "meet", "8")):
        world.put(name, "indicator", of=world.ids[of], text=name)
        if target:
            records.save(world.desk, "target", {"indicator": world.ids[name], "year": 2022, "value": target})
    world.reach("a", Q1, "5")
    world.reach("b", Q2, "9")
    world.reach("b", Q3, "9")
    world.reach("c", Q2, "1")
    first, second = world.review(Q2).objectives
    assert [one.text for one in first.indicators] == ["a", "c"]
    assert (first.heading.code, first.activities) == ("1", 2)
    assert (first.achievement.percent, first.achievement.told, first.achievement.wanted) == (Decimal("75.0"), 2, 3)
    assert (second.achievement.percent, second.achievement.wanted) == (None, 0)
    (indicator,) = world.row("train", Q2).indicators
    assert indicator.actual == 9 and indicator.target == 4
    assert indicator.percent == 225


def test_money_by_quarter_and_for_the_year_in_riel(world: World) -> None:
    for activity, amount, currency in (("train", "1000001", "KHR"), ("train", "100", "USD"), ("visit", "5", None)):
        line = {"activity": world.ids[activity], "year": 2022, "amount": amount, "currency": currency}
        records.save(world.desk, "budget_line", line)
    records.save(
        world.desk, "budget_line", {"activity": world.ids["train"], "year": 2021, "amount": "7", "currency": "KHR"}
    )
    world.tell("train", Q1, status="on_track", spent="50", currency="USD")
    world.tell("train", Q2, status="done", spent="700000", currency="KHR")
    world.tell("train", Q3, status="done", spent="1", currency="KHR")
    row = world.row("train", Q2)
    assert row.spending.planned.known == 1_400_001
    assert row.spending.spent.known == 900_000
    assert row.spending.variance == 500_001
    assert row.spending.percent == Decimal("64.3")
    review = world.review(Q2)
    assert [one.planned for one in review.quarters] == [700_001, 700_000, None, None]
    assert [one.spent for one in review.quarters] == [200_000, 700_000, 1, None]
    assert review.planned_to_date == 1_400_001
    # One line has no currency: the whole cannot be told, and is not told wrong.
    assert review.spending.planned.unknown == 1
    assert review.spending.percent is None


def test_people_reached_in_the_quarter_and_in_the_year(world: World) -> None:
    world.tell("train", Q1, status="on_track", girls=10, boys=5)
    world.tell("train", Q2, status="done", girls=1, women=2, with_disability=1)
    review = world.review(Q2)
    assert (review.reached.girls, review.reached.boys, review.reached.women, review.reached.men) == (1, None, 2, None)
    assert (review.reached_year.girls, review.reached_year.boys, review.reached_year.everybody) == (11, 5, 18)
    assert review.reached.with_disability == 1


def test_late_at_risk_owed_and_what_was_difficult(world: World) -> None:
    world.tell("train", Q2, status="at_risk", difficulty="ខ្វះថវិកា", solution="ស្នើបន្ថែម", next_step="ជួប")
    review = world.review(Q2)
    assert [row.line.text for row in review.at_risk] == ["បណ្តុះបណ្តាល"]
    assert [row.line.text for row in review.owed] == ["ជួបប្រជុំ"]
    assert [(row.difficulty, row.solution, row.next_step) for row in review.difficulties] == [
        ("ខ្វះថវិកា", "ស្នើបន្ថែម", "ជួប")
    ]
    assert review.standings == {"at_risk": 1, None: 3}
    assert review.late == []
    assert [row.line.text for row in world.review(Q3).late] == ["បណ្តុះបណ្តាល"]
    world.tell("train", Q3, status="done")
    assert world.review(Q3).late == []


def test_lines_stand_in_the_plans_order_with_their_numbers(world: World) -> None:
    rows = world.review(Q2).rows
    assert [(row.line.code, row.line.text) for row in rows] == [
        ("1.1.1", "បណ្តុះបណ្តាល"),
        ("1.1.2", "ជួបប្រជុំ"),
        ("ខ", "ចុះសួរសុខទុក្ខ"),
        ("2.2", "គ្មានកាលវិភាគ"),
    ]
    assert [row.planned for row in rows] == [True, True, False, False]
