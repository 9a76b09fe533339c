"""Two versions side by side: every change is seen, in the cell where it was made, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.analysis.compare import ADDED, CHANGED, REMOVED, SAME, Line, Pair
from cpdesk.analysis.compare import compare as pair_up
from cpdesk.errors import NotFound
from cpdesk.tasks import carry, compare, records, versions
from tests.ui import story


def line(id_: str, words: str, code: str = "", carried: str = "", **cells: str) -> Line:
    return Line(id_, "activity", code, words, {"text": words, "code": code, **cells}, carried)


def said(pairs: Sequence[Pair]) -> list[tuple[str, str, str]]:
    return [(p.left.id if p.left else "", p.right.id if p.right else "", p.state) for p in pairs]


def test_the_same_record_is_the_same_line_whatever_it_says() -> None:
    pairs = pair_up([line("a", "មួយ"), line("b", "ពីរ")], [line("b", "មួយ"), line("a", "ពីរ")], ["text"])
    assert said(pairs) == [("b", "b", CHANGED), ("a", "a", CHANGED)]
    assert pairs[0].cells[0].left == "ពីរ" and pairs[0].cells[0].right == "មួយ"


def test_lines_of_two_plans_meet_by_where_they_come_from_then_by_words_then_by_code() -> None:
    left = [line("a", "មួយ", "1.1"), line("b", "ពីរ", "1.2"), line("c", "បី", "1.3"), line("d", "បួន", "1.4")]
    right = [line("w", "ពីរ", "1.1", carried="a"), line("x", "បី ", "1.9"), line("y", "ថ្មី", "1.4"), line("z", "ប្រាំ", "9")]
    assert said(pair_up(left, right, ["text"])) == [
        ("a", "w", CHANGED), ("b", "", REMOVED), ("c", "x", CHANGED), ("d", "y", CHANGED), ("", "z", ADDED),
    ]  # fmt: skip


def test_what_is_gone_stands_where_it_stood() -> None:
    left, right = [line("a", "ក"), line("b", "ខ"), line("c", "គ")], [line("c", "គ"), line("n", "ង")]
    assert said(pair_up(left, right, ["text"])) == [
        ("a", "", REMOVED), ("b", "", REMOVED), ("c", "c", SAME), ("", "n", ADDED),
    ]  # fmt: skip


@given(st.lists(st.text("abc", max_size=2), max_size=8), st.lists(st.text("abc", max_size=2), max_size=8))
def test_every_line_stands_once_on_its_side(before: list[str], after: list[str]) -> None:
    left = [line(f"l{n}", words) for n, words in enumerate(before)]
    right = [line(f"r{n}", words) for n, words in enumerate(after)]
    pairs = pair_up(left, right, ["text"])
    assert sorted(p.left.id for p in pairs if p.left) == [one.id for one in left]
    assert [p.right.id for p in pairs if p.right] == [one.id for one in right], "in the order of the right side"


@pytest.fixture
def told(tmp_path: Path) -> Iterator[story.Story]:
    made = story.tell(tmp_path / "plan.cpdesk")
    yield made
    made.desk.close()


def approved(told: story.Story) -> versions.Version:
    versions.submit(told.desk, told.plan)
    return versions.approve(told.desk, told.plan, told.people["chair"], "2022-12-01")


def changes(found: compare.Comparison) -> dict[str, list[tuple[str, str, str]]]:
    """words of the line → (label, left, right) of each cell that is not the same."""
    return {
        pair.line.words: [(found.labels[c.key], c.left, c.right) for c in pair.cells if c.state != SAME]
        for pair in found.pairs
        if pair.state != SAME
    }


def test_a_version_against_now(told: story.Story) -> None:
    desk, first = told.desk, told.activities[0]
    measured = records.save(desk, "indicator", {"of": first, "text": "ចំនួនវគ្គ", "unit": "វគ្គ", "baseline": "2"}).id
    goal = records.save(desk, "target", {"indicator": measured, "year": 2023, "value": "4"}).id
    money = {"activity": first, "year": 2023, "source": "state", "amount": "12500000", "currency": "KHR"}
    budget = records.save(desk, "budget_line", money).id
    version = approved(told)
    assert compare.compare(desk, version.id, told.plan).counts == {SAME: 13, CHANGED: 0, ADDED: 0, REMOVED: 0}
    records.save(desk, "target", {"value": "6"}, goal)
    records.save(desk, "budget_line", {"amount": "500", "currency": "USD"}, budget)
    records.save(desk, "activity", {"responsible": None, "year_quarters": "2023Q1 2024Q1"}, first)
    records.delete(desk, told.activities[2])
    output = records.get(desk, first)["output"]
    records.save(desk, "activity", {"output": output, "order": 9999, "text": "សកម្មភាពថ្មី"})
    found = compare.compare(desk, version.id, told.plan)
    assert found.counts == {SAME: 11, CHANGED: 1, ADDED: 1, REMOVED: 1}
    by_line = changes(found)
    assert by_line[records.get(desk, first).text("text")] == [
        ("អ្នកទទួលខុសត្រូវ", "ការិយាល័យសង្គមកិច្ច និងសុខុមាលភាពសង្គម", ""),
        ("ត្រីមាសអនុវត្ត", "២០២៣: ១, ២ · ២០២៤: ១", "២០២៣: ១ · ២០២៤: ១"),
        ("ចំណុចដៅ ២០២៣", "៤", "៦"),
        ("ថវិកា ២០២៣", "ថវិការដ្ឋ ១២.៥០០.០០០ ៛", "ថវិការដ្ឋ $៥០០"),
    ]
    assert [label for label, *_sides in by_line["សកម្មភាពថ្មី"]] == ["ខ្លឹមសារ"]


def test_two_indicators_of_one_line_stay_apart(told: story.Story) -> None:
    for n, text in enumerate(("មួយ", "ពីរ")):
        values = {"of": told.activities[0], "text": text, "order": n, "baseline": str(n), "baseline_year": 2022}
        records.save(told.desk, "indicator", values)
    version = approved(told)
    (pair,) = [p for p in compare.compare(told.desk, version.id, told.plan).pairs if p.line.id == told.activities[0]]
    cells = {cell.key: cell.right for cell in pair.cells}
    assert cells["indicator"] == "១) មួយ\n២) ពីរ"
    assert cells["baseline"] == "១) ០ (២០២២)\n២) ១ (២០២២)"


def test_the_next_plan_against_the_last(told: story.Story) -> None:
    gone = told.activities[3]
    going = [one for one in told.activities if one != gone]
    made = carry.carry_over(told.desk, told.plan, title="បន្ទាប់", first_year=2026, last_year=2028, activities=going)
    records.save(told.desk, "activity", {"text": "ប្រែពាក្យទាំងស្រុង"}, made.ids[going[0]])
    found = compare.compare(told.desk, told.plan, made.plan)
    met = {p.left.id: p.right.id if p.right else "" for p in found.pairs if p.left}
    assert all(met[old] == made.ids[old] for old in going)
    assert met[gone] == ""
    assert found.counts[ADDED] == 0


def test_what_one_most_likely_wants_to_see(told: story.Story) -> None:
    desk = told.desk
    assert compare.usual(desk, told.plan) is None
    first = approved(told)
    records.save(desk, "objective", {"plan": told.plan, "text": "បន្ថែម"})
    assert compare.usual(desk, told.plan) == (first.id, told.plan)
    second = approved(told)
    assert compare.usual(desk, told.plan) == (first.id, second.id)
    made = carry.carry_over(desk, told.plan, title="បន្ទាប់", first_year=2026, last_year=2028)
    assert compare.usual(desk, made.plan) == (told.plan, made.plan)
    titles = [side.title for side in compare.sides(desk, told.plan)]
    assert titles == [
        "ដូចបច្ចុប្បន្ន", "ជំនាន់ ៤ អនុម័តថ្ងៃ ០១/១២/២០២២", "ជំនាន់ ៣ អនុម័តថ្ងៃ ០១/១២/២០២២", "បន្ទាប់ · ដូចបច្ចុប្បន្ន",
    ]  # fmt: skip


def test_what_is_no_side_is_refused(told: story.Story) -> None:
    with pytest.raises(NotFound):
        compare.compare(told.desk, told.activities[0], told.plan)
