"""Figures on a desk: the starter list, typing, the grid in the boundaries of its year, what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cpdesk import gazetteer
from cpdesk.analysis.figures import TOTAL, Slice
from cpdesk.errors import BadInput
from cpdesk.kinds import NOT_COLLECTED, SUPPRESSED
from cpdesk.store import clock
from cpdesk.tasks import Desk, desk, figures, plans, records
from cpdesk.tasks.undo import Undo

KOKIR, DEI_ED = "080206", "080203"
COMMUNES = ["080201", "080202", DEI_ED, "080204", KOKIR, "080207", "080208", "080211"]


@pytest.fixture
def kien_svay(tmp_path: Path) -> Iterator[Desk]:
    with desk.create(tmp_path / "0802.cpdesk", "0802", "សុខ សុភា") as made:
        yield made


@pytest.fixture
def kandal(tmp_path: Path) -> Iterator[Desk]:
    with desk.create(tmp_path / "08.cpdesk", "08", "សុខ សុភា") as made:
        yield made


def entry(measure: str, place: str, text: str, year: int = 2022, sex: str = "all") -> figures.Entry:
    return figures.Entry(measure, place, year, sex, "all", "all", text)


def made(on: Desk, name: str, **more: object) -> str:
    return records.save(on, "measure", {"name_km": name, **more}).id


def test_the_starter_list_is_the_same_everywhere_and_never_twice(kien_svay: Desk, kandal: Desk) -> None:
    first = figures.start_measures(kien_svay)
    assert first == figures.start_measures(kandal) and len(first) > 20
    assert figures.start_measures(kien_svay) == []
    renamed = records.get(kien_svay, first[0])
    records.save(kien_svay, "measure", {"name_km": "ឈ្មោះរបស់យើង"}, renamed.id)
    records.delete(kien_svay, first[1])
    assert figures.start_measures(kien_svay) == [], "what the committee changed or put away stays so"
    listed = figures.listed(kien_svay)
    assert listed[0].name == "ឈ្មោះរបស់យើង" and len(listed) == len(first) - 1
    for one in listed:
        record = records.get(kien_svay, one.id)
        assert record.kind.problems(record.values) == {} and "ប្រភព" in record.text("definition")
        assert one.base is None or one.base in first
        assert (one.weight > 0) == (one.base is not None), "what counts is told as a rate, what it is told of does not"


def test_the_starter_list_comes_and_goes_in_one_step(kien_svay: Desk) -> None:
    undo = Undo(kien_svay)
    count = len(figures.start_measures(undo))
    undo.undo()
    assert figures.listed(kien_svay) == [] and not undo.can_undo
    undo.redo()
    assert len(figures.listed(kien_svay)) == count


def test_four_states_are_typed_and_kept(kien_svay: Desk) -> None:
    m = made(kien_svay, "បោះបង់សាលា")
    texts = {"080201": "០", "080202": "-", DEI_ED: "*", KOKIR: "១.២៣៤", "080207": "", "080208": "12,5"}
    assert figures.write(kien_svay, [entry(m, place, text) for place, text in texts.items()]) == 5
    grid = figures.grid(kien_svay, 2022)
    held = {place: grid.value(place, m) for place in COMMUNES}
    assert held == {
        "080201": "0", "080202": NOT_COLLECTED, DEI_ED: SUPPRESSED, "080204": None,
        KOKIR: "1234", "080207": None, "080208": "12.5", "080211": None,
    }  # fmt: skip
    total = grid.total(m)
    assert (total.total, total.counted, total.of) == (Decimal("1246.5"), 3, 8)


def test_all_or_none_and_the_reason_is_told(kien_svay: Desk) -> None:
    m = made(kien_svay, "បោះបង់សាលា")
    for bad in ("ច្រើន", "-5", "1.2.3"):
        with pytest.raises(BadInput):
            figures.write(kien_svay, [entry(m, KOKIR, "5"), entry(m, DEI_ED, bad)])
        assert figures.refusal(bad)
    with pytest.raises(BadInput):
        figures.write(kien_svay, [entry(m, KOKIR, "5"), ("0" * 32, KOKIR, 2022, "all", "all", "all", "5")])
    with pytest.raises(BadInput):
        figures.write(kien_svay, [entry(m, KOKIR, "5"), (m, "089999", 2022, "all", "all", "all", "5")])
    assert records.count(kien_svay, "figure") == 0
    assert [figures.refusal(good) for good in ("", "-", "*", "០", "១២.៥០០")] == [""] * 5


def test_writing_is_one_step_however_much_it_is(kien_svay: Desk) -> None:
    undo = Undo(kien_svay)
    m = made(kien_svay, "បោះបង់សាលា")
    figures.write(undo, [entry(m, place, str(n)) for n, place in enumerate(COMMUNES)], source="CDB")
    assert figures.write(undo, [entry(m, place, str(n)) for n, place in enumerate(COMMUNES)]) == 0
    assert figures.write(undo, [entry(m, KOKIR, "99"), entry(m, DEI_ED, "")]) == 2
    grid = figures.grid(kien_svay, 2022)
    assert grid.value(KOKIR, m) == "99" and grid.value(DEI_ED, m) is None and grid.sources == ("CDB",)
    undo.undo()
    assert figures.grid(kien_svay, 2022).value(KOKIR, m) == "4"
    undo.undo()
    assert records.count(kien_svay, "figure") == 0 and not undo.can_undo
    undo.redo()
    undo.redo()
    assert figures.grid(kien_svay, 2022).value(KOKIR, m) == "99"
    assert desk.check(kien_svay).problems == []


def test_what_is_written_in_bulk_is_in_the_log_like_any_save(kien_svay: Desk) -> None:
    m = made(kien_svay, "បោះបង់សាលា")
    figures.write(kien_svay, [entry(m, place, "7") for place in COMMUNES])
    (one,) = records.find(kien_svay, "figure", {"place": KOKIR})
    written = records.history(kien_svay, one.id)
    assert {w.field: w.value for w in written}["value"] == "7" and {w.by for w in written} == {"សុខ សុភា"}
    assert records.search(kien_svay, "7", ["figure"]), "and in the word index"


def test_a_blank_total_is_both_sexes(kien_svay: Desk) -> None:
    m = made(kien_svay, "បោះបង់សាលា")
    figures.write(kien_svay, [entry(m, KOKIR, "3", sex="female"), entry(m, KOKIR, "4", sex="male")])
    grid = figures.grid(kien_svay, 2022)
    assert grid.value(KOKIR, m) is None and grid.known(KOKIR, m) == 7 and grid.total(m).total == 7
    figures.write(kien_svay, [entry(m, KOKIR, "9")])
    (found,) = figures.grid(kien_svay, 2022).mismatches(KOKIR, m)
    assert (found.total, found.parts) == (9, 7)


def test_kandal_has_eleven_districts_in_2022_and_thirteen_in_2023(kandal: Desk) -> None:
    m = made(kandal, "បោះបង់សាលា")
    leaves = {
        year: [leaf for row in figures.grid(kandal, year, "08*").rows for leaf in row.leaves] for year in (2022, 2023)
    }
    for year, all_of_them in leaves.items():
        figures.write(kandal, [entry(m, place, "10", year) for place in all_of_them])
    before, after = (figures.grid(kandal, year, "08") for year in (2022, 2023))
    assert [len(grid.rows) for grid in (before, after)] == [11, 13]
    assert before.total(m).total == after.total(m).total == 1270
    assert before.known("0803", m) == 180 and after.known("0803", m) == 120
    assert before.counted("0803", m).of == 18
    assert [area.key for area in figures.areas(kandal, 2022)][:3] == ["08", "08*", "0801"]
    assert "0813" in {area.key for area in figures.areas(kandal, 2023)} - {a.key for a in figures.areas(kandal, 2022)}


def test_a_commune_is_the_same_one_under_its_old_code(kandal: Desk) -> None:
    m = made(kandal, "បោះបង់សាលា")
    figures.write(kandal, [entry(m, "081307", "30", 2022), entry(m, "081307", "31", 2023)])
    old = figures.grid(kandal, 2022, "0806")
    assert old.value("080601", m) == "30", "entered under the new code, shown where it lay then"
    figures.write(kandal, [entry(m, "080601", "29", 2022)])
    assert records.count(kandal, "figure", {"year": 2022}) == 1, "and not entered a second time"
    new = figures.grid(kandal, 2023, "0813")
    assert new.before["081307", m] == 29
    trend = figures.trend(kandal, m, new.rows)
    assert trend.years == (2022, 2023) and trend.places["081307"] == (29, 31)
    assert trend.whole == (29, 31) and (trend.alike, trend.of) == (1, 11)


def test_summed_lines_know_what_is_missing(kandal: Desk) -> None:
    m, base = made(kandal, "ហិង្សា"), made(kandal, "កុមារ")
    records.save(kandal, "measure", {"base": base}, m)
    share = made(kandal, "អត្រា", unit="%")
    figures.write(kandal, [entry(m, place, "5") for place in COMMUNES[:7]])
    figures.write(kandal, [entry(base, place, "1000") for place in COMMUNES[1:]])
    figures.write(kandal, [entry(share, place, "50") for place in COMMUNES])
    figures.write(kandal, [entry(m, "0811", "77")])
    grid = figures.grid(kandal, 2022, "08")
    assert grid.known("0802", m) == 35 and (grid.counted("0802", m).counted, grid.counted("0802", m).of) == (7, 8)
    assert grid.rate("0802", m) == Decimal("0.5"), "of those whose number and base are both known"
    assert grid.known("0801", m) is None and grid.known("0811", m) == 77
    assert grid.known("0802", share) is None and grid.total(share).total is None, "per cents are not added up"


def test_the_same_cell_twice_is_seen(kien_svay: Desk) -> None:
    m = made(kien_svay, "បោះបង់សាលា")
    values = {"measure": m, "place": KOKIR, "year": 2022}
    records.save(kien_svay, "figure", {**values, "value": "5"})
    records.save(kien_svay, "figure", {**values, "sex": "all", "value": "8"})
    grid = figures.grid(kien_svay, 2022)
    assert grid.value(KOKIR, m) == "8" and grid.twice == {(KOKIR, m, TOTAL)}
    figures.write(kien_svay, [entry(m, KOKIR, "9")])
    assert figures.grid(kien_svay, 2022).value(KOKIR, m) == "9"


def test_of_two_in_one_cell_the_one_made_last_stands_however_quickly(
    kien_svay: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty records within one millisecond, whose ids have no order: the log's does."""
    m = made(kien_svay, "បោះបង់សាលា")
    now = clock.wall()
    monkeypatch.setattr(clock, "wall", lambda: now)
    for n in range(20):
        records.save(kien_svay, "figure", {"measure": m, "place": KOKIR, "year": 2022, "value": str(n)})
        assert figures.grid(kien_svay, 2022).value(KOKIR, m) == str(n)
    records.save(kien_svay, "figure", {"measure": m, "place": KOKIR, "year": 2022})
    assert figures.grid(kien_svay, 2022).value(KOKIR, m) == "19", "a blank hides no number"


