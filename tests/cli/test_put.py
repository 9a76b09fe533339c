"""`put`: all of the lines or none, and the refusal says which line and why."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Call, line

MEETING = {"subject": "កិច្ចប្រជុំប្រចាំខែ", "date": "2022-06-23", "sort": "ordinary"}


def test_a_line_makes_a_record(call: Call) -> None:
    made = call("put", "meeting", "-", stdin=line(**MEETING, start="៨:៣០", place="0811")).json
    assert set(made["changed"]) == {*MEETING, "start", "place"}
    got = call("get", made["id"]).json
    assert got["subject"] == MEETING["subject"] and got["start"] == "08:30" and got["venue"] is None
    assert (got["kind"], got["_deleted"], got["_differences"], got["_office"]) == (
        "meeting",
        False,
        0,
        "0811",
    )


def test_an_id_updates_and_what_is_left_out_stays(call: Call) -> None:
    made = call("put", "meeting", stdin=line(**MEETING, venue="សាលាខេត្ត")).json
    again = call("put", "meeting", stdin=line(id=made["id"], date="2022-06-24", subject=MEETING["subject"])).json
    assert again == {"id": made["id"], "changed": ["date"]}
    call("put", "meeting", stdin=line(id=made["id"], venue=None))
    got = call("get", made["id"]).json
    assert (got["date"], got["venue"], got["sort"]) == ("2022-06-24", None, "ordinary")


def test_what_list_prints_can_be_put_back(call: Call) -> None:
    call("put", "body", stdin=line(name_km="មន្ទីរ", sort="department"))
    printed = call("list", "body").out
    call("put", "body", stdin=printed)
    assert call("list", "body").out == printed


def test_a_line_can_refer_to_one_above(call: Call) -> None:
    made = call("put", "body", stdin=line(name_km="គណៈកម្មាធិការ") + "\n" + line(name_km="ក្រុមការងារ", parent="@1")).lines
    assert call("get", made[1]["id"]).json["parent"] == made[0]["id"]


def test_a_file_is_read_as_well(call: Call, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("in") / "ស្ថាប័ន.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + line(name_km="មន្ទីរអប់រំ").encode() + b"\r\n")
    assert len(call("put", "body", file).lines) == 1
    assert "រកមិនឃើញ" in call("put", "body", file.with_name("none"), status=1).told


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        (b'{"subject":"y","nonsense":1}', "nonsense"),
        (b'{"subject":"y","date":"not a day"}', "not a day"),
        (b'{"subject":5}', "5"),
        (b'{"subject":1.5}', "1.5"),
        (b'{"subject":"y","sort":"party"}', "party"),
        (b'{"subject":"y","chair":"' + b"0" * 32 + b'"}', "0" * 32),
        (b'{"subject":"y","chair":"@9"}', "@9"),
        (b'{"subject":"y","subject":"z"}', "subject"),
        (b'{"subject":NaN}', "JSON"),
        (b'{"subject":"y"', "JSON"),
        (b'["subject"]', "JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"number":' + b"9" * 5000 + b"}", "JSON"),
        (b'{"subject":"\xff"}', "UTF-8"),
        (b'{"subject":"y\\u0000"}', "តួអក្សរ"),
        (b'{"subject":"\\ud800"}', "តួអក្សរ"),
        (b'{"id":"' + b"0" * 32 + b'","subject":"y"}', "0" * 32),
        (b'{"id":7,"subject":"y"}', "លេខសម្គាល់"),
        (b'{"kind":"body","subject":"y"}', "body"),
    ],
)
def test_one_bad_line_refuses_all(call: Call, bad: bytes, word: str) -> None:
    answer = call("put", "meeting", stdin=line(**MEETING).encode() + b"\n" + bad, status=1)
    assert answer.out == "" and word in answer.told and "ទី3" in answer.told
    assert len(answer.told.splitlines()) == 1
    assert call("list", "meeting").lines == []


def test_a_record_of_another_kind_is_no_chair(call: Call) -> None:
    body = call("put", "body", stdin=line(name_km="មន្ទីរ")).json["id"]
    assert body in call("put", "meeting", stdin=line(subject="x", chair=body), status=1).told


@pytest.mark.parametrize("kind", ["party", "place"])
def test_other_kinds_are_refused(call: Call, kind: str) -> None:
    assert call("put", kind, stdin=line(name_km="x"), status=1).out == ""


def test_exact_numbers_stay_exact(call: Call) -> None:
    text = json.dumps({"title": "x", "first_year": 2023, "last_year": "២០២៥", "office": "08"})
    made = call("put", "plan", stdin=text).json
    assert call("get", made["id"]).json["last_year"] == 2025
    assert "2023" in call("put", "plan", stdin='{"title":"x","first_year":2023.5}', status=1).told


def test_nothing_to_put_is_no_fault(call: Call) -> None:
    assert call("put", "meeting", stdin=" \n\n").out == ""
