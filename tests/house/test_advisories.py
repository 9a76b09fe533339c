"""The look at known vulnerabilities finds what is told, and never takes silence for good news."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.house.advisories import affects, main

LOCK = "cryptography==43.0.0 \\\n    --hash=sha256:00\nclick==8.1.0 ; python_version > '3' \\\n    --hash=sha256:00\n"


def advisory(name: str, *events: dict[str, str], versions: tuple[str, ...] = (), **more: object) -> dict[str, object]:
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}] if events else []
    affected = [{"package": {"ecosystem": "PyPI", "name": name}, "ranges": ranges, "versions": list(versions)}]
    return {"id": f"PYSEC-{name}", "modified": "2026-11-20T10:00:00Z", "summary": "…", "affected": affected, **more}


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text(LOCK, "utf-8")
    return path


def zipped(folder: Path, *told: dict[str, object]) -> Path:
    path = folder / "all.zip"
    with zipfile.ZipFile(path, "w") as opened:
        for n, one in enumerate(told):
            opened.writestr(f"{n}.json", json.dumps(one))
    return path


def run(lock: Path, data: Path | None, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = main([*([] if data is None else ["--data", str(data)]), str(lock)])
    told = capsys.readouterr()
    return status, told.out + told.err


def test_what_is_known_is_told(lock: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = advisory("Cryptography", {"introduced": "0"}, {"fixed": "43.0.1"}, aliases=["CVE-2024-6119"])
    mended = advisory("click", {"introduced": "0"}, {"fixed": "8.0"})
    taken_back = advisory("click", {"introduced": "0"}, withdrawn="2026-01-01T00:00:00Z")
    other = advisory("django", {"introduced": "0"})
    status, said = run(lock, zipped(tmp_path, bad, mended, taken_back, other), capsys)
    assert status == 1
    assert "cryptography 43.0.0: PYSEC-Cryptography (CVE-2024-6119)" in said and "mended in 43.0.1" in said
    assert "4 advisories, the newest of 2026-11-20: 1 speak" in said and "click 8.1.0" not in said
    assert run(lock, zipped(tmp_path, mended, other), capsys)[0] == 0


def test_silence_is_no_good_news(lock: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for data in (None, tmp_path / "none.zip", zipped(tmp_path)):
        status, said = run(lock, data, capsys)
        assert status == 3 and "stick" in said, data
    web = tmp_path / "page.html"
    web.write_text("<html>", "utf-8")
    assert run(lock, web, capsys)[0] == 2
    old = advisory("django", {"introduced": "0"}, modified="2020-01-01T00:00:00Z")
    assert "days old" in run(lock, zipped(tmp_path, old), capsys)[1]


@pytest.mark.parametrize(
    ("events", "version", "wanted"),
    [
        ([{"introduced": "0"}], "1.0", True),
        ([{"introduced": "1.0"}, {"fixed": "1.2"}], "0.9", False),
        ([{"introduced": "1.0"}, {"fixed": "1.2"}], "1.2", False),
        ([{"introduced": "1.0"}, {"fixed": "1.2"}], "1.2rc1", True),
        ([{"fixed": "1.2"}, {"introduced": "1.0"}], "1.1", True),
        ([{"introduced": "1.0"}, {"last_affected": "1.2"}], "1.2", True),
        ([{"introduced": "1.0"}, {"last_affected": "1.2"}], "1.3", False),
        ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "2.0"}, {"fixed": "2.1"}], "2.0.5", True),
        ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "2.0"}, {"fixed": "2.1"}], "1.5", False),
    ],
)
def test_ranges(events: list[dict[str, str]], version: str, wanted: bool) -> None:
    assert affects({"ranges": [{"type": "ECOSYSTEM", "events": events}]}, version) is wanted
    assert not affects({"ranges": [{"type": "GIT", "events": events}]}, version)


def test_a_version_in_the_list_counts() -> None:
    assert affects({"versions": ["1.0"]}, "1.0") and not affects({"versions": ["1.0"]}, "1.1")