def test_what_stands_out(kien_svay: Desk) -> None:
    m, base = made(kien_svay, "ហិង្សា"), made(kien_svay, "កុមារ")
    figures.write(kien_svay, [entry(m, place, str(30 + n), 2021) for n, place in enumerate(COMMUNES)])
    figures.write(kien_svay, [entry(m, place, str(31 + n)) for n, place in enumerate(COMMUNES)])
    figures.write(kien_svay, [entry(m, KOKIR, "340")])
    grid = figures.grid(kien_svay, 2022)
    assert {one.why for one in grid.odd(KOKIR, m)} == {"jump", "neighbours"}
    assert grid.odd(DEI_ED, m) == []
    records.save(kien_svay, "measure", {"base": base}, m)
    figures.write(kien_svay, [entry(base, DEI_ED, "20")])
    assert [one.why for one in figures.grid(kien_svay, 2022).odd(DEI_ED, m)] == ["base"]


def test_a_ranking_becomes_a_priority(kien_svay: Desk) -> None:
    undo = Undo(kien_svay)
    violence, labour = made(kien_svay, "ហិង្សា", weight="3"), made(kien_svay, "ពលកម្ម", weight="1")
    made(kien_svay, "ប្រជាជន")
    for n, place in enumerate(COMMUNES[:5]):
        figures.write(kien_svay, [entry(violence, place, str(n * 10)), entry(labour, place, "50")])
    found = figures.ranking(kien_svay, None, 2022)
    assert found.any and found.places[0].place == KOKIR and found.places[0].score == 100
    assert [one.rank for one in found.places] == [1, 2, 3, 4, 5, None, None, None]
    assert "ហិង្សា ៧៥%" in found.explain(KOKIR)
    plan = records.save(kien_svay, "plan", {"title": "ផែនការ", "first_year": 2023, "last_year": 2025}).id
    grid = figures.grid(kien_svay, 2022)
    id_ = figures.make_priority(undo, plan, grid, [violence], [KOKIR], "កាត់បន្ថយហិង្សា", found.explain(KOKIR))
    priority = records.get(kien_svay, id_)
    why = priority.kind.field("why").type.ids(priority["why"])  # type: ignore[attr-defined]
    assert set(why) == {violence, grid.ids[KOKIR, violence, TOTAL]}
    assert priority["rank"] == 1 and priority["places"] == KOKIR
    assert figures.answered(kien_svay, plan) == [(priority, 0)]
    objective = records.save(kien_svay, "objective", {"plan": plan, "text": "គោលបំណង"}).id
    records.save(kien_svay, "activity", {"output": objective, "text": "សកម្មភាព", "priority": id_})
    assert figures.answered(kien_svay, plan)[0][1] == 1 and plans.activities(kien_svay, plan)
    undo.undo()
    assert figures.answered(kien_svay, plan) == []
    with pytest.raises(BadInput):
        figures.make_priority(undo, plan, grid, [violence], [KOKIR], "  ")


