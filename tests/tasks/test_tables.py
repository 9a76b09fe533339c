"""Tables into the desk and out of it: all or none, one step, the same file again changes nothing, back equal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cpdesk import i18n
from cpdesk.errors import BadInput, NotFound
from cpdesk.store import Desk
from cpdesk.tasks import Cancelled, figures, matrix, plans, records, tables
from cpdesk.tasks.tables import memory, targets
from cpdesk.tasks.tables.targets import Target
from cpdesk.tasks.undo import Undo
from tests import desks
from tests.tables import officers


@pytest.fixture(params=["km", "en"])
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    before = i18n.language()
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language(before)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = desks.make(tmp_path, desks.KIEN_SVAY)
    yield made
    made.close()


@pytest.fixture
def plan(desk: Desk) -> str:
    return a_plan(desk)


def a_plan(desk: Desk) -> str:
    values = {"title": "ផែនការ ២០២៣–២០២៥", "first_year": 2023, "last_year": 2025, "office": desk.office, "rate": "4100"}
    return records.save(desk, "plan", values).id


def look(desk: Desk, target: Target, path: Path, mapping: dict[int, str] | None = None) -> tables.Preview:
    return targets.preview(desk, target, targets.best_sheet(desk, target, tables.read(path)), mapping)


def take(desk: Desk, target: Target, path: Path) -> tables.Done:
    return tables.take(Undo(desk), look(desk, target, path))


def unchanged(desk: Desk, target: Target, path: Path) -> bool:
    found = look(desk, target, path)
    return not found.drafts and not found.refused


def content(desk: Desk, kind: str) -> list[str]:
    found = [dict(r.values.items()) for r in records.find(desk, kind)]
    return sorted(json.dumps(one, ensure_ascii=False, sort_keys=True) for one in found)


# -------- a matrix as an officer has it


def test_an_officers_matrix_becomes_a_plan(desk: Desk, plan: str, tmp_path: Path) -> None:
    found = look(desk, ("plan", plan), officers.matrix(tmp_path / "m.xlsx"))
    assert not found.refused
    tables.take(Undo(desk), found)
    tree = plans.tree(desk, plan)
    assert [o.record["text"] for o in tree] == ["កាត់បន្ថយអំពើហិង្សាលើកុមារ", "ពង្រឹងការថែទាំក្នុងគ្រួសារ"]
    assert [o.record["text"] for o in tree[0].outputs] == [
        "គ.ក.ន.ក ឃុំមានសមត្ថភាពឆ្លើយតប", "កុមារងាយរងគ្រោះទទួលបានសេវា",
    ]  # fmt: skip
    train, campaign, refer, visit = plans.activities(desk, plan)
    assert (train["text"], train["code"]) == ("បណ្តុះបណ្តាលគណៈកម្មាធិការឃុំ", None)
    assert train["year_quarters"] == "2023Q1 2023Q2 2023Q4" and train["places"] == "080203"
    assert records.title(desk, train.text("responsible")) == records.title(desk, visit.text("responsible"))
    assert len(campaign.text("places").split()) == 8
    person = records.get(desk, refer.text("responsible"))
    assert (person.kind.name, person["title"], person["name_km"]) == ("person", "លោក", "សុខ វណ្ណា")
    assert refer["places"] == "0802" and len(refer.text("year_quarters").split()) == 4
    lines = [
        (b["year"], b["source"], b["amount"], b["currency"]) for b in records.children(desk, "budget_line", train.id)
    ]
    assert lines == [
        (2023, "state", "12500000", "KHR"),
        (2024, "state", "8000000", "KHR"),
        (2025, "state", "500", "USD"),
    ]
    share, pupils = records.children(desk, "indicator", campaign.id)
    assert (share["unit"], pupils["text"]) == ("%", "ចំនួនសិស្សចូលរួម")
    assert [t["value"] for t in records.children(desk, "target", share.id)] == ["50", "80"]
    assert [t["value"] for t in records.children(desk, "target", pupils.id)] == ["300", "400", "500"]


@pytest.mark.parametrize("make", [officers.matrix, officers.in_columns])
def test_the_same_file_again_changes_nothing(desk: Desk, plan: str, tmp_path: Path, make: officers.Make) -> None:
    path = make(tmp_path / "m.xlsx")
    take(desk, ("plan", plan), path)
    assert unchanged(desk, ("plan", plan), path)


def test_a_changed_cell_changes_one_thing(desk: Desk, plan: str, tmp_path: Path) -> None:
    path = officers.matrix(tmp_path / "m.xlsx")
    take(desk, ("plan", plan), path)
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet["O10"] = "៩.០០០.០០០"
    book.save(path)
    found = look(desk, ("plan", plan), path)
    assert [(d.kind, d.values) for d in found.drafts] == [("budget_line", {"amount": "9000000", "currency": "KHR"})]
    assert (found.made, found.changed) == (0, 1)


def test_what_cannot_be_read_is_told_and_nothing_is_kept(desk: Desk, plan: str, tmp_path: Path) -> None:
    found = look(desk, ("plan", plan), officers.matrix(tmp_path / "m.xlsx", doubt=True))
    assert [(one.at, one.column) for one in found.refused] == [(15, 4 - 1), (15, 6)]
    assert all(one.why for one in found.refused)
    with pytest.raises(BadInput):
        tables.take(Undo(desk), found)
    assert plans.tree(desk, plan) == [] and records.count(desk, "body") == 0


def test_an_import_is_one_step(desk: Desk, plan: str, tmp_path: Path) -> None:
    kinds = ("objective", "output", "activity", "indicator", "target", "budget_line", "body", "person")
    undo = Undo(desk)
    tables.take(undo, look(desk, ("plan", plan), officers.matrix(tmp_path / "m.xlsx")))
    after = {kind: content(desk, kind) for kind in kinds}
    undo.undo()
    assert not undo.can_undo and all(records.count(desk, kind) == 0 for kind in kinds)
    undo.redo()
    assert {kind: content(desk, kind) for kind in kinds} == after


def test_a_cancelled_import_keeps_nothing(desk: Desk, plan: str, tmp_path: Path) -> None:
    found = look(desk, ("plan", plan), officers.matrix(tmp_path / "m.xlsx"))

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        tables.take(Undo(desk), found, progress=stop)
    assert plans.tree(desk, plan) == [] and records.count(desk, "body") == 0


def test_a_desk_that_changed_meanwhile_asks_to_look_again(desk: Desk, plan: str, tmp_path: Path) -> None:
    found = look(desk, ("plan", plan), officers.matrix(tmp_path / "m.xlsx"))
    records.save(desk, "body", {"name_km": "ការិយាល័យអប់រំ"})
    with pytest.raises(BadInput):
        tables.take(Undo(desk), found)
    assert plans.tree(desk, plan) == []


def test_columns_said_by_a_person(desk: Desk, plan: str, tmp_path: Path) -> None:
    path = officers.bare(tmp_path / "m.xlsx", [["A", "B"], ["ធ្វើផែនការ", "១២"], ["ពិនិត្យ", "-"]])
    found = look(desk, ("plan", plan), path)
    assert found.refused and not found.drafts
    found = look(desk, ("plan", plan), path, {0: "text", 1: "budget.2024.un"})
    assert not found.refused and found.made == 3 and found.notes
    tables.take(Undo(desk), found)
    first = plans.activities(desk, plan)[0]
    (line,) = records.children(desk, "budget_line", first.id)
    assert (first["text"], line["year"], line["source"], line["amount"]) == ("ធ្វើផែនការ", 2024, "un", "12")


def test_a_total_that_its_parts_do_not_make_is_told(desk: Desk, plan: str, tmp_path: Path) -> None:
    head = ["សកម្មភាព", "ទីកន្លែង", "ថវិកា ២០២៣ · ថវិការដ្ឋ", "ថវិកា ២០២៣ · អង្គការ", "ថវិកា ២០២៣ · សរុប"]
    path = officers.bare(tmp_path / "m.xlsx", [head, ["ក", None, 5, 6, 12], ["ខ", None, 5, 6, 11]])
    found = look(desk, ("plan", plan), path)
    assert not found.refused
    assert len([note for note in found.notes if "១២" in note and "១១" in note]) == 1


def test_an_unknown_place_is_refused_by_name(desk: Desk, plan: str, tmp_path: Path) -> None:
    path = officers.bare(tmp_path / "m.xlsx", [["សកម្មភាព", "ទីកន្លែង"], ["ក", "ឃុំដែលគ្មាន"]])
    (refused,) = look(desk, ("plan", plan), path).refused
    assert (refused.at, refused.column) == (1, 1) and "ឃុំដែលគ្មាន" in refused.why


def test_an_approved_plan_opens_its_next_version(desk: Desk, plan: str, tmp_path: Path) -> None:
    from datetime import date

    from cpdesk.tasks import versions

    path = officers.matrix(tmp_path / "m.xlsx")
    take(desk, ("plan", plan), path)
    chair = records.save(desk, "person", {"name_km": "ហ៊ុន កុសនី"}).id
    versions.submit(desk, plan)
    versions.approve(desk, plan, chair, date(2022, 12, 1))
    assert unchanged(desk, ("plan", plan), path)
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet["B14"] = "បញ្ជូនករណី"
    book.save(path)
    undo = Undo(desk)
    tables.take(undo, look(desk, ("plan", plan), path))
    assert records.get(desk, plan)["state"] == "draft"
    undo.undo()
    assert records.get(desk, plan)["state"] == "approved"


# -------- the matrix out and back


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_matrix_comes_back_equal(desk: Desk, plan: str, tmp_path: Path, lang: str, suffix: str) -> None:
    take(desk, ("plan", plan), officers.matrix(tmp_path / "m.xlsx"))
    mixed = plans.activities(desk, plan)[0].id
    for amount, currency in (("100", "USD"), ("5000", "KHR")):
        values = {"activity": mixed, "year": 2024, "source": "ngo", "amount": amount, "currency": currency}
        records.save(desk, "budget_line", values)
    path = tmp_path / f"out{suffix}"
    assert targets.export(desk, ("plan", plan), path) == 5
    assert unchanged(desk, ("plan", plan), path)


def test_a_matrix_makes_the_same_plan_on_another_desk(desk: Desk, plan: str, tmp_path: Path, lang: str) -> None:
    take(desk, ("plan", plan), officers.matrix(tmp_path / "m.xlsx"))
    targets.export(desk, ("plan", plan), tmp_path / "a.xlsx")
    (tmp_path / "other").mkdir()
    with desks.make(tmp_path / "other", desks.KIEN_SVAY) as other:
        copy = a_plan(other)
        take(other, ("plan", copy), tmp_path / "a.xlsx")
        targets.export(other, ("plan", copy), tmp_path / "b.xlsx")
    one, two = (tables.read(tmp_path / name)[0] for name in ("a.xlsx", "b.xlsx"))
    assert [row[:-1] for row in one.rows] == [row[:-1] for row in two.rows]


def test_totals_are_formulas_that_agree_with_the_plan(desk: Desk, plan: str, tmp_path: Path) -> None:
    take(desk, ("plan", plan), officers.matrix(tmp_path / "m.xlsx"))
    path = tmp_path / "out.xlsx"
    targets.export(desk, ("plan", plan), path)
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) > 10 and any("4100" in str(cell.value) for cell in formulas)
    values = load_workbook(path, data_only=True).active
    assert values is not None
    last = max(cell.column for cell in formulas)
    shown = values.cell(max(cell.row for cell in formulas), last).value
    whole = matrix.read(desk, plan)
    known = [row.sum(None, Decimal(4100)).known for row in whole.rows if not row.is_band]
    assert shown == sum(one for one in known if one is not None)
    assert sheet.freeze_panes and sheet.page_setup.orientation == "landscape" and sheet.print_title_rows
    assert sheet.column_dimensions[sheet.cell(3, sheet.max_column).column_letter].hidden
    assert {cell.font.name for row in sheet.iter_rows(min_row=5) for cell in row if cell.value} == {
        "Khmer OS Battambang"
    }


def test_a_cleared_cell_of_our_own_file_clears(desk: Desk, plan: str, tmp_path: Path) -> None:
    take(desk, ("plan", plan), officers.matrix(tmp_path / "m.xlsx"))
    path = tmp_path / "out.xlsx"
    targets.export(desk, ("plan", plan), path)
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    row = next(cell.row for cell in sheet["B"] if cell.value == "បណ្តុះបណ្តាលគណៈកម្មាធិការឃុំ")
    sheet.cell(row, 3).value = None
    book.save(path)
    take(desk, ("plan", plan), path)
    assert plans.activities(desk, plan)[0]["responsible"] is None


def test_an_empty_plan_has_a_table_too(desk: Desk, plan: str, tmp_path: Path) -> None:
    assert targets.export(desk, ("plan", plan), tmp_path / "out.xlsx") == 0
    assert not look(desk, ("plan", plan), tmp_path / "out.xlsx").drafts


# -------- any kind


def people(desk: Desk) -> None:
    body = records.save(desk, "body", {"name_km": "ការិយាល័យអប់រំ", "sort": "office", "place": "0802"}).id
    for name, text in (("សុខ", "=1+1"), ("ចាន់", "+855"), ("លី", "x" * 70_000), ("គឹម", "ក\nខ")):
        records.save(desk, "person", {"name_km": name, "position": text, "body": body, "sex": "female", "phone": "012"})


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("kind", ["person", "body", "meeting", "measure", "plan", "agenda_item"])
def test_every_kind_comes_back_equal(desk: Desk, tmp_path: Path, lang: str, suffix: str, kind: str) -> None:
    people(desk)
    plan = a_plan(desk)
    chair = records.find(desk, "person")[0].id
    meeting = records.save(desk, "meeting", {"subject": "ប្រជុំ", "date": "2022-06-23", "start": "08:30", "chair": chair,
                                            "plan": plan, "previous_minutes_adopted": False}).id  # fmt: skip
    for title in ("ក", "ក"):
        records.save(desk, "agenda_item", {"meeting": meeting, "title": title, "order": 1024})
    records.save(desk, "measure", {"name_km": "កុមារ", "weight": "1.5", "sort": "protection"})
    path = tmp_path / f"t{suffix}"
    count = targets.export(desk, ("kind", kind), path)
    assert count == records.count(desk, kind) > 0
    assert unchanged(desk, ("kind", kind), path)


def test_private_fields_do_not_leave_in_a_table(desk: Desk, tmp_path: Path) -> None:
    people(desk)
    targets.export(desk, ("kind", "person"), tmp_path / "t.csv")
    assert "012" not in (tmp_path / "t.csv").read_text("utf-8-sig").replace("0123", "")


def test_rows_without_ids_make_and_change(desk: Desk, tmp_path: Path) -> None:
    people(desk)
    path = officers.bare(
        tmp_path / "t.xlsx", [["name_km", "Position", "ភេទ"], ["សុខ", "ប្រធាន", "ស្រី"], ["ថ្មី", None, "Male"]]
    )
    done = take(desk, ("kind", "person"), path)
    assert (done.rows, done.created, done.updated) == (2, 1, 1)
    assert unchanged(desk, ("kind", "person"), path)
    assert {r["position"] for r in records.find(desk, "person", {"name_km": "សុខ"})} == {"ប្រធាន"}


def test_refusals_of_any_kind_name_row_and_column(desk: Desk, tmp_path: Path) -> None:
    rows = [["ឈ្មោះ", "ប្រភេទ", "ទីតាំង"], ["ក", "មិនស្គាល់", None], [None, "ngo", "0802"], ["គ", "ngo", "គ្មានទីនេះ"]]
    found = look(desk, ("kind", "body"), officers.bare(tmp_path / "t.xlsx", rows))
    assert [(one.at, one.column) for one in found.refused] == [(1, 1), (2, 0), (3, 2)]
    assert records.count(desk, "body") == 0


def test_no_table_is_made_of_what_is_built_in(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        targets.export(desk, ("kind", "place"), tmp_path / "t.xlsx")
    with pytest.raises(NotFound):
        targets.of("nothing")
    with pytest.raises(BadInput):
        targets.of("person", plan="x")


# -------- figures


def measures(desk: Desk) -> tuple[str, str]:
    made = [records.save(desk, "measure", {"name_km": name, "short": short, "order": n}).id
            for n, (name, short) in enumerate((("កុមារបោះបង់ការសិក្សា", "បោះបង់"), ("កុមាររងហិង្សា", "ហិង្សា")))]  # fmt: skip
    return made[0], made[1]


def test_a_grid_of_figures_with_four_states(desk: Desk, tmp_path: Path) -> None:
    school, _violence = measures(desk)
    rows = [
        ["ទិន្នន័យកុមារ ឆ្នាំ២០២២"],
        ["កូដ", "ឃុំ", "បោះបង់", None, "កុមាររងហិង្សា"],
        [None, None, "ស្រី", "ប្រុស"],
        [80201, "ឃុំបន្ទាយដែក", 5, "០", "-"],
        [None, "ដីឥដ្ឋ", None, "*", "១.២០០"],
        ["សរុប", None, 5, 0, 1200],
    ]
    path = officers.bare(tmp_path / "t.xlsx", rows)
    assert take(desk, ("figures", None), path) == tables.Done(2, 5, 0)
    found = {
        (r["place"], r["sex"], r["value"]) for r in records.find(desk, "figure", {"measure": school, "year": 2022})
    }
    assert found == {("080201", "female", "5"), ("080201", "male", "0"), ("080203", "male", "suppressed")}
    values = {r["value"] for r in records.find(desk, "figure", {"year": 2022})}
    assert "not_collected" in values and "1200" in values
    assert unchanged(desk, ("figures", None), path)


@pytest.mark.parametrize("target", [("figures", 2022), ("figures", 2022, "0802"), ("kind", "figure")])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_figures_come_back_equal(desk: Desk, tmp_path: Path, lang: str, target: Target, suffix: str) -> None:
    school, violence = measures(desk)
    for measure, place, sex, value in (
        (school, "080201", "female", "5"), (school, "080201", "male", "0"), (violence, "080203", None, "not_collected"),
        (violence, "080202", "all", "suppressed"),
    ):  # fmt: skip
        records.save(desk, "figure", {"measure": measure, "place": place, "year": 2022, "sex": sex, "value": value})
    path = tmp_path / f"t{suffix}"
    targets.export(desk, target, path)
    assert unchanged(desk, target, path)
    for record in records.find(desk, "figure"):
        records.delete(desk, record.id)
    if target[0] == "figures":
        take(desk, target, path)
        assert sorted(str(r["value"]) for r in records.find(desk, "figure")) == [
            "0",
            "5",
            "not_collected",
            "suppressed",
        ]


def test_figures_that_nobody_can_place_are_told(desk: Desk, tmp_path: Path) -> None:
    measures(desk)
    rows = [["ឃុំ", "បោះបង់", "ហិង្សា"], ["គ្មានទីនេះ", 5, 1], ["ដីឥដ្ឋ", "ច្រើន", 1], ["ដីឥដ្ឋ", 1, 1]]
    found = look(desk, ("figures", 2022), officers.bare(tmp_path / "t.xlsx", rows))
    assert [(one.at, one.column) for one in found.refused] == [(1, 0), (2, 1), (3, 0)]
    unsaid = look(desk, ("figures", None), officers.bare(tmp_path / "t.xlsx", [["ឃុំ", "បោះបង់"], ["ដីឥដ្ឋ", 1]]))
    assert len(unsaid.refused) == 1 and not unsaid.drafts


def test_figures_by_age_stay_what_they_are_when_a_column_is_set_right(desk: Desk, tmp_path: Path) -> None:
    school, _violence = measures(desk)
    rows = [["ឃុំ", "បោះបង់", None, "x"], [None, "០–៥ ឆ្នាំ", "៦–១១ ឆ្នាំ"], ["ដីឥដ្ឋ", 4, 5, 6]]
    path = officers.bare(tmp_path / "t.xlsx", rows)
    found = look(desk, ("figures", 2022), path)
    assert set(found.mapping.values()) <= {key.key for key in found.keys}
    again = look(desk, ("figures", 2022), path, found.mapping | {3: f"{school}.female.all.all"})
    assert not again.refused and again.made == 3
    tables.take(Undo(desk), again)
    cuts = {(r["sex"], r["age_group"], r["value"]) for r in records.find(desk, "figure")}
    assert cuts == {("all", "a0_5", "4"), ("all", "a6_11", "5"), ("female", "all", "6")}


def test_a_table_of_another_year_says_so(desk: Desk, tmp_path: Path) -> None:
    measures(desk)
    path = officers.bare(tmp_path / "t.xlsx", [["ឆ្នាំ២០២១"], ["ឃុំ", "បោះបង់"], ["ដីឥដ្ឋ", 1]])
    (note,) = look(desk, ("figures", 2022), path).notes
    assert "២០២១" in note and "២០២២" in note


# -------- what a person set right is remembered


def test_columns_are_remembered_by_their_headings(
    desk: Desk, plan: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CPDESK_HOME", str(tmp_path / "home"))
    path = officers.bare(tmp_path / "m.xlsx", [["A", "B"], ["ធ្វើផែនការ", "១២"]])
    found = look(desk, ("plan", plan), path)
    assert memory.recall("plan", found.columns) is None
    memory.remember("plan", found.columns, {0: "text", 1: "budget.2024.un"})
    assert memory.recall("plan", found.columns) == {0: "text", 1: "budget.2024.un"}
    other = look(desk, ("plan", plan), officers.bare(tmp_path / "o.xlsx", [["A", "C"], ["ក", "ខ"]]))
    assert memory.recall("plan", other.columns) is None
    for n in range(memory.KEPT + 1):
        memory.remember(f"sort {n}", found.columns, {0: "text"})
    assert memory.recall("plan", found.columns) is None


def test_a_years_table_has_the_communes_of_that_years_boundaries(desk: Desk, tmp_path: Path) -> None:
    figures.start_measures(desk)
    found = {}
    for year in (2022, 2023):
        path = tmp_path / f"{year}.csv"
        targets.export(desk, ("figures", year, "08"), path)
        codes = [line.split(",")[0].strip('"') for line in path.read_text("utf-8-sig").splitlines()]
        found[year] = {code for code in codes if len(code) == 6 and code.isascii() and code.isdigit()}
    assert len(found[2022]) == len(found[2023]) == 127
    assert len(found[2022] - found[2023]) == 16 and "080301" in found[2022] - found[2023]
