"""`cpdesk --self-test` from the source tree: what it walks, what it says, and that it leaves nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cpdesk import i18n
from cpdesk.errors import DiskProblem
from cpdesk.khmer import breaks
from cpdesk.tasks import selftest
from cpdesk.tasks.selftest import Done, LeftOut, Walk
from tests.cli.conftest import run
from tests.house.source import ROOT


def walk(folder: Path, **more: object) -> list[Done]:
    told: list[Done] = []
    good = selftest.run(told.append, folder, **more)  # type: ignore[arg-type]
    assert good == all(done.outcome != "failed" for done in told)
    return told


def test_the_program_tries_itself_with_its_window_and_leaves_nothing(tmp_path: Path, own_home: Path) -> None:
    words = [sys.executable, "-m", "cpdesk", "--lang", "en", "--self-test", str(tmp_path / "stick")]
    (tmp_path / "stick").mkdir()
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == len(selftest.STEPS) + 2 and lines[-1] == "All is well."
    assert all(line.startswith("✓ ") for line in lines[:-1])
    assert "The window, page by page" in lines[-2]
    assert list((tmp_path / "stick").iterdir()) == []
    assert not [file for file in own_home.rglob("*") if file.is_file()]


def test_without_qt_everything_else_is_tried() -> None:
    code = "import sys; sys.modules.update(PySide6=None, shiboken6=None); from cpdesk.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--lang", "en", "--self-test"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "– The window, page by page" in done.stdout


def test_what_fails_is_said_and_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breaks, "icu", None)  # as in a bundle from which ICU is missing
    breaks._cached_pieces.cache_clear()
    told = walk(tmp_path)
    breaks._cached_pieces.cache_clear()
    assert told[-1].outcome == "failed" and len(told) < len(selftest.STEPS)
    assert told[-1].name == i18n._("Khmer words are told apart") != "Khmer words are told apart"
    assert list(tmp_path.iterdir()) == []


def test_a_step_that_cannot_be_tried_is_no_failure_and_the_persons_home_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.environ["CPDESK_HOME"]
    monkeypatch.setattr(selftest, "STEPS", selftest.STEPS[:1])  # the whole walk is taken above
    seen: list[str] = []

    def no_screen(_walk: Walk) -> None:
        seen.append(os.environ["CPDESK_HOME"])
        raise LeftOut("libEGL.so.1")

    last = walk(tmp_path, more=[("The window, page by page", no_screen)])[-1]
    assert (last.outcome, last.why) == ("left out", "libEGL.so.1")
    assert seen != [before] and os.environ["CPDESK_HOME"] == before


def test_where_nothing_can_be_written_one_line_says_so(tmp_path: Path) -> None:
    with pytest.raises(DiskProblem):
        walk(tmp_path / "nowhere")
    answer = run("--self-test", tmp_path / "nowhere")
    assert (answer.status, answer.out) == (1, "") and len(answer.told.splitlines()) == 1
