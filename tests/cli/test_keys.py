"""A locked desk from the command line: nothing without the password, and whatever the window can do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import TAKHMAU, run

FIRST, SECOND = "ស្វាយ ចន្ទី ដូង ម្នាស់", "blue mango rice tree"
NAME = "សុខ សុភា"


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    path = tmp_path / "takhmau.cpdesk"
    monkeypatch.setenv("CPDESK_NEW_PASSWORD", FIRST)
    made = run("init", path, "--office", TAKHMAU, "--name", NAME, "--locked", "--json")
    assert made.status == 0, made.told
    monkeypatch.delenv("CPDESK_NEW_PASSWORD")
    return path, made.json["recovery_code"]


def test_a_locked_desk_asks_for_the_password(locked: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    path, _code = locked
    refused = run("--desk", path, "--lang", "en", "list", "body")
    assert refused.status == 1
    assert "CPDESK_PASSWORD" in refused.told
    assert not refused.out
    monkeypatch.setenv("CPDESK_PASSWORD", SECOND)
    refused = run("--desk", path, "--lang", "en", "list", "body")
    assert (refused.status, refused.out) == (1, "")
    assert "does not open" in refused.told
    monkeypatch.setenv("CPDESK_PASSWORD", FIRST)
    assert run("--desk", path, "list", "body").status == 0
    assert run("--desk", path, "check", "--json").json["ok"]


def test_officers_and_what_they_may(locked: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    path, _code = locked
    monkeypatch.setenv("CPDESK_PASSWORD", FIRST)
    monkeypatch.setenv("CPDESK_NEW_PASSWORD", SECOND)
    added = run("--desk", path, "officer", "ចាន់ ធារី", "--add", "--role", "reader", "--json")
    assert added.json["roles"] == ["reader"]
    assert [one["name"] for one in run("--desk", path, "officers", "--json").lines] == ["ចាន់ ធារី", NAME]
    monkeypatch.setenv("CPDESK_PASSWORD", SECOND)
    body = '{"name_km": "មន្ទីរ"}'
    refused = run("--desk", path, "put", "body", "-", stdin=body)
    assert refused.status == 1
    assert run("--desk", path, "officer", "ចាន់ ធារី", "--role", "keeper").status == 1
    monkeypatch.setenv("CPDESK_PASSWORD", FIRST)
    assert run("--desk", path, "officer", "ចាន់ ធារី", "--role", "officer").status == 0
    monkeypatch.setenv("CPDESK_PASSWORD", SECOND)
    assert run("--desk", path, "put", "body", "-", stdin=body).status == 0
    monkeypatch.setenv("CPDESK_PASSWORD", FIRST)
    assert run("--desk", path, "officer", "ចាន់ ធារី", "--leave").status == 0
    assert run("--desk", path, "officer", "នរណា").status == 1
    monkeypatch.setenv("CPDESK_PASSWORD", SECOND)
    assert run("--desk", path, "list", "body").status == 1


def test_password_set_changed_taken_off(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPDESK_NEW_PASSWORD", FIRST)
    set_ = run("--desk", desk, "password", "--json").json
    assert set_["state"] == "locked"
    assert len(set_["recovery_code"]) == 29
    monkeypatch.setenv("CPDESK_PASSWORD", FIRST)
    monkeypatch.setenv("CPDESK_NEW_PASSWORD", SECOND)
    assert run("--desk", desk, "password", "--json").json == {"desk": str(desk), "state": "locked"}
    monkeypatch.setenv("CPDESK_PASSWORD", SECOND)
    assert run("--desk", desk, "password", "--take-off", "--json").json["state"] == "open"
    monkeypatch.delenv("CPDESK_PASSWORD")
    assert run("--desk", desk, "list", "body").status == 0
    assert len(run("password", "--suggest", "--json").json["password"].split()) == 4


def test_recovery(locked: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    path, code = locked
    monkeypatch.setenv("CPDESK_CODE", code)
    monkeypatch.setenv("CPDESK_NEW_PASSWORD", SECOND)
    assert run("--desk", path, "recover", "--officer", "នរណា").status == 1
    fresh = run("--desk", path, "recover", "--json").json["recovery_code"]
    assert fresh != code
    assert run("--desk", path, "recover").status == 1, "a used code is dead"
    monkeypatch.setenv("CPDESK_PASSWORD", SECOND)
    newest = run("--desk", path, "code", "--json").json["recovery_code"]
    monkeypatch.setenv("CPDESK_CODE", fresh)
    assert run("--desk", path, "recover").status == 1
    monkeypatch.setenv("CPDESK_CODE", newest.replace("-", ""))
    assert run("--desk", path, "recover").status == 0


def test_the_province_helps(locked: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _code = locked
    province = tmp_path / "08.cpdesk"
    assert run("init", province, "--office", "08", "--name", "ខេត្ត").status == 0
    assert run("--desk", province, "card", tmp_path / "p.cpcard").status == 0
    monkeypatch.setenv("CPDESK_PASSWORD", FIRST)
    assert run("--desk", path, "lock-request", tmp_path / "r.cplock").status == 1
    assert run("--desk", path, "join", tmp_path / "p.cpcard").status == 0
    asked = run("--desk", path, "lock-request", tmp_path / "r.cplock", "--json").json
    answer = run("--desk", province, "lock-answer", asked["file"], tmp_path / "a.cplock", "--json").json
    assert answer["office"] == TAKHMAU
    assert run("--desk", path, "lock-take", tmp_path / "a.cplock").status == 0
    monkeypatch.setenv("CPDESK_CODE", answer["recovery_code"])
    monkeypatch.setenv("CPDESK_NEW_PASSWORD", SECOND)
    assert run("--desk", path, "recover").status == 0


def test_a_locked_backup_comes_back(locked: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, code = locked
    monkeypatch.setenv("CPDESK_PASSWORD", FIRST)
    assert run("--desk", path, "backup", tmp_path / "b.cpbackup").status == 0
    monkeypatch.setenv("CPDESK_HOME", str(tmp_path / "another computer"))
    monkeypatch.delenv("CPDESK_PASSWORD")
    assert run("restore", tmp_path / "b.cpbackup", tmp_path / "back.cpdesk").status == 1
    monkeypatch.setenv("CPDESK_PASSWORD", code)
    assert run("restore", tmp_path / "b.cpbackup", tmp_path / "back.cpdesk").status == 0
    monkeypatch.setenv("CPDESK_PASSWORD", FIRST)
    assert run("--desk", tmp_path / "back.cpdesk", "check").status == 0
