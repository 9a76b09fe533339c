"""Who did what, by command: lines, sums, receipts, the code of a paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpdesk.store import Desk
from cpdesk.tasks import log_codes
from tests.cli.conftest import Call, line, run
from tests.cli.test_exchange import Round, desks

__all__ = ["desks"]


def test_what_was_done_stands_there_newest_first(call: Call) -> None:
    id_ = call("put", "meeting", stdin=line(subject="កិច្ចប្រជុំ", date="2022-06-23")).json["id"]
    call("put", "meeting", stdin=line(id=id_, venue="សាលា"))
    last, first, *_office = call("audit").json
    assert (last["what"], last["id"], last["who"], last["number"]) == ("changed", id_, "សុខ សុភា", None)
    assert (first["what"], first["title"], first["kind"]) == ("made", "កិច្ចប្រជុំ", "meeting")
    assert call("audit", "--kind", "meeting", "--limit", 1).json == [last]
    assert call("audit", "--by", "អ្នកណា").json == call("audit", "--until", "2001-01-01").json == []
    (week,) = call("audit", "--sums", "--kind", "meeting").json
    assert (week["who"], week["saves"], week["records"]) == ("សុខ សុភា", 2, 1)
    call("audit", "--kind", "nosuch", status=1)
    call("audit", "--from", "notaday", status=1)


def test_a_person_reads_it_as_a_table(desk: Path, call: Call) -> None:
    call("backup", desk.with_name("copy.cpbackup"))
    told = run("--lang", "en", "--desk", desk, "audit").out.splitlines()
    assert told[0].split() == ["When", "Who", "What", "was", "done", "To", "what", "From", "Remark"]
    assert "Backup made by hand" in told[1] and "copy.cpbackup" in told[1] and told[1].endswith("here")


def test_receipts_and_the_code_of_a_paper(desks: Round) -> None:
    words = ("--lang", "en", "--desk", desks.file("0802.cpdesk"))
    assert run(*words, "audit", "--proof").out.startswith("No other office")
    desks.at("0802", "export", desks.file("one.cpsync"))
    desks.at("08", "merge", desks.file("one.cpsync"))
    desks.at("08", "export", desks.file("two.cpsync"), "--to", "0802")
    desks.at("0802", "merge", desks.file("two.cpsync"))
    found = desks.at("0802", "audit", "--proof").json
    assert found["fits"] and [one["office"] for one in found["receipts"]] == ["08"] and found["notices"] == []
    told = run(*words, "check").out
    assert "All is well through" in told and "Kandal" in told
    with Desk.open(desks.file("08.cpdesk")) as province:
        code = log_codes.of_package(province, 1)[0].code
    assert desks.at("0802", "audit", "--code", code).json["holds"]
    assert not desks.at("0811", "audit", "--code", code, status=1).lines[0]["holds"]
    desks.at("0802", "audit", "--code", "1" * 20, status=1)


@pytest.mark.parametrize("words", [(), ("--sums",), ("--proof",)])
def test_a_new_desk_has_little_to_tell(call: Call, words: tuple[str, ...]) -> None:
    assert call("audit", *words).out
