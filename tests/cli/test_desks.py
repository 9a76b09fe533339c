"""Whole desks by command, the language, help, wrong usage, the last desk used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cpdesk import i18n, settings
from cpdesk.cli import program
from cpdesk.cli.base import Refusal, in_plain_words
from cpdesk.tasks import association, backups
from cpdesk.tasks import desk as tasks
from tests.cli.conftest import Call, line, run
from tests.house.source import ROOT


def test_init_makes_a_desk_once(tmp_path: Path) -> None:
    path = tmp_path / "ខេត្ត.cpdesk"
    made = run("init", path, "--office", "០៨", "--name", "មន្ត្រី", "--json").json
    assert made["desk"] == str(path) and len(made["site"]) == 8
    before = path.read_bytes()
    again = run("init", path, "--office", "08", "--name", "x")
    assert (again.status, again.out) == (1, "") and len(again.told.splitlines()) == 1
    assert path.read_bytes() == before


def test_the_nation_and_a_province_by_command(tmp_path: Path) -> None:
    """The round of the contract, a level higher."""
    nation, province = tmp_path / "n.cpdesk", tmp_path / "p.cpdesk"
    assert run("init", nation, "--office", "០០", "--name", "មន្ត្រី", "--json").json["office"] == "00"
    assert "រដ្ឋបាលថ្នាក់ជាតិ" in run("--lang", "km", "init", tmp_path / "m.cpdesk", "--office", "00", "--name", "ខ").out
    run("init", province, "--office", "08", "--name", "មន្ត្រីខេត្ត")
    cards = {desk: tmp_path / f"{desk.stem}.cpcard" for desk in (nation, province)}
    for desk, card in cards.items():
        assert run("--desk", desk, "card", card).status == 0
    assert run("--desk", province, "join", cards[nation], "--json").json["office"] == "00"
    assert run("--desk", nation, "enrol", cards[province], "--json").json["office"] == "08"
    assert run("--desk", nation, "join", cards[province]).status == 1, "nothing stands above the nation"
    made = run("--desk", province, "put", "meeting", "--json", stdin=line(subject="ប្រជុំ", date="2022-06-23", place="00"))
    package, back = tmp_path / "p.cpsync", tmp_path / "back.cpsync"
    assert run("--desk", province, "export", package, "--json").json["number"] == 1
    assert run("--desk", nation, "merge", package, "--json").json["status"] == "merged"
    assert run("--desk", nation, "get", made.json["id"], "--json").json["place"] == "00"
    assert run("--desk", nation, "export", back, "--to", "08").status == 0
    assert run("--desk", province, "merge", back, "--json").json["status"] == "merged"
    assert run("--desk", nation, "list", "place", "--where", "parent=00", "--json").lines[7]["code"] == "08"
    assert run("--desk", nation, "get", "00", "--json").json["level"] == "nation"


@pytest.mark.parametrize(("office", "name"), [("9999", "x"), ("abc", "x"), ("08", "  ")])
def test_init_refuses_what_is_no_office_or_name(tmp_path: Path, office: str, name: str) -> None:
    assert run("init", tmp_path / "a.cpdesk", "--office", office, "--name", name).status == 1
    assert list(tmp_path.glob("*.cpdesk*")) == []


def test_the_last_desk_is_used_again(desk: Path) -> None:
    assert run("put", "body", "--json", stdin=line(name_km="មន្ទីរ")).status == 0
    assert len(run("--desk", desk, "list", "body", "--json").lines) == 1
    assert settings.load().last_desk == desk.resolve()
    desk.unlink()
    assert run("list", "body").status == 1


def test_without_any_desk_it_says_what_to_do() -> None:
    answer = run("--lang", "en", "list", "meeting")
    assert answer.status == 1 and "--desk" in answer.told and "init" in answer.told


def test_check_backup_restore(call: Call, tmp_path: Path) -> None:
    made = call("put", "body", stdin=line(name_km="មន្ទីរ")).json["id"]
    whole = call("check").json
    assert whole["ok"] and whole["problems"] == [] and whole["records"] == 2
    copy, back = tmp_path / "b.bak", tmp_path / "r.cpdesk"
    assert call("backup", copy).json == {"file": str(copy), "records": 2}
    assert run("restore", copy, back, "--json").json == {"file": str(back), "records": 2}
    assert run("--desk", back, "get", made, "--json").json["name_km"] == "មន្ទីរ"
    assert run("restore", copy, back).status == 1
    assert run("restore", tmp_path / "none", tmp_path / "x.cpdesk").status == 1
    (tmp_path / "bad").write_bytes(b"not a desk" * 1000)
    assert run("restore", tmp_path / "bad", tmp_path / "x.cpdesk").status == 1
    assert run("--desk", tmp_path / "bad", "check").status == 1


def test_lunar(call: Call) -> None:
    told = call("lunar", "2022-06-23").json
    assert told["km"] == "ថ្ងៃព្រហស្បតិ៍ ៩រោច ខែជេស្ឋ ឆ្នាំខាល ចត្វាស័ក ព.ស. ២៥៦៦"
    assert (told["date"], told["be"], told["day"], told["month"]) == ("2022-06-23", 2566, 9, "ជេស្ឋ")
    assert call("lunar", "២៣/៦/២០២២").json == told
    for bad in ("yonder", "1492-10-12", "2022-13-01"):
        assert call("lunar", bad, status=1).told


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (["no-such-command"], "no-such-command"),
        (["list"], "KIND"),
        (["list", "meeting", "--colour"], "--colour"),
        (["--lang", "fr", "kinds"], "--lang"),
        (["list", "meeting", "--limit", "0"], "--limit"),
        (["init", "x.cpdesk", "--office", "08"], "--name"),
        (["get", "1", "2"], "2"),
        (["merge"], "PACKAGE"),
    ],
)
@pytest.mark.parametrize("lang", ["km", "en"])
def test_wrong_usage_is_one_line_and_status_2(words: list[str], word: str, lang: str) -> None:
    answer = run("--lang", lang, *words)
    assert (answer.status, answer.out) == (2, "")
    assert len(answer.told.splitlines()) == 1 and word in answer.told


def test_help_speaks_both_languages() -> None:
    for name in ["", *program.commands]:
        words = [name] if name else []
        km, en = (run("--lang", lang, *words, "--help") for lang in ("km", "en"))
        assert km.status == en.status == 0 and "របៀបប្រើ" in km.out and "Usage" in en.out
        for told in en.out.splitlines()[2:3]:
            assert told not in km.out


def test_the_saved_language_is_spoken() -> None:
    assert "របៀបប្រើ" in run("--help").out
    settings.change(language="en")
    assert "Usage" in run("--help").out
    assert run("--version").out.startswith("cpdesk ")


def test_every_command_takes_json() -> None:
    assert all("--json" in [n for p in one.params for n in p.opts] for one in program.commands.values())


def test_a_fault_of_ours_is_one_line_and_a_file(own_home: Path) -> None:
    with pytest.raises(Refusal) as told, in_plain_words():
        raise ZeroDivisionError("no one foresaw it")
    assert "ZeroDivisionError" in str(told.value)
    (report,) = (own_home / "crashes").glob("*.txt")
    text = report.read_text("utf-8")
    assert "test_a_fault_of_ours" in text and "no one foresaw it" not in text, "an error's words may quote a record"


def test_being_stopped_is_said() -> None:
    i18n.set_language("en")
    with pytest.raises(Refusal, match="Stopped"), in_plain_words():
        raise KeyboardInterrupt


def test_no_screen_is_said_in_one_line(own_home: Path) -> None:
    script = (
        "import os, sys\n"
        "for name in ('DISPLAY', 'WAYLAND_DISPLAY', 'QT_QPA_PLATFORM'): os.environ.pop(name, None)\n"
        "sys.modules['ui.app'] = None\n"
        "from cpdesk.cli import main; sys.argv = ['cpdesk']; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1, done.stderr


def test_a_backup_by_command_is_the_last_one(tmp_path: Path) -> None:
    desk = tmp_path / "0802.cpdesk"
    run("init", desk, "--office", "0802", "--name", "x")
    assert run("--desk", desk, "backup", tmp_path / "b.cpbackup", "--json").json["records"] == 1
    with tasks.open_desk(desk) as opened:
        assert backups.last(opened).file == tmp_path / "b.cpbackup" and backups.last(opened).fresh


@pytest.mark.skipif(not association.possible(), reason="elsewhere the installer does it")
def test_a_double_click_is_put_on_and_taken_off_by_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert run("associate", "--json").json == {"associated": True}
    assert run("associate", "--remove", "--json").json == {"associated": False}
    assert not list((tmp_path / "share").rglob("cpdesk.desktop"))