def test_weights_can_be_tried_without_being_kept(kien_svay: Desk) -> None:
    a, b = made(kien_svay, "ក", weight="1"), made(kien_svay, "ខ")
    figures.write(kien_svay, [entry(a, KOKIR, "9"), entry(a, DEI_ED, "1"), entry(b, KOKIR, "1"), entry(b, DEI_ED, "9")])
    grid = figures.grid(kien_svay, 2022)
    assert figures.ranked(grid).places[0].place == KOKIR
    assert figures.ranked(grid, {b: Decimal(2)}).places[0].place == DEI_ED


def test_the_source_of_figures_can_be_said_later(kien_svay: Desk) -> None:
    undo = Undo(kien_svay)
    m = made(kien_svay, "ក")
    figures.write(kien_svay, [entry(m, place, "9") for place in COMMUNES])
    grid = figures.grid(kien_svay, 2022)
    assert grid.sources == () and figures.set_source(undo, grid.ids.values(), "មូលដ្ឋានទិន្នន័យឃុំ ២០២២") == 8
    assert figures.grid(kien_svay, 2022).sources == ("មូលដ្ឋានទិន្នន័យឃុំ ២០២២",)
    undo.undo()
    assert figures.grid(kien_svay, 2022).sources == ()
    assert figures.years(kien_svay) == [2022]


def test_villages_of_a_commune_and_parts_of_the_children(tmp_path: Path) -> None:
    with desk.create(tmp_path / "c.cpdesk", "080206", "x") as commune:
        m = made(commune, "ក")
        grid = figures.grid(commune, 2022)
        assert [row.place for row in grid.rows] == [village.code for village in gazetteer.children("080206")]
        village = grid.rows[0].place
        figures.write(commune, [figures.Entry(m, village, 2022, "female", "a0_5", "with", "3")])
        assert figures.grid(commune, 2022).value(village, m, Slice("female", "a0_5", "with")) == "3"
