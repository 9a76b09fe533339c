"""The log and the crash reports tell what happened, and never what a record says."""

from __future__ import annotations

import logging
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk import logs
from cpdesk.errors import DiskProblem

SECRET, LATIN = "កុមារាសុខ", "Sokha"


@pytest.fixture
def log() -> Iterator[None]:
    logs.end()  # of whatever program was tried before
    logs.begin()
    yield
    logs.end()


def text() -> str:
    return "\n".join(file.read_text("utf-8") for file in logs.folder().glob("*"))


def test_a_line_holds_numbers_and_codes_alone(log: None) -> None:
    logs.note("merged", packages=3, office="0802", file=f"/home/{LATIN}/x y", title=SECRET)
    (line,) = logs.tail()
    assert line.endswith("info merged packages=3 office=0802 file=… title=…")


@pytest.mark.parametrize(
    "said",
    [
        f"could not open '{LATIN}'",
        f"{SECRET} is bad",
        f"no /home/{LATIN}/desk",
        f'near "{LATIN}"',
        f"C:\\{LATIN}",
        f"គ្មាន «{LATIN} {LATIN}»",
        f"“Sok\n{LATIN}” is missing",
        f"no ‘{LATIN}’",
    ],
)
def test_what_a_library_quotes_is_left_out(log: None, said: str) -> None:
    logs.complaint(said)
    logging.getLogger("cpdesk.store.anchor").warning("no anchor kept: %s", said)
    assert len(logs.tail()) == 2 and "no anchor kept" in text()
    assert SECRET not in text() and LATIN not in text()


def test_the_log_rotates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "BYTES", 10_000)
    logs.begin()
    for n in range(800):
        logs.note("turned", over=n, and_="x" * 40)
    logs.end()
    files = list(logs.folder().iterdir())
    assert len(files) == logs.FILES and sum(file.stat().st_size for file in files) <= logs.FILES * logs.BYTES
    assert "over=799" in logs.tail(1)[0]


def test_nothing_is_written_before_it_was_begun() -> None:
    logs.note("early")
    logs.complaint("early")
    assert logs.tail() == [] and not logs.folder().exists()


def test_a_disk_that_says_no_costs_the_log_alone(own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "logs").write_text("no folder")
    (own_home / "crashes").write_text("no folder")
    logs.begin()
    logs.note("kept quiet")
    logs.watch_for_hard_crashes()
    logs.last_words("kept quiet")
    assert logs.tail() == [] and logs.crash_before() is None


def test_a_report_ends_with_the_log(log: None) -> None:
    for n in range(60):
        logs.note("step", n=n)
    report = logs.write_crash(ValueError(SECRET), where="plan", about=["Qt 6"]).read_text("utf-8")
    assert "page: plan" in report and "Qt 6" in report and "sqlcipher3" in report and "cryptography" in report
    assert "n=59" in report and "n=10" in report and "n=9\n" not in report and SECRET not in report


DIES = """
from cpdesk import logs
logs.watch_for_hard_crashes()
def deep(secret):
    logs.last_words("Qt: could not draw '" + secret + "'")
    import faulthandler
    faulthandler._sigsegv()
deep("Sokha")
"""


def test_a_process_that_died_is_told_of_at_the_next_start(own_home: Path) -> None:
    assert subprocess.run([sys.executable, "-c", DIES], capture_output=True).returncode != 0
    (raw,) = logs.crashes().glob("died-*.txt")
    assert LATIN not in raw.read_text("utf-8")
    report = logs.crash_before()
    assert report is not None and report.is_relative_to(own_home)
    told = report.read_text("utf-8")
    assert "Segmentation fault" in told and "deep" in told and "could not draw" in told and LATIN not in told
    assert logs.crash_before() is None, "once"


def test_a_process_that_ended_well_is_not_told_of() -> None:
    logs.watch_for_hard_crashes()
    logs.ended_well()
    logs.watch_for_hard_crashes()
    assert logs.crash_before() is None
    logs.ended_well()
    assert list(logs.crashes().iterdir()) == []


def test_log_and_reports_go_in_one_file(log: None, tmp_path: Path) -> None:
    logs.note("opened", office="0802")
    report = logs.write_crash(ValueError())
    with zipfile.ZipFile(logs.pack(tmp_path)) as packed:
        assert set(packed.namelist()) == {"about.txt", "cpdesk.log", report.name}
        assert b"office=0802" in packed.read("cpdesk.log")
    with pytest.raises(DiskProblem):
        logs.pack(tmp_path / "gone")
