"""Reading, finding, deleting, printing by command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cpdesk.records import KINDS
from tests.cli.conftest import Call, line, run
from tests.house.source import ROOT


@pytest.fixture
def meetings(call: Call) -> list[str]:
    text = line(subject="កិច្ចប្រជុំពិគ្រោះយោបល់", date="2022-06-23", sort="consultation", previous_minutes_adopted=True)
    text += line(subject="កិច្ចប្រជុំប្រចាំខែ", date="2022-07-01", sort="ordinary", venue="សាលាស្រុក")
    return [one["id"] for one in call("put", "meeting", stdin=text).lines]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], [0, 1]),
        (["--where", "date=២៣/៦/២០២២"], [0]),
        (["--where", "date=2022-06-23", "--where", "sort=ordinary"], []),
        (["--where", "sort=ពិគ្រោះយោបល់"], [0]),
        (["--where", "venue="], [0]),
        (["--where", "previous_minutes_adopted=yes"], [0]),
        (["--where", "previous_minutes_adopted="], [1]),
        (["--search", "យោបល់"], [0]),
        (["--search", "សាលា ប្រចាំខែ"], [1]),
        (["--limit", "1"], [0]),
    ],
)
def test_list_finds(call: Call, meetings: list[str], words: list[str], found: list[int]) -> None:
    assert [one["id"] for one in call("list", "meeting", *words).lines] == [meetings[n] for n in found]


@pytest.mark.parametrize("where", ["colour=red", "date", "date=someday", "sort=party"])
def test_a_senseless_condition_is_refused(call: Call, where: str) -> None:
    assert call("list", "meeting", "--where", where, status=1).out == ""


def test_numbers_of_either_script_find_years(call: Call) -> None:
    call("put", "plan", stdin=line(title="ផែនការ", first_year=2023, last_year=2025, office="08"))
    for typed in ("2023", "២០២៣"):
        assert len(call("list", "plan", "--where", f"first_year={typed}").lines) == 1


def test_places_are_records_too(call: Call) -> None:
    assert call("get", "0811").json["level"] == "municipality"
    assert any(one["id"] == "0811" for one in call("list", "place", "--where", "parent=08").lines)


def test_history_has_every_value(call: Call, meetings: list[str]) -> None:
    call("put", "meeting", stdin=line(id=meetings[0], venue="សាលាខេត្ត"))
    call("put", "meeting", stdin=line(id=meetings[0], venue=None))
    history = call("get", meetings[0], "--history").json["history"]
    venues = [(one["value"], one["standing"], one["by"]) for one in history if one["field"] == "venue"]
    assert venues == [("សាលាខេត្ត", False, "សុខ សុភា"), (None, True, "សុខ សុភា")]
    assert all(one["site"] and one["at"] for one in history)


def test_delete_and_back_with_the_parts(call: Call, meetings: list[str]) -> None:
    item = call("put", "agenda_item", stdin=line(meeting=meetings[0], title="បើកកិច្ចប្រជុំ")).json["id"]
    gone = call("delete", meetings[0]).json
    assert gone["id"] == meetings[0] and set(gone["records"]) == {meetings[0], item}
    assert call("get", item).json["_deleted"]
    assert [one["id"] for one in call("list", "meeting", "--deleted").lines] == [meetings[0]]
    assert call("undelete", meetings[0]).json["id"] == meetings[0]
    assert len(call("list", "agenda_item").lines) == 1
    assert call("delete", "f" * 32, status=1).out == ""


def test_kinds_tell_types_and_limits(call: Call) -> None:
    told = {kind["kind"]: {field["name"]: field for field in kind["fields"]} for kind in call("kinds").json}
    assert set(told) == set(KINDS)
    assert told["meeting"]["subject"]["required"] and told["meeting"]["subject"]["type"] == "text"
    assert [one["key"] for one in told["person"]["sex"]["choices"]] == ["female", "male"]
    assert told["meeting"]["chair"]["kinds"] == ["person"]
    assert (told["plan"]["first_year"]["least"], told["plan"]["first_year"]["most"]) == (1900, 2100)
    assert told["person"]["phone"]["private"]


def test_a_form_becomes_a_pdf(call: Call, meetings: list[str], tmp_path: Path) -> None:
    made = call("print", "minutes", meetings[0], tmp_path / "m.pdf").json
    assert made["pages"] >= 1 and Path(made["file"]).read_bytes().startswith(b"%PDF")
    assert call("print", "list", "meeting", tmp_path / "l.pdf").json["pages"] == 1
    assert "FORM" in call("print", "no_such_form", meetings[0], tmp_path / "x.pdf", status=2).told
    assert call("print", "minutes", "0811", tmp_path / "x.pdf", status=1).told
    assert call("print", "minutes", meetings[0], tmp_path / "none" / "x.pdf", status=1).told
    assert not (tmp_path / "x.pdf").exists()


def test_the_manual_is_written_without_a_desk(tmp_path: Path) -> None:
    made = run("manual", tmp_path / "manual.docx", "--json").json
    assert Path(made["file"]).read_bytes().startswith(b"PK")
    assert run("manual", tmp_path / "none" / "manual.docx").status == 1
    assert list(tmp_path.glob("*.docx")) == [tmp_path / "manual.docx"]


def test_all_papers_of_a_meeting_become_files(call: Call, meetings: list[str], tmp_path: Path) -> None:
    made = call("print-all", meetings[0], tmp_path, "--format", "pdf", "--format", "docx").json
    assert len(made["files"]) == 16 and Path(made["folder"]).parent == tmp_path
    assert sorted(made["files"]) == sorted(map(str, Path(made["folder"]).iterdir()))
    two = call("print-all", meetings[0], tmp_path, "--form", "agenda", "--form", "minutes").json
    assert len(two["files"]) == 2 and two["folder"] != made["folder"]
    gone = call("print-all", meetings[0], tmp_path / "none", status=1)
    assert gone.told and gone.json["files"] == [] and len(gone.json["left"]) == 8
    assert call("print-all", "0811", tmp_path, status=1).told
    assert call("print-all", meetings[0], tmp_path, "--form", "plan_matrix", status=2).told


def test_people_read_their_own_language(desk: Path, meetings: list[str]) -> None:
    km, en = (run("--desk", desk, "--lang", lang, "get", meetings[0], "--history").out for lang in ("km", "en"))
    assert "កាលបរិច្ឆេទ" in km and "២៣/០៦/២០២២" in km
    assert "Consultation" in en and "23/06/2022" in en and "កាលបរិច្ឆេទ" not in en
    for command in (["kinds"], ["list", "meeting"], ["check"]):
        assert run("--desk", desk, "--lang", "en", *command).out != run("--desk", desk, *command).out


def test_a_reader_that_leaves_early_is_no_fault(desk: Path, call: Call) -> None:
    call("put", "body", stdin="".join(line(name_km=f"មន្ទីរ {n}") for n in range(2000)))
    whole = subprocess.Popen(
        [sys.executable, "-m", "cpdesk", "--desk", str(desk), "list", "body", "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert whole.stdout and whole.stderr
    whole.stdout.readline()
    whole.stdout.close()
    told = whole.stderr.read()
    whole.stderr.close()
    assert whole.wait() in (0, 1) and told == b""
