"""The next plan starts from the last: unfinished work goes on, what was reached is the baseline, both ways linked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cpdesk.errors import BadInput
from cpdesk.store import Desk, Record
from cpdesk.tasks import Cancelled, carry, compare, plans, records
from cpdesk.tasks.undo import Undo
from tests.ui import story

YEARS: Any = {"first_year": 2026, "last_year": 2028}


@pytest.fixture
def told(tmp_path: Path) -> Iterator[story.Story]:
    made = story.tell(tmp_path / "plan.cpdesk")
    yield made
    made.desk.close()


def report(told: story.Story, at: int, year: int, quarter: int, status: str | None) -> None:
    values = {"activity": told.activities[at], "year": year, "quarter": quarter, "status": status}
    records.save(told.desk, "progress", values)


def indicator(desk: Desk, of: str, cumulative: bool | None, *actuals: tuple[int, int, str]) -> str:
    values = {"of": of, "text": "ចំនួនវគ្គ", "cumulative": cumulative, "baseline": "3", "baseline_year": 2022}
    made = records.save(desk, "indicator", values).id
    for year, quarter, value in actuals:
        records.save(desk, "actual", {"indicator": made, "year": year, "quarter": quarter, "value": value})
    return made


def texts(desk: Desk, plan: str) -> list[str]:
    return [a.text("text") for a in plans.activities(desk, plan)]


def only(desk: Desk, kind: str, above: str) -> Record:
    (found,) = records.children(desk, kind, above)
    return found


def test_what_is_not_finished_goes_on(told: story.Story) -> None:
    report(told, 0, 2025, 4, "done")
    report(told, 1, 2024, 1, "done")
    report(told, 1, 2025, 1, "late")  # begun again later
    report(told, 2, 2025, 4, "dropped")
    report(told, 3, 2025, 3, "done")
    report(told, 3, 2025, 4, None)  # says nothing of how far it is
    made = carry.carry_over(told.desk, told.plan, title="បន្ទាប់", **YEARS)
    going = [told.activities[n] for n in (1, 4, 5, 6)]
    assert texts(told.desk, made.plan) == [records.get(told.desk, id_).text("text") for id_ in going]
    assert [one.finished for one in carry.choices(told.desk, told.plan)] == [
        True, False, True, True, False, False, False,
    ]  # fmt: skip


def test_each_remembers_where_it_comes_from(told: story.Story) -> None:
    made = carry.carry_over(told.desk, told.plan, title="បន្ទាប់", **YEARS)
    plan = records.get(told.desk, made.plan)
    assert (plan["previous"], plan["state"], plan["version"], plan["title"]) == (told.plan, "draft", 1, "បន្ទាប់")
    assert (plan["first_year"], plan["last_year"], plan["office"]) == (2026, 2028, "0802")
    for old in told.activities:
        new = records.get(told.desk, made.ids[old])
        assert new["carried_from"] == old
        assert new["year_quarters"] is None, "the old years are over"
        was = records.get(told.desk, old)
        for same in ("text", "responsible", "places", "investment", "investment_line"):
            assert new[same] == was[same]
    pointing = [(r.id, field) for r, field in records.pointing_at(told.desk, told.activities[0])]
    assert pointing == [(made.ids[told.activities[0]], "carried_from")], "and the way back"


def test_chosen_ones_go_and_their_bands_with_them(told: story.Story) -> None:
    made = carry.carry_over(told.desk, told.plan, title="ក", activities=[told.activities[5]], **YEARS)
    tree = plans.tree(told.desk, made.plan)
    assert [o.record.text("text") for o in tree] == ["ពង្រឹងការថែទាំកុមារក្នុងគ្រួសារ ជំនួសការថែទាំក្នុងស្ថាប័ន"]
    assert [len(o.activities) for o in tree[0].outputs] == [1]


def test_what_was_reached_last_is_the_baseline(told: story.Story) -> None:
    desk, first = told.desk, told.activities[0]
    adds = indicator(desk, first, True, (2024, 4, "50"), (2025, 1, "4"), (2025, 3, "2.5"))
    blank = indicator(desk, told.activities[1], None, (2025, 1, "4"), (2025, 2, "4"))
    last = indicator(desk, told.activities[2], False, (2025, 1, "40"), (2025, 4, "55"), (2024, 4, "99"))
    none = indicator(desk, told.activities[3], True)
    objective = plans.tree(desk, told.plan)[0].record.id
    above = indicator(desk, objective, False, (2025, 2, "7"))
    made = carry.carry_over(desk, told.plan, title="ក", **YEARS)

    def baseline(old: str) -> tuple[object, object]:
        new = records.get(desk, made.ids[old])
        assert new["carried_from"] == old
        return new["baseline"], new["baseline_year"]

    assert baseline(adds) == ("6.5", 2025)
    assert baseline(blank) == ("8", 2025)
    assert baseline(last) == ("55", 2025)
    assert baseline(above) == ("7", 2025)
    assert baseline(none) == ("3", 2022), "nothing was reached: what was known before stays known"


def test_targets_and_budgets_only_where_asked_for(told: story.Story) -> None:
    desk, first = told.desk, told.activities[0]
    measured = indicator(desk, first, True)
    for year, value in ((2023, "4"), (2025, "6")):
        records.save(desk, "target", {"indicator": measured, "year": year, "value": value})
    line = {"activity": first, "year": 2023, "source": "state", "amount": "500", "currency": "USD"}
    records.save(desk, "budget_line", line)
    bare = carry.carry_over(desk, told.plan, title="ក", **YEARS)
    assert records.children(desk, "target", bare.ids[measured]) == []
    assert records.children(desk, "budget_line", bare.ids[first]) == []
    full = carry.carry_over(
        desk, told.plan, title="ខ", first_year=2026, last_year=2027, with_targets=True, with_budget=True,
        with_quarters=True,
    )  # fmt: skip
    assert only(desk, "target", full.ids[measured])["year"] == 2026, "the third year lies behind the new plan's end"
    moved = only(desk, "budget_line", full.ids[first])
    assert (moved["year"], moved["amount"], moved["currency"]) == (2026, "500", "USD")
    assert records.get(desk, full.ids[first])["year_quarters"] == "2026Q1 2026Q2 2027Q1"


def test_priorities_and_strong_and_weak_points(told: story.Story) -> None:
    desk = told.desk
    priority = records.save(desk, "priority", {"plan": told.plan, "rank": 1, "text": "កុមារក្រៅសាលា"}).id
    records.save(desk, "activity", {"priority": priority}, told.activities[1])
    answered = f"{told.activities[0]} {told.activities[1]}"
    records.save(desk, "swot", {"plan": told.plan, "sort": "weakness", "text": "ខ្វះ", "answered_by": answered})
    made = carry.carry_over(desk, told.plan, title="ក", activities=[told.activities[1]], with_swot=True, **YEARS)
    new = records.get(desk, made.ids[told.activities[1]])
    assert new["priority"] == made.ids[priority] == only(desk, "priority", made.plan).id
    assert only(desk, "swot", made.plan)["answered_by"] == new.id, "only what goes on answers"
    plain = carry.carry_over(desk, told.plan, title="ខ", with_priorities=False, **YEARS)
    assert records.children(desk, "priority", plain.plan) == []
    assert records.children(desk, "swot", plain.plan) == []
    assert records.get(desk, plain.ids[told.activities[1]])["priority"] is None


def test_it_is_one_step(told: story.Story) -> None:
    undo = Undo(told.desk)
    before = {kind: records.count(told.desk, kind) for kind in ("plan", "objective", "output", "activity")}
    made = carry.carry_over(undo, told.plan, title="ក", **YEARS)
    assert records.count(told.desk, "activity") == 2 * before["activity"]
    assert undo.undo() == "ចាប់ផ្តើមផែនការបន្ទាប់"
    assert {kind: records.count(told.desk, kind) for kind in before} == before
    undo.redo()
    assert len(texts(told.desk, made.plan)) == before["activity"]


def test_an_approved_plan_stays_approved(told: story.Story) -> None:
    from cpdesk.tasks import versions

    versions.submit(told.desk, told.plan)
    approved = versions.approve(told.desk, told.plan, told.people["chair"], "2022-12-01")
    carry.carry_over(told.desk, told.plan, title="ក", **YEARS)
    stands = versions.standing(told.desk, told.plan)
    assert stands.unchanged is True and stands.approved == approved


def test_years_out_of_order_make_nothing(told: story.Story) -> None:
    with pytest.raises(BadInput):
        carry.carry_over(told.desk, told.plan, title="ក", first_year=2026, last_year=2025)
    with pytest.raises(BadInput):
        carry.carry_over(told.desk, told.activities[0], title="ក", **YEARS)
    assert records.count(told.desk, "plan") == 1


def test_objectives_and_outputs_lie_beside_those_they_carry_on(told: story.Story) -> None:
    made = carry.carry_over(told.desk, told.plan, title="បន្ទាប់", **YEARS)
    for new in records.children(told.desk, "objective", made.plan):
        records.save(told.desk, "objective", {"text": f"ថ្មី {new.text('text')}"}, new.id)
        for output in records.children(told.desk, "output", new.id):
            records.save(told.desk, "output", {"text": f"ថ្មី {output.text('text')}"}, output.id)
    pairs = [pair for pair in compare.compare(told.desk, told.plan, made.plan).pairs if pair.line.kind != "plan"]
    bands = [pair for pair in pairs if pair.line.kind in ("objective", "output")]
    assert bands and all(pair.state == "changed" for pair in bands)


def test_a_stopped_carry_over_leaves_no_plan(told: story.Story) -> None:
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            raise Cancelled

    before = records.count(told.desk, "plan")
    with pytest.raises(Cancelled):
        carry.carry_over(told.desk, told.plan, title="បន្ទាប់", **YEARS, progress=stop)
    assert records.count(told.desk, "plan") == before and len(seen) == 2 and seen[0][0] == 1
