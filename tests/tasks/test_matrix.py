"""A plan's matrix: what is typed in a cell is what the desk keeps, all of a step or none of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdesk.i18n import using
from cpdesk.tasks import matrix, records
from cpdesk.tasks.matrix import Matrix
from cpdesk.tasks.undo import Undo
from tests.ui import story


@pytest.fixture
def told(tmp_path: Path) -> Iterator[story.Story]:
    made = story.tell(tmp_path / "0802.cpdesk")
    records.save(made.desk, "plan", {"rate": "4000"}, made.plan)
    with using("km"):
        yield made
    made.desk.close()


@pytest.fixture
def undo(told: story.Story) -> Undo:
    return Undo(told.desk)


def read(told: story.Story) -> Matrix:
    return matrix.read(told.desk, told.plan)


def shown(told: story.Story, record: str, key: str) -> str:
    found = read(told)
    return matrix.words(found, found.by_id[record], found.column(key)).shown


def one(told: story.Story, undo: Undo, key: str, text: str, record: int = 0) -> str:
    """Write one cell; what it shows then, or why it was refused."""
    done = matrix.write(undo, told.plan, [(told.activities[record], key, text)])
    return done.refused[0].reason if done.refused else shown(told, told.activities[record], key)


def test_all_columns_that_officials_know_are_there(told: story.Story) -> None:
    keys = [column.key for column in matrix.columns(told.desk, told.plan)]
    assert set(matrix.KEYS) <= set(keys)
    for year in (2023, 2024, 2025):
        assert {f"quarters.{year}", f"target.{year}", f"budget.{year}", f"budget.{year}.state"} <= set(keys)
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("budget.2023.state", "១២.៥០០.០០០ ៛", "១២.៥០០.០០០ ៛"),
        ("budget.2023.state", "12500000", "១២.៥០០.០០០ ៛"),
        ("budget.2023.state", "១២,៥ លានរៀល", "១២.៥០០.០០០ ៛"),
        ("budget.2023.un", "$500.50", "$៥០០,៥"),
        ("target.2024", "២០០", "២០០"),
        ("indicator.baseline", "85%", "៨៥"),
        ("indicator.baseline_year", "២០២២", "២០២២"),
        ("indicator.unit", "នាក់", "នាក់"),
        ("quarters.2025", "១,៣", "១, ៣"),
        ("quarters.2025", "Q1-Q3", "១, ២, ៣"),
        ("quarters.2025", "ត្រីមាសទី៤", "៤"),
        ("investment", "ongoing", "កំពុងដំណើរការ"),
        ("investment", "មានការសន្យាគាំទ្រ", "មានការសន្យាគាំទ្រ"),
        ("responsible", "unicef", "UNICEF"),
        ("responsible", "អង្គការសង្គ្រោះកុមារ", "Save the Children"),
        ("partners", "UNICEF, Save the Children", "Save the Children, UNICEF"),
        ("places", "080202; ឃុំដីឥដ្ឋ", "ឃុំឈើទាល, ឃុំដីឥដ្ឋ"),
        ("code", "ក.១", "ក.១"),
        ("text", "ថ្មី\nពីរបន្ទាត់", "ថ្មី\nពីរបន្ទាត់"),
    ],
)
def test_what_is_typed_is_kept(told: story.Story, undo: Undo, key: str, typed: str, kept: str) -> None:
    found = one(told, undo, key, typed)
    assert set(found.split(", ")) == set(kept.split(", ")) if key == "partners" else found == kept


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("budget.2023.state", "ច្រើន"),
        ("budget.2023", "500"),
        ("budget.total", "500"),
        ("target.2023", "12x"),
        ("indicator.baseline_year", "12"),
        ("quarters.2023", "5"),
        ("quarters.2023", "ខែមករា"),
        ("investment", "ប្រហែល"),
        ("places", "ភូមិដែលគ្មាន"),
        ("priority", "9"),
        ("text", "  "),
        ("carried_from", "x"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_else_is_kept(
    told: story.Story, undo: Undo, key: str, typed: str
) -> None:
    first = told.activities[0]
    done = matrix.write(undo, told.plan, [(first, "group", "កុមារ"), (first, key, typed)])
    assert [(refused.record, refused.key) for refused in done.refused] == [(first, key)]
    assert done.refused[0].reason and shown(told, first, "group") == "" and not undo.can_undo


def test_a_number_by_its_place_does_not_become_ones_own(told: story.Story, undo: Undo) -> None:
    assert one(told, undo, "code", "១.១.១") == "១.១.១"
    assert records.get(told.desk, told.activities[0])["code"] is None


def test_many_cells_are_one_step(told: story.Story, undo: Undo) -> None:
    first, second = told.activities[:2]
    before = records.get(told.desk, first).values
    done = matrix.write(
        undo,
        told.plan,
        [
            (first, "quarters.2023", "1"),
            (first, "quarters.2025", "4"),
            (first, "indicator.text", "ចំនួនឃុំ"),
            (first, "target.2023", "12"),
            (second, "budget.2024.ngo", "$20"),
        ],
    )
    assert done.lines == [first, second]
    assert records.get(told.desk, first)["year_quarters"] == "2023Q1 2024Q1 2025Q4", "the year between stays"
    assert undo.undo() is not None and not undo.can_undo
    assert records.get(told.desk, first).values == before
    assert records.count(told.desk, "indicator") == records.count(told.desk, "budget_line") == 0
    undo.redo()
    assert shown(told, first, "target.2023") == "១២" and shown(told, second, "budget.2024.ngo") == "$២០"


def test_a_new_name_is_made_once_and_goes_with_undo(told: story.Story, undo: Undo) -> None:
    bodies, people = records.count(told.desk, "body"), records.count(told.desk, "person")
    cells = [(id_, "responsible", "អង្គភាពថ្មី") for id_ in told.activities[:3]]
    done = matrix.write(undo, told.plan, [*cells, (told.activities[3], "responsible", "លោកស្រី ថ្មី សុខា")])
    assert done.created == ["អង្គភាពថ្មី", "លោកស្រី ថ្មី សុខា"]
    assert records.count(told.desk, "body") == bodies + 1
    person = records.get(told.desk, str(records.get(told.desk, told.activities[3])["responsible"]))
    assert (person["title"], person["name_km"], person["sex"]) == ("លោកស្រី", "ថ្មី សុខា", "female")
    undo.undo()
    assert (records.count(told.desk, "body"), records.count(told.desk, "person")) == (bodies, people)


def test_of_two_of_one_name_the_list_tells_which(told: story.Story, undo: Undo) -> None:
    for position in ("ប្រធាន", "លេខា"):
        records.save(told.desk, "person", {"name_km": "សុខ សុខ", "position": position})
    assert "សុខ សុខ" in one(told, undo, "responsible", "សុខ សុខ")
    labels = [label for label, _hint in read(told).names.suggest("សុខ សុខ", ("person",))]
    assert len(set(labels)) == 2
    one(told, undo, "responsible", labels[1])
    chosen = records.get(told.desk, str(records.get(told.desk, told.activities[0])["responsible"]))
    assert chosen.text("position") in labels[1]


def test_a_place_of_the_own_area_goes_before_others(told: story.Story) -> None:
    names = read(told).names
    assert names.code_of("ឃុំភូមិធំ").startswith("0802")
    with pytest.raises(ValueError):
        names.code_of("ភូមិដែលគ្មាន")


def test_blanking_takes_away_what_was_made_for_it(told: story.Story, undo: Undo) -> None:
    for key, text in (("budget.2023.state", "100"), ("target.2023", "5"), ("indicator.text", "ចំនួន")):
        one(told, undo, key, text)
    first = told.activities[0]
    matrix.write(undo, told.plan, [(first, key, "") for key in ("budget.2023.state", "target.2023", "indicator.text")])
    assert [records.count(told.desk, kind) for kind in ("budget_line", "target", "indicator")] == [0, 0, 0]
    one(told, undo, "budget.2023.state", "0")
    assert shown(told, first, "budget.2023.state") == "០ ៛", "0 is a number and not a blank"


def test_several_lines_of_one_source_are_told_by_their_sum_and_locked(told: story.Story, undo: Undo) -> None:
    first = told.activities[0]
    for amount, currency in (("1000000", "KHR"), ("100", "USD")):
        values = {"activity": first, "year": 2023, "source": "un", "amount": amount, "currency": currency}
        records.save(told.desk, "budget_line", values)
    assert shown(told, first, "budget.2023.un") == "១.៤០០.០០០ ៛"
    assert "ប្រឡោះ" in one(told, undo, "budget.2023.un", "5")
    records.save(told.desk, "plan", {"rate": None}, told.plan)
    assert shown(told, first, "budget.2023") == "១.០០០.០០០ + $១០០", "without a rate nothing is added that cannot be"


def test_a_heading_is_written_by_its_words_alone(told: story.Story, undo: Undo) -> None:
    objective = read(told).rows[0]
    assert not matrix.write(undo, told.plan, [(str(objective.id), "text", "គោលបំណងថ្មី")]).refused
    assert records.get(told.desk, str(objective.id))["text"] == "គោលបំណងថ្មី"
    assert matrix.write(undo, told.plan, [(str(objective.id), "group", "x")]).refused


def test_totals_are_the_sums_of_what_stands_above(told: story.Story, undo: Undo) -> None:
    cells = [("budget.2023.state", "1000000"), ("budget.2023.un", "$100"), ("budget.2024.state", "500000")]
    matrix.write(undo, told.plan, [(id_, key, text) for id_ in told.activities for key, text in cells])
    found = read(told)
    sums = matrix.totals(found.rows, found.rate)
    count = len(told.activities)
    assert sums.activities == count
    assert sums.whole.total == Decimal(1_900_000 * count) and sums.whole.dollar == 100 * count
    assert sums.by_year[2023].total == Decimal(1_400_000 * count)
    asked = sums.of("budget.2024.state")
    assert asked is not None and asked.riel == 500_000 * count
    assert sums.of("budget.2025") is None, "nothing is known of it, which is not 0"


def test_several_lines_are_moved_as_one(told: story.Story, undo: Undo) -> None:
    first, second, third, fourth, *_rest = told.activities
    assert matrix.move_lines(undo, read(told), [first, second], 1)
    assert [r.id for r in read(told).rows if r.sort == "activity"][:4] == [third, first, second, fourth]
    assert matrix.move_lines(undo, read(told), [first, second], 1)
    assert [r.id for r in read(told).rows if r.sort == "activity"][:4] == [third, first, second, fourth]
    assert records.get(told.desk, first)["output"] == records.get(told.desk, fourth)["output"], (
        "over to the next output"
    )
    undo.undo()
    undo.undo()
    assert [r.id for r in read(told).rows if r.sort == "activity"][:4] == [first, second, third, fourth]


def test_a_few_lines_read_again_are_what_all_would_be(told: story.Story, undo: Undo) -> None:
    kept = read(told)
    matrix.write(undo, kept, [(told.activities[2], key, "7") for key in ("target.2023", "budget.2023.state")])
    assert matrix.again(told.desk, kept, [told.activities[2]]) == [4]
    assert kept.rows == read(told).rows


@settings(deadline=None, max_examples=300)
@given(st.decimals(min_value=0, max_value=10**12, places=2), st.sampled_from(["KHR", "USD"]))
def test_an_amount_that_is_copied_reads_back_equal(amount: Decimal, currency: str) -> None:
    from cpdesk.khmer import digits

    amount = amount.quantize(Decimal(1)) if currency == "KHR" or amount == amount.to_integral_value() else amount
    for text in (matrix.money(amount, currency), ("$" if currency == "USD" else "") + matrix.plain(amount)):
        found, sign = digits.money(text)
        assert found == amount and (sign or "KHR") == currency


@given(st.frozensets(st.sampled_from("1234")))
def test_quarters_read_back_equal(chosen: frozenset[str]) -> None:
    assert matrix.quarters(", ".join(sorted(chosen))) == chosen
