"""A short sweep of faults and power cuts with every run of the tests; `--count 0` makes all faults there are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


def test_some_of_all_faults(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.faults", "--seed", "1", "--count", "60", "--cuts", "40"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.stdout.startswith("skipped"):
        pytest.skip(done.stdout.strip())
    assert done.returncode == 0, done.stdout + done.stderr
    assert "killed" in done.stdout and "refused" in done.stdout, "no fault bit"
    assert "within a step: all" in done.stdout and "within a step: nothing" in done.stdout, "no cut bit"
