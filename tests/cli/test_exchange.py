"""A round between the province and two districts by command, as their staff do it with a stick."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Answer, line, run


@dataclass
class Round:
    """Three desks that know each other, and one meeting that all have."""

    folder: Path
    meeting: str = ""

    def at(self, office: str, *words: object, stdin: str = "", status: int = 0) -> Answer:
        answer = run("--desk", self.folder / f"{office}.cpdesk", *words, "--json", stdin=stdin)
        assert answer.status == status, answer.told or answer.out
        return answer

    def file(self, name: str) -> Path:
        return self.folder / name


@pytest.fixture
def desks(tmp_path: Path) -> Round:
    made = Round(tmp_path)
    for office in ("08", "0802", "0811"):
        run("init", made.file(f"{office}.cpdesk"), "--office", office, "--name", f"មន្ត្រី {office}")
    made.at("08", "card", made.file("08.cpcard"))
    for office in ("0802", "0811"):
        assert made.at(office, "join", made.file("08.cpcard")).json["office"] == "08"
        made.at(office, "card", made.file(f"{office}.cpcard"))
        assert made.at("08", "enrol", made.file(f"{office}.cpcard")).json["office"] == office
    text = line(subject="កិច្ចប្រជុំពិគ្រោះយោបល់", date="2022-06-23", venue="សាលាខេត្ត")
    made.meeting = made.at("08", "put", "meeting", stdin=text).json["id"]
    for office in ("0802", "0811"):
        package = made.file(f"to-{office}.cpsync")
        sent = made.at("08", "export", package, "--to", office).json
        assert sent["package"] == str(package) and sent["records"] == 2 and sent["bytes"] == package.stat().st_size
        assert made.at(office, "merge", package).json["status"] == "merged"
    return made


@pytest.fixture
def apart(desks: Round) -> Round:
    """Both districts have written another place where the meeting is held; the province has merged both."""
    for office in ("0802", "0811"):
        desks.at(office, "put", "meeting", stdin=line(id=desks.meeting, venue=f"សាលា {office}"))
        desks.at(office, "export", desks.file(f"from-{office}.cpsync"))
    desks.at("08", "merge", *(desks.file(f"from-{office}.cpsync") for office in ("0802", "0811")))
    return desks


def waiting(desks: Round, office: str) -> list[Any]:
    return desks.at(office, "conflicts").lines


def test_a_difference_is_listed_with_both_sides(apart: Round) -> None:
    (one,) = waiting(apart, "08")
    assert (one["id"], one["kind"], one["field"], one["before"]) == (
        apart.meeting,
        "meeting",
        "venue",
        "សាលាខេត្ត",
    )
    assert {(side["value"], side["by"]) for side in one["values"]} == {
        ("សាលា 0802", "មន្ត្រី 0802"),
        ("សាលា 0811", "មន្ត្រី 0811"),
    }
    assert apart.at("08", "get", apart.meeting).json["_differences"] == 1
    for lang, word in (("km", "ទីកន្លែង"), ("en", "Venue")):
        told = run("--desk", apart.file("08.cpdesk"), "--lang", lang, "conflicts").out
        assert word in told and "សាលា 0811" in told and apart.meeting in told


def test_settled_once_settled_everywhere(apart: Round) -> None:
    settled = apart.at("08", "resolve", apart.meeting, "venue", "--value", json.dumps("សាលាស្រុក")).json
    assert settled == {"id": apart.meeting, "field": "venue"}
    assert waiting(apart, "08") == []
    apart.at("08", "export", apart.file("back.cpsync"), "--to", "0811")
    assert apart.at("0811", "merge", apart.file("back.cpsync")).json["conflicts"] == 0
    assert apart.at("0811", "get", apart.meeting).json["venue"] == "សាលាស្រុក"
    assert apart.at("08", "resolve", apart.meeting, "venue", "--value", '"x"', status=1).out == ""


@pytest.mark.parametrize("value", ["សាលា", "{", "5", '{"a":1}'])
def test_a_senseless_settlement_is_refused(apart: Round, value: str) -> None:
    apart.at("08", "resolve", apart.meeting, "venue", "--value", value, status=1)
    assert len(waiting(apart, "08")) == 1


def test_a_dry_run_and_inspect_write_nothing(desks: Round) -> None:
    desks.at("0811", "put", "meeting", stdin=line(subject="ប្រជុំក្រុង", date="2022-07-01"))
    package = desks.file("from-0811.cpsync")
    desks.at("0811", "export", package)
    looked = desks.at("08", "inspect", package).json
    assert (looked["office"], looked["to"], looked["number"]) == ("0811", "08", 1)
    rehearsed = desks.at("08", "merge", package, "--dry-run").json
    assert rehearsed["status"] == "merged" and rehearsed["records"] == looked["records"] >= 1
    assert len(desks.at("08", "list", "meeting").lines) == 1
    told = run("--desk", desks.file("08.cpdesk"), "inspect", package).out
    assert "ប្រជុំក្រុង" in told and "០១/០៧/២០២២" in told
    assert desks.at("08", "merge", package).json["records"] == rehearsed["records"]
    assert desks.at("08", "merge", package).json["status"] == "nothing new"


def test_inspect_shows_what_stands_here_beside_what_the_package_says(desks: Round) -> None:
    package = desks.file("from-0811.cpsync")
    desks.at("0811", "put", "meeting", stdin=line(id=desks.meeting, venue="សាលាក្រុង"))
    desks.at("0811", "export", package)
    desks.at("08", "put", "meeting", stdin=line(id=desks.meeting, venue="សាលប្រជុំធំ"))
    (one,) = desks.at("08", "inspect", package).json["differences"]
    (field,) = one["fields"]
    assert (one["id"], field["field"], field["old"], field["new"]) == (
        desks.meeting,
        "venue",
        "សាលប្រជុំធំ",
        "សាលាក្រុង",
    )
    sides = {(side["here"], side["value"], side["office"], side["by"]) for side in field["sides"]}
    assert sides == {(True, "សាលប្រជុំធំ", "08", "មន្ត្រី 08"), (False, "សាលាក្រុង", "0811", "មន្ត្រី 0811")}
    for lang, words in (("km", ("ខុសគ្នា", "នៅទីនេះ: សាលប្រជុំធំ")), ("en", ("In the package: សាលាក្រុង", "Venue"))):
        told = run("--desk", desks.file("08.cpdesk"), "--lang", lang, "inspect", package).out
        assert all(word in told for word in (*words, "មន្ត្រី 0811, 0811")), told


def test_a_bad_package_is_refused_and_the_others_go_on(desks: Round) -> None:
    desks.at("0811", "put", "meeting", stdin=line(subject="ប្រជុំក្រុង", date="2022-07-01"))
    good, bad = desks.file("good.cpsync"), desks.file("bad.cpsync")
    desks.at("0811", "export", good)
    bad.write_bytes(good.read_bytes()[:-100])
    answer = desks.at("08", "merge", bad, desks.file("none.cpsync"), good, status=1)
    assert [one["status"] for one in answer.lines] == ["refused", "refused", "merged"]
    assert len(answer.told.splitlines()) == 1 and "bad.cpsync" in answer.told and "none.cpsync" in answer.told
    assert len(desks.at("08", "list", "meeting").lines) == 2
    assert desks.at("08", "inspect", bad, status=1).json["status"] == "refused"


def test_nothing_new_still_makes_a_package(desks: Round) -> None:
    desks.at("0811", "export", desks.file("1.cpsync"))
    assert desks.at("0811", "export", desks.file("2.cpsync")).json["number"] == 2
    again = desks.at("08", "export", desks.file("all.cpsync"), "--to", "0811", "--all").json
    assert again["records"] == 2
    assert desks.at("0811", "merge", desks.file("all.cpsync")).json["status"] == "nothing new"


def test_offices_and_revoke(desks: Round) -> None:
    rows = desks.at("08", "offices").lines
    assert {row["office"] for row in rows} == {"0802", "0811"} and not any(row["revoked"] for row in rows)
    desks.at("0811", "export", desks.file("late.cpsync"))
    desks.at("08", "revoke", "០៨១១")
    assert {row["office"] for row in desks.at("08", "offices").lines if row["revoked"]} == {"0811"}
    refused = desks.at("08", "merge", desks.file("late.cpsync"), status=1)
    assert refused.json["status"] == "refused"
    told = run("--desk", desks.file("08.cpdesk"), "offices").out
    assert "បានដកចេញ" in told and "បានចុះឈ្មោះ" in told


def test_one_lost_computer_is_withdrawn_and_told_about(desks: Round) -> None:
    desks.at("0811", "put", "meeting", stdin=line(subject="ប្រជុំក្រុង", date="2022-07-01"))
    desks.at("0811", "export", desks.file("1.cpsync"))
    desks.at("08", "merge", desks.file("1.cpsync"))
    (row,) = [one for one in desks.at("08", "offices").lines if one["office"] == "0811"]
    told = desks.at("08", "held", row["fingerprint"], "--since", "2020-01-01").json
    assert {w["scope"] for w in told["wrote"]} == {"0811"} and len(told["later"]) == 2 and not told["revoked"]
    desks.at("08", "revoke", "0811", "--fingerprint", "1", status=1)
    gone = desks.at("08", "revoke", "0811", "--fingerprint", row["fingerprint"].replace(" ", "")).json
    assert (gone["office"], gone["revoked"]) == ("0811", True)
    assert [one["card"]["fingerprint"] for one in gone["held"]] == [row["fingerprint"]]
    told_in_words = run("--desk", desks.file("08.cpdesk"), "held", row["fingerprint"], "--since", "២០២០-០១-០១")
    assert told_in_words.status == 0 and "ប្រជុំក្រុង" in told_in_words.out, told_in_words.told
    run("init", desks.file("new.cpdesk"), "--office", "0811", "--name", "ថ្មី")
    desks.at("new", "card", desks.file("new.cpcard"))
    desks.at("08", "enrol", desks.file("new.cpcard"), "--replaces", "9", status=1)
    desks.at("08", "enrol", desks.file("new.cpcard"))
    (old, new) = [one for one in desks.at("08", "offices").lines if one["office"] == "0811"]
    assert old["revoked"] and not new["revoked"]


def test_the_reason_of_a_decision_is_told(apart: Round) -> None:
    words = ["resolve", apart.meeting, "venue", "--value", '"សាលា"', "--reason", "តាមទូរស័ព្ទ"]
    apart.at("08", *words)
    apart.at("08", "export", apart.file("back.cpsync"), "--to", "0811")
    number = apart.at("0811", "merge", apart.file("back.cpsync")).json["imported"]
    (told,) = apart.at("0811", "decisions", "--package", number).lines
    assert (told["id"], told["field"], told["value"], told["reason"]) == (apart.meeting, "venue", "សាលា", "តាមទូរស័ព្ទ")
    assert apart.at("0811", "decisions", "--package", "99").lines == []
    assert "តាមទូរស័ព្ទ" in run("--desk", apart.file("0811.cpdesk"), "decisions").out


def test_an_import_is_taken_back_and_in_again(desks: Round) -> None:
    desks.at("0811", "put", "meeting", stdin=line(id=desks.meeting, venue="ខុស"))
    desks.at("0811", "export", desks.file("wrong.cpsync"))
    number = desks.at("08", "merge", desks.file("wrong.cpsync")).json["imported"]
    (row,) = desks.at("08", "packages").lines
    assert (row["package"], row["office"], row["number"], row["undone"]) == (number, "0811", 1, False)
    seen = desks.at("08", "undo-merge", number, "--dry-run").json
    assert seen["records"] == 1 and seen["obstacles"] == []
    assert desks.at("08", "get", desks.meeting).json["venue"] == "ខុស"
    undone = desks.at("08", "undo-merge", number, "--reason", "ផ្ញើខុស").json
    assert (undone["package"], undone["records"]) == (number, 1)
    assert desks.at("08", "get", desks.meeting).json["venue"] == "សាលាខេត្ត"
    assert desks.at("08", "merge", desks.file("wrong.cpsync")).json["status"] == "nothing new"
    assert "ដកវិញ" in run("--desk", desks.file("08.cpdesk"), "packages").out
    desks.at("08", "undo-merge", number, status=1)
    assert desks.at("08", "undo-merge", number, "--again").json["records"] == 1
    assert desks.at("08", "get", desks.meeting).json["venue"] == "ខុស"
    desks.at("08", "put", "meeting", stdin=line(id=desks.meeting, venue="បន្ត"))
    for words in (["undo-merge", number], ["undo-merge", number, "--dry-run"], ["undo-merge", "77"]):
        answer = desks.at("08", *words, status=1)
        assert len(answer.told.splitlines()) == 1 and ("មន្ត្រី 08" in answer.told or words[1] == "77")
    assert desks.at("08", "get", desks.meeting).json["venue"] == "បន្ត"


def test_a_wrong_fingerprint_is_refused(desks: Round) -> None:
    run("init", desks.file("0801.cpdesk"), "--office", "0801", "--name", "x")
    shown = desks.at("0801", "card", desks.file("0801.cpcard")).json["fingerprint"]
    wrong = shown[:-1] + str((int(shown[-1]) + 1) % 10)
    desks.at("08", "enrol", desks.file("0801.cpcard"), "--fingerprint", wrong, status=1)
    assert len(desks.at("08", "offices").lines) == 2
    assert desks.at("08", "enrol", desks.file("0801.cpcard"), "--fingerprint", shown).json["fingerprint"] == shown


@pytest.mark.parametrize(
    "words",
    [
        ["join", "none.cpcard"],
        ["enrol", "08.cpdesk"],
        ["revoke", "0809"],
        ["export", "x.cpsync", "--to", "0809"],
        ["export", "none/x.cpsync", "--to", "0811"],
        ["resolve", "f" * 32, "venue", "--value", "null"],
    ],
)
def test_what_cannot_be_is_refused_in_one_line(desks: Round, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desks.folder)
    answer = desks.at("08", *words, status=1)
    assert answer.out == "" and len(answer.told.splitlines()) == 1
    assert "cpdesk made a mistake" not in answer.told and "កំហុសផ្ទាល់ខ្លួន" not in answer.told
    assert not desks.file("x.cpsync").exists()
