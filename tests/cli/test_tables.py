"""`import-table` and `export-table`: the contract's keys, all or none, and words for people."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call, run
from tests.tables import officers


def test_a_kind_goes_out_and_comes_back(call: Call, desk: Path, tmp_path: Path) -> None:
    call("put", "person", stdin='{"name_km":"សុខ","position":"=1+1"}')
    people = officers.bare(tmp_path / "in.xlsx", [["name_km", "position"], ["ចាន់", "+855"]])
    assert call("import-table", "person", people).json == {"rows": 1, "created": 1, "updated": 0, "refused": []}
    for name in ("out.xlsx", "out.csv"):
        assert call("export-table", "person", tmp_path / name).json == {"file": str(tmp_path / name), "rows": 2}
        back = call("import-table", "person", tmp_path / name).json
        assert back == {"rows": 2, "created": 0, "updated": 0, "refused": []}
    assert {one["position"] for one in call("list", "person").lines} == {"=1+1", "+855"}


def test_what_is_refused_is_told_row_by_row_and_nothing_is_kept(call: Call, tmp_path: Path) -> None:
    rows = [["name_km", "sex"], ["សុខ", "female"], ["ចាន់", "what"], [None, "male"]]
    answer = call("import-table", "person", officers.bare(tmp_path / "in.xlsx", rows), status=1)
    assert (answer.json["rows"], answer.json["created"]) == (3, 0)
    assert [(one["row"], one["column"]) for one in answer.json["refused"]] == [(3, 2), (4, 1)]
    assert all(one["why"] for one in answer.json["refused"])
    assert answer.told.count("\n") == 1
    assert call("list", "person").lines == []


def test_refusals_for_people_stand_one_a_line(desk: Path, tmp_path: Path) -> None:
    path = officers.bare(tmp_path / "in.xlsx", [["name_km", "sex"], ["ចាន់", "what"]])
    answer = run("--desk", desk, "--lang", "en", "import-table", "person", path)
    assert answer.status == 1 and "Row 2: " in answer.told and answer.out == ""


def test_a_plans_matrix(call: Call, tmp_path: Path) -> None:
    put = call("put", "plan", stdin='{"title":"ផែនការ","first_year":2023,"last_year":2025,"office":"0811"}')
    plan = put.json["id"]
    path = officers.in_columns(tmp_path / "m.xlsx")
    dry = call("import-table", "activity", path, "--plan", plan, "--dry-run").json
    assert dry["created"] == 6 and call("list", "activity").lines == []
    done = call("import-table", "activity", path, "--plan", plan).json
    assert done == {"rows": 3, "created": 6, "updated": 0, "refused": []}
    assert len(call("list", "activity").lines) == 3
    out = tmp_path / "out.xlsx"
    assert call("export-table", "activity", out, "--plan", plan).json["rows"] == 3
    assert call("import-table", "activity", out, "--plan", plan).json["updated"] == 0


def test_figures_of_a_year(call: Call, tmp_path: Path) -> None:
    call("put", "measure", stdin='{"name_km":"កុមារបោះបង់ការសិក្សា"}')
    path = officers.bare(tmp_path / "f.xlsx", [["ឃុំ", "កុមារបោះបង់ការសិក្សា"], ["081101", 12]])
    assert call("import-table", "figure", path, "--year", 2022).json["created"] == 1
    (figure,) = call("list", "figure").lines
    assert (figure["place"], figure["year"], figure["value"]) == ("081101", 2022, "12")
    call("export-table", "figure", tmp_path / "out.csv", "--year", 2022)
    assert call("import-table", "figure", tmp_path / "out.csv", "--year", 2022).json["updated"] == 0


def test_wrong_calls_are_refused_in_a_line(call: Call, desk: Path, tmp_path: Path) -> None:
    path = officers.bare(tmp_path / "in.xlsx", [["name_km"], ["សុខ"]])
    for words in (
        ("import-table", "nothing", path), ("import-table", "person", tmp_path / "nowhere.xlsx"),
        ("import-table", "person", path, "--sheet", "no such"), ("import-table", "place", path),
        ("import-table", "person", path, "--plan", "x"), ("export-table", "place", tmp_path / "out.xlsx"),
        ("export-table", "person", tmp_path / "no folder" / "out.xlsx"),
    ):  # fmt: skip
        answer = run("--desk", desk, *words)
        assert answer.status == 1 and answer.told.count("\n") == 1, words
