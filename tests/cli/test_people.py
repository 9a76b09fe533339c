"""What the desk has on a person, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Call, run

PERSON = {"name_km": "កាណារី លឿងទុំ", "phone": "012 987 654", "position": "មន្ត្រី"}


def made(call: Call) -> str:
    return str(call("put", "person", "-", stdin=json.dumps(PERSON)).json["id"])


def test_people_read_numbers_masked_and_programs_whole(call: Call, desk: Path) -> None:
    id_ = made(call)
    told = run("--desk", desk, "get", id_, "--history")
    assert "••• ••• 654" in told.out and "012" not in told.out
    assert "012 987 654" in run("--desk", desk, "get", id_, "--show-personal").out
    whole = call("get", id_).json
    assert whole["phone"] == "012 987 654", "what a script reads it can write again"
    again = call("put", "person", "-", stdin=json.dumps(whole)).json
    assert again["changed"] == []


def test_a_person_is_shown_what_is_kept_of_them(call: Call, desk: Path, tmp_path: Path) -> None:
    id_ = made(call)
    told = call("person", id_, "--pdf", tmp_path / "copy.pdf").json
    assert told["facts"]["phone"] == "012 987 654" and told["purpose"]["key"] == ""
    assert told["written"][0]["changes"] == 2 and told["places"] == [] == told["shared"]
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF")
    assert "••• ••• 654" in run("--desk", desk, "person", id_).out


def test_a_person_goes_only_by_their_name(call: Call, desk: Path) -> None:
    id_ = made(call)
    assert call("remove-person", id_, "--dry-run").json["goes"] == [{"what": "បុគ្គល", "records": 1}]
    refused = run("--desk", desk, "remove-person", id_, "--name", "សុខ")
    assert refused.status == 1 and len(refused.told.splitlines()) == 1
    assert call("get", id_).json["name_km"] == PERSON["name_km"]
    done = call("remove-person", id_, "--name", "កាណារី​ លឿងទុំ").json
    assert done["ids"] == [id_] and done["wiped"]
    gone = call("get", id_).json
    assert gone["name_km"] is None and gone["_deleted"]
    assert run("--desk", desk, "person", id_).status == 1
    assert call("list", "person").out == "" == call("list", "person", "--deleted").out


def test_who_is_needed_no_more(call: Call) -> None:
    made(call)
    assert call("unneeded", "--years", "1").lines == []
